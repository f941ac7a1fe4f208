//! A report: what cost a person the seat, and each step of the run beside the rivals. Times in it are milliseconds; those
//! named `at_ms` count from the opening.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::exercise::Exercise;
use crate::race::{Booking, Ending};
use crate::step::StepKey;
use crate::title::Title;
use crate::what_if::{OwnTime, RunOutcome, WhatIf};

/// What a run tells. Everything is counted from the race's events, except the moment of the press,
/// which the member's client notes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// How the run ended.
    pub ending: Ending,
    /// The race.
    pub race: ReportRace,
    /// The last place that the person had; `null` if none.
    #[schema(required = true)]
    pub place: Option<u32>,
    /// How many places before that one went to other visitors; `null` without a place.
    #[schema(required = true)]
    pub rivals_ahead: Option<u32>,
    /// How often the person pressed before the opening.
    pub early_presses: u32,
    /// How many earlier places the person gave up, by a refresh or by leaving.
    pub refreshes: u32,
    /// How many seats were free when the person came in; `null` if that never happened.
    #[schema(required = true)]
    pub free_on_admission: Option<u32>,
    /// The share of seats that were paid when the person came in, from 0 to 1; `null` if that never
    /// happened.
    #[schema(required = true)]
    pub sold_on_admission_share: Option<f64>,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// How the captcha went.
    pub captcha: CaptchaTally,
    /// The seats that the person asked for and that another visitor had taken.
    pub conflicts: Vec<Conflict>,
    /// The seats that the person held or paid for, compared with the seats that were free then. A seat that
    /// the person took twice stands here twice.
    pub seats: Vec<SeatWorth>,
    /// How well the client knew the server's time.
    pub clock: ClockFit,
    /// What the report says first: what cost the seat, or that nothing did.
    pub verdict: Verdict,
    /// What came of the run.
    pub outcome: RunOutcome,
    /// How long each step takes the script of the what-ifs if nothing is changed, in the order of the run. Only steps
    /// whose time a what-if can change; none where there is nothing to change, and in an exercise.
    pub own: Vec<OwnTime>,
    /// The race run again with a step changed, the best outcome first: each step that was due at the time of the
    /// rivals' quickest tenth and at their median, and the best pair of steps where no single one gives a seat.
    /// At most [`WHAT_IFS_MAX`]; none in an exercise.
    pub what_ifs: Vec<WhatIf>,
    /// The hall at the person's first click for seats; `null` without a click.
    #[schema(required = true)]
    pub hall: Option<HallThen>,
    /// When the last seat was paid for or the sale closed, from the opening; `null` if that was not before the
    /// report was made.
    #[schema(required = true)]
    pub length_ms: Option<f64>,
    /// The person's booking; `null` without one.
    #[schema(required = true)]
    pub booking: Option<Booking>,
    /// Free and paid seats for each second in which something changed.
    pub curve: Vec<CurvePoint>,
    /// What the rivals' figures are taken from.
    pub basis: Basis,
}

/// What the rivals' figures are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Basis {
    /// Rivals of this race who took the same step before the run ended.
    RivalsOfThisRace {
        /// Rivals in all. Each step says how many of them took it.
        rivals: u32,
        /// The time from the opening to the end of the run; 0 if the run ended before the opening.
        until_ms: f64,
    },
}

/// Which race a report is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportRace {
    /// Its id.
    pub id: String,
    /// The scenario's name.
    pub scenario: String,
    /// What it is called on screen.
    pub title: Title,
    /// The plan's name.
    pub plan: String,
    /// The demand tier's name.
    pub demand: String,
    /// The style's name.
    pub style: String,
    /// Rivals in all.
    pub rivals: u32,
    /// Seats in all.
    pub seats: u32,
    /// The seed of all chance in the race; `null` if it is a race of several people, because its results
    /// publish the seed.
    #[schema(required = true)]
    pub seed: Option<u64>,
    /// The exercise that it is; `null` if it is a whole race.
    #[schema(required = true)]
    pub exercise: Option<Exercise>,
}

/// When a step was taken and how long it took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// The step.
    pub key: StepKey,
    /// When the person took the step, from the opening; `null` if not taken.
    #[schema(required = true)]
    pub at_ms: Option<f64>,
    /// How long the step took the person; `null` if not taken.
    #[schema(required = true)]
    pub took_ms: Option<f64>,
    /// The rivals' times for the same step; `null` if no rival took it.
    #[schema(required = true)]
    pub rivals: Option<RivalTimes>,
}

/// How long rivals took for a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RivalTimes {
    /// How many rivals took the step.
    pub count: u32,
    /// The 10th percentile of their times.
    pub p10_ms: f64,
    /// The median of their times.
    pub p50_ms: f64,
    /// The 90th percentile of their times.
    pub p90_ms: f64,
    /// The share of these rivals who were faster than the person, from 0 to 1.
    pub ahead_share: f64,
    /// The share of these rivals who were slower than the person. A rival who took just as long is
    /// neither.
    pub behind_share: f64,
    /// The distribution of their times.
    pub histogram: Vec<Bar>,
}

/// One bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Bar {
    /// The shortest time in the bar.
    pub from_ms: f64,
    /// Where the next bar begins. The last bar also counts all longer times.
    pub to_ms: f64,
    /// How many times are in the bar.
    pub count: u32,
}

/// How the captcha went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaptchaTally {
    /// How many images the person was shown.
    pub asked: u32,
    /// How many answers were wrong.
    pub missed: u32,
}

/// A seat that the person asked for and that another visitor had taken.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Conflict {
    /// The index of the seat in the plan.
    pub seat: u32,
    /// When the person asked for it, from the opening.
    pub at_ms: f64,
    /// How long the seat had been taken by then.
    pub late_ms: f64,
    /// How old the seats were that the person had before them, as the problem `seat-taken` said. Of a
    /// person who was shown none, the time since the section was opened; `null` if none was.
    #[schema(required = true)]
    pub view_age_ms: Option<f64>,
    /// The index of the seat's section in the plan.
    pub section: u16,
}

/// A seat that the person held or paid for, compared with the seats that were free then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SeatWorth {
    /// The index of the seat in the plan.
    pub seat: u32,
    /// The rank of the seat by quality among the free seats, from 1 for the best.
    pub quality_rank_then: u32,
    /// How many seats were free, this one included.
    pub free_then: u32,
    /// The regular price of the seat.
    pub price_won: u64,
    /// What became of the seat.
    pub fate: SeatFate,
}

/// What became of a seat that the person took. It is the person's own after the run only if it is `paid`
/// or `held`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeatFate {
    /// The person paid for it.
    Paid,
    /// The person held it until the run was over.
    Held,
    /// The person gave it back.
    Released,
    /// The person's hold ended before the person paid.
    HoldEnded,
    /// The person left the sale while holding it: by leaving, by a lost connection, or by a refresh.
    Left,
}

/// How well the client knew the server's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClockFit {
    /// By how much the client's estimate may have been wrong; `null` if the client did not say.
    #[schema(required = true)]
    pub error_ms: Option<f64>,
    /// The time from the press, by the client's mark, to the place; `null` without such a mark.
    #[schema(required = true)]
    pub network_ms: Option<f64>,
}

/// The most what-ifs of a report: five steps at two paces, the page, and a pair.
pub const WHAT_IFS_MAX: usize = 12;

/// What a report says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Verdict {
    /// What kind of sentence it is.
    pub kind: VerdictKind,
    /// The step that it is about; `null` if it is about none. Of two steps, the one that gains more by itself.
    #[schema(required = true)]
    pub step: Option<StepKey>,
    /// What was wrong with that step.
    pub fault: Fault,
    /// The index in [`Report::what_ifs`] of the what-if that proves it; `null` without one.
    #[schema(required = true)]
    pub what_if: Option<u32>,
}

/// What kind of sentence a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictKind {
    /// The person paid for seats, and no change of a step gives better ones.
    WonBest,
    /// The person paid for seats, and another time for the step gives better ones.
    Won,
    /// The person got no seat, and another time for the step gives one.
    OneStep,
    /// The person got no seat, no single step gives one, and two steps together do.
    TwoSteps,
    /// Nothing gives a seat, and another time for the step gives a better outcome than any other.
    Better,
    /// No change of a step gives a better outcome.
    Nothing,
    /// The person never asked for a place, or there are no rivals to compare with, so that no what-if can be told.
    Unfinished,
}

/// What was wrong with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The person pressed late.
    LatePress,
    /// The page was slow: the place came long after the press.
    SlowPage,
    /// The person took long to type the captcha.
    SlowCaptcha,
    /// The person typed wrong letters for the captcha.
    MissedCaptcha,
    /// The person took long to choose seats.
    SlowChoice,
    /// Other visitors had taken the seats that the person asked for.
    Conflicts,
    /// The person took long to pay.
    SlowPay,
    /// The person pressed before the opening and had to press again.
    EarlyPress,
    /// The person gave up an earlier place by a refresh, or by leaving and coming again.
    Refresh,
    /// Nothing was wrong.
    None,
}

/// Free and paid seats at the end of a second after the opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CurvePoint {
    /// Seconds since the opening.
    pub s: u32,
    /// Free seats.
    pub free: u32,
    /// Paid seats.
    pub sold: u32,
}

/// The hall at the moment of a person's first click for seats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HallThen {
    /// The moment, from the opening.
    pub at_ms: f64,
    /// A set of bits in Base64: bit `i % 8` of byte `i / 8` says whether seat `i` was free. The seats of that very
    /// click count as free if the person got them.
    pub free: String,
    /// The indices in the plan of the seats that the person asked for with that click.
    pub clicked: Vec<u32>,
    /// For each conflict of the run, in order: when the seat was taken, and by whom.
    pub taken: Vec<TakenSeat>,
}

/// A seat that another visitor took before the person asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TakenSeat {
    /// The index of the seat in the plan.
    pub seat: u32,
    /// When it was taken, from the opening.
    pub at_ms: f64,
    /// Who took it.
    pub held_by: HeldBy,
}

/// Who took a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HeldBy {
    /// A simulated visitor.
    Rival,
    /// Another person in the race.
    Person,
}
