//! What can be raced.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use protocol::{Catalogue, DemandCard, PlanCard, ScenarioCard, Style};
use scenario::{Choice, Kind, Library, Overrides, Recipe, ScenarioError, Staged};
use tokio::sync::OnceCell;

use super::App;
use super::plans::PlanFile;
use crate::course::style;
use crate::problem::ApiError;
use crate::to_protocol::{millis_of, title};

/// Catalogue and plans, made once when first asked for.
#[derive(Debug)]
pub(crate) struct Shelf {
    library: Library,
    catalogue: OnceCell<Arc<Catalogue>>,
    pub(super) plans: Mutex<HashMap<String, Arc<PlanFile>>>,
}

impl Shelf {
    pub(crate) fn new(library: Library) -> Self {
        Self { library, catalogue: OnceCell::new(), plans: Mutex::default() }
    }

    async fn catalogue(&self) -> Result<Arc<Catalogue>, ApiError> {
        let make = || async {
            let library = self.library.clone();
            let made = tokio::task::spawn_blocking(move || gather(&library)).await;
            let made = made.map_err(|_| ApiError::Internal)?;
            made.map(Arc::new).map_err(|error| ApiError::Unplayable { reason: error.to_string() })
        };
        self.catalogue.get_or_try_init(make).await.cloned()
    }

    /// A plan's file, made when first asked for.
    pub(super) async fn plan(&self, name: String) -> Result<Arc<PlanFile>, ApiError> {
        let known = self.plans.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
        if let Some(plan) = known {
            return Ok(plan);
        }
        let (library, asked) = (self.library.clone(), name.clone());
        let made = tokio::task::spawn_blocking(move || PlanFile::load(&library, &asked)).await;
        let plan = Arc::new(made.map_err(|_| ApiError::Internal)??);
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(plans.entry(name).or_insert(plan)))
    }
}

/// What can be raced
///
/// Scenarios are whole races; plans, demands and styles can be put together freely.
#[utoipa::path(get, path = "/api/catalogue", tag = "catalogue",
    responses((status = 200, body = Catalogue)))]
pub(crate) async fn read_catalogue(State(app): State<App>) -> Result<impl IntoResponse, ApiError> {
    let catalogue = app.shelf.catalogue().await?;
    Ok(([(CACHE_CONTROL, "no-cache")], Json(Catalogue::clone(&catalogue))))
}

/// Reads the whole library. A file that makes no race is left out, and told in the log.
fn gather(library: &Library) -> Result<Catalogue, ScenarioError> {
    let mut scenarios = Vec::new();
    for name in library.names(Kind::Scenario) {
        let recipe = Recipe::load(library, &name, &Overrides::default());
        match recipe.and_then(|recipe| Ok((recipe.stage()?, recipe))) {
            Ok((staged, recipe)) => scenarios.push(scenario_card(&recipe, &staged)),
            Err(error) => tracing::warn!(%error, "a scenario is left out"),
        }
    }
    let base = |plan: &str, demand: &str, style: &str| {
        let choice =
            Choice { plan: plan.to_owned(), demand: demand.to_owned(), style: style.to_owned() };
        let recipe = Recipe::compose(library, &choice, None)?;
        Ok::<_, ScenarioError>((recipe.stage()?, recipe))
    };
    let names = |kind| library.names(kind);
    let first = |kind| library.names(kind).swap_remove(0);
    let (plan, demand, of_style) = (first(Kind::Plan), first(Kind::Demand), first(Kind::Style));
    let mut plans = Vec::new();
    for name in names(Kind::Plan) {
        let (staged, _) = base(&name, &demand, &of_style)?;
        let seats = staged.scenario.layout.seat_count();
        plans.push(PlanCard { name, title: title(&staged.plan.title), seats });
    }
    let mut demands = Vec::new();
    for name in names(Kind::Demand) {
        let (staged, recipe) = base(&plan, &name, &of_style)?;
        let admissions_per_s = f64::from(staged.scenario.rules.admission.per_1000_s) / 1000.0;
        let title = title(&staged.demand_title);
        demands.push(DemandCard { name, title, rivals: recipe.rivals(), admissions_per_s });
    }
    let of = |name: String| base(&plan, &demand, &name).map(|(staged, _)| style(&name, &staged));
    let styles: Result<Vec<Style>, ScenarioError> =
        names(Kind::Style).into_iter().map(of).collect();
    Ok(Catalogue { scenarios, plans, demands, styles: styles? })
}

fn scenario_card(recipe: &Recipe, staged: &Staged) -> ScenarioCard {
    ScenarioCard {
        name: recipe.name().to_owned(),
        title: title(&staged.title),
        plan: recipe.plan().to_owned(),
        demand: recipe.demand().to_owned(),
        style: recipe.style().to_owned(),
        rivals: recipe.rivals(),
        seats: staged.scenario.layout.seat_count(),
        lobby_ms: millis_of(staged.lobby()),
    }
}
