//! Named upper bounds. The server refuses what would exceed one, so that nothing grows without a limit.

use std::time::Duration;

/// Races in memory at once, over all shards. The largest hall and crowd take some tens of megabytes;
/// a small one a few.
pub const RACES_LOADED_MAX: usize = 256;

/// Unfinished races of one guest. When the guest begins one more, the server ends the oldest.
pub const RACES_PER_GUEST_MAX: usize = 4;

/// Races of one guest that a list shows.
pub const RACES_LISTED_MAX: usize = 10;

/// Rivals of a race that a guest may ask for: twice as many as the largest tier has. The terminal
/// allows all that a race can have.
pub const RIVALS_ASKED_MAX: u32 = crowd::RIVALS_MAX / 2;

/// The largest seed: the largest whole number that every JSON reader keeps exactly.
pub const SEED_MAX: u64 = (1 << 53) - 1;

/// Bytes of a request's body. The longest request, with 200 marks, takes some 14 KiB.
pub const BODY_BYTES_MAX: usize = 16 * 1024;

/// Bytes of a text message from a client. A ping is some 40.
pub const MESSAGE_BYTES_MAX: usize = 4 * 1024;

/// Bytes read from a socket at once. The library's own default of 128 KiB a socket is held for as long
/// as the socket is open: ten thousand viewers would take more than a gigabyte.
pub const SOCKET_READ_BYTES: usize = 2 * 1024;

/// Bytes that may wait to be written to one socket. Beyond it the socket counts as stuck. Chosen to hold a
/// few snapshots of the largest hall.
pub const SOCKET_WRITE_BYTES_MAX: usize = 256 * 1024;

/// Connections at once.
pub const CONNECTIONS_MAX: usize = 10_000;

/// Connections at once from one address. A campus behind one address needs a few for each person; a hostile
/// address leaves four fifths to others.
pub const CONNECTIONS_PER_ADDRESS_MAX: usize = CONNECTIONS_MAX / 5;

/// Files that the process keeps for everything beside connections, such as the journal.
pub const FILES_KEPT: usize = 64;

/// How long a client may take to send the head of a request, and how long an idle connection is kept.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a client may take to read some of what is written to it.
pub const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// Bytes of the head of a request. A browser sends less than a tenth.
pub const HEAD_BYTES_MAX: usize = 32 * 1024;

/// Messages that may wait for one viewer. Beyond it the viewer is slow: it gets a snapshot when it has
/// caught up.
pub const VIEWER_MESSAGES_MAX: usize = 16;

/// Live connections of one race. One person needs one for each tab.
pub const VIEWERS_PER_RACE_MAX: usize = 8;

/// Asks that may wait, over all shards.
pub const ASKS_WAITING_MAX: usize = 4096;

/// Bytes of plans that are kept ready for sending. The largest takes a few megabytes.
pub const PLAN_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Bytes of an idempotency key.
pub const KEY_BYTES_MAX: usize = 64;

/// The fewest threads of the workshop: one for captchas, one for what takes up to a second, one for all. They
/// have a low priority, so on a small machine they use what others leave.
pub const WORKERS_MIN: usize = 3;

/// The most threads of the workshop. Each may replay the largest race, which takes some 30 MB.
pub const WORKERS_MAX: usize = 16;

/// Jobs of one guest that may wait, of those that take about as long. A page asks for one at a time.
pub const JOBS_PER_GUEST_MAX: usize = 4;

/// Jobs of one network that may wait, of those that take about as long. Enough for a class of students that begins
/// at once; a hostile network leaves three quarters to others.
pub const JOBS_PER_NETWORK_MAX: usize = 128;

/// Jobs of all guests that may wait.
pub const JOBS_WAITING_MAX: usize = 512;

/// Bytes of captchas that are kept for those who ask again. A recording takes some 60 KB, an image 20 KB, and players
/// ask for a recording in parts.
pub const CAPTCHA_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Requests a second from one guest, lasting. A person who clicks seats as fast as a mouse allows makes
/// fifteen.
pub const REQUESTS_PER_GUEST_PER_S: u32 = 30;
/// Requests at once from one guest who was silent before.
pub const REQUESTS_PER_GUEST_BURST: u32 = 120;

/// Requests a second from one address, lasting. Enough for a class of students behind one address.
pub const REQUESTS_PER_ADDRESS_PER_S: u32 = 500;
/// Requests at once from one address that was silent before.
pub const REQUESTS_PER_ADDRESS_BURST: u32 = 2000;

/// How long a request may take.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// How long a program keeps a live connection that brings no message. Clients ping every five seconds.
pub const SILENCE_MAX: Duration = Duration::from_secs(30);

/// How long the last message of a live connection may take, which says why the server closes it.
pub const CLOSING_MAX: Duration = Duration::from_secs(2);

/// How long a server that failed goes on answering that it failed, before it ends.
pub const FAREWELL: Duration = Duration::from_secs(2);

/// How long a stop may take before the server cuts off the requests that are left.
pub const STOP_TIMEOUT: Duration = Duration::from_secs(10);

const _: () = assert!(practice::limits::NOTE_BYTES_MAX <= journal::limits::NOTE_BYTES_MAX);
const _: () = assert!(VIEWERS_PER_RACE_MAX * RACES_LOADED_MAX <= CONNECTIONS_MAX);
