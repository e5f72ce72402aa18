//! Reads what is published for each client, and compares it with its spec.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::diff::{Api, Report, Step, diff};
use codegen::{Client, Diagnostics, Manifest, Problem, Source};

use super::fetch::{self, Limits};
use super::{Places, Update, seen};
use crate::diff::spec::Spec;
use crate::diff::{Side, guarded, side};
use crate::{generate, present};

/// A client, and what is published for it.
pub(super) struct Published {
    pub client: Client,
    /// The spec's file.
    pub file: PathBuf,
    pub new: Side,
    pub report: Report,
    /// Whether the spec is of a later revision, and what is published was not named on the command line: a
    /// server that is behind the others says so for a while.
    pub is_older: bool,
}

impl Update {
    /// Reads what is published, and compares it with what is here.
    pub(super) fn look(&self, places: &Places) -> Result<Vec<Published>, Diagnostics> {
        let name = generate::display_name(&places.manifest);
        let text = generate::read(&places.manifest, &name)?;
        let manifest = Manifest::parse(&Source {
            name: &name,
            text: &text,
        })?;
        let (mut found, mut wrong) = (Vec::new(), Diagnostics::default());
        for (clients, place) in self.chosen(&name, &manifest, places.folder())? {
            found.extend(wrong.note(self.of_source(clients, &place, places)));
        }
        wrong.or(found.into_iter().flatten().collect())
    }

    /// What is published for the clients of one spec, which has the operations of all of them.
    fn of_source(
        &self,
        clients: Vec<Client>,
        place: &str,
        places: &Places,
    ) -> Result<Vec<Published>, Diagnostics> {
        let limits = Limits {
            bytes: self.max_bytes,
            time: Duration::try_from_secs_f32(self.timeout).unwrap_or_default(),
        };
        let text = fetch::read(place, limits)?;
        let whole = Spec::of_text(&name_of(place, &text), text)?;
        let (mut found, mut wrong) = (Vec::new(), Diagnostics::default());
        for client in &clients {
            found.extend(wrong.note(published(client, &clients, &whole, places)));
        }
        // What is published is named on the command line, or is taken where it is later.
        found
            .iter_mut()
            .for_each(|it| it.is_older &= self.from.is_none());
        wrong.or(found)
    }

    /// The clients of each spec, with the place of its document. Where one of them is chosen, all are.
    fn chosen(
        &self,
        name: &str,
        manifest: &Manifest,
        folder: &Path,
    ) -> Result<Vec<(Vec<Client>, String)>, Problem> {
        let named = |client: &&Client| match self.clients.as_slice() {
            [] => client.url.is_some() || self.from.is_some(),
            names => names.contains(&client.name),
        };
        let chosen: Vec<&Client> = manifest.clients.iter().filter(named).collect();
        self.all_known(name, manifest)?;
        let sources: BTreeSet<&str> = chosen.iter().map(|it| it.source.as_str()).collect();
        if self.from.is_some() && sources.len() > 1 {
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
        let placed = sources.into_iter().map(|source| {
            let place = self.place(name, &chosen, source)?;
            let clients = manifest.clients.iter().filter(|it| it.source == source);
            let clients = clients.map(|it| generate::with_overlays(it.clone(), folder));
            Ok((clients.collect::<Result<_, Problem>>()?, place))
        });
        placed.collect()
    }

    /// Refuses the name of a client that the manifest does not have.
    fn all_known(&self, name: &str, manifest: &Manifest) -> Result<(), Problem> {
        let all = manifest.clients.iter();
        let is_unknown = |it: &&String| all.clone().all(|client| client.name != **it);
        let Some(unknown) = self.clients.iter().find(is_unknown) else {
            return Ok(());
        };
        let what = format!("there is no client `{unknown}`");
        let names: Vec<&str> = all.clone().map(|client| client.name.as_str()).collect();
        Err(Problem::new(
            name,
            "",
            what,
            format!("the clients are {}", names.join(", ")),
        ))
    }

    /// Where the document of a spec is.
    fn place(&self, name: &str, chosen: &[&Client], source: &str) -> Result<String, Problem> {
        let of_source = |client: &&&Client| client.source == source;
        let url = chosen
            .iter()
            .filter(of_source)
            .find_map(|it| it.url.clone());
        self.from.clone().or(url).ok_or_else(|| {
            let first = chosen.iter().find(of_source);
            let what = format!(
                "the client `{}` has no `url`",
                first.map_or("", |client| client.name.as_str())
            );
            Problem::new(
                name,
                "",
                what,
                "add it to the manifest, or name a document with `--from`",
            )
        })
    }
}

/// What a document at a place is called: its name says of which format it is.
fn name_of(place: &str, text: &str) -> String {
    let name = match place.contains("://") {
        true => place.to_owned(),
        false => generate::display_name(Path::new(place)),
    };
    let is_json = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{');
    let is_known = [".json", ".yaml", ".yml"]
        .iter()
        .any(|end| name.ends_with(end));
    match is_json || is_known || text.trim().is_empty() {
        true => name,
        false => name + ".yaml",
    }
}

/// What is published for a client whose spec is that of several.
fn published(
    client: &Client,
    of_source: &[Client],
    whole: &Spec,
    places: &Places,
) -> Result<Published, Diagnostics> {
    let file = places.folder().join(&client.source);
    let file = present::whole(&file);
    let before = Spec::of_file(&file)?;
    let lenient = client.clone().lenient();
    let name = &whole.name;
    let whole = side(whole.clone(), lenient.clone())?;
    let others = of_source.iter().filter(|it| it.name != client.name);
    let all = others.fold(lenient.clone(), |all, it| all.and_operations_of(it));
    let own_words = of_source.iter().all(|it| it.own_words);
    let reduced = guarded(name, || {
        codegen::reduce(&all, &whole.spec.source(), &client.source, !own_words)
    })?;
    let mut old = side(before, lenient.clone())?;
    let mut new = side(Spec::of_text(&old.name, reduced)?, lenient)?;
    if has_no_operations(&whole.api) && !has_no_operations(&old.api) {
        let help = "name the document of this API, or remove the client from the manifest";
        return Err(Problem::new(name, "", "the document has no operations", help).into());
    }
    if is_of_another_api(&old.api, &whole.api) {
        return Err(of_another_api(name, &old.api, &whole.api).into());
    }
    old.api.set_not_selected(seen::known(places, &client.name));
    new.api.set_not_selected(whole.api.not_selected().cloned());
    let report = guarded(name, || diff(&old.api, &new.api).map_err(Into::into))?;
    Ok(Published {
        is_older: is_older(&report),
        client: client.clone(),
        file,
        new,
        report,
    })
}

/// Whether a document has no operations, selected or not.
fn has_no_operations(api: &Api) -> bool {
    api.operations().is_empty() && api.not_selected().is_none_or(BTreeSet::is_empty)
}

impl Published {
    /// Whether there is more than what was not selected, and sentences.
    pub fn is_newer(&self) -> bool {
        let mut changes = self.report.changes.iter();
        !self.is_older && changes.any(|change| change.kind.step > Step::None)
    }
}

/// Whether the new document is of an earlier revision: both are dates, or numbers of one length.
fn is_older(report: &Report) -> bool {
    let number = |revision: &Option<String>| -> Option<(usize, u64)> {
        let text = revision.as_deref()?;
        Some((text.len(), text.parse().ok()?))
    };
    match (number(&report.old.revision), number(&report.new.revision)) {
        (Some((one, old)), Some((other, new))) => one == other && new < old,
        _ => false,
    }
}

/// Whether two documents have another title, and no operation in common.
fn is_of_another_api(old: &Api, new: &Api) -> bool {
    let (one, other) = (old.operations(), new.operations());
    old.edition().title != new.edition().title && !one.is_empty() && one.is_disjoint(&other)
}

fn of_another_api(name: &str, old: &Api, new: &Api) -> Problem {
    let (one, other) = (old.edition().title, new.edition().title);
    let what = format!(
        "the document is of `{other}`, and the spec of `{one}`: no selected operation is in it"
    );
    Problem::new(
        name,
        "",
        what,
        "name the document of this API: `url` in the manifest, or `--from`",
    )
}
