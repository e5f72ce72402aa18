//! Leaves out the operations that cannot be generated, and says why.

mod parameters;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ReferenceOr};

use crate::extensions::LeftOutOperation;
use crate::manifest::Client;
use crate::operations::{operations, verbs_mut};
use crate::reach::{direct_references, reachable_from};
use crate::read::findings::Read;
use crate::{Diagnostics, Problem};

/// An operation that is not generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The id of the operation, as the document writes it.
    pub operation: String,
    /// Everything because of which it cannot be generated: in itself, and in the schemas that it reaches.
    pub problems: Vec<Problem>,
}

impl LeftOut {
    /// How it stands in the neutral document.
    pub(crate) fn as_extension(&self) -> LeftOutOperation {
        let reasons = self.problems.iter();
        LeftOutOperation {
            operation: self.operation.clone(),
            reasons: reasons
                .map(|it| format!("{}: {}", it.place(), it.what()))
                .collect(),
        }
    }
}

/// Leaves out the selected operations that cannot be generated, and of the others the optional parameters that
/// cannot.
///
/// # Errors
///
/// A manifest has to list each of them. Where it does not, and where none is left: everything because of
/// which they cannot be generated.
pub(crate) fn leave_out(read: &mut Read, client: &Client) -> Result<Vec<LeftOut>, Diagnostics> {
    parameters::leave_out(read);
    let left_out = found(read);
    let listed = client.leave_out.iter();
    let listed: BTreeSet<&str> = listed.map(|entry| entry.value.as_str()).collect();
    let mut wrong = check_listed(&left_out, client);
    let unlisted = left_out.iter();
    let unlisted = unlisted.filter(|it| client.strict && !listed.contains(it.operation.as_str()));
    each_once(unlisted, &mut wrong);
    wrong.or(())?;
    if !left_out.is_empty() && left_out.len() == operations(&read.document).count() {
        let mut wrong = Diagnostics::default();
        each_once(left_out.iter(), &mut wrong);
        return wrong.or(Vec::new());
    }
    let ids: BTreeSet<&str> = left_out.iter().map(|it| it.operation.as_str()).collect();
    retain(&mut read.document, |id| !ids.contains(id));
    Ok(left_out)
}

/// The operations that cannot be generated, sorted by id.
fn found(read: &Read) -> Vec<LeftOut> {
    let mut reached = Reached::new(read);
    let all = operations(&read.document).filter_map(|each| {
        let own = read.operations.get(each.id());
        let own = own.iter().flat_map(|findings| &findings.problems);
        let mut problems: Vec<Problem> = own.cloned().collect();
        problems.extend(reached.problems(direct_references(&read.document, each.operation)));
        (!problems.is_empty()).then(|| LeftOut {
            operation: each.id().to_owned(),
            problems,
        })
    });
    let mut all: Vec<LeftOut> = all.collect();
    all.sort_by(|one, other| one.operation.cmp(&other.operation));
    all
}

/// The problems of the schemas that operations reach.
struct Reached<'a> {
    read: &'a Read,
    /// The schemas that have problems in themselves.
    broken: BTreeSet<&'a str>,
    /// Which of them each schema reaches, as far as that was asked for.
    known: BTreeMap<String, BTreeSet<&'a str>>,
}

impl<'a> Reached<'a> {
    fn new(read: &'a Read) -> Self {
        let schemas = read.schemas.iter();
        let broken = schemas.filter(|(_, findings)| !findings.problems.is_empty());
        Self {
            read,
            broken: broken.map(|(name, _)| name.as_str()).collect(),
            known: BTreeMap::new(),
        }
    }

    /// The problems of the schemas of these names, and of all that they reach.
    fn problems(&mut self, names: BTreeSet<String>) -> Vec<Problem> {
        if self.broken.is_empty() {
            return Vec::new();
        }
        let mut reached = BTreeSet::new();
        for name in names {
            let below = self.known.entry(name.clone()).or_insert_with(|| {
                let all = reachable_from(&self.read.document, vec![name]);
                let broken = self.broken.iter().copied();
                broken.filter(|name| all.contains(*name)).collect()
            });
            reached.extend(below.iter().copied());
        }
        let findings = reached.into_iter().map(|name| &self.read.schemas[name]);
        findings
            .flat_map(|it| it.problems.iter().cloned())
            .collect()
    }
}

/// What is wrong with the list of a manifest: an operation that is not selected, or can be generated.
fn check_listed(left_out: &[LeftOut], client: &Client) -> Diagnostics {
    let mut wrong = Diagnostics::default();
    for entry in &client.leave_out {
        if !left_out.iter().any(|it| it.operation == entry.value) {
            wrong.push(entry.problem(
                format!("no selected operation `{}` has to be left out", entry.value),
                "remove the entry: it is not needed any more, or it is no id of the document",
            ));
        }
    }
    wrong
}

/// Adds the problems of some operations. One that several have is added once.
fn each_once<'a>(left_out: impl Iterator<Item = &'a LeftOut>, wrong: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for problem in left_out.flat_map(|it| &it.problems) {
        if seen.insert(problem.to_string()) {
            wrong.push(problem.clone());
        }
    }
}

/// Keeps the operations whose ids are kept, and the paths that have one.
pub(crate) fn retain(document: &mut OpenAPI, keep: impl Fn(&str) -> bool) {
    for item in document.paths.paths.values_mut() {
        if let ReferenceOr::Item(item) = item {
            for (_, slot) in verbs_mut(item) {
                let id = slot.as_ref().and_then(|it| it.operation_id.as_deref());
                if !id.is_some_and(&keep) {
                    *slot = None;
                }
            }
        }
    }
    document.paths.paths.retain(|_, item| {
        item.as_item()
            .is_some_and(|item| item.iter().next().is_some())
    });
}
