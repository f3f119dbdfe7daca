//! Self-service by one engine: the same words at every door, and a person who begins where it stopped.

use crate::support::{AGENT_PHONES, ANA, Brand, Browser, Seen, text};
use channels::simulators::{Line, LineStands};
use serde_json::json;
use std::time::Duration;

const PHONE: &str = "+34612345678";
const LUCIA: &str = AGENT_PHONES[1];
const ASKED: &str = "¿Dónde está mi pedido?";

impl Brand {
    /// Press a button on the studio's page of the account of this kind.
    async fn sets_channel(&self, kind: &str, button: &str) -> Seen {
        let accounts = self.get("/v1/channels").await;
        let account = crate::support::items(&accounts).iter().find(|account| account["channel"] == kind).expect("connected").clone();
        let mut studio = self.browser();
        studio.sign_in("vera@marca.test", "/studio").await;
        let path = format!("/studio/channels/{}", text(&account["id"]));
        let page = studio.open(&path).await;
        studio.send(&page, &format!("{path}/{button}"), &[]).await
    }

    /// Let the machine answer first there.
    async fn machine_answers_on(&self, kind: &str) {
        self.sets_channel(kind, "self-service").await.must_say("Ahora contesta primero el asistente.");
    }

    /// The line of the last call, once it stands so.
    async fn stands(&self, stands: LineStands) -> Line {
        let look = async || self.telephone.line_of(PHONE).filter(|line| line.stands == stands);
        self.until(&format!("{stands:?}"), look).await
    }

    /// What the machine or a person wrote to an address by e-mail, newest last.
    fn letters(&self) -> Vec<String> {
        self.mail.sent().iter().map(|mail| String::from_utf8_lossy(&mail.raw).into_owned()).collect()
    }
}

/// Ana has bought a cap, and her number is on her profile.
async fn ana_has_an_order(brand: &Brand) -> (Browser, String) {
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    let bought = brand.buys(&mut web, &ANA, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let number = text(&brand.order_on(&bought).await["number"]);
    let profile = brand.profile(ANA.email).await;
    brand.adds_identifier(&profile, "phone", PHONE).await;
    (web, number)
}

async fn asks(web: &mut Browser, words: &str) -> Seen {
    let page = web.open("/help/ask").await;
    web.send(&page, "/help/ask", &[("text", words)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_011_the_same_question_has_the_same_answer_by_telephone_mail_chat_site_and_app() {
    let brand = Brand::open().await;
    let (mut web, number) = ana_has_an_order(&brand).await;
    for kind in ["phone", "email", "webchat", "whatsapp"] {
        brand.machine_answers_on(kind).await;
    }
    let told = format!("Tu pedido {number} se está preparando.");

    asks(&mut web, ASKED).await.must_say(&told).must_say("automático");

    let profile = brand.profile(ANA.email).await;
    let turn = json!({ "device": "app-1", "profile": profile, "text": ASKED, "locale": "es" });
    let answer = brand.post("/v1/self-service/turns", turn).await;
    assert_eq!((&answer["text"], &answer["state"]), (&json!(told), &json!("preparing")));

    let sid = brand.telephone.rings(PHONE).await;
    let line = brand.stands(LineStands::Listens).await;
    assert!(line.heard[0].starts_with("Hola. ¿En qué te ayudo? Dónde está mi pedido, 1."), "{:?}", line.heard);
    brand.telephone.says(&sid, ASKED).await;
    let heard = brand.telephone.line(&sid).expect("a line").heard.last().cloned().expect("an answer");
    let spoken = told.replace(&number, &format!("H {}", number.trim_start_matches(['H', '-', '0'])));
    assert!(heard.starts_with(&spoken), "the same words, as people say a number: {heard}");
    brand.telephone.hangs_up(&sid).await;

    let before = brand.letters().len();
    brand.writes_mail("Ana Ruiz <ana@cliente.test>", "Mi pedido", ASKED);
    let letter = brand.until("the answer by mail", async || brand.letters().get(before).cloned()).await;
    assert!(letter.contains("Auto-Submitted: auto-replied") || letter.to_lowercase().contains("auto-submitted"), "{letter}");
    let matter = brand.matter().await;
    let answers = async || {
        brand.said(&matter).await.into_iter().filter(|(way, ..)| way == "out").map(|(_, by, words)| (by, words)).collect::<Vec<_>>()
    };
    brand.until("it is on her thread", async || (answers().await == [("email".to_owned(), told.clone())]).then_some(())).await;

    let chat = web.open("/chat").await;
    chat.must_say("Primero contesta un asistente automático");
    web.send(&chat, "/chat/messages", &[("text", ASKED)]).await;
    let chatted = async || web.open("/chat").await.says(&told).then_some(());
    brand.until("the answer in the chat", chatted).await;

    brand.writes_whatsapp(PHONE, "Ana Ruiz", ASKED).await;
    let on_phone = async || brand.whatsapp.sent_to(PHONE).iter().map(|sent| sent.words()).find(|words| *words == told);
    brand.until("the answer by WhatsApp", on_phone).await;

    // Everything is on her thread, and says that a machine said it.
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let page = desk.open(&format!("/desk/matters/{matter}")).await;
    page.must_say("· automático").must_say("Autoservicio").must_say(&told);
    let thread = brand.timeline(&brand.person(ANA.email).await).await;
    let by_machine: Vec<_> =
        thread.iter().filter(|entry| entry["kind"] == "self_service.answered").map(|entry| text(&entry["channel"])).collect();
    assert_eq!(by_machine, ["web", "app", "phone"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_030_an_order_is_followed_by_telephone_by_keys_from_any_number() {
    let brand = Brand::open().await;
    let (_, number) = ana_has_an_order(&brand).await;
    brand.machine_answers_on("phone").await;
    let sid = brand.telephone.rings("+34699000111").await;
    let hears = || brand.telephone.line(&sid).expect("a line").heard.last().cloned().unwrap_or_default();
    assert!(hears().ends_with("Una persona, 0. For English, press 9."), "{}", hears());
    brand.telephone.presses(&sid, "1").await;
    assert_eq!(hears(), "¿Qué número tiene tu pedido? Empieza por H.");
    let keys = number.trim_start_matches(['H', '-', '0']).to_owned();
    brand.telephone.presses(&sid, &keys).await;
    assert_eq!(hears(), "Para no contárselo a otra persona: ¿con qué correo o código postal lo hiciste?");
    brand.telephone.presses(&sid, "41010").await;
    assert!(hears().starts_with(&format!("Tu pedido H {keys} se está preparando.")), "{}", hears());
    brand.telephone.hangs_up(&sid).await;
    let counts = brand.get("/v1/matters?limit=10").await;
    let open = crate::support::items(&counts).iter().filter(|matter| matter["state"] != "resolved").count();
    assert_eq!(open, 0, "nobody is left with what the machine has answered: {counts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_010_stuck_in_web_self_service_she_calls_and_the_call_opens_at_the_step_she_left() {
    let brand = Brand::open().await;
    let (mut web, _) = ana_has_an_order(&brand).await;
    brand.machine_answers_on("phone").await;
    // Somebody else's order: the machine wants to know whose it is, and she does not know.
    asks(&mut web, "¿Dónde está el pedido H-000777?").await.must_say("¿con qué correo o código postal lo hiciste?");
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let mut bar = desk.follow("/desk/calls/live").await;

    let sid = brand.telephone.rings(PHONE).await;
    let stands = "dónde está su pedido H-000777 · se le pedía el correo o el código postal";
    let line = brand.stands(LineStands::Listens).await;
    assert!(line.heard[0].starts_with("Hola. Quien te atienda ve dónde te has quedado: no hace falta que lo repitas."), "{:?}", line.heard);
    bar.hears(stands, Duration::from_secs(2)).await;
    let page = desk.open("/desk/calls").await;
    let call = brand.db.read(|tx| conversations::latest_calls(tx, None, 1)).await.expect("read")[0].id;
    let record = desk.send(&page, &format!("/desk/calls/{call}/answer"), &[]).await;
    record.must_say("Viene del autoservicio (Web)").must_say(stands).must_say("¿Dónde está el pedido H-000777?");
    assert_eq!(brand.stands(LineStands::AgentRings).await.agent, LUCIA);
    assert!(
        !brand.telephone.line(&sid).expect("a line").heard.iter().any(|said| said.contains("¿En qué te ayudo?")),
        "no machine asks again"
    );

    // She is helped now: no machine answers her anywhere.
    brand.telephone.agent_picks_up(LUCIA);
    web.open("/help/ask").await.must_say("Ya hay una persona con lo tuyo");
    brand.machine_answers_on("whatsapp").await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", ASKED).await;
    let matter = brand.matter().await;
    brand.until("her message", async || brand.said(&matter).await.iter().find(|(_, by, _)| by == "whatsapp").map(drop)).await;
    assert_eq!(brand.whatsapp.sent_to(PHONE).len(), 0);
    brand.telephone.hangs_up(&sid).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_010_stuck_on_the_page_she_taps_call_me_and_the_wish_carries_the_step() {
    let brand = Brand::open().await;
    let (mut web, _) = ana_has_an_order(&brand).await;
    asks(&mut web, "quiero devolver algo del H-000777").await;
    asks(&mut web, "una persona").await.must_say("Ya tiene lo que me has contado").must_say("/call-me?back=/help/ask");
    let page = web.open("/call-me?back=/help/ask").await;
    web.send(&page, "/call-me", &[("phone", PHONE)]).await.must_say("Eres la siguiente llamada");
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let stands = "devolver el pedido H-000777 · se le pedía el correo o el código postal";
    desk.open("/desk/calls").await.must_say(stands);
    web.open("/help/ask").await.must_say("¿En qué te ayudo?");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_takes_over_in_the_chat_with_what_was_said_and_no_machine_answers_a_machine() {
    let brand = Brand::open().await;
    brand.machine_answers_on("whatsapp").await;
    brand.machine_answers_on("email").await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "hola").await;
    let menu = brand.until("the menu", async || brand.whatsapp.sent_to(PHONE).first().cloned()).await;
    assert_eq!(menu.words(), "Hola, Ana. ¿En qué te ayudo?");
    let matter = brand.matter().await;
    assert_eq!(brand.get(&format!("/v1/matters/{matter}")).await["state"], "waiting", "nobody has to do anything");
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Dónde está mi pedido").await;
    brand.until("the question", async || brand.whatsapp.sent_to(PHONE).get(1).map(drop)).await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "mejor una persona").await;
    brand.until("the hand-over", async || brand.whatsapp.sent_to(PHONE).get(2).map(drop)).await;
    let now = brand.get(&format!("/v1/matters/{matter}")).await;
    assert_eq!(now["state"], "open", "somebody is waited for: {now}");
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let page = desk.open(&format!("/desk/matters/{matter}")).await;
    page.must_say("Viene del autoservicio (WhatsApp)").must_say("dónde está su pedido · se le pedía el número de pedido");
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "¿hola?").await;
    brand.until("her word", async || brand.said(&matter).await.iter().find(|(_, _, words)| words == "¿hola?").map(drop)).await;
    assert_eq!(brand.whatsapp.sent_to(PHONE).len(), 3, "the machine is silent now");

    // A letter that no machine understands is left to people, without a word.
    let before = brand.letters().len();
    brand.writes_mail("Luis <luis@cliente.test>", "Una idea", "¿Habéis pensado en hacer sombreros?");
    brand
        .until("his letter", async || brand.get("/v1/matters?limit=10").await["items"].as_array().filter(|all| all.len() == 2).map(drop))
        .await;
    assert_eq!(brand.letters().len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_043_by_telephone_she_pays_by_a_link_and_no_keys_that_she_presses_are_kept() {
    let brand = Brand::open().await;
    ana_has_an_order(&brand).await;
    brand.machine_answers_on("phone").await;
    brand.sets_channel("sms", "on").await.must_say("+34910000002");
    let line = json!({ "variant": brand.variant("GOR"), "quantity": 1, "way": { "kind": "collect", "location": brand.place("SVQ") } });
    let contact = json!({ "name": ANA.name, "phone": PHONE });
    let profile = brand.profile(ANA.email).await;
    let order = json!({ "lines": [line], "profile": profile, "contact": contact, "payment": { "kind": "later" } });
    let order = text(&brand.post("/v1/orders", order).await["order"]["id"]);
    let sid = brand.telephone.rings(PHONE).await;
    brand.stands(LineStands::Listens).await;
    brand.telephone.presses(&sid, "4111111111111111").await;
    brand.telephone.says(&sid, "quiero pagar con la 4111 1111 1111 1111, una persona").await;
    brand.stands(LineStands::Listens).await;
    brand.telephone.presses(&sid, "4111111111111111").await;

    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let page = desk.open("/desk/calls").await;
    let call = brand.db.read(|tx| conversations::latest_calls(tx, None, 1)).await.expect("read")[0].id;
    desk.send(&page, &format!("/desk/calls/{call}/answer"), &[]).await;
    brand.stands(LineStands::AgentRings).await;
    brand.telephone.agent_picks_up(LUCIA);

    // While they talk, the link goes to the telephone in her hand.
    let shown = desk.open(&format!("/desk/orders/{order}")).await;
    let composed = desk.send(&shown, &format!("/desk/orders/{order}/pay-link"), &[]).await;
    let matter = composed.path.split(['/', '?']).nth(3).expect("a matter").to_owned();
    let link = composed
        .html
        .split_whitespace()
        .find_map(|word| word.find("http").map(|at| word[at..].to_owned()).filter(|word| word.contains("/pay/")));
    let link = link.expect("a link in the composer").split(['<', '"', '&']).next().expect("an address").trim_end_matches('.').to_owned();
    brand.agent_says(&mut desk, &matter, ("sms", PHONE), &format!("Aquí puedes pagar: {link}")).await;
    let got = async || brand.texts.sent_to(PHONE).first().map(|sent| sent.body.clone());
    assert_eq!(brand.until("the link on her telephone", got).await, format!("Aquí puedes pagar: {link}"));
    let mut phone = brand.browser();
    let paying = phone.open(&link).await;
    paying.must_say("19,90");
    phone.send(&paying, "/pay/", &[("do", "approve")]).await;
    let paid = async || (brand.get(&format!("/v1/orders/{order}")).await["state"] == "paid").then_some(());
    brand.until("it is paid", paid).await;
    brand.until("the desk says so", async || desk.open(&format!("/desk/matters/{matter}")).await.says("Pago recibido").then_some(())).await;
    let page = desk.open(&format!("/desk/matters/{matter}")).await;
    assert!(!page.html.contains("41111111") && !page.html.contains("4111 1111"), "the card is not shown: {}", page.html);
    let kept = brand.db.read(|tx| {
        let entries = kernel::log::after(tx, kernel::LogKey::default(), 2000)?;
        Ok::<_, kernel::Fault>(entries.into_iter().map(|entry| entry.body).collect::<String>())
    });
    assert!(!kept.await.expect("read").contains("411111"));
    let person = brand.person(ANA.email).await;
    let export = brand.get(&format!("/v1/customers/{person}/export")).await.to_string();
    assert!(!export.contains("411111") && !export.contains("4111 1111"), "nor kept");
}
