//! What a task writes is whole, whatever ends or hinders it, and however many run at once.

mod at_once;
mod full_disk;
mod hidden_folder;
mod killed;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tempfile::TempDir;

use crate::spec_changes::command;
use crate::support::{everything, generate, regenerate, workspace};

/// The test below that runs a task in a process of its own.
const PROCESS: &str = "writes::a_task_in_a_process_of_its_own_stops_at_the_given_step";
/// What it prints where it stops.
const STOPPED: &str = "stopped before a step";

/// How many changes of the disk are left until the process stops.
static STEPS_LEFT: AtomicI64 = AtomicI64::new(i64::MAX);
/// The journal, if steps count only once it is there: once the write was decided on.
static JOURNAL: OnceLock<PathBuf> = OnceLock::new();
/// What gets in the way as soon as a write was decided on: a folder at this place.
static OBSTACLE: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();

#[test]
#[ignore = "the other tests of this file start it, in a process of its own"]
fn a_task_in_a_process_of_its_own_stops_at_the_given_step() {
    let variable = |name: &str| std::env::var(name).ok();
    let (Some(manifest), Some(out)) = (variable("WRITES_MANIFEST"), variable("WRITES_OUT")) else {
        println!("nothing to do: the other tests of this file start this one");
        return;
    };
    if let Some(steps) = variable("WRITES_STEPS") {
        STEPS_LEFT.store(steps.parse().unwrap(), Ordering::SeqCst);
    }
    let from = variable("WRITES_FROM");
    // What `update` writes is in several folders.
    let folder = match &from {
        Some(_) => Path::new(&out).parent().unwrap(),
        None => Path::new(&out),
    };
    let journal = folder.join(".xtask-write/journal");
    if let Some(obstacle) = variable("WRITES_OBSTACLE") {
        let _ = OBSTACLE.set((journal.clone(), obstacle.into()));
    }
    if variable("WRITES_DECIDED").is_some() {
        let _ = JOURNAL.set(journal);
    }
    xtask::observe_steps(|| {
        if let Some((journal, place)) = OBSTACLE.get()
            && journal.exists()
        {
            fs::create_dir_all(place).unwrap();
        }
        if JOURNAL.get().is_some_and(|journal| !journal.exists()) {
            return;
        }
        if STEPS_LEFT.fetch_sub(1, Ordering::SeqCst) == 0 {
            println!("{STOPPED}");
            // Whoever started this ends it.
            std::thread::sleep(Duration::from_secs(60));
        }
    });
    let (code, said) = match from {
        Some(from) => {
            let places = ["--manifest", &manifest, "--out", &out];
            command::run(&[["update", "--from", &from].as_slice(), &places].concat())
        }
        None if manifest.ends_with(".toml") => {
            regenerate(Path::new(&manifest), Path::new(&out), &[])
        }
        None => generate(Path::new(&manifest), Path::new(&out), &[]),
    };
    println!("{said}");
    std::process::exit(code.into());
}

/// A folder that held one set of clients, and should hold another.
struct Project {
    folder: TempDir,
    /// All that it held.
    old: Vec<(PathBuf, Vec<u8>)>,
    /// All that it should hold.
    new: Vec<(PathBuf, Vec<u8>)>,
}

impl Project {
    fn new() -> Self {
        let mut project = Self {
            folder: folder_in_memory(),
            old: Vec::new(),
            new: Vec::new(),
        };
        project.manifest(
            "old",
            &[
                ("changed", "media"),
                ("gone", "no_types"),
                ("same", "no_types"),
            ],
        );
        project.manifest(
            "new",
            &[
                ("changed", "no_types"),
                ("same", "no_types"),
                ("added", "no_types"),
            ],
        );
        project.manifest("wrong", &[("changed", "no such document")]);
        assert_eq!(project.run("new").0, xtask::DONE);
        project.new = project.everything();
        project.make_old();
        project.old = project.everything();
        project
    }

    /// Writes a manifest, whose clients are made of fixtures.
    fn manifest(&self, name: &str, clients: &[(&str, &str)]) {
        let fixtures = fs::canonicalize(workspace().join("tests/fixtures/accepted")).unwrap();
        let entry = |(client, fixture): &(&str, &str)| {
            let source = fixtures.join(format!("{fixture}.json"));
            format!("[[client]]\nname = \"{client}\"\nsource = {source:?}\noperations = [\"**\"]\n")
        };
        let text: String = clients.iter().map(entry).collect();
        fs::write(self.path(name), text).unwrap();
    }

    fn path(&self, manifest: &str) -> PathBuf {
        self.folder.path().join(manifest).with_extension("toml")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn everything(&self) -> Vec<(PathBuf, Vec<u8>)> {
        everything(&self.out())
    }

    /// Makes the folder what it was before.
    fn make_old(&self) {
        let _ = fs::remove_dir_all(self.out());
        assert_eq!(self.run("old").0, xtask::DONE);
    }

    /// Makes the folder what it was before, and begins to write: some files have changed, others have not.
    fn interrupt(&self) {
        self.make_old();
        let mut process = self.process("new");
        assert!(kill_before(process.env("WRITES_DECIDED", ""), 3));
        assert!(self.out().join(".xtask-write/journal").exists());
    }

    fn run(&self, manifest: &str) -> (u8, String) {
        regenerate(&self.path(manifest), &self.out(), &[])
    }

    /// The process that writes the clients of a manifest.
    fn process(&self, manifest: &str) -> Command {
        process(&self.path(manifest), &self.out())
    }

    /// Every file is what it was or what it should be, and nothing else is there but the hidden folder.
    fn assert_every_file_is_whole(&self, what: &str) {
        for file in self.everything() {
            let prepared = file.0.starts_with(self.out().join(".xtask-write"));
            let whole = self.old.contains(&file) || self.new.contains(&file);
            assert!(prepared || whole, "{what}: {:?}", file.0);
        }
    }

    /// The next run completes the write or takes it back, even if it writes nothing itself.
    fn assert_the_next_run_makes_it_whole(&self, what: &str) -> bool {
        let (code, said) = self.run("wrong");
        assert_eq!(code, xtask::FAILED, "{what}: {said}");
        let found = self.everything();
        assert!(
            found == self.old || found == self.new,
            "{what}: a mixture: {said}"
        );
        let (code, said) = self.run("new");
        assert_eq!(code, xtask::DONE, "{what}: {said}");
        assert_eq!(self.everything(), self.new, "{what}: {said}");
        found == self.new
    }
}

/// The process that writes the clients of a manifest, or the crate of a spec.
pub fn process(of: &Path, out: &Path) -> Command {
    let mut process = Command::new(std::env::current_exe().unwrap());
    prepare(&mut process, of, out);
    process
}

fn prepare(process: &mut Command, of: &Path, out: &Path) {
    process
        .args(["--exact", PROCESS, "--ignored", "--nocapture"])
        .env("WRITES_MANIFEST", of)
        .env("WRITES_OUT", out)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
}

/// Kills a process before one of its steps; returns whether it came so far.
pub fn kill_before(process: &mut Command, step: usize) -> bool {
    let (mut child, stopped) = stop_before(process, step);
    child.kill().unwrap();
    child.wait().unwrap();
    stopped
}

/// A folder in memory, where the system has such: tasks wait for the disk, and here are hundreds of them.
fn folder_in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// Starts a process that stops before one of its steps; returns whether it came so far.
fn stop_before(process: &mut Command, step: usize) -> (Child, bool) {
    let mut child = process
        .env("WRITES_STEPS", step.to_string())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let stopped = lines
        .map_while(Result::ok)
        .any(|line| line.contains(STOPPED));
    (child, stopped)
}
