//! Takes what is needed out of progenitor's tokens. Most of what it prints is thrown away, and reading
//! it first would take longer than everything else.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What is needed of progenitor's tokens.
#[derive(Default)]
pub(super) struct Parts {
    /// The structs, enums and aliases of its module `types`.
    pub types: TokenStream,
    /// The methods of its client that call an operation, without their bodies.
    pub methods: Vec<TokenStream>,
}

/// Takes out what is needed.
pub(super) fn parts(tokens: TokenStream) -> Parts {
    let mut parts = Parts::default();
    for item in items(tokens) {
        let Some(TokenTree::Group(body)) = item.last() else {
            continue;
        };
        if has_words(&item, &["mod", "types"]) {
            let types = items(body.stream());
            let types = types.into_iter().filter(|item| !has_words(item, &["impl"]));
            parts.types.extend(types.flatten());
        } else if has_words(&item, &["impl", "Client"]) {
            // The methods that call an operation are the asynchronous ones.
            let methods = items(body.stream());
            let methods = methods
                .into_iter()
                .filter(|item| has_words(item, &["async"]));
            parts.methods.extend(methods.map(without_body));
        }
    }
    parts
}

/// The items that tokens are, without their descriptions: each ends with a semicolon or with braces.
fn items(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let (mut items, mut item) = (Vec::new(), Vec::new());
    for token in tokens {
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        if is_description(&token) {
            // The `#` before it goes too.
            item.pop();
        } else {
            item.push(token);
        }
        if ends {
            items.push(std::mem::take(&mut item));
        }
    }
    items
}

fn is_description(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && matches!(first, Some(TokenTree::Ident(name)) if name == "doc")
}

/// Whether words stand in an item one after the other, outside of any brackets.
fn has_words(item: &[TokenTree], words: &[&str]) -> bool {
    let is =
        |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(ident) if ident == word);
    item.windows(words.len()).any(|tokens| {
        tokens
            .iter()
            .zip(words)
            .all(|(token, word)| is(token, word))
    })
}

fn without_body(mut method: Vec<TokenTree>) -> TokenStream {
    method.pop();
    let nothing = Group::new(Delimiter::Brace, TokenStream::new());
    method.push(nothing.into());
    method.into_iter().collect()
}
