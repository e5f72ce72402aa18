//! The resources by which methods are grouped.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Method, Resource};
use crate::names::{distinct, pascal, prelude, reserved, snake, unique};

/// The resources of all methods: first the client itself. Two whose names become one in Rust are one.
pub(super) fn of(methods: &[Method]) -> Vec<Resource> {
    let mut resources = vec![Resource::default()];
    let mut known = BTreeMap::from([(Vec::new(), 0)]);
    for (index, method) in methods.iter().enumerate() {
        let (path, name) = &method.place;
        let mut place = 0;
        for depth in 1..=path.len() {
            let path = &path[..depth];
            let key: Vec<String> = path.iter().map(|name| snake(name)).collect();
            place = *known.entry(key).or_insert_with(|| {
                let child = resources.len();
                let name = path.last().map(|name| snake(name)).unwrap_or_default();
                resources[place].children.push((name, child));
                resources.push(Resource {
                    path: path.to_vec(),
                    ..Resource::default()
                });
                child
            });
        }
        resources[place].methods.push((name.clone(), index));
    }
    name(&mut resources);
    resources
}

/// Gives every resource, and every method of one, a name that nothing else there has. A method keeps its
/// name where a resource has the same.
fn name(resources: &mut [Resource]) {
    for resource in resources.iter_mut() {
        let mut taken: BTreeSet<String> = reserved().map(str::to_owned).collect();
        for (name, _) in &mut resource.methods {
            *name = unique(std::mem::take(name), &mut taken);
        }
        for (name, _) in &mut resource.children {
            let wanted = match taken.contains(name) {
                true => format!("{name}_resource"),
                false => std::mem::take(name),
            };
            *name = unique(wanted, &mut taken);
        }
        resource.methods.sort();
        resource.children.sort();
    }
    let paths: Vec<String> = resources.iter().map(|it| it.path.join(" ")).collect();
    let names = distinct(paths.iter().skip(1).map(String::as_str), pascal, &prelude());
    for (resource, path) in resources.iter_mut().zip(&paths).skip(1) {
        resource.name = names.get(path.as_str()).cloned().unwrap_or_default();
    }
}
