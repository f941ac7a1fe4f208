//! What becomes of a journal when the power, the disk or the process fails under it.

mod contract;
mod crash;
