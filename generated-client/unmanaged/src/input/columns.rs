//! Which column of a file holds the addresses.

use std::fmt;

use csv::StringRecord;

/// Titles of such a column, in letters and digits alone, the plainest first: GAM's, the console's, and those of
/// spreadsheets.
const TITLES: [&str; 22] = [
    "email",
    "emailaddress",
    "emailaddressrequired",
    "mail",
    "primaryemail",
    "useremail",
    "useremailaddress",
    "workemail",
    "userinvitationsid",
    "address",
    "recipient",
    "username",
    "user",
    "upn",
    "userprincipalname",
    "emailadresse",
    "mailadresse",
    "adresseemail",
    "courriel",
    "correo",
    "correoelectronico",
    "name",
];

/// The column that holds the addresses.
pub struct Found {
    /// Its index; `None` where each line is searched, because names with commas are in several cells.
    pub index: Option<usize>,
    /// How many records come before the first address: the header.
    pub skip: usize,
    /// How many cells the header has.
    pub width: Option<usize>,
}

/// The column is not plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// There is no column of this name or number.
    Missing(Vec<String>),
    /// There is no column of addresses.
    NoAddresses,
    /// Several columns hold addresses.
    Several(Vec<String>),
}

impl fmt::Display for Unclear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(titles) => write!(f, "no such column; there are: {}", titles.join(", ")),
            Self::NoAddresses => f.write_str("it has no column with addresses"),
            Self::Several(titles) => {
                write!(f, "several columns have addresses: {}", titles.join(", "))
            }
        }
    }
}

/// Finds the column. A first line is a header if one of its titles is known, or is the one that was asked for;
/// any other line without an address is reported.
pub fn column_of(records: &[(u64, StringRecord)], column: Option<&str>) -> Result<Found, Unclear> {
    let is_empty = |record: &StringRecord| record.iter().all(|it| it.trim().is_empty());
    let start = records.iter().position(|(_, record)| !is_empty(record));
    let Some((start, first)) = start.map(|start| (start, &records[start].1)) else {
        return Ok(Found {
            index: None,
            skip: 0,
            width: None,
        });
    };
    let asked = column.map(plain);
    let has_address = first.iter().any(|cell| cell.contains('@'));
    let is_title = |title: &str| {
        let title = plain(title);
        TITLES.contains(&title.as_str()) || asked.as_ref() == Some(&title)
    };
    let has_header = !has_address && first.iter().any(is_title);
    let skip = if has_header { start + 1 } else { 0 };
    let index = match column {
        Some(column) => Some(named(first, has_header, column)?),
        None if has_header => Some(by_title(&records[skip..], first)?),
        None => only(records)?,
    };
    let width = has_header.then(|| first.len());
    Ok(Found { index, skip, width })
}

fn named(first: &StringRecord, has_header: bool, column: &str) -> Result<usize, Unclear> {
    let titled = first
        .iter()
        .position(|title| has_header && plain(title) == plain(column));
    let numbered = column.parse::<usize>().ok();
    let numbered = numbered.filter(|number| (1..=first.len()).contains(number));
    titled
        .or(numbered.map(|number| number - 1))
        .ok_or_else(|| Unclear::Missing(titles(first, has_header)))
}

/// By its title, or else because it alone has addresses.
fn by_title(data: &[(u64, StringRecord)], first: &StringRecord) -> Result<usize, Unclear> {
    let has_addresses = |index: &usize| {
        let mut cells = data.iter().filter_map(|(_, it)| it.get(*index));
        cells.any(|cell| cell.contains('@'))
    };
    let with_addresses: Vec<usize> = (0..first.len()).filter(has_addresses).collect();
    let titled = TITLES.iter().find_map(|known| {
        let mut indices = with_addresses.iter();
        indices.find(|index| {
            first
                .get(**index)
                .is_some_and(|title| plain(title) == *known)
        })
    });
    match (titled, with_addresses.as_slice()) {
        (Some(index), _) | (None, [index]) => Ok(*index),
        // Every line is reported then.
        (None, []) if first.len() == 1 => Ok(0),
        (None, []) => Err(Unclear::NoAddresses),
        (None, several) => {
            let titles = several.iter().filter_map(|index| first.get(*index));
            Err(Unclear::Several(titles.map(str::to_owned).collect()))
        }
    }
}

/// The only column with addresses, where there is no header.
fn only(records: &[(u64, StringRecord)]) -> Result<Option<usize>, Unclear> {
    let with_address = |record: &StringRecord| -> Vec<usize> {
        let cells = record.iter().enumerate();
        let cells = cells.filter(|(_, cell)| cell.contains('@'));
        cells.map(|(index, _)| index).collect()
    };
    let mut found = None;
    for (_, record) in records {
        match (with_address(record).as_slice(), found) {
            ([], _) => {}
            ([index], None) => found = Some(Some(*index)),
            ([index], Some(Some(before))) if *index == before => {}
            ([_], _) => found = Some(None),
            (several, _) => {
                let numbers = several.iter().map(|index| (index + 1).to_string());
                return Err(Unclear::Several(numbers.collect()));
            }
        }
    }
    Ok(found.flatten())
}

fn plain(title: &str) -> String {
    let letters = title.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn titles(first: &StringRecord, has_header: bool) -> Vec<String> {
    match has_header {
        true => first.iter().map(str::to_owned).collect(),
        false => (1..=first.len()).map(|it| it.to_string()).collect(),
    }
}
