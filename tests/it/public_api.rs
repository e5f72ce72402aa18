//! The public API of the real client as signatures only: what a user would see change.

mod changes;

use std::collections::BTreeSet;

use codegen::Generated;
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens as _;
use serde_json::{Value, json};
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Block, Fields, ImplItemFn, Item, ItemEnum, ItemStruct, parse_quote};

use crate::support::{generate_from, read};

#[test]
fn the_public_api_of_cloudidentity_equals_its_snapshot() {
    let mut pages = Vec::new();
    for module in ["client", "names", "requests", "resources", "types"] {
        let code = read(&format!(
            "generated-client/src/generated/cloudidentity/{module}.rs"
        ));
        let mut file = syn::parse_file(&code).unwrap();
        file.items.retain(|item| !matches!(item, Item::Use(_)));
        Signatures.visit_file_mut(&mut file);
        pages.push(format!(
            "===== {module} =====\n{}",
            prettyplease::unparse(&file)
        ));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("public_api_cloudidentity", pages.join("\n"));
    });
}

#[test]
fn generated_code_stays_small_and_free_of_panics() {
    let text = read("spec/cloudidentity.v1.json");
    let files = generate_from("spec", "cloudidentity", &text).files;
    let code = files.iter().filter(|file| file.path.ends_with(".rs"));
    let lines = code.flat_map(|file| file.text.lines()).map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    assert!((200..=600).contains(&lines.len()), "{} lines", lines.len());
    let panics = ["unwrap()", "expect(", "panic!", "unsafe", "todo!"];
    let panic = lines
        .iter()
        .find(|line| panics.iter().any(|word| line.contains(word)));
    assert_eq!(panic, None);
}

#[test]
fn additions_to_a_spec_keep_existing_signatures() {
    let text = read("spec/cloudidentity.v1.json");
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let optional = json!({ "type": "string", "location": "query" });
    let field = json!({ "type": "string" });
    for (pointer, key, value) in [
        ("/schemas/UserInvitation/properties", "added", &field),
        (
            "/schemas/SendUserInvitationRequest/properties",
            "added",
            &field,
        ),
        ("/schemas/Operation/properties", "added", &field),
        ("/parameters", "added", &optional),
        (
            "/resources/customers/resources/userinvitations/methods/get/parameters",
            "added",
            &optional,
        ),
        (
            "/resources/customers/resources/userinvitations/methods/list/parameters",
            "added",
            &optional,
        ),
        (
            "/resources/customers/resources/userinvitations/methods/send/parameters",
            "added",
            &optional,
        ),
    ] {
        document.pointer_mut(pointer).unwrap()[key] = value.clone();
    }
    let states = "/schemas/UserInvitation/properties/state/enum";
    document
        .pointer_mut(states)
        .unwrap()
        .as_array_mut()
        .unwrap()
        .push("ADDED".into());

    let before = generate_from("spec", "cloudidentity", &text);
    let after = generate_from("spec", "cloudidentity", &document.to_string());
    assert_ne!(before.files, after.files);
    let (before, after) = (promises(&before), promises(&after));
    assert!(before.len() > 60, "{before:#?}");
    let broken: Vec<&String> = before.difference(&after).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Everything that a user's code can name: methods with their arguments, fields with their types,
/// variants, constants.
fn promises(generated: &Generated) -> BTreeSet<String> {
    let mut promises = Promises::default();
    for file in generated
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
    {
        promises.visit_file(&syn::parse_file(&file.text).unwrap());
    }
    promises.0
}

#[derive(Default)]
struct Promises(BTreeSet<String>);

impl<'ast> Visit<'ast> for Promises {
    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.0.insert(signature.to_token_stream().to_string());
    }

    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        for field in &item.fields {
            let (name, kind) = (field.ident.to_token_stream(), field.ty.to_token_stream());
            self.0.insert(format!("{}.{name}: {kind}", item.ident));
        }
    }

    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        for variant in &item.variants {
            self.0.insert(format!("{}::{}", item.ident, variant.ident));
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.0
            .insert(format!("{}: {}", item.ident, item.ty.to_token_stream()));
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        // A table promises each of its rows; what stands before them is what the table is about.
        let tokens = without_comments(item.mac.tokens.clone()).to_string();
        let (of, rows) = tokens.split_once('{').unwrap_or((&tokens, ""));
        let kind = item.mac.path.to_token_stream();
        let of = of.trim();
        // What is known of an operation is no signature; that a list is paged gives its request methods.
        let mut rows = rows.trim_start();
        for label in ["paging", "operation"] {
            if let Some((_, rest)) = rows.strip_prefix(label).and_then(|it| it.split_once(';')) {
                rows = rest.trim_start();
                self.0.insert(format!("{kind} {of}: {label}"));
            }
        }
        let rows = rows.trim_end_matches([' ', '}']).split(" ,");
        self.0
            .extend(rows.map(|row| format!("{kind} {of}: {}", row.trim())));
    }
}

/// Tokens without the attributes among them.
fn without_comments(tokens: TokenStream) -> TokenStream {
    let (mut kept, mut after_pound) = (TokenStream::new(), false);
    for token in tokens {
        let pound = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        match token {
            TokenTree::Group(_) if after_pound => {}
            TokenTree::Group(group) => {
                let inside = without_comments(group.stream());
                kept.extend([TokenTree::Group(Group::new(group.delimiter(), inside))]);
            }
            token if !pound => kept.extend([token]),
            _ => {}
        }
        after_pound = pound;
    }
    kept
}

/// Leaves nothing but signatures.
struct Signatures;

impl VisitMut for Signatures {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|each| !each.path().is_ident("doc") && !each.path().is_ident("serde"));
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        self.visit_attributes_mut(&mut function.attrs);
        let empty: Block = parse_quote!({});
        function.block = empty;
    }

    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        let private = |field: &syn::Field| matches!(field.vis, syn::Visibility::Inherited);
        if let Fields::Named(fields) = &mut item.fields {
            let public = std::mem::take(&mut fields.named);
            fields.named = public.into_iter().filter(|field| !private(field)).collect();
        }
        syn::visit_mut::visit_item_struct_mut(self, item);
    }

    fn visit_item_enum_mut(&mut self, item: &mut ItemEnum) {
        assert!(
            item.attrs.iter().any(|each| each
                .to_token_stream()
                .to_string()
                .contains("non_exhaustive")),
            "a new value of `{}` would break its users",
            item.ident
        );
        syn::visit_mut::visit_item_enum_mut(self, item);
    }
}
