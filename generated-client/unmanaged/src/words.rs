//! What people write on the command line, and what states are called.

use std::fmt;
use std::str::FromStr;

/// A duration as people write it: `14d`, `48h`, `30m`, `2w`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age(pub i64);

/// A day, in seconds.
pub const DAY: i64 = 86_400;

impl Age {
    /// So many days.
    pub const fn days(days: i64) -> Self {
        Self(days * DAY)
    }
}

impl FromStr for Age {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || "an age is a number and a unit: 14d, 48h, 30m, 2w".to_owned();
        let text = text.trim();
        let unit = text.chars().next_back().ok_or_else(wrong)?;
        let seconds = match unit {
            'm' => 60,
            'h' => 3_600,
            'd' => DAY,
            'w' => 7 * DAY,
            _ => return Err(wrong()),
        };
        let number = &text[..text.len() - unit.len_utf8()];
        let number: u32 = number.trim().parse().map_err(|_| wrong())?;
        Ok(Self(i64::from(number) * seconds))
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            seconds if seconds % DAY == 0 => write!(f, "{}d", seconds / DAY),
            seconds if seconds % 3_600 == 0 => write!(f, "{}h", seconds / 3_600),
            seconds => write!(f, "{}m", seconds / 60),
        }
    }
}

/// A rate as people write it: `50/min`, `2/s`, `600/h`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Requests a second.
    pub per_second: f64,
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || "a rate is a whole number and a unit: 50/min, 2/s, 600/h".to_owned();
        let (number, unit) = text.split_once('/').ok_or_else(wrong)?;
        let number: u32 = number.trim().parse().map_err(|_| wrong())?;
        let seconds = match unit.trim() {
            "s" | "sec" => 1.0,
            "min" | "m" => 60.0,
            "h" | "hour" => 3_600.0,
            _ => return Err(wrong()),
        };
        match number {
            0 => Err("a rate is at least one request".to_owned()),
            _ => Ok(Self {
                per_second: f64::from(number) / seconds,
            }),
        }
    }
}

/// The states that an account can have, as people write them: Google's, then Confluent's.
pub const STATES: [&str; 8] = [
    "not-yet-sent",
    "invited",
    "accepted",
    "declined",
    "sent",
    "staged",
    "expired",
    "deactivated",
];

/// A state, as the API writes it: `NOT_YET_SENT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateName(pub String);

impl FromStr for StateName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.trim().to_lowercase().replace(['_', ' '], "-");
        match STATES.contains(&plain.as_str()) {
            true => Ok(Self(plain.to_uppercase().replace('-', "_"))),
            false => Err(format!("the states are {}", STATES.join(", "))),
        }
    }
}

/// A state in words.
pub fn in_words(state: &str) -> String {
    state.to_lowercase().replace('_', " ")
}

/// A number with its thousands apart: `3,311`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match number < 0 {
        true => format!("-{text}"),
        false => text,
    }
}

/// So many people.
pub fn people(number: i64) -> String {
    match number {
        1 => "1 person".to_owned(),
        _ => format!("{} people", thousands(number)),
    }
}

/// A number with what it counts, in the singular or with an `s`.
pub fn counted(number: i64, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{} {what}s", thousands(number)),
    }
}
