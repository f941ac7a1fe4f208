//! Tests: payments and cancels while people go away, databases refuse, and accounts are deleted.

use std::future::Future;
use std::num::NonZeroU64;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};

use catalogue::limits::WELCOME_WON;
use catalogue::{BookingNumber, GuestKey, NewPayment, PaymentNumber, SaleNumber};
use sale::PaymentId;

use super::given::*;
use crate::openings::{self, Cancel, Reason};
use crate::payments::Paying;
use crate::payments::keeper::resolve;
use crate::problem::ApiError;
use crate::shows::utc_ms;

/// What one seat costs, with its fee.
const COST: u64 = 77_000 + FEE_WON;

fn key(number: u64) -> NonZeroU64 {
    NonZeroU64::new(number).unwrap()
}

// On one thread: nothing else runs between two steps that do not wait.
#[tokio::test]
async fn k66_news_of_a_sale_outlive_a_request_that_ends_while_it_tells_them() {
    let folder = tempfile::tempdir().unwrap();
    let (server, client, paying) = with_a_booking(folder.path()).await;
    let gateway = server.gateway();
    let openings = &gateway.context.openings;
    let mut interrupted = 0;
    while interrupted < 3 {
        openings.note_news(paying.race);
        let is_under_way = {
            let mut telling = pin!(openings::settle(&gateway));
            telling.as_mut().poll(&mut Context::from_waker(Waker::noop())) == Poll::Pending
        };
        // The person hung up: the request is dropped where it waited.
        if is_under_way {
            assert!(!openings.is_told(paying.race), "the news are still there");
            interrupted += 1;
        }
        openings::settle(&gateway).await.unwrap();
        assert!(openings.is_told(paying.race));
    }
    assert_eq!(booking_count(&gateway, client.account.unwrap()).await, 1);
    agrees(server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m17_a_booking_that_the_catalogue_does_not_show_is_not_cancelled_without_its_terms() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let client = person(&gateway, 1).await;
    let paying = hold(&gateway, client, performance, &[1], 1).await;
    run(
        folder.path(),
        "CREATE TRIGGER no BEFORE INSERT ON bookings BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    paying.clone().pay(Arc::clone(&gateway)).await.unwrap();
    until("the refusal", async || {
        let _told = openings::settle(&gateway).await;
        (!gateway.context.openings.is_told(paying.race)).then_some(())
    })
    .await;
    for reason in [Reason::Wanted { expected_won: None }, Reason::Deletion] {
        let cancel = Cancel { race: paying.race, number: sale::BookingId(0), key: key(9), reason };
        let refused = openings::cancel(&gateway, client, cancel).await;
        assert_eq!(refused.unwrap_err(), ApiError::CatalogueAway);
    }
    // Of what nobody has, nothing is said but that it is not there.
    let none = Cancel { race: crate::ids::RaceId(77), ..wanted(paying.race, key(9), None) };
    let refused = openings::cancel(&gateway, client, none).await;
    assert_eq!(refused.unwrap_err(), sale::Refusal::NoSuchBooking.into());
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON - COST);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn m17_nothing_is_cancelled_for_less_or_more_than_was_shown() {
    let folder = tempfile::tempdir().unwrap();
    let (server, client, paying) = with_a_booking(folder.path()).await;
    let gateway = server.gateway();
    let refused =
        openings::cancel(&gateway, client, wanted(paying.race, key(8), Some(COST - 1))).await;
    assert_eq!(refused.unwrap_err(), ApiError::TotalDiffers { total_won: COST });
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON - COST);
    let expected = wanted(paying.race, key(9), Some(COST));
    openings::cancel(&gateway, client, expected).await.unwrap();
    // Sent again, it changes nothing and is not refused.
    openings::cancel(&gateway, client, expected).await.unwrap();
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON);
    agrees(server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m17_whoever_came_in_keeps_the_booking_and_whoever_cancelled_stays_outside() {
    let folder = tempfile::tempdir().unwrap();
    let (server, client, paying) = with_a_booking(folder.path()).await;
    let gateway = server.gateway();
    let ticket =
        catalogue::Ticket { sale: SaleNumber(paying.race.0), booking: BookingNumber(0), seat: 1 };
    let now = utc_ms(gateway.now());
    gateway.context.catalogue.take_ticket(ticket, now).await.unwrap();
    let refused = openings::cancel(&gateway, client, wanted(paying.race, key(8), None)).await;
    assert_eq!(refused.unwrap_err(), ApiError::TicketUsed);
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON - COST);
    agrees(server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_a_payment_is_looked_for_again_once_its_request_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let paying = hold(&gateway, person(&gateway, 1).await, performance, &[1], 1).await;
    let may_be_pending = || gateway.context.payments.may_be_pending.load(Ordering::SeqCst);
    until("a keeper who has nothing to do", async || (!may_be_pending()).then_some(())).await;
    // However it ends: its debit may have come after the keeper had looked.
    let wrong = Paying { expected_won: 1, ..paying };
    wrong.pay(Arc::clone(&gateway)).await.unwrap_err();
    assert!(may_be_pending());
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_a_debit_of_a_sale_whose_log_is_elsewhere_is_not_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let payer = person(&gateway, 1).await.account.unwrap();
    // Another server on the same database sells it.
    let (elsewhere, payment) = (crate::ids::RaceId(99), PaymentNumber(4));
    let catalogue = &gateway.context.catalogue;
    catalogue.begin_opening(performance, SaleNumber(elsewhere.0)).await.unwrap();
    let new = NewPayment { sale: SaleNumber(99), payment, person: payer, total_won: 5_000 };
    catalogue.debit(new, utc_ms(gateway.now())).await.unwrap();
    let stand = resolve(&gateway, elsewhere, PaymentId(4)).await;
    assert_eq!(stand.unwrap_err(), ApiError::RaceDamaged);
    assert_eq!(balance(&gateway, payer).await, WELCOME_WON - 5_000);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn l27_whoever_is_being_deleted_begins_no_payment_and_one_that_began_ends_first() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let client = person(&gateway, 1).await;
    let first = hold(&gateway, client, performance, &[1], 1).await;
    let paid = tokio::spawn(first.clone().pay(Arc::clone(&gateway)));
    until("the payment", async || {
        (balance(&gateway, first.payer).await < WELCOME_WON).then_some(())
    })
    .await;
    let left = gateway.context.leaving.leave(&[client.guest]).await.unwrap();
    assert!(paid.is_finished(), "what had begun is over");
    assert_eq!(booking_count(&gateway, first.payer).await, 1);
    let late = Paying { key: key(2), ..first.clone() };
    assert_eq!(late.pay(Arc::clone(&gateway)).await.unwrap_err(), ApiError::NoSuchRace);
    drop(left);
    let known = gateway.context.catalogue.person(GuestKey(client.guest.0)).await.unwrap();
    assert_eq!(known, Some(first.payer));
    agrees(server, folder.path()).await;
}
