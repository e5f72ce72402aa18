//! Generates a crate of its own from a spec.

mod dependency;
mod name;
mod page;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use codegen::{Client, Diagnostics, Generated, OutputFile, Problem};

use crate::changes::{self, Changes, Wanted};
use crate::enclosing;
use crate::generate::{self, Named};
use crate::mark::{MANIFEST, Owner};
use crate::present::{self, Place};
use crate::write::{self, Mode};

use dependency::{FOLDER, cargo_toml, runtime, runtime_folder, unpublished};
pub(crate) use name::as_name;
use name::{check_name, name_of};

/// How such a manifest ends.
const ITS_OWN_WORKSPACE: &str =
    "\n# It belongs to no workspace above it, unless you say so.\n[workspace]\n";

/// What to make a crate of, and where.
#[derive(Args, Debug)]
pub(crate) struct Generate {
    /// The spec: a Google Discovery document, or OpenAPI 3.1, 3.0 or Swagger 2.0 in YAML or JSON. Files that it
    /// refers to are read in its folder and below it.
    spec: PathBuf,
    /// Which operations the client has: a glob over their ids, in which `*` stands for one part and `**`
    /// for several. May be repeated [default: all].
    #[arg(long, value_name = "GLOB")]
    select: Vec<String>,
    /// The base URL: what every URL begins with, of `https`, or of `http` on this machine. The server in the spec
    /// does not count then, nor its path [default: the server in the spec; where it names no public one, the
    /// `base_url` that is given when the client is built].
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// The name of the crate [default: that of the spec's file].
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The runtime that it depends on: the folder of this workspace's, or a version, which is
    /// published on no public registry [default: the folder, as seen from the crate].
    #[arg(long, value_name = "PATH or VERSION")]
    runtime: Option<String>,
    /// A manifest such as `spec/clients.toml`, for what the spec leaves unsaid: pagination, scopes, names of
    /// resources. Its entry counts that has the name of the crate, or else the only one.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Fail where an operation cannot be generated, instead of leaving it out.
    #[arg(long)]
    strict: bool,
    /// Print what was done as JSON.
    #[arg(long)]
    pub json: bool,
    /// The folder of the crate. Its `Cargo.toml` is made once, and yours from then on; the code is made
    /// again each time. A member of a workspace above it is made one: without a `[workspace]` of its own.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// A crate that was made.
pub(crate) struct Made {
    /// The client, by the name of its crate.
    pub client: Named,
    /// What changed on disk.
    pub changes: Changes,
    /// What else is to be said of the crate.
    pub notes: Vec<String>,
}

/// Makes the crate.
pub(crate) fn make(task: &Generate, root: &Path, err: &mut dyn Write) -> Result<Made, Diagnostics> {
    write::recover(&task.out, Mode::Write, err)?;
    let name = match &task.name {
        Some(name) => name.clone(),
        None => name_of(&task.spec),
    };
    check_name(&name)?;
    check_folder(&task.out)?;
    let generated = code(&name, client(task, &name)?, &task.spec)?;
    check_operations(&generated, &task.spec)?;
    let fit = enclosing::fit(&task.out, &name, runtime_folder(task, root).as_deref())?;
    let mut manifest = cargo_toml(&name, &runtime(task, root));
    if fit.own_workspace {
        manifest += ITS_OWN_WORKSPACE;
    }
    let made = write_crate(name, generated, &task.out, &manifest, Mode::Write, err)?;
    let notes = fit.note.into_iter().chain(unpublished(task, &made.changes));
    Ok(Made {
        notes: notes.collect(),
        ..made
    })
}

/// Checks that there is something to call.
fn check_operations(generated: &Generated, spec: &Path) -> Result<(), Problem> {
    if !generated.summary.operations.is_empty() {
        return Ok(());
    }
    Err(Problem::new(
        generate::display_name(spec),
        "",
        "the spec has no operations: there is nothing to generate",
        "take the spec again from where it is published; operations are in its `paths`, or in the `methods` of a \
         Discovery document",
    ))
}

/// Generates a crate from a whole spec, as a member of a workspace.
pub(crate) fn make_member(
    spec: &Path,
    name: &str,
    out: &Path,
    root: &Path,
) -> Result<Generated, Diagnostics> {
    let runtime = root.join(FOLDER);
    let runtime = format!("path = {}", toml_string(&runtime.to_string_lossy()));
    let client = Client::new(&name.replace('-', "_"), &spec.to_string_lossy(), &["**"]);
    let generated = code(name, client, spec)?;
    let manifest = cargo_toml(name, &runtime);
    let (name, err) = (name.to_owned(), &mut io::sink());
    let made = write_crate(name, generated, out, &manifest, Mode::Scratch, err)?;
    Ok(made.client.generated)
}

/// The manifest of a member of a workspace that depends on the runtime of this one.
pub(crate) fn member(name: &str, root: &Path) -> String {
    let runtime = root.join(FOLDER);
    cargo_toml(
        name,
        &format!("path = {}", toml_string(&runtime.to_string_lossy())),
    )
}

/// The client that is asked for: that of a manifest, or one of everything.
fn client(task: &Generate, name: &str) -> Result<Client, Diagnostics> {
    let module = name.replace('-', "_");
    let spec = task.spec.to_string_lossy();
    let globs: Vec<&str> = task.select.iter().map(String::as_str).collect();
    let mut client = match &task.manifest {
        Some(manifest) => generate::entry(manifest, &module)?.made_of(&spec, &globs),
        None if globs.is_empty() => Client::new(&module, &spec, &["**"]),
        None => Client::new(&module, &spec, &globs),
    };
    if let Some(url) = &task.server {
        client = client.server(url, "--server");
    }
    Ok(match task.strict {
        true => client.strict(),
        false => client,
    })
}

/// The code of a crate.
fn code(name: &str, client: Client, spec: &Path) -> Result<Generated, Diagnostics> {
    let mut generated = generate::one_client(&client, spec)?;
    let has_foreign_names = generated.files.iter().any(has_foreign_names);
    let all = generated.files.clone();
    for file in &mut generated.files {
        as_part_of_a_crate(file, name, &all);
        if has_foreign_names && file.path == "lib.rs" {
            allow_foreign_names(&mut file.text);
        }
    }
    Ok(generated)
}

fn write_crate(
    name: String,
    generated: Generated,
    out: &Path,
    manifest: &str,
    mode: Mode,
    err: &mut dyn Write,
) -> Result<Made, Problem> {
    let wanted = Wanted {
        folder: out,
        owner: Owner::Generate,
        clients: vec![("src", &generated.files)],
        nothing_else: false,
        cargo_toml: Some(manifest),
    };
    let changes = write::carry_out(out, mode, err, || changes::find(&wanted))?;
    let client = Named { name, generated };
    Ok(Made {
        client,
        changes,
        notes: Vec::new(),
    })
}

/// Whether a file of Rust may have names with letters beyond ASCII: they are in its code.
fn has_foreign_names(file: &OutputFile) -> bool {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let mut code = file.text.lines().filter(is_code);
    file.path.ends_with(".rs") && code.any(|line| !line.is_ascii())
}

/// Lets names have the letters that the document has. The compiler knows these lints for a whole crate only.
fn allow_foreign_names(root: &mut String) {
    let head = root.find("\n\n").map_or(0, |end| end + 2);
    let allow = "#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n\n";
    root.insert_str(head, allow);
}

/// The module of a client is the root of its crate, where its users find what the client runs on, too.
fn as_part_of_a_crate(file: &mut OutputFile, name: &str, all: &[OutputFile]) {
    if file.path == "mod.rs" {
        file.path = "lib.rs".to_owned();
        file.text = page::with_authentication(&file.text, name, all);
        file.text += "pub use ::generated_client_runtime as runtime;\n\
                      pub use ::generated_client_runtime::auth;\n";
    }
    file.text = Owner::Generate.marked(&file.text);
}

/// A string of TOML: its escapes are those of JSON, and other than Rust's.
pub(crate) fn toml_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A folder that holds another crate is left alone.
fn check_folder(out: &Path) -> Result<(), Problem> {
    let is_own = |content: &[u8]| content.starts_with(MANIFEST.as_bytes());
    match present::place(out, Path::new("Cargo.toml"), is_own)? {
        Place::Free | Place::Own(_) => Ok(()),
        Place::Taken(why) => Err(Problem::new(
            out.join("Cargo.toml").display().to_string(),
            "",
            format!("there is another crate here, or what is none ({why})"),
            "name another folder with `--out`",
        )),
    }
}
