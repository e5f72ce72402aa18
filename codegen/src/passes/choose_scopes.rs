//! Chooses the scopes that a client asks for unless it is told others: the narrowest that are enough.
//!
//! Each operation chooses for itself, by what the scopes allow in the whole document. So another operation
//! that is selected adds a scope or replaces one by one that allows more, and changes nothing else.

use std::collections::BTreeSet;

use openapiv3::OpenAPI;

use crate::extensions::{Extension, Scopes};
use crate::operations::{Located, operations};
use crate::scopes::{Reach, Width};

/// Scopes that are enough together.
type Set = BTreeSet<String>;

pub(super) fn run(document: &mut OpenAPI, reach: &Reach) {
    // A document of our own says which were chosen, from more than it has.
    if Scopes::get(&document.extensions).is_some() {
        return;
    }
    let mut chosen: BTreeSet<(Width, String)> = BTreeSet::new();
    let mut needs = Vec::new();
    for each in operations(document) {
        let api = each.id().split('.').next().unwrap_or_default();
        let sets = enough(&each);
        let narrowest = sets.iter().min_by_key(|set| {
            let mut widths: Vec<_> = set.iter().map(|scope| reach.width(scope, api)).collect();
            widths.sort_by(|one, other| other.cmp(one));
            (widths, *set)
        });
        let narrowest = narrowest.into_iter().flatten();
        chosen.extend(narrowest.map(|scope| (reach.width(scope, api), scope.clone())));
        needs.push(sets);
    }
    let mut scopes: Set = chosen.iter().map(|(_, scope)| scope.clone()).collect();
    // What a scope allows that others allow as well need not be asked for.
    for (_, scope) in chosen.iter().rev() {
        scopes.remove(scope);
        let is_enough =
            |sets: &Vec<Set>| sets.is_empty() || sets.iter().any(|it| it.is_subset(&scopes));
        if !needs.iter().all(is_enough) {
            scopes.insert(scope.clone());
        }
    }
    Scopes(scopes.into_iter().collect()).set(&mut document.extensions);
}

/// The sets of scopes of which each is enough for an operation; none where it needs no scope.
fn enough(each: &Located) -> Vec<Set> {
    let requirements = each.operation.security.as_deref().unwrap_or_default();
    if requirements
        .iter()
        .any(|requirement| requirement.is_empty())
    {
        return Vec::new();
    }
    let sets = requirements
        .iter()
        .map(|requirement| requirement.values().flatten().cloned().collect());
    sets.filter(|set: &Set| !set.is_empty()).collect()
}
