//! Who is named in a note finds the matter, and is told until they have looked.

mod common;

use common::*;
use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Channel, StaffId};

fn notes(world: &World, matter: MatterId, key: &'static str, named: &'static [StaffId]) -> MessageId {
    passes(world, minutes(1));
    run(world, move |tx| {
        let id = add_note(tx, &as_agent(LUCIA), matter, "Mirad esto", key)?;
        mention(tx, &as_agent(LUCIA), id, named)?;
        Ok::<_, ConversationError>(id)
    })
}

fn unseen(world: &World, staff: StaffId) -> Vec<MatterId> {
    let found = world.db().read(move |tx| unseen_mentions(tx, staff)).wait().expect("read");
    found.into_iter().map(|mention| mention.matter).collect()
}

fn listed(world: &World, staff: StaffId, after: Option<QueueKey>, limit: i64) -> Vec<MatterId> {
    let found = world.db().read(move |tx| queue_by_due(tx, View::Mentioned(staff), after, limit)).wait().expect("read");
    found.into_iter().map(|matter| matter.id).collect()
}

#[test]
fn who_is_named_finds_it_and_whoever_wrote_is_not_told() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let [one, two] = [1, 2].map(|n| writes(world, mailbox, Channel::Email, n, "Hola"));
        let first = notes(world, one, "n1", &[IKER, LUCIA]);
        assert_eq!(notes(world, one, "n1", &[IKER]), first, "the same note");
        notes(world, two, "n2", &[IKER, NOA]);
        assert_eq!((unseen(world, IKER), unseen(world, NOA), unseen(world, LUCIA)), (vec![two, one], vec![two], vec![]));
        assert_eq!(story(world, &first.to_string()), ["note.added", "mention.made"], "told once");
        run(world, move |tx| mark_seen(tx, &as_agent(IKER), two));
        assert_eq!((unseen(world, IKER), unseen(world, NOA)), (vec![one], vec![two]));
        assert_eq!(listed(world, IKER, None, 10), [two, one], "what was looked at stays in the list");
        notes(world, one, "n3", &[IKER]);
        let key = world.db().read(move |tx| page_key(tx, View::Mentioned(IKER), &matter(tx, one)?.expect("there"))).wait().expect("read");
        assert_eq!((listed(world, IKER, None, 1), listed(world, IKER, Some(key), 10)), (vec![one], vec![two]));
    });
}

#[test]
fn only_a_note_names_and_what_is_erased_names_nobody() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let id = writes(world, mailbox, Channel::Email, 1, "Hola");
        let sent = answers(world, LUCIA, id, mailbox, 1, "r1");
        let refused = world.db().write("mention", move |tx| mention(tx, &as_agent(LUCIA), sent, &[IKER])).wait();
        assert!(matches!(refused, Err(ConversationError::UnknownMessage)));
        notes(world, id, "n1", &[IKER]);
        let profile = look(world, id).profile;
        run(world, move |tx| erase_talk(tx, &[profile]));
        assert_eq!((unseen(world, IKER), listed(world, IKER, None, 10)), (vec![], vec![]));
    });
}
