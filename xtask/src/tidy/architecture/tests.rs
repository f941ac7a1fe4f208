//! Tables of crates beside small invented workspaces.

use super::{super::packages::parse, *};
use crate::tidy::tree::File;

/// A workspace in which `server` uses `crowd` and `sale`, and `crowd` uses `sale`, beside these rows.
fn faults(rows: &str) -> Vec<String> {
    let package = |name: &str, uses: &[&str]| {
        let uses: Vec<_> = uses.iter().map(|used| serde_json::json!({ "name": used })).collect();
        serde_json::json!({ "name": name, "dependencies": uses })
    };
    let mut crowd = package("crowd", &["sale", "libm"]);
    let only_for_tests = serde_json::json!({ "name": "server", "kind": "dev" });
    crowd["dependencies"].as_array_mut().unwrap().push(only_for_tests);
    let packages = [package("server", &["crowd", "sale", "tokio"]), crowd, package("sale", &[])];
    let metadata = serde_json::json!({ "packages": packages }).to_string();
    let text = format!(
        "# Map\n\n| crate | uses | what |\n| --- | --- | --- |\n{rows}\nText.\n\n| `other` | |\n"
    );
    let tree = Tree { files: vec![File::new(DOCUMENT, text.into_bytes())] };
    check(&parse(&metadata).unwrap(), &tree).iter().map(ToString::to_string).collect()
}

#[test]
fn a_table_like_the_manifests_is_right() {
    let rows =
        "| `server` | `crowd`, `sale` | Tells `tokio`. |\n| `crowd` | `sale` | |\n| `sale` | | |\n";
    assert!(faults(rows).is_empty(), "{:?}", faults(rows));
}

#[test]
fn a_missing_and_a_surplus_edge_are_faults() {
    let rows = "| `server` | `crowd` | |\n| `crowd` | `sale`, `libm` | |\n| `sale` | | |\n";
    assert_eq!(
        faults(rows),
        [
            "docs/ARCHITECTURE.md:5: `server` uses `sale`: add it to the row",
            "docs/ARCHITECTURE.md:6: `crowd` does not use `libm`: remove it from the row",
        ]
    );
}

#[test]
fn every_crate_has_a_row_and_every_row_a_crate() {
    let rows = "| `server` | `crowd`, `sale` | |\n| `sale` | | |\n| `common` | | |\n";
    assert_eq!(
        faults(rows),
        [
            "docs/ARCHITECTURE.md:1: the table of crates lacks a row for `crowd`",
            "docs/ARCHITECTURE.md:7: there is no crate `common`: remove the row",
        ]
    );
}

#[test]
fn a_crate_stands_below_all_that_use_it() {
    let rows = "| `sale` | | |\n| `server` | `crowd`, `sale` | |\n| `crowd` | `sale` | |\n";
    assert_eq!(
        faults(rows),
        [
            "docs/ARCHITECTURE.md:6: `server` uses `sale`: move its row above that one",
            "docs/ARCHITECTURE.md:7: `crowd` uses `sale`: move its row above that one",
        ]
    );
}
