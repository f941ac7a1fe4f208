//! The library: files by kind and name. They are built in, and a folder may replace them or add to
//! them.

use std::path::PathBuf;

use crate::error::ScenarioError;
use crate::kind::Kind;
use crate::name::is_name;

macro_rules! built_in {
    ($($kind:ident $folder:literal: $($name:literal)+;)+) => {
        &[$($((
            Kind::$kind,
            $name,
            include_str!(concat!("../../../data/", $folder, "/", $name, ".toml")),
        ),)+)+]
    };
}

/// Every file that comes with the program, in the order in which a screen offers them.
const BUILT_IN: &[(Kind, &str, &str)] = built_in! {
    Scenario "scenarios": "first-time" "theatre-small" "hall-normal" "arena-hot" "dome-hot"
        "stadium-mega" "sanity-musical" "sanity-hall" "sanity-arena-10k" "sanity-arena-15k";
    Plan "plans": "theatre" "musical" "hall" "arena-10k" "arena" "dome" "stadium";
    Style "styles": "n-style" "m-style";
    Demand "demand": "practice" "small" "normal" "hot" "mega";
    People "people": "fans";
};

/// Files by kind and name.
#[derive(Clone, Debug, Default)]
pub struct Library {
    folder: Option<PathBuf>,
}

impl Library {
    /// The files that come with the program, and no others.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The files that come with the program and those in `folder`. The file `folder/styles/x.toml`
    /// replaces the built-in style `x`; if there is none, it adds the style `x`.
    pub fn with_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// The text of a file.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::Unknown`], [`ScenarioError::Name`] or [`ScenarioError::Read`].
    pub fn read(&self, kind: Kind, name: &str) -> Result<String, ScenarioError> {
        check_name(kind, name)?;
        if let Some(folder) = &self.folder {
            let path = folder.join(kind.folder()).join(format!("{name}.toml"));
            match std::fs::read_to_string(&path) {
                Ok(text) => return Ok(text),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(source) => {
                    return Err(ScenarioError::Read { path: path.display().to_string(), source });
                }
            }
        }
        let built_in = BUILT_IN.iter().find(|file| file.0 == kind && file.1 == name);
        built_in.map(|file| file.2.to_owned()).ok_or_else(|| ScenarioError::Unknown {
            kind,
            name: name.to_owned(),
            known: self.names(kind),
        })
    }

    /// The names of all files of a kind: first the built-in ones in the order in which a screen
    /// offers them, then those that the folder adds, in alphabetical order.
    pub fn names(&self, kind: Kind) -> Vec<String> {
        let built_in = BUILT_IN.iter().filter(|file| file.0 == kind);
        let mut names: Vec<String> = built_in.map(|file| file.1.to_owned()).collect();
        let entries =
            self.folder.as_ref().and_then(|folder| folder.join(kind.folder()).read_dir().ok());
        let mut added: Vec<String> = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|file| file.strip_suffix(".toml").map(str::to_owned))
            .filter(|name| check_name(kind, name).is_ok() && !names.contains(name))
            .collect();
        added.sort_unstable();
        names.extend(added);
        names
    }
}

fn check_name(kind: Kind, name: &str) -> Result<(), ScenarioError> {
    if is_name(name) {
        return Ok(());
    }
    Err(ScenarioError::Name { kind, name: name.to_owned() })
}
