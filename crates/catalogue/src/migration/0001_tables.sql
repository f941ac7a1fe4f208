-- The catalogue's tables, for both databases. Words in braces differ between them: see `migration.rs`.
--
-- A moment is milliseconds since 1970 in UTC (`…_ms`), a day is days since 1970-01-01 in the zone of the venue, money is
-- won. Rules that must hold whatever the code does stand here: keys, references and checks.

CREATE TABLE performers (
    id {id},
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    picture_seed {int} NOT NULL
){strict};

CREATE TABLE venues (
    id {id},
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    city TEXT NOT NULL CHECK (length(city) BETWEEN 1 AND 100),
    zone TEXT NOT NULL CHECK (length(zone) BETWEEN 1 AND 100),
    plan TEXT NOT NULL CHECK (length(plan) BETWEEN 1 AND 100),
    UNIQUE (city, name)
){strict};

-- `first_day`, `last_day` and the booking period sum up the performances and openings, so that a list reads one row.
CREATE TABLE concerts (
    id {id},
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    description TEXT NOT NULL CHECK (length(description) <= 4000),
    venue {int} NOT NULL REFERENCES venues (id),
    poster_seed {int} NOT NULL,
    first_day {int} NOT NULL,
    last_day {int} NOT NULL,
    books_from_ms {int} NOT NULL,
    books_until_ms {int} NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('host', 'demo', 'original')),
    CHECK (id BETWEEN 1 AND 1099511627775),
    CHECK (first_day BETWEEN 0 AND 65535),
    CHECK (last_day BETWEEN first_day AND first_day + 400),
    CHECK (books_from_ms < books_until_ms)
){strict};
CREATE INDEX concerts_by_closing ON concerts (books_until_ms, id) WHERE origin = 'demo';
-- The longest run of any concert tells how far a search by days has to look back.
CREATE INDEX concerts_by_run ON concerts ((last_day - first_day));
CREATE INDEX concerts_by_venue ON concerts (venue);

CREATE TABLE concert_performers (
    concert {int} NOT NULL REFERENCES concerts (id) ON DELETE CASCADE,
    position {int} NOT NULL CHECK (position >= 0),
    performer {int} NOT NULL REFERENCES performers (id),
    PRIMARY KEY (concert, position),
    UNIQUE (concert, performer)
){strict};
CREATE INDEX concert_performers_by_performer ON concert_performers (performer);

CREATE TABLE grades (
    concert {int} NOT NULL REFERENCES concerts (id) ON DELETE CASCADE,
    position {int} NOT NULL CHECK (position >= 0),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    price_won {int} NOT NULL CHECK (price_won BETWEEN 0 AND 10000000),
    PRIMARY KEY (concert, position),
    UNIQUE (concert, name)
){strict};

CREATE TABLE performances (
    id {id},
    concert {int} NOT NULL REFERENCES concerts (id) ON DELETE CASCADE,
    starts_at_ms {int} NOT NULL,
    day {int} NOT NULL CHECK (day BETWEEN 0 AND 65535),
    UNIQUE (concert, starts_at_ms),
    UNIQUE (id, concert, starts_at_ms)
){strict};

-- At most one for each performance. It repeats the performance's start so that a check compares the two: nothing is sold of
-- what has begun. `sale` is set when the journal has the sale. 34,560,000,000 ms are the 400 days that a list looks back.
CREATE TABLE openings (
    performance {int} NOT NULL PRIMARY KEY,
    concert {int} NOT NULL,
    starts_at_ms {int} NOT NULL,
    opens_at_ms {int} NOT NULL,
    opens_on {int} NOT NULL CHECK (opens_on BETWEEN 0 AND 65535),
    closes_at_ms {int} NOT NULL,
    style TEXT NOT NULL CHECK (length(style) BETWEEN 1 AND 100),
    rivals {int} NOT NULL CHECK (rivals BETWEEN 0 AND 1000000),
    seats_per_person {int} NOT NULL CHECK (seats_per_person BETWEEN 1 AND 16),
    cancelled_seats TEXT NOT NULL CHECK (cancelled_seats IN ('at-once', 'in-batches')),
    sale {int} UNIQUE CHECK (sale <> 0),
    ended_at_ms {int},
    FOREIGN KEY (performance, concert, starts_at_ms) REFERENCES performances (id, concert, starts_at_ms)
        ON DELETE CASCADE ON UPDATE CASCADE,
    UNIQUE (sale, performance),
    CHECK (opens_at_ms < closes_at_ms AND closes_at_ms - opens_at_ms <= 34560000000),
    CHECK (closes_at_ms <= starts_at_ms),
    CHECK (ended_at_ms IS NULL OR sale IS NOT NULL)
){strict};
CREATE INDEX openings_by_moment ON openings (opens_at_ms, performance, closes_at_ms);
CREATE INDEX openings_by_concert ON openings (concert, opens_at_ms, performance);
CREATE INDEX openings_by_day ON openings (opens_on, opens_at_ms, performance);
-- `sale IS NULL` would lead SQLite to the index of sales, where it expects one row and finds nearly all.
CREATE INDEX openings_to_begin ON openings (opens_at_ms, performance) WHERE COALESCE(sale, 0) = 0;
CREATE INDEX openings_under_way ON openings (performance) WHERE sale IS NOT NULL AND ended_at_ms IS NULL;

CREATE TABLE people (
    id {id},
    made_at_ms {int} NOT NULL
){strict};

-- The browsers of a person. A guest has one; an account, later, one for each browser that logged in.
CREATE TABLE guests (
    guest {bytes} NOT NULL PRIMARY KEY CHECK (length(guest) = 16),
    person {int} NOT NULL REFERENCES people (id) ON DELETE CASCADE
){strict};
CREATE INDEX guests_by_person ON guests (person);

CREATE TABLE administrators (
    person {int} NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    granted_at_ms {int} NOT NULL
){strict};

CREATE TABLE favourites (
    person {int} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    concert {int} NOT NULL REFERENCES concerts (id) ON DELETE CASCADE,
    liked_at_ms {int} NOT NULL,
    PRIMARY KEY (person, concert)
){strict};
CREATE INDEX favourites_by_moment ON favourites (person, liked_at_ms, concert);
CREATE INDEX favourites_by_concert ON favourites (concert);

-- What follows is a projection of the journal and can be made from it again.

CREATE TABLE checkpoints (
    sale {int} NOT NULL PRIMARY KEY REFERENCES openings (sale) ON DELETE CASCADE,
    seq {int} NOT NULL CHECK (seq >= 0)
){strict};

-- The seats that were free when a sale was last looked at; the sale itself knows better.
CREATE TABLE seats_left (
    performance {int} NOT NULL REFERENCES performances (id) ON DELETE CASCADE,
    section TEXT NOT NULL CHECK (length(section) BETWEEN 1 AND 100),
    grade TEXT NOT NULL CHECK (length(grade) BETWEEN 1 AND 100),
    seats {int} NOT NULL CHECK (seats >= 0),
    seen_at_ms {int} NOT NULL,
    PRIMARY KEY (performance, section, grade)
){strict};

-- The number is the booking's own in its sale, so that it stays the same when the projection is made anew.
CREATE TABLE bookings (
    sale {int} NOT NULL,
    number {int} NOT NULL CHECK (number >= 0),
    performance {int} NOT NULL,
    person {int} REFERENCES people (id) ON DELETE SET NULL,
    booked_at_ms {int} NOT NULL,
    cancelled_at_ms {int} CHECK (cancelled_at_ms >= booked_at_ms),
    seat_count {int} NOT NULL CHECK (seat_count BETWEEN 1 AND 16),
    total_won {int} NOT NULL CHECK (total_won >= 0),
    refunded_won {int} CHECK (refunded_won BETWEEN 0 AND total_won),
    PRIMARY KEY (sale, number),
    UNIQUE (sale, number, performance),
    FOREIGN KEY (sale, performance) REFERENCES openings (sale, performance),
    CHECK ((cancelled_at_ms IS NULL) = (refunded_won IS NULL))
){strict};
CREATE INDEX bookings_by_person ON bookings (person, booked_at_ms, sale, number);
CREATE INDEX bookings_by_performance ON bookings (performance, person);

CREATE TABLE booking_seats (
    sale {int} NOT NULL,
    number {int} NOT NULL,
    seat {int} NOT NULL CHECK (seat >= 0),
    performance {int} NOT NULL,
    place TEXT NOT NULL CHECK (length(place) BETWEEN 1 AND 100),
    grade TEXT NOT NULL CHECK (length(grade) BETWEEN 1 AND 100),
    price_won {int} NOT NULL CHECK (price_won BETWEEN 0 AND 10000000),
    is_live {int} NOT NULL CHECK (is_live IN (0, 1)),
    PRIMARY KEY (sale, number, seat),
    FOREIGN KEY (sale, number, performance) REFERENCES bookings (sale, number, performance) ON DELETE CASCADE
){strict};
-- A seat of a performance is in one live booking at most. Cancelled bookings keep their seats on record.
CREATE UNIQUE INDEX booking_seats_one_live ON booking_seats (performance, seat) WHERE is_live = 1;
