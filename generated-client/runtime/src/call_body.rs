//! The body of a call: JSON, a form, parts, or what is sent as it is.

use serde::Serialize;

use super::encoding::form;
use super::error::InvalidArgument;
use super::request_body::CallBody;
use super::{Call, Encoding, JsonValue, Multipart, Upload, json_body};

impl Call {
    /// Sets the body.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        let written = json_body::write(self.operation, body);
        let written = written.map(|body| self.body = Some(CallBody::Written(body)));
        self.note(written)
    }

    /// Sets the body, as the fields of a form.
    pub fn form(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        let encodings = self.operation.stated_encodings();
        let written = serde_json::to_value(body)
            .map_err(|_| InvalidArgument::new("the body has no form"))
            .and_then(|body| form(body, encodings))
            .map(|text| self.body = Some(CallBody::Written(text.into())));
        self.note(written)
    }

    /// Sets the body, as it is.
    pub fn upload(mut self, body: impl Into<Upload>) -> Self {
        self.body = Some(CallBody::Upload(body.into()));
        self
    }

    /// Sets the body, as parts.
    pub fn multipart(mut self, body: impl Into<Multipart>) -> Self {
        self.body = Some(CallBody::Multipart(body.into()));
        self
    }

    /// Adds a part to the body: text as it is, several parts for a list, JSON for an object; none for
    /// nothing.
    pub fn part(mut self, name: &'static str, value: &impl Serialize) -> Self {
        let stated = self.operation.stated_encodings().iter();
        let mut stated = stated.filter(|(known, _)| *known == name);
        let encoding = stated.next().map(|(_, encoding)| *encoding);
        let set = |value| {
            self.change_parts(|parts| {
                parts.remove(name);
                parts.push_value(name, value, encoding);
            });
        };
        let written = serde_json::to_value(value).map(set);
        self.note(
            written.map_err(|_| InvalidArgument::new(format!("the part `{name}` has no form"))),
        )
    }

    /// Adds a file to the parts of the body.
    pub fn file(self, name: &'static str, file: impl Into<Upload>) -> Self {
        self.files(name, [file])
    }

    /// Adds files to the parts of the body.
    pub fn files<U: Into<Upload>>(
        mut self,
        name: &'static str,
        files: impl IntoIterator<Item = U>,
    ) -> Self {
        let stated = self.operation.stated_encodings().iter();
        let kind = stated
            .filter(|(known, _)| *known == name)
            .find_map(|(_, encoding)| match encoding {
                Encoding::ContentType(kind) => Some((*kind).to_owned()),
                _ => None,
            });
        self.change_parts(|parts| {
            parts.remove(name);
            for file in files {
                let mut file = file.into();
                file.content_type = file.content_type.or_else(|| kind.clone());
                parts.push(name.to_owned(), true, file);
            }
        });
        self
    }

    /// Changes the parts of the body.
    fn change_parts(&mut self, change: impl FnOnce(&mut Multipart)) {
        let mut parts = match self.body.take() {
            Some(CallBody::Multipart(parts)) => parts,
            _ => Multipart::new(),
        };
        change(&mut parts);
        self.body = Some(CallBody::Multipart(parts));
    }

    /// Sets a property of the message in the body.
    pub(super) fn property_of_body(mut self, name: &str, value: String) -> Self {
        let body = match self.body.take() {
            Some(CallBody::Written(body)) => body,
            _ => json_body::empty(self.operation),
        };
        let changed = json_body::with_property(self.operation, &body, name, value.into());
        let changed = changed.map(|body| self.body = Some(CallBody::Written(body)));
        self.note(changed)
    }

    /// Sets a property of the message in the body to `null`.
    pub fn null_in_body(mut self, name: &str) -> Self {
        let Some(CallBody::Written(body)) = self.body.take() else {
            return self.note(Err(InvalidArgument::new(
                "the request has no JSON body to set `null` in: set its body first",
            )));
        };
        let changed = json_body::with_property(self.operation, &body, name, JsonValue::Null);
        let changed = changed.map(|body| self.body = Some(CallBody::Written(body)));
        self.note(changed)
    }

    /// The string in a property of the message in the body.
    pub(super) fn text_in_body(&self, name: &str) -> Option<String> {
        match &self.body {
            Some(CallBody::Written(body)) => json_body::property(self.operation, body, name),
            _ => None,
        }
    }

    /// Sets an empty message as the body.
    pub fn empty_message(mut self) -> Self {
        self.body = Some(CallBody::Written(json_body::empty(self.operation)));
        self
    }
}
