//! Tickets at the door.

use catalogue::{BookingNumber, Entry, LogSeq, Ticket, UtcMs};

use crate::given::*;
use crate::projection::{SALE, booked, cancelled, under_way};

fn ticket(booking: u32, seat: u32) -> Ticket {
    Ticket { sale: SALE, booking: BookingNumber(booking), seat }
}

pub(crate) async fn t6_a_ticket_is_taken_once_and_only_while_its_booking_holds(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let events = [booked(1, 5, &[10, 11]), booked(2, 6, &[12]), cancelled(2)];
    catalogue.apply(SALE, LogSeq(1), &events).await.unwrap();
    let mine = ticket(1, 10);
    assert_eq!(catalogue.ticket_taken_at(mine).await.unwrap(), None);
    let take = |after| catalogue.take_ticket(mine, NOW.after(after));
    let (one, two, three) = tokio::join!(take(1), take(2), take(3));
    let taken = [one, two, three].map(Result::unwrap);
    let count = taken.iter().filter(|entry| **entry == Entry::Taken).count();
    assert_eq!(count, 1, "of those who take it at once, one does: {taken:?}");
    let at: UtcMs = catalogue.ticket_taken_at(mine).await.unwrap().unwrap();
    let again = catalogue.take_ticket(mine, NOW.after(9)).await.unwrap();
    assert_eq!(again, Entry::TakenBefore { at }, "the first time stays");
    for other in [ticket(2, 12), ticket(1, 12), ticket(3, 10)] {
        assert_eq!(catalogue.take_ticket(other, NOW).await.unwrap(), Entry::NotLive);
        assert_eq!(catalogue.ticket_taken_at(other).await.unwrap(), None);
    }
    assert_eq!(catalogue.take_ticket(ticket(1, 11), NOW).await.unwrap(), Entry::Taken);
    let person = catalogue.person(catalogue::GuestKey(5)).await.unwrap().unwrap();
    let found = catalogue.booking_of(person, SALE, BookingNumber(1)).await.unwrap().unwrap();
    assert_eq!(Some(&found), catalogue.booking(SALE, BookingNumber(1)).await.unwrap().as_ref());
    assert_eq!(found.seats.len(), 2);
    assert_eq!(catalogue.booking_of(person, SALE, BookingNumber(2)).await.unwrap(), None);
    assert_eq!(catalogue.booking(SALE, BookingNumber(9)).await.unwrap(), None);
}

pub(crate) async fn t9_what_was_taken_outlives_a_new_projection(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let batch = (LogSeq(1), vec![booked(1, 5, &[10, 11])]);
    catalogue.apply(SALE, batch.0, &batch.1).await.unwrap();
    assert_eq!(catalogue.take_ticket(ticket(1, 10), NOW).await.unwrap(), Entry::Taken);
    catalogue.rebuild(SALE, [batch]).await.unwrap();
    let before = Entry::TakenBefore { at: NOW };
    assert_eq!(catalogue.take_ticket(ticket(1, 10), NOW.after(5)).await.unwrap(), before);
    assert_eq!(catalogue.take_ticket(ticket(1, 11), NOW).await.unwrap(), Entry::Taken);
}
