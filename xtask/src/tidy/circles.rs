//! No circles: if one module of a crate uses another, the other does not use the first, not even through a third.
//!
//! A module uses another when its code names something that the other defines. It does not matter which way the name
//! takes: a name that `lib.rs` passes on with `pub use` counts as a use of the module that defines it. Passing a name
//! on with `pub use` is no use by itself. Tests are left out. Methods are not seen, because their calls name no module.

use super::tree::{Fault, Tree};

mod graph;
mod modules;

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let is_root = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        path.ends_with("/src/lib.rs")
            || path.ends_with("/src/main.rs")
            || path.contains("/src/bin/") && path.matches('/').count() == 4 && name != "mod.rs"
    };
    tree.texts_with("rs")
        .filter(|(file, _)| is_root(&file.path))
        .flat_map(|(file, _)| check_program(tree, &file.path))
        .collect()
}

/// Checks the library or the program whose first file is `root`.
fn check_program(tree: &Tree, root: &str) -> Vec<Fault> {
    let folder = root.split("/src/").next().unwrap_or_default();
    let name = folder.rsplit('/').next().unwrap_or_default();
    let program = modules::Program::read(tree, name, root);
    let edges = program.edges();
    graph::circles(&edges).iter().map(|circle| fault(&program, &edges, circle)).collect()
}

fn fault(program: &modules::Program<'_>, edges: &graph::Edges, circle: &[usize]) -> Fault {
    let steps = circle.iter().zip(circle.iter().cycle().skip(1));
    let places: Vec<(&str, usize)> =
        steps.map(|(from, to)| (program.file(*from), edges[&(*from, *to)])).collect();
    let names: Vec<&str> =
        circle.iter().chain(circle.first()).map(|&at| program.name(at)).collect();
    let told: Vec<String> = places.iter().map(|(file, line)| format!("{file}:{line}")).collect();
    let (path, line) = places[0];
    Fault {
        path: path.to_owned(),
        line,
        message: format!(
            "modules use each other in a circle: {} (at {}): move what they share into a module of its own",
            names.join(" → "),
            told.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests;
