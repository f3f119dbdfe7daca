//! A company with two buyers, and the segments that marketing looks at.

use super::world::World;
use anyhow::Result;
use customers::companies::{BuyerRole, CreateCompany, Terms, create_company, set_buyer};
use customers::segments::{Bound, Condition, CreateSegment, FactKind, create_segment};
use kernel::{Actor, Currency, Money, ProfileId};

/// Make them, once the month is over, and let the segments look at everybody.
pub fn make(world: &World) -> Result<()> {
    // Not the people of the story: their records are told about.
    let buyers: Vec<ProfileId> = world.people.iter().filter(|customer| customer.code.is_none()).take(2).map(|c| c.profile).collect();
    world.write("demo.groups", move |tx| {
        let system = Actor::system();
        let terms = Terms { payment_days: 30, price_list: String::new(), credit_limit: Some(Money::eur(500_000)) };
        let company = create_company(tx, &system, CreateCompany { name: "Hotel Casa Palma".into(), tax_id: "B58378431".into(), terms })?;
        for (buyer, role) in buyers.iter().zip([BuyerRole::Admin, BuyerRole::Buyer]) {
            set_buyer(tx, &system, company.id, *buyer, role)?;
        }
        for (name, condition) in segments() {
            create_segment(tx, &system, CreateSegment { name: name.into(), condition, key: format!("demo/{name}") })?;
        }
        Ok(())
    })?;
    world.settle()
}

fn segments() -> [(&'static str, Condition); 3] {
    let bought = |bound, times, days| Condition::Happened { kind: FactKind::OrderPlaced, bound, times, days, channel: None, place: None };
    let spent = Condition::Spent { bound: Bound::AtLeast, amount: 20_000, currency: Currency::EUR, days: None };
    let seville = Condition::PostcodeArea { prefixes: vec!["41".into()] };
    [
        ("Compran a menudo", Condition::All { of: vec![bought(Bound::AtLeast, 2, Some(30)), spent] }),
        ("Sevilla y alrededores", seville),
        ("Se están yendo", Condition::All { of: vec![bought(Bound::AtLeast, 1, None), bought(Bound::AtMost, 0, Some(14))] }),
    ]
}
