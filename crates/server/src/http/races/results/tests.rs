//! Tests: which rows of the results one person is shown.

use practice::PersonId;
use protocol::{Ending, ResultRow};

use super::{GuestId, Rows, Table};

fn row(member: u32, ending: Option<Ending>) -> ResultRow {
    ResultRow {
        member,
        name: None,
        you: false,
        ending,
        press_ms: None,
        place: None,
        admitted_ms: None,
        first_seat_ms: None,
        held_ms: None,
        paid_ms: None,
        seats: Vec::new(),
        section: None,
        quality: None,
        cost: None,
        report_shared: false,
    }
}

/// A board with rows of these of ten members, of whom three have paid.
fn board(members: &[u32]) -> Rows {
    let list = members.iter().map(|&member| row(member, None)).collect();
    let people = members.iter().map(|&member| PersonId(u128::from(member))).collect();
    Rows { list, people, members: 10, paid: 3 }
}

fn shown(table: &Table) -> (Vec<u32>, u32, u32) {
    (table.rows.iter().map(|row| row.member).collect(), table.more(), table.paid())
}

#[test]
fn a82_the_own_row_is_always_there_as_it_is_at_this_moment() {
    let board = board(&[1, 4, 7]);
    let own = |member| Some(ResultRow { you: true, ..row(member, Some(Ending::Paid)) });
    let replaced = Table::of(Some(&board), own(4), GuestId(4));
    assert_eq!(shown(&replaced), (vec![1, 4, 7], 7, 3));
    assert!(replaced.rows[1].you && replaced.rows[1].ending == Some(Ending::Paid));
    let added = Table::of(Some(&board), own(5), GuestId(5));
    assert_eq!(shown(&added), (vec![1, 4, 5, 7], 6, 3));
    assert_eq!(added.guests, [1, 4, 5, 7].map(GuestId));
    let new = Table::of(Some(&board), own(10), GuestId(10));
    assert_eq!(shown(&new), (vec![1, 4, 7, 10], 7, 3), "ten others and the new one");
    assert_eq!(shown(&Table::of(Some(&board), None, GuestId(99))), (vec![1, 4, 7], 7, 3));
    let racing = ResultRow { you: true, ..row(6, None) };
    assert_eq!(shown(&Table::of(None, Some(racing), GuestId(6))), (vec![6], 0, 0));
}
