//! Every target is run over its corpus and over what mutations make of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use fuzz::mutate::Mutator;

/// Counting what a target allocates counts all threads, so one target runs at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// The seeds of the target and what was found for it, with their names.
fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let seeds = fuzz::seeds(target).into_iter().enumerate();
    let mut inputs: Vec<_> = seeds.map(|(n, seed)| (format!("seed {n}"), seed)).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let mut paths: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.expect("a folder can be read").path()).collect(),
        Err(_) => Vec::new(),
    };
    paths.sort_unstable();
    let read =
        |path: PathBuf| (path.display().to_string(), fs::read(&path).expect("a file can be read"));
    inputs.extend(paths.into_iter().map(read));
    inputs
}

/// Prints which input it is if the target panics.
struct Trying<'a>(&'a str, &'a str, u32, &'a [u8]);

impl Drop for Trying<'_> {
    #[expect(clippy::print_stderr, reason = "a failing test says how to repeat it")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self(target, input, mutation, bytes) = self;
            eprintln!(
                "{target}: mutation {mutation} of {input}: {:?}",
                bytes.escape_ascii().to_string()
            );
        }
    }
}

fn try_input(target: &str, input: &str, mutation: u32, bytes: &[u8]) {
    let _trying = Trying(target, input, mutation, bytes);
    fuzz::run(target, bytes);
}

fn check(name: &str) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let target = fuzz::TARGETS.iter().find(|target| target.name == name);
    let target = target.expect("a target of this name");
    let inputs = inputs(name);
    for (at, (input, bytes)) in inputs.iter().enumerate() {
        try_input(name, input, 0, bytes);
        let (mut mutator, other) =
            (Mutator::new(at as u64), &inputs[(at * 7 + 1) % inputs.len()].1);
        // What a fuzzer found has many near relatives among what it tried already.
        let is_seed = input.starts_with("seed ");
        let mutations = if is_seed { target.mutations } else { target.mutations / 20 };
        for mutation in 1..=mutations {
            try_input(name, input, mutation, &mutator.change(bytes, other));
        }
    }
}

macro_rules! corpora {
    ($($test:ident $target:literal)+) => {
        $(#[test]
        fn $test() {
            check($target);
        })+

        /// The names of all targets that have a test.
        const TESTED: &[&str] = &[$($target),+];
    };
}

corpora! {
    g11_frames "frame"
    g11_live_messages "live_message"
    g11_bodies_of_requests "request"
    g11_cookies "cookie"
    g11_passes "pass"
    g11_tickets "ticket"
    g11_request_keys "request_key"
    g11_ids_in_paths "id"
    g11_headers "header"
    g11_ranges "range"
    g11_batches "batch"
    g11_marks_beside_journals "mark"
    g11_logs_of_sqlite "wal"
    g11_notes "note"
    g11_headers_of_races "race_header"
    g11_recordings "recording"
    g11_logs_of_races "log"
    g11_snapshots_of_sales "sale_snapshot"
    g11_snapshots_of_races "race_snapshot"
    g11_snapshots_of_practices "practice_snapshot"
    g11_recipes "recipe"
    g11_scenario_files "scenario_file"
    g11_plan_files "plan_file"
    g11_style_files "style_file"
    g11_demand_files "demand_file"
    g11_people_files "people_file"
    g11_imported_plans "plan_import"
}

#[test]
fn g11_every_target_has_a_test_a_program_and_real_inputs() {
    let names: Vec<&str> = fuzz::TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names, TESTED);
    for name in names {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fuzz_targets/{name}.rs"));
        assert!(program.is_file(), "{name} has no program");
        assert!(!fuzz::seeds(name).is_empty(), "{name} has no real input");
    }
}
