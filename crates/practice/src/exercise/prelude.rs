//! The scripted self: does the steps before the one that an exercise practises, in the person's name.
//!
//! It gives the same commands as a person would, at moments of race time that have passed. The sale cannot tell who
//! gave them, and a journal keeps them like all others.

use sale::{
    CaptchaStep, Command, Moment, Outcome, Refusal, Seats, Section, Span, Standing, Visitor,
};

use super::Exercise;
use crate::names::PersonId;
use crate::note::Note;
use crate::practice::Practice;

/// The number of the scripted rival among the persons of the race. The person is number 0, and nobody else joins.
pub(super) const RIVAL: u32 = 1;

/// When the scripted self presses, after the opening: as fast as somebody who is good at it.
const PRESSES_AFTER: Span = Span::from_millis(250);
/// When the scripted rival presses, after the opening.
const RIVAL_AFTER: Span = Span::from_millis(300);
/// How long the scripted self and the scripted rival need for a captcha.
const CAPTCHA_TAKES: Span = Span::from_millis(3_000);
/// For how long the scripted self waits at most, for its turn or for the hall to be as full as the exercise needs it.
const WAITS_MAX: Span = Span::from_millis(180_000);

/// Free seats in a hundred from which on a section with one has to be searched for.
const SEARCH_FREE_PERCENT: u32 = 4;
/// Free seats in a hundred at which the map empties fastest.
const RUSH_FREE_PERCENT: u32 = 55;

/// What a scripted self plays on: a practice, and whatever keeps what is decided in it.
pub trait Scene {
    /// The practice as it is.
    fn practice(&self) -> &Practice;

    /// Lets race time go on to a moment.
    fn advance(&mut self, to: Moment);

    /// Takes in a note at a moment that is not earlier than the present.
    ///
    /// # Errors
    ///
    /// [`Unready::NotKept`] if the note cannot be kept.
    fn note(&mut self, at: Moment, note: &Note) -> Result<(), Unready>;

    /// Decides a command, at this moment or the first later one at which the sale takes a command.
    ///
    /// # Errors
    ///
    /// [`Unready::Refused`], or [`Unready::NotKept`] if the command cannot be kept.
    fn command(&mut self, at: Moment, command: Command) -> Result<Outcome, Unready>;
}

/// Why the steps before an exercise could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unready {
    /// The style asks for no captcha, so there is none to practise.
    #[error("the style has no captcha")]
    NoCaptcha,
    /// The scripted self was not let in in time.
    #[error("nobody is let in soon after the opening")]
    NotAdmitted,
    /// No seat was free.
    #[error("no seat is free")]
    NoSeat,
    /// The sale refused a command of the scripted self.
    #[error("the sale refuses what the exercise needs: {0}")]
    Refused(Refusal),
    /// The journal took no more.
    #[error("the journal takes no more")]
    NotKept,
}

impl Scene for Practice {
    fn practice(&self) -> &Practice {
        self
    }

    fn advance(&mut self, to: Moment) {
        self.advance(to, crowd::ignore);
    }

    fn note(&mut self, at: Moment, note: &Note) -> Result<(), Unready> {
        self.advance(at, crowd::ignore);
        self.keep(at, None, note.clone()).map_err(|_| Unready::NotKept)
    }

    fn command(&mut self, at: Moment, command: Command) -> Result<Outcome, Unready> {
        self.advance(at, crowd::ignore);
        let at = self.sale().stamp(at);
        self.handle(at, command, crowd::ignore).map_err(Unready::Refused)
    }
}

/// Plays the steps before the one that an exercise practises on a race that has not begun, in the name of `person`,
/// who becomes its first member. Returns the moment of race time that it reached: from there the exercise runs for
/// [`Exercise::LENGTH`].
///
/// # Errors
///
/// [`Unready`] if the step cannot be reached under the rules of the race.
pub fn prelude(
    scene: &mut impl Scene,
    exercise: Exercise,
    person: PersonId,
) -> Result<Moment, Unready> {
    scene.note(Moment::START, &Note::Joined { person })?;
    let until = match exercise {
        Exercise::Press => Moment::START,
        Exercise::Captcha => come_to_captcha(scene)?,
        Exercise::Section => {
            come_in(scene)?;
            wait_for_share(scene, SEARCH_FREE_PERCENT)
        }
        Exercise::Seats => come_to_map(scene)?,
        Exercise::Conflict => {
            press(scene, oneself(scene), PRESSES_AFTER)?;
            bring_rival_in(scene)?;
            come_to_map(scene)?
        }
        Exercise::Pay => {
            come_to_map(scene)?;
            hold_one(scene)?
        }
    };
    // From here on the person decides. A recovery reaches this moment too.
    scene.note(until, &Note::Told)?;
    Ok(until)
}

fn oneself(scene: &impl Scene) -> Visitor {
    scene.practice().race().person(0)
}

/// Presses, unless the visitor has a place already.
fn press(scene: &mut impl Scene, visitor: Visitor, after: Span) -> Result<(), Unready> {
    let is_away = matches!(scene.practice().sale().standing(visitor), Standing::Away { .. });
    if is_away {
        let opens_at = scene.practice().sale().rules().opens_at;
        scene.command(opens_at + after, Command::Enter { visitor })?;
    }
    Ok(())
}

/// Waits until a visitor who pressed is inside, and returns when that was.
fn wait_for_turn(scene: &mut impl Scene, visitor: Visitor) -> Result<Moment, Unready> {
    let until = scene.practice().sale().now() + WAITS_MAX;
    loop {
        let practice = scene.practice();
        if let Standing::Inside { admitted_at, .. } = practice.sale().standing(visitor) {
            return Ok(admitted_at);
        }
        let next = practice.poll_timeout().filter(|&at| at <= until);
        scene.advance(next.ok_or(Unready::NotAdmitted)?);
    }
}

/// Comes to where the captcha is asked for.
fn come_to_captcha(scene: &mut impl Scene) -> Result<Moment, Unready> {
    if scene.practice().sale().rules().captcha.step == CaptchaStep::Never {
        return Err(Unready::NoCaptcha);
    }
    let oneself = oneself(scene);
    press(scene, oneself, PRESSES_AFTER)?;
    wait_for_turn(scene, oneself)
}

/// Comes to where sections are chosen.
fn come_in(scene: &mut impl Scene) -> Result<(), Unready> {
    let oneself = oneself(scene);
    press(scene, oneself, PRESSES_AFTER)?;
    pass_captcha(scene, oneself)
}

/// Brings the scripted rival to where seats are chosen.
fn bring_rival_in(scene: &mut impl Scene) -> Result<(), Unready> {
    let rival = scene.practice().race().person(RIVAL);
    press(scene, rival, RIVAL_AFTER)?;
    pass_captcha(scene, rival)
}

/// Waits for the turn of a visitor and answers the captcha, if there is one.
fn pass_captcha(scene: &mut impl Scene, visitor: Visitor) -> Result<(), Unready> {
    let admitted_at = wait_for_turn(scene, visitor)?;
    let Some(asked) = scene.practice().sale().challenge(visitor) else { return Ok(()) };
    let (challenge, letters) = (asked.number, asked.letters);
    let answer = Command::AnswerCaptcha { visitor, challenge, letters };
    let answered_at = (admitted_at + CAPTCHA_TAKES).max(scene.practice().sale().now());
    scene.command(answered_at, answer).map(|_passed| ())
}

/// Waits until at most so many of a hundred seats are free, or as long as the scripted self waits at most.
fn wait_for_share(scene: &mut impl Scene, percent: u32) -> Moment {
    let until = scene.practice().sale().now() + WAITS_MAX;
    loop {
        let (practice, seats) = (scene.practice(), scene.practice().sale().layout().seat_count());
        let now = practice.sale().now();
        if u64::from(practice.sale().free_count()) * 100 <= u64::from(seats) * u64::from(percent) {
            return now;
        }
        match practice.poll_timeout().filter(|&at| at <= until) {
            Some(at) => scene.advance(at),
            None => return now,
        }
    }
}

/// Comes to the map of the section with most free seats, in the rush.
fn come_to_map(scene: &mut impl Scene) -> Result<Moment, Unready> {
    come_in(scene)?;
    let at = wait_for_share(scene, RUSH_FREE_PERCENT);
    let section = fullest_of_free(scene.practice()).ok_or(Unready::NoSeat)?;
    scene.command(at, Command::ViewSection { visitor: oneself(scene), section })?;
    Ok(scene.practice().sale().now())
}

/// The section with most free seats; `None` if no seat is free.
fn fullest_of_free(practice: &Practice) -> Option<Section> {
    let (sale, count) = (practice.sale(), practice.sale().layout().section_count());
    let sections = (0..count).filter_map(|at| u16::try_from(at).ok()).map(Section);
    let free = sections.map(|section| (sale.free_in(section), core::cmp::Reverse(section)));
    let (free, core::cmp::Reverse(section)) = free.max()?;
    (free > 0).then_some(section)
}

/// Holds the best free seat of the section that is open.
fn hold_one(scene: &mut impl Scene) -> Result<Moment, Unready> {
    let visitor = oneself(scene);
    let practice = scene.practice();
    let sale = practice.sale();
    let Standing::Inside { viewed: Some((section, _)), .. } = sale.standing(visitor) else {
        return Err(Unready::NoSeat);
    };
    let mut best_first = practice.race().hall().best_first(sale.layout(), section).iter();
    let seat = best_first.find(|&&seat| sale.is_free(seat)).ok_or(Unready::NoSeat)?;
    let (seats, now) = (Seats::one(*seat), sale.now());
    match scene.command(now, Command::HoldSeats { visitor, seats })? {
        Outcome::Held { .. } => Ok(scene.practice().sale().now()),
        _taken => Err(Unready::NoSeat),
    }
}
