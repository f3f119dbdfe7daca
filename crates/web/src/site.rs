//! All faces as one site.

use crate::{App, Shell, sign_in};
use axum::Router;

/// Every page of the four faces, with the shell around them. Webhooks and the API stand beside it, not in it: they bring no token.
pub fn site(app: App, shell: Shell) -> Router {
    let faces = Router::new()
        .merge(sign_in::routes())
        .merge(crate::storefront::routes(&app))
        .merge(crate::feeds::routes())
        .merge(crate::chat::routes())
        .merge(crate::desk::routes())
        .merge(crate::rooms::routes())
        .merge(crate::till::routes())
        .merge(crate::studio::routes())
        .merge(crate::rehearsal::routes())
        .with_state(app);
    shell.wrap(faces)
}
