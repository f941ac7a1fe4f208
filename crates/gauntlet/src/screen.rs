//! A screen: the feed of one sale, and viewers at the far end of links that lose, delay, double and
//! damage what they carry.
//!
//! ```text
//!  published events ─▶ feed ─▶ frames ─▶ link ─▶ replica ─▶ asks for a snapshot
//!         └──────────▶ books ─────── what each frame must make of the replica
//! ```
//!
//! The books are those of an observer that sees published events only, so a viewer that is told what
//! is not yet safe differs from them. Nothing here tells the sale anything.

mod link;

use std::rc::Rc;

use practice::{Cursor, Feed};
use protocol::{Folded, Replica, SeatState};
use sale::{Event, Moment, Seats, Stamped};

use crate::counts::Counts;
use crate::dice::Dice;
use crate::observer::Observer;
use crate::screen::link::{Arrival, Link, Sent};
use crate::world::Show;

/// The purpose of the draws for viewers.
const SCREEN: u64 = 0x7363_7265_656e;

/// Frames on the way to a viewer beyond which it is slow: what waits is dropped, a snapshot follows.
const ON_THE_WAY_MAX: usize = 6;

/// The feed of one sale and who looks at it.
#[derive(Debug)]
pub(crate) struct Screen {
    dice: Dice,
    books: Observer,
    feed: Feed,
    /// Published events that are in it.
    shown: usize,
    viewers: Vec<Viewer>,
}

/// Somebody who looks at the seats.
#[derive(Debug, Default)]
struct Viewer {
    cursor: Cursor,
    link: Link,
    replica: Replica,
}

impl Screen {
    /// One to three viewers of a show, by the seed of its race.
    pub(crate) fn new(show: &Show) -> Self {
        let mut dice = Dice::new(show.seed, SCREEN);
        let books = Observer::new(show.scenario.rules.clone(), show.scenario.layout.clone());
        let feed = Feed::new(books.seat_states());
        let viewers = (0..dice.within(1, 3)).map(|_| Viewer::default()).collect();
        let mut screen = Self { dice, books, feed, shown: 0, viewers };
        screen.restart();
        screen
    }

    /// Another process serves the sale: its feed is new, and everybody connects again.
    pub(crate) fn restart(&mut self) {
        self.feed = Feed::new(self.books.seat_states());
        let (truth, feed) = (Rc::from(self.books.seat_states()), &self.feed);
        for viewer in &mut self.viewers {
            viewer.connect(feed, &truth, self.books.now());
        }
    }

    /// Shows what was published since, and lets something happen to each viewer.
    pub(crate) fn step(&mut self, published: &[Stamped], counts: &mut Counts) {
        self.show(published);
        let truth: Rc<[SeatState]> = self.books.seat_states().into();
        for viewer in &mut self.viewers {
            viewer.step(&self.feed, &truth, self.books.now(), &mut self.dice, counts);
        }
    }

    /// Lets everything that is on its way arrive, after which everybody must see the seats of the sale.
    pub(crate) fn settle(
        &mut self,
        published: &[Stamped],
        seats: &[SeatState],
        counts: &mut Counts,
    ) {
        self.show(published);
        let truth: Rc<[SeatState]> = self.books.seat_states().into();
        assert!(*truth == *seats, "what was published tells of the seats of the sale");
        assert!(self.feed.seats() == seats, "the feed has the seats of the sale");
        for viewer in &mut self.viewers {
            viewer.settle(&self.feed, &truth, self.books.now(), counts);
        }
    }

    fn show(&mut self, published: &[Stamped]) {
        for stamped in &published[self.shown..] {
            self.books.see(stamped);
            let event = &stamped.event;
            if let Event::SeatsHeld { seats, .. } = event {
                set(&mut self.feed, seats, SeatState::Held);
            } else if let Event::SeatsReturned { seats, .. } = event {
                set(&mut self.feed, seats, SeatState::Free);
            } else if let Event::Booked { seats, .. } = event {
                set(&mut self.feed, seats, SeatState::Sold);
            }
        }
        self.shown = published.len();
    }
}

fn set(feed: &mut Feed, seats: &Seats, state: SeatState) {
    seats.iter().for_each(|seat| feed.set(seat.0, state));
}

fn race_ms(now: Moment) -> u32 {
    u32::try_from(now.since(Moment::START).as_millis()).unwrap_or(u32::MAX)
}

impl Viewer {
    /// A connection numbers its frames anew, so nothing of the one before may be left.
    fn connect(&mut self, feed: &Feed, truth: &Rc<[SeatState]>, now: Moment) {
        *self = Self::default();
        self.send_snapshot(feed, truth, now);
    }

    fn send_snapshot(&mut self, feed: &Feed, truth: &Rc<[SeatState]>, now: Moment) {
        let bytes = feed.snapshot(&mut self.cursor, race_ms(now));
        self.link.send(Sent { bytes, truth: Rc::clone(truth) });
    }

    fn send_next(&mut self, feed: &Feed, truth: &Rc<[SeatState]>, now: Moment) {
        let bytes = feed.next(&mut self.cursor, race_ms(now));
        self.link.send(Sent { bytes, truth: Rc::clone(truth) });
    }

    fn step(
        &mut self,
        feed: &Feed,
        truth: &Rc<[SeatState]>,
        now: Moment,
        dice: &mut Dice,
        counts: &mut Counts,
    ) {
        match dice.below(100) {
            0..40 if self.link.len() < ON_THE_WAY_MAX => self.send_next(feed, truth, now),
            0..40 => {
                counts.slow_readers += 1;
                self.link = Link::default();
                self.send_snapshot(feed, truth, now);
            }
            40..42 => {
                counts.reconnects += 1;
                self.connect(feed, truth, now);
            }
            42..80 => match self.link.carry(dice, counts) {
                Arrival::Nothing => {}
                Arrival::Whole(sent) => {
                    if self.fold(&sent, counts) == Folded::Resync {
                        self.send_snapshot(feed, truth, now);
                    }
                }
                Arrival::Refused(bytes) => {
                    self.refuse(&bytes, counts);
                    self.send_snapshot(feed, truth, now);
                }
                // What passes for a frame is for the transport's checksum to find: it hangs up.
                Arrival::Unrecognisable => self.connect(feed, truth, now),
            },
            _ => {}
        }
    }

    /// Takes a frame that is as it was sent, whenever that was.
    fn fold(&mut self, sent: &Sent, counts: &mut Counts) -> Folded {
        let before = self.replica.clone();
        let folded = self.replica.handle(&sent.bytes);
        match folded {
            Folded::Applied => {
                let is_true = self.replica.seats() == Some(&*sent.truth);
                assert!(is_true, "a viewer sees other seats than were published");
                counts.frames += 1;
            }
            Folded::Ignored => {
                assert!(self.replica == before, "a frame that is passed over changes something");
            }
            Folded::Resync => {
                assert_eq!(self.replica.seats(), None, "nothing is known until a snapshot comes");
                counts.resyncs += 1;
            }
        }
        folded
    }

    fn refuse(&mut self, bytes: &[u8], counts: &mut Counts) {
        let folded = self.replica.handle(bytes);
        assert_eq!(folded, Folded::Resync, "damage that can be seen is seen");
        assert_eq!(self.replica.seats(), None, "nothing is known until a snapshot comes");
        counts.resyncs += 1;
    }

    /// The link is sound from here on. Old frames may still end in a gap, which one snapshot closes.
    fn settle(&mut self, feed: &Feed, truth: &Rc<[SeatState]>, now: Moment, counts: &mut Counts) {
        while let Some(sent) = self.link.receive() {
            self.fold(&sent, counts);
        }
        self.send_next(feed, truth, now);
        let sent = self.link.receive().expect("just sent");
        if self.fold(&sent, counts) == Folded::Resync {
            self.send_snapshot(feed, truth, now);
            let sent = self.link.receive().expect("just sent");
            assert_eq!(self.fold(&sent, counts), Folded::Applied, "a snapshot always counts");
        }
        assert!(self.replica.seats() == Some(&**truth), "in the end a viewer sees the sale");
    }
}

#[cfg(test)]
mod tests;
