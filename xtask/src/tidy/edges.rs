//! Which of our crates may use which, and what some of them may never reach.

use std::collections::{BTreeMap, BTreeSet};

use super::{packages::Package, pure_crates, tree::Fault};

/// Each of our crates, and which of our crates it may use.
///
/// This is about normal dependencies. The tests of a crate may use any crate except those in [`NOT_FOR_TESTS`].
const ALLOWED: [(&str, &[&str]); 13] = [
    ("sale", &[]),
    ("catalogue", &["sale"]),
    ("crowd", &["sale"]),
    ("protocol", &[]),
    ("practice", &["sale", "crowd", "protocol"]),
    ("scenario", &["sale", "crowd"]),
    ("journal", &["sale"]),
    (
        "server",
        &["sale", "catalogue", "crowd", "practice", "scenario", "journal", "protocol", "recording"],
    ),
    ("recording", &["sale", "practice", "journal"]),
    ("tingting", &["sale", "crowd", "practice", "scenario", "journal", "recording", "server"]),
    ("gauntlet", &["sale", "crowd", "practice", "scenario", "journal", "protocol"]),
    (
        "fuzz",
        &["sale", "crowd", "practice", "scenario", "journal", "protocol", "recording", "server"],
    ),
    ("xtask", &[]),
];

/// Crates that not even the tests of another crate may use.
const NOT_FOR_TESTS: [&str; 3] = ["fuzz", "tingting", "xtask"];

/// Crates that use no scheduler of tasks, because its order would be chance. [`pure_crates`] use none either.
const WITHOUT_RUNTIME: [&str; 4] = ["scenario", "journal", "recording", "gauntlet"];

/// Crates that schedule tasks.
const RUNTIMES: [&str; 1] = ["tokio"];

/// Crates that reach a file, a socket or the system's random numbers.
const OUTSIDE: [&str; 11] = [
    "axum",
    "getrandom",
    "hyper",
    "libsqlite3-sys",
    "mio",
    "reqwest",
    "rusqlite",
    "rustix",
    "sea-orm",
    "sqlx",
    "tokio",
];

/// Uses that only others switch on, and that a crate's own build does not have: from which crate to which. The curves of
/// `openidconnect`, which only the server uses, let `crypto-common` draw keys; a hash draws nothing.
const ONLY_FOR_OTHERS: [(&str, &str); 2] =
    [("crypto-common", "getrandom"), ("crypto-common", "rand_core")];

pub(super) fn check(packages: &[Package], lock: &str) -> Vec<Fault> {
    let ours: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let locked = parse_lock(lock);
    let mut faults = Vec::new();
    for package in packages {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            faults.push(package.fault("list in xtask/src/tidy/edges.rs what this crate may use"));
            continue;
        };
        for dependency in
            package.dependencies.iter().filter(|used| ours.contains(used.name.as_str()))
        {
            let is_allowed = if dependency.only_for_tests {
                !NOT_FOR_TESTS.contains(&dependency.name.as_str())
            } else {
                allowed.contains(&dependency.name.as_str())
            };
            if !is_allowed {
                faults.push(package.fault(&format!(
                    "{} may not use {}: move the code, or decide otherwise in docs/decisions/",
                    package.name, dependency.name
                )));
            }
        }
        if let Some(path) = path_to_any(package, forbidden(&package.name), packages, &locked) {
            let end = path.last().copied().unwrap_or_default();
            let path = path.join(" → ");
            faults.push(package.fault(&format!("{} must not reach {end}: {path}", package.name)));
        }
    }
    faults
}

/// What a crate may not use, neither directly nor through other crates.
fn forbidden(name: &str) -> &'static [&'static str] {
    if pure_crates::CRATES.contains(&name) {
        &OUTSIDE
    } else if WITHOUT_RUNTIME.contains(&name) {
        &RUNTIMES
    } else {
        &[]
    }
}

/// The names of the crates from this one to one of the targets; `None` if it reaches none.
///
/// The lock file holds the features of the whole workspace together. So the path may lead through a dependency that this
/// crate does not switch on by itself, but the workspace does.
fn path_to_any<'a>(
    package: &'a Package,
    targets: &[&str],
    packages: &'a [Package],
    locked: &BTreeMap<&'a str, Vec<&'a str>>,
) -> Option<Vec<&'a str>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut waiting = vec![package.name.as_str()];
    while let Some(name) = waiting.pop() {
        if targets.contains(&name) {
            let steps = std::iter::successors(Some(name), |name| came_from.get(name).copied());
            let mut steps: Vec<&str> = steps.collect();
            steps.reverse();
            return Some(steps);
        }
        let used: Vec<&str> = match packages.iter().find(|package| package.name == name) {
            Some(ours) => ours.built_on().collect(),
            None => locked.get(name).cloned().unwrap_or_default(),
        };
        for next in used {
            let is_of_others = ONLY_FOR_OTHERS.contains(&(name, next));
            if next != package.name && !is_of_others && !came_from.contains_key(next) {
                came_from.insert(next, name);
                waiting.push(next);
            }
        }
    }
    None
}

/// What each locked package uses, by name. All versions of a package count as one.
fn parse_lock(lock: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut used: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut package = "";
    for line in lock.lines() {
        if let Some(name) = line.strip_prefix("name = \"") {
            package = name.trim_end_matches('"');
        } else if let Some(dependency) = line.strip_prefix(" \"") {
            // `"name"`, or `"name version"` where versions differ.
            let name = dependency.split([' ', '"']).next().unwrap_or_default();
            used.entry(package).or_default().push(name);
        }
    }
    used
}

#[cfg(test)]
mod tests;
