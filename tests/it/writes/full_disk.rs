//! A disk that is full.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Project, folder_in_memory, generate, kill_before, prepare, process};
use crate::support::{everything, workspace};

/// Such a process, in which files may be no longer than some blocks: the limit stands for a disk that is
/// full. With and without the signal that ends the process.
#[cfg(unix)]
fn process_with_a_full_disk(of: &Path, out: &Path, blocks: usize, signal: bool) -> Command {
    let ignore = if signal { "" } else { "trap '' XFSZ;" };
    let script = format!("{ignore} ulimit -f {blocks}; exec \"$@\"");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, "sh"]);
    shell.arg(std::env::current_exe().unwrap());
    prepare(&mut shell, of, out);
    shell
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_all_or_nothing_and_the_next_run_works() {
    let project = Project::new();
    for signal in [false, true] {
        let mut succeeded = BTreeSet::new();
        for blocks in [0, 1, 2, 4, 8, 128] {
            project.make_old();
            let of = project.path("new");
            let mut process = process_with_a_full_disk(&of, &project.out(), blocks, signal);
            let output = process.output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            let what = format!("{blocks} blocks, signal {signal}: {said}");
            succeeded.insert(output.status.success());
            if output.status.success() {
                assert_eq!(project.everything(), project.new, "{what}");
                continue;
            }
            project.assert_every_file_is_whole(&what);
            if !signal {
                assert!(said.contains("make room"), "{what}");
                assert_eq!(project.everything(), project.old, "{what}");
            }
            project.assert_the_next_run_makes_it_whole(&what);
        }
        assert_eq!(succeeded.len(), 2, "the limit met every run, or none");
    }
}

/// The next run makes a crate whole that another one began: first one that makes nothing itself.
fn assert_the_crate_becomes_whole(
    spec: &Path,
    out: &Path,
    whole: &[(PathBuf, Vec<u8>)],
    what: &str,
) {
    assert_eq!(
        generate(Path::new("no such spec"), out, &[]).0,
        xtask::FAILED
    );
    if out.exists() {
        let found = everything(out);
        assert!(found.is_empty() || found == whole, "{what}: a mixture");
    }
    let (code, said) = generate(spec, out, &[]);
    assert_eq!(code, xtask::DONE, "{what}: {said}");
    assert_eq!(everything(out), whole, "{what}");
}

#[test]
fn a_crate_is_written_with_its_manifest_or_not_at_all() {
    let folder = folder_in_memory();
    let out = folder.path().join("crate");
    let spec = workspace().join("tests/fixtures/accepted/no_types.json");
    assert_eq!(generate(&spec, &out, &[]).0, xtask::DONE);
    let whole = everything(&out);
    assert!(whole.iter().any(|(path, _)| path.ends_with("Cargo.toml")));
    for step in 0.. {
        fs::remove_dir_all(&out).unwrap();
        if !kill_before(&mut process(&spec, &out), step) {
            assert!(step > 20, "only {step} steps were seen");
            break;
        }
        assert_the_crate_becomes_whole(&spec, &out, &whole, &format!("killed before step {step}"));
    }
    #[cfg(unix)]
    for blocks in [0, 1, 2, 4, 8] {
        let _ = fs::remove_dir_all(&out);
        let mut process = process_with_a_full_disk(&spec, &out, blocks, false);
        let output = process.output().unwrap();
        let what = format!(
            "{blocks} blocks: {}",
            String::from_utf8_lossy(&output.stdout)
        );
        assert_eq!(output.status.success(), out.exists(), "{what}");
        assert_the_crate_becomes_whole(&spec, &out, &whole, &what);
    }
}
