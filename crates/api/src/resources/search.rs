//! Search of products on sale: what customers type, with typing errors.

use super::Routes;
use super::products::ProductCardView;
use super::shared::Locale;
use crate::ApiState;
use crate::http::{ApiResult, Asked, List, Page, PageParams, named, needs};
use axum::Json;
use axum::extract::State;
use catalogue::search::{Facet, FacetCounts, Order, Query};
use kernel::Permission;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ViewCatalogue, routes!(search)))
}

named! { FacetName = Facet; }

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SearchAsked {
    /// As typed; everything on sale when empty. The last word may be unfinished.
    #[param(example = "camisa")]
    text: Option<String>,
    /// Whose language weighs more; Spanish when not given.
    #[param(value_type = Option<Locale>)]
    locale: Option<kernel::Locale>,
    /// A facet's key, such as `camisas`.
    category: Option<String>,
    /// A facet's key, such as `azul-marino`.
    colour: Option<String>,
    /// A facet's key.
    size: Option<String>,
    /// A facet's key.
    material: Option<String>,
    /// Where it can be had now: a location's id, or `delivery`. With a colour or a size: a variant of both that lies there.
    place: Option<String>,
    /// `relevance` when not given.
    #[param(inline)]
    order: Option<SearchOrder>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SearchOrder {
    Relevance,
    Newest,
}

/// Products that were found.
#[derive(Serialize, ToSchema)]
struct SearchView {
    items: Vec<ProductCardView>,
    /// Pass it on as `cursor` to get what follows; null at the end.
    next_cursor: Option<String>,
    /// How many there are in all.
    total: usize,
    /// True when nothing fitted exactly, and similar words were taken.
    is_approximate: bool,
    /// What the results can be narrowed by.
    facets: Vec<FacetView>,
}

/// The values of one facet.
#[derive(Serialize, ToSchema)]
struct FacetView {
    #[schema(value_type = FacetName)]
    facet: Facet,
    values: Vec<FacetValueView>,
}

/// One value to narrow by.
#[derive(Serialize, ToSchema)]
struct FacetValueView {
    /// To narrow by.
    #[schema(example = "azul-marino")]
    key: String,
    /// For people.
    #[schema(example = "Azul marino")]
    label: String,
    /// Products that have it.
    count: u64,
    /// Whether it was asked for.
    is_chosen: bool,
}

impl From<FacetCounts> for FacetView {
    fn from(counts: FacetCounts) -> Self {
        let value =
            |v: catalogue::search::FacetValue| FacetValueView { key: v.key, label: v.label, count: v.count, is_chosen: v.is_chosen };
        FacetView { facet: counts.facet, values: counts.values.into_iter().map(value).collect() }
    }
}

impl SearchAsked {
    fn query(self, offset: usize, limit: usize) -> Query {
        let filters = [
            (Facet::Category, self.category),
            (Facet::Colour, self.colour),
            (Facet::Size, self.size),
            (Facet::Material, self.material),
            (Facet::Place, self.place),
        ];
        Query {
            filters: filters.into_iter().filter_map(|(facet, key)| Some((facet, key?))).collect(),
            order: if matches!(self.order, Some(SearchOrder::Newest)) { Order::Newest } else { Order::Relevance },
            offset,
            limit,
            ..Query::new(self.text.unwrap_or_default(), self.locale.unwrap_or(kernel::Locale::Es))
        }
    }
}

/// Search the products on sale; typing errors are forgiven.
#[utoipa::path(get, path = "/v1/search", tag = "products", operation_id = "search_products", params(SearchAsked, PageParams), responses((status = 200, body = SearchView)))]
async fn search(State(app): State<ApiState>, Asked(asked): Asked<SearchAsked>, page: Page) -> ApiResult<Json<SearchView>> {
    let offset = page.after::<usize>()?.unwrap_or(0).min(10_000);
    let found = catalogue::search::search(&app.search, &asked.query(offset, page.limit))?;
    let ids: Vec<_> = found.hits.iter().map(|hit| hit.product).collect();
    let end = offset + ids.len();
    let cards = app.read(move |tx| Ok(catalogue::cards(tx, &ids)?)).await?;
    let is_more = end < found.total && end < 10_000 && !cards.is_empty();
    let List { items, next_cursor } = List::new(cards.into_iter().map(ProductCardView::from).collect(), is_more.then(|| end.to_string()));
    let facets = found.facets.into_iter().map(FacetView::from).collect();
    Ok(Json(SearchView { items, next_cursor, total: found.total, is_approximate: found.is_approximate, facets }))
}
