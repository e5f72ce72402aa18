//! A text and the name it is reported under.

/// A document to read: its text, and the name that problems report it under.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What the document is called in messages and in the head of generated files, usually its
    /// path from the top of the workspace.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
}

/// The line and the column, both counted from one, of a byte of a text.
pub(crate) fn line_and_column(text: &str, offset: usize) -> String {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |last| last.chars().count());
    format!("{line}:{}", column + 1)
}
