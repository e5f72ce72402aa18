//! The header `Link` (RFC 8288): where the next page is.

use http::HeaderMap;
use http::header::LINK;

/// A header that is no list of links.
pub(super) struct Malformed;

/// The target of the first link whose relation is `next`. A link with an anchor says nothing of this page.
pub(super) fn next(headers: &HeaderMap) -> Result<Option<String>, Malformed> {
    for line in headers.get_all(LINK) {
        let line = String::from_utf8_lossy(line.as_bytes());
        let mut rest = line.trim_start_matches(is_between);
        while !rest.is_empty() {
            let (link, after) = link(rest).ok_or(Malformed)?;
            if link.is_next && !link.has_anchor {
                return Ok(Some(link.target.trim().to_owned()));
            }
            rest = after.trim_start_matches(is_between);
        }
    }
    Ok(None)
}

/// What may stand between two links: elements of a list may be empty.
fn is_between(c: char) -> bool {
    c == ',' || is_blank(c)
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t'
}

struct Link<'a> {
    target: &'a str,
    is_next: bool,
    has_anchor: bool,
}

/// The link at the beginning of a text, and what comes behind it.
fn link(text: &str) -> Option<(Link<'_>, &str)> {
    let (target, mut rest) = text.strip_prefix('<')?.split_once('>')?;
    // Only the first `rel` of a link counts.
    let (mut relations, mut has_anchor) = (None, false);
    loop {
        rest = rest.trim_start_matches(is_blank);
        let Some(parameter) = rest.strip_prefix(';') else {
            break;
        };
        let (name, value, after) = parameter_of(parameter.trim_start_matches(is_blank))?;
        if name.eq_ignore_ascii_case("rel") {
            relations.get_or_insert(value);
        } else if name.eq_ignore_ascii_case("anchor") {
            has_anchor = true;
        }
        rest = after;
    }
    let is_next = relations.is_some_and(|relations| {
        let mut each = relations.split_ascii_whitespace();
        each.any(|relation| relation.eq_ignore_ascii_case("next"))
    });
    let link = Link {
        target,
        is_next,
        has_anchor,
    };
    (rest.is_empty() || rest.starts_with(',')).then_some((link, rest))
}

/// The name and the value of the parameter at the beginning of a text, and what comes behind it. A text
/// without a name is an empty parameter.
fn parameter_of(text: &str) -> Option<(&str, String, &str)> {
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(value) = rest.strip_prefix('=') else {
        return Some((name.trim(), String::new(), rest));
    };
    let value = value.trim_start_matches(is_blank);
    let (value, rest) = match value.strip_prefix('"') {
        Some(inside) => quoted(inside)?,
        None => {
            let end = value.find([';', ',']).unwrap_or(value.len());
            (value[..end].trim().to_owned(), &value[end..])
        }
    };
    Some((name.trim(), value, rest))
}

/// The text up to the closing quotation mark, in which `\` stands before a character that means itself, and
/// what comes behind it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            _ => value.push(c),
        }
    }
    None
}
