//! Giving one's word to a customer, and telling them so in their language, by their clock.

use crate::calls::on_day;
use crate::contact::{Ask, may_contact};
use crate::scheduled::lawful_way;
use conversations::{ConversationError, MakePromise, PromiseId, Reply};
use customers::Purpose;
use kernel::{Actor, Locale, Timestamp, Tx};

/// As [`conversations::make_promise`]; `tell` says it to the customer as well, by the way that the contact policy chooses. Nothing is written
/// when there is no such way. No whole card number is kept or told.
pub fn make_promise(tx: &mut Tx<'_>, actor: &Actor, cmd: &MakePromise, tell: bool) -> Result<PromiseId, ConversationError> {
    let cmd = MakePromise { text: payments::mask_card_numbers(&cmd.text).into_owned(), ..cmd.clone() };
    let id = conversations::make_promise(tx, actor, &cmd)?;
    if tell {
        say(tx, actor, &cmd)?;
    }
    Ok(id)
}

fn say(tx: &mut Tx<'_>, actor: &Actor, cmd: &MakePromise) -> Result<(), ConversationError> {
    let matter = conversations::matter(tx, cmd.matter)?.ok_or(ConversationError::UnknownMatter)?;
    let person = customers::person_of(tx, matter.profile)?.map_or(Ok(None), |id| customers::person(tx, id))?;
    let person = person.ok_or(ConversationError::NoAddress)?;
    let way = lawful_way(tx, person.id)?.ok_or(ConversationError::NoAddress)?;
    let zone = may_contact(tx, person.id, Ask::about(Purpose::Service), tx.now())?.zone;
    conversations::know_address(tx, way.account, &way.address, matter.profile)?;
    let words = words(person.locale.unwrap_or(Locale::Es), &cmd.text, cmd.due_at, &zone);
    let told = Reply::new(matter.id, way.account, way.address, words, format!("promise:{}", cmd.key));
    crate::reply(tx, actor, &told).map(drop)
}

fn words(locale: Locale, text: &str, due_at: Timestamp, zone: &str) -> String {
    let at = due_at.to_jiff().to_zoned(customers::policy::zone(zone));
    let (text, day) = (text.trim().trim_end_matches('.'), on_day(locale, &at));
    match locale {
        Locale::Es => format!("{text}. Como muy tarde, {day}."),
        Locale::En => format!("{text}. At the latest, {day}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_told_by_the_customers_clock() {
        let noon = Timestamp::from_rfc3339("2026-11-24T11:00:00Z").expect("a moment");
        assert_eq!(
            words(Locale::Es, "Te llamo con la respuesta.", noon, "Europe/Madrid"),
            "Te llamo con la respuesta. Como muy tarde, el martes 24/11 a las 12:00."
        );
        assert_eq!(
            words(Locale::En, "I will call you", noon, "Atlantic/Canary"),
            "I will call you. At the latest, on Tuesday 24 November at 11:00."
        );
    }
}
