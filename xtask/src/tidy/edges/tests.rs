//! Edges between the crates of small invented workspaces.

use super::check;
use crate::tidy::packages::parse;

/// The faults of a workspace. Each line is a crate: `name: used used dev=used`.
fn faults(lines: &[&str], lock: &str) -> Vec<String> {
    let packages: Vec<serde_json::Value> = lines
        .iter()
        .map(|line| {
            let (name, used) = line.split_once(':').unwrap();
            let used: Vec<_> = used
                .split_whitespace()
                .map(|word| match word.strip_prefix("dev=") {
                    Some(name) => serde_json::json!({ "name": name, "kind": "dev" }),
                    None => serde_json::json!({ "name": word, "kind": null }),
                })
                .collect();
            serde_json::json!({ "name": name, "dependencies": used })
        })
        .collect();
    let metadata = serde_json::json!({ "packages": packages }).to_string();
    check(&parse(&metadata).unwrap(), lock).iter().map(ToString::to_string).collect()
}

#[test]
fn the_agreed_edges_are_allowed() {
    let lines =
        ["sale: libm", "crowd: sale", "scenario: sale crowd", "journal: sale rusqlite dev=crowd"];
    assert!(faults(&lines, "").is_empty());
}

#[test]
fn an_edge_against_the_arrows_is_a_fault() {
    let found = faults(&["sale: crowd", "crowd: sale"], "");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("crates/sale/Cargo.toml:1: sale may not use crowd"));
    assert_eq!(faults(&["xtask: sale", "sale:"], "").len(), 1);
    assert_eq!(faults(&["journal: gauntlet", "gauntlet:"], "").len(), 1);
    assert_eq!(faults(&["sale: dev=tingting", "tingting:"], "").len(), 1);
}

#[test]
fn an_unknown_crate_is_a_fault() {
    let found = faults(&["common:"], "");
    assert!(found[0].contains("list in xtask/src/tidy/edges.rs"), "{found:?}");
}

#[test]
fn a_runtime_is_found_through_other_crates() {
    let lock = "[[package]]\nname = \"db\"\ndependencies = [\n \"pool 1.0.0\",\n]\n\
                [[package]]\nname = \"pool\"\ndependencies = [\n \"tokio\",\n]\n";
    let found = faults(&["sale:", "journal: sale db", "tingting: db"], lock);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].ends_with("journal must not reach tokio: journal → db → pool → tokio"),
        "{found:?}"
    );
    assert!(faults(&["sale: dev=db"], lock).is_empty());
}

#[test]
fn a_crate_that_only_computes_reaches_no_file_and_no_socket() {
    let lock = "[[package]]\nname = \"pool\"\ndependencies = [\n \"mio\",\n]\n";
    let found =
        faults(&["sale:", "crowd: sale pool", "protocol:", "practice: crowd protocol"], lock);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].ends_with("crowd must not reach mio: crowd → pool → mio"), "{found:?}");
    assert!(found[1].ends_with("practice must not reach mio: practice → crowd → pool → mio"));
    assert!(
        faults(&["protocol: dev=rusqlite", "journal: rusqlite", "server: axum"], "").is_empty()
    );
}

#[test]
fn practice_takes_scenarios_for_its_tests_alone() {
    let others = ["sale:", "crowd: sale", "scenario: crowd", "protocol:"];
    let with = |practice| faults(&[&others[..], &[practice]].concat(), "");
    assert!(with("practice: crowd protocol dev=scenario").is_empty());
    assert_eq!(with("practice: crowd protocol scenario").len(), 1);
}
