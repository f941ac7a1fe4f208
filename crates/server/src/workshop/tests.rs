//! Jobs on real threads: given up, panicking, refused, shared.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::*;
use crate::client::{Client, Network};
use crate::ids::GuestId;

/// Far longer than a thread needs. With it a failing test ends instead of hanging.
const BOUND: Duration = Duration::from_secs(20);

fn asker(guest: u128) -> Asker {
    Client::without_account(GuestId(guest), Network::of([10, 0, 0, 1].into())).into()
}

/// A job that says that it has begun, and ends when it is told to or when nobody wants it.
fn patient(begun: Sender<()>, end: Receiver<()>) -> impl FnOnce(&Wanted) -> Result<bool, ApiError> {
    move |wanted| {
        begun.send(()).unwrap();
        while wanted.is_wanted() {
            if end.recv_timeout(Duration::from_millis(1)).is_ok() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[tokio::test]
async fn a40_a_job_that_nobody_waits_for_any_more_does_not_begin() {
    let workshop = Workshop::with_threads(1).unwrap();
    let ((begun, has_begun), (end, ended)) = (channel(), channel());
    let first = workshop.submit(Work::Captcha, asker(1), patient(begun, ended)).unwrap();
    has_begun.recv_timeout(BOUND).unwrap();
    let (ran, has_run) = channel();
    let second = workshop.submit(Work::Captcha, asker(1), move |_| {
        ran.send(()).unwrap();
        Ok(2)
    });
    drop(second.unwrap());
    let third = workshop.submit(Work::Captcha, asker(1), |_| Ok(3)).unwrap();
    end.send(()).unwrap();
    assert_eq!((first.await, third.await), (Ok(true), Ok(3)));
    assert!(has_run.try_recv().is_err(), "the second never ran");
}

#[tokio::test]
async fn a40_a_job_that_runs_is_told_that_nobody_waits() {
    let workshop = Workshop::with_threads(1).unwrap();
    let ((begun, has_begun), (_end, ended)) = (channel(), channel::<()>());
    let job = workshop.submit(Work::Captcha, asker(1), patient(begun, ended)).unwrap();
    has_begun.recv_timeout(BOUND).unwrap();
    drop(job);
    // The one thread is free again only if the job has ended.
    let next = workshop.run(Work::Captcha, asker(1), |_| Ok(4));
    assert_eq!(tokio::time::timeout(BOUND, next).await.unwrap(), Ok(4));
}

#[tokio::test]
async fn a40_a_panic_ends_its_job_only() {
    let workshop = Workshop::with_threads(1).unwrap();
    let panicked = workshop.run(Work::Captcha, asker(1), |_| -> Result<(), _> { panic!("a test") });
    assert_eq!(panicked.await, Err(ApiError::Internal));
    assert_eq!(workshop.run(Work::Captcha, asker(1), |_| Ok(5)).await, Ok(5));
}

#[tokio::test]
async fn a40_a_workshop_that_closes_ends_its_jobs() {
    let workshop = Workshop::with_threads(1).unwrap();
    let ((begun, has_begun), (_end, ended)) = (channel(), channel::<()>());
    let running = workshop.submit(Work::Captcha, asker(1), patient(begun, ended)).unwrap();
    has_begun.recv_timeout(BOUND).unwrap();
    let waiting = workshop.submit(Work::Captcha, asker(1), |_| Ok(6)).unwrap();
    workshop.close();
    assert_eq!((running.await, waiting.await), (Ok(false), Err(ApiError::Stopping)));
    assert_eq!(workshop.run(Work::Captcha, asker(1), |_| Ok(7)).await, Err(ApiError::Stopping));
}

#[tokio::test]
async fn a41_long_jobs_leave_threads_for_short_ones() {
    let workshop = Workshop::with_threads(WORKERS_MIN).unwrap();
    let (mut keep, mut jobs) = (Vec::new(), Vec::new());
    for work in [Work::Report, Work::Setup, Work::Report, Work::Setup] {
        let ((begun, has_begun), (end, ended)) = (channel(), channel::<()>());
        jobs.push(workshop.submit(work, asker(1), patient(begun, ended)).unwrap());
        keep.push((has_begun, end));
    }
    let captcha = workshop.run(Work::Captcha, asker(2), |_| Ok(8));
    assert_eq!(tokio::time::timeout(BOUND, captcha).await.unwrap(), Ok(8));
}

#[tokio::test]
async fn a42_who_asks_for_what_is_being_made_waits_for_the_same_job() {
    let workshop = Workshop::with_threads(1).unwrap();
    let flights = Flights::default();
    let ((begun, has_begun), (end, ended)) = (channel(), channel());
    let start = || workshop.submit(Work::Captcha, asker(1), patient(begun, ended));
    let first = flights.find("same", start).unwrap();
    has_begun.recv_timeout(BOUND).unwrap();
    let again = || -> Result<Job<bool>, ApiError> { panic!("there is a job already") };
    let second = flights.find("same", again).unwrap();
    // The job goes on for the second.
    drop(first);
    end.send(()).unwrap();
    assert_eq!(tokio::time::timeout(BOUND, second).await.unwrap(), Ok(true));
    let start = || workshop.submit(Work::Captcha, asker(1), |_| Ok(false));
    assert_eq!(flights.join("same", start).await, Ok(false), "the first job is over");
}

#[tokio::test]
async fn a42_a_shared_job_ends_when_the_last_who_waits_is_gone() {
    let workshop = Workshop::with_threads(1).unwrap();
    let flights = Flights::default();
    let ((begun, has_begun), (_end, ended)) = (channel(), channel::<()>());
    let start = || workshop.submit(Work::Captcha, asker(1), patient(begun, ended));
    let first = flights.find("same", start).unwrap();
    let second = flights.find("same", || panic!("there is a job already")).unwrap();
    has_begun.recv_timeout(BOUND).unwrap();
    drop((first, second));
    let next = workshop.run(Work::Captcha, asker(1), |_| Ok(9));
    assert_eq!(tokio::time::timeout(BOUND, next).await.unwrap(), Ok(9));
}
