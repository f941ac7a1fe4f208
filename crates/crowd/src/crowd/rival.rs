//! One rival inside: what it planned, and what it does when the time has come.

use borsh::{BorshDeserialize, BorshSerialize};
use sale::{
    CaptchaStep, Command, Departure, HoldAt, Moment, Outcome, Place, Refusal, Sale, Seats, Section,
    Span, Visitor,
};

use crate::agenda::Beat;
use crate::crowd::Crowd;
use crate::dist::Delay;
use crate::draws::Draws;
use crate::persona::Persona;

/// A rival that was admitted.
#[derive(Clone, Debug, BorshSerialize, BorshDeserialize)]
pub(crate) struct Rival {
    pub(super) number: u32,
    /// Its kind, by index.
    pub(super) persona: u8,
    pub(super) draws: Draws,
    /// Seats wanted.
    pub(super) want: u8,
    /// Seats held so far.
    pub(super) got: u8,
    /// Times a seat was gone.
    pub(super) conflicts: u32,
    /// Conflicts and looks at an empty map.
    fails: u32,
    pub(super) section: Section,
    /// Seats it is about to click, as chosen on the map of its last look.
    target: Option<Seats>,
    /// What it does next.
    plan: Plan,
    /// What it does after the captcha.
    after_captcha: Step,
    captcha_passed: bool,
}

/// What a rival does at its next beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
enum Plan {
    /// Asks to see the seats first.
    PutOff,
    /// Types the captcha.
    Answer,
    /// A step that needs no captcha, or comes after it.
    Step(Step),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
enum Step {
    /// Chooses a section on the overview and opens it.
    Section,
    /// Looks at the seats and chooses; clicks after this span.
    Look(Moment),
    /// Clicks.
    Hold,
    /// Pays.
    Pay,
    /// Has let the hold run out.
    End,
}

impl Crowd {
    /// An admitted rival notices after a while and begins.
    pub(super) fn begin_visit(&mut self, sale: &Sale, at: Moment, number: u32, place: Place) {
        let mut draws = Draws::inside(self.seed, number, place.0);
        let noticed_at = at + self.rules.notice.span(&mut draws);
        let want = self.group_size(sale, &mut draws);
        let kind = self.ways.persona_index(number);
        let persona = &self.rules.personas[usize::from(kind)];
        let captcha = sale.rules().captcha;
        let put_off = captcha.put_off && draws.chance(persona.put_off);
        let (plan, delay) = if captcha.step != CaptchaStep::BeforeMap {
            (Plan::Step(Step::Section), &persona.section)
        } else if put_off {
            (Plan::PutOff, &persona.alert)
        } else {
            (Plan::Answer, &persona.captcha)
        };
        let begins_at = noticed_at + delay.span(&mut draws);
        let rival = Rival {
            number,
            persona: kind,
            draws,
            want,
            got: 0,
            conflicts: 0,
            fails: 0,
            section: Section(0),
            target: None,
            plan,
            after_captcha: Step::Section,
            captcha_passed: captcha.step == CaptchaStep::Never,
        };
        let slot = self.seat_rival(rival);
        self.state.agenda.plan(begins_at, Beat::Act { slot });
    }

    fn group_size(&self, sale: &Sale, draws: &mut Draws) -> u8 {
        let limit = sale.rules().seats_max;
        let groups = &self.rules.groups;
        let unit = draws.unit();
        match limit {
            2 if unit < groups.two_of_two => 2,
            1 | 2 => 1,
            _ if unit < groups.all => limit,
            _ if unit < groups.all + groups.one_less => limit - 1,
            _ => 1,
        }
    }

    /// The rival in `slot` does what it planned.
    pub(super) fn act(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        match self.rival(slot).plan {
            Plan::PutOff => self.put_off(sale, at, slot),
            Plan::Answer => self.answer(sale, at, slot),
            Plan::Step(Step::Section) => self.choose_section(sale, at, slot),
            Plan::Step(Step::Look(click_at)) => self.look(sale, at, slot, click_at),
            Plan::Step(Step::Hold) => self.hold(sale, at, slot),
            Plan::Step(Step::Pay) => self.pay(sale, at, slot),
            Plan::Step(Step::End) => self.dismiss(slot),
        }
    }

    /// Sends a command. `None` if the rival is out: it was refused because its visit is over, or
    /// because the host paused or closed the sale, and then it goes for good.
    fn send(
        &mut self,
        sale: &mut Sale,
        at: Moment,
        slot: u32,
        command: Command,
    ) -> Option<Outcome> {
        match sale.handle(sale.stamp(at), command) {
            Ok(outcome) => Some(outcome),
            Err(refusal) => {
                if refusal != Refusal::NotInside && refusal != Refusal::Closed {
                    self.go(sale, at, slot);
                } else {
                    self.dismiss(slot);
                }
                None
            }
        }
    }

    /// Leaves the sale.
    fn go(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        let leave = Command::Leave { visitor: self.visitor(slot), cause: Departure::Left };
        // Whoever is out already has nothing to leave.
        let _: Result<Outcome, Refusal> = sale.handle(sale.stamp(at), leave);
        self.dismiss(slot);
    }

    fn visitor(&mut self, slot: u32) -> Visitor {
        Visitor(self.rival(slot).number)
    }

    fn plan(&mut self, at: Moment, slot: u32, plan: Plan) {
        self.rival(slot).plan = plan;
        self.state.agenda.plan(at, Beat::Act { slot });
    }

    /// Plans a step after a delay of the rival's persona.
    fn plan_after(
        &mut self,
        at: Moment,
        slot: u32,
        plan: Plan,
        delay: impl Fn(&Persona) -> &Delay,
    ) {
        let span = self.draw(slot, delay);
        self.plan(at + span, slot, plan);
    }

    fn draw(&mut self, slot: u32, delay: impl Fn(&Persona) -> &Delay) -> Span {
        let rival = self.state.rivals[slot as usize].as_mut().expect("a planned rival");
        let persona = &self.rules.personas[usize::from(rival.persona)];
        delay(persona).span(&mut rival.draws)
    }

    fn chance(&mut self, slot: u32, chance: impl Fn(&Persona) -> f64) -> bool {
        let rival = self.state.rivals[slot as usize].as_mut().expect("a planned rival");
        let persona = &self.rules.personas[usize::from(rival.persona)];
        rival.draws.chance(chance(persona))
    }

    fn put_off(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        let visitor = self.visitor(slot);
        if self.send(sale, at, slot, Command::PutOffCaptcha { visitor }).is_some() {
            self.plan_after(at, slot, Plan::Step(Step::Section), |persona| &persona.section);
        }
    }

    fn answer(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        let visitor = self.visitor(slot);
        let Some(challenge) = sale.challenge(visitor) else {
            return self.go(sale, at, slot);
        };
        let misread = self.chance(slot, |persona| persona.captcha_error);
        let letters = if misread { challenge.letters.misread() } else { challenge.letters };
        let command = Command::AnswerCaptcha { visitor, challenge: challenge.number, letters };
        match self.send(sale, at, slot, command) {
            Some(Outcome::CaptchaPassed) => self.after_captcha(at, slot),
            Some(_) => self.plan_after(at, slot, Plan::Answer, |persona| &persona.captcha_again),
            None => {}
        }
    }

    fn after_captcha(&mut self, at: Moment, slot: u32) {
        let rival = self.rival(slot);
        rival.captcha_passed = true;
        match rival.after_captcha {
            Step::Section => {
                self.plan_after(at, slot, Plan::Step(Step::Section), |persona| &persona.section);
            }
            step @ (Step::Look(_) | Step::Hold | Step::Pay | Step::End) => {
                self.plan(at, slot, Plan::Step(step));
            }
        }
    }

    /// Whether the captcha comes before this step; then the rival types it first.
    fn captcha_first(&mut self, sale: &Sale, at: Moment, slot: u32, step: Step) -> bool {
        let asked = match (sale.rules().captcha.step, step) {
            (CaptchaStep::BeforeMap | CaptchaStep::BeforeHold, Step::Hold)
            | (CaptchaStep::BeforePay, Step::Pay) => true,
            (
                CaptchaStep::Never
                | CaptchaStep::BeforeMap
                | CaptchaStep::BeforeHold
                | CaptchaStep::BeforePay,
                _,
            ) => false,
        };
        let rival = self.rival(slot);
        if !asked || rival.captcha_passed {
            return false;
        }
        rival.after_captcha = step;
        self.plan_after(at, slot, Plan::Answer, |persona| &persona.captcha);
        true
    }

    fn choose_section(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        let Some(section) = self.pick_section(sale, slot) else {
            return self.fail(sale, at, slot, Plan::Step(Step::Section));
        };
        let visitor = self.visitor(slot);
        self.rival(slot).section = section;
        if self.send(sale, at, slot, Command::ViewSection { visitor, section }).is_none() {
            return;
        }
        let mut think = self.draw(slot, |persona| &persona.first_seat);
        if sale.rules().hold_at != HoldAt::Click {
            think = think + self.time_for_rest(slot);
        }
        self.plan_look(at, slot, think);
    }

    /// To choose all further seats and confirm, where they are held together.
    fn time_for_rest(&mut self, slot: u32) -> Span {
        let further = self.rival(slot).want - 1;
        let mut span = self.draw(slot, |persona| &persona.done);
        for _ in 0..further {
            span = span + self.draw(slot, |persona| &persona.next_seat);
        }
        span
    }

    /// Plans the look that the next click rests on. The rival thinks for `think`; if the map was
    /// refreshed meanwhile, the seat was last seen free then.
    fn plan_look(&mut self, at: Moment, slot: u32, think: Span) {
        let haste = self.haste(slot);
        let think = Span::from_secs_f64(think.as_secs_f64() * haste);
        let refresh = self.rules.map_refresh;
        let rival = self.rival(slot);
        let every = refresh.quantile(rival.draws.unit()).max(0.0);
        let age = think.min(Span::from_secs_f64(every * rival.draws.unit()));
        let click_at = at + think;
        let look_at = Moment::from_nanos(click_at.as_nanos() - age.as_nanos());
        self.plan(look_at, slot, Plan::Step(Step::Look(click_at)));
    }

    /// What conflicts have left of the time taken to choose.
    fn haste(&mut self, slot: u32) -> f64 {
        let rival = self.state.rivals[slot as usize].as_ref().expect("a planned rival");
        let persona = &self.rules.personas[usize::from(rival.persona)];
        libm::pow(1.0 - persona.care.haste, f64::from(rival.conflicts))
    }

    fn look(&mut self, sale: &mut Sale, at: Moment, slot: u32, click_at: Moment) {
        let Some(target) = self.pick_seats(sale, slot) else {
            return self.find_none(sale, at, slot);
        };
        let rival = self.state.rivals[slot as usize].as_mut().expect("a planned rival");
        rival.target = Some(target);
        let arrives_at = click_at + self.rules.click.span(&mut rival.draws);
        self.plan(arrives_at, slot, Plan::Step(Step::Hold));
    }

    /// The section has nothing: be content with what is held, or choose another section.
    fn find_none(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        if self.rival(slot).got > 0 {
            return self.go_on_to_pay(sale, at, slot);
        }
        self.plan_after(at, slot, Plan::Step(Step::Section), |persona| &persona.section);
    }

    fn hold(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        if self.captcha_first(sale, at, slot, Step::Hold) {
            return;
        }
        let visitor = self.visitor(slot);
        let seats = self.rival(slot).target.take().expect("a look comes before a click");
        match self.send(sale, at, slot, Command::HoldSeats { visitor, seats }) {
            Some(Outcome::SeatTaken { .. }) => self.miss(sale, at, slot),
            Some(_) => self.held(sale, at, slot, seats.len()),
            None => {}
        }
    }

    fn held(&mut self, sale: &Sale, at: Moment, slot: u32, count: usize) {
        let rival = self.rival(slot);
        rival.got += u8::try_from(count).expect("at most SEATS_PER_HOLD_MAX");
        let more = sale.rules().hold_at == HoldAt::Click && rival.got < rival.want;
        if more {
            let think = self.draw(slot, |persona| &persona.next_seat);
            self.plan_look(at, slot, think);
        } else {
            self.go_on_to_pay(sale, at, slot);
        }
    }

    /// Somebody was faster.
    fn miss(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        let settled = self.rival(slot).got > 0 && self.chance(slot, |persona| persona.settle);
        if settled {
            return self.go_on_to_pay(sale, at, slot);
        }
        self.rival(slot).conflicts += 1;
        if self.loses_patience(slot) {
            return self.go(sale, at, slot);
        }
        let read = self.draw(slot, |persona| &persona.alert);
        let think = self.draw(slot, |persona| &persona.repick);
        self.plan_look(at + read, slot, think);
    }

    /// Nothing is free anywhere: look again later, or give up.
    fn fail(&mut self, sale: &mut Sale, at: Moment, slot: u32, plan: Plan) {
        if self.loses_patience(slot) {
            return self.go(sale, at, slot);
        }
        self.plan_after(at, slot, plan, |persona| &persona.look_again);
    }

    fn loses_patience(&mut self, slot: u32) -> bool {
        let rival = self.state.rivals[slot as usize].as_mut().expect("a planned rival");
        let persona = &self.rules.personas[usize::from(rival.persona)];
        rival.fails += 1;
        rival.fails > persona.patience && rival.got == 0 && rival.draws.chance(persona.give_up)
    }

    fn go_on_to_pay(&mut self, sale: &Sale, at: Moment, slot: u32) {
        if self.chance(slot, |persona| persona.abandon) {
            let hold = sale.rules().hold;
            self.plan(at + hold, slot, Plan::Step(Step::End));
        } else {
            self.plan_after(at, slot, Plan::Step(Step::Pay), |persona| &persona.pay);
        }
    }

    fn pay(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        if self.captcha_first(sale, at, slot, Step::Pay) {
            return;
        }
        let visitor = self.visitor(slot);
        match self.send(sale, at, slot, Command::Pay { visitor }) {
            Some(Outcome::SeatTaken { .. }) => {
                self.rival(slot).got = 0;
                self.miss(sale, at, slot);
            }
            Some(_) => self.dismiss(slot),
            None => {}
        }
    }
}
