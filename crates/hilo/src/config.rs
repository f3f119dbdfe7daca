//! Settings: sensible defaults, then `hilo.toml`, then the environment, then the command line. Unknown keys are errors.

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What the command line and the environment may say about any command. Never printed: the database's address may hold a password.
#[derive(Args, Default)]
pub struct Overrides {
    /// Where to listen.
    #[arg(long, global = true, env = "HILO_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Folder of the database and everything else that is kept.
    #[arg(long, global = true, env = "HILO_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// A PostgreSQL address instead of the file in the data folder.
    #[arg(long, global = true, env = "HILO_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<String>,
    /// A configuration file; `hilo.toml` in the data folder when it is there.
    #[arg(long, global = true, env = "HILO_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// The file's keys; all optional.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct FileConfig {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    database: Option<String>,
    secure: Option<bool>,
    public_url: Option<String>,
    brand: BrandConfig,
}

/// The brand, as far as it is not in the database.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct BrandConfig {
    /// Its name.
    pub name: String,
    /// Its currency, ISO 4217.
    pub currency: String,
    /// Time zone of its calendar, IANA.
    pub zone: String,
    /// One line under the name, in Spanish.
    pub slogan_es: String,
    /// The same in English.
    pub slogan_en: String,
}

impl Default for BrandConfig {
    fn default() -> Self {
        BrandConfig {
            name: "Hilo".into(),
            currency: "EUR".into(),
            zone: "Europe/Madrid".into(),
            slogan_es: String::new(),
            slogan_en: String::new(),
        }
    }
}

/// Everything that must be known before the database is open. Never printed: the database's address may hold a password.
#[derive(Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Folder of everything that is kept.
    pub data: PathBuf,
    /// Where the database is: a file or a PostgreSQL address.
    pub database: String,
    /// True behind HTTPS; when not said, whether the public address is one of HTTPS.
    pub secure: bool,
    /// The address that customers type, without a final slash.
    pub public_url: String,
    /// The brand.
    pub brand: BrandConfig,
}

/// Settings in the environment.
const KNOWN: &[&str] = &["HILO_LISTEN", "HILO_DATA", "HILO_DATABASE", "HILO_CONFIG", "HILO_LOG"];
/// Beginnings of names that are for the workshop, not for us.
const WORKSHOP: &[&str] =
    &["HILO_TEST_", "HILO_E2E_", "HILO_UPDATE_", "HILO_BINARY", "HILO_CHROMIUM", "HILO_SHARED", "HILO_URL", "HILO_CRASH_"];

/// Put all sources together.
pub fn load(overrides: &Overrides) -> Result<Config> {
    let is_strange = |name: &String| {
        let ours = KNOWN.contains(&name.as_str()) || WORKSHOP.iter().any(|start| name.starts_with(start));
        name.starts_with("HILO_") && !ours
    };
    let strangers: Vec<String> = std::env::vars().map(|(name, _)| name).filter(is_strange).collect();
    if !strangers.is_empty() {
        bail!("unknown settings in the environment: {}; known are {}", strangers.join(", "), KNOWN.join(", "));
    }
    let early_data = overrides.data.clone().unwrap_or_else(|| PathBuf::from("data"));
    let file = match &overrides.config {
        Some(path) => read(path)?,
        None => match early_data.join("hilo.toml") {
            path if path.is_file() => read(&path)?,
            _ => FileConfig::default(),
        },
    };
    let listen = overrides.listen.or(file.listen).unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
    let data = overrides.data.clone().or(file.data).unwrap_or(early_data);
    make_private(&data).with_context(|| format!("making the data folder {}", data.display()))?;
    let default_database = || data.join("hilo.db").to_string_lossy().into_owned();
    let public_url = file.public_url.unwrap_or_else(|| format!("http://{listen}")).trim_end_matches('/').to_owned();
    Ok(Config {
        listen,
        database: overrides.database.clone().or(file.database).unwrap_or_else(default_database),
        data,
        secure: file.secure.unwrap_or_else(|| public_url.starts_with("https://")),
        public_url,
        brand: file.brand,
    })
}

/// A folder that only its owner enters; one that is there already stays as it is.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn read(path: &Path) -> Result<FileConfig> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is not understood", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_wins_over_the_file_and_strangers_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("hilo.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:9000\"\n[brand]\nname = \"Almadeja\"\n").expect("written");
        let overrides = Overrides { data: Some(folder.path().into()), ..Overrides::default() };
        let config = load(&overrides).expect("understood");
        assert_eq!(
            (config.listen.port(), config.brand.name.as_str(), config.public_url.as_str()),
            (9000, "Almadeja", "http://127.0.0.1:9000")
        );
        let first = Overrides {
            listen: Some("127.0.0.1:9001".parse().expect("address")),
            data: Some(folder.path().into()),
            ..Overrides::default()
        };
        assert_eq!(load(&first).expect("understood").listen.port(), 9001);
        assert!(!config.secure, "plain HTTP");
        std::fs::write(&path, "public_url = \"https://almadeja.test/\"\n").expect("written");
        let behind = load(&overrides).expect("understood");
        assert_eq!((behind.secure, behind.public_url.as_str()), (true, "https://almadeja.test"));
        std::fs::write(&path, "listen = 1\n").expect("written");
        assert!(load(&overrides).is_err_and(|e| format!("{e:#}").contains("listen")));
    }
}
