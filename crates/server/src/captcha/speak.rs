//! Speaks the letters: a recording of each, pauses of random length between them, and faint noise.

use sale::random::Stream;

/// Samples in a second. Each is one byte.
const RATE: u32 = 8000;
/// Bytes of the head before a recording's samples.
const HEAD: usize = 44;
/// The sample that means silence.
const SILENCE: u8 = 128;
/// Names the purpose of the random numbers: "spea" in ASCII.
const SPEAK: u64 = 0x7370_6561;

macro_rules! recordings {
    ($($letter:literal)+) => {
        &[$(($letter, include_bytes!(concat!("../../assets/letters/", $letter, ".wav")).as_slice())),+]
    };
}

/// One recording for each letter: see `assets/README.md`.
const RECORDINGS: &[(&str, &[u8])] = recordings! {
    "A" "B" "C" "D" "E" "F" "G" "H" "J" "K" "L" "M" "N" "P" "R" "S" "T" "U" "V" "W" "X" "Y" "Z"
};

/// The letters as a WAV recording. `noise` decides pauses and noise.
pub(super) fn speak(letters: &str, noise: u64) -> Vec<u8> {
    let mut samples = Vec::new();
    for (at, letter) in (0u64..).zip(letters.chars()) {
        let draws = Stream::new(noise, SPEAK, at);
        pause(&mut samples, 1200 + draws.below(0, 2400));
        let mut name = [0; 4];
        let recording =
            RECORDINGS.iter().find(|(known, _)| *known == letter.encode_utf8(&mut name));
        samples.extend_from_slice(recording.map_or(&[], |(_, bytes)| &bytes[HEAD..]));
    }
    pause(&mut samples, 1200);
    let draws = Stream::new(noise, SPEAK, 1000);
    for (at, sample) in (0u64..).zip(&mut samples) {
        // Seven of 256 steps sound like a hiss, and make every recording different.
        let hiss = u8::try_from(draws.below(at, 7)).expect("below seven");
        *sample = sample.saturating_add(hiss).saturating_sub(3);
    }
    wav(&samples)
}

fn pause(samples: &mut Vec<u8>, length: u64) {
    let length = usize::try_from(length).expect("less than a second");
    samples.resize(samples.len() + length, SILENCE);
}

/// A WAV file of the samples: one channel of eight bits.
fn wav(samples: &[u8]) -> Vec<u8> {
    let length = u32::try_from(samples.len()).expect("some seconds");
    let mut bytes = Vec::with_capacity(HEAD + samples.len());
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(length + 36).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    for word in [16, 0x0001_0001, RATE, RATE, 0x0008_0001] {
        bytes.extend_from_slice(&u32::to_le_bytes(word));
    }
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(samples);
    bytes
}

#[cfg(test)]
mod tests;
