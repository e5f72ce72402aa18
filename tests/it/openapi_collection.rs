//! A whole OpenAPI document of our own: every operation is generated, every example is read.

use codegen::{Client, Source};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tests::fixtures::workshop::types::{Failure, Tool};

use crate::support::read;

const SPEC: &str = "tests/corpus/openapi/workshop.v2.yaml";

fn document() -> Value {
    serde_saphyr::from_str(&read(SPEC)).unwrap()
}

/// That its code compiles is shown by the build of the tests.
#[test]
fn every_operation_of_the_document_is_generated() {
    let client = Client::new("workshop", "workshop.v2.yaml", &["*"]);
    let text = read(SPEC);
    let source = Source {
        name: "workshop.v2.yaml",
        text: &text,
    };
    let mut generated = codegen::generate(&client, &source)
        .unwrap()
        .summary
        .operations;
    generated.sort();
    let document = document();
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let mut documented: Vec<_> = operations
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    documented.sort_unstable();
    assert_eq!(generated, documented);
}

#[test]
fn examples_of_the_document_round_trip() {
    let document = document();
    let responses = document["components"]["responses"].as_object().unwrap();
    let errors = responses
        .values()
        .filter_map(|response| response.pointer("/content/application~1json/example"));
    let mut count = 0;
    for example in errors {
        assert_eq!(through::<Failure>(example), *example);
        count += 1;
    }
    assert_eq!(count, 6);
    let tool = &document["components"]["schemas"]["Tool"]["example"];
    let mut expected = tool.clone();
    // A property that is null is absent.
    let metadata = expected["metadata"].as_object_mut().unwrap();
    assert_eq!(metadata.remove("deleted_at"), Some(Value::Null));
    assert_eq!(through::<Tool>(tool), expected);
}

fn through<T: DeserializeOwned + Serialize>(value: &Value) -> Value {
    serde_json::to_value(serde_json::from_value::<T>(value.clone()).unwrap()).unwrap()
}
