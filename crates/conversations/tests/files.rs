//! Files that go out with an answer.

mod common;

use common::*;
use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Channel, ProfileId};
use std::time::Duration;

const PDF: &[u8] = b"%PDF-1.7 factura";

/// A file of this size, chosen by an owner.
fn sized(world: &World, owner: &str, size: usize) -> Result<UploadId, ConversationError> {
    let owner = owner.to_owned();
    let bytes = vec![b'x'; size];
    let file = NewUpload { kind: MediaKind::Document, content_type: "text/plain".into(), file_name: "x".into(), bytes };
    world.db().write("test", move |tx| keep_upload(tx, &owner, &file)).wait()
}

fn chosen(world: &World, owner: &'static str, name: &'static str) -> UploadId {
    let file = NewUpload { kind: MediaKind::Document, content_type: "application/pdf".into(), file_name: name.into(), bytes: PDF.to_vec() };
    run(world, move |tx| keep_upload(tx, owner, &file))
}

fn says(world: &World, (matter, account): (MatterId, AccountId), files: Vec<FileRef>, key: &str) -> Result<MessageId, ConversationError> {
    let cmd = Reply { files, undo: minutes(1), ..Reply::new(matter, account, "c1@cliente.test", "", key) };
    world.db().write("reply", move |tx| reply(tx, &as_agent(LUCIA), &cmd)).wait()
}

fn names(world: &World, message: MessageId) -> Vec<(String, i64)> {
    let files = world.db().read(move |tx| attachments_of(tx, message)).wait().expect("read");
    files.into_iter().map(|file| (file.file_name, file.size_bytes)).collect()
}

fn mine(world: &World, owner: String, ids: Vec<UploadId>) -> usize {
    world.db().read(move |tx| uploads(tx, &owner, &ids)).wait().expect("read").len()
}

#[test]
fn a_chosen_file_goes_once_with_its_answer_and_is_brought_when_it_is_sent() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let at = (writes(world, mailbox, Channel::Email, 1, "¿Y mi factura?"), mailbox);
        let lucia: &'static str = as_agent(LUCIA).to_string().leak();
        let file = chosen(world, lucia, "factura.pdf");
        let id = says(world, at, vec![FileRef::Upload(file)], "a1").expect("queued");
        assert_eq!(names(world, id), [("factura.pdf".to_owned(), 16)]);
        assert_eq!(says(world, at, vec![FileRef::Upload(file)], "a1").expect("the same"), id, "the same intent is the same message");
        assert!(
            matches!(says(world, at, vec![FileRef::Upload(file)], "a2"), Err(ConversationError::UnknownFile)),
            "sent is no longer chosen"
        );
        let theirs = chosen(world, "staff:somebody", "ajena.pdf");
        assert!(matches!(says(world, at, vec![FileRef::Upload(theirs)], "a3"), Err(ConversationError::UnknownFile)), "another's");
        let many = vec![FileRef::Upload(theirs); MOST_FILES + 1];
        assert!(matches!(says(world, at, many, "a4"), Err(ConversationError::TooManyFiles(10))));
        assert!(matches!(says(world, at, vec![], "a5"), Err(ConversationError::Empty)), "neither words nor a file");

        world.clock().advance(minutes(2));
        let taken = run(world, |tx| take_due(tx, 10));
        assert_eq!((taken.len(), taken[0].id), (1, id));
        let media = &taken[0].outbound.media[0];
        let kept = world.db().read(move |tx| attachments_of(tx, id)).wait().expect("read").remove(0);
        assert_eq!(media.source, MediaSource::Kept { attachment: kept.id, size_bytes: 16 });
        assert_eq!(
            (media.kind, media.content_type.as_str(), media.file_name.as_deref()),
            (MediaKind::Document, "application/pdf", Some("factura.pdf"))
        );

        let again = says(world, at, vec![FileRef::Attachment(kept.id)], "again").expect("said again");
        assert_eq!(names(world, again), [("factura.pdf".to_owned(), 16)]);
    });
}

#[test]
fn a_sender_at_work_keeps_its_message_and_one_who_lost_it_hears_so() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let at = (writes(world, mailbox, Channel::Email, 1, "Hola"), mailbox);
        answers(world, LUCIA, at.0, mailbox, 1, "a1");
        world.clock().advance(minutes(1));
        let taken = run(world, |tx| take_due(tx, 10)).remove(0);
        world.clock().advance(Duration::from_secs(40));
        let (id, until) = (taken.id, taken.lease_until);
        let longer = run(world, move |tx| keep_lease(tx, id, until, Duration::ZERO)).expect("still ours");
        assert_eq!(longer, until.plus(Duration::from_secs(40)));
        assert_eq!(run(world, move |tx| keep_lease(tx, id, until, Duration::ZERO)), None, "by the old lease it is nobody's");
        world.clock().advance(minutes(2));
        assert_eq!(run(world, |tx| take_due(tx, 10)).len(), 1, "another takes it");
        assert_eq!(run(world, move |tx| keep_lease(tx, id, longer, Duration::ZERO)), None);
    });
}

#[test]
fn what_was_taken_back_is_chosen_again_and_what_is_never_sent_is_forgotten() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let at = (writes(world, mailbox, Channel::Email, 1, "Hola"), mailbox);
        let lucia: &'static str = as_agent(LUCIA).to_string().leak();
        let file = chosen(world, lucia, "factura.pdf");
        let id = says(world, at, vec![FileRef::Upload(file)], "a1").expect("queued");
        run(world, move |tx| cancel_message(tx, &as_agent(LUCIA), id));
        let back: Vec<UploadId> =
            world.db().read(move |tx| attachments_of(tx, id)).wait().expect("read").into_iter().map(|file| file.id.into()).collect();
        assert_eq!((back.len(), mine(world, lucia.to_owned(), back.clone())), (1, 1));
        says(world, at, vec![FileRef::Upload(back[0])], "a2").expect("sent after all");

        let dropped = chosen(world, lucia, "otra.pdf");
        run(world, move |tx| drop_upload(tx, "staff:somebody", dropped));
        assert_eq!(mine(world, lucia.to_owned(), vec![dropped]), 1, "nobody takes another's away");
        run(world, move |tx| drop_upload(tx, lucia, dropped));
        assert_eq!(mine(world, lucia.to_owned(), vec![dropped]), 0);
        let old = chosen(world, lucia, "vieja.pdf");
        world.clock().advance(minutes(25 * 60));
        chosen(world, lucia, "nueva.pdf");
        assert_eq!(mine(world, lucia.to_owned(), vec![old]), 0);
    });
}

#[test]
fn only_so_much_of_one_owner_waits_and_of_all_visitors_together() {
    on_both(&[MIGRATIONS], |world| {
        let is_full = |kept: Result<UploadId, ConversationError>| matches!(kept, Err(ConversationError::NoRoomForFiles));
        let first = sized(world, "staff:a", 1).expect("kept");
        for _ in 1..100 {
            sized(world, "staff:a", 1).expect("kept");
        }
        assert!(is_full(sized(world, "staff:a", 1)), "a hundred files");
        assert_eq!(mine(world, "staff:a".to_owned(), vec![first]), 1, "what waits stays");
        run(world, move |tx| drop_upload(tx, "staff:a", first));
        sized(world, "staff:a", 1).expect("there is room again");

        for number in 0..50 {
            for _ in 0..100 {
                sized(world, &format!("visitor:{number}"), 1).expect("kept");
            }
        }
        assert!(is_full(sized(world, "visitor:another", 1)), "visitors can be as many as they like");
        sized(world, "person:a", 1).expect("who is known is not kept out by them");
        world.clock().advance(minutes(25 * 60));
        sized(world, "visitor:another", 1).expect("a day later");
    });
}

#[test]
fn what_was_chosen_before_signing_in_is_theirs_and_files_of_many_messages_are_read_together() {
    on_both(&[MIGRATIONS], |world| {
        let file = sized(world, "visitor:a", 3).expect("kept");
        run(world, move |tx| hand_over_uploads(tx, ("visitor:b", "person:b"), &[file]));
        assert_eq!(mine(world, "visitor:a".to_owned(), vec![file]), 1, "another's stays");
        run(world, move |tx| hand_over_uploads(tx, ("visitor:a", "person:a"), &[file]));
        assert_eq!((mine(world, "visitor:a".to_owned(), vec![file]), mine(world, "person:a".to_owned(), vec![file])), (0, 1));

        let mailbox = account_of(world, Channel::Email);
        let at = (writes(world, mailbox, Channel::Email, 1, "Hola"), mailbox);
        let lucia: &'static str = as_agent(LUCIA).to_string().leak();
        let mut said = vec![answers(world, LUCIA, at.0, mailbox, 1, "bare")];
        for number in 0..30 {
            let files = vec![FileRef::Upload(chosen(world, lucia, "a.pdf")), FileRef::Upload(chosen(world, lucia, "b.pdf"))];
            said.push(says(world, at, files, &format!("k{number}")).expect("queued"));
        }
        let asked = said.clone();
        let together = world.db().read(move |tx| attachments_of_all(tx, &asked)).wait().expect("read");
        assert_eq!((together.len(), together.contains_key(&said[0])), (30, false));
        for id in &said[1..] {
            let id = *id;
            let alone = world.db().read(move |tx| attachments_of(tx, id)).wait().expect("read");
            assert_eq!((alone.len(), &together[&id]), (2, &alone));
        }
        let last = said[30];
        run(world, move |tx| give_back(tx, lucia, last));
        run(world, move |tx| give_back(tx, lucia, last));
        let again = together[&last].iter().map(|file| file.id.into()).collect();
        assert_eq!(mine(world, lucia.to_owned(), again), 2, "chosen again, and the message keeps them");
    });
}

#[test]
fn a_shared_file_has_one_word_lasts_a_while_and_goes_with_its_person() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let at = (writes(world, mailbox, Channel::Email, 1, "Hola"), mailbox);
        let lucia: &'static str = as_agent(LUCIA).to_string().leak();
        let upload = chosen(world, lucia, "factura.pdf");
        let id = says(world, at, vec![FileRef::Upload(upload)], "a1").expect("queued");
        let file = world.db().read(move |tx| attachments_of(tx, id)).wait().expect("read").remove(0).id;
        let share = move |tx: &mut kernel::Tx<'_>| share_file(tx, file, tx.now().plus(minutes(60)));
        let (word, again) = (run(world, share), run(world, share));
        assert_eq!((word.len(), &word), (32, &again));
        let fetch = |word: &str| {
            let word = word.to_owned();
            world.db().read(move |tx| shared_file(tx, &word)).wait().expect("read").map(|(file, bytes)| (file.file_name, bytes))
        };
        assert_eq!(fetch(&word), Some(("factura.pdf".to_owned(), PDF.to_vec())));
        assert_eq!(fetch("00000000000000000000000000000000"), None);
        world.clock().advance(minutes(61));
        assert_eq!(fetch(&word), None, "for a while only");
        run(world, share);
        assert!(fetch(&word).is_some());
        let erased = run(world, |tx| erase_talk(tx, &[ProfileId::from_parts(1, 1)]));
        assert_eq!((erased.files, fetch(&word)), (1, None));
    });
}
