//! From arguments and files to addresses.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::app::App;
use crate::cli::People;
use crate::exit::{Exit, Failure};
use crate::folders::shown;
use crate::input::{self, Input};

/// A file of addresses is no longer than this.
const LONGEST: u64 = 256 << 20;
/// So many lines are named, and the others counted.
const NAMED: usize = 20;

/// Who was named.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Addresses, each once.
    pub addresses: Vec<String>,
    /// How many lines have no address.
    pub malformed: usize,
    /// How many lines repeat an address.
    pub duplicates: usize,
}

/// Reads arguments and files, and tells which lines have no address.
///
/// # Errors
///
/// An argument that is no address; a file that cannot be used.
pub fn named(app: &App, people: &People) -> Result<Named, Failure> {
    let mut named = Named::default();
    let mut seen = HashSet::new();
    for (place, argument) in people.addresses.iter().enumerate() {
        let address = input::address(argument).map_err(|why| {
            let what = format!("argument {}: {why}", place + 1);
            Failure::usage(
                what,
                "addresses look like ada@example.com; files go to --from-csv",
            )
        })?;
        match seen.insert(address.clone()) {
            true => named.addresses.push(address),
            false => named.duplicates += 1,
        }
    }
    for path in &people.from_csv {
        let input = read(path, people.column.as_deref())?;
        tell(app, path, &input);
        named.malformed += input.malformed.len();
        named.duplicates += input.duplicates.len();
        for found in input.addresses {
            match seen.insert(found.address.clone()) {
                true => named.addresses.push(found.address),
                false => named.duplicates += 1,
            }
        }
    }
    Ok(named)
}

/// Reads files of people who get nothing. A line without an address is an error here: whom it means is not
/// known, and they must not be mailed.
///
/// # Errors
///
/// A file that cannot be used.
pub fn excluded(app: &App, files: &[std::path::PathBuf]) -> Result<HashSet<String>, Failure> {
    let mut excluded = HashSet::new();
    for path in files {
        let input = read(path, None)?;
        if !input.malformed.is_empty() {
            tell(app, path, &input);
            return Err(Failure::usage(
                "a file of excluded people has lines without an address: nothing was sent",
                "correct these lines, or remove them",
            ));
        }
        excluded.extend(input.addresses.into_iter().map(|found| found.address));
    }
    Ok(excluded)
}

fn read(path: &Path, column: Option<&str>) -> Result<Input, Failure> {
    let mut bytes = Vec::new();
    let read = match path.as_os_str() == "-" {
        true => io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes),
        false => File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes)),
    };
    let name = shown(path);
    read.map_err(|error| {
        let what = format!("{name} cannot be read: {}", error.kind());
        Failure::new(
            Exit::Usage,
            what,
            "give the path of a file, or `-` for standard input",
        )
    })?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LONGEST {
        let what = format!("{name} is longer than {} MiB", LONGEST >> 20);
        return Err(Failure::usage(what, "split it"));
    }
    let input = input::read(&bytes, column).map_err(|unclear| {
        let help = "choose the column with --column NAME or --column NUMBER";
        Failure::usage(format!("{name}: {unclear}"), help)
    })?;
    match input.addresses.is_empty() && input.malformed.is_empty() {
        true => Err(Failure::usage(
            format!("{name} has no addresses"),
            "it has one a line, or a column of them",
        )),
        false => Ok(input),
    }
}

/// Tells which lines have no address. Their text is not told: what is told may end in a log.
fn tell(app: &App, path: &Path, input: &Input) {
    let name = shown(path);
    for malformed in input.malformed.iter().take(NAMED) {
        app.say(&format!("{name}:{}: {}", malformed.line, malformed.why));
    }
    if input.malformed.len() > NAMED {
        let more = input.malformed.len() - NAMED;
        app.say(&format!("{name}: {more} more lines have no address"));
    }
}
