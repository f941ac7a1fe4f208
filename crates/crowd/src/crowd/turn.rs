//! One rival's turn: it does what it planned, and says what it does next and when.
//!
//! Every function that takes a step returns the next one, or `None` if the rival's visit is over.

use alloc::vec::Vec;

use sale::{
    CaptchaStep, Command, Departure, HoldAt, Moment, Outcome, Refusal, Sale, Seats, Span, Standing,
};

use crate::crowd::choice::{Look, after_conflicts};
use crate::crowd::rival::{Intent, Rival, Step};
use crate::dist::Delay;
use crate::hall::Hall;
use crate::persona::{CrowdRules, Persona};

/// The shortest time between two looks at a hall without a free seat. Without it, a rival whose
/// persona looks again at once would keep the race from going on.
const LOOK_AGAIN_MIN: Span = Span::from_millis(10);

/// A rival about to act in a sale, and all that it looks at to decide.
pub(super) struct Turn<'a> {
    pub(super) rival: &'a mut Rival,
    pub(super) persona: &'a Persona,
    pub(super) rules: &'a CrowdRules,
    pub(super) hall: &'a Hall,
    /// Room for the weights of the sections, kept from one turn to the next.
    pub(super) weights: &'a mut Vec<f64>,
    pub(super) sale: &'a mut Sale,
    pub(super) at: Moment,
}

/// What a rival does next, and when.
pub(super) struct Next {
    pub(super) at: Moment,
    pub(super) intent: Intent,
}

impl Turn<'_> {
    /// Does what the rival planned.
    pub(super) fn take(&mut self) -> Option<Next> {
        match self.rival.intent {
            Intent::PutOff => self.put_off_captcha(),
            Intent::Answer(then) => self.answer_captcha(then),
            Intent::Step(Step::Section) => self.choose_section(),
            Intent::Step(Step::Look(click_at)) => Some(self.choose_seats(click_at)),
            Intent::Step(Step::Hold(seats)) => self.hold(seats),
            Intent::Step(Step::Pay) => self.pay(),
            Intent::Step(Step::End) => None,
        }
    }

    fn put_off_captcha(&mut self) -> Option<Next> {
        self.send(Command::PutOffCaptcha { visitor: self.rival.visitor() })?;
        Some(self.after(&self.persona.section, Intent::Step(Step::Section)))
    }

    fn answer_captcha(&mut self, then: Step) -> Option<Next> {
        let visitor = self.rival.visitor();
        let Some(challenge) = self.sale.challenge(visitor) else {
            self.leave();
            return None;
        };
        let misread = self.rival.draws.chance(self.persona.captcha_error);
        let letters = if misread { challenge.letters.misread() } else { challenge.letters };
        let challenge = challenge.number;
        if self.send(Command::AnswerCaptcha { visitor, challenge, letters })?
            != Outcome::CaptchaPassed
        {
            return Some(self.after(&self.persona.captcha_again, Intent::Answer(then)));
        }
        self.rival.captcha_passed = true;
        Some(match then {
            Step::Section => self.after(&self.persona.section, Intent::Step(then)),
            Step::Look(_) | Step::Hold(_) | Step::Pay | Step::End => {
                Next { at: self.at, intent: Intent::Step(then) }
            }
        })
    }

    /// Typing the captcha, if the sale asks for it before `step` and it was not passed yet.
    fn captcha_before(&mut self, step: Step) -> Option<Next> {
        if self.rival.captcha_passed || !stands_before(self.sale.rules().captcha.step, step) {
            return None;
        }
        Some(self.after(&self.persona.captcha, Intent::Answer(step)))
    }

    fn choose_section(&mut self) -> Option<Next> {
        let Some(section) = self.look().section() else {
            return self.find_hall_full();
        };
        self.rival.section = section;
        self.send(Command::ViewSection { visitor: self.rival.visitor(), section })?;
        let mut think = self.draw(&self.persona.first_seat);
        if self.sale.rules().hold_at != HoldAt::Click {
            think = think + self.time_for_rest();
        }
        Some(self.look_before_click(self.at, think))
    }

    /// The time to choose all further seats and confirm, where they are held together.
    fn time_for_rest(&mut self) -> Span {
        let mut span = self.draw(&self.persona.done);
        for _ in 1..self.rival.want {
            span = span + self.draw(&self.persona.next_seat);
        }
        span
    }

    /// Nothing is free anywhere: look again later, or give up. A look is no command, so the sale
    /// does not refuse it when the visit is over; the rival asks where it stands instead.
    fn find_hall_full(&mut self) -> Option<Next> {
        if !matches!(self.sale.standing(self.rival.visitor()), Standing::Inside { .. }) {
            return None;
        }
        if self.loses_patience() {
            self.leave();
            return None;
        }
        let wait = self.draw(&self.persona.look_again).max(LOOK_AGAIN_MIN);
        Some(Next { at: self.at + wait, intent: Intent::Step(Step::Section) })
    }

    /// The look on which the next click rests. The rival begins to think at `from` and clicks
    /// `think` later; if its map was refreshed meanwhile, it last saw the seats then.
    fn look_before_click(&mut self, from: Moment, think: Span) -> Next {
        let haste = libm::pow(1.0 - self.persona.care.haste, f64::from(self.rival.conflicts));
        let think = Span::from_secs_f64(think.as_secs_f64() * haste);
        let draws = &mut self.rival.draws;
        let refreshed_every = self.rules.map_refresh.quantile(draws.unit()).max(0.0);
        let map_age = think.min(Span::from_secs_f64(refreshed_every * draws.unit()));
        let click_at = from + think;
        let look_at = Moment::from_nanos(click_at.as_nanos() - map_age.as_nanos());
        Next { at: look_at, intent: Intent::Step(Step::Look(click_at)) }
    }

    fn choose_seats(&mut self, click_at: Moment) -> Next {
        let (section, held) = (self.rival.section, self.held_seats());
        let wanted = usize::from(self.rival.want - self.rival.got);
        let seats = match self.sale.rules().hold_at {
            HoldAt::Click if self.rival.got > 0 => self.look().next_seat(section, held),
            HoldAt::Click => self.look().first_seat(section, wanted),
            HoldAt::Done | HoldAt::Payment => self.look().seats(section, wanted),
        };
        let Some(seats) = seats else { return self.find_section_full() };
        let arrives_at = click_at + self.draw(&self.rules.click);
        Next { at: arrives_at, intent: Intent::Step(Step::Hold(seats)) }
    }

    /// The section has nothing: be content with what is held, or choose another section.
    fn find_section_full(&mut self) -> Next {
        if self.rival.got > 0 {
            return self.go_on_to_pay();
        }
        self.after(&self.persona.section, Intent::Step(Step::Section))
    }

    fn hold(&mut self, seats: Seats) -> Option<Next> {
        if let Some(captcha) = self.captcha_before(Step::Hold(seats)) {
            return Some(captcha);
        }
        let command = Command::HoldSeats { visitor: self.rival.visitor(), seats };
        if let Outcome::SeatTaken { .. } = self.send(command)? {
            return self.miss();
        }
        self.rival.got += u8::try_from(seats.len()).expect("at most SEATS_PER_HOLD_MAX");
        let wants_more =
            self.sale.rules().hold_at == HoldAt::Click && self.rival.got < self.rival.want;
        if !wants_more {
            return Some(self.go_on_to_pay());
        }
        let think = self.draw(&self.persona.next_seat);
        Some(self.look_before_click(self.at, think))
    }

    /// Somebody else was faster.
    fn miss(&mut self) -> Option<Next> {
        if self.rival.got > 0 && self.rival.draws.chance(self.persona.settle) {
            return Some(self.go_on_to_pay());
        }
        self.rival.conflicts += 1;
        if self.loses_patience() {
            self.leave();
            return None;
        }
        let read = self.draw(&self.persona.alert);
        let think = self.draw(&self.persona.repick);
        Some(self.look_before_click(self.at + read, think))
    }

    fn loses_patience(&mut self) -> bool {
        let rival = &mut *self.rival;
        rival.fails += 1;
        rival.fails > self.persona.patience
            && rival.got == 0
            && rival.draws.chance(self.persona.give_up)
    }

    fn go_on_to_pay(&mut self) -> Next {
        if self.rival.draws.chance(self.persona.abandon) {
            return Next { at: self.at + self.sale.rules().hold, intent: Intent::Step(Step::End) };
        }
        self.after(&self.persona.pay, Intent::Step(Step::Pay))
    }

    fn pay(&mut self) -> Option<Next> {
        if let Some(captcha) = self.captcha_before(Step::Pay) {
            return Some(captcha);
        }
        if let Outcome::SeatTaken { .. } =
            self.send(Command::Pay { visitor: self.rival.visitor() })?
        {
            self.rival.got = 0;
            return self.miss();
        }
        None
    }

    /// Sends a command. A refusal ends the visit: either the sale ended it already, or the host
    /// paused the sale, and then the rival leaves.
    fn send(&mut self, command: Command) -> Option<Outcome> {
        let answer = self.sale.handle(self.sale.stamp(self.at), command);
        if let Err(refusal) = answer
            && refusal != Refusal::NotInside
            && refusal != Refusal::Closed
        {
            self.leave();
        }
        answer.ok()
    }

    /// Leaves the sale.
    fn leave(&mut self) {
        let visitor = self.rival.visitor();
        let leave = Command::Leave { visitor, cause: Departure::Left };
        // The sale refuses this if the rival is out already; then there is nothing to leave.
        let _: Result<Outcome, Refusal> = self.sale.handle(self.sale.stamp(self.at), leave);
    }

    /// What the rival sees of the sale at this moment.
    fn look(&mut self) -> Look<'_> {
        Look {
            sale: self.sale,
            hall: self.hall,
            care: after_conflicts(self.persona.care, self.rival.conflicts),
            draws: &mut self.rival.draws,
            weights: self.weights,
        }
    }

    fn held_seats(&self) -> Option<Seats> {
        let Standing::Inside { hold, .. } = self.sale.standing(self.rival.visitor()) else {
            return None;
        };
        hold.map(|hold| hold.seats)
    }

    /// `intent` after a time drawn from `delay`.
    fn after(&mut self, delay: &Delay, intent: Intent) -> Next {
        Next { at: self.at + self.draw(delay), intent }
    }

    fn draw(&mut self, delay: &Delay) -> Span {
        delay.span(&mut self.rival.draws)
    }
}

/// Whether the sale asks for the captcha before this step. The captcha before the map is not asked
/// for here: the intent of a rival that was just admitted begins with it.
fn stands_before(captcha: CaptchaStep, step: Step) -> bool {
    match captcha {
        CaptchaStep::Never => false,
        CaptchaStep::BeforeMap | CaptchaStep::BeforeHold => matches!(step, Step::Hold(_)),
        CaptchaStep::BeforePay => step == Step::Pay,
    }
}
