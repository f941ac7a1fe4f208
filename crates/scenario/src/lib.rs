//! What a race is played with. Here so far: seating plans, generated from a spec or imported.

pub mod plan;
