//! What the live connections of a room are told: one text for all, but for who the viewer is.

use std::sync::{Mutex, PoisonError};

use protocol::FromRoom;

/// How the text begins that is made for somebody who is no member.
const HEAD: &str = r#"{"type":"room","room":{"you":null,"your_name":null,"#;

/// A revision of a room, ready for sending.
#[derive(Debug)]
pub(crate) struct Told {
    /// The text after its head.
    rest: String,
    pub(super) revision: u32,
}

/// Who a viewer is in the room: the number and the name, if the viewer is a member. It changes when the viewer joins.
#[derive(Debug, Default)]
pub(crate) struct Seat(Mutex<Option<(u32, String)>>);

impl Seat {
    pub(super) fn set(&self, you: Option<(u32, String)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = you;
    }
}

impl Told {
    /// The room as somebody sees it who is no member.
    pub(super) fn of(view: protocol::Room) -> Self {
        let revision = view.revision;
        let message = FromRoom::Room { room: Box::new(view) };
        let text = serde_json::to_string(&message).expect("text and numbers become JSON");
        let rest = text.strip_prefix(HEAD).expect("the room was told for nobody").to_owned();
        Self { rest, revision }
    }

    /// The text for one viewer.
    pub(crate) fn text(&self, seat: &Seat) -> String {
        let you = seat.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some((number, name)) = you else { return format!("{HEAD}{}", self.rest) };
        let name = serde_json::Value::String(name);
        format!(r#"{{"type":"room","room":{{"you":{number},"your_name":{name},{}"#, self.rest)
    }

    /// Bytes of the text, but for the few that differ.
    pub(super) fn bytes(&self) -> usize {
        self.rest.len()
    }
}

#[cfg(test)]
mod tests;
