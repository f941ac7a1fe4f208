//! The whole system in one thread.
