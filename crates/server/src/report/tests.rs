//! Which kept reports can be sent.

use super::*;

/// A report that today's clients read.
const WHOLE: &str = r#"{
    "ending": "time-over",
    "race": {
        "id": "11bec303af280697", "scenario": "calm", "title": {"ko": "", "en": "", "ja": ""},
        "plan": "nook", "demand": "test", "style": "plain", "rivals": 1, "seats": 40, "seed": 2,
        "exercise": null
    },
    "place": null, "rivals_ahead": null, "early_presses": 0, "refreshes": 0,
    "free_on_admission": null, "sold_on_admission_share": null, "steps": [],
    "captcha": {"asked": 0, "missed": 0}, "conflicts": [], "seats": [],
    "clock": {"error_ms": null, "network_ms": null},
    "verdict": {"kind": "unfinished", "step": null, "fault": "none", "what_if": null},
    "outcome": {
        "paid": false, "held": false, "seats": [], "quality": null, "place": null,
        "free_on_admission": null, "best_seat": null, "best_quality": null, "free_then": null,
        "ended_ms": 5.0
    },
    "own": [], "what_ifs": [], "hall": null, "length_ms": null, "booking": null, "curve": [],
    "basis": {"kind": "rivals-of-this-race", "rivals": 1, "until_ms": 5.0}
}"#;

#[test]
fn a42_a_kept_report_of_another_version_is_sent_if_it_still_reads_as_one() {
    let kept = |version, json: &str| KeptResult {
        version,
        bytes: [&7u64.to_le_bytes(), json.as_bytes()].concat(),
    };
    for (version, json, can_be_sent) in [
        (REPORT_VERSION, WHOLE, true),
        (REPORT_VERSION - 1, WHOLE, true),
        (REPORT_VERSION + 1, WHOLE, true),
        (REPORT_VERSION - 1, r#"{"ending": "time-over"}"#, false),
    ] {
        let read = KeptReport::read(&kept(version, json));
        assert_eq!(read.is_some(), can_be_sent, "version {version}: {json}");
        assert!(read.is_none_or(|read| read.through == Seq(7) && read.json == json.as_bytes()));
    }
    assert_eq!(KeptReport::read(&KeptResult { version: REPORT_VERSION, bytes: vec![1; 7] }), None);
}
