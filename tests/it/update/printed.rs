//! What `cargo xtask update` prints, and where its entries go.

use serde_json::json;

use super::project::{Project, library, pages};

#[test]
fn a_report_for_a_program_is_all_of_standard_output() {
    let project = Project::new();
    let (code, out, err) = project.json_of_update_to(&library("2", pages()));
    assert_eq!(code, xtask::DONE, "{err}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["step"], "minor");
    assert!(err.contains("next version"), "{err}");
    // The changelog is beside the folder of the manifest.
    let changelog = project.read("CHANGELOG.md");
    assert!(changelog.contains("**library**"), "{changelog}");
}

#[test]
fn entries_go_below_the_heading_of_what_is_not_released() {
    let release = "## 0.1.0\n\nSee ## Unreleased.\n";
    for heading in ["## Unreleased", "## [Unreleased]", "## [unreleased]"] {
        let project = Project::new();
        project.write(
            "CHANGELOG.md",
            &format!("# Changelog\n\n{heading}\n\n{release}"),
        );
        project.update_to(&library("2", pages()), &[]);
        let changelog = project.read("CHANGELOG.md");
        let entry = changelog.find("**library**").unwrap();
        assert!(entry > changelog.find(heading).unwrap(), "{changelog}");
        assert!(entry < changelog.find("## 0.1.0").unwrap(), "{changelog}");
    }
    let project = Project::new();
    project.write("CHANGELOG.md", "# Changelog\n\n## Unreleased");
    project.update_to(&library("2", pages()), &[]);
    let changelog = project.read("CHANGELOG.md");
    assert!(changelog.contains("## Unreleased\n"), "{changelog}");
    assert!(changelog.contains("**library**"), "{changelog}");
    project.write(
        "CHANGELOG.md",
        &format!("# Changelog\n\n### Unreleased\n\n{release}"),
    );
    let (_, printed) = project.update_to(&library("3", json!({})), &[]);
    assert!(printed.contains("no section `Unreleased`"), "{printed}");
}

#[test]
fn what_is_wrong_with_a_document_is_told_of_that_document() {
    let project = Project::new();
    for (text, more, said) in [
        ("{", &[][..], "published.json:1:"),
        ("{}", &[], "published.json:#: this is neither"),
        (
            "{ }      ",
            &["--max-bytes", "4"],
            "published.json: it is longer than 4 bytes",
        ),
    ] {
        project.write("published.json", text);
        let from = project.path("published.json");
        let (code, printed) = project.update(from.to_str().unwrap(), more);
        assert_eq!(code, xtask::FAILED, "{printed}");
        assert!(printed.contains(said), "{printed}");
    }
}
