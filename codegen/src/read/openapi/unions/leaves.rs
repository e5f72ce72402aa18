//! The members of a union, and of the unions among them.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;

use super::super::{all_of, references};
use super::kinds::{self, Kind};
use super::subtypes::Subtypes;
use super::tags::Discriminator;
use crate::Problem;
use crate::read::node::Node;

/// How many references are followed to what they lead to.
const MOST: usize = 128;

/// How many unions may be inside of each other.
const DEEPEST: usize = 64;

/// A member of a union that is no union itself.
pub(in super::super) struct Leaf<'a> {
    /// The name of the schema that it is, where it has one.
    pub name: Option<&'a str>,
    /// The schema.
    pub node: Node<'a>,
    pub kind: Kind,
    /// Whether it is a base by itself, and not what extends it.
    pub is_base: bool,
    /// Each property that says which member an object is, with its values for this one.
    pub tags: Vec<(&'a str, Vec<String>)>,
}

/// The members of a union.
#[derive(Default)]
pub(in super::super) struct Leaves<'a> {
    pub all: Vec<Leaf<'a>>,
    /// Whether `null` is among them.
    pub nullable: bool,
    seen: BTreeSet<*const Value>,
}

/// Whether a schema is a union, and what is to be known for that.
#[derive(Clone, Copy)]
pub(in super::super) struct Unions<'r, 'a> {
    pub root: &'r Node<'a>,
    pub subtypes: &'r Subtypes<'a>,
}

impl<'a> Unions<'_, 'a> {
    /// The members of the union that a schema is; nothing where it is none. Members that are only constraints
    /// are none.
    pub fn members(self, node: &Node<'a>) -> Result<Vec<Node<'a>>, Problem> {
        let mut members = Vec::new();
        for key in ["oneOf", "anyOf"] {
            for member in node.items_of(key)? {
                if !kinds::is_constraint(&member)? {
                    members.push(member);
                }
            }
        }
        Ok(members)
    }

    /// Whether a schema that stands in another one has the members of a union, and nothing else besides.
    pub fn is_union(node: &Node) -> bool {
        let has = |key: &str| node.get(key).is_some();
        (has("oneOf") || has("anyOf")) && !has("allOf") && !has("properties")
    }

    /// Whether a schema is a union, and nothing else besides.
    pub fn is_plain(self, node: &Node<'a>) -> Result<bool, Problem> {
        if self.subtypes.base(node).is_some() || !kinds::of_mixed_values(node)?.is_empty() {
            return Ok(true);
        }
        let more = ["allOf", "properties"];
        let more = more.iter().any(|key| node.get(key).is_some());
        Ok(!more && !self.members(node)?.is_empty())
    }

    /// What a schema is in the end, behind references and what only refines them; with all names on the way,
    /// and whether `null` is a value of it.
    pub fn follow(self, node: &Node<'a>) -> Result<Followed<'a>, Problem> {
        let (mut names, mut nullable, mut at) = (Vec::new(), false, node.clone());
        for _ in 0..MOST {
            nullable |= at.lenient_flag("nullable");
            if let Some(name) = references::name(&at, "schemas")? {
                if names.contains(&name) {
                    return Err(node.problem(
                        "this is a reference cycle",
                        "let one of those it leads to say what it is",
                    ));
                }
                names.push(name);
                at = references::component(self.root, &at, "schemas", name)?;
                continue;
            }
            match all_of::refined(self.root, &at, self.subtypes)? {
                Some((member, _)) => at = member,
                None => {
                    return Ok(Followed {
                        names,
                        nullable,
                        node: at,
                    });
                }
            }
        }
        Err(references::too_many(node))
    }

    /// The union that has a name and is the only member of another one, besides `null`; and whether that is
    /// another member. Nothing where there are several, or where they lead back to each other.
    pub fn only_union(self, node: &Node<'a>) -> Result<Option<(Leaf<'a>, bool)>, Problem> {
        let (mut at, mut nullable, mut name) = (node.clone(), false, None);
        for _ in 0..DEEPEST {
            if self.subtypes.base(&at).is_none() {
                let mut members = self.members(&at)?;
                let count = members.len();
                let mut kept = Vec::new();
                for member in members.drain(..) {
                    if !kinds::is_null(&member)? {
                        kept.push(member);
                    }
                }
                nullable |= kept.len() < count;
                if let [only] = kept.as_slice() {
                    let found = self.follow(only)?;
                    nullable |= found.nullable;
                    name = found.names.last().copied();
                    at = found.node;
                    match name.is_some() && self.is_plain(&at)? {
                        true => continue,
                        false => return Ok(None),
                    }
                }
            }
            return Ok(name.map(|name| (self.union_leaf(name, at), nullable)));
        }
        Ok(None)
    }

    fn union_leaf(self, name: &'a str, node: Node<'a>) -> Leaf<'a> {
        Leaf {
            name: Some(name),
            node,
            kind: Kind::Any,
            is_base: false,
            tags: Vec::new(),
        }
    }

    /// Every member of a union that is none itself.
    pub fn leaves(self, node: &Node<'a>) -> Result<Leaves<'a>, Problem> {
        let mut leaves = Leaves::default();
        self.gather(node, &Vec::new(), 0, &mut leaves)?;
        Ok(leaves)
    }

    /// Gathers the members of a union.
    fn gather(
        self,
        node: &Node<'a>,
        around: &Around<'a>,
        depth: usize,
        leaves: &mut Leaves<'a>,
    ) -> Result<(), Problem> {
        if depth == DEEPEST {
            return Err(node.problem(
                format!("more than {DEEPEST} unions are nested"),
                "list their members in one of them",
            ));
        }
        leaves.seen.insert(std::ptr::from_ref(node.value()));
        let own = Discriminator::of(node).map(Rc::new);
        let inherited = kinds::stated(node)?;
        for (name, member) in self.members_or_subtypes(node, own.as_deref())? {
            self.subtypes.count(&member)?;
            if kinds::is_null(&member)? {
                leaves.nullable = true;
                continue;
            }
            let mut found = self.follow(&member)?;
            found.names.extend(name);
            leaves.nullable |= found.nullable;
            let mut around = around.clone();
            around.extend(own.iter().map(|own| (own.clone(), Vec::new())));
            for (_, names) in &mut around {
                names.extend(&found.names);
            }
            if !self.is_plain(&found.node)? {
                self.add(found, inherited, &around, leaves)?;
            } else if !leaves
                .seen
                .contains(&std::ptr::from_ref(found.node.value()))
            {
                self.gather(&found.node, &around, depth + 1, leaves)?;
            } else if own
                .as_ref()
                .is_some_and(|own| self.is_own_member(&found.node, own))
            {
                self.push(found, Kind::Object, &around, leaves)?;
            }
        }
        Ok(())
    }

    /// Whether a base is one of its own members.
    fn is_own_member(self, node: &Node, discriminator: &Discriminator) -> bool {
        let name = self.subtypes.base(node);
        name.is_some_and(|name| discriminator.targets().any(|target| target == name))
    }

    /// Adds a member that is no union.
    fn add(
        self,
        found: Followed<'a>,
        inherited: Option<Kind>,
        around: &Around<'a>,
        leaves: &mut Leaves<'a>,
    ) -> Result<(), Problem> {
        if kinds::is_null(&found.node)? {
            leaves.nullable = true;
        } else if leaves.seen.insert(std::ptr::from_ref(found.node.value())) {
            let kind = kinds::of(self.root, &found.node, inherited)?;
            self.push(found, kind, around, leaves)?;
        }
        Ok(())
    }

    fn push(
        self,
        found: Followed<'a>,
        kind: Kind,
        around: &Around<'a>,
        leaves: &mut Leaves<'a>,
    ) -> Result<(), Problem> {
        let tags = around.iter().rev().map(|(known, names)| {
            let values = known.values(self.root, &found.node, names)?;
            Ok((known.property, values))
        });
        leaves.all.push(Leaf {
            name: found.names.last().copied(),
            kind,
            is_base: self.subtypes.base(&found.node).is_some(),
            tags: tags.collect::<Result<_, Problem>>()?,
            node: found.node,
        });
        Ok(())
    }

    /// The members of a union as they stand in it, or what extends a base, by its name.
    fn members_or_subtypes(
        self,
        node: &Node<'a>,
        discriminator: Option<&Discriminator<'a>>,
    ) -> Result<Vec<(Option<&'a str>, Node<'a>)>, Problem> {
        let Some(base) = self.subtypes.base(node) else {
            let members = self.members(node)?.into_iter();
            return Ok(members.map(|member| (None, member)).collect());
        };
        let targets = discriminator.iter().flat_map(|known| known.targets());
        let mut names: BTreeSet<&str> = targets.collect();
        let mut waiting = vec![base];
        let mut extended = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            if extended.insert(name) {
                self.subtypes.count(node)?;
                names.extend(self.subtypes.of(name));
                waiting.extend(self.subtypes.of(name));
            }
        }
        let schemas = self
            .root
            .get("components")
            .and_then(|all| all.get("schemas"));
        let found = names.into_iter().filter_map(|name| {
            let schema = schemas.as_ref()?.get(name)?;
            Some((Some(name), schema))
        });
        Ok(found.collect())
    }
}

/// The discriminators of the unions around a member, each with the names under which it knows the member.
type Around<'a> = Vec<(Rc<Discriminator<'a>>, Vec<&'a str>)>;

/// What a schema is in the end.
pub(in super::super) struct Followed<'a> {
    pub names: Vec<&'a str>,
    pub nullable: bool,
    pub node: Node<'a>,
}
