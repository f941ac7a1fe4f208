//! The watch view as one picture of a race: the hall, the clock, the counts, the curve, the news.
//! Draws into a buffer and knows no terminal.

use crowd::Race;
use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span as Run};
use ratatui::widgets::{Block, BorderType, Paragraph, Widget};
use sale::{Moment, SeatState, Stage};

use super::palette::Palette;
use super::{face, hall};
use crate::chart;
use crate::dots::MARKS;
use crate::highlight::Highlight;
use crate::setup::Setup;
use crate::text::{clock, grouped, percent, share};

/// Columns of the panel beside the hall.
const PANEL_WIDTH: u16 = 41;

/// The smallest window, in columns and rows.
const LEAST: (u16, u16) = (36, 16);

/// The smallest width that has room for the hall beside the panel.
const HALL_FROM: u16 = 72;

const CLOCK_HEIGHT: u16 = 5;
const COUNTS_HEIGHT: u16 = 8;
const CURVE_HEIGHT: u16 = 9;
/// The smallest height of the news: a frame and two lines.
const NEWS_LEAST: u16 = 4;

/// The content of one frame.
#[derive(Debug)]
pub(crate) struct Screen<'a> {
    pub(crate) setup: &'a Setup,
    pub(crate) race: &'a Race,
    pub(crate) at: Moment,
    pub(crate) is_ended: bool,
    /// Oldest first.
    pub(crate) news: &'a [Highlight],
    /// The last line: keys and speed.
    pub(crate) footer: String,
    pub(crate) palette: Palette,
}

impl Widget for &Screen<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.width < LEAST.0 || area.height < LEAST.1 {
            let text = format!("팅팅 TingTing needs {} × {} characters", LEAST.0, LEAST.1);
            return Paragraph::new(text).render(area, buffer);
        }
        let [top, body, bottom] = slices(area);
        self.title(top, buffer);
        self.footer_line(bottom, buffer);
        if area.width < HALL_FROM {
            return self.panel(body, buffer);
        }
        let hall_width = body.width - PANEL_WIDTH;
        self.hall(Rect { width: hall_width, ..body }, buffer);
        let panel = Rect { x: body.x + hall_width, width: PANEL_WIDTH, ..body };
        self.panel(panel, buffer);
    }
}

/// The first line, the part between, and the last line.
fn slices(area: Rect) -> [Rect; 3] {
    let line = Rect { height: 1, ..area };
    [
        line,
        Rect { y: area.y + 1, height: area.height - 2, ..area },
        Rect { y: area.bottom() - 1, ..line },
    ]
}

impl Screen<'_> {
    fn style(&self) -> Style {
        Style::new().fg(self.palette.text)
    }

    fn quiet(&self) -> Style {
        Style::new().fg(self.palette.quiet)
    }

    fn title(&self, area: Rect, buffer: &mut Buffer) {
        let recipe = &self.setup.course.recipe;
        let (rivals, style) = (grouped(recipe.rivals()), &self.setup.course.style.title.en);
        let what = format!("{}  {style}  {rivals} rivals ", recipe.name());
        let what = Line::styled(what, self.style()).alignment(Alignment::Right);
        let name = Style::new().bg(self.palette.grape).fg(self.palette.on_grape).bold();
        let name = Run::styled(" 팅팅 TingTing ", name);
        let width = usize::from(area.width);
        let room = width.saturating_sub(name.width() + what.width());
        // The title must say that this is practice. How long it says so depends on the width.
        let words = ["  practice simulation, no real tickets  ", "  practice simulation  "];
        let fitting = words.iter().copied().find(|words| words.len() <= room);
        let practice = Run::styled(fitting.unwrap_or("  practice  "), self.quiet());
        let left = Line::from(vec![name, practice]);
        if left.width() + what.width() <= width {
            what.render(area, buffer);
        }
        left.render(area, buffer);
    }

    fn footer_line(&self, area: Rect, buffer: &mut Buffer) {
        Line::styled(format!(" {}", self.footer), self.quiet()).render(area, buffer);
        let seed = format!("seed {} ", self.setup.seed);
        if self.footer.chars().count() + seed.len() + 3 <= usize::from(area.width) {
            Line::styled(seed, self.quiet()).alignment(Alignment::Right).render(area, buffer);
        }
    }

    fn block<'a>(&self, title: impl Into<Line<'a>>) -> Block<'a> {
        Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(Style::new().fg(self.palette.line))
            .title_style(self.quiet())
            .title(title)
    }

    fn hall(&self, area: Rect, buffer: &mut Buffer) {
        let plan = &self.setup.course.plan;
        let title = format!(" {}, {} seats ", plan.title.en, grouped(self.race.tally().seats()));
        let legend: Vec<Run<'_>> = MARKS
            .iter()
            .zip(["free", "held", "paid"])
            .flat_map(|((state, mark), word)| {
                let mark = format!(" {mark}{mark}");
                let mark = Run::styled(mark, Style::new().fg(self.palette.seat(*state)));
                [mark, Run::raw(format!(" {word} "))]
            })
            .collect();
        let legend = Line::from(legend).style(self.quiet()).alignment(Alignment::Right);
        let block = self.block(title).title_bottom(legend);
        let inner = block.inner(area);
        block.render(area, buffer);
        hall::draw(plan, self.race.sale(), &self.palette, inner, buffer);
    }

    fn panel(&self, area: Rect, buffer: &mut Buffer) {
        let mut rest = area;
        let mut cut = |height: u16| {
            let part = Rect { height: height.min(rest.height), ..rest };
            rest = Rect { y: rest.y + part.height, height: rest.height - part.height, ..rest };
            part
        };
        self.clock(cut(CLOCK_HEIGHT), buffer);
        self.counts(cut(COUNTS_HEIGHT), buffer);
        let has_curve = area.height >= CLOCK_HEIGHT + COUNTS_HEIGHT + CURVE_HEIGHT + NEWS_LEAST;
        if has_curve {
            self.curve(cut(CURVE_HEIGHT), buffer);
        }
        self.feed(cut(u16::MAX), buffer);
    }

    fn clock(&self, area: Rect, buffer: &mut Buffer) {
        let opens_at = self.race.sale().rules().opens_at;
        let is_before = self.at < opens_at;
        let (title, span) = if is_before {
            (" until the opening ", opens_at.since(self.at))
        } else {
            (" since the opening ", self.at.since(opens_at))
        };
        let state = match self.race.sale().stage() {
            _ if self.is_ended => " over ",
            Stage::Before => " not open yet ",
            Stage::Open => " open ",
            Stage::Paused => " paused ",
            Stage::Closed => " closed ",
        };
        let state = Line::styled(state, self.style().bold()).alignment(Alignment::Right);
        let block = self.block(title).title(state);
        let inner = block.inner(area);
        block.render(area, buffer);
        let color = if is_before { self.palette.held } else { self.palette.text };
        let lines = face::rows(&clock(span)).map(|row| Line::styled(row, Style::new().fg(color)));
        let face = Rect { height: face::HEIGHT.min(inner.height), ..inner };
        Paragraph::new(lines.to_vec()).alignment(Alignment::Center).render(face, buffer);
    }

    fn counts(&self, area: Rect, buffer: &mut Buffer) {
        let (sale, tally) = (self.race.sale(), self.race.tally());
        let block = self.block(" queue and seats ");
        let inner = block.inner(area);
        block.render(area, buffer);
        let held = tally.seats() - tally.free() - tally.sold();
        let conflicts = format!(
            "{:>9}  {:>6} of tries",
            grouped(tally.conflicts()),
            percent(tally.conflict_rate())
        );
        let lines = vec![
            self.count("waiting", &format!("{:>9}", grouped(sale.waiting_count()))),
            self.count("inside", &format!("{:>9}", grouped(sale.inside_count()))),
            self.seats("free", SeatState::Free, tally.free(), inner.width),
            self.seats("held", SeatState::Held, held, inner.width),
            self.seats("paid", SeatState::Sold, tally.sold(), inner.width),
            self.count("conflicts", &conflicts),
        ];
        Paragraph::new(lines).render(inner, buffer);
    }

    fn count(&self, name: &str, value: &str) -> Line<'static> {
        Line::from(vec![
            Run::styled(format!(" {name:<9}"), self.quiet()),
            Run::styled(value.to_owned(), self.style()),
        ])
    }

    /// A line with a count of seats, their share and a bar.
    fn seats(&self, name: &str, state: SeatState, count: u32, width: u16) -> Line<'static> {
        let part = share(count, self.race.tally().seats());
        let room = usize::from(width).saturating_sub(31);
        let full = filled(part, room);
        let color = self.palette.seat(state);
        let mut line = self.count(name, &format!("{:>9}  {:>7}  ", grouped(count), percent(part)));
        line.push_span(Run::styled("▆".repeat(full), Style::new().fg(color)));
        line.push_span(Run::styled("·".repeat(room - full), Style::new().fg(self.palette.line)));
        line
    }

    fn curve(&self, area: Rect, buffer: &mut Buffer) {
        let tally = self.race.tally();
        let after = self.at.since(self.race.sale().rules().opens_at);
        let seconds = u32::try_from(after.as_millis() / 1000 + 1).unwrap_or(u32::MAX).max(10);
        let span = format!(" 0:00 to {}:{:02} ", seconds / 60, seconds % 60);
        let block = self
            .block(" seats since the opening ")
            .title(Line::from(span).alignment(Alignment::Right));
        let inner = block.inner(area);
        block.render(area, buffer);
        for (y, row) in (inner.y..).zip(chart::rows(tally, seconds, inner.width, inner.height)) {
            for (x, (mark, state)) in (inner.x..).zip(row) {
                let style = Style::new().fg(self.palette.seat(state));
                buffer[(x, y)].set_char(mark).set_style(style);
            }
        }
    }

    fn feed(&self, area: Rect, buffer: &mut Buffer) {
        let block = self.block(" what happened ");
        let inner = block.inner(area);
        block.render(area, buffer);
        let room = usize::from(inner.height);
        let first = self.news.len().saturating_sub(room);
        let lines: Vec<Line<'_>> = self.news[first..]
            .iter()
            .map(|highlight| {
                let color =
                    if highlight.news.is_yours() { self.palette.you } else { self.palette.text };
                Line::from(vec![
                    Run::styled(format!(" {:>8}  ", clock(highlight.after)), self.quiet()),
                    Run::styled(highlight.news.to_string(), Style::new().fg(color)),
                ])
            })
            .collect();
        Paragraph::new(lines).render(inner, buffer);
    }
}

/// How many of `room` cells a share fills: at least one for a share above 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of the cells of a line"
)]
fn filled(part: f64, room: usize) -> usize {
    let cells = (part * room as f64).round() as usize;
    if part > 0.0 { cells.clamp(1, room.max(1)).min(room) } else { 0 }
}
