//! What a task writes is whole, whatever ends or hinders it, and however many run at once.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tempfile::TempDir;

use crate::support::{everything, regenerate, workspace};

/// The test below that runs a task in a process of its own.
const PROCESS: &str = "writes::a_process_of_its_own";
/// What it prints where it stops.
const STOPPED: &str = "stopped before a step";

/// How many changes of the disk are left until the process stops.
static STEPS_LEFT: AtomicI64 = AtomicI64::new(i64::MAX);
/// What gets in the way as soon as a write was decided on: a folder at this place.
static OBSTACLE: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();

#[test]
#[ignore = "the other tests of this file start it, in a process of its own"]
fn a_process_of_its_own() {
    let variable = |name: &str| std::env::var(name).ok();
    let (Some(manifest), Some(out)) = (variable("WRITES_MANIFEST"), variable("WRITES_OUT")) else {
        println!("nothing to do: the other tests of this file start this one");
        return;
    };
    if let Some(steps) = variable("WRITES_STEPS") {
        STEPS_LEFT.store(steps.parse().unwrap(), Ordering::SeqCst);
    }
    if let Some(obstacle) = variable("WRITES_OBSTACLE") {
        let journal = Path::new(&out).join(".xtask-write/journal");
        let _ = OBSTACLE.set((journal, obstacle.into()));
    }
    xtask::observe_steps(|| {
        if let Some((journal, place)) = OBSTACLE.get()
            && journal.exists()
        {
            fs::create_dir_all(place).unwrap();
        }
        if STEPS_LEFT.fetch_sub(1, Ordering::SeqCst) == 0 {
            println!("{STOPPED}");
            // Whoever started this ends it.
            std::thread::sleep(Duration::from_secs(60));
        }
    });
    let (code, said) = regenerate(Path::new(&manifest), Path::new(&out), &[]);
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

    fn run(&self, manifest: &str) -> (u8, String) {
        regenerate(&self.path(manifest), &self.out(), &[])
    }

    /// The process that writes the clients of a manifest.
    fn process(&self, manifest: &str) -> Command {
        let mut process = Command::new(std::env::current_exe().unwrap());
        process.args(["--exact", PROCESS, "--ignored", "--nocapture"]);
        self.prepare(&mut process, manifest);
        process
    }

    fn prepare(&self, process: &mut Command, manifest: &str) {
        process
            .env("WRITES_MANIFEST", self.path(manifest))
            .env("WRITES_OUT", self.out())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
    }

    /// Kills such a process before one of its steps; returns whether it came so far.
    fn kill_before(&self, process: &mut Command, step: usize) -> bool {
        let (mut child, stopped) = stop_before(process, step);
        child.kill().unwrap();
        child.wait().unwrap();
        stopped
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

#[test]
fn a_task_that_is_killed_before_any_step_leaves_all_or_nothing() {
    let project = Project::new();
    let (mut step, mut completed) = (0, BTreeSet::new());
    loop {
        project.make_old();
        if !project.kill_before(&mut project.process("new"), step) {
            break;
        }
        let what = format!("killed before step {step}");
        project.assert_every_file_is_whole(&what);
        completed.insert(project.assert_the_next_run_makes_it_whole(&what));
        step += 1;
        assert!(step < 500, "the task has no end");
    }
    assert!(step > 40, "only {step} steps were seen");
    assert_eq!(completed.len(), 2, "each write was completed, or none");
    assert_eq!(project.everything(), project.new);
}

#[test]
fn a_task_that_is_killed_while_it_completes_a_write_leaves_all_or_nothing() {
    let project = Project::new();
    // The last step but few is one at which files change.
    let journal = project.out().join(".xtask-write/journal");
    let first = (0..500).find(|step| {
        project.make_old();
        project.kill_before(&mut project.process("new"), *step);
        journal.exists()
    });
    let first = first.expect("there is a step at which the write is decided");
    for step in 0..500 {
        project.make_old();
        project.kill_before(&mut project.process("new"), first + 3);
        if !project.kill_before(&mut project.process("wrong"), step) {
            assert!(step > 10, "only {step} steps were seen");
            return;
        }
        let what = format!("killed before step {step} of the next run");
        project.assert_every_file_is_whole(&what);
        assert!(
            project.assert_the_next_run_makes_it_whole(&what) || step == 0,
            "{what}"
        );
    }
    panic!("the task has no end");
}

#[test]
fn a_write_that_cannot_be_completed_is_taken_back() {
    let project = Project::new();
    let obstacle = project.out().join("same/client.rs");
    let obstructed = || {
        let mut process = project.process("new");
        process.env("WRITES_OBSTACLE", &obstacle);
        process
    };
    // Something of each kind has changed before it comes to the client called `same`, which is new.
    project.manifest("old", &[("changed", "media"), ("gone", "no_types")]);
    let _ = fs::remove_dir_all(project.out());
    project.run("old");
    let old = project.everything();
    let output = obstructed().output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(xtask::FAILED.into()), "{said}");
    assert!(said.contains("same") && said.contains("help: "), "{said}");
    fs::remove_dir_all(project.out().join("same")).unwrap();
    assert_eq!(project.everything(), old, "{said}");

    // It may be killed while it does so, too.
    for step in 0..500 {
        let _ = fs::remove_dir_all(project.out());
        project.run("old");
        if !project.kill_before(&mut obstructed(), step) {
            assert!(step > 40, "only {step} steps were seen");
            return;
        }
        let _ = fs::remove_dir_all(&obstacle);
        let said = project.run("wrong").1;
        let _ = fs::remove_dir(project.out().join("same"));
        let found = project.everything();
        assert!(
            found == old || found == project.new,
            "step {step}: a mixture: {said}"
        );
    }
    panic!("the task has no end");
}

#[test]
fn three_tasks_at_once_all_succeed_and_leave_the_clients_of_one() {
    let project = Project::new();
    let fixtures = ["media", "no_types", "numbers"];
    let mut wanted = Vec::new();
    for fixture in fixtures {
        project.manifest(fixture, &[("one", fixture), ("two", fixture)]);
        let _ = fs::remove_dir_all(project.out());
        project.run(fixture);
        wanted.push(project.everything());
    }
    for round in 0..10 {
        let _ = fs::remove_dir_all(project.out());
        let start = |fixture: &&str| project.process(fixture).spawn().unwrap();
        let started: Vec<Child> = fixtures.iter().map(start).collect();
        for child in started {
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert_eq!(output.status.code(), Some(0), "round {round}: {said}");
        }
        assert!(
            wanted.contains(&project.everything()),
            "round {round}: a mixture"
        );
    }
}

#[test]
fn a_task_says_which_process_it_waits_for() {
    let project = Project::new();
    let (mut holder, stopped) = stop_before(&mut project.process("new"), 8);
    assert!(stopped && project.out().join(".xtask-write").exists());
    let mut other = project.process("new").spawn().unwrap();
    let mut lines = BufReader::new(other.stdout.take().unwrap()).lines();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(other.try_wait().unwrap(), None, "it waits for nobody");
    let process = format!("waiting for process {}", holder.id());
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(lines.any(|line| line.unwrap().contains(&process)));
    assert!(other.wait().unwrap().success());
    assert_eq!(project.everything(), project.new);
}

#[test]
fn a_check_sees_a_write_that_was_interrupted_and_changes_nothing() {
    let project = Project::new();
    let journal = project.out().join(".xtask-write/journal");
    let interrupted = (0..500).any(|step| {
        project.make_old();
        project.kill_before(&mut project.process("new"), step);
        journal.exists()
    });
    assert!(interrupted);
    let before = project.everything();
    let (code, said) = regenerate(&project.path("new"), &project.out(), &["--check"]);
    assert!(
        code == xtask::FAILED && said.contains("was interrupted"),
        "{said}"
    );
    assert_eq!(project.everything(), before);
}

#[test]
fn an_unfinished_write_reaches_no_file_outside_of_its_folder() {
    let project = Project::new();
    let outside = project.folder.path().join("outside.rs");
    fs::write(&outside, "mine").unwrap();
    let (staging, hidden) = (
        project.out().join(".xtask-write"),
        project.out().join(".mine"),
    );
    for path in [
        "../outside.rs",
        outside.to_str().unwrap(),
        "same/../../outside.rs",
        ".mine",
        "",
    ] {
        fs::create_dir_all(&staging).unwrap();
        let entry = format!("{{\"path\":{path:?},\"before\":true,\"after\":true}}");
        fs::write(
            staging.join("journal"),
            format!("{{\"about\":\"\",\"files\":[{entry}]}}"),
        )
        .unwrap();
        fs::write(staging.join("new-0"), "theirs").unwrap();
        let (code, said) = project.run("new");
        assert!(
            code == xtask::FAILED && said.contains("remove the folder"),
            "{path}: {said}"
        );
        assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
        assert!(!hidden.exists());
        fs::remove_dir_all(&staging).unwrap();
    }
}

/// Whatever is found in the hidden folder, be it part of a repository that somebody else wrote.
#[cfg(unix)]
#[test]
fn links_in_the_hidden_folder_are_not_followed() {
    let project = Project::new();
    let outside = project.folder.path().join("outside.rs");
    let staging = project.out().join(".xtask-write");
    for link in [
        "lock",
        "journal",
        "journal.part",
        "new-0",
        "new-1",
        "old-0",
        "undo",
        "",
    ] {
        project.make_old();
        fs::write(&outside, "mine").unwrap();
        if !link.is_empty() {
            fs::create_dir_all(&staging).unwrap();
        }
        if link == "new-1" {
            let entry = r#"{"path":"x","before":true,"after":true},{"path":"same/x.rs","before":false,"after":true}"#;
            fs::write(
                staging.join("journal"),
                format!(r#"{{"about":"","files":[{entry}]}}"#),
            )
            .unwrap();
        }
        let target = if link.is_empty() {
            project.folder.path().join("elsewhere")
        } else {
            outside.clone()
        };
        if link.is_empty() {
            fs::create_dir_all(&target).unwrap();
            std::os::unix::fs::symlink(&target, &staging).unwrap();
        } else {
            std::os::unix::fs::symlink(&target, staging.join(link)).unwrap();
        }
        let said = project.run("new").1;
        assert_eq!(
            fs::read_to_string(&outside).unwrap(),
            "mine",
            "{link}: {said}"
        );
        assert!(!project.out().join("same/x.rs").exists(), "{link}: {said}");
        if link.is_empty() {
            assert_eq!(everything(&target).len(), 0, "{said}");
            fs::remove_file(&staging).unwrap();
        }
        let _ = fs::remove_dir_all(&staging);
        assert_eq!(project.run("new").0, xtask::DONE, "{link}");
    }
}

#[test]
fn an_unfinished_write_overwrites_no_file_that_somebody_put_there_since() {
    let project = Project::new();
    let journal = project.out().join(".xtask-write/journal");
    (0..500).find(|step| {
        project.make_old();
        project.kill_before(&mut project.process("new"), *step);
        journal.exists()
    });
    let mine = project.out().join("added/mod.rs");
    fs::create_dir_all(mine.parent().unwrap()).unwrap();
    fs::write(&mine, "// mine\n").unwrap();
    let (code, said) = project.run("new");
    assert!(
        code == xtask::FAILED && said.contains("added/mod.rs"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&mine).unwrap(), "// mine\n");
    fs::remove_file(&mine).unwrap();
    project.assert_the_next_run_makes_it_whole("moved away");
}

#[test]
fn a_folder_that_is_called_like_ours_and_holds_something_else_stays() {
    let project = Project::new();
    let staging = project.out().join(".xtask-write");
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join("lock"), "mine\n").unwrap();
    let (code, said) = project.run("new");
    assert!(
        code == xtask::FAILED && said.contains("move it away"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(staging.join("lock")).unwrap(), "mine\n");
    fs::remove_file(staging.join("lock")).unwrap();
    fs::write(staging.join("notes"), "mine\n").unwrap();
    assert_eq!(project.run("new").0, xtask::DONE);
    assert_eq!(fs::read_to_string(staging.join("notes")).unwrap(), "mine\n");
}

/// Files may be no longer than some blocks: the shell's limit stands for a disk that is full. With and
/// without the signal that ends the process.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_all_or_nothing_and_the_next_run_works() {
    let project = Project::new();
    for ignored in ["trap '' XFSZ;", ""] {
        let mut succeeded = BTreeSet::new();
        for blocks in [0, 1, 2, 4, 8, 128] {
            project.make_old();
            let script = format!("{ignored} ulimit -f {blocks}; exec \"$@\"");
            let mut shell = Command::new("sh");
            shell.args(["-c", &script, "sh"]);
            shell.arg(std::env::current_exe().unwrap());
            shell.args(["--exact", PROCESS, "--ignored", "--nocapture"]);
            project.prepare(&mut shell, "new");
            let output = shell.output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            let what = format!("{ignored} {blocks} blocks: {said}");
            succeeded.insert(output.status.success());
            if output.status.success() {
                assert_eq!(project.everything(), project.new, "{what}");
                continue;
            }
            project.assert_every_file_is_whole(&what);
            if !ignored.is_empty() {
                assert!(said.contains("make room"), "{what}");
                assert_eq!(project.everything(), project.old, "{what}");
            }
            project.assert_the_next_run_makes_it_whole(&what);
        }
        assert_eq!(succeeded.len(), 2, "the limit met every run, or none");
    }
}
