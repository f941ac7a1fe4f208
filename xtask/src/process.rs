//! Starts programs: shows each command line before it runs, and never uses a shell.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus, Stdio},
};

use anyhow::{Context as _, bail};

use crate::output;

/// The folder of the whole project.
pub(crate) fn root() -> PathBuf {
    // Cargo sets the variable when it runs us, wherever the checkout is. A person who starts the binary by hand has none.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().expect("xtask lies inside the project").to_owned()
}

/// A command for the Cargo that runs us, in the project's folder.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// Builds one of our programs together with all tests, and returns its path.
///
/// `cargo build` would build many libraries again, because it switches on fewer of their features than the tests need.
pub(crate) fn built_with_tests(program: &str) -> anyhow::Result<PathBuf> {
    step(&mut cargo(&["test", "--workspace", "--no-run", "--quiet"]))?;
    // This program lies in the same folder, wherever Cargo keeps what it builds.
    let ours = env::current_exe().context("the path of xtask is unknown")?;
    Ok(ours.with_file_name(program).with_extension(env::consts::EXE_EXTENSION))
}

/// Runs a step of the work. Fails if the program does not succeed.
pub(crate) fn step(command: &mut Command) -> anyhow::Result<()> {
    let status = status(command)?;
    if status.success() {
        return Ok(());
    }
    bail!("`{}` failed ({status})", show(command));
}

/// Runs a program and returns its exit status as ours.
pub(crate) fn hand_over(command: &mut Command) -> anyhow::Result<ExitCode> {
    let code = status(command)?.code().and_then(|code| u8::try_from(code).ok());
    // A program ended by a signal has no status of its own.
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Runs a program and returns its stdout. Fails with its stderr if it does not succeed.
pub(crate) fn capture(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", show(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {}", show(command), output.status, complaint.trim());
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed something else than UTF-8", show(command)))
}

/// Whether a program starts and succeeds. Shows nothing of what it prints.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn status(command: &mut Command) -> anyhow::Result<ExitStatus> {
    output::command(&show(command));
    command.status().with_context(|| format!("cannot start `{}`", show(command)))
}

fn show(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
