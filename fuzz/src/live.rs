//! What a live connection carries.

use protocol::{Folded, Frame, FromClient, Replica};

/// Bytes that a pong may add for each byte of its ping: `1E9` comes back as `1000000000.0`.
const ECHO_GROWTH_MAX: usize = 8;

/// A frame has one form. A client that folds one that it cannot use is empty.
pub(crate) fn frame(bytes: &[u8]) {
    let decoded = Frame::decode(bytes);
    let mut replica = Replica::new();
    let folded = replica.handle(bytes);
    match &decoded {
        Ok(frame) => {
            assert_eq!(Frame::decode(&frame.encode()).as_ref(), Ok(frame));
            assert!(frame.encode().len() <= bytes.len(), "the shortest form is written");
        }
        Err(_) => assert_eq!(folded, Folded::Resync),
    }
    assert_eq!(replica.seats().is_some(), folded == Folded::Applied);
}

/// A message that is understood is understood again when it is written out, and its echo stays as small.
pub(crate) fn message(bytes: &[u8]) {
    let bytes = &bytes[..bytes.len().min(server::limits::MESSAGE_BYTES_MAX)];
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Ok(message) = serde_json::from_str::<FromClient>(text) else { return };
    let written = serde_json::to_string(&message).expect("a message becomes JSON");
    assert!(written.len() <= ECHO_GROWTH_MAX * (bytes.len() + 8), "the echo grows");
    let again: FromClient = serde_json::from_str(&written).expect("what was written is read");
    assert_eq!(std::mem::discriminant(&again), std::mem::discriminant(&message));
}
