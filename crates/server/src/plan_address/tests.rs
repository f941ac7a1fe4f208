//! Addresses are read as they were written, and any other text is refused.

use super::PlanAddress;

#[test]
fn a28_an_address_has_one_form_only() {
    let address = PlanAddress::of("name = \"nook\"");
    let text = address.to_string();
    assert_eq!(text.parse::<PlanAddress>().unwrap(), address);
    assert_eq!(text.len(), 34);
    let digits = text.trim_start_matches("1-");
    let other_form = format!("2-{digits}");
    let (upper, padded) = (text.to_uppercase(), format!("01-{digits}"));
    for wrong in [digits, &other_form, &upper, &padded, &text[..33], "", "-", "nook", "1-../nook"] {
        assert!(wrong.parse::<PlanAddress>().is_err(), "{wrong}");
    }
    assert_ne!(PlanAddress::of("name = \"nooks\""), address);
}
