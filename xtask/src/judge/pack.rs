//! Writes crates for many pairs: one of their clients, and two of the programs, those that are to compile and
//! those that are not. Small pairs share crates.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Diagnostics, Problem};

use super::pairs::{CLIENT, Pair};
use crate::standalone;
use crate::write::cannot;

/// How much code a pack holds.
const MOST: usize = 1 << 20;

/// A pair that was written.
pub(super) struct Packed {
    pub name: String,
    pub breaking: bool,
    /// The file of its program, below the folder of all packs.
    pub program: String,
}

/// Writes the packs into a folder, which is a workspace of its own.
pub(super) fn write(
    folder: &Path,
    pairs: Vec<Pair>,
    root: &Path,
) -> Result<Vec<Packed>, Diagnostics> {
    let packs = folder.join("packs");
    let _ = fs::remove_dir_all(&packs);
    put(
        &folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"packs/*\"]\n",
    )?;
    // The same versions as everywhere else in this workspace.
    let _ = fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"));
    let (mut packed, mut filled, mut number) = (Vec::new(), 0, 0);
    let mut pack: Vec<Pair> = Vec::new();
    for pair in pairs {
        if filled + pair.size > MOST && !pack.is_empty() {
            packed.extend(write_pack(&packs, number, std::mem::take(&mut pack), root)?);
            number += 1;
            filled = 0;
        }
        filled += pair.size;
        pack.push(pair);
    }
    if !pack.is_empty() {
        packed.extend(write_pack(&packs, number, pack, root)?);
    }
    Ok(packed)
}

fn write_pack(
    packs: &Path,
    number: usize,
    pairs: Vec<Pair>,
    root: &Path,
) -> Result<Vec<Packed>, Problem> {
    let krate = |word: &str| format!("{word}-{number}");
    let folder = |word: &str| packs.join(krate(word));
    let (mut clients, mut packed) = (String::new(), Vec::new());
    let (mut fits, mut breaks) = (String::new(), String::new());
    for (at, pair) in pairs.into_iter().enumerate() {
        let module = format!("p{at}");
        let of_client = folder("clients").join("src").join(&module);
        for file in &pair.client {
            put(&of_client.join(&file.path), &file.text)?;
        }
        clients.push_str(&format!("pub mod {module};\n"));
        let breaking = pair.breaking;
        let (word, list) = match breaking {
            true => ("breaks", &mut breaks),
            false => ("fits", &mut fits),
        };
        list.push_str(&format!("mod {module};\n"));
        let program = folder(word).join("src").join(format!("{module}.rs"));
        let path = format!("::clients_{number}::{module}");
        put(&program, &pair.witness.replace(CLIENT, &path))?;
        packed.push(Packed {
            name: pair.name,
            breaking,
            program: format!("packs/{}/src/{module}.rs", krate(word)),
        });
    }
    let member = |word: &str, more: &str| standalone::member(&krate(word), root) + more;
    put(
        &folder("clients").join("Cargo.toml"),
        &member("clients", ""),
    )?;
    put(&folder("clients").join("src/lib.rs"), &clients)?;
    let of_clients = format!("clients-{number} = {{ path = \"../clients-{number}\" }}\n");
    for (word, list) in [("fits", fits), ("breaks", breaks)] {
        if !list.is_empty() {
            put(&folder(word).join("Cargo.toml"), &member(word, &of_clients))?;
            put(&folder(word).join("src/lib.rs"), &list)?;
        }
    }
    Ok(packed)
}

fn put(path: &PathBuf, text: &str) -> Result<(), Problem> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| cannot(folder, "made", &error))?;
    fs::write(path, text).map_err(|error| cannot(path, "written", &error))
}
