//! The handlers of rooms.

pub(super) mod create;
pub(super) mod host;
pub(super) mod live;
pub(super) mod members;
pub(super) mod mine;
pub(super) mod open;
pub(super) mod results;
pub(super) mod show;
