//! Why a reference leads to nothing.

use super::Version;
use super::documents::path_beside;
use super::origins::Origins;

impl Origins {
    /// What is wrong with a reference, and what to do. `section` is where it should lead.
    pub fn unresolved(&self, reference: &str, section: &str) -> (String, String) {
        let (path, _) = reference.split_once('#').unwrap_or((reference, ""));
        if path.contains("://") {
            return wrong(
                reference,
                "is on the web, from where nothing is read",
                BESIDE,
            );
        }
        if !path.is_empty() {
            return self.unresolved_beside(reference, path);
        }
        let section = self.section(section);
        match self.documents.resolve(None, reference) {
            None => wrong(
                reference,
                "is not in the document",
                "add it, or correct the name",
            ),
            Some(found) if found.value.get("$ref").is_some() => wrong(
                reference,
                "is a reference cycle",
                "let one of those it leads to say what it is",
            ),
            Some(_) if self.steps.iter().any(|step| step.is_full) => wrong(
                reference,
                "is one reference too many: what they lead to is more than a document should be",
                "let what is large be a schema of its own",
            ),
            Some(_) => (
                format!("`{reference}` is something else than what belongs here"),
                format!("let it lead to what is in `#/{section}`, or of the same kind"),
            ),
        }
    }

    /// The same of a reference to another file, at this path.
    fn unresolved_beside(&self, reference: &str, path: &str) -> (String, String) {
        match path_beside(None, path) {
            None => wrong(
                reference,
                "is outside of the folder of the document",
                BESIDE,
            ),
            Some(path) if self.documents.files.contains_key(&path) => wrong(
                reference,
                "is not in that file",
                "add it there, or correct the name",
            ),
            Some(_) => wrong(reference, "is in a file that is not there", BESIDE),
        }
    }

    /// Where the author of the document wrote what is in a section of `components`.
    pub fn section(&self, section: &str) -> String {
        match (self.version, section) {
            (Version::V2, "schemas") => "definitions".to_owned(),
            (Version::V2, "securitySchemes") => "securityDefinitions".to_owned(),
            (Version::V2, other) => other.to_owned(),
            (Version::V3_0 | Version::V3_1, other) => format!("components/{other}"),
        }
    }
}

const BESIDE: &str =
    "put the file into the folder of the document, or below it, and refer to it there";

fn wrong(reference: &str, what: &str, help: &str) -> (String, String) {
    (format!("`{reference}` {what}"), help.to_owned())
}
