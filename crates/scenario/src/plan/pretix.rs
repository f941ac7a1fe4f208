//! Plans in the seating-plan format of pretix, the one public format that several programs use.
//!
//! An import is lenient: it ignores unknown keys, and `size`, `uuid` and `zone_id` may be missing.
//! An export is strict: it writes no key that the published field list does not have.
//!
//! The format has zones where we have floors and sections. It has neither prices, titles,
//! qualities, neighbours nor kinds of seats. The table says how an export writes them, and what an
//! import reads from a file that another program wrote:
//!
//! | in a plan | in an export | what an import reads |
//! |---|---|---|
//! | 1 cm | half a unit, so that a chair is 25 units wide | twice the number, rounded to centimetres |
//! | floor, section | a zone whose `zone_id` is `floor/label` | from such a zone, floor and section; any other zone is a section, or a floor of several sections if a row label comes twice in it |
//! | grade | a category | a category, with the price 0 |
//! | wheelchair, restricted | a category of its own, such as `R · wheelchair` | such a category; seats of any other category are ordinary |
//! | stage | an area in a zone without rows, with its text at the focus | the area whose text says `STAGE`, else the largest area, else a stage in front of all seats; it is round if many seats lie behind it |
//! | outline of a section | an area of the zone | such an area, else the convex hull of its seats |
//! | neighbours | by the positions of the seats | seats of a row that are not much farther apart than most seats of that row |
//! | quality | not at all | computed by the formula of `quality.rs` |
//! | prices, titles | not at all | the price 0, and the name as the title in all three languages |

mod build;
mod document;
mod export;
mod import;
mod numbering;
mod read;
mod stage;
#[cfg(test)]
mod tests;

pub use export::{export, export_with_guids, guids};
pub use import::{AcceptedPlan, Import, import};
pub use read::GuidPolicy;
