//! Has the server built again when the web client was: it is built into the program.

use std::path::Path;

fn main() {
    // A path that is not there would have the server built again every time.
    let watched = ["../../web/dist", "../../web", "build.rs"];
    let watched =
        watched.iter().find(|path| Path::new(path).exists()).expect("the last one is here");
    println!("cargo:rerun-if-changed={watched}");
}
