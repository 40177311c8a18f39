//! The program: reads its settings and does what it was called for.

use clap::Parser;
use server::commands;
use server::config::{Command, CommandLine};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let CommandLine { command, settings } = CommandLine::parse();
    match commands::run(command.unwrap_or(Command::Serve), settings).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("server: {error}");
            ExitCode::FAILURE
        }
    }
}
