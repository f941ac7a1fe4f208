//! Every letter can be heard, and is another sound.

use super::{HEAD, RECORDINGS, speak};

#[test]
fn a7_every_letter_can_be_heard() {
    for (letter, recording) in RECORDINGS {
        assert_eq!(&recording[..4], b"RIFF", "{letter}");
        let spoken = speak(letter, 1);
        let loud = spoken[HEAD..].iter().filter(|&&sample| sample.abs_diff(128) > 20).count();
        assert!(loud > 500, "{letter} has {loud} loud samples");
    }
    assert!(
        RECORDINGS.iter().all(|(a, one)| RECORDINGS.iter().all(|(b, two)| a == b || one != two))
    );
}

#[test]
fn a7_letters_are_spoken_one_after_the_other() {
    let length = |letters: &str| speak(letters, 1).len();
    assert!(length("AB") > length("A") + 4000);
    assert_ne!(speak("AB", 1), speak("BA", 1));
}
