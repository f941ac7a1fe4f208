//! What the service that this one grew from did wrong, each with a test that shows that this one does not.

mod terms;

use serde_json::json;

use crate::test_server::{Answer, Fan, Seen};

async fn hold(fan: &Fan, race: &Seen, seats: &[u32]) -> Answer {
    fan.act(race, "hold", json!({"seats": seats})).await
}

/// Pays for so many seats at the usual price.
async fn pay(fan: &Fan, race: &Seen, seat_count: usize) -> Answer {
    fan.act(race, "pay", json!({"expected_won": 78_000 * seat_count})).await
}
