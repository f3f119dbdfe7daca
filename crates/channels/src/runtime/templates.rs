//! Templates and their provider: handed in, and fetched. The call is outside any transaction; what came of it is recorded in one.

use crate::{CannotSend, Carrier, HttpRequest, SendError, WireReply, whatsapp};
use conversations::{AccountId, Fetched, KeptTemplates, TemplateError, TemplateId};
use kernel::{Actor, Channel, Db, Permission};

/// Pages that are fetched at most: as many as hold all templates that are kept.
const PAGES: usize = 10;

/// Hand a template in at its provider and keep what it says; a refusal is the provider's own words. Doing it twice hands in once: Meta
/// refuses a name that it has.
pub async fn hand_in_template(db: &Db, carrier: &Carrier, actor: &Actor, id: TemplateId) -> Result<Result<(), String>, TemplateError> {
    actor.require(Permission::WriteTemplates)?;
    let template = db.read(move |tx| conversations::message_template(tx, id)).await?.ok_or(TemplateError::Unknown)?;
    if !template.state.may_change() {
        return Err(TemplateError::NotNow(template.state));
    }
    let account = account(db, template.account).await?;
    let reply = match call(carrier, whatsapp::hand_in(&account, &template)).await {
        Ok(reply) => reply,
        Err(refused) => return Ok(Err(refused)),
    };
    let taken = match whatsapp::handed_in(&template, &reply) {
        Ok(taken) => taken,
        Err(refused) => return Ok(Err(words(refused))),
    };
    let actor = actor.clone();
    db.write("conversations.record_template", move |tx| conversations::record_template(tx, &actor, id, &taken)).await?;
    Ok(Ok(()))
}

/// Fetch the templates that an account has at its provider, and keep them; a refusal is the provider's own words.
pub async fn fetch_templates(
    db: &Db,
    carrier: &Carrier,
    actor: &Actor,
    id: AccountId,
) -> Result<Result<KeptTemplates, String>, TemplateError> {
    actor.require(Permission::WriteTemplates)?;
    let account = account(db, id).await?;
    let (mut there, mut after) = (Fetched::default(), None::<String>);
    for _ in 0..PAGES {
        let reply = match call(carrier, whatsapp::list_request(&account, after.as_deref())).await {
            Ok(reply) => reply,
            Err(refused) => return Ok(Err(refused)),
        };
        let (page, next) = match whatsapp::listed(&reply) {
            Ok(read) => read,
            Err(refused) => return Ok(Err(words(refused))),
        };
        there.templates.extend(page.templates);
        there.unread.extend(page.unread);
        there.has_more |= page.has_more;
        after = next;
        if after.is_none() {
            break;
        }
    }
    there.has_more |= after.is_some();
    let actor = actor.clone();
    let keep = move |tx: &mut kernel::Tx<'_>| conversations::keep_templates(tx, &actor, id, &there);
    Ok(Ok(db.write("conversations.keep_templates", keep).await?))
}

async fn account(db: &Db, id: AccountId) -> Result<crate::ChannelAccount, TemplateError> {
    let found = db.read(move |tx| conversations::account(tx, id)).await?;
    let account = found.filter(|account| account.channel == Channel::Whatsapp).ok_or(TemplateError::NoTemplates)?;
    Ok(super::channel_account(&account)?)
}

async fn call(carrier: &Carrier, request: Result<HttpRequest, CannotSend>) -> Result<WireReply, String> {
    Ok(carrier.call(request.map_err(|missing| missing.to_string())?).await)
}

fn words(refused: SendError) -> String {
    match refused {
        SendError::Retry { text, .. } | SendError::Reauthorise { text } | SendError::Permanent { text, .. } => text,
    }
}
