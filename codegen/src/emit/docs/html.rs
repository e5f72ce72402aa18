//! A text of which nothing is HTML.

use super::url;
use crate::characters::is_control;

/// Stands for `<` while a text is read, so that nothing in it is HTML. Unicode has given it to nobody.
const LESS_THAN: char = '\u{fdd0}';

/// A text without control characters, in which no `<` begins anything but a link to the web.
pub(super) fn without_html(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut allowed = String::with_capacity(text.len());
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '\n' | '\t' => allowed.push(c),
            '\r' | '\u{2028}' | '\u{2029}' => allowed.push('\n'),
            '<' if !escaped && url::after_scheme(&text[at + 1..]).is_none() => {
                allowed.push(LESS_THAN);
            }
            LESS_THAN => {}
            c if c.is_control() => allowed.push(' '),
            // It has no width: nothing stands for it.
            c if is_control(c) => {}
            c => allowed.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    allowed
}

/// A part of such a text, as it was.
pub(super) fn with_less_than(text: &str) -> String {
    text.replace(LESS_THAN, "<")
}
