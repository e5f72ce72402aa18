//! A value of a JSON document together with its pointer, so that every problem can say where it is.

mod values;

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use serde_json::Value;

use super::convert::Origins;
use super::findings::Findings;
use super::openapi::Compositions;
use crate::{NoteKind, Problem};

/// A JSON value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    file: &'a str,
    place: Rc<Place<'a>>,
    value: &'a Value,
    compositions: Option<&'a Compositions<'a>>,
    findings: Rc<RefCell<Findings>>,
    origins: Option<&'a Origins>,
}

/// Where a value stands. It becomes a pointer once somebody asks for it: a document may have keys of any
/// length, and as many values below them.
#[derive(Debug)]
enum Place<'a> {
    Root,
    Member(Rc<Place<'a>>, &'a str),
    Item(Rc<Place<'a>>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("#"),
            Self::Member(within, key) => {
                write!(f, "{within}/{}", key.replace('~', "~0").replace('/', "~1"))
            }
            Self::Item(within, index) => write!(f, "{within}/{index}"),
        }
    }
}

impl<'a> Node<'a> {
    /// The root of a document.
    pub fn root(file: &'a str, value: &'a Value) -> Self {
        Self {
            file,
            place: Rc::new(Place::Root),
            value,
            compositions: None,
            findings: Rc::default(),
            origins: None,
        }
    }

    /// The same value, of a document that was converted: its problems name where its author wrote it.
    pub fn with_origins(self, origins: &'a Origins) -> Self {
        Self {
            origins: Some(origins),
            ..self
        }
    }

    /// The same value, for whoever has to know which schemas inside of others are some of their own.
    pub fn with_compositions(self, compositions: &'a Compositions<'a>) -> Self {
        Self {
            compositions: Some(compositions),
            ..self
        }
    }

    /// Which schemas inside of others are some of their own.
    pub fn compositions(&self) -> Option<&'a Compositions<'a>> {
        self.compositions
    }

    /// A problem with this value.
    pub fn problem(&self, what: impl Into<String>, help: impl Into<String>) -> Problem {
        let (file, place) = self.origin();
        Problem::new(file, place, what, help)
    }

    /// A problem with this value, which is a reference to what should be in a section of `components`.
    pub fn unresolved(&self, reference: &str, section: &str) -> Problem {
        let (what, help) = match self.origins {
            Some(origins) => origins.unresolved(reference, section),
            None => (
                format!("`{reference}` is not in `#/components/{section}`"),
                "add it, or correct the name".to_owned(),
            ),
        };
        self.problem(what, help)
    }

    /// A problem with this value, which is a reference to the operations of a path, or to one of them.
    pub fn unresolved_path(&self) -> Problem {
        self.unresolved(self.value.as_str().unwrap_or_default(), "pathItems")
    }

    /// Where the author of the document wrote what is in a section of `components`.
    pub fn section(&self, section: &str) -> String {
        match self.origins {
            Some(origins) => origins.section(section),
            None => format!("components/{section}"),
        }
    }

    /// The file and the place where the author of the document wrote this value.
    fn origin(&self) -> (String, String) {
        let place = self.place.to_string();
        match self.origins {
            None => (self.file.to_owned(), place),
            Some(origins) => origins.find(self.file, &place),
        }
    }

    /// Records a problem because of which the operations that reach this value are left out.
    pub fn leave_out(&self, problem: Problem) {
        self.findings.borrow_mut().problems.push(problem);
    }

    /// The value of a result, or a default and a recorded problem.
    pub fn or_leave_out<T>(&self, outcome: Result<T, Problem>) -> Option<T> {
        outcome.map_err(|problem| self.leave_out(problem)).ok()
    }

    /// Reads what a call can do without, of this value. What is wrong with it is noted, and it is nothing then.
    pub fn or_without<T>(&self, read: impl FnOnce() -> Result<T, Problem>) -> Option<T> {
        let known = self.findings.borrow().problems.len();
        let read = read();
        let mut wrong = self.findings.borrow_mut().problems.split_off(known);
        let read = read.map_err(|problem| wrong.push(problem)).ok();
        for problem in &wrong {
            let what = format!("{}: it cannot be set", problem.what());
            let origin = (problem.file().to_owned(), problem.place().to_owned());
            self.note_at(origin, NoteKind::NotCovered, what);
        }
        read.filter(|_| wrong.is_empty())
    }

    /// Records a note about this value, which is read as if it were right.
    pub fn note(&self, kind: NoteKind, what: impl Into<String>) {
        self.note_at(self.origin(), kind, what.into());
    }

    fn note_at(&self, origin: (String, String), kind: NoteKind, what: String) {
        let place = match origin {
            (file, place) if file == self.file => place,
            (file, place) => format!("{file}:{place}"),
        };
        self.findings.borrow_mut().notes.push((kind, place, what));
    }

    /// Everything that was recorded since the last time.
    pub fn take_findings(&self) -> Findings {
        self.findings.take()
    }

    /// The member of an object, or nothing where it is absent.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        let (key, value) = self.value.as_object()?.get_key_value(key)?;
        Some(self.member(key, value))
    }

    /// The member of an object that has to be there.
    pub fn require(&self, key: &str) -> Result<Node<'a>, Problem> {
        self.get(key).ok_or_else(|| {
            self.problem(
                format!("`{key}` is missing"),
                format!("add `{key}`, or take the document again from where it is published"),
            )
        })
    }

    /// The members of an object, sorted by key so that the order of the document does not matter.
    pub fn members(&self) -> Result<Vec<(&'a str, Node<'a>)>, Problem> {
        let Some(object) = self.value.as_object() else {
            return Err(self.unexpected("an object"));
        };
        let mut members: Vec<_> = object
            .iter()
            .map(|(key, value)| (key.as_str(), self.member(key, value)))
            .collect();
        members.sort_by_key(|(key, _)| *key);
        Ok(members)
    }

    /// The members of the object called `key`; none where there is no such object.
    pub fn members_of(&self, key: &str) -> Result<Vec<(&'a str, Node<'a>)>, Problem> {
        self.get(key)
            .map_or_else(|| Ok(Vec::new()), |node| node.members())
    }

    /// The items of the array called `key`; none where there is no such array.
    pub fn items_of(&self, key: &str) -> Result<Vec<Node<'a>>, Problem> {
        self.get(key)
            .map_or_else(|| Ok(Vec::new()), |node| node.items())
    }

    /// The items of this value, which has to be an array.
    pub fn items(&self) -> Result<Vec<Node<'a>>, Problem> {
        let Some(array) = self.value.as_array() else {
            return Err(self.unexpected("an array"));
        };
        Ok(array
            .iter()
            .enumerate()
            .map(|(index, value)| self.child(Place::Item(self.place.clone(), index), value))
            .collect())
    }

    /// The value itself.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    fn unexpected(&self, expected: &str) -> Problem {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        self.problem(
            format!("{expected} is expected here, and {found} was found"),
            format!("write {expected}, or take the document again from where it is published"),
        )
    }

    fn member(&self, key: &'a str, value: &'a Value) -> Node<'a> {
        self.child(Place::Member(self.place.clone(), key), value)
    }

    fn child(&self, place: Place<'a>, value: &'a Value) -> Node<'a> {
        Node {
            file: self.file,
            place: Rc::new(place),
            value,
            compositions: self.compositions,
            findings: self.findings.clone(),
            origins: self.origins,
        }
    }
}
