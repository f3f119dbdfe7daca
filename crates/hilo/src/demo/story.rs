//! The fixed past of the people of the guided story.

use super::agenda::{Act, Purchase, PurchaseEnds, Wish};
use super::month::Month;
use kernel::Channel;

/// What somebody of the story bought: days before today, where, how.
struct Past {
    code: &'static str,
    days_ago: i64,
    channel: Channel,
    wish: Wish,
}

/// What somebody of the story wrote about: days before today, at what minute of the day, by which script.
struct Wrote {
    code: &'static str,
    days_ago: i64,
    minute: i64,
    script: &'static str,
}

const PAST: &[Past] = &[
    Past { code: "ana-tarjeta", days_ago: 26, channel: Channel::Till, wish: Wish::TakeNow },
    Past { code: "ana", days_ago: 12, channel: Channel::Web, wish: Wish::Deliver },
    Past { code: "luis", days_ago: 6, channel: Channel::Web, wish: Wish::Collect },
    Past { code: "carmen", days_ago: 20, channel: Channel::Till, wish: Wish::TakeNow },
    Past { code: "marc", days_ago: 2, channel: Channel::Web, wish: Wish::Deliver },
    Past { code: "emma", days_ago: 9, channel: Channel::Web, wish: Wish::Deliver },
    Past { code: "inaki", days_ago: 16, channel: Channel::Till, wish: Wish::TakeNow },
];

const WROTE: &[Wrote] = &[
    Wrote { code: "ana", days_ago: 14, minute: 11 * 60, script: "talla-vestido" },
    Wrote { code: "luis", days_ago: 1, minute: 18 * 60 + 20, script: "devolucion-otra-tienda" },
    Wrote { code: "carmen", days_ago: 15, minute: 12 * 60, script: "arreglo-bajo" },
    Wrote { code: "marc", days_ago: 1, minute: 19 * 60 + 5, script: "queja-envio" },
    Wrote { code: "emma", days_ago: 7, minute: 10 * 60, script: "where-order" },
    Wrote { code: "inaki", days_ago: 1, minute: 20 * 60 + 10, script: "estilista-boda" },
];

impl Month<'_> {
    /// Plan what the people of the story did. What lies before the first day is left out.
    pub(super) fn plan_story(&mut self) {
        let world = self.world;
        let who = |code: &str| world.people.iter().position(|person| person.code.as_deref() == Some(code));
        for past in PAST.iter().filter(|past| past.days_ago < world.plan.days) {
            let Some(who) = who(past.code) else { continue };
            let named = world.brand.people.person.iter().find(|person| person.code == past.code);
            let purchase = Purchase {
                who: Some(who),
                channel: past.channel,
                place: world.people[who].place.clone(),
                handles: named.map(|person| person.bought.clone()).unwrap_or_default(),
                wish: past.wish,
                ends: PurchaseEnds::Paid,
            };
            let at = self.on_day(world.plan.days - past.days_ago, 10 * 60 + 30);
            self.agenda.plan(at, Act::Buy(purchase));
        }
        for wrote in WROTE.iter().filter(|wrote| wrote.days_ago < world.plan.days) {
            let script = world.brand.talk.conversation.iter().position(|script| script.code == wrote.script);
            if let (Some(who), Some(script)) = (who(wrote.code), script) {
                let at = self.on_day(world.plan.days - wrote.days_ago, wrote.minute);
                self.agenda.plan(at, Act::Begin { who, script: Some(script) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::brand::Brand;

    #[test]
    fn the_story_is_about_people_and_scripts_that_exist() {
        let brand = Brand::read().expect("understood");
        let person = |code: &str| brand.people.person.iter().find(|p| p.code == code);
        for past in PAST {
            assert!(person(past.code).is_some_and(|p| !p.bought.is_empty()), "{}", past.code);
        }
        for wrote in WROTE {
            let script = brand.talk.conversation.iter().find(|s| s.code == wrote.script).expect(wrote.script);
            assert_eq!(Some(script.locale), person(wrote.code).map(|p| p.locale), "{}", wrote.code);
        }
    }
}
