//! Builds some crates for targets without an operating system.
//!
//! What builds for a microcontroller cannot reach `std` at all. For a browser `std` compiles, though its clock, files and
//! threads fail there when they run; tidy refuses those.

use std::process::Command;

use crate::{
    process::{capture, cargo, root, step},
    stage::{Finish, Stage},
    tidy::{bare_crates, pure_crates},
};

/// Builds every crate that must run without an operating system, for every such target that is installed.
pub(crate) const WITHOUT_STD: Stage = Stage { name: "without std", run: without_std };

/// A target, and the crates that must build for it.
struct Bare {
    target: &'static str,
    crates: &'static [&'static str],
}

/// A microcontroller, and a browser.
const BARE: [Bare; 2] = [
    Bare { target: "thumbv7em-none-eabi", crates: &bare_crates::CRATES },
    Bare { target: "wasm32-unknown-unknown", crates: &pure_crates::CRATES },
];

fn without_std() -> anyhow::Result<Finish> {
    let Ok(installed) = capture(Command::new("rustup").args(["target", "list", "--installed"]))
    else {
        return Ok(Finish::Skipped(
            "because rustup, which lists the targets, is missing".to_owned(),
        ));
    };
    let (there, missing): (Vec<&Bare>, Vec<&Bare>) =
        BARE.iter().partition(|bare| installed.lines().any(|line| line == bare.target));
    for bare in &there {
        let written = bare.crates.iter().filter(|name| root().join("crates").join(name).is_dir());
        for name in written {
            step(&mut cargo(&["check", "--package", name, "--target", bare.target]))?;
        }
    }
    let missing: Vec<&str> = missing.iter().map(|bare| bare.target).collect();
    let hint = format!("not installed: run `rustup target add {}`", missing.join(" "));
    Ok(match (there.as_slice(), missing.as_slice()) {
        (_, []) => Finish::Passed,
        ([], _) => Finish::Skipped(format!("because no target is there to build for ({hint})")),
        (_, missing) => Finish::PassedWithout(format!("{}, which is {hint}", missing.join(", "))),
    })
}
