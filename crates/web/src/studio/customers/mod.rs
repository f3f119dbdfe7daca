//! Customers for those who care for the data: everybody, one person's record with its sources, and lists that come in and go out.

mod history;
mod import;
mod joins;
mod list;
mod preview;
mod record;
mod same;
mod show;

use crate::{App, Page};
use axum::Router;
use customers::FieldKind;
use customers::import::Target;

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(list::routes())
        .merge(import::routes())
        .merge(history::routes())
        .merge(joins::routes())
        .merge(same::routes())
        .merge(show::routes())
}

/// The name of a kind of field.
fn field_name(page: &Page, kind: FieldKind) -> String {
    page.t(&format!("record-field-{}", kind.as_str().replace('_', "-")))
}

/// What a column can mean, in words.
fn target_name(page: &Page, target: Target) -> String {
    match target {
        Target::Skip => page.t("target-skip"),
        Target::ExternalId => page.t("target-external-id"),
        Target::Field(kind) => field_name(page, kind),
        Target::Card => page.t("identifier-card"),
        Target::Consent(purpose, channel) => {
            let what = page.t(&format!("purpose-{purpose}"));
            page.tv("target-consent", format!("{what}, {}", page.t(&format!("channel-{channel}"))))
        }
        Target::Evidence => page.t("target-evidence"),
        Target::ConsentDate => page.t("target-consent-date"),
    }
}
