//! The demo: concerts that the server invents, so that something is always about to open. Rule K37.

use std::sync::Arc;
use std::time::Duration;

use catalogue::{CatalogueError, Renewed, Stock};

use super::{stock, utc_ms};
use crate::context::Context;
use crate::gateway::Gateway;
use crate::workshop::{Asker, Work};

/// The time between two renewals. A concert opens every four minutes.
const RENEW_EVERY: Duration = Duration::from_mins(1);

/// Makes the demo of a catalogue that has no other concerts, and renews it for as long as it is polled.
pub(crate) async fn keep_demo(gateway: Arc<Gateway>) {
    let library = gateway.library.clone();
    let read = move |_: &_| Ok(stock(&library));
    let stock = match gateway.context.workshop.run(Work::Pack, Asker::SERVER, read).await {
        Ok(stock) => stock,
        Err(error) => {
            tracing::error!(code = error.code().as_str(), "no demo: the library cannot be read");
            return;
        }
    };
    let mut often = tokio::time::interval(RENEW_EVERY);
    loop {
        often.tick().await;
        let renewed = renew(&gateway.context, &stock).await;
        gateway.context.asks.note(&renewed);
        match renewed {
            Ok(renewed) if renewed.added > 0 => {
                tracing::debug!(concerts = renewed.added, "the demo was renewed");
            }
            Ok(_) => {}
            Err(error) if error.is_of_database() => {}
            Err(error) => tracing::error!(%error, "the demo cannot be renewed"),
        }
    }
}

async fn renew(context: &Context, stock: &Stock) -> Result<Renewed, CatalogueError> {
    let (catalogue, now) = (&context.catalogue, utc_ms(context.clock.now()));
    if catalogue.has_only_demo().await? {
        return catalogue.renew_demo(now, context.keys.demo_seed(), stock).await;
    }
    // Concerts of others have come: the demo ends as its concerts are over.
    Ok(Renewed { added: 0, forgotten: catalogue.forget_demo(now).await? })
}
