-- Points: what people pay with, kept as a ledger in which nothing is ever changed. The triggers stand in the files of the two
-- databases.
--
-- These tables are no projection: only the ledger knows who was debited. So they refer to nothing that a projection or the
-- end of a concert removes, and a person who leaves stays in them as a number without a name.

-- A payment is debited, and from then on either booked or returned; neither changes any more.
CREATE TABLE payments (
    sale {int} NOT NULL,
    payment {int} NOT NULL CHECK (payment >= 0),
    person {int} NOT NULL,
    begun_at_ms {int} NOT NULL,
    total_won {int} NOT NULL CHECK (total_won >= 0),
    state TEXT NOT NULL CHECK (state IN ('debited', 'booked', 'returned')),
    booking {int} CHECK (booking >= 0),
    PRIMARY KEY (sale, payment),
    UNIQUE (sale, booking),
    CHECK ((state = 'booked') = (booking IS NOT NULL))
){strict};
CREATE INDEX payments_pending ON payments (begun_at_ms, sale, payment) WHERE state = 'debited';
CREATE INDEX payments_by_person ON payments (person);

-- The entries of a person are numbered from one without a gap, and each balance is the one before plus the amount.
CREATE TABLE points (
    person {int} NOT NULL,
    number {int} NOT NULL CHECK (number >= 1),
    at_ms {int} NOT NULL,
    amount_won {int} NOT NULL,
    balance_won {int} NOT NULL CHECK (balance_won >= 0),
    cause TEXT NOT NULL,
    sale {int},
    payment {int},
    PRIMARY KEY (person, number),
    UNIQUE (sale, payment, cause),
    FOREIGN KEY (sale, payment) REFERENCES payments (sale, payment),
    CHECK ((cause = 'welcome' AND amount_won > 0)
        OR (cause = 'payment' AND amount_won <= 0)
        OR (cause IN ('payment-returned', 'cancelled') AND amount_won >= 0)),
    CHECK ((cause = 'welcome') = (sale IS NULL) AND (sale IS NULL) = (payment IS NULL))
){strict};
CREATE UNIQUE INDEX points_one_welcome ON points (person) WHERE cause = 'welcome';

-- The payment of a booking; a booking without one was paid from the purse for practice.
ALTER TABLE bookings ADD COLUMN payment {int} CHECK (payment >= 0);
