//! A story: a sale with helpers, so that a test reads as a list of what visitors do and what
//! happens. The sale is audited after every command.

use sale::{
    AdmissionRules, AfterHold, BookingId, CancelledSeats, CaptchaRules, CaptchaStep, Command,
    Departure, Discount, Event, HoldAt, Layout, Letters, Moment, Order, Outcome, PaymentId, Place,
    Refresh, Refusal, Rules, Sale, Seat, SeatState, Seats, Section, Span, Stamped, Standing,
    Visitor,
};

pub(crate) const MINA: Visitor = Visitor(1);
pub(crate) const JUNHO: Visitor = Visitor(2);
pub(crate) const SORA: Visitor = Visitor(3);

/// When the sale of a story opens, unless the host opens it earlier.
pub(crate) const OPENING: Moment = Moment::from_millis(10_000);

pub(crate) const SEED: u64 = 2023;

pub(crate) type Answer = Result<Outcome, Refusal>;

pub(crate) const fn ms(millis: u64) -> Moment {
    Moment::from_millis(millis)
}

pub(crate) const fn secs(secs: u64) -> Moment {
    Moment::from_millis(secs * 1000)
}

pub(crate) const fn span(secs: u64) -> Span {
    Span::from_millis(secs * 1000)
}

/// Rules with no limit to admission, no captcha, one hold of 30 s and up to four seats.
pub(crate) fn plain() -> Rules {
    Rules {
        opens_at: OPENING,
        closes_at: None,
        cancelled: CancelledSeats::AtOnce,
        order: Order::Arrival,
        early_lock: span(3),
        refresh_waiting: Refresh::Keeps,
        refresh_inside: Refresh::Keeps,
        admission: AdmissionRules {
            per_1000_s: 0,
            burst: 1,
            noise_permille: 0,
            inside_max: 100_000,
        },
        captcha: CaptchaRules {
            step: CaptchaStep::Never,
            letters: 6,
            valid_for: span(20),
            put_off: false,
        },
        pass: span(100),
        hold_at: HoldAt::Done,
        hold: span(30),
        after_hold: AfterHold::Stays,
        seats_max: 4,
        fee_won: 1_000,
        discounts: vec![],
    }
}

/// The plain rules with one visitor inside at a time.
pub(crate) fn one_inside() -> Rules {
    let mut rules = plain();
    rules.admission.inside_max = 1;
    rules
}

/// The plain rules with one admission a second, the first at the opening.
pub(crate) fn one_a_second() -> Rules {
    let mut rules = plain();
    rules.admission.per_1000_s = 1_000;
    rules
}

/// Ten seats in three sections; the grades cost 100,000, 80,000 and 50,000.
pub(crate) fn hall() -> Layout {
    let grades = vec![0, 0, 1, 1, 1, 1, 1, 1, 2, 2];
    Layout::new(&[4, 4, 2], grades, vec![100_000, 80_000, 50_000]).unwrap()
}

pub(crate) fn seats(list: &[u32]) -> Seats {
    let list: Vec<Seat> = list.iter().copied().map(Seat).collect();
    Seats::new(&list).unwrap()
}

pub(crate) struct Story {
    pub(crate) sale: Sale,
    clock: Moment,
    seen: Vec<Stamped>,
    told: usize,
}

impl Story {
    pub(crate) fn of(rules: Rules) -> Self {
        Self::going_on(Sale::new(rules, hall(), SEED).unwrap())
    }

    pub(crate) fn going_on(sale: Sale) -> Self {
        let clock = sale.now();
        Self { sale, clock, seen: Vec::new(), told: 0 }
    }

    /// A story that begins at its opening.
    pub(crate) fn opened(rules: Rules) -> Self {
        let mut story = Self::of(rules);
        story.until(OPENING);
        story
    }

    /// A story that begins with one visitor inside.
    pub(crate) fn inside(rules: Rules, visitor: Visitor) -> Self {
        let mut story = Self::opened(rules);
        story.enter(visitor).unwrap();
        assert!(story.is_inside(visitor));
        story
    }

    /// Lets time go on to `moment`. The next command is stamped with it; each further one, a
    /// nanosecond later than the one before.
    pub(crate) fn until(&mut self, moment: Moment) {
        assert!(self.clock <= moment, "time does not go back in a story");
        self.sale.advance(moment);
        self.clock = moment;
        self.listen();
    }

    pub(crate) fn does(&mut self, command: Command) -> Answer {
        let answer = self.sale.handle(self.clock, command);
        self.clock = self.clock.next();
        self.listen();
        answer
    }

    fn listen(&mut self) {
        self.seen.extend(std::iter::from_fn(|| self.sale.poll_event()));
        self.sale.audit();
    }

    /// The events since the last call of this, or since the beginning.
    pub(crate) fn news(&mut self) -> Vec<Stamped> {
        let news = self.seen[self.told..].to_vec();
        self.told = self.seen.len();
        news
    }

    pub(crate) fn all_events(&self) -> &[Stamped] {
        &self.seen
    }

    /// Who was let in and when, in order.
    pub(crate) fn admissions(&self) -> Vec<(Visitor, Moment)> {
        let admitted = self.seen.iter().filter_map(|stamped| match stamped.event {
            Event::Admitted { visitor, .. } => Some((visitor, stamped.at)),
            _ => None,
        });
        admitted.collect()
    }

    /// The stamp of the next command.
    pub(crate) fn clock(&self) -> Moment {
        self.clock
    }

    pub(crate) fn enter(&mut self, visitor: Visitor) -> Answer {
        self.does(Command::Enter { visitor })
    }

    pub(crate) fn leave(&mut self, visitor: Visitor) -> Answer {
        self.does(Command::Leave { visitor, cause: Departure::Left })
    }

    pub(crate) fn view(&mut self, visitor: Visitor, section: u16) -> Answer {
        self.does(Command::ViewSection { visitor, section: Section(section) })
    }

    pub(crate) fn hold(&mut self, visitor: Visitor, list: &[u32]) -> Answer {
        self.does(Command::HoldSeats { visitor, seats: seats(list) })
    }

    pub(crate) fn release(&mut self, visitor: Visitor, list: &[u32]) -> Answer {
        self.does(Command::ReleaseSeats { visitor, seats: seats(list) })
    }

    pub(crate) fn price(&mut self, visitor: Visitor, list: &[u32], discount: u8) -> Answer {
        let (seats, discount) = (seats(list), Discount(discount));
        self.does(Command::ChoosePrice { visitor, seats, discount })
    }

    pub(crate) fn pay(&mut self, visitor: Visitor) -> Answer {
        self.does(Command::Pay { visitor })
    }

    pub(crate) fn begin(&mut self, visitor: Visitor) -> Answer {
        self.does(Command::BeginPayment { visitor })
    }

    pub(crate) fn confirm(&mut self, visitor: Visitor, payment: u32) -> Answer {
        self.does(Command::ConfirmPayment { visitor, payment: PaymentId(payment) })
    }

    pub(crate) fn end(&mut self, visitor: Visitor, payment: u32) -> Answer {
        self.does(Command::EndPayment { visitor, payment: PaymentId(payment) })
    }

    pub(crate) fn lose(&mut self, visitor: Visitor) -> Answer {
        self.does(Command::Leave { visitor, cause: Departure::Lost })
    }

    pub(crate) fn cancel(&mut self, visitor: Visitor, booking: u32) -> Answer {
        self.does(Command::CancelBooking { visitor, booking: BookingId(booking) })
    }

    pub(crate) fn answer(&mut self, visitor: Visitor, challenge: u16, letters: Letters) -> Answer {
        self.does(Command::AnswerCaptcha { visitor, challenge, letters })
    }

    /// Types the letters on the image.
    pub(crate) fn solve(&mut self, visitor: Visitor) -> Answer {
        let shown = self.sale.challenge(visitor).unwrap();
        self.answer(visitor, shown.number, shown.letters)
    }

    pub(crate) fn renew(&mut self, visitor: Visitor) -> Answer {
        self.does(Command::RenewCaptcha { visitor })
    }

    pub(crate) fn put_off(&mut self, visitor: Visitor) -> Answer {
        self.does(Command::PutOffCaptcha { visitor })
    }

    pub(crate) fn position(&self, visitor: Visitor) -> u32 {
        match self.sale.standing(visitor) {
            Standing::Waiting { position, .. } => position,
            standing => panic!("{visitor:?} does not wait: {standing:?}"),
        }
    }

    pub(crate) fn place(&self, visitor: Visitor) -> Place {
        match self.sale.standing(visitor) {
            Standing::Waiting { place, .. } | Standing::Inside { place, .. } => place,
            standing => panic!("{visitor:?} has no place: {standing:?}"),
        }
    }

    pub(crate) fn is_inside(&self, visitor: Visitor) -> bool {
        matches!(self.sale.standing(visitor), Standing::Inside { .. })
    }

    pub(crate) fn is_away(&self, visitor: Visitor) -> bool {
        matches!(self.sale.standing(visitor), Standing::Away { .. })
    }

    pub(crate) fn held(&self, visitor: Visitor) -> Option<sale::Hold> {
        match self.sale.standing(visitor) {
            Standing::Inside { hold, .. } => hold,
            standing => panic!("{visitor:?} is not inside: {standing:?}"),
        }
    }

    pub(crate) fn seat(&self, seat: u32) -> (SeatState, Option<Visitor>) {
        (self.sale.seat_state(Seat(seat)), self.sale.seat_owner(Seat(seat)))
    }
}

pub(crate) const FREE: (SeatState, Option<Visitor>) = (SeatState::Free, None);

pub(crate) fn held_by(visitor: Visitor) -> (SeatState, Option<Visitor>) {
    (SeatState::Held, Some(visitor))
}

pub(crate) fn sold_to(visitor: Visitor) -> (SeatState, Option<Visitor>) {
    (SeatState::Sold, Some(visitor))
}

pub(crate) fn placed(place: u32) -> Answer {
    Ok(Outcome::Placed(Place(place)))
}

pub(crate) fn held_until(until: Moment) -> Answer {
    Ok(Outcome::Held { until: Some(until) })
}

/// The answer where seats become the visitor's only by paying.
pub(crate) const CHOSEN: Answer = Ok(Outcome::Held { until: None });

pub(crate) fn taken(seat: u32, since: Moment) -> Answer {
    Ok(Outcome::SeatTaken { seat: Seat(seat), since })
}

pub(crate) fn booked(booking: u32, total: u64) -> Answer {
    Ok(Outcome::Booked { booking: BookingId(booking), total })
}
