//! The plans that clients asked for last, ready for sending.

use std::sync::Arc;

use super::packed::Packed;
use super::plan_file::PlanFile;
use crate::limits::PLAN_BYTES_MAX;
use crate::plan_address::PlanAddress;
use crate::problem::ApiError;
use crate::recent::Recent;
use crate::workshop::{Asker, Flights, Job, Work, Workshop};

/// The plans that were asked for last.
#[derive(Debug)]
pub(crate) struct PlanCache {
    plans: Arc<Recent<PlanAddress, Packed>>,
    under_way: Flights<PlanAddress, Job<Arc<Packed>>>,
}

impl PlanCache {
    pub(crate) fn new() -> Self {
        Self { plans: Arc::new(Recent::new(PLAN_BYTES_MAX)), under_way: Flights::default() }
    }

    pub(super) fn get(&self, address: PlanAddress) -> Option<Arc<Packed>> {
        self.plans.get(&address)
    }

    /// Has the workshop lay a plan out, and keeps it.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unplayable`], or those of the workshop.
    pub(super) async fn make(
        &self,
        workshop: &Workshop,
        asker: Asker,
        address: PlanAddress,
        spec: String,
    ) -> Result<Arc<Packed>, ApiError> {
        let start = || {
            let plans = Arc::clone(&self.plans);
            workshop.submit(Work::Pack, asker, move |_| {
                let json = PlanFile::of_spec(&spec)?.json;
                let caching = "public, max-age=31536000, immutable";
                let plan = Arc::new(Packed::new("application/json", caching, json.into()));
                plans.keep(address, Arc::clone(&plan), plan.bytes());
                Ok(plan)
            })
        };
        self.under_way.join(address, start).await
    }
}
