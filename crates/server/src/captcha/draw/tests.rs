//! Every letter leaves ink, and no image is like another.

use super::{HEIGHT, WIDTH, draw};

const ALPHABET: &str = "ABCDEFGHJKLMNPRSTUVWXYZ";

fn grey(bytes: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut grey).unwrap();
    grey
}

#[test]
fn a7_every_letter_can_be_seen() {
    let blank = grey(&draw("", 1)).iter().filter(|&&pixel| pixel < 100).count();
    for letter in ALPHABET.chars() {
        let image = grey(&draw(&letter.to_string(), 1));
        assert_eq!(image.len(), WIDTH * HEIGHT);
        let ink = image.iter().filter(|&&pixel| pixel < 100).count();
        assert!(ink > blank + 200, "{letter} leaves {ink} dark pixels");
    }
}

#[test]
fn a7_no_image_is_like_another() {
    assert_eq!(draw("ABCDEF", 1), draw("ABCDEF", 1));
    assert_ne!(draw("ABCDEF", 1), draw("ABCDEF", 2));
}
