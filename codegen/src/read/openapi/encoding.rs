//! The encoding of the parts of a form.

use openapiv3::{Encoding, QueryStyle};

use super::only;
use crate::read::neutral;
use crate::read::node::Node;
use crate::{NoteKind, Problem};

/// How a property is written. It has a style where the document states one, or states whether it is
/// exploded; else its content type counts.
pub(super) fn encoding(root: &Node, node: &Node) -> Result<Encoding, Problem> {
    only(
        node,
        &[
            "allowReserved",
            "contentType",
            "explode",
            "headers",
            "style",
        ],
    )?;
    note_headers_of_part(node)?;
    let style = match node.text_of("style")? {
        Some("spaceDelimited") => Some(QueryStyle::SpaceDelimited),
        Some("pipeDelimited") => Some(QueryStyle::PipeDelimited),
        Some("deepObject") => Some(QueryStyle::DeepObject),
        Some("form") => Some(QueryStyle::Form),
        Some(other) => {
            return Err(node.require("style")?.problem(
                format!("a property of a form has no style `{other}`"),
                "write `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`",
            ));
        }
        None => node.get("explode").map(|_| QueryStyle::Form),
    };
    let explode = match node.get("explode") {
        Some(_) => node.flag("explode")?,
        None => style == Some(QueryStyle::Form) && !neutral::is_neutral(root),
    };
    Ok(Encoding {
        content_type: node.remark_of("contentType").map(str::to_owned),
        style,
        explode,
        ..Encoding::default()
    })
}

/// Notes the headers of a part, which are not sent. By the rules, a content type among them counts for nothing.
fn note_headers_of_part(node: &Node) -> Result<(), Problem> {
    let headers = node.members_of("headers")?.into_iter();
    for (name, header) in headers.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type")) {
        let what = format!("the header `{name}` of a part is not sent");
        header.note(NoteKind::NotCovered, what);
    }
    Ok(())
}
