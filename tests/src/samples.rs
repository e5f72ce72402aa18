//! Values of strings, made from what a Discovery document says of them.

use serde_json::{Value, json};

/// Values of a schema that is a string: of an enum those that nobody documents, then those that it has.
pub fn texts(schema: &Value) -> Vec<Value> {
    if let Some(values) = schema["enum"].as_array() {
        let unknown = [
            json!("SOMETHING_NEW"),
            json!("something new"),
            json!("ünbekannt"),
        ];
        return unknown.into_iter().chain(values.iter().cloned()).collect();
    }
    let texts: &[&str] = match schema["format"].as_str().unwrap_or_default() {
        "int64" => &["9223372036854775807", "-9223372036854775808", "0"],
        "uint64" => &["18446744073709551615", "0"],
        "google-datetime" | "date-time" => &[
            "2026-11-22T02:08:57.123456789Z",
            "2026-11-22T02:08:57.000000001+05:30",
            "2026-11-22T02:08:57Z",
        ],
        "date" => &["2024-02-29"],
        "google-duration" => &["3.000000001s", "-0.500s", "315576000000s"],
        "google-fieldmask" => &["a,b.c", ""],
        "byte" => &["aGVsbG8=", "+/+/", ""],
        _ => &["", "text", "\"\\\u{0}\n/", "🦀 ü"],
    };
    texts.iter().map(|text| json!(text)).collect()
}

/// The value at a place of a list that begins anew where it ends.
pub fn pick(values: &[Value], index: usize) -> Value {
    values[index % values.len()].clone()
}
