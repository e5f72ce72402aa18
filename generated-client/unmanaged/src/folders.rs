//! Where settings and journals are, for their owner alone.

mod network;
mod private;

use std::path::{Path, PathBuf};

use etcetera::{AppStrategy as _, AppStrategyArgs};

use crate::exit::{Exit, Failure};

pub use network::{network_mount, refuse_network};
pub use private::{private_file, private_folder};

/// Replaces the platform's folder for settings.
pub const CONFIG: &str = "UNMANAGED_CONFIG_DIR";
/// Replaces the platform's folder for journals.
pub const DATA: &str = "UNMANAGED_DATA_DIR";

/// The two folders of the program.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Profiles.
    pub config: PathBuf,
    /// Journals.
    pub data: PathBuf,
}

impl Folders {
    /// Those of the environment, or else of the platform. Nothing is created.
    ///
    /// # Errors
    ///
    /// The platform has none: there is no home folder.
    pub fn find() -> Result<Self, Failure> {
        let (config, data) = (set(CONFIG)?, set(DATA)?);
        if let (Some(config), Some(data)) = (&config, &data) {
            let (config, data) = (config.clone(), data.clone());
            return Ok(Self { config, data });
        }
        let strategy = etcetera::choose_app_strategy(AppStrategyArgs {
            top_level_domain: "com".to_owned(),
            author: "unmanaged".to_owned(),
            app_name: "unmanaged".to_owned(),
        });
        let strategy = strategy.map_err(|_| {
            Failure::new(
                Exit::Setup,
                "there is no home folder",
                format!("set {CONFIG} and {DATA} to absolute paths"),
            )
        })?;
        Ok(Self {
            config: config.unwrap_or_else(|| strategy.config_dir()),
            data: data.unwrap_or_else(|| strategy.data_dir()),
        })
    }

    /// The file of a profile.
    ///
    /// # Errors
    ///
    /// A name that is no plain file name.
    pub fn profile(&self, name: &str) -> Result<PathBuf, Failure> {
        plain(name)?;
        Ok(self.config.join(format!("{name}.json")))
    }

    /// The folder of a journal.
    ///
    /// # Errors
    ///
    /// A name that is no plain file name.
    pub fn journal(&self, name: &str) -> Result<PathBuf, Failure> {
        plain(name)?;
        Ok(self.data.join(name))
    }
}

/// The folder that a variable names. A relative one would be another folder in each working directory.
fn set(name: &str) -> Result<Option<PathBuf>, Failure> {
    let folder = std::env::var_os(name).map(PathBuf::from);
    match folder.filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if !folder.is_absolute() => Err(Failure::usage(
            format!("{name} is no absolute path"),
            "name the folder from the root",
        )),
        folder => Ok(folder),
    }
}

fn plain(name: &str) -> Result<(), Failure> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    match !name.is_empty() && name.len() <= 64 && name.chars().all(is_plain) {
        true => Ok(()),
        false => Err(Failure::usage(
            "a name of a profile or customer has another form",
            "use letters, digits, `-` and `_`",
        )),
    }
}

/// A path as it is shown.
pub fn shown(path: &Path) -> String {
    path.display().to_string().escape_debug().to_string()
}
