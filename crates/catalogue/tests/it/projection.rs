//! Bookings as the journal tells them.

use catalogue::{
    Applied, Booked, BookedSeat, BookingNumber, Catalogue, CatalogueError, GuestKey, LogSeq,
    PerformanceId, SaleEvent, SaleNumber, Unfit,
};

use crate::given::*;

pub(crate) const SALE: SaleNumber = SaleNumber(0x8000_0000_0000_0001);

/// A catalogue with an opening whose sale is [`SALE`].
pub(crate) async fn under_way(catalogue: &Catalogue) -> PerformanceId {
    let performance = simple(catalogue).await.performances[0];
    catalogue.begin_opening(performance, SALE).await.unwrap();
    performance
}

pub(crate) fn booked(booking: u32, guest: u128, seats: &[u32]) -> SaleEvent {
    let seat = |seat: &u32| BookedSeat {
        seat: *seat,
        place: format!("A구역 1열 {seat}"),
        grade: "R".to_owned(),
        price_won: 165_000,
    };
    SaleEvent::Booked(Booked {
        booking: BookingNumber(booking),
        guest: GuestKey(guest),
        at: NOW.after(booking.into()),
        total_won: 167_000 * seats.len() as u64,
        payment: None,
        seats: seats.iter().map(seat).collect(),
    })
}

pub(crate) fn cancelled(booking: u32) -> SaleEvent {
    let at = NOW.after(i64::from(booking) + 1000);
    SaleEvent::Cancelled { booking: BookingNumber(booking), at, refunded_won: 100_000 }
}

/// All that the projection holds, as a text.
pub(crate) async fn projection(given: &Given) -> String {
    let beside = given.beside().await;
    let bookings = beside
        .read(
            "SELECT CAST(sale AS TEXT) || ' ' || CAST(number AS TEXT) || ' ' || CAST(person AS TEXT) || ' '
                 || COALESCE(CAST(cancelled_at_ms AS TEXT), '-') || ' ' || CAST(total_won AS TEXT)
             FROM bookings ORDER BY sale, number",
        )
        .await;
    let seats = beside
        .read(
            "SELECT CAST(number AS TEXT) || ' ' || CAST(seat AS TEXT) || ' ' || CAST(is_live AS TEXT)
             FROM booking_seats ORDER BY number, seat",
        )
        .await;
    let checkpoints =
        beside.read("SELECT CAST(sale AS TEXT) || ' ' || CAST(seq AS TEXT) FROM checkpoints").await;
    format!("{bookings}\n--\n{seats}\n--\n{checkpoints}")
}

pub(crate) async fn k22_a_batch_that_is_told_twice_is_applied_once(given: Given) {
    let catalogue = given.open().await;
    let performance = under_way(&catalogue).await;
    assert_eq!(catalogue.checkpoint(SALE).await.unwrap(), None);
    let events = [booked(1, 5, &[10, 11]), booked(2, 6, &[12])];
    assert_eq!(catalogue.apply(SALE, LogSeq(4), &events).await.unwrap(), Applied::Now);
    let once = projection(&given).await;
    for seq in [4, 3, 0] {
        assert_eq!(catalogue.apply(SALE, LogSeq(seq), &events).await.unwrap(), Applied::Before);
    }
    assert_eq!(projection(&given).await, once);
    assert_eq!(catalogue.checkpoint(SALE).await.unwrap(), Some(LogSeq(4)));
    let person = catalogue.person(GuestKey(5)).await.unwrap().unwrap();
    let page = catalogue.bookings(person, &all()).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    let booking = &page.rows[0];
    assert_eq!(
        (booking.sale, booking.performance, booking.total_won),
        (SALE, performance, 334_000)
    );
    assert_eq!(booking.seats.iter().map(|seat| seat.seat).collect::<Vec<_>>(), [10, 11]);
    assert_eq!(booking.seats[0].place, "A구역 1열 10");
    // A sale that belongs to no opening has no projection.
    assert!(catalogue.apply(SaleNumber(1), LogSeq(1), &events).await.is_err());
}

pub(crate) async fn k24_a_rebuilt_projection_is_the_same_and_keeps_its_numbers(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let batches = vec![
        (LogSeq(1), vec![booked(1, 5, &[10, 11])]),
        (LogSeq(3), vec![cancelled(1), booked(2, 6, &[10])]),
        (LogSeq(7), vec![booked(3, 5, &[11]), SaleEvent::Ended { at: NOW }]),
    ];
    for (seq, events) in &batches {
        catalogue.apply(SALE, *seq, events).await.unwrap();
    }
    let before = projection(&given).await;
    catalogue.rebuild(SALE, batches.clone()).await.unwrap();
    assert_eq!(projection(&given).await, before);
    // What a fault left behind is gone after a rebuild.
    let beside = given.beside().await;
    beside.run("DELETE FROM booking_seats WHERE number = 3").await.unwrap();
    beside
        .run("UPDATE bookings SET total_won = 1, refunded_won = NULL, cancelled_at_ms = NULL")
        .await
        .unwrap();
    assert_ne!(projection(&given).await, before);
    catalogue.rebuild(SALE, batches).await.unwrap();
    assert_eq!(projection(&given).await, before);
    // One that fails leaves the old one.
    let wrong = vec![(LogSeq(1), vec![booked(1, 5, &[10])]), (LogSeq(2), vec![cancelled(9)])];
    assert!(catalogue.rebuild(SALE, wrong).await.is_err());
    assert_eq!(projection(&given).await, before);
}

pub(crate) async fn k25_cancelled_seats_can_be_booked_again_and_stay_on_record(given: Given) {
    let catalogue = given.open().await;
    let performance = under_way(&catalogue).await;
    catalogue.apply(SALE, LogSeq(1), &[booked(1, 5, &[10, 11])]).await.unwrap();
    // Before the cancel, the seat is in a live booking.
    assert!(catalogue.apply(SALE, LogSeq(2), &[booked(2, 6, &[10])]).await.is_err());
    assert_eq!(catalogue.checkpoint(SALE).await.unwrap(), Some(LogSeq(1)));
    catalogue.apply(SALE, LogSeq(2), &[cancelled(1), booked(2, 6, &[10])]).await.unwrap();
    // A cancel that comes a second time gives nothing back.
    let again = catalogue.apply(SALE, LogSeq(3), &[cancelled(1)]).await;
    assert!(matches!(again, Err(CatalogueError::Missing(_))));
    let person = catalogue.person(GuestKey(5)).await.unwrap().unwrap();
    let booking = catalogue.bookings(person, &all()).await.unwrap().rows.remove(0);
    assert_eq!(
        (booking.refunded_won, booking.cancelled_at),
        (Some(100_000), Some(NOW.after(1001)))
    );
    assert_eq!(booking.seats.len(), 2);
    assert_eq!(catalogue.live_seats(performance, person).await.unwrap(), 0);
}

pub(crate) async fn k29_a_booking_has_seats_and_each_once(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let many: Vec<u32> = (0..17).collect();
    for seats in [&[][..], &[10, 10], &many] {
        let refused = catalogue.apply(SALE, LogSeq(1), &[booked(1, 5, seats)]).await;
        assert!(matches!(refused, Err(CatalogueError::Unfit(Unfit::Seats))), "{seats:?}");
    }
    assert_eq!(catalogue.checkpoint(SALE).await.unwrap(), None);
}

pub(crate) async fn k65_a_cancel_that_the_clock_puts_before_its_booking_is_taken(given: Given) {
    let catalogue = given.open().await;
    let performance = under_way(&catalogue).await;
    catalogue.apply(SALE, LogSeq(1), &[booked(1, 5, &[1])]).await.unwrap();
    let booking = BookingNumber(1);
    let early = SaleEvent::Cancelled { booking, at: NOW.after(-60_000), refunded_won: 5 };
    assert_eq!(catalogue.apply(SALE, LogSeq(2), &[early]).await.unwrap(), Applied::Now);
    let kept = &catalogue.bookings_of(SALE).await.unwrap()[&booking];
    assert_eq!((kept.cancelled_at, kept.refunded_won), (Some(kept.booked_at), Some(5)));
    assert_eq!(
        (kept.seats.as_slice(), kept.live_seats.as_slice()),
        ([1].as_slice(), [].as_slice())
    );
    // The sale goes on.
    catalogue.apply(SALE, LogSeq(3), &[booked(2, 6, &[1])]).await.unwrap();
    let other = catalogue.person(GuestKey(6)).await.unwrap().unwrap();
    assert_eq!(catalogue.live_seats(performance, other).await.unwrap(), 1);
}
