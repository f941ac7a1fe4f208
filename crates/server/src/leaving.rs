//! People who are being deleted: what they had begun ends first, and nothing new begins. Rule L27.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::ids::GuestId;

/// Who is changing something now, and who is being deleted. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaving(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    inner: Mutex<Inner>,
    /// Told when something that was under way has ended.
    ended: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    leaving: HashSet<GuestId>,
    /// How much of each guest is under way.
    under_way: HashMap<GuestId, usize>,
}

/// Something of a guest that is under way until this is dropped.
#[derive(Debug)]
pub(crate) struct UnderWay {
    of: Leaving,
    guest: GuestId,
}

/// Guests for whom nothing begins until this is dropped.
#[derive(Debug)]
pub(crate) struct Left {
    of: Leaving,
    guests: Vec<GuestId>,
}

impl Leaving {
    /// Notes that a guest changes something; `None` if the guest is being deleted.
    pub(crate) fn begin(&self, guest: GuestId) -> Option<UnderWay> {
        let mut inner = self.0.inner();
        if inner.leaving.contains(&guest) {
            return None;
        }
        *inner.under_way.entry(guest).or_default() += 1;
        Some(UnderWay { of: self.clone(), guest })
    }

    /// Lets nothing of these guests begin any more, and waits for what is under way. `None` if they are being deleted already.
    pub(crate) async fn leave(&self, guests: &[GuestId]) -> Option<Left> {
        let left = self.mark(guests)?;
        loop {
            let ended = self.0.ended.notified();
            tokio::pin!(ended);
            // From here on no end is missed.
            ended.as_mut().enable();
            if !guests.iter().any(|guest| self.0.inner().under_way.contains_key(guest)) {
                return Some(left);
            }
            ended.await;
        }
    }

    fn mark(&self, guests: &[GuestId]) -> Option<Left> {
        let mut inner = self.0.inner();
        if guests.iter().any(|guest| inner.leaving.contains(guest)) {
            return None;
        }
        inner.leaving.extend(guests);
        Some(Left { of: self.clone(), guests: guests.to_vec() })
    }
}

impl Shared {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        // No code panics between two changes that belong together.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut inner = self.of.0.inner();
        if let Some(count) = inner.under_way.get_mut(&self.guest) {
            *count -= 1;
            if *count == 0 {
                inner.under_way.remove(&self.guest);
            }
        }
        drop(inner);
        self.of.0.ended.notify_waiters();
    }
}

impl Drop for Left {
    fn drop(&mut self) {
        let mut inner = self.of.0.inner();
        for guest in &self.guests {
            inner.leaving.remove(guest);
        }
    }
}

#[cfg(test)]
mod tests {
    //! Tests of who may begin what, and when somebody has left.

    use super::*;

    const ONE: GuestId = GuestId(1);
    const OTHER: GuestId = GuestId(2);

    #[tokio::test]
    async fn l27_whoever_leaves_begins_nothing_until_it_is_over() {
        let leaving = Leaving::default();
        let left = leaving.leave(&[ONE]).await.unwrap();
        assert!(leaving.begin(ONE).is_none());
        assert!(leaving.begin(OTHER).is_some());
        assert!(leaving.leave(&[OTHER, ONE]).await.is_none(), "somebody deletes that one already");
        assert!(leaving.begin(OTHER).is_some(), "nobody else is marked for it");
        drop(left);
        assert!(leaving.begin(ONE).is_some());
    }

    #[tokio::test]
    async fn l27_what_is_under_way_ends_before_anybody_leaves() {
        let leaving = Leaving::default();
        let (first, second) = (leaving.begin(ONE).unwrap(), leaving.begin(OTHER).unwrap());
        let waiting = leaving.clone();
        let mut waits = tokio::spawn(async move { waiting.leave(&[ONE, OTHER]).await.is_some() });
        for ending in [first, second] {
            tokio::task::yield_now().await;
            assert!(!waits.is_finished());
            drop(ending);
        }
        assert!((&mut waits).await.unwrap());
    }
}
