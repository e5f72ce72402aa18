//! Escapes what stands inside a line.

/// Escapes a line of a description.
pub(super) fn escape(line: &str) -> String {
    escape_with(line, &[code_span, link, url, character])
}

/// Takes from the beginning of a line what the first of `takers` can take, until it is empty.
fn escape_with(line: &str, takers: &[fn(&str) -> Option<Taken>]) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(taken) = takers.iter().find_map(|taker| taker(rest)) {
        escaped.push_str(&taken.text);
        rest = &rest[taken.length..];
    }
    escaped
}

/// What was taken from the beginning of a line.
struct Taken {
    /// How many bytes were taken.
    length: usize,
    /// What they become.
    text: String,
}

/// A code span: it begins and ends with the same number of backticks, and stays as it is.
fn code_span(text: &str) -> Option<Taken> {
    let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
    if ticks == 0 {
        return None;
    }
    let mut at = ticks;
    loop {
        let start = at + text[at..].find('`')?;
        let run = text[start..]
            .bytes()
            .take_while(|byte| *byte == b'`')
            .count();
        at = start + run;
        if run == ticks {
            return Some(verbatim(&text[..at]));
        }
    }
}

/// A link to the web. Other links lead nowhere once they are out of their page.
fn link(text: &str) -> Option<Taken> {
    let (label, after) = text.strip_prefix('[')?.split_once("](")?;
    if label.contains(['[', ']']) || !is_web(after) {
        return None;
    }
    let end = after.find([')', ' ', '<', '>'])?;
    if !after[end..].starts_with(')') {
        return None;
    }
    Some(Taken {
        length: label.len() + end + "[](".len() + ")".len(),
        text: format!(
            "[{}]({})",
            escape_with(label, &[code_span, character]),
            &after[..end]
        ),
    })
}

/// A bare URL becomes a link.
fn url(text: &str) -> Option<Taken> {
    if !is_web(text) {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || "<>\"'`()[]{}\\|^*".contains(c))
        .unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let host = url.split_once("://")?.1;
    if !host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    Some(Taken {
        length: url.len(),
        text: format!("<{url}>"),
    })
}

fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Any character: escaped if it means something to Markdown or HTML.
fn character(text: &str) -> Option<Taken> {
    let first = text.chars().next()?;
    let escaped = match first {
        '<' | '>' | '[' | ']' | '`' | '\\' => format!("\\{first}"),
        '&' if is_entity(text) => "\\&".to_owned(),
        c if c.is_control() => " ".to_owned(),
        c => c.to_string(),
    };
    Some(Taken {
        length: first.len_utf8(),
        text: escaped,
    })
}

/// Whether a text begins with what HTML would take for a character, such as `&lt;`.
fn is_entity(text: &str) -> bool {
    text.split_once(';').is_some_and(|(name, _)| {
        let name = &name[1..];
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
}

fn verbatim(text: &str) -> Taken {
    Taken {
        length: text.len(),
        text: text.to_owned(),
    }
}
