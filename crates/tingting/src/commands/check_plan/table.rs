//! Formats a report on a plan as text for people and as JSON for programs.

use scenario::plan::summary::{FilePlace, Finding, Findings, GradeCount, PlanSummary};
use serde_json::{Value, json};

use crate::text::grouped;

/// The most findings that the text lists. `--json` lists more.
const FINDINGS_PRINTED_MAX: usize = 50;

/// The text: counts, then grades, then findings.
pub(super) fn text(report: &PlanSummary) -> String {
    let verdict = if report.is_accepted() { "accepted" } else { "refused" };
    let name = if report.name.is_empty() { "(no name)" } else { &report.name };
    let mut lines = vec![format!("{name}: {verdict}")];
    for (what, count) in [
        ("seats", report.seat_count),
        ("sections", report.section_count),
        ("rows", report.row_count),
        ("wheelchair", report.wheelchair_count),
        ("restricted", report.restricted_count),
    ] {
        lines.push(format!("  {what:<12}{:>9}", grouped(count)));
    }
    if !report.grades.is_empty() {
        lines.push("grades".to_owned());
        lines.extend(report.grades.iter().map(|grade| grade_line(grade, report.seat_count)));
    }
    lines.extend(finding_lines("warnings", &report.warnings));
    lines.extend(finding_lines("faults", &report.faults));
    lines.push(String::new());
    lines.join("\n")
}

/// One grade. The name comes last, since its width on the screen may differ from its length.
fn grade_line(grade: &GradeCount, seat_count: u32) -> String {
    let share = 100.0 * f64::from(grade.seat_count) / f64::from(seat_count.max(1));
    let price = if grade.price_won == 0 { "-".to_owned() } else { grouped(grade.price_won) };
    let seats = grouped(grade.seat_count);
    format!("  {seats:>9} seats {share:>5.1} %  {price:>9} won  {}  {}", grade.color, grade.name)
}

fn finding_lines(title: &str, findings: &Findings) -> Vec<String> {
    if findings.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("{title} ({})", findings.count())];
    let printed = findings.kept().iter().take(FINDINGS_PRINTED_MAX);
    lines.extend(printed.map(|finding| format!("  {}: {}", place(finding), finding.what)));
    let shown = u32::try_from(FINDINGS_PRINTED_MAX).expect("it is a small constant");
    if findings.count() > shown {
        lines.push(format!("  … and {} more", findings.count() - shown));
    }
    lines
}

fn place(finding: &Finding) -> String {
    match &finding.at {
        FilePlace::Pointer(pointer) if pointer.is_empty() => "the whole file".to_owned(),
        FilePlace::Pointer(pointer) => pointer.clone(),
        FilePlace::LineColumn(line, column) => format!("line {line} column {column}"),
    }
}

/// The JSON. Counts are exact; the lists hold only the findings that the report has kept.
pub(super) fn json(report: &PlanSummary) -> String {
    let grades: Vec<Value> = (report.grades.iter())
        .map(|grade| {
            json!({
                "name": grade.name,
                "color": grade.color,
                "price_won": grade.price_won,
                "seats": grade.seat_count,
            })
        })
        .collect();
    let document = json!({
        "name": report.name,
        "accepted": report.is_accepted(),
        "seats": report.seat_count,
        "sections": report.section_count,
        "rows": report.row_count,
        "wheelchair": report.wheelchair_count,
        "restricted": report.restricted_count,
        "grades": grades,
        "seat_guids": report.guids.map(|guids| {
            json!({ "seats": guids.seat_count, "different": guids.different_count })
        }),
        "faults": findings_json(&report.faults),
        "warnings": findings_json(&report.warnings),
    });
    format!("{document:#}\n")
}

fn findings_json(findings: &Findings) -> Value {
    let kept: Vec<Value> = (findings.kept().iter())
        .map(|finding| match &finding.at {
            FilePlace::Pointer(pointer) => json!({ "pointer": pointer, "what": finding.what }),
            FilePlace::LineColumn(line, column) => {
                json!({ "line": line, "column": column, "what": finding.what })
            }
        })
        .collect();
    json!({ "count": findings.count(), "first": kept })
}
