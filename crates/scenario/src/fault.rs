//! Faults: a file was read, but no race can be played with a value in it.

use crowd::{HallError, PersonaError};
use sale::{LayoutError, RulesError};

use crate::kind::Kind;

/// What is wrong with a file that was read, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A value is out of its range.
    #[error("{key}: {reason}")]
    Value {
        /// The key of the value, such as `captcha.valid`. A key of a persona begins with the
        /// persona's name.
        key: String,
        /// What is allowed, as a clause without a subject.
        reason: &'static str,
    },
    /// The sections, grades and prices of a plan cannot be sold.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The qualities and neighbours of a plan's seats do not fit its sections.
    #[error(transparent)]
    Hall(#[from] HallError),
}

impl Fault {
    pub(crate) fn value(key: impl Into<String>, reason: &'static str) -> Self {
        Self::Value { key: key.into(), reason }
    }

    /// The file that an impossible rule of a sale was made from, and the fault in it.
    pub(crate) fn of_rule(error: RulesError) -> (Kind, Self) {
        let RulesError { rule, reason } = error;
        let (kind, key) = match rule {
            "opens_at" => (Kind::Scenario, "lobby"),
            "closes_at" => (Kind::Scenario, "length"),
            "admission.burst" => {
                let reason = "must let in 1 to 1,000,000 visitors at the opening";
                return (Kind::Demand, Self::value("burst_s", reason));
            }
            "admission.per_1000_s" => (Kind::Demand, "admissions_per_s"),
            "admission.noise_permille" => (Kind::Demand, "rate_noise"),
            "admission.inside_max" => (Kind::Demand, "inside_max"),
            "seats_max" => (Kind::Demand, "seats_max"),
            "early_lock" => (Kind::Style, "queue.early_lock"),
            "captcha.valid_for" => (Kind::Style, "captcha.valid"),
            "pass" => (Kind::Style, "seats.pass"),
            "hold" => (Kind::Style, "seats.hold"),
            "fee_won" => (Kind::Style, "seats.fee_won"),
            // `captcha.letters`, `captcha.put_off` and `discounts` have one name in both.
            same => (Kind::Style, same),
        };
        (kind, Self::value(key, reason))
    }

    /// The file that an impossible number of a crowd was made from, and the fault in it.
    pub(crate) fn of_crowd(error: PersonaError) -> (Kind, Self) {
        let PersonaError { field, reason } = error;
        let (kind, key) = match field.as_str() {
            "rivals" => (Kind::Scenario, field),
            "notice" => (Kind::Style, "seen.notice".to_owned()),
            "click" => (Kind::Style, "seen.click".to_owned()),
            "map_refresh" => (Kind::Style, "map.every".to_owned()),
            "personas" => (Kind::People, "persona".to_owned()),
            of_persona => match of_persona.strip_suffix(".arrivals") {
                Some(name) => (Kind::People, format!("{name}.arrival")),
                None => (Kind::People, field),
            },
        };
        (kind, Self::value(key, reason))
    }
}
