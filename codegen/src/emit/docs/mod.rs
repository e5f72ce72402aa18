//! Comments: the one way for text of a document into what rustdoc reads.
//!
//! A description is Markdown that somebody wrote. It is parsed, and what is found is printed again, so that
//! rustdoc reads the same; but code blocks are text, which `cargo test` does not run, HTML is text, links
//! lead to the web, and nothing leaves its comment.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{AttrStyle, Attribute, Expr, ExprLit, Lit, LitStr, Meta, MetaNameValue};

mod foreign_code;
mod html;
mod markdown;
mod page;
mod table;
mod text;
mod url;

pub(super) use text::code_span;

/// A doc comment, line by line. Nothing else makes attributes that rustdoc reads.
pub(super) struct Comment(Vec<String>);

impl Comment {
    /// A comment that says what a description says.
    pub fn of(markdown: &str) -> Self {
        Self(markdown::print(markdown))
    }

    /// Adds a description, as a paragraph of its own.
    pub fn add(&mut self, markdown: &str) {
        self.add_lines(markdown::print(markdown));
    }

    /// Adds a paragraph or a heading of our own.
    pub fn add_own(&mut self, text: &'static str) {
        self.add_lines(vec![text.to_owned()]);
    }

    /// A comment of our own, of one line that ends in a link to an item of Rust.
    pub fn link(text: &'static str, path: &str) -> Self {
        let name = path.rsplit("::").next().unwrap_or_default();
        Self(vec![format!("{text} [`{name}`]({path}).")])
    }

    /// Adds a list under a heading of our own.
    pub fn add_list(&mut self, heading: &'static str, markdown: &str) {
        self.add_own(heading);
        self.0.extend(markdown::print(markdown));
    }

    /// Adds a list of what each of several texts has to do with a type.
    pub fn add_types<'a>(&mut self, items: impl Iterator<Item = (&'a str, Option<&'a str>)>) {
        let items = items.map(|(text, name)| {
            let text = text::plain(text);
            match name.map(|name| format_ident!("{name}")) {
                Some(name) => format!("* {text}: [`{name}`](super::types::{name})"),
                None => format!("* {text}: no documented body"),
            }
        });
        self.add_lines(items.collect());
    }

    fn add_lines(&mut self, lines: Vec<String>) {
        if !self.0.is_empty() && !lines.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(lines);
    }

    /// The comment of the item that follows.
    pub fn outer(self) -> Vec<Attribute> {
        self.attributes(AttrStyle::Outer)
    }

    /// The comment of what follows in the table of a macro, line by line.
    pub fn lines(self) -> Vec<String> {
        let line = |line: String| match line.is_empty() {
            true => "///".to_owned(),
            false => format!("/// {line}"),
        };
        self.0.into_iter().map(line).collect()
    }

    /// The comment of the module that it stands in.
    pub fn inner(self) -> TokenStream {
        let attributes = self.attributes(AttrStyle::Inner(Default::default()));
        quote!(#(#attributes)*)
    }

    /// An attribute for each line, with the blank that follows its slashes. They are made without a parser:
    /// there are more of them than of anything else.
    fn attributes(self, style: AttrStyle) -> Vec<Attribute> {
        let attribute = |line: String| {
            let blank = if line.is_empty() { "" } else { " " };
            let line = LitStr::new(&format!("{blank}{line}"), Span::call_site());
            Attribute {
                pound_token: Default::default(),
                style,
                bracket_token: Default::default(),
                meta: Meta::NameValue(MetaNameValue {
                    path: format_ident!("doc").into(),
                    eq_token: Default::default(),
                    value: Expr::Lit(ExprLit {
                        attrs: Vec::new(),
                        lit: Lit::Str(line),
                    }),
                }),
            }
        };
        self.0.into_iter().map(attribute).collect()
    }
}

/// The doc comment of the item that follows.
pub(super) fn outer(markdown: &str) -> Vec<Attribute> {
    Comment::of(markdown).outer()
}

/// The doc comment of the item that follows, or another where the document has none.
pub(super) fn or_else(markdown: &str, other: impl FnOnce() -> String) -> Vec<Attribute> {
    let comment = Comment::of(markdown);
    match comment.0.is_empty() {
        true => outer(&other()),
        false => comment.outer(),
    }
}
