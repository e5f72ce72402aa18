//! Pairs what two documents have under the same key.

use std::collections::BTreeMap;

/// A key, with what each side has under it.
pub(super) type Pair<'a, V> = (&'a str, Option<&'a V>, Option<&'a V>);

/// Every key of either side, with what each has under it.
pub(super) fn pairs<'a, V>(
    old: &'a BTreeMap<String, V>,
    new: &'a BTreeMap<String, V>,
) -> impl Iterator<Item = Pair<'a, V>> {
    let of_old = old
        .iter()
        .map(|(key, value)| (key.as_str(), Some(value), new.get(key)));
    let only_new = new.iter().filter(|(key, _)| !old.contains_key(*key));
    of_old.chain(only_new.map(|(key, value)| (key.as_str(), None, Some(value))))
}

/// Those that are only on one side and are alike, where exactly one on each side is: old and new.
pub(super) fn renamed<'a, V, K: Ord>(
    old: &'a BTreeMap<String, V>,
    new: &'a BTreeMap<String, V>,
    likeness: impl Fn(&str, &V) -> Option<K>,
) -> Vec<(&'a str, &'a str)> {
    let only = |one: &'a BTreeMap<String, V>, other: &BTreeMap<String, V>| {
        let mut by_likeness: BTreeMap<K, Vec<&'a str>> = BTreeMap::new();
        for (key, value) in one.iter().filter(|(key, _)| !other.contains_key(*key)) {
            if let Some(likeness) = likeness(key, value) {
                by_likeness.entry(likeness).or_default().push(key);
            }
        }
        by_likeness
    };
    let gone = only(old, new);
    let come = only(new, old);
    let pairs = gone.iter().filter_map(|(likeness, olds)| {
        match (olds.as_slice(), come.get(likeness)?.as_slice()) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        }
    });
    pairs.collect()
}
