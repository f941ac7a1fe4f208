//! The journal on real files, and its bytes. The crate `gauntlet` tests it on disks that fail.

mod contract;
mod damage;
mod ledger;
mod record;
mod sqlite;
mod writer;
