//! B. One conversation.

use crate::support::{ANA, Brand, items, text};
use channels::simulators::FarEnd;
use serde_json::json;
use std::time::Duration;

const PHONE: &str = "+34612345678";
const DIGITS: &str = "34612345678";

/// Her number on X; what she is called there is on her profile.
const ON_X: &str = "3001969357";

#[tokio::test(flavor = "multi_thread")]
async fn cap_009_she_asks_by_email_goes_on_by_x_and_the_agent_answers_there_in_the_same_thread() {
    let brand = Brand::open().await;
    brand.writes_mail("Ana Ruiz <ana@cliente.test>", "Mi pedido", "¿Cuándo llega mi pedido?");
    let matter = brand.matter().await;
    let profile = brand.profile(ANA.email).await;
    brand.adds_identifier(&profile, "x", "@ana_ruiz").await;
    // Nobody answers, so she says so in public.
    brand.mentions_on_x(ON_X, "ana_ruiz", "@marca os he escrito un correo, ¿estáis?").await;
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let shows_both = async || {
        let page = desk.open(&format!("/desk/matters/{matter}")).await;
        page.says("os he escrito un correo").then(|| page.must_say("¿Cuándo llega mi pedido?").html.clone())
    };
    brand.until("the mention beside the question", shows_both).await;
    brand.agent_says(&mut desk, &matter, ("x", ON_X), "Sale hoy, Ana. Perdona la espera").await;
    let on_her_phone = async || brand.x.shown_to(ON_X).first().map(|shown| shown.text.clone());
    assert_eq!(brand.until("the answer", on_her_phone).await, "Sale hoy, Ana. Perdona la espera");
    brand.x.writes(ON_X, "Ana Ruiz", "¡Gracias!");
    brand.x.deliver().await;
    brand.until("her thanks", async || brand.said(&matter).await.iter().find(|(_, _, words)| words == "¡Gracias!").map(drop)).await;
    let said = brand.said(&matter).await;
    let path: Vec<_> = said.iter().map(|(direction, channel, _)| (direction.as_str(), channel.as_str())).collect();
    assert_eq!(path, [("in", "email"), ("out", "x"), ("in", "x")]);
    assert_eq!(brand.matter().await, matter, "one concern, one thread");
    assert_eq!(brand.x.shown_to(ON_X).len(), 1, "said once");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_012_she_leaves_the_chat_and_the_reply_reaches_her_by_whatsapp() {
    let brand = Brand::open().await;
    // She is known by her number, and has written from it today.
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Hola, ¿abrís hoy?").await;
    let matter = brand.matter().await;
    let mut web = brand.browser();
    let asked = web.open("/account/sign-in").await;
    let sent = web.send(&asked, "/account/sign-in", &[("contact", PHONE)]).await;
    let code = brand.until("the code", async || brand.whatsapp.sent_to(PHONE).iter().find_map(|sent| digits(&sent.words()))).await;
    web.send(&sent, "/account/confirm", &[("code", &code)]).await;
    let chat = web.open("/chat").await;
    web.send(&chat, "/chat/messages", &[("text", "¿Os queda la camisa en azul?")]).await.must_say("¿Os queda la camisa en azul?");
    brand.until("her question", async || brand.said(&matter).await.iter().find(|(_, _, words)| words.contains("azul")).map(drop)).await;
    drop(web);

    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    brand.agent_says(&mut desk, &matter, ("whatsapp", DIGITS), "Sí, en la M. ¿Te la guardo?").await;
    let reached = async || brand.whatsapp.sent_to(PHONE).iter().find(|sent| sent.words().starts_with("Sí, en la M")).map(drop);
    brand.until("the reply", reached).await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Sí, por favor").await;
    brand.until("her answer", async || brand.said(&matter).await.iter().find(|(_, _, words)| words == "Sí, por favor").map(drop)).await;
    let said: Vec<_> = brand.said(&matter).await.into_iter().filter(|(_, _, words)| !words.contains(&code)).collect();
    let path: Vec<_> = said.iter().map(|(direction, channel, _)| (direction.as_str(), channel.as_str())).collect();
    assert_eq!(path, [("in", "whatsapp"), ("in", "webchat"), ("out", "whatsapp"), ("in", "whatsapp")]);
    assert_eq!(brand.matter().await, matter, "one concern, one thread");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_012_what_she_has_not_seen_in_the_chat_reaches_her_elsewhere_by_itself_and_what_she_saw_stays() {
    let clock = kernel::VirtualClock::starting(kernel::Timestamp::from_seconds(1_762_160_400));
    let brand = Brand::open_by(std::sync::Arc::new(clock.clone())).await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Hola, ¿abrís hoy?").await;
    let matter = brand.matter().await;
    let mut web = brand.browser();
    let asked = web.open("/account/sign-in").await;
    let sent = web.send(&asked, "/account/sign-in", &[("contact", PHONE)]).await;
    let code = brand.until("the code", async || brand.whatsapp.sent_to(PHONE).iter().find_map(|sent| digits(&sent.words()))).await;
    web.send(&sent, "/account/confirm", &[("code", &code)]).await;
    let next = || clock.advance(Duration::from_secs(1));
    next();
    let chat = web.open("/chat").await;
    web.send(&chat, "/chat/messages", &[("text", "¿Os queda la camisa en azul?")]).await;
    brand.until("her question", async || brand.said(&matter).await.iter().find(|(_, _, words)| words.contains("azul")).map(drop)).await;
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;

    // She is there and sees the first answer: it stays in the chat.
    next();
    brand.agent_says(&mut desk, &matter, ("webchat", ""), "Miro ahora mismo").await;
    let sees = async || {
        // It may be taken back for some seconds before it leaves.
        next();
        web.open("/chat").await.says("Miro ahora mismo").then_some(())
    };
    brand.until("the first answer in the chat", sees).await;
    let proof = web.open("/chat").await.live("/chat/live").replace("/chat/live", "");
    assert_eq!(web.posts(&format!("/chat/seen{proof}"), &[]).await.status, 204);
    // She leaves, and the second answer stands there unseen.
    next();
    brand.agent_says(&mut desk, &matter, ("webchat", ""), "Sí, en la M. ¿Te la guardo?").await;
    brand
        .until("it is in the chat", async || {
            brand.said(&matter).await.iter().find(|(_, by, words)| by == "webchat" && words.starts_with("Sí")).map(drop)
        })
        .await;
    let on_phone =
        || brand.whatsapp.sent_to(PHONE).iter().map(|sent| sent.words()).filter(|words| !words.contains(&code)).collect::<Vec<_>>();
    assert_eq!(on_phone(), Vec::<String>::new());
    let reached = async || {
        clock.advance(Duration::from_secs(10));
        Some(on_phone()).filter(|words| !words.is_empty())
    };
    assert_eq!(
        brand.until("the answer on her phone", reached).await,
        ["Sí, en la M. ¿Te la guardo?"],
        "once, and only what she did not see"
    );
    desk.open(&format!("/desk/matters/{matter}")).await.must_say("No estaba en el chat: la respuesta sale por WhatsApp");
    next();
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Sí, por favor").await;
    brand.until("her answer", async || brand.said(&matter).await.iter().find(|(_, _, words)| words == "Sí, por favor").map(drop)).await;
    let path: Vec<_> = brand
        .said(&matter)
        .await
        .into_iter()
        .filter(|(_, _, words)| !words.contains(&code))
        .map(|(way, by, _)| format!("{way} {by}"))
        .collect();
    assert_eq!(path, ["in whatsapp", "in webchat", "out webchat", "out webchat", "out whatsapp", "in whatsapp"]);
    assert_eq!(brand.matter().await, matter, "one concern, one thread");
}

/// The code of a message.
fn digits(words: &str) -> Option<String> {
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    words.split(|c: char| !c.is_ascii_alphanumeric()).find(is_code).map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_013_sales_transfers_to_billing_with_a_note_and_billing_accepts() {
    let brand = Brand::open().await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "Me habéis cobrado dos veces").await;
    let matter = brand.matter().await;
    let teams = brand.get("/v1/teams").await;
    let billing = items(&teams).iter().find(|team| team["name"] == "Facturación").map(|team| text(&team["id"])).expect("a team");
    let mut lucia = brand.browser();
    lucia.sign_in("lucia@marca.test", "/desk").await;
    let page = lucia.open(&format!("/desk/matters/{matter}")).await;
    lucia.send(&page, &format!("/desk/matters/{matter}/assignment"), &[("to", "me")]).await;
    let owner = || async { brand.get(&format!("/v1/matters/{matter}")).await["owner"].clone() };
    let hers = owner().await;
    let mut iker = brand.browser();
    iker.sign_in("iker@marca.test", "/desk").await;
    let mut watching = iker.follow("/desk/live?view=mine").await.begins().await;

    // The page says whom she can ask and how long it takes there, and has read the summary from the conversation.
    let page = lucia.open(&format!("/desk/matters/{matter}/transfer")).await;
    page.must_say("Facturación").must_say("nadie disponible").must_say("Pide: «Me habéis cobrado dos veces» (whatsapp)");
    let to = format!("team:{billing}");
    let offered = lucia
        .send(&page, &format!("/desk/matters/{matter}/transfer"), &[("to", &to), ("note", "Comprobad el segundo cargo, por favor")])
        .await;
    offered.must_say("Ofrecido a Facturación").must_say("Comprobad el segundo cargo, por favor");
    assert_eq!(owner().await, hers, "hers until they accept");

    watching.hears("Te ofrecen: Ana Ruiz", Duration::from_secs(2)).await;
    let page = iker.open(&format!("/desk/matters/{matter}")).await;
    page.must_say("Lucía Romero te ofrece este asunto")
        .must_say("Comprobad el segundo cargo, por favor")
        .must_say("Me habéis cobrado dos veces");
    iker.send(&page, "/desk/transfers/", &[]).await.must_say("Aceptado: ya es tuyo.");
    let now = brand.get(&format!("/v1/matters/{matter}")).await;
    assert!(now["owner"] != hers && now["team"] == billing.as_str(), "{now}");
    let transfers = brand.get(&format!("/v1/matters/{matter}/transfers")).await;
    assert_eq!((&items(&transfers)[0]["state"], items(&transfers).len()), (&json!("accepted"), 1));

    brand.agent_says(&mut iker, &matter, ("whatsapp", DIGITS), "Solo hay un cargo; el otro se anuló").await;
    brand.until("the answer", async || brand.whatsapp.sent_to(PHONE).first().map(drop)).await;
    let phone: Vec<_> = brand.whatsapp.sent_to(PHONE).iter().map(|sent| sent.words()).collect();
    assert_eq!(phone, ["Solo hay un cargo; el otro se anuló"], "one conversation: nothing of the handover reaches her");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_013_a_transfer_that_is_declined_stays_with_the_giver_and_says_why() {
    let brand = Brand::open().await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "¿Hacéis arreglos?").await;
    let matter = brand.matter().await;
    let (mut lucia, mut iker) = (brand.browser(), brand.browser());
    lucia.sign_in("lucia@marca.test", "/desk").await;
    iker.sign_in("iker@marca.test", "/desk").await;
    let page = lucia.open(&format!("/desk/matters/{matter}")).await;
    lucia.send(&page, &format!("/desk/matters/{matter}/assignment"), &[("to", "me")]).await;
    let page = lucia.open(&format!("/desk/matters/{matter}/transfer")).await;
    let staff = brand.get("/v1/staff").await;
    let to =
        items(&staff).iter().find(|one| one["email"] == "iker@marca.test").map(|one| format!("staff:{}", text(&one["id"]))).expect("Iker");
    lucia.send(&page, &format!("/desk/matters/{matter}/transfer"), &[("to", &to)]).await.must_say("Ofrecido a Iker Etxeberria");
    let page = iker.open(&format!("/desk/matters/{matter}")).await;
    iker.send(&page, "/desk/transfers/", &[("why", "No es de facturación")]).await.must_say("Rechazado");
    let page = lucia.open(&format!("/desk/matters/{matter}")).await;
    page.must_say("Traspaso rechazado").must_say("No es de facturación").must_say("Tuyo");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_014_the_agent_adds_an_item_and_her_open_page_shows_it_within_a_second() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    brand.customer_signs_in(&mut web, ANA.email).await;
    brand.puts_in_cart(&mut web, ("gorra", "GOR"), &[("way", "deliver")]).await;
    let page = web.open("/cart").await;
    assert!(!page.says("Camisa de lino"));
    let mut open = web.follow("/cart/live").await.begins().await;
    let ana = brand.person(ANA.email).await;
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let same = desk.open(&format!("/desk/customers/{ana}")).await;
    same.must_say("Gorra de pana");

    desk.send(&same, &format!("/desk/customers/{ana}/cart"), &[("code", "CAM-BLA-M")]).await;
    open.hears("Camisa de lino", Duration::from_secs(1)).await;
    web.open("/cart").await.must_say("Camisa de lino").must_say("Lucía");
    // And the other way round: what she does, the agent's open page shows.
    let mut watching = desk.follow(&same.live("/desk/customers/")).await.begins().await;
    brand.puts_in_cart(&mut web, ("camisa-lino", "CAM-BLA-S"), &[("way", "deliver")]).await;
    watching.hears("Blanco", Duration::from_secs(1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_015_an_expert_is_found_by_skill_and_language_and_the_customer_sees_who_answers() {
    let brand = Brand::open().await;
    let staff = brand.get("/v1/staff").await;
    let of = |email: &str| items(&staff).iter().find(|one| one["email"] == email).map(|one| text(&one["id"])).expect("staff");
    let (lucia, iker) = (of("lucia@marca.test"), of("iker@marca.test"));
    let teams = brand.get("/v1/teams").await;
    let runners = items(&teams).iter().find(|team| team["name"] == "Atención").map(|team| text(&team["id"])).expect("a team");
    // Both are of the team and know about running; each speaks one language.
    let expert = json!({ "skill": "running", "title_es": "Expertos en running", "title_en": "Running experts" });
    let rules = json!({ "hours": null, "fallback": null, "overflow_minutes": 0, "expert": expert });
    brand.put(&format!("/v1/teams/{runners}/rules"), rules).await;
    let (team, who) = (runners.parse().expect("an id"), iker.parse().expect("an id"));
    let join = move |tx: &mut kernel::Tx<'_>| conversations::join_team(tx, &kernel::Actor::system(), team, who);
    brand.db.write("join", join).await.expect("joined");
    for (staff, languages) in [(&lucia, json!(["en"])), (&iker, json!(["es"]))] {
        let profile = json!({ "capacity": 6, "skills": ["running"], "languages": languages });
        brand.put(&format!("/v1/presence/{staff}/profile"), profile).await;
    }
    // Whoever answers says so at the top of the desk.
    for email in ["lucia@marca.test", "iker@marca.test"] {
        let mut desk = brand.browser();
        desk.sign_in(email, "/desk").await;
        let page = desk.open("/desk/agent").await;
        desk.send(&page, "/desk/agent", &[("state", "available")]).await;
    }

    let mut web = brand.browser();
    let page = web.open("/help/experts").await;
    page.must_say("Expertos en running").must_say("Espera: ahora mismo").must_say("Ahora: Iker");
    assert!(!page.says("Ahora: Lucía") && !page.says("Lucía,"), "she does not speak Spanish here");
    let chat = web.send(&page, &format!("/help/experts/{runners}"), &[("text", "¿Qué zapatilla para un maratón?")]).await;
    assert_eq!(chat.path, "/chat");
    let matter = brand.matter().await;
    let owner = async || Some(brand.get(&format!("/v1/matters/{matter}")).await["owner"].clone()).filter(|owner| owner.is_string());
    assert_eq!(brand.until("an expert", owner).await, iker.as_str());
    web.open("/chat").await.must_say("Te atiende Iker · Expertos en running");
    let line = web.open("/chat").await.live("/chat/live");
    let mut open = web.follow(&line).await.begins().await;
    let mut desk = brand.browser();
    desk.sign_in("iker@marca.test", "/desk").await;
    let ways = brand.get(&format!("/v1/matters/{matter}/ways")).await;
    let address = text(&items(&ways)[0]["address"]);
    brand.agent_says(&mut desk, &matter, ("webchat", &address), "La más amortiguada").await;
    open.hears("La más amortiguada", Duration::from_secs(8)).await;
    // The same page in English finds the other.
    let mut other = brand.browser();
    let page = other.open("/help/experts?lang=en").await;
    page.must_say("Running experts").must_say("Now: Lucía");
    other.send(&page, &format!("/help/experts/{runners}"), &[("text", "Which shoe for a marathon?")]).await;
    let hers = async || Some(brand.get(&format!("/v1/matters?owner={lucia}")).await).filter(|list| !items(list).is_empty());
    brand.until("the other expert", hers).await;
    other.open("/chat").await.must_say("Lucía takes care of you · Running experts");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_016_the_contact_page_says_how_long_each_channel_takes_and_the_choice_is_honoured() {
    let brand = Brand::open().await;
    let mut web = brand.browser();
    let page = web.open("/help").await;
    for words in ["Abrir el chat", "Escribir por WhatsApp", "hola@marca.test", "Espera: abierto, en cuanto podamos"] {
        page.must_say(words);
    }
    // Somebody comes to work and is full: those who come now wait for a place, and the page says how long.
    let mut lucia = brand.browser();
    lucia.sign_in("lucia@marca.test", "/desk").await;
    let agent = lucia.open("/desk/agent").await;
    lucia.send(&agent, "/desk/agent", &[("state", "available")]).await;
    web.open("/help").await.must_say("Espera: ahora mismo");
    let waits = brand.get("/v1/waiting-times").await;
    let by = |name: &str| items(&waits).iter().find(|wait| wait["channel"] == name).map(|wait| wait["wait"].clone()).expect("a channel");
    assert_eq!([by("email"), by("webchat"), by("whatsapp")], [json!("now"), json!("now"), json!("now")]);

    // She asks on the page and wants the answer by e-mail.
    let page = web.open("/help").await;
    let channels = brand.get("/v1/channels").await;
    let mail = items(&channels).iter().find(|one| one["channel"] == "email").map(|one| text(&one["id"])).expect("a mailbox");
    let wrong = web.send(&page, "/help/messages", &[("text", "¿Hacéis arreglos?"), ("by", &mail), ("address", "ana")]).await;
    assert_eq!(wrong.status, 422);
    wrong.must_say("No parece un correo");
    let sent = [("text", "¿Hacéis arreglos?"), ("by", mail.as_str()), ("address", "ana@cliente.test")];
    web.send(&wrong, "/help/messages", &sent).await.must_say("Te contestamos por donde has elegido");
    let matter = brand.matter().await;
    let desk = lucia.open(&format!("/desk/matters/{matter}")).await;
    desk.must_say("pidió que le contestemos por aquí");
    // The agent just writes: the way is chosen already.
    lucia.send(&desk, &format!("/desk/matters/{matter}/messages"), &[("kind", "reply"), ("text", "Sí, en tres días")]).await;
    let there = async || brand.mail.sent().iter().find(|mail| String::from_utf8_lossy(&mail.raw).contains("en tres")).map(drop);
    brand.until("the answer by e-mail", there).await;
    let said = brand.said(&matter).await;
    let path: Vec<_> = said.iter().map(|(direction, channel, _)| (direction.as_str(), channel.as_str())).collect();
    assert_eq!(path, [("in", "webchat"), ("out", "email")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_017_on_phone_and_laptop_the_draft_goes_on_and_what_was_read_is_read() {
    let brand = Brand::open().await;
    let (mut phone, mut laptop) = (brand.browser(), brand.browser());
    brand.customer_signs_in(&mut phone, ANA.email).await;
    brand.customer_signs_in(&mut laptop, ANA.email).await;
    let chat = phone.open("/chat").await;
    phone.send(&chat, "/chat/messages", &[("text", "¿Tenéis la camisa en azul?")]).await;
    let matter = brand.matter().await;
    // What she begins on the phone is on the laptop, at once and after opening.
    let there = laptop.open("/chat").await;
    let mut open = laptop.follow(&there.live("/chat/live")).await.begins().await;
    let proof = chat.live("/chat/live").replace("/chat/live", "");
    assert_eq!(phone.posts(&format!("/chat/draft{proof}"), &[("text", "Y si puede ser en la M")]).await.status, 204);
    open.hears("Y si puede ser en la M", Duration::from_secs(2)).await;
    laptop.open("/chat").await.must_say("Y si puede ser en la M");

    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    desk.open(&format!("/desk/matters/{matter}")).await;
    open.hears("visto", Duration::from_secs(2)).await;
    let ways = brand.get(&format!("/v1/matters/{matter}/ways")).await;
    let address = items(&ways).iter().find(|way| way["channel"] == "webchat").map(|way| text(&way["address"])).expect("the chat");
    brand.agent_says(&mut desk, &matter, ("webchat", &address), "Sí, en la M y en la L").await;
    open.hears("Sí, en la M y en la L", Duration::from_secs(8)).await;
    // New on both until one of them shows it; then on neither, and the agent knows.
    phone.open("/chat").await.must_say("Nuevo");
    laptop.open("/chat").await.must_say("Nuevo");
    assert_eq!(phone.posts(&format!("/chat/seen{proof}"), &[]).await.status, 204);
    assert!(!laptop.open("/chat").await.says("Nuevo") && !phone.open("/chat").await.says("Nuevo"));
    let list = brand.get(&format!("/v1/matters/{matter}/messages")).await;
    let ours = items(&list).iter().find(|message| message["direction"] == "out" && message["channel"] == "webchat").expect("an answer");
    assert_eq!(ours["state"], "read", "{list}");
    // Sent from the laptop, it is no draft any more on the phone.
    let page = laptop.open("/chat").await;
    laptop.send(&page, "/chat/messages", &[("text", "Y si puede ser en la M")]).await;
    let said = phone.open("/chat").await;
    assert_eq!(said.html.matches("Y si puede ser en la M").count(), 1, "said, and no longer in the field");
}

#[tokio::test(flavor = "multi_thread")]
async fn cap_017_a_conversation_open_on_two_screens_shows_the_same_messages() {
    let brand = Brand::open().await;
    let (mut phone, mut laptop) = (brand.browser(), brand.browser());
    brand.customer_signs_in(&mut phone, ANA.email).await;
    brand.customer_signs_in(&mut laptop, ANA.email).await;
    let chat = phone.open("/chat").await;
    phone.send(&chat, "/chat/messages", &[("text", "Hola desde el móvil")]).await;
    let there = laptop.open("/chat").await;
    there.must_say("Hola desde el móvil");
    let mut open = laptop.follow(&there.live("/chat/live")).await.begins().await;
    let chat = phone.open("/chat").await;
    phone.send(&chat, "/chat/messages", &[("text", "¿Seguís ahí?")]).await;
    open.hears("¿Seguís ahí?", Duration::from_secs(2)).await;
    // Sent twice by a hasty finger: said once.
    let again = [("text", "Una vez"), ("key", "k1")];
    let chat = phone.open("/chat").await;
    phone.send(&chat, "/chat/messages", &again).await;
    phone.send(&chat, "/chat/messages", &again).await;
    let matter = brand.matter().await;
    assert_eq!(brand.said(&matter).await.iter().filter(|(_, _, words)| words == "Una vez").count(), 1);
    let both = brand.get(&format!("/v1/matters/{matter}")).await;
    assert_eq!(both["unread"], json!(3));
}
