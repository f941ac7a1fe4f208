//! Both ends of the wire, without a connection.

#![expect(clippy::unwrap_used, reason = "what tests do beside their cases fails as loudly")]

mod frame;
mod messages;
mod vectors;
