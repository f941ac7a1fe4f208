//! Files of the library that change after a race began. The race goes on with the files that it began
//! with; races that begin later have the files of that moment.

use std::fs;

use protocol::{Commanded, Outcome, PlanView, RaceCards, Report};
use serde_json::{Value, json};

use crate::library::{calm_scenario, nook, plain_style, put, test_demand};
use crate::test_server::{Fan, Seen, TestServer};

/// Changes everything that a person can see of the calm race: titles, names of rows, prices, fees,
/// discounts, times and the number of seats that one may have.
fn edit(server: &TestServer) {
    let library = server.folder().join("library");
    let renamed = |text: String| text.replace("시험", "바뀐 이름").replace("구석", "바뀐 공연장");
    let plan = renamed(nook())
        .replace("row_labels = \"numbers\"", "row_labels = \"letters\"")
        .replace("price_won = 50000", "price_won = 70000")
        .replace("label = \"A\"", "label = \"B\"");
    let style = renamed(plain_style())
        .replace("fee_won = 1000", "fee_won = 3000")
        .replace("percent = 50", "percent = 10")
        .replace("절반", "조금")
        .replace("words = \"plain\"", "words = \"official\"");
    put(&library, "plans", "nook", &plan);
    put(&library, "styles", "plain", &style);
    let demand = renamed(test_demand()).replace("seats_max = 4", "seats_max = 1");
    put(&library, "demand", "test", &demand);
    put(&library, "scenarios", "calm", &renamed(calm_scenario()).replace("120.0", "90.0"));
}

/// Takes every file of the library away.
fn remove(server: &TestServer) {
    fs::remove_dir_all(server.folder().join("library")).unwrap();
}

/// Everything that a person sees of a race besides its state.
async fn all_of(fan: &Fan, race: &Seen) -> (Value, Value, Value) {
    let view: Value = fan.get(&format!("/api/races/{}", race.id)).await.json();
    let plan: Value = fan.get(&format!("/api/plans/{}", race.race.plan_address)).await.json();
    let list: RaceCards = fan.get("/api/races").await.json();
    let card = list.races.iter().find(|card| card.id == race.id).unwrap();
    (view["race"].clone(), plan, json!({"title": card.title, "seats": card.seats}))
}

fn first_row(plan: &Value) -> &Value {
    &plan["sections"][0]["rows"][0]["label"]
}

#[tokio::test(flavor = "multi_thread")]
async fn a28_a_race_keeps_its_hall_when_the_files_change_while_the_server_runs() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let before = all_of(&fan, &race).await;
    edit(&server);
    assert_eq!(all_of(&fan, &race).await, before);
    let new = fan.begin(json!({"scenario": "calm"})).await;
    assert_ne!(new.race.plan_address, race.race.plan_address);
    let after = all_of(&fan, &new).await;
    assert_eq!((first_row(&before.1), first_row(&after.1)), (&json!("1"), &json!("A")));
    assert_eq!(after.1["grades"][0]["price_won"], 70_000);
    assert_eq!(after.0["style"]["seats"]["seats_max"], 1);
    assert_eq!(all_of(&fan, &race).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a28_a_race_keeps_its_hall_prices_and_style_when_the_files_change_before_a_restart() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let before = all_of(&fan, &race).await;
    let held = fan.done(&race, "hold", json!({"seats": [7, 8]})).await;
    server.stop().await;
    edit(&server);
    server.start().await;
    let fan = fan.moved(&server);
    let plan = fan.get(&format!("/api/plans/{}", race.race.plan_address)).await;
    assert_eq!(plan.json::<Value>(), before.1, "also before anybody asks for the race");
    let back = fan.race(&race.id).await;
    assert_eq!(back.you, held.race.you, "the hold has the old prices, fees and deadline");
    assert_eq!(all_of(&fan, &race).await, before);
    let half = fan.done(&back, "price", json!({"seats": [7], "discount": 1})).await;
    assert_eq!(half.outcome, Outcome::PriceChosen { total_won: 25_000 + 50_000 + 2_000 });
    let paid = fan.done(&back, "pay", json!({"expected_won": 77_000})).await;
    assert!(matches!(paid.outcome, Outcome::Booked { total_won: 77_000, .. }));
    let report: Report = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
    assert_eq!(report.race.title.ko, "시험");
    assert_eq!(report.booking.unwrap().total_won, 77_000);
    assert_eq!(report.seats[0].price_won, 50_000);
    let new = fan.go_in(json!({"scenario": "calm"})).await;
    let after = all_of(&fan, &new).await;
    assert_eq!((new.race.title.ko.as_str(), first_row(&after.1)), ("바뀐 이름", &json!("A")));
    let too_many = fan.act(&new, "hold", json!({"seats": [7, 8]})).await;
    assert_eq!(too_many.code(), "too-many-seats");
    fan.done(&new, "hold", json!({"seats": [7]})).await;
    let paid = fan.act(&new, "pay", json!({"expected_won": 73_000})).await;
    let Commanded { outcome, .. } = paid.json();
    assert!(matches!(outcome, Outcome::Booked { total_won: 73_000, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a28_a_race_goes_on_without_any_of_its_files() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "short"})).await;
    let before = all_of(&fan, &race).await;
    remove(&server);
    assert_eq!(all_of(&fan, &race).await, before);
    fan.race_when(&race.id, |race| race.over).await;
    server.stop().await;
    server.start().await;
    let fan = fan.moved(&server);
    assert_eq!(all_of(&fan, &race).await, before);
    let plan: PlanView = fan.get(&format!("/api/plans/{}", race.race.plan_address)).await.json();
    assert_eq!(plan.title.ko, "구석");
}

#[tokio::test(flavor = "multi_thread")]
async fn a28_an_address_that_no_plan_has_finds_nothing() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let known = race.race.plan_address;
    let upper = known.to_uppercase();
    let other = format!("1-{}", "0".repeat(32));
    let long = format!("{known}0");
    for wrong in [
        "nook",
        "theatre",
        "..%2f..%2fplans%2fnook",
        "%2fetc%2fpasswd",
        "nook.toml",
        "1-",
        &known[2..],
        &upper,
        &other,
        &long,
    ] {
        let answer = fan.get(&format!("/api/plans/{wrong}")).await;
        assert_eq!(answer.code(), "no-such-plan", "{wrong}");
        assert!(!answer.headers["cache-control"].to_str().unwrap().contains("immutable"));
    }
}
