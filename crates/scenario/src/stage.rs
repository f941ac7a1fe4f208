//! The stage set: plan, rules and crowd as the pure crates take them.

use crowd::{Hall, Scenario};
use sale::{Layout, Moment, Rules, Span};

use crate::demand::DemandFile;
use crate::error::ScenarioError;
use crate::kind::Kind;
use crate::people::PeopleFile;
use crate::plan::{Plan, SeatKind, Spec};
use crate::recipe::Recipe;
use crate::scenario::ScenarioFile;
use crate::style::{AfterWrong, PayStep, Screen, StyleFile};
use crate::times::seconds;
use crate::title::Title;

/// How much a rival who does not need one likes a wheelchair place, as a share of what the seat
/// would be worth otherwise (D): such places go last.
const WHEELCHAIR_APPEAL: f32 = 0.3;

/// A scenario ready to be raced, with what a screen needs besides.
#[derive(Clone, Debug)]
pub struct Staged {
    /// What the race is called.
    pub title: Title,
    /// What the style is called.
    pub style_title: Title,
    /// What the discounts of the rules are called, in their order.
    pub discount_titles: Vec<Title>,
    /// What the demand tier is called.
    pub demand_title: Title,
    /// The hall as it is drawn.
    pub plan: Plan,
    /// What the race takes.
    pub scenario: Scenario,
    /// Whether the style leaves it to the visitor to refresh a section's map.
    pub map_by_hand: bool,
    /// What the style does with the typed letters of a wrong captcha answer.
    pub after_wrong: AfterWrong,
    /// The style's steps from the chosen seats to the payment, in order.
    pub pay_steps: Vec<PayStep>,
    /// How a client speaks and looks while it plays the style.
    pub screen: Screen,
    /// When the race is over at the latest.
    pub ends_at: Moment,
}

impl Recipe {
    /// Reads every file and puts together what a race needs.
    ///
    /// # Errors
    ///
    /// [`ScenarioError`] names the file and what is wrong with it.
    pub fn stage(&self) -> Result<Staged, ScenarioError> {
        let spec = Spec::parse(&self.plan.text);
        let plan = spec.and_then(|spec| crate::plan::generate(&spec)).map_err(|error| {
            ScenarioError::Plan { name: self.plan.name.clone(), reason: error.to_string() }
        })?;
        let scenario: ScenarioFile = self.scenario.parse(Kind::Scenario)?;
        let mut demand: DemandFile = self.demand.parse(Kind::Demand)?;
        demand.bot_share = scenario.bot_share.unwrap_or(demand.bot_share);
        demand.admissions_per_s = scenario.admissions_per_s.unwrap_or(demand.admissions_per_s);
        let style: StyleFile = self.style.parse(Kind::Style)?;
        let people: PeopleFile = self.people.parse(Kind::People)?;
        let parts = Parts { scenario, demand, style, people, plan };
        parts.stage(self.rivals).map_err(|reason| ScenarioError::Unplayable {
            name: self.scenario.name.clone(),
            reason,
        })
    }
}

/// Everything read and not yet checked together.
struct Parts {
    scenario: ScenarioFile,
    demand: DemandFile,
    style: StyleFile,
    people: PeopleFile,
    plan: Plan,
}

impl Parts {
    /// Puts the parts together and checks them; the error says which number is impossible.
    fn stage(self, rivals: u32) -> Result<Staged, String> {
        self.demand.check()?;
        self.scenario.check()?;
        self.people.check()?;
        self.style.check()?;
        let opens_at = Moment::START + seconds(self.scenario.lobby);
        let ends_at = opens_at + seconds(self.scenario.length);
        let rules = self.rules(opens_at);
        rules.check().map_err(|error| error.to_string())?;
        let layout = layout(&self.plan)?;
        let hall = hall(&self.plan, &layout)?;
        let crowd = self.people.crowd(rivals, &self.demand, &self.style);
        crowd.check().map_err(|error| error.to_string())?;
        Ok(Staged {
            discount_titles: self.style.discounts.into_iter().map(|one| one.title).collect(),
            title: self.scenario.title,
            style_title: self.style.title,
            demand_title: self.demand.title,
            plan: self.plan,
            map_by_hand: self.style.map.is_by_hand(),
            after_wrong: self.style.captcha.after_wrong,
            pay_steps: self.style.pay.steps,
            screen: self.style.screen,
            scenario: Scenario { rules, layout, hall, crowd },
            ends_at,
        })
    }

    fn rules(&self, opens_at: Moment) -> Rules {
        let (queue, seats) = (&self.style.queue, &self.style.seats);
        Rules {
            opens_at,
            closes_at: Moment::NEVER,
            order: queue.order(),
            early_lock: seconds(queue.early_lock),
            refresh_waiting: queue.refresh_waiting(),
            refresh_inside: queue.refresh_inside(),
            admission: self.demand.admission(),
            captcha: self.style.captcha.rules(),
            pass: seconds(seats.pass),
            hold_at: seats.hold_at(),
            hold: seconds(seats.hold),
            after_hold: seats.after_hold(),
            seats_max: self.demand.seats_max,
            fee_won: seats.fee_won,
            discounts: self.style.discounts.iter().map(|discount| discount.percent).collect(),
        }
    }
}

fn layout(plan: &Plan) -> Result<Layout, String> {
    let sizes: Vec<u32> =
        plan.sections.iter().map(|section| section.seats.end - section.seats.start).collect();
    let grades = plan.seats.iter().map(|seat| seat.grade).collect();
    let prices = plan.grades.iter().map(|grade| grade.price_won.into()).collect();
    Layout::new(&sizes, grades, prices).map_err(|error| error.to_string())
}

fn hall(plan: &Plan, layout: &Layout) -> Result<Hall, String> {
    let appeal = |kind: SeatKind| match kind {
        SeatKind::Ordinary | SeatKind::Restricted => 1.0,
        SeatKind::Wheelchair => WHEELCHAIR_APPEAL,
    };
    let quality = plan.seats.iter().map(|seat| seat.quality * appeal(seat.kind)).collect();
    let adjacent = plan.seats.iter().map(|seat| seat.next_adjacent).collect();
    Hall::new(layout, quality, adjacent).map_err(|error| error.to_string())
}

impl Staged {
    /// How long after the start the sale opens.
    pub fn lobby(&self) -> Span {
        self.scenario.rules.opens_at.since(Moment::START)
    }
}
