//! Points: the ledger of what each person has, and the payments of sales. Rules M1 to M7.
//!
//! ```text
//!              ┌─▶ booked ──▶ (cancelled: a credit)
//!  debited ────┤
//!              └─▶ returned   (a credit of the same amount)
//! ```
//!
//! Every entry is one transaction together with what it is for, so a crash leaves both or neither. Nothing here is a
//! projection: what was debited is known to the ledger alone.

mod examine;

use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

pub use self::examine::PointsFault;
use crate::catalogue::{Catalogue, Page, PageQuery};
use crate::cursor::{ListTag, Place};
use crate::days::UtcMs;
use crate::error::{CatalogueError, Unfit};
use crate::limits::{PENDING_ROWS_MAX, WELCOME_WON};
use crate::names::{BookingNumber, PaymentNumber, PersonId, SaleNumber};
use crate::rows::{execute, number, statement};

/// Why the balance of a person changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The person logged in for the first time.
    Welcome,
    /// A payment began.
    Payment,
    /// A payment ended without a booking.
    PaymentReturned,
    /// A booking was cancelled.
    Cancelled,
}

/// A change of a person's balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsEntry {
    /// Its number among the person's entries, from one.
    pub number: u64,
    /// When.
    pub at: UtcMs,
    /// By how much; negative where the person paid.
    pub amount_won: i64,
    /// What the person has from then on.
    pub balance_won: u64,
    /// Why.
    pub cause: Cause,
    /// The sale, unless it is the welcome.
    pub sale: Option<SaleNumber>,
    /// The booking in that sale, if the payment led to one.
    pub booking: Option<BookingNumber>,
    /// The title of the concert, as long as the catalogue has it.
    pub concert: Option<String>,
}

/// A payment that begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPayment {
    /// In which sale.
    pub sale: SaleNumber,
    /// Its number there.
    pub payment: PaymentNumber,
    /// Who pays.
    pub person: PersonId,
    /// How much.
    pub total_won: u64,
}

/// What came of a debit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Debit {
    /// The person has paid, now or when the same was asked before.
    Debited,
    /// The person has too little. Nothing changed.
    Short {
        /// What the person has.
        balance_won: u64,
    },
    /// The payment was debited before and its amount was returned. Nothing changed.
    Returned,
}

/// What came of giving a payment back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenBack {
    /// The person has the amount back.
    Now,
    /// The person had it back before.
    Before,
    /// The payment led to a booking, so nothing is given back.
    Booked,
    /// Nothing was ever debited.
    Never,
}

/// A payment that was debited and is neither booked nor returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PendingPayment {
    /// In which sale.
    pub sale: SaleNumber,
    /// Its number there.
    pub payment: PaymentNumber,
    /// Who paid.
    pub person: PersonId,
    /// How much.
    pub total_won: u64,
    /// When it was debited.
    pub begun_at: UtcMs,
}

/// An entry to append.
pub(crate) struct NewEntry {
    pub(crate) person: i64,
    pub(crate) at: UtcMs,
    pub(crate) amount_won: i64,
    pub(crate) cause: Cause,
    /// The sale and the payment, as the database keeps them.
    pub(crate) payment: Option<(i64, i64)>,
}

#[derive(FromQueryResult)]
struct Last {
    number: i64,
    balance_won: i64,
}

#[derive(FromQueryResult)]
struct PaymentRow {
    person: i64,
    total_won: i64,
    state: String,
}

#[derive(FromQueryResult)]
struct PendingRow {
    sale: i64,
    payment: i64,
    person: i64,
    total_won: i64,
    begun_at_ms: i64,
}

#[derive(FromQueryResult)]
struct EntryRow {
    number: i64,
    at_ms: i64,
    amount_won: i64,
    balance_won: i64,
    cause: String,
    sale: Option<i64>,
    booking: Option<i64>,
    title: Option<String>,
}

impl Catalogue {
    /// Gives a person the points of the first log-in, once. Returns whether it was now.
    ///
    /// # Errors
    /// If there is no such person, or the database fails.
    pub async fn welcome(&self, person: PersonId, now: UtcMs) -> Result<bool, CatalogueError> {
        let transaction = self.begin_write().await?;
        let is_new = welcome_in(&transaction, person, now).await?;
        transaction.commit().await?;
        Ok(is_new)
    }

    /// What a person has; zero before the welcome.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn balance(&self, person: PersonId) -> Result<u64, CatalogueError> {
        Ok(last(self.read(), person.0).await?.map_or(0, |last| last.balance_won.cast_unsigned()))
    }

    /// Takes the amount of a payment from the balance of the person who pays, unless it was taken before.
    ///
    /// # Errors
    /// If there is no such person, the same payment was asked for with another person or amount, or the database fails.
    pub async fn debit(&self, new: NewPayment, now: UtcMs) -> Result<Debit, CatalogueError> {
        let transaction = self.begin_write().await?;
        let debit = debit_in(&transaction, new, now).await?;
        if debit == Debit::Debited {
            transaction.commit().await?;
        }
        Ok(debit)
    }

    /// Returns the amount of a payment that ended without a booking, once. The caller has made sure that the sale
    /// will never book it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn give_back(
        &self,
        sale: SaleNumber,
        payment: PaymentNumber,
        now: UtcMs,
    ) -> Result<GivenBack, CatalogueError> {
        let key = (sale.kept(), i64::from(payment.0));
        let Some(row) = payment_row(self.write(), key).await? else {
            return Ok(GivenBack::Never);
        };
        let transaction = self.begin_write().await?;
        // A person is locked before a payment, everywhere: two who lock both never wait for each other.
        lock(&transaction, row.person).await?;
        let sql = "UPDATE payments SET state = 'returned'
             WHERE sale = $1 AND payment = $2 AND state = 'debited'";
        if execute(&transaction, sql, [key.0.into(), key.1.into()]).await? == 0 {
            let row = payment_row(&transaction, key).await?;
            let is_booked = row.is_some_and(|row| row.state == BOOKED);
            return Ok(if is_booked { GivenBack::Booked } else { GivenBack::Before });
        }
        let entry = NewEntry {
            person: row.person,
            at: now,
            amount_won: row.total_won,
            cause: Cause::PaymentReturned,
            payment: Some(key),
        };
        append(&transaction, entry).await?;
        transaction.commit().await?;
        Ok(GivenBack::Now)
    }

    /// The payments that were debited and are neither booked nor returned, the oldest first, those behind `after`. At most
    /// [`PENDING_ROWS_MAX`].
    ///
    /// # Errors
    /// If the database fails.
    pub async fn pending_payments(
        &self,
        after: Option<PendingPayment>,
    ) -> Result<Vec<PendingPayment>, CatalogueError> {
        let sql = "SELECT sale, payment, person, total_won, begun_at_ms FROM payments
             WHERE state = 'debited' AND (begun_at_ms, sale, payment) > ($1, $2, $3)
             ORDER BY begun_at_ms, sale, payment LIMIT $4";
        let (begun, sale, payment) = after.map_or((i64::MIN, i64::MIN, i64::MIN), |one| {
            (one.begun_at.0, one.sale.kept(), one.payment.0.into())
        });
        let limit = i64::try_from(PENDING_ROWS_MAX).unwrap_or(i64::MAX);
        let values = [begun, sale, payment, limit].map(Into::into);
        let rows = PendingRow::find_by_statement(statement(self.read(), sql, values));
        Ok(rows.all(self.read()).await?.into_iter().map(PendingPayment::from).collect())
    }

    /// The payments of a sale that were given back.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn returned_payments(
        &self,
        sale: SaleNumber,
    ) -> Result<Vec<PaymentNumber>, CatalogueError> {
        let sql = "SELECT sale, payment, person, total_won, begun_at_ms FROM payments
             WHERE sale = $1 AND state = 'returned' ORDER BY payment";
        let rows = PendingRow::find_by_statement(statement(self.read(), sql, [sale.kept().into()]));
        let rows = rows.all(self.read()).await?.into_iter();
        Ok(rows.map(|row| PendingPayment::from(row).payment).collect())
    }

    /// The entries of a person, the newest first.
    ///
    /// # Errors
    /// If the cursor is not one of this list, or the database fails.
    pub async fn points(
        &self,
        person: PersonId,
        query: &PageQuery,
    ) -> Result<Page<PointsEntry>, CatalogueError> {
        let list = ListTag::new("points", &[Some(&person.to_string())]);
        let place = self.begin(list, query, Place::of(i64::MAX, 0))?;
        let sql = "SELECT p.number, p.at_ms, p.amount_won, p.balance_won, p.cause, p.sale, y.booking, c.title
             FROM points p
             LEFT JOIN payments y ON y.sale = p.sale AND y.payment = p.payment
             LEFT JOIN openings o ON o.sale = p.sale
             LEFT JOIN concerts c ON c.id = o.concert
             WHERE p.person = $1 AND p.number < $2 ORDER BY p.number DESC LIMIT $3";
        let values = [person.0, place.first, query.limit()].map(Into::into);
        let rows = EntryRow::find_by_statement(statement(self.read(), sql, values));
        let rows = rows.all(self.read()).await?;
        let page = self.page(list, query, rows, |row| Place::of(row.number, 0));
        Ok(page.with(|rows| rows.into_iter().filter_map(entry).collect()))
    }
}

const BOOKED: &str = "booked";
const RETURNED: &str = "returned";

/// Gives a person the points of the first log-in, inside of a transaction. Returns whether it was now.
pub(crate) async fn welcome_in(
    transaction: &DatabaseTransaction,
    person: PersonId,
    now: UtcMs,
) -> Result<bool, CatalogueError> {
    if !lock(transaction, person.0).await? {
        return Err(CatalogueError::Missing("person"));
    }
    let sql = "SELECT COUNT(*) AS number FROM points WHERE person = $1 AND cause = 'welcome'";
    if number(transaction, sql, [person.0.into()]).await? > 0 {
        return Ok(false);
    }
    let amount_won = i64::try_from(WELCOME_WON).map_err(|_| Unfit::Price)?;
    let cause = Cause::Welcome;
    let entry = NewEntry { person: person.0, at: now, amount_won, cause, payment: None };
    append(transaction, entry).await?;
    Ok(true)
}

async fn debit_in(
    transaction: &DatabaseTransaction,
    new: NewPayment,
    now: UtcMs,
) -> Result<Debit, CatalogueError> {
    let (person, key) = (new.person.0, (new.sale.kept(), i64::from(new.payment.0)));
    let total_won = i64::try_from(new.total_won).map_err(|_| Unfit::Price)?;
    if !lock(transaction, person).await? {
        return Err(CatalogueError::Missing("person"));
    }
    if let Some(row) = payment_row(transaction, key).await? {
        if (row.person, row.total_won) != (person, total_won) {
            return Err(Unfit::Payment.into());
        }
        let is_returned = row.state == RETURNED;
        return Ok(if is_returned { Debit::Returned } else { Debit::Debited });
    }
    let balance_won = last(transaction, person).await?.map_or(0, |last| last.balance_won);
    if balance_won < total_won {
        return Ok(Debit::Short { balance_won: balance_won.cast_unsigned() });
    }
    let sql = "INSERT INTO payments (sale, payment, person, begun_at_ms, total_won, state)
         VALUES ($1, $2, $3, $4, $5, 'debited')";
    let values = [key.0, key.1, person, now.0, total_won].map(Into::into);
    execute(transaction, sql, values).await?;
    let (amount_won, payment) = (-total_won, Some(key));
    let entry = NewEntry { person, at: now, amount_won, cause: Cause::Payment, payment };
    append(transaction, entry).await?;
    Ok(Debit::Debited)
}

/// Notes that a payment led to a booking. A payment that was returned, or is not known, stays as it is: `tingting doctor`
/// tells of it.
pub(crate) async fn book_payment(
    transaction: &DatabaseTransaction,
    key: (i64, i64),
    booking: i64,
) -> Result<(), CatalogueError> {
    let sql = "UPDATE payments SET state = 'booked', booking = $3
         WHERE sale = $1 AND payment = $2 AND state = 'debited'";
    execute(transaction, sql, [key.0, key.1, booking].map(Into::into)).await?;
    Ok(())
}

/// Gives back what a cancel gives back, to the person who paid, unless it was given back when the same was told before.
pub(crate) async fn credit_cancel(
    transaction: &DatabaseTransaction,
    sale: i64,
    booking: i64,
    at: UtcMs,
    refunded_won: i64,
) -> Result<(), CatalogueError> {
    let sql = "SELECT COALESCE(MAX(payment), -1) AS number FROM payments
         WHERE sale = $1 AND booking = $2 AND state = 'booked'";
    let payment = number(transaction, sql, [sale.into(), booking.into()]).await?;
    let Some(row) = payment_row(transaction, (sale, payment)).await? else { return Ok(()) };
    lock(transaction, row.person).await?;
    let sql = "SELECT COUNT(*) AS number FROM points
         WHERE sale = $1 AND payment = $2 AND cause = 'cancelled'";
    if number(transaction, sql, [sale.into(), payment.into()]).await? > 0 {
        return Ok(());
    }
    let (cause, payment) = (Cause::Cancelled, Some((sale, payment)));
    let entry = NewEntry { person: row.person, at, amount_won: refunded_won, cause, payment };
    append(transaction, entry).await?;
    Ok(())
}

/// Appends an entry behind the last one of its person, who is locked.
async fn append(transaction: &DatabaseTransaction, new: NewEntry) -> Result<(), CatalogueError> {
    let last = last(transaction, new.person).await?;
    let (count, balance_won) = last.map_or((0, 0), |last| (last.number, last.balance_won));
    let balance_won = balance_won.checked_add(new.amount_won).ok_or(Unfit::Price)?;
    let sql =
        "INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause, sale, payment)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let (sale, payment) = (new.payment.map(|key| key.0), new.payment.map(|key| key.1));
    let values = [
        new.person.into(),
        (count + 1).into(),
        new.at.0.into(),
        new.amount_won.into(),
        balance_won.into(),
        new.cause.word().into(),
        sale.into(),
        payment.into(),
    ];
    execute(transaction, sql, values).await?;
    Ok(())
}

/// Locks a person, so that whoever else wants to change the balance waits. Returns whether there is such a person.
async fn lock(transaction: &DatabaseTransaction, person: i64) -> Result<bool, CatalogueError> {
    let sql = "UPDATE people SET made_at_ms = made_at_ms WHERE id = $1";
    Ok(execute(transaction, sql, [person.into()]).await? > 0)
}

async fn last(
    connection: &impl ConnectionTrait,
    person: i64,
) -> Result<Option<Last>, CatalogueError> {
    let sql =
        "SELECT number, balance_won FROM points WHERE person = $1 ORDER BY number DESC LIMIT 1";
    let row = Last::find_by_statement(statement(connection, sql, [person.into()]));
    Ok(row.one(connection).await?)
}

async fn payment_row(
    connection: &impl ConnectionTrait,
    key: (i64, i64),
) -> Result<Option<PaymentRow>, CatalogueError> {
    let sql = "SELECT person, total_won, state FROM payments WHERE sale = $1 AND payment = $2";
    let row =
        PaymentRow::find_by_statement(statement(connection, sql, [key.0.into(), key.1.into()]));
    Ok(row.one(connection).await?)
}

impl Cause {
    fn word(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Payment => "payment",
            Self::PaymentReturned => "payment-returned",
            Self::Cancelled => "cancelled",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Welcome, Self::Payment, Self::PaymentReturned, Self::Cancelled];
        all.into_iter().find(|cause| cause.word() == word)
    }
}

impl From<PendingRow> for PendingPayment {
    fn from(row: PendingRow) -> Self {
        Self {
            sale: SaleNumber::from_kept(row.sale),
            payment: PaymentNumber(u32::try_from(row.payment).unwrap_or_default()),
            person: PersonId(row.person),
            total_won: row.total_won.cast_unsigned(),
            begun_at: UtcMs(row.begun_at_ms),
        }
    }
}

fn entry(row: EntryRow) -> Option<PointsEntry> {
    Some(PointsEntry {
        number: row.number.cast_unsigned(),
        at: UtcMs(row.at_ms),
        amount_won: row.amount_won,
        balance_won: row.balance_won.cast_unsigned(),
        cause: Cause::from_word(&row.cause)?,
        sale: row.sale.map(SaleNumber::from_kept),
        booking: row.booking.and_then(|booking| u32::try_from(booking).ok()).map(BookingNumber),
        concert: row.title,
    })
}
