//! The state that all handlers share.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::catalogue_cache::CatalogueCache;
use super::front::Front;
use super::plan_cache::PlanCache;
use super::rates::RateLimits;
use crate::captcha::Artist;
use crate::gateway::Gateway;
use crate::limits::REPORTS_MAX;
use crate::server::Options;

/// The state that all handlers share. Routes, layers and handlers each hold a clone, so cloning it only
/// raises a count.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

/// The parts of an [`App`].
pub(crate) struct Shared {
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) catalogue: CatalogueCache,
    pub(crate) plans: PlanCache,
    pub(crate) artist: Arc<Artist>,
    pub(crate) rates: RateLimits,
    pub(crate) front: Front,
    /// How long a request may take.
    pub(crate) answer_within: Duration,
    /// Limits how many reports are computed at once.
    pub(crate) reports: Semaphore,
}

impl App {
    pub(crate) fn new(gateway: Arc<Gateway>, options: &Options) -> Self {
        let catalogue = CatalogueCache::new(gateway.library.clone());
        let (artist, rates) = (Arc::new(Artist::new()), RateLimits::new(options.rates));
        let reports = Semaphore::new(REPORTS_MAX);
        let plans = PlanCache::default();
        let (front, answer_within) = (options.front.clone(), options.connections.answer_within);
        Self(Arc::new(Shared {
            gateway,
            catalogue,
            plans,
            artist,
            rates,
            front,
            answer_within,
            reports,
        }))
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
