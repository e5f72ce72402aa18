//! Generates every accepted fixture, so that what is generated is also compiled and run.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use codegen::{Client, Manifest, Source};

mod public_specs;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let fixtures = Path::new("fixtures/accepted");
    println!("cargo::rerun-if-changed={}", fixtures.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no folder")?);
    let manifest = fs::read_to_string(fixtures.join("clients.toml"))?;
    let manifest = Manifest::parse(&Source {
        name: "accepted/clients.toml",
        text: &manifest,
    })?;
    let mut modules = String::new();
    println!("cargo::rerun-if-changed=public_specs.rs");
    for client in &manifest.clients {
        modules += &module(client, fixtures, &out)?;
    }
    let workshop = Client::new("workshop", "workshop.v2.yaml", &["*"]);
    modules += &module(&workshop, Path::new("corpus/openapi"), &out)?;
    println!("cargo::rerun-if-changed=corpus/openapi");
    // A whole public spec, where it is at hand.
    let workspace = Path::new("..");
    if let Some(public) = public_specs::folder(workspace, "openapi")? {
        let confluent = Client::new("public_confluent", "confluent.iam.v2.yaml", &["*"]);
        modules += &module(&confluent, &public, &out)?;
    }
    public_specs::folder(workspace, "discovery")?;
    fs::write(out.join("fixtures.rs"), modules)?;
    Ok(())
}

/// Generates a client. Returns the line that mounts it.
fn module(
    client: &Client,
    folder: &Path,
    out: &Path,
) -> Result<String, Box<dyn std::error::Error>> {
    let root = generate(client, folder, out)?;
    let mut line = String::new();
    writeln!(
        line,
        "/// A fixture.\n#[path = {root:?}] pub mod {};",
        client.name
    )?;
    Ok(line)
}

/// Generates a client. Returns the path of its root module.
fn generate(
    client: &Client,
    fixtures: &Path,
    out: &Path,
) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let text = fs::read_to_string(fixtures.join(&client.source))?;
    let generated = codegen::generate(
        client,
        &Source {
            name: &client.source,
            text: &text,
        },
    )?;
    let folder = out.join(&client.name);
    fs::create_dir_all(&folder)?;
    for file in generated.files {
        fs::write(folder.join(file.path), file.text)?;
    }
    Ok(folder.join("mod.rs"))
}
