//! Draws the hall: every seat as dots at its place in the plan.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use sale::{Sale, Seat, SeatState};
use scenario::plan::{Plan, Point, contains};

use super::palette::Palette;
use crate::dots::{self, ACROSS, DOWN};

/// The space of a seat with its part of the gap between rows, in centimetres: width and depth.
const SEAT_CM: (f32, f32) = (52.0, 92.0);

/// A seat of at least this many dots is drawn with a dark line between it and the next seat.
const GAP_FROM: usize = 4;

/// Draws the hall into `area`, as large as possible.
pub(super) fn draw(plan: &Plan, sale: &Sale, palette: &Palette, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let mut canvas = Canvas::new(plan, area);
    canvas.seats(plan, sale);
    canvas.stage(plan);
    canvas.paint(palette, buffer);
    canvas.name_stage(plan, palette, buffer);
}

/// How many seats of each state lie on one dot.
#[derive(Clone, Copy, Default)]
struct Dot {
    free: u16,
    held: u16,
    paid: u16,
    is_stage: bool,
}

struct Canvas {
    area: Rect,
    width: usize,
    height: usize,
    dots: Vec<Dot>,
    /// Dots in a centimetre.
    scale: f32,
    left: f32,
    top: f32,
}

impl Canvas {
    fn new(plan: &Plan, area: Rect) -> Self {
        let (width, height) = (usize::from(area.width) * ACROSS, usize::from(area.height) * DOWN);
        let (across, along) = (as_float(width), as_float(height));
        let scale = (across / plan.width).min(along / plan.height);
        let left = (across - plan.width * scale) / 2.0;
        let top = (along - plan.height * scale) / 2.0;
        Self { area, width, height, dots: vec![Dot::default(); width * height], scale, left, top }
    }

    fn seats(&mut self, plan: &Plan, sale: &Sale) {
        let dots = |centimetres: f32| {
            let dots = whole(centimetres * self.scale).max(1);
            if dots < GAP_FROM { dots } else { dots - 1 }
        };
        let (wide, high) = (dots(SEAT_CM.0), dots(SEAT_CM.1));
        for (index, seat) in (0..).zip(&plan.seats) {
            let state = sale.seat_state(Seat(index));
            let corner = Point {
                x: self.left + seat.x * self.scale - as_float(wide - 1) / 2.0,
                y: self.top + seat.y * self.scale - as_float(high - 1) / 2.0,
            };
            for (dx, dy) in (0..high).flat_map(|dy| (0..wide).map(move |dx| (dx, dy))) {
                let Some(dot) = self.dot_mut(whole(corner.x) + dx, whole(corner.y) + dy) else {
                    continue;
                };
                match state {
                    SeatState::Free => dot.free += 1,
                    SeatState::Held => dot.held += 1,
                    SeatState::Sold => dot.paid += 1,
                }
            }
        }
    }

    fn stage(&mut self, plan: &Plan) {
        for y in 0..self.height {
            for x in 0..self.width {
                let point = Point {
                    x: (as_float(x) + 0.5 - self.left) / self.scale,
                    y: (as_float(y) + 0.5 - self.top) / self.scale,
                };
                let is_stage = contains(&plan.stage.outline, point);
                if let Some(dot) = self.dot_mut(x, y) {
                    dot.is_stage = is_stage;
                }
            }
        }
    }

    fn dot_mut(&mut self, x: usize, y: usize) -> Option<&mut Dot> {
        let is_inside = x < self.width && y < self.height;
        is_inside.then(|| &mut self.dots[y * self.width + x])
    }

    fn paint(&self, palette: &Palette, buffer: &mut Buffer) {
        for row in 0..self.area.height {
            for column in 0..self.area.width {
                let dot = |x, y| {
                    let line = usize::from(row) * DOWN + y;
                    self.dots[line * self.width + usize::from(column) * ACROSS + x]
                };
                let seats = dots::character(|x, y| most(dot(x, y)))
                    .map(|(mark, state)| (mark, palette.seat(state)));
                let stage = || {
                    // The stage is drawn solid, like free seats.
                    let stage = |x, y| dot(x, y).is_stage.then_some(SeatState::Free);
                    dots::character(stage).map(|(mark, _)| (mark, palette.line))
                };
                let Some((mark, color)) = seats.or_else(stage) else { continue };
                buffer[(self.area.x + column, self.area.y + row)]
                    .set_char(mark)
                    .set_style(Style::new().fg(color));
            }
        }
    }

    /// Writes "STAGE" on the stage if it is wide enough.
    fn name_stage(&self, plan: &Plan, palette: &Palette, buffer: &mut Buffer) {
        const NAME: &str = " STAGE ";
        let (x, y) = (plan.stage.focus.x, plan.stage.focus.y);
        let column = whole(((self.left + x * self.scale) / as_float(ACROSS)).floor());
        let row = whole(((self.top + y * self.scale) / as_float(DOWN)).floor());
        let start = column.saturating_sub(NAME.len() / 2);
        let (Ok(start), Ok(row)) = (u16::try_from(start), u16::try_from(row)) else { return };
        let fits = start + 7 <= self.area.width && row < self.area.height;
        let is_free = |at: u16| {
            let cell = &buffer[(self.area.x + at, self.area.y + row)];
            cell.symbol() == "⣿" && cell.fg == palette.line
        };
        if fits && (start..start + 7).all(is_free) {
            let style = Style::new().fg(palette.quiet).bold();
            buffer.set_string(self.area.x + start, self.area.y + row, NAME, style);
        }
    }
}

/// The state of most seats on a dot. Where two states have as many, free wins over held and held over paid.
fn most(dot: Dot) -> Option<SeatState> {
    let Dot { free, held, paid, is_stage: _ } = dot;
    match free.max(held).max(paid) {
        0 => None,
        most if most == free => Some(SeatState::Free),
        most if most == held => Some(SeatState::Held),
        _ => Some(SeatState::Sold),
    }
}

/// A coordinate as a whole number of dots. A negative one becomes 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float to integer casts saturate, and dots far away are not drawn"
)]
fn whole(value: f32) -> usize {
    value.round() as usize
}

#[expect(clippy::cast_precision_loss, reason = "dots of a terminal are a few thousand")]
fn as_float(count: usize) -> f32 {
    count as f32
}
