//! Workspaces into which a crate is generated.

/// A workspace, or what is none: its files, the folder of the new crate, and what becomes of the crate.
pub struct Case {
    pub name: &'static str,
    pub manifests: &'static [(&'static str, &'static str)],
    pub out: &'static str,
    pub becomes: Becomes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// A member, without a workspace of its own.
    Member,
    /// A workspace of its own, below one that it is no member of.
    Other,
    /// A workspace of its own, with none above it.
    Alone,
}

pub const APP: (&str, &str) = ("crates/app", "[package]\nname = \"app\"\n");

pub const CASES: [Case; 15] = [
    Case {
        name: "no workspace",
        manifests: &[],
        out: "x",
        becomes: Becomes::Alone,
    },
    Case {
        name: "a package above, without a workspace",
        manifests: &[("", "[package]\nname = \"app\"\n")],
        out: "x",
        becomes: Becomes::Alone,
    },
    Case {
        name: "a member by a glob",
        manifests: &[("", "[workspace]\nmembers = [\"crates/*\"]\n"), APP],
        out: "crates/x",
        becomes: Becomes::Member,
    },
    Case {
        name: "a member by its path",
        manifests: &[
            (
                "",
                "[workspace]\nmembers = [\"crates/app\", \"./crates/x/\"]\n",
            ),
            APP,
        ],
        out: "crates/x",
        becomes: Becomes::Member,
    },
    Case {
        name: "a member by a glob of several levels",
        manifests: &[("", "[workspace]\nmembers = [\"crates/**/x*\"]\n")],
        out: "crates/deep/x1",
        becomes: Becomes::Member,
    },
    Case {
        name: "a member by a glob, in a folder within another one",
        manifests: &[("a", "[workspace]\nmembers = [\"lib?\"]\n")],
        out: "a/lib1",
        becomes: Becomes::Member,
    },
    Case {
        name: "a folder beside the members",
        manifests: &[("", "[workspace]\nmembers = [\"crates/app\"]\n"), APP],
        out: "clients/x",
        becomes: Becomes::Other,
    },
    Case {
        name: "a package that is the root",
        manifests: &[("", "[package]\nname = \"app\"\n[workspace]\n")],
        out: "x",
        becomes: Becomes::Other,
    },
    Case {
        name: "excluded",
        manifests: &[
            (
                "",
                "[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"crates/x\"]\n",
            ),
            APP,
        ],
        out: "crates/x",
        becomes: Becomes::Alone,
    },
    Case {
        name: "excluded, and a member by its path",
        manifests: &[
            (
                "",
                "[workspace]\nmembers = [\"crates/app\", \"crates/x\"]\nexclude = [\"crates\"]\n",
            ),
            APP,
        ],
        out: "crates/x",
        becomes: Becomes::Member,
    },
    Case {
        name: "excluded by the inner workspace, a member of the outer one",
        manifests: &[
            (
                "",
                "[workspace]\nmembers = [\"inner/x\"]\nexclude = [\"inner\"]\n",
            ),
            ("inner", "[workspace]\nexclude = [\"x\"]\n"),
        ],
        out: "inner/x",
        becomes: Becomes::Member,
    },
    Case {
        name: "a member depends on it",
        manifests: &[(
            "",
            "[package]\nname = \"app\"\n[workspace]\n[dependencies]\nx = { path = \"crates/x\" }\n",
        )],
        out: "crates/x",
        becomes: Becomes::Member,
    },
    Case {
        name: "a member depends on it by the workspace's dependencies",
        manifests: &[
            (
                "",
                "[workspace]\nmembers = [\"crates/app\"]\n[workspace.dependencies]\nx = { path = \"x\" }\n",
            ),
            (
                "crates/app",
                "[package]\nname = \"app\"\n[target.'cfg(unix)'.dev-dependencies]\nx.workspace = true\n",
            ),
        ],
        out: "x",
        becomes: Becomes::Member,
    },
    Case {
        name: "no member uses the workspace's dependency",
        manifests: &[
            (
                "",
                "[workspace]\nmembers = [\"crates/app\"]\n[workspace.dependencies]\nx = { path = \"x\" }\n",
            ),
            APP,
        ],
        out: "x",
        becomes: Becomes::Other,
    },
    Case {
        name: "a package in between names its root",
        manifests: &[
            ("root", "[workspace]\nmembers = [\"../app\"]\n"),
            (
                "app",
                "[package]\nname = \"app\"\nworkspace = \"../root\"\n",
            ),
        ],
        out: "app/x",
        becomes: Becomes::Other,
    },
];
