//! The files that the races of the benches are made from.

use std::fs;
use std::io;
use std::path::Path;

/// A style in which nobody waits. `{captcha}` says when it asks for letters.
const STYLE: &str = r#"title = { ko = "b", en = "b", ja = "b" }
[queue]
order = "arrival"
early_lock = 0.5
refresh = "goes-to-end"
refresh_inside = "keeps"
[captcha]
step = "{captcha}"
letters = 6
valid = 300
put_off = false
after_wrong = "keeps-letters"
[seats]
hold_at = "click"
hold = 600.0
pass = 600.0
after_hold = "stays"
fee_won = 1000
[map]
refreshes = "by-itself"
every = { uniform = [0.25, 0.3] }
[seen]
notice = []
click = []
[pay]
steps = ["price", "receipt", "payment"]
[screen]
words = "plain"
skin = "round"
"#;

const DEMAND: &str = r#"title = { ko = "b", en = "b", ja = "b" }
rivals = 0
program_share = 0.0
admissions_per_s = 1000
burst_s = 1
rate_noise = 0.0
inside_max = 100000
seats_max = 4
"#;

/// A race that opens after a third of a second. `{…}` are its parts.
const SCENARIO: &str = r#"title = { ko = "b", en = "b", ja = "b" }
plan = "{plan}"
demand = "{demand}"
style = "{style}"
people = "fans"
rivals = {rivals}
lobby = 0.3
length = 600.0
"#;

/// Writes the files into a folder.
pub(crate) fn fill(folder: &Path) -> io::Result<()> {
    let put = |kind: &str, name: &str, text: &str| {
        fs::create_dir_all(folder.join(kind))?;
        fs::write(folder.join(kind).join(format!("{name}.toml")), text)
    };
    put("styles", "open", &STYLE.replace("{captcha}", "never"))?;
    put("styles", "letters", &STYLE.replace("{captcha}", "before-map"))?;
    put("demand", "bench", DEMAND)?;
    for (name, plan, demand, style, rivals) in [
        ("calm", "theatre", "bench", "open", "0"),
        ("letters", "theatre", "bench", "letters", "0"),
        ("crowded", "stadium", "mega", "open", "200000"),
        ("hot", "arena", "bench", "open", "150000"),
    ] {
        let text = SCENARIO.replace("{plan}", plan).replace("{demand}", demand);
        put("scenarios", name, &text.replace("{style}", style).replace("{rivals}", rivals))?;
    }
    Ok(())
}
