//! Shows a race in the terminal at a pace that a person can follow.

mod face;
mod hall;
mod pace;
mod palette;
mod picture;
mod screen;

#[cfg(test)]
mod tests;

use std::io;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::clock::Stopwatch;
use crate::drive::Drive;
use crate::error::CommandError;
use crate::highlight::Highlight;
use crate::setup::Setup;
use crate::text::{clock, grouped, percent, share};
use pace::Pace;
use palette::Palette;
use screen::Screen;

/// The time between two frames: thirty frames in a second.
const FRAME: Duration = Duration::from_millis(33);

/// The longest time by which one frame may advance. A terminal that was stopped goes on where it was.
const FRAME_MAX: Duration = Duration::from_millis(100);

/// The size of a picture in characters.
const PICTURE: Rect = Rect { x: 0, y: 0, width: 110, height: 34 };

/// How watching ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// The race was over when the person left.
    AtTheEnd,
    /// The person left before the race was over.
    Early,
}

/// Shows the race in the terminal until it is over and a key is pressed. Calls `after_step` after
/// every frame.
///
/// # Errors
///
/// When the journal or the terminal fails. The terminal is restored in any case.
pub(crate) fn run(
    drive: &mut Drive,
    setup: &Setup,
    after_step: &mut dyn FnMut(&mut Drive) -> Vec<Highlight>,
) -> Result<Left, CommandError> {
    // This also restores the terminal after a panic.
    let mut terminal = ratatui::try_init().map_err(terminal_failed)?;
    let mut playback = Playback { pace: Pace::default(), palette: Palette::of_environment() };
    let result = playback.watch(&mut terminal, drive, setup, after_step);
    ratatui::restore();
    result
}

struct Playback {
    pace: Pace,
    palette: Palette,
}

impl Playback {
    fn watch(
        &mut self,
        terminal: &mut ratatui::DefaultTerminal,
        drive: &mut Drive,
        setup: &Setup,
        after_step: &mut dyn FnMut(&mut Drive) -> Vec<Highlight>,
    ) -> Result<Left, CommandError> {
        let opens_at = drive.race().sale().rules().opens_at;
        let mut news = Vec::new();
        let mut frame_began = Stopwatch::start();
        loop {
            let footer = self.footer(drive);
            let screen = Screen {
                setup,
                race: drive.race(),
                at: drive.at(),
                is_ended: drive.is_ended(),
                news: &news,
                footer,
                palette: self.palette,
            };
            let drawn = terminal.draw(|frame| frame.render_widget(&screen, frame.area()));
            drawn.map_err(terminal_failed)?;
            if let Some(left) = self.handle_keys(frame_began, drive.is_ended())? {
                return Ok(left);
            }
            let frame = frame_began.elapsed().min(FRAME_MAX);
            frame_began = Stopwatch::start();
            drive.advance(self.pace.until(opens_at, drive.at(), frame))?;
            news.extend(after_step(drive));
        }
    }

    /// Handles the keys that are pressed until the frame is over.
    fn handle_keys(
        &mut self,
        frame_began: Stopwatch,
        is_ended: bool,
    ) -> Result<Option<Left>, CommandError> {
        loop {
            let rest = FRAME.saturating_sub(frame_began.elapsed());
            if !event::poll(rest).map_err(terminal_failed)? {
                return Ok(None);
            }
            if let Event::Key(key) = event::read().map_err(terminal_failed)?
                && key.kind == KeyEventKind::Press
                && self.handle_key(key) == Wish::Leave
            {
                return Ok(Some(if is_ended { Left::AtTheEnd } else { Left::Early }));
            }
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "all other keys are ignored")]
    fn handle_key(&mut self, key: KeyEvent) -> Wish {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('c') if is_control => return Wish::Leave,
            KeyCode::Char('q' | 'Q') | KeyCode::Esc => return Wish::Leave,
            KeyCode::Char(' ') => self.pace.pause_or_go_on(),
            KeyCode::Char('+' | '=') => self.pace.faster(),
            KeyCode::Char('-' | '_') => self.pace.slower(),
            _ => {}
        }
        Wish::Stay
    }

    fn footer(&self, drive: &Drive) -> String {
        if drive.is_ended() {
            return "the race is over    q to the result".to_owned();
        }
        let opens_at = drive.race().sale().rules().opens_at;
        let speed = self.pace.speed(opens_at, drive.at());
        let is_paused = self.pace.is_paused;
        let state = if is_paused { "paused".to_owned() } else { format!("speed {speed} ×") };
        let space = if is_paused { "go on" } else { "pause" };
        format!("q quit   space {space}   + faster   - slower   {state}")
    }
}

#[derive(PartialEq, Eq)]
enum Wish {
    Stay,
    Leave,
}

fn terminal_failed(error: io::Error) -> CommandError {
    CommandError::input(anyhow::Error::new(error).context("cannot use the terminal"))
        .hint("leave `--watch` out, or pipe the output to get lines of text")
}

/// The present state of a race as an SVG picture.
pub(crate) fn picture_of(drive: &Drive, setup: &Setup, news: &[Highlight]) -> String {
    let race = drive.race();
    let screen = Screen {
        setup,
        race,
        at: drive.at(),
        is_ended: drive.is_ended(),
        news,
        footer: format!("tingting simulate {} --watch", setup.course.recipe.name()),
        palette: Palette::FULL,
    };
    let mut buffer = Buffer::empty(PICTURE);
    screen.render(PICTURE, &mut buffer);
    let tally = race.tally();
    let rivals = grouped(race.rival_count());
    let title = format!("TingTing: {rivals} rivals in {}", setup.course.plan.title.en);
    let description = format!(
        "A simulated ticket sale {} after its opening: of {} seats {} are free; {} visitors wait.",
        clock(drive.at().since(race.sale().rules().opens_at)),
        grouped(tally.seats()),
        percent(share(tally.free(), tally.seats())),
        grouped(race.sale().waiting_count()),
    );
    picture::svg(&buffer, &title, &description)
}
