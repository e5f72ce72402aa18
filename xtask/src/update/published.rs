//! Reads what is published for each client, and compares it with its spec.

use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::diff::{Api, Report, Step, diff};
use codegen::{Client, Diagnostics, Manifest, Problem, Source};

use super::fetch::{self, Limits};
use super::{Places, Update, seen};
use crate::diff::spec::Spec;
use crate::diff::{Side, guarded, side};
use crate::generate;

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
        if is_of_another_api(&old.api, &whole.api) {
            return Err(of_another_api(name, &old.api, &whole.api).into());
        }
        let report = guarded(place, || diff(&old.api, &new.api).map_err(Into::into))?;
        Ok(Published {
            is_older: self.from.is_none() && is_older(&report),
            client,
            file,
            new,
            report,
        })
    }
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
