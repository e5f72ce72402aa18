//! What is wrong with the input, and what to do about it.

use std::fmt;

use crate::characters::escape_control;

/// Something in the input that keeps a client from being generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    file: String,
    place: String,
    what: String,
    help: String,
}

impl Problem {
    /// A problem in `file`, at `place`: a JSON pointer such as `#/schemas/Status`, or a line and a
    /// column such as `3:14`. `what` is wrong there, and `help` is what to do.
    pub fn new(
        file: impl Into<String>,
        place: impl Into<String>,
        what: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            place: place.into(),
            what: what.into(),
            help: help.into(),
        }
    }

    /// The file that it is in.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Where it is: a JSON pointer, or a line and a column.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong there.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to do.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// A problem that the generator should have met earlier: a mistake in it, not in its input.
    pub(crate) fn internal(what: impl fmt::Display) -> Self {
        Self::new(
            "codegen",
            "",
            format!("the generator made something it cannot use: {what}"),
            "this is a mistake in the generator; please report it together with the document",
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a document says may be in any of them, and goes to a terminal.
        let [file, place, what, help] =
            [&self.file, &self.place, &self.what, &self.help].map(|text| escape_control(text));
        f.write_str(&file)?;
        if !place.is_empty() {
            write!(f, ":{place}")?;
        }
        write!(f, ": {what}\n  help: {help}")
    }
}

impl std::error::Error for Problem {}

/// Every error of an input, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Problem>);

impl Diagnostics {
    /// Adds what is wrong, if anything is; returns what is right.
    pub fn note<T>(&mut self, outcome: Result<T, impl Into<Self>>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.0.extend(wrong.into().0);
                None
            }
        }
    }

    /// Adds one error.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// The value, if nothing is wrong.
    ///
    /// # Errors
    ///
    /// Everything that was added.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        match self.0.is_empty() {
            true => Ok(value),
            false => Err(self),
        }
    }

    /// The errors, one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }
}

impl From<Problem> for Diagnostics {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
