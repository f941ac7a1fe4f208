//! What a race is played with, read from files: plans, styles, demand tiers, people and scenarios.
//!
//! The files come with the program and can be overridden by a folder of the same shape (see
//! [`Library`]). A [`Recipe`] is the text of all files one race rests on; [`Recipe::stage`] turns it
//! into the dense, checked values the pure crates work with. Whoever keeps the recipe and a seed
//! can run the race again, whatever became of the files.

pub mod plan;

mod demand;
mod error;
mod kind;
mod library;
mod name;
mod people;
mod recipe;
mod scenario;
mod stage;
mod style;
mod times;
mod title;

pub use error::ScenarioError;
pub use kind::Kind;
pub use library::Library;
pub use recipe::{CUSTOM, Choice, Overrides, Recipe};
pub use stage::Staged;
pub use style::{AfterWrong, PayStep, Screen};
pub use title::Title;
