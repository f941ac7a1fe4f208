//! Plans in the seating-plan format of pretix, the one public format with several users.
//!
//! Read leniently: unknown keys are passed over, and `size`, `uuid` and `zone_id` may be absent.
//! Written strictly: no key that the published field list does not have.
//!
//! The format has zones where we have floors and sections, and neither prices, titles, qualities,
//! neighbours nor kinds of seats. What an export keeps and an import makes of any file:
//!
//! | of a plan | written as | read back from any file |
//! |---|---|---|
//! | unit of 1 cm | half a unit: 25 are one chair | twice the number, whole centimetres |
//! | floor, section | a zone each: `zone_id` is `floor/label` | such a zone; else the zone is a section, cut where a row label comes again, and then the zone is the floor |
//! | grade | a category | a category; price 0 |
//! | wheelchair, restricted | categories of their own: `R · wheelchair` | such a category; else ordinary |
//! | stage | an area in a zone without rows, its text at the focus | the area that says `STAGE`, else the largest one, else the top centre is assumed; around a stage with seats behind it nobody sits off centre |
//! | outline of a section | an area of the zone | such an area; else the hull of the seats |
//! | neighbours | positions | seats of a row not much farther apart than is usual in it |
//! | quality | – | the formula of `quality.rs` |
//! | prices, titles | – | lost: 0, and the name in all three languages |

mod build;
mod document;
mod export;
mod import;
mod read;
mod stage;
#[cfg(test)]
mod tests;

pub use export::{export, export_with_guids, guids};
pub use import::{AcceptedPlan, Import, import};
pub use read::GuidPolicy;
