//! Shortens the paths that progenitor prints, and puts the runtime's types in the places of their
//! stand-ins.

use std::collections::BTreeSet;

use quote::quote;
use syn::visit_mut::VisitMut;
use syn::{GenericArgument, Item, Path, PathArguments, Type, parse_quote};

/// How paths are rewritten in one module.
pub(super) struct Paths {
    /// The names of the module's own types: a path that ends in one of them is not shortened.
    own: BTreeSet<String>,
    /// Whether the type that was just rewritten is read and written by the runtime.
    on_the_wire: bool,
}

/// What progenitor spells out, and what it is usually called.
const SHORT: &[(&str, &str)] = &[
    ("::std::boxed::Box", "Box"),
    ("::std::collections::BTreeMap", "BTreeMap"),
    ("::std::option::Option", "Option"),
    ("::std::string::String", "String"),
    ("::std::vec::Vec", "Vec"),
];

impl Paths {
    /// The paths of a module that has these types.
    pub fn new(items: &[Item]) -> Self {
        let own = items.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            Item::Enum(item) => Some(item.ident.to_string()),
            Item::Type(item) => Some(item.ident.to_string()),
            _ => None,
        });
        Self {
            own: own.collect(),
            on_the_wire: false,
        }
    }

    /// The paths of a module that imports nothing, and has no types of its own.
    pub fn of_signatures() -> Self {
        Self {
            // Everything else is in scope everywhere.
            own: BTreeSet::from(["BTreeMap".to_owned()]),
            on_the_wire: false,
        }
    }

    /// Whether a type of the module has this name, so that nothing else can go by it.
    pub fn is_own(&self, name: &str) -> bool {
        self.own.contains(name)
    }

    /// Rewrites a type. Returns whether the runtime reads and writes it.
    pub fn rewrite(&mut self, field: &mut Type) -> bool {
        self.on_the_wire = false;
        self.visit_type_mut(field);
        self.on_the_wire
    }

    /// Rewrites a path, but not what it is of. Returns whether the runtime reads and writes it.
    pub fn rewrite_path(&self, path: &mut Path) -> bool {
        let Some(last) = path.segments.last_mut() else {
            return false;
        };
        let arguments = std::mem::take(&mut last.arguments);
        let text = quote!(#path).to_string().replace(' ', "");
        let replacement = self.replacement(&text);
        let on_the_wire = matches!(replacement, Some((_, true)));
        if let Some((replacement, _)) = replacement {
            *path = replacement;
        }
        // A free-form object has its arguments behind its name already.
        if text != "::serde_json::Map"
            && let Some(last) = path.segments.last_mut()
        {
            last.arguments = arguments;
        }
        on_the_wire
    }

    /// A path of the standard library, as short as it can be here.
    pub fn short<'a>(&self, path: &'a str) -> &'a str {
        let short = SHORT.iter().find(|(long, _)| *long == path);
        match short {
            Some((_, short)) if !self.own.contains(*short) => short,
            _ => path,
        }
    }

    /// `String`, as short as it can be here.
    pub fn string(&self) -> Path {
        self.standard("String", parse_quote!(::std::string::String))
    }

    /// `Option`, as short as it can be here.
    pub fn option(&self) -> Path {
        self.standard("Option", parse_quote!(::std::option::Option))
    }

    /// `Some`, as short as it can be here: a tuple struct of that name is a function, too.
    pub fn some(&self) -> Path {
        self.standard("Some", parse_quote!(::std::option::Option::Some))
    }

    fn standard(&self, name: &str, long: Path) -> Path {
        if self.own.contains(name) {
            return long;
        }
        let short = quote::format_ident!("{name}");
        parse_quote!(#short)
    }

    /// What stands for a path, and whether the runtime reads and writes it.
    fn replacement(&self, path: &str) -> Option<(Path, bool)> {
        Some(match path {
            "wire::Bytes" => (parse_quote!(runtime::Bytes), true),
            "wire::Duration" => (parse_quote!(runtime::Duration), true),
            "wire::F64" => (parse_quote!(f64), true),
            "wire::I64" => (parse_quote!(i64), true),
            "wire::U64" => (parse_quote!(u64), true),
            "::serde_json::Map" => (parse_quote!(runtime::JsonObject), false),
            "::serde_json::Value" => (parse_quote!(runtime::JsonValue), false),
            _ => {
                let short = Some(self.short(path)).filter(|short| *short != path)?;
                (syn::parse_str(short).ok()?, false)
            }
        })
    }
}

impl VisitMut for Paths {
    fn visit_path_mut(&mut self, path: &mut Path) {
        self.on_the_wire |= self.rewrite_path(path);
        syn::visit_mut::visit_path_mut(self, path);
    }

    fn visit_type_mut(&mut self, field: &mut Type) {
        if let Some(inner) = boxed_option(field) {
            *field = parse_quote!(::std::option::Option<::std::boxed::Box<#inner>>);
        }
        syn::visit_mut::visit_type_mut(self, field);
    }
}

/// What is inside a `Box<Option<…>>`, which progenitor prints for a type that holds itself.
fn boxed_option(field: &Type) -> Option<Type> {
    let inside = first_argument(field, "Box")?;
    first_argument(inside, "Option").cloned()
}

/// The first argument of a type that is called `name`.
pub(crate) fn first_argument<'a>(field: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = field else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inside) if last.ident == name => Some(inside),
        _ => None,
    }
}
