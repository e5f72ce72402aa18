//! Prints the call of one method.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use serde_json::Value;
use syn::Type;

use crate::generated::{Method, Setter};
use crate::harness::in_parts;
use crate::reading::operation::{Media, Operation, Parameter};
use crate::reading::sample::Way;
use crate::reading::{Document, bare};
use crate::steps::{Step, steps};
use crate::{Fallible, values};

/// Prints the call of one method.
pub struct Caller<'a> {
    pub document: &'a Document,
    pub operation: &'a Operation,
    pub in_parts: bool,
}

impl Caller<'_> {
    /// The body of the function that calls a method with made-up values, and every setter of its request.
    pub fn call(&self, method: &Method) -> Fallible<TokenStream> {
        let steps = steps(method)?;
        let in_parts = in_parts(method)?;
        let caller = Self { in_parts, ..*self };
        let arguments = method.arguments.iter();
        let arguments =
            arguments.map(|(name, kind)| caller.argument(&steps, &name.to_string(), kind));
        let arguments = arguments.collect::<Fallible<Vec<_>>>()?;
        // What only a response has is left out.
        let is_part =
            |it: &Setter| ["part", "file", "files"].contains(&it.place.to_string().as_str());
        let setters = method.setters.iter();
        let setters = setters.filter(|it| !is_part(it) || !caller.is_read_only(&it.wire));
        let setters = setters.map(|it| caller.setter(it));
        let setters = setters.collect::<Fallible<Vec<_>>>()?;
        let access = &method.access;
        let shown = match method.exchange.send.to_string().as_str() {
            "send" | "send_optional" | "send_text" | "send_and_discard" => {
                quote!(super::shown(it.body()))
            }
            _ => quote!(String::new()),
        };
        Ok(quote! {
            let request = client #access(#(#arguments),*) #(#setters)*;
            request.send().await.map(|it| #shown).map_err(|it| it.to_string())
        })
    }

    fn argument(&self, steps: &[Step], name: &str, kind: &Type) -> Fallible<TokenStream> {
        let mut mentioning = steps.iter().filter(|it| it.mentions(name));
        let step = mentioning.next();
        let step = step.ok_or_else(|| format!("the argument {name} goes nowhere"))?;
        let text = kind.to_token_stream().to_string();
        if step.name == "path" && text.contains("names ::") {
            return Err(format!("{name} is the name of a resource").into());
        }
        let wire = match (step.name.as_str(), &step.wire) {
            ("path", _) => self.placeholder(name)?,
            (_, Some(wire)) => wire.clone(),
            _ => String::new(),
        };
        self.value(&step.name, &wire, name, kind, step.own_form())
    }

    fn setter(&self, setter: &Setter) -> Fallible<TokenStream> {
        let name = &setter.name;
        let kind = values::kind(&setter.takes)?;
        let place = setter.place.to_string();
        let value = self.value(
            &place,
            &setter.wire,
            &name.to_string(),
            &kind,
            setter.own_form,
        )?;
        Ok(quote!(.#name(#value)))
    }

    /// A value for a place in the request.
    fn value(
        &self,
        place: &str,
        wire: &str,
        name: &str,
        kind: &Type,
        own: bool,
    ) -> Fallible<TokenStream> {
        Ok(match place {
            "json" | "body" | "form" => values::of_json(kind, &self.body()?, own),
            "upload" if self.media().is_some_and(|it| it.essence() == "image/*") => {
                quote!(runtime::Upload::from(#UPLOADED).content_type("image/png"))
            }
            "upload" => values::file(&Value::from(UPLOADED)),
            "multipart" => values::parts(&self.body()?),
            "part" => values::of_json(kind, &self.part(name, wire)?, own),
            "file" => values::file(&self.part(name, wire)?),
            // Of a file or several, the one is sent as a list of it.
            "files" => match self.part(name, wire)? {
                several @ Value::Array(_) => values::file(&several),
                one => values::file(&Value::Array(vec![one])),
            },
            place => {
                let parameter = self.parameter(place, wire, name)?;
                let json = self.document.parameter_value(
                    &parameter.place,
                    &parameter.name,
                    &parameter.schema,
                );
                let json = match own {
                    true => json,
                    false => values::counted(kind, json),
                };
                values::of_json(kind, &json, own)
            }
        })
    }

    fn media(&self) -> Option<&Media> {
        match self.in_parts {
            true => self.operation.parts(),
            false => self.operation.body(),
        }
    }

    fn is_read_only(&self, part: &str) -> bool {
        let flat = self.media().map(|it| self.document.flat(&it.schema));
        let properties = flat.as_ref().and_then(|it| it.get("properties"));
        properties.is_some_and(|it| it[part]["readOnly"] == true)
    }

    /// The made-up body.
    fn body(&self) -> Fallible<Value> {
        let media = self.media().ok_or("it has no documented body")?;
        let value = self.document.body_value(&media.schema, Way::Sent);
        Ok(value.ok_or("there is no value of its body")?)
    }

    fn part(&self, name: &str, wire: &str) -> Fallible<Value> {
        let body = self.body()?;
        let part = body.get(wire).filter(|_| is_called(name, wire));
        Ok(part
            .ok_or_else(|| format!("{name} is the part `{wire}`"))?
            .clone())
    }

    /// The parameter that goes by the name `wire`, which the argument or setter has to be called after.
    fn parameter(&self, place: &str, wire: &str, name: &str) -> Fallible<&Parameter> {
        let place = match place {
            "path" | "header" | "cookie" => place,
            _ => "query",
        };
        let found = self.operation.parameter(place, wire);
        let found = found.filter(|_| is_called(name, wire));
        Ok(found.ok_or_else(|| format!("{name} is `{wire}` in the {place}"))?)
    }

    /// The placeholder that an argument is called after.
    fn placeholder(&self, argument: &str) -> Fallible<String> {
        let parameters = self.operation.parameters.iter();
        let mut names = parameters
            .filter(|it| it.place == "path")
            .map(|it| &it.name);
        let found = names.find(|it| is_called(argument, it));
        Ok(found
            .ok_or_else(|| format!("there is no placeholder {argument}"))?
            .clone())
    }
}

/// What is sent as text or bytes.
const UPLOADED: &str = "v0 &=ü+%/";

/// Whether a name in Rust is that of a parameter: as it is, with a number against collisions, with a letter before
/// a digit, or with what tells it from the other methods of a request.
fn is_called(name: &str, wire: &str) -> bool {
    let (name, wire) = (bare(name.trim_start_matches("r#")), bare(wire));
    name == wire
        || name.trim_end_matches(char::is_numeric) == wire
        || name.strip_prefix('x') == Some(&wire)
        || name.strip_suffix("parameter") == Some(&wire)
}
