//! The reports and the results of all members, made from the log at the end of a trial as the server makes
//! them.

use journal::{Start, replay};
use practice::report::{Retold, Subject, answer};
use practice::what_if::UsualTimes;
use practice::{About, MemberId, Title};
use sale::{Machine, Moment, Seat, SeatState};

use crate::trial::Trial;

impl Trial {
    /// Checks that the log gives a report for every member, and that the results say whose the seats are
    /// (rule G13).
    pub(super) fn report(&mut self, index: usize, end: Moment) {
        let show = &self.shows[index];
        let store = self.store.as_mut().expect("the store is open");
        let tell = |_: &[u8], _: Option<&_>| Ok(Retold::tell(show.practice_until(end)));
        let replayed = replay(store, show.sale, Start::Beginning, tell, |_| {});
        let mut retold = replayed.expect("the log was recovered just before").machine;
        Machine::advance(&mut retold, end);
        let lived = self.owners[index].ledger.machine().practice().members();
        assert!(retold.practice().members() == lived, "the log gives other members");
        assert!(retold.finish_all_while(|| true), "nothing stops this");
        check_results(&retold);
        let count = retold.practice().members().len();
        self.counts.reports += count as u64;
        if count > 0 {
            let number = self.dice.index(count);
            let member = MemberId(u32::try_from(number).expect("at most forty"));
            let place = retold.practice().member(member).run().place().map(|place| place.0);
            let report = answer(retold, subject(member));
            assert_eq!(report.place, place, "the report is that of another member");
        }
    }
}

/// Checks that each member has a row and findings that agree, and that the seats in it are sold to that
/// member and to nobody else.
fn check_results(retold: &Retold) {
    let (practice, mut owned) = (retold.practice(), std::collections::BTreeSet::new());
    let rows = retold.results(0.0, |_| None);
    assert_eq!(rows.len(), practice.members().len(), "each member has a row");
    for ((id, member), row) in practice.ids().zip(&rows) {
        let findings = retold.findings(id);
        assert_eq!(row.member, id.0, "the rows are in the order of the members");
        assert_eq!(row.cost.is_some(), findings.loss.is_some(), "what cost most: {row:?}");
        for &seat in &row.seats {
            assert!(owned.insert(seat), "seat {seat} stands in two rows");
            let sale = practice.sale();
            assert_eq!(sale.seat_state(Seat(seat)), SeatState::Sold, "{row:?}");
            assert_eq!(sale.seat_owner(Seat(seat)), Some(member.visitor()), "{row:?}");
        }
    }
}

fn subject(member: MemberId) -> Subject {
    let name = || "trial".to_owned();
    let title = Title { ko: name(), en: name(), ja: name() };
    let (scenario, plan, demand, style) = (name(), name(), name(), name());
    let about = About {
        scenario,
        title,
        plan,
        demand,
        style,
        rivals: 0,
        seats: 0,
        exercise: None,
        performance: None,
        rehearses: None,
    };
    Subject {
        member,
        id: name(),
        about,
        seed: None,
        started_at_ms: 0.0,
        usual: UsualTimes::default(),
    }
}
