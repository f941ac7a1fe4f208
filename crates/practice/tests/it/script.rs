//! A scripted person whose every time is given: plays a race as a browser would, with the notes that a server
//! keeps. It is written apart from the scripted self of a what-if, so that each checks the other. The gauntlet uses
//! the same file.

use practice::report::Retold;
use practice::{Mark, MemberId, Note, PersonId, Practice};
use sale::{Command, Departure, Letters, Moment, Outcome, Seat, Seats, Span, Standing};

pub(crate) const ME: MemberId = MemberId(0);

/// The times and habits of a person. Times in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Script {
    /// From the opening to the moment at which the person joins; zero is at the beginning of the race.
    pub(crate) joins: u64,
    /// From the opening to the press.
    pub(crate) press: u64,
    /// From the press to the place. With none, the client marks no press either.
    pub(crate) page: u64,
    /// When the person refreshes after getting a place; `None` for never.
    pub(crate) refresh: Option<u64>,
    /// From admission to the captcha passed.
    pub(crate) captcha: u64,
    /// Whether wrong letters come first.
    pub(crate) misses: bool,
    /// From the map to the first click.
    pub(crate) first: u64,
    /// From a conflict to the next click.
    pub(crate) retry: u64,
    /// From the hold to the payment; `None` for never.
    pub(crate) pay: Option<u64>,
    /// Whether the payment is begun and then confirmed, as with points, instead of made in one step.
    pub(crate) pays_in_two_steps: bool,
    /// How old the map is at a click.
    pub(crate) age: u64,
    /// How many better free seats are left alone.
    pub(crate) better: usize,
    /// Whether the person leaves where nothing is free.
    pub(crate) leaves: bool,
    /// How many times in a row the person clicks a seat that was free on the map and is gone.
    pub(crate) unlucky: usize,
}

/// A practised person who does nothing badly.
pub(crate) const GOOD: Script = Script {
    joins: 0,
    press: 300,
    page: 0,
    refresh: None,
    captcha: 3_500,
    misses: false,
    first: 3_000,
    retry: 2_000,
    pay: Some(40_000),
    pays_in_two_steps: false,
    age: 900,
    better: 0,
    leaves: false,
    unlucky: 0,
};

struct Person {
    retold: Retold,
    script: Script,
}

/// Plays a race to the end of the person's run.
pub(crate) fn play(practice: Practice, script: Script) -> Retold {
    let mut retold = Retold::tell(practice);
    let mut at = Moment::START;
    if script.joins > 0 {
        at = retold.race().sale().rules().opens_at + ms(script.joins);
        retold.advance(at, crowd::ignore);
    }
    retold.keep(at, None, Note::Joined { person: PersonId(1) }).expect("a person can join");
    let mut person = Person { retold, script };
    // The run may be over at any step; then nothing more is to be done.
    let _: Option<()> = person.run();
    person.retold.finish(ME);
    person.retold
}

fn ms(millis: u64) -> Span {
    Span::from_millis(millis)
}

impl Person {
    fn run(&mut self) -> Option<()> {
        let script = self.script;
        let opens_at = self.retold.race().sale().rules().opens_at;
        self.wait(opens_at + ms(script.press))?;
        if script.page > 0 {
            let at_ms = practice::wire::millis(self.now());
            let mark = Mark { name: "press".to_owned(), at_ms, error_ms: None };
            let marks = Note::Marked { member: ME, marks: vec![mark] };
            self.retold.keep(self.now(), None, marks).expect("the person joined");
            self.wait(self.now() + ms(script.page))?;
        }
        let visitor = self.retold.practice().member(ME).visitor();
        self.send(Command::Enter { visitor })?;
        if let Some(after) = script.refresh {
            self.wait(self.now() + ms(after))?;
            self.send(Command::Enter { visitor })?;
        }
        let admitted_at = self.admitted_at()?;
        if script.misses {
            let challenge = self.retold.race().sale().challenge(visitor)?.number;
            self.wait(admitted_at + ms(script.captcha / 2))?;
            let letters = Letters::parse("XX").expect("two letters");
            self.send(Command::AnswerCaptcha { visitor, challenge, letters })?;
        }
        self.wait(admitted_at + ms(script.captcha))?;
        let asked = self.retold.race().sale().challenge(visitor)?;
        let (challenge, letters) = (asked.number, asked.letters);
        self.send(Command::AnswerCaptcha { visitor, challenge, letters })?;
        self.take_seat()?;
        self.wait(self.now() + ms(script.pay?))?;
        if !script.pays_in_two_steps {
            return self.send(Command::Pay { visitor }).map(|_| ());
        }
        let begun = self.send(Command::BeginPayment { visitor })?;
        let Outcome::PaymentBegun { payment, .. } = begun else { return None };
        self.wait(self.now() + ms(20))?;
        self.send(Command::ConfirmPayment { visitor, payment }).map(|_| ())
    }

    fn admitted_at(&mut self) -> Option<Moment> {
        let visitor = self.retold.practice().member(ME).visitor();
        loop {
            if let Standing::Inside { admitted_at, .. } =
                self.retold.race().sale().standing(visitor)
            {
                return Some(admitted_at);
            }
            self.step()?;
        }
    }

    fn take_seat(&mut self) -> Option<()> {
        let visitor = self.retold.practice().member(ME).visitor();
        let (mut think, mut bad_luck) = (self.script.first, self.script.unlucky);
        let mut gone = Vec::new();
        loop {
            let click_at = self.now() + ms(think);
            self.wait(self.now() + ms(think - self.script.age.min(think)))?;
            let (looked_at, mut free) = (self.now(), self.free());
            free.retain(|seat| !gone.contains(seat));
            if free.is_empty() && self.script.leaves {
                let cause = Departure::Left;
                self.send(Command::Leave { visitor, cause })?;
                return None;
            }
            if free.is_empty() {
                // Nothing to choose: wait for a seat that comes back.
                self.step()?;
                think = self.script.age;
                continue;
            }
            self.wait(click_at.max(looked_at + ms(self.script.age.min(think))))?;
            let taken = free.iter().find(|&&seat| !self.retold.race().sale().is_free(seat));
            let seat = match taken {
                Some(&seat) if bad_luck > 0 => seat,
                _ => free[self.script.better.min(free.len() - 1)],
            };
            bad_luck = bad_luck.saturating_sub(1);
            let note = Note::Shown { member: ME, at: looked_at };
            self.retold.keep(self.now(), None, note).expect("the person joined");
            let held = self.send(Command::HoldSeats { visitor, seats: Seats::one(seat) })?;
            let Outcome::SeatTaken { seat, .. } = held else { return Some(()) };
            gone.push(seat);
            think = self.script.retry;
        }
    }

    /// The free seats, the best first.
    fn free(&self) -> Vec<Seat> {
        let (sale, hall) = (self.retold.race().sale(), self.retold.race().hall());
        let seats = (0..sale.layout().seat_count()).map(Seat);
        let mut free: Vec<Seat> = seats.filter(|&seat| sale.is_free(seat)).collect();
        free.sort_by(|&a, &b| hall.quality(b).total_cmp(&hall.quality(a)).then(a.cmp(&b)));
        free
    }

    fn now(&self) -> Moment {
        self.retold.race().sale().now()
    }

    fn send(&mut self, command: Command) -> Option<Outcome> {
        let at = self.retold.race().sale().stamp(self.now());
        self.retold.handle(at, command, crowd::ignore).ok()
    }

    fn wait(&mut self, at: Moment) -> Option<()> {
        self.retold.advance(at.max(self.now()), crowd::ignore);
        self.goes_on()
    }

    fn step(&mut self) -> Option<()> {
        let next = self.retold.practice().poll_timeout()?;
        self.wait(next)
    }

    fn goes_on(&self) -> Option<()> {
        let practice = self.retold.practice();
        (!practice.is_over_for(ME) && self.now() < practice.ends_at()).then_some(())
    }
}
