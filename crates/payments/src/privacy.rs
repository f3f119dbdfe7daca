//! This room's part of handing out what is known of a person. What was paid belongs to the books and is not erased.

use crate::store::gift_cards;
use crate::{gift_cards_for, payments_of, refunds_of};
use kernel::{Fault, ReadTx, Tx, params, sql};
use serde_json::{Value, json};

/// Payments and refunds of these subjects. The addresses of pay links and the codes of gift cards are not among it: whoever
/// has one may use it.
pub fn export_payments(tx: &ReadTx<'_>, subjects: &[String]) -> Result<Value, Fault> {
    let mut all = Vec::new();
    for subject in subjects {
        for payment in payments_of(tx, subject)? {
            all.push(json!({
                "id": payment.id, "subject": payment.subject, "method": payment.method, "amount": payment.amount,
                "captured": payment.captured, "refunded": payment.refunded, "state": payment.state, "created_at": payment.created_at,
            }));
        }
        for card in gift_cards_for(tx, subject)? {
            all.push(json!({ "id": card.id, "subject": subject, "issued": card.issued, "balance": card.balance, "at": card.created_at }));
        }
        for refund in refunds_of(tx, subject)? {
            all.push(
                json!({ "id": refund.id, "refund_of": refund.payment, "amount": refund.amount, "reason": refund.reason, "at": refund.at }),
            );
        }
    }
    Ok(Value::Array(all))
}

/// The time for which books must be kept is over: what was paid for this subject was paid by nobody from now on.
pub fn forget_payer(tx: &mut Tx<'_>, subject: &str) -> Result<(), Fault> {
    gift_cards::forget(tx, subject)?;
    tx.execute(sql!("UPDATE payment SET profile = NULL WHERE subject = ?1"), params![subject]).map(drop)
}
