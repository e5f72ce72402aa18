//! What stands in a paragraph, word by word: each word is Markdown, and lines are broken between words.

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

use super::page::WIDTH;
use super::url;
use crate::characters::is_control;

/// What is written into a paragraph, a heading or a cell.
#[derive(Default)]
pub(super) struct Text {
    /// The lines of the document, each as its words.
    lines: Vec<Vec<Word>>,
    /// Whether the last word goes on.
    in_word: bool,
    /// How many bytes have been written.
    length: usize,
    /// Text that has not been written yet: how it is depends on what follows.
    plain: String,
    /// Whether this is the cell of a table, where `|` ends it.
    pub in_cell: bool,
    /// Whether this is the label of a link, which has no links in it.
    pub in_label: bool,
}

/// A word, as Markdown.
#[derive(Debug)]
struct Word(String);

impl Fragment for Word {
    fn width(&self) -> f64 {
        textwrap::core::display_width(&self.0) as f64
    }

    fn whitespace_width(&self) -> f64 {
        1.0
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

impl Text {
    /// Adds text that means nothing to Markdown.
    pub fn plain(&mut self, text: &str) {
        self.plain.push_str(text);
    }

    /// Adds what means something to Markdown.
    pub fn markup(&mut self, markup: &str) {
        self.flush();
        self.push(markup);
    }

    /// Adds a code span.
    pub fn code(&mut self, code: &str) {
        self.flush();
        if self.last_word().ends_with('`') {
            self.in_word = false;
        }
        let span = code_span(code);
        if self.in_cell {
            return self.push(&span.replace('|', "\\|"));
        }
        // Three backticks that are not closed on their line open a code block.
        if span.len() <= WIDTH || span.starts_with("```") {
            return self.push(&span);
        }
        // One that fits into no line is broken where no line could be taken for anything else.
        let mut start = 0;
        for (at, _) in span.match_indices(' ') {
            if span[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.push(&span[start..at]);
                self.in_word = false;
                start = at + 1;
            }
        }
        self.push(&span[start..]);
    }

    /// Begins the label of a link. Returns where that is.
    pub fn open_label(&mut self) -> usize {
        self.flush();
        // Behind an exclamation mark it would be an image.
        if self.in_word
            && let Some(word) = self.last()
            && word.0.ends_with('!')
        {
            word.0.insert(word.0.len() - 1, '\\');
        }
        self.push("[");
        self.in_label = true;
        self.length
    }

    /// Ends the label of a link.
    pub fn close_label(&mut self, start: usize, destination: &str) {
        self.flush();
        self.in_label = false;
        if self.length > start {
            return self.push(&format!("]({destination})"));
        }
        // A link without a label is there for nobody to see.
        if let Some(word) = self.last() {
            word.0.pop();
        }
        self.push(&format!("<{destination}>"));
    }

    /// Ends a line of the document.
    pub fn end_line(&mut self) {
        self.flush();
        self.in_word = false;
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(Vec::new());
        }
    }

    /// Ends a line where the document asks for it.
    pub fn break_line(&mut self) {
        self.flush();
        if self.last().is_some() {
            self.push("\\");
        }
        self.end_line();
    }

    /// Everything in one line, however long it is.
    pub fn into_line(mut self) -> String {
        self.flush();
        let words: Vec<_> = self.lines.into_iter().flatten().collect();
        joined(&words, true)
    }

    /// Lines that are no wider than they may be.
    pub fn into_lines(mut self, width: usize) -> Vec<String> {
        self.flush();
        let lines = self.lines.iter().filter(|line| !line.is_empty());
        let lines = lines.flat_map(|line| wrap_first_fit(line, &[width as f64]));
        lines
            .enumerate()
            .map(|(index, words)| joined(words, index == 0))
            .collect()
    }

    /// Writes down the text so far.
    fn flush(&mut self) {
        let plain = std::mem::take(&mut self.plain);
        let (mut rest, mut before) = (plain.as_str(), None);
        while let Some(c) = rest.chars().next() {
            if c.is_ascii_whitespace() || is_control(c) {
                self.in_word = false;
            } else if let Some(url) = url::at_the_beginning_of(rest).filter(|_| !self.in_label) {
                self.push(&format!("<{url}>"));
                (before, rest) = (Some('>'), &rest[url.len()..]);
                continue;
            } else {
                self.character(c, before, &rest[c.len_utf8()..]);
            }
            (before, rest) = (Some(c), &rest[c.len_utf8()..]);
        }
    }

    fn character(&mut self, c: char, before: Option<char>, after: &str) {
        let next = after.chars().next();
        let within = |of: fn(char) -> bool| before.is_some_and(of) && next.is_some_and(of);
        let means_something = match c {
            '\\' | '<' | '>' | '[' | ']' | '`' | '~' => true,
            '*' => !within(char::is_whitespace),
            '_' => !within(char::is_alphanumeric),
            '&' => next.is_none_or(|next| next.is_alphanumeric() || next == '#'),
            '^' => before.is_none_or(|before| before == '['),
            '|' => self.in_cell,
            // What looks like a URL and is none.
            ':' => after.starts_with("//"),
            _ => false,
        };
        if means_something {
            self.push("\\");
        }
        self.push(c.encode_utf8(&mut [0; 4]));
    }

    /// Adds to the last word, or begins one.
    fn push(&mut self, markup: &str) {
        if self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
        if let Some(line) = self.lines.last_mut() {
            match line.last_mut() {
                Some(word) if self.in_word => word.0.push_str(markup),
                _ => line.push(Word(markup.to_owned())),
            }
        }
        self.in_word = true;
        self.length += markup.len();
    }

    fn last(&mut self) -> Option<&mut Word> {
        self.lines.last_mut()?.last_mut()
    }

    fn last_word(&self) -> &str {
        let last = self.lines.last().and_then(|line| line.last());
        last.filter(|_| self.in_word).map_or("", |word| &word.0)
    }
}

/// Words as a line. What stands at its beginning must not begin anything but a paragraph, or go on with it.
fn joined(words: &[Word], is_first: bool) -> String {
    let words = words.iter().map(|word| word.0.as_str());
    let mut words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let first = words.first().copied().unwrap_or_default();
    // An item without text does not begin in the middle of a paragraph.
    let escaped = match is_first || words.len() > 1 {
        true => without_number(first),
        false => None,
    };
    let escaped = escaped.or_else(|| without_mark(first));
    if let (Some(escaped), Some(first)) = (&escaped, words.first_mut()) {
        *first = escaped;
    }
    words.join(" ")
}

/// A word that would begin a list, a heading, a rule or a row of a table, or underline a heading, so that
/// it does not.
fn without_mark(word: &str) -> Option<String> {
    let marks = word.chars().all(|c| "#*+-:=_|~".contains(c));
    (marks && !word.is_empty()).then(|| format!("\\{word}"))
}

/// A word that would begin a list of numbers, so that it does not.
fn without_number(word: &str) -> Option<String> {
    let number = word.strip_suffix(['.', ')'])?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("{number}\\{}", &word[number.len()..]))
}

/// A text as it is, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut plain = Text::default();
    plain.plain(text);
    plain.into_line()
}

/// A code span that shows a text as it is, on one line; nothing of an empty text.
pub(in crate::emit) fn code_span(text: &str) -> String {
    let visible = |c: char| if is_control(c) { ' ' } else { c };
    let code: String = text.chars().map(visible).collect();
    if code.is_empty() {
        return code;
    }
    let ticks = "`".repeat(longest_run(&code, '`') + 1);
    let at_an_end = |c| code.starts_with(c) || code.ends_with(c);
    // One blank at each end is not a part of the code.
    let blank = if at_an_end('`') || at_an_end(' ') {
        " "
    } else {
        ""
    };
    format!("{ticks}{blank}{code}{blank}{ticks}")
}

/// How often a character stands in a row.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    let runs = text.split(|c| c != of).map(str::len);
    runs.max().unwrap_or_default()
}
