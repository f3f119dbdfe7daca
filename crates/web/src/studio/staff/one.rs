//! One person: added with a first password that is shown once; name, roles and presence changed.

use crate::studio::{Entered, Me, why};
use crate::ui::{Badge, Tone};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use access::{ChangeStaff, CreateStaff, Password, PasswordHash, Staff, StaffError};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use kernel::{Kind, Permission, Problem, Role, StaffId};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/staff/new", get(new).post(create))
        .route("/studio/staff/{id}", get(edit).post(save))
        .route("/studio/staff/{id}/leave", post(leave))
        .route("/studio/staff/{id}/return", post(come_back))
        .route("/studio/staff/{id}/password", post(password))
}

/// A role to tick, with what it is for.
struct RoleChoice {
    value: &'static str,
    name: String,
    says: String,
}

#[derive(Template)]
#[template(path = "studio/staff/edit.html")]
struct Edit {
    page: Page,
    me: Me,
    form: Form,
    person: Option<(Staff, Badge)>,
    roles: Vec<RoleChoice>,
    places: Vec<(String, String)>,
    languages: Vec<(&'static str, String)>,
}

/// The only time a password is seen.
#[derive(Template)]
#[template(path = "studio/staff/password.html")]
struct Shown {
    page: Page,
    me: Me,
    name: String,
    email: String,
    password: String,
    back: String,
}

async fn edit_page(app: &App, page: Page, me: Me, form: Form, person: Option<Staff>) -> Result<Edit, Trouble> {
    let places = app.db.read(move |tx| inventory::locations(tx, false, None, 100)).await?;
    let places = places.into_iter().map(|place| (place.details.code, place.details.name));
    let choice = |role: &Role| {
        let key = role.as_str().replace('_', "-");
        RoleChoice { value: role.as_str(), name: page.t(&format!("role-{key}")), says: page.t(&format!("role-{key}-says")) }
    };
    let badge = |person: Staff| {
        let (tone, key) = if person.active { (Tone::Ok, "studio-works-here") } else { (Tone::Plain, "studio-has-left") };
        (person, Badge::state(tone, page.t(key)))
    };
    Ok(Edit {
        person: person.map(badge),
        roles: Role::ALL.iter().map(choice).collect(),
        places: std::iter::once((String::new(), page.t("studio-no-place"))).chain(places).collect(),
        languages: vec![("es", "Español".into()), ("en", "English".into())],
        form,
        page,
        me,
    })
}

async fn new(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ManageStaff)?;
    show(&edit_page(&app, page, me, Form::of([("role", "associate"), ("locale", "es")]), None).await?)
}

fn roles(form: &Form) -> Vec<Role> {
    form.values("role").filter_map(|role| role.parse().ok()).collect()
}

/// Four groups of five letters that cannot be mistaken for each other: about 90 bits of chance.
fn first_password() -> String {
    const LETTERS: &[u8; 24] = b"abcdefghjkmnpqrstuvwxyz3";
    let groups = (0..4).map(|_| (0..5).map(|_| char::from(LETTERS[usize::from(rand::random::<u8>()) % LETTERS.len()])).collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

/// Hashing takes tens of milliseconds: on a thread that may block.
async fn hashed(password: String) -> Result<PasswordHash, Trouble> {
    let hash = move || Password::new(password).and_then(|password| password.hash());
    Ok(tokio::task::spawn_blocking(hash).await.map_err(Trouble::broken)??)
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    me.actor.require(Permission::ManageStaff)?;
    let password = first_password();
    let cmd = CreateStaff {
        email: form.value("email").to_owned(),
        name: form.value("name").to_owned(),
        password: hashed(password.clone()).await?,
        roles: roles(&form),
        location: Some(form.value("location").to_owned()).filter(|code| !code.is_empty()),
        locale: form.value("locale").parse().unwrap_or(page.locale),
    };
    let actor = me.actor.clone();
    match app.db.write("access.create_staff", move |tx| access::create_staff(tx, &actor, cmd.clone())).await {
        Ok(id) => {
            let (name, email) = (form.value("name").to_owned(), form.value("email").to_lowercase());
            show(&Shown { name, email, password, back: format!("/studio/staff/{id}"), page, me })
        }
        Err(error) => {
            form = refuse(&page, form, error)?;
            show_refused(&edit_page(&app, page, me, form, None).await?)
        }
    }
}

fn refuse(page: &Page, mut form: Form, error: StaffError) -> Result<Form, Trouble> {
    if matches!(error.kind(), Kind::Fault | Kind::Forbidden | Kind::NotFound) {
        return Err(error.into());
    }
    let field = match error {
        StaffError::EmailTaken(_) | StaffError::NotAnEmail(_) => "email",
        StaffError::NoRole | StaffError::LastAdministrator => "role",
        _ => "name",
    };
    form.refuse(field, why(page, &error));
    Ok(form)
}

fn id(text: &str) -> Result<StaffId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

async fn person(app: &App, id: StaffId) -> Result<Staff, Trouble> {
    app.db.read(move |tx| access::staff_member(tx, id)).await?.ok_or_else(Trouble::not_found)
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    me.actor.require(Permission::ManageStaff)?;
    let person = person(&app, id(&text)?).await?;
    let form = Form::of([("name", person.name.as_str())].into_iter().chain(person.roles.iter().map(|role| ("role", role.as_str()))));
    show(&edit_page(&app, page, me, form, Some(person)).await?)
}

async fn change(app: &App, me: &Me, id: StaffId, change: ChangeStaff) -> Result<Staff, StaffError> {
    let actor = me.actor.clone();
    app.db.write("access.change_staff", move |tx| access::change_staff(tx, &actor, id, change.clone())).await
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let id = id(&text)?;
    let wanted = ChangeStaff { name: Some(form.value("name").to_owned()), roles: Some(roles(&form)), ..ChangeStaff::default() };
    match change(&app, &me, id, wanted).await {
        Ok(_) => page.go_saying(&format!("/studio/staff/{id}"), &Flash::ok("saved")),
        Err(error) => {
            let form = refuse(&page, form, error)?;
            let person = person(&app, id).await?;
            show_refused(&edit_page(&app, page, me, form, Some(person)).await?)
        }
    }
}

async fn leave(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let id = id(&text)?;
    let left = change(&app, &me, id, ChangeStaff { active: Some(false), ..ChangeStaff::default() }).await?;
    page.go_saying("/studio/staff", &Flash::ok("studio-person-left").with(left.name).undo(format!("/studio/staff/{id}/return")))
}

async fn come_back(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let id = id(&text)?;
    let back = change(&app, &me, id, ChangeStaff { active: Some(true), ..ChangeStaff::default() }).await?;
    page.go_saying(&format!("/studio/staff/{id}"), &Flash::ok("studio-person-back").with(back.name))
}

/// A new first password; their open sessions end.
async fn password(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    me.actor.require(Permission::ManageStaff)?;
    let (id, password) = (id(&text)?, first_password());
    let hash = hashed(password.clone()).await?;
    let person = change(&app, &me, id, ChangeStaff { password: Some(hash), ..ChangeStaff::default() }).await?;
    show(&Shown { name: person.name, email: person.email, password, back: format!("/studio/staff/{id}"), page, me })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_first_password_is_long_and_easy_to_read_aloud() {
        let (one, other) = (super::first_password(), super::first_password());
        assert_eq!(one.len(), 23);
        assert!(one != other && one.split('-').all(|group| group.len() == 5) && !one.contains(['l', 'o', 'i', '0', '1']));
    }
}
