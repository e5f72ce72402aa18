//! The mark of the files that a task may change or remove: its own, and no others.

/// What the manifest of a crate begins with.
pub(crate) const MANIFEST: &str = "# Made by `cargo xtask generate`.";

/// Whether one of the tasks wrote a file with this content.
pub(crate) fn is_own(content: &[u8]) -> bool {
    Owner::Regenerate.owns(content)
        || Owner::Generate.owns(content)
        || content.starts_with(MANIFEST.as_bytes())
}

/// The task that a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// `cargo xtask regenerate`.
    Regenerate,
    /// `cargo xtask generate`.
    Generate,
}

impl Owner {
    /// Whether a file with this content was written by the task: whether it *begins* with the mark. Other
    /// programs write `@generated`, too, and it may be quoted anywhere.
    pub fn owns(self, content: &[u8]) -> bool {
        let heads = codegen::HEADS.iter();
        heads
            .map(|head| self.marked(head))
            .any(|head| content.starts_with(head.as_bytes()))
    }

    /// A text of the generator, with the mark of this task.
    pub fn marked(self, text: &str) -> String {
        match self {
            Self::Regenerate => text.to_owned(),
            // The mark comes first, so nothing else is replaced.
            Self::Generate => {
                text.replacen("`cargo xtask regenerate`", "`cargo xtask generate`", 1)
            }
        }
    }
}
