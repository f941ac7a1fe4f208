//! The plans that clients asked for last, ready for sending.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::plan_file::PlanFile;
use crate::limits::PLANS_KEPT_MAX;
use crate::plan_address::PlanAddress;
use crate::problem::ApiError;

/// The plans that were asked for last, prepared for sending.
#[derive(Debug, Default)]
pub(crate) struct PlanCache {
    plans: Mutex<VecDeque<(PlanAddress, Arc<PlanFile>)>>,
}

impl PlanCache {
    pub(super) fn get(&self, address: PlanAddress) -> Option<Arc<PlanFile>> {
        let plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.iter().find(|(known, _)| *known == address).map(|(_, plan)| Arc::clone(plan))
    }

    /// Lays a plan out and keeps it. The plan that was kept for the longest time gives way.
    pub(super) async fn keep(
        &self,
        address: PlanAddress,
        spec: String,
    ) -> Result<Arc<PlanFile>, ApiError> {
        let made = tokio::task::spawn_blocking(move || PlanFile::of_spec(&spec)).await;
        let plan = Arc::new(made.map_err(|_| ApiError::Internal)??);
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.retain(|(known, _)| *known != address);
        plans.push_back((address, Arc::clone(&plan)));
        let surplus = plans.len().saturating_sub(PLANS_KEPT_MAX);
        plans.drain(..surplus);
        Ok(plan)
    }
}
