//! Where a channel's window is closed, an approved template may still be sent: which suit this customer, what fills their gaps, and sending one.

use crate::reply::reply;
use crate::saved_words;
use conversations::{AccountId, ConversationError, MessageId, MessageTemplate, OutboundExtras, Reply, Template, TemplateId, fill_numbers};
use customers::Person;
use kernel::{Actor, Fault, Locale, ReadTx, Tx};
use std::collections::{BTreeSet, HashMap};

/// A template that may be sent to somebody, and what is known for its gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FittingTemplate {
    /// The template.
    pub template: MessageTemplate,
    /// A value for each gap; empty where nothing is known.
    pub values: Vec<String>,
}

/// The approved templates of each account in the customer's language, their gaps filled as far as is known, written by `agent` for `brand`.
pub fn templates_for(
    tx: &ReadTx<'_>,
    actor: &Actor,
    accounts: &BTreeSet<AccountId>,
    (person, locale): (&Person, Locale),
    signed: (&str, &str),
) -> Result<HashMap<AccountId, Vec<FittingTemplate>>, Fault> {
    let mut approved = HashMap::new();
    for account in accounts {
        let mut templates = conversations::approved_templates(tx, *account)?;
        templates.retain(|template| template.speaks(locale));
        if !templates.is_empty() {
            approved.insert(*account, templates);
        }
    }
    if approved.is_empty() {
        return Ok(HashMap::new());
    }
    let known = saved_words(tx, actor, person, signed)?;
    let fit = |template: MessageTemplate| {
        let fill =
            |index| template.fills.get(index).copied().flatten().and_then(|variable| known.get(&variable)).cloned().unwrap_or_default();
        FittingTemplate { values: (0..template.gaps()).map(fill).collect(), template }
    };
    Ok(approved.into_iter().map(|(account, templates)| (account, templates.into_iter().map(fit).collect())).collect())
}

/// As [`conversations::reply`], with a template and the values of its gaps for words: it is refused unless the template is approved now, is
/// of the account, and has each gap filled. No value carries a whole card number, neither to the customer nor into the thread.
pub fn reply_with_template(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cmd: &Reply,
    (id, values): (TemplateId, &[String]),
) -> Result<MessageId, ConversationError> {
    let template = conversations::message_template(tx, id)?.filter(|template| template.account == cmd.account);
    let template = template.ok_or(ConversationError::UnknownTemplate)?;
    let values: Vec<String> = values.iter().map(|value| payments::mask_card_numbers(value).into_owned()).collect();
    let text = fill_numbers(&template.content.body, &values);
    let wanted = Template { name: template.name, language: template.language, params: values };
    let extras = OutboundExtras { template: Some(wanted), ..OutboundExtras::default() };
    reply(tx, actor, &Reply { text, extras: Some(extras), files: Vec::new(), ..cmd.clone() })
}
