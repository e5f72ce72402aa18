//! Members of a union that are no objects: those of one type in JSON become one, because nothing tells their
//! values apart.

use std::collections::BTreeSet;

use openapiv3::{
    BooleanType, IntegerFormat, IntegerType, NumberType, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::super::schema;
use super::kinds::Kind;
use super::leaves::Leaf;
use crate::Problem;
use crate::extensions::{EnumDescriptions, Extension};
use crate::lower::has_type;
use crate::read::node::Node;
use crate::schemas::is_any;

/// A member of a union, as it is going to be read.
pub(in super::super) enum Planned<'a> {
    Leaf(Leaf<'a>),
    /// What several members are together.
    Schema(Box<Schema>),
}

/// The members of a union, with one for all numbers of a type and one for all texts. A text that has a type of
/// its own, such as a time, stays another member beside an enum, but not beside any text.
pub(super) fn merge<'a>(
    root: &Node<'a>,
    leaves: Vec<Leaf<'a>>,
) -> Result<Vec<Planned<'a>>, Problem> {
    let (mut planned, mut seen) = (Vec::new(), BTreeSet::new());
    let mut rest: Vec<Option<Leaf>> = leaves.into_iter().map(Some).collect();
    for at in 0..rest.len() {
        let Some(leaf) = rest[at].take() else {
            continue;
        };
        let kind = leaf.kind;
        if matches!(kind, Kind::Array | Kind::Object) {
            if leaf.name.is_some() || seen.insert(leaf.node.value().to_string()) {
                planned.push(Planned::Leaf(leaf));
            }
            continue;
        }
        let later = rest[at..].iter_mut();
        let later = later.filter(|it| it.as_ref().is_some_and(|it| it.kind == kind));
        let alike: Vec<Leaf> = [leaf]
            .into_iter()
            .chain(later.filter_map(Option::take))
            .collect();
        planned.extend(match kind {
            Kind::String => strings(root, alike)?,
            Kind::Integer => integers(root, alike)?,
            _ => alone_or(alike, || match kind {
                Kind::Boolean => Type::Boolean(BooleanType::default()),
                _ => Type::Number(NumberType::default()),
            }),
        });
    }
    Ok(planned)
}

/// The members of an enum whose values have several types.
pub(super) fn of_values<'a>(node: &Node<'a>, kinds: &[Kind]) -> Result<Vec<Planned<'a>>, Problem> {
    let values = node.items_of("enum")?;
    let texts = values.iter().filter_map(|value| value.value().as_str());
    let texts = texts.map(|text| Some(text.to_owned()));
    let integers = values.iter().map(|value| value.value().as_i64());
    let integers = integers.filter(Option::is_some);
    let mut members = Vec::new();
    for kind in kinds {
        members.push(match kind {
            Kind::String => plain(Type::String(StringType {
                enumeration: texts.clone().collect(),
                ..StringType::default()
            })),
            Kind::Integer => plain(Type::Integer(IntegerType {
                enumeration: integers.clone().collect(),
                ..IntegerType::default()
            })),
            Kind::Number => plain(Type::Number(NumberType::default())),
            Kind::Boolean => plain(Type::Boolean(BooleanType::default())),
            // A value that is a list or an object is kept as it came.
            _ => continue,
        });
    }
    Ok(members)
}

/// The only one of several members, or what they are together.
fn alone_or(mut alike: Vec<Leaf>, together: impl FnOnce() -> Type) -> Vec<Planned> {
    match (alike.len(), alike.pop()) {
        (1, Some(only)) => vec![Planned::Leaf(only)],
        _ => vec![plain(together())],
    }
}

fn plain<'a>(kind: Type) -> Planned<'a> {
    Planned::Schema(Box::new(Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(kind),
    }))
}

fn strings<'a>(root: &Node<'a>, alike: Vec<Leaf<'a>>) -> Result<Vec<Planned<'a>>, Problem> {
    let (mut with_type, mut texts, mut formats) = (Vec::new(), Vec::new(), BTreeSet::new());
    for leaf in alike {
        let string = match read(root, &leaf)? {
            Some(Type::String(string)) => string,
            _ => StringType::default(),
        };
        if !string.enumeration.is_empty() || !has_type(&string.format) {
            texts.push((leaf, string));
        } else if formats.insert(format!("{:?}", string.format)) {
            with_type.push(Planned::Leaf(leaf));
        }
    }
    let (mut enums, any): (Vec<_>, Vec<_>) = texts
        .into_iter()
        .partition(|(_, string)| !string.enumeration.is_empty());
    if enums.is_empty() {
        return Ok(match any.is_empty() {
            true => with_type,
            false if with_type.is_empty() => {
                alone_or(any.into_iter().map(|(leaf, _)| leaf).collect(), || {
                    Type::String(StringType::default())
                })
            }
            false => vec![plain(Type::String(StringType::default()))],
        });
    }
    // Every enum is open, so it takes any other text.
    with_type.push(match enums.len() {
        1 => Planned::Leaf(enums.remove(0).0),
        _ => Planned::Schema(Box::new(together(&enums)?)),
    });
    Ok(with_type)
}

/// One enum with the values of all. What a value means is said of its own enum where that has no other.
fn together(enums: &[(Leaf, StringType)]) -> Result<Schema, Problem> {
    let (mut values, mut docs, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (leaf, string) in enums {
        let about = leaf.node.remark_of("description");
        let about = about.or(leaf.node.remark_of("title")).unwrap_or_default();
        for value in &string.enumeration {
            if seen.insert(value.clone()) {
                values.push(value.clone());
                docs.push(match string.enumeration.len() {
                    1 => about.to_owned(),
                    _ => String::new(),
                });
            }
        }
    }
    let mut data = SchemaData::default();
    if docs.iter().any(|doc| !doc.is_empty()) {
        EnumDescriptions(docs).set(&mut data.extensions);
    }
    Ok(Schema {
        schema_data: data,
        schema_kind: SchemaKind::Type(Type::String(StringType {
            enumeration: values,
            ..StringType::default()
        })),
    })
}

fn integers<'a>(root: &Node<'a>, alike: Vec<Leaf<'a>>) -> Result<Vec<Planned<'a>>, Problem> {
    if alike.len() == 1 {
        return Ok(alike.into_iter().map(Planned::Leaf).collect());
    }
    let mut integer = IntegerType::default();
    let mut format = None;
    for leaf in &alike {
        if let Some(Type::Integer(each)) = read(root, leaf)? {
            integer.enumeration.extend(each.enumeration);
            format = Some(match format {
                None => each.format,
                Some(known) if known == each.format => known,
                Some(_) => VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64),
            });
        }
    }
    integer.format = format.unwrap_or(VariantOrUnknownOrEmpty::Empty);
    Ok(vec![plain(Type::Integer(integer))])
}

/// The type of a member that is no list and no object.
fn read(root: &Node, leaf: &Leaf) -> Result<Option<Type>, Problem> {
    Ok(match schema::read(root, &leaf.node) {
        ReferenceOr::Item(Schema {
            schema_kind: SchemaKind::Type(kind),
            ..
        }) => Some(kind),
        _ => None,
    })
}

/// A schema that says nothing of its type, with the one that the union around it states.
pub(super) fn with_kind(schema: ReferenceOr<Schema>, kind: Kind) -> ReferenceOr<Schema> {
    let ReferenceOr::Item(mut schema) = schema else {
        return schema;
    };
    if is_any(&schema) {
        let kind = match kind {
            Kind::Boolean => Type::Boolean(BooleanType::default()),
            Kind::Integer => Type::Integer(IntegerType::default()),
            Kind::Number => Type::Number(NumberType::default()),
            Kind::String => Type::String(StringType::default()),
            _ => return ReferenceOr::Item(schema),
        };
        schema.schema_kind = SchemaKind::Type(kind);
    }
    ReferenceOr::Item(schema)
}
