//! What the layers of the packages may use of each other.

use std::collections::BTreeSet;
use std::fs;

use syn::{ImplItem, Item, TraitItem};

use crate::support::{read, workspace};

#[test]
fn errors_import_nothing_that_stands_above_them() {
    let below = [
        "crate::google",
        "crate::headers",
        "crate::text",
        "crate::value",
    ];
    let source = workspace().join("generated-client/runtime/src");
    let mut imports = 0;
    for folder in ["error", "google"] {
        for entry in fs::read_dir(source.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let code = fs::read_to_string(&path).unwrap();
            for (line, _) in code.match_indices("crate::") {
                let found = &code[line..];
                imports += 1;
                let known = below.iter().any(|it| found.starts_with(it));
                assert!(known, "{}: {:.40}", path.display(), found);
            }
            // In the folder itself `super` is the folder, in its root the runtime.
            let is_root = path.ends_with("mod.rs");
            assert!(
                !is_root || !code.contains("use super::"),
                "{}",
                path.display()
            );
        }
    }
    assert!(imports > 5, "{imports} imports");
}

#[test]
fn facades_state_every_constant_of_the_client_that_they_wrap() {
    let items = |file: &str| syn::parse_file(&read(file)).unwrap().items;
    let mut of_the_trait = items("generated-client/runtime/src/api.rs").into_iter();
    let of_the_trait = of_the_trait.find_map(|item| match item {
        Item::Trait(item) if item.ident == "Api" => Some(item.items),
        _ => None,
    });
    let wanted = of_the_trait
        .unwrap()
        .into_iter()
        .filter_map(|item| match item {
            TraitItem::Const(item) => Some(item.ident.to_string()),
            _ => None,
        });
    let wanted: BTreeSet<String> = wanted.collect();
    assert!(wanted.contains("PRESET"), "{wanted:?}");
    for facade in ["cloudidentity", "confluent"] {
        let items = items(&format!("generated-client/src/{facade}/client.rs"));
        let stated = items.into_iter().filter_map(|item| match item {
            Item::Impl(item) if item.trait_.is_some() => Some(item.items),
            _ => None,
        });
        let stated = stated.flatten().filter_map(|item| match item {
            ImplItem::Const(item) => Some(item.ident.to_string()),
            _ => None,
        });
        assert_eq!(stated.collect::<BTreeSet<_>>(), wanted, "{facade}");
    }
}

#[test]
fn nothing_written_by_hand_uses_what_only_macros_may() {
    let folders = ["cloudidentity", "confluent"];
    for folder in folders.map(|it| workspace().join("generated-client/src").join(it)) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let code = fs::read_to_string(&path).unwrap();
            assert!(!code.contains("macros::"), "{}", path.display());
        }
    }
}

#[test]
fn the_rooms_of_the_fake_import_only_what_stands_below_them() {
    let rooms: [(&str, &[&str]); 5] = [
        ("connection", &[]),
        ("oauth", &[]),
        ("faults", &[]),
        ("cloudidentity", &["faults", "oauth"]),
        ("confluent", &["faults"]),
    ];
    let source = workspace().join("generated-client/fake/src");
    let above = ["builder", "server", "state"];
    let mut imports = 0;
    for (room, below) in rooms {
        for entry in fs::read_dir(source.join(room)).unwrap() {
            let path = entry.unwrap().path();
            let code = fs::read_to_string(&path).unwrap();
            for (at, _) in code.match_indices("use crate::") {
                imports += 1;
                let rest = &code[at + "use crate::".len()..];
                let module = rest.split([':', ';']).next().unwrap();
                let other = rooms.iter().any(|(name, _)| *name == module) && module != room;
                assert!(!above.contains(&module), "{}: {module}", path.display());
                assert!(
                    !other || below.contains(&module),
                    "{}: {module}",
                    path.display()
                );
            }
        }
    }
    assert!(imports > 20, "{imports} imports");
}
