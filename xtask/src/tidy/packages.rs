//! The crates of the project, read from their manifests.

use anyhow::Context as _;
use serde_json::Value;

use super::tree::Fault;
use crate::process::{capture, cargo};

/// A crate of ours and what it names in its manifest.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) dependencies: Vec<Dependency>,
}

/// A crate that another one names.
pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) only_for_tests: bool,
}

/// The packages of the workspace, read from their manifests alone: nothing is resolved or downloaded.
pub(super) fn read() -> anyhow::Result<Vec<Package>> {
    let args = ["metadata", "--format-version", "1", "--no-deps", "--offline", "--locked"];
    parse(&capture(&mut cargo(&args))?)
}

impl Package {
    /// A fault in its manifest.
    pub(super) fn fault(&self, message: &str) -> Fault {
        let path = match self.name.as_str() {
            name @ ("fuzz" | "xtask") => format!("{name}/Cargo.toml"),
            name => format!("crates/{name}/Cargo.toml"),
        };
        Fault { path, line: 1, message: message.to_owned() }
    }

    /// The crates that end up in this one; those for its tests alone do not.
    pub(super) fn built_on(&self) -> impl Iterator<Item = &str> {
        self.dependencies.iter().filter(|used| !used.only_for_tests).map(|used| used.name.as_str())
    }
}

/// Reads what `cargo metadata` prints.
pub(super) fn parse(metadata: &str) -> anyhow::Result<Vec<Package>> {
    let metadata: Value = serde_json::from_str(metadata).context("cargo metadata is not JSON")?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    packages.iter().map(parse_package).collect()
}

fn parse_package(package: &Value) -> anyhow::Result<Package> {
    let name = package["name"].as_str().context("a package without a name")?;
    let dependencies = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(Package {
        name: name.to_owned(),
        dependencies: dependencies
            .iter()
            .filter_map(|dependency| {
                let name = dependency["name"].as_str()?.to_owned();
                Some(Dependency { name, only_for_tests: dependency["kind"] == "dev" })
            })
            .collect(),
    })
}
