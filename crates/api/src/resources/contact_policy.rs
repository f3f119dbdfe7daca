//! May a person be written to, by which channel, and why; and the brand's own rule.

use super::Routes;
use super::shared::{ChannelKind, Purpose, Urgency};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Caller, Id, InPath, Once, Post, Reply, Sent as Body, found, needs};
use axum::Json;
use axum::extract::State;
use customers::policy::{Cap, Contact, Decision, QuietHours};
use customers::{ContactRule, ContactSetting, PersonId};
use flows::{Ask, Notice, Outcome, Sent};
use kernel::{Channel, Locale, Permission, ProfileId, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

/// Characters of a notice, and of its subject.
const NOTICE_LENGTH: usize = 4000;
const SUBJECT_LENGTH: usize = 200;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCustomers, routes!(show)))
        .routes(needs(Permission::Reply, routes!(send)))
        .routes(needs(Permission::EditCustomers, routes!(set_quiet_hours)))
        .routes(needs(Permission::ViewCustomers, routes!(show_rule)))
        .routes(needs(Permission::ManageSettings, routes!(set_rule)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PolicyQuestion {
    /// What the message is for.
    #[param(value_type = Purpose, example = "marketing")]
    purpose: customers::Purpose,
    /// `urgent` is for service messages about what happens now; `normal` when not given.
    #[param(value_type = Option<Urgency>)]
    urgency: Option<customers::policy::Urgency>,
    /// True when it goes as a text that the provider has approved beforehand.
    templated: Option<bool>,
}

/// The answer of the contact policy.
#[derive(Serialize, ToSchema)]
struct PolicyView {
    /// `send` now, `wait` until a moment, or `hold`.
    #[schema(pattern = "^(send|wait|hold)$")]
    outcome: &'static str,
    /// By which channel, when it may be sent.
    #[schema(value_type = Option<ChannelKind>)]
    channel: Option<Channel>,
    /// To which address, when it may be sent.
    address: Option<String>,
    /// When to ask again, if it has to wait.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// The clock on their wall.
    #[schema(example = "Europe/Madrid")]
    time_zone: String,
    /// Why, for every channel that they prefer or could be reached by.
    reasons: Vec<PolicyReasonView>,
}

/// Why a channel is taken or not.
#[derive(Serialize, ToSchema)]
struct PolicyReasonView {
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    /// `chosen`, `open` as well, `later`, or `closed`.
    #[schema(pattern = "^(chosen|open|later|closed)$")]
    verdict: &'static str,
    /// Stable.
    #[schema(example = "quiet_hours")]
    code: &'static str,
    /// In Spanish.
    es: String,
    /// In English.
    en: String,
}

impl From<Decision> for PolicyView {
    fn from(decision: Decision) -> Self {
        let reason = |reason: &customers::policy::Reason| PolicyReasonView {
            channel: reason.channel,
            verdict: reason.verdict.as_str(),
            code: reason.why.code(),
            es: reason.why.text(Locale::Es, &decision.zone),
            en: reason.why.text(Locale::En, &decision.zone),
        };
        let (outcome, reasons) = (decision.outcome(), decision.reasons.iter().map(reason).collect());
        let (channel, address, until) = match decision.contact {
            Contact::Send { channel, address } => (Some(channel), Some(address), None),
            Contact::Wait { until } => (None, None, Some(until)),
            Contact::Hold => (None, None, None),
        };
        PolicyView { outcome, channel, address, until, time_zone: decision.zone, reasons }
    }
}

/// Ask whether a person may be written to now, and read why for each channel.
#[utoipa::path(get, path = "/v1/customers/{customer}/contact-policy", tag = "customers", operation_id = "show_contact_policy", params(("customer" = Id, Path), PolicyQuestion), responses((status = 200, body = PolicyView)))]
async fn show(
    State(app): State<ApiState>,
    InPath(id): InPath<PersonId>,
    Asked(question): Asked<PolicyQuestion>,
) -> ApiResult<Json<PolicyView>> {
    let PolicyQuestion { purpose, urgency, templated } = question;
    let ask = Ask {
        urgency: urgency.unwrap_or(customers::policy::Urgency::Normal),
        templated: templated.unwrap_or(false),
        ..Ask::about(purpose)
    };
    let decision = app.read(move |tx| {
        let person = found(customers::person_of(tx, id.oldest_profile())?)?;
        Ok(flows::may_contact(tx, person, ask, tx.now())?)
    });
    Ok(Json(decision.await?.into()))
}

/// Something a program has to say to a person.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoticeCreate {
    /// What for. Everything but `service` gets a link under it by which the person can stop it.
    #[schema(value_type = Purpose)]
    purpose: customers::Purpose,
    #[serde(default = "normal")]
    #[schema(value_type = Urgency)]
    urgency: customers::policy::Urgency,
    /// Subject line, where there is one.
    #[schema(example = "Tu pedido ha salido", max_length = 200)]
    subject: String,
    /// In the person's language.
    #[schema(example = "Llega mañana.", max_length = 4000)]
    text: String,
}

const fn normal() -> customers::policy::Urgency {
    customers::policy::Urgency::Normal
}

/// What became of a notice.
#[derive(Serialize, ToSchema)]
struct NoticeView {
    /// `queued`, `waiting` for the moment in `policy.until`, `held`, or `already` sent under this key.
    #[schema(pattern = "^(queued|waiting|held|already)$")]
    outcome: &'static str,
    /// The message, when it is on its way.
    #[schema(value_type = Option<Id>)]
    message: Option<conversations::MessageId>,
    /// The policy's answer; null when it was sent before.
    policy: Option<PolicyView>,
}

impl From<Sent> for NoticeView {
    fn from(sent: Sent) -> Self {
        let (outcome, message) = match sent.outcome {
            Outcome::Queued { message, .. } => ("queued", Some(message)),
            Outcome::Waiting(_) => ("waiting", None),
            Outcome::Held => ("held", None),
            Outcome::Already => ("already", None),
        };
        NoticeView { outcome, message, policy: sent.decision.map(PolicyView::from) }
    }
}

/// Write to a person as a program: now, later or not at all, by the channel that the contact policy chooses.
#[utoipa::path(post, path = "/v1/customers/{customer}/notices", tag = "customers", operation_id = "send_notice", params(("customer" = Id, Path)), request_body = NoticeCreate, responses((status = 200, body = NoticeView)))]
async fn send(State(app): State<ApiState>, InPath(id): InPath<PersonId>, post: Post<NoticeCreate>) -> ApiResult<Reply> {
    let (body, link) = (post.body, format!("{}/preferences/", app.public_url));
    if body.text.trim().is_empty() || body.text.chars().count() > NOTICE_LENGTH || body.subject.chars().count() > SUBJECT_LENGTH {
        return Err(ApiError::invalid("customers.bad_notice", "a notice has 1 to 4000 characters, its subject at most 200"));
    }
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let person = found(customers::person_of(tx, id.oldest_profile())?)?;
        let NoticeCreate { purpose, urgency, subject, text } = body.clone();
        let preferences = if purpose == customers::Purpose::Service { String::new() } else { link.clone() };
        let key = once.command_key(tx);
        let notice = Notice { person, purpose, urgency, subject, text, template: None, preferences, key };
        Ok(NoticeView::from(flows::send(tx, &notice)?))
    };
    post.once.act(&app, "flows.send", command).await
}

/// When somebody is not to be disturbed.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuietHoursView {
    /// Begin, by the clock of their place.
    #[schema(example = "22:00", pattern = "^[0-9]{2}:[0-9]{2}$")]
    from: String,
    /// End; the same as the beginning means never.
    #[schema(example = "08:00", pattern = "^[0-9]{2}:[0-9]{2}$")]
    until: String,
    /// Their zone, IANA; found by phone and postcode when empty.
    #[serde(default)]
    #[schema(example = "Europe/Madrid")]
    time_zone: String,
}

impl QuietHoursView {
    fn hours(&self) -> ApiResult<QuietHours> {
        QuietHours::parse(&self.from, &self.until).ok_or_else(|| ApiError::invalid("customers.bad_hours", "write hours as 22:00"))
    }
}

/// Set when a person is not to be disturbed.
#[utoipa::path(put, path = "/v1/profiles/{profile}/quiet-hours", tag = "customers", operation_id = "set_quiet_hours", params(("profile" = Id, Path)), request_body = QuietHoursView, responses((status = 200, body = QuietHoursView)))]
async fn set_quiet_hours(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(profile): InPath<ProfileId>,
    Body(body): Body<QuietHoursView>,
) -> ApiResult<Json<QuietHoursView>> {
    let setting = ContactSetting { quiet: body.hours()?, zone: body.time_zone.clone() };
    app.write("customers.set_contact_setting", move |tx| Ok(customers::set_contact_setting(tx, &caller, profile, &setting)?)).await?;
    Ok(Json(body))
}

/// The brand's own rule.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContactRuleView {
    /// Quiet hours and zone of those who did not set their own.
    quiet_hours: QuietHoursView,
    /// Messages that nobody asked for, over all channels together: at most so many ...
    #[schema(example = 3, maximum = 1000)]
    most: u32,
    /// ... in so many days.
    #[schema(example = 7, minimum = 1, maximum = 365)]
    days: u32,
}

impl From<ContactRule> for ContactRuleView {
    fn from(rule: ContactRule) -> Self {
        let (from, until) = rule.quiet.texts();
        ContactRuleView { quiet_hours: QuietHoursView { from, until, time_zone: rule.zone }, most: rule.cap.most, days: rule.cap.days }
    }
}

/// See the brand's rule for writing to people.
#[utoipa::path(get, path = "/v1/contact-rule", tag = "customers", operation_id = "show_contact_rule", responses((status = 200, body = ContactRuleView)))]
async fn show_rule(State(app): State<ApiState>) -> ApiResult<Json<ContactRuleView>> {
    Ok(Json(app.read(|tx| Ok(customers::contact_rule(tx)?)).await?.into()))
}

/// Change the brand's rule for writing to people.
#[utoipa::path(put, path = "/v1/contact-rule", tag = "customers", operation_id = "set_contact_rule", request_body = ContactRuleView, responses((status = 200, body = ContactRuleView)))]
async fn set_rule(State(app): State<ApiState>, caller: Caller, Body(body): Body<ContactRuleView>) -> ApiResult<Json<ContactRuleView>> {
    let cap = Cap { most: body.most, days: body.days };
    let rule = ContactRule { zone: body.quiet_hours.time_zone.clone(), quiet: body.quiet_hours.hours()?, cap };
    app.write("customers.set_contact_rule", move |tx| Ok(customers::set_contact_rule(tx, &caller, &rule)?)).await?;
    Ok(Json(body))
}
