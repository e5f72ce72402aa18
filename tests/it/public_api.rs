//! The public API of the real client as signatures only: what a user would see change.

use quote::ToTokens as _;
use syn::visit_mut::VisitMut;
use syn::{Block, Fields, ImplItemFn, Item, ItemEnum, ItemStruct, parse_quote};

use crate::support::read;

#[test]
fn the_public_api_of_cloudidentity_changes() {
    let mut pages = Vec::new();
    for module in ["client", "names", "operations", "types"] {
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
