//! Crashes between the writes of a projection, and between those of the ledger.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use catalogue::limits::WELCOME_WON;
use catalogue::{Catalogue, GuestKey, LogSeq, NewPayment, PaymentNumber, SaleEvent};

use crate::given::*;
use crate::points::{SEAT_WON, cancelled as refunded, paid, payment, rich};
use crate::projection::{SALE, booked, cancelled, projection, under_way};

fn batches() -> Vec<(LogSeq, Vec<SaleEvent>)> {
    vec![
        (LogSeq(1), vec![booked(1, 5, &[10, 11]), booked(2, 6, &[12])]),
        (LogSeq(2), vec![cancelled(1), booked(3, 7, &[11])]),
        (LogSeq(5), vec![booked(4, 5, &[10]), cancelled(2), SaleEvent::Ended { at: NOW }]),
    ]
}

/// Drops a future after so many steps, as a process that is killed there drops it. `None` if it was not done by then.
async fn give_up_after<T>(steps: u32, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut left) = (pin!(future), steps);
    poll_fn(|context| {
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Each batch is given up after every possible number of steps, as a process that is killed there gives it up. What is left
/// is the projection before the batch or behind it, and telling the log again from the checkpoint completes it.
pub(crate) async fn k23_a_crash_between_any_two_writes_is_caught_up(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    // People first, so that all runs give them the same numbers.
    for guest in 5..8 {
        catalogue.take_in(GuestKey(guest), NOW).await.unwrap();
    }
    let mut expected = vec![projection(&given).await];
    for (seq, events) in batches() {
        catalogue.apply(SALE, seq, &events).await.unwrap();
        expected.push(projection(&given).await);
    }
    catalogue.rebuild(SALE, []).await.unwrap();
    catalogue.close().await.unwrap();
    let mut crashes = 0;
    for (index, (seq, events)) in batches().into_iter().enumerate() {
        for steps in 1.. {
            let catalogue = given.open().await;
            let apply = catalogue.apply(SALE, seq, &events);
            let is_done = give_up_after(steps, apply).await.is_some_and(|applied| applied.is_ok());
            catalogue.close().await.unwrap();
            let left = projection(&given).await;
            assert!(
                left == expected[index] || left == expected[index + 1],
                "batch {index}, step {steps}: {left}"
            );
            crashes += u32::from(!is_done);
            if is_done || left == expected[index + 1] {
                break;
            }
        }
        // Catching up tells everything from the beginning; what was applied is skipped.
        let catalogue = given.open().await;
        for (seq, events) in batches().into_iter().take(index + 1) {
            catalogue.apply(SALE, seq, &events).await.unwrap();
        }
        catalogue.close().await.unwrap();
        assert_eq!(projection(&given).await, expected[index + 1]);
    }
    // At least one in each batch. How many more there are depends on how fast the database answers.
    assert!(crashes >= u32::try_from(batches().len()).unwrap(), "{crashes}");
}

/// What changes the ledger.
#[derive(Clone, Copy, Debug)]
enum Change {
    Debit(NewPayment),
    GiveBack(PaymentNumber),
    Book,
    Cancel,
}

impl Change {
    /// Makes the change, which may have been made before.
    async fn make(self, catalogue: &Catalogue) {
        let made = match self {
            Self::Debit(payment) => catalogue.debit(payment, NOW).await.map(drop),
            Self::GiveBack(payment) => catalogue.give_back(SALE, payment, NOW).await.map(drop),
            Self::Book => catalogue.apply(SALE, LogSeq(1), &[paid(0, 5, 10, 2)]).await.map(drop),
            Self::Cancel => {
                let told = [refunded(0, 150_000)];
                catalogue.apply(SALE, LogSeq(2), &told).await.map(drop)
            }
        };
        made.unwrap();
    }
}

/// All that the ledger says, as a text: entries, then payments.
async fn ledger(given: &Given) -> String {
    let beside = given.beside().await;
    let entries = "SELECT cause || ' ' || CAST(balance_won AS TEXT) FROM points ORDER BY number";
    let payments = "SELECT CAST(payment AS TEXT) || ' ' || state FROM payments ORDER BY payment";
    let texts = [beside.read(entries).await, beside.read(payments).await];
    texts.join("\n--\n").replace('\n', ", ")
}

/// Whatever changes the ledger is given up after every possible number of steps. Then entry and payment are both there or
/// neither is, an examination finds nothing, and the same asked for again completes it.
pub(crate) async fn m3_m4_m5_a_crash_leaves_an_entry_with_its_payment_or_neither(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let person = rich(&catalogue, 5).await;
    catalogue.close().await.unwrap();
    let (debited, welcome) = (WELCOME_WON - SEAT_WON, format!("welcome {WELCOME_WON}"));
    let returned = format!("{welcome}, payment {debited}, payment-returned {WELCOME_WON}");
    let again = format!("{returned}, payment {debited}");
    let refunded = debited + 150_000;
    let mut before = format!("{welcome}, --, ");
    let mut crashes = 0;
    for (change, after) in [
        (
            Change::Debit(payment(person, 1, SEAT_WON)),
            format!("{welcome}, payment {debited}, --, 1 debited"),
        ),
        (Change::GiveBack(PaymentNumber(1)), format!("{returned}, --, 1 returned")),
        (
            Change::Debit(payment(person, 2, SEAT_WON)),
            format!("{again}, --, 1 returned, 2 debited"),
        ),
        (Change::Book, format!("{again}, --, 1 returned, 2 booked")),
        (Change::Cancel, format!("{again}, cancelled {refunded}, --, 1 returned, 2 booked")),
    ] {
        for steps in 1.. {
            let catalogue = given.open().await;
            let is_done = give_up_after(steps, change.make(&catalogue)).await.is_some();
            catalogue.close().await.unwrap();
            let left = ledger(&given).await;
            assert!(left == before || left == after, "{change:?}, step {steps}: {left}");
            let catalogue = given.open().await;
            assert_eq!(catalogue.points_faults().await.unwrap(), [], "{change:?}, step {steps}");
            catalogue.close().await.unwrap();
            crashes += u32::from(!is_done);
            if is_done || left == after {
                break;
            }
        }
        let catalogue = given.open().await;
        for _ in 0..2 {
            change.make(&catalogue).await;
            assert_eq!(ledger(&given).await, after, "{change:?}");
        }
        catalogue.close().await.unwrap();
        before = after;
    }
    // At least one in each of the five changes. How many more there are depends on how fast the database answers.
    assert!(crashes >= 5, "{crashes}");
}
