//! Tables.

use pulldown_cmark::Alignment;

/// A table that is being read.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The cells of the row that is being read.
    cells: Vec<String>,
    lines: Vec<String>,
}

impl Table {
    /// A table of as many columns as there are alignments.
    pub fn new(alignments: Vec<Alignment>) -> Self {
        Self {
            alignments,
            ..Self::default()
        }
    }

    /// Adds a cell to the row that is being read.
    pub fn add(&mut self, cell: String) {
        self.cells.push(cell);
    }

    /// Ends the row that names the columns.
    pub fn end_head(&mut self) {
        self.end_row();
        let column = |alignment: &Alignment| match alignment {
            Alignment::None => "---",
            Alignment::Left => ":--",
            Alignment::Center => ":-:",
            Alignment::Right => "--:",
        };
        self.cells = self
            .alignments
            .iter()
            .map(column)
            .map(str::to_owned)
            .collect();
        self.end_row();
    }

    /// Ends a row.
    pub fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        self.lines.push(format!("| {} |", cells.join(" | ")));
    }

    /// The table, a line for each row.
    pub fn into_lines(self) -> Vec<String> {
        self.lines
    }
}
