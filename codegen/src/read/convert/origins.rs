//! Where the parts of a converted document stand in what its author wrote.
//!
//! A problem names the place in the author's document. Each step of the conversion notes which part it
//! moved, and from where; what is not noted stands where it stood.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::Version;
use super::documents::Documents;

/// How long all places together may be that one step notes. What is moved behind that is reported where
/// the conversion put it.
const MOST: usize = 64 << 20;

/// Where a value stands, while a document is gone through: its key, and where the value around it stands.
#[derive(Clone, Copy)]
pub(super) struct At<'p> {
    parent: Option<&'p At<'p>>,
    key: &'p str,
}

impl<'p> At<'p> {
    /// The root of a document.
    pub const ROOT: At<'static> = At {
        parent: None,
        key: "#",
    };

    /// A member of the value, or an item.
    pub fn child(&'p self, key: &'p str) -> At<'p> {
        At {
            parent: Some(self),
            key,
        }
    }

    /// The key of the value.
    pub fn key(&self) -> &'p str {
        self.key
    }

    /// The keys on the way from the root, which is the first of them.
    pub fn keys(&self) -> Vec<&'p str> {
        let mut keys = self.parent.map_or_else(Vec::new, At::keys);
        keys.push(self.key);
        keys
    }

    fn length(&self) -> usize {
        self.key.len() + 1 + self.parent.map_or(0, At::length)
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parent {
            None => f.write_str(self.key),
            Some(parent) => write!(f, "{parent}/{}", escaped(self.key)),
        }
    }
}

/// A key as a part of a pointer.
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// What a part of a pointer is as a key.
pub(super) fn unescaped(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

/// A place in a file of the author's; `None` stands for the document itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// The file, as seen from the folder of the document.
    pub file: Option<String>,
    /// The pointer in it.
    pub pointer: String,
}

/// What one step moved.
#[derive(Debug, Default)]
pub(super) struct Table {
    moved: BTreeMap<String, Origin>,
    length: usize,
    /// Whether references stayed because too much would be put where they are.
    pub is_full: bool,
}

impl Table {
    /// Notes that the value at `to` came from another place.
    pub fn moved(&mut self, to: &At, from: Origin) {
        self.length += to.length() + from.pointer.len();
        if self.length <= MOST {
            self.moved.insert(to.to_string(), from);
        }
    }

    /// Notes that what stands in a value, in one place, stood in another place of the same value.
    pub fn moved_within(&mut self, value: &At, to: &[&str], from: &[&str]) {
        self.length += 2 * (value.length() + 16);
        if self.length > MOST {
            return;
        }
        let place = value.to_string();
        let mut origin = self.find(&place);
        from.iter()
            .for_each(|key| origin.pointer += &format!("/{}", escaped(key)));
        let mut place = place;
        to.iter()
            .for_each(|key| place += &format!("/{}", escaped(key)));
        self.moved.insert(place, origin);
    }

    /// Where a value stood before this step.
    pub fn find(&self, place: &str) -> Origin {
        let mut end = place.len();
        loop {
            if let Some(origin) = self.moved.get(&place[..end]) {
                let pointer = format!("{}{}", origin.pointer, &place[end..]);
                return Origin {
                    file: origin.file.clone(),
                    pointer,
                };
            }
            match place[..end].rfind('/') {
                Some(slash) => end = slash,
                None => {
                    return Origin {
                        file: None,
                        pointer: place.to_owned(),
                    };
                }
            }
        }
    }
}

/// Where the parts of a converted document stood, and what stood there.
#[derive(Debug)]
pub(in crate::read) struct Origins {
    /// The version that the document had.
    pub(super) version: Version,
    /// The document and the files beside it, as their author wrote them.
    pub(super) documents: Documents,
    /// The steps, the first one first.
    pub(super) steps: Vec<Table>,
}

impl Origins {
    /// The file and the place of a value that now stands at `place`; the nearest value around it where the
    /// author wrote none. `file` is what the document is called.
    pub fn find(&self, file: &str, place: &str) -> (String, String) {
        let mut found = Origin {
            file: None,
            pointer: place.to_owned(),
        };
        for step in self.steps.iter().rev() {
            // Only the first step brings in other files.
            found = step.find(&found.pointer);
        }
        let (name, value) = match &found.file {
            None => (file.to_owned(), Some(&self.documents.document)),
            Some(beside) => (name_beside(file, beside), self.documents.files.get(beside)),
        };
        let pointer = value.map_or("#", |value| existing(value, &found.pointer));
        (name, pointer.to_owned())
    }
}

/// What a file is called in messages that stands beside the document called `document`.
pub(super) fn name_beside(document: &str, file: &str) -> String {
    match document.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{file}"),
        None => file.to_owned(),
    }
}

/// As much of a pointer as leads to something.
fn existing<'p>(root: &Value, pointer: &'p str) -> &'p str {
    let (mut value, mut end) = (root, 1);
    for part in pointer.split('/').skip(1) {
        let next = match value {
            Value::Object(object) => object.get(&unescaped(part)),
            Value::Array(array) => part.parse().ok().and_then(|index: usize| array.get(index)),
            _ => None,
        };
        let Some(next) = next else { break };
        (value, end) = (next, end + 1 + part.len());
    }
    &pointer[..end.min(pointer.len())]
}
