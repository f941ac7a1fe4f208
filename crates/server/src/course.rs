//! A course: everything a race is run on, read and checked once and shared from then on.

use std::sync::Arc;

use crowd::{Dist, Scenario};
use practice::wire::{captcha_step, hold_at, millis_of, refresh_cost};
use practice::{About, Begun, Header, Versions};
use protocol::{Discount, MapRefresh, MapStyle, PayStep, Style, Title};
use sale::Moment;
use scenario::{Recipe, ScenarioError, Staged};

use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};

/// A staged recipe and what a screen needs of it.
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
    /// Stages a recipe. Lays a hall out: not for a thread that others wait for.
    pub(crate) fn new(recipe: Recipe) -> Result<Arc<Self>, ScenarioError> {
        let staged = recipe.stage()?;
        let style = style(recipe.style(), &staged);
        let Staged { title: name, scenario, map_by_hand, ends_at, .. } = staged;
        let map_every = (!map_by_hand).then_some(scenario.crowd.map_refresh);
        let title = title(&name);
        Ok(Arc::new(Self { recipe, title, style, scenario, map_every, ends_at }))
    }

    /// The header of a race of this course that a guest opens.
    pub(crate) fn header(&self, guest: GuestId, seed: u64, started_at: UnixTime) -> Header {
        Header {
            versions: Versions::HERE,
            seed,
            ends_at: self.ends_at,
            begun: Some(Begun { host: guest.person(), at_unix_ns: started_at.as_nanos() }),
            about: self.about(),
        }
    }

    /// What the wire tells of a race once.
    pub(crate) fn race(&self, id: RaceId) -> protocol::Race {
        self.about().race(&id.to_string(), self.style.clone(), self.opens_at(), self.ends_at)
    }

    fn about(&self) -> About {
        let recipe = &self.recipe;
        About {
            scenario: recipe.name().to_owned(),
            title: self.title.clone(),
            plan: recipe.plan().to_owned(),
            demand: recipe.demand().to_owned(),
            style: recipe.style().to_owned(),
            rivals: recipe.rivals(),
            seats: self.scenario.layout.seat_count(),
        }
    }

    fn opens_at(&self) -> Moment {
        self.scenario.rules.opens_at
    }
}

/// A title as it travels.
pub(crate) fn title(title: &scenario::Title) -> Title {
    Title { ko: title.ko.clone(), en: title.en.clone(), ja: title.ja.clone() }
}

fn discounts(staged: &Staged) -> Vec<Discount> {
    let percents = &staged.scenario.rules.discounts;
    let titled = staged.discount_titles.iter().zip(percents);
    titled.map(|(text, &percent)| Discount { title: title(text), percent }).collect()
}

/// A style as a screen needs it.
pub(crate) fn style(name: &str, staged: &Staged) -> Style {
    let rules = &staged.scenario.rules;
    Style {
        name: name.to_owned(),
        title: title(&staged.style_title),
        queue: protocol::QueueStyle {
            refresh: refresh_cost(rules.refresh_waiting),
            refresh_inside: refresh_cost(rules.refresh_inside),
            early_lock_ms: millis_of(rules.early_lock),
        },
        captcha: protocol::CaptchaStyle {
            step: captcha_step(rules.captcha.step),
            letters: rules.captcha.letters,
            put_off: rules.captcha.put_off,
        },
        seats: protocol::SeatsStyle {
            hold_at: hold_at(rules.hold_at),
            hold_ms: millis_of(rules.hold),
            pass_ms: millis_of(rules.pass),
            seats_max: rules.seats_max,
            fee_won: rules.fee_won,
        },
        map: MapStyle {
            refreshes: if staged.map_by_hand { MapRefresh::ByHand } else { MapRefresh::ByItself },
        },
        discounts: discounts(staged),
        pay_steps: vec![PayStep::Price, PayStep::Receipt, PayStep::Payment],
    }
}
