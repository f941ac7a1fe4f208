//! Demand tiers: how many rivals come, and how fast visitors are let in.

use sale::AdmissionRules;
use serde::Deserialize;

use crate::fault::Fault;
use crate::title::Title;

/// A demand file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DemandFile {
    pub(crate) title: Title,
    /// How many rivals come, unless the scenario file or the caller says otherwise.
    pub(crate) rivals: u32,
    /// The share of rivals that are programs, 0 to 1.
    pub(crate) program_share: f64,
    /// How many visitors are let in per second, on average.
    pub(crate) admissions_per_s: f64,
    /// At the opening, as many visitors are let in at once as otherwise in this many seconds.
    pub(crate) burst_s: f64,
    /// By what share of the average the rate of any five seconds may differ.
    pub(crate) rate_noise: f64,
    /// How many visitors may be inside at once.
    pub(crate) inside_max: u32,
    /// How many seats one visitor may have.
    pub(crate) seats_max: u8,
}

impl DemandFile {
    /// Checks the numbers that [`DemandFile::admission`] rounds, before it rounds them.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let numbers = [
            ("program_share", self.program_share, 0.0..=1.0, "must be 0 to 1"),
            ("admissions_per_s", self.admissions_per_s, 0.001..=1e5, "must be 0.001 to 100,000"),
            ("burst_s", self.burst_s, 0.0..=86_400.0, "must be 0 to 86,400"),
            ("rate_noise", self.rate_noise, 0.0..=0.999, "must be 0 to 0.999"),
        ];
        for (key, number, range, reason) in numbers {
            if !range.contains(&number) {
                return Err(Fault::value(key, reason));
            }
        }
        Ok(())
    }

    /// The rules of admission. [`DemandFile::check`] comes first.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float to integer casts saturate; the rules are checked afterwards"
    )]
    pub(crate) fn admission(&self) -> AdmissionRules {
        AdmissionRules {
            per_1000_s: (self.admissions_per_s * 1000.0).round() as u32,
            burst: (self.admissions_per_s * self.burst_s).round() as u32,
            noise_permille: (self.rate_noise * 1000.0).round() as u16,
            inside_max: self.inside_max,
        }
    }
}
