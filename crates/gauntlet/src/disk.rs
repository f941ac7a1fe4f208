//! A simulated disk that can lose power, on which the real SQLite runs. Its files are in memory. It
//! keeps what the program sees apart from what would survive.
//!
//! ```text
//!  write ──▶ live ─────────────── reads see this; a killed process leaves this
//!    └─────▶ unsynced changes
//!               └──sync──▶ durable ── a loss of power leaves this and parts of the unsynced
//! ```
//!
//! SQLite reaches all disks of a process through one virtual file system, [`vfs`]. A path begins
//! with the number of its disk. Nothing here touches a real file or sleeps, and all chance comes
//! from a seed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, Weak};
use std::time::Duration;

use journal::Beside;
use sale::random::Stream;
use sqlite_vfs::{DatabaseHandle, LockKind, OpenAccess, OpenOptions, Vfs, WalDisabled, register};

/// The name under which SQLite knows the disks of this process.
pub fn vfs() -> &'static str {
    static NAME: OnceLock<&str> = OnceLock::new();
    NAME.get_or_init(|| {
        register("simulated", Disks, false).expect("the name is free");
        "simulated"
    })
}

/// A simulated disk. A clone is the same disk.
#[derive(Clone, Debug)]
pub struct Disk {
    number: u64,
    state: Arc<Mutex<State>>,
}

/// What a loss of power takes from the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// All unsynced changes.
    Unsynced,
    /// All unsynced changes except this many bytes that were written first. A change of a file's
    /// length counts as one byte.
    UnsyncedAfter(usize),
    /// A part of every unsynced change, drawn from this seed. Of each change the disk keeps
    /// nothing, all, the first bytes, or only the file's length.
    Scattered(u64),
}

/// What is to go wrong, and at which sync: 1 is the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The sync fails. The seed decides how much of it is on the disk. The program can read all of
    /// it, and no later sync writes it again.
    FailSync {
        /// The number of the sync, from 1.
        at: u64,
        /// The seed that decides what was written.
        seed: u64,
    },
    /// The sync fails as in [`FailSync`](Self::FailSync), and then the disk refuses everything, as
    /// if the process were killed before it could react.
    FailSyncAndFreeze {
        /// The number of the sync, from 1.
        at: u64,
        /// The seed that decides what was written.
        seed: u64,
    },
    /// The disk refuses everything from just before the sync.
    FreezeBefore {
        /// The number of the sync, from 1.
        at: u64,
    },
    /// The sync succeeds, and then the disk refuses everything.
    FreezeAfter {
        /// The number of the sync, from 1.
        at: u64,
    },
}

#[derive(Clone, Debug, Default)]
struct State {
    files: BTreeMap<String, File>,
    /// The unsynced changes of all files, in the order in which they were made.
    unsynced: Vec<(String, Change)>,
    locks: BTreeMap<u64, (String, LockKind)>,
    sync_count: u64,
    fault: Option<Fault>,
    frozen: bool,
    /// How many more bytes the disk takes; `None` if it never gets full.
    room: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct File {
    live: Vec<u8>,
    /// What a loss of power leaves. `None` until the first sync, because the folder does not list
    /// the file before.
    durable: Option<Vec<u8>>,
}

#[derive(Clone, Debug)]
enum Change {
    Write {
        offset: usize,
        bytes: Vec<u8>,
    },
    SetLen(usize),
    /// Another file takes the place of this one, whole or not at all.
    Replace(Vec<u8>),
}

impl Disk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::with_state(State::default())
    }

    fn with_state(state: State) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let state = Arc::new(Mutex::new(state));
        disks().insert(number, Arc::downgrade(&state));
        Self { number, state }
    }

    /// The path under which [`vfs`] finds the file `name` of this disk.
    pub fn path(&self, name: &str) -> PathBuf {
        format!("{}/{name}", self.number).into()
    }

    /// Sets the fault that will happen, once. It replaces a fault that has not happened.
    pub fn set_fault(&self, fault: Fault) {
        let mut state = self.lock();
        state.sync_count = 0;
        state.fault = Some(fault);
    }

    /// Has the disk refuse everything from now on.
    pub fn freeze(&self) {
        self.lock().frozen = true;
    }

    /// Has the disk take so many more bytes; then it is full. `None` makes room for everything.
    pub fn set_room(&self, room: Option<usize>) {
        self.lock().room = room;
    }

    /// The number of syncs since the disk was made or a fault was set.
    pub fn sync_count(&self) -> u64 {
        self.lock().sync_count
    }

    /// The most bytes that [`Loss::UnsyncedAfter`] can keep.
    pub fn unsynced_len(&self) -> usize {
        self.lock().unsynced.iter().map(|(_, change)| change.len()).sum()
    }

    /// A new disk: this one as it would be after a loss of power now. This one does not change.
    #[must_use]
    pub fn after_power_loss(&self, loss: Loss) -> Self {
        let mut state = self.lock().clone();
        let unsynced = std::mem::take(&mut state.unsynced);
        let mut room = match loss {
            Loss::Unsynced => 0,
            Loss::UnsyncedAfter(room) => room,
            Loss::Scattered(_) => usize::MAX,
        };
        for (index, (name, change)) in unsynced.into_iter().enumerate() {
            let Some(file) = state.files.get_mut(&name) else { continue };
            let kept = change.len().min(room);
            room -= kept;
            match loss {
                Loss::Unsynced => {}
                Loss::UnsyncedAfter(_) if kept == 0 => {}
                Loss::UnsyncedAfter(_) => change.apply(file.durable.get_or_insert_default(), kept),
                Loss::Scattered(seed) => {
                    change.scatter(file.durable.get_or_insert_default(), seed, index as u64);
                }
            }
        }
        state.files.retain(|_, file| file.durable.is_some());
        for file in state.files.values_mut() {
            file.live = file.durable.clone().expect("it was retained above");
        }
        Self::restarted(state)
    }

    /// A new disk: this one as another process finds it after a kill. That process can read all
    /// that was written, even if it is not durable. This one does not change.
    #[must_use]
    pub fn after_kill(&self) -> Self {
        Self::restarted(self.lock().clone())
    }

    /// The files beside the database `name`, as a journal reaches them without SQLite.
    pub fn beside(&self, name: &str) -> BesideOnDisk {
        BesideOnDisk { disk: self.clone(), name: name.to_owned() }
    }

    fn restarted(state: State) -> Self {
        let State { files, unsynced, .. } = state;
        Self::with_state(State { files, unsynced, ..State::default() })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic under the lock")
    }
}

/// The files beside a database on a simulated disk.
#[derive(Clone, Debug)]
pub struct BesideOnDisk {
    disk: Disk,
    name: String,
}

impl BesideOnDisk {
    fn read(&self, ending: &str) -> io::Result<Option<Vec<u8>>> {
        let state = self.disk.lock();
        state.check_works()?;
        Ok(state.files.get(&format!("{}{ending}", self.name)).map(|file| file.live.clone()))
    }

    fn write(&self, ending: &str, change: Change) -> io::Result<()> {
        let (mut state, name) = (self.disk.lock(), format!("{}{ending}", self.name));
        state.check_works()?;
        state.files.entry(name.clone()).or_default();
        state.change(&name, change)?;
        state.sync(&name)
    }
}

impl Beside for BesideOnDisk {
    fn read_log(&self) -> io::Result<Option<Vec<u8>>> {
        self.read("-wal")
    }

    fn rewrite_log(&self) -> io::Result<()> {
        let Some(bytes) = self.read("-wal")? else { return Ok(()) };
        self.write("-wal", Change::Write { offset: 0, bytes })
    }

    fn read_mark(&self) -> io::Result<Option<Vec<u8>>> {
        self.read("-mark")
    }

    fn write_mark(&self, bytes: &[u8]) -> io::Result<()> {
        self.write("-mark", Change::Replace(bytes.to_vec()))
    }

    fn make_ready(&self) -> io::Result<u64> {
        Ok(0)
    }

    fn forget_free_pages(&self) -> io::Result<()> {
        self.write("", Change::Write { offset: 32, bytes: vec![0; 8] })
    }

    fn complaint(&self) -> Option<io::Error> {
        None
    }
}

impl Default for Disk {
    fn default() -> Self {
        Self::new()
    }
}

impl Change {
    fn len(&self) -> usize {
        match self {
            Self::Write { bytes, .. } => bytes.len(),
            Self::SetLen(_) | Self::Replace(_) => 1,
        }
    }

    /// Makes the first `kept` bytes of the change in `bytes`, the contents of a file.
    fn apply(&self, bytes: &mut Vec<u8>, kept: usize) {
        match self {
            Self::Write { offset, bytes: new } => {
                let end = offset + kept;
                bytes.resize(bytes.len().max(end), 0);
                bytes[*offset..end].copy_from_slice(&new[..kept]);
            }
            Self::SetLen(len) => bytes.resize(*len, 0),
            Self::Replace(new) => bytes.clone_from(new),
        }
    }

    fn scatter(&self, bytes: &mut Vec<u8>, seed: u64, index: u64) {
        let draws = Stream::new(seed, SCATTER, index);
        match (draws.below(0, 5), self) {
            (0, _) => {}
            (1, Self::Write { offset, bytes: new }) => {
                bytes.resize(bytes.len().max(offset + new.len()), 0);
            }
            (2, Self::Write { bytes: new, .. }) => {
                let kept = draws.below(1, new.len() as u64 + 1);
                self.apply(bytes, usize::try_from(kept).expect("a length"));
            }
            _ => self.apply(bytes, self.len()),
        }
    }
}

/// The purpose of the draws of [`Loss::Scattered`] and of failed syncs.
const SCATTER: u64 = 0x7363_6174_7465_7221;

impl State {
    fn check_works(&self) -> io::Result<()> {
        if self.frozen { Err(io::Error::other("the disk is frozen")) } else { Ok(()) }
    }

    fn change(&mut self, name: &str, change: Change) -> io::Result<()> {
        self.check_works()?;
        if let Some(room) = &mut self.room {
            *room = room.checked_sub(change.len()).ok_or(ErrorKind::StorageFull)?;
        }
        let file = self.files.get_mut(name).ok_or(ErrorKind::NotFound)?;
        change.apply(&mut file.live, change.len());
        self.unsynced.push((name.to_owned(), change));
        Ok(())
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        self.check_works()?;
        self.sync_count += 1;
        let count = self.sync_count;
        match self.fault {
            Some(Fault::FailSync { at, seed }) if at == count => {
                self.fault = None;
                self.clean(name, Some(seed));
                Err(io::Error::other("the sync failed"))
            }
            Some(Fault::FailSyncAndFreeze { at, seed }) if at == count => {
                self.clean(name, Some(seed));
                self.frozen = true;
                self.check_works()
            }
            Some(Fault::FreezeBefore { at }) if at == count => {
                self.frozen = true;
                self.check_works()
            }
            Some(Fault::FreezeAfter { at }) if at == count => {
                self.clean(name, None);
                self.frozen = true;
                self.check_works()
            }
            _ => {
                self.clean(name, None);
                Ok(())
            }
        }
    }

    /// Makes all unsynced changes of a file durable. With a seed in `lost`, only some of each
    /// change becomes durable, and no later sync will write the rest.
    fn clean(&mut self, name: &str, lost: Option<u64>) {
        let file = self.files.get_mut(name).expect("an open file");
        let durable = file.durable.get_or_insert_default();
        let mut index = 0;
        self.unsynced.retain(|(other, change)| {
            if other != name {
                return true;
            }
            match lost {
                None => change.apply(durable, change.len()),
                Some(seed) => change.scatter(durable, seed, index),
            }
            index += 1;
            false
        });
    }

    /// Whether `handle` may have this lock, given the locks of other handles.
    fn may_lock(&self, handle: u64, name: &str, wanted: LockKind) -> bool {
        let mut others = self.locks.iter().filter(|(other, (file, kind))| {
            **other != handle && file == name && *kind != LockKind::None
        });
        match wanted {
            LockKind::None => true,
            LockKind::Shared => {
                others.all(|(_, (_, kind))| matches!(kind, LockKind::Shared | LockKind::Reserved))
            }
            LockKind::Reserved | LockKind::Pending => {
                others.all(|(_, (_, kind))| *kind == LockKind::Shared)
            }
            LockKind::Exclusive => others.next().is_none(),
        }
    }
}

type Registry = BTreeMap<u64, Weak<Mutex<State>>>;

fn disks() -> MutexGuard<'static, Registry> {
    static DISKS: Mutex<Registry> = Mutex::new(BTreeMap::new());
    DISKS.lock().expect("no panic under the lock")
}

/// All disks of the process, as SQLite sees them.
struct Disks;

impl Disks {
    /// Splits a path into the disk and the name of the file on it.
    fn find(path: &str) -> io::Result<(Arc<Mutex<State>>, &str)> {
        let (number, name) = path.split_once('/').ok_or(ErrorKind::NotFound)?;
        let number: u64 = number.parse().map_err(|_| ErrorKind::NotFound)?;
        let disk = disks().get(&number).and_then(Weak::upgrade).ok_or(ErrorKind::NotFound)?;
        Ok((disk, name))
    }
}

impl Vfs for Disks {
    type Handle = Handle;

    fn open(&self, path: &str, options: OpenOptions) -> io::Result<Handle> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let (disk, name) = Self::find(path)?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut state = disk.lock().expect("no panic under the lock");
        state.check_works()?;
        let exists = state.files.contains_key(name);
        match options.access {
            OpenAccess::Read | OpenAccess::Write if !exists => {
                return Err(ErrorKind::NotFound.into());
            }
            OpenAccess::CreateNew if exists => return Err(ErrorKind::AlreadyExists.into()),
            OpenAccess::Read | OpenAccess::Write => {}
            OpenAccess::Create | OpenAccess::CreateNew => {
                state.files.entry(name.to_owned()).or_default();
            }
        }
        drop(state);
        Ok(Handle { disk, name: name.to_owned(), number })
    }

    /// Deletes a file at once and durably, because SQLite has the folder synced after a deletion.
    fn delete(&self, path: &str) -> io::Result<()> {
        let (disk, name) = Self::find(path)?;
        let mut state = disk.lock().expect("no panic under the lock");
        state.check_works()?;
        state.unsynced.retain(|(other, _)| other != name);
        state.files.remove(name).map(drop).ok_or(ErrorKind::NotFound.into())
    }

    fn exists(&self, path: &str) -> io::Result<bool> {
        let (disk, name) = Self::find(path)?;
        let state = disk.lock().expect("no panic under the lock");
        state.check_works()?;
        Ok(state.files.contains_key(name))
    }

    fn temporary_name(&self) -> String {
        "no temporary files are needed".to_owned()
    }

    fn random(&self, buffer: &mut [i8]) {
        buffer.fill(7);
    }

    fn sleep(&self, duration: Duration) -> Duration {
        duration
    }

    fn full_pathname<'a>(&self, path: &'a str) -> io::Result<Cow<'a, str>> {
        Ok(path.into())
    }
}

/// An open file.
struct Handle {
    disk: Arc<Mutex<State>>,
    name: String,
    number: u64,
}

impl Handle {
    fn state(&self) -> MutexGuard<'_, State> {
        self.disk.lock().expect("no panic under the lock")
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.state().locks.remove(&self.number);
    }
}

fn index(offset: u64) -> usize {
    usize::try_from(offset).expect("files in memory are small")
}

impl DatabaseHandle for Handle {
    type WalIndex = WalDisabled;

    fn size(&self) -> io::Result<u64> {
        let state = self.state();
        state.check_works()?;
        state
            .files
            .get(&self.name)
            .map(|file| file.live.len() as u64)
            .ok_or(ErrorKind::NotFound.into())
    }

    /// Fills what lies past the end of the file with zeros: SQLite demands that, even with an
    /// error.
    fn read_exact_at(&mut self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let state = self.state();
        state.check_works()?;
        let file = state.files.get(&self.name).ok_or(ErrorKind::NotFound)?;
        let rest = file.live.get(index(offset)..).unwrap_or_default();
        let len = rest.len().min(buffer.len());
        let (there, missing) = buffer.split_at_mut(len);
        there.copy_from_slice(&rest[..len]);
        missing.fill(0);
        if missing.is_empty() { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }

    fn write_all_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let change = Change::Write { offset: index(offset), bytes: bytes.to_vec() };
        self.state().change(&self.name, change)
    }

    fn sync(&mut self, _data_only: bool) -> io::Result<()> {
        self.state().sync(&self.name)
    }

    fn set_len(&mut self, size: u64) -> io::Result<()> {
        self.state().change(&self.name, Change::SetLen(index(size)))
    }

    fn lock(&mut self, lock: LockKind) -> io::Result<bool> {
        let mut state = self.state();
        state.check_works()?;
        let granted = state.may_lock(self.number, &self.name, lock);
        if granted {
            state.locks.insert(self.number, (self.name.clone(), lock));
        }
        Ok(granted)
    }

    fn reserved(&mut self) -> io::Result<bool> {
        let state = self.state();
        let mut locks = state.locks.values();
        Ok(locks.any(|(name, kind)| {
            let strong = !matches!(kind, LockKind::None | LockKind::Shared);
            *name == self.name && strong
        }))
    }

    fn current_lock(&self) -> io::Result<LockKind> {
        let state = self.state();
        Ok(state.locks.get(&self.number).map_or(LockKind::None, |(_, kind)| *kind))
    }

    fn wal_index(&self, _readonly: bool) -> io::Result<WalDisabled> {
        Ok(WalDisabled)
    }
}
