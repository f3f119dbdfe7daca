//! A request about one matter: who asks, where they stand, and the answers that every change of a matter gives.

use super::{Desk, MatterPage, read};
use crate::desk::place::Place;
use crate::desk::signed;
use crate::desk::toast::Toast;
use crate::ui::Tone;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble, show_refused};
use axum::extract::{FromRequestParts, Query, RawPathParams};
use axum::http::StatusCode;
use axum::http::request::Parts;
use conversations::MatterId;

/// One request's where and who. Its path names the matter `{id}`.
#[derive(Clone)]
pub(super) struct AtMatter {
    pub(super) app: App,
    /// With the agent's name on it.
    pub(super) page: Page,
    pub(super) me: StaffMember,
    pub(super) id: MatterId,
    pub(super) place: Place,
}

impl FromRequestParts<App> for AtMatter {
    type Rejection = Trouble;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let me = StaffMember::from_request_parts(parts, app).await?;
        let page = signed(Page::from_request_parts(parts, app).await.map_err(Trouble::of)?, &me);
        let path = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Trouble::not_found())?;
        let id = path.iter().find(|(name, _)| *name == "id").and_then(|(_, id)| id.parse().ok()).ok_or_else(Trouble::not_found)?;
        let Query(place) = Query::from_request_parts(parts, app).await.map_err(|_| Trouble::of(StatusCode::BAD_REQUEST))?;
        Ok(AtMatter { app: app.clone(), page, me, id, place })
    }
}

impl AtMatter {
    /// Everything on the page of the matter, its composer filled with `form`.
    pub(super) async fn load(&self, form: Form) -> Result<Desk, Trouble> {
        let (at, currency) = (self.clone(), self.app.brand.currency);
        let show = move |tx: &kernel::ReadTx<'_>| {
            let page = Page { now: tx.now(), ..at.page.clone() };
            read(tx, &page, &at.me, (at.id, currency), &at.place, &form)
        };
        self.app.db.read(show).await
    }
    /// The matter's page, in the same queue.
    pub(super) fn back(&self) -> String {
        format!("/desk/matters/{}?{}", self.id, self.place.in_queue())
    }
    /// At another matter of the same queue.
    pub(super) fn beside(mut self, other: MatterId) -> Self {
        self.id = other;
        self.page.path = format!("/desk/matters/{other}");
        self.page.query = self.place.in_queue();
        self.place = Place { view: self.place.view, from: self.place.from, ..Place::default() };
        self
    }
    /// A plain form goes back to the matter; htmx gets what changed.
    pub(super) async fn answer(self, says: &str, undo: &str) -> Answer {
        self.answer_with(says, undo, false).await
    }
    /// The same after something was said: the composer is fresh.
    pub(super) async fn answer_said(self, says: &str, undo: &str) -> Answer {
        self.answer_with(says, undo, true).await
    }
    async fn answer_with(self, says: &str, undo: &str, with_composer: bool) -> Answer {
        if !self.page.partial {
            return self.page.go_saying(&self.back(), &Flash::ok(says).undo(undo));
        }
        let toast = Toast { page: &self.page, tone: Tone::Ok, says: self.page.t(says), undo };
        self.load(Form::new()).await?.answer(StatusCode::OK, with_composer, Some(&toast))
    }
    /// What was typed into the composer stays, with the reason beside it.
    pub(super) async fn refuse(self, form: Form) -> Answer {
        self.refuse_with(form, true).await
    }
    /// The same for a form beside the composer, which stays as it is.
    pub(super) async fn refuse_beside(self, form: Form) -> Answer {
        self.refuse_with(form, false).await
    }
    async fn refuse_with(self, form: Form, with_composer: bool) -> Answer {
        let desk = self.load(form).await?;
        if self.page.partial {
            return desk.answer(StatusCode::UNPROCESSABLE_ENTITY, with_composer, None);
        }
        let pane = self.place.pane();
        show_refused(&MatterPage { page: self.page, desk, pane })
    }
}
