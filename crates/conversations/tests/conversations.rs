//! Long because: one room told through its public list, with the helpers that every story shares.
//! What is said is kept once, in the right matter, and leaves once.

use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Fault, ProfileId, Role, StaffId, Timestamp, Tx, log};
use std::time::Duration;

const ANA: ProfileId = ProfileId::from_parts(1, 1);
const ANA_ON_WHATSAPP: ProfileId = ProfileId::from_parts(1, 2);

fn agent() -> Actor {
    Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent])
}

fn account_of(world: &World, channel: Channel, window_hours: Option<u32>) -> AccountId {
    let cmd = SaveAccount {
        channel,
        name: channel.to_string(),
        address: format!("our-{channel}"),
        window_hours,
        settings: Settings::default(),
        active: true,
    };
    world.db().write("account", move |tx| save_account(tx, &Actor::system(), cmd.clone())).wait().expect("connected")
}

fn mail(id: &str, text: &str) -> InboundMessage {
    let from = Sender { address: Address::email("ana@cliente.test"), display_name: Some("Ana".into()), reply_to: None };
    let parts = vec![Part::Text { text: text.into(), fresh: None }];
    let message = InboundMessage::new(id, from, Address::email("hola@tienda.test"), kernel::testing::START, parts);
    InboundMessage { subject: Some("¿Dónde está mi pedido?".into()), ..message }
}

fn chat(id: &str, text: &str) -> InboundMessage {
    InboundMessage {
        from: Sender { address: Address::phone("34600000001"), display_name: None, reply_to: None },
        subject: None,
        ..mail(id, text)
    }
}

fn take_in(world: &World, account: AccountId, channel: Channel, profile: ProfileId, message: InboundMessage) -> Received {
    let cmd = Receive { account, channel, profile, person: vec![ANA, ANA_ON_WHATSAPP], message, settles: None };
    world.db().write("receive", move |tx| receive(tx, &cmd)).wait().expect("received")
}

fn say(world: &World, matter: MatterId, account: AccountId, address: &str, key: &str) -> Result<MessageId, ConversationError> {
    let cmd = Reply { undo: Duration::from_secs(5), ..Reply::new(matter, account, address, "Sale hoy.", key) };
    world.db().write("reply", move |tx| reply(tx, &agent(), &cmd)).wait()
}

fn one(world: &World, id: MessageId) -> Message {
    world.db().read(move |tx| messages(tx, &[id])).wait().expect("read").pop().expect("there")
}

fn send_all(world: &World) -> Vec<ToSend> {
    world.db().write("take", |tx| take_due(tx, 100)).wait().expect("taken")
}

#[test]
fn email_then_whatsapp_is_one_matter_on_one_thread_and_a_repeat_changes_nothing() {
    on_both(&[MIGRATIONS], |world| {
        let (mailbox, number) = (account_of(world, Channel::Email, None), account_of(world, Channel::Whatsapp, Some(24)));
        let first = take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "Hola, ¿dónde está?"));
        let second = take_in(world, number, Channel::Whatsapp, ANA_ON_WHATSAPP, chat("wamid.1", "Soy Ana, sigo por aquí"));
        let again = take_in(world, number, Channel::Whatsapp, ANA_ON_WHATSAPP, chat("wamid.1", "Soy Ana, sigo por aquí"));
        assert_eq!(first.matter, second.matter);
        assert_eq!(again, Received { is_new: false, ..second });
        let found = world.db().read(move |tx| matter(tx, first.matter)).wait().expect("read").expect("there");
        assert_eq!(
            (found.subject.as_str(), found.unread, found.channel, found.state),
            ("¿Dónde está mi pedido?", 2, Channel::Whatsapp, MatterState::New)
        );
        let thread = world.db().read(|tx| log::timeline(tx, &[ANA, ANA_ON_WHATSAPP], None, 10)).wait().expect("read");
        let said: Vec<_> = thread.iter().map(|e| (e.kind.as_str(), e.channel)).collect();
        assert_eq!(said, [("message.received", Some(Channel::Whatsapp)), ("message.received", Some(Channel::Email))]);
    });
}

#[test]
fn eight_deliveries_of_one_webhook_make_one_message() {
    on_both(&[MIGRATIONS], |world| {
        let number = account_of(world, Channel::Whatsapp, Some(24));
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let db = world.db().clone();
                let cmd = Receive {
                    account: number,
                    channel: Channel::Whatsapp,
                    profile: ANA,
                    person: vec![ANA],
                    message: chat("wamid.1", "hola"),
                    settles: None,
                };
                std::thread::spawn(move || db.write("receive", move |tx| receive(tx, &cmd)).wait())
            })
            .collect();
        let new = threads.into_iter().filter_map(|t| t.join().expect("a thread").ok()).filter(|r| r.is_new).count();
        let counts = world
            .db()
            .read(|tx| Ok::<_, Fault>((matters_of(tx, &[ANA], 10)?.len(), matters_of(tx, &[ANA], 10)?[0].unread)))
            .wait()
            .expect("read");
        assert_eq!((new, counts), (1, (1, 1)));
    });
}

#[test]
fn a_message_after_a_week_of_silence_opens_a_new_matter_and_before_reopens_the_old() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email, None);
        let first = take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "uno"));
        let close = |id| world.db().write("resolve", move |tx| resolve(tx, &agent(), id)).wait().expect("resolved");
        close(first.matter);
        let soon = take_in(world, mailbox, Channel::Email, ANA, mail("<2@x>", "gracias"));
        assert_eq!(soon.matter, first.matter);
        close(first.matter);
        world.clock().advance(Duration::from_secs(8 * 24 * 3600));
        let late = take_in(world, mailbox, Channel::Email, ANA, mail("<3@x>", "otra cosa"));
        assert_ne!(late.matter, first.matter);
        // An answer to the old message goes where the old message was, however late it is looked at.
        let answer = InboundMessage { in_reply_to: Some("<3@x>".into()), ..mail("<4@x>", "y además") };
        assert_eq!(take_in(world, mailbox, Channel::Email, ANA, answer).matter, late.matter);
    });
}

#[test]
fn a_reply_leaves_once_after_its_undo_time_and_receipts_settle_in_any_order() {
    on_both(&[MIGRATIONS], |world| {
        let number = account_of(world, Channel::Whatsapp, Some(24));
        let got = take_in(world, number, Channel::Whatsapp, ANA, chat("wamid.1", "hola"));
        let id = say(world, got.matter, number, "+34600000001", "k1").expect("queued");
        assert_eq!(say(world, got.matter, number, "+34600000001", "k1").expect("the same"), id);
        assert_eq!(send_all(world), [], "it may still be taken back");
        world.clock().advance(Duration::from_secs(5));
        let taken = send_all(world);
        assert_eq!(
            taken.iter().map(|t| (t.id, t.outbound.dedupe_key.clone(), t.outbound.reply_to.clone())).collect::<Vec<_>>(),
            [(id, id.to_string(), Some("wamid.1".into()))]
        );
        assert_eq!(send_all(world), [], "another sender does not take it");
        // "read" overtakes the answer to our own send.
        let receipt =
            |state| Receipt { provider_message_id: "wamid.out".into(), state, at: kernel::testing::START, to: None, dedupe_key: None };
        let early = receipt(ReceiptState::Read);
        world.db().write("receipt", move |tx| apply_receipt(tx, number, &early)).wait().expect("kept");
        world.db().write("sent", move |tx| record_sent(tx, id, "wamid.out")).wait().expect("recorded");
        assert_eq!(one(world, id).state, DeliveryState::Read);
        let late = receipt(ReceiptState::Delivered);
        world.db().write("receipt", move |tx| apply_receipt(tx, number, &late)).wait().expect("heard");
        assert_eq!(one(world, id).state, DeliveryState::Read);
    });
}

#[test]
fn a_sender_that_dies_is_replaced_under_the_same_dedupe_key() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email, None);
        let got = take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "hola"));
        let id = say(world, got.matter, mailbox, "ana@cliente.test", "k1").expect("queued");
        world.clock().advance(Duration::from_secs(5));
        assert_eq!(send_all(world).len(), 1);
        world.clock().advance(Duration::from_secs(60));
        let again = send_all(world);
        assert_eq!((again[0].id, again[0].outbound.dedupe_key.clone(), again[0].attempts), (id, id.to_string(), 1));
        world.db().write("failed", move |tx| record_failed(tx, id, "550", "no such mailbox")).wait().expect("recorded");
        let message = one(world, id);
        assert_eq!((message.state, message.failure), (DeliveryState::Failed, Some(("550".into(), "no such mailbox".into()))));
    });
}

#[test]
fn a_closed_window_refuses_free_text_and_says_since_when() {
    on_both(&[MIGRATIONS], |world| {
        let (mailbox, number) = (account_of(world, Channel::Email, None), account_of(world, Channel::Whatsapp, Some(24)));
        let got = take_in(world, number, Channel::Whatsapp, ANA, chat("wamid.1", "hola"));
        take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "y por correo"));
        world.clock().advance(Duration::from_secs(25 * 3600));
        let refused = say(world, got.matter, number, "+34600000001", "k1");
        let closed_at = kernel::testing::START.plus(Duration::from_secs(24 * 3600));
        assert!(matches!(refused, Err(ConversationError::WindowClosed(at)) if at == closed_at), "{refused:?}");
        let options = world.db().read(|tx| reply_options(tx, &[ANA])).wait().expect("read");
        let seen: Vec<_> = options.iter().map(|o| (o.account.channel, o.closed.is_some())).collect();
        assert_eq!(seen, [(Channel::Email, false), (Channel::Whatsapp, true)]);
        assert_eq!(world.db().read(move |tx| messages_of(tx, got.matter, 10)).wait().expect("read").len(), 2, "nothing was written");
    });
}

#[test]
fn who_asked_to_be_left_alone_is_left_alone() {
    on_both(&[MIGRATIONS], |world| {
        let number = account_of(world, Channel::Whatsapp, Some(24));
        let got = take_in(world, number, Channel::Whatsapp, ANA, chat("wamid.1", "BAJA"));
        world.db().write("close", move |tx| close_address(tx, number, "+34600000001", "BAJA")).wait().expect("noted");
        assert!(matches!(say(world, got.matter, number, "+34600000001", "k"), Err(ConversationError::OptedOut(_))));
        assert!(matches!(say(world, got.matter, number, "+34999999999", "k"), Err(ConversationError::NoAddress)));
    });
}

#[test]
fn a_message_can_be_taken_back_only_before_it_leaves() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email, None);
        let got = take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "hola"));
        let cancel = |id| world.db().write("cancel", move |tx| cancel_message(tx, &agent(), id)).wait();
        let first = say(world, got.matter, mailbox, "ana@cliente.test", "k1").expect("queued");
        cancel(first).expect("in time");
        cancel(first).expect("twice is once");
        let second = say(world, got.matter, mailbox, "ana@cliente.test", "k2").expect("queued");
        world.clock().advance(Duration::from_secs(5));
        assert_eq!(send_all(world).iter().map(|t| t.id).collect::<Vec<_>>(), [second]);
        assert!(matches!(cancel(second), Err(ConversationError::AlreadySent)));
    });
}

#[test]
fn a_snoozed_matter_comes_back_by_itself_and_queues_show_what_they_should() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email, None);
        let got = take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "hola"));
        let me = StaffId::from_parts(1, 1);
        let shown = |view| world.db().read(move |tx| queue(tx, view, None, 10)).wait().expect("read").len();
        assert_eq!((shown(View::Unassigned), shown(View::Mine(me))), (1, 0));
        world
            .db()
            .write("assign", move |tx| assign(tx, &agent(), got.matter, Assign { owner: Some(me), team: None }))
            .wait()
            .expect("assigned");
        assert_eq!((shown(View::Unassigned), shown(View::Mine(me))), (0, 1));
        let until = kernel::testing::START.plus(Duration::from_secs(3600));
        world.db().write("snooze", move |tx| snooze(tx, &agent(), got.matter, until)).wait().expect("put aside");
        assert_eq!((shown(View::Mine(me)), shown(View::Snoozed)), (0, 1));
        let past = world.db().write("snooze", move |tx| snooze(tx, &agent(), got.matter, kernel::testing::START)).wait();
        assert!(matches!(past, Err(ConversationError::InThePast)));
        world.clock().advance(Duration::from_secs(3600));
        world.run_timers(TIMERS);
        assert_eq!((shown(View::Mine(me)), shown(View::Snoozed)), (1, 0));
    });
}

#[test]
fn raw_events_are_stored_once_and_set_aside_after_many_failures() {
    on_both(&[MIGRATIONS], |world| {
        let number = account_of(world, Channel::Whatsapp, Some(24));
        let store = || {
            world.db().write("raw", move |tx| store_raw(tx, number, "evt-1", &[("h".into(), "v".into())], b"{}")).wait().expect("stored")
        };
        assert_eq!((store(), store()), (true, false));
        let raw = world.db().read(|tx| waiting_raw(tx, 10)).wait().expect("read").pop().expect("waiting");
        assert_eq!((raw.body.as_slice(), raw.headers.as_slice()), (b"{}".as_slice(), [("h".to_owned(), "v".to_owned())].as_slice()));
        for _ in 0..8 {
            world.db().write("fail", move |tx| postpone_raw(tx, raw.id, "no sense")).wait().expect("noted");
        }
        assert_eq!(world.db().read(refused_raw).wait().expect("read"), 1);
        assert!(
            !world.db().write("finish", move |tx| finish_raw(tx, raw.id, true)).wait().expect("asked"),
            "set aside means out of the way"
        );
    });
}

#[test]
fn a_customer_cannot_write_notes_and_an_empty_reply_is_refused() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email, None);
        let got = take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "hola"));
        let denied = world.db().write("note", move |tx| add_note(tx, &Actor::customer(ANA), got.matter, "x", "k")).wait();
        assert!(matches!(denied, Err(ConversationError::Denied(_))));
        let empty = world.db().write("note", move |tx| add_note(tx, &agent(), got.matter, "  ", "k")).wait();
        assert!(matches!(empty, Err(ConversationError::Empty)));
        let noted = world.db().write("note", move |tx| add_note(tx, &agent(), got.matter, "Llamar mañana", "k")).wait().expect("noted");
        assert_eq!((one(world, noted).direction, one(world, noted).channel), (Direction::Note, Channel::Desk));
    });
}

#[test]
fn every_statement_prepares_on_both() {
    on_both(&[MIGRATIONS], |world| assert_eq!(world.db().prepare_all().expect("prepared"), Vec::<String>::new()));
}

#[test]
fn the_whole_is_counted_for_the_first_page() {
    on_both(&[conversations::MIGRATIONS], |world| {
        let account = account_of(world, Channel::Email, None);
        let first = take_in(world, account, Channel::Email, ANA, mail("m1", "¿Dónde está?"));
        let counts = world.db().read(matter_counts).wait().expect("counts");
        assert_eq!(counts, MatterCounts { open: 1, unassigned: 1, unread: 1 });
        let answer = say(world, first.matter, account, "ana@cliente.test", "k1").expect("queued");
        let outbox = |before| world.db().read(move |tx| outbox_counts(tx, before)).wait().expect("outbox");
        assert_eq!(outbox(kernel::testing::START), (1, 0));
        assert_eq!(outbox(kernel::testing::START.plus(Duration::from_secs(600))), (1, 1));
        world.db().write("fail", move |tx| record_failed(tx, answer, "550", "no such mailbox")).wait().expect("failed");
        let how = world.db().read(move |tx| standing(tx, account)).wait().expect("standing");
        assert_eq!((how.waiting, how.trouble), (0, None));
        assert_eq!(how.failed.map(|(_, code, text)| (code, text)), Some(("550".into(), "no such mailbox".into())));
    });
}

#[test]
fn what_came_in_is_emptied_when_understood_and_forgotten_after_thirty_days() {
    on_both(&[MIGRATIONS], |world| {
        let number = account_of(world, Channel::Whatsapp, Some(24));
        let store =
            |name: &'static str| world.db().write("raw", move |tx| store_raw(tx, number, name, &[], b"secret")).wait().expect("asked");
        for name in ["understood", "strange", "waiting"] {
            assert!(store(name));
            world.clock().advance(Duration::from_secs(1));
        }
        let waiting = world.db().read(|tx| waiting_raw(tx, 10)).wait().expect("read");
        let (understood, strange) = (waiting[0].id, waiting[1].id);
        let finish = |id, whole| world.db().write("finish", move |tx| finish_raw(tx, id, whole)).wait().expect("asked");
        assert!(finish(understood, true) && finish(strange, false) && !finish(strange, true));
        let bodies = || {
            let sizes = |tx: &kernel::ReadTx<'_>| {
                let all = kernel::sql!("SELECT LENGTH(body) FROM raw_inbound ORDER BY dedupe LIMIT 10");
                tx.query(all, kernel::params![], |row| row.get::<i64>(0))
            };
            world.db().read(sizes).wait().expect("read")
        };
        assert_eq!(bodies(), [6, 0, 6], "strange, understood, waiting");
        assert!(!store("understood"), "a repeat is recognised");
        let forget = || world.db().write("forget", |tx| forget_raw(tx, 10)).wait().expect("swept");
        world.clock().advance(Duration::from_secs(29 * 24 * 3600));
        assert_eq!(forget(), 0);
        world.clock().advance(Duration::from_secs(2 * 24 * 3600));
        assert_eq!((forget(), bodies()), (2, vec![6]), "what waits is never forgotten");
    });
}

#[test]
fn a_round_of_raw_events_fits_into_memory() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email, None);
        for name in ["a", "b", "c"] {
            world.db().write("raw", move |tx| store_raw(tx, mailbox, name, &[], &vec![0; 20 << 20])).wait().expect("stored");
        }
        assert_eq!(world.db().read(|tx| waiting_raw(tx, 10)).wait().expect("read").len(), 1);
    });
}

#[test]
fn a_wrong_clock_far_away_does_not_hide_a_matter() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email, None);
        let first = take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "hola"));
        let old = InboundMessage { at: Timestamp::from_seconds(0), ..mail("<2@x>", "sigo esperando") };
        take_in(world, mailbox, Channel::Email, ANA, old);
        let found = world.db().read(move |tx| matter(tx, first.matter)).wait().expect("read").expect("there");
        assert_eq!(found.last_at, kernel::testing::START);
    });
}

#[test]
fn naming_an_address_for_answers_does_not_take_it_from_its_owner() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email, None);
        take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "hola"));
        let mallory = ProfileId::from_parts(9, 9);
        let stranger =
            Sender { address: Address::email("m@x.test"), display_name: None, reply_to: Some(Address::email("ana@cliente.test")) };
        take_in(world, mailbox, Channel::Email, mallory, InboundMessage { from: stranger, ..mail("<2@x>", "soy Ana") });
        let point = world.db().read(move |tx| contact_point(tx, mailbox, "ana@cliente.test")).wait().expect("read").expect("known");
        assert_eq!(point.profile, ANA);
    });
}

#[test]
fn a_receipt_on_one_account_says_nothing_of_another_accounts_message() {
    on_both(&[MIGRATIONS], |world| {
        let (mailbox, number) = (account_of(world, Channel::Email, None), account_of(world, Channel::Whatsapp, Some(24)));
        let got = take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "hola"));
        let id = say(world, got.matter, mailbox, "ana@cliente.test", "k1").expect("queued");
        let receipt = Receipt {
            provider_message_id: "wamid.x".into(),
            state: ReceiptState::Read,
            at: kernel::testing::START,
            to: None,
            dedupe_key: Some(id.to_string()),
        };
        world.db().write("receipt", move |tx| apply_receipt(tx, number, &receipt)).wait().expect("kept");
        assert_eq!(one(world, id).state, DeliveryState::Queued);
    });
}

#[test]
fn what_was_said_first_arrives_first_even_when_it_must_be_tried_again() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email, None);
        let ana = take_in(world, mailbox, Channel::Email, ANA, mail("<1@x>", "hola"));
        let address = "ana@cliente.test";
        let [first, second] = ["k1", "k2"].map(|key| {
            world.clock().advance(Duration::from_secs(10));
            say(world, ana.matter, mailbox, address, key).expect("queued")
        });
        world.clock().advance(Duration::from_secs(10));
        let taken = || send_all(world).into_iter().map(|message| message.id).collect::<Vec<_>>();
        assert_eq!(taken(), [first, second]);
        // The first must be tried again, and the second was not tried.
        let put_off = move |tx: &mut Tx<'_>| {
            record_retry(tx, first, tx.now().plus(Duration::from_secs(60)), "busy")?;
            release(tx, second, false)
        };
        world.db().write("put off", put_off).wait().expect("kept");
        assert_eq!(taken(), []);
        let third = say(world, ana.matter, mailbox, address, "k3").expect("queued");
        world.clock().advance(Duration::from_secs(60));
        assert_eq!(taken(), [first]);
        world.db().write("sent", move |tx| record_sent(tx, first, "<a@tienda.test>")).wait().expect("kept");
        assert_eq!(taken(), [second, third]);
    });
}

#[test]
fn a_page_of_a_queue_costs_the_same_however_long_the_queue() {
    // What counts whole queues stops at a limit of its own.
    let is_list = |text: &str| text.contains("FROM matter") && text.contains("ORDER BY") && !text.contains("GROUP BY");
    kernel::testing::on_sqlite(&[MIGRATIONS], |world| {
        let lists = kernel::testing::plans(world.db()).into_iter().filter(|(_, text, _)| is_list(text));
        let (places, sorted): (Vec<_>, Vec<_>) = lists
            .map(|(place, _, plan)| (place, plan.iter().any(|step| step.starts_with("SCAN matter (") || step.contains("TEMP B-TREE"))))
            .unzip();
        assert_eq!(places.len(), 33);
        assert_eq!(sorted, [false; 33], "{places:?}");
    });
}
