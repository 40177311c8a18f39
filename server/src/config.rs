//! Every setting: an environment variable (or an option of the same name), listed with its default by `--help`.

use crate::log_in::{AssertionAlgorithm, ClientAuthentication};
use clap::{Args, Parser, Subcommand, ValueEnum};
use cpis::calendar::{BANK_HOLIDAYS, WorkingDays};
use std::net::IpAddr;
use std::path::PathBuf;

/// Check child protection information: the portal and its registry.
#[derive(Debug, Parser)]
#[command(name = "server", version, about, max_term_width = 120)]
pub struct CommandLine {
    /// What to do; `serve` when left out.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The settings.
    #[command(flatten)]
    pub settings: Settings,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer requests until told to stop.
    Serve,
    /// Make the keys that are missing from `KEYS_DIR`.
    Keys,
    /// Walk or list the audit log, also beside a running server.
    Audit {
        /// Which.
        #[command(subcommand)]
        what: AuditCommand,
    },
    /// List notifications that wait or could not be delivered; no person and no number is shown.
    Outbox {
        /// `pending`, `delivered` or `undeliverable`.
        #[arg(default_value = "undeliverable", value_parser = ["pending", "delivered", "undeliverable"])]
        state: String,
    },
    /// Replace people, statuses, authorities and organisations by the demonstration cases of a file. Stop the server first.
    #[cfg(feature = "demo")]
    Demo {
        /// A demonstration file.
        file: PathBuf,
    },
}

/// What can be done with the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Recompute every entry; exit 1 if anything was changed, removed, reordered or cut off.
    Verify,
    /// Print entries: position, time, act, answer, person, role, organisation, setting, door, request, children (keyed references).
    List {
        /// The first position to print.
        #[arg(long, default_value_t = 0)]
        from: u64,
    },
}

/// Every setting.
#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, env = "PORT", default_value_t = 3000, global = true)]
    pub port: u16,
    /// Address to listen on.
    #[arg(long, env = "BIND_ADDRESS", default_value = "127.0.0.1", global = true)]
    pub bind_address: IpAddr,
    /// The address people use, without a final slash; https unless it is this machine [default: `http://localhost:PORT`]
    #[arg(long, env = "PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// The registry: `sqlite:PATH`
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:data/registry.db", global = true)]
    pub database_url: String,
    /// Folder of the secret keys: `audit.key` and `log-in*.pem` (the first by name signs, all are published)
    #[arg(long, env = "KEYS_DIR", default_value = "data/keys", global = true)]
    pub keys_dir: PathBuf,
    /// The log-in service's issuer, exactly as it writes it
    #[arg(long, env = "CIS2_ISSUER", default_value = "http://localhost:3001/openam/oauth2/realms/root/realms/oidc", global = true)]
    pub cis2_issuer: String,
    /// Our client identifier there
    #[arg(long, env = "CIS2_CLIENT_ID", default_value = "999999999999.apps.national", global = true)]
    pub cis2_client_id: String,
    /// Our client secret there; without one, `private_key_jwt` with the keys of `KEYS_DIR`
    #[arg(long, env = "CIS2_CLIENT_SECRET", hide_env_values = true, global = true)]
    pub cis2_client_secret: Option<String>,
    /// How our client assertion is signed
    #[arg(long, env = "CIS2_ASSERTION_ALGORITHM", value_enum, default_value_t = Algorithm::Rs512, global = true)]
    pub cis2_assertion_algorithm: Algorithm,
    /// The authentication asked for
    #[arg(long, env = "CIS2_ACR_VALUES", default_value = "AAL2_OR_AAL3_ANY", global = true)]
    pub cis2_acr_values: String,
    /// Where notifications are posted: `URL/AUTHORITY-CODE`; https unless it is this machine. `serve` needs it
    #[arg(long, env = "NOTIFICATIONS_URL", global = true)]
    pub notifications_url: Option<String>,
    /// Say on every page that the people shown are not real
    #[arg(long, env = "DEMONSTRATION", default_value_t = false, action = clap::ArgAction::Set, global = true)]
    pub demonstration: bool,
    /// Folder of the browser bundle, made by `cargo run -p bundle`; the portal is complete without it
    #[arg(long, env = "SITE_DIR", default_value = "target/site", global = true)]
    pub site_dir: PathBuf,
    /// Days on which offices are closed, as `2026-12-25,…` [default: bank holidays in England to 2028]
    #[arg(long, env = "BANK_HOLIDAYS", global = true)]
    pub bank_holidays: Option<String>,
    /// What is logged, as JSON lines on standard error: `error`, `warn`, `info`, `debug`
    #[arg(long, env = "LOG", default_value = "info", global = true)]
    pub log: String,
}

/// How a client assertion can be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
}

impl Settings {
    /// The address people use.
    pub fn public_url(&self) -> String {
        let url = self.public_url.clone().unwrap_or_else(|| format!("http://localhost:{}", self.port));
        url.trim_end_matches('/').to_owned()
    }

    /// The office's working days; an error names the day that is not a date.
    pub fn working_days(&self) -> Result<WorkingDays, String> {
        let listed = self.bank_holidays.as_deref().map(|text| text.split(',').map(str::trim).collect::<Vec<_>>());
        let days = listed.unwrap_or_else(|| BANK_HOLIDAYS.to_vec());
        let parsed: Result<Vec<_>, _> =
            days.into_iter().filter(|day| !day.is_empty()).map(|day| day.parse().map_err(|_| day.to_owned())).collect();
        parsed.map(WorkingDays::new).map_err(|day| format!("BANK_HOLIDAYS: {day:?} is not a date"))
    }

    /// How the log-in service knows us, given the keys found.
    pub fn client_authentication(&self, key_pems: Vec<String>) -> ClientAuthentication {
        let algorithm = match self.cis2_assertion_algorithm {
            Algorithm::Rs512 => AssertionAlgorithm::Rs512,
            Algorithm::Rs256 => AssertionAlgorithm::Rs256,
        };
        match &self.cis2_client_secret {
            Some(secret) => ClientAuthentication::Secret(secret.clone()),
            None => ClientAuthentication::PrivateKeyJwt { key_pems, algorithm },
        }
    }
}
