//! From the bytes of a file to text, and how its cells are separated.

/// The text of a file: UTF-8 or UTF-16 by its byte order mark, else UTF-8, else Windows' Latin letters.
pub fn decoded(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    };
    // What old programs end lines with, too: so that lines are counted as editors do.
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// What the first line says of the separator, as Excel writes it: `sep=;`. The line itself is no data.
pub fn stated(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    match line
        .to_ascii_lowercase()
        .trim_end()
        .strip_prefix("sep=")?
        .as_bytes()
    {
        [separator] => Some((*separator, rest)),
        // A tab at the end of the line.
        [] => Some((b'\t', rest)),
        _ => None,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn utf8(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// What separates the cells: what the first lines have most of, outside of quotation marks. A comma if nothing
/// does.
pub fn delimiter(text: &str) -> u8 {
    let candidates = [b';', b'\t', b',', b'|'];
    let mut counts = [0_usize; 4];
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(20) {
        let mut quoted = false;
        for byte in line.bytes() {
            quoted ^= byte == b'"';
            let place = candidates.iter().position(|candidate| *candidate == byte);
            if let Some(place) = place.filter(|_| !quoted) {
                counts[place] += 1;
            }
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let found = counts.iter().position(|count| *count == most && most > 0);
    found.map_or(b',', |place| candidates[place])
}
