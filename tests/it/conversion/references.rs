//! References to what is no component.

use serde_json::{Value, json};

use super::{assert_same, document};

/// Schemas of a document, and the same ones where every reference leads to a component with a plain name.
fn schemas() -> Vec<(Value, Value)> {
    let reference = |place: &str| json!({ "$ref": format!("#/components/schemas/{place}") });
    let object = || json!({ "type": "object", "properties": { "n": { "type": "integer" } } });
    let holding = |property: Value| json!({ "type": "object", "properties": { "p": property } });
    vec![
        // A property of another schema, which has the same type from then on.
        (
            json!({ "S": holding(reference("A/properties/p")), "A": holding(object()) }),
            json!({ "S": holding(reference("A_p")), "A": holding(reference("A_p")), "A_p": object() }),
        ),
        // A scalar needs no name.
        (
            json!({ "S": holding(reference("A/properties/p")), "A": holding(json!({ "type": "string" })) }),
            json!({ "S": holding(json!({ "type": "string" })), "A": holding(json!({ "type": "string" })) }),
        ),
        // A reference to a reference leads to what that leads to.
        (
            json!({
                "S": holding(reference("A/properties/p")), "A": holding(reference("B")), "B": object(),
            }),
            json!({ "S": holding(reference("B")), "A": holding(reference("B")), "B": object() }),
        ),
        // Its way leads through a reference.
        (
            json!({
                "S": holding(reference("A/properties/p")), "A": reference("B"), "B": holding(object()),
            }),
            json!({
                "S": holding(reference("B_p")), "A": reference("B"), "B": holding(reference("B_p")),
                "B_p": object(),
            }),
        ),
        // A member of a composition, and names that are taken.
        (
            json!({
                "S": holding(reference("A/allOf/0")), "A": { "allOf": [object(), { "required": ["n"] }] },
                "A_0": { "type": "object", "properties": { "taken": { "type": "string" } } },
            }),
            json!({
                "S": holding(reference("A_02")), "A": { "allOf": [reference("A_02"), { "required": ["n"] }] },
                "A_0": { "type": "object", "properties": { "taken": { "type": "string" } } },
                "A_02": object(),
            }),
        ),
        // Names that 3.0 does not allow, and how a reference may write them.
        (
            json!({ "S": holding(reference("An%20odd%7E1name")), "An odd/name": object() }),
            json!({ "S": holding(reference("An_odd_name")), "An_odd_name": object() }),
        ),
        (
            json!({
                "S": {
                    "$defs": { "D": object() }, "type": "object",
                    "properties": { "p": reference("S/$defs/D") },
                },
            }),
            json!({ "S": holding(reference("D")), "D": object() }),
        ),
        // A schema that holds itself.
        (
            json!({ "S": holding(holding(reference("S/properties/p"))) }),
            json!({ "S": holding(reference("S_p")), "S_p": holding(reference("S_p")) }),
        ),
    ]
}

#[test]
fn references_to_any_place_lead_to_components() {
    for (from, to) in schemas() {
        let mut later = document("3.1.0", &from);
        assert_same(&later, &document("3.0.3", &to));
        later["openapi"] = "3.0.3".into();
        assert_same(&later, &document("3.0.3", &to));
    }
}

#[test]
fn parts_of_operations_can_be_referred_to() {
    let object = json!({ "type": "object", "properties": { "n": { "type": "integer" } } });
    let mut from = document("3.0.3", &json!({ "S": object }));
    let other =
        json!({ "operationId": "other", "responses": { "204": { "description": "Done." } } });
    from["paths"]["/other"] = json!({ "get": other });
    let mut to = from.clone();
    let operation = |response: Value, schema: Value, parameter: Value| {
        let content = json!({ "application/json": { "schema": schema } });
        json!({ "get": {
            "operationId": "get", "parameters": [parameter],
            "requestBody": { "content": content }, "responses": { "200": response },
        } })
    };
    let parameter = json!({ "name": "q", "in": "query", "schema": { "type": "string" } });
    from["paths"]["/s"]["post"]["parameters"] = json!([parameter]);
    to["paths"]["/s"]["post"]["parameters"] = json!([parameter]);
    let at = |place: &str| json!({ "$ref": format!("#/paths/~1s/post/{place}") });
    from["paths"]["/t"] = operation(
        at("responses/200"),
        at("responses/200/content/application~1json/schema"),
        at("parameters/0"),
    );
    let schema = json!({ "$ref": "#/components/schemas/S" });
    let response = to["paths"]["/s"]["post"]["responses"]["200"].clone();
    to["paths"]["/t"] = operation(response, schema, parameter);
    assert_same(&from, &to);
}

#[test]
fn path_items_are_put_where_they_are_referred_to() {
    let mut from = document("3.1.0", &json!({ "S": { "type": "object" } }));
    let mut to = document("3.0.3", &json!({ "S": { "type": "object" } }));
    let item = json!({ "get": { "operationId": "get", "responses": { "204": { "description": "Done." } } } });
    from["components"]["pathItems"] = json!({ "T": item });
    from["paths"]["/t"] = json!({ "$ref": "#/components/pathItems/T" });
    from["webhooks"] = json!({ "event": item });
    to["paths"]["/t"] = item;
    assert_same(&from, &to);
}

#[test]
fn discriminators_name_renamed_schemas() {
    let member = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let object = json!({ "type": "object", "properties": { "kind": { "type": "string" } } });
    let from = json!({
        "S": {
            "oneOf": [member("A cat"), member("Dog"), member("A bird")],
            "discriminator": { "propertyName": "kind", "mapping": { "c": "A cat", "d": member("Dog")["$ref"] } },
        },
        "A cat": object, "Dog": object, "A bird": object,
    });
    let to = json!({
        "S": {
            "oneOf": [member("A_cat"), member("Dog"), member("A_bird")],
            "discriminator": { "propertyName": "kind", "mapping": {
                "c": member("A_cat")["$ref"], "d": member("Dog")["$ref"], "A bird": member("A_bird")["$ref"],
            } },
        },
        "A_cat": object, "Dog": object, "A_bird": object,
    });
    assert_same(&document("3.0.3", &from), &document("3.0.3", &to));
}

#[test]
fn paths_that_lead_nowhere_are_left_out() {
    let mut document = document("3.0.3", &json!({ "S": { "type": "object" } }));
    document["paths"]["/t"] = json!({ "$ref": "#/paths/~1u" });
    document["paths"]["/u"] = json!({ "$ref": "#/paths/~1t" });
    document["paths"]["/v"] = json!({ "$ref": "v.yaml" });
    document["paths"]["/w"] = json!({ "get": { "$ref": "#/x" } });
    let generated = crate::support::client_of(&document).unwrap();
    let left_out = generated.summary.left_out.iter().map(|each| {
        let problem = each.problems[0].to_string();
        let (what, _) = problem.split_once("\n").unwrap();
        what.replace("a.json:", "")
    });
    assert_eq!(
        left_out.collect::<Vec<_>>(),
        [
            "#/paths/~1t/$ref: `#/paths/~1u` is a reference cycle",
            "#/paths/~1u/$ref: `#/paths/~1t` is a reference cycle",
            "#/paths/~1v/$ref: `v.yaml` is in a file that is not there",
            "#/paths/~1w/get/$ref: `#/x` is not in the document",
        ]
    );
    assert_eq!(generated.summary.operations, ["post"]);
}
