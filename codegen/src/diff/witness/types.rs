//! What a program uses of types.

use std::collections::BTreeMap;

use super::Program;
use crate::diff::surface::{MemberSurface, Shape, StructSurface, TypeSurface};

impl Program<'_> {
    /// Uses everything public of a type.
    pub(super) fn a_type(&mut self, name: &str, known: &TypeSurface) {
        if known.long_running {
            let arguments = format!("v: &types::{name}");
            let body = "runtime::LongRunning::is_done(v)";
            self.function(name, &arguments, "Option<bool>", body);
        }
        match &known.shape {
            Shape::Struct(shape) => self.a_struct(name, shape),
            Shape::Enum(variants) => {
                let body = format!(
                    "is_value::<types::{name}>(); let _: Option<types::{name}> = \
                    Some(types::{name}::Unrecognized(String::new()));"
                );
                self.function(name, "", "", &body);
                for variant in variants.keys() {
                    let body = format!(
                        "let _ = types::{name}::{variant}; match v {{ types::{name}::{variant} => true, _ => false }}"
                    );
                    let arguments = format!("v: types::{name}");
                    self.function(&format!("{name}::{variant}"), &arguments, "bool", &body);
                }
            }
            Shape::Union { members, .. } => self.a_union(name, members),
            Shape::Newtype(inner) => {
                let (arguments, returns) = (format!("v: {inner}"), format!("types::{name}"));
                self.function(name, &arguments, &returns, &format!("types::{name}(v)"));
                let arguments = format!("v: types::{name}");
                self.function(name, &arguments, inner, "v.0");
            }
        }
    }

    fn a_struct(&mut self, name: &str, shape: &StructSurface) {
        self.function(name, "", "", &format!("is_data::<types::{name}>()"));
        for (field, known) in &shape.fields {
            self.field(name, field, &known.kind);
        }
        if let Some((field, kind)) = &shape.rest {
            self.field(name, field, kind);
        }
        let Some(new) = &shape.new else { return };
        let declared = new.iter().enumerate();
        let declared = declared.map(|(at, (_, kind))| format!("a{at}: {kind}"));
        let declared = declared.collect::<Vec<_>>().join(", ");
        let given: Vec<_> = (0..new.len()).map(|at| format!("a{at}")).collect();
        let body = format!("types::{name}::new({})", given.join(", "));
        let what = format!("{name}::new");
        self.function(&what, &declared, &format!("types::{name}"), &body);
    }

    pub(super) fn field(&mut self, name: &str, field: &str, kind: &str) {
        let arguments = format!("mut v: types::{name}, w: {kind}");
        let body = format!("let _: &{kind} = &v.{field}; v.{field} = w;");
        self.function(&format!("{name}.{field}"), &arguments, "", &body);
    }

    fn a_union(&mut self, name: &str, members: &BTreeMap<String, MemberSurface>) {
        self.function(name, "", "", &format!("is_union::<types::{name}>()"));
        for (variant, member) in members {
            let kind = &member.kind;
            let arguments = format!("v: types::{name}, m: {kind}");
            let body = format!(
                "let _ = types::{name}::{variant}(m); match v {{ \
                 types::{name}::{variant}(m) => {{ let _: {kind} = m; }} _ => {{}} }}"
            );
            self.function(&format!("{name}::{variant}"), &arguments, "", &body);
            if let Some(from) = &member.from {
                let (arguments, returns) = (format!("m: {from}"), format!("types::{name}"));
                self.function(&format!("{name}: From"), &arguments, &returns, "m.into()");
            }
        }
    }
}
