//! The programs that we need beside Rust, and how we install them.
//!
//! For root on a Debian machine we install what is missing and say so. Anywhere else we tell the person what to install.
//! We install nothing that we can do without.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};

use crate::{
    output,
    process::{capture, cargo, root, step, succeeds},
};

/// A program we start, directly or through a build script.
struct Tool {
    /// The command that succeeds if the program is installed.
    probe: &'static [&'static str],
    /// What it is and what it does for us. A person who has to install it reads this.
    purpose: &'static str,
    /// The Debian packages that contain it.
    packages: &'static [&'static str],
}

const C_COMPILER: Tool = Tool {
    probe: &["cc", "--version"],
    purpose: "a C compiler, which builds SQLite",
    packages: &["gcc", "libc6-dev"],
};

const GIT: Tool = Tool {
    probe: &["git", "--version"],
    purpose: "git, which tells tidy which files belong to the project",
    packages: &["git"],
};

const NODE: Tool = Tool {
    probe: &["npm", "--version"],
    purpose: "Node.js 20 or newer with npm, which builds the web client",
    packages: &["nodejs", "npm"],
};

const CHROMIUM: Tool = Tool {
    probe: &["chromium", "--version"],
    purpose: "Chromium, in which we test the web client",
    packages: &["chromium", "fonts-noto-cjk"],
};

const POSTGRES: Tool = Tool {
    // Debian keeps the server's programs in a folder of their version, out of the way of the shell.
    probe: &[
        "sh",
        "-c",
        "ls /usr/lib/postgresql/*/bin/initdb || \"$(pg_config --bindir)/initdb\" --version",
    ],
    purpose: "PostgreSQL, which the tests of the catalogue start for themselves; no service has to run",
    packages: &["postgresql"],
};

const PYTHON: Tool = Tool {
    probe: &["python3", "--version"],
    purpose: "Python 3, which runs schemathesis",
    packages: &["python3"],
};

const VENV: Tool = Tool {
    probe: &["python3", "-m", "ensurepip", "--version"],
    purpose: "the Python module ensurepip, which installs schemathesis in a folder of its own",
    packages: &["python3-venv"],
};

/// Exactly this version, so that every machine finds the same faults.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// The oldest Node.js that the web client's tools run on.
const NODE_MAJOR_MIN: u32 = 20;

/// Makes sure that the web client can be built.
pub(crate) fn ensure_for_web() -> anyhow::Result<()> {
    ensure(&[NODE])?;
    let version = capture(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    if major.and_then(|major| major.parse().ok()).is_none_or(|major: u32| major < NODE_MAJOR_MIN) {
        bail!("Node.js {} is too old: install {NODE_MAJOR_MIN} or newer", version.trim());
    }
    Ok(())
}

/// Makes sure that there is a browser to test the web client in.
pub(crate) fn ensure_for_browser() -> anyhow::Result<()> {
    ensure(&[CHROMIUM])
}

/// Makes sure that schemathesis is there, and returns its path. It lies in the folder of what Cargo builds.
pub(crate) fn ensure_schemathesis() -> anyhow::Result<PathBuf> {
    let folder = root().join("target/schemathesis");
    let (program, record) = (folder.join("bin/schemathesis"), folder.join("installed"));
    if program.exists() && fs::read_to_string(&record).is_ok_and(|text| text == SCHEMATHESIS) {
        return Ok(program);
    }
    ensure(&[PYTHON, VENV])?;
    output::line("installing schemathesis, which compares the server with its description; once");
    step(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    step(Command::new(folder.join("bin/pip")).args(["install", "--quiet", SCHEMATHESIS]))
        .context("schemathesis could not be installed")?;
    fs::write(record, SCHEMATHESIS)?;
    Ok(program)
}

/// Makes sure that the tests in Rust can run.
pub(crate) fn ensure_for_tests() -> anyhow::Result<()> {
    ensure(&[POSTGRES])
}

/// Makes sure that the programs can be built.
pub(crate) fn ensure_for_builds() -> anyhow::Result<()> {
    ensure(&[C_COMPILER])
}

/// Makes sure that every stage of the checks can run.
pub(crate) fn ensure_for_checks() -> anyhow::Result<()> {
    ensure(&[C_COMPILER, GIT])?;
    ensure_for_web()?;
    ensure_component("rustfmt", "fmt")?;
    ensure_component("clippy", "clippy")
}

/// Makes sure that tidy can run.
pub(crate) fn ensure_for_tidy() -> anyhow::Result<()> {
    ensure(&[GIT])
}

/// A program that Cargo builds from its source.
pub(crate) struct CargoTool {
    /// Of the package and of the program.
    pub(crate) name: &'static str,
    /// Exactly this one, so that every machine finds the same faults.
    pub(crate) version: &'static str,
    /// Why we want it: shown while it is built.
    pub(crate) purpose: &'static str,
}

/// Makes sure that a program of exactly this version is there, and returns its path.
///
/// It is kept beside Cargo's own files, where every checkout finds it and no other version is overwritten.
pub(crate) fn ensure_cargo_tool(tool: &CargoTool) -> anyhow::Result<PathBuf> {
    let folder = cargo_home()?.join("tingting");
    let program = folder.join("bin").join(tool.name).with_extension(env::consts::EXE_EXTENSION);
    // Cargo's record of what it installed, because not every program tells its own version.
    let record = fs::read_to_string(folder.join(".crates.toml")).unwrap_or_default();
    if program.exists() && record.contains(&format!("\"{} {} (", tool.name, tool.version)) {
        return Ok(program);
    }
    output::line(&format!(
        "building {} {}, {}; this takes a minute or two, once",
        tool.name, tool.version, tool.purpose
    ));
    ensure_for_builds()?;
    let package = format!("{}@{}", tool.name, tool.version);
    // Optimising takes longer to build than it ever saves: each run takes seconds.
    let quick =
        ["--config", "profile.release.opt-level=0", "--config", "profile.release.lto=false"];
    step(
        cargo(&["install", "--locked", "--force", &package]).args(quick).arg("--root").arg(folder),
    )
    .with_context(|| format!("{} could not be built", tool.name))?;
    Ok(program)
}

fn cargo_home() -> anyhow::Result<PathBuf> {
    let default = || env::home_dir().map(|home| home.join(".cargo"));
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(default)
        .context("there is no home folder to keep programs in: set CARGO_HOME")
}

/// Whether the faster test runner is installed.
pub(crate) fn has_nextest() -> bool {
    succeeds(&mut cargo(&["nextest", "--version"]))
}

fn ensure(tools: &[Tool]) -> anyhow::Result<()> {
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !is_there(tool)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|tool| tool.packages).copied().collect();
    if !is_debian_root() {
        let purposes: Vec<&str> = missing.iter().map(|tool| tool.purpose).collect();
        bail!(
            "not installed: {}; on Debian or Ubuntu, `sudo apt-get install {}` installs it",
            purposes.join("; "),
            packages.join(" ")
        );
    }
    output::line(&format!("installing what is missing: {}", packages.join(" ")));
    step(Command::new("apt-get").args(["update", "--quiet"]))?;
    step(
        Command::new("apt-get")
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(&packages)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
    .context("the missing packages could not be installed")
}

fn is_there(tool: &Tool) -> bool {
    let (program, arguments) = tool.probe.split_first().expect("a probe names a program");
    succeeds(Command::new(program).args(arguments))
}

fn is_debian_root() -> bool {
    Path::new("/etc/debian_version").exists()
        && capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn ensure_component(component: &str, subcommand: &str) -> anyhow::Result<()> {
    if succeeds(&mut cargo(&[subcommand, "--version"])) {
        return Ok(());
    }
    if !succeeds(Command::new("rustup").arg("--version")) {
        bail!(
            "`cargo {subcommand}` is not installed; it comes with the Rust component {component}"
        );
    }
    output::line(&format!("adding the Rust component {component}"));
    step(Command::new("rustup").args(["component", "add", component]))
}
