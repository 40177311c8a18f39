//! What the program does when called: serve, make keys, walk the audit log, list the outbox, load the demonstration.

use crate::clock::Clock;
use crate::config::{AuditCommand, Command, Settings};
use crate::{keys, serving, telemetry};
use registry::Registry;
use std::io::Write as _;
use std::process::ExitCode;
use tokio::net::TcpListener;

/// Runs one command; an error is a sentence for the operator.
pub async fn run(command: Command, settings: Settings) -> Result<ExitCode, String> {
    match command {
        Command::Serve => serve(settings).await,
        Command::Keys => {
            for made in keys::make_missing(&settings.keys_dir)? {
                println!("made {}", settings.keys_dir.join(made).display());
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Audit { what: AuditCommand::Verify } => verify(&settings).await,
        Command::Audit { what: AuditCommand::List { from } } => list(&settings, from).await,
        Command::Outbox { state } => outbox(&settings, &state).await,
        #[cfg(feature = "demo")]
        Command::Demo { file } => demo(&settings, &file).await,
    }
}

async fn serve(settings: Settings) -> Result<ExitCode, String> {
    telemetry::start(&settings.log)?;
    // Without it nobody could ever be told, and every page would say "sending".
    let notifications =
        settings.notifications_url.clone().ok_or("NOTIFICATIONS_URL must be set: local authorities are told there")?;
    let listener = TcpListener::bind((settings.bind_address, settings.port))
        .await
        .map_err(|e| format!("cannot listen on {}:{}: {e}", settings.bind_address, settings.port))?;
    let port = listener.local_addr().map_err(|e| e.to_string())?.port();
    let settings = Settings { port, ..settings };
    let state = serving::build(&settings, Clock::System).await?;
    println!("portal ready: {}", settings.public_url());
    serving::serve(state, listener, &notifications, told_to_stop()).await?;
    Ok(ExitCode::SUCCESS)
}

/// Ctrl-C, or a polite request to end.
async fn told_to_stop() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::error!(%error, "SIGTERM cannot be heard");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

async fn reader(settings: &Settings) -> Result<Registry, String> {
    Registry::open_to_read(&settings.database_url, keys::audit_key(&settings.keys_dir)?).await.map_err(|e| e.to_string())
}

async fn verify(settings: &Settings) -> Result<ExitCode, String> {
    match reader(settings).await?.verify().await.map_err(|e| e.cause())? {
        Ok(report) => {
            println!("the audit log holds: {} entries, last link {}", report.entries, report.link);
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => {
            eprintln!("THE AUDIT LOG DOES NOT HOLD: {fault}");
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn list(settings: &Settings, from: u64) -> Result<ExitCode, String> {
    let registry = reader(settings).await?;
    let mut out = std::io::stdout();
    let mut position = from;
    loop {
        let entries = registry.audit_entries(position, 500).await.map_err(|e| e.cause())?;
        if entries.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        for fields in entries {
            if writeln!(out, "{position}\t{}", fields.join("\t")).is_err() {
                // Whoever read along has seen enough.
                return Ok(ExitCode::SUCCESS);
            }
            position += 1;
        }
    }
}

async fn outbox(settings: &Settings, state: &str) -> Result<ExitCode, String> {
    let registry = reader(settings).await?;
    let mut out = std::io::stdout();
    for (state, count) in registry.outbox_counts().await.map_err(|e| e.cause())? {
        if writeln!(out, "{state}: {count}").is_err() {
            return Ok(ExitCode::SUCCESS);
        }
    }
    for row in registry.outbox(state, 1000).await.map_err(|e| e.cause())? {
        let error = row.last_error.unwrap_or_default();
        println!(
            "{}\t{}\tcommitted {}\ttried {}\tnext {}\t{error}",
            row.id, row.authority, row.committed_at, row.attempts, row.next_at
        );
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(feature = "demo")]
async fn demo(settings: &Settings, file: &std::path::Path) -> Result<ExitCode, String> {
    if !settings.demonstration {
        return Err("demonstration cases are loaded only where DEMONSTRATION=true".into());
    }
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let demonstration = registry::Demonstration::read(&text, Clock::System.now()).map_err(|e| e.to_string())?;
    let registry = Registry::open(&settings.database_url, keys::audit_key(&settings.keys_dir)?).await.map_err(|e| e.to_string())?;
    registry.load_demonstration(&demonstration).await.map_err(|e| e.cause())?;
    println!("demonstration cases loaded");
    Ok(ExitCode::SUCCESS)
}
