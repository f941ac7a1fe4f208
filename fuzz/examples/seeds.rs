//! Writes the real inputs of every target into a folder for each below the folder that the command line names.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

fn main() -> anyhow::Result<()> {
    let root = std::env::args().nth(1).context("say into which folder")?;
    for target in fuzz::TARGETS {
        let folder = Path::new(&root).join(target.name);
        fs::create_dir_all(&folder)?;
        for (number, seed) in fuzz::seeds(target.name).into_iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), seed)?;
        }
    }
    Ok(())
}
