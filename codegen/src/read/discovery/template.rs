//! URL templates: text with placeholders in it.

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
    let mut tokens = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        if start > 0 {
            tokens.push(Token::Literal(&rest[..start]));
        }
        let inside = &rest[start + 1..];
        let end = inside
            .find('}')
            .ok_or_else(|| "a `{` is never closed".to_owned())?;
        tokens.push(placeholder(&inside[..end])?);
        rest = &inside[end + 1..];
    }
    if !rest.is_empty() {
        tokens.push(Token::Literal(rest));
    }
    Ok(tokens)
}

fn placeholder(name: &str) -> Result<Token<'_>, String> {
    let (token, name) = match name.strip_prefix('+') {
        Some(name) => (Token::Segments(name), name),
        None => (Token::Value(name), name),
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
    let segments = pattern.strip_prefix('^')?.strip_suffix('$')?;
    // `[^/]+` holds a slash of its own: it is no border between two segments.
    for (index, segment) in segments.replace("[^/]+", "*").split('/').enumerate() {
        if index > 0 {
            rest = rest.strip_prefix('/')?;
        }
        rest = match segment {
            "*" | ".*" | ".+" => {
                let end = rest.strip_prefix('{')?.find('}')? + 2;
                &rest[end..]
            }
            literal => rest.strip_prefix(literal)?,
        };
    }
    let taken = flat.len() - rest.len();
    Some((&flat[..taken], rest))
}
