//! Which media types of a `content` the client sends and reads.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr};

use super::encoding::encoding;
use super::{only, references, schema};
use crate::media_types::{Form, JSON, essence, for_header, is_json};
use crate::read::node::Node;
use crate::{NoteKind, Problem};

/// A stream of events, which is asked for where there is nothing else.
const EVENTS: &str = "text/event-stream";

/// What stands for a body in the neutral document.
pub(super) type Content = IndexMap<String, MediaType>;

/// An entry of a `content`.
struct Entry<'n, 'a> {
    /// The media type as it goes into a header.
    kind: String,
    form: Form,
    /// Of entries of one form, that of the lowest rank is preferred.
    rank: u8,
    node: &'n Node<'a>,
}

/// The entry of a `content` that is sent, and the media types that are not. Of several, the form is
/// JSON, else parts, else a form, else text, else bytes. Parts stay beside JSON: they may be files.
pub(super) fn sent(
    root: &Node,
    content: &[(&str, Node)],
) -> Result<(Content, Vec<String>), Problem> {
    let content = &named(content, JSON);
    let entries = entries(root, content, false)?;
    let Some(best) = best(&entries) else {
        return Ok((IndexMap::new(), Vec::new()));
    };
    let mut sent = Content::from([(best.kind.clone(), media_type(root, best)?)]);
    let parts = entries.iter().find(|entry| entry.form == Form::Multipart);
    if let Some(parts) = parts.filter(|_| best.form == Form::Json) {
        sent.insert(parts.kind.clone(), media_type(root, parts)?);
    }
    let others = entries.iter().filter(|entry| entry.form != best.form);
    let others = others.filter(|entry| !sent.contains_key(&entry.kind));
    let others = others.map(|entry| entry.kind.clone()).collect();
    Ok((sent, others))
}

/// The entries of a `content` that are read: the one that is JSON, or else all that are text, or else all.
pub(super) fn read(root: &Node, content: &[(&str, Node)]) -> Result<Content, Problem> {
    let content = &named(content, "*/*");
    let mut entries = entries(root, content, true)?;
    if entries.iter().any(|entry| entry.kind != EVENTS) {
        entries.retain(|entry| entry.kind != EVENTS);
    }
    if let Some(best) = best(&entries).filter(|best| best.form == Form::Json) {
        return Ok(IndexMap::from([(
            best.kind.clone(),
            media_type(root, best)?,
        )]));
    }
    let all_text = entries.iter().all(|entry| entry.form == Form::Text);
    let mut read = IndexMap::new();
    for entry in &entries {
        let form = match all_text {
            true => Form::Text,
            false => Form::Bytes,
        };
        read.insert(entry.kind.clone(), plain(form));
    }
    read.sort_keys();
    Ok(read)
}

/// The body of an error is read where it is JSON, and kept as it came where not.
pub(super) fn read_json(root: &Node, content: &[(&str, Node)]) -> Result<Content, Problem> {
    let entries = entries(root, content, true)?;
    match best(&entries).filter(|best| best.form == Form::Json) {
        Some(best) => Ok(Content::from([(
            best.kind.clone(),
            media_type(root, best)?,
        )])),
        None => Ok(Content::new()),
    }
}

/// The entries of a `content`, of which one at least is a media type. Where none is, the first one is read
/// without what makes it none, or else as `instead`.
fn named<'a>(content: &[(&str, Node<'a>)], instead: &str) -> Vec<(String, Node<'a>)> {
    let mut named: Vec<(String, Node)> = content
        .iter()
        .map(|(key, node)| ((*key).to_owned(), node.clone()))
        .collect();
    if named.iter().all(|(key, _)| for_header(key).is_none())
        && let Some((key, node)) = named.first_mut()
    {
        let known = Some(essence(key)).filter(|known| for_header(known).is_some());
        let known = known.unwrap_or_else(|| instead.to_owned());
        let what = format!("`{key}` is no media type: it is read as `{known}`");
        node.note(NoteKind::Corrected, what);
        *key = known;
    }
    named
}

/// The entry of a `content` that says that it is JSON.
pub(super) fn json<'n, 'a>(content: &'n [(&'a str, Node<'a>)]) -> Option<&'n Node<'a>> {
    let mut json = content.iter().filter(|(kind, _)| is_json(&essence(kind)));
    json.next().map(|(_, media)| media)
}

fn best<'e, 'n, 'a>(entries: &'e [Entry<'n, 'a>]) -> Option<&'e Entry<'n, 'a>> {
    let key = |entry: &&Entry| (entry.form, entry.rank, entry.kind.clone());
    entries.iter().min_by_key(key)
}

/// The entries that are media types. A key that is none has nothing to say.
fn entries<'n, 'a>(
    root: &Node<'a>,
    content: &'n [(impl AsRef<str>, Node<'a>)],
    in_response: bool,
) -> Result<Vec<Entry<'n, 'a>>, Problem> {
    let mut entries = Vec::new();
    for (key, node) in content {
        let key = key.as_ref();
        let Some(kind) = for_header(key) else {
            continue;
        };
        let essence = essence(key);
        let schema = Outline::of(root, node)?;
        let is_range = matches!(
            essence.as_str(),
            "*/*" | "application/*" | "application/*+json"
        );
        let form = form(&essence, schema, in_response);
        entries.push(Entry {
            rank: rank(&kind, schema),
            kind: match is_range && form == Form::Json {
                // A framework that was not told what its methods produce: they produce JSON.
                true => JSON.to_owned(),
                false => kind,
            },
            form,
            node,
        });
    }
    Ok(entries)
}

/// In which form an entry is sent or read.
fn form(essence: &str, schema: Outline, in_response: bool) -> Form {
    let is_any = matches!(essence, "*/*" | "application/*");
    match schema {
        Outline::Binary => Form::Bytes,
        _ if essence == "application/*+json" => Form::Json,
        Outline::Absent if is_any => Form::Bytes,
        Outline::Text if is_any && in_response => Form::Text,
        _ if is_any => Form::Json,
        _ => match (Form::of(essence, &MediaType::default()), schema) {
            (Form::UrlEncoded | Form::Multipart, _) if in_response => Form::Bytes,
            (Form::UrlEncoded | Form::Multipart, Outline::Text) => Form::Text,
            (form, _) => form,
        },
    }
}

/// The plainest JSON comes first. A patch that is a list of steps is taken where its schema is a list.
fn rank(kind: &str, schema: Outline) -> u8 {
    match kind {
        JSON => 0,
        "application/json-patch+json" if schema != Outline::List => 4,
        kind if kind.contains('*') => 3,
        kind if kind.contains(';') => 2,
        kind if is_json(kind) => 1,
        "application/octet-stream" | "text/plain" => 0,
        _ => 1,
    }
}

/// What counts of a schema before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outline {
    Absent,
    Binary,
    Text,
    List,
    Other,
}

impl Outline {
    fn of(root: &Node, media: &Node) -> Result<Self, Problem> {
        let Some(schema) = media.get("schema") else {
            return Ok(Self::Absent);
        };
        let schema = references::resolve(root, &schema, "schemas")?;
        let is = |key: &str, value: &str| schema.get(key).is_some_and(|it| it.value() == value);
        Ok(match () {
            // `{}` says no more than nothing.
            () if schema.members().is_ok_and(|it| it.is_empty()) => Self::Absent,
            () if is("format", "binary") => Self::Binary,
            () if is("type", "string") => Self::Text,
            () if is("type", "array") => Self::List,
            () => Self::Other,
        })
    }
}

fn media_type(root: &Node, entry: &Entry) -> Result<MediaType, Problem> {
    only(entry.node, &["encoding", "example", "examples", "schema"])?;
    if matches!(entry.form, Form::Text | Form::Bytes) {
        return Ok(plain(entry.form));
    }
    let schema = entry.node.get("schema");
    let schema = schema.map(|it| schema::read(root, &it));
    let mut media = MediaType {
        schema,
        ..MediaType::default()
    };
    if matches!(entry.form, Form::Multipart | Form::UrlEncoded) {
        for (name, node) in entry.node.members_of("encoding")? {
            media
                .encoding
                .insert(name.to_owned(), encoding(root, &node)?);
        }
        media.encoding.sort_keys();
    }
    Ok(media)
}

/// Text or bytes, of which no schema says more.
fn plain(form: Form) -> MediaType {
    MediaType {
        schema: form.schema().map(ReferenceOr::Item),
        ..MediaType::default()
    }
}

/// Whether a body has to be there of which the document does not say whether it has: by the rules it may be
/// left out, and most documents that say nothing have forgotten to. A message that needs no property may be,
/// if it is called after its method or has no name; anything else that is left out is more likely a mistake
/// of the caller.
pub(super) fn needs_a_value(root: &Node, content: &[(&str, Node)]) -> Result<bool, Problem> {
    for (_, media) in content {
        let Some(schema) = media.get("schema") else {
            continue;
        };
        let name = references::name(&schema, "schemas")?;
        let is_message = name.is_none_or(|name| name.ends_with("Request"));
        if is_message && may_be_empty(root, &schema, 0)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a schema is that of an object with properties, none of which is required.
fn may_be_empty(root: &Node, schema: &Node, depth: usize) -> Result<bool, Problem> {
    let schema = references::resolve(root, schema, "schemas")?;
    if !schema::required(&schema)?.is_empty() || depth > 16 {
        return Ok(false);
    }
    let members = schema.items_of("allOf")?;
    for member in &members {
        if !may_be_empty(root, member, depth + 1)? {
            return Ok(false);
        }
    }
    Ok(!schema.members_of("properties")?.is_empty() || !members.is_empty())
}
