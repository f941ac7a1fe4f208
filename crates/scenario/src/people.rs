//! People files: the personas of a crowd.

use crowd::{Arrival, Care, CrowdRules, Groups, Persona};
use serde::Deserialize;

use crate::demand::DemandFile;
use crate::fault::Fault;
use crate::style::StyleFile;
use crate::times::{DelayText, DistText};

/// A people file. Times in seconds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleFile {
    groups: GroupsText,
    leave_per_min: f64,
    leave_late_factor: f64,
    refresh_per_min: f64,
    persona: Vec<PersonaText>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupsText {
    all: f64,
    one_less: f64,
    two_of_two: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonaText {
    name: String,
    share: f64,
    #[serde(default)]
    program: bool,
    press_again: DelayText,
    captcha: DelayText,
    captcha_error: f64,
    captcha_again: DelayText,
    put_off: f64,
    section: DelayText,
    first_seat: DelayText,
    next_seat: DelayText,
    done: DelayText,
    alert: DelayText,
    repick: DelayText,
    look_again: DelayText,
    pay: DelayText,
    abandon: f64,
    patience: u32,
    give_up: f64,
    settle: f64,
    care: CareText,
    arrival: Vec<ArrivalText>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CareText {
    temperature: f64,
    crowd_aversion: f64,
    random_section: f64,
    random_seat: f64,
    skip: f64,
    spread: f64,
    glance: f64,
    haste: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArrivalText {
    weight: f64,
    press: DistText,
    #[serde(default)]
    to_place: DelayText,
}

impl PeopleFile {
    /// Checks the shares as the file has them, before [`share_out`] changes them.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        for persona in &self.persona {
            if !(0.0..=1e6).contains(&persona.share) {
                let key = format!("{}.share", persona.name);
                return Err(Fault::value(key, "must be 0 to 1,000,000"));
            }
        }
        Ok(())
    }

    /// The crowd of these personas, with the number of programs that the demand tier says and the
    /// delays of the style.
    pub(crate) fn crowd(self, rivals: u32, demand: &DemandFile, style: &StyleFile) -> CrowdRules {
        let (map, seen) = (&style.map, &style.seen);
        let mut personas: Vec<Persona> = self.persona.into_iter().map(Persona::from).collect();
        share_out(&mut personas, demand.program_share);
        CrowdRules {
            rivals,
            personas,
            groups: Groups {
                all: self.groups.all,
                one_less: self.groups.one_less,
                two_of_two: self.groups.two_of_two,
            },
            notice: seen.notice.clone().into(),
            map_refresh: map.every.into(),
            click: seen.click.clone().into(),
            leave_per_min: self.leave_per_min,
            leave_late_factor: self.leave_late_factor,
            refresh_per_min: self.refresh_per_min,
        }
    }
}

/// Gives programs together the share `program_share` and all others together the rest. Within each of
/// the two groups the personas keep the proportions of the file.
fn share_out(personas: &mut [Persona], program_share: f64) {
    for (is_program, whole) in [(true, program_share), (false, 1.0 - program_share)] {
        let sum: f64 =
            personas.iter().filter(|p| p.is_program == is_program).map(|p| p.share).sum();
        for persona in personas.iter_mut().filter(|persona| persona.is_program == is_program) {
            persona.share *= whole / sum;
        }
    }
}

impl From<PersonaText> for Persona {
    fn from(text: PersonaText) -> Self {
        Self {
            name: text.name,
            share: text.share,
            is_program: text.program,
            arrivals: text.arrival.into_iter().map(Arrival::from).collect(),
            press_again: text.press_again.into(),
            captcha: text.captcha.into(),
            captcha_error: text.captcha_error,
            captcha_again: text.captcha_again.into(),
            put_off: text.put_off,
            section: text.section.into(),
            first_seat: text.first_seat.into(),
            next_seat: text.next_seat.into(),
            done: text.done.into(),
            alert: text.alert.into(),
            repick: text.repick.into(),
            look_again: text.look_again.into(),
            pay: text.pay.into(),
            abandon: text.abandon,
            patience: text.patience,
            give_up: text.give_up,
            settle: text.settle,
            care: text.care.into(),
        }
    }
}

impl From<CareText> for Care {
    fn from(text: CareText) -> Self {
        Self {
            temperature: text.temperature,
            crowd_aversion: text.crowd_aversion,
            random_section: text.random_section,
            random_seat: text.random_seat,
            skip: text.skip,
            spread: text.spread,
            glance: text.glance,
            haste: text.haste,
        }
    }
}

impl From<ArrivalText> for Arrival {
    fn from(text: ArrivalText) -> Self {
        Self { weight: text.weight, press: text.press.into(), to_place: text.to_place.into() }
    }
}
