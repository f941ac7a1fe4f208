//! The description of the API is the one that is checked in.

use std::path::Path;

use crate::test_server::TestServer;

#[test]
fn a13_the_description_is_the_one_checked_in() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    let (told, kept) = (server::openapi(), std::fs::read_to_string(&path).unwrap_or_default());
    if told != kept {
        std::fs::write(&path, told).unwrap();
        panic!("openapi.json was written anew: look at what changed and commit it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a13_the_description_is_served() {
    let server = TestServer::open().await;
    let served: serde_json::Value = server.fan().get("/openapi.json").await.json();
    let told: serde_json::Value = serde_json::from_str(&server::openapi()).unwrap();
    assert_eq!(served, told);
}
