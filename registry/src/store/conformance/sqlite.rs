//! SQLite as a backend of the suite: a file of its own for each test.

use super::Backend;
use crate::store::Store;
use crate::store::sqlite::SqliteStore;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, query};
use std::sync::Arc;

pub(super) struct Sqlite {
    store: Arc<SqliteStore>,
    prompt: SqlitePool,
    _folder: tempfile::TempDir,
}

#[async_trait::async_trait]
impl Backend for Sqlite {
    async fn fresh() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("registry.sqlite");
        let store = Arc::new(SqliteStore::open(&path).await.unwrap());
        let options = SqliteConnectOptions::new().filename(&path).foreign_keys(false);
        let prompt = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        Self { store, prompt, _folder: folder }
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::<SqliteStore>::clone(&self.store)
    }

    async fn past_the_store(&self, statement: &str) -> Result<u64, String> {
        let done = query(AssertSqlSafe(statement.to_owned())).execute(&self.prompt).await;
        done.map(|done| done.rows_affected()).map_err(|error| error.to_string())
    }
}
