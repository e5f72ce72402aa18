//! Values of schemas, made from the document alone.

use serde_json::{Value, json};
use tests::samples::{pick, texts};
use wire::document::text;

/// How many different values are made of each schema.
pub const COUNT: usize = 8;

/// How deep values go into each other.
const DEPTH: usize = 4;

/// Makes values.
pub struct Samples<'a> {
    pub document: &'a Value,
    /// Whether empty lists and maps come out of the types that are tried.
    pub empty: bool,
}

impl Samples<'_> {
    /// A value of a schema; different indices give different values.
    pub fn of(&self, schema: &Value, index: usize, depth: usize) -> Value {
        let schema = self.resolved(schema);
        match text(&schema["type"]) {
            "array" => self.array(schema, index, depth),
            "object" => self.object(schema, index, depth),
            "any" => json!({ "@type": "type.example.com/Thing", "list": [1, null, "x"], "n": 1.5 }),
            "boolean" => json!(index.is_multiple_of(2)),
            "integer" if schema["format"] == "uint32" => pick(&[json!(0), json!(u32::MAX)], index),
            "integer" => pick(&[json!(0), json!(i32::MIN), json!(i32::MAX)], index),
            "number" => pick(
                &[
                    json!(0.1),
                    json!(-2.5),
                    json!("NaN"),
                    json!("-Infinity"),
                    json!("Infinity"),
                    json!(1e300),
                ],
                index,
            ),
            _ => pick(&texts(schema), index),
        }
    }

    /// Each documented value of each enum among a schema's properties, which [`COUNT`] may leave out.
    pub fn of_enums(&self, schema: &Value) -> Vec<Value> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let of = |(name, it): (&String, &Value)| {
            let is_list = it["type"] == "array";
            let values = if is_list { &it["items"] } else { it }["enum"].as_array();
            let values = values.cloned().unwrap_or_default().into_iter();
            let held = move |it| if is_list { json!([it]) } else { it };
            let name = name.clone();
            values.map(move |it| json!({ name.as_str(): held(it) }))
        };
        properties.flat_map(of).collect()
    }

    fn array(&self, schema: &Value, index: usize, depth: usize) -> Value {
        let of = |index| self.of(&schema["items"], index, depth + 1);
        match self.empty && index == 0 {
            true => json!([]),
            false => json!([of(index), of(index + 1)]),
        }
    }

    fn object(&self, schema: &Value, index: usize, depth: usize) -> Value {
        let values = schema
            .get("additionalProperties")
            .filter(|_| !(self.empty && index == 0));
        let entries = values.map(|it| ("a.key-1".to_owned(), self.of(it, index, depth + 1)));
        let properties = schema["properties"].as_object().into_iter().flatten();
        // Values that hold others end somewhere, and with the odd ones something is absent.
        let properties = properties
            .filter(|(_, it)| depth < DEPTH || !self.leads_on(it))
            .enumerate()
            .filter(|(position, _)| index.is_multiple_of(2) || position % 3 != index % 3)
            .map(|(_, (name, it))| (name.clone(), self.of(it, index, depth + 1)));
        entries.into_iter().chain(properties).collect()
    }

    fn resolved<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        while let Some(name) = schema["$ref"].as_str() {
            schema = &self.document["schemas"][name];
        }
        schema
    }

    fn leads_on(&self, schema: &Value) -> bool {
        let schema = self.resolved(schema);
        matches!(text(&schema["type"]), "array" | "object")
    }
}
