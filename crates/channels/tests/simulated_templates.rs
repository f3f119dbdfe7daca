//! Templates at the simulated provider, by its published contract: handed in, fetched by pages, judged, sent only when approved.

mod common;

use axum::{Router, body::Bytes, extract::State, routing::post};
use channels::simulators::WhatsappSimulator;
use channels::{
    Carrier, Channel, ChannelAccount, RawWebhook, SendError, WireReply, WireRequest, http_client, whatsapp, whatsapp::Whatsapp,
};
use common::serve;
use conversations::*;
use kernel::{Clock, Timestamp, VirtualClock};
use std::sync::{Arc, Mutex};

struct World {
    account: ChannelAccount,
    simulator: WhatsappSimulator,
    carrier: Carrier,
    clock: VirtualClock,
    taken: Arc<Mutex<Vec<Bytes>>>,
}

async fn world() -> World {
    let account = ChannelAccount::new("wa", kernel::Channel::Whatsapp, "+34911222333")
        .with("phone_number_id", "2001")
        .with("business_account_id", "3001")
        .with_secret("access_token", "token")
        .with_secret("app_secret", "secret");
    let taken = Arc::<Mutex<Vec<Bytes>>>::default();
    let keep = |State(taken): State<Arc<Mutex<Vec<Bytes>>>>, body: Bytes| async move { taken.lock().expect("not poisoned").push(body) };
    let ours = serve(Router::new().route("/wa", post(keep)).with_state(taken.clone())).await;
    let clock = VirtualClock::starting(Timestamp::from_seconds(1_762_160_400));
    let simulator = WhatsappSimulator::new(&account, format!("{ours}/wa"), Arc::new(clock.clone())).expect("a whole account");
    let graph = serve(simulator.router()).await;
    World { account: account.with("graph_base", graph), simulator, carrier: Carrier::new(http_client()), clock, taken }
}

impl World {
    async fn call(&self, request: channels::HttpRequest) -> WireReply {
        self.carrier.carry("wa", WireRequest::Http(request)).await
    }
    async fn hand_in(&self, template: &MessageTemplate) -> Result<HandedIn, SendError> {
        whatsapp::handed_in(template, &self.call(whatsapp::hand_in(&self.account, template).expect("a request")).await)
    }
    async fn list(&self, after: Option<&str>) -> (Vec<AtProvider>, Option<String>) {
        let reply = self.call(whatsapp::list_request(&self.account, after).expect("a request")).await;
        let (page, next) = whatsapp::listed(&reply).expect("a list");
        assert!(page.unread.is_empty() && !page.has_more);
        (page.templates, next)
    }
    async fn send(&self, params: &[&str]) -> Result<(), SendError> {
        let (name, language) = ("pedido_listo".into(), "es".into());
        let template = Template { name, language, params: params.iter().map(|p| (*p).to_owned()).collect() };
        let now = self.clock.now();
        let message = Outbound { template: Some(template), text: None, ..Outbound::text("01KEY", Address::phone("+34600111222"), now, "") };
        let WireRequest::Http(request) = Whatsapp.render(&self.account, &message).expect("a request") else { panic!("no call") };
        Whatsapp.accepted(&self.call(request).await).map(drop)
    }
    async fn news(&self) -> Vec<InboundEvent> {
        self.simulator.deliver().await;
        let bodies = std::mem::take(&mut *self.taken.lock().expect("not poisoned"));
        bodies.into_iter().flat_map(|body| Whatsapp.parse(&RawWebhook::of(body, self.clock.now()))).collect()
    }
}

fn template() -> MessageTemplate {
    MessageTemplate {
        id: TemplateId::nil(),
        account: AccountId::nil(),
        name: "pedido_listo".into(),
        language: "es".into(),
        category: TemplateCategory::Utility,
        content: TemplateContent {
            header: "Tu pedido".into(),
            body: "Hola {{1}}, tu pedido {{2}} está listo.".into(),
            examples: vec!["Ana".into(), "1001".into()],
            footer: "Almadeja".into(),
            buttons: vec![
                TemplateButton::QuickReply { text: "Voy hoy".into() },
                TemplateButton::Url { text: "Ver tiendas".into(), url: "https://almadeja.test/tiendas".into() },
            ],
            has_more: false,
        },
        fills: vec![None, None],
        state: TemplateState::Draft,
        reason: String::new(),
        quality: String::new(),
        provider_id: None,
        changed_at: Timestamp::from_seconds(0),
    }
}

fn refused(code: &str, text: &str) -> SendError {
    SendError::Permanent { code: code.into(), text: text.into() }
}

#[tokio::test]
async fn a_template_is_handed_in_judged_and_sent_only_while_it_is_approved() {
    let world = world().await;
    let mut ours = template();
    let taken = world.hand_in(&ours).await.expect("taken");
    assert_eq!((taken.state, taken.category), (TemplateState::Pending, Some(TemplateCategory::Utility)));
    let again = world.hand_in(&ours).await.expect_err("there already");
    assert_eq!(again, refused("invalid_request", "There is already content in this language for this template"));
    let (there, next) = world.list(None).await;
    assert_eq!(next, None);
    assert_eq!((&there[0].content, there[0].state, &there[0].provider_id), (&ours.content, TemplateState::Pending, &taken.provider_id));

    assert_eq!(world.send(&["Ana", "1001"]).await, Err(refused("template_missing", "Template is not approved")));
    assert!(world.simulator.judges(&taken.provider_id, "REJECTED", "INVALID_FORMAT"));
    ours.provider_id = Some(taken.provider_id.clone());
    ours.content.body = "Hola {{1}}, el pedido {{2}} te espera.".into();
    assert_eq!(world.hand_in(&ours).await.map(|taken| taken.state), Ok(TemplateState::Pending), "with other words it is looked at anew");
    assert!(world.simulator.judges(&taken.provider_id, "APPROVED", "NONE"));
    world.simulator.rates_template(&taken.provider_id, "GREEN");
    let says: Vec<_> = world
        .news()
        .await
        .into_iter()
        .map(|event| match event {
            InboundEvent::Template(news) => (news.provider_id, news.says),
            other => panic!("{other:?}"),
        })
        .collect();
    let stands = |state, reason: &str| TemplateSays::Stands { state, reason: reason.into() };
    let number = Some(taken.provider_id.clone());
    let told =
        [stands(TemplateState::Rejected, "INVALID_FORMAT"), stands(TemplateState::Approved, ""), TemplateSays::Quality("GREEN".into())];
    assert_eq!(says, told.map(|told| (number.clone(), told)));

    assert_eq!(world.send(&["Ana", "1001"]).await, Ok(()));
    assert_eq!(world.simulator.sent_to("+34600111222")[0].words(), "Hola Ana, el pedido 1001 te espera.");
    let short = "Number of parameters does not match the expected number of params";
    assert_eq!(world.send(&["Ana"]).await, Err(refused("template_parameters", short)));
    assert!(world.simulator.judges(&taken.provider_id, "PAUSED", "NONE"));
    assert_eq!(world.send(&["Ana", "1001"]).await, Err(refused("template_blocked", "Template is paused")));
}

#[tokio::test]
async fn what_is_at_the_provider_comes_by_pages() {
    let world = world().await;
    for number in 0..101 {
        world.simulator.has_template(&format!("aviso_{number}"), "es", "Hola");
    }
    let (first, next) = world.list(None).await;
    assert_eq!((first.len(), next.as_deref()), (100, Some("100")));
    let (rest, end) = world.list(next.as_deref()).await;
    assert_eq!((rest.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), end), (vec!["aviso_100"], None));
}

#[test]
fn what_cannot_be_read_is_named_all_the_same() {
    let whole = serde_json::json!({ "id": "1", "name": "uno", "language": "es", "category": "UTILITY", "status": "APPROVED", "components": [{ "type": "BODY", "text": "Hola" }] });
    let mut other = whole.clone();
    (other["name"], other["status"]) = ("dos".into(), "FLAGGED_FOR_SOMETHING_NEW".into());
    let page = |entries: &[&serde_json::Value]| {
        let body = serde_json::json!({ "data": entries }).to_string().into();
        whatsapp::listed(&WireReply::Http { status: 200, retry_after: None, body }).expect("a list").0
    };
    let read = page(&[&whole, &other]);
    let names: Vec<_> = read.templates.iter().map(|template| template.name.as_str()).collect();
    assert_eq!((names, read.unread, read.has_more), (vec!["uno"], [("dos".to_owned(), "es".to_owned())].into(), false));
    other["name"] = serde_json::Value::Null;
    assert!(page(&[&whole, &other]).has_more, "nobody can tell which it is");
}
