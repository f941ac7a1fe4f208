//! The real binary, from outside.

mod check_plan;
mod generate;
mod serve;
mod tingting;
