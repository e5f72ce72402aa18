//! The lines of a comment, within the lists and quotations that they stand in.

/// How many characters a line of a comment holds.
pub(super) const WIDTH: usize = 92;

/// How deep lists and quotations are nested at most: each adds its indentation to every line.
const DEEPEST: usize = 6;

/// A comment that is being written.
#[derive(Default)]
pub(super) struct Page {
    lines: Vec<String>,
    containers: Vec<Container>,
    /// How many containers are open that are nested too deeply.
    too_deep: usize,
    /// Whether a blank line comes before the next one.
    pub gap: bool,
}

/// An item of a list, or a quotation.
struct Container {
    /// What its first line begins with; nothing once that is written.
    marker: Option<String>,
    /// What every other line begins with.
    indent: String,
}

impl Page {
    /// Begins a container. One that is nested too deeply is none: what is in it comes after what it is in.
    pub fn open(&mut self, marker: &str, indent: &str) {
        if self.containers.len() >= DEEPEST {
            self.too_deep += 1;
            self.gap = true;
            return;
        }
        self.containers.push(Container {
            marker: Some(marker.to_owned()),
            indent: indent.to_owned(),
        });
    }

    /// Ends a container. One without a line leaves nothing behind.
    pub fn close(&mut self) {
        match self.too_deep {
            0 => drop(self.containers.pop()),
            _ => self.too_deep -= 1,
        }
    }

    /// How many characters a line holds here.
    pub fn width(&self) -> usize {
        let indent: usize = self.containers.iter().map(|it| it.indent.len()).sum();
        WIDTH - indent
    }

    /// How many lines there are.
    pub fn length(&self) -> usize {
        self.lines.len()
    }

    /// Writes a block.
    pub fn block(&mut self, lines: impl IntoIterator<Item = String>) {
        if self.gap && !self.lines.is_empty() {
            let opened = self.containers.iter().take_while(|it| it.marker.is_none());
            let blank: String = opened.map(|it| it.indent.as_str()).collect();
            self.lines.push(blank.trim_end().to_owned());
        }
        for line in lines {
            self.line(&line);
        }
        self.gap = true;
    }

    fn line(&mut self, text: &str) {
        let mut line = String::new();
        for container in &mut self.containers {
            match container.marker.take() {
                Some(marker) => line.push_str(&marker),
                None => line.push_str(&container.indent),
            }
        }
        line.push_str(text);
        line.truncate(line.trim_end_matches(' ').len());
        self.lines.push(line);
    }

    /// The lines, without any at the end that are blank.
    pub fn finish(self) -> Vec<String> {
        self.lines
    }
}
