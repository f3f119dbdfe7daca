//! Every SQL text of gift cards; what is on them stands in the ledger.

use crate::gift_card::{GiftCard, account};
use crate::{GiftCardId, PaymentId};
use kernel::{Bind, Currency, Fault, Money, ProfileId, ReadTx, Row, Statement, Tx, params, sql};

pub(crate) fn insert(tx: &mut Tx<'_>, key: &str, card: &GiftCard) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO gift_card (id, key, code, origin, profile, subject, currency, issued, is_blocked, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        ),
        params![
            card.id,
            key,
            card.code,
            card.origin,
            card.profile,
            card.subject,
            card.issued.currency,
            card.issued.minor,
            card.is_blocked,
            card.created_at
        ],
    )
    .map(drop)
}

fn row(row: &Row<'_>) -> Result<GiftCard, Fault> {
    let currency: Currency = row.get(5)?;
    Ok(GiftCard {
        id: row.get(0)?,
        code: row.get(1)?,
        origin: row.get(2)?,
        profile: row.get(3)?,
        subject: row.get(4)?,
        issued: Money::new(row.get(6)?, currency),
        balance: Money::zero(currency),
        is_blocked: row.get(7)?,
        created_at: row.get(8)?,
    })
}

fn with_balances(tx: &ReadTx<'_>, mut cards: Vec<GiftCard>) -> Result<Vec<GiftCard>, Fault> {
    for card in &mut cards {
        card.balance.minor = ledger::balance(tx, &account(card.id))?.posted;
    }
    Ok(cards)
}

pub(crate) fn by_id(tx: &ReadTx<'_>, id: GiftCardId) -> Result<Option<GiftCard>, Fault> {
    let statement =
        sql!("SELECT id, code, origin, profile, subject, currency, issued, is_blocked, created_at FROM gift_card WHERE id = ?1");
    one(tx, statement, params![id])
}

pub(crate) fn by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<GiftCard>, Fault> {
    let statement =
        sql!("SELECT id, code, origin, profile, subject, currency, issued, is_blocked, created_at FROM gift_card WHERE key = ?1");
    one(tx, statement, params![key])
}

pub(crate) fn by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<GiftCard>, Fault> {
    let statement =
        sql!("SELECT id, code, origin, profile, subject, currency, issued, is_blocked, created_at FROM gift_card WHERE code = ?1");
    one(tx, statement, params![code])
}

fn one(tx: &ReadTx<'_>, statement: &'static Statement, params: &[&dyn Bind]) -> Result<Option<GiftCard>, Fault> {
    let found = tx.query_opt(statement, params, row)?;
    Ok(with_balances(tx, found.into_iter().collect())?.pop())
}

pub(crate) fn of_subject(tx: &ReadTx<'_>, subject: &str) -> Result<Vec<GiftCard>, Fault> {
    let statement = sql!(
        "SELECT id, code, origin, profile, subject, currency, issued, is_blocked, created_at FROM gift_card
          WHERE subject = ?1 ORDER BY id LIMIT 50"
    );
    let cards = tx.query(statement, params![subject], row)?;
    with_balances(tx, cards)
}

pub(crate) fn of_profiles(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<GiftCard>, Fault> {
    let statement = sql!(
        "SELECT id, code, origin, profile, subject, currency, issued, is_blocked, created_at FROM gift_card
          WHERE profile = ?1 ORDER BY id DESC LIMIT 50"
    );
    let mut cards = Vec::new();
    for profile in profiles {
        cards.extend(tx.query(statement, params![profile], row)?);
    }
    cards.sort_by_key(|card| std::cmp::Reverse(card.id));
    cards.truncate(50);
    with_balances(tx, cards)
}

pub(crate) fn set_blocked(tx: &mut Tx<'_>, id: GiftCardId, is_blocked: bool) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE gift_card SET is_blocked = ?2 WHERE id = ?1"), params![id, is_blocked]).map(drop)
}

pub(crate) fn forget(tx: &mut Tx<'_>, subject: &str) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE gift_card SET profile = NULL WHERE subject = ?1"), params![subject]).map(drop)
}

pub(crate) fn insert_use(tx: &mut Tx<'_>, payment: PaymentId, card: GiftCardId) -> Result<(), Fault> {
    tx.execute(sql!("INSERT INTO gift_card_use (payment, card) VALUES (?1, ?2)"), params![payment, card]).map(drop)
}

pub(crate) fn used_by(tx: &ReadTx<'_>, payment: PaymentId) -> Result<Option<GiftCardId>, Fault> {
    tx.query_opt(sql!("SELECT card FROM gift_card_use WHERE payment = ?1"), params![payment], |row| row.get(0))
}
