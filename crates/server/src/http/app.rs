//! The state that all handlers share.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use futures_util::future::BoxFuture;
use protocol::RaceView;
use tokio::sync::OnceCell;

use super::catalogue_cache::CatalogueCache;
use super::client_files::ClientFiles;
use super::front::Front;
use super::open_cards::OpenCards;
use super::plan_cache::PlanCache;
use super::questions::{Asked, Newest};
use super::rates::{RateLimits, RequestRates};
use super::reruns::Reruns;
use super::searches::Searches;
use crate::captcha::Artist;
use crate::gateway::Gateway;
use crate::ids::{GuestId, RaceId};
use crate::limits::{OUTCOME_BYTES_MAX, WHAT_IF_BYTES_MAX};
use crate::problem::ApiError;
use crate::providers::Providers;
use crate::recent::Recent;
use crate::report::Outcome;
use crate::rooms::Rooms;
use crate::rooms::handover::Handovers;
use crate::workshop::{Flights, Job};

/// The state that all handlers share. Routes, layers and handlers each hold a clone, so cloning it only
/// raises a count.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

/// A race that is being begun.
pub(super) type Beginning = BoxFuture<'static, Result<RaceView, ApiError>>;

/// The parts of an [`App`].
pub(crate) struct Shared {
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) catalogue: CatalogueCache,
    pub(crate) plans: PlanCache,
    pub(crate) artist: Artist,
    pub(crate) rates: RateLimits,
    pub(crate) front: Front,
    /// How long a request may take.
    pub(crate) answer_within: Duration,
    /// The reports that are being made.
    pub(crate) reports: Flights<(RaceId, GuestId), Job<Bytes>>,
    /// Answers to what-ifs, made lately.
    pub(crate) what_ifs: Arc<Recent<Asked, Bytes>>,
    /// The same, while they are made.
    pub(crate) what_ifs_under_way: Flights<Asked, Job<Bytes>>,
    pub(crate) newest_what_ifs: Newest,
    /// The runs that were run again lately.
    pub(crate) reruns: Arc<Reruns>,
    /// The races in which somebody looks for the moment of a jump.
    pub(crate) searches: Searches,
    /// What came of races that are over, made lately.
    pub(crate) outcomes: Arc<Recent<RaceId, Outcome>>,
    /// The same, while it is made.
    pub(crate) outcomes_under_way: Flights<RaceId, Job<Arc<Outcome>>>,
    /// The races that are being begun, by id, guest and content of the request.
    pub(crate) beginnings: Flights<(RaceId, GuestId, u64), Beginning>,
    pub(crate) files: ClientFiles,
    pub(crate) rooms: Arc<Rooms>,
    /// What is told of the turns of the timetable. Made when it is first asked for.
    pub(crate) open_cards: OnceCell<Arc<OpenCards>>,
    pub(crate) handovers: Handovers,
    pub(crate) providers: Providers,
}

impl App {
    pub(crate) fn new(
        gateway: Arc<Gateway>,
        rooms: Arc<Rooms>,
        front: Front,
        rates: RequestRates,
        providers: Providers,
        answer_within: Duration,
    ) -> Self {
        let catalogue = CatalogueCache::new(gateway.library.clone());
        let (artist, rates) = (Artist::new(), RateLimits::new(rates));
        let (plans, reports, files) =
            (PlanCache::new(), Flights::default(), ClientFiles::default());
        Self(Arc::new(Shared {
            gateway,
            catalogue,
            plans,
            artist,
            rates,
            front,
            answer_within,
            reports,
            what_ifs: Arc::new(Recent::new(WHAT_IF_BYTES_MAX)),
            what_ifs_under_way: Flights::default(),
            newest_what_ifs: Newest::default(),
            reruns: Arc::new(Reruns::default()),
            searches: Searches::default(),
            outcomes: Arc::new(Recent::new(OUTCOME_BYTES_MAX)),
            outcomes_under_way: Flights::default(),
            beginnings: Flights::default(),
            files,
            rooms,
            open_cards: OnceCell::new(),
            handovers: Handovers::default(),
            providers,
        }))
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
