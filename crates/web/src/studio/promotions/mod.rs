//! Promotions: which there are, what each gives, what it would do to a cart before it runs, and its coupons.

mod coupons;
mod draft;
mod edit;
mod list;
mod trial;

use crate::ui::{Badge, Tone};
use crate::{App, Page, Trouble};
use axum::Router;
use kernel::{Kind, Permission, Problem};
use pricing::{PriceError, PromotionId, PromotionState};

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new().merge(list::routes()).merge(edit::routes()).merge(coupons::routes())
}

fn id(text: &str) -> Result<PromotionId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

/// How it stands, in words and in colour.
fn state(page: &Page, state: PromotionState) -> Badge {
    let tone = match state {
        PromotionState::Running => Tone::Ok,
        PromotionState::Planned => Tone::Live,
        PromotionState::Stopped => Tone::Warn,
        PromotionState::Ended => Tone::Plain,
    };
    Badge::state(tone, page.t(&format!("promo-state-{}", state.as_str())))
}

/// Why a page of promotions cannot be read.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error(transparent)]
    List(#[from] catalogue::ListError),
    #[error(transparent)]
    Price(#[from] PriceError),
    #[error(transparent)]
    Denied(#[from] kernel::Denied),
    #[error(transparent)]
    Fault(#[from] kernel::Fault),
}

impl ReadError {
    fn inner(&self) -> &dyn Problem {
        match self {
            ReadError::List(error) => error,
            ReadError::Price(error) => error,
            ReadError::Denied(error) => error,
            ReadError::Fault(error) => error,
        }
    }
}

impl Problem for ReadError {
    fn kind(&self) -> Kind {
        self.inner().kind()
    }
    fn code(&self) -> &'static str {
        self.inner().code()
    }
}

/// Whoever sees the catalogue sees what is off it.
const TO_SEE: Permission = Permission::ViewCatalogue;
