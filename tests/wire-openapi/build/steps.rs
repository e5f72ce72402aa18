//! What a generated method does with its arguments: the steps of the call in it.

use quote::ToTokens as _;
use syn::{Block, Expr, Lit, Stmt};

use crate::Fallible;
use crate::generated::Method;

/// A step of the call in a method: `.query("name", &name, None)`.
pub struct Step {
    pub name: String,
    pub wire: Option<String>,
    text: String,
}

impl Step {
    pub fn mentions(&self, argument: &str) -> bool {
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '#';
        self.text
            .split(|c| !is_name(c))
            .any(|word| word == argument)
    }

    pub fn own_form(&self) -> bool {
        self.text.contains("wire :: Out")
    }
}

/// The steps of the call in a method.
pub fn steps(method: &Method) -> Fallible<Vec<Step>> {
    let block: Block = syn::parse_str(&method.body)?;
    let mut steps = Vec::new();
    let mut expression = match block.stmts.last() {
        Some(Stmt::Expr(expression, _)) => expression,
        _ => return Err("the method has no expression".into()),
    };
    while let Expr::MethodCall(call) = expression {
        let texts = call.args.iter().filter_map(|argument| match argument {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        });
        // What stands in quotation marks mentions nothing.
        let rest = call.args.iter().filter(|it| !matches!(it, Expr::Lit(_)));
        let rest: Vec<String> = rest.map(|it| it.to_token_stream().to_string()).collect();
        steps.push(Step {
            name: call.method.to_string(),
            wire: texts.into_iter().next(),
            text: rest.join(" , "),
        });
        expression = &call.receiver;
    }
    Ok(steps)
}
