//! Pictures: their addresses, the route that serves them, and the drawn pictures of the demo brand.

use crate::{App, Pictures, Scene, Trouble};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{HeaderName, InvalidHeaderValue};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use catalogue::pictures::{self, PictureSize};
use catalogue::{Localised, fold};
use kernel::Locale;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path as FilePath;

/// The drawing that stands in for a picture we do not have.
const PLACEHOLDER: &str = "placeholder";
const PLACEHOLDER_SVG: &str = include_str!("../assets/placeholder.svg");
/// A drawing that is opened by itself may style itself and nothing else.
const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The address of a picture on our own site. What lies elsewhere is not loaded from there: a placeholder stands in.
pub fn picture_url(source: &str) -> String {
    if source.is_empty() || source.contains("://") || source.starts_with("//") {
        return format!("/media/{PLACEHOLDER}");
    }
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:~".contains(&byte);
    let mut url = String::from("/media/");
    for byte in source.trim_start_matches('/').bytes() {
        if safe(byte) { url.push(char::from(byte)) } else { url.push_str(&format!("%{byte:02X}")) }
    }
    url
}

/// As [`picture_url`], for where it is shown large.
pub fn large_picture_url(source: &str) -> String {
    let url = picture_url(source);
    if pictures::is_stored(source) { url + "/large" } else { url }
}

/// `/media/{reference}`, and `/media/{reference}/large` of what was uploaded. A reference always means the same bytes, so browsers may keep them for ever.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/media/{*reference}", get(media))
}

async fn media(State(app): State<App>, Path(reference): Path<String>, headers: HeaderMap) -> Result<Response, Trouble> {
    if pictures::is_stored(&reference) {
        // Its name is a hash of what was uploaded: whoever has it is told so without reading it.
        let tag = format!("\"{reference}\"");
        let lasting = lasting(&tag).map_err(|_| Trouble::not_found())?;
        if is_known(&headers, &tag) {
            return Ok((StatusCode::NOT_MODIFIED, lasting).into_response());
        }
        let (kind, bytes) = stored(&app, &reference).await?;
        return Ok((lasting, [(header::CONTENT_TYPE, kind)], bytes).into_response());
    }
    let (kind, bytes) = match reference.as_str() {
        PLACEHOLDER => ("image/svg+xml", Bytes::from_static(PLACEHOLDER_SVG.as_bytes())),
        _ => app.pictures.picture(&reference).ok_or_else(Trouble::not_found)?,
    };
    let digest = Sha256::digest(&bytes);
    let tag = format!("\"{}\"", digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>());
    let lasting = lasting(&tag).map_err(Trouble::broken)?;
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, lasting).into_response());
    }
    Ok((lasting, [(header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// What says that a picture stays what it is.
fn lasting(tag: &str) -> Result<[(HeaderName, HeaderValue); 3], InvalidHeaderValue> {
    Ok([
        (header::ETAG, HeaderValue::from_str(tag)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DRAWING_POLICY)),
    ])
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
}

/// What was uploaded, in the size that is asked for.
async fn stored(app: &App, reference: &str) -> Result<(HeaderValue, Bytes), Trouble> {
    let (source, size) = match reference.strip_suffix("/large") {
        Some(source) => (source.to_owned(), PictureSize::Large),
        None => (reference.to_owned(), PictureSize::Small),
    };
    let found = app.db.read(move |tx| pictures::stored(tx, &source, size)).await?.ok_or_else(Trouble::not_found)?;
    Ok((HeaderValue::from_str(&found.content_type).map_err(Trouble::broken)?, found.bytes.into()))
}

/// Fill a drawn template: the pattern first (its own tokens are filled afterwards), then the five values of the colour.
pub fn recolour(template: &str, colour: &Colour, pattern: &str) -> String {
    let mut svg = template.replace("{{pattern}}", pattern);
    let tokens = [
        ("{{fill}}", &colour.fill),
        ("{{shade}}", &colour.shade),
        ("{{light}}", &colour.light),
        ("{{stitch}}", &colour.stitch),
        ("{{ink}}", &colour.ink),
    ];
    for (token, value) in tokens {
        svg = svg.replace(token, value);
    }
    svg
}

/// What is put in place of a template's tokens.
#[derive(Debug, Clone, Deserialize)]
pub struct Colour {
    code: String,
    es: String,
    en: String,
    fill: String,
    shade: String,
    light: String,
    stitch: String,
    ink: String,
}

/// Why the drawings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DrawingsError {
    /// A file cannot be read.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// A file says something else than expected.
    #[error("{0}")]
    Text(#[from] toml::de::Error),
}

/// A brand's drawn pictures: templates, colours, patterns, scenes, and the words of its catalogue. Holds everything in memory.
#[derive(Debug, Default)]
pub struct Drawings {
    templates: HashMap<String, String>,
    banners: HashMap<String, String>,
    colours: HashMap<String, Colour>,
    patterns: HashMap<String, String>,
    words: HashMap<String, Localised>,
    tiles: HashMap<String, String>,
    scenes: Vec<Scene>,
}

#[derive(Deserialize)]
struct Colours {
    colour: Vec<Colour>,
    pattern: Vec<Pattern>,
}
#[derive(Deserialize)]
struct Pattern {
    code: String,
    svg: String,
}
#[derive(Deserialize)]
struct Vocabulary {
    #[serde(rename = "type")]
    types: Vec<Word>,
    option: Vec<Word>,
    tag: Vec<Word>,
}
#[derive(Deserialize)]
struct Word {
    #[serde(default)]
    code: String,
    #[serde(default)]
    key: String,
    es: String,
    en: String,
    #[serde(default)]
    picture: String,
    #[serde(default)]
    values: Vec<Word>,
}
#[derive(Deserialize)]
struct BrandFile {
    #[serde(default)]
    banner: Vec<Banner>,
}
#[derive(Deserialize)]
struct Banner {
    picture: String,
    link: String,
    es: BannerWords,
    en: BannerWords,
}
#[derive(Deserialize)]
struct BannerWords {
    title: String,
    text: String,
    action: String,
}

impl Drawings {
    /// From the texts of `colours.toml`, `vocabulary.toml` and `brand.toml`; add files with [`Drawings::with_template`] and [`Drawings::with_banner`].
    pub fn new(colours: &str, vocabulary: &str, brand: &str) -> Result<Self, DrawingsError> {
        let Colours { colour, pattern } = toml::from_str(colours)?;
        let Vocabulary { types, option, tag } = toml::from_str(vocabulary)?;
        let BrandFile { banner } = toml::from_str(brand)?;
        let mut drawings = Drawings {
            patterns: pattern.into_iter().map(|pattern| (pattern.code, pattern.svg)).collect(),
            tiles: types.iter().map(|word| (word.code.clone(), word.picture.clone())).collect(),
            scenes: banner.into_iter().map(scene).collect(),
            ..Drawings::default()
        };
        for word in types.iter().chain(&option).chain(&tag) {
            drawings.learn(word);
        }
        for colour in colour {
            drawings.name(&[&colour.code, &colour.es], &colour.es, &colour.en);
            drawings.colours.insert(fold(&colour.es), colour.clone());
            drawings.colours.insert(colour.code.clone(), colour);
        }
        Ok(drawings)
    }

    /// From a folder laid out like `demo/`.
    pub fn read(folder: &FilePath) -> Result<Self, DrawingsError> {
        let text = |name: &str| std::fs::read_to_string(folder.join(name));
        let mut drawings = Drawings::new(&text("colours.toml")?, &text("vocabulary.toml")?, &text("brand.toml")?)?;
        for (part, is_template) in [("pictures", true), ("banners", false)] {
            for file in std::fs::read_dir(folder.join(part))?.flatten() {
                let path = file.path();
                let Some(name) = path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned) else { continue };
                let svg = std::fs::read_to_string(&path)?;
                drawings = if is_template { drawings.with_template(&name, svg) } else { drawings.with_banner(&name, svg) };
            }
        }
        Ok(drawings)
    }

    /// Add the template of a kind, such as `tee`.
    pub fn with_template(mut self, kind: &str, svg: impl Into<String>) -> Self {
        self.templates.insert(kind.to_owned(), svg.into());
        self
    }

    /// Add a finished scene, such as `lino`.
    pub fn with_banner(mut self, name: &str, svg: impl Into<String>) -> Self {
        self.banners.insert(name.to_owned(), svg.into());
        self
    }

    fn learn(&mut self, word: &Word) {
        self.name(&[&word.code, &word.key, &word.es], &word.es, &word.en);
        for value in &word.values {
            self.learn(value);
        }
    }

    fn name(&mut self, codes: &[&str], es: &str, en: &str) {
        for code in codes.iter().filter(|code| !code.is_empty()) {
            self.words.entry(fold(code)).or_insert_with(|| Localised::new(es, en));
        }
    }

    fn draw(&self, reference: &str) -> Option<String> {
        let mut parts = reference.split('/');
        let (kind, colour) = (parts.next()?, parts.next()?);
        let pattern = parts.next().unwrap_or("liso");
        if parts.next().is_some() {
            return None;
        }
        Some(recolour(self.templates.get(kind)?, self.colours.get(colour)?, self.patterns.get(pattern)?))
    }
}

fn scene(banner: Banner) -> Scene {
    let name = banner.picture.trim_start_matches("banners/").trim_end_matches(".svg").to_owned();
    let href = match banner.link.split_once(':') {
        Some((facet, value)) => format!("/products?{facet}={value}"),
        None if banner.link.contains('-') => format!("/products/{}", banner.link),
        None => format!("/products?category={}", banner.link),
    };
    Scene {
        picture: format!("banner:{name}"),
        href,
        title: Localised::new(banner.es.title, banner.en.title),
        text: Localised::new(banner.es.text, banner.en.text),
        action: Localised::new(banner.es.action, banner.en.action),
    }
}

impl Pictures for Drawings {
    fn picture(&self, reference: &str) -> Option<(&'static str, Bytes)> {
        let svg = match reference.split_once(':')? {
            ("picture", reference) => self.draw(reference)?,
            ("banner", name) => self.banners.get(name)?.clone(),
            _ => return None,
        };
        Some(("image/svg+xml", svg.into()))
    }
    fn colour(&self, name: &str) -> Option<&str> {
        self.colours.get(&fold(name)).map(|colour| colour.fill.as_str())
    }
    fn word(&self, code: &str, locale: Locale) -> Option<&str> {
        self.words.get(&fold(code)).map(|word| word.get(locale))
    }
    fn tile(&self, category: &str) -> Option<&str> {
        self.tiles.get(category).map(String::as_str)
    }
    fn scenes(&self) -> &[Scene] {
        &self.scenes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demo() -> Drawings {
        Drawings::read(&FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../../demo")).expect("the demo's drawings")
    }

    #[test]
    fn pictures_stay_on_our_site() {
        assert_eq!(picture_url("picture:tee/blanco"), "/media/picture:tee/blanco");
        assert_eq!(picture_url("https://cdn.example/a.jpg"), "/media/placeholder");
        assert_eq!(picture_url("//cdn.example/a.jpg"), "/media/placeholder");
        assert_eq!(picture_url("foto ñ?.jpg"), "/media/foto%20%C3%B1%3F.jpg");
    }

    #[test]
    fn a_template_is_filled_whole() {
        let drawings = demo();
        let (kind, bytes) = drawings.picture("picture:shirt-mao/blanco/lino").expect("a picture");
        let svg = String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!(kind, "image/svg+xml");
        assert!(svg.starts_with("<svg") && !svg.contains("{{") && svg.contains("#f8f5ef"));
        for unknown in ["picture:tee", "picture:tee/nope", "picture:tee/blanco/liso/x", "tee/blanco", "banner:../brand"] {
            assert!(drawings.picture(unknown).is_none(), "{unknown}");
        }
        assert!(drawings.picture("banner:lino").is_some());
    }

    #[test]
    fn the_catalogue_speaks_two_languages() {
        let drawings = demo();
        assert_eq!(drawings.word("algodon-organico", Locale::En), Some("organic cotton"));
        assert_eq!(drawings.word("Talla", Locale::En), Some("Size"));
        assert_eq!(drawings.colour("azul marino"), Some("#2f3e5c"));
        assert_eq!(drawings.scenes()[0].href, "/products?material=lino");
    }
}
