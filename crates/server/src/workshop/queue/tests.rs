//! Whose turn it is, and who may bring no more.

use super::*;

/// A job, by its name. A name in lower case is that of a job that nobody waits for any more.
impl Waiting for char {
    fn is_wanted(&self) -> bool {
        self.is_ascii_uppercase()
    }
}

/// The guest `guest` in the network `network`.
fn asker(network: u8, guest: u128) -> Asker {
    let network = Network::of([10, 0, 0, network].into());
    Client::without_account(GuestId(guest), network).into()
}

fn push(queue: &mut Queue<char>, asker: Asker, jobs: &str) {
    for job in jobs.chars() {
        let (pushed, _) = queue.push(Class::Middle, asker, job);
        assert_eq!(pushed, Ok(()), "{job}");
    }
}

fn order(queue: &mut Queue<char>) -> String {
    std::iter::from_fn(|| queue.pop(Class::Middle)).collect()
}

#[test]
fn a41_networks_take_turns_and_so_do_the_guests_of_a_network() {
    let mut queue = Queue::default();
    push(&mut queue, asker(1, 1), "ABCD");
    push(&mut queue, asker(1, 2), "EF");
    push(&mut queue, asker(2, 3), "GH");
    push(&mut queue, Asker::SERVER, "I");
    assert_eq!(order(&mut queue), "AGIEHBFCD");
}

#[test]
fn a41_a_guest_and_a_network_have_a_share() {
    let mut queue = Queue::default();
    push(&mut queue, asker(1, 1), &"A".repeat(JOBS_PER_GUEST_MAX));
    assert_eq!(queue.push(Class::Middle, asker(1, 1), 'B').0, Err(ApiError::TooMuchWork));
    assert_eq!(queue.push(Class::Quick, asker(1, 1), 'B').0, Ok(()), "other work has its own");
    let guests = u128::try_from(JOBS_PER_NETWORK_MAX / JOBS_PER_GUEST_MAX).unwrap();
    for guest in 2..=guests {
        push(&mut queue, asker(1, guest), &"C".repeat(JOBS_PER_GUEST_MAX));
    }
    assert_eq!(queue.push(Class::Middle, asker(1, 99), 'D').0, Err(ApiError::TooMuchWork));
    push(&mut queue, asker(2, 99), "E");
    for _ in 0..2 * JOBS_PER_NETWORK_MAX {
        queue.push_anyway(Class::Middle, Asker::SERVER, 'F');
    }
}

#[test]
fn a41_a_full_queue_lets_the_busiest_network_wait() {
    let mut queue = Queue::default();
    let networks = u8::try_from(JOBS_WAITING_MAX / JOBS_PER_NETWORK_MAX).unwrap();
    for network in 1..=networks {
        for guest in 0..JOBS_PER_NETWORK_MAX {
            push(&mut queue, asker(network, (guest / 2) as u128), "A");
        }
    }
    let (pushed, taken_out) = queue.push(Class::Middle, asker(99, 1), 'B');
    assert_eq!((pushed, taken_out), (Ok(()), vec!['A']));
    assert!(order(&mut queue)[..=usize::from(networks)].contains('B'), "its turn is the next one");
}

#[test]
fn a40_jobs_that_nobody_waits_for_take_no_share() {
    let mut queue = Queue::default();
    for job in "aBcd".chars() {
        queue.push_anyway(Class::Middle, asker(1, 1), job);
    }
    let (pushed, taken_out) = queue.push(Class::Middle, asker(1, 1), 'E');
    assert_eq!((pushed, taken_out), (Ok(()), vec!['a', 'c', 'd']));
    assert_eq!(order(&mut queue), "BE");
}
