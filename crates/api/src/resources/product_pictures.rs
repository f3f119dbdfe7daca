//! Pictures of products, uploaded by programs.

use super::Routes;
use super::products::ProductView;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Caller, Id, InPath, Reply, Upload, needs};
use axum::extract::{DefaultBodyLimit, State};
use catalogue::{Localised, MediaChange, ProductId, VariantId, pictures};
use kernel::{Kind, Permission, Tx};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::UtoipaMethodRouterExt;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::EditCatalogue, routes!(add)).layer(DefaultBodyLimit::max(pictures::LARGEST)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PictureAsked {
    /// For those who do not see it, in Spanish.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    alt_es: String,
    /// The same in English.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    alt_en: String,
    /// Its place among the pictures, from 1; last when not given.
    position: Option<i64>,
    /// The variants that it shows, parted by commas; the whole product when not given.
    #[param(example = "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D")]
    variants: Option<String>,
}

impl PictureAsked {
    fn change(&self) -> ApiResult<MediaChange> {
        let named = self.variants.as_deref().unwrap_or_default().split(',').map(str::trim).filter(|text| !text.is_empty());
        let bad = |_| ApiError::new(Kind::Invalid, "api.bad_id", "the variants are ids parted by commas");
        let variants = named.map(|text| text.parse::<VariantId>().map_err(bad)).collect::<ApiResult<Vec<_>>>()?;
        let alt = Localised::new(self.alt_es.clone(), self.alt_en.clone());
        Ok(MediaChange { alt, position: self.position, variants, ..MediaChange::default() })
    }
}

/// Add a picture to a product: a JPEG, PNG or WebP file as it is, by its bytes. It is turned upright, made in each size that is shown, and
/// what the camera noted is left out. The same file again changes nothing. 422 `catalogue.not_a_picture`, `catalogue.picture_broken`,
/// `catalogue.picture_too_many_dots`.
#[utoipa::path(post, path = "/v1/products/{product}/pictures", tag = "products", operation_id = "add_picture", params(("product" = Id, Path), PictureAsked),
    request_body(content = Vec<u8>, content_type = "image/*", description = "The file, at most 20 MB."), responses((status = 201, body = ProductView)))]
async fn add(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<ProductId>,
    Asked(asked): Asked<PictureAsked>,
    upload: Upload,
) -> ApiResult<Reply> {
    let (change, file) = (asked.change()?, upload.body);
    let ready = tokio::task::spawn_blocking(move || pictures::prepare(&file)).await;
    let ready = ready.map_err(|error| kernel::Fault::outside("preparing a picture", error))??;
    let command = move |tx: &mut Tx<'_>, _: &_| {
        let source = pictures::keep(tx, &caller, &ready)?;
        Ok(ProductView::from(catalogue::save_media(tx, &caller, id, MediaChange { source, ..change.clone() })?))
    };
    upload.once.create(&app, "catalogue.save_media", command).await
}
