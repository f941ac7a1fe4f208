//! Who is in a room: coming in, leaving, being host.

use protocol::{Door, RoomKind, RoomStage};

use super::list::push;
use super::{Member, Refusal, Room};
use crate::clock::UnixTime;
use crate::ids::GuestId;
use crate::limits::{BARRED_MAX, ROOM_LEFT_MAX};
use crate::rooms::name::{distinct, key_of, name_of};

impl Room {
    /// Lets a guest in under a name, or gives a member another name. Rules A64 and A65.
    pub(crate) fn join(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        name: &str,
    ) -> Result<u32, Refusal> {
        let name = name_of(name).map_err(|_| Refusal::NameInvalid)?;
        if let Some(&number) = self.numbers.get(&guest) {
            self.rename(now, number, &name);
            return Ok(number);
        }
        self.check_entry(guest)?;
        let name = distinct(&name, |key| self.names.contains(key));
        Ok(self.add(now, guest, name))
    }

    /// Lets a guest into an open race under a given name. Rule A73.
    pub(crate) fn enter(&mut self, now: UnixTime, guest: GuestId) -> Result<u32, Refusal> {
        if let Some(&number) = self.numbers.get(&guest) {
            return Ok(number);
        }
        self.check_entry(guest)?;
        if self.stage(now) == RoomStage::Over {
            return Err(Refusal::Closed);
        }
        let name = format!("포도 {}", self.next_number);
        Ok(self.add(now, guest, name))
    }

    fn check_entry(&self, guest: GuestId) -> Result<(), Refusal> {
        if self.door == Door::Closed || self.barred.contains(&guest) {
            return Err(Refusal::Closed);
        }
        if self.members.len() >= self.members_max() as usize { Err(Refusal::Full) } else { Ok(()) }
    }

    fn add(&mut self, now: UnixTime, guest: GuestId, name: String) -> u32 {
        let number = self.next_number;
        self.next_number += 1;
        self.names.insert(key_of(&name));
        self.numbers.insert(guest, number);
        self.members.insert(number, Member::new(guest, name));
        if self.kind == RoomKind::Room && self.host.is_none() {
            self.make_host(now, Some(number));
        }
        self.changes.members.insert(number);
        // The row of the room holds the next number.
        self.changed(now);
        number
    }

    fn rename(&mut self, now: UnixTime, number: u32, name: &str) {
        // Names of open races are given.
        let Some(member) = self.members.get_mut(&number).filter(|_| self.kind == RoomKind::Room)
        else {
            return;
        };
        self.names.remove(&key_of(&member.name));
        let name = distinct(name, |key| self.names.contains(key));
        self.names.insert(key_of(&name));
        if member.name != name {
            member.name = name;
            self.changes.members.insert(number);
            self.changed(now);
        }
    }

    /// Notes whether a member is ready.
    pub(crate) fn set_ready(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        ready: bool,
    ) -> Result<(), Refusal> {
        let number = self.number_of(guest).ok_or(Refusal::NotIn)?;
        let member = self.members.get_mut(&number).ok_or(Refusal::NotIn)?;
        if member.is_ready != ready {
            member.is_ready = ready;
            self.changes.members.insert(number);
            self.changed(now);
        }
        Ok(())
    }

    /// Takes a member out: oneself, or anybody if the guest is host. Whom the host removed cannot come back until a
    /// closed door is opened. Does nothing if nobody has this number. Rule A68.
    pub(crate) fn remove(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        number: u32,
    ) -> Result<(), Refusal> {
        let own = self.number_of(guest).ok_or(Refusal::NotIn)?;
        let is_own = own == number;
        if !is_own && self.host != Some(own) {
            return Err(Refusal::NotHost);
        }
        let Some(member) = self.members.remove(&number) else { return Ok(()) };
        self.names.remove(&key_of(&member.name));
        self.numbers.remove(&member.guest);
        if !is_own {
            push(&mut self.barred, BARRED_MAX, member.guest);
        }
        if self.latest_race().is_some() {
            // The results of a race name those too who have left.
            push(&mut self.left, ROOM_LEFT_MAX, (member.guest, member.name));
        }
        if self.host == Some(number) {
            self.make_host(now, self.heir());
        }
        self.changes.members.remove(&number);
        self.changes.gone.insert(number);
        self.changed(now);
        Ok(())
    }

    /// Forgets the names of guests who have left, which reports they shared, and whom the host removed. Returns whether it knew any.
    pub(crate) fn forget(&mut self, now: UnixTime, guests: &[GuestId]) -> bool {
        let known = |room: &Self| room.left.len() + room.sharers.len() + room.barred.len();
        let before = known(self);
        self.left.retain(|(guest, _)| !guests.contains(guest));
        self.sharers.retain(|(_, guest)| !guests.contains(guest));
        self.barred.retain(|guest| !guests.contains(guest));
        let knew = known(self) < before;
        if knew {
            self.changed(now);
        }
        knew
    }

    /// Opens or closes the door. Rule A68.
    pub(crate) fn set_door(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        door: Door,
    ) -> Result<(), Refusal> {
        self.check_host(guest)?;
        if self.door != door {
            self.door = door;
            if door == Door::Open {
                self.barred.clear();
            }
            self.changed(now);
        }
        Ok(())
    }

    /// Notes that a guest has one live connection more.
    pub(crate) fn came(&mut self, guest: GuestId, is_watching: bool) {
        let Some(number) = self.number_of(guest) else { return };
        let Some(member) = self.members.get_mut(&number) else { return };
        member.connections += 1;
        member.watching += u16::from(is_watching);
        if self.host == Some(number) {
            self.host_absent_since = None;
        }
        self.revise();
    }

    /// Notes that a guest has one live connection less.
    pub(crate) fn went(&mut self, now: UnixTime, guest: GuestId, is_watching: bool) {
        let Some(number) = self.number_of(guest) else { return };
        let Some(member) = self.members.get_mut(&number) else { return };
        member.connections = member.connections.saturating_sub(1);
        member.watching = member.watching.saturating_sub(u16::from(is_watching));
        if self.host == Some(number) && member.connections == 0 {
            self.host_absent_since = Some(now);
        }
        self.revise();
    }

    /// Who is host.
    pub(crate) fn host_guest(&self) -> Option<GuestId> {
        self.host.and_then(|number| self.members.get(&number)).map(|member| member.guest)
    }

    /// Who is host next: who has been here longest of those with a live connection, else of all.
    fn heir(&self) -> Option<u32> {
        self.next_here().or_else(|| self.members.keys().next().copied())
    }

    /// The member beside the host who has been here longest and has a live connection.
    pub(super) fn next_here(&self) -> Option<u32> {
        let mut here = self.members.iter().filter(|(_, member)| member.connections > 0);
        here.find(|(number, _)| self.host != Some(**number)).map(|(number, _)| *number)
    }

    pub(super) fn make_host(&mut self, now: UnixTime, number: Option<u32>) {
        self.host = number;
        let member = number.and_then(|number| self.members.get(&number));
        self.host_absent_since = member.filter(|member| member.connections == 0).map(|_| now);
    }
}
