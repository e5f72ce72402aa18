//! Text of a server, for a terminal.

/// Escapes the control characters and the bidirectional controls of a text.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        match character {
            '\n' | '\r' | '\t' => shown.push(' '),
            _ if character.is_control() || turns => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    shown
}
