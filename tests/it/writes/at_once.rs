//! Several tasks that write to one folder.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Child;
use std::time::Duration;

use super::{Project, stop_before};

#[test]
fn concurrent_tasks_all_succeed_and_leave_the_clients_of_one() {
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
