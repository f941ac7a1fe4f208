//! Faults that the service that this one grew from had with its concerts, each with a test that shows that ours has not. Others are
//! shown where their subject is; `docs/ORIGINAL.md` lists them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use catalogue::{Applied, CatalogueError, GuestKey, LogSeq, Unfit};
use tokio::sync::Barrier;

use crate::given::*;
use crate::projection::{SALE, booked, cancelled, under_way};

pub(crate) async fn k30_o12_nothing_is_on_sale_after_its_performance_began(given: Given) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    let mut new = concert("겨울", venue, NOW);
    new.performances = vec![performance(NOW, NOW.after(59 * MINUTE))];
    let refused = catalogue.add_concerts(std::slice::from_ref(&new)).await;
    assert!(matches!(refused, Err(CatalogueError::Unfit(Unfit::OpeningPeriod))));
    new.performances = vec![performance(NOW, NOW.after(60 * MINUTE))];
    add(&catalogue, new).await;
    let at = async |ms: i64| catalogue.on_sale(NOW.after(ms), &all()).await.unwrap().rows.len();
    assert_eq!((at(-1).await, at(0).await), (0, 1));
    assert_eq!((at(60 * MINUTE - 1).await, at(60 * MINUTE).await), (1, 0));
    given.beside().await.refuses("UPDATE openings SET closes_at_ms = starts_at_ms + 1").await;
}

pub(crate) async fn k32_bookings_of_a_performance_count_together_for_a_person(given: Given) {
    let catalogue = given.open().await;
    let performance = under_way(&catalogue).await;
    let person = catalogue.take_in(GuestKey(5), NOW).await.unwrap();
    let live = async || catalogue.live_seats(performance, person).await.unwrap();
    assert_eq!(live().await, 0);
    let events = [booked(1, 5, &[1, 2]), booked(2, 5, &[3]), booked(3, 6, &[4, 5, 6])];
    catalogue.apply(SALE, LogSeq(1), &events).await.unwrap();
    assert_eq!(live().await, 3);
    catalogue.apply(SALE, LogSeq(2), &[cancelled(1)]).await.unwrap();
    assert_eq!(live().await, 1);
}

pub(crate) async fn k33_o2_two_programs_on_one_database_book_a_seat_once(given: Given) {
    let programs = [given.open().await, given.open().await];
    let performance = under_way(&programs[0]).await;
    let (start, newest) = (Arc::new(Barrier::new(16)), Arc::new(AtomicU64::new(0)));
    let asked: Vec<_> = (1..=16_u32)
        .map(|number| {
            let program = programs[number as usize % 2].clone();
            let (start, newest) = (Arc::clone(&start), Arc::clone(&newest));
            tokio::spawn(async move {
                let events = [booked(number, number.into(), &[10, 11])];
                start.wait().await;
                loop {
                    let seq = LogSeq(newest.fetch_add(1, Ordering::Relaxed));
                    match program.apply(SALE, seq, &events).await {
                        // A newer batch was faster: that alone must not be what refuses this one.
                        Ok(Applied::Before) => {}
                        result => return result.is_ok(),
                    }
                }
            })
        })
        .collect();
    let mut applied = 0;
    for one in asked {
        applied += u32::from(one.await.unwrap());
    }
    assert_eq!(applied, 1);
    let count = |sql: &str| format!("SELECT CAST(COUNT(*) AS TEXT) FROM {sql}");
    let beside = given.beside().await;
    let live = format!("booking_seats WHERE performance = {performance} AND is_live = 1");
    assert_eq!(beside.read(&count(&live)).await, "2");
    assert_eq!(beside.read(&count("bookings")).await, "1", "a loser leaves nothing half done");
}

pub(crate) async fn k64_two_programs_that_write_at_once_wait_for_each_other(given: Given) {
    let programs = [given.open().await, given.open().await];
    let shared = simple(&programs[0]).await.id;
    let start = Arc::new(Barrier::new(programs.len()));
    let writers: Vec<_> = (0..)
        .zip(&programs)
        .map(|(number, program)| {
            let (program, start) = (program.clone(), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                for turn in 0..50 {
                    let guest = GuestKey(u128::from(turn * 2 + number + 1_u64));
                    let person = program.take_in(guest, NOW).await?;
                    program.like(person, shared, NOW).await?;
                    venue(&program, &format!("{guest:?}"), "서울", "Asia/Seoul").await;
                }
                Ok::<_, CatalogueError>(())
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    let beside = given.beside().await;
    let likes = "SELECT CAST(COUNT(*) AS TEXT) FROM favourites";
    assert_eq!(beside.read(likes).await, "100", "nothing was lost");
}
