//! Both ends of the wire, without one.

mod feed;
mod frame;
mod messages;
mod vectors;
