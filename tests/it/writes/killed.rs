//! A task that is killed, or that cannot go on: all or nothing.

use std::collections::BTreeSet;
use std::fs;

use super::{Project, kill_before};
use crate::support::regenerate;

#[test]
fn a_task_that_is_killed_before_any_step_leaves_all_or_nothing() {
    let project = Project::new();
    let (mut step, mut completed) = (0, BTreeSet::new());
    loop {
        project.make_old();
        if !kill_before(&mut project.process("new"), step) {
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
    for step in 0..500 {
        project.interrupt();
        if !kill_before(&mut project.process("wrong"), step) {
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
fn a_write_that_cannot_be_completed_is_undone() {
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
        if !kill_before(&mut obstructed(), step) {
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
fn a_check_sees_a_write_that_was_interrupted_and_changes_nothing() {
    let project = Project::new();
    project.interrupt();
    let before = project.everything();
    let (code, said) = regenerate(&project.path("new"), &project.out(), &["--check"]);
    assert!(
        code == xtask::FAILED && said.contains("was interrupted"),
        "{said}"
    );
    assert_eq!(project.everything(), before);
}
