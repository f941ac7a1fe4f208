//! Changes inputs, without a fuzzer and always in the same way.

/// The most bytes of a splice.
const SPLICE_BYTES_MAX: u64 = 64;

/// Numbers at which code often errs.
const NUMBERS: [u64; 8] =
    [0, 1, 0x7f, 0xff, 0x7fff_ffff, 0xffff_ffff, 0x7fff_ffff_ffff_ffff, u64::MAX];

/// Changes inputs by chance that a seed decides.
#[derive(Clone, Debug)]
pub struct Mutator {
    state: u64,
}

impl Mutator {
    /// A mutator whose chance this seed decides.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The input with one to four changes. Splices come from `other`.
    pub fn change(&mut self, input: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = input.to_vec();
        for _ in 0..=self.below(4) {
            self.change_once(&mut bytes, other);
        }
        bytes
    }

    fn change_once(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.place(bytes);
        match self.below(7) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
            1 if !bytes.is_empty() => bytes[at] = self.byte(),
            2 => bytes.truncate(at),
            3 => {
                let number = NUMBERS[index(self.below(NUMBERS.len() as u64))].to_le_bytes();
                let end = bytes.len().min(at + (1 << self.below(4)));
                let width = end - at;
                bytes[at..end].copy_from_slice(&number[..width]);
            }
            4 => {
                let end = bytes.len().min(at + index(self.below(SPLICE_BYTES_MAX)));
                bytes.drain(at..end);
            }
            5 => {
                let begin = self.place(other);
                let end = other.len().min(begin + index(self.below(SPLICE_BYTES_MAX)));
                bytes.splice(at..at, other[begin..end].iter().copied());
            }
            _ => bytes.insert(at, self.byte()),
        }
    }

    fn place(&mut self, bytes: &[u8]) -> usize {
        index(self.below(bytes.len().max(1) as u64)).min(bytes.len())
    }

    fn byte(&mut self) -> u8 {
        let [low, ..] = self.next().to_le_bytes();
        low
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// The next number of the generator `SplitMix64`.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

fn index(number: u64) -> usize {
    usize::try_from(number).expect("an index fits")
}
