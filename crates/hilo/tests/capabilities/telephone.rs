//! By telephone: known before the first word, and no question twice.

mod self_service;

use crate::support::{AGENT_PHONES, ANA, Brand, Browser, Seen};
use channels::simulators::{Line, LineStands};
use std::time::Duration;

const PHONE: &str = "+34612345678";
const LUCIA: &str = AGENT_PHONES[1];

impl Brand {
    /// The latest call.
    async fn call_id(&self) -> String {
        self.db.read(|tx| conversations::latest_calls(tx, None, 1)).await.expect("read")[0].id.to_string()
    }

    /// Press a button of the call bar, as somebody without scripts finds it.
    async fn presses(&self, desk: &mut Browser, verb: &str, fields: &[(&str, &str)]) -> Seen {
        let (page, id) = (desk.open("/desk/calls").await, self.call_id().await);
        desk.send(&page, &format!("/desk/calls/{id}/{verb}"), fields).await
    }

    /// Wait until a customer's line stands so.
    async fn line(&self, customer: &str, stands: LineStands) -> Line {
        let look = async || self.telephone.line_of(customer).filter(|line| line.stands == stands);
        self.until(&format!("{stands:?}"), look).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_002_a_signed_in_visitor_taps_call_me_and_the_agents_screen_opens_on_her_record_first() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let product = web.open("/products/camisa-lino").await;
    product.must_say("/call-me?about=Camisa%20de%20lino");
    let ask = web.open("/call-me?about=Camisa%20de%20lino&back=/products/camisa-lino").await;
    ask.must_say("Ahora mismo te llamaríamos en 1 minuto");
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let mut bar = desk.follow("/desk/calls/live").await;

    let waiting = web.send(&ask, "/call-me", &[("phone", "612 345 678")]).await;
    waiting.must_say("Eres la siguiente llamada").must_say(PHONE);
    bar.hears("Quiere que le llamemos", Duration::from_secs(2)).await;
    bar.hears("Camisa de lino", Duration::from_secs(1)).await;

    let record = brand.presses(&mut desk, "answer", &[]).await;
    assert!(record.path.starts_with("/desk/matters/"), "{}", record.path);
    record.must_say(ANA.email).must_say("Gorra de pana").must_say("Camisa de lino");
    let line = brand.line(PHONE, LineStands::CustomerRings).await;
    assert_eq!(line.heard, [""; 0], "nobody has said a word yet");

    let sid = brand.telephone.picks_up(PHONE).await.expect("her telephone rings");
    let line = brand.line(PHONE, LineStands::AgentRings).await;
    assert_eq!(
        (line.agent.as_str(), line.heard.as_slice()),
        (LUCIA, &["Hola. Te llamamos de Almadeja. Te pongo con Lucía.".to_owned()][..])
    );
    assert!(brand.telephone.agent_picks_up(LUCIA));
    bar.hears("Hablando", Duration::from_secs(2)).await;
    web.open("/call-me").await.must_say("Estás hablando con nosotros");
    brand.telephone.hangs_up(&sid).await;
    let thread = brand.timeline(&brand.person(ANA.email).await).await;
    let kinds: Vec<_> = thread.iter().filter_map(|entry| entry["kind"].as_str()).filter(|kind| kind.starts_with("call")).collect();
    assert_eq!(kinds, ["call.requested", "call.dialling", "call.answered", "call.ended"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_comes_in_is_held_and_handed_on_by_the_bar() {
    let brand = Brand::open().await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Os llamo ahora").await;
    let matter = brand.matter().await;
    let (mut lucia, mut iker) = (brand.browser(), brand.browser());
    lucia.sign_in("lucia@marca.test", "/desk").await;
    iker.sign_in("iker@marca.test", "/desk").await;
    let mut bar = lucia.follow("/desk/calls/live").await;
    let sid = brand.telephone.rings(PHONE).await;
    bar.hears("Espera al teléfono", Duration::from_secs(2)).await;
    bar.hears("Ana Ruiz", Duration::from_secs(1)).await;
    let record = brand.presses(&mut lucia, "answer", &[]).await;
    assert!(record.path.ends_with(&matter), "the same concern: {}", record.path);
    brand.line(PHONE, LineStands::AgentRings).await;
    brand.telephone.agent_picks_up(LUCIA);

    let late = iker.open("/desk/calls").await;
    assert!(!late.says("/answer"), "nobody else is offered it");
    brand.presses(&mut lucia, "hold", &[]).await;
    brand.line(PHONE, LineStands::Silent).await;
    brand.presses(&mut lucia, "return", &[]).await;
    brand.line(PHONE, LineStands::AgentRings).await;
    let billing = brand.get("/v1/teams").await["items"]
        .as_array()
        .expect("teams")
        .iter()
        .find(|team| team["name"] == "Facturación")
        .expect("one")
        .clone();
    let handed = brand.presses(&mut lucia, "transfer", &[("team", billing["id"].as_str().expect("an id"))]).await;
    handed.must_say("Llamada pasada a Facturación");
    brand.line(PHONE, LineStands::Listens).await;
    brand.presses(&mut iker, "answer", &[]).await.must_say("Os llamo ahora");
    assert_eq!(brand.line(PHONE, LineStands::AgentRings).await.agent, AGENT_PHONES[0]);
    brand.presses(&mut iker, "end", &[]).await;
    assert_eq!(brand.line(PHONE, LineStands::Over).await.sid, sid);
}
