//! The bounds of the catalogue, and why each is what it is. The tables check the same numbers.

/// Rows of one page of a list. Five screens of a phone; the original service asked for sixty at once.
pub const PAGE_ROWS_MAX: u32 = 100;

/// Characters of a search word box. Longer than any title.
pub const SEARCH_CHARS_MAX: usize = 100;

/// Words of a search. Each costs the database a look into its index.
pub const SEARCH_WORDS_MAX: usize = 8;

/// Bytes of a cursor: its text is of one length, and anything longer is refused unread.
pub const CURSOR_CHARS_MAX: usize = 80;

/// Characters of a title, a name of a performer, a venue or a city.
pub const NAME_CHARS_MAX: usize = 100;

/// Characters of a concert's description.
pub const DESCRIPTION_CHARS_MAX: usize = 4000;

/// Performances of one concert: a long run of a musical with two a day for half a year.
pub const PERFORMANCES_MAX: usize = 400;

/// Days from the first to the last performance of a concert. A search by days looks as far back as the longest run.
pub const RUN_DAYS_MAX: i32 = 400;

/// Performers of one concert: a festival.
pub const PERFORMERS_MAX: usize = 50;

/// Grades of one concert. A plan has fewer.
pub const GRADES_MAX: usize = 12;

/// Won for one seat.
pub const PRICE_WON_MAX: u64 = 10_000_000;

/// Rivals in one opening, as in a race.
pub const RIVALS_MAX: u32 = 1_000_000;

/// Seats that one person may have of one performance.
pub const SEATS_PER_PERSON_MAX: u32 = 16;

/// The last day that a table keeps: 2149-06-06. The key of a search has sixteen bits for a day.
pub const DAY_MAX: i32 = 65_535;

/// The largest number of a concert: the key of a search has forty bits for it.
pub const CONCERT_ID_MAX: i64 = (1 << 40) - 1;

/// Openings that a calendar returns at once: a month of the busiest year of the original's scale has more, so
/// a caller asks for shorter ranges there.
pub const CALENDAR_ROWS_MAX: u64 = 1000;

/// Concerts that one person may like. Keeps one person's list within a few pages of the disk.
pub const LIKES_MAX: u64 = 2000;

/// Characters of the name that a provider tells of a person.
pub const ACCOUNT_NAME_CHARS_MAX: usize = 100;

/// Openings that a start of the server asks for at once.
pub const DUE_ROWS_MAX: u64 = 1000;

/// How long an opening may be open. A list of what is on sale looks this far back.
pub const OPEN_MS_MAX: i64 = 400 * 86_400_000;

/// Sections of a plan times its grades: a stadium has some hundred sections, of one or two grades each.
pub const SEATS_LEFT_ROWS_MAX: usize = 2000;

/// Points that a person is given at the first log-in, in won. The original service gives as much.
pub const WELCOME_WON: u64 = 10_000_000;

/// Pending payments that are asked for at once. A keeper that wants more asks again.
pub const PENDING_ROWS_MAX: u64 = 1000;

/// Faults of one kind that an examination tells. Whoever sees so many looks at the tables.
pub const FAULTS_TOLD_MAX: u64 = 100;
