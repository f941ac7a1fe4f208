//! Figures, each beside a probe of the same run. Benches are benches, never timed tests.

pub mod journal;
