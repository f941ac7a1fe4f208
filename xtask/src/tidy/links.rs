//! Links between documents lead to a file or a folder of the project.
//!
//! Web addresses are not looked at, nor the heading that a link names.

use super::{
    lines::prose,
    tree::{Fault, Tree},
};

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, text) in tree.texts_with("md") {
        for (line, content) in prose(text) {
            let content = without_code(content);
            for target in
                targets(&content).filter(|target| !leads_somewhere(tree, &file.path, target))
            {
                faults.push(file.fault(line, format!("`{target}` leads nowhere in the project")));
            }
        }
    }
    faults
}

fn leads_somewhere(tree: &Tree, from: &str, target: &str) -> bool {
    let path = target.split('#').next().unwrap_or_default();
    let is_elsewhere = path.contains("://") || path.starts_with("mailto:");
    if path.is_empty() || is_elsewhere {
        return true;
    }
    let Some(path) = resolve(from, path) else { return false };
    let folder = format!("{path}/");
    path.is_empty()
        || tree.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
}

/// The path from the root; `None` if it leaves the project.
fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        let (folder, _) = from.rsplit_once('/').unwrap_or_default();
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The targets of all links in a line, in Markdown and in HTML.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let inline = after_each(line, "](", ')');
    let sources = after_each(line, "src=\"", '"');
    let anchors = after_each(line, "href=\"", '"');
    let definition = line
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]: "))
        .map(|(_, target)| target)
        .filter(|_| !line.starts_with("[^"));
    inline
        .chain(sources)
        .chain(anchors)
        .chain(definition)
        // A title may follow the target, and angle brackets may enclose it.
        .filter_map(|target| target.split_whitespace().next())
        .map(|target| target.trim_start_matches('<').trim_end_matches('>'))
}

fn after_each<'a>(line: &'a str, open: &'static str, close: char) -> impl Iterator<Item = &'a str> {
    line.match_indices(open).filter_map(move |(at, _)| {
        let rest = &line[at + open.len()..];
        rest.split_once(close).map(|(target, _)| target)
    })
}

/// The line without its code spans.
fn without_code(line: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    let is_paired = parts.len() % 2 == 1;
    if !is_paired {
        return line.to_owned();
    }
    parts.into_iter().step_by(2).collect::<Vec<_>>().join(" ")
}
