//! Writes a program that uses everything public of a client: it compiles with another client exactly if that
//! breaks no user.

mod types;

use std::fmt::Write as _;

use super::Api;
use super::surface::{MethodSurface, Surface};
use crate::Problem;

/// A module that uses everything public of the client of an API. `client` is the path of the module of the
/// client that it is compiled with, such as `::library`.
///
/// It names every type and annotates with it, makes every value, matches every variant, and calls every
/// method. A comment above each function says what it uses.
///
/// # Errors
///
/// A mistake in the generator: it cannot make a client of the document.
pub fn witness(api: &Api, client: &str) -> Result<String, Problem> {
    let surface = api.surface()?;
    let mut program = Program {
        client,
        text: HEAD.to_owned(),
        count: 0,
    };
    program.whole(surface);
    for (name, known) in &surface.types {
        program.a_type(name, known);
    }
    for method in surface.methods.values() {
        program.method(method);
    }
    Ok(program.text)
}

const HEAD: &str = "\
#![allow(deprecated, unused, clippy::all)]
use ::generated_client_runtime as runtime;
fn is_data<T: Clone + std::fmt::Debug + Default + PartialEq + Send + Sync + 'static>() {}
fn is_union<T: Clone + std::fmt::Debug + PartialEq + Send + Sync + 'static>() {}
fn is_value<T: Clone + std::fmt::Debug + Default + Eq + std::hash::Hash + Ord + std::fmt::Display + Send + Sync + 'static>() {}
";

struct Program<'a> {
    client: &'a str,
    text: String,
    count: usize,
}

impl Program<'_> {
    /// Adds a function: what it uses, its arguments, what it returns, and its body.
    fn function(&mut self, what: &str, arguments: &str, returns: &str, body: &str) {
        self.count += 1;
        let returns = match returns {
            "" => String::new(),
            returns => format!(" -> {}", self.path(returns)),
        };
        let (arguments, body) = (self.path(arguments), self.path(body));
        let count = self.count;
        let _ = write!(
            self.text,
            "// {what}\nasync fn _{count}({arguments}){returns} {{ {body} }}\n"
        );
    }

    /// Code with the paths that modules of the client have here.
    fn path(&self, code: &str) -> String {
        let modules = [
            "types",
            "names",
            "requests",
            "resources",
            "credentials",
            "servers",
        ];
        let mut path = String::new();
        let mut rest = code;
        while let Some(start) = rest.find(|c: char| c.is_alphabetic() || c == '_') {
            let word = &rest[start..];
            let end = word
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(word.len());
            let (word, after) = word.split_at(end);
            let before = &rest[..start];
            path.push_str(before);
            let is_module = modules.contains(&word) && after.starts_with("::");
            if (is_module || word == "Client") && !before.ends_with("::") {
                path.push_str(self.client);
                path.push_str("::");
            }
            path.push_str(word);
            rest = after;
        }
        path.push_str(rest);
        path
    }

    fn whole(&mut self, surface: &Surface) {
        for (name, (_, parts)) in &surface.names {
            self.name(name, parts);
        }
        for (path, name) in &surface.resources {
            let returns = format!("resources::{name}");
            self.function(path, "c: &Client", &returns, &format!("c.{path}"));
        }
        for (name, (signature, _)) in &surface.credentials {
            self.credentials(name, signature);
        }
        for (name, (arguments, _)) in &surface.servers {
            match arguments {
                None => self.function(name, "", "&'static str", &format!("servers::{name}")),
                Some(count) => {
                    let given = vec!["\"\""; *count].join(", ");
                    let returns = "Result<String, runtime::Error>";
                    self.function(name, "", returns, &format!("servers::{name}({given})"));
                }
            }
        }
        for value in surface.standard.values() {
            let arguments = format!("p: runtime::Parameters, v: {}", value.kind);
            let body = format!("requests::StandardParameters::{}(p, v)", value.name);
            self.function(&value.name, &arguments, "runtime::Parameters", &body);
        }
        if let Some((name, fields)) = &surface.headers {
            for (field, kind) in fields.values() {
                self.field(name, field, kind);
            }
        }
    }

    fn name(&mut self, name: &str, parts: &[String]) {
        let declared: Vec<_> = (0..parts.len())
            .map(|at| format!("a{at}: impl Into<String>"))
            .collect();
        let given: Vec<_> = (0..parts.len()).map(|at| format!("a{at}")).collect();
        let (declared, given) = (declared.join(", "), given.join(", "));
        let returns = format!("Result<names::{name}, runtime::InvalidName>");
        self.function(
            name,
            &declared,
            &returns,
            &format!("names::{name}::new({given})"),
        );
        for part in parts {
            let body = format!("v.{part}().to_owned()");
            self.function(name, &format!("v: &names::{name}"), "String", &body);
        }
    }

    fn credentials(&mut self, name: &str, signature: &str) {
        let result = "Result<runtime::Authorization, runtime::Error>";
        let (arguments, given, returns) = match signature {
            "(&Secret) -> Result" => ("a: &runtime::Secret", "a", result),
            "(&str, &Secret) -> Result" => ("a: &str, b: &runtime::Secret", "a, b", result),
            "(impl Into<Secret>)" => (
                "a: impl Into<runtime::Secret>",
                "a",
                "runtime::Authorization",
            ),
            _ => (
                "a: impl Into<String>, b: impl Into<runtime::Secret>",
                "a, b",
                "runtime::auth::ClientCredentials",
            ),
        };
        self.function(
            name,
            arguments,
            returns,
            &format!("credentials::{name}({given})"),
        );
    }

    fn method(&mut self, method: &MethodSurface) {
        let declared = method.arguments.iter().enumerate();
        let declared = declared.map(|(at, value)| format!(", a{at}: {}", value.kind));
        let declared: String = declared.collect();
        let given: Vec<_> = (0..method.arguments.len())
            .map(|at| format!("a{at}"))
            .collect();
        let request = format!("requests::{}", method.request);
        let body = format!("c.{}({})", method.path, given.join(", "));
        self.function(
            &method.path,
            &format!("c: &Client{declared}"),
            &request,
            &body,
        );
        self.request(method);
    }

    /// Sends a request, with everything that can be set.
    fn request(&mut self, method: &MethodSurface) {
        let request = format!("requests::{}", method.request);
        let response = &method.response;
        let returns = format!("Result<runtime::Response<{response}>, runtime::Error>");
        let of_request = format!("r: {request}");
        self.function(
            &format!("{}.send", method.request),
            &of_request,
            &returns,
            "r.send().await",
        );
        for setter in &method.setters {
            let arguments = format!("{of_request}, v: {}", setter.kind);
            let what = format!("{}.{}", method.request, setter.name);
            self.function(
                &what,
                &arguments,
                &request,
                &format!("r.{}(v)", setter.name),
            );
        }
        for way in &method.media {
            self.media(method, way);
        }
        if let Some(pages) = &method.pages {
            let what = format!("{}.items", method.request);
            let pages_of = format!(
                "let _: runtime::Pages<{response}> = r.clone().pages(); \
                let _: runtime::Items<{response}> = r.items(); \
                let _: fn(<{response} as runtime::Page>::Items) -> {} = |it| it;",
                pages.items
            );
            self.function(&what, &of_request, "", &pages_of);
        }
    }

    /// Sends or reads a medium.
    fn media(&mut self, method: &MethodSurface, way: &str) {
        let response = method.response.as_str();
        let (media, given, response) = match way {
            "download" => ("", "", "runtime::Download"),
            "upload" => (", m: runtime::Upload", "m", response),
            _ => (", m: runtime::ResumableUpload", "m", response),
        };
        let arguments = format!("r: requests::{}{media}", method.request);
        let returns = format!("Result<runtime::Response<{response}>, runtime::Error>");
        let what = format!("{}.{way}", method.request);
        self.function(
            &what,
            &arguments,
            &returns,
            &format!("r.{way}({given}).await"),
        );
    }
}
