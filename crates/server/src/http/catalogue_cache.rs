//! The catalogue of the library, and the specs of the plans that it names.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use practice::wire::millis_of;
use protocol::{Catalogue, DemandCard, PlanCard, ScenarioCard, Style, Title};
use scenario::{Choice, Course, Kind, Library, Overrides, Recipe, ScenarioError};
use tokio::sync::OnceCell;

use super::packed::Packed;
use crate::plan_address::PlanAddress;
use crate::problem::ApiError;
use crate::sheet::{style, title};
use crate::workshop::{Asker, Work, Workshop};

/// The catalogue as it travels. It is made when it is first asked for, and kept.
#[derive(Debug)]
pub(crate) struct CatalogueCache {
    library: Library,
    gathered: OnceCell<Arc<Gathered>>,
}

/// What was gathered from the library.
#[derive(Debug)]
struct Gathered {
    /// A [`Catalogue`] as JSON.
    packed: Packed,
    /// The specs of the catalogue's plans. Each spec is a few kilobytes.
    specs: HashMap<PlanAddress, String>,
    /// What each plan is called on screen, by its name.
    plan_titles: Arc<HashMap<String, Title>>,
    /// Where the geometry of each plan is found, by the plan's name.
    plan_addresses: HashMap<String, PlanAddress>,
}

impl CatalogueCache {
    pub(crate) fn new(library: Library) -> Self {
        Self { library, gathered: OnceCell::new() }
    }

    /// Answers a request for the catalogue of the library.
    pub(super) async fn answer(
        &self,
        workshop: &Workshop,
        headers: &HeaderMap,
    ) -> Result<Response, ApiError> {
        Ok(self.gathered(workshop).await?.packed.answer(headers))
    }

    /// The spec of the catalogue's plan with this address; `None` if the catalogue has no such plan.
    pub(super) async fn spec(
        &self,
        workshop: &Workshop,
        address: PlanAddress,
    ) -> Result<Option<String>, ApiError> {
        Ok(self.gathered(workshop).await?.specs.get(&address).cloned())
    }

    /// What each of the catalogue's plans is called on screen, by its name.
    pub(super) async fn plan_titles(
        &self,
        workshop: &Workshop,
    ) -> Result<Arc<HashMap<String, Title>>, ApiError> {
        Ok(Arc::clone(&self.gathered(workshop).await?.plan_titles))
    }

    /// Where the geometry of the library's plan of this name is found; `None` if the library has no such plan.
    pub(super) async fn plan_address(
        &self,
        workshop: &Workshop,
        name: &str,
    ) -> Result<Option<String>, ApiError> {
        Ok(self.gathered(workshop).await?.plan_addresses.get(name).map(ToString::to_string))
    }

    async fn gathered(&self, workshop: &Workshop) -> Result<Arc<Gathered>, ApiError> {
        let make = || {
            let library = self.library.clone();
            workshop.run(Work::Pack, Asker::SERVER, move |_| {
                let made = gather(&library).map(Arc::new);
                made.map_err(|error| ApiError::Unplayable { reason: error.to_string() })
            })
        };
        self.gathered.get_or_try_init(make).await.cloned()
    }
}

/// Reads the whole library. Leaves a scenario out that does not make a race, and logs it.
fn gather(library: &Library) -> Result<Gathered, ScenarioError> {
    let mut scenarios = Vec::new();
    for name in library.names(Kind::Scenario) {
        let recipe = Recipe::load(library, &name, &Overrides::default());
        match recipe.and_then(Course::new) {
            Ok(course) => scenarios.push(scenario_card(&course)),
            Err(error) => tracing::warn!(%error, "a scenario is left out"),
        }
    }
    let base = |plan: &str, demand: &str, style: &str| {
        let choice =
            Choice { plan: plan.to_owned(), demand: demand.to_owned(), style: style.to_owned() };
        Course::new(Recipe::compose(library, &choice, None)?)
    };
    let names = |kind| library.names(kind);
    let first = |kind| library.names(kind).swap_remove(0);
    let (plan, demand, of_style) = (first(Kind::Plan), first(Kind::Demand), first(Kind::Style));
    let (mut plans, mut specs, mut plan_addresses) = (Vec::new(), HashMap::new(), HashMap::new());
    for name in names(Kind::Plan) {
        let course = base(&name, &demand, &of_style)?;
        let seats = course.scenario.layout.seat_count();
        let spec = course.recipe.plan_text().to_owned();
        let at = PlanAddress::of(&spec);
        let title = title(&course.plan.title);
        plan_addresses.insert(name.clone(), at);
        plans.push(PlanCard { name, address: at.to_string(), title, seats });
        specs.insert(at, spec);
    }
    let mut demands = Vec::new();
    for name in names(Kind::Demand) {
        let course = base(&plan, &name, &of_style)?;
        let admissions_per_s = f64::from(course.scenario.rules.admission.per_1000_s) / 1000.0;
        let title = title(&course.demand_title);
        demands.push(DemandCard { name, title, rivals: course.recipe.rivals(), admissions_per_s });
    }
    let of = |name: String| base(&plan, &demand, &name).map(|course| style(&course));
    let styles: Result<Vec<Style>, ScenarioError> =
        names(Kind::Style).into_iter().map(of).collect();
    let plan_titles = plans.iter().map(|card: &PlanCard| (card.name.clone(), card.title.clone()));
    let plan_titles = Arc::new(plan_titles.collect());
    let catalogue = Catalogue { scenarios, plans, demands, styles: styles? };
    let json = serde_json::to_vec(&catalogue).expect("a catalogue becomes JSON");
    let packed = Packed::new("application/json", "no-cache", json.into());
    Ok(Gathered { packed, specs, plan_titles, plan_addresses })
}

fn scenario_card(course: &Course) -> ScenarioCard {
    ScenarioCard {
        name: course.recipe.name().to_owned(),
        title: title(&course.title),
        plan: course.recipe.plan().to_owned(),
        demand: course.recipe.demand().to_owned(),
        style: course.recipe.style().to_owned(),
        rivals: course.recipe.rivals(),
        seats: course.scenario.layout.seat_count(),
        lobby_ms: millis_of(course.lobby()),
    }
}
