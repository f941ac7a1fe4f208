//! Tests: payments that are cut off between any two steps, and several at once.

mod faults;
mod given;

use std::num::NonZeroU64;
use std::sync::Arc;

use catalogue::limits::WELCOME_WON;
use catalogue::{Cause, SaleNumber};
use protocol::{Outcome, You};
use sale::Refusal;

use self::given::*;
use super::Paying;
use crate::gateway::Gateway;
use crate::ids::RaceId;
use crate::openings::{self, ShowsFault};
use crate::problem::ApiError;
use crate::shows::utc_ms;

#[tokio::test(flavor = "multi_thread")]
async fn m11_m12_a_payment_that_dies_at_any_step_is_finished_or_given_back() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = start(first.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let mut cases = Vec::new();
    for reached in [Reached::Nothing, Reached::Begun, Reached::Debited, Reached::Confirmed] {
        for is_sent_again in [false, true] {
            let number = cases.len() as u64 + 1;
            let client = person(&gateway, number.into()).await;
            let seat = u32::try_from(number).unwrap();
            let paying = hold(&gateway, client, performance, &[seat], 1_000 + number).await;
            let begun = go_as_far_as(&gateway, &paying, reached).await;
            cases.push((reached, is_sent_again, paying, begun));
        }
    }
    copy_data(&gateway, first.path(), second.path()).await;
    server.stop().await.unwrap();
    let server = start(second.path()).await;
    let gateway = server.gateway();
    let cost = 77_000 + FEE_WON;
    for (reached, is_sent_again, paying, begun) in &cases {
        let case = format!("{reached:?}, sent again: {is_sent_again}");
        if *is_sent_again {
            for _ in 0..2 {
                let answer = paying.clone().pay(Arc::clone(&gateway)).await.unwrap();
                assert!(matches!(answer.outcome, Outcome::Booked { .. }), "{case}");
            }
        } else if let Some(begun) = begun.filter(|_| *reached != Reached::Confirmed) {
            // The payment ends, as it does by itself after a minute.
            paying.end(&gateway, begun).await.unwrap();
        }
    }
    gateway.context.payments.wake.notify_one();
    is_settled(&gateway).await;
    for (reached, is_sent_again, paying, _) in &cases {
        let case = format!("{reached:?}, sent again: {is_sent_again}");
        let is_paid = *is_sent_again || *reached == Reached::Confirmed;
        let bookings = booking_count(&gateway, paying.payer).await;
        assert_eq!(bookings, usize::from(is_paid), "{case}");
        let has = WELCOME_WON - if is_paid { cost } else { 0 };
        assert_eq!(balance(&gateway, paying.payer).await, has, "{case}");
        let was_debited = is_paid || *reached == Reached::Debited;
        let entries = 1 + usize::from(was_debited) + usize::from(was_debited && !is_paid);
        assert_eq!(causes(&gateway, paying.payer).await.len(), entries, "{case}");
    }
    // What was given back is not paid by a late request under the old key.
    let (.., late, _) = &cases[4];
    let refused = late.clone().pay(Arc::clone(&gateway)).await;
    assert_eq!(refused.unwrap_err(), Refusal::NoPayment.into());
    assert_eq!(balance(&gateway, late.payer).await, WELCOME_WON);
    agrees(server, second.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_after_a_start_points_come_back_though_nobody_pays_any_more() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = start(first.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let client = person(&gateway, 1).await;
    let paying = hold(&gateway, client, performance, &[3], 7).await;
    let begun = go_as_far_as(&gateway, &paying, Reached::Debited).await.unwrap();
    copy_data(&gateway, first.path(), second.path()).await;
    server.stop().await.unwrap();
    let server = start(second.path()).await;
    let gateway = server.gateway();
    // The payment ends, as it does by itself after a minute.
    paying.end(&gateway, begun).await.unwrap();
    is_settled(&gateway).await;
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON);
    agrees(server, second.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_a_payment_that_nobody_finishes_is_given_back_when_the_sale_closes() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, 12_000).await;
    let client = person(&gateway, 1).await;
    let paying = hold(&gateway, client, performance, &[3], 7).await;
    go_as_far_as(&gateway, &paying, Reached::Debited).await;
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON - 78_000);
    // Nobody gives back what is under way.
    let stand = super::resolve(&gateway, paying.race, sale::PaymentId(0)).await.unwrap();
    assert_eq!(stand, crate::shard::PaymentStand::UnderWay);
    is_settled(&gateway).await;
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON);
    let causes = causes(&gateway, paying.payer).await;
    assert_eq!(causes, [Cause::Welcome, Cause::Payment, Cause::PaymentReturned]);
    agrees(server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_a_debit_of_a_sale_that_is_gone_is_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let payer = person(&gateway, 1).await.account.unwrap();
    let new = catalogue::NewPayment {
        sale: SaleNumber(99),
        payment: catalogue::PaymentNumber(4),
        person: payer,
        total_won: 5_000,
    };
    gateway.context.catalogue.debit(new, utc_ms(gateway.now())).await.unwrap();
    gateway.context.payments.note();
    is_settled(&gateway).await;
    assert_eq!(balance(&gateway, payer).await, WELCOME_WON);
    agrees(server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m9_m10_points_pay_for_seats_and_who_has_too_few_keeps_the_hold() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 4_000_000, HOUR_MS).await;
    let client = person(&gateway, 1).await;
    let paying = hold(&gateway, client, performance, &[1, 2], 1).await;
    let paid = paying.clone().pay(Arc::clone(&gateway)).await.unwrap();
    assert!(matches!(paid.outcome, Outcome::Booked { total_won: 8_002_000, .. }));
    assert_eq!(booking_count(&gateway, paying.payer).await, 1);
    assert_eq!(balance(&gateway, paying.payer).await, 1_998_000);
    let more = hold(&gateway, client, performance, &[3], 2).await;
    let short = ApiError::PointsShort { balance_won: 1_998_000, total_won: 4_001_000 };
    for _ in 0..2 {
        let refused = more.clone().pay(Arc::clone(&gateway)).await;
        assert_eq!(refused.unwrap_err(), short);
        let view = show(&gateway, client, more.race).await;
        let You::Inside { hold: Some(hold), .. } = view.state.you else {
            panic!("the hold goes on")
        };
        assert_eq!(hold.paying_until_ms, None);
    }
    // A wrong sum begins nothing.
    let wrong = Paying { expected_won: 1, key: NonZeroU64::new(3).unwrap(), ..more.clone() };
    let refused = wrong.pay(Arc::clone(&gateway)).await;
    assert_eq!(refused.unwrap_err(), ApiError::TotalDiffers { total_won: 4_001_000 });
    // Cancelled on the day of the booking, everything comes back, and pays for the seat that waits.
    let key = NonZeroU64::new(4).unwrap();
    openings::cancel(&gateway, client, wanted(paying.race, key, None)).await.unwrap();
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON);
    let again = Paying { key: NonZeroU64::new(5).unwrap(), ..more };
    again.pay(Arc::clone(&gateway)).await.unwrap();
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON - 4_001_000);
    is_settled(&gateway).await;
    agrees(server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m13_two_sales_and_two_tabs_at_once_take_no_more_than_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let client = person(&gateway, 1).await;
    let mut tasks = Vec::new();
    for sale in 0..2 {
        let performance = sell(&gateway, 3_000_000, HOUR_MS).await;
        let paying = hold(&gateway, client, performance, &[1, 2], 10 + sale).await;
        for tab in 0..2 {
            let key = NonZeroU64::new(100 + sale * 10 + tab).unwrap();
            let paying = Paying { key, ..paying.clone() };
            tasks.push(tokio::spawn(paying.pay(Arc::clone(&gateway))));
        }
    }
    let mut paid = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(answer) => paid += usize::from(matches!(answer.outcome, Outcome::Booked { .. })),
            // Another tab pays, has paid, or the other sale was quicker.
            Err(ApiError::PointsShort { balance_won, total_won }) => {
                assert!(balance_won < total_won);
            }
            Err(ApiError::Refused(_) | ApiError::RunOver) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(paid, 1);
    is_settled(&gateway).await;
    assert_eq!(booking_count(&gateway, client.account.unwrap()).await, 1);
    assert_eq!(balance(&gateway, client.account.unwrap()).await, WELCOME_WON - 6_002_000);
    agrees(server, folder.path()).await;
}

/// A zone in which it is about noon, so that no midnight is near.
fn zone_at_noon(gateway: &Gateway) -> String {
    let hour = utc_ms(gateway.now()).0.div_euclid(HOUR_MS).rem_euclid(24);
    // The names count westward.
    let west = hour - 12;
    if west > 0 { format!("Etc/GMT+{west}") } else { format!("Etc/GMT-{}", -west) }
}

#[tokio::test(flavor = "multi_thread")]
async fn m17_o15_no_cancel_comes_after_the_deadline() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    // The style lets people cancel until the day of the performance begins, which is today.
    let zone = zone_at_noon(&gateway);
    let performance = sell_at(&gateway, 77_000, HOUR_MS, &zone, 2 * HOUR_MS).await;
    let (client, other) = (person(&gateway, 1).await, person(&gateway, 2).await);
    let paying = hold(&gateway, client, performance, &[1], 1).await;
    paying.clone().pay(Arc::clone(&gateway)).await.unwrap();
    let cancel = async |client| {
        let key = NonZeroU64::new(9).unwrap();
        openings::cancel(&gateway, client, wanted(paying.race, key, None)).await.unwrap_err()
    };
    assert_eq!(cancel(client).await, ApiError::OpeningClosed);
    assert_eq!(cancel(other).await, Refusal::NoSuchBooking.into(), "nobody else learns of it");
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON - 78_000);
    is_settled(&gateway).await;
    agrees(server, folder.path()).await;
}

/// Whether a fault is the one that a case is about.
type Is<'a> = &'a dyn Fn(&ShowsFault) -> bool;

#[tokio::test(flavor = "multi_thread")]
async fn k56_m15_an_examination_finds_what_differs_from_the_log_and_a_damaged_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let (server, ..) = with_a_booking(folder.path()).await;
    server.stop().await.unwrap();
    assert_eq!(examine(folder.path()).await, []);
    let run = |sql: &str| run(folder.path(), sql);
    let is_booking = |fault: &ShowsFault| matches!(fault, ShowsFault::Booking { .. });
    let is_ahead = |fault: &ShowsFault| matches!(fault, ShowsFault::Ahead { .. });
    let is_of_ledger = |fault: &ShowsFault| matches!(fault, ShowsFault::Points(_));
    let is_pending = |fault: &ShowsFault| matches!(fault, ShowsFault::Pending { .. });
    run("DROP TRIGGER points_stay; DROP TRIGGER payments_are_kept; DROP TRIGGER points_are_kept");
    let is_no_log = |fault: &ShowsFault| matches!(fault, ShowsFault::NoLog { .. });
    let cases: [(&str, &str, Is<'_>); 11] = [
        ("UPDATE booking_seats SET is_live = 0", "UPDATE booking_seats SET is_live = 1", &is_booking),
        (
            "UPDATE bookings SET booked_at_ms = booked_at_ms + 1",
            "UPDATE bookings SET booked_at_ms = booked_at_ms - 1",
            &is_booking,
        ),
        ("UPDATE bookings SET person = NULL", "UPDATE bookings SET person = 1", &is_booking),
        (
            "INSERT INTO accounts (person, main_guest, made_at_ms) SELECT person, guest, 0 FROM guests;
             UPDATE points SET amount_won = amount_won - 1 WHERE cause = 'welcome'",
            "UPDATE points SET amount_won = amount_won + 1 WHERE cause = 'welcome'; DELETE FROM accounts",
            &is_of_ledger,
        ),
        (
            "PRAGMA foreign_keys = OFF;
             INSERT INTO bookings SELECT 99, number, performance, person, booked_at_ms, cancelled_at_ms,
                 seat_count, total_won, refunded_won, NULL FROM bookings",
            "DELETE FROM bookings WHERE sale = 99",
            &is_no_log,
        ),
        ("UPDATE booking_seats SET seat = 9", "UPDATE booking_seats SET seat = 1", &is_booking),
        (
            "UPDATE bookings SET refunded_won = 5, cancelled_at_ms = booked_at_ms",
            "UPDATE bookings SET refunded_won = NULL, cancelled_at_ms = NULL",
            &is_booking,
        ),
        (
            "UPDATE checkpoints SET seq = seq + 1000",
            "UPDATE checkpoints SET seq = seq - 1000",
            &is_ahead,
        ),
        (
            "UPDATE points SET balance_won = balance_won + 1 WHERE number = 2",
            "UPDATE points SET balance_won = balance_won - 1 WHERE number = 2",
            &is_of_ledger,
        ),
        (
            "UPDATE bookings SET payment = NULL",
            "UPDATE bookings SET payment = 0",
            &is_of_ledger,
        ),
        (
            "INSERT INTO payments (sale, payment, person, begun_at_ms, total_won, state)
             VALUES (99, 0, 1, 0, 0, 'debited');
             INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause, sale, payment)
             SELECT person, 3, 0, 0, balance_won, 'payment', 99, 0 FROM points WHERE number = 2",
            "DELETE FROM points WHERE sale = 99; DELETE FROM payments WHERE sale = 99",
            &is_pending,
        ),
    ];
    for (damage, mend, is_found) in cases {
        run(damage);
        let faults = examine(folder.path()).await;
        assert!(faults.iter().any(is_found), "{damage}: {faults:?}");
        run(mend);
        assert_eq!(examine(folder.path()).await, [], "{mend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn m15_a_payment_that_is_pending_is_a_fault_once_its_sale_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let (server, client, paying) = with_a_booking(folder.path()).await;
    let gateway = server.gateway();
    // Another sale, which is over soon.
    let closed = sell(&gateway, 5_000, 8_000).await;
    let view = openings::enter(&gateway, client, closed, || Ok(())).await.unwrap();
    let closed_sale = SaleNumber(view.race.id.parse::<RaceId>().unwrap().0);
    until("the end of the sale", async || {
        let opening = gateway.context.catalogue.opening(closed).await.unwrap();
        opening.and_then(|opening| opening.ended_at)
    })
    .await;
    server.stop().await.unwrap();
    let run = |sql: &str| run(folder.path(), sql);
    run("DROP TRIGGER points_stay; DROP TRIGGER payments_are_kept; DROP TRIGGER points_are_kept");
    let payment = catalogue::PaymentNumber(9);
    let pending = ShowsFault::Pending { sale: closed_sale, payment };
    for (sale, expected) in [(closed_sale, vec![pending]), (SaleNumber(paying.race.0), vec![])] {
        let sale = sale.0.cast_signed();
        run(&format!(
            "INSERT INTO payments (sale, payment, person, begun_at_ms, total_won, state)
             VALUES ({sale}, 9, 1, 0, 0, 'debited');
             INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause, sale, payment)
             SELECT person, 3, 0, 0, balance_won, 'payment', {sale}, 9 FROM points WHERE number = 2"
        ));
        assert_eq!(examine(folder.path()).await, expected);
        run(&format!(
            "DELETE FROM points WHERE sale = {sale} AND payment = 9;
             DELETE FROM payments WHERE sale = {sale} AND payment = 9"
        ));
    }
}
