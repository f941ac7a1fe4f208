//! The catalogue: concerts, performances, openings, and what people do with them, in SQLite or PostgreSQL.
//!
//! ```text
//!  hosts, generator ─▶ write ─▶ ┌──────────┐ ─▶ lists, search, calendar, pages ─▶ people
//!                               │ database │
//!  journal ─▶ projection ─────▶ └──────────┘ ◀─ likes ◀─ people
//! ```
//!
//! [`Catalogue`] is the one door. The journal is the truth about seats: what stands here of a sale is a projection, which
//! can be made anew. The crate reads no clock and draws no chance; the caller gives `now` and seeds. What must hold
//! whatever the code does is a rule of the database: see `migration/`. Rule numbers (*K1*, *K2* …) refer to
//! `docs/RULES.md`.

mod account;
mod calendar;
mod card;
mod catalogue;
mod change;
mod concert;
mod cursor;
mod days;
mod engine;
mod entity;
mod entries;
mod error;
mod generate;
pub mod limits;
mod lists;
mod load;
mod merge;
mod migration;
mod names;
mod opening;
mod page;
mod people;
mod points;
mod poster;
mod projection;
mod rows;
mod search;
mod seats_left;
mod text;
mod write;

pub use account::{Account, LoggedIn, Login, Session, SessionHash};
pub use calendar::{Calendar, CalendarEntry};
pub use card::Card;
pub use catalogue::{Catalogue, CatalogueOptions, Page, PageQuery};
pub use concert::{
    CancelledSeats, Grade, NewConcert, NewOpening, NewPerformance, NewPerformer, NewVenue, Origin,
};
pub use cursor::{BadCursor, CursorKey};
pub use days::{Day, Days, NotADay, UnknownZone, UtcMs, Zone};
pub use engine::{Engine, Home};
pub use entries::{Entry, Ticket};
pub use error::{CatalogueError, Unfit};
pub use generate::{OriginalScale, PlanOffer, Progress, Renewed, Stage, Stock};
pub use lists::Listed;
pub use names::{
    BookingNumber, ConcertId, GuestKey, LogSeq, PaymentNumber, PerformanceId, PerformerId,
    PersonId, SaleNumber, VenueId,
};
pub use opening::Opening;
pub use page::{ConcertPage, Performance, Performer};
pub use points::{Cause, Debit, GivenBack, NewPayment, PendingPayment, PointsEntry, PointsFault};
pub use poster::{portrait, poster};
pub use projection::kept::KeptBooking;
pub use projection::{Applied, Booked, BookedSeat, Booking, SaleEvent};
pub use search::{Search, SearchOrder};
pub use seats_left::{SeatsLeft, SeatsSeen};
pub use write::KeptConcert;
