//! What practising needs (rules O23 to O25 and O27).

use protocol::{
    Catalogue, Ending, Folded, PlanSection, PlanView, Progress, Replica, Report, SeatState,
    StepKey, You,
};
use serde_json::json;

use super::{hold, pay};
use crate::openings::{add_one, go_in, sale, seats_left};
use crate::test_server::{TestServer, until};

#[tokio::test(flavor = "multi_thread")]
async fn o23_a_queue_has_a_visible_place_and_the_report_tells_place_and_reaction() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "queue"})).await;
    // The moment of the opening is known before it, so that one can count down to it.
    assert!(race.race.opens_at_ms > 0.0);
    fan.race_when(&race.id, |race| race.counts.given > 20).await;
    let pressed = fan.done(&race, "enter", json!({})).await.race;
    let You::Waiting { place, position, .. } = pressed.you else { panic!("{:?}", pressed.you) };
    assert!(place > 20 && position <= place, "rivals came before");
    let nearer = |you: &You| matches!(you, You::Waiting { place: same, position: now, .. } if *same == place && *now < position);
    fan.race_when(&race.id, |race| nearer(&race.you)).await;
    fan.done(&race, "leave", json!({})).await;
    let report: Report = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
    assert_eq!((report.ending, report.place), (Ending::Left, Some(place)));
    let press = report.steps.iter().find(|step| step.key == StepKey::Press).unwrap();
    assert!(press.at_ms.unwrap() > 0.0, "the time from the opening to the press");
    let progress: Progress = fan.get("/api/progress").await.json();
    let runs: Vec<u32> = progress.halls.iter().map(|hall| hall.runs).collect();
    assert_eq!(runs, [1], "the run is kept to compare with");
}

#[tokio::test(flavor = "multi_thread")]
async fn o24_seats_left_are_counted_by_section_and_a_map_hears_of_each_seat_by_itself() {
    let server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let (fan, watcher) = (server.fan(), server.fan());
    let race = go_in(&fan, performance).await;
    let seen = go_in(&watcher, performance).await;
    let mut live = watcher.live(&seen.id).await;
    let mut map = Replica::new();
    assert_eq!(map.handle(&live.seats().await), Folded::Applied);
    assert_eq!(map.seats().unwrap()[7], SeatState::Free);
    // The watcher asks for nothing meanwhile.
    for (path, body, state) in [
        ("hold", json!({"seats": [7]}), SeatState::Held),
        ("pay", json!({"expected_won": 78_000}), SeatState::Sold),
    ] {
        fan.done(&race, path, body).await;
        while map.seats().unwrap()[7] != state {
            assert_eq!(map.handle(&live.seats().await), Folded::Applied);
        }
    }
    let left =
        until(async || seats_left(&watcher, performance).await.filter(|left| left.total == 39))
            .await;
    let mut by_section: Vec<u32> = left.sections.iter().map(|section| section.seats).collect();
    by_section.sort_unstable();
    assert_eq!(by_section, [19, 20]);
}

#[tokio::test(flavor = "multi_thread")]
async fn o25_seats_are_promised_to_whoever_confirms_them_until_a_moment_that_is_told() {
    let server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let (fan, other) = (server.fan(), server.fan());
    let race = go_in(&fan, performance).await;
    let of_other = go_in(&other, performance).await;
    let held = fan.done(&race, "hold", json!({"seats": [7, 8]})).await.race;
    let You::Inside { hold: Some(promised), .. } = &held.you else { panic!("{:?}", held.you) };
    assert!(promised.until_ms.unwrap() > held.now_ms + 50_000.0, "a minute to confirm");
    assert_eq!((promised.seats.as_slice(), promised.total_won), ([7, 8].as_slice(), 156_000));
    for _ in 0..3 {
        assert_eq!(hold(&other, &of_other, &[8]).await.code(), "seat-taken");
    }
    assert!(pay(&fan, &race, 2).await.status.is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn o27_halls_have_shapes_of_their_own() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let catalogue: Catalogue = fan.get("/api/catalogue").await.json();
    let mut shapes: Vec<(String, Vec<Vec<usize>>)> = Vec::new();
    for plan in &catalogue.plans {
        let plan: PlanView = fan.get(&format!("/api/plans/{}", plan.address)).await.json();
        let section = |section: &PlanSection| section.rows.iter().map(|row| row.x.len()).collect();
        let sections: Vec<Vec<usize>> = plan.sections.iter().map(section).collect();
        // The original had ten sections of ten rows with twenty seats, whatever the hall was called.
        let twin = shapes.iter().find(|(_, other)| *other == sections);
        assert_eq!(twin.map(|(name, _)| name), None, "{} has the shape of another", plan.name);
        shapes.push((plan.name, sections));
    }
    assert!(shapes.len() >= 4, "{} halls", shapes.len());
}
