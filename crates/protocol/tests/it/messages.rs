//! Messages as JSON: the names that clients rely on.

use protocol::{FromClient, FromServer, GoneCause, Outcome, Problem, ProblemCode, You};
use serde_json::{Value, json};

fn check<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(
    value: &T,
    text: Value,
) {
    assert_eq!(serde_json::to_value(value).unwrap(), text);
    assert_eq!(&serde_json::from_value::<T>(text).unwrap(), value);
}

#[test]
fn a15_names_on_the_wire_do_not_change_unnoticed() {
    check(&You::Away { locked_until_ms: 0.5 }, json!({"kind": "away", "locked_until_ms": 0.5}));
    check(&You::Pooled, json!({"kind": "pooled"}));
    check(
        &You::Waiting { place: 3, position: 2, behind: 1 },
        json!({"kind": "waiting", "place": 3, "position": 2, "behind": 1}),
    );
    check(
        &You::Gone { cause: GoneCause::HoldEnded, at_ms: 1.0, place: None },
        json!({"kind": "gone", "cause": "hold-ended", "at_ms": 1.0, "place": null}),
    );
    check(&Outcome::Placed { place: 9 }, json!({"kind": "placed", "place": 9}));
    check(&Outcome::CaptchaPutOff, json!({"kind": "captcha-put-off"}));
    check(
        &FromServer::Pong { now_ms: 2.0, echo: json!(null) },
        json!({"type": "pong", "now_ms": 2.0, "echo": null}),
    );
    check(&FromClient::Resync, json!({"type": "resync"}));
    check(&FromClient::Ping { echo: json!(4) }, json!({"type": "ping", "echo": 4}));
}

#[test]
fn a15_a_problem_has_the_members_of_its_code() {
    let more = [("seat".to_owned(), json!(7))].into_iter().collect();
    let problem = Problem {
        kind: "/problems/seat-taken".to_owned(),
        title: "t".to_owned(),
        status: 409,
        code: ProblemCode::SeatTaken,
        detail: "d".to_owned(),
        hint: "h".to_owned(),
        retry_after_ms: None,
        more,
    };
    check(
        &problem,
        json!({"type": "/problems/seat-taken", "title": "t", "status": 409, "code": "seat-taken",
            "detail": "d", "hint": "h", "seat": 7}),
    );
}

#[test]
fn a9_a_problem_code_is_written_the_same_everywhere() {
    for &code in ProblemCode::ALL {
        check(&code, json!(code.as_str()));
    }
}
