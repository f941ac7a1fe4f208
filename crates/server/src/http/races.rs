//! The handlers of races.

pub(super) mod captcha;
mod command;
pub(super) mod create;
pub(super) mod forward;
pub(super) mod list;
pub(super) mod live;
pub(super) mod marks;
pub(super) mod pay;
pub(super) mod picture;
pub(super) mod queue;
pub(super) mod report;
pub(super) mod results;
pub(super) mod seats;
pub(super) mod show;
pub(super) mod snapshot;
pub(super) mod what_if;

pub(super) use marks::MARK_NAMES;
