//! Named upper bounds of a practice. What would go past one is refused.

use sale::limits::VISITORS_MAX;

/// Members of one race.
pub const MEMBERS_MAX: u32 = 100_000;

/// Commands that one member may have accepted in one race: the answers are kept so that a repeated
/// request is answered again.
pub const COMMANDS_PER_MEMBER_MAX: usize = 10_000;

/// Marks of one member.
pub const MARKS_MAX: usize = 200;

/// Bytes of a mark's name.
pub const MARK_NAME_BYTES_MAX: usize = 32;

/// Bytes of the longest note: a member, a count, and [`MARKS_MAX`] marks of a name with its length, a
/// time, and an optional error.
pub const NOTE_BYTES_MAX: usize = 4 + 4 + MARKS_MAX * (4 + MARK_NAME_BYTES_MAX + 8 + 1 + 8);

// A crowd fills at most half of the visitors' numbers.
const _: () = assert!(MEMBERS_MAX <= VISITORS_MAX / 2);
