//! Named upper bounds. The server refuses what would exceed one, so that nothing grows without a limit.

use std::num::NonZeroU32;
use std::time::Duration;

/// Races in memory at once, over all shards. The largest hall and crowd take some tens of megabytes;
/// a small one a few.
pub const RACES_LOADED_MAX: usize = 256;

/// Unfinished races of one guest. When the guest begins one more, the server ends the oldest.
pub const RACES_PER_GUEST_MAX: usize = 4;

/// How long a list waits for the endings of races that were left behind.
pub const UNDECIDED_WITHIN: Duration = Duration::from_secs(5);

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

/// Messages a second of a live connection that a client may send, lasting. A client pings every five seconds, and
/// asks for a snapshot when it missed something.
pub const MESSAGES_PER_S: u32 = 20;
/// Messages at once of a live connection that was silent before.
pub const MESSAGES_BURST: u32 = 60;

/// Bytes a second of a live connection that a client may send, lasting: as much as the largest messages take. Frames
/// that make no message count as well.
pub const LIVE_BYTES_PER_S: u32 = MESSAGES_PER_S * 4 * 1024;
/// Bytes at once of a live connection that was silent before.
pub const LIVE_BYTES_BURST: u32 = MESSAGES_BURST * 4 * 1024 + 16 * 1024;

/// Bytes read from a socket at once. The library's own default of 128 KiB a socket is held for as long
/// as the socket is open: ten thousand viewers would take more than a gigabyte.
pub const SOCKET_READ_BYTES: usize = 2 * 1024;

/// Bytes that may wait to be written to one socket. Beyond it the socket counts as stuck. Chosen to hold a
/// few snapshots of the largest hall.
pub const SOCKET_WRITE_BYTES_MAX: usize = 256 * 1024;

/// Connections at once.
pub const CONNECTIONS_MAX: usize = 10_000;

/// Connections at once from one address. Two thousand people behind the address of a campus have a live connection
/// each and as many for requests; a hostile address leaves half to others.
pub const CONNECTIONS_PER_ADDRESS_MAX: usize = CONNECTIONS_MAX / 2;

/// Connections that one address may open at once. Each costs the server some 50 µs, so they keep others waiting for
/// a twentieth of a second in all. The people of a campus come one after the other and stay connected.
pub const NEW_CONNECTIONS_BURST: u32 = 1_000;

/// Connections that one address may open in a second, lasting: the two thousand people of a campus each open one
/// every ten seconds.
pub const NEW_CONNECTIONS_PER_S: u32 = 200;

/// Connections that the server accepts one after the other before it answers others.
pub const ACCEPTED_IN_A_ROW: u32 = 4;

/// Connections of slow clients that the server ends in one go. Between two goes it answers others.
pub const SLOW_ENDED_AT_ONCE: usize = 64;

/// Connections at once of those who read the metrics.
pub const METRICS_CONNECTIONS_MAX: usize = 32;

/// Files that the process keeps for everything beside connections, such as the journal.
pub const FILES_KEPT: usize = 64;

/// How long a client may take to send the head of a request, and how long an idle connection is kept.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a client may take to read some of what is written to it.
pub const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a client may take to read the whole of an answer. The largest plans take some megabytes: a slow phone
/// loads them in a minute.
pub const ANSWER_READ_TIMEOUT: Duration = Duration::from_mins(5);

/// Bytes of the head of a request. A browser sends less than a tenth.
pub const HEAD_BYTES_MAX: usize = 32 * 1024;

/// Messages that may wait for one viewer. Beyond it the viewer is slow: it gets a snapshot when it has
/// caught up.
pub const VIEWER_MESSAGES_MAX: usize = 16;

/// Live connections of one member of a race. One person needs one for each tab.
pub const VIEWERS_PER_MEMBER_MAX: usize = 8;

/// Live connections of one race. A shared race may have as many as the server, so that ten thousand people can be in
/// one sale.
pub const VIEWERS_PER_RACE_MAX: usize = CONNECTIONS_MAX;

/// Viewers of a race beyond which it sends messages at most once in [`PUBLISH_EVERY`]. Below, everybody is told at once.
pub const VIEWERS_TOLD_AT_ONCE_MAX: usize = 32;

/// The time between two rounds of messages to the viewers of a race that has many: each round looks at every viewer,
/// so a race in which thousands press at once must not make a round for each press.
pub const PUBLISH_EVERY: Duration = Duration::from_millis(50);

/// The time between two looks for members who have been away for too long. Each look passes over all members.
pub const LOST_LOOK_EVERY: Duration = Duration::from_secs(1);

/// Watchers of the hall of one race. What they are sent is made once for all of them.
pub const WATCHERS_PER_RACE_MAX: usize = 2_000;
/// Watchers of the hall of one race from one network: all of a campus who look at the same screen, and three other networks
/// can do the same.
pub const WATCHERS_PER_NETWORK_MAX: usize = WATCHERS_PER_RACE_MAX / 4;
/// Watchers of the hall of one race that one person may have: a screen for everybody, and a few tabs.
pub const WATCHERS_PER_PERSON_MAX: usize = 4;

/// How long after the end of a run marks are kept that its client still has: a line that was gone for a moment is back by
/// then. Each of them makes the report anew.
pub const MARKS_KEPT_AFTER_END: Duration = Duration::from_mins(1);

/// Asks that may wait for one race of one person. A person has a few under way at once.
pub const ASKS_PER_RACE_MAX: usize = 64;

/// Asks that may wait for one shared race: ten thousand people press in the same second, and a shard answers some tens of
/// thousands a second.
pub const ASKS_PER_SHARED_RACE_MAX: usize = 16 * 1024;

/// Asks that may wait, over all shards: what all races in memory may have, and as many again for races that
/// are being loaded.
pub const ASKS_WAITING_MAX: usize = 2 * RACES_LOADED_MAX * ASKS_PER_RACE_MAX;

/// The longest time for which a shard lets one race go on before it turns to the next. A race that was left
/// alone for long has many seconds of work to make up, and others must not wait for it.
pub const SLICE: Duration = Duration::from_millis(2);

/// Races that one guest may begin at once after a pause, and then one in each [`RACE_PER_GUEST_EVERY`].
/// Somebody who tries the first second of a sale again and again begins one every few seconds.
pub const RACES_PER_GUEST_BURST: u32 = 60;
/// See [`RACES_PER_GUEST_BURST`].
pub const RACE_PER_GUEST_EVERY: Duration = Duration::from_secs(2);

/// Races that one network may begin at once after a pause, and then one in each [`RACE_PER_NETWORK_EVERY`].
/// Enough for all students of a campus who begin in the same minute.
pub const RACES_PER_NETWORK_BURST: u32 = 300;
/// See [`RACES_PER_NETWORK_BURST`].
pub const RACE_PER_NETWORK_EVERY: Duration = Duration::from_millis(250);

/// Races that one network may begin in a day, lasting, and once more at once after a pause. A race takes some
/// 20 kB on disk, so this is 100 to 200 MB a day.
pub const RACES_PER_NETWORK_PER_DAY: u32 = 5_000;

/// Races of one guest that are kept. When the guest begins one more, the oldest that is over is removed.
pub const RACES_KEPT_PER_GUEST_MAX: usize = 500;

/// Races of others that the list of one guest keeps. Beyond it the oldest leaves the list; the race itself stays.
pub const RACES_ENTERED_KEPT_MAX: usize = 500;

/// Rows of one answer with results: as many as a client shows, some 60 KB. Everybody who has finished asks for them again and
/// again while the race goes on, so in a race of ten thousand people all rows would be gigabytes a minute.
pub const RESULT_ROWS_MAX: usize = 200;
/// The time for which the rows of a race's results are shown to everybody who asks: making them passes over all members.
pub const RESULTS_KEPT_FOR: Duration = Duration::from_secs(1);

/// Races that are looked at in one second because somebody who never came has left their room. Each may have to be loaded.
pub const THINNED_AT_ONCE: usize = 64;
/// Tallies of one race that the journal keeps in one commit. Some 200 bytes each, so a commit takes a few milliseconds.
pub const TALLIES_AT_ONCE_MAX: usize = 256;

/// Tallies of one guest that the journal is asked for in one call. Each takes some ten microseconds.
pub const TALLIES_READ_AT_ONCE_MAX: usize = 64;

/// Halls, and exercises, that the progress of one guest tells. Beyond it those that were raced longest ago are left out.
pub const PROGRESS_ENTRIES_MAX: usize = 24;

/// Runs whose time of a step the progress tells, the last ones.
pub const PROGRESS_RUNS_MAX: usize = 10;

/// For how long the server must have been away before race time stands still for it. Below, clients reconnect as after a
/// short loss of the network, and the sign of life is a second old itself.
pub const OUTAGE_MIN: Duration = Duration::from_secs(2);
/// Outages that the server remembers, for races that were not loaded since.
pub const OUTAGES_KEPT_MAX: usize = 1_000;
/// How long the server remembers an outage: a day longer than it keeps races unless the operator says otherwise.
pub const OUTAGE_KEPT_FOR: Duration = Duration::from_hours(31 * 24);

/// The time that remains before the opening after a jump ahead. Long enough to get ready for the press.
pub const FORWARD_LEAVES: Duration = Duration::from_secs(10);

/// The time that remains before what somebody waits for, after a jump ahead to it. Long enough to look up.
pub const FORWARD_LEAVES_BEFORE: Duration = Duration::from_secs(3);

/// Bytes of the snapshots of one guest's races. The largest race takes some 12 MB.
pub const SNAPSHOT_BYTES_PER_GUEST_MAX: u64 = 64 << 20;
/// Bytes of the snapshots of races that guests of one network played.
pub const SNAPSHOT_BYTES_PER_NETWORK_MAX: u64 = 256 << 20;
/// Bytes of all snapshots.
pub const SNAPSHOT_BYTES_MAX: u64 = 1 << 30;

/// Bytes of the journal beyond which no race begins, unless the operator sets another number.
pub const DISK_BYTES_MAX: u64 = 8 << 30;

/// Bytes of plans that are kept ready for sending. The largest takes a few megabytes.
pub const PLAN_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Races that wait to be saved at once. They are still in memory.
pub const SAVES_WAITING_MAX: usize = 8;

/// Snapshots that are dropped at once because their races are over. Each is a commit of its own, for which
/// others wait.
pub const SNAPSHOTS_DROPPED_AT_ONCE: usize = 64;

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

/// Searches for the moment of a jump that one guest may begin at once after a pause, and then one in each
/// [`SEARCH_PER_GUEST_EVERY`]. Each copies a race on its shard's thread, which takes as long as a few slices.
pub const SEARCHES_PER_GUEST_BURST: u32 = 6;
/// See [`SEARCHES_PER_GUEST_BURST`].
pub const SEARCH_PER_GUEST_EVERY: Duration = Duration::from_secs(2);

/// Searches that the guests of one network may begin at once after a pause, and then one in each
/// [`SEARCH_PER_NETWORK_EVERY`]. Enough for a school class that waits in the queue.
pub const SEARCHES_PER_NETWORK_BURST: u32 = 60;
/// See [`SEARCHES_PER_NETWORK_BURST`].
pub const SEARCH_PER_NETWORK_EVERY: Duration = Duration::from_millis(200);

/// The longest time, in milliseconds, that a what-if may give a step: ten minutes, as long as a pass.
pub const WHAT_IF_MS_MAX: u32 = 600_000;

/// The times of a what-if are rounded to whole multiples of this, in milliseconds, so that a slider asks for few of them.
pub const WHAT_IF_STEP_MS: u32 = 50;

/// What-ifs that may be made for one guest at once: somebody looks at a report in two tabs.
pub const WHAT_IFS_PER_GUEST_MAX: usize = 2;

/// Bytes of what-ifs that are kept for those who ask again. One takes some 600.
pub const WHAT_IF_BYTES_MAX: usize = 1024 * 1024;

/// Bytes of runs that are kept so that a what-if need not replay the race first. One among 150,000 rivals takes some
/// 17 million.
pub const RERUN_BYTES_MAX: usize = 256 * 1024 * 1024;

/// How long the races with other crowds may take that one answer tells of. Those that are left out do not count.
pub const CHANCE_WITHIN: Duration = Duration::from_secs(8);

/// Bytes of captchas that are kept for those who ask again. A recording takes some 60 KB, an image 20 KB, and players
/// ask for a recording in parts.
pub const CAPTCHA_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Members of a room that people open. A class, a club, a school.
pub const ROOM_MEMBERS_MAX: u32 = 1_000;

/// Members of an open race.
pub const OPEN_MEMBERS_MAX: u32 = 10_000;

/// Members of an open race that its room tells, with their names. Nobody reads ten thousand.
pub const OPEN_LISTED_MAX: usize = 100;

/// Members of one open race who came from one network: a quarter of its places. A campus finds room in it, and no network
/// takes a race from all others.
pub const OPEN_MEMBERS_PER_NETWORK_MAX: usize = 2_500;

/// Rooms that people opened and that have not ended. A room takes a few hundred bytes and some for each member.
pub const ROOMS_MAX: usize = 10_000;

/// Rooms that one guest opened and that have not ended. For a further one, the oldest ends in which nobody is.
pub const ROOMS_PER_GUEST_MAX: usize = 16;

/// Rooms that were opened from one network and that have not ended: a twentieth of all. A school has one for each of its
/// classes several times over.
pub const ROOMS_PER_NETWORK_MAX: usize = 500;

/// Rooms of open races that have not ended: a day of one every five minutes.
pub const OPEN_ROOMS_MAX: usize = 300;

/// Members of all rooms that people opened. With those of open races they take some 100 MB in memory and 30 MB on disk.
pub const ROOM_MEMBERS_ALL_MAX: usize = 100_000;

/// Members of all rooms that people opened who came from one network: a tenth.
pub const ROOM_MEMBERS_PER_NETWORK_MAX: usize = 10_000;

/// Members of all open races, those that are over included as long as nobody needs their places.
pub const OPEN_MEMBERS_ALL_MAX: usize = 100_000;

/// Members of the open races under way who came from one network: a tenth, which is a campus in four races.
pub const OPEN_MEMBERS_ALL_PER_NETWORK_MAX: usize = 10_000;

/// How long a room must have been idle before it ends for the sake of another one. A page that loads again is back
/// sooner.
pub const ROOM_IDLE_MIN: Duration = Duration::from_mins(1);

/// Earlier races of a room whose results can be asked for. For a further one, the room forgets the first.
pub const ROOM_PAST_MAX: usize = 32;

/// Guests whom a host removed and whom the room remembers. For a further one, the first is forgotten.
pub const BARRED_MAX: usize = 1_000;

/// Names of people who left a room after a race that the room remembers, for the results.
pub const ROOM_LEFT_MAX: usize = 1_000;

/// Reports that are shown to the others of a room. For a further one, the first is hidden again.
pub const ROOM_SHARERS_MAX: usize = 1_000;

/// Keys of requests that a room remembers.
pub const ROOM_KEYS_MAX: usize = 16;

/// How long a host may be without a live connection before the next one is host.
pub const HOST_ABSENT_MAX: Duration = Duration::from_mins(1);

/// How long a room is kept after its last change or the start of its last race.
pub const ROOM_KEPT: Duration = Duration::from_hours(24);

/// How far ahead a room's race may be set by the clock: a link is good for a day.
pub const ROOM_AHEAD_MAX: Duration = Duration::from_hours(24);

/// Errands that may wait for the keeper of the rooms. It does some thousand a second.
pub const ROOM_ERRANDS_MAX: usize = 4_096;

/// Errands that are written to disk together.
pub const ROOM_ERRANDS_AT_ONCE: usize = 512;

/// The shortest time between two revisions that a live connection of a room is told.
pub const ROOM_TOLD_EVERY: Duration = Duration::from_millis(200);

/// Bytes a second that all live connections of one room are sent together, lasting. Beyond it the room is told more
/// seldom.
pub const ROOM_BYTES_PER_S: u64 = 20_000_000;

/// Live connections of one room: those of all who may be in an open race, and some that only look.
pub const ROOM_VIEWERS_MAX: usize = 12_000;

/// Live connections of one guest in one room. One for each tab, and one for a projector.
pub const ROOM_VIEWERS_PER_GUEST_MAX: usize = 4;

/// Rooms that one guest may open at once after a pause, and then one in each [`ROOM_PER_GUEST_EVERY`].
pub const ROOMS_PER_GUEST_BURST: u32 = 10;
/// See [`ROOMS_PER_GUEST_BURST`].
pub const ROOM_PER_GUEST_EVERY: Duration = Duration::from_secs(10);

/// Rooms that one network may open at once after a pause, and then one in each [`ROOM_PER_NETWORK_EVERY`].
pub const ROOMS_PER_NETWORK_BURST: u32 = 100;
/// See [`ROOMS_PER_NETWORK_BURST`].
pub const ROOM_PER_NETWORK_EVERY: Duration = Duration::from_secs(1);

/// How often one guest may join a room or take another name at once after a pause, and then once in each
/// [`JOIN_PER_GUEST_EVERY`].
pub const JOINS_PER_GUEST_BURST: u32 = 30;
/// See [`JOINS_PER_GUEST_BURST`].
pub const JOIN_PER_GUEST_EVERY: Duration = Duration::from_secs(1);

/// How often the guests of one network may join a room at once after a pause, and then once in each
/// [`JOIN_PER_NETWORK_EVERY`]. Enough for all students of a campus who enter an open race in the same minute.
pub const JOINS_PER_NETWORK_BURST: u32 = 2_000;
/// See [`JOINS_PER_NETWORK_BURST`].
pub const JOIN_PER_NETWORK_EVERY: Duration = Duration::from_millis(20);

/// How often one guest may change a room at once after a pause (being ready, leaving, what a host does), and then once
/// in each [`ROOM_CHANGE_PER_GUEST_EVERY`]. Each change is written to disk, with up to 150 kB of a large room.
pub const ROOM_CHANGES_PER_GUEST_BURST: u32 = 60;
/// See [`ROOM_CHANGES_PER_GUEST_BURST`].
pub const ROOM_CHANGE_PER_GUEST_EVERY: Duration = Duration::from_millis(500);

/// How often the guests of one network may change rooms at once after a pause, and then once in each
/// [`ROOM_CHANGE_PER_NETWORK_EVERY`]. Enough for a school in which everybody gets ready in the same minute.
pub const ROOM_CHANGES_PER_NETWORK_BURST: u32 = 4_000;
/// See [`ROOM_CHANGES_PER_NETWORK_BURST`].
pub const ROOM_CHANGE_PER_NETWORK_EVERY: Duration = Duration::from_millis(10);

/// How long before its opening people may enter an open race.
pub const OPEN_ENTRY_BEFORE: Duration = Duration::from_mins(5);

/// The time from the start of an open race to its opening, in seconds.
pub const OPEN_COUNTDOWN_S: u16 = 60;

/// How long it may take to set a race up. One that opens sooner is set up for a later moment.
pub const OPEN_SETUP: Duration = Duration::from_secs(3);

/// Open races that a list tells before their opening.
pub const OPEN_LISTED_NEXT: usize = 3;

/// Open races that a list tells after their opening. Those of two hours, which is longer than any race takes.
pub const OPEN_LISTED_RUNNING: usize = 24;

/// For how long a hand-over code is good.
pub const HANDOVER_GOOD_FOR: Duration = Duration::from_mins(2);

/// Hand-over codes that are good at once. There are 100 million codes, so one guess finds one of these with a chance of
/// one in 100,000.
pub const HANDOVERS_MAX: usize = 1_000;

/// How long somebody may take at a provider's page before the log-in begins anew. Chosen: time to find a password.
pub const LOG_IN_WITHIN: Duration = Duration::from_mins(10);

/// Log-ins that may wait for providers at once. Each keeps one connection to a provider.
pub const LOG_INS_AT_ONCE: usize = 64;

/// Log-ins that are remembered until they could not end any more, so that none ends twice. Each has 40 bytes.
pub const LOG_INS_USED_MAX: usize = 100_000;

/// Log-ins that one network may begin or end at once after a pause, and then one in each [`LOG_IN_EVERY`].
pub const LOG_INS_BURST: u32 = 60;
/// See [`LOG_INS_BURST`].
pub const LOG_IN_EVERY: Duration = Duration::from_secs(2);

/// How long a provider may take for an answer.
pub const PROVIDER_WITHIN: Duration = Duration::from_secs(10);

/// The longest answer of a provider, in bytes. Descriptions and keys have some thousand.
pub const PROVIDER_BYTES_MAX: usize = 256 * 1024;

/// How long what a provider says of itself is believed. Providers announce new keys days before they use them.
pub const PROVIDER_FRESH_FOR: Duration = Duration::from_hours(1);

/// How soon a provider is asked again whose token has an unknown key. Whoever sends such tokens makes the server ask no more often.
pub const PROVIDER_AGAIN_AFTER: Duration = Duration::from_secs(30);

/// Accounts of one server. They are in memory, some hundred bytes each.
pub const ACCOUNTS_MAX: usize = 1_000_000;

/// Guests of other browsers that become one with an account. Each request about a race looks through them.
pub const GUESTS_PER_ACCOUNT_MAX: usize = 100;

/// Browsers that are logged in to one account. One more takes the place of the one that was not seen for longest.
pub const SESSIONS_PER_ACCOUNT_MAX: usize = 20;

/// After how long a browser that was not seen is logged out.
pub const SESSION_IDLE_MAX: Duration = Duration::from_hours(90 * 24);

/// How long a log-out waits for the database, which hears of it later then. Chosen: somebody waits for the answer, and a database
/// that works takes milliseconds.
pub const LOG_OUT_WAITS: Duration = Duration::from_secs(1);

/// How often it is written down that a browser was seen.
pub const SESSION_SEEN_EVERY: Duration = Duration::from_hours(24);

/// Hand-over codes that one network may try at once after a pause, and then one in each [`HANDOVER_TRY_EVERY`].
pub const HANDOVER_TRIES_BURST: u32 = 10;
/// See [`HANDOVER_TRIES_BURST`].
pub const HANDOVER_TRY_EVERY: Duration = Duration::from_secs(20);

/// Hand-over codes that all networks together may try at once after a pause, and then one in each
/// [`HANDOVER_TRY_ALL_EVERY`]. In the two minutes of a code that is 700 tries, so even the whole of a botnet finds
/// one of a thousand codes with a chance below one in a hundred.
pub const HANDOVER_TRIES_ALL_BURST: u32 = 100;
/// See [`HANDOVER_TRIES_ALL_BURST`].
pub const HANDOVER_TRY_ALL_EVERY: Duration = Duration::from_millis(200);

/// Characters of the page to which a browser is handed over.
pub const HANDOVER_PATH_MAX: usize = 200;
/// Bytes of results and records of races that are kept for those who ask again. A race of a thousand people takes some 300 KB.
pub const OUTCOME_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Questions to the catalogue at once. A database that answers in five milliseconds takes some thousands a second; more
/// questions than this only wait, so they are refused at once.
pub const CATALOGUE_ASKS_MAX: usize = 128;

/// How long a question to the catalogue may take. A question waits up to five seconds for a connection to the database.
pub const CATALOGUE_WITHIN: Duration = Duration::from_secs(8);

/// Rows of a list of concerts, unless the request asks for another number.
pub const LIST_ROWS: u32 = 20;
/// Rows of a list of concerts that a request may ask for.
pub const LIST_ROWS_MAX: u32 = catalogue::limits::PAGE_ROWS_MAX;

/// Concerts that the first page shows large.
pub const BANNERS: u32 = 5;

/// Days of a calendar: three months and a bit. A longer range would pass over more openings than it shows.
pub const CALENDAR_DAYS_MAX: i32 = 100;

/// Days ahead of which a file for calendars has the openings of liked concerts: a tour's whole year.
pub const LIKED_OPENINGS_DAYS: i32 = 400;

/// Bytes of the body of a request that makes a concert. One with 400 performances takes some 100 KB.
pub const CONCERT_BYTES_MAX: usize = 256 * 1024;

/// How often one guest may like a concert or take a like back at once after a pause, and then once in each
/// [`LIKE_PER_GUEST_EVERY`]. Each is a commit of the catalogue.
pub const LIKES_PER_GUEST_BURST: u32 = 60;
/// See [`LIKES_PER_GUEST_BURST`].
pub const LIKE_PER_GUEST_EVERY: Duration = Duration::from_millis(500);

/// How often the guests of one network may do so at once after a pause, and then once in each
/// [`LIKE_PER_NETWORK_EVERY`].
pub const LIKES_PER_NETWORK_BURST: u32 = 1_000;
/// See [`LIKES_PER_NETWORK_BURST`].
pub const LIKE_PER_NETWORK_EVERY: Duration = Duration::from_millis(20);

/// Requests a second from one guest, lasting. A person who clicks seats as fast as a mouse allows makes
/// fifteen.
pub const REQUESTS_PER_GUEST_PER_S: NonZeroU32 = NonZeroU32::new(30).expect("above nothing");

/// Requests a second from one address, lasting. Enough for a class of students behind one address.
pub const REQUESTS_PER_ADDRESS_PER_S: NonZeroU32 = NonZeroU32::new(500).expect("above nothing");

/// How long a request may take.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// How long a program keeps a live connection that brings no message. Clients ping every five seconds.
pub const SILENCE_MAX: Duration = Duration::from_secs(30);

/// How long the last message of a live connection may take, which says why the server closes it.
pub const CLOSING_MAX: Duration = Duration::from_secs(2);

/// How long a server that failed goes on answering that it failed, before it ends.
pub const FAREWELL: Duration = Duration::from_secs(2);

/// How long a stop waits for the requests that are left before the server cuts them off.
pub const STOP_TIMEOUT: Duration = Duration::from_secs(4);

/// How long a stop goes on saving races. Service managers commonly kill a process after ten seconds.
pub const SAVE_TIMEOUT: Duration = Duration::from_secs(4);

/// How long before its opening the sale of a performance takes people in. Chosen: fans come early, and a press before the opening
/// is part of the practice.
pub const OPENING_LOBBY: Duration = Duration::from_mins(10);

/// Sales of performances that begin by themselves and are under way at once. Chosen: a third of the races in memory. Of more
/// openings, each begins when somebody enters it; what its rivals did until then happens at once.
pub const OPENINGS_BEGUN_MAX: usize = 256;

/// Sales that begin in one look at the clock, so that a whole evening of openings does not hold up the bookings.
pub const OPENINGS_BEGUN_AT_ONCE: usize = 16;

/// Sales whose seats are counted in one look at the clock.
pub const OPENINGS_SEEN_AT_ONCE: usize = 32;

/// How old the seats left of a sale under way may become where nobody looks.
pub const SEATS_LEFT_AGE_MAX: Duration = Duration::from_secs(25);

/// How old the seats left may be where somebody looks, so that many who look count the seats once.
pub const SEATS_LEFT_FRESH: Duration = Duration::from_secs(2);

/// Batches of one sale's log that the projection reads at once, so that the journal's thread does other work in between.
pub const OUTCOME_BATCHES_AT_ONCE: usize = 512;

/// Plans whose seats the projection can name without laying the hall out again.
pub const PLACES_KEPT: usize = 16;

/// Bytes of a note about what came of a payment: person, booking, time, total, [`SEATS_PER_HOLD_MAX`](sale::limits::SEATS_PER_HOLD_MAX) seats
/// and the payment.
pub const OUTCOME_NOTE_BYTES_MAX: usize =
    16 + 4 + 8 + 8 + 4 + 4 * sale::limits::SEATS_PER_HOLD_MAX + 4;

const _: () = assert!(practice::limits::NOTE_BYTES_MAX <= journal::limits::NOTE_BYTES_MAX);
const _: () = assert!(VIEWERS_PER_MEMBER_MAX * RACES_LOADED_MAX <= CONNECTIONS_MAX);
const _: () = assert!(ASKS_PER_SHARED_RACE_MAX < ASKS_WAITING_MAX);
