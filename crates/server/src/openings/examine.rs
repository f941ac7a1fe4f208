//! Examining: compares what the catalogue shows of sales with their logs, and looks through the ledger of points. Rule M15.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::{
    BookingNumber, Catalogue, KeptBooking, LogSeq, PaymentNumber, PointsFault, SaleEvent,
    SaleNumber,
};
use journal::{BoxError, Log, Seq, Store};
use practice::Header;

use super::outcomes::{read_outcomes, sale_events};
use super::places::Places;

/// Something in the catalogue that does not fit the journal, or itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShowsFault {
    /// The ledger of points is damaged.
    #[error("the ledger of points: {0}")]
    Points(PointsFault),
    /// The catalogue shows another booking than the log has, or one that only one of them has.
    #[error("race {:016x}: the catalogue does not show booking {} as the log has it", sale.0, booking.0)]
    Booking {
        /// Of which sale.
        sale: SaleNumber,
        /// Which.
        booking: BookingNumber,
    },
    /// The catalogue was told more than the log has.
    #[error("race {:016x}: the catalogue was told more than the log has", sale.0)]
    Ahead {
        /// Of which sale.
        sale: SaleNumber,
    },
    /// A payment is neither booked nor returned, and its sale is over.
    #[error("race {:016x}: payment {} is neither booked nor returned, and the sale is over", sale.0, payment.0)]
    Pending {
        /// Of which sale.
        sale: SaleNumber,
        /// Which.
        payment: PaymentNumber,
    },
}

/// What a log says of its sale.
struct Told {
    /// The bookings as the catalogue should show them.
    bookings: BTreeMap<BookingNumber, KeptBooking>,
    /// The payments that led to a booking, also where the catalogue was not told yet.
    booked: BTreeSet<PaymentNumber>,
    is_closed: bool,
    last: LogSeq,
}

/// Looks through the catalogue and the journal of a folder that no server runs on. Changes nothing.
///
/// # Errors
///
/// What keeps a log or the catalogue from being read.
pub async fn examine_folder(
    store: &mut (impl Store + Send),
    catalogue: &Catalogue,
) -> Result<Vec<ShowsFault>, BoxError> {
    let faults = catalogue.points_faults().await?;
    let mut faults: Vec<ShowsFault> = faults.into_iter().map(ShowsFault::Points).collect();
    let mut pending: BTreeMap<SaleNumber, Vec<PaymentNumber>> = BTreeMap::new();
    let mut after = None;
    loop {
        let page = catalogue.pending_payments(after).await?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        for one in page {
            pending.entry(one.sale).or_default().push(one.payment);
        }
    }
    for id in store.sales()? {
        let sale = SaleNumber(id.0);
        // What cannot be read of a race is told by whoever looks at the journal.
        let Ok(header) = Log::header_of(store, id) else { continue };
        let is_opening = Header::decode(&header).is_ok_and(|it| it.about.performance.is_some());
        if !is_opening || catalogue.opening_of(sale).await?.is_none() {
            continue;
        }
        let through = catalogue.checkpoint(sale).await?;
        let told = read_told(store, sale, &Places::of_header(&header)?, through)?;
        compare(&mut faults, sale, through, &told, &catalogue.bookings_of(sale).await?);
        let waiting = pending.remove(&sale).unwrap_or_default();
        let is_over = |payment: &PaymentNumber| told.is_closed && !told.booked.contains(payment);
        let over = waiting.into_iter().filter(is_over);
        faults.extend(over.map(|payment| ShowsFault::Pending { sale, payment }));
    }
    // No sale of the journal will ever book these.
    for (sale, payments) in pending {
        faults.extend(payments.into_iter().map(|payment| ShowsFault::Pending { sale, payment }));
    }
    Ok(faults)
}

fn read_told(
    store: &mut (impl Store + ?Sized),
    sale: SaleNumber,
    places: &Places,
    through: Option<LogSeq>,
) -> Result<Told, BoxError> {
    let (outcomes, last) = read_outcomes(store, journal::SaleId(sale.0), Seq::NONE, usize::MAX)?;
    let mut told = Told {
        bookings: BTreeMap::new(),
        booked: BTreeSet::new(),
        is_closed: false,
        last: LogSeq(last.0),
    };
    for one in &outcomes {
        let (seq, events) = sale_events(one, places, catalogue::UtcMs(0));
        let is_told = Some(seq) <= through;
        for event in events {
            tell(&mut told, event, is_told);
        }
    }
    Ok(told)
}

fn tell(told: &mut Told, event: SaleEvent, is_told: bool) {
    match event {
        SaleEvent::Booked(booked) => {
            told.booked.extend(booked.payment);
            let mut seats: Vec<u32> = booked.seats.iter().map(|seat| seat.seat).collect();
            seats.sort_unstable();
            let (total_won, payment) = (booked.total_won, booked.payment);
            let kept = KeptBooking { total_won, refunded_won: None, payment, seats };
            if is_told {
                told.bookings.insert(booked.booking, kept);
            }
        }
        SaleEvent::Cancelled { booking, refunded_won, .. } => {
            if let Some(kept) = told.bookings.get_mut(&booking).filter(|_| is_told) {
                kept.refunded_won = Some(refunded_won);
            }
        }
        SaleEvent::Ended { .. } => told.is_closed = true,
    }
}

fn compare(
    faults: &mut Vec<ShowsFault>,
    sale: SaleNumber,
    through: Option<LogSeq>,
    told: &Told,
    shown: &BTreeMap<BookingNumber, KeptBooking>,
) {
    if through.is_some_and(|through| told.last < through) {
        faults.push(ShowsFault::Ahead { sale });
    }
    let numbers: BTreeSet<&BookingNumber> = told.bookings.keys().chain(shown.keys()).collect();
    for booking in numbers {
        if told.bookings.get(booking) != shown.get(booking) {
            faults.push(ShowsFault::Booking { sale, booking: *booking });
        }
    }
}
