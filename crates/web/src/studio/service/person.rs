//! What one colleague can take: capacity, most of each channel, what they know, the languages they serve in.

use super::number;
use crate::studio::{Entered, Me};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use access::Staff;
use askama::Template;
use axum::extract::{Path, State};
use conversations::WorkProfile;
use kernel::{Channel, Permission, StaffId};

/// Channels with a limit of their own.
const LIMITED: [Channel; 4] = [Channel::Phone, Channel::Webchat, Channel::Whatsapp, Channel::Email];

#[derive(Template)]
#[template(path = "studio/service/person.html")]
struct Person {
    page: Page,
    me: Me,
    staff: Staff,
    form: Form,
    limits: Vec<(&'static str, String)>,
}

async fn build(app: &App, page: Page, me: Me, id: StaffId, form: Form) -> Result<Person, Trouble> {
    me.actor.require(Permission::Supervise)?;
    let staff = app.db.read(move |tx| access::staff_member(tx, id)).await?.ok_or_else(Trouble::not_found)?;
    let limits = LIMITED.iter().map(|channel| (channel.as_str(), page.t(&format!("channel-{channel}")))).collect();
    Ok(Person { page, me, staff, form, limits })
}

pub(super) async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<StaffId>) -> Answer {
    let profile = app.db.read(move |tx| conversations::presence(tx, id)).await?.map(|there| there.profile).unwrap_or_default();
    let form = Form::of([
        ("capacity", profile.capacity.to_string()),
        ("skills", profile.skills.join(", ")),
        ("languages", profile.languages.join(", ")),
    ]);
    let form = profile.limits.iter().fold(form, |form, (channel, limit)| form.fill(channel.as_str(), limit.to_string()));
    show(&build(&app, page, me, id, form).await?)
}

pub(super) async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<StaffId>, mut form: Form) -> Answer {
    let was = app.db.read(move |tx| conversations::presence(tx, id)).await?.map(|there| there.profile).unwrap_or_default();
    let words = |text: &str| text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
    let mut limits = was.limits.clone();
    for channel in LIMITED {
        match form.value(channel.as_str()) {
            "" => drop(limits.remove(&channel)),
            _ => drop(limits.insert(channel, number(&page, &mut form, channel.as_str()))),
        }
    }
    let capacity = number(&page, &mut form, "capacity");
    let profile =
        WorkProfile { capacity, limits, skills: words(form.value("skills")), languages: words(form.value("languages")), off: was.off };
    if !form.is_fine() {
        return show_refused(&build(&app, page, me, id, form).await?);
    }
    let actor = me.actor.clone();
    let write = move |tx: &mut kernel::Tx<'_>| conversations::save_work_profile(tx, &actor, id, &profile);
    app.db.write("conversations.save_work_profile", write).await?;
    page.go_saying("/studio/service", &Flash::ok("saved"))
}
