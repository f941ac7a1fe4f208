//! Describes the machine on which a figure was measured.

use std::fs;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// The processor, cores, memory, kernel and compiler, and the day, in one line.
pub fn describe() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = after(&cpu, "model name").unwrap_or("an unknown processor").to_owned();
    let cores = cpu.lines().filter(|line| line.starts_with("processor")).count();
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib =
        after(&memory, "MemTotal").and_then(|text| text.split_whitespace().next()?.parse().ok());
    let gib = kib.unwrap_or(0u64) / (1024 * 1024);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let rustc = rustc.unwrap_or_else(|_| "rustc unknown".to_owned());
    let (kernel, rustc) = (kernel.trim(), rustc.trim());
    format!("{model}, {cores} cores, {gib} GiB, Linux {kernel}, {rustc}; {}", today())
}

fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim())
}

#[expect(clippy::disallowed_methods, reason = "the day is told to a person")]
fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    date(since.as_secs() / 86_400)
}

/// The date this many days after 1970-01-01. The algorithm is Hinnant's `civil_from_days`.
fn date(days: u64) -> String {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        assert_eq!((date(0), date(59)), ("1970-01-01".to_owned(), "1970-03-01".to_owned()));
        assert_eq!(
            (date(19_782), date(20_819)),
            ("2024-02-29".to_owned(), "2027-01-01".to_owned())
        );
    }
}
