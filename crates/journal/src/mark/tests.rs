//! The mark is read as it was written, or not at all.

use super::*;

#[test]
fn j16_a_damaged_mark_is_not_believed() {
    let mut mark = Mark { commits: 7, at_ns: 9, ..Mark::default() };
    (1..=5).for_each(|sale| mark.reach(SaleId(sale), Seq(sale * 3)));
    let bytes = mark.encode();
    assert_eq!(Mark::decode(&bytes), Some(mark));
    for at in 0..bytes.len() {
        assert_eq!(Mark::decode(&bytes[..at]), None, "cut at {at}");
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << bit;
            assert_eq!(Mark::decode(&damaged), None, "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn j16_a_mark_names_a_bounded_number_of_sales() {
    let mut mark = Mark::default();
    (0..MARK_SALES_MAX as u64 + 10).for_each(|sale| mark.reach(SaleId(sale), Seq(1)));
    assert_eq!(mark.reaches.len(), MARK_SALES_MAX);
    assert!(mark.reaches.contains_key(&SaleId(MARK_SALES_MAX as u64 + 9)), "the newest is there");
    assert_eq!(Mark::decode(&mark.encode()), Some(mark));
}

#[test]
fn j16_the_count_of_commits_may_begin_again() {
    assert!(is_before(1, 2) && !is_before(2, 1) && !is_before(2, 2));
    assert!(is_before(u32::MAX, 3) && !is_before(3, u32::MAX));
}
