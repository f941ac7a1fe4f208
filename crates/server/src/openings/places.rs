//! The names of a hall's seats, as a booking shows them.

use catalogue::BookedSeat;
use practice::Header;
use scenario::{Course, Recipe};

use journal::BoxError;

use crate::sheet::section_name;

/// The names, grades and prices of the seats of one sale.
#[derive(Debug)]
pub(super) struct Places(Vec<Place>);

#[derive(Debug)]
struct Place {
    name: String,
    grade: String,
    price_won: u64,
}

impl Places {
    /// Of the hall of a race, from the header that the journal keeps. A large hall takes some tens of milliseconds.
    ///
    /// # Errors
    ///
    /// If the header or the recipe in it cannot be read.
    pub(super) fn of_header(header: &[u8]) -> Result<Self, BoxError> {
        let (_, recipe) = Header::decode_whole(header)?;
        let plan = Course::new(Recipe::from_json(&recipe)?)?.plan;
        let place = |seat: &scenario::plan::Seat| {
            let row = plan.rows.get(seat.row as usize)?;
            let section = plan.sections.get(row.section as usize)?;
            let grade = plan.grades.get(usize::from(seat.grade))?;
            Some(Place {
                name: format!("{}-{}-{}", section_name(section), row.label, seat.number),
                grade: grade.name.clone(),
                price_won: grade.price_won.into(),
            })
        };
        let places: Option<Vec<Place>> = plan.seats.iter().map(place).collect();
        Ok(Self(places.ok_or("a seat of the plan is in no row")?))
    }

    /// A seat as a booking shows it.
    pub(super) fn booked(&self, seat: u32) -> Option<BookedSeat> {
        let place = self.0.get(seat as usize)?;
        Some(BookedSeat {
            seat,
            place: place.name.clone(),
            grade: place.grade.clone(),
            price_won: place.price_won,
        })
    }
}
