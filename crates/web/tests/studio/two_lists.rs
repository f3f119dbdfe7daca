//! Two messy lists of customers become one list of persons; a join says why, is taken apart, and everything is as it was.

use crate::brand::{Studio, studio};
use crate::customers_pages::{bring, person_of};
use customers::resolution::REACTIONS;
use customers::{PersonId, people, person_of as person_of_profile};
use kernel::{Actor, ProfileId};

const SHOP: &str = include_str!("../../../../demo/customers/fichas-tienda.csv");
const NEWSLETTER: &str = include_str!("../../../../demo/customers/boletin-web.csv");

/// Every person, with how many profiles they have.
fn persons(studio: &Studio<'_>) -> Vec<(PersonId, usize)> {
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let from = after.clone();
        let page = studio.read(move |tx| people(tx, &Actor::system(), from.as_deref(), 50).unwrap());
        all.extend(page.items.iter().map(|card| (card.person, card.profiles)));
        after = page.next;
        if after.is_none() {
            all.sort();
            return all;
        }
    }
}

/// Pairs on the first page of those that wait for an answer.
fn asked(studio: &Studio<'_>) -> usize {
    studio.get("/studio/customers/same").html.matches("/studio/customers/same/joins").count()
}

fn person_now(studio: &Studio<'_>, profile: ProfileId) -> PersonId {
    studio.read(move |tx| person_of_profile(tx, profile).unwrap().unwrap())
}

#[test]
fn two_messy_lists_are_one_list_of_persons_that_can_be_taken_apart_again() {
    studio(|studio| {
        let shop = bring(studio, "Fichas de tienda", SHOP);
        studio.world.run_reactions(REACTIONS);
        assert_eq!(persons(studio).len(), 60, "the shop's list holds nobody twice");
        let (alone, asked_alone) = (persons(studio), asked(studio));
        let newsletter = bring(studio, "Boletín", NEWSLETTER);
        studio.world.run_reactions(REACTIONS);
        // 35 of the newsletter's 60 readers have a card at the shop. Most are certain; the rest is asked, and nobody else is joined.
        let joined = persons(studio).iter().filter(|(_, profiles)| *profiles == 2).count();
        assert!((24..=35).contains(&joined), "{joined} of 35 joined by themselves");
        assert_eq!(persons(studio).len(), 120 - joined);
        assert!(asked(studio) > asked_alone || joined == 35, "what is not certain is asked");

        // Begoña García Quintana is in both.
        let reader = person_of(studio, "begona.garcia92@example.es");
        let before = person_now(studio, reader);
        assert_ne!(before, reader.into(), "joined to the card of the shop");
        let page = studio.get(&format!("/studio/customers/{before}"));
        assert!(page.has("2 profiles make up this person"), "{}", page.html);
        assert!(page.has("Family name: the same") && page.has("Street:"), "{}", page.html);

        let (one, other) = (before.to_string(), reader.to_string());
        studio.done(&format!("/studio/customers/{before}/separations"), &[("a", &one), ("b", &other), ("key", "k")]);
        assert_eq!(person_now(studio, reader), reader.into());
        studio.world.run_reactions(REACTIONS);
        assert_eq!(person_now(studio, reader), reader.into(), "what people say is not joined again");

        studio.done(&format!("{newsletter}/withdrawal"), &[]);
        studio.world.run_timers(customers::TIMERS);
        studio.world.run_reactions(REACTIONS);
        assert_eq!(persons(studio), alone, "as it was before the second list");
        assert_eq!(asked(studio), asked_alone);
        studio.done(&format!("{shop}/withdrawal"), &[]);
        studio.world.run_timers(customers::TIMERS);
        assert_eq!(persons(studio), []);
    });
}
