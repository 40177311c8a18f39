//! The settings of the sandbox, each an option and an environment variable.

use std::path::PathBuf;

use clap::Parser;

/// Where CIS2's development realm hangs below its host (identity.md 1.1).
const REALM: &str = "/openam/oauth2/realms/root/realms/oidc";

/// What the sandbox is told at its start.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "sandbox",
    about = "Stand-ins for outside systems in development and tests: an OpenID provider in CIS2's dialect and a local authority's inbox. Nothing here is real."
)]
pub struct Settings {
    /// Address to listen on.
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Port to listen on.
    #[arg(long = "port", env = "SANDBOX_PORT", default_value_t = 3001)]
    pub port: u16,
    /// Where the portal is, without a slash at the end.
    #[arg(long, env = "PORTAL_URL", default_value = "http://localhost:3000")]
    pub portal_url: String,
    /// The one client that may log people in.
    #[arg(long, env = "CLIENT_ID", default_value = "999999999999.apps.national")]
    pub client_id: String,
    /// Accept this secret at the token endpoint as well as a signed assertion.
    #[arg(long, env = "CLIENT_SECRET", hide_env_values = true)]
    pub client_secret: Option<String>,
    /// The provider's issuer, in full, compared as text [default: `http://localhost:PORT/openam/oauth2/realms/root/realms/oidc`].
    #[arg(long, env = "ISSUER")]
    pub issuer: Option<String>,
    /// The demonstration cases, a JSON file [default: those built in].
    #[arg(long, env = "DEMONSTRATION_FILE")]
    pub demonstration: Option<PathBuf>,
}

impl Settings {
    /// The sandbox's own address for a browser, without a slash at the end.
    #[must_use]
    pub fn home(&self) -> String {
        let issuer = self.issuer();
        let path = self.issuer_path();
        issuer.strip_suffix(&path).unwrap_or(&issuer).to_owned()
    }

    /// The issuer as raw text, with its port (CIS2 writes even the default port).
    #[must_use]
    pub fn issuer(&self) -> String {
        self.issuer.clone().unwrap_or_else(|| format!("http://localhost:{}{REALM}", self.port))
    }

    /// The path part of the issuer, under which the provider is served; empty when there is none.
    #[must_use]
    pub fn issuer_path(&self) -> String {
        let issuer = self.issuer();
        let after_scheme = issuer.find("://").map_or(0, |at| at + 3);
        issuer[after_scheme..].find('/').map_or_else(String::new, |at| issuer[after_scheme + at..].to_owned())
    }

    /// The only redirect address that the client has registered.
    #[must_use]
    pub fn redirect_uri(&self) -> String {
        format!("{}/log-in/callback", self.portal_url)
    }

    /// The token endpoint exactly as published; an assertion must name it as its audience.
    #[must_use]
    pub fn token_endpoint(&self) -> String {
        format!("{}/access_token", self.issuer())
    }
}
