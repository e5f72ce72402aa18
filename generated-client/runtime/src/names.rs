//! Names of resources: their parts are checked before any URL is made of them. The type is `resource_name!`.

use std::fmt;

use super::Error;

/// A text that is not the name of a resource, and why.
///
/// It tells which part is wrong and what is wrong with it, never the text itself: names hold
/// addresses of people.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InvalidName {
    pattern: &'static str,
    part: Option<&'static str>,
    refusal: Refusal,
}

impl InvalidName {
    /// The form that the name should have had.
    pub fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// The part that is wrong; nothing where the whole has another form.
    pub fn part(&self) -> Option<&'static str> {
        self.part
    }
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a name of the form `{}`: ", self.pattern)?;
        match self.part {
            Some(part) => write!(f, "the part `{part}` {}", self.refusal),
            None => write!(f, "it {}", self.refusal),
        }
    }
}

impl std::error::Error for InvalidName {}

impl From<InvalidName> for Error {
    fn from(name: InvalidName) -> Self {
        Self::invalid_argument(name.to_string())
    }
}

/// What a part begins with whose value may have slashes in it. Only the last part of a name is one.
const SEVERAL: &str = "{+";

/// Why a value cannot be one segment of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Refusal {
    Empty,
    DotSegment,
    Slash,
    OuterSlash,
    Backslash,
    Control,
    OtherForm,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty, which would call another method",
            Self::DotSegment => "is `.` or `..`, which would leave the path",
            Self::Slash => "has a `/` in it, which would be another path",
            Self::OuterSlash => "begins or ends with a `/`, which may call another method",
            Self::Backslash => "has a `\\` in it, which counts as a `/` in a URL",
            Self::Control => "has a control character in it",
            Self::OtherForm => "has other segments",
        })
    }
}

/// Why a value cannot be one segment of a path; nothing where it can.
pub(super) fn refuse(value: &str) -> Option<Refusal> {
    if value.is_empty() {
        return Some(Refusal::Empty);
    }
    if matches!(value, "." | "..") {
        return Some(Refusal::DotSegment);
    }
    value.chars().find_map(|character| match character {
        '/' => Some(Refusal::Slash),
        '\\' => Some(Refusal::Backslash),
        control if control.is_control() => Some(Refusal::Control),
        _ => None,
    })
}

/// Why a value cannot be one or more segments of a path; nothing where it can. A slash at an end is a
/// segment that is empty, and a server may well leave it out.
pub(super) fn refuse_segments(value: &str) -> Option<Refusal> {
    if value.is_empty() {
        return Some(Refusal::Empty);
    }
    if value.starts_with('/') || value.ends_with('/') {
        return Some(Refusal::OuterSlash);
    }
    let segments = value.split('/').filter(|segment| !segment.is_empty());
    segments.filter_map(refuse).next()
}

/// Checks the parts of a name. For the macro.
pub fn check(pattern: &'static str, parts: &[(&'static str, &str)]) -> Result<(), InvalidName> {
    let placeholders = pattern
        .split('/')
        .filter(|segment| segment.starts_with('{'));
    for (placeholder, (part, value)) in placeholders.zip(parts) {
        let refusal = match placeholder.starts_with(SEVERAL) {
            true => refuse_segments(value),
            false => refuse(value),
        };
        if let Some(refusal) = refusal {
            return Err(InvalidName {
                pattern,
                part: Some(part),
                refusal,
            });
        }
    }
    Ok(())
}

/// Takes the parts out of a name. For the macro.
pub fn split<'a, const N: usize>(
    pattern: &'static str,
    text: &'a str,
) -> Result<[&'a str; N], InvalidName> {
    let other_form = InvalidName {
        pattern,
        part: None,
        refusal: Refusal::OtherForm,
    };
    let mut parts = [""; N];
    let mut free = parts.iter_mut();
    let most = match pattern.contains(SEVERAL) {
        true => pattern.split('/').count(),
        false => usize::MAX,
    };
    let mut segments = text.splitn(most, '/');
    for expected in pattern.split('/') {
        let segment = segments.next().ok_or_else(|| other_form.clone())?;
        if !expected.starts_with('{') {
            if segment != expected {
                return Err(other_form);
            }
        } else if let Some(part) = free.next() {
            *part = segment;
        }
    }
    match segments.next() {
        None => Ok(parts),
        Some(_) => Err(other_form),
    }
}

/// Reads a name from text. For the macro.
pub fn read_name<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr<Err = InvalidName>,
{
    let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
    text.parse().map_err(serde::de::Error::custom)
}

/// Writes a name from its parts. For the macro.
pub fn write(f: &mut fmt::Formatter<'_>, pattern: &str, parts: &[&str]) -> fmt::Result {
    let mut parts = parts.iter();
    for (index, segment) in pattern.split('/').enumerate() {
        if index > 0 {
            f.write_str("/")?;
        }
        match parts.as_slice().first() {
            Some(part) if segment.starts_with('{') => {
                f.write_str(part)?;
                parts.next();
            }
            _ => f.write_str(segment)?,
        }
    }
    Ok(())
}
