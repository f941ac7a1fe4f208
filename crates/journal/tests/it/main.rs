//! The journal on real files and as bytes. What it does when the disk lies or dies is in `gauntlet`.

mod contract;
mod ledger;
mod record;
mod sqlite;
mod writer;
