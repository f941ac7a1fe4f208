//! Crashes between the writes of a projection.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use catalogue::{GuestKey, LogSeq, SaleEvent};

use crate::given::*;
use crate::projection::{SALE, booked, cancelled, projection, under_way};

fn batches() -> Vec<(LogSeq, Vec<SaleEvent>)> {
    vec![
        (LogSeq(1), vec![booked(1, 5, &[10, 11]), booked(2, 6, &[12])]),
        (LogSeq(2), vec![cancelled(1), booked(3, 7, &[11])]),
        (LogSeq(5), vec![booked(4, 5, &[10]), cancelled(2), SaleEvent::Ended { at: NOW }]),
    ]
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
            let is_done = {
                let mut apply = pin!(catalogue.apply(SALE, seq, &events));
                let mut left = steps;
                poll_fn(|context| {
                    left -= 1;
                    match apply.as_mut().poll(context) {
                        Poll::Ready(result) => Poll::Ready(result.is_ok()),
                        Poll::Pending if left == 0 => Poll::Ready(false),
                        Poll::Pending => Poll::Pending,
                    }
                })
                .await
            };
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
    assert!(crashes >= 10, "{crashes}");
}
