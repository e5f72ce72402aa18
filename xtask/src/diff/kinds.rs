//! Prints the table of the kinds of changes.

use std::io::{self, Write};

use codegen::diff::{Kind, kinds};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ContentArrangement, Table};
use serde_json::{Value, json};

use super::{Format, print_json};

const HEAD: [&str; 6] = [
    "kind",
    "class",
    "step",
    "in the document",
    "in the Rust API",
    "in behaviour",
];

pub(super) fn print(out: &mut dyn Write, format: Format) -> io::Result<()> {
    let rows = kinds().map(|kind| {
        [
            kind.id,
            kind.class.as_str(),
            kind.step.as_str(),
            kind.document,
            kind.rust,
            kind.behaviour,
        ]
    });
    match format {
        Format::Text => {
            let mut table = Table::new();
            table
                .load_preset(UTF8_HORIZONTAL_ONLY)
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_header(HEAD)
                .add_rows(rows);
            writeln!(out, "{table}")
        }
        Format::Markdown => {
            writeln!(out, "| {} |\n|---|---|---|---|---|---|", HEAD.join(" | "))?;
            for [id, class, step, document, rust, behaviour] in rows {
                writeln!(
                    out,
                    "| `{id}` | {class} | {step} | {document} | {rust} | {behaviour} |"
                )?;
            }
            Ok(())
        }
        Format::Json => print_json(out, &kinds().map(member).collect()),
    }
}

/// A kind, as a program reads it.
fn member(kind: &Kind) -> Value {
    json!({
        "kind": kind.id,
        "mirror": kind.mirror,
        "class": kind.class.as_str(),
        "step": kind.step.as_str(),
        "document": kind.document,
        "rust": kind.rust,
        "behaviour": kind.behaviour,
    })
}
