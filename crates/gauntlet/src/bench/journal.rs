//! Measures how fast commands are decided, made durable and answered. The probe is a bare loop that
//! only writes batches of the same sizes and syncs each.
//!
//! Both take turns on the same disk for a slice of time, because the speed of a sync changes from
//! one minute to the next.

use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use journal::limits::WAL_BYTES_MAX;
use journal::{
    Answer, Caller, Ledger, Reply, SaleId, Seq, SqliteStore, Start, Task, TaskResult, Writer,
    replay, sample,
};
use sale::random::Stream;
use sale::{BookingId, Command, Moment, Outcome, Sale, Seat, Seats, Span, Visitor};

/// The number of the only sale.
const SALE: SaleId = SaleId(1);
/// How many commands wait for their answers at every moment.
const IN_FLIGHT: usize = 1024;
/// The seats of the sale: as many as an arena has.
const SEATS: u32 = 15_000;
/// The visitors inside. More than [`IN_FLIGHT`], so that no visitor has two commands in flight.
const VISITORS: u32 = 4_000;
/// How many answers the shell takes and commands it gives before it looks for reports.
const TURN: usize = 64;
/// How long the journal and the bare loop run in turns.
const SLICE: Duration = Duration::from_millis(250);
/// One hold in this many is paid and its booking cancelled. The others are released.
const PAID_ONE_IN: u64 = 16;
/// The bytes that the bare loop writes before it begins at the start of its file again.
const BARE_FILE_BYTES: usize = 16 * 1024 * 1024;
/// The purpose of the draws below.
const BENCH: u64 = 0x6265_6e63_6821_2121;

/// The figures of the bench.
#[derive(Clone, Copy, Debug)]
pub struct JournalFigures {
    /// Commands per second that were answered after they were durable.
    pub commands_per_s: f64,
    /// Holds per second among these commands.
    pub holds_per_s: f64,
    /// Records per second that the bare loop would have made durable in the same batches.
    pub bare_records_per_s: f64,
    /// `commands_per_s` divided by `bare_records_per_s`.
    pub ratio: f64,
    /// The mean number of records in a batch.
    pub batch_records_mean: f64,
    /// The mean number of bytes of a batch.
    pub batch_bytes_mean: f64,
    /// The median time from handing a batch in to the report that it is durable.
    pub batch_p50: Duration,
    /// The 99th percentile of that time.
    pub batch_p99: Duration,
    /// The median time of a write and a sync of the bare loop.
    pub bare_p50: Duration,
    /// Records per second that a recovery read and decided again.
    pub recovered_records_per_s: f64,
}

impl fmt::Display for JournalFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { batch_p50, batch_p99, bare_p50, recovered_records_per_s: recovered, .. } = self;
        writeln!(f, "recovery            {recovered:>12.0} records/s")?;
        writeln!(f, "durable commands    {:>12.0} /s, {IN_FLIGHT} in flight", self.commands_per_s)?;
        writeln!(f, "of which holds      {:>12.0} /s", self.holds_per_s)?;
        writeln!(f, "bare write and sync {:>12.0} records/s", self.bare_records_per_s)?;
        writeln!(f, "ratio               {:>12.2}", self.ratio)?;
        let (records, bytes) = (self.batch_records_mean, self.batch_bytes_mean);
        writeln!(f, "a batch             {records:>12.0} records, {bytes:.0} bytes")?;
        write!(
            f,
            "its time            {batch_p50:>12.1?} p50, {batch_p99:.1?} p99; bare {bare_p50:.1?} p50"
        )
    }
}

/// Measures for about `seconds`, both loops together. Needs a folder for temporary files.
///
/// # Panics
///
/// If the disk or the system fails.
pub fn run(seconds: f64) -> JournalFigures {
    let folder = tempfile::tempdir().expect("a new folder");
    let path = folder.path().join("journal.db");
    let mut shop = Shop::open(&path);
    let mut bare = Bare::open(&folder.path().join("bare")).expect("a file");
    shop.warm_up();
    let end = now() + Duration::from_secs_f64(seconds);
    while now() < end {
        shop.serve(SLICE);
        bare.write(&shop.batches, SLICE).expect("the disk works");
    }
    let figures = shop.figures(bare);
    JournalFigures { recovered_records_per_s: recovered_records_per_s(&path), ..figures }
}

#[expect(clippy::cast_precision_loss, reason = "figures for people to read")]
fn recovered_records_per_s(path: &Path) -> f64 {
    let start = now();
    let mut store = SqliteStore::open(path).expect("a journal");
    let start_at = Start::Beginning;
    let done = replay(&mut store, SALE, start_at, sample::revive, sample::settle)
        .expect("the journal is whole");
    done.record_count as f64 / start.elapsed().as_secs_f64()
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

/// The sale with its visitors, its writer and what was measured.
struct Shop {
    ledger: Ledger<Sale>,
    writer: Writer<SqliteStore>,
    reports: Receiver<(Seq, Instant)>,
    visitors: Vec<Phase>,
    /// How many commands there were. In the sale's time they are a microsecond apart.
    count: u64,
    waiting: usize,
    /// When the batch in flight was handed in.
    handed_in: Instant,
    /// The numbers of records and bytes of the batches of this slice.
    batches: Vec<(u32, usize)>,
    totals: Totals,
}

#[derive(Default)]
struct Totals {
    answered: u64,
    holds: u64,
    batches: u64,
    records: u64,
    bytes: u64,
    took: Duration,
    batch_times: Vec<Duration>,
}

/// What a visitor does next.
#[derive(Clone, Copy)]
enum Phase {
    Away,
    Inside,
    Holding(Seats),
    Paid(BookingId),
}

impl Shop {
    fn open(path: &Path) -> Self {
        let mut store = SqliteStore::open(path).expect("a new file");
        let (header, machine) = (sample::header(SEATS), sample::sale(SEATS));
        let ledger = Ledger::create(&mut store, SALE, &header, machine).expect("the sale is new");
        let (sender, reports) = channel();
        let writer = Writer::spawn(store, move |reports| {
            for report in reports {
                let TaskResult::Appended { seq, result, .. } = report else { continue };
                result.expect("the disk works");
                sender.send((seq, now())).unwrap_or_default();
            }
        });
        Self {
            ledger,
            writer: writer.expect("the system starts a thread"),
            reports,
            visitors: vec![Phase::Away; VISITORS as usize],
            count: 0,
            waiting: 0,
            handed_in: now(),
            batches: Vec::new(),
            totals: Totals::default(),
        }
    }

    /// Lets all visitors enter, and lets the log grow to its full length once. From then on the log
    /// is overwritten in place, as it is in all but the first seconds of a process.
    fn warm_up(&mut self) {
        let transaction = 16 * 1024;
        while self.totals.bytes + self.totals.batches * transaction < WAL_BYTES_MAX as u64 {
            self.serve(SLICE);
        }
        self.totals = Totals::default();
    }

    /// Keeps [`IN_FLIGHT`] commands under way for `time`, then waits for the last answers.
    fn serve(&mut self, time: Duration) {
        self.batches.clear();
        let start = now();
        loop {
            let is_over = now() >= start + time;
            let room = if is_over { 0 } else { IN_FLIGHT - self.waiting };
            for _ in 0..room.min(TURN) {
                self.ask();
            }
            self.hand_in();
            let answered = self.answer_some();
            if is_over && self.waiting == 0 {
                break;
            }
            // A report that is taken at once lets the next batch go to the disk at once.
            let has_more_to_do = answered > 0 || room > TURN;
            let report = if has_more_to_do {
                self.reports.try_recv().ok()
            } else {
                Some(self.reports.recv().expect("a batch is in flight"))
            };
            if let Some((seq, at)) = report {
                self.ledger.handle_appended(seq, &Ok::<_, ()>(()));
                self.totals.batch_times.push(at - self.handed_in);
            }
        }
        self.totals.took += now() - start;
    }

    fn answer_some(&mut self) -> usize {
        let mut answered = 0;
        while answered < TURN
            && let Some(reply) = self.ledger.poll_reply()
        {
            self.answer(reply);
            answered += 1;
        }
        answered
    }

    fn ask(&mut self) {
        let visitor =
            Visitor(u32::try_from(self.count % u64::from(VISITORS)).expect("a small number"));
        let draws = Stream::new(1, BENCH, self.count);
        self.count += 1;
        let command = match self.visitors[visitor.0 as usize] {
            Phase::Away => Command::Enter { visitor },
            Phase::Inside => {
                let seat = u32::try_from(draws.below(0, SEATS.into())).expect("a small number");
                Command::HoldSeats { visitor, seats: Seats::one(Seat(seat)) }
            }
            Phase::Holding(_) if draws.below(1, PAID_ONE_IN) == 0 => Command::Pay { visitor },
            Phase::Holding(seats) => Command::ReleaseSeats { visitor, seats },
            Phase::Paid(booking) => Command::CancelBooking { visitor, booking },
        };
        if let Command::HoldSeats { seats, .. } = command {
            self.visitors[visitor.0 as usize] = Phase::Holding(seats);
        }
        let at = Moment::START + Span::from_nanos(self.count * 1000);
        let result = self.ledger.submit(at, command, Caller(visitor.0.into()));
        result.expect("less is in flight than a ledger takes");
        sample::settle(self.ledger.machine_mut());
        self.waiting += 1;
    }

    fn hand_in(&mut self) {
        let record_count = self.ledger.open_record_count();
        if let Some(append) = self.ledger.take_batch() {
            let bytes = append.records.len();
            self.batches.push((record_count, bytes));
            self.totals.batches += 1;
            self.totals.records += u64::from(record_count);
            self.totals.bytes += bytes as u64;
            self.handed_in = now();
            self.writer.submit(Task::Append(append)).expect("the thread runs");
        }
    }

    fn answer(&mut self, reply: Reply) {
        let Answer::Decided(decided) = reply.answer else { panic!("the disk is well") };
        self.waiting -= 1;
        self.totals.answered += 1;
        let phase = &mut self.visitors[usize::try_from(reply.caller.0).expect("a small number")];
        let after = match (decided, *phase) {
            (Ok(Outcome::Held { .. }), Phase::Holding(seats)) => {
                self.totals.holds += 1;
                Phase::Holding(seats)
            }
            (Ok(Outcome::Booked { booking, .. }), _) => Phase::Paid(booking),
            (Ok(Outcome::Cancelled), _) => Phase::Away,
            // The visitor entered or released, or the seat was taken, or the hold ended.
            _ => Phase::Inside,
        };
        *phase = after;
    }

    #[expect(clippy::cast_precision_loss, reason = "figures for people to read")]
    fn figures(self, mut bare: Bare) -> JournalFigures {
        let mut totals = self.totals;
        self.writer.close().close().expect("the disk works");
        let seconds = totals.took.as_secs_f64();
        let commands_per_s = totals.answered as f64 / seconds;
        let bare_records_per_s = bare.records as f64 / bare.took.as_secs_f64();
        let records_per_s = totals.records as f64 / seconds;
        JournalFigures {
            commands_per_s,
            holds_per_s: totals.holds as f64 / seconds,
            bare_records_per_s,
            ratio: records_per_s / bare_records_per_s,
            batch_records_mean: totals.records as f64 / totals.batches as f64,
            batch_bytes_mean: totals.bytes as f64 / totals.batches as f64,
            batch_p50: quantile(&mut totals.batch_times, 50),
            batch_p99: quantile(&mut totals.batch_times, 99),
            bare_p50: quantile(&mut bare.times, 50),
            recovered_records_per_s: 0.0,
        }
    }
}

/// The bare loop: writes and syncs a file batch by batch. The file has its full length from the
/// beginning.
struct Bare {
    file: File,
    bytes: Vec<u8>,
    offset: usize,
    records: u64,
    took: Duration,
    times: Vec<Duration>,
}

impl Bare {
    fn open(path: &Path) -> io::Result<Self> {
        let bytes = vec![0xa5; BARE_FILE_BYTES];
        let file = File::create(path)?;
        file.write_all_at(&bytes, 0)?;
        file.sync_all()?;
        let times = Vec::new();
        Ok(Self { file, bytes, offset: 0, records: 0, took: Duration::ZERO, times })
    }

    /// Writes batches of these sizes again and again for `time`.
    fn write(&mut self, batches: &[(u32, usize)], time: Duration) -> io::Result<()> {
        let mut sizes: VecDeque<_> = batches.iter().copied().collect();
        let (start, mut last) = (now(), now());
        while last < start + time {
            let (records, len) = sizes.pop_front().expect("a slice has batches");
            sizes.push_back((records, len));
            if self.offset + len > BARE_FILE_BYTES {
                self.offset = 0;
            }
            self.file.write_all_at(&self.bytes[..len], self.offset as u64)?;
            self.file.sync_data()?;
            self.offset += len;
            self.records += u64::from(records);
            let done = now();
            self.times.push(done - last);
            last = done;
        }
        self.took += last - start;
        Ok(())
    }
}

fn quantile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times.get(times.len() * percent / 100).copied().unwrap_or_default()
}
