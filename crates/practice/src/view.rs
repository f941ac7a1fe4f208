//! What a member may see of a race.

use alloc::string::String;

use protocol::{CaptchaState, GoneCause, RaceState, You};
use sale::{CaptchaStep, Moment, Standing, Visitor};

use crate::names::MemberId;
use crate::practice::Practice;
use crate::run::Ended;
use crate::shift::Shift;
use crate::wire::{self, millis};

/// A moment of race time, and what links race time to the server's clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaceClock {
    /// When race time began after all shifts so far, in Unix milliseconds by the server's clock.
    pub started_at_ms: f64,
    /// The current race time.
    pub now: Moment,
}

impl Practice {
    /// The race's state as a member sees it. `pass` makes the text with which the member proves to
    /// be inside until a moment (rule A3). It is called at most once, with the member's own
    /// visitor.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn state(
        &self,
        id: MemberId,
        clock: RaceClock,
        pass: impl FnOnce(Visitor, Moment) -> String,
    ) -> RaceState {
        let member_count = u32::try_from(self.members().len()).expect("at most MEMBERS_MAX");
        RaceState {
            started_at_ms: clock.started_at_ms,
            now_ms: millis(clock.now),
            stage: wire::stage(self.sale().stage()),
            over: self.is_over_for(id),
            member: id.0,
            members: member_count,
            you: self.you(id, pass),
            counts: wire::counts(self.sale()),
            shifts: self.shifts().iter().map(Shift::told).collect(),
            returns_at_ms: self.returns_at().map(millis),
        }
    }

    /// Whether a member may see which seats are free: while inside, and after a captcha that comes
    /// before the map was passed or put off.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn may_see_map(&self, id: MemberId) -> bool {
        let run = self.member(id).run();
        let Standing::Inside { captcha_due, .. } = self.standing(id) else { return false };
        let is_before_map = self.sale().rules().captcha.step == CaptchaStep::BeforeMap;
        let must_answer_first = is_before_map && captcha_due && !run.has_put_off();
        run.ended().is_none() && !must_answer_first
    }

    fn you(&self, id: MemberId, pass: impl FnOnce(Visitor, Moment) -> String) -> You {
        if let Some(ended) = self.member(id).run().ended() {
            return self.ended_you(id, ended);
        }
        let (sale, visitor) = (self.sale(), self.member(id).visitor());
        match sale.standing(visitor) {
            Standing::Away { locked_until } => You::Away { locked_until_ms: millis(locked_until) },
            Standing::Pooled => You::Pooled,
            Standing::Waiting { place, position } => {
                let behind = sale.waiting_count().saturating_sub(position);
                You::Waiting { place: place.0, position, behind }
            }
            Standing::Inside { place, admitted_at, until, captcha_due, viewed, hold } => {
                You::Inside {
                    place: place.0,
                    admitted_at_ms: millis(admitted_at),
                    until_ms: millis(until),
                    pass: pass(visitor, until),
                    captcha: self.captcha(id, captcha_due),
                    challenge: sale.challenge(visitor).map_or(0, |challenge| challenge.number),
                    viewed: viewed.map(|(section, at)| protocol::Viewed {
                        section: section.0,
                        at_ms: millis(at),
                    }),
                    hold: hold.map(|hold| wire::hold(sale, &hold)),
                }
            }
        }
    }

    fn ended_you(&self, id: MemberId, Ended { ending, at }: Ended) -> You {
        let run = self.member(id).run();
        let place = run.place().map(|place| place.0);
        if let Some(cause) = wire::gone_cause(ending) {
            return You::Gone { cause, at_ms: millis(at), place };
        }
        let row = run.booking().and_then(|booking| self.sale().booking(booking));
        if row.is_some_and(|row| row.cancelled_at.is_some()) {
            return You::Gone { cause: GoneCause::Left, at_ms: millis(at), place };
        }
        let booking = run.booking().and_then(|booking| wire::booking(self.sale(), booking));
        You::Booked { booking: booking.expect("a paid run has a booking"), place }
    }

    fn captcha(&self, id: MemberId, is_due: bool) -> CaptchaState {
        if self.sale().rules().captcha.step == CaptchaStep::Never {
            CaptchaState::None
        } else if !is_due {
            CaptchaState::Passed
        } else if self.member(id).run().has_put_off() {
            CaptchaState::PutOff
        } else {
            CaptchaState::Due
        }
    }
}
