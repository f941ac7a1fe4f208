//! Points: the ledger and the payments of sales.

use std::collections::BTreeMap;

use catalogue::limits::WELCOME_WON;
use catalogue::{
    Applied, BookingNumber, Catalogue, CatalogueError, Cause, Debit, GivenBack, GuestKey, LogSeq,
    NewPayment, PaymentNumber, PersonId, PointsFault, SaleEvent, SaleNumber, Unfit,
};
use sale::random::Stream;

use crate::given::*;
use crate::projection::{SALE, booked, under_way};

/// A person with points.
pub(crate) async fn rich(catalogue: &Catalogue, guest: u128) -> PersonId {
    let person = catalogue.take_in(GuestKey(guest), NOW).await.unwrap();
    assert!(catalogue.welcome(person, NOW).await.unwrap());
    person
}

pub(crate) fn payment(person: PersonId, payment: u32, total_won: u64) -> NewPayment {
    NewPayment { sale: SALE, payment: PaymentNumber(payment), person, total_won }
}

/// A booking of one seat for 167,000 won that was paid with points.
pub(crate) fn paid(booking: u32, guest: u128, seat: u32, payment: u32) -> SaleEvent {
    let SaleEvent::Booked(mut event) = booked(booking, guest, &[seat]) else { unreachable!() };
    event.payment = Some(PaymentNumber(payment));
    SaleEvent::Booked(event)
}

pub(crate) fn cancelled(booking: u32, refunded_won: u64) -> SaleEvent {
    let at = NOW.after(i64::from(booking) + 1000);
    SaleEvent::Cancelled { booking: BookingNumber(booking), at, refunded_won }
}

/// What a booking of one seat costs.
pub(crate) const SEAT_WON: u64 = 167_000;

async fn sees_no_fault(catalogue: &Catalogue) {
    assert_eq!(catalogue.points_faults().await.unwrap(), []);
}

pub(crate) async fn m1_a_person_is_welcomed_with_points_once(given: Given) {
    let catalogue = given.open().await;
    let person = catalogue.take_in(GuestKey(1), NOW).await.unwrap();
    assert_eq!(catalogue.balance(person).await.unwrap(), 0);
    let welcomes: Vec<_> = (0..8)
        .map(|_| {
            let catalogue = catalogue.clone();
            tokio::spawn(async move { catalogue.welcome(person, NOW).await })
        })
        .collect();
    let mut count = 0;
    for welcome in welcomes {
        count += u32::from(welcome.await.unwrap().unwrap());
    }
    assert_eq!((count, catalogue.balance(person).await.unwrap()), (1, 10_000_000));
    let nobody = catalogue.welcome(PersonId(4711), NOW).await;
    assert!(matches!(nobody, Err(CatalogueError::Missing("person"))));
    let beside = given.beside().await;
    let twice = format!(
        "INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause)
         VALUES ({person}, 2, 0, 10, 10000010, 'welcome')"
    );
    beside.refuses(&twice).await;
    sees_no_fault(&catalogue).await;
}

/// A person with four entries: the welcome, two debits, and what came back of the second one. A third payment has no entry, so
/// that nothing but the rule under test stands in the way of a change.
async fn with_three_payments(catalogue: &Catalogue, beside: &Beside) -> PersonId {
    under_way(catalogue).await;
    let person = rich(catalogue, 5).await;
    catalogue.debit(payment(person, 1, SEAT_WON), NOW).await.unwrap();
    catalogue.debit(payment(person, 2, SEAT_WON), NOW).await.unwrap();
    catalogue.give_back(SALE, PaymentNumber(2), NOW).await.unwrap();
    let third = format!(
        "INSERT INTO payments (sale, payment, person, begun_at_ms, total_won, state)
         VALUES ({}, 3, {person}, 0, 5, 'debited')",
        SALE.0.cast_signed()
    );
    beside.run(&third).await.unwrap();
    person
}

pub(crate) async fn m2_the_database_keeps_the_ledger_as_it_is(given: Given) {
    let (catalogue, beside) = (given.open().await, given.beside().await);
    with_three_payments(&catalogue, &beside).await;
    for sql in [
        "UPDATE points SET balance_won = balance_won + 1",
        "UPDATE points SET at_ms = 5",
        "DELETE FROM points",
        "DELETE FROM points WHERE cause = 'payment'",
        "TRUNCATE points",
        "DELETE FROM payments",
        "DELETE FROM payments WHERE payment = 3",
        "UPDATE payments SET total_won = 1 WHERE payment = 1",
        "UPDATE payments SET begun_at_ms = 5 WHERE payment = 1",
        "UPDATE payments SET sale = sale + 1 WHERE payment = 3",
        "UPDATE payments SET payment = 4 WHERE payment = 3",
        "UPDATE payments SET person = person + 1 WHERE payment = 1",
        "UPDATE payments SET state = 'booked', booking = 1 WHERE payment = 2",
        "UPDATE payments SET state = 'debited' WHERE payment = 2",
        "UPDATE payments SET state = 'booked' WHERE payment = 1",
        "UPDATE payments SET state = 'lost' WHERE payment = 1",
    ] {
        beside.refuses(sql).await;
    }
    // What is booked stays so, and a booking has one payment.
    beside
        .run("UPDATE payments SET state = 'booked', booking = 7 WHERE payment = 1")
        .await
        .unwrap();
    for sql in [
        "UPDATE payments SET state = 'returned', booking = NULL WHERE payment = 1",
        "UPDATE payments SET booking = 8 WHERE payment = 1",
        "UPDATE payments SET state = 'booked', booking = 7 WHERE payment = 3",
    ] {
        beside.refuses(sql).await;
    }
    beside
        .run("UPDATE payments SET state = 'booked', booking = 8 WHERE payment = 3")
        .await
        .unwrap();
}

pub(crate) async fn m2_the_database_takes_no_entry_that_does_not_follow(given: Given) {
    let (catalogue, beside) = (given.open().await, given.beside().await);
    let person = with_three_payments(&catalogue, &beside).await;
    let other = catalogue.take_in(GuestKey(6), NOW).await.unwrap();
    let sale = SALE.0.cast_signed();
    let entry = |number: i64, amount: i64, balance: i64, cause: &str, payment: i64| {
        format!(
            "INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause, sale, payment)
             VALUES ({person}, {number}, 0, {amount}, {balance}, '{cause}', {sale}, {payment})"
        )
    };
    let has = 10_000_000 - 167_000;
    for sql in [
        // A gap, a number that is taken, a balance that does not follow, one below zero.
        entry(6, 5, has + 5, "cancelled", 1),
        entry(4, 5, has + 5, "cancelled", 1),
        entry(5, 5, has + 6, "cancelled", 1),
        entry(5, -has - 1, -1, "payment", 3),
        // A second debit, a second credit, a credit that takes, a debit that gives, a cause that nobody knows, a payment
        // that never was, a welcome for a payment.
        entry(5, -5, has - 5, "payment", 1),
        entry(5, 5, has + 5, "payment-returned", 2),
        entry(5, -5, has - 5, "cancelled", 3),
        entry(5, 5, has + 5, "payment", 3),
        entry(5, 5, has + 5, "present", 3),
        entry(5, 5, has + 5, "cancelled", 9),
        entry(5, 5, has + 5, "welcome", 3),
        // A first entry that is not the first, and a credit for no payment.
        format!(
            "INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause)
             VALUES ({other}, 2, 0, 5, 5, 'welcome')"
        ),
        format!(
            "INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause)
             VALUES ({person}, 5, 0, 5, {}, 'cancelled')",
            has + 5
        ),
    ] {
        beside.refuses(&sql).await;
    }
    assert_eq!(catalogue.balance(person).await.unwrap().cast_signed(), has);
    beside.run(&entry(5, 5, has + 5, "cancelled", 1)).await.unwrap();
    beside.refuses(&entry(6, 5, has + 10, "cancelled", 1)).await;
}

pub(crate) async fn m3_a_payment_is_debited_once_and_only_if_the_balance_covers_it(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let person = rich(&catalogue, 5).await;
    for _ in 0..3 {
        let debit = catalogue.debit(payment(person, 1, 9_900_000), NOW).await.unwrap();
        assert_eq!(debit, Debit::Debited);
    }
    assert_eq!(catalogue.balance(person).await.unwrap(), 100_000);
    let short = catalogue.debit(payment(person, 2, 100_001), NOW).await.unwrap();
    assert_eq!(short, Debit::Short { balance_won: 100_000 });
    assert_eq!(catalogue.points(person, &all()).await.unwrap().rows.len(), 2);
    // What was too much before is debited when the balance covers it.
    catalogue.give_back(SALE, PaymentNumber(1), NOW).await.unwrap();
    let debit = catalogue.debit(payment(person, 2, 100_001), NOW).await.unwrap();
    assert_eq!(debit, Debit::Debited);
    assert_eq!(
        catalogue.debit(payment(person, 3, 9_899_999), NOW).await.unwrap(),
        Debit::Debited,
        "to the last point"
    );
    assert_eq!(catalogue.balance(person).await.unwrap(), 0);
    assert_eq!(catalogue.debit(payment(person, 4, 0), NOW).await.unwrap(), Debit::Debited);
    let other = catalogue.take_in(GuestKey(6), NOW).await.unwrap();
    for wrong in [payment(person, 3, 1), payment(other, 3, 9_899_999)] {
        let refused = catalogue.debit(wrong, NOW).await;
        assert!(matches!(refused, Err(CatalogueError::Unfit(Unfit::Payment))));
    }
    let refused = catalogue.debit(payment(PersonId(4711), 9, 0), NOW).await;
    assert!(matches!(refused, Err(CatalogueError::Missing("person"))));
    sees_no_fault(&catalogue).await;
}

pub(crate) async fn m4_a_payment_ends_booked_or_returned_and_never_both(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let person = rich(&catalogue, 5).await;
    for number in 1..=3 {
        catalogue.debit(payment(person, number, SEAT_WON), NOW.after(number.into())).await.unwrap();
    }
    let pending = catalogue.pending_payments(None).await.unwrap();
    assert_eq!(pending.iter().map(|one| one.payment.0).collect::<Vec<_>>(), [1, 2, 3]);
    let behind = catalogue.pending_payments(Some(pending[1])).await.unwrap();
    assert_eq!(behind, pending[2..]);
    catalogue.apply(SALE, LogSeq(1), &[paid(0, 5, 10, 1)]).await.unwrap();
    let give_back =
        async |number: u32| catalogue.give_back(SALE, PaymentNumber(number), NOW).await.unwrap();
    assert_eq!(give_back(1).await, GivenBack::Booked);
    assert_eq!(give_back(2).await, GivenBack::Now);
    assert_eq!(give_back(2).await, GivenBack::Before);
    assert_eq!(give_back(9).await, GivenBack::Never);
    let again = catalogue.debit(payment(person, 2, SEAT_WON), NOW).await.unwrap();
    assert_eq!(again, Debit::Returned);
    assert_eq!(catalogue.balance(person).await.unwrap(), WELCOME_WON - 2 * SEAT_WON);
    assert_eq!(catalogue.pending_payments(None).await.unwrap(), pending[2..]);
    let booking = catalogue.bookings(person, &all()).await.unwrap().rows.remove(0);
    assert_eq!(booking.payment, Some(PaymentNumber(1)));
    sees_no_fault(&catalogue).await;
}

pub(crate) async fn m5_a_cancel_credits_its_refund_once_however_often_it_is_told(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let person = rich(&catalogue, 5).await;
    for number in 1..=3 {
        catalogue.debit(payment(person, number, SEAT_WON), NOW).await.unwrap();
    }
    let batches = vec![
        (LogSeq(1), vec![paid(0, 5, 10, 1), booked(1, 5, &[11]), paid(2, 5, 12, 2)]),
        (LogSeq(2), vec![cancelled(0, 150_000), cancelled(1, 167_000)]),
        (LogSeq(4), vec![cancelled(2, 0)]),
    ];
    for (seq, events) in &batches {
        assert_eq!(catalogue.apply(SALE, *seq, events).await.unwrap(), Applied::Now);
        assert_eq!(catalogue.apply(SALE, *seq, events).await.unwrap(), Applied::Before);
    }
    let has = WELCOME_WON - 3 * SEAT_WON + 150_000;
    assert_eq!(
        catalogue.balance(person).await.unwrap(),
        has,
        "a booking from the purse gives no points back"
    );
    let ledger = catalogue.points(person, &all()).await.unwrap();
    for _ in 0..2 {
        catalogue.rebuild(SALE, batches.clone()).await.unwrap();
        assert_eq!(catalogue.points(person, &all()).await.unwrap(), ledger);
        sees_no_fault(&catalogue).await;
    }
    catalogue.rebuild(SALE, []).await.unwrap();
    for (seq, events) in &batches {
        catalogue.apply(SALE, *seq, events).await.unwrap();
    }
    assert_eq!(catalogue.points(person, &all()).await.unwrap(), ledger);
    assert_eq!(catalogue.give_back(SALE, PaymentNumber(3), NOW).await.unwrap(), GivenBack::Now);
    assert_eq!(catalogue.balance(person).await.unwrap(), has + SEAT_WON);
}

/// Forty payments of one person, each asked for twice at once; some are booked, some given back, some cancelled, while the
/// same is told of the sale twice.
pub(crate) async fn m6_many_at_once_neither_make_nor_lose_money(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let person = rich(&catalogue, 5).await;
    let mut tasks = Vec::new();
    for number in 0..40 {
        for _ in 0..2 {
            let catalogue = catalogue.clone();
            tasks.push(tokio::spawn(async move {
                let debit = catalogue.debit(payment(person, number, 300_000), NOW).await.unwrap();
                if debit == Debit::Debited && number % 2 == 1 {
                    catalogue.give_back(SALE, PaymentNumber(number), NOW).await.unwrap();
                }
            }));
        }
    }
    for task in tasks {
        task.await.unwrap();
    }
    let pending = catalogue.pending_payments(None).await.unwrap();
    let has = catalogue.balance(person).await.unwrap();
    assert_eq!(has + 300_000 * pending.len() as u64, WELCOME_WON);
    assert!(pending.iter().all(|one| one.payment.0 % 2 == 0), "{pending:?}");
    let booking = |number: u32| {
        let SaleEvent::Booked(mut event) = paid(number, 5, number, number) else { unreachable!() };
        event.total_won = 300_000;
        SaleEvent::Booked(event)
    };
    let mut tasks = Vec::new();
    for (index, one) in (0_u64..).zip(pending.iter().map(|one| one.payment.0)) {
        for _ in 0..2 {
            let catalogue = catalogue.clone();
            let seq = LogSeq(index * 2 + 1);
            // The news of a sale comes in order, whoever tells it.
            tasks.push(async move {
                catalogue.apply(SALE, seq, &[booking(one)]).await.unwrap();
                let later = LogSeq(seq.0 + 1);
                catalogue.apply(SALE, later, &[cancelled(one, 290_000)]).await.unwrap();
            });
        }
    }
    let mut debits = Vec::new();
    for number in 100..120 {
        let catalogue = catalogue.clone();
        debits.push(tokio::spawn(async move {
            catalogue.debit(payment(person, number, 1_000), NOW).await.unwrap()
        }));
    }
    for task in tasks {
        task.await;
    }
    let mut debited = 0;
    for debit in debits {
        debited += u64::from(debit.await.unwrap() == Debit::Debited);
    }
    let lost = 10_000 * pending.len() as u64 + 1_000 * debited;
    assert_eq!(catalogue.balance(person).await.unwrap(), WELCOME_WON - lost);
    sees_no_fault(&catalogue).await;
}

/// What the ledger must say, kept without a database.
#[derive(Default)]
struct Model {
    balances: BTreeMap<i64, i64>,
    payments: BTreeMap<u32, Paid>,
    told: Vec<(LogSeq, Vec<SaleEvent>)>,
}

#[derive(Clone, Copy)]
struct Paid {
    person: PersonId,
    guest: u128,
    end: End,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Pending,
    Returned,
    Booked,
    Cancelled,
}

impl Model {
    fn change(&mut self, person: PersonId, amount: u64, sign: i64) {
        *self.balances.entry(person.0).or_insert(10_000_000) += sign * amount.cast_signed();
    }

    async fn tell(&mut self, catalogue: &Catalogue, event: SaleEvent) {
        let seq = LogSeq(self.told.len() as u64 + 1);
        catalogue.apply(SALE, seq, std::slice::from_ref(&event)).await.unwrap();
        self.told.push((seq, vec![event]));
    }

    async fn agrees(&self, catalogue: &Catalogue, person: PersonId, step: u64) {
        let expected = self.balances.get(&person.0).copied().unwrap_or(10_000_000);
        let has = catalogue.balance(person).await.unwrap().cast_signed();
        assert_eq!(has, expected, "seed 13, step {step}");
    }
}

pub(crate) async fn m6_random_histories_agree_with_a_simple_model(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let mut people = Vec::new();
    for guest in 1..=3_u128 {
        people.push((guest, rich(&catalogue, guest).await));
    }
    let draw = Stream::new(13, 1, 0);
    let mut model = Model::default();
    for step in 0..300_u64 {
        let pick = |position: u64, count: u64| draw.below(step * 8 + position, count);
        let number = u32::try_from(pick(1, 90)).unwrap();
        let (guest, person) = people[usize::try_from(pick(2, 3)).unwrap()];
        let known = model.payments.get(&number).copied();
        match (pick(0, 6), known) {
            (0..=1, None) => {
                let has = model.balances.get(&person.0).copied().unwrap_or(10_000_000);
                let debit = catalogue.debit(payment(person, number, SEAT_WON), NOW).await.unwrap();
                if debit == Debit::Debited {
                    model.change(person, SEAT_WON, -1);
                    let end = End::Pending;
                    model.payments.insert(number, Paid { person, guest, end });
                } else {
                    assert!(has < SEAT_WON.cast_signed(), "seed 13, step {step}");
                }
            }
            (0..=1, Some(paid)) => {
                let again = payment(paid.person, number, SEAT_WON);
                let debit = catalogue.debit(again, NOW).await.unwrap();
                assert_eq!(debit == Debit::Returned, paid.end == End::Returned, "step {step}");
            }
            (2, Some(before)) => {
                let back = catalogue.give_back(SALE, PaymentNumber(number), NOW).await.unwrap();
                let expected = match before.end {
                    End::Pending => GivenBack::Now,
                    End::Returned => GivenBack::Before,
                    End::Booked | End::Cancelled => GivenBack::Booked,
                };
                assert_eq!(back, expected, "seed 13, step {step}");
                if back == GivenBack::Now {
                    model.change(before.person, SEAT_WON, 1);
                    model.payments.insert(number, Paid { end: End::Returned, ..before });
                }
            }
            (3, Some(before)) if before.end == End::Pending => {
                model.tell(&catalogue, paid(number, before.guest, number, number)).await;
                model.payments.insert(number, Paid { end: End::Booked, ..before });
            }
            (4, Some(before)) if before.end == End::Booked => {
                let refund = pick(3, SEAT_WON + 1);
                model.tell(&catalogue, cancelled(number, refund)).await;
                model.change(before.person, refund, 1);
                model.payments.insert(number, Paid { end: End::Cancelled, ..before });
            }
            (5, _) if pick(4, 8) == 0 => {
                catalogue.rebuild(SALE, model.told.clone()).await.unwrap();
            }
            _ => {}
        }
        for (_, person) in &people {
            model.agrees(&catalogue, *person, step).await;
        }
    }
    sees_no_fault(&catalogue).await;
    let ends: Vec<End> = model.payments.values().map(|paid| paid.end).collect();
    for end in [End::Pending, End::Returned, End::Booked, End::Cancelled] {
        assert!(ends.contains(&end), "the history has every kind of end");
    }
}

pub(crate) async fn m7_the_ledger_is_paged_the_newest_entry_first(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let person = rich(&catalogue, 5).await;
    for number in 1..=4 {
        catalogue.debit(payment(person, number, SEAT_WON), NOW).await.unwrap();
    }
    catalogue.apply(SALE, LogSeq(1), &[paid(7, 5, 10, 4)]).await.unwrap();
    let first = catalogue.points(person, &rows(3, None)).await.unwrap();
    let newest = &first.rows[0];
    assert_eq!((newest.number, newest.cause, newest.amount_won), (5, Cause::Payment, -167_000));
    assert_eq!((newest.sale, newest.booking), (Some(SALE), Some(BookingNumber(7))));
    assert_eq!(newest.concert.as_deref(), Some("겨울 바다"));
    let second = catalogue.points(person, &rows(3, first.next.clone())).await.unwrap();
    let numbers: Vec<u64> =
        first.rows.iter().chain(&second.rows).map(|entry| entry.number).collect();
    assert_eq!((numbers, second.next), (vec![5, 4, 3, 2, 1], None));
    let welcome = &second.rows[1];
    assert_eq!(
        (welcome.cause, welcome.balance_won, welcome.sale),
        (Cause::Welcome, WELCOME_WON, None)
    );
    let other = rich(&catalogue, 6).await;
    assert!(catalogue.points(other, &rows(3, first.next)).await.is_err());
    assert_eq!(catalogue.points(other, &all()).await.unwrap().rows.len(), 1, "nobody else's");
    // A sale that the catalogue knows no more leaves its entries in the ledger.
    let gone = NewPayment { sale: SaleNumber(77), ..payment(person, 1, 10) };
    catalogue.debit(gone, NOW).await.unwrap();
    let newest = catalogue.points(person, &rows(1, None)).await.unwrap().rows.remove(0);
    assert_eq!((newest.concert, newest.amount_won), (None, -10));
}

/// A ledger with a payment of each kind: booked, booked and cancelled, pending, returned. Booking 2 was paid from the purse.
/// Nothing in the database protects it. Returns the person.
async fn unprotected(catalogue: &Catalogue, beside: &Beside) -> PersonId {
    under_way(catalogue).await;
    let person = rich(catalogue, 5).await;
    for number in 1..=4 {
        catalogue.debit(payment(person, number, SEAT_WON), NOW).await.unwrap();
    }
    let events = [paid(0, 5, 10, 1), paid(1, 5, 11, 2), booked(2, 5, &[12])];
    catalogue.apply(SALE, LogSeq(1), &events).await.unwrap();
    catalogue.apply(SALE, LogSeq(2), &[cancelled(1, 160_000)]).await.unwrap();
    catalogue.give_back(SALE, PaymentNumber(4), NOW).await.unwrap();
    sees_no_fault(catalogue).await;
    without_triggers(beside).await;
    person
}

/// Damages the ledger, compares what an examination finds, and mends it.
async fn finds(
    catalogue: &Catalogue,
    beside: &Beside,
    damage: &str,
    mend: &str,
    expected: &[PointsFault],
) {
    beside.run(damage).await.unwrap();
    assert_eq!(catalogue.points_faults().await.unwrap(), expected, "{damage}");
    beside.run(mend).await.unwrap();
    sees_no_fault(catalogue).await;
}

fn entries(number: u32) -> PointsFault {
    PointsFault::Entries { sale: SALE, payment: PaymentNumber(number) }
}

fn booking(number: u32) -> PointsFault {
    PointsFault::Booking { sale: SALE, booking: BookingNumber(number) }
}

pub(crate) async fn m8_entries_that_do_not_follow_or_are_of_somebody_else_are_found(given: Given) {
    let (catalogue, beside) = (given.open().await, given.beside().await);
    let person = unprotected(&catalogue, &beside).await;
    let follows = |number| PointsFault::Follows { person, number };
    let other = rich(&catalogue, 6).await;
    let foreign = format!(
        "INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause, sale, payment)
         VALUES ({other}, 2, 0, 5, 10000005, 'cancelled', {}, 1)",
        SALE.0.cast_signed()
    );
    for (damage, mend, expected) in [
        // A balance, an amount and a number that do not follow.
        (
            "UPDATE points SET balance_won = balance_won + 1 WHERE number = 3",
            "UPDATE points SET balance_won = balance_won - 1 WHERE number = 3",
            vec![follows(3), follows(4)],
        ),
        (
            "UPDATE points SET number = 9 WHERE number = 7",
            "UPDATE points SET number = 7 WHERE number = 9",
            vec![follows(9)],
        ),
        // Entries of somebody else.
        (
            "UPDATE payments SET person = person + 1 WHERE payment = 3",
            "UPDATE payments SET person = person - 1 WHERE payment = 3",
            vec![entries(3)],
        ),
        (
            foreign.as_str(),
            "DELETE FROM points WHERE payment = 1 AND cause = 'cancelled'",
            vec![entries(1), booking(0)],
        ),
    ] {
        finds(&catalogue, &beside, damage, mend, &expected).await;
    }
}

pub(crate) async fn m8_payments_whose_entries_do_not_fit_are_found(given: Given) {
    let (catalogue, beside) = (given.open().await, given.beside().await);
    let person = unprotected(&catalogue, &beside).await;
    let follows = |number| PointsFault::Follows { person, number };
    for (damage, mend, expected) in [
        // A payment that has no credit and says that it was returned, and one whose debit was of another sum.
        (
            "UPDATE payments SET state = 'returned' WHERE payment = 3",
            "UPDATE payments SET state = 'debited' WHERE payment = 3",
            vec![entries(3)],
        ),
        (
            "UPDATE payments SET total_won = 1 WHERE payment = 3",
            "UPDATE payments SET total_won = 167000 WHERE payment = 3",
            vec![entries(3)],
        ),
        // A payment that has a credit and says that it was not returned, and one of which another sum was.
        (
            "UPDATE payments SET state = 'debited' WHERE payment = 4",
            "UPDATE payments SET state = 'returned' WHERE payment = 4",
            vec![entries(4)],
        ),
        (
            "UPDATE points SET amount_won = amount_won - 1 WHERE cause = 'payment-returned'",
            "UPDATE points SET amount_won = amount_won + 1 WHERE cause = 'payment-returned'",
            vec![follows(7), entries(4)],
        ),
        // A cancel whose credit has another name, is more than was paid, or is of a payment that was not booked.
        (
            "UPDATE points SET cause = 'payment-returned' WHERE cause = 'cancelled'",
            "UPDATE points SET cause = 'cancelled' WHERE payment = 2 AND cause = 'payment-returned'",
            vec![entries(2), booking(1)],
        ),
        (
            "UPDATE points SET amount_won = 167001 WHERE cause = 'cancelled'",
            "UPDATE points SET amount_won = 160000 WHERE cause = 'cancelled'",
            vec![follows(6), entries(2), booking(1)],
        ),
        (
            "UPDATE payments SET state = 'debited', booking = NULL WHERE payment = 2",
            "UPDATE payments SET state = 'booked', booking = 1 WHERE payment = 2",
            vec![entries(2), booking(1)],
        ),
    ] {
        finds(&catalogue, &beside, damage, mend, &expected).await;
    }
}

pub(crate) async fn m8_bookings_and_payments_that_do_not_fit_are_found(given: Given) {
    let (catalogue, beside) = (given.open().await, given.beside().await);
    unprotected(&catalogue, &beside).await;
    for (damage, mend, expected) in [
        // A booking and a payment that do not say the same of each other.
        (
            "UPDATE bookings SET payment = 3 WHERE number = 2",
            "UPDATE bookings SET payment = NULL WHERE number = 2",
            vec![booking(2)],
        ),
        (
            "UPDATE bookings SET payment = 99 WHERE number = 2",
            "UPDATE bookings SET payment = NULL WHERE number = 2",
            vec![booking(2)],
        ),
        (
            "UPDATE bookings SET payment = NULL WHERE number = 0",
            "UPDATE bookings SET payment = 1 WHERE number = 0",
            vec![booking(0)],
        ),
        (
            "UPDATE payments SET booking = 9 WHERE payment = 1",
            "UPDATE payments SET booking = 0 WHERE payment = 1",
            vec![booking(0), booking(9)],
        ),
        (
            "UPDATE bookings SET total_won = 1 WHERE number = 0",
            "UPDATE bookings SET total_won = 167000 WHERE number = 0",
            vec![booking(0)],
        ),
        (
            "UPDATE bookings SET refunded_won = 1 WHERE number = 1",
            "UPDATE bookings SET refunded_won = 160000 WHERE number = 1",
            vec![booking(1)],
        ),
    ] {
        finds(&catalogue, &beside, damage, mend, &expected).await;
    }
}

async fn without_triggers(beside: &Beside) {
    for (trigger, table) in [
        ("points_follow", "points"),
        ("points_stay", "points"),
        ("points_are_kept", "points"),
        ("payments_end_once", "payments"),
        ("payments_are_kept", "payments"),
    ] {
        // Both databases know such a trigger by another sentence, and one has one trigger fewer.
        let sqlite = beside.run(&format!("DROP TRIGGER {trigger}")).await;
        if sqlite.is_err() {
            beside.run(&format!("DROP TRIGGER IF EXISTS {trigger} ON {table}")).await.unwrap();
        }
    }
}
