//! Writes what is newer: specs, clients and the changelog.

use std::collections::BTreeSet;
use std::io::Write;

use codegen::diff::{Report, Step, diff};
use codegen::{Diagnostics, Problem, escape_control};

use super::published::Published;
use super::{Places, Update, changelog, seen, version};
use crate::changes::{self, Change, Changes, Wanted};
use crate::diff::{git, guarded};
use crate::generate::{self, Named};
use crate::mark::Owner;
use crate::present::DOCUMENT;
use crate::report::{self, STRONG};
use crate::revisions;
use crate::write;

impl Update {
    /// Writes specs, clients and the changelog: all, or nothing.
    pub(super) fn bring_in(
        &self,
        places: &Places,
        found: &[Published],
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<(), Diagnostics> {
        let newer = super::newer(found);
        let clients = self.clients(places, &newer)?;
        let mut files = code(places, &clients)?;
        let regenerated = files.len();
        let mut sources = BTreeSet::new();
        for it in &newer {
            if sources.insert(&it.file) {
                files.push(places.change(&it.file, it.new.spec.text.clone())?);
            }
        }
        let specs = sources.len();
        files.extend(seen::change(places, &newer)?);
        let entry = self.tell_version(places, &newer, &clients, out)?;
        let has_entry = entry.is_some();
        files.extend(entry);
        self.make(places, files, err)?;
        for it in newer.iter().filter(|it| it.client.own_words) {
            without_words(it, out)?;
        }
        self.tell_written(specs, regenerated, has_entry, out);
        Ok(())
    }

    /// Tells how much was written, or would be.
    fn tell_written(&self, specs: usize, regenerated: usize, has_entry: bool, out: &mut dyn Write) {
        let what = if self.dry_run {
            "would be written"
        } else {
            "written"
        };
        let entry = if has_entry {
            what
        } else {
            "not changed: it has no section `Unreleased`"
        };
        let _ = writeln!(
            out,
            "{} and {} {what}   changelog: {entry}",
            report::counted(specs, "spec"),
            report::counted(regenerated, "generated file"),
        );
    }

    /// Every client, as it would be.
    pub(super) fn clients(
        &self,
        places: &Places,
        newer: &[&Published],
    ) -> Result<Vec<Named>, Diagnostics> {
        generate::every_client_with(&places.manifest, |client| {
            let of_source = newer.iter().find(|it| it.client.source == client.source);
            of_source.map(|it| it.new.spec.clone())
        })
    }

    /// Writes what was seen, where nothing else is new.
    pub(super) fn remember(
        &self,
        places: &Places,
        seen: &[&Published],
        err: &mut dyn Write,
    ) -> Result<(), Diagnostics> {
        let change = seen::change(places, seen)?;
        self.make(places, change.into_iter().collect(), err)
    }

    /// Changes the files that differ.
    fn make(
        &self,
        places: &Places,
        mut files: Vec<Change>,
        err: &mut dyn Write,
    ) -> Result<(), Diagnostics> {
        files.retain(|change| change.before != change.after);
        if self.dry_run || files.is_empty() {
            return Ok(());
        }
        let changes = Changes {
            folder: places.root.clone(),
            files,
            gone: Vec::new(),
        };
        Ok(write::make(&changes, &places.out, err)?)
    }

    /// Tells which version comes next, and writes the entries of the changelog: compared with the last release,
    /// or else with what is committed.
    fn tell_version(
        &self,
        places: &Places,
        newer: &[&Published],
        clients: &[Named],
        out: &mut dyn Write,
    ) -> Result<Option<Change>, Diagnostics> {
        let release = version::last_release(&places.root);
        let revision = release
            .as_ref()
            .map_or("HEAD", |release| release.tag.as_str());
        let name = generate::display_name(&places.changelog);
        let before = generate::read(&places.changelog, &name).map_err(|problem| {
            let help =
                "make one that has a section `## Unreleased`, or name another with `--changelog`";
            Problem::new(&name, "", problem.what(), help)
        })?;
        let (mut text, mut step, mut has_section) = (before.clone(), Step::None, true);
        for client in clients {
            let it = newer.iter().find(|it| it.client.name == client.name);
            let unknown = it.map_or_else(Report::default, |it| it.report.clone());
            let report = match (since(revision, places, client)?, &release) {
                (Some(report), _) => report,
                // The release does not have the client: that is new, and what is committed is compared.
                (None, Some(_)) => {
                    step = step.max(Step::Minor);
                    since("HEAD", places, client)?.unwrap_or(unknown)
                }
                (None, None) => unknown,
            };
            step = step.max(report.step());
            let Some(it) = it else { continue };
            match changelog::with_entry(&text, &it.client.name, &report) {
                Some(with_entry) => text = with_entry,
                None => has_section = false,
            }
        }
        let next = version::after(release.as_ref(), step);
        let _ = writeln!(
            out,
            "{STRONG}next version{STRONG:#}: {}",
            escape_control(&next)
        );
        Ok(has_section.then(|| Change {
            path: places.below(&places.changelog),
            before: Some(before),
            after: Some(text),
        }))
    }
}

/// The generated code of every client.
fn code(places: &Places, clients: &[Named]) -> Result<Vec<Change>, Problem> {
    let generated = changes::find(&Wanted {
        folder: &places.out,
        owner: Owner::Regenerate,
        clients: clients.iter().map(Named::files).collect(),
        nothing_else: true,
        cargo_toml: None,
    })?;
    let below = |change: Change| Change {
        path: places.below(&places.out.join(change.path)),
        ..change
    };
    Ok(generated.files.into_iter().map(below).collect())
}

/// What changed in a client since a revision of git; nothing where that has no such client.
fn since(revision: &str, places: &Places, client: &Named) -> Result<Option<Report>, Diagnostics> {
    let name = &client.name;
    let document = places.out.join(name).join(DOCUMENT);
    let Some(before) = git::at(revision, &document) else {
        return Ok(None);
    };
    let mut files = client.generated.files.iter();
    let after = files.find(|file| file.path == DOCUMENT);
    let after = after.map_or("", |file| file.text.as_str());
    let (before, after) = (
        revisions::neutral(name, &before)?,
        revisions::neutral(name, after)?,
    );
    guarded(name, || diff(&before, &after).map_err(Into::into)).map(Some)
}

/// Tells how much has no sentence yet.
fn without_words(it: &Published, out: &mut dyn Write) -> Result<(), Diagnostics> {
    let spec = &it.new.spec;
    let whole = it.client.clone().of_everything();
    let document = guarded(&spec.name, || {
        codegen::neutral(&whole, &spec.source(), &spec.files)
    })?;
    let overlay = codegen::sentences(&document, codegen::Sentences::Missing)?;
    let count = overlay.matches("target:").count();
    if count > 0 {
        let name = escape_control(&it.client.name);
        // There is nowhere left to report a failure to report.
        let _ = writeln!(
            out,
            "{count} things of `{name}` have no sentence: `cargo xtask neutral --client {name} --words missing` \
             prints the actions to fill in"
        );
    }
    Ok(())
}
