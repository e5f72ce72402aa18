//! The `fields` of a request: `name,state`, `userInvitations/name`, `userInvitations(name,state)`,
//! `*`. A field that the reply's type does not have is an error, as it is to Google.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// How deeply a mask may be nested. No reply is deeper, and a hostile one must not use up the stack.
const DEEPEST: usize = 16;

/// Which fields a reply's type has.
pub(crate) enum Shape {
    /// A value without fields.
    Leaf,
    /// A value with any fields, such as an operation's response.
    Any,
    /// A message, or a list of them.
    Fields(&'static [(&'static str, Shape)]),
}

/// Which fields are wanted.
#[derive(Debug, Default)]
pub(crate) struct Mask {
    /// Everything from here on.
    everything: bool,
    fields: BTreeMap<String, Mask>,
}

impl Mask {
    /// Reads a mask for a type. An error says what is wrong with it.
    pub(crate) fn parse(text: &str, shape: &Shape) -> Result<Self, String> {
        let mut mask = Self::default();
        let mut reader = Reader { rest: text };
        reader.list(&mut mask, DEEPEST)?;
        if !reader.rest.is_empty() {
            return Err("a parenthesis is closed that was not opened".to_owned());
        }
        mask.check(shape)?;
        Ok(mask)
    }

    /// What is left of a value.
    pub(crate) fn apply(&self, value: Value) -> Value {
        match value {
            value if self.everything => value,
            Value::Array(items) => items.into_iter().map(|item| self.apply(item)).collect(),
            Value::Object(fields) => Value::Object(self.apply_to_fields(fields)),
            value => value,
        }
    }

    fn apply_to_fields(&self, fields: Map<String, Value>) -> Map<String, Value> {
        let every = self.fields.get("*");
        fields
            .into_iter()
            .filter_map(|(name, value)| {
                let wanted = self.fields.get(&name).or(every)?;
                Some((name, wanted.apply(value)))
            })
            .collect()
    }

    fn check(&self, shape: &Shape) -> Result<(), String> {
        self.fields.iter().try_for_each(|(name, below)| {
            let found = match (shape, name.as_str()) {
                (Shape::Any, _) => return Ok(()),
                // What one of the fields has may be asked of all of them.
                (Shape::Fields(fields), "*") => {
                    fields.iter().find(|(_, shape)| below.check(shape).is_ok())
                }
                (Shape::Fields(fields), name) => fields.iter().find(|(field, _)| *field == name),
                (Shape::Leaf, _) => None,
            };
            let (_, shape) = found.ok_or_else(|| format!("the reply has no field `{name}`"))?;
            below.check(shape)
        })
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// Paths, separated by commas.
    fn list(&mut self, mask: &mut Mask, depth: usize) -> Result<(), String> {
        loop {
            self.path(mask, depth)?;
            if !self.skip(',') {
                return Ok(());
            }
        }
    }

    /// Names, separated by slashes or dots, and what is wanted of the last one, in parentheses.
    fn path(&mut self, mask: &mut Mask, depth: usize) -> Result<(), String> {
        let depth = depth
            .checked_sub(1)
            .ok_or("the mask is nested too deeply")?;
        let name = self.name()?;
        let below = mask.fields.entry(name).or_default();
        if self.skip('/') || self.skip('.') {
            return self.path(below, depth);
        }
        if !self.skip('(') {
            below.everything = true;
            return Ok(());
        }
        self.list(below, depth)?;
        match self.skip(')') {
            true => Ok(()),
            false => Err("a parenthesis is not closed".to_owned()),
        }
    }

    fn name(&mut self) -> Result<String, String> {
        let text = self.rest.trim_start();
        let end = text
            .find(|c: char| !(c.is_alphanumeric() || "*_@$-".contains(c)))
            .unwrap_or(text.len());
        if end == 0 {
            return Err("a field's name is missing".to_owned());
        }
        let (name, rest) = text.split_at(end);
        self.rest = rest.trim_start();
        Ok(name.to_owned())
    }

    fn skip(&mut self, sign: char) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }
}
