//! One file per resource: its wire types, its handlers, and the permission each needs.

mod api_keys;
mod audit;
mod carts;
mod channels;
mod checkout;
mod claims;
mod collections;
mod companies;
mod contact_policy;
mod customer_imports;
mod customers;
mod delivery;
mod delivery_rules;
mod files;
mod fulfilments;
mod gift_cards;
mod health;
mod learnt;
mod locations;
mod matter_work;
mod matters;
mod messages;
mod order_changes;
mod orders;
mod payments;
mod prices;
mod privacy;
mod product_import_runs;
mod product_imports;
mod product_pictures;
mod products;
mod profiles;
mod promises;
mod promotions;
mod publication;
mod quotes;
mod ratings;
mod records;
mod returns;
mod same_pairs;
mod saved_replies;
mod search;
mod segments;
mod self_service;
mod service;
mod shared;
mod staff;
mod stock;
mod stock_transfers;
mod supplies;
mod tags;
mod transfers;
mod variants;
mod ways;

use crate::ApiState;
use utoipa_axum::router::OpenApiRouter;

/// Routes with their documentation.
pub(crate) type Routes = OpenApiRouter<ApiState>;

/// Every route of the API.
pub(crate) fn routes() -> Routes {
    [
        api_keys::routes(),
        audit::routes(),
        carts::routes(),
        channels::routes(),
        checkout::routes(),
        order_changes::routes(),
        claims::routes(),
        collections::routes(),
        contact_policy::routes(),
        companies::routes(),
        customer_imports::routes(),
        customers::routes(),
        delivery::routes(),
        delivery_rules::routes(),
        files::routes(),
        fulfilments::routes(),
        gift_cards::routes(),
        health::routes(),
        learnt::routes(),
        locations::routes(),
        matter_work::routes(),
        matters::routes(),
        messages::routes(),
        orders::routes(),
        payments::routes(),
        prices::routes(),
        promotions::routes(),
        privacy::routes(),
        product_imports::routes(),
        product_import_runs::routes(),
        product_pictures::routes(),
        publication::routes(),
        products::routes(),
        profiles::routes(),
        promises::routes(),
        quotes::routes(),
        ratings::routes(),
        records::routes(),
        returns::routes(),
        same_pairs::routes(),
        saved_replies::routes(),
        search::routes(),
        segments::routes(),
        self_service::routes(),
        service::routes(),
        staff::routes(),
        stock::routes(),
        stock_transfers::routes(),
        supplies::routes(),
        tags::routes(),
        transfers::routes(),
        variants::routes(),
    ]
    .into_iter()
    .fold(Routes::default(), Routes::merge)
}
