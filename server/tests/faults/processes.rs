//! The real programs as processes of their own: the server (which may be killed) and the sandbox, on free ports, in a folder that goes away.

use reqwest::{Client, StatusCode, redirect};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The two programs and where they are.
pub(crate) struct Programs {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) port: u16,
    pub(crate) sandbox_port: u16,
    pub(crate) client: Client,
    server: Option<Child>,
    sandbox: Child,
    wrapper: Vec<String>,
}

/// A free port; it is given up at once, so that a program can take it.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn sandbox_binary() -> PathBuf {
    let beside = Path::new(env!("CARGO_BIN_EXE_server")).with_file_name("sandbox");
    assert!(beside.exists(), "the sandbox is not built: cargo build -p sandbox");
    beside
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

impl Programs {
    /// Starts both. `wrapper` is put before the server's own command line, for limits on its process.
    pub(crate) async fn start(wrapper: &[&str]) -> Self {
        let (port, sandbox_port) = (free_port(), free_port());
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Command::new(sandbox_binary())
            .env("SANDBOX_PORT", sandbox_port.to_string())
            .env("PORTAL_URL", format!("http://localhost:{port}"))
            .env("HOST", "127.0.0.1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let client = Client::builder().redirect(redirect::Policy::none()).timeout(Duration::from_secs(20)).build().unwrap();
        let wrapper = wrapper.iter().map(|word| (*word).to_owned()).collect();
        let mut programs = Self { folder, port, sandbox_port, client, server: None, sandbox, wrapper };
        programs.command(&["keys"], false).status().unwrap();
        let loaded =
            programs.command(&["demo", repository().join("end2end/sandbox/demonstration.json").to_str().unwrap()], false).status();
        assert!(loaded.unwrap().success());
        programs.start_server().await;
        programs
    }

    fn command(&self, words: &[&str], wrapped: bool) -> Command {
        let server = env!("CARGO_BIN_EXE_server");
        let mut command = match self.wrapper.split_first() {
            Some((first, rest)) if wrapped => {
                let mut command = Command::new(first);
                command.args(rest).arg(server);
                command
            }
            _ => Command::new(server),
        };
        let data = self.folder.path();
        command
            .args(words)
            .env("PORT", self.port.to_string())
            .env("DATABASE_URL", format!("sqlite:{}", self.database().display()))
            .env("KEYS_DIR", data.join("keys"))
            .env("CIS2_ISSUER", format!("http://localhost:{}/openam/oauth2/realms/root/realms/oidc", self.sandbox_port))
            .env("NOTIFICATIONS_URL", format!("http://localhost:{}/inbox", self.sandbox_port))
            .env("DEMONSTRATION", "true")
            .env("LOG", "warn")
            .env_remove("PUBLIC_URL")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("data").join("registry.db")
    }

    /// Starts the server and waits until it is ready.
    pub(crate) async fn start_server(&mut self) {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.path().join("server.log")).unwrap();
        self.server = Some(self.command(&["serve"], true).stderr(log).spawn().unwrap());
        for _ in 0..600 {
            if self.get("/health/ready", None).await.is_some_and(|(status, ..)| status == StatusCode::OK) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the server did not become ready: {}", self.log());
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    /// kill -9, and nothing else.
    pub(crate) fn kill_server(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    pub(crate) fn server_id(&self) -> u32 {
        self.server.as_ref().unwrap().id()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// Status, location and body; `None` when the server is not there.
    pub(crate) async fn get(&self, path: &str, session: Option<&str>) -> Option<(StatusCode, String, String)> {
        get(&self.client, &self.url(path), session).await
    }

    /// What a command of the server prints, beside the running one.
    pub(crate) fn prints(&self, words: &[&str]) -> (bool, String) {
        let output = self.command(words, false).stdout(Stdio::piped()).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    }

    /// The sandbox's JSON.
    pub(crate) async fn sandbox(&self, path: &str) -> serde_json::Value {
        self.client.get(format!("http://localhost:{}{path}", self.sandbox_port)).send().await.unwrap().json().await.unwrap()
    }

    /// Logs a persona in through the sandbox's pages; the value of the session cookie.
    pub(crate) async fn log_in(&self, persona: &str) -> String {
        let begun = self.client.get(self.url("/log-in")).send().await.unwrap();
        let attempt = cookie(&begun, "__Host-log-in");
        let address = begun.headers()["location"].to_str().unwrap().to_owned();
        let page = self.client.get(&address).send().await.unwrap().text().await.unwrap();
        let mut fields: Vec<(String, String)> = page.split("<input type=\"hidden\" ").skip(1).map(hidden_field).collect();
        fields.push(("persona".into(), persona.into()));
        let chosen = self.client.post(address.split('?').next().unwrap()).form(&fields).send().await.unwrap();
        let back = chosen.headers()["location"].to_str().unwrap().to_owned();
        let done = self.client.get(back).header("cookie", format!("__Host-log-in={attempt}")).send().await.unwrap();
        cookie(&done, "__Host-session")
    }
}

fn hidden_field(text: &str) -> (String, String) {
    let value = |name: &str| text.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap().replace("&amp;", "&");
    (value("name"), value("value"))
}

fn cookie(response: &reqwest::Response, name: &str) -> String {
    let mut lines = response.headers().get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
    let line = lines.find(|line| line.starts_with(&format!("{name}="))).unwrap_or_else(|| panic!("no {name} in {response:?}"));
    line[name.len() + 1..].split(';').next().unwrap().to_owned()
}

/// Status, location and body; `None` when nothing answered.
pub(crate) async fn get(client: &Client, url: &str, session: Option<&str>) -> Option<(StatusCode, String, String)> {
    let mut request = client.get(url);
    if let Some(session) = session {
        request = request.header("cookie", format!("__Host-session={session}"));
    }
    read(request.send().await.ok()?).await
}

/// The same of a posted form.
pub(crate) async fn post(
    client: &Client,
    url: &str,
    session: &str,
    fields: &[(&str, &str)],
) -> Option<(StatusCode, String, String)> {
    let request = client.post(url).header("cookie", format!("__Host-session={session}")).form(fields);
    read(request.send().await.ok()?).await
}

async fn read(response: reqwest::Response) -> Option<(StatusCode, String, String)> {
    let status = response.status();
    let location = response.headers().get("location").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    Some((status, location, response.text().await.ok()?))
}

impl Drop for Programs {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
        let _ = self.sandbox.kill();
        let _ = self.sandbox.wait();
    }
}
