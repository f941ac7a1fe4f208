//! Every crate uses the lints of the workspace.

use super::tree::{Fault, File, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    tree.texts_with("toml")
        .filter(|(file, _)| is_member_manifest(file))
        .filter(|(_, text)| !inherits_lints(text))
        .map(|(file, text)| {
            file.fault(text.lines().count(), "add `[lints]` with `workspace = true`")
        })
        .collect()
}

/// The manifest in the root has no package.
fn is_member_manifest(file: &File) -> bool {
    matches!(file.path.as_str(), "fuzz/Cargo.toml" | "xtask/Cargo.toml")
        || file.path.starts_with("crates/") && file.path.ends_with("/Cargo.toml")
}

fn inherits_lints(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim);
    lines.by_ref().any(|line| line == "[lints]")
        && lines.take_while(|line| !line.starts_with('[')).any(|line| line == "workspace = true")
        || manifest.lines().any(|line| line.trim() == "lints.workspace = true")
}
