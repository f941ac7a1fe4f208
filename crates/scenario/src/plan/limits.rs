//! Everything in a plan has a limit. Specs and files beyond one are refused, with its name.

/// Seats in a plan. The largest hall for which demand figures are known holds 66,704.
pub const SEATS_MAX: u32 = 100_000;

/// Sections in a plan. A stadium of 60 numbered sections on three floors and 40 floor blocks has
/// 220; twice that is room enough.
pub const SECTIONS_MAX: u32 = 512;

/// Rows in a plan: [`SEATS_MAX`] in rows of five.
pub const ROWS_MAX: u32 = 20_000;

/// Grades in a plan. A real sale has up to eight, wheelchair products apart.
pub const GRADES_MAX: u32 = 16;

/// Characters in a label: floor, section, row, seat number.
pub const LABEL_CHARS_MAX: u32 = 64;

/// Characters in the name of a plan, a title or a grade, and in a seat's guid.
pub const NAME_CHARS_MAX: u32 = 200;

/// Rows in one block and chairs in one row of it.
pub const BLOCK_SIDE_MAX: u32 = 200;

/// The narrowest chair in centimetres. Korean halls build 48 to 55; below 45 knees overlap.
pub const PITCH_MIN_CM: f64 = 45.0;

/// The farthest a coordinate may lie from the stage in a spec: 500 m, in centimetres.
pub const COORDINATE_MAX_CM: f64 = 50_000.0;

/// The farthest a coordinate may lie from the corner of an imported drawing, in its own units.
/// Drawings in the wild are about 2,000 units wide.
pub const IMPORT_COORDINATE_MAX: f64 = 1_000_000.0;

/// Bytes in a plan file: 100,000 seats of 300 bytes are 30 MB, indented files twice that.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Faults and warnings that are kept with their place; the rest are counted.
pub const FINDINGS_KEPT_MAX: u32 = 1_000;

/// Seats that a spec may lay out beyond the number it promises, as a share of that number. They
/// are taken from the ends of the last rows; more than this and the hall would look moth-eaten.
pub const SURPLUS_SHARE_MAX: f64 = 0.04;

const _: () = assert!(SEATS_MAX >= ROWS_MAX && ROWS_MAX >= SECTIONS_MAX);
