//! Draws screens and pictures into a buffer, without a terminal.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use sale::{Moment, Span};
use scenario::{Library, Overrides, Recipe};

use super::*;

fn setup(rivals: u32) -> Setup {
    let overrides = Overrides { rivals: Some(rivals), style: None };
    let recipe = Recipe::load(&Library::built_in(), "first-time", &overrides).unwrap();
    let course = scenario::Course::new(recipe).unwrap();
    Setup { course, seed: 1, people: 0 }
}

/// The race so long after (or, negative, before) its opening.
fn drive_to(setup: &Setup, after_ms: i64) -> Drive {
    let mut drive = Drive::in_memory(setup.narrated().unwrap(), 0, setup.course.ends_at).unwrap();
    let opens_at = drive.race().sale().rules().opens_at;
    let at = opens_at.as_millis().checked_add_signed(after_ms).unwrap();
    drive.advance(Moment::from_millis(at)).unwrap();
    drive
}

fn drawn(setup: &Setup, drive: &mut Drive, palette: Palette, size: (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let news = drive.take_highlights();
    let screen = Screen {
        setup,
        race: drive.race(),
        at: drive.at(),
        is_ended: drive.is_ended(),
        news: &news,
        footer: "q quit".to_owned(),
        palette,
    };
    terminal.draw(|frame| frame.render_widget(&screen, frame.area())).unwrap();
    terminal.backend().buffer().clone()
}

fn lines(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let row = |y| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (0..area.height).map(row).collect()
}

/// Without rivals nothing on the screen depends on how rivals behave.
#[test]
fn r7_before_the_opening_every_seat_is_free() {
    let setup = setup(0);
    let mut drive = drive_to(&setup, -3_200);
    let mut terminal = Terminal::new(TestBackend::new(100, 30)).unwrap();
    let buffer = drawn(&setup, &mut drive, Palette::NONE, (100, 30));
    terminal.draw(|frame| frame.buffer_mut().merge(&buffer)).unwrap();
    insta::assert_snapshot!(terminal.backend());
}

#[test]
fn r7_states_differ_by_shape_without_colours() {
    let setup = setup(1_500);
    let mut drive = drive_to(&setup, 60_000);
    let buffer = drawn(&setup, &mut drive, Palette::NONE, (110, 34));
    assert!(buffer.content().iter().all(|cell| cell.fg == ratatui::style::Color::Reset));
    let tally = drive.race().tally();
    assert!(tally.sold() > 0 && tally.free() < tally.seats(), "{tally:?}");
    let text = lines(&buffer).join("\n");
    for (_, mark) in crate::dots::MARKS {
        assert!(text.contains(mark), "{mark} is missing in\n{text}");
    }
}

#[test]
fn r7_wide_characters_keep_the_columns() {
    let setup = setup(300);
    let mut drive = drive_to(&setup, 20_000);
    for size in [(72, 20), (80, 24), (110, 34), (200, 60)] {
        let buffer = drawn(&setup, &mut drive, Palette::FULL, size);
        let title = &lines(&buffer)[0];
        assert!(title.starts_with(" 팅 팅  TingTing "), "{title:?}");
        // The right border stands in the last column of every line between title and keys.
        for y in 1..size.1 - 1 {
            let last = buffer[(size.0 - 1, y)].symbol();
            assert!("│╮╯".contains(last), "{last:?} in line {y} of {size:?}");
        }
    }
}

#[test]
fn r7_every_window_can_be_drawn_into() {
    let setup = setup(50);
    let mut drive = drive_to(&setup, 5_000);
    for width in [1, 2, 20, 35, 36, 60, 71, 72, 73, 113] {
        for height in [1, 2, 3, 15, 16, 17, 24, 40] {
            let buffer = drawn(&setup, &mut drive, Palette::INDEXED, (width, height));
            assert_eq!(buffer.area.as_size(), (width, height).into());
        }
    }
}

#[test]
fn r7_the_pace_is_slow_at_the_opening_and_never_leaps_over_it() {
    let opens_at = Moment::from_millis(15_000);
    let pace = Pace::default();
    let at = |millis| pace.speed(opens_at, Moment::from_millis(millis));
    assert!(at(0) > at(13_000) && at(13_000) > at(15_001) && at(15_001) < at(300_000));
    let leap = pace.until(opens_at, Moment::from_millis(14_900), FRAME_MAX);
    assert_eq!(leap, opens_at);
    let mut paused = pace;
    paused.pause_or_go_on();
    assert_eq!(paused.until(opens_at, opens_at, FRAME_MAX), opens_at);
    let mut fast = pace;
    for _ in 0..100 {
        fast.faster();
    }
    assert!(fast.until(opens_at, opens_at, FRAME_MAX) > opens_at + Span::SECOND);
}

#[test]
fn r8_a_picture_has_a_title_and_a_description() {
    let setup = setup(300);
    let drive = drive_to(&setup, 20_000);
    let svg = picture_of(&drive, &setup, &[]);
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("<title id=\"title\">TingTing: 300 rivals in "));
    assert!(svg.contains("<desc id=\"desc\">A simulated ticket sale 0:20.0 after its opening"));
    // Wide characters stand in a text of their own, each over its two cells.
    assert!(svg.contains("<text x=\"10.5 28.5\"") && svg.contains(">팅팅</text>"), "{svg}");
    assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    assert!(svg.len() < 400_000);
}
