//! Scripts, styles, fonts and icons, built by `build.rs`, held in the binary, and served for ever under hashed names.

use axum::{
    Router,
    body::Body,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use std::{collections::HashMap, sync::LazyLock};

/// One file in the binary.
struct Asset {
    /// Its plain name, such as `app.js`.
    name: &'static str,
    /// Its name with the hash, such as `app-HNULMVRW.js`.
    file: &'static str,
    bytes: &'static [u8],
    gzip: Option<&'static [u8]>,
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));
static URLS: LazyLock<HashMap<&'static str, String>> =
    LazyLock::new(|| ASSETS.iter().map(|asset| (asset.name, format!("/assets/{}", asset.file))).collect());

/// Address of an asset by its plain name: `url("app.js")` is `/assets/app-HNULMVRW.js`.
///
/// An unknown name answers `/assets/unknown`, which is a 404; a test looks for such names in all templates.
pub fn url(name: &str) -> &'static str {
    URLS.get(name).map_or("/assets/unknown", String::as_str)
}

/// Routes `/assets/{file}`, `/widget.js` (a name that shops paste into their pages, so it never changes), `/sw.js` (a worker serves what lies below its
/// own address, and browsers ask for it by the same name again) and `/favicon.ico`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{file}", get(hashed))
        .route("/widget.js", get(|headers: HeaderMap| async move { named("widget.js", &headers) }))
        .route("/sw.js", get(|headers: HeaderMap| async move { named("sw.js", &headers) }))
        .route("/favicon.ico", get(|headers: HeaderMap| async move { named("favicon.svg", &headers) }))
}

async fn hashed(Path(file): Path<String>, headers: HeaderMap) -> Response {
    match ASSETS.iter().find(|asset| asset.file == file) {
        Some(asset) => serve(asset, "public, max-age=31536000, immutable", &headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn named(name: &str, headers: &HeaderMap) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => serve(asset, "public, max-age=300", headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn serve(asset: &Asset, caching: &'static str, headers: &HeaderMap) -> Response {
    let says = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tag = format!("\"{}\"", asset.file);
    let common = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, caching.to_owned()),
        (header::VARY, "accept-encoding".to_owned()),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".to_owned()),
    ];
    if says(header::IF_NONE_MATCH).split(',').any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*") {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = [(header::CONTENT_TYPE, content_type(asset.file))];
    match asset.gzip {
        Some(gzip) if accepts_gzip(says(header::ACCEPT_ENCODING)) => {
            (common, kind, [(header::CONTENT_ENCODING, "gzip")], Body::from(gzip)).into_response()
        }
        _ => (common, kind, Body::from(asset.bytes)).into_response(),
    }
}

/// True when the `Accept-Encoding` header takes gzip with a weight above zero.
fn accepts_gzip(header: &str) -> bool {
    header.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        matches!(pieces.next(), Some("gzip" | "*")) && !pieces.any(|q| matches!(q, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_only_when_welcome() {
        assert!(accepts_gzip("br, gzip;q=0.5"));
        assert!(accepts_gzip("*"));
        assert!(!accepts_gzip("gzip;q=0, br"));
        assert!(!accepts_gzip(""));
    }

    #[test]
    fn every_expected_asset_is_in_the_binary() {
        for name in ["app.js", "till.js", "room.js", "widget.js", "style.css", "icons.svg", "favicon.svg", "inter-latin-wght-normal.woff2"]
        {
            assert!(url(name).starts_with("/assets/") && url(name) != "/assets/unknown", "{name}");
        }
    }
}
