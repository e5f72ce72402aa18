//! Which of the media types of a body is JSON.

use super::references;
use crate::Problem;
use crate::operations::JSON;
use crate::read::node::Node;

/// The entry of a `content` that is JSON, with the media type that stands for it in a header. Of several,
/// the plainest.
pub(super) fn json<'n, 'a>(
    root: &Node<'a>,
    content: &'n [(&'a str, Node<'a>)],
) -> Result<Option<(String, &'n Node<'a>)>, Problem> {
    let mut best: Option<(u8, String, &Node)> = None;
    for (kind, media) in content {
        let (rank, name) = match essence(kind).as_str() {
            JSON => (0, JSON.to_owned()),
            other if other == "text/json" || other.ends_with("+json") => (1, other.to_owned()),
            // A framework that was not told what its methods produce: they produce JSON.
            "*/*" | "application/*" if !is_binary(root, media)? => (2, JSON.to_owned()),
            _ => continue,
        };
        if best.as_ref().is_none_or(|(best, ..)| rank < *best) {
            best = Some((rank, name, media));
        }
    }
    Ok(best.map(|(_, name, media)| (name, media)))
}

/// A media type without its parameters. It may be written in capitals.
fn essence(kind: &str) -> String {
    let essence = kind.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a body is bytes as they are.
fn is_binary(root: &Node, media: &Node) -> Result<bool, Problem> {
    let Some(schema) = media.get("schema") else {
        return Ok(false);
    };
    let schema = references::resolve(root, &schema, "schemas")?;
    Ok(schema
        .get("format")
        .is_some_and(|it| it.value() == "binary"))
}
