//! The modules of one library or program, and which of them uses which.

use std::collections::BTreeMap;

use super::graph::Edges;
use crate::tidy::{
    source::{Path, Source, Use},
    tree::Tree,
};

/// Names that pass through more hands than this are given up: they form a loop that the compiler refuses anyway.
const HANDS_MAX: usize = 16;

/// A library or a program.
pub(super) struct Program<'a> {
    /// The root first, each parent before its children.
    modules: Vec<Module<'a>>,
}

struct Module<'a> {
    /// As in `scenario::plan::text`.
    name: String,
    file: String,
    parent: Option<usize>,
    children: BTreeMap<&'a str, usize>,
    source: Source<'a>,
}

/// What a path leads to.
#[derive(Clone, Copy)]
enum Target {
    /// A module itself.
    Module(usize),
    /// Something that this module defines.
    Inside(usize),
}

impl<'a> Program<'a> {
    /// Reads the modules that are declared, from the root file on.
    pub(super) fn read(tree: &'a Tree, name: &str, root: &str) -> Self {
        let mut program = Self { modules: Vec::new() };
        let source = Source::parse(tree.text(root).unwrap_or_default());
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        program.add(tree, None, &Place { name, file: root, folder }, source);
        program
    }

    fn add(
        &mut self,
        tree: &'a Tree,
        parent: Option<usize>,
        place: &Place<'_>,
        mut source: Source<'a>,
    ) -> usize {
        let at = self.modules.len();
        let children = std::mem::take(&mut source.children);
        let inline = std::mem::take(&mut source.inline);
        self.modules.push(Module {
            name: place.name.to_owned(),
            file: place.file.to_owned(),
            parent,
            children: BTreeMap::new(),
            source,
        });
        let in_files = children.into_iter().filter_map(|child| {
            let file = format!("{}/{child}.rs", place.folder);
            let source = Source::parse(tree.text(&file)?);
            Some((child, file, source))
        });
        let here = inline.into_iter().map(|(child, source)| (child, place.file.to_owned(), source));
        for (child, file, source) in in_files.chain(here).collect::<Vec<_>>() {
            let name = format!("{}::{child}", place.name);
            let folder = format!("{}/{child}", place.folder);
            let place = &Place { name: &name, file: &file, folder: &folder };
            let child_at = self.add(tree, Some(at), place, source);
            self.modules[at].children.insert(child, child_at);
        }
        at
    }

    pub(super) fn name(&self, module: usize) -> &str {
        &self.modules[module].name
    }

    pub(super) fn file(&self, module: usize) -> &str {
        &self.modules[module].file
    }

    /// Which module uses which, with the first line that does.
    pub(super) fn edges(&self) -> Edges {
        let mut edges = Edges::new();
        for (at, module) in self.modules.iter().enumerate() {
            let brought_in = module.source.uses.iter().filter(|name| !name.is_public);
            let brought_in =
                brought_in.filter_map(|name| Some((self.used_by(at, name)?, &name.path)));
            let named = module.source.paths.iter().filter_map(|path| {
                match self.resolve(at, &path.segments, 0)? {
                    Target::Inside(target) => Some((target, path)),
                    Target::Module(_) => None,
                }
            });
            for (target, path) in brought_in.chain(named).filter(|(target, _)| *target != at) {
                let line = edges.entry((at, target)).or_insert(path.line);
                *line = path.line.min(*line);
            }
        }
        edges
    }

    /// The module that a `use` needs. A module brought in by name alone counts where its name is followed by `::`.
    fn used_by(&self, at: usize, name: &Use<'a>) -> Option<usize> {
        match self.resolve(at, &name.path.segments, 0)? {
            Target::Inside(target) => Some(target),
            Target::Module(target) => (name.name == "*").then_some(target),
        }
    }

    /// Where a path leads that is written in this module; nothing if it leaves the crate.
    fn resolve(&self, at: usize, path: &[&'a str], hands: usize) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        match *first {
            "crate" => self.walk(0, rest, hands),
            "self" => self.walk(at, rest, hands),
            "super" => self.walk(self.modules[at].parent?, rest, hands),
            name => match self.modules[at].children.get(name) {
                Some(&child) => self.walk(child, rest, hands),
                None => self.through_use(at, name, rest, hands),
            },
        }
    }

    /// Goes down from a module, and along every name that is only passed on.
    fn walk(&self, mut at: usize, path: &[&'a str], hands: usize) -> Option<Target> {
        for (index, segment) in path.iter().enumerate() {
            let module = &self.modules[at];
            if *segment == "super" {
                at = module.parent?;
            } else if let Some(&child) = module.children.get(segment) {
                at = child;
            } else if module.source.defined.contains(segment) {
                return Some(Target::Inside(at));
            } else if module.source.uses.iter().any(|name| name.name == *segment) {
                return self.through_use(at, segment, &path[index + 1..], hands);
            } else {
                return Some(Target::Inside(self.behind_glob(at, segment, hands).unwrap_or(at)));
            }
        }
        Some(Target::Module(at))
    }

    /// Where a name leads that a `use` brought into this module.
    fn through_use(&self, at: usize, name: &str, rest: &[&'a str], hands: usize) -> Option<Target> {
        let brought_in = self.modules[at].source.uses.iter().find(|found| found.name == name)?;
        if hands == HANDS_MAX {
            return None;
        }
        let Path { segments, .. } = &brought_in.path;
        match self.resolve(at, segments, hands + 1)? {
            Target::Module(module) => self.walk(module, rest, hands + 1),
            inside @ Target::Inside(_) => Some(inside),
        }
    }

    /// The module that defines a name which came in with a `*`.
    fn behind_glob(&self, at: usize, name: &str, hands: usize) -> Option<usize> {
        let globs = self.modules[at].source.uses.iter().filter(|found| found.name == "*");
        if hands == HANDS_MAX {
            return None;
        }
        globs.filter_map(|glob| self.resolve(at, &glob.path.segments, hands + 1)).find_map(
            |target| match target {
                Target::Module(module) if self.modules[module].source.defined.contains(name) => {
                    Some(module)
                }
                Target::Module(_) | Target::Inside(_) => None,
            },
        )
    }
}

/// What a module is called, and where it lies.
struct Place<'p> {
    name: &'p str,
    file: &'p str,
    /// Holds the files of the module's children.
    folder: &'p str,
}
