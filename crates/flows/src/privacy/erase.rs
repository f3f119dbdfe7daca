//! Erase a person: everything that says who they are goes, in one commit; what the law wants kept stays until its date, and then its
//! owner goes too. Stock, money and sums are never touched.

use super::scrub::scrub;
use customers::{PersonId, QueryError};
use jiff::civil::date;
use kernel::{Actor, Denied, Fault, Kind, Problem, Timer, Timestamp, Tx};
use orders::OrderNumber;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;

pub(crate) const END_RETENTION: &str = "flows.end_retention";
/// Years for which the books of a trader are kept: Código de Comercio, article 30.
const BOOKS_YEARS: i16 = 6;
/// For which a claim about data protection can be brought: Ley Orgánica 3/2018, article 72.
const CLAIMS: Duration = Duration::from_secs(3 * 366 * 24 * 3600);

/// Something that was taken out, or that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What: `orders`, `consents`.
    pub what: String,
    /// How many.
    pub count: u64,
    /// Why: `commercial_code`, `proof_of_consent`.
    pub why: String,
    /// Until when.
    pub until: Timestamp,
}

/// What an erasure did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureReport {
    /// When.
    pub at: Timestamp,
    /// What is gone: a stable word (`profiles`, `identifiers`, `messages`, `files`, `matters`, `addresses`, `carts`, `ratings`, `log_entries`), how many.
    pub erased: Vec<(String, u64)>,
    /// What stays, why, until when.
    pub kept: Vec<Kept>,
}

/// Why nobody was erased; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ErasePersonError {
    /// No such person.
    #[error("there is no such person")]
    Unknown,
    /// Orders are on their way.
    #[error("orders are not finished yet: {}; deliver, hand over or cancel them first", numbers(.0))]
    Unfinished(Vec<OrderNumber>),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

fn numbers(all: &[OrderNumber]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Problem for ErasePersonError {
    fn kind(&self) -> Kind {
        match self {
            ErasePersonError::Unknown => Kind::NotFound,
            ErasePersonError::Unfinished(_) => Kind::Conflict,
            ErasePersonError::Denied(denied) => denied.kind(),
            ErasePersonError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ErasePersonError::Unknown => "customers.unknown_person",
            ErasePersonError::Unfinished(_) => "customers.unfinished_orders",
            ErasePersonError::Denied(denied) => denied.code(),
            ErasePersonError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            ErasePersonError::Unfinished(all) => vec![("orders", json!(all.iter().map(ToString::to_string).collect::<Vec<_>>()))],
            ErasePersonError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}

impl From<QueryError> for ErasePersonError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Denied(denied) => denied.into(),
            QueryError::Fault(fault) => fault.into(),
            QueryError::BadCursor(_) => ErasePersonError::Unknown,
        }
    }
}

/// Erase a person at their wish, by themselves or by those who may. Repeating it finds nothing more to take out. Announces
/// `customer.erased`.
pub fn erase_person(tx: &mut Tx<'_>, actor: &Actor, person: PersonId) -> Result<ErasureReport, ErasePersonError> {
    customers::may_erase(tx, actor, person)?;
    if customers::person_of(tx, person.oldest_profile())?.is_none() {
        return Err(ErasePersonError::Unknown);
    }
    let profiles = customers::profiles_of(tx, person)?;
    let unfinished = orders::unfinished_orders(tx, &profiles)?;
    if !unfinished.is_empty() {
        return Err(ErasePersonError::Unfinished(unfinished));
    }
    let talk = conversations::erase_talk(tx, &profiles)?;
    self_service::erase_self_service(tx, &profiles)?;
    let sold = orders::erase_orders(tx, &profiles)?;
    let ratings = catalogue::ratings::erase_ratings(tx, &profiles)?;
    let known = customers::erase(tx, actor, person)?;
    let mut log_entries = 0;
    for profile in &profiles {
        log_entries += scrub(tx, *profile)?;
    }
    let now = tx.now();
    let mut kept = Vec::new();
    if let Some(last) = sold.last {
        let until = end_of_books(last);
        kept.push(Kept { what: "orders".into(), count: sold.kept, why: "commercial_code".into(), until });
    }
    if known.consents > 0 {
        kept.push(Kept { what: "consents".into(), count: known.consents, why: "proof_of_consent".into(), until: now.plus(CLAIMS) });
    }
    for (profile, kept) in profiles.iter().flat_map(|profile| kept.iter().map(move |kept| (profile, kept))) {
        tx.at(kept.until, END_RETENTION, &format!("{}/{profile}", kept.what), &())?;
    }
    let gone = [
        ("profiles", known.profiles),
        ("identifiers", known.identifiers),
        ("messages", talk.messages),
        ("files", talk.files),
        ("matters", talk.matters),
        ("addresses", talk.addresses),
        ("carts", sold.carts),
        ("ratings", ratings),
        ("log_entries", log_entries),
    ];
    let erased = gone.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| (what.to_owned(), count)).collect();
    let report = ErasureReport { at: now, erased, kept };
    customers::record_erasure(tx, actor, person, &json!(report))?;
    Ok(report)
}

/// The end of the sixth year after the one of the last order.
fn end_of_books(last: Timestamp) -> Timestamp {
    let year = last.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).year();
    let end = date(year + BOOKS_YEARS + 1, 1, 1).to_zoned(jiff::tz::TimeZone::UTC);
    end.map_or(last, |end| end.timestamp().into())
}

/// What was kept for its time is let go.
pub(crate) fn end_retention(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let (what, profile) = timer.key.split_once('/').unwrap_or_default();
    let profile = profile.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    if what == "consents" {
        return customers::forget_consents(tx, profile);
    }
    let before = tx.now();
    for order in orders::forget_owner(tx, profile, before)? {
        payments::forget_payer(tx, &format!("order:{order}"))?;
    }
    Ok(())
}
