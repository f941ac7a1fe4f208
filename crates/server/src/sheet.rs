//! The sheet of a race in memory: what a client is told once about the race, and how its map
//! refreshes.
//!
//! A course holds a whole hall, so the server drops it once the race is set up and keeps this small
//! part.

use crowd::Dist;
use practice::wire::{captcha_step, hold_at, millis_of, refresh_cost};
use practice::{About, Origin};
use protocol::{CancelStyle, Discount, MapRefresh, MapStyle, Race, ScreenStyle, Style, Title};
use sale::Moment;
use scenario::{AfterWrong, Course, PayStep};

use crate::ids::RaceId;
use crate::plan_address::PlanAddress;

/// The part of its course that a race in memory keeps.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The part of the race that never changes, as a client is told it.
    pub(crate) race: Race,
    /// The time between two refreshes of the map. `None` if people refresh it by hand.
    pub(crate) map_every: Option<Dist>,
    /// The names of the plan's sections.
    pub(crate) sections: Vec<String>,
    /// The names of the plan's grades.
    pub(crate) grades: Vec<String>,
}

impl Sheet {
    /// The sheet of a race that a list shows as `about` and that ends at `ends_at` at the latest.
    pub(crate) fn new(
        id: RaceId,
        course: &Course,
        about: &About,
        ends_at: Moment,
        origin: Origin,
    ) -> Self {
        let opens_at = course.scenario.rules.opens_at;
        let (id, plan) = (id.to_string(), PlanAddress::of(course.recipe.plan_text()).to_string());
        let race = about.race(&id, &plan, style(course), opens_at, ends_at, origin);
        let is_by_hand = course.style.is_map_by_hand;
        let map_every = (!is_by_hand).then_some(course.scenario.crowd.map_refresh);
        let grades = course.plan.grades.iter().map(|grade| grade.name.clone()).collect();
        Self { race, map_every, sections: section_names(course), grades }
    }
}

/// The names of the sections of a course's plan, in their order.
pub(crate) fn section_names(course: &Course) -> Vec<String> {
    course.plan.sections.iter().map(section_name).collect()
}

/// A section by its floor and its label: a label alone may be on every floor.
pub(crate) fn section_name(section: &scenario::plan::Section) -> String {
    format!("{}-{}", section.floor, section.label)
}

/// What lists and headers say about a race on this course.
pub(crate) fn about(course: &Course) -> About {
    let recipe = &course.recipe;
    About {
        scenario: recipe.name().to_owned(),
        title: title(&course.title),
        plan: recipe.plan().to_owned(),
        demand: recipe.demand().to_owned(),
        style: recipe.style().to_owned(),
        rivals: recipe.rivals(),
        seats: course.scenario.layout.seat_count(),
        exercise: None,
        performance: None,
        rehearses: None,
    }
}

/// A title as a message of the protocol.
pub(crate) fn title(title: &scenario::Title) -> Title {
    Title { ko: title.ko.clone(), en: title.en.clone(), ja: title.ja.clone() }
}

fn after_wrong(after: AfterWrong) -> protocol::AfterWrong {
    match after {
        AfterWrong::KeepsLetters => protocol::AfterWrong::KeepsLetters,
        AfterWrong::ClearsLetters => protocol::AfterWrong::ClearsLetters,
    }
}

fn pay_step(step: PayStep) -> protocol::PayStep {
    match step {
        PayStep::Price => protocol::PayStep::Price,
        PayStep::Receipt => protocol::PayStep::Receipt,
        PayStep::Payment => protocol::PayStep::Payment,
    }
}

fn discounts(course: &Course) -> Vec<Discount> {
    let percents = &course.scenario.rules.discounts;
    let titled = course.style.discount_titles.iter().zip(percents);
    titled.map(|(text, &percent)| Discount { title: title(text), percent }).collect()
}

fn cancel(terms: &scenario::CancelTerms) -> CancelStyle {
    let fee = |row: &scenario::NearFee| protocol::CancelFee {
        days_before: row.days_before,
        percent: row.percent,
    };
    CancelStyle {
        free_days: terms.free_days,
        late_won: terms.late.won,
        late_percent_max: terms.late.percent_max,
        fees: terms.fees.iter().rev().map(fee).collect(),
        until_days_before: terms.until.days_before,
        until_time: terms.until.time.to_string(),
        until_saturday: terms.until.saturday.map(|time| time.to_string()),
    }
}

/// A style as a message of the protocol.
pub(crate) fn style(course: &Course) -> Style {
    let rules = &course.scenario.rules;
    Style {
        name: course.recipe.style().to_owned(),
        title: title(&course.style.title),
        queue: protocol::QueueStyle {
            refresh: refresh_cost(rules.refresh_waiting),
            refresh_inside: refresh_cost(rules.refresh_inside),
            early_lock_ms: millis_of(rules.early_lock),
        },
        captcha: protocol::CaptchaStyle {
            step: captcha_step(rules.captcha.step),
            letters: rules.captcha.letters,
            put_off: rules.captcha.put_off,
            after_wrong: after_wrong(course.style.after_wrong),
        },
        seats: protocol::SeatsStyle {
            hold_at: hold_at(rules.hold_at),
            hold_ms: millis_of(rules.hold),
            pass_ms: millis_of(rules.pass),
            seats_max: rules.seats_max,
            fee_won: rules.fee_won,
        },
        map: MapStyle {
            refreshes: if course.style.is_map_by_hand {
                MapRefresh::ByHand
            } else {
                MapRefresh::ByItself
            },
        },
        discounts: discounts(course),
        pay_steps: course.style.pay_steps.iter().copied().map(pay_step).collect(),
        cancel: cancel(&course.style.cancel),
        screen: ScreenStyle {
            words: course.style.screen.words.clone(),
            skin: course.style.screen.skin.clone(),
        },
    }
}

#[cfg(test)]
mod tests;
