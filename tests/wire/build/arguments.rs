//! What of a generated method is needed to call it.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, FnArg, ImplItemFn, Lit, Pat};

/// A generated method.
pub struct Method {
    pub name: String,
    /// The constant that holds its operation.
    pub operation: String,
    /// The arguments: their names and their types.
    pub arguments: Vec<(String, String)>,
    /// The arguments of the path, in their order.
    pub path: Vec<String>,
    /// The arguments of the query, with the names that they have there.
    pub query: BTreeMap<String, String>,
}

impl Method {
    /// Reads a method; nothing where it calls no operation itself.
    pub fn read(item: &ImplItemFn) -> Option<Self> {
        item.sig.asyncness?;
        let mut method = Self {
            name: item.sig.ident.to_string(),
            operation: String::new(),
            arguments: item.sig.inputs.iter().filter_map(argument).collect(),
            path: Vec::new(),
            query: BTreeMap::new(),
        };
        method.visit_block(&item.block);
        (!method.operation.is_empty()).then_some(method)
    }
}

fn argument(argument: &FnArg) -> Option<(String, String)> {
    let FnArg::Typed(typed) = argument else {
        return None;
    };
    let Pat::Ident(name) = &*typed.pat else {
        return None;
    };
    let kind = typed.ty.to_token_stream().to_string().replace(' ', "");
    Some((name.ident.to_string(), kind))
}

impl<'ast> Visit<'ast> for Method {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        // What was called before comes first.
        visit::visit_expr_method_call(self, call);
        let mut values = call.args.iter();
        let first = values.next().map(ToTokens::to_text).unwrap_or_default();
        match call.method.to_string().as_str() {
            "call" => self.operation = first.trim_start_matches("&operations::").to_owned(),
            "path" => self.path.push(first),
            "query" => {
                let name = values.next().map(ToTokens::to_text).unwrap_or_default();
                let wire = call.args.first().and_then(literal).unwrap_or_default();
                // What the runtime writes is wrapped, and not all of it is a reference.
                let name = name.trim_start_matches("&runtime::wire::Out(");
                let name = name.trim_end_matches(')').trim_start_matches('&');
                self.query.insert(name.to_owned(), wire);
            }
            _ => {}
        }
    }
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

trait ToTokens {
    fn to_text(&self) -> String;
}

impl ToTokens for Expr {
    fn to_text(&self) -> String {
        self.to_token_stream().to_string().replace(' ', "")
    }
}
