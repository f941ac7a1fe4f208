//! The geometry that clients get of a spec.

use data_encoding::HEXLOWER;
use scenario::{Kind, Library};
use sha2::{Digest, Sha256};

use super::PlanFile;

#[test]
fn a28_the_same_spec_gives_the_same_geometry() {
    let geometry = |name| {
        let spec = Library::built_in().read(Kind::Plan, name).unwrap();
        HEXLOWER.encode(&Sha256::digest(&PlanFile::of_spec(&spec).unwrap().json)[..8])
    };
    // Browsers keep a plan for ever. So if this fails, change `FORM` in `plan_address.rs` too.
    assert_eq!([geometry("theatre"), geometry("dome")], ["e9da1c9480e14a49", "a6d9753632353927"]);
}
