//! The jobs that wait: each network has its turn, and in a network each guest.
//!
//! So whoever brings many jobs keeps waiting for them and lets others pass. How many may wait has a limit for each
//! guest, for each network and for all.

use std::collections::VecDeque;

use super::work::Class;
use crate::client::{Client, Network};
use crate::ids::GuestId;
use crate::limits::{JOBS_PER_GUEST_MAX, JOBS_PER_NETWORK_MAX, JOBS_WAITING_MAX};
use crate::problem::ApiError;

/// For whom a job is done. Jobs of the server itself share one turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asker {
    pub(crate) network: Option<Network>,
    pub(crate) guest: Option<GuestId>,
}

impl Asker {
    /// The server itself. No share limits its jobs, so their number must have another limit.
    pub(crate) const SERVER: Self = Self { network: None, guest: None };
}

impl From<Client> for Asker {
    fn from(Client { guest, network, .. }: Client) -> Self {
        Self { network: Some(network), guest: Some(guest) }
    }
}

/// What can wait in a queue.
pub(super) trait Waiting {
    /// Whether somebody still waits for it.
    fn is_wanted(&self) -> bool;
}

/// The jobs that wait, in a lane for each class.
#[derive(Debug)]
pub(super) struct Queue<J> {
    quick: Lane<J>,
    middle: Lane<J>,
    long: Lane<J>,
}

/// The jobs of one class, in the order of the turns.
#[derive(Debug)]
struct Lane<J> {
    networks: VecDeque<(Option<Network>, VecDeque<Guest<J>>)>,
}

/// The jobs of one guest, oldest first.
type Guest<J> = (Option<GuestId>, VecDeque<J>);

impl<J> Default for Queue<J> {
    fn default() -> Self {
        let lane = || Lane { networks: VecDeque::new() };
        Self { quick: lane(), middle: lane(), long: lane() }
    }
}

impl<J: Waiting> Queue<J> {
    /// Adds a job, or says why not (rule A41). Also returns the jobs that it took out: those that nobody waits for
    /// any more, and, if the queue was full, the newest job of the network with the most jobs of this class.
    ///
    /// # Errors
    ///
    /// [`ApiError::TooMuchWork`] if the guest or the network has too many jobs of this class,
    /// [`ApiError::Overloaded`] if the queue is full and no network has more jobs than the asker's.
    pub(super) fn push(
        &mut self,
        class: Class,
        asker: Asker,
        job: J,
    ) -> (Result<(), ApiError>, Vec<J>) {
        let mut taken_out = self.lane(class).take_unwanted();
        let (of_guest, of_network) = self.lane(class).count_of(asker);
        if of_guest >= JOBS_PER_GUEST_MAX || of_network >= JOBS_PER_NETWORK_MAX {
            return (Err(ApiError::TooMuchWork), taken_out);
        }
        if self.lane(class).len() >= JOBS_WAITING_MAX {
            let Some(newest) = self.lane(class).take_newest_of_busiest(of_network + 1) else {
                return (Err(ApiError::Overloaded), taken_out);
            };
            taken_out.push(newest);
        }
        self.push_anyway(class, asker, job);
        (Ok(()), taken_out)
    }

    /// Adds a job without looking at any limit.
    pub(super) fn push_anyway(&mut self, class: Class, asker: Asker, job: J) {
        self.lane(class).push(asker, job);
    }

    /// The next job of a class.
    pub(super) fn pop(&mut self, class: Class) -> Option<J> {
        self.lane(class).pop()
    }

    fn lane(&mut self, class: Class) -> &mut Lane<J> {
        match class {
            Class::Quick => &mut self.quick,
            Class::Middle => &mut self.middle,
            Class::Long => &mut self.long,
        }
    }
}

impl<J: Waiting> Lane<J> {
    /// Puts a job behind the others of its asker. Who had none gets the last turn.
    fn push(&mut self, asker: Asker, job: J) {
        let Asker { network, guest } = asker;
        let known = self.networks.iter().position(|(of, _)| *of == network);
        let known = known.unwrap_or_else(|| {
            self.networks.push_back((network, VecDeque::new()));
            self.networks.len() - 1
        });
        let guests = &mut self.networks[known].1;
        match guests.iter_mut().find(|(of, _)| *of == guest) {
            Some((_, jobs)) => jobs.push_back(job),
            None => guests.push_back((guest, VecDeque::from([job]))),
        }
    }

    /// Takes the oldest job of the guest whose turn it is. Network and guest then go to the end.
    fn pop(&mut self) -> Option<J> {
        let (network, mut guests) = self.networks.pop_front()?;
        let (guest, mut jobs) = guests.pop_front()?;
        let job = jobs.pop_front();
        if !jobs.is_empty() {
            guests.push_back((guest, jobs));
        }
        if !guests.is_empty() {
            self.networks.push_back((network, guests));
        }
        job
    }

    /// Takes every job that nobody waits for any more.
    fn take_unwanted(&mut self) -> Vec<J> {
        let mut taken = Vec::new();
        for (_, guests) in &mut self.networks {
            for (_, jobs) in guests.iter_mut() {
                let (wanted, unwanted) = jobs.drain(..).partition(J::is_wanted);
                *jobs = wanted;
                taken.extend::<VecDeque<J>>(unwanted);
            }
        }
        self.forget_idle();
        taken
    }

    /// Takes the newest job of the network that has the most, if that is more than `least`. In it, the guest with
    /// the most jobs loses one.
    fn take_newest_of_busiest(&mut self, least: usize) -> Option<J> {
        let named = self.networks.iter_mut().filter(|(network, _)| network.is_some());
        let (_, guests) = named.max_by_key(|(_, guests)| jobs_of(guests))?;
        if jobs_of(guests) <= least {
            return None;
        }
        let (_, jobs) = guests.iter_mut().max_by_key(|(_, jobs)| jobs.len())?;
        let newest = jobs.pop_back();
        self.forget_idle();
        newest
    }

    fn forget_idle(&mut self) {
        for (_, guests) in &mut self.networks {
            guests.retain(|(_, jobs)| !jobs.is_empty());
        }
        self.networks.retain(|(_, guests)| !guests.is_empty());
    }

    /// How many jobs of the asker's guest and of the asker's network wait. The server and a network that nobody
    /// knows have no share, so theirs count as none.
    fn count_of(&self, asker: Asker) -> (usize, usize) {
        let guests = self.networks.iter().find(|(network, _)| *network == asker.network);
        let Some((network, guests)) = guests else { return (0, 0) };
        let of_guest = guests.iter().find(|(guest, _)| guest.is_some() && *guest == asker.guest);
        let of_guest = of_guest.map_or(0, |(_, jobs)| jobs.len());
        (of_guest, if network.is_some() { jobs_of(guests) } else { 0 })
    }

    fn len(&self) -> usize {
        self.networks.iter().map(|(_, guests)| jobs_of(guests)).sum()
    }
}

fn jobs_of<J>(guests: &VecDeque<Guest<J>>) -> usize {
    guests.iter().map(|(_, jobs)| jobs.len()).sum()
}

#[cfg(test)]
mod tests;
