//! Rules that stand in the database.

use catalogue::{Catalogue, CatalogueError, NewConcert, SaleNumber, Unfit, UtcMs};

use crate::given::*;

pub(crate) async fn k2_the_database_keeps_a_seat_out_of_a_second_live_booking(given: Given) {
    let catalogue = given.open().await;
    let performance = simple(&catalogue).await.performances[0];
    catalogue.begin_opening(performance, SaleNumber(7)).await.unwrap();
    let beside = given.beside().await;
    let booking = |number: i64| {
        format!(
            "INSERT INTO bookings (sale, number, performance, booked_at_ms, seat_count, total_won)
             VALUES (7, {number}, {performance}, 5, 1, 100)"
        )
    };
    let seat = |number: i64, is_live: i64| {
        format!(
            "INSERT INTO booking_seats (sale, number, seat, performance, place, grade, price_won, is_live)
             VALUES (7, {number}, 12, {performance}, 'A 1', 'R', 100, {is_live})"
        )
    };
    for number in 1..=3 {
        beside.run(&booking(number)).await.unwrap();
    }
    beside.run(&seat(1, 1)).await.unwrap();
    beside.refuses(&seat(2, 1)).await;
    beside.run(&seat(3, 0)).await.unwrap();
    beside.run("UPDATE booking_seats SET is_live = 0 WHERE number = 1").await.unwrap();
    beside.run(&seat(2, 1)).await.unwrap();
}

pub(crate) async fn k3_the_database_refuses_what_no_code_may_write(given: Given) {
    let catalogue = given.open().await;
    let kept = simple(&catalogue).await;
    let performance = kept.performances[0];
    catalogue.begin_opening(performance, SaleNumber(7)).await.unwrap();
    let beside = given.beside().await;
    for sql in [
        "UPDATE concerts SET last_day = first_day - 1",
        "UPDATE concerts SET first_day = -1, last_day = 3",
        "UPDATE concerts SET books_from_ms = books_until_ms",
        "UPDATE concerts SET venue = 4711",
        "UPDATE concerts SET title = ''",
        "UPDATE concerts SET origin = 'somebody'",
        "UPDATE grades SET price_won = -1",
        "UPDATE grades SET price_won = 10000001",
        "UPDATE grades SET name = 'R'",
        "UPDATE openings SET closes_at_ms = opens_at_ms",
        "UPDATE openings SET closes_at_ms = starts_at_ms + 1",
        "UPDATE performances SET starts_at_ms = 5",
        "UPDATE openings SET starts_at_ms = starts_at_ms + 5",
        "UPDATE openings SET rivals = 1000001",
        "UPDATE openings SET seats_per_person = 0",
        "UPDATE openings SET cancelled_seats = 'never'",
        "INSERT INTO favourites (person, concert, liked_at_ms) VALUES (4711, 1, 0)",
        "INSERT INTO guests (guest, person) VALUES ('short', 1)",
        "INSERT INTO checkpoints (sale, seq) VALUES (8, 1)",
        "INSERT INTO bookings (sale, number, performance, booked_at_ms, seat_count, total_won)
         VALUES (8, 1, 1, 0, 1, 0)",
        "INSERT INTO bookings (sale, number, performance, booked_at_ms, seat_count, total_won)
         VALUES (7, 1, 1, 0, 0, 0)",
        "INSERT INTO bookings (sale, number, performance, booked_at_ms, seat_count, total_won)
         VALUES (7, 1, 1, 0, 1, -1)",
        "INSERT INTO bookings
             (sale, number, performance, booked_at_ms, seat_count, total_won, cancelled_at_ms, refunded_won)
         VALUES (7, 1, 1, 5, 1, 100, 6, 101)",
        "INSERT INTO bookings
             (sale, number, performance, booked_at_ms, seat_count, total_won, cancelled_at_ms)
         VALUES (7, 1, 1, 5, 1, 100, 6)",
        "DELETE FROM venues",
        "UPDATE concerts SET first_day = 'soon'",
    ] {
        beside.refuses(sql).await;
    }
    beside.run("DELETE FROM concerts").await.unwrap();
    for table in ["performances", "openings", "grades"] {
        let count = format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}");
        assert_eq!(beside.read(&count).await, "0", "{table}");
    }
}

pub(crate) async fn k3_unfit_concerts_are_refused_by_name_and_leave_nothing(given: Given) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    let one = performer(&catalogue, "달무리 밴드").await;
    let good = || concert("겨울 바다", venue, NOW);
    let with = |change: &dyn Fn(&mut NewConcert)| {
        let mut concert = good();
        change(&mut concert);
        concert
    };
    for (unfit, concert) in [
        (Unfit::Text, with(&|c| c.title.clear())),
        (Unfit::Text, with(&|c| c.title = "가".repeat(101))),
        (Unfit::Text, with(&|c| c.description = "가".repeat(4001))),
        (Unfit::PerformanceCount, with(&|c| c.performances.clear())),
        (Unfit::PerformanceDays, with(&|c| c.performances.push(c.performances[0].clone()))),
        (
            Unfit::PerformanceDays,
            with(&|c| c.performances.push(performance(NOW, NOW.after(500 * DAY)))),
        ),
        (
            Unfit::PerformanceDays,
            with(&|c| c.performances = vec![performance(UtcMs(-DAY), UtcMs(0))]),
        ),
        (Unfit::Grades, with(&|c| c.grades.clear())),
        (Unfit::Grades, with(&|c| c.grades.push(grade("R", 1)))),
        (Unfit::Price, with(&|c| c.grades[0].price_won = 10_000_001)),
        (Unfit::Performers, with(&|c| c.performers = vec![one, one])),
        (Unfit::OpeningPeriod, with(&|c| c.performances[0].opening.closes_at = NOW)),
        (Unfit::OpeningPeriod, with(&|c| c.performances[0].starts_at = NOW.after(1))),
        (Unfit::OpeningNumbers, with(&|c| c.performances[0].opening.rivals = 1_000_001)),
        (Unfit::OpeningNumbers, with(&|c| c.performances[0].opening.seats_per_person = 0)),
    ] {
        let refused = catalogue.add_concerts(&[good(), concert]).await;
        assert!(matches!(refused, Err(CatalogueError::Unfit(why)) if why == unfit), "{unfit:?}");
    }
    let missing = with(&|c| c.performers = vec![catalogue::PerformerId(99)]);
    let refused = catalogue.add_concerts(&[missing]).await;
    assert!(matches!(refused, Err(CatalogueError::Missing("performer"))));
    assert_eq!(catalogue.on_sale(NOW, &all()).await.unwrap().rows.len(), 0);
    add(&catalogue, good()).await;
}

pub(crate) async fn k4_o46_tables_are_made_once_and_those_of_a_later_version_are_left_alone(
    given: Given,
) {
    let first = given.open().await;
    let kept = simple(&first).await;
    first.close().await.unwrap();
    let second = given.open().await;
    assert!(second.concert(kept.id).await.unwrap().is_some());
    second.close().await.unwrap();
    let beside = given.beside().await;
    // Each step was taken once, in the order of its number.
    let steps = beside.read("SELECT CAST(number AS TEXT) FROM migrations ORDER BY number").await;
    let expected: Vec<String> = (1..=steps.lines().count()).map(|step| step.to_string()).collect();
    assert_eq!(steps.lines().collect::<Vec<_>>(), expected);
    assert!(expected.len() >= 4, "{steps}");
    beside.run("INSERT INTO migrations (number, name) VALUES (4711, 'later')").await.unwrap();
    let refused = Catalogue::open(given.options()).await;
    assert!(matches!(refused, Err(CatalogueError::NewerTables { number: 4711 })));
    let concerts = "SELECT CAST(COUNT(*) AS TEXT) FROM concerts";
    assert_eq!(beside.read(concerts).await, "1");
}
