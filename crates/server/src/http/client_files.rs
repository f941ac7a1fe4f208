//! The files of the web client, ready for sending.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use rust_embed::EmbeddedFile;

use super::packed::Packed;
use crate::workshop::{Asker, Flights, Job, Work, Workshop};

/// A SHA-256.
type Hash = [u8; 32];

/// The packed files by path, with the hash of the content that was packed.
type ByPath = HashMap<String, (Hash, Arc<Packed>)>;

/// The files that somebody asked for, packed. There are no more than the client has.
#[derive(Debug, Default)]
pub(crate) struct ClientFiles {
    packed: Arc<Mutex<ByPath>>,
    under_way: Flights<Hash, Job<Arc<Packed>>>,
}

impl ClientFiles {
    /// A file of the client, packed now or before. `None` if the workshop has no time for it.
    pub(super) async fn packed(
        &self,
        workshop: &Workshop,
        path: &str,
        media: String,
        caching: &'static str,
        file: &EmbeddedFile,
    ) -> Option<Arc<Packed>> {
        let hash = file.metadata.sha256_hash();
        if let Some(packed) = self.kept(path, hash) {
            return Some(packed);
        }
        let start = || {
            let (bytes, path) = (bytes_of(file), path.to_owned());
            let kept = Arc::clone(&self.packed);
            workshop.submit(Work::Pack, Asker::SERVER, move |_| {
                let packed = Arc::new(Packed::new(&media, caching, bytes));
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.insert(path, (hash, Arc::clone(&packed)));
                Ok(packed)
            })
        };
        self.under_way.join(hash, start).await.ok()
    }

    /// A build for development reads the files from the disk, where they may have changed.
    fn kept(&self, path: &str, hash: Hash) -> Option<Arc<Packed>> {
        let packed = self.packed.lock().unwrap_or_else(PoisonError::into_inner);
        packed.get(path).filter(|(of, _)| *of == hash).map(|(_, packed)| Arc::clone(packed))
    }
}

/// The bytes of a file, without copying those that are built in.
pub(super) fn bytes_of(file: &EmbeddedFile) -> Bytes {
    match &file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::copy_from_slice(bytes),
    }
}
