//! Recipes of openings: sales of the performances of a catalogue, each with prices and limits of its own.

use super::{COMPOSED_PEOPLE, File, Recipe};
use crowd::Visits;

use crate::cancel::CancelTerms;
use crate::demand::DemandFile;
use crate::error::ScenarioError;
use crate::kind::Kind;
use crate::library::Library;
use crate::scenario::{OpeningText, ScenarioFile};
use crate::style::StyleFile;
use crate::title::Title;

/// The name of the scenario of an opening.
pub const OPENING: &str = "opening";

/// What the sale of a performance is like.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// What the race is called: the concert's title, in each language the same.
    pub title: String,
    /// The name of the venue's plan.
    pub plan: String,
    /// The name of the style.
    pub style: String,
    /// How many rivals come.
    pub rivals: u32,
    /// The price of a seat of each grade, in won, by the grade's name in the plan. A grade that is not named keeps the plan's price.
    pub prices: Vec<(String, u32)>,
    /// The time from the start of the race to the opening, in seconds, at most a day.
    pub lobby_s: f64,
    /// The time from the opening to the closing, in seconds, at most 400 days.
    pub open_s: f64,
    /// Seats that one person may have over all bookings, 1 to 16.
    pub seats_max: u8,
    /// When the seats of a cancelled booking can be had again.
    pub cancelled: Returning,
    /// Whether people come once, as in any race, or again and again as in the sale itself.
    pub visits: Visits,
}

/// When the seats of a cancelled booking can be had again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returning {
    /// At once.
    AtOnce,
    /// With those of other bookings, as often as the style says.
    InBatches,
}

impl Recipe {
    /// Gathers the files of the sale of a performance. Visitors are let in as in the demand tier whose number of rivals is
    /// nearest.
    ///
    /// # Errors
    ///
    /// [`ScenarioError`] names the file and what is wrong with it.
    pub fn of_opening(library: &Library, opening: &Opening) -> Result<Self, ScenarioError> {
        let (demand, tier) = nearest_demand(library, opening.rivals)?;
        let style = File::load(library, Kind::Style, &opening.style)?;
        let terms = terms_of(&style)?;
        let title = || opening.title.clone();
        let scenario = ScenarioFile {
            title: Title { ko: title(), en: title(), ja: title() },
            plan: opening.plan.clone(),
            demand: demand.name.clone(),
            style: opening.style.clone(),
            people: COMPOSED_PEOPLE.to_owned(),
            rivals: None,
            lobby: opening.lobby_s,
            length: opening.open_s,
            // People alone do not wait as long as they would behind a crowd.
            admissions_per_s: Some(tier.admissions_per_s),
            program_share: None,
            opening: Some(OpeningText {
                seats_max: opening.seats_max,
                batches_s: match opening.cancelled {
                    Returning::AtOnce => None,
                    Returning::InBatches => Some(terms.batch_s),
                },
                is_rehearsal: opening.visits == Visits::One,
            }),
        };
        let text = toml::to_string(&scenario).expect("a scenario file of names and times is TOML");
        let plan = File::load(library, Kind::Plan, &opening.plan)?;
        Ok(Self {
            plan: File { text: with_prices(&plan.text, &opening.prices), name: plan.name },
            style,
            people: File::load(library, Kind::People, COMPOSED_PEOPLE)?,
            scenario: File { name: OPENING.to_owned(), text },
            demand,
            rivals: opening.rivals,
        })
    }

    /// How many rivals the hall of a plan would have: ten for each seat, as at the sale of a well-known name.
    pub fn usual_rivals(seats: u32) -> u32 {
        const FOR_EACH_SEAT: u32 = 10;
        seats.saturating_mul(FOR_EACH_SEAT).min(crowd::RIVALS_MAX)
    }
}

impl CancelTerms {
    /// The terms of the style of this name.
    ///
    /// # Errors
    ///
    /// [`ScenarioError`] if there is no such style, or its file cannot be read.
    pub fn of_style(library: &Library, style: &str) -> Result<Self, ScenarioError> {
        terms_of(&File::load(library, Kind::Style, style)?)
    }

    /// What the style of this name asks for each seat as a booking fee, in won.
    ///
    /// # Errors
    ///
    /// As [`of_style`](Self::of_style).
    pub fn booking_fee_of_style(library: &Library, style: &str) -> Result<u64, ScenarioError> {
        let file = File::load(library, Kind::Style, style)?;
        Ok(file.parse::<StyleFile>(Kind::Style)?.seats.fee_won)
    }
}

fn terms_of(style: &File) -> Result<CancelTerms, ScenarioError> {
    Ok(style.parse::<StyleFile>(Kind::Style)?.style().cancel)
}

/// The demand tier whose number of rivals is nearest.
fn nearest_demand(library: &Library, rivals: u32) -> Result<(File, DemandFile), ScenarioError> {
    let mut nearest: Option<(File, DemandFile)> = None;
    for name in library.names(Kind::Demand) {
        let file = File::load(library, Kind::Demand, &name)?;
        let tier: DemandFile = file.parse(Kind::Demand)?;
        let is_nearer = nearest
            .as_ref()
            .is_none_or(|(_, best)| tier.rivals.abs_diff(rivals) < best.rivals.abs_diff(rivals));
        if is_nearer {
            nearest = Some((file, tier));
        }
    }
    nearest.ok_or_else(|| ScenarioError::Unknown {
        kind: Kind::Demand,
        name: String::new(),
        known: Vec::new(),
    })
}

/// The text of a plan with other prices. A text that cannot be read stays as it is: whoever lays it out says what is wrong.
fn with_prices(text: &str, prices: &[(String, u32)]) -> String {
    let Ok(mut plan) = text.parse::<toml::Table>() else { return text.to_owned() };
    let grades = plan.get_mut("grade").and_then(toml::Value::as_array_mut);
    for grade in grades.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
        let name = grade.get("name").and_then(toml::Value::as_str);
        let price = prices.iter().find(|(priced, _)| Some(priced.as_str()) == name);
        if let Some((_, won)) = price {
            grade.insert("price_won".to_owned(), toml::Value::Integer((*won).into()));
        }
    }
    toml::to_string(&plan).unwrap_or_else(|_| text.to_owned())
}
