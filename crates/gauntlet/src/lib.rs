//! The whole system in one thread, with faults, and the checkers of what came of it. For development
//! only: nothing that ships depends on this.

pub mod bench;
pub mod disk;
