//! The host's commands, and the opening and closing, which also happen by themselves.

use alloc::vec::Vec;

use crate::admission::Admission;
use crate::command::{Departure, Outcome};
use crate::event::{Event, Return};
use crate::refusal::Refusal;
use crate::sale::{Sale, Stage};

impl Sale {
    pub(super) fn open(&mut self) {
        self.state.stage = Stage::Open;
        self.state.admission = Some(Admission::opened(&self.rules.admission, self.state.now));
        self.emit(Event::Opened);
        self.draw_lottery();
    }

    pub(super) fn open_early(&mut self) -> Result<Outcome, Refusal> {
        if self.state.stage != Stage::Before {
            return Err(Refusal::AlreadyOpen);
        }
        self.open();
        Ok(Outcome::Done)
    }

    pub(super) fn pause(&mut self) -> Result<Outcome, Refusal> {
        match self.state.stage {
            Stage::Before => Err(Refusal::NotOpen),
            Stage::Paused => Err(Refusal::Paused),
            Stage::Closed => Err(Refusal::Closed),
            Stage::Open => {
                self.state.stage = Stage::Paused;
                self.emit(Event::Paused);
                Ok(Outcome::Done)
            }
        }
    }

    pub(super) fn resume(&mut self) -> Result<Outcome, Refusal> {
        match self.state.stage {
            Stage::Before => Err(Refusal::NotOpen),
            Stage::Open => Err(Refusal::AlreadyOpen),
            Stage::Closed => Err(Refusal::Closed),
            Stage::Paused => {
                self.state.stage = Stage::Open;
                self.emit(Event::Resumed);
                Ok(Outcome::Done)
            }
        }
    }

    /// Ends the sale: ends the payments that are under way, returns the seats of live holds and takes all
    /// visitors inside out. Bookings stay.
    pub(super) fn close(&mut self) -> Outcome {
        self.end_all_payments();
        self.state.stage = Stage::Closed;
        self.emit(Event::Closed);
        let slots: Vec<u32> = self.state.inside.slots().collect();
        for slot in slots {
            self.return_seats(slot, Return::Closed);
            self.depart(slot, Departure::Closed);
        }
        self.state.holds.clear();
        self.state.passes.clear();
        Outcome::Done
    }
}
