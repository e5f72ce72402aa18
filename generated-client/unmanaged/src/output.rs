//! The output: a table, JSON, or CSV, row by row.

mod csv_form;
mod table;

use std::io::{self, IsTerminal as _, Write};

use clap::ValueEnum;
use serde_json::Value;

pub use csv_form::harmless;
use table::Columns;

/// The form of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// One array.
    Json,
    /// One object a line.
    Ndjson,
    /// For spreadsheets.
    Csv,
}

/// How standard output looks.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Whether a person looks.
    pub is_terminal: bool,
    /// Whether there are colours.
    pub colour: bool,
}

impl Screen {
    /// That of this process. Colours are off in pipes, and with `NO_COLOR`.
    pub fn find() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            is_terminal,
            colour: is_terminal && !no_colour,
        }
    }
}

/// Prints rows in one form. In a table and in CSV a row is its cells, in JSON it is an object.
pub struct Printer {
    form: Form,
    rows: u64,
}

enum Form {
    Table(Columns),
    Json,
    Ndjson,
    Csv(Box<csv::Writer<Box<dyn Write>>>),
}

impl Printer {
    /// Begins a list with these columns.
    ///
    /// # Errors
    ///
    /// Standard output fails.
    pub fn new(format: Format, screen: Screen, columns: &[&str]) -> io::Result<Self> {
        Self::sized(format, screen, columns.iter().map(|it| (*it, 0)))
    }

    /// The same for a long table in a pipe, which is printed row by row: the columns have these widths.
    ///
    /// # Errors
    ///
    /// Standard output fails.
    pub fn sized<'a>(
        format: Format,
        screen: Screen,
        columns: impl Iterator<Item = (&'a str, usize)>,
    ) -> io::Result<Self> {
        let form = match format {
            Format::Table => Form::Table(Columns::new(screen, columns)),
            Format::Json => Form::Json,
            Format::Ndjson => Form::Ndjson,
            Format::Csv => {
                let out: Box<dyn Write> = Box::new(io::BufWriter::new(io::stdout()));
                let mut csv = csv_form::writer(out);
                let titles = columns.map(|(title, _)| title.replace(' ', "_"));
                csv.write_record(titles).map_err(unwrapped)?;
                Form::Csv(Box::new(csv))
            }
        };
        Ok(Self { form, rows: 0 })
    }

    /// Prints a row.
    ///
    /// # Errors
    ///
    /// Standard output fails.
    pub fn row(&mut self, cells: &[String], json: impl FnOnce() -> Value) -> io::Result<()> {
        let first = self.rows == 0;
        self.rows += 1;
        match &mut self.form {
            Form::Table(table) => table.row(cells),
            Form::Csv(csv) => {
                for cell in cells {
                    csv.write_field(harmless(cell).as_bytes())
                        .map_err(unwrapped)?;
                }
                csv.write_record(None::<&[u8]>).map_err(unwrapped)
            }
            Form::Ndjson => writeln!(io::stdout(), "{}", json()),
            Form::Json => {
                let start = if first { "[\n" } else { ",\n" };
                write!(io::stdout(), "{start}  {}", json())
            }
        }
    }

    /// Ends the list. The note stands below a table, and is on standard error otherwise.
    ///
    /// # Errors
    ///
    /// Standard output fails.
    pub fn finish(self, note: &str) -> io::Result<()> {
        match self.form {
            Form::Table(table) => {
                table.finish()?;
                if !note.is_empty() {
                    writeln!(io::stdout(), "{note}")?;
                }
            }
            Form::Csv(mut csv) => csv.flush()?,
            Form::Json if self.rows == 0 => writeln!(io::stdout(), "[]")?,
            Form::Json => writeln!(io::stdout(), "\n]")?,
            Form::Ndjson => {}
        }
        io::stdout().flush()
    }
}

/// The error of the output itself: a pipe that was closed is known by it.
fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other("CSV"),
    }
}

/// Prints one object: as a table of two columns, or as JSON, or as CSV with one row.
///
/// # Errors
///
/// Standard output fails.
pub fn print_one(
    format: Format,
    screen: Screen,
    cells: &[(&str, String)],
    json: &Value,
) -> io::Result<()> {
    match format {
        Format::Table => {
            let mut table = Printer::new(format, screen, &["", ""])?;
            for (name, value) in cells {
                table.row(&[(*name).to_owned(), value.clone()], || Value::Null)?;
            }
            table.finish("")
        }
        Format::Json => writeln!(io::stdout(), "{json:#}"),
        Format::Ndjson => writeln!(io::stdout(), "{json}"),
        Format::Csv => {
            let titles: Vec<&str> = cells.iter().map(|(name, _)| *name).collect();
            let mut csv = Printer::new(format, screen, &titles)?;
            let cells: Vec<String> = cells.iter().map(|(_, value)| value.clone()).collect();
            csv.row(&cells, || Value::Null)?;
            csv.finish("")
        }
    }
}
