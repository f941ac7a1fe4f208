//! A model of the sale that is as simple as possible: it keeps lists and maps, and finds everything
//! by searching all of them. It shares only the types of the interface with the crate.
//!
//! Three things it does not decide: the test passes in the letters of a captcha,
//! `lottery::recompute` draws the lottery by its published description, and the noise of admission
//! must be zero.

use std::collections::BTreeMap;

use sale::{
    AfterHold, Booking, BookingId, CancelledSeats, CaptchaStep, Command, Departure, Discount,
    Event, HoldAt, Letters, Moment, Order, Outcome, PaymentId, Place, Refresh, Refusal, Return,
    Rules, Seat, Seats, Section, Span, Stage, Stamped, Visitor, limits,
};

use crate::lottery;
use crate::story::Answer;

/// A layout as plain lists.
#[derive(Clone, Debug)]
pub(crate) struct Hall {
    pub(crate) section_sizes: Vec<u32>,
    /// The price of each seat.
    pub(crate) prices: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Whereabouts {
    Away { locked_until: Moment },
    Pooled,
    Waiting { place: Place, position: u32 },
    Inside(Visible),
}

/// What a visit looks like from outside.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Visible {
    pub(crate) place: Place,
    pub(crate) admitted_at: Moment,
    pub(crate) until: Moment,
    /// The number of the image that is to be answered.
    pub(crate) image: Option<u16>,
    pub(crate) viewed: Option<(Section, Moment)>,
    pub(crate) hold: Option<Hold>,
}

#[derive(Clone, Debug)]
pub(crate) struct Visit {
    place: Place,
    admitted_at: Moment,
    until: Moment,
    captcha: Captcha,
    viewed: Option<(Section, Moment)>,
    pub(crate) hold: Option<Hold>,
}

#[derive(Clone, Debug, PartialEq)]
enum Captcha {
    Passed,
    Due { image: u16, shown_at: Moment, put_off: bool },
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hold {
    pub(crate) seats: Vec<Seat>,
    /// The discount of each seat.
    pub(crate) discounts: Vec<Discount>,
    pub(crate) since: Moment,
    /// `None` where a choice holds nothing.
    pub(crate) until: Option<Moment>,
    pub(crate) paying: Option<Paying>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paying {
    pub(crate) id: PaymentId,
    pub(crate) until: Moment,
    /// Whether the visitor's connection was lost meanwhile. Nobody sees it before the payment ends.
    pub(crate) is_lost: bool,
}

impl Hold {
    /// What is seen of the hold from outside.
    fn seen(mut self) -> Self {
        if let Some(paying) = &mut self.paying {
            paying.is_lost = false;
        }
        self
    }
}

impl Visible {
    fn is_paying(&self) -> bool {
        self.hold.as_ref().is_some_and(|hold| hold.paying.is_some())
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum SeatIs {
    Free,
    Held(Visitor, Moment),
    Sold(Visitor, Moment),
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    rules: Rules,
    hall: Hall,
    lottery_seed: u64,
    pub(crate) now: Moment,
    pub(crate) stage: Stage,
    /// The visitor of each place, at the place's number less one.
    places: Vec<Visitor>,
    pool: Vec<Visitor>,
    waiting: BTreeMap<Visitor, Place>,
    pub(crate) inside: BTreeMap<Visitor, Visit>,
    locks: BTreeMap<Visitor, Moment>,
    pub(crate) seats: Vec<SeatIs>,
    pub(crate) bookings: Vec<Booking>,
    pub(crate) payments_begun: u32,
    /// Cancelled bookings whose seats have not returned.
    returning: Vec<BookingId>,
    /// When the bucket of admissions will be full again, in nanoseconds times the rate.
    full_at: u128,
    pub(crate) last_served: u32,
    events: Vec<Stamped>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Due {
    Open,
    PaymentEnd(PaymentId, Visitor),
    HoldEnd(Place, Visitor),
    PassEnd(Place, Visitor),
    ReturnCancelled,
    Admit,
    Close,
}

/// One admission, where a rate is counted in admissions per 1,000 s and time in nanoseconds.
const ONE: u128 = 1_000_000_000_000;

impl Model {
    pub(crate) fn new(rules: Rules, hall: Hall, lottery_seed: u64) -> Self {
        let seats = vec![SeatIs::Free; hall.prices.len()];
        Self {
            rules,
            hall,
            lottery_seed,
            now: Moment::START,
            stage: Stage::Before,
            places: Vec::new(),
            pool: Vec::new(),
            waiting: BTreeMap::new(),
            inside: BTreeMap::new(),
            locks: BTreeMap::new(),
            seats,
            bookings: Vec::new(),
            payments_begun: 0,
            returning: Vec::new(),
            full_at: 0,
            last_served: 0,
            events: Vec::new(),
        }
    }

    pub(crate) fn take_events(&mut self) -> Vec<Stamped> {
        std::mem::take(&mut self.events)
    }

    pub(crate) fn places_given(&self) -> u32 {
        u32::try_from(self.places.len()).unwrap()
    }

    pub(crate) fn waiting_count(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn whereabouts(&self, visitor: Visitor) -> Whereabouts {
        if let Some(visit) = self.inside.get(&visitor) {
            return Whereabouts::Inside(Visible {
                place: visit.place,
                admitted_at: visit.admitted_at,
                until: visit.until,
                image: match visit.captcha {
                    Captcha::Passed => None,
                    Captcha::Due { image, .. } => Some(image),
                },
                viewed: visit.viewed,
                hold: visit.hold.clone().map(Hold::seen),
            });
        }
        if let Some(&place) = self.waiting.get(&visitor) {
            let before = self.waiting.values().filter(|&&other| other < place).count();
            return Whereabouts::Waiting { place, position: u32::try_from(before).unwrap() + 1 };
        }
        if self.pool.contains(&visitor) {
            return Whereabouts::Pooled;
        }
        Whereabouts::Away { locked_until: self.locks.get(&visitor).copied().unwrap_or_default() }
    }

    pub(crate) fn free_in(&self, section: usize) -> usize {
        let start: u32 = self.hall.section_sizes[..section].iter().sum();
        let end = start + self.hall.section_sizes[section];
        let seats = &self.seats[start as usize..end as usize];
        seats.iter().filter(|&&seat| seat == SeatIs::Free).count()
    }

    /// `shown` are the letters on the visitor's image at `now`.
    pub(crate) fn handle(
        &mut self,
        now: Moment,
        command: Command,
        shown: Option<Letters>,
    ) -> Answer {
        self.advance(now);
        let answer = if self.stage == Stage::Closed {
            Err(Refusal::Closed)
        } else {
            self.decide(command, shown)
        };
        self.advance(now);
        answer
    }

    fn decide(&mut self, command: Command, shown: Option<Letters>) -> Answer {
        match command {
            Command::Enter { visitor } => self.enter(visitor),
            Command::Leave { visitor, cause } => self.leave(visitor, cause),
            Command::AnswerCaptcha { visitor, challenge, letters } => {
                self.answer_captcha(visitor, challenge, Some(letters) == shown)
            }
            Command::RenewCaptcha { visitor } => self.renew_captcha(visitor),
            Command::PutOffCaptcha { visitor } => self.put_off_captcha(visitor),
            Command::ViewSection { visitor, section } => self.view_section(visitor, section),
            Command::HoldSeats { visitor, seats } => self.hold_seats(visitor, &seats),
            Command::ReleaseSeats { visitor, seats } => self.release_seats(visitor, &seats),
            Command::ChoosePrice { visitor, seats, discount } => {
                self.choose_price(visitor, &seats, discount)
            }
            Command::Pay { visitor } => self.pay(visitor),
            Command::BeginPayment { visitor } => self.begin_payment(visitor),
            Command::EndPayment { visitor, payment } => {
                self.paying(visitor, payment)?;
                self.payment_ends(visitor);
                Ok(Outcome::PaymentEnded)
            }
            Command::ConfirmPayment { visitor, payment } => {
                self.paying(visitor, payment)?;
                Ok(self.book(visitor))
            }
            Command::CancelBooking { visitor, booking } => self.cancel(visitor, booking),
            Command::Open | Command::Pause | Command::Resume => self.host(command),
            Command::Close => {
                self.close();
                Ok(Outcome::Done)
            }
        }
    }

    fn host(&mut self, command: Command) -> Answer {
        match (command, self.stage) {
            (Command::Open, Stage::Before) => self.open(),
            (Command::Open, _) | (Command::Resume, Stage::Open) => {
                return Err(Refusal::AlreadyOpen);
            }
            (_, Stage::Before) => return Err(Refusal::NotOpen),
            (Command::Pause, Stage::Open) => {
                self.stage = Stage::Paused;
                self.tell(Event::Paused);
            }
            (Command::Pause, _) => return Err(Refusal::Paused),
            (_, _) => {
                self.stage = Stage::Open;
                self.tell(Event::Resumed);
            }
        }
        Ok(Outcome::Done)
    }

    // Time.

    pub(crate) fn advance(&mut self, to: Moment) {
        while let Some((at, due)) = self.everything_due().into_iter().min() {
            if at > to {
                break;
            }
            self.now = self.now.max(at);
            match due {
                Due::Open => self.open(),
                Due::Close => self.close(),
                Due::Admit => self.admit(),
                Due::ReturnCancelled => self.return_batch(),
                Due::PassEnd(_, visitor) => self.put_out(visitor, Departure::PassEnded),
                Due::HoldEnd(_, visitor) => self.hold_ends(visitor),
                Due::PaymentEnd(_, visitor) => self.payment_ends(visitor),
            }
        }
        self.now = self.now.max(to);
    }

    fn everything_due(&self) -> Vec<(Moment, Due)> {
        let mut list = Vec::new();
        if self.stage == Stage::Before {
            list.push((self.rules.opens_at, Due::Open));
        }
        if self.stage != Stage::Closed
            && let Some(closes_at) = self.rules.closes_at
        {
            list.push((closes_at, Due::Close));
        }
        if self.stage != Stage::Closed
            && let Some(first) = self.returning.first()
        {
            let cancelled_at = self.bookings[first.0 as usize].cancelled_at.unwrap();
            list.push((self.batch_after(cancelled_at), Due::ReturnCancelled));
        }
        for (&visitor, visit) in &self.inside {
            let hold = visit.hold.as_ref();
            if let Some(paying) = hold.and_then(|hold| hold.paying.as_ref()) {
                list.push((paying.until, Due::PaymentEnd(paying.id, visitor)));
                continue;
            }
            match hold.and_then(|hold| hold.until) {
                Some(until) => list.push((until, Due::HoldEnd(visit.place, visitor))),
                None => list.push((visit.until, Due::PassEnd(visit.place, visitor))),
            }
        }
        let room = self.inside.len() < self.rules.admission.inside_max as usize;
        if self.stage == Stage::Open && room && !self.waiting.is_empty() {
            list.push((self.admission_at(), Due::Admit));
        }
        list
    }

    /// The moment at which the bucket lacks at most the burst less one.
    fn admission_at(&self) -> Moment {
        let rate = u128::from(self.rules.admission.per_1000_s);
        if rate == 0 {
            return self.now;
        }
        let lacking = (u128::from(self.rules.admission.burst) - 1) * ONE;
        let at = self.full_at.saturating_sub(lacking).div_ceil(rate);
        Moment::from_nanos(u64::try_from(at).unwrap()).max(self.now)
    }

    fn open(&mut self) {
        self.stage = Stage::Open;
        let rate = u128::from(self.rules.admission.per_1000_s);
        self.full_at = u128::from(self.now.as_nanos()) * rate;
        self.tell(Event::Opened);
        let pool = std::mem::take(&mut self.pool);
        if !pool.is_empty() {
            let entrants = u32::try_from(pool.len()).unwrap();
            self.tell(Event::LotteryDrawn { entrants, seed: self.lottery_seed });
        }
        for visitor in lottery::recompute(self.lottery_seed, &pool) {
            self.give_place(visitor);
        }
    }

    fn hold_ends(&mut self, visitor: Visitor) {
        self.return_hold(visitor, Return::HoldEnded);
        if self.rules.after_hold == AfterHold::Leaves {
            self.put_out(visitor, Departure::HoldEnded);
        }
    }

    /// The payment ends, and with it at once all that waited for its end.
    fn payment_ends(&mut self, visitor: Visitor) {
        let visit = self.inside.get_mut(&visitor).unwrap();
        let hold = visit.hold.as_mut().unwrap();
        let paying = hold.paying.take().unwrap();
        let (hold, pass_until) = (hold.clone(), visit.until);
        self.tell(Event::PaymentEnded { visitor, payment: paying.id });
        if hold.until.is_none() {
            for seat in &hold.seats {
                self.seats[seat.0 as usize] = SeatIs::Free;
            }
            let seats = Seats::new(&hold.seats).unwrap();
            self.tell(Event::SeatsReturned { visitor, seats, cause: Return::PaymentEnded });
        }
        if paying.is_lost {
            self.return_hold(visitor, Return::Left);
            return self.put_out(visitor, Departure::Lost);
        }
        if hold.until.is_some_and(|until| until <= self.now) {
            self.hold_ends(visitor);
        }
        let promised = hold.until.is_some_and(|until| until > self.now);
        if !promised && pass_until <= self.now && self.inside.contains_key(&visitor) {
            self.put_out(visitor, Departure::PassEnded);
        }
    }

    fn close(&mut self) {
        let paying = self.inside.iter().filter_map(|(&visitor, visit)| {
            Some((visit.hold.as_ref()?.paying.as_ref()?.id, visitor))
        });
        let mut paying: Vec<(PaymentId, Visitor)> = paying.collect();
        paying.sort_unstable();
        for (_, visitor) in paying {
            self.payment_ends(visitor);
        }
        self.stage = Stage::Closed;
        self.tell(Event::Closed);
        let inside: Vec<Visitor> = self.inside.keys().copied().collect();
        for visitor in inside {
            self.return_hold(visitor, Return::Closed);
            self.put_out(visitor, Departure::Closed);
        }
    }

    fn admit(&mut self) {
        let place = *self.waiting.values().min().unwrap();
        let visitor = self.places[place.0 as usize - 1];
        self.waiting.remove(&visitor);
        self.last_served = place.0;
        let rate = u128::from(self.rules.admission.per_1000_s);
        self.full_at = self.full_at.max(u128::from(self.now.as_nanos()) * rate) + ONE;
        let captcha = if self.rules.captcha.step == CaptchaStep::Never {
            Captcha::Passed
        } else {
            Captcha::Due { image: 1, shown_at: self.now, put_off: false }
        };
        let until = self.now + self.rules.pass;
        let admitted_at = self.now;
        let visit = Visit { place, admitted_at, until, captcha, viewed: None, hold: None };
        self.inside.insert(visitor, visit);
        self.tell(Event::Admitted { visitor, place, until });
    }

    // Coming and going.

    fn enter(&mut self, visitor: Visitor) -> Answer {
        if visitor.0 >= limits::VISITORS_MAX {
            return Err(Refusal::SaleFull);
        }
        let paused = self.stage == Stage::Paused;
        match self.whereabouts(visitor) {
            Whereabouts::Pooled => Ok(Outcome::Pooled),
            Whereabouts::Waiting { place, .. } => match self.rules.refresh_waiting {
                Refresh::Keeps => Ok(Outcome::Placed(place)),
                Refresh::GoesToEnd if paused => Err(Refusal::Paused),
                Refresh::GoesToEnd => {
                    self.waiting.remove(&visitor);
                    self.tell(Event::PlaceGivenUp { visitor, place });
                    Ok(self.give_place(visitor))
                }
            },
            Whereabouts::Inside(visit) if visit.is_paying() => Err(Refusal::PaymentUnderWay),
            Whereabouts::Inside(_) => match self.rules.refresh_inside {
                Refresh::Keeps => Ok(Outcome::Inside),
                Refresh::GoesToEnd if paused => Err(Refusal::Paused),
                Refresh::GoesToEnd => {
                    self.return_hold(visitor, Return::Left);
                    self.put_out(visitor, Departure::Left);
                    Ok(self.give_place(visitor))
                }
            },
            Whereabouts::Away { locked_until } if locked_until > self.now => Err(Refusal::Locked),
            Whereabouts::Away { .. } => self.enter_anew(visitor),
        }
    }

    fn enter_anew(&mut self, visitor: Visitor) -> Answer {
        if self.seats_paid_by(visitor) >= usize::from(self.rules.seats_max) {
            return Err(Refusal::LimitReached);
        }
        match (self.stage, self.rules.order) {
            (Stage::Before, Order::Arrival) => {
                let end = self.now + self.rules.early_lock;
                let locked_until = Moment::from_millis(end.as_nanos().div_ceil(1_000_000));
                self.locks.insert(visitor, locked_until);
                self.tell(Event::PressedEarly { visitor });
                Ok(Outcome::TooEarly { locked_until })
            }
            (Stage::Before, Order::Lottery) => {
                self.pool.push(visitor);
                self.tell(Event::Pooled { visitor });
                Ok(Outcome::Pooled)
            }
            (Stage::Open, _) => Ok(self.give_place(visitor)),
            (Stage::Paused, _) => Err(Refusal::Paused),
            (Stage::Closed, _) => Err(Refusal::Closed),
        }
    }

    fn give_place(&mut self, visitor: Visitor) -> Outcome {
        self.places.push(visitor);
        let place = Place(self.places_given());
        self.waiting.insert(visitor, place);
        self.locks.remove(&visitor);
        self.tell(Event::Placed { visitor, place });
        Outcome::Placed(place)
    }

    fn leave(&mut self, visitor: Visitor, cause: Departure) -> Answer {
        let cause = if cause == Departure::Lost { cause } else { Departure::Left };
        match self.whereabouts(visitor) {
            Whereabouts::Away { .. } => return Err(Refusal::NotInQueue),
            Whereabouts::Pooled => self.pool.retain(|&other| other != visitor),
            Whereabouts::Waiting { place, .. } => {
                self.waiting.remove(&visitor);
                self.tell(Event::PlaceGivenUp { visitor, place });
            }
            Whereabouts::Inside(visit) if visit.is_paying() => {
                if cause == Departure::Left {
                    return Err(Refusal::PaymentUnderWay);
                }
                let hold = self.inside.get_mut(&visitor).unwrap().hold.as_mut().unwrap();
                hold.paying.as_mut().unwrap().is_lost = true;
                return Ok(Outcome::Left);
            }
            Whereabouts::Inside(_) => {
                self.return_hold(visitor, Return::Left);
                self.inside.remove(&visitor);
            }
        }
        self.tell(Event::Left { visitor, cause });
        Ok(Outcome::Left)
    }

    fn put_out(&mut self, visitor: Visitor, cause: Departure) {
        self.inside.remove(&visitor).unwrap();
        self.tell(Event::Left { visitor, cause });
    }

    /// Ends a hold. Its seats are returned only if they were promised.
    fn return_hold(&mut self, visitor: Visitor, cause: Return) {
        let hold = self.inside.get_mut(&visitor).unwrap().hold.take();
        if let Some(hold) = hold.filter(|hold| hold.until.is_some()) {
            for seat in &hold.seats {
                self.seats[seat.0 as usize] = SeatIs::Free;
            }
            let seats = Seats::new(&hold.seats).unwrap();
            self.tell(Event::SeatsReturned { visitor, seats, cause });
        }
    }

    // Inside.

    fn visit(&mut self, visitor: Visitor) -> Result<&mut Visit, Refusal> {
        if self.stage == Stage::Before {
            return Err(Refusal::NotOpen);
        }
        self.inside.get_mut(&visitor).ok_or(Refusal::NotInside)
    }

    /// The visit of somebody who is not paying.
    fn idle_visit(&mut self, visitor: Visitor) -> Result<&mut Visit, Refusal> {
        let visit = self.visit(visitor)?;
        match &visit.hold {
            Some(Hold { paying: Some(_), .. }) => Err(Refusal::PaymentUnderWay),
            _ => Ok(visit),
        }
    }

    /// Whether this payment of the visitor is under way.
    fn paying(&self, visitor: Visitor, payment: PaymentId) -> Result<(), Refusal> {
        let visit = self.inside.get(&visitor);
        let paying = visit.and_then(|visit| visit.hold.as_ref()?.paying.as_ref());
        let is_mine = paying.is_some_and(|paying| paying.id == payment);
        if is_mine { Ok(()) } else { Err(Refusal::NoPayment) }
    }

    fn answer_captcha(&mut self, visitor: Visitor, challenge: u16, right: bool) -> Answer {
        let (now, valid_for) = (self.now, self.rules.captcha.valid_for);
        let visit = self.visit(visitor)?;
        let Captcha::Due { image, shown_at, .. } = visit.captcha else {
            return Err(Refusal::NoCaptcha);
        };
        let is_last = image == limits::CHALLENGES_MAX;
        if challenge != image || (now > shown_at + valid_for && !is_last) {
            return Err(Refusal::CaptchaOld);
        }
        if !right {
            self.tell(Event::CaptchaMissed { visitor });
            return Ok(Outcome::CaptchaMissed);
        }
        visit.captcha = Captcha::Passed;
        self.tell(Event::CaptchaPassed { visitor });
        Ok(Outcome::CaptchaPassed)
    }

    fn renew_captcha(&mut self, visitor: Visitor) -> Answer {
        let now = self.now;
        match &mut self.visit(visitor)?.captcha {
            Captcha::Passed => Err(Refusal::NoCaptcha),
            Captcha::Due { image: 200, .. } => Err(Refusal::TooManyChallenges),
            Captcha::Due { image, shown_at, .. } => {
                *image += 1;
                *shown_at = now;
                Ok(Outcome::CaptchaRenewed(*image))
            }
        }
    }

    fn put_off_captcha(&mut self, visitor: Visitor) -> Answer {
        let allowed = self.rules.captcha.put_off;
        match &mut self.visit(visitor)?.captcha {
            Captcha::Passed => return Err(Refusal::NoCaptcha),
            Captcha::Due { put_off, .. } if allowed && !*put_off => *put_off = true,
            Captcha::Due { .. } => return Err(Refusal::CannotPutOff),
        }
        self.tell(Event::CaptchaPutOff { visitor });
        Ok(Outcome::CaptchaPutOff)
    }

    fn view_section(&mut self, visitor: Visitor, section: Section) -> Answer {
        let (now, sections) = (self.now, self.hall.section_sizes.len());
        let before_map = self.rules.captcha.step == CaptchaStep::BeforeMap;
        let visit = self.visit(visitor)?;
        if usize::from(section.0) >= sections {
            return Err(Refusal::NoSuchSection);
        }
        if before_map && matches!(visit.captcha, Captcha::Due { put_off: false, .. }) {
            return Err(Refusal::CaptchaDue);
        }
        visit.viewed = Some((section, now));
        Ok(Outcome::Viewed)
    }

    fn hold_seats(&mut self, visitor: Visitor, wanted: &Seats) -> Answer {
        let visit = self.idle_visit(visitor)?.clone();
        if self.stage == Stage::Paused {
            return Err(Refusal::Paused);
        }
        let step = self.rules.captcha.step;
        let asks = step == CaptchaStep::BeforeMap || step == CaptchaStep::BeforeHold;
        if asks && visit.captcha != Captcha::Passed {
            return Err(Refusal::CaptchaDue);
        }
        if wanted.iter().any(|seat| seat.0 as usize >= self.seats.len()) {
            return Err(Refusal::NoSuchSeat);
        }
        if visit.hold.is_some() && self.rules.hold_at != HoldAt::Click {
            return Err(Refusal::HoldExists);
        }
        let mut seats = visit.hold.as_ref().map(|hold| hold.seats.clone()).unwrap_or_default();
        let mut discounts =
            visit.hold.as_ref().map(|hold| hold.discounts.clone()).unwrap_or_default();
        if wanted.iter().any(|seat| seats.contains(&seat)) {
            return Err(Refusal::SeatTwice);
        }
        seats.extend(wanted.iter());
        discounts.extend(wanted.iter().map(|_| Discount(0)));
        let limit = usize::from(self.rules.seats_max);
        if seats.len() > limits::SEATS_PER_HOLD_MAX
            || self.seats_paid_by(visitor) + seats.len() > limit
        {
            return Err(Refusal::TooManySeats);
        }
        if let Some(missed) = self.first_taken(wanted.as_slice()) {
            return Ok(self.miss(visitor, missed));
        }
        let until = match (visit.hold.as_ref(), self.rules.hold_at) {
            (Some(hold), _) => hold.until,
            (None, HoldAt::Payment) => None,
            (None, _) => Some(self.now + self.rules.hold),
        };
        let since = visit.hold.map_or(self.now, |hold| hold.since);
        self.visit(visitor)?.hold = Some(Hold { seats, discounts, since, until, paying: None });
        if let Some(until) = until {
            for seat in wanted.iter() {
                self.seats[seat.0 as usize] = SeatIs::Held(visitor, self.now);
            }
            self.tell(Event::SeatsHeld { visitor, seats: *wanted, until });
        }
        Ok(Outcome::Held { until })
    }

    fn first_taken(&self, wanted: &[Seat]) -> Option<(Seat, Moment)> {
        wanted.iter().find_map(|&seat| match self.seats[seat.0 as usize] {
            SeatIs::Free => None,
            SeatIs::Held(_, since) | SeatIs::Sold(_, since) => Some((seat, since)),
        })
    }

    fn miss(&mut self, visitor: Visitor, (seat, since): (Seat, Moment)) -> Outcome {
        let late_by = Span::from_nanos(self.now.as_nanos() - since.as_nanos());
        self.tell(Event::SeatMissed { visitor, seat, late_by });
        Outcome::SeatTaken { seat, since }
    }

    fn release_seats(&mut self, visitor: Visitor, given: &Seats) -> Answer {
        let visit = self.idle_visit(visitor)?;
        let Some(hold) = visit.hold.as_mut() else {
            return Err(Refusal::NoHold);
        };
        if given.iter().any(|seat| !hold.seats.contains(&seat)) {
            return Err(Refusal::NotHeld);
        }
        let kept =
            hold.seats.iter().zip(&hold.discounts).filter(|(seat, _)| !given.contains(**seat));
        (hold.seats, hold.discounts) = kept.map(|(&seat, &discount)| (seat, discount)).unzip();
        if hold.seats.is_empty() {
            visit.hold = None;
        }
        if self.rules.hold_at != HoldAt::Payment {
            for seat in given.iter() {
                self.seats[seat.0 as usize] = SeatIs::Free;
            }
            self.tell(Event::SeatsReturned { visitor, seats: *given, cause: Return::Released });
        }
        Ok(Outcome::Released)
    }

    fn pay(&mut self, visitor: Visitor) -> Answer {
        if let Some(missed) = self.ready_to_pay(visitor)? {
            return Ok(missed);
        }
        Ok(self.book(visitor))
    }

    fn begin_payment(&mut self, visitor: Visitor) -> Answer {
        if let Some(missed) = self.ready_to_pay(visitor)? {
            return Ok(missed);
        }
        let (now, id) = (self.now, PaymentId(self.payments_begun));
        let until = now + Span::from_millis(60_000);
        let hold = self.visit(visitor)?.hold.as_mut().unwrap();
        hold.paying = Some(Paying { id, until, is_lost: false });
        let hold = hold.clone();
        if hold.until.is_none() {
            for seat in &hold.seats {
                self.seats[seat.0 as usize] = SeatIs::Held(visitor, now);
            }
            let seats = Seats::new(&hold.seats).unwrap();
            self.tell(Event::SeatsHeld { visitor, seats, until });
        }
        self.payments_begun += 1;
        self.tell(Event::PaymentBegun { visitor, payment: id, until });
        Ok(Outcome::PaymentBegun { payment: id, until, total: self.total_of(&hold) })
    }

    /// Whether the visitor may pay. Where others may have been faster, the answer that tells of a missed seat.
    fn ready_to_pay(&mut self, visitor: Visitor) -> Result<Option<Outcome>, Refusal> {
        let visit = self.idle_visit(visitor)?.clone();
        let hold = visit.hold.ok_or(Refusal::NoHold)?;
        if self.rules.captcha.step == CaptchaStep::BeforePay && visit.captcha != Captcha::Passed {
            return Err(Refusal::CaptchaDue);
        }
        if self.rules.hold_at == HoldAt::Payment
            && let Some(missed) = self.first_taken(&hold.seats)
        {
            self.visit(visitor)?.hold = None;
            return Ok(Some(self.miss(visitor, missed)));
        }
        Ok(None)
    }

    fn book(&mut self, visitor: Visitor) -> Outcome {
        let hold = self.inside[&visitor].hold.clone().unwrap();
        let total = self.total_of(&hold);
        for seat in &hold.seats {
            let at = seat.0 as usize;
            self.seats[at] = match self.seats[at] {
                SeatIs::Free => SeatIs::Sold(visitor, self.now),
                SeatIs::Held(holder, since) if holder == visitor => SeatIs::Sold(visitor, since),
                other => panic!("{visitor:?} pays for {seat:?}, which is {other:?}"),
            };
        }
        let booking = BookingId(u32::try_from(self.bookings.len()).unwrap());
        let seats = Seats::new(&hold.seats).unwrap();
        let paid_at = self.now;
        let payment = hold.paying.map(|paying| paying.id);
        self.bookings.push(Booking { visitor, seats, total, paid_at, cancelled_at: None, payment });
        self.tell(Event::Booked { visitor, booking, seats, total });
        self.put_out(visitor, Departure::Paid);
        Outcome::Booked { booking, total }
    }

    fn choose_price(&mut self, visitor: Visitor, seats: &Seats, discount: Discount) -> Answer {
        let known = self.rules.discounts.len();
        let mut hold = self.idle_visit(visitor)?.hold.clone().ok_or(Refusal::NoHold)?;
        if usize::from(discount.0) > known {
            return Err(Refusal::NoSuchPrice);
        }
        if seats.iter().any(|seat| !hold.seats.contains(&seat)) {
            return Err(Refusal::NotHeld);
        }
        for (seat, price) in hold.seats.iter().zip(&mut hold.discounts) {
            if seats.contains(*seat) {
                *price = discount;
            }
        }
        let total = self.total_of(&hold);
        self.visit(visitor)?.hold = Some(hold);
        self.tell(Event::PriceChosen { visitor, seats: *seats, discount });
        Ok(Outcome::PriceChosen { total })
    }

    fn total_of(&self, hold: &Hold) -> u64 {
        let percent = |discount: Discount| match discount.0 {
            0 => 100,
            number => 100 - u64::from(self.rules.discounts[usize::from(number - 1)]),
        };
        let price = |(seat, &discount): (&Seat, &Discount)| {
            self.hall.prices[seat.0 as usize] * percent(discount) / 100 + self.rules.fee_won
        };
        hold.seats.iter().zip(&hold.discounts).map(price).sum()
    }

    fn seats_paid_by(&self, visitor: Visitor) -> usize {
        let live = self.bookings.iter().filter(|row| row.cancelled_at.is_none());
        live.filter(|row| row.visitor == visitor).map(|row| row.seats.len()).sum()
    }

    fn cancel(&mut self, visitor: Visitor, booking: BookingId) -> Answer {
        if self.stage == Stage::Before {
            return Err(Refusal::NotOpen);
        }
        let now = self.now;
        let seats = match self.bookings.get_mut(booking.0 as usize) {
            Some(row) if row.visitor == visitor && row.cancelled_at.is_none() => {
                row.cancelled_at = Some(now);
                row.seats
            }
            _ => return Err(Refusal::NoSuchBooking),
        };
        if let CancelledSeats::AtOnce = self.rules.cancelled {
            self.free_cancelled(visitor, seats);
        } else {
            self.returning.push(booking);
            self.tell(Event::BookingCancelled { visitor, booking });
        }
        Ok(Outcome::Cancelled)
    }

    /// The first batch later than `at`, found by counting from the opening.
    fn batch_after(&self, at: Moment) -> Moment {
        let CancelledSeats::InBatches { every } = self.rules.cancelled else { unreachable!() };
        let (opens, every) = (self.rules.opens_at.as_nanos(), every.as_nanos());
        let mut batch = opens + every;
        if at.as_nanos() >= opens {
            batch += (at.as_nanos() - opens) / every * every;
        }
        Moment::from_nanos(batch)
    }

    fn return_batch(&mut self) {
        for booking in std::mem::take(&mut self.returning) {
            let row = self.bookings[booking.0 as usize];
            self.free_cancelled(row.visitor, row.seats);
        }
    }

    fn free_cancelled(&mut self, visitor: Visitor, seats: Seats) {
        for seat in seats.iter() {
            self.seats[seat.0 as usize] = SeatIs::Free;
        }
        self.tell(Event::SeatsReturned { visitor, seats, cause: Return::Cancelled });
    }

    fn tell(&mut self, event: Event) {
        self.events.push(Stamped { at: self.now, event });
    }
}
