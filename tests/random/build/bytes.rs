//! Choices, made by random bytes.

use arbitrary::Unstructured;

/// Where all choices come from. Once the bytes are used up, every choice is the first one.
pub struct Choices<'a>(pub Unstructured<'a>);

impl Choices<'_> {
    /// A number below `end`, which is not zero.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.int_in_range(0..=end - 1).unwrap_or_default()
    }

    /// Whether the one case of `cases` is here.
    pub fn one_in(&mut self, cases: usize) -> bool {
        // The last one: there is an end to whatever is repeated.
        self.below(cases) == cases - 1
    }

    /// One of several, which are not none.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// One of several texts.
    pub fn pick_text(&mut self, of: &[String]) -> String {
        of[self.below(of.len())].clone()
    }
}
