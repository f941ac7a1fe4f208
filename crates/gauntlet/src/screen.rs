//! A screen: the feed of one sale, and its viewers. The links to the viewers lose, delay, double
//! and damage frames.
//!
//! ```text
//!  published events ─▶ feed ─▶ frames ─▶ link ─▶ replica ─▶ asks for a snapshot
//!         └──────────▶ books ────── the seats that the replica must then show
//! ```
//!
//! An observer keeps the books and sees only published events. So if a viewer is told something
//! that is not on disk yet, it differs from the books. Nothing here changes the sale.

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

/// The most frames that may be on the way to a viewer. A viewer with more is slow: its frames are
/// dropped and it gets a snapshot.
const ON_THE_WAY_MAX: usize = 6;

/// The feed of one sale and its viewers.
#[derive(Debug)]
pub(crate) struct Screen {
    dice: Dice,
    books: Observer,
    feed: Feed,
    /// How many published events the feed and the books have taken in.
    shown: usize,
    viewers: Vec<Viewer>,
}

/// A viewer of the seats, with the link to it.
#[derive(Debug, Default)]
struct Viewer {
    cursor: Cursor,
    link: Link,
    replica: Replica,
}

impl Screen {
    /// A screen with one to three viewers. The seed of the show's race decides how many.
    pub(crate) fn new(show: &Show) -> Self {
        let mut dice = Dice::new(show.chance.seed.low(), SCREEN);
        let books = Observer::new(show.scenario.rules.clone(), show.scenario.layout.clone());
        let feed = Feed::new(books.seat_states());
        let viewers = (0..dice.within(1, 3)).map(|_| Viewer::default()).collect();
        let mut screen = Self { dice, books, feed, shown: 0, viewers };
        screen.restart();
        screen
    }

    /// Another process serves the sale from now on: it makes a new feed, and all viewers connect
    /// again.
    pub(crate) fn restart(&mut self) {
        self.feed = Feed::new(self.books.seat_states());
        let (truth, feed) = (Rc::from(self.books.seat_states()), &self.feed);
        for viewer in &mut self.viewers {
            viewer.connect(feed, &truth, self.books.now());
        }
    }

    /// Feeds in the newly published events, and lets one thing happen to each viewer.
    pub(crate) fn step(&mut self, published: &[Stamped], counts: &mut Counts) {
        self.show(published);
        let truth: Rc<[SeatState]> = self.books.seat_states().into();
        for viewer in &mut self.viewers {
            viewer.step(&self.feed, &truth, self.books.now(), &mut self.dice, counts);
        }
    }

    /// Lets all frames on the way arrive. Then every viewer must see the seats of the sale,
    /// `seats`.
    pub(crate) fn settle(
        &mut self,
        published: &[Stamped],
        seats: &[SeatState],
        counts: &mut Counts,
    ) {
        self.show(published);
        let truth: Rc<[SeatState]> = self.books.seat_states().into();
        assert!(*truth == *seats, "the published events give the seats of the sale");
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
    /// Connects the viewer again. It forgets everything of the old connection, because a new one
    /// numbers its frames from the beginning.
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
                // Only the checksum of the transport can find this damage. The transport then
                // closes the connection.
                Arrival::Unrecognisable => self.connect(feed, truth, now),
            },
            _ => {}
        }
    }

    /// Takes an undamaged frame, even if it comes late or twice, and checks what the replica makes
    /// of it.
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
                assert!(self.replica == before, "an ignored frame changes the replica");
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
        assert_eq!(folded, Folded::Resync, "the replica notices the damage");
        assert_eq!(self.replica.seats(), None, "nothing is known until a snapshot comes");
        counts.resyncs += 1;
    }

    /// Lets the last frames arrive over a link that now works. If frames were lost before, the
    /// viewer needs one snapshot.
    fn settle(&mut self, feed: &Feed, truth: &Rc<[SeatState]>, now: Moment, counts: &mut Counts) {
        while let Some(sent) = self.link.receive() {
            self.fold(&sent, counts);
        }
        self.send_next(feed, truth, now);
        let sent = self.link.receive().expect("just sent");
        if self.fold(&sent, counts) == Folded::Resync {
            self.send_snapshot(feed, truth, now);
            let sent = self.link.receive().expect("just sent");
            assert_eq!(self.fold(&sent, counts), Folded::Applied, "a snapshot is always applied");
        }
        assert!(self.replica.seats() == Some(&**truth), "in the end a viewer sees the sale");
    }
}

#[cfg(test)]
mod tests;
