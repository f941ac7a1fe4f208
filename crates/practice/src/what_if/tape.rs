//! The tape of a practice: how it began, and what came in from outside. It is all that a what-if needs of a log.

use alloc::vec::Vec;

use sale::{Command, Moment};

use crate::note::Note;
use crate::practice::Practice;

/// Something that came into a practice from outside and was accepted.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A command, with its stamp.
    Command(Moment, Command),
    /// A note, with its moment.
    Note(Moment, Note),
}

/// A practice as it began, and its inputs.
#[derive(Clone, Debug)]
pub struct Tape {
    origin: Practice,
    inputs: Vec<Input>,
}

impl Input {
    /// When it came.
    pub fn at(&self) -> Moment {
        match *self {
            Self::Command(at, _) | Self::Note(at, _) => at,
        }
    }
}

impl Tape {
    /// The tape of a practice in which nothing has come in yet.
    pub fn new(origin: Practice) -> Self {
        Self { origin, inputs: Vec::new() }
    }

    /// Adds an input. Notes that change neither the race nor its members are left out.
    pub fn add(&mut self, input: Input) {
        let matters = match &input {
            Input::Command(..) => true,
            Input::Note(_, note) => match note {
                Note::Joined { .. } | Note::Shown { .. } => true,
                Note::Marked { .. }
                | Note::TurnedDown { .. }
                | Note::Told
                | Note::Shifted { .. }
                | Note::GoalReached { .. }
                | Note::Booked { .. }
                | Note::Cancelled { .. } => false,
            },
        };
        if matters {
            self.inputs.push(input);
        }
    }

    /// The practice before the first input.
    pub fn origin(&self) -> &Practice {
        &self.origin
    }

    /// The inputs in their order.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }
}
