//! What the service that this one grew from did wrong, each with a test that shows that this one does not (rules O1 to O47).
//! `docs/ORIGINAL.md` is the table of these faults. Some are shown where their subject is; those tests bear both numbers.

mod contention;
mod money;
mod people;
mod practice;
mod terms;

use std::future::Future;
use std::sync::Arc;

use protocol::RaceView;
use serde_json::json;
use tokio::sync::Barrier;

use crate::openings::{enter, go_in, pay};
use crate::test_server::{Answer, Fan, Seen, TestServer};

/// Does all of these at the same moment, each in a task of its own. The results are in the order of the works.
async fn at_once<T: Send + 'static>(
    works: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let works: Vec<_> = works.into_iter().collect();
    let start = Arc::new(Barrier::new(works.len()));
    let tasks: Vec<_> = works
        .into_iter()
        .map(|work| {
            let start = Arc::clone(&start);
            tokio::spawn(async move {
                start.wait().await;
                work.await
            })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

/// So many people inside the sale of a performance.
async fn people_inside(
    server: &TestServer,
    performance: i64,
    count: usize,
) -> Vec<(Arc<Fan>, Seen)> {
    let mut inside = Vec::new();
    for _ in 0..count {
        let fan = server.fan_of_client();
        let race = go_in(&fan, performance).await;
        inside.push((Arc::new(fan), race));
    }
    inside
}

async fn hold(fan: &Fan, race: &Seen, seats: &[u32]) -> Answer {
    fan.act(race, "hold", json!({"seats": seats})).await
}

/// Enters and is in the lobby or the sale, without a press.
async fn come(fan: &Fan, performance: i64) -> Seen {
    enter(fan, performance).await.json::<RaceView>().into()
}
