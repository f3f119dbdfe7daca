//! How an order would be: what stays keeps its price, what is new has today's.

use super::{Change, ChangeOrder, ChangeOrderError};
use crate::basket::{BasketLine, Wishes, quote_with, region};
use crate::checkout::{CheckoutError, for_sale};
use crate::compose::title;
use crate::delivery::{SentLine, charge, fee};
use kernel::{Actor, Currency, Money, Quantity, ReadTx};
use orders::{
    ChangeNote, Fulfilment, FulfilmentId, FulfilmentState, FulfilmentWay, Order, OrderLine, OrderLineId, PlaceError, Proposal,
    ProposedLine, RequestReturnError, Way, may_change, share_of_line,
};
use pricing::QuoteLine;

/// So many of a line that stays, or of something new, and how it goes.
struct Wish<'a> {
    kept: Option<&'a OrderLine>,
    /// The way it went before, where it stays.
    from: Option<Way>,
    variant: catalogue::VariantId,
    quantity: Quantity,
    way: Way,
    part: Option<FulfilmentId>,
}

/// The order as it would be, and what it would cost more; below zero less.
pub(super) fn propose(tx: &ReadTx<'_>, actor: &Actor, cmd: &ChangeOrder, order: &Order) -> Result<(Proposal, Money), ChangeOrderError> {
    let parts = touched(order, &cmd.changes)?;
    may_change(actor, order, &parts)?;
    let mut notes = Vec::new();
    let mut wishes = stand_now(order, &parts);
    for change in &cmd.changes {
        wish(tx, order, change, &mut wishes, &mut notes)?;
    }
    wishes.retain(|wish| wish.quantity.is_positive());
    if wishes.is_empty() && parts.len() == order.fulfilments.len() {
        return Err(orders::ChangeError::NothingLeft.into());
    }
    let lines = priced(tx, order, cmd, &wishes)?;
    let back = given_back(tx, order, cmd, &mut notes)?;
    if notes.is_empty() {
        return Err(ChangeOrderError::Nothing);
    }
    let (delivery, fee, tax) = delivery(tx, order, cmd, (&parts, &lines))?;
    let withdrawn: i64 = parts.iter().flat_map(|part| order.lines_of(*part)).map(|line| line.total.minor).sum();
    let added: i64 = lines.iter().map(|line| line.total).sum();
    let dearer = added + fee.minor - withdrawn - order.delivery_fee.minor;
    let credit = back.min(dearer.max(0));
    let proposal = Proposal {
        parts,
        lines,
        delivery,
        delivery_fee: fee.minor,
        delivery_tax: tax.minor,
        back: cmd.back.clone(),
        back_at: cmd.back_at,
        credit,
        reason: cmd.reason.clone(),
        holds: Vec::new(),
        notes,
    };
    Ok((proposal, Money::new(dearer - credit, order.currency)))
}

fn line(order: &Order, id: OrderLineId, quantity: Quantity) -> Result<&OrderLine, ChangeOrderError> {
    order.lines.iter().find(|line| line.id == id).ok_or(ChangeOrderError::NotThatMany { line: id, quantity })
}

/// The parts whose lines are written anew.
fn touched(order: &Order, changes: &[Change]) -> Result<Vec<FulfilmentId>, ChangeOrderError> {
    let mut parts = Vec::new();
    for change in changes {
        match change {
            Change::Move { part, .. } => parts.push(*part),
            Change::Swap { line: id, quantity, .. } | Change::Remove { line: id, quantity } => {
                parts.push(line(order, *id, *quantity)?.fulfilment);
            }
            Change::Add { .. } => {}
        }
    }
    parts.sort_unstable();
    parts.dedup();
    Ok(parts)
}

fn way_of(part: &Fulfilment) -> Way {
    match part.way {
        FulfilmentWay::CarryOut => Way::TakeNow { location: part.location },
        FulfilmentWay::Collect => Way::Collect { location: part.location },
        FulfilmentWay::Deliver => Way::Deliver { address: part.address.clone() },
    }
}

fn stand_now<'a>(order: &'a Order, parts: &[FulfilmentId]) -> Vec<Wish<'a>> {
    let lines = order.lines.iter().filter(|line| parts.contains(&line.fulfilment));
    let wish = |line: &'a OrderLine| {
        let way = order.fulfilment_of(line).map(way_of)?;
        let (variant, quantity) = (line.variant, line.quantity);
        Some(Wish { kept: Some(line), from: Some(way.clone()), variant, quantity, way, part: Some(line.fulfilment) })
    };
    lines.filter_map(wish).collect()
}

/// What one change makes of the wishes.
fn wish<'a>(
    tx: &ReadTx<'_>,
    order: &'a Order,
    change: &Change,
    wishes: &mut Vec<Wish<'a>>,
    notes: &mut Vec<ChangeNote>,
) -> Result<(), ChangeOrderError> {
    let less = |wishes: &mut Vec<Wish<'a>>, id: OrderLineId, quantity: Quantity| {
        let known = line(order, id, quantity)?;
        let kept = wishes.iter_mut().find(|wish| wish.kept.is_some_and(|kept| kept.id == id));
        let kept = kept.filter(|wish| quantity.is_positive() && wish.quantity >= quantity);
        let Some(kept) = kept else { return Err(ChangeOrderError::NotThatMany { line: id, quantity }) };
        kept.quantity.0 -= quantity.0;
        Ok((known, kept.way.clone(), kept.part))
    };
    match change {
        Change::Move { part, to } => {
            let moved: Vec<_> = wishes.iter_mut().filter(|wish| wish.part == Some(*part) && wish.way != *to).collect();
            if moved.is_empty() {
                return Ok(());
            }
            notes.push(moved_to(tx, to)?);
            for wish in moved {
                wish.way = to.clone();
            }
        }
        Change::Swap { line: id, quantity, to } => {
            let (known, way, part) = less(wishes, *id, *quantity)?;
            if known.variant == *to {
                return Err(ChangeOrderError::Nothing);
            }
            let to_title = sold(tx, order, *to)?;
            notes.push(ChangeNote::Swapped { quantity: *quantity, from: known.title.clone(), to: to_title });
            wishes.push(Wish { kept: None, from: None, variant: *to, quantity: *quantity, way, part });
        }
        Change::Remove { line: id, quantity } => {
            let (known, ..) = less(wishes, *id, *quantity)?;
            notes.push(ChangeNote::Removed { quantity: *quantity, title: known.title.clone() });
        }
        Change::Add { variant, quantity, way } => {
            moved_to(tx, way)?;
            notes.push(ChangeNote::Added { quantity: *quantity, title: sold(tx, order, *variant)? });
            wishes.push(Wish { kept: None, from: None, variant: *variant, quantity: *quantity, way: way.clone(), part: None });
        }
    }
    Ok(())
}

/// The title of something that is for sale.
fn sold(tx: &ReadTx<'_>, order: &Order, variant: catalogue::VariantId) -> Result<String, ChangeOrderError> {
    let cards = for_sale(tx, &[variant])?;
    Ok(cards.get(&variant).map(|card| title(card, order.locale)).unwrap_or_default())
}

fn moved_to(tx: &ReadTx<'_>, to: &Way) -> Result<ChangeNote, ChangeOrderError> {
    match to {
        Way::TakeNow { .. } => Err(ChangeOrderError::TakeNow),
        Way::Collect { location } => {
            let shop = inventory::location(tx, *location)?.ok_or(CheckoutError::WrongLocation(*location))?;
            Ok(ChangeNote::Collected { at: shop.details.name })
        }
        Way::Deliver { address } => {
            let to = address.as_ref().ok_or(CheckoutError::Place(PlaceError::AddressMissing))?;
            Ok(ChangeNote::Delivered { to: format!("{}, {} {}", to.street, to.postcode, to.city) })
        }
    }
}

/// What stays keeps what it cost, as long as it is taxed alike; all else costs what it costs today.
fn priced(tx: &ReadTx<'_>, order: &Order, cmd: &ChangeOrder, wishes: &[Wish<'_>]) -> Result<Vec<ProposedLine>, ChangeOrderError> {
    let mut lines: Vec<Option<ProposedLine>> = Vec::with_capacity(wishes.len());
    let mut new: Vec<BasketLine> = Vec::new();
    for wish in wishes {
        let is_taxed_alike = match &wish.from {
            Some(from) => *from == wish.way || region(tx, from)? == region(tx, &wish.way)?,
            None => false,
        };
        let kept = wish.kept.filter(|_| is_taxed_alike).map(|line| keep(line, wish));
        if kept.is_none() {
            new.push(BasketLine { variant: wish.variant, quantity: wish.quantity, way: wish.way.clone() });
        }
        lines.push(kept);
    }
    let cards = for_sale(tx, &new.iter().map(|line| line.variant).collect::<Vec<_>>())?;
    let quoted = match new.is_empty() {
        true => Vec::new(),
        false => {
            let known = Wishes { delivery: cmd.delivery.clone(), cards: Some(&cards), ..Wishes::default() };
            quote_with(tx, &new, order.currency, cmd.audience.clone(), known)?.lines
        }
    };
    let mut new = new.into_iter().zip(quoted).map(|(line, quoted)| ProposedLine {
        variant: line.variant,
        quantity: line.quantity,
        way: line.way,
        sku: cards[&line.variant].sku.clone(),
        title: title(&cards[&line.variant], order.locale),
        unit_price: quoted.unit_price.minor,
        discount: quoted.discounts.iter().map(|discount| discount.amount.minor).sum(),
        is_tax_included: quoted.is_tax_included,
        tax_basis_points: quoted.tax_basis_points,
        tax: quoted.tax.minor,
        total: quoted.total.minor,
        is_service: quoted.is_service,
        matched: None,
    });
    Ok(lines.into_iter().filter_map(|kept| kept.or_else(|| new.next())).collect())
}

fn keep(line: &OrderLine, wish: &Wish<'_>) -> ProposedLine {
    let share = |amount: Money| share_of_line(amount.minor, line.quantity, wish.quantity);
    let (discount, tax) = (share(line.discount), share(line.tax));
    let upon = if line.is_tax_included { 0 } else { tax };
    ProposedLine {
        variant: line.variant,
        quantity: wish.quantity,
        way: wish.way.clone(),
        sku: line.sku.clone(),
        title: line.title.clone(),
        unit_price: line.unit_price.minor,
        discount,
        is_tax_included: line.is_tax_included,
        tax_basis_points: line.tax_basis_points,
        tax,
        total: line.unit_price.minor * wish.quantity.0 - discount + upon,
        is_service: line.reservation.is_none() && line.parts.is_empty(),
        matched: line.matched.clone(),
    }
}

/// What comes back in exchange is worth so much.
fn given_back(tx: &ReadTx<'_>, order: &Order, cmd: &ChangeOrder, notes: &mut Vec<ChangeNote>) -> Result<i64, ChangeOrderError> {
    let mut lines = order.lines.clone();
    let mut worth = 0;
    for wanted in &cmd.back {
        let known = lines.iter_mut().find(|line| line.id == wanted.line);
        let line = known.ok_or(RequestReturnError::UnknownLine { line: wanted.line })?;
        let available = Quantity(line.quantity.0 - line.returned.0);
        let part = order.fulfilment_of(line).ok_or(RequestReturnError::UnknownLine { line: wanted.line })?;
        if let orders::ReturnPolicy::Refused { why } = orders::return_policy(line, part, tx.now()) {
            return Err(RequestReturnError::Refused { title: line.title.clone(), why }.into());
        }
        if !wanted.quantity.is_positive() || wanted.quantity > available {
            return Err(RequestReturnError::TooMany { title: line.title.clone(), available }.into());
        }
        let share = share_of_line(line.total.minor - line.refunded.minor, available, wanted.quantity);
        line.returned.0 += wanted.quantity.0;
        line.refunded.minor += share;
        worth += share;
        notes.push(ChangeNote::Returned { quantity: wanted.quantity, title: line.title.clone() });
    }
    Ok(worth)
}

/// The way of delivery, its fee and the tax within: as before, unless something goes another way.
fn delivery(
    tx: &ReadTx<'_>,
    order: &Order,
    cmd: &ChangeOrder,
    (parts, lines): (&[FulfilmentId], &[ProposedLine]),
) -> Result<(Option<String>, Money, Money), ChangeOrderError> {
    let stays = |part: &&Fulfilment| !parts.contains(&part.id) && part.state != FulfilmentState::Cancelled;
    let promised = order.fulfilments.iter().find_map(|part| Some(part.promised.as_ref()?.method.clone()));
    let moves = cmd.delivery.is_some() || cmd.changes.iter().any(|change| matches!(change, Change::Move { .. }));
    if !moves {
        let lines_tax: i64 = order.lines.iter().map(|line| line.tax.minor).sum();
        return Ok((promised, order.delivery_fee, Money::new(order.tax.minor - lines_tax, order.currency)));
    }
    let remaining = order.fulfilments.iter().filter(stays).filter(|part| part.way == FulfilmentWay::Deliver);
    let remaining: Vec<_> = remaining
        .flat_map(|part| order.lines_of(part.id).map(move |line| (part.address.as_ref(), quoted_as_sold(line, order.currency))))
        .collect();
    let coming: Vec<_> = lines
        .iter()
        .filter_map(|line| match &line.way {
            Way::Deliver { address } if !line.is_service => Some((address.as_ref(), quoted(line, order.currency))),
            _ => None,
        })
        .collect();
    let sent: Vec<SentLine<'_>> = remaining.iter().chain(&coming).map(|(to, line)| (*to, line)).collect();
    let chosen = match cmd.delivery.clone().or(promised) {
        // The way that was chosen then may not go there.
        Some(code) if cmd.delivery.is_none() => {
            let method = pricing::delivery_method(tx, &code)?.filter(|method| method.is_active);
            let fits = |method: &pricing::DeliveryMethod| fee(method, order.currency, &sent).is_ok_and(|fee| fee.is_some());
            method.filter(fits).map(|method| method.code)
        }
        chosen => chosen,
    };
    let charged = charge(tx, order.currency, &sent, chosen.as_deref())?;
    Ok((charged.method.map(|method| method.code), charged.fee, charged.tax))
}

/// A line as pricing would have said it.
pub(super) fn quoted(line: &ProposedLine, currency: Currency) -> QuoteLine {
    let money = |minor| Money::new(minor, currency);
    let discounts = match line.discount {
        0 => Vec::new(),
        amount => vec![pricing::Discount { code: String::new(), amount: money(amount) }],
    };
    QuoteLine {
        variant: line.variant,
        quantity: line.quantity,
        unit_price: money(line.unit_price),
        compare_at: None,
        subtotal: money(line.unit_price * line.quantity.0),
        discounts,
        net: money(line.total - line.tax),
        tax: money(line.tax),
        tax_basis_points: line.tax_basis_points,
        is_tax_included: line.is_tax_included,
        total: money(line.total),
        why: Vec::new(),
        is_service: line.is_service,
    }
}

fn quoted_as_sold(line: &OrderLine, currency: Currency) -> QuoteLine {
    let whole = Wish {
        kept: Some(line),
        from: None,
        variant: line.variant,
        quantity: line.quantity,
        way: Way::Deliver { address: None },
        part: Some(line.fulfilment),
    };
    quoted(&keep(line, &whole), currency)
}
