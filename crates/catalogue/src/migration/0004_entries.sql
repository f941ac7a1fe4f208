-- Tickets that were taken at the door, each once. A ticket is a seat of a booking. It refers to none, because the bookings of
-- a sale are made anew from its log, and what was taken at the door stays taken.
CREATE TABLE entries (
    sale {int} NOT NULL,
    number {int} NOT NULL CHECK (number >= 0),
    seat {int} NOT NULL CHECK (seat >= 0),
    entered_at_ms {int} NOT NULL,
    PRIMARY KEY (sale, number, seat)
){strict};
