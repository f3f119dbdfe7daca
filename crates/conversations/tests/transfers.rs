//! A matter that changes hands is never lost, and the customer sees one conversation.

mod common;

use common::*;
use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Locale, StaffId, Timestamp};

fn offer_to(matter: MatterId, to: Recipient, key: &str) -> Offer {
    let note = "Mirad el segundo cargo".to_owned();
    Offer { matter, to, skill: String::new(), summary: "Cobro doble".into(), note, promised_at: None, key: key.into() }
}

fn offers(world: &World, giver: StaffId, offer: &Offer) -> Result<TransferId, TransferError> {
    let offer = offer.clone();
    world.db().write("offer", move |tx| offer_transfer(tx, &as_agent(giver), &offer)).wait()
}

fn accepts(world: &World, staff: StaffId, id: TransferId) -> Result<(), TransferError> {
    world.db().write("accept", move |tx| accept_transfer(tx, &as_agent(staff), id)).wait()
}

fn stands(world: &World, id: TransferId) -> Transfer {
    world.db().read(move |tx| transfer(tx, id)).wait().expect("read").expect("there")
}

/// A matter of Lucía's, with the mailbox it came by and the team of billing.
fn lucias(world: &World) -> (MatterId, AccountId, TeamId) {
    let (mailbox, billing) = (account_of(world, Channel::Email), team(world, "Facturación", &[IKER, NOA]));
    let id = writes(world, mailbox, Channel::Email, 1, "Me habéis cobrado dos veces");
    run(world, move |tx| assign(tx, &as_agent(LUCIA), id, Assign { owner: Some(LUCIA), team: None }));
    (id, mailbox, billing)
}

#[test]
fn until_it_is_accepted_it_stays_with_the_giver_and_then_it_is_theirs() {
    on_both(&[MIGRATIONS], |world| {
        let (id, _, billing) = lucias(world);
        let offered = offers(world, LUCIA, &offer_to(id, Recipient::Team(billing), "t1")).expect("offered");
        assert_eq!(offers(world, LUCIA, &offer_to(id, Recipient::Team(billing), "t1")).expect("the same"), offered);
        assert!(matches!(offers(world, LUCIA, &offer_to(id, Recipient::Staff(NOA), "t2")), Err(TransferError::AlreadyOffered)));
        assert_eq!(owner(world, id), Some(LUCIA));
        let waits =
            world.db().read(|tx| Ok::<_, kernel::Fault>((transfers_for(tx, IKER)?, transfers_for(tx, LUCIA)?))).wait().expect("read");
        assert_eq!((waits.0.len(), waits.1.len(), waits.0[0].note.as_str()), (1, 0, "Mirad el segundo cargo"));
        assert!(matches!(accepts(world, LUCIA, offered), Err(TransferError::NotForYou)));
        accepts(world, IKER, offered).expect("accepted");
        accepts(world, IKER, offered).expect("again is the same");
        assert!(matches!(accepts(world, NOA, offered), Err(TransferError::Ended(TransferState::Accepted))));
        let now = look(world, id);
        assert_eq!((now.owner, now.team), (Some(IKER), Some(billing)));
        assert_eq!(story(world, &offered.to_string()), ["transfer.offered", "transfer.accepted"]);
    });
}

#[test]
fn of_eight_who_take_it_at_once_one_does() {
    on_both(&[MIGRATIONS], |world| {
        let all: &'static [StaffId] = Box::leak((10..18).map(|n| StaffId::from_parts(n, 1)).collect::<Vec<_>>().into_boxed_slice());
        let (id, _, _) = lucias(world);
        let crowd = team(world, "Todos", all);
        let offered = offers(world, LUCIA, &offer_to(id, Recipient::Team(crowd), "t1")).expect("offered");
        let takes = |staff: StaffId| {
            let db = world.db().clone();
            std::thread::spawn(move || db.write("accept", move |tx| accept_transfer(tx, &as_agent(staff), offered)).wait().is_ok())
        };
        let threads: Vec<_> = all.iter().map(|staff| takes(*staff)).collect();
        let won: Vec<bool> = threads.into_iter().map(|thread| thread.join().expect("no panic")).collect();
        assert_eq!(won.iter().filter(|won| **won).count(), 1);
        assert_eq!(owner(world, id), won.iter().position(|won| *won).map(|place| all[place]));
    });
}

#[test]
fn declined_it_stays_and_says_why() {
    on_both(&[MIGRATIONS], |world| {
        let (id, _, _) = lucias(world);
        let offered = offers(world, LUCIA, &offer_to(id, Recipient::Staff(NOA), "t1")).expect("offered");
        run(world, move |tx| decline_transfer(tx, &as_agent(NOA), offered, "No es de facturación"));
        let ended = stands(world, offered);
        assert_eq!((ended.state, ended.why.as_str(), owner(world, id)), (TransferState::Declined, "No es de facturación", Some(LUCIA)));
        assert!(matches!(accepts(world, NOA, offered), Err(TransferError::Ended(TransferState::Declined))));
        offers(world, LUCIA, &offer_to(id, Recipient::Staff(IKER), "t2")).expect("and can be offered to another");
    });
}

#[test]
fn expired_it_is_the_givers_and_when_the_giver_is_gone_it_finds_somebody() {
    on_both(&[MIGRATIONS], |world| {
        let (id, mailbox, billing) = lucias(world);
        let offered = offers(world, LUCIA, &offer_to(id, Recipient::Team(billing), "t1")).expect("offered");
        passes(world, minutes(14));
        assert_eq!(stands(world, offered).state, TransferState::Offered);
        passes(world, minutes(1));
        assert_eq!((stands(world, offered).state, owner(world, id)), (TransferState::Expired, Some(LUCIA)));
        // The giver goes home while her second offer waits, and nobody of billing answers: whoever is there has it.
        is_at_work(world, LUCIA, PresenceState::Available);
        let again = offers(world, LUCIA, &offer_to(id, Recipient::Staff(NOA), "t2")).expect("offered");
        is_at_work(world, LUCIA, PresenceState::Offline);
        assert_eq!(owner(world, id), None);
        is_at_work(world, IKER, PresenceState::Busy);
        passes(world, minutes(4));
        run(world, |tx| show_life(tx, IKER));
        passes(world, minutes(4));
        run(world, |tx| show_life(tx, IKER));
        passes(world, minutes(4));
        run(world, |tx| show_life(tx, IKER));
        passes(world, minutes(3));
        assert_eq!((stands(world, again).state, owner(world, id)), (TransferState::Expired, None));
        is_at_work(world, IKER, PresenceState::Available);
        assert_eq!(owner(world, id), Some(IKER));
        answers(world, IKER, id, mailbox, 1, "a1");
        assert_eq!(look(world, id).state, MatterState::Waiting);
    });
}

#[test]
fn given_away_or_resolved_meanwhile_nothing_is_left_to_accept() {
    on_both(&[MIGRATIONS], |world| {
        let (id, _, _) = lucias(world);
        let offered = offers(world, LUCIA, &offer_to(id, Recipient::Staff(NOA), "t1")).expect("offered");
        run(world, move |tx| resolve(tx, &as_agent(LUCIA), id));
        assert_eq!(stands(world, offered).state, TransferState::Withdrawn);
        assert!(matches!(offers(world, LUCIA, &offer_to(id, Recipient::Staff(NOA), "t2")), Err(TransferError::Resolved)));
    });
}

#[test]
fn the_summary_is_read_from_the_matter() {
    on_both(&[MIGRATIONS], |world| {
        let (id, mailbox, _) = lucias(world);
        answers(world, LUCIA, id, mailbox, 1, "a1");
        world.clock().advance(minutes(1));
        writes(world, mailbox, Channel::Email, 1, "Sigue sin llegar el abono");
        run(world, move |tx| add_note(tx, &as_agent(LUCIA), id, "Cliente desde 2019", "n1").map(drop));
        let texts = world.db().read(move |tx| Ok::<_, kernel::Fault>((summary(tx, id, Locale::Es)?, summary(tx, id, Locale::En)?)));
        let (es, en) = texts.wait().expect("read");
        let lines = [
            "Pide: «Me habéis cobrado dos veces» (email)",
            "Lo último que dice: «Sigue sin llegar el abono» (email)",
            "Lo último que contestamos: «Sí.» (email)",
            "Nota: Cliente desde 2019",
        ];
        assert_eq!(es.lines().collect::<Vec<_>>(), lines);
        assert!(en.starts_with("Asks: «Me habéis cobrado dos veces» (email)"));
    });
}

#[test]
fn a_promise_in_the_past_and_a_team_that_is_not_there_are_refused() {
    on_both(&[MIGRATIONS], |world| {
        let (id, _, _) = lucias(world);
        let late = Offer { promised_at: Some(Timestamp::from_micros(1)), ..offer_to(id, Recipient::Staff(NOA), "t1") };
        assert!(matches!(offers(world, LUCIA, &late), Err(TransferError::InThePast)));
        let nowhere = Recipient::Team(TeamId::from_parts(7, 7));
        assert!(matches!(offers(world, LUCIA, &offer_to(id, nowhere, "t1")), Err(TransferError::UnknownTeam)));
        assert!(matches!(offers(world, LUCIA, &offer_to(id, Recipient::Staff(LUCIA), "t1")), Err(TransferError::AlreadyTheirs)));
        let denied = world.db().write("offer", move |tx| offer_transfer(tx, &Actor::guest(), &offer_to(id, nowhere, "t1"))).wait();
        assert!(matches!(denied, Err(TransferError::Denied(_))));
        assert_eq!(story(world, &id.to_string()), ["matter.opened", "matter.assigned"]);
    });
}
