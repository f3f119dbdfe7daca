//! The demo brand's drawn pictures, from inside the program. What was drawn once is kept.

use super::files;
use axum::body::Bytes;
use kernel::Locale;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use web::{Drawings, DrawingsError, Pictures, Scene};

/// Drawings with a memory.
pub struct DemoPictures {
    drawings: Drawings,
    drawn: RwLock<HashMap<String, Bytes>>,
}

impl DemoPictures {
    /// Read the templates; nothing is drawn yet.
    pub fn new() -> Result<Self, DrawingsError> {
        let mut drawings = Drawings::new(files::COLOURS, files::VOCABULARY, files::BRAND)?;
        for (kind, svg) in files::PICTURES {
            drawings = drawings.with_template(kind, *svg);
        }
        for (name, svg) in files::BANNERS {
            drawings = drawings.with_banner(name, *svg);
        }
        Ok(DemoPictures { drawings, drawn: RwLock::default() })
    }
}

impl Pictures for DemoPictures {
    fn picture(&self, reference: &str) -> Option<(&'static str, Bytes)> {
        const KIND: &str = "image/svg+xml";
        if let Some(known) = self.drawn.read().unwrap_or_else(PoisonError::into_inner).get(reference) {
            return Some((KIND, known.clone()));
        }
        // Only what exists is kept, so strangers' references cannot fill the memory.
        let (kind, bytes) = self.drawings.picture(reference)?;
        self.drawn.write().unwrap_or_else(PoisonError::into_inner).insert(reference.to_owned(), bytes.clone());
        Some((kind, bytes))
    }
    fn colour(&self, name: &str) -> Option<&str> {
        self.drawings.colour(name)
    }
    fn word(&self, code: &str, locale: Locale) -> Option<&str> {
        self.drawings.word(code, locale)
    }
    fn tile(&self, category: &str) -> Option<&str> {
        self.drawings.tile(category)
    }
    fn scenes(&self) -> &[Scene] {
        self.drawings.scenes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_of_the_catalogue_can_be_drawn() {
        let pictures = DemoPictures::new().expect("drawings");
        let csv = std::str::from_utf8(files::PRODUCTS).expect("text");
        let mut references: Vec<&str> = csv.split([',', '\n', '"']).map(str::trim).filter(|cell| cell.starts_with("picture:")).collect();
        references.sort_unstable();
        references.dedup();
        assert!(references.len() > 90, "{}", references.len());
        for reference in references.into_iter().chain(["banner:lino", "banner:punto", "banner:tienda"]) {
            let (kind, bytes) = pictures.picture(reference).unwrap_or_else(|| panic!("{reference} cannot be drawn"));
            assert_eq!((kind, bytes.starts_with(b"<svg")), ("image/svg+xml", true), "{reference}");
            assert_eq!(pictures.picture(reference).map(|(_, again)| again), Some(bytes));
        }
        assert!(pictures.picture("picture:tee/../../etc").is_none());
        assert_eq!(pictures.scenes().len(), 3);
    }
}
