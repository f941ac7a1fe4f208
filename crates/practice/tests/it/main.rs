//! A race with members, from outside: what each is told, and that a log gives all of it again.

mod feed;
mod header;
mod many;
mod notes;
mod reports;
mod scene;
mod viewer;
