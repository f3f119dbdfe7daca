//! An account's settings as stored, changed by a form without ever being shown whole.

use super::kinds::{Field, Kind};
use crate::studio::intent;
use crate::{Form, Trouble};
use channels::runtime::StoredSettings;
use conversations::{Account, SaveAccount, Settings};
use kernel::{Channel, Fault};

/// What is stored; nothing for a new account.
pub(super) fn stored(account: Option<&Account>) -> Result<StoredSettings, Trouble> {
    let text = account.map_or("", |account| account.settings.0.as_str());
    if text.is_empty() {
        return Ok(StoredSettings::default());
    }
    // The text of such an error could repeat a secret, so it is not passed on.
    serde_json::from_str(text).map_err(|_| Fault::data("the settings of a channel account cannot be read").into())
}

/// The form of what is stored, without secrets.
pub(super) fn form_of(kind: &Kind, account: Option<&Account>, stored: &StoredSettings) -> Form {
    let start = match account {
        Some(account) => Form::of([("name", account.name.as_str()), ("address", &account.address)]),
        None => Form::new(),
    };
    let settings = kind.fields().filter(|field| !field.is_secret && !is_own(field));
    settings.fold(start, |form, field| form.fill(field.name, stored.settings.get(field.name).cloned().unwrap_or_default()))
}

/// A fact of the account itself, not of its settings.
pub(super) fn is_own(field: &Field) -> bool {
    matches!(field.name, "name" | "address")
}

/// Put the form's values over what is stored. A secret that was left empty stays; settings that no form shows stay too.
pub(super) fn merge(kind: &Kind, form: &Form, mut stored: StoredSettings) -> StoredSettings {
    for field in kind.fields().filter(|field| !is_own(field)) {
        let value = form.value(field.name).to_owned();
        if field.is_secret {
            if !value.is_empty() {
                stored.secrets.insert(field.name.to_owned(), value);
            }
        } else if value.is_empty() {
            stored.settings.remove(field.name);
        } else {
            stored.settings.insert(field.name.to_owned(), value);
        }
    }
    // Nobody has to know these: they sign the names of visitors, prove that a call is Telegram's, and that a notice is ours.
    let word = || format!("{}{}", intent(), intent());
    let made = match kind.channel {
        Channel::Webchat => Some(("visitor_key", word())),
        Channel::Telegram => Some(("secret_token", word())),
        Channel::Push => channels::push::new_key(&rand::random()).map(|key| ("vapid_private_key", key)),
        _ => None,
    };
    if let Some((name, secret)) = made {
        stored.secrets.entry(name.to_owned()).or_insert(secret);
    }
    stored
}

/// The fields that are still missing before the account can be switched on.
pub(super) fn missing(kind: &Kind, form: &Form, stored: &StoredSettings) -> Vec<&'static str> {
    let has = |field: &Field| match (is_own(field), field.is_secret) {
        (true, _) => !form.value(field.name).is_empty(),
        (false, true) => stored.secrets.get(field.name).is_some_and(|secret| !secret.is_empty()),
        (false, false) => stored.settings.contains_key(field.name),
    };
    kind.fields().filter(|field| field.is_needed && !has(field)).map(|field| field.name).collect()
}

/// The command that saves it. The reply window is the adapter's.
pub(super) fn command(channel: Channel, form: &Form, stored: &StoredSettings, active: bool) -> Result<SaveAccount, Trouble> {
    Ok(SaveAccount {
        channel,
        name: form.value("name").to_owned(),
        address: form.value("address").to_owned(),
        window_hours: channels::adapter(channel).and_then(|adapter| adapter.capabilities().reply_window_hours),
        settings: Settings(serde_json::to_string(stored).map_err(Trouble::broken)?),
        active,
    })
}

#[cfg(test)]
mod tests {
    use super::super::kinds::kind;
    use super::*;

    #[test]
    fn an_empty_secret_stays_and_what_no_form_shows_is_kept() {
        let whatsapp = kind(Channel::Whatsapp).expect("a kind");
        let mut before = StoredSettings::default();
        before.secrets.insert("app_secret".into(), "s3cret".into());
        before.settings.insert("graph_base".into(), "http://127.0.0.1:1".into());
        let form = Form::of([("name", "WhatsApp"), ("address", "+34600"), ("phone_number_id", "1"), ("app_secret", "")]);
        let after = merge(whatsapp, &form, before);
        assert_eq!(after.secrets["app_secret"], "s3cret");
        assert_eq!((after.settings["graph_base"].as_str(), after.settings["phone_number_id"].as_str()), ("http://127.0.0.1:1", "1"));
        assert_eq!(missing(whatsapp, &form, &after), ["access_token", "verify_token"]);
        assert_eq!(form_of(whatsapp, None, &after).value("app_secret"), "");
    }
}
