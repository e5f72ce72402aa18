//! Runs progenitor, and takes out of what it prints the types and the signatures.

use progenitor::{GenerationSettings, Generator, TypeImpl};
use schemars::schema::{InstanceType, SchemaObject};
use syn::{ImplItem, ImplItemFn, Item, ItemImpl, ItemMod};

use crate::Problem;
use crate::lower::{FORMATS, Lowered, RESOURCE_NAME};

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
    let file: syn::File = syn::parse2(tokens).map_err(Problem::internal)?;
    let mut printed = Printed {
        types: Vec::new(),
        methods: Vec::new(),
    };
    for item in file.items {
        match item {
            Item::Mod(ItemMod {
                ident,
                content: Some((_, items)),
                ..
            }) if ident == "types" => printed.types = items,
            Item::Impl(ItemImpl {
                trait_: None,
                items,
                ..
            }) => printed
                .methods
                .extend(items.into_iter().filter_map(asynchronous)),
            _ => {}
        }
    }
    Ok(printed)
}

/// The methods that call an operation are the asynchronous ones.
fn asynchronous(item: ImplItem) -> Option<ImplItemFn> {
    match item {
        ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(method),
        _ => None,
    }
}

fn settings(lowered: &Lowered) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings.with_map_type("::std::collections::BTreeMap");
    for (format, type_name) in FORMATS {
        convert(&mut settings, format, type_name);
    }
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
