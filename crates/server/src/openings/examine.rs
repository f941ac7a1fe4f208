//! Examining: compares what the catalogue shows of sales with their logs, and looks through the ledger of points. Rule M15.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use catalogue::{
    BookingNumber, Catalogue, CatalogueError, GuestKey, KeptBooking, LogSeq, PaymentNumber,
    PointsFault, SaleEvent, SaleNumber,
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
    /// The catalogue shows bookings of a sale that has no log.
    #[error("race {:016x}: the catalogue shows bookings, and there is no log of the sale", sale.0)]
    NoLog {
        /// Of which sale.
        sale: SaleNumber,
    },
    /// A payment was given back, and the log of its sale has a booking for it.
    #[error("race {:016x}: payment {} was given back though its booking holds", sale.0, payment.0)]
    Returned {
        /// Of which sale.
        sale: SaleNumber,
        /// Which.
        payment: PaymentNumber,
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
    /// Who paid for each.
    guests: BTreeMap<BookingNumber, GuestKey>,
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
    let mut pending = pending(catalogue).await?;
    let mut shown: BTreeSet<SaleNumber> =
        catalogue.sales_with_bookings().await?.into_iter().collect();
    for id in store.sales()? {
        let sale = SaleNumber(id.0);
        shown.remove(&sale);
        // What cannot be read of a race is told by whoever looks at the journal.
        let Ok(header) = Log::header_of(store, id) else { continue };
        let is_opening = Header::decode(&header).is_ok_and(|it| it.about.performance.is_some());
        if !is_opening || catalogue.opening_of(sale).await?.is_none() {
            continue;
        }
        let through = catalogue.checkpoint(sale).await?;
        let told =
            Places::of_header(&header).and_then(|places| read_told(store, sale, &places, through));
        let Ok(mut told) = told else { continue };
        told.name_people(catalogue).await?;
        compare(&mut faults, sale, through, &told, &catalogue.bookings_of(sale).await?);
        let returned = catalogue.returned_payments(sale).await?.into_iter();
        let returned = returned.filter(|payment| told.booked.contains(payment));
        faults.extend(returned.map(|payment| ShowsFault::Returned { sale, payment }));
        let waiting = pending.remove(&sale).unwrap_or_default();
        let is_over = |payment: &PaymentNumber| told.is_closed && !told.booked.contains(payment);
        let over = waiting.into_iter().filter(is_over);
        faults.extend(over.map(|payment| ShowsFault::Pending { sale, payment }));
    }
    faults.extend(shown.into_iter().map(|sale| ShowsFault::NoLog { sale }));
    // No sale of the journal will ever book these.
    for (sale, payments) in pending {
        faults.extend(payments.into_iter().map(|payment| ShowsFault::Pending { sale, payment }));
    }
    Ok(faults)
}

/// The payments that are neither booked nor returned, by their sales.
async fn pending(
    catalogue: &Catalogue,
) -> Result<BTreeMap<SaleNumber, Vec<PaymentNumber>>, CatalogueError> {
    let mut pending: BTreeMap<SaleNumber, Vec<PaymentNumber>> = BTreeMap::new();
    let mut after = None;
    loop {
        let page = catalogue.pending_payments(after).await?;
        let Some(last) = page.last() else { return Ok(pending) };
        after = Some(*last);
        for one in page {
            pending.entry(one.sale).or_default().push(one.payment);
        }
    }
}

impl Told {
    /// Says whose each booking is by now.
    async fn name_people(&mut self, catalogue: &Catalogue) -> Result<(), CatalogueError> {
        let mut known = HashMap::new();
        for (number, kept) in &mut self.bookings {
            let Some(guest) = self.guests.get(number) else { continue };
            if !known.contains_key(guest) {
                known.insert(*guest, catalogue.person(*guest).await?);
            }
            kept.person = known[guest];
        }
        Ok(())
    }
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
        guests: BTreeMap::new(),
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
            let kept = KeptBooking {
                person: None,
                booked_at: booked.at,
                cancelled_at: None,
                total_won: booked.total_won,
                refunded_won: None,
                payment: booked.payment,
                live_seats: seats.clone(),
                seats,
            };
            if is_told {
                told.bookings.insert(booked.booking, kept);
                told.guests.insert(booked.booking, booked.guest);
            }
        }
        SaleEvent::Cancelled { booking, refunded_won, at } => {
            if let Some(kept) = told.bookings.get_mut(&booking).filter(|_| is_told) {
                kept.refunded_won = Some(refunded_won);
                // The clock may have been set back in between; the catalogue shows no cancel before its booking.
                kept.cancelled_at = Some(at.max(kept.booked_at));
                kept.live_seats.clear();
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
