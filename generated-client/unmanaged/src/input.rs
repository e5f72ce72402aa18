//! Addresses as people keep them: CSV of GAM, of the Admin console, of a spreadsheet, or one a line.
//!
//! Nothing is dropped in silence: what is no address is reported with its line, and without its text.

mod columns;
mod text;

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord};
use generated_client::EmailAddress;

pub use columns::Unclear;
use columns::column_of;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// Addresses, in lower case, in the order of the file, each once.
    pub addresses: Vec<Found>,
    /// What is no address.
    pub malformed: Vec<Malformed>,
    /// Lines whose address stands in an earlier line, too.
    pub duplicates: Vec<u64>,
}

/// An address, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The address, in lower case.
    pub address: String,
    /// The line.
    pub line: u64,
}

/// A line that has no address, and why. It does not hold the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The line.
    pub line: u64,
    /// What is wrong.
    pub why: String,
}

/// Reads a file.
///
/// # Errors
///
/// The column of the addresses is not plain.
pub fn read(bytes: &[u8], column: Option<&str>) -> Result<Input, Unclear> {
    let text = text::decoded(bytes);
    let records = records(&text);
    let found = column_of(&records, column)?;
    let mut input = Input::default();
    let mut seen = HashSet::new();
    for (line, record) in records.iter().skip(found.skip) {
        // A line of separators alone is an empty one.
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = match found.index {
            Some(index) => record.get(index),
            None => record
                .iter()
                .find(|cell| cell.contains('@'))
                .or(record.get(0)),
        };
        if has_more(record, found.width) {
            input.malformed.push(Malformed {
                line: *line,
                why: "the line has more cells than the header, and an address in them".to_owned(),
            });
            continue;
        }
        match cell.map(address) {
            Some(Ok(address)) if !seen.insert(address.clone()) => input.duplicates.push(*line),
            Some(Ok(address)) => input.addresses.push(Found {
                address,
                line: *line,
            }),
            Some(Err(why)) => input.malformed.push(Malformed { line: *line, why }),
            None => input.malformed.push(Malformed {
                line: *line,
                why: "the line has no such column".to_owned(),
            }),
        }
    }
    Ok(input)
}

/// Whether cells beyond the header hold an address: several addresses in one line, say.
fn has_more(record: &StringRecord, width: Option<usize>) -> bool {
    let beyond = record.iter().skip(width.unwrap_or(usize::MAX));
    beyond.into_iter().any(|cell| cell.contains('@'))
}

/// The address in a cell, in lower case: upper and lower case are the same account.
///
/// # Errors
///
/// It is none; why.
pub fn address(cell: &str) -> Result<String, String> {
    let cell = cell.trim();
    // What `output` puts before a cell that could be a formula.
    let cell = match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['+', '-', '=', '@', '%', '|']) => rest,
        _ => cell,
    };
    if cell.contains(['\n', '\r']) {
        return Err("a quotation mark is not closed, or a cell has several lines".to_owned());
    }
    let cell = match cell.split_once("/userinvitations/") {
        Some((customer, address)) if customer.starts_with("customers/") => address,
        _ => cell,
    };
    // `Lovelace, Ada <ada@example.com>`, whose comma needs quotation marks in email alone.
    let cell = match cell.split_once('<') {
        Some((name, address)) if !name.contains('@') && address.ends_with('>') => {
            &address[..address.len() - 1]
        }
        _ => cell,
    };
    match cell.parse::<EmailAddress>() {
        Ok(address) => Ok(address.as_str().to_lowercase()),
        Err(refused) => Err(refused.to_string()),
    }
}

/// The records of a text, each with its line.
fn records(text: &str) -> Vec<(u64, StringRecord)> {
    let (delimiter, text, above) = match text::stated(text) {
        Some((delimiter, rest)) => (delimiter, rest, 1),
        None => (text::delimiter(text), text, 0),
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    // The text is UTF-8 already, and records may have any length: nothing else can fail.
    let records = reader.records().filter_map(Result::ok);
    let line = |record: &StringRecord| record.position().map_or(0, csv::Position::line);
    records
        .map(|record| (line(&record) + above, record))
        .collect()
}
