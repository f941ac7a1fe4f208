//! What happens to a journal when the power, the disk or the process fails, and whether verdicts are right.

mod coach;
mod contract;
mod crash;
mod full;
