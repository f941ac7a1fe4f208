//! Named upper bounds of a practice. A request that would exceed one is refused.

use sale::limits::VISITORS_MAX;

/// How many members one race may have. Chosen.
pub const MEMBERS_MAX: u32 = 100_000;

/// How many requests of one member a race decides, each under a key of its own. Chosen: the race
/// keeps what became of each, so that it can answer a repeated request.
pub const REQUESTS_PER_MEMBER_MAX: usize = 10_000;

/// How many members those are told of who watch a race. Chosen: a projector shows no more names, and a
/// message stays below some 25 kB.
pub const WATCH_PEOPLE_MAX: usize = 200;

/// How many marks a race keeps of one member. Chosen.
pub const MARKS_MAX: usize = 200;

/// How many bytes the name of a mark may have. Chosen.
pub const MARK_NAME_BYTES_MAX: usize = 32;

/// The bytes of the longest note: the member's number, the number of marks, and [`MARKS_MAX`]
/// marks. Each mark is a name with its length, a time, and an optional error.
pub const NOTE_BYTES_MAX: usize = 4 + 4 + MARKS_MAX * (4 + MARK_NAME_BYTES_MAX + 8 + 1 + 8);

/// How many shifts of race time a race keeps apart. Chosen: a server is not away so often in one race.
pub const SHIFTS_MAX: usize = 256;

/// How many clicks of a member, and of the scripted self, a what-if follows. Chosen: far more than anybody makes in
/// one race; after them the self gives up.
pub const TRIES_MAX: usize = 200;

/// How many what-ifs a report runs at most: five steps at two paces, the page, then each pair of the six.
pub const WHAT_IF_RUNS_MAX: usize = 26;

/// How many races with other crowds a chance is taken from at most. Chosen: each takes as long as a race.
pub const CHANCE_RUNS_MAX: usize = 20;

// A crowd takes at most half of the visitor numbers, and the members take the rest.
const _: () = assert!(MEMBERS_MAX <= VISITORS_MAX / 2);
