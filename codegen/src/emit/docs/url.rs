//! Links to the web. Others lead nowhere once they are out of their page.

use std::fmt::Write as _;

use crate::characters::is_control;

/// The URL that a text begins with, if it is one of the web; nothing otherwise.
pub(super) fn at_the_beginning_of(text: &str) -> Option<&str> {
    let host = after_scheme(text)?;
    if !host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let ends = |(at, c): &(usize, char)| {
        c.is_whitespace()
            || is_control(*c)
            || "<>\"'`()[]{}\\|^*".contains(*c)
            || is_entity(&text[*at..])
    };
    let end = text.char_indices().find(ends);
    let url = &text[..end.map_or(text.len(), |(at, _)| at)];
    Some(url.trim_end_matches(['.', ',', ';', ':', '!', '?']))
}

/// Where a link leads to, as it may stand in Markdown; nothing where it does not lead to the web.
pub(super) fn destination(url: &str) -> Option<String> {
    let host = after_scheme(url)?;
    if !host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut written = String::with_capacity(url.len());
    for (at, c) in url.char_indices() {
        let plain = c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c);
        if plain && !is_entity(&url[at..]) {
            written.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            // Writing into a string does not fail.
            let _ = write!(written, "%{byte:02X}");
        }
    }
    Some(written)
}

/// What follows the scheme of a URL of the web.
pub(super) fn after_scheme(text: &str) -> Option<&str> {
    text.strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
}

/// Whether a text begins with what HTML may take for a character, such as `&lt;`.
fn is_entity(text: &str) -> bool {
    let Some(name) = text.strip_prefix('&') else {
        return false;
    };
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    end.is_some_and(|end| name[end..].starts_with(';'))
}
