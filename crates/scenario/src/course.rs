//! Courses: what races are run on, made from a recipe.

use crowd::{Hall, Scenario, Visits};
use sale::{CancelledSeats, Layout, Moment, Rules, Span};

use crate::demand::DemandFile;
use crate::error::ScenarioError;
use crate::fault::Fault;
use crate::kind::Kind;
use crate::people::PeopleFile;
use crate::plan::{Plan, SeatKind, Spec, generate};
use crate::recipe::Recipe;
use crate::scenario::{OpeningText, ScenarioFile};
use crate::style::{Style, StyleFile};
use crate::times::seconds;
use crate::title::Title;

/// The share of its quality that a wheelchair place keeps for rivals, who need none. Our estimate:
/// it makes them choose these places last.
const WHEELCHAIR_APPEAL: f32 = 0.3;

/// A recipe whose files were read and checked, ready to be raced.
///
/// Making one lays out a whole hall, so it is made once and shared. Any number of races can be run
/// on it, each with a seed of its own.
#[derive(Clone, Debug)]
pub struct Course {
    /// The recipe that it was made from.
    pub recipe: Recipe,
    /// What the race is called.
    pub title: Title,
    /// What the demand tier is called.
    pub demand_title: Title,
    /// What the style tells a screen.
    pub style: Style,
    /// The hall as it is drawn.
    pub plan: Plan,
    /// What a race takes besides a seed.
    pub scenario: Scenario,
    /// When a race ends at the latest.
    pub ends_at: Moment,
}

impl Course {
    /// Reads and checks the files of a recipe and lays out its hall. The largest plan takes some
    /// tens of milliseconds.
    ///
    /// # Errors
    ///
    /// [`ScenarioError`] names the file, the place in it and what is wrong there.
    pub fn new(recipe: Recipe) -> Result<Self, ScenarioError> {
        let files = Files::read(&recipe)?;
        let wrong = |(kind, fault)| recipe.unplayable(kind, fault);
        files.check().map_err(wrong)?;
        let opens_at = Moment::START + seconds(files.scenario.lobby);
        let ends_at = opens_at + seconds(files.scenario.length);
        let rules = files.rules(opens_at);
        let opening = files.scenario.opening.as_ref();
        let visits = match opening {
            Some(OpeningText { is_rehearsal: false, .. }) => Visits::Many,
            Some(OpeningText { is_rehearsal: true, .. }) | None => Visits::One,
        };
        rules.check().map_err(Fault::of_rule).map_err(wrong)?;
        let layout = layout(&files.plan).map_err(|fault| wrong((Kind::Plan, fault)))?;
        let hall = hall(&files.plan, &layout).map_err(|fault| wrong((Kind::Plan, fault)))?;
        let crowd = files.people.crowd(recipe.rivals(), &files.demand, &files.style);
        crowd.check().map_err(Fault::of_crowd).map_err(wrong)?;
        Ok(Self {
            title: files.scenario.title,
            demand_title: files.demand.title,
            style: files.style.style(),
            plan: files.plan,
            scenario: Scenario { rules, layout, hall, crowd, visits },
            ends_at,
            recipe,
        })
    }

    /// How long after the start the sale opens.
    pub fn lobby(&self) -> Span {
        self.scenario.rules.opens_at.since(Moment::START)
    }
}

/// The files of a recipe, each read by itself.
struct Files {
    scenario: ScenarioFile,
    demand: DemandFile,
    style: StyleFile,
    people: PeopleFile,
    plan: Plan,
}

impl Files {
    fn read(recipe: &Recipe) -> Result<Self, ScenarioError> {
        let spec = Spec::parse(&recipe.file(Kind::Plan).text);
        let plan = spec.and_then(|spec| generate(&spec)).map_err(|error| ScenarioError::Plan {
            name: recipe.file(Kind::Plan).name.clone(),
            error,
        })?;
        let scenario: ScenarioFile = recipe.parse(Kind::Scenario)?;
        let mut demand: DemandFile = recipe.parse(Kind::Demand)?;
        demand.program_share = scenario.program_share.unwrap_or(demand.program_share);
        demand.admissions_per_s = scenario.admissions_per_s.unwrap_or(demand.admissions_per_s);
        let style = recipe.parse(Kind::Style)?;
        let people = recipe.parse(Kind::People)?;
        Ok(Self { scenario, demand, style, people, plan })
    }

    /// Checks what the rules and the crowd made from these files cannot tell any more.
    fn check(&self) -> Result<(), (Kind, Fault)> {
        self.demand.check().map_err(|fault| (Kind::Demand, fault))?;
        self.scenario.check().map_err(|fault| (Kind::Scenario, fault))?;
        self.people.check().map_err(|fault| (Kind::People, fault))?;
        self.style.check().map_err(|fault| (Kind::Style, fault))
    }

    fn rules(&self, opens_at: Moment) -> Rules {
        let (queue, seats) = (&self.style.queue, &self.style.seats);
        let opening = self.scenario.opening.as_ref();
        Rules {
            opens_at,
            closes_at: None,
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
            seats_max: opening.map_or(self.demand.seats_max, |opening| opening.seats_max),
            cancelled: opening.map_or(CancelledSeats::AtOnce, OpeningText::cancelled),
            fee_won: seats.fee_won,
            discounts: self.style.discounts.iter().map(|discount| discount.percent).collect(),
        }
    }
}

fn layout(plan: &Plan) -> Result<Layout, Fault> {
    let sizes: Vec<u32> =
        plan.sections.iter().map(|section| section.seats.end - section.seats.start).collect();
    let grades = plan.seats.iter().map(|seat| seat.grade).collect();
    let prices = plan.grades.iter().map(|grade| grade.price_won.into()).collect();
    Ok(Layout::new(&sizes, grades, prices)?)
}

fn hall(plan: &Plan, layout: &Layout) -> Result<Hall, Fault> {
    let appeal = |kind: SeatKind| match kind {
        SeatKind::Ordinary | SeatKind::Restricted => 1.0,
        SeatKind::Wheelchair => WHEELCHAIR_APPEAL,
    };
    let quality = plan.seats.iter().map(|seat| seat.quality * appeal(seat.kind)).collect();
    let adjacent = plan.seats.iter().map(|seat| seat.next_adjacent).collect();
    Ok(Hall::new(layout, quality, adjacent)?)
}
