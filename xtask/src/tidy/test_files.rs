//! No forgotten test: Cargo never compiles a file of an integration test that no `mod` declares.

use super::{
    lines::numbered,
    tree::{Fault, File, Tree},
};

const FOLDER: &str = "/tests/it/";

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    tree.texts_with("rs").filter_map(|(file, _)| check_file(tree, file)).collect()
}

fn check_file(tree: &Tree, file: &File) -> Option<Fault> {
    let (parent, module) = declaration(&file.path)?;
    let is_declared = tree.text(&parent).is_some_and(|text| declares(text, module));
    (!is_declared).then(|| {
        file.fault(1, format!("this file is never compiled: write `mod {module};` in {parent}"))
    })
}

/// The file that must declare this one, and the module's name; `None` for a file that needs no declaration.
fn declaration(path: &str) -> Option<(String, &str)> {
    let inside = path.find(FOLDER)? + FOLDER.len();
    let module = path[inside..].strip_suffix(".rs")?;
    match module.rsplit_once('/') {
        None if module == "main" => None,
        None => Some((format!("{}main.rs", &path[..inside]), module)),
        Some((folder, name)) => Some((format!("{}{folder}.rs", &path[..inside]), name)),
    }
}

fn declares(text: &str, module: &str) -> bool {
    let declaration = format!("mod {module};");
    numbered(text).any(|(_, line)| {
        let line = line.trim().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        line == declaration
    })
}
