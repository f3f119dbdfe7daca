//! What each kind of channel asks for, step by step: at most five steps, each a sentence and a few fields.

use kernel::Channel;

/// One field of a step. Its label is the text `field-{name}`, its hint `field-{name}-hint`.
pub(super) struct Field {
    /// Name of the setting, of the secret, or `name` and `address` of the account itself.
    pub name: &'static str,
    /// Stored among the secrets; never shown again.
    pub is_secret: bool,
    /// It may have several lines.
    pub is_long: bool,
    /// Without it the account cannot be switched on.
    pub is_needed: bool,
    /// It begins with one of these; nothing says how.
    pub begins: &'static [&'static str],
}

const fn setting(name: &'static str) -> Field {
    Field { name, is_secret: false, is_long: false, is_needed: true, begins: &[] }
}
const fn optional(name: &'static str) -> Field {
    Field { is_needed: false, ..setting(name) }
}
const fn long(name: &'static str) -> Field {
    Field { is_long: true, ..optional(name) }
}
const fn secret(name: &'static str) -> Field {
    Field { is_secret: true, ..setting(name) }
}
const fn optional_secret(name: &'static str) -> Field {
    Field { is_secret: true, ..optional(name) }
}
const fn beginning(field: Field, begins: &'static [&'static str]) -> Field {
    Field { begins, ..field }
}

/// One step. Its heading is the text `step-{kind}-{name}`, its sentence `step-{kind}-{name}-says`.
pub(super) struct Step {
    /// Its name.
    pub name: &'static str,
    /// What is asked.
    pub fields: &'static [Field],
}

const fn step(name: &'static str, fields: &'static [Field]) -> Step {
    Step { name, fields }
}

/// A kind of channel that can be set up here.
pub(super) struct Kind {
    /// Which.
    pub channel: Channel,
    /// The steps that have fields; what follows them (copy, try) is on the page.
    pub steps: &'static [Step],
}

const EMAIL: &[Step] = &[
    step("who", &[setting("name"), setting("address"), optional("aliases"), long("signature_es"), long("signature_en")]),
    step("out", &[beginning(setting("smtp_url"), &["smtp://", "smtps://"]), optional("smtp_user"), optional_secret("smtp_password")]),
    step(
        "in",
        &[
            beginning(setting("imap_url"), &["imap://", "imaps://"]),
            optional("imap_user"),
            optional_secret("imap_password"),
            optional("imap_folder"),
            optional("authserv_id"),
        ],
    ),
];
const WHATSAPP: &[Step] = &[
    step("who", &[setting("name"), setting("address")]),
    step("number", &[setting("phone_number_id"), secret("access_token"), optional("business_account_id")]),
    step("sign", &[secret("app_secret"), secret("verify_token")]),
];
const TELEGRAM: &[Step] = &[step("who", &[setting("name"), setting("address")]), step("token", &[secret("bot_token")])];
const SOCIAL: &[Step] = &[
    step("who", &[setting("name"), setting("address")]),
    step("number", &[secret("access_token")]),
    step("sign", &[secret("app_secret"), secret("verify_token")]),
];
const X: &[Step] = &[
    step("who", &[setting("name"), setting("address")]),
    step("app", &[secret("consumer_key"), secret("consumer_secret")]),
    step("account", &[secret("access_token"), secret("access_token_secret")]),
];
const SMS: &[Step] = &[
    step("who", &[setting("name"), setting("address")]),
    step("key", &[secret("account_sid"), secret("auth_token"), optional("messaging_service_sid")]),
];
const PHONE: &[Step] = &[
    step("who", &[setting("name"), setting("address")]),
    step("key", &[secret("account_sid"), secret("auth_token")]),
    step("softphone", &[beginning(optional("softphone_url"), &["wss://", "ws://"])]),
];
const PUSH: &[Step] = &[step("who", &[setting("name"), setting("address")])];
const WEBCHAT: &[Step] = &[step("who", &[setting("name"), setting("address")])];

/// Every kind, in the order of the page.
pub(super) const KINDS: &[Kind] = &[
    Kind { channel: Channel::Webchat, steps: WEBCHAT },
    Kind { channel: Channel::Email, steps: EMAIL },
    Kind { channel: Channel::Whatsapp, steps: WHATSAPP },
    Kind { channel: Channel::Messenger, steps: SOCIAL },
    Kind { channel: Channel::Instagram, steps: SOCIAL },
    Kind { channel: Channel::Telegram, steps: TELEGRAM },
    Kind { channel: Channel::X, steps: X },
    Kind { channel: Channel::Sms, steps: SMS },
    Kind { channel: Channel::Phone, steps: PHONE },
    Kind { channel: Channel::Push, steps: PUSH },
];

/// The kind of a channel.
pub(super) fn kind(channel: Channel) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.channel == channel)
}

impl Kind {
    /// Every field of every step.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.steps.iter().flat_map(|step| step.fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_has_to_take_more_than_five_steps_and_every_word_is_there() {
        for kind in KINDS {
            // Fields, then copying what the other side needs, then a try.
            assert!(kind.steps.len() + 2 <= 5, "{}", kind.channel);
            let keys = kind.steps.iter().flat_map(|step| ["", "-says"].map(|end| format!("step-{}-{}{end}", kind.channel, step.name)));
            let fields = kind.fields().filter(|field| !matches!(field.name, "name" | "address"));
            let labels = fields.flat_map(|field| ["", "-hint"].map(|end| format!("field-{}{end}", field.name.replace('_', "-"))));
            for key in keys.chain(labels) {
                assert!(crate::has_text(&key), "{key}");
            }
        }
    }
}
