//! The record of a race as it is published: all that a replay needs, and nothing of its people. Anybody can
//! run the race again from it and check the commitment to its seed and secret.

use std::collections::BTreeMap;

use journal::{Entry, JournalError, Log as SaleLog, Record};
use practice::{Header, Note, PersonId};

use super::{End, Item, encode};

/// The bytes of the record of a race for everybody (rule R17). `items` are the commands and notes of the
/// race in order. In the record,
///
/// - a person is the number of the member whom the person became,
/// - nobody is named as the host, nor is the time of day at which race time began,
/// - no marks and no tags of requests are left.
///
/// Seed and secret are in it: publish it only when the race is over for everybody.
///
/// # Panics
///
/// If the items are out of order or later than the end.
pub fn publish(header: &Header, recipe: &str, items: &[Item], end: &End) -> Vec<u8> {
    let header = Header { begun: None, ..header.clone() };
    let mut members = BTreeMap::new();
    let items: Vec<Item> = items.iter().filter_map(|item| anonymous(item, &mut members)).collect();
    encode(&header, recipe, &items, end)
}

/// The commands and notes in a log of the journal, in order.
///
/// # Errors
///
/// When the log is damaged.
pub fn items_of(log: &SaleLog) -> Result<Vec<Item>, JournalError> {
    let mut items = Vec::new();
    log.entries(|entry: Entry<'_>| items.push(Item::of(entry)))?;
    Ok(items)
}

/// The item without what tells of a person; `None` if nothing of it is needed. `members` are the numbers of
/// those who have joined so far.
fn anonymous(item: &Item, members: &mut BTreeMap<PersonId, u128>) -> Option<Item> {
    let (at, kind, bytes) = match item {
        Item::Command(record) => return Some(Item::Command(Record { tag: None, ..*record })),
        Item::Note { at, kind, bytes, .. } => (*at, *kind, bytes),
    };
    // A note that this program does not know may hold anything.
    let note = match Note::decode(kind, bytes).ok()? {
        Note::Joined { person } => {
            let next = members.len() as u128;
            Note::Joined { person: PersonId(*members.entry(person).or_insert(next)) }
        }
        // How old the seats were from which a member chose; a report of the record tells it too.
        Note::Shown { member, at } => Note::Shown { member, at },
        // Whoever reads the record sees when the server was away.
        Note::Shifted { by, cause } => Note::Shifted { by, cause },
        // It ends a run, which a report of the record tells too.
        Note::GoalReached { member } => Note::GoalReached { member },
        // What came of payments and cancels, the commands in the record say without naming a person.
        Note::Marked { .. }
        | Note::TurnedDown { .. }
        | Note::Told
        | Note::Booked { .. }
        | Note::Cancelled { .. } => return None,
    };
    Some(Item::Note { at, tag: None, kind: note.kind(), bytes: note.encode() })
}
