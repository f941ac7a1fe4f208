//! Values that somebody asked for lately, within a number of bytes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// The values that were asked for last. The one that nobody asked for during the longest time gives way.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    inner: Mutex<Inner<K, V>>,
    bytes_max: usize,
}

/// The values, asked for last at the end.
#[derive(Debug)]
struct Inner<K, V> {
    values: VecDeque<Kept<K, V>>,
    bytes: usize,
}

#[derive(Debug)]
struct Kept<K, V> {
    key: K,
    value: Arc<V>,
    bytes: usize,
}

impl<K: PartialEq, V> Recent<K, V> {
    pub(crate) fn new(bytes_max: usize) -> Self {
        Self { inner: Mutex::new(Inner { values: VecDeque::new(), bytes: 0 }), bytes_max }
    }

    pub(crate) fn get(&self, key: &K) -> Option<Arc<V>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let at = inner.values.iter().rposition(|kept| kept.key == *key)?;
        let kept = inner.values.remove(at)?;
        let value = Arc::clone(&kept.value);
        inner.values.push_back(kept);
        Some(value)
    }

    /// Keeps a value that takes `bytes`. One that takes more than there may be is not kept.
    pub(crate) fn keep(&self, key: K, value: Arc<V>, bytes: usize) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = inner.values.iter().position(|kept| kept.key == key)
            && let Some(former) = inner.values.remove(at)
        {
            inner.bytes -= former.bytes;
        }
        inner.values.push_back(Kept { key, value, bytes });
        inner.bytes += bytes;
        while inner.bytes > self.bytes_max
            && let Some(oldest) = inner.values.pop_front()
        {
            inner.bytes -= oldest.bytes;
        }
    }
}

#[cfg(test)]
mod tests;
