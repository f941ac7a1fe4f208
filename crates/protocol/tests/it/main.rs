//! Both ends of the wire, without one.

#![expect(clippy::unwrap_used, reason = "what tests do beside their cases fails as loudly")]

mod frame;
mod messages;
mod vectors;
