//! The types of a client beside those that progenitor alone, with no word from us, makes of the client's
//! neutral document: both have the same properties, of the same shapes.

mod shapes;

use std::collections::BTreeMap;
use std::panic;

use codegen::OutputFile;
use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator};

use crate::support::{client_of, generate_from, manifest, read};
use shapes::{Shape, Shapes};

/// How many structs were compared, and what differs.
#[derive(Default)]
struct Compared {
    /// The clients whose document progenitor alone does not take.
    refused: Vec<String>,
    structs: usize,
    properties: usize,
    unequal: Vec<String>,
}

#[test]
fn types_have_the_properties_that_progenitor_gives_them() {
    let mut compared = Compared::default();
    for folder in ["spec", "tests/fixtures/accepted"] {
        for client in manifest(folder).clients {
            let text = read(&format!("{folder}/{}", client.source));
            let files = generate_from(folder, &client.name, &text).files;
            compared.add(&client.name, &files);
        }
    }
    compared.assert(REFUSED, KNOWN, 150);
}

#[test]
#[cfg_attr(
    not(public_openapi),
    ignore = "needs the public OpenAPI documents: see tests/corpus/README.md"
)]
fn types_of_public_documents_have_the_properties_that_progenitor_gives_them() {
    let mut compared = Compared::default();
    for file in PUBLIC {
        let text = crate::support::public_spec(file);
        let document = serde_saphyr::from_str(&text).unwrap();
        compared.add(file, &client_of(&document).unwrap().files);
    }
    compared.assert(&[], KNOWN_OF_PUBLIC, 500);
}

/// The clients whose neutral documents progenitor does not take: values of an enum get one name.
const REFUSED: &[&str] = &[
    "open_enums",
    "colliding_names",
    "openapi_frameworks",
    "equal_names",
];

/// What differs, and why.
const KNOWN: &[(&str, &str)] = &[
    (
        "schema_names, Root: `state`",
        "schemas with one name in Rust are numbered here",
    ),
    ("schema_names, Root: `upper`", "as above"),
];

/// What differs in public documents, and why.
const KNOWN_OF_PUBLIC: &[(&str, &str)] = &[
    (
        "openapi/neon.json, Pagination:",
        "a name that is required, and no property, is a property there",
    ),
    (
        "openapi/meilisearch.json, BatchView: `details`",
        "an object that may be null is an `Option` here, and two types there",
    ),
    ("openapi/meilisearch.json, TaskView: `details`", "as above"),
];

/// Documents of vendors whose schemas progenitor takes.
const PUBLIC: &[&str] = &[
    "openapi/notion.json",
    "openapi/resend.yaml",
    "openapi/neon.json",
    "openapi/meilisearch.json",
    "openapi/qdrant.json",
];

impl Compared {
    fn add(&mut self, client: &str, files: &[OutputFile]) {
        let file = |path: &str| files.iter().find(|it| it.path == path);
        let Some(types) = file("types.rs") else {
            return;
        };
        let ours = Shapes::of_client(&types.text);
        let document = &file("openapi.json").unwrap().text;
        let Ok(Ok(theirs)) = panic::catch_unwind(|| alone(document)) else {
            self.refused.push(client.to_owned());
            return;
        };
        for (name, fields) in &ours.structs {
            let Some(expected) = theirs.structs.get(name) else {
                continue;
            };
            self.structs += 1;
            self.properties += fields.len();
            for difference in differences((fields, &ours), (expected, &theirs)) {
                self.unequal.push(format!("{client}, {name}: {difference}"));
            }
        }
    }

    fn assert(&self, refused: &[&str], known: &[(&str, &str)], least: usize) {
        assert_eq!(self.refused, refused);
        let known: Vec<_> = known.iter().map(|(place, _)| *place).collect();
        let places = self.unequal.iter().map(|it| {
            let known = known.iter().find(|place| it.starts_with(**place));
            known.map_or(it.as_str(), |place| place)
        });
        assert_eq!(places.collect::<Vec<_>>(), known);
        let (structs, properties) = (self.structs, self.properties);
        println!("{structs} structs with {properties} properties are compared");
        assert!(structs >= least, "{structs} structs only");
    }
}

/// The types that progenitor makes of the schemas of a document.
fn alone(document: &str) -> Result<Shapes, String> {
    let mut document: OpenAPI = serde_json::from_str(document).map_err(|it| it.to_string())?;
    document.paths.paths.clear();
    let mut generator = Generator::new(&GenerationSettings::new());
    let printed = generator.generate_tokens(&document);
    let printed = printed.map_err(|error| error.to_string())?;
    Ok(Shapes::of_progenitor(printed))
}

type Fields = BTreeMap<String, Shape>;

fn differences(
    (ours, our_shapes): (&Fields, &Shapes),
    (theirs, their_shapes): (&Fields, &Shapes),
) -> Vec<String> {
    let names = |fields: &Fields| fields.keys().cloned().collect::<Vec<_>>();
    if names(ours) != names(theirs) {
        return vec![format!("{:?} beside {:?}", names(ours), names(theirs))];
    }
    let pairs = ours.iter().zip(theirs.values());
    let resolved = pairs
        .map(|((name, our), their)| (name, our_shapes.resolve(our), their_shapes.resolve(their)));
    let unequal = resolved.filter(|(_, our, their)| !our.is_like(their));
    unequal
        .map(|(name, our, their)| format!("`{name}` is {our:?} beside {their:?}"))
        .collect()
}
