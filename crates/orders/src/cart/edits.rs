//! The rules of changing a cart, as pure functions: which lines are written and which go.

use super::change::{CartChange, CartError};
use super::model::{Cart, CartLine, MAX_LINES, MAX_QUANTITY};
use crate::ids::CartLineId;
use crate::way::Way;
use catalogue::VariantId;
use kernel::{Quantity, Timestamp};

/// Who changes, when, and the id a new line would get.
pub(super) struct Hand {
    pub(super) actor: String,
    pub(super) now: Timestamp,
    pub(super) new_line: CartLineId,
}

/// What a change comes to: lines to write (new or changed), lines to delete, and its name for the event.
#[derive(Debug, PartialEq, Default)]
pub(super) struct Edit {
    pub(super) put: Vec<CartLine>,
    pub(super) drop: Vec<CartLineId>,
    pub(super) name: &'static str,
    pub(super) variant: Option<VariantId>,
}

impl Cart {
    pub(super) fn edit(&self, change: &CartChange, hand: &Hand) -> Result<Edit, CartError> {
        match change {
            CartChange::Add { variant, quantity, way } => self.add(*variant, *quantity, way, hand),
            CartChange::SetQuantity { line, quantity } if quantity.0 == 0 => self.remove(*line),
            CartChange::SetQuantity { line, quantity } => {
                let line = self.line(*line)?.touched(checked(*quantity)?, hand);
                Ok(Edit { name: "changed", variant: Some(line.variant), put: vec![line], drop: vec![] })
            }
            CartChange::Remove { line } => self.remove(*line),
            CartChange::SetWay { line, way } => {
                let variant = Some(self.line(*line)?.variant);
                Ok(Edit { name: "way", variant, ..self.rerouted(&[*line], way, hand)? })
            }
            CartChange::SetEveryWay { way } => {
                let all: Vec<_> = self.lines.iter().map(|line| line.id).collect();
                Ok(Edit { name: "way", ..self.rerouted(&all, way, hand)? })
            }
            CartChange::SetMatch { line, matched } => {
                let line = self.line(*line)?;
                let put = CartLine { matched: matched.clone(), ..line.touched(line.quantity, hand) };
                Ok(Edit { name: "matched", variant: Some(put.variant), put: vec![put], drop: vec![] })
            }
            CartChange::SetDelivery { .. } => Ok(Edit { name: "delivery", ..Edit::default() }),
            CartChange::SetCoupon { .. } => Ok(Edit { name: "coupon", ..Edit::default() }),
            CartChange::Clear => Ok(Edit { name: "removed", drop: self.lines.iter().map(|line| line.id).collect(), ..Edit::default() }),
        }
    }

    /// The same variant in the same way merges into its line.
    pub(super) fn add(&self, variant: VariantId, quantity: Quantity, way: &Way, hand: &Hand) -> Result<Edit, CartError> {
        let quantity = checked(quantity)?;
        let line = match self.lines.iter().find(|line| line.variant == variant && line.way == *way) {
            Some(line) => line.touched(checked(Quantity(line.quantity.0 + quantity.0))?, hand),
            None if self.lines.len() >= MAX_LINES => return Err(CartError::TooManyLines),
            None => CartLine {
                id: hand.new_line,
                variant,
                quantity,
                way: way.clone(),
                added_by: hand.actor.clone(),
                changed_by: hand.actor.clone(),
                added_at: hand.now,
                updated_at: hand.now,
                matched: None,
            },
        };
        Ok(Edit { name: "added", variant: Some(variant), put: vec![line], drop: vec![] })
    }

    fn remove(&self, line: CartLineId) -> Result<Edit, CartError> {
        let variant = Some(self.line(line)?.variant);
        Ok(Edit { name: "removed", variant, drop: vec![line], put: vec![] })
    }

    /// These lines in another way; a line that meets its like there gives up its place to it.
    fn rerouted(&self, lines: &[CartLineId], way: &Way, hand: &Hand) -> Result<Edit, CartError> {
        let mut edit = Edit::default();
        for moved in self.lines.iter().filter(|line| lines.contains(&line.id) && line.way != *way) {
            let settled = |line: &&CartLine| line.variant == moved.variant && line.way == *way;
            let like = edit.put.iter().find(settled).or_else(|| self.lines.iter().find(settled)).cloned();
            match like {
                Some(like) => {
                    edit.drop.push(moved.id);
                    edit.put.retain(|line| line.id != like.id);
                    edit.put.push(like.touched(checked(Quantity(like.quantity.0 + moved.quantity.0))?, hand));
                }
                None => edit.put.push(CartLine { way: way.clone(), ..moved.touched(moved.quantity, hand) }),
            }
        }
        Ok(edit)
    }

    fn line(&self, id: CartLineId) -> Result<&CartLine, CartError> {
        self.lines.iter().find(|line| line.id == id).ok_or(CartError::UnknownLine)
    }
}

impl CartLine {
    fn touched(&self, quantity: Quantity, hand: &Hand) -> CartLine {
        CartLine { quantity, changed_by: hand.actor.clone(), updated_at: hand.now, ..self.clone() }
    }
}

fn checked(quantity: Quantity) -> Result<Quantity, CartError> {
    if (1..=MAX_QUANTITY).contains(&quantity.0) { Ok(quantity) } else { Err(CartError::BadQuantity) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cart::CartState;
    use crate::ids::CartId;
    use inventory::LocationId;

    fn line(n: u128, variant: u128, quantity: i64, way: Way) -> CartLine {
        CartLine {
            id: CartLineId::from_parts(0, n),
            variant: VariantId::from_parts(0, variant),
            quantity: Quantity(quantity),
            way,
            added_by: "guest".into(),
            changed_by: "guest".into(),
            added_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            matched: None,
        }
    }
    fn cart(lines: Vec<CartLine>) -> Cart {
        let at = Timestamp::default();
        Cart {
            id: CartId::nil(),
            profile: None,
            guest: None,
            code: None,
            coupon: None,
            delivery: None,
            state: CartState::Open,
            version: 1,
            created_at: at,
            updated_at: at,
            lines,
        }
    }
    fn hand() -> Hand {
        Hand { actor: "guest".into(), now: Timestamp::default(), new_line: CartLineId::from_parts(0, 99) }
    }
    const HOME: Way = Way::Deliver { address: None };

    #[test]
    fn lines_that_become_alike_become_one() {
        let shop = Way::Collect { location: LocationId::from_parts(0, 1) };
        let van = Way::Collect { location: LocationId::from_parts(0, 2) };
        let cart = cart(vec![line(1, 7, 2, HOME), line(2, 7, 3, shop.clone()), line(3, 8, 1, HOME)]);
        let one = cart.edit(&CartChange::SetWay { line: CartLineId::from_parts(0, 1), way: shop.clone() }, &hand()).expect("fits");
        assert_eq!((one.put, one.drop), (vec![line(2, 7, 5, shop)], vec![CartLineId::from_parts(0, 1)]));
        let all = cart.edit(&CartChange::SetEveryWay { way: van.clone() }, &hand()).expect("fits");
        assert_eq!((all.put, all.drop), (vec![line(1, 7, 5, van.clone()), line(3, 8, 1, van)], vec![CartLineId::from_parts(0, 2)]));
    }

    #[test]
    fn bounds_hold() {
        let full = cart((0..100).map(|n| line(n, n, 1, HOME)).collect());
        let add =
            |variant, quantity| CartChange::Add { variant: VariantId::from_parts(0, variant), quantity: Quantity(quantity), way: HOME };
        assert!(matches!(full.edit(&add(1000, 1), &hand()), Err(CartError::TooManyLines)));
        assert!(matches!(full.edit(&add(5, 999), &hand()), Err(CartError::BadQuantity)));
        assert!(matches!(full.edit(&add(5, 0), &hand()), Err(CartError::BadQuantity)));
        assert_eq!(full.edit(&add(5, 998), &hand()).expect("fits").put, vec![line(5, 5, 999, HOME)]);
    }
}
