//! Brings in what an API's owner published: the spec, what is generated from it, and the changelog.

mod bring_in;
mod changelog;
mod fetch;
mod seen;
mod version;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use codegen::diff::{Report, Step, diff};
use codegen::{Client, Diagnostics, Manifest, Problem, Source};

use crate::changes::Change;
use crate::diff::spec::Spec;
use crate::diff::{Format, Side, guarded, print, side};
use crate::generate;
use crate::{DONE, FAILED, report};
use fetch::Limits;

/// It could not be found out whether there is something newer.
const UNKNOWN: u8 = 2;

/// What to bring in.
#[derive(Args, Debug)]
pub(crate) struct Update {
    /// The clients, by their names in the manifest [default: all that have a `url` there].
    clients: Vec<String>,
    /// The document: a file, which needs no network, or a URL of `https` [default: the `url` of the client
    /// in the manifest].
    #[arg(long, value_name = "FILE or URL")]
    from: Option<String>,
    /// Change nothing; exit with 1 where newer facts are published, and with 2 where that cannot be found
    /// out.
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// Print what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// In which form the report is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The manifest; the documents are beside it [default: spec/clients.toml].
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// The folder of the generated clients [default: generated-client/src/generated, beside the folder of the
    /// manifest].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The changelog [default: CHANGELOG.md, beside the folder of the manifest].
    #[arg(long, value_name = "FILE")]
    changelog: Option<PathBuf>,
    /// How many bytes a document may have.
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::default().bytes)]
    max_bytes: usize,
    /// How long it may take to read it.
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs_f32())]
    timeout: f32,
}

/// Where everything is.
struct Places {
    /// The folder that all of it is in.
    root: PathBuf,
    manifest: PathBuf,
    out: PathBuf,
    changelog: PathBuf,
}

/// A client, and what is published for it.
struct Published {
    client: Client,
    /// The spec's file.
    file: PathBuf,
    new: Side,
    report: Report,
}

/// Brings in what is published. Returns the exit status.
pub(crate) fn run(task: &Update, root: &Path, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let places = task.places(root);
    let found = match task.look(&places) {
        Ok(found) => found,
        Err(wrong) => {
            let _ = report::errors(err, &wrong);
            return if task.check { UNKNOWN } else { FAILED };
        }
    };
    let is_newer = found.iter().any(Published::is_newer);
    for it in &found {
        let _ = print(out, task.format, &it.client.name, &it.report);
    }
    match (task.check, is_newer) {
        (true, true) => return FAILED,
        (_, false) => return DONE,
        (false, true) => {}
    }
    // A program reads the report, and nothing behind it.
    let mut told = Vec::new();
    let brought_in = task.bring_in(&places, &found, &mut told, err);
    let _ = match task.format {
        Format::Text => out.write_all(&told),
        Format::Markdown => out.write_all(b"\n").and_then(|()| out.write_all(&told)),
        Format::Json => err.write_all(&told),
    };
    match brought_in {
        Ok(()) => DONE,
        Err(wrong) => {
            let _ = report::errors(err, &wrong);
            FAILED
        }
    }
}

impl Update {
    fn places(&self, root: &Path) -> Places {
        let root = crate::folder_of(self.manifest.as_deref(), root);
        let or = |path: &Option<PathBuf>, otherwise: &str| {
            let path = path.clone().unwrap_or_else(|| root.join(otherwise));
            crate::present::whole(&path)
        };
        let manifest = or(&self.manifest, "spec/clients.toml");
        let out = or(&self.out, "generated-client/src/generated");
        let changelog = or(&self.changelog, "CHANGELOG.md");
        Places {
            root: common(&common(&manifest, &out), &changelog),
            manifest,
            out,
            changelog,
        }
    }

    /// Reads what is published, and compares it with what is here.
    fn look(&self, places: &Places) -> Result<Vec<Published>, Diagnostics> {
        let name = generate::display_name(&places.manifest);
        let text = generate::read(&places.manifest, &name)?;
        let manifest = Manifest::parse(&Source {
            name: &name,
            text: &text,
        })?;
        let clients = self.chosen(&name, &manifest, places.folder())?;
        let (mut found, mut wrong) = (Vec::new(), Diagnostics::default());
        for (client, place) in clients {
            found.extend(wrong.note(self.published(client, &place, places)));
        }
        wrong.or(found)
    }

    /// The clients, each with the place of its document.
    fn chosen(
        &self,
        name: &str,
        manifest: &Manifest,
        folder: &Path,
    ) -> Result<Vec<(Client, String)>, Problem> {
        let all = manifest.clients.iter();
        let named = |client: &&Client| match self.clients.as_slice() {
            [] => client.url.is_some() || self.from.is_some(),
            names => names.contains(&client.name),
        };
        let chosen: Vec<&Client> = all.clone().filter(named).collect();
        if let Some(unknown) = self
            .clients
            .iter()
            .find(|it| all.clone().all(|client| client.name != **it))
        {
            let what = format!("there is no client `{unknown}`");
            let names: Vec<&str> = all.map(|client| client.name.as_str()).collect();
            return Err(Problem::new(
                name,
                "",
                what,
                format!("the clients are {}", names.join(", ")),
            ));
        }
        if self.from.is_some() && chosen.len() > 1 {
            let what = "`--from` names the document of one client";
            return Err(Problem::new(name, "", what, "name the client, too"));
        }
        if chosen.is_empty() {
            let what = "no client has a `url`, so nothing is known to be published";
            return Err(Problem::new(
                name,
                "",
                what,
                "add it to the manifest, or name a document with `--from`",
            ));
        }
        let placed = chosen.into_iter().map(|client| {
            let place = self.from.clone().or_else(|| client.url.clone());
            let without = || {
                let what = format!("the client `{}` has no `url`", client.name);
                Problem::new(
                    name,
                    "",
                    what,
                    "add it to the manifest, or name a document with `--from`",
                )
            };
            let place = place.ok_or_else(without)?;
            Ok((generate::with_overlays(client.clone(), folder)?, place))
        });
        placed.collect()
    }

    fn published(
        &self,
        client: Client,
        place: &str,
        places: &Places,
    ) -> Result<Published, Diagnostics> {
        let limits = Limits {
            bytes: self.max_bytes,
            time: Duration::try_from_secs_f32(self.timeout).unwrap_or_default(),
        };
        let text = fetch::read(place, limits)?;
        let file = places.folder().join(&client.source);
        let before = Spec::of_file(&file)?;
        let lenient = client.clone().lenient();
        let name = generate::display_name(Path::new(place));
        let name = if place.contains("://") { place } else { &name };
        let whole = side(Spec::of_text(name, text)?, lenient.clone())?;
        let reduced = guarded(place, || {
            codegen::reduce(&lenient, &whole.spec.source(), !client.own_words)
        })?;
        let mut old = side(before, lenient.clone())?;
        let mut new = side(Spec::of_text(&old.name, reduced)?, lenient)?;
        old.api.set_not_selected(seen::known(places, &client.name));
        new.api.set_not_selected(whole.api.not_selected().cloned());
        let report = guarded(place, || diff(&old.api, &new.api).map_err(Into::into))?;
        Ok(Published {
            client,
            file,
            new,
            report,
        })
    }
}

impl Published {
    /// Whether there is more than what was not selected, and sentences.
    fn is_newer(&self) -> bool {
        self.report
            .changes
            .iter()
            .any(|change| change.kind.step > Step::None)
    }
}

impl Places {
    /// The folder of the manifest and the specs.
    fn folder(&self) -> &Path {
        self.manifest.parent().unwrap_or(Path::new(""))
    }

    /// A path, from the folder that everything is in.
    fn below(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }

    /// A file that is to hold a text.
    fn change(&self, path: &Path, text: String) -> Result<Change, Problem> {
        let name = generate::display_name(path);
        let before = path
            .exists()
            .then(|| generate::read(path, &name))
            .transpose()?;
        Ok(Change {
            path: self.below(path),
            before,
            after: Some(text),
        })
    }
}

/// The folder that both paths are in.
fn common(one: &Path, other: &Path) -> PathBuf {
    let pairs = one.components().zip(other.components());
    pairs
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one)
        .collect()
}
