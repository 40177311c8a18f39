//! The stylesheet and the browser bundle, served from memory under names that change with their content.

use crate::state::Shared;
use app::Assets;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::path::Path as FilePath;

/// One file, and its forms compressed beforehand.
struct File {
    kind: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// Everything under `/assets/`.
pub struct Site {
    files: BTreeMap<String, File>,
    wake: Option<String>,
}

#[derive(serde::Deserialize)]
struct Manifest {
    wake: String,
    files: Vec<String>,
}

impl Site {
    /// The stylesheet, and the bundle found in a folder; without a bundle the pages simply carry no script.
    pub fn read(folder: &FilePath) -> Self {
        let css =
            File { kind: "text/css; charset=utf-8", plain: Bytes::from_static(style::CSS.as_bytes()), brotli: None, gzip: None };
        let mut site = Self { files: BTreeMap::from([(css_name(), css)]), wake: None };
        match bundle(folder) {
            Ok(Some((wake, files))) => {
                site.files.extend(files);
                site.wake = Some(wake);
            }
            Ok(None) => tracing::info!("no browser bundle: pages carry no script"),
            Err(error) => tracing::warn!(%error, "the browser bundle is incomplete: pages carry no script"),
        }
        site
    }

    /// The addresses that pages name.
    pub fn assets(&self) -> Assets {
        Assets { css: format!("/assets/{}", css_name()), wake: self.wake.as_ref().map(|name| format!("/assets/{name}")) }
    }
}

fn css_name() -> String {
    format!("{}.css", style::HASH)
}

type Bundle = (String, BTreeMap<String, File>);

fn bundle(folder: &FilePath) -> Result<Option<Bundle>, std::io::Error> {
    let manifest = match std::fs::read(folder.join("manifest.json")) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let Manifest { wake, files } = serde_json::from_slice(&manifest)?;
    let mut read = BTreeMap::new();
    for name in files.into_iter().chain([wake.clone()]) {
        let kind = match name.rsplit('.').next() {
            Some("js") => "text/javascript; charset=utf-8",
            Some("wasm") => "application/wasm",
            _ => "application/octet-stream",
        };
        let compressed = |ending: &str| std::fs::read(folder.join(format!("{name}.{ending}"))).ok().map(Bytes::from);
        let file =
            File { kind, plain: std::fs::read(folder.join(&name))?.into(), brotli: compressed("br"), gzip: compressed("gz") };
        read.insert(name, file);
    }
    Ok(Some((wake, read)))
}

/// `GET /assets/{name}`.
pub async fn asset(State(state): State<Shared>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = state.site.files.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let accepts = |coding: &str| {
        headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(|v| {
            v.split(',').any(|part| part.trim().split(';').next() == Some(coding) && !part.replace(' ', "").ends_with(";q=0"))
        })
    };
    let (body, coding) = match (&file.brotli, &file.gzip) {
        (Some(body), _) if accepts("br") => (body, Some("br")),
        (_, Some(body)) if accepts("gzip") => (body, Some("gzip")),
        _ => (&file.plain, None),
    };
    let mut response = body.clone().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// `GET /favicon.ico`, which browsers ask for unasked: there is none, and they need not ask again.
pub async fn no_icon() -> (StatusCode, [(header::HeaderName, &'static str); 1]) {
    (StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, "public, max-age=31536000, immutable")])
}
