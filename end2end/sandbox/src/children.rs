//! The demonstration cases: read from their file, listed at `/children.json`.

use std::error::Error;
use std::path::Path;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::Shared;

/// The parts of the demonstration file that the sandbox itself shows; the registry imports the rest.
#[derive(Debug, Deserialize)]
pub(crate) struct Demonstration {
    authorities: Vec<Authority>,
    pub(crate) children: Vec<Child>,
}

#[derive(Debug, Deserialize)]
struct Authority {
    code: String,
    name: String,
}

/// A demonstration case.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Child {
    pub(crate) case: String,
    pub(crate) nhs_number: String,
    pub(crate) description: String,
}

impl Demonstration {
    /// The name of an authority, or its code when the file does not know it.
    pub(crate) fn authority_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.authorities.iter().find(|authority| authority.code == code).map_or(code, |found| found.name.as_str())
    }
}

/// Reads the file at `path`, or the cases built in when there is none.
pub(crate) fn load(path: Option<&Path>) -> Result<Demonstration, Box<dyn Error>> {
    let Some(path) = path else {
        return Ok(serde_json::from_str(include_str!("../demonstration.json"))?);
    };
    Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
}

/// `GET /children.json`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/children.json", get(list))
}

async fn list(State(sandbox): State<Shared>) -> Json<Vec<Child>> {
    Json(sandbox.demonstration.children.clone())
}
