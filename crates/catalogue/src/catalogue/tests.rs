//! What an executor with several threads needs.

mod plans;

use super::*;
use crate::{
    Days, GuestKey, LogSeq, NewConcert, NewPerformer, NewVenue, OriginalScale, PerformanceId,
    PersonId, Progress, SaleEvent, SaleNumber, Search, Stock, UtcMs,
};

/// Compiles only if every call may go from one thread to another while it waits.
#[test]
fn calls_move_between_threads() {
    fn check<F: Future + Send>(_: F) {}
    #[expect(dead_code, reason = "only the compiler looks at it")]
    fn calls(catalogue: &Catalogue, query: &PageQuery, search: &Search, stock: &Stock) {
        let (now, person, sale) = (UtcMs(0), PersonId(0), SaleNumber(0));
        let (venues, concerts): (&[NewVenue], &[NewConcert]) = (&[], &[]);
        let (performers, events): (&[NewPerformer], &[SaleEvent]) = (&[], &[]);
        check(catalogue.add_venues(venues));
        check(catalogue.add_performers(performers));
        check(catalogue.add_concerts(concerts));
        check(catalogue.on_sale(now, query));
        check(catalogue.opening_soon(now, query));
        check(catalogue.search(search, query));
        check(catalogue.concert(crate::ConcertId(0)));
        let days = Days { from: crate::Day(0), to: crate::Day(0) };
        check(catalogue.calendar(days, None));
        check(catalogue.take_in(GuestKey(0), now));
        check(catalogue.like(person, crate::ConcertId(0), now));
        check(catalogue.favourites(person, query));
        check(catalogue.bookings(person, query));
        check(catalogue.apply(sale, LogSeq(0), events));
        check(catalogue.rebuild(sale, Vec::new()));
        check(catalogue.begin_opening(PerformanceId(0), sale));
        check(catalogue.renew_demo(now, 0, stock));
        let scale = OriginalScale::WHOLE;
        check(catalogue.generate_original(scale, now, 0, stock, |_: Progress| {}));
    }
}
