//! Looks into SQLite's log before SQLite does, for commits that SQLite would pass over.
//!
//! SQLite reads the log up to the first frame whose checksum is wrong, because that is how a log ends
//! after a crash. If the frame was damaged later, the commits after it are lost without a word. Each
//! frame's checksum continues that of the frame before, so a frame can still be checked on its own.
//! Every commit writes the first page, which has the number of the commit.
//!
//! ```text
//! log    header (32 bytes), frames
//! frame  page u32, pages after a commit u32, salts 2 × u32, checksum 2 × u32, the page
//! ```

/// The part of a log's header that is the same for all logs, without the bit for the order of bytes
/// in checksums.
const MAGIC: u32 = 0x377f_0682;

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;

/// The page size of the journals that this program makes.
const PAGE_BYTES: usize = 4096;

/// Where the first page has the number of the commit: SQLite's *user version*.
const COMMIT_AT: usize = 60;

/// The number of the newest commit that stands whole somewhere in the log, also after a damaged
/// frame. `is_before` compares two numbers. `None` if no commit was found.
pub(crate) fn newest_commit(log: &[u8], is_before: fn(u32, u32) -> bool) -> Option<u32> {
    let (order, page_bytes) = form(log);
    let orders = order.map_or(vec![Order::Little, Order::Big], |order| vec![order]);
    let newest =
        orders.into_iter().filter_map(|order| newest_in(log, order, page_bytes, is_before));
    newest.reduce(|one, other| if is_before(one, other) { other } else { one })
}

/// The order of bytes in which checksums are computed.
#[derive(Clone, Copy, Debug)]
enum Order {
    Little,
    Big,
}

/// What the header says. A header that cannot be right says nothing.
fn form(log: &[u8]) -> (Option<Order>, usize) {
    let word = |at: usize| log.get(at..at + 4).map_or(0, big);
    let order = match word(0) {
        MAGIC => Some(Order::Little),
        magic if magic == MAGIC | 1 => Some(Order::Big),
        _ => None,
    };
    let page_bytes = word(8) as usize;
    let is_size = page_bytes.is_power_of_two() && (512..=65_536).contains(&page_bytes);
    (order, if is_size && order.is_some() { page_bytes } else { PAGE_BYTES })
}

fn newest_in(
    log: &[u8],
    order: Order,
    page_bytes: usize,
    is_before: fn(u32, u32) -> bool,
) -> Option<u32> {
    let frames = log.get(HEADER_BYTES..)?.chunks_exact(FRAME_HEADER_BYTES + page_bytes);
    let mut seed = Some(((big(&log[24..]), big(&log[28..])), &log[16..24]));
    // The number on the first page of the transaction that is being read.
    let mut number = None;
    let mut newest: Option<u32> = None;
    for frame in frames {
        let (head, page) = frame.split_at(FRAME_HEADER_BYTES);
        let stored = (big(&head[16..]), big(&head[20..]));
        let salts = &head[8..16];
        let is_whole = seed.is_some_and(|(before, salts_before)| {
            salts_before == salts
                && checksum(checksum(before, &head[..8], order), page, order) == stored
        });
        seed = Some((stored, salts));
        if !is_whole {
            number = None;
            continue;
        }
        if big(head) == 1 {
            number = Some(big(&page[COMMIT_AT..]));
        }
        if big(&head[4..]) != 0
            && let Some(found) = number.take()
            && newest.is_none_or(|newest| is_before(newest, found))
        {
            newest = Some(found);
        }
    }
    newest
}

/// The first four bytes as a number.
fn big(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |chunk| u32::from_be_bytes(*chunk))
}

fn checksum(seed: (u32, u32), bytes: &[u8], order: Order) -> (u32, u32) {
    let word = |bytes: &[u8]| {
        let chunk = *bytes.first_chunk().expect("four bytes");
        match order {
            Order::Little => u32::from_le_bytes(chunk),
            Order::Big => u32::from_be_bytes(chunk),
        }
    };
    bytes.chunks_exact(8).fold(seed, |(one, two), pair| {
        let one = one.wrapping_add(word(pair)).wrapping_add(two);
        (one, two.wrapping_add(word(&pair[4..])).wrapping_add(one))
    })
}

#[cfg(test)]
mod tests;
