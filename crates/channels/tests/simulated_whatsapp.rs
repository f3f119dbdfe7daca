//! The adapter and the simulated provider, talking over HTTP on this machine.

mod common;

use common::serve;

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use channels::simulators::{Delivered, Faults, WhatsappSimulator};
use channels::{Carrier, Channel, ChannelAccount, ProviderMessageId, RawWebhook, SendError, WireReply, http_client, whatsapp::Whatsapp};
use conversations::{Address, Choice, Choices, InboundEvent, Outbound, Part, ReceiptState, Template};
use kernel::{Clock, Timestamp, VirtualClock};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ANA: &str = "+34600111222";

/// What our side's webhook has taken.
type Taken = Arc<Mutex<Vec<RawWebhook>>>;

struct World {
    account: ChannelAccount,
    simulator: WhatsappSimulator,
    carrier: Carrier,
    clock: VirtualClock,
    taken: Taken,
}

async fn receive(State((account, taken)): State<(ChannelAccount, Taken)>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = headers.get("X-Hub-Signature-256").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let raw = RawWebhook::of(body, Timestamp::from_seconds(0)).with_header("X-Hub-Signature-256", header);
    if Whatsapp.verify(&account, &raw).is_err() {
        return StatusCode::FORBIDDEN;
    }
    taken.lock().expect("not poisoned").push(raw);
    StatusCode::OK
}

async fn world() -> World {
    let account = ChannelAccount::new("wa", kernel::Channel::Whatsapp, "+34911222333")
        .with("phone_number_id", "2001")
        .with_secret("access_token", "token")
        .with_secret("app_secret", "secret");
    let taken = Taken::default();
    let ours = serve(Router::new().route("/hooks/wa", post(receive)).with_state((account.clone(), taken.clone()))).await;
    let clock = VirtualClock::starting(Timestamp::from_seconds(1_762_160_400));
    let simulator = WhatsappSimulator::new(&account, format!("{ours}/hooks/wa"), Arc::new(clock.clone())).expect("a whole account");
    let graph = serve(simulator.router()).await;
    World { account: account.with("graph_base", graph), simulator, carrier: Carrier::new(http_client()), clock, taken }
}

impl World {
    fn message(&self, text: &str) -> Outbound {
        let now = self.clock.now();
        Outbound { last_inbound_at: Some(now), ..Outbound::text("01KEY", Address::phone(ANA), now, text) }
    }

    async fn reply(&self, message: &Outbound) -> WireReply {
        let request = Whatsapp.render(&self.account, message).expect("a request");
        self.carrier.carry("wa", request).await
    }

    async fn send(&self, message: &Outbound) -> Result<ProviderMessageId, SendError> {
        Whatsapp.accepted(&self.reply(message).await)
    }

    /// Let the provider call us, and read what it said.
    async fn events(&self) -> Vec<InboundEvent> {
        self.simulator.deliver().await;
        std::mem::take(&mut *self.taken.lock().expect("not poisoned")).iter().flat_map(|raw| Whatsapp.parse(raw)).collect()
    }
}

fn states(events: &[InboundEvent]) -> Vec<(&str, &ReceiptState)> {
    let receipts = events.iter().filter_map(|event| if let InboundEvent::Receipt(receipt) = event { Some(receipt) } else { None });
    receipts.map(|receipt| (receipt.provider_message_id.as_str(), &receipt.state)).collect()
}

#[tokio::test]
async fn a_conversation_goes_there_and_back() {
    let world = world().await;
    let asked = world.simulator.writes(ANA, "Ana", "¿Tenéis la M?");
    let events = world.events().await;
    let [InboundEvent::Message(question)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(
        (&question.provider_message_id, question.summary(), question.from.display_name.as_deref()),
        (&asked, "¿Tenéis la M?", Some("Ana"))
    );
    assert_eq!((&question.from.address, &question.to), (&Address::phone(ANA), &Address::phone("+34911222333")));

    let buttons = ["Madrid", "Sevilla"].map(|shop| Choice { id: shop.to_lowercase(), title: shop.into(), description: None }).to_vec();
    let offer = Outbound { choices: Some(Choices::Buttons { buttons }), reply_to: Some(asked), ..world.message("¿Dónde la recoges?") };
    let ProviderMessageId(id) = world.send(&offer).await.expect("taken");
    assert_eq!(world.simulator.sent_to(ANA).iter().map(|sent| sent.words()).collect::<Vec<_>>(), ["¿Dónde la recoges?"]);
    assert_eq!(states(&world.events().await), [(id.as_str(), &ReceiptState::Sent), (id.as_str(), &ReceiptState::Delivered)]);

    world.simulator.reads(ANA);
    world.simulator.reads(ANA);
    world.simulator.chooses(ANA, &id, "sevilla", "Sevilla");
    let events = world.events().await;
    let [InboundEvent::Receipt(read), InboundEvent::Message(choice)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((&read.state, read.dedupe_key.as_deref()), (&ReceiptState::Read, Some("01KEY")));
    assert_eq!(
        (choice.in_reply_to.as_deref(), choice.parts.as_slice()),
        (Some(id.as_str()), &[Part::Choice { id: "sevilla".into(), title: "Sevilla".into() }][..])
    );
}

#[tokio::test]
async fn free_text_a_day_later_fails_and_an_approved_text_arrives() {
    let world = world().await;
    world.simulator.writes(ANA, "Ana", "Hola");
    assert_eq!(world.events().await.len(), 1);
    world.clock.advance(Duration::from_secs(24 * 3600));
    // Our own clock is wrong, so that the message leaves us at all.
    let ProviderMessageId(id) = world.send(&world.message("¿Sigues ahí?")).await.expect("taken");
    let late = ReceiptState::Failed {
        code: "window_closed".into(),
        text: "More than 24 hours have passed since the customer last replied".into(),
    };
    assert_eq!(states(&world.events().await), [(id.as_str(), &late)]);
    world.simulator.has_template("pedido_listo", "es", "Hola, {{1}}: tu pedido está listo");
    let template = Template { name: "pedido_listo".into(), language: "es".into(), params: vec!["Ana".into()] };
    let approved = Outbound { template: Some(template), text: None, last_inbound_at: None, ..world.message("") };
    assert!(world.send(&approved).await.is_ok());
    assert_eq!(world.events().await.len(), 2);
    assert_eq!(world.simulator.sent_to(ANA)[1].words(), "Hola, Ana: tu pedido está listo");
}

#[tokio::test]
async fn a_flood_to_one_person_is_slowed_down() {
    let world = world().await;
    world.simulator.writes(ANA, "Ana", "Hola");
    for _ in 0..45 {
        assert!(world.send(&world.message("x")).await.is_ok());
    }
    let slow_down = SendError::Retry {
        after: Duration::from_secs(6),
        text: "Too many messages sent from this number to the same recipient in a short time".into(),
    };
    assert_eq!(world.send(&world.message("x")).await, Err(slow_down.clone()));
    world.clock.advance(Duration::from_secs(6));
    assert!(world.send(&world.message("x")).await.is_ok());
    assert_eq!(world.send(&world.message("x")).await, Err(slow_down));
}

#[tokio::test]
async fn a_wrong_token_asks_for_authorisation_and_a_silent_provider_for_patience() {
    let mut world = world().await;
    world.simulator.writes(ANA, "Ana", "Hola");
    let right = world.account.clone();
    world.account = right.clone().with_secret("access_token", "old");
    assert_eq!(world.send(&world.message("x")).await, Err(SendError::Reauthorise { text: "Invalid OAuth access token".into() }));
    world.account = right.clone();
    world.simulator.set_faults(Faults { refuse_with: Some(130429), ..Faults::default() });
    assert!(matches!(world.send(&world.message("x")).await, Err(SendError::Retry { after, .. }) if after == Duration::from_secs(1)));
    world.account = right.with("graph_base", "http://127.0.0.1:1");
    assert!(matches!(world.reply(&world.message("x")).await, WireReply::Unreachable { .. }));
}

#[tokio::test]
async fn webhooks_come_twice_reordered_late_or_forged_and_are_told_apart() {
    let world = world().await;
    world.simulator.set_faults(Faults { duplicate: true, reorder: true, delay: Duration::from_millis(5), ..Faults::default() });
    world.simulator.writes(ANA, "Ana", "uno");
    world.simulator.writes(ANA, "Ana", "dos");
    let events = world.events().await;
    let words: Vec<_> =
        events.iter().map(|event| if let InboundEvent::Message(message) = event { message.summary() } else { "" }).collect();
    assert_eq!(words, ["dos", "dos", "uno", "uno"]);
    let mut keys: Vec<_> = events.iter().filter_map(InboundEvent::dedupe_key).collect();
    keys.dedup();
    assert_eq!(keys.len(), 2);

    world.simulator.set_faults(Faults { bad_signature: true, ..Faults::default() });
    world.simulator.writes(ANA, "Ana", "tres");
    assert_eq!(world.simulator.deliver().await, Delivered { accepted: 0, refused: 1 });
    assert_eq!(world.taken.lock().expect("not poisoned").len(), 0);
    world.simulator.set_faults(Faults::default());
    assert_eq!(world.simulator.deliver().await, Delivered { accepted: 1, refused: 0 });
    assert_eq!(world.simulator.deliver().await, Delivered::default());
}

#[tokio::test]
async fn a_picture_is_fetched_by_its_number() {
    let world = world().await;
    world.simulator.sends_picture(ANA, "Ana", "image/png", b"PNG!".to_vec(), "Así");
    let events = world.events().await;
    let [InboundEvent::Message(message)] = events.as_slice() else { panic!("{events:?}") };
    let [Part::Media(picture)] = message.parts.as_slice() else { panic!("{:?}", message.parts) };
    let conversations::MediaSource::Provider { id, .. } = &picture.source else { panic!("{picture:?}") };
    let base = world.account.setting("graph_base").expect("set");
    let get = |url: String| http_client().get(url).bearer_auth("token").send();
    let told: serde_json::Value = get(format!("{base}/v23.0/{id}")).await.expect("an answer").json().await.expect("JSON");
    assert_eq!((told["mime_type"].as_str(), told["file_size"].as_str()), (Some("image/png"), Some("4")));
    let file = get(told["url"].as_str().expect("an address").to_owned()).await.expect("an answer").bytes().await.expect("a file");
    assert_eq!(&file[..], b"PNG!");
    assert_eq!(http_client().get(format!("{base}/v23.0/{id}")).send().await.expect("an answer").status(), 401);
}
