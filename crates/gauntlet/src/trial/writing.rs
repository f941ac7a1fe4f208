//! Does what a writer's thread does with batches, snapshots and results, at moments that the dice
//! choose.

use journal::{JournalError, Store};

use crate::faults::Crash;
use crate::owner::Owner;
use crate::trial::{Task, TaskResult, Trial};

impl Trial {
    /// Lets some owners hand in their open batch.
    pub(super) fn seal(&mut self) {
        for owner in self.owners.iter_mut().chain(&mut self.stale) {
            if !self.dice.percent(60) {
                continue;
            }
            if let Some(append) = owner.ledger.take_batch() {
                if self.histories[owner.show].epoch == append.epoch {
                    self.histories[owner.show].sealed(append.seq);
                }
                self.tasks.push_back((owner.number, Task::Append(append)));
            }
        }
    }

    pub(super) fn ask_snapshot(&mut self) {
        let owners = self.owners.iter().chain(&self.stale);
        for owner in owners.filter(|_| self.dice.percent(60)) {
            if let Some(snapshot) = owner.snapshot() {
                self.tasks.push_back((owner.number, Task::Snapshot(snapshot)));
            }
        }
    }

    /// Lets the store do some waiting tasks. Batches that follow each other go into one
    /// transaction.
    pub(super) fn write_some(&mut self) {
        if self.dice.percent(10)
            && let Err(error) = self.store.as_mut().expect("the store is open").rest(1)
        {
            return self.fail_stop(&error);
        }
        let mut left = self.dice.within(1, 5);
        while left > 0
            && let Some((number, task)) = self.tasks.pop_front()
        {
            left -= 1;
            let result = match task {
                Task::Append(first) => {
                    let mut group = vec![(number, Task::Append(first))];
                    while left > 0 && matches!(self.tasks.front(), Some((_, Task::Append(_)))) {
                        group.extend(self.tasks.pop_front());
                        left -= 1;
                    }
                    self.append(&group)
                }
                Task::Snapshot(_) => self.write_snapshot(number, &task),
            };
            if let Err(error) = result {
                return self.fail_stop(&error);
            }
        }
    }

    /// Appends batches in one transaction. If the store refuses one of them, each gets its own
    /// transaction.
    fn append(&mut self, group: &[(u64, Task)]) -> Result<(), JournalError> {
        let appends = group.iter().filter_map(|(_, task)| match task {
            Task::Append(append) => Some(append.clone()),
            Task::Snapshot(_) => None,
        });
        let appends: Vec<_> = appends.collect();
        match self.store.as_mut().expect("the store is open").append(&appends) {
            Ok(()) => {
                let mut sales: Vec<_> = appends.iter().map(|append| append.sale).collect();
                sales.dedup();
                self.counts.shared_appends += u64::from(sales.len() > 1);
                for ((owner, _), append) in group.iter().zip(&appends) {
                    self.counts.batches += 1;
                    let show = self.show_of(*owner);
                    let history = &mut self.histories[show];
                    assert_eq!(append.epoch, history.epoch, "only the newest owner may write");
                    history.saved(append.seq);
                    self.results.push_back(TaskResult {
                        owner: *owner,
                        seq: append.seq,
                        result: Ok(()),
                    });
                }
                Ok(())
            }
            Err(error) if Owner::is_fenced_by(&error) => {
                if group.len() > 1 {
                    return group.iter().try_for_each(|one| self.append(std::slice::from_ref(one)));
                }
                let (owner, seq) = (group[0].0, appends[0].seq);
                let newest = self.histories[self.show_of(owner)].epoch;
                assert_ne!(appends[0].epoch, newest, "the store refuses the newest owner");
                self.counts.fenced_batches += 1;
                self.results.push_back(TaskResult { owner, seq, result: Err(()) });
                Ok(())
            }
            Err(error) => {
                let failed = group.iter().zip(&appends).map(|((owner, _), append)| TaskResult {
                    owner: *owner,
                    seq: append.seq,
                    result: Err(()),
                });
                self.results.extend(failed);
                Err(error)
            }
        }
    }

    fn write_snapshot(&mut self, number: u64, task: &Task) -> Result<(), JournalError> {
        let Task::Snapshot(snapshot) = task else { return Ok(()) };
        let show = self.show_of(number);
        let (sale, newest) = (self.shows[show].sale, self.histories[show].epoch);
        let owner = self.owners.iter().chain(&self.stale).find(|owner| owner.number == number);
        let epoch = owner.expect("a task has an owner").ledger.epoch();
        let result =
            self.store.as_mut().expect("the store is open").write_snapshot(sale, epoch, snapshot);
        match result {
            Ok(()) => {
                assert_eq!(epoch, newest, "only the newest owner may write");
                self.counts.snapshots += 1;
                Ok(())
            }
            Err(error) if Owner::is_fenced_by(&error) => {
                assert_ne!(epoch, newest, "the store refuses the newest owner");
                self.counts.fenced_snapshots += 1;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn show_of(&self, number: u64) -> usize {
        let owner = self.owners.iter().chain(&self.stale).find(|owner| owner.number == number);
        owner.expect("a task has an owner").show
    }

    /// Lets some results arrive at their owners, in order.
    pub(super) fn deliver(&mut self) {
        for _ in 0..self.dice.within(1, 4) {
            let Some(TaskResult { owner: number, seq, result }) = self.results.pop_front() else {
                return;
            };
            let mut owners = self.owners.iter_mut().chain(&mut self.stale);
            let owner = owners.find(|owner| owner.number == number);
            let owner = owner.expect("a result has an owner");
            owner.handle_appended(seq, result);
            owner.publish(&mut self.histories[owner.show]);
        }
    }

    /// What a process does after its store failed: it answers only what is on disk, writes nothing
    /// more, and ends.
    fn fail_stop(&mut self, error: &JournalError) {
        self.strike(error);
        if let Some((_, Task::Append(append))) = self.tasks.front() {
            let store = self.store.as_mut().expect("the store is open");
            let again = store.append(std::slice::from_ref(append));
            // A disk that refuses to write refuses it again; after a failed sync the store refuses.
            assert!(again.is_err(), "a store that failed writes nothing more: {error:?}");
        }
        if self.dice.percent(70) {
            while !self.results.is_empty() {
                self.deliver();
            }
            self.submit_burst();
            self.answer_some();
        }
        let crash = Crash::draw(&mut self.dice, &self.disk);
        self.crash_by(crash);
    }

    /// Writes, hands out results and answers until nothing waits. Crashes may happen meanwhile.
    pub(super) fn settle(&mut self) {
        loop {
            for owner in self.owners.iter_mut().chain(&mut self.stale) {
                let history = &mut self.histories[owner.show];
                owner.publish(history);
                owner.answer(usize::MAX, &mut self.order, history, &mut self.counts);
            }
            let open = self.owners.iter().chain(&self.stale);
            let is_settled =
                open.clone().all(|owner| owner.ledger.is_settled() || owner.ledger.is_poisoned());
            if is_settled && self.tasks.is_empty() && self.results.is_empty() {
                return;
            }
            self.seal();
            self.write_some();
            self.deliver();
        }
    }
}
