//! All printing. The answer to a command goes to stdout, messages about the work go to stderr.

use std::io::IsTerminal as _;

const BOLD: &str = "1";
const RED: &str = "1;31";
const DIM: &str = "2";

/// Prints the answer to a command.
#[expect(clippy::print_stdout, reason = "the one place that prints answers")]
pub(crate) fn print(text: &str) {
    print!("{text}");
}

/// Prints the heading of a part of the work.
pub(crate) fn heading(text: &str) {
    line(&format!("\n{}", paint(BOLD, &format!("── {text} ──"))));
}

/// Shows the command line of a program about to start.
pub(crate) fn command(text: &str) {
    line(&paint(DIM, &format!("$ {text}")));
}

/// Prints what went wrong.
pub(crate) fn error(text: &str) {
    line(&format!("{} {text}", paint(RED, "error:")));
}

/// Prints a line that belongs to the message before, such as a cause or a hint.
pub(crate) fn detail(label: &str, text: &str) {
    line(&format!("  {} {text}", paint(BOLD, &format!("{label}:"))));
}

/// Prints one line about the work.
#[expect(clippy::print_stderr, reason = "the one place that prints about the work")]
pub(crate) fn line(text: &str) {
    eprintln!("{text}");
}

fn paint(style: &str, text: &str) -> String {
    if std::io::stderr().is_terminal() {
        format!("\x1b[{style}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}
