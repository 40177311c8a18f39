//! Starts the sandbox: reads the settings, binds the port, says where it is, and serves until told to stop.

use std::error::Error;

use clap::Parser;
use sandbox::Settings;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()))
        .with_writer(std::io::stderr)
        .init();
    let settings = Settings::parse();
    let listener = TcpListener::bind((settings.host.as_str(), settings.port)).await?;
    let ready = format!("sandbox ready: {}", settings.home());
    let router = sandbox::router(settings)?;
    let mut terminate = signal(SignalKind::terminate())?;
    println!("{ready}");
    // No graceful wait: a slow fault would hold the end back by half a minute, and nothing here is worth saving.
    tokio::select! {
        served = axum::serve(listener, router) => served?,
        pressed = tokio::signal::ctrl_c() => pressed?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
