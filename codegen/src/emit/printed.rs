//! Runs progenitor, and takes out of what it prints the types and the signatures.

mod tokens;

use progenitor::{GenerationSettings, Generator, TypeImpl};
use schemars::schema::{InstanceType, SchemaObject};
use syn::{ImplItemFn, Item};

use crate::Problem;
use crate::lower::{FORMATS, Lowered, NUMBER, NUMBER_TYPE, RESOURCE_NAME};

/// What is taken from progenitor.
pub(super) struct Printed {
    /// The items of its module `types`.
    pub types: Vec<Item>,
    /// The methods of its `Client`.
    pub methods: Vec<ImplItemFn>,
}

/// Runs progenitor on a lowered document.
pub(super) fn print(lowered: &Lowered) -> Result<Printed, Problem> {
    let mut generator = Generator::new(&settings(lowered));
    let tokens = generator
        .generate_tokens(&lowered.document)
        .map_err(Problem::internal)?;
    let parts = tokens::parts(tokens);
    let types: syn::File = syn::parse2(parts.types).map_err(Problem::internal)?;
    let methods = parts.methods.into_iter().map(syn::parse2);
    Ok(Printed {
        types: types.items,
        methods: methods
            .collect::<Result<_, _>>()
            .map_err(Problem::internal)?,
    })
}

fn settings(lowered: &Lowered) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings.with_map_type("::std::collections::BTreeMap");
    for (format, type_name) in FORMATS {
        convert(&mut settings, format, type_name);
    }
    convert(&mut settings, NUMBER, NUMBER_TYPE);
    for name in &lowered.facts.names {
        let format = format!("{RESOURCE_NAME}{}", name.name);
        convert(&mut settings, &format, &format!("names::{}", name.name));
    }
    settings
}

/// Has progenitor print `type_name` for every string of this format.
fn convert(settings: &mut GenerationSettings, format: &str, type_name: &str) {
    let schema = SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: Some(format.to_owned()),
        ..SchemaObject::default()
    };
    settings.with_conversion(schema, type_name, [TypeImpl::Display].into_iter());
}
