//! What providers bring: a body, a query and a signature, read by the adapter that the first byte names.
#![no_main]

use channels::{Channel, ChannelAccount, RawWebhook, divide, meta, telegram, twilio, webchat, x};
use conversations::{Address, InboundEvent, InboundMessage, Outbound, Part};
use hilo_fuzz::{END, NOW, holds_nul, pick, texts};
use libfuzzer_sys::fuzz_target;

/// Where a provider says who it is.
const SIGNED: [&str; 5] =
    [meta::SIGNATURE_HEADER, telegram::TOKEN_HEADER, twilio::SIGNATURE_HEADER, webchat::TOKEN_HEADER, x::SIGNATURE_HEADER];

fuzz_target!(|input: &[u8]| {
    let Some((channel, account, told)) = pick(input) else { return };
    if account.kind == kernel::Channel::Email {
        return; // Mail is a target of its own.
    }
    let body = told.split(|byte| *byte == END).next().unwrap_or_default();
    let [_, query, signature] = texts(told);
    let raw = RawWebhook::of(body.to_vec(), NOW).called_at(&format!("https://tienda.test/webhooks/1?{query}"));
    let raw = SIGNED.iter().fold(raw, |raw, header| raw.with_header(header, signature.as_str()));

    assert!(channel.verify(account, &raw).is_err(), "nobody can guess our secrets");
    channel.handshake(account, &raw);
    channel.acknowledge(account, &raw);
    assert!(!channel.delivery_key(&raw).is_empty());
    twilio::line_event(&raw);

    let mut events = channel.parse(&raw);
    assert!(!events.is_empty(), "what cannot be read is told as unknown");
    assert!(events.len() <= 1 + body.len() / 2, "{} events of {} bytes", events.len(), body.len());
    channel.settle(account, &mut events);
    let kept = serde_json::to_value(&events).expect("events can be kept");
    assert!(!holds_nul(&kept));
    let size = kept.to_string().len();
    assert!(size < 100 * body.len() + 10_000, "{} bytes grew to {size}", body.len());
    for event in &events {
        assert!(event.dedupe_key().is_none_or(|key| !key.is_empty()));
        if let InboundEvent::Message(message) = event {
            answer(channel, account, message);
        }
    }
});

/// Whatever somebody is called and whatever they sent: they are answered, or told that they cannot be.
fn answer(channel: &dyn Channel, account: &ChannelAccount, message: &InboundMessage) {
    for part in &message.parts {
        if let Part::Media(media) = part {
            let _ = channel.fetch(account, &media.source, NOW);
        }
    }
    let to: Address = message.from.reply_to.clone().unwrap_or_else(|| message.from.address.clone());
    let answer = Outbound {
        last_inbound_at: Some(NOW),
        reply_to: Some(message.provider_message_id.clone()),
        from: Some(message.to.value.clone()),
        ..Outbound::text("01K9ZZZZZZZZZZZZZZZZZZZZZZ", to, NOW, "¿Qué talla?")
    };
    for piece in divide(&answer, &channel.capabilities()) {
        let _ = channel.render(account, &piece);
    }
}
