//! The bodies of requests.

use protocol::{CaptchaAnswer, Marks, NewRace, Payment, PriceChoice, SeatChoice, SectionChoice};
use sale::{Letters, Seat, Seats};
use scenario::{Choice, Kind, Library, Overrides, Recipe};
use serde::{Serialize, de::DeserializeOwned};

/// Reads the bytes as each kind of body.
pub(crate) fn any(bytes: &[u8]) {
    let bytes = &bytes[..bytes.len().min(server::limits::BODY_BYTES_MAX)];
    if let Some(new) = body::<NewRace>(bytes) {
        new_race(new);
    }
    if let Some(CaptchaAnswer { letters, .. }) = body(bytes) {
        letters_of(&letters);
    }
    if let Some(SeatChoice { seats }) = body(bytes) {
        seats_of(&seats);
    }
    if let Some(PriceChoice { seats, .. }) = body(bytes) {
        seats_of(&seats);
    }
    let _section: Option<SectionChoice> = body(bytes);
    let _payment: Option<Payment> = body(bytes);
    if let Ok(Marks { marks }) = serde_json::from_slice(bytes) {
        // No JSON is infinite or no number, so each mark has a form in the journal.
        assert!(marks.iter().all(|mark| mark.at_ms.is_finite()));
    }
}

/// What is understood is understood in the same way when it is written out.
fn body<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(bytes: &[u8]) -> Option<T> {
    let body: T = serde_json::from_slice(bytes).ok()?;
    let written = serde_json::to_vec(&body).expect("a body becomes JSON");
    assert_eq!(serde_json::from_slice::<T>(&written).expect("what was written is read"), body);
    Some(body)
}

/// A name leads to a file of the library or to none.
fn new_race(new: NewRace) {
    let library = Library::built_in();
    let known = |kind, name: &String| library.names(kind).contains(name);
    let NewRace { scenario, plan, demand, style, rivals, .. } = new;
    if let Some(name) = &scenario {
        let overrides = Overrides { rivals, style: style.clone() };
        let recipe = Recipe::load(&library, name, &overrides);
        let is_known = known(Kind::Scenario, name)
            && style.as_ref().is_none_or(|style| known(Kind::Style, style));
        assert_eq!(recipe.is_ok(), is_known);
    }
    if let (Some(plan), Some(demand), Some(style)) = (plan, demand, style) {
        let is_known =
            known(Kind::Plan, &plan) && known(Kind::Demand, &demand) && known(Kind::Style, &style);
        let recipe = Recipe::compose(&library, &Choice { plan, demand, style }, rivals);
        assert_eq!(recipe.is_ok(), is_known);
    }
}

/// Accepted letters are read again as the same letters.
fn letters_of(text: &str) {
    if let Ok(letters) = Letters::parse(text) {
        assert!(letters.as_str().eq_ignore_ascii_case(text.trim()));
        assert_eq!(Letters::parse(letters.as_str()), Ok(letters));
    }
}

/// Accepted seats are those of the list, each once.
fn seats_of(list: &[u32]) {
    let seats: Vec<Seat> = list.iter().copied().map(Seat).collect();
    if let Ok(accepted) = Seats::new(&seats) {
        assert!(seats.iter().all(|&seat| accepted.contains(seat)));
        assert_eq!(accepted.len(), seats.len());
    }
}
