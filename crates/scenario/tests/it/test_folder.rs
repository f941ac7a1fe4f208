//! A temporary library folder with files named `mine`, which a test changes and makes races from.

use std::path::PathBuf;

use scenario::{Course, Kind, Library, Overrides, Recipe, ScenarioError};

/// A library folder that is removed at the end of the test.
pub(crate) struct TestFolder {
    folder: tempfile::TempDir,
}

/// The name of the files that a test changes.
pub(crate) const MINE: &str = "mine";

impl TestFolder {
    /// A folder with copies of `first-time` and of all files that it names, each under the name
    /// `mine`.
    pub(crate) fn new() -> Self {
        let folder = Self { folder: tempfile::tempdir().unwrap() };
        let built_in = Library::built_in();
        for (kind, name) in [
            (Kind::Scenario, "first-time"),
            (Kind::Plan, "theatre"),
            (Kind::Style, "n-style"),
            (Kind::Demand, "practice"),
            (Kind::People, "fans"),
        ] {
            folder.put(kind, MINE, &built_in.read(kind, name).unwrap());
        }
        for (from, to) in [
            ("\"theatre\"", "\"mine\""),
            ("\"n-style\"", "\"mine\""),
            ("\"practice\"", "\"mine\""),
            ("\"fans\"", "\"mine\""),
        ] {
            folder.change(Kind::Scenario, from, to);
        }
        folder
    }

    pub(crate) fn put(&self, kind: Kind, name: &str, text: &str) {
        let path = self.path(kind, name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn path(&self, kind: Kind, name: &str) -> PathBuf {
        let folder = match kind {
            Kind::Scenario => "scenarios",
            Kind::Plan => "plans",
            Kind::Style => "styles",
            Kind::Demand => "demand",
            Kind::People => "people",
        };
        self.folder.path().join(folder).join(format!("{name}.toml"))
    }

    /// Replaces the first `from` in a file.
    #[track_caller]
    pub(crate) fn change(&self, kind: Kind, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(kind, MINE)).unwrap();
        assert!(text.contains(from), "{from}");
        self.put(kind, MINE, &text.replacen(from, to, 1));
    }

    pub(crate) fn library(&self) -> Library {
        Library::with_folder(self.folder.path().to_owned())
    }

    pub(crate) fn recipe(&self) -> Result<Recipe, ScenarioError> {
        Recipe::load(&self.library(), MINE, &Overrides::default())
    }

    /// The built-in scenario `first-time` in a style of the folder.
    pub(crate) fn course_in_style(&self, style: &str) -> Result<Course, ScenarioError> {
        let overrides = Overrides { rivals: None, style: Some(style.to_owned()) };
        Course::new(Recipe::load(&self.library(), "first-time", &overrides)?)
    }

    pub(crate) fn course(&self) -> Result<Course, ScenarioError> {
        Course::new(self.recipe()?)
    }
}

/// The messages of an error and of its causes, as a program prints them.
pub(crate) fn told(error: &ScenarioError) -> String {
    use std::error::Error;
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        told = format!("{told}: {cause}");
        source = cause.source();
    }
    told
}

pub(crate) fn built_in(name: &str, overrides: &Overrides) -> Course {
    Course::new(Recipe::load(&Library::built_in(), name, overrides).unwrap()).unwrap()
}
