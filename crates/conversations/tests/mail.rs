//! What becomes of mail: it comes back, it is called unwanted, it is answered from where it was written to.

mod common;

use common::{LUCIA, as_agent, run};
use conversations::*;
use kernel::testing::{START, World, on_both};
use kernel::{Actor, Channel, ProfileId};
use std::time::Duration;

const ANA: ProfileId = ProfileId::from_parts(1, 1);
const ANAS: &str = "ana@cliente.test";

fn writes(world: &World, account: AccountId, id: &'static str, to: &'static str) -> MatterId {
    let from = Sender { address: Address::email(ANAS), display_name: None, reply_to: None };
    let parts = vec![Part::Text { text: "Hola".into(), fresh: None }];
    let message = InboundMessage::new(id, from, Address::email(to), START, parts);
    let cmd = Receive { account, channel: Channel::Email, profile: ANA, person: vec![ANA], message, settles: None };
    run(world, move |tx| receive(tx, &cmd)).matter
}

fn answers(world: &World, matter: MatterId, account: AccountId, key: &'static str) -> Result<MessageId, ConversationError> {
    let cmd = Reply::new(matter, account, ANAS, "Sale hoy.", key);
    world.db().write("reply", move |tx| reply(tx, &as_agent(LUCIA), &cmd)).wait()
}

/// Everything that is due leaves under these names; gives from where.
fn leaves(world: &World, name: &'static str) -> Vec<Option<String>> {
    run(world, move |tx| {
        let due = take_due(tx, 10)?;
        due.iter().try_for_each(|message| record_sent(tx, message.id, name))?;
        Ok::<_, kernel::Fault>(due.into_iter().map(|message| message.outbound.from).collect())
    })
}

fn state(world: &World, id: MessageId) -> DeliveryState {
    world.db().read(move |tx| messages(tx, &[id])).wait().expect("read")[0].state
}

fn closed(world: &World) -> Vec<Option<String>> {
    let options = world.db().read(|tx| reply_options(tx, &[ANA])).wait().expect("read");
    options.into_iter().map(|option| option.closed.map(|why| why.to_string())).collect()
}

const GONE: &str = "nothing is sent to this address until somebody writes from it: no_such_address";
const UNWANTED: &str = "nothing is sent to this address until somebody writes from it: unwanted";

fn came_back(name: &str, code: &str) -> Receipt {
    let state = ReceiptState::Failed { code: code.into(), text: "550 5.1.1".into() };
    Receipt { provider_message_id: name.into(), state, at: START, to: Some(Address::email(ANAS)), dedupe_key: None }
}

#[test]
fn what_comes_back_closes_the_address_until_somebody_writes_from_it() {
    on_both(&[MIGRATIONS], |world| {
        let account = common::account_of(world, Channel::Email);
        let matter = writes(world, account, "1@x", "hola@tienda.test");
        let first = answers(world, matter, account, "a").expect("queued");
        assert_eq!(leaves(world, "first@tienda.test"), [Some("hola@tienda.test".into())]);
        // A report about a mail that we never sent, and one about a full mailbox, close nothing.
        for (name, code) in [("other@tienda.test", "undeliverable"), ("first@tienda.test", "mailbox_full")] {
            run(world, move |tx| apply_receipt(tx, account, &came_back(name, code)));
            assert_eq!(closed(world), [None], "{name}");
        }
        assert_eq!(state(world, first), DeliveryState::Failed);
        let second = answers(world, matter, account, "b").expect("queued");
        leaves(world, "second@tienda.test");
        run(world, move |tx| apply_receipt(tx, account, &came_back("second@tienda.test", "undeliverable")));
        assert_eq!((state(world, second), closed(world)), (DeliveryState::Failed, vec![Some(GONE.into())]));
        let refused = answers(world, matter, account, "c");
        assert!(matches!(refused, Err(ConversationError::Undeliverable(Undeliverable::NoSuchAddress))), "{refused:?}");
        assert_eq!(world.db().read(move |tx| messages_of(tx, matter, 10)).wait().expect("read").len(), 3, "nothing was written");
        writes(world, account, "2@x", "hola@tienda.test");
        assert_eq!(closed(world), [None]);
        // The same report, read once more, is old news.
        run(world, move |tx| apply_receipt(tx, account, &came_back("second@tienda.test", "undeliverable")));
        assert_eq!(closed(world), [None]);
        answers(world, matter, account, "c").expect("queued");
    });
}

#[test]
fn a_complaint_is_believed_once_and_only_about_what_we_sent() {
    on_both(&[MIGRATIONS], |world| {
        let account = common::account_of(world, Channel::Email);
        let matter = writes(world, account, "1@x", "hola@tienda.test");
        let sent = answers(world, matter, account, "a").expect("queued");
        leaves(world, "first@tienda.test");
        let complain = |name: &'static str| {
            let complaint = Complaint { provider_message_id: name.into(), kind: "abuse".into(), at: START };
            run(world, move |tx| apply_complaint(tx, account, &complaint))
        };
        // Neither about another's mail nor about the customer's own.
        assert_eq!((complain("other@tienda.test"), complain("1@x"), closed(world)), (None, None, vec![None]));
        assert_eq!(complain("first@tienda.test"), Some(ANA));
        assert_eq!((state(world, sent), closed(world)), (DeliveryState::Delivered, vec![Some(UNWANTED.into())]));
        let told = world.log().into_iter().filter(|entry| entry.kind == "contact.complained").count();
        assert_eq!(told, 1);
        writes(world, account, "2@x", "hola@tienda.test");
        assert_eq!((complain("first@tienda.test"), closed(world)), (None, vec![None]), "the same report once more is old news");
    });
}

#[test]
fn an_answer_goes_from_the_address_that_they_last_wrote_to() {
    on_both(&[MIGRATIONS], |world| {
        let account = common::account_of(world, Channel::Email);
        let matter = writes(world, account, "1@x", "hola@tienda.test");
        writes(world, account, "2@x", "tallas@tienda.test");
        answers(world, matter, account, "a").expect("queued");
        assert_eq!(leaves(world, "first@tienda.test"), [Some("tallas@tienda.test".into())]);
        let offer = Reply {
            extras: Some(OutboundExtras { unsubscribe: Some("https://tienda.test/stop".into()), ..OutboundExtras::default() }),
            undo: Duration::ZERO,
            ..Reply::new(matter, account, ANAS, "Rebajas", "b")
        };
        run(world, move |tx| reply(tx, &Actor::system(), &offer));
        assert_eq!(leaves(world, "second@tienda.test"), [None], "an offer answers nothing");
    });
}
