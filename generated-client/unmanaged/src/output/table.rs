//! Tables: with borders and as wide as the terminal where a person looks, plain columns in a pipe.

use std::io::{self, BufWriter, Stdout, Write};

use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{Attribute, Cell, Color, ContentArrangement, Table};

use super::Screen;

/// A table that is being printed.
pub enum Columns {
    /// It is printed as a whole, because its columns are as wide as what is in them.
    Terminal {
        /// The table.
        table: Box<Table>,
        /// Whether states have colours.
        colour: bool,
    },
    /// It is printed row by row.
    Pipe {
        /// Standard output.
        out: BufWriter<Stdout>,
        /// The width of each column; the last one has none.
        widths: Vec<usize>,
        /// Whether the widths are known; rows are kept until then.
        kept: Option<Vec<Vec<String>>>,
    },
}

impl Columns {
    /// Begins a table. A width of zero is not known.
    pub fn new<'a>(screen: Screen, columns: impl Iterator<Item = (&'a str, usize)>) -> Self {
        let columns: Vec<_> = columns.collect();
        let titles = columns.iter().map(|(title, _)| (*title).to_owned());
        let titles: Vec<String> = titles.collect();
        if screen.is_terminal {
            return Self::Terminal {
                table: Box::new(bordered(&titles, screen.colour)),
                colour: screen.colour,
            };
        }
        let widths: Vec<usize> = columns
            .iter()
            .map(|(title, width)| title.len().max(*width))
            .collect();
        let known = columns.iter().any(|(_, width)| *width > 0);
        let mut pipe = Self::Pipe {
            out: BufWriter::new(io::stdout()),
            widths,
            kept: (!known).then(Vec::new),
        };
        if titles.iter().any(|title| !title.is_empty()) {
            // A pipe that is closed already is seen at the end.
            let _ = pipe.row(&titles);
        }
        pipe
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        let cells: Vec<String> = cells.iter().map(|cell| visible(cell)).collect();
        match self {
            Self::Terminal { table, colour } => {
                table.add_row(cells.iter().map(|cell| match colour {
                    true => coloured(cell),
                    false => Cell::new(cell),
                }));
                Ok(())
            }
            Self::Pipe {
                kept: Some(kept), ..
            } => {
                kept.push(cells);
                Ok(())
            }
            Self::Pipe { out, widths, .. } => line(out, widths, &cells),
        }
    }

    /// Prints what is left.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Terminal { table, .. } if table.is_empty() && table.header().is_none() => Ok(()),
            Self::Terminal { table, .. } => writeln!(io::stdout(), "{table}"),
            Self::Pipe {
                mut out,
                mut widths,
                kept,
            } => {
                let kept = kept.unwrap_or_default();
                for row in &kept {
                    for (width, cell) in widths.iter_mut().zip(row) {
                        *width = (*width).max(cell.chars().count());
                    }
                }
                for row in &kept {
                    line(&mut out, &widths, row)?;
                }
                out.flush()
            }
        }
    }
}

/// A table with borders.
fn bordered(titles: &[String], colour: bool) -> Table {
    let mut table = Table::new();
    table
        .load_preset(UTF8_BORDERS_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic);
    if !colour {
        table.force_no_tty();
        table.set_width(width());
    }
    if titles.iter().any(|title| !title.is_empty()) {
        let bold = |title: &String| match colour {
            true => Cell::new(title).add_attribute(Attribute::Bold),
            false => Cell::new(title),
        };
        table.set_header(titles.iter().map(bold));
    }
    table
}

/// A line of plain columns, two blanks apart.
fn line(out: &mut impl Write, widths: &[usize], cells: &[String]) -> io::Result<()> {
    let mut text = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        text.push_str(&format!("{cell:<width$}  "));
    }
    writeln!(out, "{}", text.trim_end())
}

/// The terminal's width.
fn width() -> u16 {
    Table::new().width().unwrap_or(100)
}

fn coloured(cell: &str) -> Cell {
    let colour = match cell {
        "invited" | "unknown" | "sending" => Color::Yellow,
        "declined" | "not sent" | "not cancelled" | "missing" => Color::Red,
        "sent" | "accepted" | "cancelled" | "ok" => Color::Green,
        _ => return Cell::new(cell),
    };
    Cell::new(cell).fg(colour)
}

/// Text that does nothing to a terminal.
fn visible(text: &str) -> String {
    let escape = |c: char| match c.is_control() || is_direction(c) {
        true => c.escape_unicode().to_string(),
        false => c.to_string(),
    };
    text.chars().map(escape).collect()
}

/// Characters that change the direction of text.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
