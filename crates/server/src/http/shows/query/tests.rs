//! Tests of parameters.

use catalogue::{Day, Days, Search};
use protocol::{ConcertList, ConcertOrder};

use super::{ConcertQuery, Wanted};
use crate::problem::ApiError;

fn wanted(query: ConcertQuery) -> Result<Wanted, ApiError> {
    query.wanted()
}

fn searched(query: ConcertQuery) -> Search {
    match wanted(query).unwrap() {
        Wanted::Search(search, _) => *search,
        Wanted::List(list, _) => panic!("{list:?}"),
    }
}

#[test]
fn k39_without_a_parameter_it_is_what_is_on_sale() {
    let Wanted::List(list, page) = wanted(ConcertQuery::default()).unwrap() else { panic!() };
    assert_eq!((list, page.rows, page.after), (ConcertList::OnSale, 20, None));
}

#[test]
fn k39_empty_parts_are_no_parts() {
    let empty = || Some(String::new());
    let query = ConcertQuery {
        words: Some("  ".to_owned()),
        city: empty(),
        from: empty(),
        to: empty(),
        ..ConcertQuery::default()
    };
    assert_eq!(searched(query), Search::default());
}

#[test]
fn k39_either_end_of_a_range_may_be_missing() {
    let day = |text: &str| Some(text.to_owned());
    let from = ConcertQuery { from: day("2026-12-24"), ..ConcertQuery::default() };
    let christmas: Day = "2026-12-24".parse().unwrap();
    assert_eq!(searched(from).days, Some(Days { from: christmas, to: Day::MAX }));
    let to = ConcertQuery { to: day("2026-12-24"), ..ConcertQuery::default() };
    assert_eq!(searched(to).days, Some(Days { from: Day::MIN, to: christmas }));
}

#[test]
fn k39_a_list_takes_no_part_of_a_search() {
    let query = ConcertQuery {
        list: Some(ConcertList::Soon),
        order: Some(ConcertOrder::Latest),
        ..ConcertQuery::default()
    };
    assert!(matches!(wanted(query), Err(ApiError::QueryInvalid { .. })));
}
