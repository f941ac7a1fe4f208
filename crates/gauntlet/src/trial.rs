//! A trial: some sales with people and crowds, one journal on one disk, and faults. Everything
//! happens in one thread, in an order that the seed decides.
//!
//! ```text
//!  actor ─▶ owner ─▶ batches ─▶ store on a simulated disk ─▶ results ─▶ answers ─▶ history
//!             │  the dice decide when each arrow happens               crash ─▶ recover, check
//!             └─▶ events ─▶ observer, screen ─▶ links ─▶ viewers
//! ```

mod recovering;
mod reporting;
mod writing;

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};

use journal::{Append, Ledger, Seq, Snapshot, SqliteStore};
use sale::random::mix;
use sale::{Machine, Moment, Span};

use crate::actor;
use crate::checks;
use crate::counts::Counts;
use crate::dice::Dice;
use crate::disk::{Disk, Fault, vfs};
use crate::faults;
use crate::history::History;
use crate::observer::Observer;
use crate::owner::Owner;
use crate::screen::Screen;
use crate::witness::witness;
use crate::world::Show;

/// The purpose of the draws for what happens in a trial.
const TRIAL: u64 = 0x7472_6961_6c21;

/// How long a race goes on without faults after a trial, so that all deadlines in it pass: the longest is that of a payment.
const AFTERMATH: Span = Span::from_millis(75_000);

/// How many owners that lost their sale go on at the same time. When there is one more, the oldest
/// ends.
const STALE_MAX: usize = 2;

/// The result of a trial in which every check passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// How often each thing happened.
    pub counts: Counts,
    /// A digest of the whole trial. Two trials in which anything differs have different digests.
    pub digest: u64,
}

/// A trial in which a check failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("gauntlet: seed {seed} failed: {reason}\nreplay with: cargo xtask gauntlet --seed {seed}")]
pub struct Failed {
    /// The seed of the trial.
    pub seed: u64,
    /// The message of the check.
    pub reason: String,
}

/// Runs the trial of this seed.
///
/// # Errors
///
/// [`Failed`] says which check failed and how to see it again.
pub fn run(seed: u64) -> Result<Passed, Failed> {
    catch_unwind(AssertUnwindSafe(|| Trial::new(seed).run()))
        .map_err(|cause| Failed { seed, reason: reason(&*cause) })
}

fn reason(cause: &(dyn Any + Send)) -> String {
    let text = cause.downcast_ref::<String>().cloned();
    text.or_else(|| cause.downcast_ref::<&str>().map(|&text| text.to_owned()))
        .unwrap_or_else(|| "a check failed without a message".to_owned())
}

/// A trial under way.
struct Trial {
    dice: Dice,
    /// The time that all owners have in common.
    clock: Moment,
    /// How many questions were asked and answers given.
    order: u64,
    /// How many owners there have been.
    claims: u64,
    disk: Disk,
    store: Option<SqliteStore>,
    /// The fault that was set and has not happened yet.
    armed: Option<Fault>,
    shows: Vec<Show>,
    histories: Vec<History>,
    /// One screen for each show.
    screens: Vec<Screen>,
    /// The owner with the newest claim of each show.
    owners: Vec<Owner>,
    /// Owners that lost their sale and do not know it.
    stale: Vec<Owner>,
    tasks: VecDeque<(u64, Task)>,
    results: VecDeque<TaskResult>,
    counts: Counts,
}

/// Something that the store is to write.
#[derive(Clone, Debug)]
enum Task {
    Append(Append),
    Snapshot(Snapshot),
}

/// What became of a batch.
#[derive(Clone, Copy, Debug)]
struct TaskResult {
    owner: u64,
    seq: Seq,
    result: Result<(), ()>,
}

impl Trial {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed, TRIAL);
        let disk = Disk::new();
        let show_count = dice.pick(&[1, 1, 2, 3]);
        let path = disk.path("journal.db");
        let store = SqliteStore::open_with_vfs(&path, vfs(), disk.beside("journal.db"))
            .expect("an empty disk");
        let mut trial = Self {
            dice,
            clock: Moment::START,
            order: 0,
            claims: 0,
            disk,
            store: Some(store),
            armed: None,
            shows: (0..show_count).map(|number| Show::new(seed, number)).collect(),
            histories: Vec::new(),
            screens: Vec::new(),
            owners: Vec::new(),
            stale: Vec::new(),
            tasks: VecDeque::new(),
            results: VecDeque::new(),
            counts: Counts { seeds: 1, sales: show_count, ..Counts::default() },
        };
        (0..trial.shows.len()).for_each(|show| trial.create(show));
        trial
    }

    fn create(&mut self, index: usize) {
        let show = &self.shows[index];
        let store = self.store.as_mut().expect("the store is open");
        let machine = witness(show.practice());
        let ledger = Ledger::create(store, show.sale, show.header(), machine).expect("a new sale");
        let history = History::new(ledger.epoch());
        let (rules, layout) = (show.scenario.rules.clone(), show.scenario.layout.clone());
        let observer = Observer::new(rules, layout);
        self.claims += 1;
        self.owners.push(Owner::new(self.claims, index, ledger, observer, &history));
        self.histories.push(history);
        self.screens.push(Screen::new(&self.shows[index]));
    }

    fn run(mut self) -> Passed {
        for _ in 0..self.dice.within(60, 500) {
            self.step();
            self.look();
        }
        self.finish()
    }

    /// Lets one thing happen.
    fn step(&mut self) {
        match self.dice.below(1000) {
            0..300 => self.pass_time(),
            300..560 => self.submit_burst(),
            560..700 => self.seal(),
            700..830 => self.write_some(),
            830..910 => self.deliver(),
            910..960 => self.answer_some(),
            960..970 => self.check_someone(),
            970..980 => self.ask_snapshot(),
            980..984 => self.restart(),
            984..989 => self.fail_over(),
            989..994 => self.crash(),
            _ => self.arm(),
        }
    }

    /// Lets all screens take in what was published.
    fn look(&mut self) {
        for (screen, history) in self.screens.iter_mut().zip(&self.histories) {
            screen.step(&history.published, &mut self.counts);
        }
    }

    /// Checks that all viewers see the seats of their sale, after everything was published.
    fn settle_screens(&mut self) {
        for owner in &self.owners {
            let published = &self.histories[owner.show].published;
            let seats = checks::seat_states(owner.ledger.machine().practice().sale());
            self.screens[owner.show].settle(published, &seats, &mut self.counts);
        }
    }

    /// Lets time go on: mostly by nanoseconds or milliseconds, sometimes by more than a hold lasts.
    fn pass_time(&mut self) {
        let nanos = match self.dice.below(10) {
            0..3 => self.dice.below(50),
            3..6 => self.dice.below(5_000_000),
            6..9 => self.dice.below(1_500_000_000),
            _ => self.dice.below(12_000_000_000),
        };
        self.clock = self.clock + Span::from_nanos(nanos);
        for owner in self.owners.iter_mut().chain(&mut self.stale) {
            if self.dice.percent(80) {
                owner.advance(self.clock, &mut self.counts);
                owner.publish(&mut self.histories[owner.show]);
            }
        }
    }

    fn submit_burst(&mut self) {
        let count = self.dice.pick(&[1, 1, 2, 3, 6, 12]);
        let index = self.dice.index(self.owners.len() + self.stale.len());
        for _ in 0..count {
            self.submit(index);
            let nanos = self.dice.below(20);
            self.clock = self.clock + Span::from_nanos(nanos);
        }
    }

    fn submit(&mut self, index: usize) {
        let owner =
            self.owners.iter_mut().chain(&mut self.stale).nth(index).expect("the index exists");
        let history = &mut self.histories[owner.show];
        let again = owner.last_command.filter(|_| self.dice.percent(10));
        let persons = self.shows[owner.show].persons;
        owner.note(&mut self.dice, persons, self.clock, &mut self.counts);
        let (members, race) = (owner.members(), owner.ledger.machine().practice().race());
        let command = again.unwrap_or_else(|| actor::command(&mut self.dice, race, members));
        let at = owner.stamp(self.clock);
        self.clock = at;
        self.order += 1;
        owner.submit(at, command, self.order, history, &mut self.counts);
        owner.publish(history);
    }

    fn answer_some(&mut self) {
        for owner in self.owners.iter_mut().chain(&mut self.stale) {
            let most = self.dice.index(12);
            let history = &mut self.histories[owner.show];
            owner.answer(most, &mut self.order, history, &mut self.counts);
        }
    }

    fn check_someone(&mut self) {
        let index = self.dice.index(self.owners.len());
        let owner = &mut self.owners[index];
        owner.advance(self.clock, &mut self.counts);
        owner.check();
    }

    fn arm(&mut self) {
        let fault = faults::draw(&mut self.dice);
        self.disk.set_fault(fault);
        self.armed = Some(fault);
    }

    /// Removes the fault that was set.
    fn disarm(&mut self) {
        self.disk.set_fault(Fault::FreezeBefore { at: u64::MAX });
        self.armed = None;
    }

    /// Answers everybody, stops, recovers, and checks all answers and events.
    fn finish(mut self) -> Passed {
        self.disarm();
        self.settle();
        self.disarm();
        self.settle();
        self.settle_screens();
        let end = self.clock + AFTERMATH;
        let mut lived = Vec::new();
        for owner in &mut self.owners {
            owner.advance(end, &mut self.counts);
            owner.check();
            lived.push(owner.ledger.machine().hash());
        }
        self.reopen_in_order();
        let mut digest = mix(self.order);
        for (index, hash) in lived.into_iter().enumerate() {
            self.owners[index].advance(end, &mut self.counts);
            let state = checks::State::of(self.owners[index].ledger.machine().practice().race());
            self.report(index, end);
            let (show, history) = (&self.shows[index], &self.histories[index]);
            checks::order_respects_time(history);
            let replayed = checks::answers_are_those_of_a_replay(show, history, end);
            checks::stale_refusals_were_true(show, history);
            let undisturbed = checks::undisturbed(show, history, end);
            let in_steps = checks::in_steps(show, &history.records, end, &mut self.dice);
            assert_eq!(hash, undisturbed.hash, "the log gives the race that took place");
            assert_eq!(replayed, undisturbed.hash, "refused commands changed something");
            same("what was recovered", &state, &undisturbed);
            same("advancing in steps", &in_steps, &undisturbed);
            for part in hash.0.to_le_bytes().chunks(8) {
                let part = part.try_into().expect("sixteen bytes are two times eight");
                digest = mix(digest ^ u64::from_le_bytes(part));
            }
            digest = mix(digest ^ history.records.len() as u64);
        }
        for (.., count) in self.counts.all() {
            digest = mix(digest ^ count);
        }
        Passed { counts: self.counts, digest }
    }
}

/// Panics if two states differ. It does not print them, because they are long.
fn same(what: &str, one: &checks::State, other: &checks::State) {
    assert_eq!(one.hash, other.hash, "{what} gives another history");
    assert!(one.snapshot == other.snapshot, "{what} gives another state with the same history");
}

#[cfg(test)]
mod tests;
