//! Black-box tests of the sale, each named after the rule it proves (`docs/rules-sale.md`).

mod admission;
mod bookings;
mod captcha;
mod golden;
mod holds;
mod hosting;
mod lottery;
mod queue;
mod refusals;
mod rules;
mod seats;
mod snapshots;
mod story;
mod time;
