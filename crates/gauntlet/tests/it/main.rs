//! What happens to a journal when the power, the disk or the process fails.

mod contract;
mod crash;
mod full;
