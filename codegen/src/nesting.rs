//! How deep schemas are nested in each other. The compiler goes through a type and all that it holds, to find out what
//! drops it and whether it may be sent to another thread, and gives up after 128 steps.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};

use crate::schemas::target;

/// How many steps a type may take. A future that holds it takes others.
const MOST: usize = 96;

/// The steps of a property: the struct, and an `Option`.
const OF_PROPERTY: usize = 2;
/// Those of a list or a map.
const OF_LIST: usize = 3;
/// Those of a member of a union: the enum, and a `Box`.
const OF_MEMBER: usize = 3;

/// Those from one schema of a cycle to the next: a property, and a `Box`.
const OF_CYCLE: usize = 4;

/// What is wrong with a schema in which others are nested too deep.
pub(crate) const WHAT: &str = "schemas are nested in it too deep for a type of Rust: more than about 48 objects, or 20 \
                               lists of objects, in each other";
/// What to do about it.
pub(crate) const HELP: &str = "let one of them hold any value (`{}`)";

type Schemas = IndexMap<String, ReferenceOr<Schema>>;

/// The names of the schemas in which others are nested too deep, sorted; of those that hold each other, the innermost.
/// A cycle counts as one schema, because the compiler ends where it comes to a type again; but not where the way from one
/// of its schemas to the farthest is too long by itself. So it is for Stripe, whose cycle has hundreds of schemas.
pub(crate) fn too_deep(schemas: &Schemas) -> Vec<&str> {
    let mut graph: BTreeMap<&str, Outline> = BTreeMap::new();
    for (name, schema) in schemas {
        let mut outline = Outline::default();
        outline.add(schema, 0);
        graph.insert(name, outline);
    }
    let depths = Walk::through(&graph).depths;
    let is_innermost = |(name, depth): &(&&str, &usize)| {
        let below = graph
            .get(**name)
            .into_iter()
            .flat_map(|outline| &outline.to);
        let mut below = below.filter_map(|(name, _)| depths.get(name));
        **depth > MOST && !below.any(|below| *below > MOST && below < *depth)
    };
    let deep = depths.iter().filter(is_innermost);
    deep.map(|(name, _)| *name).collect()
}

/// What a schema holds.
#[derive(Default)]
struct Outline<'a> {
    /// The most steps to anything in the schema itself.
    own: usize,
    /// The schemas that it refers to, with the steps to each.
    to: Vec<(&'a str, usize)>,
}

impl<'a> Outline<'a> {
    fn add(&mut self, schema: &'a ReferenceOr<Schema>, steps: usize) {
        match schema {
            ReferenceOr::Reference { reference } => self.to.push((target(reference), steps)),
            ReferenceOr::Item(schema) => self.add_item(schema, steps),
        }
    }

    fn add_boxed(&mut self, schema: &'a ReferenceOr<Box<Schema>>, steps: usize) {
        match schema {
            ReferenceOr::Reference { reference } => self.to.push((target(reference), steps)),
            ReferenceOr::Item(schema) => self.add_item(schema, steps),
        }
    }

    fn add_item(&mut self, schema: &'a Schema, steps: usize) {
        self.own = self.own.max(steps);
        match &schema.schema_kind {
            SchemaKind::Type(Type::Array(array)) => {
                let items = array.items.iter();
                items.for_each(|items| self.add_boxed(items, steps + OF_LIST));
            }
            SchemaKind::Type(Type::Object(object)) => {
                for property in object.properties.values() {
                    self.add_boxed(property, steps + OF_PROPERTY);
                }
                if let Some(AdditionalProperties::Schema(values)) = &object.additional_properties {
                    self.add(values, steps + OF_LIST);
                }
            }
            SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } => {
                let members = members.iter();
                members.for_each(|member| self.add(member, steps + OF_MEMBER));
            }
            SchemaKind::AllOf { all_of } => all_of.iter().for_each(|it| self.add(it, steps)),
            _ => {}
        }
    }
}

/// A walk through schemas that hold each other, by the algorithm of Tarjan: those that are held come first. It does not
/// recur, because they may be thousands.
struct Walk<'g, 'a> {
    graph: &'g BTreeMap<&'a str, Outline<'a>>,
    /// When each schema was met first, and the earliest one that leads to it and is led to by it.
    met: BTreeMap<&'a str, (usize, usize)>,
    /// The schemas that were met and are in no group yet.
    open: Vec<&'a str>,
    /// The way to the schema that is looked at, and how many of each one's references were followed.
    way: Vec<(&'a str, usize)>,
    depths: BTreeMap<&'a str, usize>,
}

impl<'g, 'a> Walk<'g, 'a> {
    fn through(graph: &'g BTreeMap<&'a str, Outline<'a>>) -> Self {
        let mut walk = Self {
            graph,
            met: BTreeMap::new(),
            open: Vec::new(),
            way: Vec::new(),
            depths: BTreeMap::new(),
        };
        for name in graph.keys() {
            if !walk.met.contains_key(name) {
                walk.meet(name);
                while walk.step() {}
            }
        }
        walk
    }

    fn meet(&mut self, name: &'a str) {
        let number = self.met.len();
        self.met.insert(name, (number, number));
        self.open.push(name);
        self.way.push((name, 0));
    }

    /// Follows one more reference, or goes back. Returns whether there is anything left.
    fn step(&mut self) -> bool {
        let Some((name, followed)) = self.way.last_mut() else {
            return false;
        };
        let name = *name;
        let next = self.graph.get(name).and_then(|it| it.to.get(*followed));
        *followed += 1;
        match next {
            Some((next, _)) if !self.graph.contains_key(next) => {}
            Some((next, _)) if !self.met.contains_key(next) => self.meet(next),
            Some((next, _)) if !self.depths.contains_key(next) => self.lower(name, next),
            Some(_) => {}
            None => {
                self.way.pop();
                if self.met[name].0 == self.met[name].1 {
                    self.close(name);
                }
                if let Some((before, _)) = self.way.last().copied() {
                    self.lower(before, name);
                }
            }
        }
        true
    }

    /// What leads to a schema leads to all that leads there.
    fn lower(&mut self, name: &'a str, next: &str) {
        if self.depths.contains_key(next) {
            return;
        }
        let earliest = self.met[next].1;
        if let Some((_, own)) = self.met.get_mut(name) {
            *own = earliest.min(*own);
        }
    }

    /// How many references lead from the first schema of a group to the farthest one.
    fn farthest(&self, group: &[&'a str]) -> usize {
        let mut left: BTreeSet<&str> = group.iter().copied().skip(1).collect();
        let mut reached: Vec<&str> = group.first().copied().into_iter().collect();
        let mut count = 0;
        while !left.is_empty() && !reached.is_empty() {
            let outlines = reached.iter().filter_map(|name| self.graph.get(name));
            let next = outlines
                .flat_map(|outline| &outline.to)
                .map(|(name, _)| *name);
            reached = next.filter(|name| left.remove(name)).collect();
            count += 1;
        }
        count
    }

    /// Ends a group of schemas that hold each other, of which `first` was met first.
    fn close(&mut self, first: &str) {
        let from = self.open.iter().rposition(|name| *name == first);
        let group = self.open.split_off(from.unwrap_or_default());
        let outlines = group.iter().filter_map(|name| self.graph.get(name));
        let below = outlines.flat_map(|outline| {
            let to = outline.to.iter();
            let to = to.map(|(name, steps)| steps + self.depths.get(name).copied().unwrap_or(0));
            to.chain([outline.own])
        });
        let way = Some(self.farthest(&group) * OF_CYCLE).filter(|way| *way > MOST);
        let depth = way.or(below.max()).unwrap_or_default();
        self.depths
            .extend(group.into_iter().map(|name| (name, depth)));
    }
}
