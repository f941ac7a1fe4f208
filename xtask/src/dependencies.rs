//! What we depend on: that all of it is used, and that its licences, sources and known faults are acceptable.

use std::process::Command;

use crate::{
    output,
    process::{root, step, succeeds},
    stage::{Finish, Stage},
    tools::{self, CargoTool},
    web,
};

/// Every dependency is used, in Rust and in the web client.
pub(crate) const UNUSED: Stage = Stage { name: "unused", run: unused };
/// Every dependency is acceptable by `deny.toml`.
pub(crate) const DENY: Stage = Stage { name: "deny", run: deny };

/// Later versions need a newer Rust than ours. cargo-machete, its rival, overlooks what only the workspace names.
const SHEAR: CargoTool = CargoTool {
    name: "cargo-shear",
    version: "1.12.0",
    purpose: "which finds dependencies that nothing uses",
};

const CARGO_DENY: CargoTool = CargoTool {
    name: "cargo-deny",
    version: "0.20.2",
    purpose: "which checks licences, sources and advisories",
};

fn unused() -> anyhow::Result<Finish> {
    step(Command::new(tools::ensure_cargo_tool(&SHEAR)?).arg("--locked").current_dir(root()))?;
    web::unused()
}

fn deny() -> anyhow::Result<Finish> {
    let program = tools::ensure_cargo_tool(&CARGO_DENY)?;
    let cargo_deny = |args: &[&str]| {
        let mut command = Command::new(&program);
        command.arg("--locked").args(args).current_dir(root());
        command
    };
    step(&mut cargo_deny(&["check", "bans", "licenses", "sources"]))?;
    output::line("fetching the advisories, which are a repository at github.com");
    if !succeeds(&mut cargo_deny(&["fetch", "db"])) {
        let reason = "the advisories, because their repository at github.com cannot be reached";
        return Ok(Finish::PassedWithout(reason.to_owned()));
    }
    step(&mut cargo_deny(&["check", "--disable-fetch", "advisories"]))?;
    Ok(Finish::Passed)
}
