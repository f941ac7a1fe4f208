//! Looking ahead: when what a member waits for will happen, if the member does nothing until then.
//!
//! It is found in a copy of the practice, which goes on by itself. With nobody else in the race the race itself will do
//! the same.

use crowd::Race;
use sale::{Event, Moment, Span, Stage, Stamped, Standing, Visitor};

use crate::names::MemberId;
use crate::practice::Practice;

/// How far the copy goes on between two questions whether to go on: 50 ms of race time. Chosen.
const SLICE: Span = Span::from_millis(50);

/// What a member waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// Being let in, in the queue or in the pool of a lottery.
    Turn,
    /// Seats that come back, inside where no seat is free.
    Returns,
}

/// The caller did not wait until the moment was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody waits for the moment any more")]
pub struct GivenUp;

impl Practice {
    /// Whether a member waits for this.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn awaits(&self, id: MemberId, awaited: Awaited) -> bool {
        if self.is_over_for(id) {
            return false;
        }
        match (awaited, self.standing(id)) {
            (Awaited::Turn, Standing::Waiting { .. } | Standing::Pooled) => true,
            (Awaited::Returns, Standing::Inside { hold: None, .. }) => {
                self.sale().free_count() == 0
            }
            (Awaited::Turn | Awaited::Returns, _elsewhere) => false,
        }
    }

    /// Goes on until what a member waits for happens, or anything else to the member, and returns when that is: at the
    /// latest when the race ends. The caller gives a copy, because race time has gone on after it. It asks `go_on` after
    /// each 50 ms of race time in which something happens.
    ///
    /// # Errors
    ///
    /// [`GivenUp`] once `go_on` returns false.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn find_ahead(
        mut self,
        id: MemberId,
        awaited: Awaited,
        mut go_on: impl FnMut() -> bool,
    ) -> Result<Moment, GivenUp> {
        let (me, ends_at) = (self.member(id).visitor(), self.ends_at());
        let mut found: Option<Moment> = None;
        while found.is_none() && self.sale().stage() != Stage::Closed {
            let Some(next) = self.poll_timeout().filter(|&at| at <= ends_at) else { break };
            if !go_on() {
                return Err(GivenUp);
            }
            self.advance((next + SLICE).min(ends_at), |_: &Race, stamped: &Stamped| {
                if found.is_none() && is_awaited(stamped.event, me, awaited) {
                    found = Some(stamped.at);
                }
            });
            // The end of a run may come from the event of somebody else, such as the last payment.
            found = found.or(self.member(id).run().ended().map(|ended| ended.at));
        }
        Ok(found.unwrap_or(ends_at))
    }
}

/// Whether an event is what a visitor waits for, or happens to the visitor.
fn is_awaited(event: Event, me: Visitor, awaited: Awaited) -> bool {
    let is_own = event.visitor() == Some(me);
    match awaited {
        Awaited::Turn => is_own,
        Awaited::Returns => is_own || matches!(event, Event::SeatsReturned { .. }),
    }
}
