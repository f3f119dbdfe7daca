//! WhatsApp templates: written in the studio, judged by the provider, sent from the desk when the window has closed.

use crate::support::{Brand, Browser, items, text};
use serde_json::json;
use std::time::Duration;

const PHONE: &str = "+34612345678";
const WORDS: &str = "Hola {{1}}, tu pedido {{2}} te espera.";

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_written_approved_and_sent_when_the_window_has_closed_and_a_paused_one_stays() {
    let clock = kernel::VirtualClock::starting(kernel::Clock::now(&kernel::SystemClock));
    let brand = Brand::open_by(std::sync::Arc::new(clock.clone())).await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Hola, ¿está mi pedido?").await;
    let matter = brand.matter().await;

    let mut studio = brand.browser();
    studio.sign_in("vera@marca.test", "/studio").await;
    let list = studio.open("/studio/templates").await;
    let form = studio.open(&list.link("/studio/templates/new?account=")).await;
    let typed = [("name", "pedido_listo"), ("language", "es"), ("category", "utility"), ("body", WORDS), ("answer1", "Voy hoy")];
    studio.send(&form, "/studio/templates/new", &typed).await.must_say("Falta el ejemplo del hueco 1");
    let gaps = [("example1", "Ana"), ("fills1", "first_name"), ("example2", "1001"), ("fills2", "")];
    let page = studio.send(&form, "/studio/templates/new", &[typed.as_slice(), &gaps].concat()).await;
    page.must_say("Borrador").must_say("Hola Ana, tu pedido 1001 te espera.");
    let channels = brand.get("/v1/channels").await;
    let number = items(&channels).iter().find(|channel| channel["channel"] == "whatsapp").expect("a number");
    let templates = format!("/v1/channels/{}/templates", text(&number["id"]));
    let known = items(&brand.get(&templates).await)[0].clone();
    let path = format!("/studio/templates/{}", text(&known["id"]));
    studio.send(&page, &format!("{path}/handing-in"), &[]).await.must_say("En revisión");
    assert_eq!(brand.whatsapp.templates()[0].body(), WORDS, "the provider has it");

    // A day and more goes by: nothing is approved yet, and the desk says so.
    clock.advance(Duration::from_secs(25 * 3600));
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    desk.open(&format!("/desk/matters/{matter}")).await.must_say("No hay ninguna plantilla de WhatsApp aprobada en español.");
    let mut studio = brand.browser();
    studio.sign_in("vera@marca.test", "/studio").await;
    let judge = async |studio: &mut Browser, verdict: &str, state: &str| {
        let page = studio.open(&path).await;
        studio.send(&page, "/studio/rehearsal/templates/", &[("verdict", verdict)]).await;
        brand.whatsapp.deliver().await;
        brand.until(state, async || (items(&brand.get(&templates).await)[0]["state"] == state).then_some(())).await;
    };
    judge(&mut studio, "approve", "approved").await;

    let at = format!("/desk/matters/{matter}");
    let page = desk.open(&at).await;
    page.must_say("Enviar una plantilla de WhatsApp");
    assert!(page.html.contains("name=\"v1\" value=\"Ana\""), "her name is known: {}", page.html);
    desk.send(&page, &format!("{at}/template"), &[("v2", " ")]).await.must_say("Rellena cada hueco de la plantilla");
    desk.send(&page, &format!("{at}/template"), &[("v2", "2002")]).await;
    clock.advance(Duration::from_secs(6));
    let shown = async || brand.whatsapp.sent_to(PHONE).iter().map(|sent| sent.words()).next_back();
    assert_eq!(brand.until("the template", shown).await, "Hola Ana, tu pedido 2002 te espera.");

    // Stopped after it was written and before it leaves: it stays, and the thread says why.
    let page = desk.open(&at).await;
    desk.send(&page, &format!("{at}/template"), &[("v2", "3003")]).await;
    judge(&mut studio, "pause", "paused").await;
    clock.advance(Duration::from_secs(6));
    let says = async || desk.open(&at).await.says("WhatsApp dejó de aprobar la plantilla").then_some(());
    brand.until("why it stayed", says).await;
    assert_eq!(brand.whatsapp.sent_to(PHONE).len(), 1);

    let page = desk.open(&at).await;
    let again = desk.send(&page, "/desk/messages/", &[]).await;
    again.must_say("No se ha enviado otra vez. WhatsApp ha pausado esta plantilla; no se ha enviado");

    // A program is refused before anything is queued.
    let body = json!({ "account": number["id"], "address": PHONE, "template": { "template": known["id"], "values": ["Ana", "4004"] } });
    let refused = brand.call("POST", &format!("/v1/matters/{matter}/replies")).json(&body).header("idempotency-key", "t1").refused().await;
    assert_eq!(refused, (409, "conversations.template_not_approved".into()));
    let mut with_words = body.clone();
    with_words["text"] = json!("Hola");
    let refused = brand.call("POST", &format!("/v1/matters/{matter}/replies")).json(&with_words).header("idempotency-key", "t2");
    assert_eq!(refused.refused().await, (422, "conversations.template_alone".into()));
}
