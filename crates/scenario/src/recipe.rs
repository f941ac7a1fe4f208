//! A recipe: the text of every file one race rests on, so that the race can be run again by itself.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::demand::DemandFile;
use crate::error::ScenarioError;
use crate::library::{Kind, Library};
use crate::people::PeopleFile;
use crate::plan::Spec;
use crate::stage::{Parts, Staged};
use crate::style::StyleFile;
use crate::title::Title;

/// What the caller wants otherwise than the scenario's file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Rivals in all.
    pub rivals: Option<u32>,
    /// The name of a style.
    pub style: Option<String>,
}

/// A race put together by hand: the names of its parts, and otherwise the times below.
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

/// A file's name and text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    text: String,
}

/// The files of one race and the rivals that come.
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

/// A scenario file. Times in seconds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScenarioFile {
    pub(crate) title: Title,
    plan: String,
    demand: String,
    style: String,
    people: String,
    rivals: Option<u32>,
    /// From the start to the opening.
    pub(crate) lobby: f64,
    /// From the opening to the end.
    pub(crate) length: f64,
    /// Admissions a second, where they are not the demand tier's.
    pub(crate) admissions_per_s: Option<f64>,
    /// Share of programs, where it is not the demand tier's.
    pub(crate) bot_share: Option<f64>,
}

impl ScenarioFile {
    /// Checks the times, which end in a day at the most.
    pub(crate) fn check(&self) -> Result<(), String> {
        const DAY_S: f64 = 86_400.0;
        if !(0.0..=DAY_S).contains(&self.lobby) {
            return Err("lobby: must be 0 to 86,400".to_owned());
        }
        if !(self.length > 0.0 && self.length <= DAY_S) {
            return Err("length: must be above 0 and at most 86,400".to_owned());
        }
        Ok(())
    }
}

impl Recipe {
    /// Gathers the files of a scenario.
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

    /// Gathers the files of a race that no scenario file describes: a lobby of twelve seconds and a
    /// quarter of an hour of sale, as the first race has it.
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
        let text = format!(
            "title = {{ ko = \"직접 고른 연습\", en = \"Your own race\", ja = \"自由練習\" }}\n\
             plan = \"{plan}\"\ndemand = \"{}\"\nstyle = \"{style}\"\npeople = \"fans\"\n\
             lobby = 12\nlength = 900\n",
            demand.name
        );
        Ok(Self {
            plan: File::load(library, Kind::Plan, plan)?,
            style: File::load(library, Kind::Style, style)?,
            people: File::load(library, Kind::People, "fans")?,
            scenario: File { name: CUSTOM.to_owned(), text },
            demand,
            rivals: rivals.unwrap_or(tier.rivals),
        })
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

    /// A recipe from a record's header.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::Recorded`] if it is none.
    pub fn from_json(json: &str) -> Result<Self, ScenarioError> {
        serde_json::from_str(json).map_err(ScenarioError::Recorded)
    }

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
