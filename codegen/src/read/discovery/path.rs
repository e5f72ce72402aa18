//! What a method's `path`, `flatPath` and path parameters say together.
//!
//! `path` names the arguments of a method (`v1/{+name}:send`), `flatPath` the segments that they
//! are made of (`v1/customers/{customersId}/userinvitations/{userinvitationsId}:send`). Keyed by
//! `path`, a third of Google's methods collide; keyed by `flatPath`, none does. The `pattern` of a
//! `{+name}` parameter says which segments of the flat path are its own.

use openapiv3::Parameter;

use super::parameter;
use super::template::{
    Token, ends_in_slashes, is_by_segments, take_placeholder, take_segments, take_until, tokens,
};
use crate::Problem;
use crate::extensions::ResourceName;
use crate::path_template::{self, PathTemplate};
use crate::read::node::Node;

/// The path of a method.
pub(super) struct Path {
    /// The flat path, with a slash in front and placeholders of one value each.
    pub template: String,
    /// The arguments that are names of resources.
    pub names: Vec<ResourceName>,
    /// A parameter for each placeholder.
    pub values: Vec<Parameter>,
}

/// Reads the path of a method.
pub(super) fn read(method: &Node) -> Result<Path, Problem> {
    let path = method.require("path")?;
    let flat = method.get("flatPath").unwrap_or_else(|| path.clone());
    let mut found = Path {
        template: String::new(),
        names: Vec::new(),
        values: Vec::new(),
    };
    let mut rest = flat.text()?;
    let tokens = tokens(path.text()?).map_err(|what| malformed(&path, what))?;
    for (index, token) in tokens.iter().enumerate() {
        rest = match token {
            Token::Literal(text) => found.literal(text, rest),
            Token::Value(name) => found.value(name, &path_parameter(method, name)?, rest)?,
            Token::Segments(name) => {
                let next = tokens.get(index + 1);
                found.segments(name, &path_parameter(method, name)?, rest, next)?
            }
        }
        .ok_or_else(|| apart(&flat))?;
    }
    if !rest.is_empty() {
        return Err(apart(&flat));
    }
    if !found.template.starts_with('/') {
        found.template.insert(0, '/');
    }
    every_parameter_has_a_place(method, &path)?;
    Ok(found)
}

/// Each of these follows one part of `path` along what remains of the flat path. They return what
/// remains after it, or nothing where the two part.
impl Path {
    fn literal<'a>(&mut self, text: &str, flat: &'a str) -> Option<&'a str> {
        self.template.push_str(text);
        flat.strip_prefix(text)
    }

    fn value<'a>(
        &mut self,
        name: &str,
        node: &Node,
        flat: &'a str,
    ) -> Result<Option<&'a str>, Problem> {
        let placeholder = format!("{{{name}}}");
        self.template.push_str(&placeholder);
        self.values.push(parameter::in_path(name, node)?);
        Ok(flat.strip_prefix(&placeholder))
    }

    fn segments<'a>(
        &mut self,
        name: &str,
        node: &Node,
        flat: &'a str,
        next: Option<&Token>,
    ) -> Result<Option<&'a str>, Problem> {
        let pattern = node.text_of("pattern")?;
        let found = match pattern {
            Some(pattern) if is_by_segments(pattern) => take_segments(flat, pattern),
            Some(_) => take_until(flat, next),
            // Without one, a single placeholder says as much.
            None if flat.starts_with('{') => take_placeholder(flat),
            None => return Err(node.require("pattern").err().unwrap_or_else(|| apart(node))),
        };
        let Some((taken, rest)) = found else {
            return Ok(None);
        };
        let slashes = taken.ends_with('}') && pattern.is_none_or(ends_in_slashes);
        let last = |parameter| match slashes {
            true => parameter::with_slashes(parameter),
            false => parameter,
        };
        if !taken.contains('{') {
            // There is one value only, which need not be said.
            self.template.push_str(taken);
        } else if !taken.contains('/') {
            // One placeholder is a value like any other, whatever the operator.
            self.template.push_str(&format!("{{{name}}}"));
            self.values.push(last(parameter::in_path(name, node)?));
        } else {
            self.template.push_str(taken);
            let mut segments: Vec<_> = PathTemplate::parse(taken)
                .names()
                .map(parameter::segment)
                .collect();
            let end = segments.pop().map(last);
            self.values.extend(segments.into_iter().chain(end));
            self.names.push(name_of(name, node, taken, slashes)?);
        }
        Ok(Some(rest))
    }
}

/// The argument that is the name of a resource, of which a part of the flat path is the form.
fn name_of(name: &str, node: &Node, form: &str, slashes: bool) -> Result<ResourceName, Problem> {
    let template = PathTemplate::parse(form);
    let placeholders: Vec<_> = template.clone().names().map(str::to_owned).collect();
    let mut parts = placeholders.len();
    let pattern = template.fill(|placeholder| {
        parts -= 1;
        match slashes && parts == 0 {
            true => path_template::with_slashes(placeholder.name()),
            false => placeholder.to_string(),
        }
    });
    Ok(ResourceName {
        parameter: name.to_owned(),
        pattern,
        placeholders,
        type_name: String::new(),
        description: node.text_of("description")?.unwrap_or_default().to_owned(),
    })
}

/// The path parameter that a placeholder stands for.
fn path_parameter<'a>(method: &Node<'a>, name: &str) -> Result<Node<'a>, Problem> {
    let declared = method.get("parameters").and_then(|all| all.get(name));
    match declared {
        Some(node) if node.text_of("location")? == Some("path") => Ok(node),
        _ => Err(method.require("path")?.problem(
            format!("the placeholder `{name}` is not declared"),
            format!("add `{name}` to the method's `parameters`, with `\"location\": \"path\"`"),
        )),
    }
}

fn every_parameter_has_a_place(method: &Node, path: &Node) -> Result<(), Problem> {
    let tokens = tokens(path.text()?).map_err(|what| malformed(path, what))?;
    for (name, node) in method.members_of("parameters")? {
        let placed =
            tokens.contains(&Token::Value(name)) || tokens.contains(&Token::Segments(name));
        if node.require("location")?.text()? == "path" && !placed {
            return Err(node.problem(
                format!("the path parameter `{name}` has no place in the method's `path`"),
                format!("put `{{{name}}}` into the path, or make it a query parameter"),
            ));
        }
    }
    Ok(())
}

fn malformed(path: &Node, what: String) -> Problem {
    path.problem(
        what,
        "write the template as `v1/things/{thing}` or `v1/{+name}`",
    )
}

fn apart(flat: &Node) -> Problem {
    flat.problem(
        "`flatPath` does not go where `path` and the patterns of its parameters go",
        "correct `path`, `flatPath` or the `pattern` so that they agree segment by segment",
    )
}
