//! The codes of tickets.

use super::*;

fn ticket() -> SignedTicket {
    let (sale, booking) = (RaceId(0x0123_4567_89ab_cdef), BookingId(70_000));
    SignedTicket { sale, booking, index: 3, is_practice: false }
}

#[test]
fn t2_a_code_is_forty_letters_and_digits_and_always_the_same() {
    let keys = Keys::of(&[7; 32]);
    let code = keys.ticket_code(ticket());
    assert_eq!(code.len(), 40);
    assert!(code.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7')), "{code}");
    assert_eq!(keys.ticket_code(ticket()), code);
    assert_eq!(keys.ticket_of(&code), Some(ticket()));
    assert_eq!(
        code, "EAASGRLHRGV433YAAEIXAAZM22JEAVXGEACMURFD",
        "the form stays: codes were printed"
    );
}

#[test]
fn t3_no_code_but_the_servers_own_is_a_ticket() {
    let keys = Keys::of(&[7; 32]);
    let code = keys.ticket_code(ticket());
    for at in 0..code.len() {
        let other = if &code[at..=at] == "A" { "B" } else { "A" };
        let changed = [&code[..at], other, &code[at + 1..]].concat();
        assert_eq!(keys.ticket_of(&changed), None, "character {at}");
    }
    for wrong in ["", "A", &code[..39], &format!("{code}A"), &format!("{code}AAAAAAAA"), "é"] {
        assert_eq!(keys.ticket_of(wrong), None, "{wrong}");
    }
    // A part of the right signature is easier to guess, and more of it would be a second code.
    for length in 1..=SIGNATURE + 5 {
        let head = ticket().head();
        let signature = keys.ticket_mac(head).finalize().into_bytes();
        let code = BASE32_NOPAD.encode(&[&head[..], &signature[..length]].concat());
        let is_whole = length == SIGNATURE;
        assert_eq!(keys.ticket_of(&code).is_some(), is_whole, "{length} bytes of the signature");
    }
    assert_eq!(keys.ticket_of(&code.to_lowercase()), None, "each ticket has one code");
    assert_eq!(Keys::of(&[8; 32]).ticket_of(&code), None, "another server");
}

#[test]
fn t8_whether_a_ticket_is_practice_is_signed_too() {
    let keys = Keys::of(&[7; 32]);
    let practice = SignedTicket { is_practice: true, ..ticket() };
    let code = keys.ticket_code(practice);
    assert_eq!(keys.ticket_of(&code), Some(practice));
    let (real, code) = (keys.ticket_code(ticket()), BASE32_NOPAD.decode(code.as_bytes()).unwrap());
    let forged = [&[FORM], &code[1..]].concat();
    assert_eq!(keys.ticket_of(&BASE32_NOPAD.encode(&forged)), None);
    assert_ne!(real, BASE32_NOPAD.encode(&code));
}
