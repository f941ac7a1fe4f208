//! Damage in the data folder: the server starts, and answers for every race that is whole.

use std::fs;

use protocol::{Problem, ProblemCode};
use serde_json::json;

use crate::test_server::TestServer;

const PAGE: usize = 4096;

#[tokio::test(flavor = "multi_thread")]
async fn a44_a_damaged_page_is_answered_for_its_race_alone() {
    let mut server = TestServer::open().await;
    let mut fans = Vec::new();
    for seed in 1..=4 {
        let fan = server.fan();
        let race = fan.begin(json!({"scenario": "calm", "seed": seed})).await;
        fans.push((fan, race.id.clone()));
    }
    server.stop().await;
    let path = server.folder().join("data/journal.sqlite");
    // An older journal beside a newer mark would count as one that lost commits.
    let mark_path = server.folder().join("data/journal.sqlite-mark");
    let (whole, mark) = (fs::read(&path).unwrap(), fs::read(&mark_path).unwrap());
    let pages = whole.len() / PAGE;
    let mut damaged = 0;
    for page in (1..pages).step_by(pages.div_ceil(12)) {
        let mut bytes = whole.clone();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0x5a);
        fs::write(&path, &bytes).unwrap();
        fs::write(&mark_path, &mark).unwrap();
        server.start().await;
        fans = fans.into_iter().map(|(fan, id)| (fan.moved(&server), id)).collect();
        for (fan, id) in &fans {
            let answer = fan.get(&format!("/api/races/{id}")).await;
            if answer.status != 200 {
                let problem: Problem = answer.json();
                assert_eq!(problem.code, ProblemCode::RaceDamaged, "page {page}");
                damaged += 1;
            }
        }
        assert_eq!(server.fan().get("/readyz").await.status, 200, "page {page}");
        server.stop().await;
    }
    assert!(damaged > 0, "some pages had something of a race");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a46_only_the_owner_can_read_the_data_folder() {
    use std::os::unix::fs::PermissionsExt;
    let mut server = TestServer::open().await;
    let data = server.folder().join("data");
    let mode = |name: &str| fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777;
    let names = ["journal.sqlite", "journal.sqlite-wal", "secret.key"];
    assert_eq!((names.map(mode), mode(".")), ([0o600; 3], 0o700));
    server.stop().await;
    for name in ["journal.sqlite", "secret.key"] {
        fs::set_permissions(data.join(name), fs::Permissions::from_mode(0o644)).unwrap();
    }
    server.start().await;
    assert_eq!((names.map(mode), mode("journal.sqlite-mark")), ([0o600; 3], 0o600));
}
