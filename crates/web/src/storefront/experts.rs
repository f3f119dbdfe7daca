//! Talk to an expert: who can be asked for, who is there, how long it takes; the talk itself is the chat.

use super::visitor::{Aisle, Visitor};
use crate::chat::{Asks, QuestionAsked};
use crate::waiting::wait_words;
use crate::{Answer, App, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::{Path, State};
use conversations::{Expert, PresenceState, TeamId, Wanted};
use kernel::{Channel, Fault, Locale, ReadTx};

/// A team of experts.
struct Queue {
    team: String,
    title: String,
    wait: String,
    there: String,
}

#[derive(Template)]
#[template(path = "storefront/experts.html")]
struct Experts {
    page: Page,
    aisles: Vec<Aisle>,
    queues: Vec<Queue>,
    form: Form,
}

/// The teams that customers may ask for.
pub(super) fn queues(tx: &ReadTx<'_>) -> Result<Vec<(TeamId, Expert)>, Fault> {
    let mut found = Vec::new();
    for team in conversations::teams(tx)? {
        found.extend(conversations::team_rules(tx, Some(team.id))?.expert.map(|expert| (team.id, expert)));
    }
    Ok(found)
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Answer {
    let key = crate::studio::intent();
    show(&build(&app, visitor, Form::of([("key", key.as_str())])).await?)
}

async fn build(app: &App, visitor: Visitor, form: Form) -> Result<Experts, Trouble> {
    let Visitor { page, aisles, .. } = visitor;
    let read = app.db.read(move |tx| {
        let page = Page { now: tx.now(), ..page.clone() };
        let (desk, mut shown) = (conversations::Desk::now(tx)?, Vec::new());
        for (team, expert) in queues(tx)? {
            shown.push(queue(tx, &page, &desk, team, expert)?);
        }
        Ok::<_, Fault>((shown, page))
    });
    let (queues, page) = read.await?;
    Ok(Experts { page, aisles, queues, form })
}

/// Who of them is there, by first name, and how long it takes in the reader's language.
fn queue(tx: &ReadTx<'_>, page: &Page, desk: &conversations::Desk, team: TeamId, expert: Expert) -> Result<Queue, Fault> {
    let language = page.locale.to_string();
    let mut names = Vec::new();
    for staff in conversations::members(tx, team)? {
        let Some(there) = conversations::presence(tx, staff)?.filter(|there| there.state == PresenceState::Available) else { continue };
        let speaks = there.profile.languages.is_empty() || there.profile.languages.contains(&language);
        if speaks && (expert.skill.is_empty() || there.profile.skills.contains(&expert.skill)) {
            let name = access::staff_member(tx, staff)?.map_or_else(String::new, |staff| staff.name);
            names.extend(name.split_whitespace().next().map(str::to_owned));
        }
    }
    let wanted = Wanted { channel: Channel::Webchat, team: Some(team), skill: expert.skill, language, passed: None };
    let wait = desk.wait(tx, &wanted)?;
    Ok(Queue {
        team: team.to_string(),
        title: if page.locale == Locale::En { expert.title_en } else { expert.title_es },
        wait: page.tv("help-wait", wait_words(page, &wait)),
        there: if names.is_empty() { page.t("experts-nobody") } else { page.tv("experts-there", names.join(", ")) },
    })
}

pub(super) async fn ask(State(app): State<App>, visitor: Visitor, Path(team): Path<TeamId>, mut form: Form) -> Answer {
    let (page, text) = (visitor.page.clone(), form.value("text").to_owned());
    if text.is_empty() {
        form.refuse("text", page.t("help-say-something"));
        return show_refused(&build(&app, visitor, form).await?);
    }
    let asks = Asks { text, key: form.value("key").to_owned(), answer_by: None, experts: Some(team) };
    match crate::chat::ask(&app, &page, &visitor.shopper, asks).await {
        Ok(()) => page.go("/chat"),
        Err(QuestionAsked::Refused(error)) => Err(error.into()),
        Err(QuestionAsked::Trouble(trouble)) => Err(trouble),
    }
}
