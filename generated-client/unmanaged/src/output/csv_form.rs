//! CSV that spreadsheets open, and in which no cell is a formula.

use std::borrow::Cow;
use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

/// A writer of RFC 4180: commas, and CRLF at the end of a line.
pub fn writer<W: Write>(out: W) -> Writer<W> {
    WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out)
}

/// A cell that no spreadsheet reads as a formula: an apostrophe stands in front of what could be one. `input`
/// takes it off again.
///
/// Source: <https://owasp.org/www-community/attacks/CSV_Injection>.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}
