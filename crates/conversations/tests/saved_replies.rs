//! Words that are used again: what they may leave open, and that a gap is never sent.

mod common;

use common::*;
use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Channel, Fault, Locale, Problem};

fn says(name: &str, team: Option<TeamId>, es: &str, en: &str) -> SaveReply {
    SaveReply { name: name.into(), team, text_es: es.into(), text_en: en.into() }
}

fn makes(world: &World, cmd: SaveReply) -> Result<SavedReplyId, SavedReplyError> {
    world.db().write("make", move |tx| make_saved_reply(tx, &lead(), &cmd)).wait()
}

#[test]
fn a_variable_that_nothing_fills_is_refused_with_those_that_there_are() {
    on_both(&[MIGRATIONS], |world| {
        let refused = makes(world, says("saludo", None, "Hola {nombre}", "")).expect_err("refused");
        assert_eq!(refused.code(), "conversations.unknown_variable");
        let known = "{first_name}, {name}, {order}, {shop}, {collect_code}, {agent}, {brand}";
        assert_eq!(refused.fields(), [("name", "nombre".into()), ("known", known.into())]);
        for (cmd, code) in [
            (says("dos palabras", None, "Hola", ""), "conversations.saved_reply_name"),
            (says("vacía", None, " ", "\n"), "conversations.saved_reply_empty"),
            (says("larga", None, &"a".repeat(4_001), ""), "conversations.saved_reply_too_long"),
            (says("de-nadie", Some(TeamId::from_parts(7, 7)), "Hola", ""), "conversations.unknown_team"),
        ] {
            assert_eq!(makes(world, cmd).expect_err("refused").code(), code);
        }
        let denied = world.db().write("make", |tx| make_saved_reply(tx, &as_agent(LUCIA), &says("a", None, "Hola", ""))).wait();
        assert!(matches!(denied, Err(SavedReplyError::Denied(_))));
        assert_eq!(world.db().read(saved_replies).wait().expect("read"), [], "nothing was written");
    });
}

#[test]
fn a_name_is_one_replys_and_a_change_keeps_it() {
    on_both(&[MIGRATIONS], |world| {
        let first = makes(world, says("hola", None, "Hola", "")).expect("made");
        assert!(matches!(makes(world, says("HOLA", None, "Otra", "")), Err(SavedReplyError::NameTaken)));
        let second = makes(world, says("adios", None, "Adiós", "Bye")).expect("made");
        let changes = |id, cmd: SaveReply| world.db().write("change", move |tx| change_saved_reply(tx, &lead(), id, &cmd)).wait();
        assert!(matches!(changes(second, says("hola", None, "Adiós", "")), Err(SavedReplyError::NameTaken)));
        changes(first, says("hola", None, "", "Hello")).expect("changed");
        let read = world.db().read(move |tx| saved_reply(tx, first)).wait().expect("read").expect("there");
        assert_eq!((read.text(Locale::Es), read.text(Locale::En)), ("Hello", "Hello"), "the other language when there is one only");
        run(world, move |tx| remove_saved_reply(tx, &lead(), first));
        run(world, move |tx| remove_saved_reply(tx, &lead(), first));
        assert_eq!(story(world, &first.to_string()), ["saved_reply.made", "saved_reply.changed", "saved_reply.removed"]);
        assert!(matches!(changes(first, says("hola", None, "Hola", "")), Err(SavedReplyError::Unknown)));
    });
}

#[test]
fn an_open_gap_is_never_sent() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let id = writes(world, mailbox, Channel::Email, 1, "¿Dónde está?");
        let cmd = Reply::new(id, mailbox, "c1@cliente.test", "Tu pedido {order} sale hoy.", "r1");
        let refused = world.db().write("reply", move |tx| reply(tx, &as_agent(LUCIA), &cmd)).wait().expect_err("refused");
        assert!(matches!(refused, ConversationError::OpenGap(Variable::Order)));
        let said = world.db().read(move |tx| Ok::<_, Fault>(messages_of(tx, id, 10)?.len())).wait().expect("read");
        assert_eq!(said, 1, "only what she wrote");
    });
}
