//! The store on one SQLite file: write-ahead log, a sync at every commit, one writer, and a lock that keeps a second process out.

#[cfg(any(test, feature = "demo"))]
mod load;
mod rows;
mod single;
mod transaction;

use super::{StoreError, Stored};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a statement waits for a lock another program holds, before it fails and the page says so.
const BUSY: Duration = Duration::from_millis(1500);
/// How long an access waits for its turn to write.
const TURN: Duration = Duration::from_secs(4);
/// Connections that read beside the writer.
const READERS: u32 = 4;

/// The store on one SQLite file.
pub(crate) struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    path: PathBuf,
    /// Which file was opened: device and inode. Another file put in its place must never be taken for it.
    identity: (u64, u64),
    /// Held as long as this process may write; `None` when opened to read beside a live server.
    _lock: Option<File>,
}

/// Why a file could not be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    /// Another process writes to it.
    #[error("another process already writes to this registry")]
    InUse,
    /// The file system refused.
    #[error("the registry file cannot be opened: {0}")]
    File(#[from] std::io::Error),
    /// The database refused.
    #[error("the registry cannot be opened: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration failed.
    #[error("the registry's shape cannot be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The file does not promise what an answered access needs.
    #[error("the registry would be less durable than promised: journal_mode={journal}, synchronous={synchronous}")]
    NotDurable {
        /// What SQLite says.
        journal: String,
        /// What SQLite says: 2 is FULL.
        synchronous: i64,
    },
}

impl SqliteStore {
    /// Opens the file to write, creating and migrating it; refuses when another process does.
    pub(crate) async fn open(path: &Path) -> Result<Self, OpenError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let lock = lock(path)?;
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(TURN)
            .after_release(|connection, _| Box::pin(is_clean(connection)))
            .connect_with(options(path).create_if_missing(true))
            .await?;
        sqlx::migrate!("../migrations/sqlite").run(&writer).await?;
        must_be_durable(&writer).await?;
        // Nobody else writes: whatever is claimed was claimed by a process that is gone.
        sqlx::query("UPDATE outbox SET claim = NULL, claimed_until = NULL WHERE state = 'pending' AND claim IS NOT NULL")
            .execute(&writer)
            .await?;
        let identity = identity(path)?;
        Ok(Self { readers: readers(path).await?, writer, path: path.to_owned(), identity, _lock: Some(lock) })
    }

    /// Opens the file only to read it, beside a server that may be writing.
    pub(crate) async fn open_to_read(path: &Path) -> Result<Self, OpenError> {
        let readers = readers(path).await?;
        Ok(Self { writer: readers.clone(), readers, path: path.to_owned(), identity: identity(path)?, _lock: None })
    }
}

/// Device and inode of a file.
fn identity(path: &Path) -> Result<(u64, u64), std::io::Error> {
    use std::os::unix::fs::MetadataExt as _;
    let found = std::fs::metadata(path)?;
    Ok((found.dev(), found.ino()))
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
}

async fn readers(path: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(BUSY);
    SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(TURN).connect_with(options).await
}

/// Is the connection outside any transaction? On a full disk or an I/O error SQLite undoes the transaction by itself, the ROLLBACK that
/// follows fails, and the driver counts the transaction as open for ever: such a connection is closed and a new one opened.
async fn is_clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // Answered only after the pending ROLLBACK was tried.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// An answered access must survive a power cut: write-ahead log with a sync at every commit, nothing weaker.
async fn must_be_durable(writer: &SqlitePool) -> Result<(), OpenError> {
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(writer).await?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(writer).await?;
    if journal == "wal" && synchronous == 2 { Ok(()) } else { Err(OpenError::NotDurable { journal, synchronous }) }
}

/// The lock lies beside the database, so that SQLite's own locks stay SQLite's.
fn lock(path: &Path) -> Result<File, OpenError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::options().create(true).truncate(false).write(true).open(PathBuf::from(name))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenError::InUse),
        Err(std::fs::TryLockError::Error(error)) => Err(OpenError::File(error)),
    }
}

fn no<T>(what: &'static str) -> Stored<T> {
    Err(StoreError::Corrupt(what))
}
