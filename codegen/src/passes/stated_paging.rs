//! What the manifest says of pagination, compared with what the operation has.

use openapiv3::{ObjectType, OpenAPI, Operation, ParameterData, ReferenceOr};

use super::counted_pages::first;
use super::derive_paging::{candidate, is_list};
use super::last_items;
use super::page_facts::{Kind, kind, property_within};
use crate::Problem;
use crate::extensions::{PagedBy, Paging};
use crate::manifest::{Entry, PagingEntry};
use crate::operations::{operations, parameter_schema, query_parameters};
use crate::schemas::object;
use crate::successes::success_schema;

/// What is wrong, and what to do.
type Wrong = (String, &'static str);

const CORRECT: &str = "correct the entry, or remove it";

/// What the manifest says, if the operation has what it names.
pub(super) fn of(
    document: &OpenAPI,
    id: &str,
    entry: &Entry<PagingEntry>,
) -> Result<Paging, Problem> {
    let missing = || entry.problem(format!("`{id}` has no such id"), CORRECT);
    let operation = operations(document).find(|each| each.id() == id);
    let operation = operation.ok_or_else(missing)?.operation;
    let listed = Listed {
        document,
        id,
        operation,
    };
    let paging = listed.paging(&entry.value);
    paging.map_err(|(what, help)| entry.problem(what, help))
}

/// An operation that lists.
struct Listed<'a> {
    document: &'a OpenAPI,
    id: &'a str,
    operation: &'a Operation,
}

impl<'a> Listed<'a> {
    fn paging(&self, stated: &PagingEntry) -> Result<Paging, Wrong> {
        let (by, name) = match (&stated.page, &stated.offset, &stated.token) {
            (Some(page), ..) => (PagedBy::Page, page),
            (_, Some(offset), _) => (PagedBy::Offset, offset),
            (.., Some(token)) if stated.link => (PagedBy::Link, token),
            (.., Some(token)) => (PagedBy::Token, token),
            (None, None, None) => return Err(self.missing("parameter")),
        };
        let parameter = self.parameter(name)?;
        let takes = self.taken(by, parameter, stated)?;
        let response = self.response(stated)?;
        let next = match takes {
            _ if stated.next_is_url => Kind::TEXT,
            Some(Kind::Number) => Kind::Number,
            _ => Kind::TEXT,
        };
        let next = self.property(response, stated.next.as_ref(), next);
        // A number in the response cannot be what a parameter says, or the reverse.
        let next = next.map_err(|wrong| match (by, takes) {
            (PagedBy::Token, Some(Kind::Number)) if !stated.next_is_url => {
                self.other_type(&format!("the parameter `{name}`"), "a string")
            }
            _ => wrong,
        })?;
        let number = |name| self.property(response, name, Kind::Number);
        Ok(Paging {
            by,
            token: name.clone(),
            first: self.first(by, parameter, stated)?,
            next: match &stated.last_item {
                Some(property) => self.last_item(response, stated, (property, takes))?,
                None => next,
            },
            next_is_url: stated.next_is_url,
            more: self.property(response, stated.more.as_ref(), Kind::Flag)?,
            last: number(stated.last.as_ref())?,
            pages: number(stated.pages.as_ref())?,
            total: number(stated.total.as_ref())?,
            items: stated.items.clone().unwrap_or_default(),
            ..Paging::default()
        })
    }

    fn parameter(&self, name: &str) -> Result<&'a ParameterData, Wrong> {
        let mut parameters = query_parameters(self.document, self.operation);
        let parameter = parameters.find(|it| it.name == name);
        parameter.ok_or_else(|| self.missing(&format!("parameter `{name}` in its query")))
    }

    /// The type of what the parameter takes.
    fn taken(
        &self,
        by: PagedBy,
        parameter: &ParameterData,
        stated: &PagingEntry,
    ) -> Result<Option<Kind>, Wrong> {
        let takes = kind(&parameter_schema(parameter));
        let wanted = match (by, takes) {
            (_, Some(Kind::Number)) => return Ok(takes),
            (PagedBy::Page | PagedBy::Offset, _) => "a number",
            (_, Some(Kind::Text { .. })) => return Ok(takes),
            (PagedBy::Token, _) if !stated.next_is_url => "a string",
            _ => "a string or a number",
        };
        let what = format!("the parameter `{}`", parameter.name);
        Err(self.other_type(&what, wanted))
    }

    /// The object that holds the items; nothing where the response is the list itself.
    fn response(&self, stated: &PagingEntry) -> Result<Option<&'a ObjectType>, Wrong> {
        let schema = success_schema(self.operation);
        let Some(items) = &stated.items else {
            return match schema.is_some_and(|schema| is_list(self.document, schema)) {
                true => Ok(None),
                false => Err((
                    format!("the response of `{}` is not a list of objects", self.id),
                    "name the property that holds them: `items = \"…\"`",
                )),
            };
        };
        let response = schema.and_then(|it| object(self.document, it));
        let response = response.ok_or_else(|| self.missing("object in its response"))?;
        let held = response.properties.get(items);
        let held = held.ok_or_else(|| self.not_in_response(items))?;
        match candidate(self.document, items, held) {
            Some(_) => Ok(Some(response)),
            None => Err(self.other_type(&format!("the property `{items}`"), "a list or a map")),
        }
    }

    /// The name of a property of the response, which has to have a type.
    fn property(
        &self,
        response: Option<&ObjectType>,
        name: Option<&String>,
        wanted: Kind,
    ) -> Result<String, Wrong> {
        let Some(name) = name else {
            return Ok(String::new());
        };
        let property = response.and_then(|it| property_within(self.document, it, name));
        let found = kind(property.ok_or_else(|| self.not_in_response(name))?);
        let (fits, wanted) = match wanted {
            Kind::Text { .. } => (matches!(found, Some(Kind::Text { .. })), "a string"),
            Kind::Number => (found == Some(wanted), "a number"),
            Kind::Flag => (found == Some(wanted), "a boolean"),
        };
        match fits {
            true => Ok(name.clone()),
            false => Err(self.other_type(&format!("the property `{name}`"), wanted)),
        }
    }

    /// The place of a property of the last item, which has to be of the type that the parameter takes.
    fn last_item(
        &self,
        response: Option<&ObjectType>,
        stated: &PagingEntry,
        (property, takes): (&str, Option<Kind>),
    ) -> Result<String, Wrong> {
        let items = stated.items.as_deref().unwrap_or_default();
        let list = match response {
            Some(response) => last_items::property(response, items),
            None => success_schema(self.operation).and_then(ReferenceOr::as_item),
        };
        let mut objects = last_items::objects(self.document, list).into_iter();
        let found = objects.find_map(|object| kind(object.properties.get(property)?));
        let wanted = match takes {
            Some(Kind::Number) => "a number",
            _ => "a string",
        };
        match found {
            None => Err(self.missing(&format!("property `{property}` in its items"))),
            Some(found)
                if (found == Kind::Number) != (takes == Some(Kind::Number))
                    || found == Kind::Flag =>
            {
                Err(self.other_type(&format!("the property `{property}`"), wanted))
            }
            Some(_) => Ok(last_items::place(items, property)),
        }
    }

    /// The number of the first page, or the offset of the first item.
    fn first(
        &self,
        by: PagedBy,
        parameter: &ParameterData,
        stated: &PagingEntry,
    ) -> Result<Option<i64>, Wrong> {
        let is_counted = matches!(by, PagedBy::Page | PagedBy::Offset);
        let first = stated.first.or_else(|| first(parameter).flatten());
        let first = first.filter(|_| is_counted);
        if first.is_none() && is_counted && stated.next.is_none() {
            let what = format!(
                "the document does not say with which `{}` the list of `{}` begins",
                parameter.name, self.id
            );
            return Err((what, "add `first = 0` or `first = 1`"));
        }
        Ok(first)
    }

    fn missing(&self, what: &str) -> Wrong {
        (format!("`{}` has no {what}", self.id), CORRECT)
    }

    fn not_in_response(&self, name: &str) -> Wrong {
        self.missing(&format!("property `{name}` in its response"))
    }

    fn other_type(&self, what: &str, wanted: &str) -> Wrong {
        (format!("{what} of `{}` is not {wanted}", self.id), CORRECT)
    }
}
