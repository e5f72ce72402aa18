//! Adds a client to the workspace: its spec, its entry in the manifest, its code, and what mounts it.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use codegen::{Client, Diagnostics, Manifest, OutputFile, Problem, Source};

use crate::changes::{self, Change, Changes, Wanted};
use crate::diff::guarded;
use crate::diff::spec::Spec;
use crate::generate;
use crate::mark::Owner;
use crate::write;
use crate::{report, summary};

/// The client to add.
#[derive(Args, Debug)]
pub(crate) struct NewClient {
    /// The name of the client: of its module, folder and feature.
    name: String,
    /// The spec: a file, or `REV:path` of git. What is selected of it is copied into `spec/`.
    spec: String,
    /// Which operations the client has: a glob over their ids, in which `*` stands for one part and `**` for
    /// several. May be repeated [default: all].
    #[arg(long, value_name = "GLOB", default_value = "**")]
    select: Vec<String>,
    /// Where the document is published, for `cargo xtask update`.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

/// Where the features of the clients are, and what follows them.
const FEATURES: &str = "# TLS by rustls,";
/// What follows the modules of the clients.
const MODULES: &str = "#[doc(inline)]\npub use generated_client_runtime as runtime;";

/// Adds the client: all of it, or nothing.
pub(crate) fn add(
    task: &NewClient,
    root: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<bool, Diagnostics> {
    let spec = Spec::read(&task.spec)?;
    let end = if [".yaml", ".yml"].iter().any(|end| spec.name.ends_with(end)) {
        "yaml"
    } else {
        "json"
    };
    let source = format!("{}.{end}", task.name);
    let manifest = text(root, "spec/clients.toml")?;
    Manifest::parse(&Source {
        name: "spec/clients.toml",
        text: &manifest,
    })?;
    let manifest = format!("{}\n{}", manifest, task.entry(&source));
    let client = client(&manifest, &task.name).map_err(|wrong| of_arguments(&wrong))?;
    let spec = task.selected(&spec, &source)?;
    let generated = guarded(&spec.name, || codegen::generate(&client, &spec.source()))?;
    let title = spec_title(&client, &spec)?;
    let folder = root.join("generated-client/src/generated");
    let name = &task.name;
    let mut files = code(&folder, name, &generated.files)?;
    files.push(new(root, &format!("spec/{source}"), spec.text.clone())?);
    files.push(new(
        root,
        &format!("generated-client/src/{name}/mod.rs"),
        facade(name, &title),
    )?);
    files.push(edit(root, "spec/clients.toml", |_| Some(manifest.clone()))?);
    files.extend(mounted(root, name, &title)?);
    let changes = Changes {
        folder: root.to_owned(),
        files,
        gone: Vec::new(),
    };
    write::make(&changes, &folder, err)?;
    // There is nowhere left to report a failure to report.
    let _ = summary::print(out, name, &generated.summary, true);
    for change in &changes.files {
        let _ = report::headline(out, change);
    }
    Ok(true)
}

/// The generated code.
fn code(folder: &Path, name: &str, files: &[OutputFile]) -> Result<Vec<Change>, Problem> {
    let found = changes::find(&Wanted {
        folder,
        owner: Owner::Regenerate,
        clients: vec![(name, files)],
        nothing_else: false,
        cargo_toml: None,
    })?;
    let below = |change: Change| Change {
        path: Path::new("generated-client/src/generated").join(change.path),
        ..change
    };
    Ok(found.files.into_iter().map(below).collect())
}

/// The feature, and the module that is behind it.
fn mounted(root: &Path, name: &str, title: &str) -> Result<[Change; 2], Problem> {
    let feature = edit(root, "generated-client/Cargo.toml", |text| {
        before(text, FEATURES, &format!("# {title}.\n{name} = []\n"))
    })?;
    let module = edit(root, "generated-client/src/lib.rs", |text| {
        before(
            text,
            MODULES,
            &format!("#[cfg(feature = \"{name}\")]\npub mod {name};\n\n"),
        )
    })?;
    Ok([feature, module])
}

impl NewClient {
    /// What is selected of the spec, as it is copied into `spec/`.
    fn selected(&self, spec: &Spec, source: &str) -> Result<Spec, Diagnostics> {
        let globs: Vec<&str> = self.select.iter().map(String::as_str).collect();
        let selected = Client::new(&self.name, source, &globs);
        let reduced = guarded(&spec.name, || {
            codegen::reduce(&selected, &spec.source(), source, true)
        })?;
        Ok(Spec::of_text(&format!("spec/{source}"), reduced)?)
    }

    /// The entry of the manifest.
    fn entry(&self, source: &str) -> String {
        let string = |text: &str| crate::standalone::toml_string(text);
        let select: Vec<String> = self.select.iter().map(|glob| string(glob)).collect();
        let url = self
            .url
            .as_deref()
            .map(|url| format!("url = {}\n", string(url)));
        format!(
            "[[client]]\nname = {}\nsource = {}\n{}operations = [{}]\n",
            string(&self.name),
            string(source),
            url.unwrap_or_default(),
            select.join(", ")
        )
    }
}

/// The entry of a manifest that is not on disk yet.
fn client(manifest: &str, name: &str) -> Result<Client, Diagnostics> {
    let manifest = Manifest::parse(&Source {
        name: "spec/clients.toml",
        text: manifest,
    })?;
    let mut clients = manifest.clients.into_iter();
    let lacking = || {
        Problem::new(
            "spec/clients.toml",
            "",
            "the new entry is not there",
            "report this",
        )
    };
    Ok(clients
        .find(|client| client.name == name)
        .ok_or_else(lacking)?)
}

/// What is wrong with an entry that was made of the arguments: no file has its lines yet.
fn of_arguments(wrong: &Diagnostics) -> Diagnostics {
    let mut told = Diagnostics::default();
    for problem in wrong.iter() {
        let problem = Problem::new("the arguments", "", problem.what(), problem.help());
        told.note(Err::<(), _>(problem));
    }
    told
}

/// The title of an API, as one line of a comment.
fn spec_title(client: &Client, spec: &Spec) -> Result<String, Diagnostics> {
    let api = codegen::diff::Api::read(&client.clone().lenient(), &spec.source(), &spec.files)?;
    let title = api.edition().title;
    let is_plain = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',');
    let title: String = title.chars().filter(is_plain).take(80).collect();
    Ok(match title.trim().trim_end_matches('.') {
        "" => "An API".to_owned(),
        title => title.to_owned(),
    })
}

/// The module that a maintainer goes on with.
fn facade(name: &str, title: &str) -> String {
    format!(
        "//! {title}.\n//!\n//! [`Client`] is where to begin: every method of the API, with every parameter.\n\n\
         #[rustfmt::skip]\n#[path = \"../generated/{name}/mod.rs\"]\npub mod api;\n\npub use api::Client;\n"
    )
}

fn text(root: &Path, path: &str) -> Result<String, Problem> {
    generate::read(&root.join(path), path)
}

/// A file that must not be there yet.
fn new(root: &Path, path: &str, text: String) -> Result<Change, Problem> {
    if root.join(path).exists() {
        return Err(Problem::new(
            path,
            "",
            "there is such a file already",
            "choose another name",
        ));
    }
    Ok(Change {
        path: PathBuf::from(path),
        before: None,
        after: Some(text),
    })
}

/// A file of the workspace, with something added.
fn edit(root: &Path, path: &str, add: impl Fn(&str) -> Option<String>) -> Result<Change, Problem> {
    let before = text(root, path)?;
    let after = add(&before).ok_or_else(|| {
        let help = "add the feature and the module by hand, as those of the other clients";
        Problem::new(
            path,
            "",
            "the place where a client is added is not there",
            help,
        )
    })?;
    Ok(Change {
        path: PathBuf::from(path),
        before: Some(before),
        after: Some(after),
    })
}

/// A text with something in front of what begins so.
fn before(text: &str, start: &str, added: &str) -> Option<String> {
    let at = text.find(start)?;
    Some(format!("{}{added}{}", &text[..at], &text[at..]))
}
