//! Which credentials an operation takes.

use serde_json::Value;

use super::{Document, items, members, text};

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// What the document calls it.
    pub name: String,
    /// What its credentials are.
    pub kind: Kind,
}

/// What the credentials of a scheme are.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A key in the header, the query or a cookie, under this name.
    Key(String, String),
    /// An id and a secret.
    Basic,
    /// An access token, which a function of the client makes credentials of.
    Bearer,
    /// An access token, from wherever it is.
    Token,
}

impl Document {
    /// The first of the alternatives that an operation has whose credentials can be sent; none where it needs
    /// none.
    pub(super) fn credentials(&self, operation: &Value) -> Vec<Scheme> {
        let stated = match operation.get("security") {
            Some(own) => own,
            None => &self.0["security"],
        };
        let alternatives = items(stated).iter();
        let mut possible = alternatives.filter_map(|it| {
            let together = members(it).map(|(name, _)| self.scheme(name));
            together.collect::<Option<Vec<_>>>()
        });
        possible.next().unwrap_or_default()
    }

    fn scheme(&self, name: &str) -> Option<Scheme> {
        let all = match self.is_swagger() {
            true => &self.0["securityDefinitions"],
            false => &self.0["components"]["securitySchemes"],
        };
        let scheme = self.resolved(&all[name]);
        let http = text(&scheme["scheme"]).to_ascii_lowercase();
        let kind = match (text(&scheme["type"]), http.as_str()) {
            ("apiKey", _) => Kind::Key(
                text(&scheme["in"]).to_owned(),
                text(&scheme["name"]).to_owned(),
            ),
            ("basic", _) | ("http", "basic") => Kind::Basic,
            ("http", "bearer") => Kind::Bearer,
            ("oauth2" | "openIdConnect", _) => Kind::Token,
            _ => return None,
        };
        Some(Scheme {
            name: name.to_owned(),
            kind,
        })
    }
}

/// What is made of the schemes that an operation takes together.
pub fn key(schemes: &[Scheme]) -> String {
    let names: Vec<_> = schemes.iter().map(|it| it.name.as_str()).collect();
    names.join(" and ")
}

/// A key for a scheme.
pub fn secret(scheme: &Scheme) -> String {
    format!("k-{}", super::bare(&scheme.name))
}
