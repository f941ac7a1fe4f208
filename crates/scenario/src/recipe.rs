//! Recipes: the texts of all files of one race, so that the race can be run again without the
//! files.

mod opening;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::demand::DemandFile;
use crate::error::ScenarioError;
use crate::fault::Fault;
use crate::kind::Kind;
use crate::library::Library;
use crate::scenario::ScenarioFile;
use crate::title::Title;

pub use opening::{OPENING, Opening, Returning};

/// What a caller may set instead of what the scenario file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// How many rivals come.
    pub rivals: Option<u32>,
    /// The name of the style.
    pub style: Option<String>,
}

/// The parts of a race that no scenario file describes. See [`Recipe::compose`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The plan's name.
    pub plan: String,
    /// The demand tier's name.
    pub demand: String,
    /// The style's name.
    pub style: String,
}

/// The name of a race that no scenario file describes.
pub const CUSTOM: &str = "custom";

/// The people file of such a race.
const COMPOSED_PEOPLE: &str = "fans";

/// The time from the start of such a race to its opening: long enough to get ready.
const COMPOSED_LOBBY_S: f64 = 12.0;

/// The time from the opening of such a race to its end.
const COMPOSED_LENGTH_S: f64 = 900.0;

/// A file's name and text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The texts of all files of one race, and how many rivals come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    scenario: File,
    plan: File,
    style: File,
    demand: File,
    people: File,
    rivals: u32,
}

impl Recipe {
    /// Gathers the files that a scenario file names.
    ///
    /// # Errors
    ///
    /// [`ScenarioError`] names the file and what is wrong with it.
    pub fn load(
        library: &Library,
        name: &str,
        overrides: &Overrides,
    ) -> Result<Self, ScenarioError> {
        let scenario = File::load(library, Kind::Scenario, name)?;
        let file: ScenarioFile = scenario.parse(Kind::Scenario)?;
        let style = overrides.style.as_ref().unwrap_or(&file.style);
        let demand = File::load(library, Kind::Demand, &file.demand)?;
        let tier: DemandFile = demand.parse(Kind::Demand)?;
        Ok(Self {
            plan: File::load(library, Kind::Plan, &file.plan)?,
            style: File::load(library, Kind::Style, style)?,
            people: File::load(library, Kind::People, &file.people)?,
            demand,
            rivals: overrides.rivals.or(file.rivals).unwrap_or(tier.rivals),
            scenario,
        })
    }

    /// Gathers the files of a race that no scenario file describes. It has the people and the times
    /// of the scenario `first-time`, and as many rivals as the demand tier says unless `rivals` is
    /// given.
    ///
    /// # Errors
    ///
    /// [`ScenarioError`] names the file and what is wrong with it.
    pub fn compose(
        library: &Library,
        choice: &Choice,
        rivals: Option<u32>,
    ) -> Result<Self, ScenarioError> {
        let Choice { plan, demand, style } = choice;
        let demand = File::load(library, Kind::Demand, demand)?;
        let tier: DemandFile = demand.parse(Kind::Demand)?;
        let scenario = ScenarioFile {
            title: Title {
                ko: "직접 고른 연습".to_owned(),
                en: "Your own race".to_owned(),
                ja: "自由練習".to_owned(),
            },
            plan: plan.clone(),
            demand: demand.name.clone(),
            style: style.clone(),
            people: COMPOSED_PEOPLE.to_owned(),
            rivals: None,
            lobby: COMPOSED_LOBBY_S,
            length: COMPOSED_LENGTH_S,
            admissions_per_s: None,
            program_share: None,
            opening: None,
        };
        let text = toml::to_string(&scenario).expect("a scenario file of names and times is TOML");
        Ok(Self {
            plan: File::load(library, Kind::Plan, plan)?,
            style: File::load(library, Kind::Style, style)?,
            people: File::load(library, Kind::People, COMPOSED_PEOPLE)?,
            scenario: File { name: CUSTOM.to_owned(), text },
            demand,
            rivals: rivals.unwrap_or(tier.rivals),
        })
    }

    /// The same recipe with another time from the start of the race to its opening, in whole seconds. The time from the
    /// opening to the end stays.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::Parse`] if the scenario file cannot be read.
    pub fn opening_after(self, lobby_s: u32) -> Result<Self, ScenarioError> {
        let mut file: ScenarioFile = self.scenario.parse(Kind::Scenario)?;
        file.lobby = f64::from(lobby_s);
        let text = toml::to_string(&file).expect("a scenario file of names and times is TOML");
        Ok(Self { scenario: File { text, ..self.scenario }, ..self })
    }

    /// The demand tier's name.
    pub fn demand(&self) -> &str {
        &self.demand.name
    }

    /// The scenario's name.
    pub fn name(&self) -> &str {
        &self.scenario.name
    }

    /// The style's name.
    pub fn style(&self) -> &str {
        &self.style.name
    }

    /// The plan's name.
    pub fn plan(&self) -> &str {
        &self.plan.name
    }

    /// The text of the plan's file, from which the hall is laid out.
    pub fn plan_text(&self) -> &str {
        &self.plan.text
    }

    /// How many rivals come.
    pub fn rivals(&self) -> u32 {
        self.rivals
    }

    /// The recipe as one line of JSON, for a record's header.
    ///
    /// # Panics
    ///
    /// Never: every part is text or a number.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("text and numbers become JSON")
    }

    /// Reads a recipe from a record's header.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::Recorded`] if the text is no recipe.
    pub fn from_json(json: &str) -> Result<Self, ScenarioError> {
        serde_json::from_str(json).map_err(ScenarioError::Recorded)
    }

    /// The file of a kind.
    pub(crate) fn file(&self, kind: Kind) -> &File {
        match kind {
            Kind::Scenario => &self.scenario,
            Kind::Plan => &self.plan,
            Kind::Style => &self.style,
            Kind::Demand => &self.demand,
            Kind::People => &self.people,
        }
    }

    /// Reads the file of a kind.
    pub(crate) fn parse<T: DeserializeOwned>(&self, kind: Kind) -> Result<T, ScenarioError> {
        self.file(kind).parse(kind)
    }

    /// The error of a fault in the file of a kind.
    pub(crate) fn unplayable(&self, kind: Kind, fault: Fault) -> ScenarioError {
        ScenarioError::Unplayable { kind, name: self.file(kind).name.clone(), fault }
    }
}

impl File {
    fn load(library: &Library, kind: Kind, name: &str) -> Result<Self, ScenarioError> {
        Ok(Self { name: name.to_owned(), text: library.read(kind, name)? })
    }

    fn parse<T: DeserializeOwned>(&self, kind: Kind) -> Result<T, ScenarioError> {
        toml::from_str(&self.text).map_err(|source| ScenarioError::Parse {
            kind,
            name: self.name.clone(),
            source: Box::new(source),
        })
    }
}
