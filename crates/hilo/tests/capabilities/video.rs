//! By video from any thread: one link for one person, found by the way she is on, and nothing kept but that they talked.

use crate::support::{ANA, Brand, Browser, Seen, text};
use std::time::Duration;

const PHONE: &str = "+34612345678";
const SOON: Duration = Duration::from_secs(3);

impl Brand {
    /// Open a room from the only open matter; the agent's page of it, and the link as the customer got it.
    async fn opens_a_room(&self, desk: &mut Browser) -> (Seen, String) {
        let matter = self.matter().await;
        let page = desk.open(&format!("/desk/matters/{matter}")).await;
        let test = desk.send(&page, &format!("/desk/matters/{matter}/room"), &[]).await;
        assert!(test.path.starts_with("/desk/rooms/"), "{} ({}): {}", test.path, test.status, test.html);
        let look = async || {
            let said = self.said(&matter).await;
            said.iter().find_map(|(way, by, words)| (way == "out" && by == "whatsapp").then(|| link_in(words)).flatten())
        };
        (test, self.until("the link by WhatsApp", look).await)
    }
}

fn link_in(words: &str) -> Option<String> {
    let (_, rest) = words.split_once("/rooms/")?;
    Some(format!("/rooms/{}", rest.split_whitespace().next()?))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_opens_from_the_thread_for_one_person_and_its_length_is_on_the_timeline() {
    let brand = Brand::open().await;
    brand.writes_whatsapp(PHONE, "Ana Ruiz", "¿Me la enseñáis por vídeo?").await;
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let (test, link) = brand.opens_a_room(&mut desk).await;
    test.must_say("Enlace enviado por WhatsApp").must_say("Prueba la cámara y el micrófono");
    let room = test.path.split('?').next().expect("a path").to_owned();

    // She tries her camera, and nobody is let in by looking; the first who enters keeps the link.
    let (mut phone, mut laptop) = (brand.browser(), brand.browser());
    let try_out = phone.open(&link).await;
    try_out.must_say("Lucía te espera").must_say("Prefiero por teléfono");
    laptop.open(&link).await.must_say("Prueba la cámara y el micrófono");
    let inside = phone.send(&try_out, &format!("{link}/entry"), &[]).await;
    inside.must_say("Sala de vídeo con Lucía");
    phone.open(&link).await.must_say("Colgar");
    let refused = laptop.open(&link).await;
    refused.must_say("Este enlace ya se usa en otro dispositivo");
    assert_eq!(refused.status, 403);
    desk.open(&format!("/desk/matters/{}", brand.matter().await)).await.must_say("Te espera en la sala");

    // The two lines meet; what one browser says, the other hears.
    let mut ours = desk.follow(&format!("{room}/line?page=a")).await;
    let mut hers = phone.follow(&format!("{link}/line?page=b")).await;
    ours.hears("\"other\":\"b\"", SOON).await;
    hers.hears("\"iceTransportPolicy\":\"all\"", SOON).await;
    let said = desk.open(&room).await;
    let token = said.html.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned();
    assert_eq!(desk.posts(&format!("{room}/signals"), &[("csrf", &token), ("say", "oferta")]).await.status, 204);
    hers.hears("say=oferta", SOON).await;

    // What is written beside the picture is on the same thread, both ways.
    let mut beside = phone.follow(&format!("{link}/live")).await.begins().await;
    let at = phone.open(&link).await;
    phone.send(&at, &format!("{link}/messages"), &[("text", "¿Y en azul?")]).await.must_say("¿Y en azul?");
    let answered = desk.send(&said, &format!("{room}/messages"), &[("text", "También, mira")]).await;
    answered.must_say("¿Y en azul?").must_say("También, mira");
    beside.hears("También, mira", SOON).await;
    let matter = brand.matter().await;
    let thread: Vec<_> = brand.said(&matter).await.into_iter().map(|(way, by, _)| format!("{way} {by}")).collect();
    assert_eq!(thread, ["in whatsapp", "out whatsapp", "in webchat", "out webchat"]);

    // One cart: what the agent puts in is there for both, by name.
    desk.send(&answered, &format!("{room}/cart"), &[("code", "GOR")]).await.must_say("Gorra de pana");
    beside.hears("Gorra de pana", Duration::from_secs(1)).await;
    beside.hears("Lucía", Duration::from_secs(1)).await;
    let more = phone.open(&link).await;
    phone.send(&more, &format!("{link}/cart"), &[("quantity", "2")]).await.must_say("Gorra de pana");
    desk.open(&room).await.must_say("Ana · ");

    // She hangs up: it is over for both, and on the timeline.
    let page = phone.open(&link).await;
    phone.send(&page, &format!("{link}/end"), &[]).await.must_say("La videollamada ha terminado");
    ours.hears("\"type\":\"over\"", SOON).await;
    hers.hears("\"type\":\"over\"", SOON).await;
    let person = brand.person(PHONE).await;
    let kinds: Vec<_> =
        brand.timeline(&person).await.iter().map(|entry| text(&entry["kind"])).filter(|kind| kind.starts_with("room.")).collect();
    assert_eq!(kinds, ["room.began", "room.ended"]);
    desk.open(&format!("/desk/matters/{matter}")).await.must_say("Videollamada terminada");
}

#[tokio::test(flavor = "multi_thread")]
async fn instead_of_video_she_is_rung_and_a_new_link_ends_the_old_one() {
    let brand = Brand::open().await;
    brand.writes_whatsapp(PHONE, ANA.name, "¿Me la enseñáis por vídeo?").await;
    let mut desk = brand.browser();
    desk.sign_in("lucia@marca.test", "/desk").await;
    let (test, link) = brand.opens_a_room(&mut desk).await;
    let mut bar = desk.follow("/desk/calls/live").await;
    let mut phone = brand.browser();
    let page = phone.open(&link).await;
    page.must_say("Llamadme al número que acaba en 678");
    phone.send(&page, &format!("{link}/call"), &[]).await.must_say("De acuerdo, te llamamos");
    bar.hears("Quiere que le llamemos", SOON).await;
    bar.hears("En lugar de la videollamada", SOON).await;

    let room = test.path.split('?').next().expect("a path").to_owned();
    let inside = desk.open(&room).await;
    desk.send(&inside, &format!("{room}/link"), &[]).await.must_say("Enlace enviado por WhatsApp");
    assert_eq!(phone.open(&link).await.status, 404);
}
