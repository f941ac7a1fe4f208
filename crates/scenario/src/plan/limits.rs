//! Limits of plans. Specs and files that exceed one are refused, and the message names it.

/// Seats in a plan. The largest hall whose demand is known has 66,704.
pub const SEATS_MAX: u32 = 100_000;

/// Sections in a plan. A stadium with 60 numbered sections on each of three floors and 40 blocks on
/// the ground has 220. The limit is more than twice that.
pub const SECTIONS_MAX: u32 = 512;

/// Rows in a plan: enough for [`SEATS_MAX`] seats in rows of five.
pub const ROWS_MAX: u32 = 20_000;

/// Grades in a plan. A real sale has up to eight, not counting wheelchair places.
pub const GRADES_MAX: u32 = 16;

/// Characters in the label of a floor, a section or a row, and in a seat's number.
pub const LABEL_CHARS_MAX: u32 = 64;

/// Characters in the name of a plan, a title or a grade, and in a seat's guid.
pub const NAME_CHARS_MAX: u32 = 200;

/// Rows in one block and chairs in one row of it.
pub const BLOCK_SIDE_MAX: u32 = 200;

/// The least width of a chair in centimetres. Chairs of Korean halls are 48 to 55 wide.
pub const PITCH_MIN_CM: f64 = 45.0;

/// How far from the stage a coordinate of a spec may lie: 500 m, in centimetres.
pub const COORDINATE_MAX_CM: f64 = 50_000.0;

/// How far from its corner a coordinate of an imported drawing may lie, in the drawing's own units.
/// The drawings that we found are about 2,000 units wide.
pub const IMPORT_COORDINATE_MAX: f64 = 1_000_000.0;

/// Bytes in a plan file. 100,000 seats of 300 bytes take 30 MB, and twice as much in an indented
/// file.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// How many faults, and how many warnings, are kept with their place. The rest are only counted.
pub const FINDINGS_KEPT_MAX: u32 = 1_000;

/// How many seats the blocks of a spec may hold beyond the number it promises, as a share of that
/// number. They are taken out at the ends of the last rows; if there were more, gaps would be seen.
pub const SURPLUS_SHARE_MAX: f64 = 0.04;

const _: () = assert!(SEATS_MAX >= ROWS_MAX && ROWS_MAX >= SECTIONS_MAX);
