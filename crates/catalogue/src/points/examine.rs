//! Looks through the ledger for what must not be, whatever made it so. Rule M8.

use sea_orm::FromQueryResult;

use crate::catalogue::Catalogue;
use crate::error::CatalogueError;
use crate::limits::{FAULTS_TOLD_MAX, WELCOME_WON};
use crate::names::{BookingNumber, PaymentNumber, PersonId, SaleNumber};
use crate::rows::statement;

/// Something in the ledger that must not be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PointsFault {
    /// An entry does not follow from the one before: its number, or its balance.
    #[error("entry {number} of person {person} does not follow from the one before")]
    Follows {
        /// Whose.
        person: PersonId,
        /// Which.
        number: i64,
    },
    /// The entries of a payment are not those that its state asks for.
    #[error("the entries of payment {} of sale {:016x} do not fit its state", payment.0, sale.0)]
    Entries {
        /// Of which sale.
        sale: SaleNumber,
        /// Which.
        payment: PaymentNumber,
    },
    /// An account that has no welcome, or one of another sum.
    #[error("account {person} was not welcomed with the points that everybody gets")]
    Welcome {
        /// Whose.
        person: PersonId,
    },
    /// A booking and its payment do not say the same of each other.
    #[error("booking {} of sale {:016x} and its payment do not fit", booking.0, sale.0)]
    Booking {
        /// Of which sale.
        sale: SaleNumber,
        /// Which.
        booking: BookingNumber,
    },
}

#[derive(FromQueryResult)]
struct Two {
    first: i64,
    second: i64,
}

/// Entries whose number or balance does not follow.
const FOLLOWS: &str = "SELECT person AS first, number AS second FROM (
        SELECT person, number, amount_won, balance_won,
            ROW_NUMBER() OVER (PARTITION BY person ORDER BY number) AS place,
            COALESCE(LAG(balance_won) OVER (PARTITION BY person ORDER BY number), 0) AS before_won
        FROM points
    ) AS entries
    WHERE number <> place OR balance_won <> before_won + amount_won OR balance_won < 0
    ORDER BY person, number LIMIT $1";

/// Payments whose entries are not: one debit of the total; a credit of the same if it was returned, and none otherwise; a
/// credit of at most the total for a cancel, of a booked payment only; all of the person who paid.
const ENTRIES: &str = "SELECT y.sale AS first, y.payment AS second FROM payments y
    WHERE 1 <> (SELECT COUNT(*) FROM points p WHERE p.sale = y.sale AND p.payment = y.payment
            AND p.cause = 'payment' AND p.amount_won = -y.total_won AND p.person = y.person)
        OR (CASE WHEN y.state = 'returned' THEN 1 ELSE 0 END)
            <> (SELECT COUNT(*) FROM points p WHERE p.sale = y.sale AND p.payment = y.payment
                AND p.cause = 'payment-returned' AND p.amount_won = y.total_won AND p.person = y.person)
        OR EXISTS (SELECT 1 FROM points p WHERE p.sale = y.sale AND p.payment = y.payment
            AND ((p.cause = 'payment-returned' AND y.state <> 'returned')
                OR (p.cause = 'cancelled' AND (y.state <> 'booked' OR p.amount_won > y.total_won))
                OR p.person <> y.person))
    ORDER BY y.sale, y.payment LIMIT $1";

/// Accounts whose welcome is not what it is for everybody.
const WELCOMES: &str =
    "SELECT a.person AS first, COALESCE(p.amount_won, 0) AS second FROM accounts a
        LEFT JOIN points p ON p.person = a.person AND p.cause = 'welcome'
    WHERE COALESCE(p.amount_won, 0) <> $2 ORDER BY a.person LIMIT $1";

/// Bookings with a payment that does not know them, or of somebody who did not pay, booked payments without their booking, and cancels whose credit is
/// not what the booking says. What the catalogue has forgotten with its concert is no fault.
const BOOKINGS: &str = "SELECT b.sale AS first, b.number AS second FROM bookings b
        LEFT JOIN payments y ON y.sale = b.sale AND y.payment = b.payment
        LEFT JOIN points p ON p.sale = b.sale AND p.payment = b.payment AND p.cause = 'cancelled'
    WHERE b.payment IS NOT NULL AND (y.state IS NULL OR y.state <> 'booked' OR y.booking <> b.number
        OR y.total_won <> b.total_won OR y.person <> b.person OR COALESCE(p.amount_won, -1) <> COALESCE(b.refunded_won, -1))
    UNION ALL
    SELECT y.sale AS first, y.booking AS second FROM payments y
        JOIN openings o ON o.sale = y.sale
        LEFT JOIN bookings b ON b.sale = y.sale AND b.number = y.booking
    WHERE y.state = 'booked' AND (b.payment IS NULL OR b.payment <> y.payment)
    ORDER BY first, second LIMIT $1";

impl Catalogue {
    /// What is wrong with the ledger. Of each kind at most [`FAULTS_TOLD_MAX`] are told.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn points_faults(&self) -> Result<Vec<PointsFault>, CatalogueError> {
        let mut faults = Vec::new();
        let limit = i64::try_from(FAULTS_TOLD_MAX).unwrap_or(i64::MAX);
        let values = [limit, WELCOME_WON.cast_signed()].map(Into::into);
        let rows = Two::find_by_statement(statement(self.read(), WELCOMES, values));
        for row in rows.all(self.read()).await? {
            faults.push(PointsFault::Welcome { person: PersonId(row.first) });
        }
        for row in self.two(FOLLOWS).await? {
            let person = PersonId(row.first);
            faults.push(PointsFault::Follows { person, number: row.second });
        }
        for row in self.two(ENTRIES).await? {
            let payment = PaymentNumber(u32::try_from(row.second).unwrap_or_default());
            faults.push(PointsFault::Entries { sale: SaleNumber::from_kept(row.first), payment });
        }
        for row in self.two(BOOKINGS).await? {
            let booking = BookingNumber(u32::try_from(row.second).unwrap_or_default());
            faults.push(PointsFault::Booking { sale: SaleNumber::from_kept(row.first), booking });
        }
        Ok(faults)
    }

    async fn two(&self, sql: &str) -> Result<Vec<Two>, CatalogueError> {
        let limit = i64::try_from(FAULTS_TOLD_MAX).unwrap_or(i64::MAX);
        let rows = Two::find_by_statement(statement(self.read(), sql, [limit.into()]));
        Ok(rows.all(self.read()).await?)
    }
}
