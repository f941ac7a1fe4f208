//! A fuzz target for every decoder of bytes that come from outside or from disk.
//!
//! A target takes any bytes and panics if something that must hold does not: no bytes make a decoder panic, use memory without a
//! bound, or accept two forms where only one is allowed. What encodes gives what decodes, and a refused input changes nothing.
//! [`run`] also counts what the target allocates, so that a length in the bytes cannot reserve memory before it was checked.
//!
//! The tests run every target over its corpus in `corpus/` and over what [`mutate`] makes of it, without a fuzzer.
//! `cargo xtask soak fuzz` lets libFuzzer look for new inputs. It builds `fuzz_targets/`, one program for each target.

mod disk;
mod files;
mod live;
mod memory;
pub mod mutate;
mod requests;
mod scene;
mod seal;
mod seeds;
mod snapshots;

use server::fuzzing;

pub use seeds::seeds;

/// The longest input that a target looks at, in bytes. A longer one shows nothing more and takes longer.
pub const INPUT_BYTES_MAX: usize = 64 * 1024;

/// A fuzz target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of the target, of its program and of its corpus.
    pub name: &'static str,
    /// What may be any bytes.
    pub run: fn(&[u8]),
    /// How many bytes it may allocate for the shortest input, all allocations together.
    pub bytes_max: usize,
    /// How many mutations of each input the tests try: fewer where one takes long.
    pub mutations: u32,
}

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Bytes that a target may allocate for each byte of the input beyond [`Target::bytes_max`]. A JSON value of two bytes takes some
/// hundred as a value, and the targets decode and encode it a few times.
const BYTES_PER_INPUT_BYTE: usize = KIB;

/// Bytes that borsh may reserve for a text of any length before it reads the text: 1 MiB at a time. The targets read twice.
const BORSH_AHEAD: usize = 4 * MIB;

/// All targets.
pub const TARGETS: [Target; 27] = [
    // A frame has at most 262,144 seats, of which four fit in a byte.
    target("frame", live::frame, 4 * MIB, 4000),
    target("live_message", live::message, 64 * KIB, 4000),
    target("request", requests::any, 256 * KIB, 2000),
    target("cookie", fuzzing::cookie, 64 * KIB, 2000),
    target("pass", fuzzing::pass, 64 * KIB, 2000),
    target("ticket", fuzzing::ticket, 64 * KIB, 4000),
    target("request_key", fuzzing::request_key, 64 * KIB, 4000),
    target("id", fuzzing::id, 64 * KIB, 4000),
    target("header", fuzzing::header, 64 * KIB, 4000),
    target("range", fuzzing::range, 64 * KIB, 2000),
    target("batch", disk::batch, 256 * KIB, 2000),
    target("mark", journal::fuzzing::mark, 256 * KIB, 4000),
    target("wal", disk::wal, 64 * KIB, 1000),
    target("note", disk::note, BORSH_AHEAD, 4000),
    target("race_header", disk::header, BORSH_AHEAD, 2000),
    target("recording", disk::recording, BORSH_AHEAD, 1000),
    // Plays a small race to its end.
    target("log", disk::log, 64 * MIB, 100),
    target("sale_snapshot", snapshots::sale, 4 * MIB, 400),
    target("race_snapshot", snapshots::race, 8 * MIB, 400),
    target("practice_snapshot", snapshots::practice, 8 * MIB, 400),
    target("recipe", files::recipe, MIB, 600),
    // Lay out a hall of up to 100,000 seats.
    target("scenario_file", files::scenario, 256 * MIB, 40),
    target("plan_file", files::plan, 256 * MIB, 40),
    target("style_file", files::style, 256 * MIB, 40),
    target("demand_file", files::demand, 256 * MIB, 40),
    target("people_file", files::people, 256 * MIB, 40),
    target("plan_import", files::import, 256 * MIB, 400),
];

const fn target(name: &'static str, run: fn(&[u8]), bytes_max: usize, mutations: u32) -> Target {
    Target { name, run, bytes_max, mutations }
}

/// Gives a target an input.
///
/// # Panics
///
/// If there is no such target, if the target finds a fault, or if it allocates more than it may.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target of this name");
    let bytes = &bytes[..bytes.len().min(INPUT_BYTES_MAX)];
    scene::prepare();
    let allocated = memory::allocated_by(|| (target.run)(bytes));
    let allowed = target.bytes_max + BYTES_PER_INPUT_BYTE * bytes.len();
    assert!(allocated <= allowed, "{} bytes made {name} allocate {allocated}", bytes.len());
}
