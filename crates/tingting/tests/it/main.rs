//! Tests of the real program, from outside.

mod check_plan;
mod data;
mod doctor;
mod generate;
mod money;
mod providers;
mod replay;
mod serve;
mod shows;
mod simulate;
mod tingting;
