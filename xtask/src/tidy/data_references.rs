//! No unused data: code or other data names every TOML file in `data/`.

use super::tree::{Fault, File, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    tree.texts_with("toml")
        .filter(|(file, _)| file.path.starts_with("data/"))
        .filter_map(|(file, _)| check_file(tree, file))
        .collect()
}

fn check_file(tree: &Tree, file: &File) -> Option<Fault> {
    let name = file.path.rsplit('/').next()?.strip_suffix(".toml")?;
    let is_named = tree
        .texts()
        .filter(|(other, _)| other.path != file.path && may_name_data(other))
        .any(|(_, text)| names(text, name));
    (!is_named).then(|| {
        file.fault(1, format!("no code and no other data names `{name}`: use it, or delete it"))
    })
}

fn may_name_data(file: &File) -> bool {
    // The tests of xtask hold invented examples.
    let is_code = file.extension() == Some("rs") && !file.path.starts_with("xtask/");
    is_code || file.path.starts_with("data/")
}

/// Whether the text holds the name in quotes, alone or at the end of a path.
fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = &text[at + name.len()..];
        matches!(before, Some('"' | '\'' | '/'))
            && (after.starts_with(['"', '\'']) || after.starts_with(".toml"))
    })
}
