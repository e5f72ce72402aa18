//! Quoted text of several lines whose lines begin too far to the left.
//!
//! YAML wants them indented more than what they belong to; many parsers take them as they are, and editors
//! break lines so. How far a line of quoted text is indented means nothing: blanks are added until it is read.

/// A text in which the lines of the quoted text are indented that line `number`, counted from one, belongs to;
/// nothing where it belongs to none.
pub(super) fn indented(text: &str, number: usize) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let wrong = number.checked_sub(1).filter(|wrong| *wrong < lines.len())?;
    let (start, quote) = (0..wrong).rev().find_map(|line| {
        let quote = opening(lines[line])?;
        Some((line, quote))
    })?;
    let (column, mark) = quote;
    let mut state = State {
        mark,
        is_open: true,
    };
    state.read(&lines[start][column + 1..]);
    let mut indented: String = lines[..=start].concat();
    for line in &lines[start + 1..] {
        if state.is_open {
            indented.extend(std::iter::repeat_n(' ', column));
            state.read(line);
        }
        indented.push_str(line);
    }
    Some(indented)
}

/// Where a line opens a quote that it does not close, and which one.
fn opening(line: &str) -> Option<(usize, char)> {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        // A quote begins a value: at the start of a line, or behind `- `, `: `, `[`, `{` or `,`.
        let begins = |(index, c): &(usize, char)| {
            let before = rest[..*index].trim_end_matches(' ');
            let is_apart = before.len() < *index;
            let last = before.chars().next_back();
            let opens = match last {
                None => at == 0 || is_apart,
                Some('[' | '{' | ',') => true,
                Some('-' | ':') => is_apart,
                Some(_) => false,
            };
            matches!(c, '"' | '\'') && opens
        };
        let (index, mark) = rest.char_indices().find(begins)?;
        let column = at + index;
        let mut state = State {
            mark,
            is_open: true,
        };
        match state.read(&line[column + 1..]) {
            None => return Some((column, mark)),
            Some(end) => at = column + 1 + end,
        }
    }
}

/// Quoted text that is being read.
struct State {
    mark: char,
    is_open: bool,
}

impl State {
    /// Reads on. Returns what stands behind the end of the quoted text, if it ends.
    fn read(&mut self, text: &str) -> Option<usize> {
        let mut characters = text.char_indices().peekable();
        while let Some((index, c)) = characters.next() {
            if c == '\\' && self.mark == '"' {
                characters.next();
            } else if c == self.mark {
                let is_doubled = characters.peek().is_some_and(|(_, next)| *next == '\'');
                if self.mark == '\'' && is_doubled {
                    characters.next();
                } else {
                    self.is_open = false;
                    return Some(index + c.len_utf8());
                }
            }
        }
        None
    }
}
