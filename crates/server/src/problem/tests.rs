//! Every refusal of the sale becomes a problem that a client can tell from all others.

use std::collections::BTreeSet;

use sale::Refusal;

use super::code_of;
use crate::words::wording;

#[test]
fn a9_every_refusal_has_a_code_of_its_own_and_words() {
    let mut codes = BTreeSet::new();
    for refusal in Refusal::ALL {
        let code = code_of(refusal);
        assert!(codes.insert(code.as_str()), "two refusals have the code {code}");
        let row = wording(code);
        assert!(row.en.detail.is_ascii() && !row.ko.detail.is_ascii(), "{refusal:?}");
    }
}
