//! The generator: invented concerts for a demo that never ends, or in the original service's numbers. Rules K26 to K28.
//!
//! The same seed, moment and stock give the same concerts. Dates are relative to the moment that the caller gives.

mod demo;
mod invent;
mod original;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::EntityTrait as _;

use crate::catalogue::Catalogue;
use crate::concert::{Grade, NewPerformer, NewVenue};
use crate::entity::{performers, venues};
use crate::error::CatalogueError;
use crate::names::{PerformerId, VenueId};

pub use demo::Renewed;
pub use original::{OriginalScale, Progress, Stage};

/// What the program has to make concerts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// At least one.
    pub plans: Vec<PlanOffer>,
    /// Names of styles, at least one.
    pub styles: Vec<String>,
}

/// A plan of which concerts can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanOffer {
    /// Its name.
    pub name: String,
    /// Its grades with their regular prices, dearest first; at least one.
    pub grades: Vec<Grade>,
}

/// Venues and performers that stand in the catalogue, with the plan of each venue.
struct Cast {
    venues: Vec<(VenueId, String, PlanOffer)>,
    performers: Vec<PerformerId>,
}

impl Catalogue {
    /// Venues and performers by their names; those that are missing are added.
    async fn cast(
        &self,
        stock: &Stock,
        new_venues: Vec<NewVenue>,
        new_performers: Vec<NewPerformer>,
    ) -> Result<Cast, CatalogueError> {
        if stock.styles.is_empty() || stock.plans.iter().all(|plan| plan.grades.is_empty()) {
            return Err(CatalogueError::Missing("style or plan"));
        }
        let known = self.known_venues().await?;
        let is_new = |venue: &&NewVenue| !known.contains(&(venue.city.clone(), venue.name.clone()));
        let missing: Vec<NewVenue> = new_venues.iter().filter(is_new).cloned().collect();
        self.add_venues(&missing).await?;
        let rows = performers::Entity::find().all(self.read()).await?;
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let is_new = |performer: &&NewPerformer| !names.contains(&performer.name.as_str());
        let missing: Vec<NewPerformer> = new_performers.iter().filter(is_new).cloned().collect();
        self.add_performers(&missing).await?;
        Ok(Cast {
            venues: self.venues_of(stock, &new_venues).await?,
            performers: self.performers_of(&new_performers).await?,
        })
    }

    async fn known_venues(&self) -> Result<BTreeSet<(String, String)>, CatalogueError> {
        let rows = venues::Entity::find().all(self.read()).await?;
        Ok(rows.into_iter().map(|row| (row.city, row.name)).collect())
    }

    async fn venues_of(
        &self,
        stock: &Stock,
        wanted: &[NewVenue],
    ) -> Result<Vec<(VenueId, String, PlanOffer)>, CatalogueError> {
        let rows = venues::Entity::find().all(self.read()).await?;
        let found = wanted.iter().filter_map(|venue| {
            let row = rows.iter().find(|row| row.city == venue.city && row.name == venue.name)?;
            let plan = stock.plans.iter().find(|plan| plan.name == row.plan)?;
            Some((VenueId(row.id), row.zone.clone(), plan.clone()))
        });
        let found: Vec<_> = found.collect();
        if found.is_empty() {
            Err(CatalogueError::Missing("venue with such a plan"))
        } else {
            Ok(found)
        }
    }

    async fn performers_of(
        &self,
        wanted: &[NewPerformer],
    ) -> Result<Vec<PerformerId>, CatalogueError> {
        let rows = performers::Entity::find().all(self.read()).await?;
        let ids: BTreeMap<&str, i64> = rows.iter().map(|row| (row.name.as_str(), row.id)).collect();
        let found = wanted.iter().filter_map(|one| ids.get(one.name.as_str()).copied());
        Ok(found.map(PerformerId).collect())
    }
}
