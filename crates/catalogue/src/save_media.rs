//! Pictures: adding, changing, taking away.

use crate::model::place;
use crate::save::edit;
use crate::{EditError, Localised, Media, MediaId, Product, ProductId, VariantId};
use kernel::{Actor, Tx};

/// A picture that is not there yet.
#[derive(Debug, Clone, Default)]
pub struct NewMedia {
    /// `picture:tee/azul`, a file name or an address.
    pub source: String,
    /// For those who do not see it.
    pub alt: Localised,
}

/// A picture as it shall be.
#[derive(Debug, Clone, Default)]
pub struct MediaChange {
    /// Which; `None` finds the one with the same source, or adds it.
    pub id: Option<MediaId>,
    /// `picture:tee/azul`, a file name or an address.
    pub source: String,
    /// For those who do not see it.
    pub alt: Localised,
    /// Order on the page; `None` leaves it, or puts a new one last.
    pub position: Option<i64>,
    /// Variants that it shows, besides those it already does.
    pub variants: Vec<VariantId>,
}

/// Add or change a picture. Saving the same twice changes nothing the second time. Announces `product.changed`.
pub fn save_media(tx: &mut Tx<'_>, actor: &Actor, product: ProductId, change: MediaChange) -> Result<Product, EditError> {
    edit(tx, actor, (product, None), |tx, product| {
        let found = match change.id {
            Some(id) => Some(product.media.iter().position(|media| media.id == id).ok_or(EditError::UnknownMedia)?),
            None => product.media.iter().position(|media| media.source == change.source),
        };
        let last = product.media.last().map_or(0, |media| media.position);
        let at = found.unwrap_or_else(|| {
            product.media.push(Media { id: tx.new_id(), position: last + 1, source: String::new(), alt: Localised::default() });
            product.media.len() - 1
        });
        let media = &mut product.media[at];
        media.source = change.source;
        media.alt = change.alt;
        let shown = media.id;
        for id in change.variants {
            product.variants.iter_mut().find(|variant| variant.id == id).ok_or(EditError::UnknownVariant)?.media = Some(shown);
        }
        if let Some(position) = change.position {
            place(&mut product.media, at, position);
        }
        Ok(())
    })
}

/// Take a picture away; variants that it showed fall back to the product's first. Announces `product.changed`.
pub fn remove_media(tx: &mut Tx<'_>, actor: &Actor, product: ProductId, media: MediaId) -> Result<Product, EditError> {
    edit(tx, actor, (product, None), |_, product| {
        if product.media.iter().all(|known| known.id != media) {
            return Err(EditError::UnknownMedia);
        }
        product.media.retain(|known| known.id != media);
        for variant in product.variants.iter_mut().filter(|variant| variant.media == Some(media)) {
            variant.media = None;
        }
        Ok(())
    })
}
