//! Reads a member's intent from the tape of a race, and keeps a fork of the race before each step.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use sale::{CaptchaStep, Command, Moment, Outcome, Seat, Seats, Span, Standing};

use crate::limits::TRIES_MAX;
use crate::names::MemberId;
use crate::note::Note;
use crate::run::Ending;
use crate::step::Step;
use crate::what_if::intent::{CaptchaWay, Deed, DeedKind, Intent, Known, Try, indices};
use crate::what_if::observer::Click;
use crate::what_if::reel::{Halt, Reel};
use crate::what_if::seen::{Pick, Seen};
use crate::what_if::tape::{Input, Tape};

/// Copies of a race, each at the beginning of a step.
#[derive(Clone, Debug, Default)]
pub(super) struct Forks {
    pub(super) press: Option<Reel>,
    pub(super) captcha: Option<Reel>,
    pub(super) first_seat: Option<Reel>,
    pub(super) held: Option<Reel>,
    pub(super) paid: Option<Reel>,
}

/// Follows a member through the tape.
pub(super) struct Tracer<'a> {
    tape: &'a Tape,
    reel: Reel,
    visit: Visit,
    /// For each of the member's clicks: the moment of the map that the member then saw; `None` if it is the map
    /// of the click before.
    looks: VecDeque<Option<Moment>>,
    /// The map of the next click, once its moment has come.
    look: Option<Look>,
    go_on: &'a mut dyn FnMut() -> bool,
}

/// What the tracer found.
pub(super) struct Traced {
    pub(super) reel: Reel,
    pub(super) intent: Intent,
    pub(super) forks: Forks,
}

struct Look {
    at: Moment,
    seen: Seen,
    /// What the clock of the choice showed.
    reading: Span,
}

/// The member's present visit. A new place begins a new one.
#[derive(Default)]
struct Visit {
    intent: Option<Intent>,
    forks: Forks,
    places: u32,
    is_admitted: bool,
    map_at: Option<Moment>,
    /// When the present choice began.
    from: Moment,
    put_off: Option<Span>,
    passed_at: Option<Moment>,
    first_click_at: Option<Moment>,
    held_at: Option<Moment>,
    deed_at: Moment,
    is_paid: bool,
}

impl<'a> Tracer<'a> {
    /// A tracer at the beginning of the tape.
    pub(super) fn new(
        tape: &'a Tape,
        id: MemberId,
        every: Span,
        go_on: &'a mut dyn FnMut() -> bool,
    ) -> Self {
        let reel = Reel::new(tape.origin().clone(), id);
        let looks = looks(tape, &reel, every);
        Self { tape, reel, visit: Visit::default(), looks, look: None, go_on }
    }

    /// Follows the member up to `until`, when the run was over.
    pub(super) fn trace(mut self, until: Moment) -> Result<Traced, Halt> {
        for (index, input) in self.tape.inputs().iter().enumerate() {
            if input.at() > until {
                break;
            }
            self.reel.next = index;
            self.reach(input.at())?;
            self.reel.next = index + 1;
            match input {
                Input::Command(_, command) if command.visitor() == Some(self.reel.visitor()) => {
                    self.follow(*command);
                }
                Input::Command(_, command) => {
                    // The log holds only what was accepted.
                    let _: Result<Outcome, _> = self.reel.handle(*command);
                }
                Input::Note(_, note) => self.reel.keep(note.clone()),
            }
            if self.visit.forks.press.is_none() && self.reel.has_joined() {
                self.visit.forks.press = Some(self.reel.clone());
            }
            self.notice_admission();
        }
        self.reach(until)?;
        self.notice_admission();
        let intent = self.intent(until);
        Ok(Traced { reel: self.reel, intent, forks: self.visit.forks })
    }

    /// Lets the race go on until `at`, and keeps the map of the next click when its moment comes.
    fn reach(&mut self, at: Moment) -> Result<(), Halt> {
        if let Some(&Some(look_at)) = self.looks.front()
            && look_at <= at
            && self.look.is_none()
        {
            self.go_to(look_at)?;
            let reading = self.reel.clock.read(look_at);
            self.look = Some(Look { at: look_at, seen: Seen::of(self.reel.race()), reading });
        }
        self.go_to(at)
    }

    fn go_to(&mut self, at: Moment) -> Result<(), Halt> {
        while self.is_waiting() && self.reel.now() < at {
            if !(self.go_on)() {
                return Err(Halt::Stopped);
            }
            self.reel.step(at);
            self.notice_admission();
        }
        match self.reel.go_to(at, self.go_on) {
            Err(Halt::Stopped) => Err(Halt::Stopped),
            // The tape says how far the race went.
            Ok(()) | Err(Halt::Over) => {
                self.reel.advance(at);
                Ok(())
            }
        }
    }

    fn is_waiting(&self) -> bool {
        let standing = self.reel.race().sale().standing(self.reel.visitor());
        matches!(standing, Standing::Waiting { .. } | Standing::Pooled)
    }

    /// Keeps a fork where the member was just let in.
    fn notice_admission(&mut self) {
        if self.visit.is_admitted || self.reel.observer.admitted_at().is_none() {
            return;
        }
        self.notice_place();
        self.visit.is_admitted = true;
        self.visit.forks.captcha = Some(self.reel.clone());
        if self.reel.race().sale().rules().captcha.step != CaptchaStep::BeforeMap {
            self.open_map();
        }
    }

    /// Begins a new visit if the member has a new place.
    fn notice_place(&mut self) {
        if !self.reel.has_joined() {
            return;
        }
        let places = self.reel.practice().member(self.reel.id()).run().places();
        if places > self.visit.places {
            let press = self.visit.forks.press.take();
            self.visit = Visit { places, ..Visit::default() };
            self.visit.forks.press = press;
            self.visit.intent = Some(Intent::new());
        }
    }

    fn open_map(&mut self) {
        if self.visit.map_at.is_none() {
            self.visit.map_at = Some(self.reel.now());
            self.visit.from = self.reel.now();
            self.reel.open_map();
            self.visit.forks.first_seat = Some(self.reel.clone());
        }
    }

    /// Follows one of the member's own commands.
    fn follow(&mut self, command: Command) {
        match command {
            Command::HoldSeats { seats, .. } => return self.follow_click(&seats),
            Command::ReleaseSeats { seats, .. } => {
                let kind = DeedKind::Release(indices(self.reel.observer.held(), &seats));
                self.note_deed(kind);
            }
            Command::Enter { .. }
            | Command::Leave { .. }
            | Command::AnswerCaptcha { .. }
            | Command::RenewCaptcha { .. }
            | Command::PutOffCaptcha { .. }
            | Command::ViewSection { .. }
            | Command::Pay { .. }
            | Command::CancelBooking { .. }
            | Command::ChoosePrice { .. }
            | Command::BeginPayment { .. }
            | Command::EndPayment { .. }
            | Command::ConfirmPayment { .. }
            | Command::Open
            | Command::Pause
            | Command::Resume
            | Command::Close => {}
        }
        let outcome = self.reel.handle(command);
        self.notice_place();
        let now = self.reel.now();
        match outcome {
            Ok(Outcome::CaptchaPassed) => {
                self.visit.passed_at = Some(now);
                self.open_map();
            }
            Ok(Outcome::CaptchaPutOff) => {
                let admitted_at = self.reel.observer.admitted_at().unwrap_or(now);
                self.visit.put_off = Some(now.since(admitted_at));
                self.open_map();
            }
            Ok(Outcome::Booked { .. }) => {
                self.visit.is_paid = true;
                let paid = self.visit.held_at.map(|held_at| now.since(held_at));
                let wanted = self.reel.observer.seats().len();
                if let Some(intent) = &mut self.visit.intent {
                    intent.paid = paid.map_or(Known::Never, Known::Taken);
                    intent.wanted = wanted;
                }
            }
            Ok(_) | Err(_) => {}
        }
    }

    fn follow_click(&mut self, seats: &Seats) {
        let now = self.reel.now();
        let click = self.reel.observer.is_click_due().then(|| Click::of(self.reel.race(), seats));
        let took = self.reel.clock.read(now);
        let (age, looked, picks) = self.read_map(seats);
        let looked = looked.unwrap_or(took).min(took);
        let held: Vec<Seat> = self.reel.observer.held().to_vec();
        let outcome =
            self.reel.handle(Command::HoldSeats { visitor: self.reel.visitor(), seats: *seats });
        let (is_held, gone) = match outcome {
            Ok(Outcome::Held { .. }) => (true, None),
            Ok(Outcome::SeatTaken { seat, .. }) => (false, Some(seat)),
            Ok(_) | Err(_) => return,
        };
        if let Some(click) = click {
            self.reel.observer.click(click);
            self.visit.first_click_at = Some(now);
        }
        if let Some(seen) = &mut self.reel.seen {
            if let Some(seat) = gone {
                seen.remove(seat);
            }
            seats.iter().filter(|_| is_held).for_each(|seat| seen.remove(seat));
        }
        if self.visit.held_at.is_some() {
            // A click that only asks for what is held already does not happen: the sale refuses it.
            debug_assert!(seats.iter().all(|seat| !held.contains(&seat)));
            return self.note_deed(DeedKind::Take { age, picks });
        }
        self.note_try(Try { took, age, looked, picks }, is_held);
    }

    /// How old the map of a click is, what the clock of the choice showed at the look at it, and how the member chose on
    /// it.
    fn read_map(&mut self, seats: &Seats) -> (Option<Span>, Option<Span>, Vec<Pick>) {
        self.looks.pop_front();
        let since = self.visit.from.max(self.visit.deed_at);
        let look = self.look.take().map(|look| {
            let age = self.reel.now().since(look.at.max(since));
            self.reel.seen = Some(look.seen);
            // The choice may have begun after the look, or with it.
            (age, if look.at <= since { Span::ZERO } else { look.reading })
        });
        let (age, looked) = look.unzip();
        if self.reel.seen.is_none() {
            self.reel.look();
        }
        let (hall, held) = (self.reel.race().hall(), self.reel.observer.held());
        let picks = self.reel.seen.as_ref().map(|seen| seen.picks(hall, held, seats));
        (age, looked, picks.unwrap_or_default())
    }

    fn note_try(&mut self, attempt: Try, is_held: bool) {
        let Some(intent) = &mut self.visit.intent else { return };
        if intent.tries.len() < TRIES_MAX {
            intent.tries.push(attempt);
        }
        let is_first = intent.tries.len() == 1;
        let now = self.reel.now();
        if is_held {
            (self.visit.held_at, self.visit.deed_at) = (Some(now), now);
            self.visit.forks.paid = Some(self.reel.clone());
        } else {
            self.visit.from = now;
            self.reel.start_clock();
            if is_first {
                self.visit.forks.held = Some(self.reel.clone());
            }
        }
    }

    fn note_deed(&mut self, kind: DeedKind) {
        let now = self.reel.now();
        let wait = now.since(self.visit.deed_at);
        if let Some(intent) = &mut self.visit.intent
            && self.visit.held_at.is_some()
            && intent.deeds.len() < TRIES_MAX
        {
            intent.deeds.push(Deed { wait, kind });
            self.visit.deed_at = now;
        }
    }

    /// The intent, now that the run is over.
    fn intent(&mut self, until: Moment) -> Intent {
        let Some(mut intent) = self.visit.intent.take() else { return Intent::new() };
        let visit = &self.visit;
        let run = self.reel.practice().member(self.reel.id()).run();
        let opened_at = self.reel.race().tally().opened_at();
        let admitted_at = self.reel.observer.admitted_at();
        let reading = self.reel.clock.read(self.reel.now());
        intent.placed = run.at(Step::Placed).map(|at| at.since(opened_at));
        let has_left =
            run.ended().is_some_and(|ended| matches!(ended.ending, Ending::Left | Ending::Lost));
        if has_left && admitted_at.is_none() {
            intent.queue_patience = run.at(Step::Placed).map(|at| until.since(at));
        } else if has_left && visit.map_at.is_some() && visit.held_at.is_none() {
            intent.map_patience = Some(self.reel.map_clock.stood(self.reel.now()));
        }
        intent.captcha = match (admitted_at, visit.passed_at) {
            (Some(admitted_at), Some(passed_at)) => Known::Taken(passed_at.since(admitted_at)),
            (Some(admitted_at), None) => Known::Spent(until.since(admitted_at)),
            (None, _) => Known::Never,
        };
        intent.way = self.way();
        intent.first_seat = match (intent.tries.first(), visit.map_at) {
            (Some(first), _) => Known::Taken(first.took),
            (None, Some(_)) => Known::Spent(reading),
            (None, None) => Known::Never,
        };
        intent.retry = match intent.tries.get(1..) {
            Some(again) if !again.is_empty() => Known::Taken(mean(again)),
            Some(_) if visit.held_at.is_none() => Known::Spent(reading),
            Some(_) | None => Known::Never,
        };
        if let (Some(held_at), false) = (visit.held_at, visit.is_paid) {
            intent.paid = Known::Spent(until.since(held_at));
            intent.wanted = self.reel.observer.seats().len().max(1);
        }
        intent
    }

    fn way(&self) -> CaptchaWay {
        let step = self.reel.race().sale().rules().captcha.step;
        let need = if step == CaptchaStep::BeforePay { None } else { self.visit.first_click_at };
        let lead = match (need, self.visit.passed_at) {
            (Some(need), Some(passed_at)) => need.since(passed_at),
            (None, _) | (_, None) => Span::ZERO,
        };
        match (step, self.visit.put_off) {
            (CaptchaStep::BeforeMap, Some(after)) => CaptchaWay::PutOff { after, lead },
            (CaptchaStep::BeforeMap | CaptchaStep::Never, _) => CaptchaWay::AtOnce,
            (CaptchaStep::BeforeHold | CaptchaStep::BeforePay, _) => CaptchaWay::Later { lead },
        }
    }
}

fn mean(tries: &[Try]) -> Span {
    let sum: u64 = tries.iter().map(|attempt| attempt.took.as_nanos()).sum();
    Span::from_nanos(sum / tries.len().max(1) as u64)
}

/// The moments of the maps that a member saw at each click. Where no note says so, the map was half as old as the
/// style lets it become.
fn looks(tape: &Tape, reel: &Reel, every: Span) -> VecDeque<Option<Moment>> {
    let half = every.as_nanos() / 2;
    let (mut shown, mut last_click) = (None, Moment::START);
    let mut looks = VecDeque::new();
    for input in tape.inputs() {
        match input {
            Input::Note(_, Note::Shown { member, at }) if *member == reel.id() => {
                shown = Some(*at);
            }
            Input::Command(at, Command::HoldSeats { visitor, .. })
                if *visitor == reel.visitor() =>
            {
                let unknown = Moment::from_nanos(at.as_nanos().saturating_sub(half));
                let look_at = shown.unwrap_or(unknown).min(*at);
                looks.push_back((look_at >= last_click).then_some(look_at));
                last_click = *at;
            }
            Input::Command(..) | Input::Note(..) => {}
        }
    }
    looks
}
