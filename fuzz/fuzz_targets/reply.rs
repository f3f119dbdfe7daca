//! What providers answer to what we asked them: a message, a file, a template, a place to call us at.
#![no_main]

use channels::{SendError, WireReply, whatsapp};
use conversations::{AccountId, MessageTemplate, TemplateCategory, TemplateContent, TemplateId, TemplateState};
use hilo_fuzz::{NOW, pick};
use libfuzzer_sys::fuzz_target;
use std::time::Duration;

/// The answers that mean different things.
const STATUS: [u16; 12] = [200, 201, 250, 400, 401, 403, 404, 410, 429, 451, 500, 550];

/// Longest wait that anybody may ask for.
const DAY: Duration = Duration::from_secs(24 * 3600);

fuzz_target!(|input: &[u8]| {
    let Some((channel, account, [status, body @ ..])) = pick(input) else { return };
    let status = STATUS[usize::from(*status) % STATUS.len()];
    let text = String::from_utf8_lossy(body).into_owned();
    let message_id = "01K9ZZZZZZZZZZZZZZZZZZZZZZ@tienda.test".to_owned();
    let answers = [
        WireReply::Http { status, retry_after: None, body: body.to_vec().into() },
        WireReply::Http { status, retry_after: Some(DAY), body: body.to_vec().into() },
        WireReply::Mail { code: status, text, message_id },
    ];
    for answer in &answers {
        match channel.accepted(answer) {
            Ok(name) => assert!(!name.0.is_empty() && !name.0.contains('\0'), "what was taken has a name"),
            Err(SendError::Retry { after, .. }) => assert!(after <= DAY, "nobody makes us wait for ever"),
            Err(SendError::Permanent { code, .. }) => assert!(!code.is_empty()),
            Err(SendError::Reauthorise { .. }) => {}
        }
        if let Ok(number) = channel.uploaded(answer) {
            assert!(!number.is_empty(), "what was uploaded has a number");
        }
        channel.connect_next(account, answer, NOW);
        if let Ok((page, _)) = whatsapp::listed(answer) {
            for template in &page.templates {
                assert!(!template.name.is_empty() && !template.provider_id.is_empty());
                assert!(template.content.has_more || template.content.gaps().is_ok());
            }
        }
        if let Ok(taken) = whatsapp::handed_in(&handed_in(), answer) {
            assert!(!taken.provider_id.is_empty());
        }
    }
    let _ = channel.found(account, body);
});

/// A template that has no number yet.
fn handed_in() -> MessageTemplate {
    MessageTemplate {
        id: TemplateId::nil(),
        account: AccountId::nil(),
        name: "aviso".into(),
        language: "es".into(),
        category: TemplateCategory::Utility,
        content: TemplateContent::default(),
        fills: Vec::new(),
        state: TemplateState::Draft,
        reason: String::new(),
        quality: String::new(),
        provider_id: None,
        changed_at: NOW,
    }
}
