//! Long because: the desk told through its front door, with the scene that every story shares.
//! The agents' desk through its front door: a signed-in session, real forms, both with and without htmx.
#![allow(clippy::unwrap_used)]

use access::{CreateStaff, PasswordHash};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use conversations::{
    Account, Address, DeliveryState, Direction, InboundMessage, MatterId, MatterState, Media, MediaKind, MediaSource, Part, Receive,
    SaveAccount, Sender, SenderCheck, Settings,
};
use customers::{Identifier, IdentifierKind, PersonId, Recognise};
use kernel::testing::{World, on_sqlite};
use kernel::{Actor, Channel, Currency, Fault, Locale, ProfileId, Quantity, Role, Tx};
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;
use web::{App, AppParts, Brand, Hub, Pictures, Shell, Simulators, site};

const VISIT: &str = "hilo_visit=0123456789abcdefghijkl; hilo_lang=en";

struct NoPictures;
impl Pictures for NoPictures {
    fn picture(&self, _: &str) -> Option<(&'static str, axum::body::Bytes)> {
        None
    }
}

/// One desk with an agent, a merchandiser, a WhatsApp number and a mailbox.
struct Desk<'w> {
    world: &'w World,
    site: Router,
    agent: String,
    merchandiser: String,
    whatsapp: Account,
    email: Account,
}

struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

impl Answered {
    fn location(&self) -> &str {
        self.headers["location"].to_str().unwrap()
    }
    fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
    /// The value of the first hidden field by this name.
    fn field(&self, name: &str) -> String {
        let (_, after) =
            self.html.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}: {}", self.html));
        after.split_once('"').unwrap().0.to_owned()
    }
}

fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
    world.clock().advance(Duration::from_millis(2));
    world.db().write("test", move |tx| Ok::<T, Fault>(f(tx))).wait().unwrap()
}

fn session(world: &World, email: &'static str, name: &'static str, role: Role) -> String {
    let secret = write(world, move |tx| {
        let password = PasswordHash::of_nobody();
        let staff = CreateStaff { email: email.into(), name: name.into(), password, roles: vec![role], location: None, locale: Locale::En };
        let id = access::create_staff(tx, &Actor::system(), staff).unwrap();
        access::open_session(tx, id, email).unwrap()
    });
    format!("hilo_staff={}", secret.reveal())
}

fn account(world: &World, channel: Channel, address: &'static str, window_hours: Option<u32>) -> Account {
    write(world, move |tx| {
        let cmd = SaveAccount {
            channel,
            name: channel.as_str().into(),
            address: address.into(),
            window_hours,
            settings: Settings("{}".into()),
            active: true,
        };
        let id = conversations::save_account(tx, &Actor::system(), cmd).unwrap();
        conversations::account(tx, id).unwrap().unwrap()
    })
}

impl<'w> Desk<'w> {
    fn open(world: &'w World) -> Self {
        let parts = AppParts {
            db: world.db().clone(),
            hub: Hub::new(),
            search: Arc::new(catalogue::search::SearchIndex::in_memory().unwrap()),
            brand: Brand {
                name: "Ría".into(),
                slogan: Default::default(),
                currency: "EUR".parse::<Currency>().unwrap(),
                zone: "Europe/Madrid".into(),
                public_url: "http://localhost".into(),
            },
            pictures: Arc::new(NoPictures),
            secure: false,
            simulators: Simulators::default(),
        };
        let shell = Shell { brand: "Ría".into(), secret: [7; 32], secure: false, clock: Arc::new(world.clock().clone()) };
        Desk {
            world,
            site: site(App::new(parts), shell),
            agent: session(world, "lucia@ria.test", "Lucía Romero", Role::Agent),
            merchandiser: session(world, "sara@ria.test", "Sara Gil", Role::Merchandiser),
            whatsapp: account(world, Channel::Whatsapp, "34600000000", Some(1)),
            email: account(world, Channel::Email, "hola@ria.test", None),
        }
    }

    fn ask(&self, request: Request<Body>) -> Answered {
        let site = self.site.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let (parts, body) = site.oneshot(request).await.unwrap().into_parts();
            let html = String::from_utf8_lossy(&to_bytes(body, 4 << 20).await.unwrap()).into_owned();
            Answered { status: parts.status, headers: parts.headers, html }
        })
    }
    fn get_as(&self, cookie: &str, path: &str) -> Answered {
        self.ask(Request::get(path).header("cookie", format!("{VISIT}; {cookie}")).body(Body::empty()).unwrap())
    }
    fn get(&self, path: &str) -> Answered {
        self.get_as(&self.agent, path)
    }
    fn post(&self, path: &str, fields: &[(&str, &str)], partial: bool) -> Answered {
        let csrf = self.get("/desk").field("csrf");
        self.world.clock().advance(Duration::from_millis(2));
        let pairs = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let mut request = Request::post(path)
            .header("cookie", format!("{VISIT}; {}", self.agent))
            .header("content-type", "application/x-www-form-urlencoded");
        if partial {
            request = request.header("hx-request", "true").header("hx-request-type", "partial");
        }
        self.ask(request.body(Body::from(body)).unwrap())
    }

    /// Somebody writes from an address; their profile and matter.
    fn hears(&self, account: &Account, from: Address, name: &'static str, parts: Vec<Part>) -> (ProfileId, MatterId) {
        let (account, channel) = (account.id, account.channel);
        write(self.world, move |tx| {
            let kind = if channel == Channel::Email { IdentifierKind::Email } else { IdentifierKind::Phone };
            let identifiers = vec![Identifier::new(kind, &from.value).unwrap()];
            let who = Recognise { identifiers, name: Some(name.into()), locale: None, channel, verified: true };
            let who = customers::recognise(tx, &Actor::system(), who).unwrap();
            let person = customers::profiles_of(tx, who.person).unwrap();
            let sender = Sender { address: from.clone(), display_name: Some(name.into()), reply_to: None };
            let key = format!("in-{}", tx.random_u64());
            let message = InboundMessage::new(key, sender, Address::email("hola@ria.test"), tx.now(), parts.clone());
            let received =
                conversations::receive(tx, &Receive { account, channel, profile: who.profile, person, message, settles: None }).unwrap();
            (who.profile, received.matter)
        })
    }
    fn hears_text(&self, account: &Account, from: Address, name: &'static str, text: &str) -> (ProfileId, MatterId) {
        self.hears(account, from, name, vec![Part::Text { text: text.into(), fresh: None }])
    }
    fn ana_writes(&self) -> (ProfileId, MatterId) {
        self.hears_text(&self.whatsapp, Address::phone("+34611223344"), "Ana Prieto", "Where is my order?")
    }
    fn by_whatsapp(&self) -> String {
        format!("{}|+34611223344", self.whatsapp.id)
    }
    fn said(&self, matter: MatterId) -> Vec<conversations::Message> {
        self.world.db().read(move |tx| conversations::messages_of(tx, matter, 100)).wait().unwrap()
    }
    fn matter(&self, id: MatterId) -> conversations::Matter {
        self.world.db().read(move |tx| conversations::matter(tx, id)).wait().unwrap().unwrap()
    }
    fn scheduled(&self, id: MatterId) -> conversations::ScheduledId {
        let profile = self.matter(id).profile;
        self.world.db().read(move |tx| conversations::scheduled_for(tx, &[profile])).wait().unwrap()[0].id
    }
    fn person(&self, profile: ProfileId) -> PersonId {
        self.world.db().read(move |tx| customers::person_of(tx, profile)).wait().unwrap().unwrap()
    }
}

fn at_the_desk(test: impl Fn(&Desk<'_>)) {
    let rooms = [
        ledger::MIGRATIONS,
        access::MIGRATIONS,
        customers::MIGRATIONS,
        catalogue::MIGRATIONS,
        pricing::MIGRATIONS,
        inventory::MIGRATIONS,
        payments::MIGRATIONS,
        orders::MIGRATIONS,
        conversations::MIGRATIONS,
        self_service::MIGRATIONS,
    ];
    on_sqlite(&rooms, |world| test(&Desk::open(world)));
}

#[test]
fn an_answer_pressed_twice_is_said_once_with_and_without_scripts() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let page = desk.get(&format!("/desk/matters/{matter}?view=unassigned"));
        assert!(page.status == StatusCode::OK && page.has("Where is my order?") && page.has("Ana Prieto"), "{}", page.html);
        let (by, path) = (desk.by_whatsapp(), format!("/desk/matters/{matter}/messages?view=unassigned"));
        let fields = [("kind", "reply"), ("by", by.as_str()), ("text", "On its way."), ("key", "one")];
        let plain = desk.post(&path, &fields, false);
        assert_eq!((plain.status, plain.location()), (StatusCode::SEE_OTHER, format!("/desk/matters/{matter}?view=unassigned").as_str()));
        let partial = desk.post(&path, &fields, true);
        assert!(partial.status == StatusCode::OK && partial.has("hx-target=\"#tail\"") && partial.has("/cancellation"), "{}", partial.html);
        assert_ne!(partial.field("key"), "one", "the fresh composer means something new");
        let said = desk.said(matter);
        assert_eq!(said.len(), 2);
        assert_eq!((said[1].direction, said[1].state, said[1].text.as_str()), (Direction::Outbound, DeliveryState::Queued, "On its way."));
    });
}

#[test]
fn an_answer_can_be_taken_back_and_its_words_return() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let by = desk.by_whatsapp();
        desk.post(&format!("/desk/matters/{matter}/messages"), &[("by", &by), ("text", "Oops"), ("key", "k")], false);
        let message = desk.said(matter)[1].id;
        let back = desk.post(&format!("/desk/messages/{message}/cancellation"), &[], false);
        assert_eq!(back.location(), format!("/desk/matters/{matter}?draft={message}"));
        assert_eq!(desk.said(matter)[1].state, DeliveryState::Cancelled);
        let page = desk.get(back.location());
        assert!(page.has(">Oops</textarea>") && page.has("Taken back"), "{}", page.html);
    });
}

#[test]
fn a_closed_channel_refuses_and_keeps_what_was_typed() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        desk.world.clock().advance(Duration::from_secs(3 * 3600));
        let page = desk.get(&format!("/desk/matters/{matter}"));
        assert!(page.has("No channel is open now") && page.has("the window closed 2 h ago"), "{}", page.html);
        let by = desk.by_whatsapp();
        for partial in [false, true] {
            let fields = [("kind", "reply"), ("by", by.as_str()), ("text", "Too <late>"), ("key", "k2")];
            let refused = desk.post(&format!("/desk/matters/{matter}/messages"), &fields, partial);
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.has("Too &#60;late&#62;</textarea>") && refused.has("It was not sent"), "{}", refused.html);
            assert_eq!((refused.field("key"), refused.has("<html")), ("k2".into(), !partial));
        }
        let empty = desk.post(&format!("/desk/matters/{matter}/messages"), &[("kind", "note"), ("text", " "), ("key", "k3")], true);
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.has("Write something first."));
        assert_eq!(desk.said(matter).len(), 1);
    });
}

#[test]
fn a_note_is_for_colleagues_and_needs_no_channel() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let done = desk.post(&format!("/desk/matters/{matter}/messages"), &[("kind", "note"), ("text", "Size S"), ("key", "n")], true);
        assert!(done.status == StatusCode::OK && done.has("internal note") && !done.has("/cancellation"), "{}", done.html);
        assert_eq!(desk.said(matter)[1].direction, Direction::Note);
    });
}

#[test]
fn joining_shows_one_thread_at_once_and_undo_brings_back_two() {
    at_the_desk(|desk| {
        let (ana, matter) = desk.ana_writes();
        let (card, _) = desk.hears_text(&desk.email, Address::email("ana@example.es"), "Ana Prieto", "By mail now");
        let (one, other) = (desk.person(ana), desk.person(card));
        assert_ne!(one, other);
        let (a, b) = (ana.to_string(), card.to_string());
        let pair = [("a", a.as_str()), ("b", b.as_str()), ("key", "j"), ("confidence", "80"), ("reason", "same name")];
        let joined = desk.post(&format!("/desk/customers/{one}/joins?matter={matter}"), &pair, false);
        assert_eq!((joined.status, joined.location()), (StatusCode::SEE_OTHER, format!("/desk/matters/{matter}").as_str()));
        let page = desk.get(joined.location());
        assert!(page.has("By mail now") && page.has("Where is my order?") && page.has("Two records joined"), "{}", page.html);
        assert!(page.has("ana@example.es") && page.has("/withdrawal"));
        let claim = desk.world.db().read(move |tx| customers::claims_of(tx, &Actor::system(), one, 10)).wait().unwrap()[0].id;
        let undone = desk.post(&format!("/desk/claims/{claim}/withdrawal?matter={matter}"), &[], true);
        assert_eq!(
            (undone.status, undone.headers["hx-redirect"].to_str().unwrap()),
            (StatusCode::OK, format!("/desk/matters/{matter}").as_str())
        );
        assert!(!desk.get(&format!("/desk/matters/{matter}")).has("By mail now"));
        // Kept apart: a later join says whose word stands against it.
        desk.post(&format!("/desk/customers/{one}/separations"), &pair[..3], false);
        let refused = desk.post(&format!("/desk/customers/{one}/joins"), &[("a", &a), ("b", &b), ("key", "j2")], false);
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        assert_ne!(desk.person(ana), desk.person(card));
    });
}

#[test]
fn work_on_a_matter_changes_its_state_and_its_page() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        assert_eq!((desk.matter(matter).unread, desk.matter(matter).state), (1, MatterState::New));
        desk.get(&format!("/desk/matters/{matter}"));
        assert_eq!((desk.matter(matter).unread, desk.matter(matter).state), (0, MatterState::Open));
        let path = |act: &str| format!("/desk/matters/{matter}/{act}?view=mine");
        let mine = desk.post(&path("assignment"), &[("to", "me")], true);
        assert!(mine.has("Yours") && mine.has("Assigned to Lucía Romero"), "{}", mine.html);
        let aside = desk.post(&path("snooze"), &[("until", "tomorrow")], false);
        assert_eq!((aside.status, desk.matter(matter).state), (StatusCode::SEE_OTHER, MatterState::Snoozed));
        assert_eq!(desk.matter(matter).snoozed_until.unwrap().to_rfc3339(), "2026-06-02T07:00:00Z");
        assert_eq!(desk.post(&path("snooze"), &[("until", "never")], false).status, StatusCode::UNPROCESSABLE_ENTITY);
        desk.post(&path("resolution"), &[], true);
        assert_eq!(desk.matter(matter).state, MatterState::Resolved);
        desk.post(&path("reopening"), &[], false);
        assert_eq!(desk.matter(matter).state, MatterState::Open);
        let next = desk.post(&path("resolution"), &[("then", "next")], false);
        assert_eq!(next.location(), "/desk?view=mine");
        assert!(desk.get("/desk?view=resolved").has("Ana Prieto"));
    });
}

#[test]
fn without_permission_nothing_is_seen_or_said() {
    at_the_desk(|desk| {
        let (ana, matter) = desk.ana_writes();
        let person = desk.person(ana);
        for path in ["/desk".to_owned(), "/desk/live".to_owned(), format!("/desk/matters/{matter}"), format!("/desk/matters/{matter}/live")]
        {
            let refused = desk.get_as(&desk.merchandiser, &path);
            assert!(refused.status == StatusCode::FORBIDDEN && !refused.has("Where is my order?"), "{path}: {}", refused.status);
            assert_eq!(desk.get_as("x=y", &path).location(), format!("/sign-in?next={path}"));
        }
        // A merchandiser may see people, but not what they wrote.
        let customer = desk.get_as(&desk.merchandiser, &format!("/desk/customers/{person}"));
        assert!(
            customer.status == StatusCode::OK && customer.has("Ana Prieto") && !customer.has("Where is my order?"),
            "{}",
            customer.html
        );
        assert!(!customer.has("Not the same"));
        assert_eq!(desk.matter(matter).unread, 1, "a refused look is no look");
    });
}

/// A form with files, as a browser sends it.
fn multipart(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    for (name, bytes) in files {
        body.extend(format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--b--\r\n");
    body
}

#[test]
fn a_file_goes_with_a_plain_form_and_one_that_cannot_go_says_so_and_by_which_way_it_can() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let path = format!("/desk/matters/{matter}");
        let send = |to: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])], partial: bool| {
            let page = desk.get(&path);
            let (csrf, key) = (page.field("csrf"), page.field("key"));
            let always = [("csrf", csrf.as_str()), ("key", key.as_str())];
            let body = multipart(&[&always[..], fields].concat(), files);
            let mut request = Request::post(format!("{path}/{to}"))
                .header("cookie", format!("{VISIT}; {}", desk.agent))
                .header("content-type", "multipart/form-data; boundary=b");
            if partial {
                request = request.header("hx-request", "true").header("hx-request-type", "partial");
            }
            desk.ask(request.body(Body::from(body)).unwrap())
        };
        let by = desk.by_whatsapp();
        let sent = send("messages", &[("kind", "reply"), ("by", &by), ("text", "Here it is")], &[("receipt.png", PNG), ("", b"")], false);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
        let message = desk.said(matter).into_iter().find(|message| message.direction == Direction::Outbound).unwrap();
        let files = desk.world.db().read(move |tx| conversations::attachments_of(tx, message.id)).wait().unwrap();
        let named: Vec<_> = files.iter().map(|file| (file.file_name.as_str(), file.content_type.as_str(), file.size_bytes)).collect();
        assert_eq!((message.text.as_str(), named), ("Here it is", vec![("receipt.png", "image/png", PNG.len() as i64)]));
        assert!(desk.get(&path).has(&format!("<img src=\"/desk/attachments/{}\"", files[0].id)), "it is seen on the thread");

        // Chosen with scripts: kept at once, seen by its owner alone, taken away again.
        let chosen = send("files", &[("kind", "reply"), ("by", &by)], &[("receipt.png", PNG), ("x.exe", b"MZ\x90")], true);
        assert_eq!(chosen.status, StatusCode::OK);
        assert!(chosen.has("receipt.png") && chosen.has("“x.exe” is a program and is not sent."), "{}", chosen.html);
        let id = chosen.field("file_id");
        assert_eq!(desk.get(&format!("/desk/uploads/{id}")).headers["content-type"], "image/png");
        assert_eq!(desk.get_as(&desk.merchandiser, &format!("/desk/uploads/{id}")).status, StatusCode::NOT_FOUND);
        let noted = send("messages", &[("kind", "note"), ("text", "x"), ("file_id", &id)], &[], false);
        assert!(noted.status == StatusCode::UNPROCESSABLE_ENTITY && noted.has("A note carries no files."), "{}", noted.html);
        let gone = send("files", &[("by", &by), ("file_id", &id), ("drop", &id)], &[], true);
        assert!(!gone.has("receipt.png") && desk.get(&format!("/desk/uploads/{id}")).status == StatusCode::NOT_FOUND);
    });
}

#[test]
fn files_come_only_as_what_is_safe_to_show() {
    at_the_desk(|desk| {
        let file = |kind, content_type: &str, name: &str| {
            let source = MediaSource::Bytes { bytes: b"<svg onload=alert(1)>".to_vec() };
            Part::Media(Media {
                kind,
                content_type: content_type.into(),
                file_name: Some(name.into()),
                caption: None,
                content_id: None,
                source,
            })
        };
        let html = Part::Html { html: "<p><b>Hello</b></p>".into() };
        let parts = vec![
            Part::Text { text: "See".into(), fresh: None },
            html,
            file(MediaKind::Image, "image/svg+xml", "x.svg"),
            file(MediaKind::Image, "image/png", "año.png"),
        ];
        let (_, matter) = desk.hears(&desk.email, Address::email("ana@example.es"), "Ana", parts);
        let message = desk.said(matter)[0].id;
        let files = desk.world.db().read(move |tx| conversations::attachments_of(tx, message)).wait().unwrap();
        let head = |answer: &Answered, name: &str| answer.headers[name].to_str().unwrap().to_owned();
        let drawing = desk.get(&format!("/desk/attachments/{}", files[0].id));
        assert_eq!(head(&drawing, "content-type"), "application/octet-stream");
        assert_eq!(head(&drawing, "content-disposition"), "attachment; filename=\"x.svg\"; filename*=UTF-8''x.svg");
        let picture = desk.get(&format!("/desk/attachments/{}", files[1].id));
        assert_eq!(head(&picture, "content-type"), "image/png");
        assert!(
            head(&picture, "content-disposition").starts_with("inline; ") && head(&picture, "content-security-policy").contains("sandbox")
        );
        let framed = desk.get(&format!("/desk/messages/{message}/formatted"));
        assert!(framed.has("<p><b>Hello</b></p>") && head(&framed, "content-security-policy").contains("sandbox"));
        assert_eq!(desk.get_as(&desk.merchandiser, &format!("/desk/attachments/{}", files[1].id)).status, StatusCode::FORBIDDEN);
        assert!(desk.get(&format!("/desk/matters/{matter}")).has("iframe sandbox src=\"/desk/messages/"));
    });
}

#[test]
fn a_mail_shows_its_own_pictures_and_what_is_known_of_its_sender() {
    at_the_desk(|desk| {
        let picture = |name: &str, content_id: &str| {
            let source = MediaSource::Bytes { bytes: b"\x89PNG".to_vec() };
            let (kind, content_type, file_name) = (MediaKind::Image, "image/png".into(), Some(name.into()));
            Part::Media(Media { kind, content_type, file_name, caption: None, content_id: Some(content_id.into()), source })
        };
        let html = Part::Html { html: r#"<p>Torn: <img src="cid:torn@mail"></p>"#.into() };
        let parts = vec![
            Part::Text { text: "Torn:".into(), fresh: None },
            html,
            picture("torn.png", "torn@mail"),
            picture("logo.png", "logo@mail"),
        ];
        let (ana, matter) = desk.hears(&desk.email, Address::email("ana@example.es"), "Ana", parts);
        let message = desk.said(matter)[0].id;
        let framed = desk.get(&format!("/desk/messages/{message}/formatted"));
        assert!(framed.has(r#"<p>Torn: <img src="data:image/png;base64,iVBORw=="></p>"#), "{}", framed.html);
        assert!(framed.headers["content-security-policy"].to_str().unwrap().contains("img-src data:"));
        let page = desk.get(&format!("/desk/matters/{matter}"));
        assert!(page.has("· 1 picture</summary>") && page.has("logo.png") && !page.has("torn.png"), "listed once: {}", page.html);
        assert!(!page.has("sender-warning"), "nobody was asked about the sender");
        let (account, from) = (desk.email.id, Sender { address: Address::email("ana@example.es"), display_name: None, reply_to: None });
        let word = |word: &str| Some(word.to_owned());
        let check = SenderCheck { spf: word("softfail"), dkim: word("none"), dmarc: word("fail") };
        let parts = vec![Part::Text { text: "Change my IBAN".into(), fresh: None }];
        write(desk.world, move |tx| {
            let mail = InboundMessage::new("doubtful", from.clone(), Address::email("hola@ria.test"), tx.now(), parts.clone());
            let message = InboundMessage { sender_check: Some(check.clone()), ..mail };
            conversations::receive(
                tx,
                &Receive { account, channel: Channel::Email, profile: ana, person: vec![ana], message, settles: None },
            )
            .unwrap();
        });
        let page = desk.get(&format!("/desk/matters/{matter}"));
        assert!(page.has("Sender checked: SPF softfail · DKIM none · DMARC fail"), "{}", page.html);
        assert!(page.has("Careful: it is not shown that this mail is from ana@example.es"));
    });
}

#[test]
fn a_signature_is_shown_before_it_is_sent_and_a_dead_address_says_why() {
    at_the_desk(|desk| {
        let (_, matter) = desk.hears_text(&desk.email, Address::email("ana@example.es"), "Ana", "Hello");
        let composer = || desk.get(&format!("/desk/matters/{matter}"));
        assert!(!composer().has("class=\"signature"), "this mailbox has none");
        let settings = r#"{"settings":{"signature_es":"{agent}\nAtención, {brand}","signature_en":"{agent}, {brand} care"}}"#;
        let account = desk.email.clone();
        write(desk.world, move |tx| {
            let Account { channel, name, address, window_hours, .. } = account.clone();
            let cmd = SaveAccount {
                channel,
                name: format!("Ría {name}"),
                address,
                window_hours,
                settings: Settings(settings.into()),
                active: true,
            };
            conversations::save_account(tx, &Actor::system(), cmd).unwrap();
        });
        assert!(composer().has("Lucía Romero\nAtención, Ría email</p>") && composer().has(" data-signed>"), "{}", composer().html);
        write(desk.world, |tx| {
            let identifiers = vec![Identifier::new(IdentifierKind::Email, "ana@example.es").unwrap()];
            let reads = Recognise { identifiers, name: None, locale: Some(Locale::En), channel: Channel::Email, verified: true };
            customers::recognise(tx, &Actor::system(), reads).unwrap();
        });
        assert!(composer().has("Lucía Romero, Ría email care</p>"), "in her language");
        let by = format!("{}|ana@example.es", desk.email.id);
        desk.post(&format!("/desk/matters/{matter}/messages"), &[("kind", "reply"), ("text", "Hi"), ("by", &by), ("key", "k1")], false);
        let sent = desk.said(matter).pop().unwrap();
        assert_eq!((sent.text.as_str(), sent.content.outbound.unwrap().signed.unwrap().by.as_str()), ("Hi", "Lucía Romero"));
        write(desk.world, move |tx| conversations::record_failed(tx, sent.id, "undeliverable", "550 5.1.1 nobody").unwrap());
        let page = composer();
        assert!(page.has("what is sent there comes back: there is no such address"), "{}", page.html);
        assert!(page.has("It did not arrive: there is no such address, or it takes no messages"));
    });
}

#[test]
fn a_long_thread_is_read_by_pages_of_the_same_cost() {
    at_the_desk(|desk| {
        let (ana, matter) = desk.ana_writes();
        for n in 0..90 {
            desk.hears_text(&desk.whatsapp, Address::phone("+34611223344"), "Ana Prieto", &format!("message {n} of many"));
        }
        let page = desk.get(&format!("/desk/matters/{matter}"));
        assert_eq!(page.html.matches("of many</div>").count(), 40);
        assert!(page.has("message 89 of many") && !page.has("message 49 of many</div>"), "the newest end is shown");
        let (_, after) = page.html.split_once("hx-get=\"").unwrap();
        let earlier = desk.get(&after.split_once('"').unwrap().0.replace("&#38;", "&"));
        assert!(earlier.html.matches("of many</div>").count() == 40 && earlier.has("message 49 of many") && !earlier.has("<html"));
        let found = desk.get("/desk/search?q=611223344");
        assert_eq!(found.location(), "/desk/customers?q=611223344");
        assert!(desk.get(found.location()).has(&format!("/desk/customers/{}", desk.person(ana))));
    });
}

#[test]
fn an_order_is_paid_for_in_the_conversation_or_called_off() {
    at_the_desk(|desk| {
        let (ana, matter) = desk.ana_writes();
        let order = write(desk.world, move |tx| {
            let line = orders::NewLine {
                variant: tx.new_id(),
                sku: "VES-001".into(),
                title: "Vestido Solera".into(),
                quantity: Quantity(2),
                unit_price: 5_000,
                discount: 0,
                is_tax_included: true,
                tax_basis_points: 2_100,
                tax: 1_736,
                total: 10_000,
                reservation: None,
            };
            let (location, way) = (tx.new_id(), orders::FulfilmentWay::Collect);
            let part = orders::NewPart { way, location, place: "Sevilla, Sierpes".into(), address: None, lines: vec![line] };
            let place = orders::PlaceOrder {
                key: "o".into(),
                cart: None,
                cart_version: None,
                profile: Some(ana),
                channel: Channel::Web,
                locale: Locale::En,
                sold_at: None,
                contact: orders::Contact::default(),
                note: String::new(),
                currency: "EUR".parse().unwrap(),
                delivery_fee: 0,
                delivery_tax: 0,
                parts: vec![part],
            };
            orders::place_order(tx, &Actor::system(), place).unwrap().order
        });
        let path = format!("/desk/orders/{}", order.id);
        let page = desk.get(&path);
        assert!(page.has("Vestido Solera") && page.has("Waits for payment") && page.has("Ana Prieto"), "{}", page.html);
        let sent = [
            desk.post(&format!("{path}/pay-link"), &[("key", "p")], false),
            desk.post(&format!("{path}/pay-link"), &[("key", "p")], false),
        ];
        assert!(sent[0].location().starts_with(&format!("/desk/matters/{matter}?pay=")), "{}", sent[0].html);
        assert_eq!(sent[0].location(), sent[1].location(), "pressed twice, one link");
        let page = desk.get(sent[0].location());
        assert!(page.has("You can pay €100.00 here") && page.has("http://localhost/pay/") && page.has("Pay link made"), "{}", page.html);
        let done = desk.post(&format!("{path}/cancellation"), &[("reason", "Changed her mind")], false);
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, path.as_str()));
        let page = desk.get(&path);
        assert!(page.has("Cancelled") && !page.has("/cancellation"), "{}", page.html);
        assert!(desk.get(&format!("/desk/matters/{matter}")).has("Changed her mind"));
    });
}

fn saves(desk: &Desk<'_>, name: &'static str, en: &'static str) -> conversations::SavedReplyId {
    write(desk.world, move |tx| {
        let cmd = conversations::SaveReply { name: name.into(), text_en: en.into(), ..Default::default() };
        conversations::make_saved_reply(tx, &Actor::system(), &cmd).unwrap()
    })
}

#[test]
fn a_saved_reply_is_offered_filled_and_an_open_gap_stays_in_the_composer() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let late = saves(desk, "late", "Sorry {first_name}, {order} is <late>. {agent} of {brand}");
        saves(desk, "thanks", "Thank you, {first_name}!");
        let path = format!("/desk/matters/{matter}/insert");
        let offered = desk.ask(
            Request::get(format!("{path}?what=saved&q=th"))
                .header("cookie", format!("{VISIT}; {}", desk.agent))
                .header("hx-request", "true")
                .body(Body::empty())
                .unwrap(),
        );
        assert!(offered.has("data-text=\"Thank you, Ana!\"") && !offered.has("/late") && !offered.has("<html"), "{}", offered.html);
        // Without scripts: the words typed so far are kept, the choice is made on a page, and both are in the composer.
        let to_page = desk.post(&format!("{path}?view=mine"), &[("what", "saved"), ("text", "Hello."), ("key", "k")], false);
        assert_eq!(to_page.location(), format!("{path}?what=saved&view=mine"));
        assert!(desk.get(to_page.location()).has(&format!("value=\"saved:{late}\"")));
        let chosen = desk.post(&format!("{path}?view=mine"), &[("choice", &format!("saved:{late}"))], false);
        assert_eq!(chosen.location(), format!("/desk/matters/{matter}?view=mine#words"));
        let page = desk.get(&format!("/desk/matters/{matter}"));
        let words = "Hello.\nSorry Ana, {order} is <late>. Lucía of Ría";
        assert!(page.has(">Hello.\nSorry Ana, {order} is &#60;late&#62;. Lucía of Ría</textarea>"), "{}", page.html);
        let by = desk.by_whatsapp();
        let fields = [("kind", "reply"), ("by", by.as_str()), ("text", words), ("key", "k")];
        let refused = desk.post(&format!("/desk/matters/{matter}/messages"), &fields, false);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("{order} is still to be filled in"), "{}", refused.html);
        assert_eq!(desk.said(matter).len(), 1);
        let stranger = desk.get_as(&desk.merchandiser, &path);
        assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn who_is_named_in_a_note_is_told_until_they_look() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let iker = session(desk.world, "iker@ria.test", "Iker Sanz", Role::Agent);
        let note = [("kind", "note"), ("text", "@Iker Sanz, can you look?"), ("key", "n1")];
        desk.post(&format!("/desk/matters/{matter}/messages"), &note, false);
        let told = desk.get_as(&iker, "/desk");
        assert!(told.has("Lucía Romero: “@Iker Sanz, can you look?”") && told.has("role=\"status\""), "{}", told.html);
        let list = desk.get_as(&iker, "/desk?view=mentioned");
        assert!(list.has("Ana Prieto") && list.has("you are named"), "{}", list.html);
        assert!(!desk.get("/desk?view=mentioned").has("Ana Prieto"), "whoever wrote is not told");
        desk.get_as(&iker, &format!("/desk/matters/{matter}"));
        let list = desk.get_as(&iker, "/desk?view=mentioned");
        assert!(list.has("Ana Prieto") && !list.has("you are named"), "{}", list.html);
    });
}

#[test]
fn a_product_goes_with_the_message_as_a_card() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let handle = write(desk.world, shirt);
        let path = format!("/desk/matters/{matter}");
        let page = desk.get(&format!("{path}?card=product:{handle}"));
        assert!(page.has(&format!("name=\"card\" value=\"product:{handle}\"")) && page.has("Linen shirt"), "{}", page.html);
        let by = desk.by_whatsapp();
        let of = format!("product:{handle}");
        let fields = [("kind", "reply"), ("by", by.as_str()), ("text", "This one?"), ("card", of.as_str()), ("key", "k")];
        let done = desk.post(&format!("{path}/messages"), &fields, true);
        assert!(done.has("class=\"sent-card product\"") && done.has("Linen shirt"), "{}", done.html);
        let said = desk.said(matter);
        let plain = format!("This one?\n\nLinen shirt\nhttp://localhost/products/{handle}");
        assert_eq!(said[1].plain(), plain, "in words where there are only words");
        desk.world.clock().advance(Duration::from_secs(6));
        let leaves = write(desk.world, |tx| conversations::take_due(tx, 10).unwrap());
        assert_eq!(leaves[0].outbound.text.as_deref(), Some(plain.as_str()));
        let unknown = [("kind", "reply"), ("by", by.as_str()), ("text", "This?"), ("card", "product:none"), ("key", "k2")];
        let refused = desk.post(&format!("{path}/messages"), &unknown, false);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(desk.said(matter).len(), 2);
    });
}

/// A product that customers see, without a price.
fn shirt(tx: &mut Tx<'_>) -> String {
    let draft = catalogue::NewProduct::titled(catalogue::Localised::new("Camisa de lino", "Linen shirt"));
    let new = catalogue::NewProduct { status: catalogue::Status::Active, ..draft };
    catalogue::create_product(tx, &Actor::system(), new).unwrap().handle
}

#[test]
fn tags_are_given_filter_the_queue_and_go_again() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let tag = write(desk.world, |tx| conversations::list_tag(tx, &Actor::system(), "Late").unwrap()).to_string();
        let path = format!("/desk/matters/{matter}");
        let given = desk.post(&format!("{path}/tags?view=mine"), &[("tag", &tag)], true);
        assert!(given.has(&format!("/desk?view=tag-{tag}")) && given.has("Tagged: Late"), "{}", given.html);
        assert!(desk.get(&format!("/desk?view=tag-{tag}")).has("Ana Prieto"));
        let taken = desk.post(&format!("{path}/tags/{tag}/removal?view=mine"), &[], false);
        assert_eq!(taken.location(), format!("{path}?view=mine"));
        assert!(!desk.get(&format!("/desk?view=tag-{tag}")).has("Ana Prieto"));
        assert_eq!(desk.post(&format!("{path}/tags"), &[("tag", "none")], false).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_promise_stands_above_the_thread_until_it_is_kept_and_the_customer_is_told_by_their_clock() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let (path, here) = (format!("/desk/matters/{matter}"), format!("/desk/matters/{matter}?view=mine"));
        let promise = |text: &'static str, until: &'static str, key: &'static str| {
            let fields = [("promise", text), ("promise_until", until), ("promise_key", key), ("promise_tell", "yes")];
            desk.post(&format!("{path}/promise?view=mine"), &fields, false)
        };
        assert!(desk.get(&path).has("name=\"promise_until\" value=\"2026-06-02T12:00\""), "tomorrow at noon is offered");
        let empty = promise(" ", "2026-06-02T12:00", "k0");
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.has("Write what you promise."), "{}", empty.html);
        let beside = desk.post(&format!("{path}/promise?view=mine"), &[("promise", " "), ("promise_until", "2026-06-02T12:00")], true);
        assert_eq!(beside.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(beside.has("Write what you promise.") && !beside.has("id=\"composer\""), "the composer stays as it is");
        assert!(promise("I call you", "2026-06-01T08:00", "k0").has("still to come"));
        assert_eq!(desk.said(matter).len(), 1, "what was refused is told to nobody");
        assert_eq!(promise("I call you with the answer", "2026-06-02T12:00", "k1").location(), here);
        let told = desk.said(matter).pop().unwrap();
        assert_eq!(told.text, "I call you with the answer. Como muy tarde, el martes 2/6 a las 12:00.");
        let page = desk.get(&path);
        assert!(page.has("Until tomorrow, 12:00 (Europe/Madrid) · Lucía Romero") && page.has("left"), "{}", page.html);
        assert!(desk.get("/desk?view=promised").has("Ana Prieto"));
        assert!(desk.get(&format!("{path}/transfer")).has("value=\"2026-06-02T12:00\""), "a transfer carries it");
        let kept = desk.post(&format!("{path}/promise/fulfilment?view=mine"), &[], true);
        assert!(kept.has("The promise is kept.") && kept.has("Promise kept: “I call you with the answer”"), "{}", kept.html);
        assert!(!desk.get("/desk?view=promised").has("Ana Prieto"));
        assert_eq!(promise("I call again", "2026-06-01T11:00", "k2").location(), here);
        let carried = || desk.get(&format!("{path}/transfer")).has("value=\"2026-06-01T11:00\"");
        assert!(carried());
        desk.world.clock().advance(Duration::from_secs(2 * 3600));
        assert!(!carried(), "a moment that is past is not");
    });
}

#[test]
fn an_answer_for_later_stays_in_sight_until_it_is_changed_or_called_off() {
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let (by, path) = (desk.by_whatsapp(), format!("/desk/matters/{matter}"));
        let fields = [("kind", "reply"), ("by", by.as_str()), ("text", "Good morning!"), ("later", "tomorrow"), ("key", "k1")];
        let kept = desk.post(&format!("{path}/messages?view=mine"), &fields, false);
        assert_eq!(kept.location(), format!("{path}?view=mine"));
        let page = desk.get(&path);
        assert!(page.has("Leaves tomorrow, 09:00 (Europe/Madrid)") && page.has("Good morning!"), "{}", page.html);
        assert_eq!(desk.said(matter).len(), 1, "nothing has left");
        let id = desk.scheduled(matter);
        let one = desk.get(&format!("/desk/scheduled/{id}"));
        assert!(one.has("value=\"2026-06-02T09:00\"") && one.has(">Good morning!</textarea>"), "{}", one.html);
        let past = [("text", "Hello"), ("by", by.as_str()), ("send_at", "2026-06-01T08:00")];
        let refused = desk.post(&format!("/desk/scheduled/{id}"), &past, false);
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("still to come"), "{}", refused.html);
        let now = [("text", "Hello"), ("by", by.as_str()), ("send_at", "2026-06-02T09:00"), ("do", "now")];
        assert_eq!(desk.post(&format!("/desk/scheduled/{id}"), &now, false).location(), path);
        assert_eq!(desk.said(matter)[1].text, "Hello");
        let other =
            [("kind", "reply"), ("by", by.as_str()), ("text", "Bye"), ("later", "at"), ("send_at", "2026-06-03T10:30"), ("key", "k2")];
        desk.post(&format!("{path}/messages"), &other, false);
        let id = desk.scheduled(matter);
        assert_eq!(desk.post(&format!("/desk/scheduled/{id}/cancellation"), &[], false).location(), path);
        assert!(!desk.get(&path).has("class=\"scheduled\""));
        assert_eq!(desk.said(matter).len(), 2);
    });
}
