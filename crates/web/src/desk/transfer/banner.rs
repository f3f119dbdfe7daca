//! An offer as it stands on the page of its matter, and what is offered to me above my queue.

use crate::timeline::Names;
use crate::{Page, StaffMember, format};
use askama::{Template, filters::HtmlSafe};
use conversations::{MatterId, Recipient, Transfer};
use kernel::{Fault, ReadTx};

/// The offer of a matter; its element is `#offer`, empty when nothing is offered.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_offer.html")]
pub(in crate::desk) struct OfferView {
    page: Page,
    offer: Option<Offered>,
    query: String,
}
impl HtmlSafe for OfferView {}

#[derive(Debug, Clone)]
struct Offered {
    id: String,
    says: String,
    until: String,
    summary: Vec<String>,
    note: String,
    promised: String,
    is_for_me: bool,
    is_mine: bool,
}

impl OfferView {
    pub(in crate::desk) fn read(tx: &ReadTx<'_>, page: &Page, me: &StaffMember, matter: MatterId, query: &str) -> Result<Self, Fault> {
        let offer = match conversations::open_transfer(tx, matter)? {
            Some(found) => Some(offered(tx, page, me, found)?),
            None => None,
        };
        Ok(OfferView { page: page.clone(), offer, query: query.to_owned() })
    }
}

fn offered(tx: &ReadTx<'_>, page: &Page, me: &StaffMember, found: Transfer) -> Result<Offered, Fault> {
    let mut names = Names::new();
    names.learn_actor(tx, &found.giver)?;
    let giver = names.of_actor(&found.giver).unwrap_or(&page.brand).to_owned();
    let (to, is_for_me) = asked(tx, me, &found)?;
    let is_mine = found.giver == me.actor.to_string() || found.from_owner == Some(me.staff.id);
    let says = match (is_for_me, is_mine) {
        (true, _) => page.tv("offer-to-me", giver),
        (false, true) => page.tv("offer-by-me", to),
        (false, false) => page.tw("offer-by-other", &[("giver", giver.into()), ("value", to.into())]),
    };
    Ok(Offered {
        id: found.id.to_string(),
        says,
        until: page.tv("offer-until", format::when(found.expires_at, page.now, page.locale)),
        summary: found.summary.lines().map(str::to_owned).collect(),
        note: found.note,
        promised: found.promised_at.map_or_else(String::new, |at| page.tv("offer-promised", format::when(at, page.now, page.locale))),
        is_for_me,
        is_mine,
    })
}

/// Who is asked, by name, and whether that is me.
fn asked(tx: &ReadTx<'_>, me: &StaffMember, found: &Transfer) -> Result<(String, bool), Fault> {
    match found.to {
        Recipient::Staff(staff) => {
            let name = access::staff_member(tx, staff)?.map_or_else(String::new, |staff| staff.name);
            Ok((name, staff == me.staff.id))
        }
        Recipient::Team(team) => {
            let name = conversations::teams(tx)?.into_iter().find(|known| known.id == team).map_or_else(String::new, |team| team.name);
            Ok((name, conversations::teams_of(tx, me.staff.id)?.contains(&team)))
        }
    }
}

/// Matters that are offered to me or to a team of mine, and wait for my answer.
#[derive(Debug, Clone)]
pub(in crate::desk) struct Waits {
    pub(in crate::desk) href: String,
    pub(in crate::desk) says: String,
    pub(in crate::desk) until: String,
}

/// What waits for my yes or no, first to expire in front.
pub(in crate::desk) fn waits(tx: &ReadTx<'_>, page: &Page, me: &StaffMember) -> Result<Vec<Waits>, Fault> {
    let found = conversations::transfers_for(tx, me.staff.id)?;
    let mut waits = Vec::new();
    for transfer in found.into_iter().take(10) {
        // Who gave it away to their own team need not answer themselves.
        if transfer.from_owner == Some(me.staff.id) {
            continue;
        }
        let Some(matter) = conversations::matter(tx, transfer.matter)? else { continue };
        let person = customers::cards_of_profiles(tx, &[matter.profile])?.remove(&matter.profile);
        let name = crate::desk::words::name_or_stranger(page, person.as_ref().map_or("", |card| &card.name.text));
        waits.push(Waits {
            href: format!("/desk/matters/{}", matter.id),
            says: page.tv("offer-waits", name),
            until: format::when(transfer.expires_at, page.now, page.locale),
        });
    }
    Ok(waits)
}
