//! Reading a spec from TOML.

use super::check::check;
use super::{Spec, SpecError};

impl Spec {
    /// Reads a spec and checks every number in it. Rule P9.
    ///
    /// # Errors
    ///
    /// [`SpecError::Syntax`] if the text is no spec, [`SpecError::Field`] for the first value
    /// outside its range.
    pub fn parse(toml: &str) -> Result<Self, SpecError> {
        let spec: Self = toml::from_str(toml)
            .map_err(|error| SpecError::Syntax { message: error.to_string().trim().to_owned() })?;
        check(&spec)?;
        Ok(spec)
    }
}
