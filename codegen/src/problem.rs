//! What is wrong with the input, and what to do about it.

use std::fmt;

/// Something in the input that keeps a client from being generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    file: String,
    place: String,
    what: String,
    remedy: String,
}

impl Problem {
    /// A problem in `file`, at `place`: a JSON pointer such as `#/schemas/Status`, or a line and a
    /// column such as `3:14`. `what` is wrong there, and `remedy` is what to do.
    pub fn new(
        file: impl Into<String>,
        place: impl Into<String>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            place: place.into(),
            what: what.into(),
            remedy: remedy.into(),
        }
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
        f.write_str(&self.file)?;
        if !self.place.is_empty() {
            write!(f, ":{}", self.place)?;
        }
        write!(f, ": {}\n  help: {}", self.what, self.remedy)
    }
}

impl std::error::Error for Problem {}
