//! `cargo xtask realism`: plays the calibration races and writes `docs/REALISM.md`.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;
use gauntlet::realism;

/// Compares the crowd with what is known of real on-sales and writes docs/REALISM.md.
#[derive(Debug, Parser)]
#[command(name = "realism")]
struct Options {
    /// Print the document without writing it
    #[arg(long)]
    dry: bool,
}

fn main() -> anyhow::Result<ExitCode> {
    let options = Options::parse();
    let cases = realism::gather()?;
    let parts = realism::compare(&cases);
    let document = realism::document(&parts, &cases);
    let mut output = std::io::stdout().lock();
    writeln!(output, "{document}")?;
    if !options.dry {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        std::fs::write(root.join("docs/REALISM.md"), document)
            .context("cannot write the document")?;
    }
    let failed = parts.iter().filter(|part| part.is_required && !part.is_met());
    let titles: Vec<_> = failed.map(|part| part.title).collect();
    if titles.is_empty() {
        writeln!(output, "realism: every required comparison is met")?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(output, "realism: not met: {}", titles.join(", "))?;
    Ok(ExitCode::FAILURE)
}
