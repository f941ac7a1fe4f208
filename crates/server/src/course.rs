//! A course: everything a race is run on, read and checked once and shared from then on.

use std::sync::Arc;

use crowd::{Dist, Scenario};
use protocol::{Discount, MapRefresh, MapStyle, ScreenStyle, Style, Title};
use sale::Moment;
use scenario::{Recipe, ScenarioError};

use crate::to_protocol::{
    after_wrong, captcha_step, hold_at, millis_of, pay_step, refresh_cost, title,
};

/// A recipe that was read and what a screen needs of it.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) recipe: Recipe,
    pub(crate) title: Title,
    pub(crate) style: Style,
    pub(crate) scenario: Scenario,
    /// From one refresh of the map to the next, where it refreshes by itself.
    pub(crate) map_every: Option<Dist>,
    pub(crate) ends_at: Moment,
}

impl Course {
    /// Reads a recipe. Lays a hall out: not for a thread that others wait for.
    pub(crate) fn new(recipe: Recipe) -> Result<Arc<Self>, ScenarioError> {
        let course = scenario::Course::new(recipe)?;
        let style = style(&course);
        let is_map_by_hand = course.style.is_map_by_hand;
        let scenario::Course { recipe, title: name, scenario, ends_at, .. } = course;
        let map_every = (!is_map_by_hand).then_some(scenario.crowd.map_refresh);
        let title = title(&name);
        Ok(Arc::new(Self { recipe, title, style, scenario, map_every, ends_at }))
    }

    pub(crate) fn seat_count(&self) -> u32 {
        self.scenario.layout.seat_count()
    }

    pub(crate) fn opens_at(&self) -> Moment {
        self.scenario.rules.opens_at
    }
}

fn discounts(course: &scenario::Course) -> Vec<Discount> {
    let percents = &course.scenario.rules.discounts;
    let titled = course.style.discount_titles.iter().zip(percents);
    titled.map(|(text, &percent)| Discount { title: title(text), percent }).collect()
}

/// A style as a screen needs it.
pub(crate) fn style(course: &scenario::Course) -> Style {
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
        screen: ScreenStyle {
            words: course.style.screen.words.clone(),
            skin: course.style.screen.skin.clone(),
        },
    }
}
