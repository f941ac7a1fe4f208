//! Scenario files: plans, styles, demand tiers, people files and scenarios are read and checked
//! here.
//!
//! Files come with the program; files in a folder of the same shape replace them or add to them
//! (see [`Library`]). A [`Recipe`] is the text of all files that one race is made from;
//! [`Course::new`] checks them and turns them into the values that the pure crates work with. A
//! recipe and a seed give the same race again, even if the files have changed or are gone.

pub mod plan;

mod cancel;
mod course;
mod demand;
mod error;
mod fault;
mod kind;
mod library;
mod name;
mod people;
mod recipe;
mod scenario;
mod style;
mod times;
mod title;

pub use cancel::{CancelTerms, Deadline, LateFee, NearFee, Purchase, Refund, TimeOfDay, Until};
pub use course::Course;
pub use error::ScenarioError;
pub use fault::Fault;
pub use kind::Kind;
pub use library::Library;
pub use recipe::{CUSTOM, Choice, OPENING, Opening, Overrides, Recipe, Returning};
pub use style::{AfterWrong, PayStep, Screen, Style};
pub use title::Title;
