//! The scripted self: plays a member's intent in a race that forked from the real one.

use alloc::vec::Vec;

use protocol::RunOutcome;
use sale::{CaptchaStep, Command, Departure, Moment, Outcome, Refusal, Seat, Seats, Span};

use crate::limits::TRIES_MAX;
use crate::note::Note;
use crate::what_if::change::Lever;
use crate::what_if::intent::{CaptchaWay, Deed, DeedKind, Try};
use crate::what_if::observer::Click;
use crate::what_if::plan::Plan;
use crate::what_if::reel::{Halt, Reel};
use crate::what_if::seen::Pick;
use crate::what_if::tape::Input;

/// The time after which the self tries a refused command again. Chosen: as long as an early press locks a button.
const AGAIN: Span = Span::from_millis(500);

/// How often the self presses a button that is locked or paused.
const PRESSES_MAX: u32 = 40;

/// Where the self takes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum From {
    /// Before the press.
    Press,
    /// Just let in.
    Captcha,
    /// The map is open.
    FirstSeat,
    /// After the first conflict.
    Held,
    /// The first seat is held.
    Paid,
}

/// A race that the self plays on.
pub(super) struct Player<'a> {
    pub(super) reel: Reel,
    pub(super) inputs: &'a [Input],
    pub(super) plan: Plan<'a>,
    pub(super) go_on: &'a mut dyn FnMut() -> bool,
    /// The steps for which the member had no time of their own.
    pub(super) assumed: Vec<Lever>,
}

type Flow<T = ()> = Result<T, Halt>;

impl Player<'_> {
    /// Plays from a fork to the end of the run; `None` if the caller did not wait so long.
    pub(super) fn play(mut self, from: From) -> Option<(RunOutcome, Vec<Lever>)> {
        match self.play_on(from) {
            Err(Halt::Stopped) => return None,
            Ok(()) | Err(Halt::Over) => {}
        }
        let run = self.reel.practice().member(self.reel.id()).run();
        let outcome = self.reel.observer.outcome(self.reel.race(), run);
        self.assumed.sort_unstable();
        self.assumed.dedup();
        Some((outcome, self.assumed))
    }

    fn play_on(&mut self, from: From) -> Flow {
        if from == From::Press {
            self.press()?;
            self.wait_for_admission()?;
        }
        if from <= From::Captcha {
            self.pass_captcha()?;
            self.reel.open_map();
        }
        if from <= From::Held {
            self.take_seat(usize::from(from == From::Held))?;
        }
        self.pay()
    }

    fn press(&mut self) -> Flow {
        self.wait_until(self.reel.race().tally().opened_at() + self.plan.arrival())?;
        for _ in 0..PRESSES_MAX {
            match self.send(Command::Enter { visitor: self.reel.visitor() }) {
                Ok(Outcome::TooEarly { locked_until }) => self.wait_until(locked_until)?,
                Ok(_) => return Ok(()),
                Err(_) => self.wait_for(AGAIN)?,
            }
        }
        Err(Halt::Over)
    }

    fn wait_for_admission(&mut self) -> Flow {
        let begun_at = self.reel.now();
        while self.reel.observer.admitted_at().is_none() {
            let waited = self.reel.now().since(begun_at);
            if self.plan.intent.queue_patience.is_some_and(|patience| waited >= patience) {
                return self.leave();
            }
            self.step()?;
        }
        Ok(())
    }

    /// Answers the captcha, or puts it off, up to the moment at which the map is open.
    fn pass_captcha(&mut self) -> Flow {
        let admitted_at = self.reel.observer.admitted_at().unwrap_or(self.reel.now());
        let way = match self.reel.race().sale().rules().captcha.step {
            CaptchaStep::Never => return Ok(()),
            CaptchaStep::BeforeMap if self.plan.changed(Lever::Captcha).is_some() => {
                CaptchaWay::AtOnce
            }
            CaptchaStep::BeforeMap | CaptchaStep::BeforeHold | CaptchaStep::BeforePay => {
                self.plan.intent.way
            }
        };
        match way {
            CaptchaWay::AtOnce => {
                let took = self.own(Lever::Captcha);
                self.wait_until(admitted_at + took)?;
                self.answer()
            }
            CaptchaWay::PutOff { after, .. } => {
                self.wait_until(admitted_at + after)?;
                // Where it cannot be put off, the hold is refused until it is answered.
                let _: Result<Outcome, Refusal> =
                    self.send(Command::PutOffCaptcha { visitor: self.reel.visitor() });
                Ok(())
            }
            CaptchaWay::Later { .. } => Ok(()),
        }
    }

    /// Answers the captcha that is due, with the letters of its own image.
    fn answer(&mut self) -> Flow {
        let visitor = self.reel.visitor();
        for _ in 0..2 {
            let Some(asked) = self.reel.race().sale().challenge(visitor) else { return Ok(()) };
            let (challenge, letters) = (asked.number, asked.letters);
            match self.send(Command::AnswerCaptcha { visitor, challenge, letters }) {
                Err(Refusal::CaptchaOld) => {
                    self.send(Command::RenewCaptcha { visitor }).map_err(|_| Halt::Over)?;
                }
                Ok(_) | Err(_) => return Ok(()),
            }
        }
        Ok(())
    }

    /// Clicks for seats until some are held, from the `first`-th click on.
    fn take_seat(&mut self, first: usize) -> Flow {
        for number in first..TRIES_MAX {
            let (attempt, assumed) = self.plan.attempt(number);
            self.assumed.extend(assumed);
            let seats = self.find(&attempt)?;
            match self.click(&seats) {
                Ok(Outcome::Held { .. }) => return Ok(()),
                Ok(_) => {}
                Err(_) => self.wait_for(AGAIN)?,
            }
            self.reel.start_clock();
        }
        Err(Halt::Over)
    }

    /// Looks at the map and chooses, up to the click.
    fn find(&mut self, attempt: &Try) -> Flow<Seats> {
        let age = attempt.age;
        self.wait_while_free(attempt.looked)?;
        if age.is_some() || self.reel.seen.is_none() {
            self.reel.look();
        }
        let mut seats = self.choose(&attempt.picks);
        while seats.is_none() {
            // Nothing is free on this map; the next one may show more.
            self.wait_in_vain(self.plan.every.max(Span::MILLI))?;
            self.reel.look();
            seats = self.choose(&attempt.picks);
        }
        self.wait_for_click(self.reel.now() + age.unwrap_or(Span::ZERO))?;
        seats.ok_or(Halt::Over)
    }

    fn choose(&self, picks: &[Pick]) -> Option<Seats> {
        let hall = self.reel.race().hall();
        self.reel.seen.as_ref()?.choose(hall, self.reel.observer.held(), picks)
    }

    /// Waits for the moment of a click, and answers a captcha that must come before it.
    fn wait_for_click(&mut self, at: Moment) -> Flow {
        let lead = match (self.reel.race().sale().rules().captcha.step, self.plan.intent.way) {
            (CaptchaStep::Never | CaptchaStep::BeforePay, _) => None,
            (_, CaptchaWay::PutOff { lead, .. } | CaptchaWay::Later { lead }) => Some(lead),
            (CaptchaStep::BeforeMap | CaptchaStep::BeforeHold, CaptchaWay::AtOnce) => {
                Some(Span::ZERO)
            }
        };
        if let Some(lead) = lead {
            self.wait_until(before(at, lead))?;
            self.answer()?;
        }
        self.wait_until(at)
    }

    /// Clicks for seats, and notes what the map then shows.
    fn click(&mut self, seats: &Seats) -> Result<Outcome, Refusal> {
        let is_first = self.reel.observer.is_click_due();
        let click = is_first.then(|| Click::of(self.reel.race(), seats));
        let outcome =
            self.send(Command::HoldSeats { visitor: self.reel.visitor(), seats: *seats })?;
        if let Some(click) = click {
            self.reel.observer.click(click);
        }
        if let Some(seen) = &mut self.reel.seen {
            if let Outcome::SeatTaken { seat, .. } = outcome {
                seen.remove(seat);
            } else {
                seats.iter().for_each(|seat| seen.remove(seat));
            }
        }
        Ok(outcome)
    }

    /// Takes more seats as the member did, and pays.
    fn pay(&mut self) -> Flow {
        let held_at = self.reel.now();
        let own = self.plan.intent.paid.resolve(self.plan.usual.paid).0;
        let took = self.own(Lever::Paid);
        let pay_at = held_at + took;
        let mut last = held_at;
        for deed in &self.plan.intent.deeds {
            let at = last + scaled(deed.wait, took, own);
            if at >= pay_at {
                break;
            }
            self.redo(deed, at)?;
            last = at.max(self.reel.now());
        }
        let is_late = self.reel.race().sale().rules().captcha.step == CaptchaStep::BeforePay;
        if let CaptchaWay::Later { lead } = self.plan.intent.way
            && is_late
        {
            self.wait_until(before(pay_at, lead))?;
            self.answer()?;
        }
        self.wait_until(pay_at)?;
        // Whoever has no hold any more cannot pay; the run is as good as over.
        let _: Result<Outcome, Refusal> = self.send(Command::Pay { visitor: self.reel.visitor() });
        Ok(())
    }

    fn redo(&mut self, deed: &Deed, at: Moment) -> Flow {
        match &deed.kind {
            DeedKind::Take { age, picks } => {
                if self.reel.observer.held().len() >= self.plan.intent.wanted {
                    return self.wait_until(at);
                }
                if let Some(age) = *age {
                    self.wait_until(before(at, age))?;
                    self.reel.look();
                }
                let seats = self.choose(picks);
                self.wait_until(at)?;
                if let Some(seats) = seats {
                    // A seat that is gone, or one too many, is not taken; the member pays for the others.
                    let _: Result<Outcome, Refusal> = self.click(&seats);
                }
            }
            DeedKind::Release(indices) => {
                self.wait_until(at)?;
                let held = self.reel.observer.held();
                let seats: Vec<Seat> =
                    indices.iter().filter_map(|&index| held.get(index).copied()).collect();
                if let Ok(seats) = Seats::new(&seats) {
                    let visitor = self.reel.visitor();
                    let _: Result<Outcome, Refusal> =
                        self.send(Command::ReleaseSeats { visitor, seats });
                }
            }
        }
        Ok(())
    }

    /// Leaves, as the member did after the same time in vain.
    fn leave(&mut self) -> Flow {
        let cause = Departure::Left;
        let _: Result<Outcome, Refusal> =
            self.send(Command::Leave { visitor: self.reel.visitor(), cause });
        Err(Halt::Over)
    }

    /// The self's time for a step, which is noted if it is assumed.
    fn own(&mut self, lever: Lever) -> Span {
        let (time, is_assumed) = self.plan.time(lever);
        self.assumed.extend(is_assumed.then_some(lever));
        time
    }

    fn send(&mut self, command: Command) -> Result<Outcome, Refusal> {
        self.reel.handle(command)
    }

    /// Waits until the clock of the choice has run for `span`, and a seat is free.
    fn wait_while_free(&mut self, span: Span) -> Flow {
        loop {
            let now = self.reel.now();
            let left = span.as_nanos().saturating_sub(self.reel.clock.read(now).as_nanos());
            if !self.reel.clock.is_running() {
                match self.patience() {
                    Some(Span::ZERO) => return self.leave(),
                    Some(patience) => self.step_until(now + patience)?,
                    None => self.step()?,
                }
            } else if left == 0 {
                return Ok(());
            } else {
                self.wait_for(Span::from_nanos(left))?;
            }
        }
    }

    /// Waits for `span`, and leaves if the member would have by then.
    fn wait_in_vain(&mut self, span: Span) -> Flow {
        let until = self.reel.now() + span;
        loop {
            let now = self.reel.now();
            match self.patience() {
                Some(Span::ZERO) => return self.leave(),
                Some(patience) if now < until => self.step_until(until.min(now + patience))?,
                None if now < until => self.wait_until(until)?,
                Some(_) | None => return Ok(()),
            }
        }
    }

    /// For how long the self still looks at a hall in which no seat is free; `None` if one is, or if the member never
    /// left for that.
    fn patience(&self) -> Option<Span> {
        let patience = self.plan.intent.map_patience?;
        let stood = self.reel.map_clock.stood(self.reel.now());
        let left = Span::from_nanos(patience.as_nanos().saturating_sub(stood.as_nanos()));
        (!self.reel.map_clock.is_running()).then_some(left)
    }

    fn wait_for(&mut self, span: Span) -> Flow {
        self.wait_until(self.reel.now() + span)
    }

    /// Lets the race go on until `at`, with what the other members did meanwhile.
    fn wait_until(&mut self, at: Moment) -> Flow {
        while let Some(input) = self.inputs.get(self.reel.next).filter(|next| next.at() <= at) {
            self.reel.go_to(input.at(), self.go_on)?;
            self.take_in(input);
        }
        if at > self.reel.now() { self.reel.go_to(at, self.go_on) } else { self.check() }
    }

    /// Lets the race go on to the next moment at which something happens.
    fn step(&mut self) -> Flow {
        let ends_at = self.reel.practice().ends_at();
        let next = self.inputs.get(self.reel.next);
        let limit = next.map_or(ends_at, Input::at).min(ends_at);
        if !(self.go_on)() {
            return Err(Halt::Stopped);
        }
        let is_due = self.reel.step(limit);
        match next.filter(|next| next.at() <= self.reel.now()) {
            Some(input) => self.take_in(input),
            None if !is_due => return Err(Halt::Over),
            None => {}
        }
        self.check()
    }

    /// As [`step`](Self::step), but no further than `until`.
    fn step_until(&mut self, until: Moment) -> Flow {
        let due_at = self.reel.practice().poll_timeout();
        let input_at = self.inputs.get(self.reel.next).map(Input::at);
        let is_due = due_at.into_iter().chain(input_at).any(|at| at < until);
        if is_due { self.step() } else { self.wait_until(until) }
    }

    fn check(&self) -> Flow {
        if self.reel.is_over() { Err(Halt::Over) } else { Ok(()) }
    }

    /// Takes in what another member did. What the sale refuses in this race falls away.
    fn take_in(&mut self, input: &Input) {
        self.reel.next += 1;
        match input {
            Input::Command(_, command) if command.visitor() == Some(self.reel.visitor()) => {}
            Input::Command(_, command) => {
                let _: Result<Outcome, Refusal> = self.reel.handle(*command);
            }
            Input::Note(_, Note::Shown { member, .. }) if *member == self.reel.id() => {}
            Input::Note(_, note) => self.reel.keep(note.clone()),
        }
    }
}

fn before(at: Moment, span: Span) -> Moment {
    Moment::from_nanos(at.as_nanos().saturating_sub(span.as_nanos()))
}

/// `span`, made as much shorter or longer as `from` became `to`.
fn scaled(span: Span, to: Span, from: Span) -> Span {
    if from == Span::ZERO || from == to {
        return span;
    }
    let wide =
        u128::from(span.as_nanos()) * u128::from(to.as_nanos()) / u128::from(from.as_nanos());
    Span::from_nanos(u64::try_from(wide).unwrap_or(u64::MAX))
}
