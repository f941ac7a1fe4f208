//! What concerts can be made from: the plans and styles of the library.

use catalogue::{Grade, PlanOffer, Stock};
use scenario::plan::Spec;
use scenario::{Kind, Library};

/// The plans of the library with their grades and prices, and its styles. A plan that cannot be read is left out.
pub fn stock(library: &Library) -> Stock {
    let plans = library.names(Kind::Plan).into_iter().filter_map(|name| offer(library, name));
    Stock { plans: plans.collect(), styles: library.names(Kind::Style) }
}

/// The plan of this name with its grades and prices; `None` if the library has none that can be read.
pub(crate) fn offer(library: &Library, name: String) -> Option<PlanOffer> {
    let spec = library.read(Kind::Plan, &name).map_err(|error| error.to_string());
    match spec.and_then(|text| Spec::parse(&text).map_err(|error| error.to_string())) {
        Ok(spec) => {
            let grades = spec.grade.into_iter();
            let grades = grades
                .map(|grade| Grade { name: grade.name, price_won: u64::from(grade.price_won) });
            Some(PlanOffer { name, grades: grades.collect() })
        }
        Err(error) => {
            tracing::warn!(plan = name, error, "a plan is left out of the shows");
            None
        }
    }
}
