//! What Discovery has in the templates of paths.

use crate::path_template::{Part, PathTemplate, Placeholder};

/// What a part of a template is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text that stands as it is.
    Literal(&'a str),
    /// `{name}`: one value.
    Value(&'a str),
    /// `{+name}`: several segments, as the parameter's pattern says.
    Segments(&'a str),
}

/// The parts of a template, or what is wrong with it.
pub(super) fn tokens(template: &str) -> Result<Vec<Token<'_>>, String> {
    let parts = PathTemplate::parse(template).parts.into_iter();
    let tokens = parts.map(|part| match part {
        Part::Text(text) if text.contains('{') => Err("a `{` is never closed".to_owned()),
        Part::Text(text) => Ok(Token::Literal(text)),
        Part::Placeholder(found) => placeholder(found),
    });
    tokens.collect()
}

fn placeholder(found: Placeholder) -> Result<Token, String> {
    let name = found.name();
    let token = match found.may_have_slashes() {
        true => Token::Segments(name),
        false => Token::Value(name),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '$');
    if name.is_empty() || !name.chars().all(plain) {
        return Err(format!(
            "`{{{name}}}` is none of the placeholders that Discovery has, `{{name}}` and `{{+name}}`"
        ));
    }
    Ok(token)
}

/// Reads off a flat path which of its placeholders make up a `{+name}` argument.
///
/// `flat` is what remains of the flat path. Returned are the argument's pattern, with the
/// placeholders of the flat path in it, and what remains after it; nothing where the two do not
/// agree.
pub(super) fn take_segments<'a>(flat: &'a str, pattern: &str) -> Option<(&'a str, &'a str)> {
    let mut rest = flat;
    let segments = pattern.strip_prefix('^').unwrap_or(pattern);
    let segments = segments.strip_suffix('$').unwrap_or(segments);
    // `[^/]` holds a slash of its own: it is no border between two segments.
    for (index, segment) in segments.replace("[^/]", "*").split('/').enumerate() {
        if index > 0 {
            rest = rest.strip_prefix('/')?;
        }
        rest = match is_literal(segment) {
            true => rest.strip_prefix(segment)?,
            false => after_placeholder(rest)?,
        };
    }
    let taken = flat.len() - rest.len();
    Some((&flat[..taken], rest))
}

/// Whether a pattern says segment by segment what it stands for.
pub(super) fn is_by_segments(pattern: &str) -> bool {
    let plain = pattern.replace("[^/]", "");
    let in_brackets = plain.split('[').skip(1);
    let mut in_brackets = in_brackets.filter_map(|after| after.split(']').next());
    !plain.contains(['(', '|']) && !in_brackets.any(|inside| inside.contains('/'))
}

/// Whether a pattern ends in a part that may have slashes in it.
pub(super) fn ends_in_slashes(pattern: &str) -> bool {
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    pattern.ends_with(".*") || pattern.ends_with(".+")
}

/// What of a flat path comes before the text that follows in `path`: where the pattern does not say how
/// many segments an argument has.
pub(super) fn take_until<'a>(flat: &'a str, next: Option<&Token>) -> Option<(&'a str, &'a str)> {
    let end = match next {
        None => flat.len(),
        Some(Token::Literal(text)) => flat.find(text)?,
        Some(_) => return None,
    };
    Some(flat.split_at(end))
}

/// The placeholder that a flat path goes on with, and what remains after it.
pub(super) fn take_placeholder(flat: &str) -> Option<(&str, &str)> {
    let rest = after_placeholder(flat)?;
    Some((&flat[..flat.len() - rest.len()], rest))
}

fn after_placeholder(flat: &str) -> Option<&str> {
    let (_, rest) = flat.strip_prefix('{')?.split_once('}')?;
    Some(rest)
}

/// Whether a segment of a pattern stands for itself only.
fn is_literal(segment: &str) -> bool {
    segment
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
