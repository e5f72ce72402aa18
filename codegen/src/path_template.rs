//! Templates of paths, of names of resources, and of servers' URLs: text, and a placeholder for each value.

use std::fmt;

/// A template, in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathTemplate<'a> {
    pub parts: Vec<Part<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// What stands as it is.
    Text(&'a str),
    Placeholder(Placeholder<'a>),
}

/// What stands in braces, without these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placeholder<'a>(pub &'a str);

impl<'a> PathTemplate<'a> {
    /// The parts of a template. A brace that is never closed is text.
    pub fn parse(template: &'a str) -> Self {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let inside = &rest[open + 1..];
            let Some(end) = inside.find(['{', '}']) else {
                break;
            };
            if inside[end..].starts_with('{') {
                parts.push(Part::Text(&rest[..=open + end]));
                rest = &inside[end..];
                continue;
            }
            if open > 0 {
                parts.push(Part::Text(&rest[..open]));
            }
            parts.push(Part::Placeholder(Placeholder(&inside[..end])));
            rest = &inside[end + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest));
        }
        Self { parts }
    }

    /// Whether every brace is one of a placeholder.
    pub fn has_braces_in_pairs(&self) -> bool {
        let is_text = |part: &Part| matches!(part, Part::Text(text) if text.contains(['{', '}']));
        !self.parts.iter().any(is_text)
    }

    /// The placeholders, in their order.
    pub fn placeholders(self) -> impl Iterator<Item = Placeholder<'a>> {
        let parts = self.parts.into_iter();
        parts.filter_map(|part| match part {
            Part::Placeholder(placeholder) => Some(placeholder),
            Part::Text(_) => None,
        })
    }

    /// What the placeholders are called, in their order.
    pub fn names(self) -> impl Iterator<Item = &'a str> {
        self.placeholders().map(Placeholder::name)
    }

    /// The placeholder that it begins with.
    pub fn first_placeholder(&self) -> Option<Placeholder<'a>> {
        match self.parts.first() {
            Some(Part::Placeholder(placeholder)) => Some(*placeholder),
            _ => None,
        }
    }

    /// What stands between slashes.
    pub fn segments(&self) -> Vec<Self> {
        let mut segments = vec![Self { parts: Vec::new() }];
        let mut add = |starts: bool, part: Option<Part<'a>>| {
            if starts {
                segments.push(Self { parts: Vec::new() });
            }
            if let Some(segment) = segments.last_mut() {
                segment.parts.extend(part);
            }
        };
        for part in &self.parts {
            match part {
                Part::Placeholder(_) => add(false, Some(*part)),
                Part::Text(text) => {
                    for (index, text) in text.split('/').enumerate() {
                        let text = Some(text).filter(|it| !it.is_empty());
                        add(index > 0, text.map(Part::Text));
                    }
                }
            }
        }
        segments
    }

    /// The text with something else in the place of each placeholder, braces and all.
    pub fn fill(&self, mut value: impl FnMut(Placeholder<'a>) -> String) -> String {
        let parts = self.parts.iter();
        let parts = parts.map(|part| match part {
            Part::Text(text) => (*text).to_owned(),
            Part::Placeholder(placeholder) => value(*placeholder),
        });
        parts.collect()
    }

    /// The template without the names of its placeholders.
    pub fn shape(&self) -> String {
        self.fill(|placeholder| placeholder.renamed(""))
    }
}

impl<'a> Placeholder<'a> {
    /// What it is called.
    pub fn name(self) -> &'a str {
        self.0.strip_prefix('+').unwrap_or(self.0)
    }

    /// Whether its value may have slashes in it: `{+name}`.
    pub fn may_have_slashes(self) -> bool {
        self.0.starts_with('+')
    }

    /// A placeholder of the same kind, with another name.
    pub fn renamed(self, name: &str) -> String {
        match self.may_have_slashes() {
            true => with_slashes(name),
            false => Placeholder(name).to_string(),
        }
    }
}

/// A placeholder whose value may have slashes in it.
pub(crate) fn with_slashes(name: &str) -> String {
    format!("{{+{name}}}")
}

/// As a template has it.
impl fmt::Display for Placeholder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{}}}", self.0)
    }
}
