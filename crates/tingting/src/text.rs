//! Formats numbers and times for people.

use sale::Span;

/// `50000` as `50,000`.
pub(crate) fn grouped(count: impl Into<u64>) -> String {
    let digits = count.into().to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A span as minutes, seconds and tenths: `1:07.3`. There are no hours: 75 minutes are `75:00.0`.
pub(crate) fn clock(span: Span) -> String {
    let tenths = span.as_millis() / 100;
    format!("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

/// A share of 0 to 1 as `12.3 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// A count of bytes in mebibytes.
pub(crate) fn mebibytes(bytes: u64) -> String {
    let tenths = bytes * 10 / (1024 * 1024);
    format!("{}.{} MiB", grouped(tenths / 10), tenths % 10)
}

/// `part` of `whole` as a share of 0 to 1; 0 if `whole` is 0.
pub(crate) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}
