//! What cancelling costs, by the terms that both built-in styles share.

use super::*;

/// The terms that most Korean sites have: see the styles.
const COMMON: &str = r#"
batch = 600
free_days = 7
late = { won = 4000, percent_max = 10 }
fees = [
    { days_before = 9, percent = 10 },
    { days_before = 6, percent = 20 },
    { days_before = 2, percent = 30 },
]
until = { days_before = 1, time = "17:00", saturday = "11:00" }
"#;

fn text(of: &str) -> Result<CancelText, toml::de::Error> {
    toml::from_str(of)
}

fn common() -> CancelTerms {
    let read = text(COMMON).unwrap();
    read.check().unwrap();
    read.terms()
}

/// Two tickets of 100,000 won with a booking fee of 2,000 each, bought on day 100 for a performance on this day.
fn bought(starts_on: i32) -> Purchase {
    let (total_won, booking_fee_won) = (204_000, 4_000);
    Purchase { total_won, booking_fee_won, tickets: 2, booked_on: 100, starts_on }
}

fn kept(bought: &Purchase, cancelled_on: i32) -> u64 {
    let Refund { fee_won, refund_won } = common().refund(bought, cancelled_on);
    assert_eq!(fee_won + refund_won, bought.total_won);
    fee_won
}

#[test]
fn d16_cancelling_costs_more_the_nearer_the_performance_is() {
    // A performance on day 200, so all rows are counted from there.
    let late = bought(200);
    let cases = [
        (100, 0, "the day of the booking gives everything back"),
        (101, 4_000, "from the next day on the booking fee is kept"),
        (107, 4_000, "seven days after the booking are free"),
        (108, 4_000 + 8_000, "then 4,000 won for each ticket"),
        (190, 4_000 + 8_000, "until ten days before the performance"),
        (191, 4_000 + 20_000, "nine days before, a tenth"),
        (193, 4_000 + 20_000, "as seven days before"),
        (194, 4_000 + 40_000, "six days before, a fifth"),
        (197, 4_000 + 40_000, "as three days before"),
        (198, 4_000 + 60_000, "two days before, three tenths"),
        (199, 4_000 + 60_000, "as on the day before"),
    ];
    for (day, expected, why) in cases {
        assert_eq!(kept(&late, day), expected, "day {day}: {why}");
    }
}

#[test]
fn d16_a_near_performance_costs_its_share_within_the_free_days_too() {
    assert_eq!(kept(&bought(105), 101), 4_000 + 40_000);
    assert_eq!(kept(&bought(105), 100), 0, "on the day of the booking it is free all the same");
}

#[test]
fn d16_the_fixed_fee_is_a_tenth_of_the_price_at_most_and_rounded_down() {
    let cheap = Purchase { total_won: 20_005, booking_fee_won: 0, tickets: 1, ..bought(200) };
    assert_eq!(kept(&cheap, 150), 2_000);
    let free = Purchase { total_won: 0, booking_fee_won: 0, ..bought(200) };
    assert_eq!(kept(&free, 199), 0);
    let odd = Purchase { total_won: 1_000, booking_fee_won: 5_000, ..bought(200) };
    assert_eq!(kept(&odd, 199), 1_000, "never more than was paid");
}

#[test]
fn d16_a_booking_can_be_cancelled_until_the_afternoon_before() {
    // Day 20,000 is 2024-10-04, a Friday.
    let friday = common().deadline(20_001);
    assert_eq!(friday, Deadline { day: 20_000, hour: 17, minute: 0 });
    let saturday = common().deadline(20_002);
    assert_eq!(saturday, Deadline { day: 20_001, hour: 11, minute: 0 }, "for a Sunday");
    assert_eq!(common().deadline(20_003), Deadline { day: 20_002, hour: 17, minute: 0 });
}

#[test]
fn d16_a_style_without_a_word_on_cancelling_gives_everything_back() {
    let free = CancelTerms::free();
    for day in [100, 101, 150, 199, 200] {
        let Refund { fee_won, refund_won } = free.refund(&bought(200), day);
        let booking_fee = if day == 100 { 0 } else { 4_000 };
        assert_eq!((fee_won, refund_won), (booking_fee, 204_000 - booking_fee), "day {day}");
    }
    assert_eq!(free.deadline(200), Deadline { day: 200, hour: 0, minute: 0 });
    assert_eq!(free.batch_s, 600);
}

#[test]
fn d16_terms_that_cannot_be_meant_are_refused() {
    let wrong = [
        ("batch = 0", "cancel.batch"),
        ("batch = 86401", "cancel.batch"),
        ("batch = 1\nfree_days = 367", "cancel"),
        ("batch = 1\nlate = { won = 1000001, percent_max = 1 }", "cancel.late.won"),
        ("batch = 1\nlate = { won = 1, percent_max = 101 }", "cancel"),
        ("batch = 1\nfees = [{ days_before = 3, percent = 101 }]", "cancel"),
        (
            "batch = 1\nfees = [{ days_before = 3, percent = 1 }, { days_before = 3, percent = 2 }]",
            "cancel.fees",
        ),
    ];
    for (file, key) in wrong {
        let fault = text(file).unwrap().check().unwrap_err();
        assert!(fault.to_string().starts_with(&format!("{key}: ")), "{file}: {fault}");
    }
    for time in ["7:00", "24:00", "17:60", "17", "+1:00", "17:00:00"] {
        let file = format!("batch = 1\nuntil = {{ days_before = 1, time = \"{time}\" }}");
        assert!(text(&file).is_err(), "{time}");
    }
    assert!(text("batch = 1\nfee = 3").is_err(), "unknown keys are refused");
}
