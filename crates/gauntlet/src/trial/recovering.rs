//! Crashes, stops and changes of owner, and the recovery after each.

use std::ops::ControlFlow;

use journal::{Batch, JournalError, Ledger, Record, Seq, SqliteStore, Start, Store, replay};
use sale::{Machine, Stamped};

use crate::checks::{State, keys_belong_to_their_requests};
use crate::disk::vfs;
use crate::faults::{self, Crash};
use crate::observer::Observer;
use crate::owner::Owner;
use crate::trial::{STALE_MAX, Task, Trial, same};
use crate::witness::revive;

impl Trial {
    pub(super) fn crash(&mut self) {
        let crash = Crash::draw(&mut self.dice, &self.disk);
        self.crash_by(crash);
    }

    /// Drops everything but the disk, and lets another process go on from what it finds there.
    pub(super) fn crash_by(&mut self, crash: Crash) {
        let mut crash = crash;
        loop {
            let found = crash.leaves(&self.disk, &mut self.counts);
            // When the store is dropped it closes its files. That must not change the found disk.
            self.disk.freeze();
            self.forget_all();
            self.disk = found;
            self.armed = None;
            if self.dice.percent(25) {
                self.arm();
            }
            let Err(error) = self.open() else { return };
            self.strike(&error);
            self.counts.recovery_crashes += 1;
            crash = Crash::draw(&mut self.dice, &self.disk);
        }
    }

    /// Notes that the fault that was set has happened. Without a fault, the store may not fail.
    pub(super) fn strike(&mut self, error: &JournalError) {
        let fault = self.armed.take();
        let fault = fault.unwrap_or_else(|| panic!("the store fails without a fault: {error:?}"));
        faults::count(fault, &mut self.counts);
    }

    fn forget_all(&mut self) {
        self.owners.clear();
        self.stale.clear();
        self.tasks.clear();
        self.results.clear();
        self.store = None;
    }

    /// Stops in good order and starts again: first everything is written and answered, and each
    /// sale gets a snapshot.
    pub(super) fn restart(&mut self) {
        self.settle();
        let snapshots = self.owners.iter().filter_map(|owner| {
            let snapshot = owner.snapshot()?;
            Some((owner.number, Task::Snapshot(snapshot)))
        });
        self.tasks.extend(snapshots.collect::<Vec<_>>());
        self.settle();
        self.reopen_in_order();
        self.counts.restarts += 1;
    }

    /// Closes the store, opens it again and recovers all sales.
    pub(super) fn reopen_in_order(&mut self) {
        let store = self.store.take().expect("the store is open");
        let closed = store.close().and_then(|()| {
            self.forget_all();
            self.open()
        });
        if let Err(error) = closed {
            self.strike(&error);
            self.crash();
        }
    }

    fn open(&mut self) -> Result<(), JournalError> {
        let path = self.disk.path("journal.db");
        self.store =
            Some(SqliteStore::open_with_vfs(&path, vfs(), self.disk.beside("journal.db"))?);
        for show in 0..self.shows.len() {
            let owner = self.recover(show)?;
            self.owners.push(owner);
        }
        Ok(())
    }

    /// Lets another owner claim a sale. The old owner does not know it and goes on.
    pub(super) fn fail_over(&mut self) {
        let index = self.dice.index(self.owners.len());
        match self.recover(index) {
            Ok(owner) => {
                let mut old = std::mem::replace(&mut self.owners[index], owner);
                old.lose_sale();
                self.counts.failovers += 1;
                self.stale.push(old);
                self.retire();
            }
            Err(error) => {
                self.strike(&error);
                self.crash();
            }
        }
    }

    /// Ends the oldest stale owner if there are too many, with its tasks and results.
    fn retire(&mut self) {
        if self.stale.len() > STALE_MAX {
            let gone = self.stale.remove(0).number;
            self.tasks.retain(|(number, _)| *number != gone);
            self.results.retain(|result| result.owner != gone);
        }
    }

    /// Claims and recovers a sale, and compares it with its history and with a replay of the whole
    /// log.
    fn recover(&mut self, index: usize) -> Result<Owner, JournalError> {
        let show = &self.shows[index];
        let store = self.store.as_mut().expect("the store is open");
        let mut ledger = Ledger::recover(store, show.sale, revive, |_| {})?;
        let whole = replay(store, show.sale, Start::Beginning, revive, |_| {})?;
        let log = read_log(store, show.sale)?;
        let history = &mut self.histories[index];
        history.epoch = ledger.epoch();
        let aftermath = history.found(&log);
        self.counts.lost_commands += aftermath.lost;
        self.counts.kept_commands += aftermath.kept;
        self.counts.recoveries += 1;
        let mut whole = whole.machine;
        let now = self.clock.max(ledger.machine().now()).max(whole.now());
        Machine::advance(&mut whole, now);
        Machine::advance(ledger.machine_mut(), now);
        ledger.machine_mut().watcher_mut().events.clear();
        let (recovered, anew) = (ledger.machine().practice(), whole.practice());
        let states = [recovered, anew].map(State::of_practice);
        same("a recovery from the snapshot", &states[0], &states[1]);
        self.counts.reused_keys += keys_belong_to_their_requests(recovered, history);
        was_true(&history.published, &whole.watcher().events);
        let (rules, layout) = (show.scenario.rules.clone(), show.scenario.layout.clone());
        let mut observer = Observer::new(rules, layout);
        whole.watcher().events.iter().for_each(|event| observer.see(event));
        observer.check(recovered.sale());
        // The new owner publishes the events that the old one could not publish any more.
        history.published = std::mem::take(&mut whole.watcher_mut().events);
        self.screens[index].restart();
        self.claims += 1;
        Ok(Owner::new(self.claims, index, ledger, observer, history))
    }
}

/// Checks that the published events are the first events of the log.
fn was_true(published: &[Stamped], happened: &[Stamped]) {
    let mut happened = happened.iter();
    for told in published {
        let event = happened.next();
        assert_eq!(event, Some(told), "the published event (right) is not what happened (left)");
    }
}

/// The records of all batches of a sale, as the store has them.
fn read_log(
    store: &mut SqliteStore,
    sale: journal::SaleId,
) -> Result<Vec<Vec<Record>>, JournalError> {
    let mut log = Vec::new();
    store.read_batches(sale, Seq::NONE, &mut |batch| {
        log.push(Batch::decode(batch.records).expect("a batch that was written"));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(log)
}
