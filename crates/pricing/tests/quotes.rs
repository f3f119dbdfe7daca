//! One quote: winning lists, tax, promotions, exact sums.

use catalogue::{Localised, NewProduct, NewVariant, Product, Status, TaxCategory, VariantChange};
use kernel::testing::{START, World, on_both, on_sqlite};
use kernel::{Actor, Currency, Locale, Money, Quantity, Timestamp};
use pricing::{
    NewPriceList, Offer, PriceContext, PriceEntry, PriceError, PriceListId, Promotion, Quote, QuoteError, QuoteRequest, Span, Target,
    TaxRegion,
};
use std::time::Duration;

const ROOMS: [kernel::Migrations; 2] = [catalogue::MIGRATIONS, pricing::MIGRATIONS];
const SYSTEM: Actor = Actor::system();

fn product(
    world: &World,
    handle: &'static str,
    category: &'static str,
    tax_category: TaxCategory,
    sizes: &'static [&'static str],
) -> Product {
    world
        .db()
        .write("product", move |tx| {
            let variant = |size: &&str| NewVariant { option_values: vec![(*size).to_owned()], ..NewVariant::default() };
            let new = NewProduct {
                handle: Some(handle.into()),
                status: Status::Active,
                category: category.into(),
                tags: vec!["Nuevo".into()],
                tax_category,
                options: vec!["Talla".into()],
                variants: sizes.iter().map(variant).collect(),
                ..NewProduct::titled(Localised::new(handle, ""))
            };
            catalogue::create_product(tx, &SYSTEM, new)
        })
        .wait()
        .expect("the product is made")
}

fn list(world: &World, new: NewPriceList) -> PriceListId {
    world.db().write("list", move |tx| pricing::create_price_list(tx, &SYSTEM, new.clone())).wait().expect("the list is made").id
}

fn entry(product: &Product, at: usize, minor: i64, was: Option<i64>) -> PriceEntry {
    PriceEntry { variant: product.variants[at].id, price: Money::eur(minor), compare_at: was.map(Money::eur) }
}

fn set(world: &World, list: PriceListId, entries: Vec<PriceEntry>) -> usize {
    world.db().write("prices", move |tx| pricing::set_prices(tx, &SYSTEM, list, &entries)).wait().expect("prices are set")
}

fn request(lines: &[(&Product, usize, i64)]) -> QuoteRequest {
    sent(TaxRegion::Spain, lines)
}

fn sent(region: TaxRegion, lines: &[(&Product, usize, i64)]) -> QuoteRequest {
    QuoteRequest {
        lines: lines.iter().map(|(product, at, count)| (product.variants[*at].id, Quantity(*count), region)).collect(),
        currency: Currency::EUR,
        at: START,
        audience: None,
        coupon: None,
        matches: Vec::new(),
    }
}

fn quote(world: &World, request: QuoteRequest) -> Result<Quote, QuoteError> {
    world.db().read(move |tx| pricing::quote(tx, &request)).wait()
}

/// A shirt at 19.90 in two sizes, and a book at 10.00 with the lowest tax.
fn shop(world: &World) -> (Product, Product, PriceListId) {
    let shirt = product(world, "camisa", "Camisas", TaxCategory::Standard, &["S", "M"]);
    let book = product(world, "libro", "Libros", TaxCategory::SuperReduced, &["Tapa"]);
    let base = list(world, NewPriceList::base("base", Currency::EUR));
    assert_eq!(set(world, base, vec![entry(&shirt, 0, 1990, Some(2500)), entry(&shirt, 1, 1990, None), entry(&book, 0, 1000, None)]), 3);
    (shirt, book, base)
}

#[test]
fn a_cart_is_priced_with_tax_inside_and_reasons() {
    on_both(&ROOMS, |world| {
        let (shirt, book, _) = shop(world);
        let quoted = quote(world, request(&[(&shirt, 0, 3), (&book, 0, 1)])).expect("a quote");
        let line = &quoted.lines[0];
        assert_eq!((line.unit_price, line.compare_at, line.subtotal), (Money::eur(1990), Some(Money::eur(2500)), Money::eur(5970)));
        assert_eq!((line.tax, line.net, line.total, line.tax_basis_points), (Money::eur(1036), Money::eur(4934), Money::eur(5970), 2100));
        assert_eq!((quoted.lines[1].tax, quoted.total, quoted.tax), (Money::eur(38), Money::eur(6970), Money::eur(1074)));
        assert_eq!(quoted.taxes.iter().map(|sum| (sum.basis_points, sum.tax.minor)).collect::<Vec<_>>(), [(400, 38), (2100, 1036)]);
        let why: Vec<_> = line.why.iter().map(|why| why.sentence(Locale::Es)).collect();
        assert_eq!(why, ["Precio de la tarifa «base».", "IVA del 21\u{a0}% incluido."]);
        let canaries = quote(world, sent(TaxRegion::Canaries, &[(&shirt, 0, 1)])).expect("a quote");
        assert_eq!((canaries.total, canaries.tax), (Money::eur(1990), Money::eur(130)));
        let nothing = quote(world, request(&[])).expect("an empty cart costs nothing");
        assert_eq!((nothing.total, nothing.taxes.len()), (Money::eur(0), 0));
    });
}

#[test]
fn the_strongest_open_list_wins_for_each_variant() {
    on_both(&ROOMS, |world| {
        let (shirt, book, _) = shop(world);
        let span = Span { starts_at: START, ends_at: Some(START.plus(Duration::from_secs(3600))) };
        let sale = list(world, NewPriceList { priority: 10, span, ..NewPriceList::base("rebajas", Currency::EUR) });
        set(world, sale, vec![entry(&shirt, 1, 1500, Some(1990))]);
        let staff = NewPriceList {
            priority: 20,
            audience: Some("staff".into()),
            is_tax_included: false,
            ..NewPriceList::base("staff", Currency::EUR)
        };
        let staff = list(world, staff);
        set(world, staff, vec![entry(&book, 0, 500, None)]);
        let lines = [(&shirt, 0, 1), (&shirt, 1, 1), (&book, 0, 1)];
        let units = |request: QuoteRequest| {
            let quoted = quote(world, request).expect("a quote");
            (quoted.lines.iter().map(|line| line.unit_price.minor).collect::<Vec<_>>(), quoted.total.minor)
        };
        assert_eq!(units(request(&lines)), (vec![1990, 1500, 1000], 4490));
        let over = START.plus(Duration::from_secs(3600));
        assert_eq!(units(QuoteRequest { at: over, ..request(&lines) }), (vec![1990, 1990, 1000], 4980));
        assert_eq!(units(QuoteRequest { audience: Some("staff".into()), ..request(&lines) }), (vec![1990, 1500, 500], 1990 + 1500 + 520));

        let cards = |at: Timestamp| {
            let context = PriceContext::at(Currency::EUR, at);
            let ids = [shirt.id, book.id, catalogue::ProductId::nil()];
            let cards = world.db().read(move |tx| pricing::price_cards(tx, &context, &ids)).wait().expect("cards");
            assert_eq!(cards.len(), 2);
            (
                cards[&shirt.id].from.minor,
                cards[&shirt.id].to.minor,
                cards[&shirt.id].compare_at.map(|was| was.minor),
                cards[&shirt.id].is_range(),
            )
        };
        assert_eq!(cards(START), (1500, 1990, Some(1990), true));
        assert_eq!(cards(over), (1990, 1990, None, false));
        // A variant that is no longer sold does not count.
        let cheap = shirt.variants[1].id;
        let off = VariantChange { is_active: Some(false), ..VariantChange::default() };
        world.db().write("off", move |tx| catalogue::update_variant(tx, &SYSTEM, cheap, off.clone())).wait().expect("changed");
        world.run_reactions(pricing::REACTIONS);
        assert_eq!(cards(START), (1990, 1990, Some(2500), false));
        let removed = world.db().write("remove", move |tx| pricing::remove_price(tx, &SYSTEM, sale, cheap)).wait().expect("removed");
        assert!(removed);
        assert_eq!(units(request(&lines)).0, [1990, 1990, 1000]);
    });
}

#[test]
fn a_promotion_takes_off_once_its_lines_reach_the_sum() {
    on_both(&ROOMS, |world| {
        let (shirt, book, _) = shop(world);
        let promote = |code: &str, target: Target, basis_points: i64, threshold: i64| {
            let name = Localised::new("Dos camisas", "Two shirts");
            let offer = Offer::Percentage { basis_points };
            let threshold = Money::eur(threshold);
            let new = Promotion { threshold, priority: basis_points, ..Promotion::new(code, name, target, offer) };
            world.db().write("promotion", move |tx| pricing::create_promotion(tx, &SYSTEM, new.clone())).wait()
        };
        let first = promote("two", Target::Category("camisas".into()), 1500, 3000).expect("made");
        assert_eq!(promote("two", Target::Category("camisas".into()), 1500, 3000).expect("the same"), first);
        assert!(matches!(promote("two", Target::Everything, 1500, 3000), Err(PriceError::CodeTaken(code)) if code == "two"));
        promote("new", Target::Tag("NUEVO".into()), 500, 3000).expect("made");
        let one = quote(world, request(&[(&shirt, 0, 1), (&book, 0, 1)])).expect("a quote");
        assert_eq!(one.discount, Money::eur(0));
        let two = quote(world, request(&[(&shirt, 0, 1), (&book, 0, 1), (&shirt, 1, 1)])).expect("a quote");
        let off: Vec<_> = two.lines.iter().map(|line| (line.discounts[0].code.as_str(), line.discounts[0].amount.minor)).collect();
        assert_eq!(off, [("two", 299), ("new", 50), ("two", 299)]);
        assert_eq!((two.subtotal, two.discount, two.total), (Money::eur(4980), Money::eur(648), Money::eur(4332)));
        assert_eq!(two.lines[0].tax, Money::eur(293));
        assert_eq!(two.lines[0].why[1].sentence(Locale::En), "Two shirts (15% off).");
    });
}

#[test]
fn refusals_name_the_line_and_change_nothing() {
    on_both(&ROOMS, |world| {
        let (shirt, book, base) = shop(world);
        let gift = product(world, "regalo", "Otros", TaxCategory::Standard, &["U"]);
        let refused = |request: QuoteRequest| quote(world, request).expect_err("no quote");
        assert!(matches!(refused(request(&[(&gift, 0, 1)])), QuoteError::NoPrice { sku, .. } if sku == "REGALO-U"));
        assert!(matches!(refused(request(&[(&book, 0, 0)])), QuoteError::BadQuantity { quantity: Quantity(0), .. }));
        let usd: Currency = "USD".parse().expect("code");
        assert!(matches!(refused(QuoteRequest { currency: usd, ..request(&[(&book, 0, 1)]) }), QuoteError::NoPrice { .. }));
        let old = Timestamp::from_seconds(0);
        assert!(matches!(refused(QuoteRequest { at: old, ..request(&[(&book, 0, 1)]) }), QuoteError::NoTaxRate { .. }));
        assert!(matches!(refused(request(&[(&shirt, 0, i64::MAX)])), QuoteError::Money(_)));
        let try_set = |entries: Vec<PriceEntry>, actor: Actor| {
            world.db().write("prices", move |tx| pricing::set_prices(tx, &actor, base, &entries)).wait().expect_err("refused")
        };
        let dollars = PriceEntry { price: Money::new(1, usd), ..entry(&book, 0, 1, None) };
        assert!(matches!(try_set(vec![entry(&shirt, 0, 1, None), dollars], SYSTEM), PriceError::WrongCurrency(_)));
        assert!(matches!(try_set(vec![entry(&book, 0, 2000, Some(2000))], SYSTEM), PriceError::Invalid { field: "compare_at", .. }));
        assert!(matches!(try_set(vec![entry(&book, 0, -1, None)], SYSTEM), PriceError::Invalid { field: "price", .. }));
        assert!(matches!(try_set(vec![entry(&book, 0, 1, None)], Actor::guest()), PriceError::Denied(_)));
        assert_eq!(set(world, base, vec![entry(&shirt, 0, 1990, Some(2500)), entry(&book, 0, 1000, None)]), 0);
        assert_eq!(quote(world, request(&[(&shirt, 0, 1)])).expect("a quote").total, Money::eur(1990));
    });
}

#[test]
fn a_tax_rate_changes_on_its_day() {
    on_both(&ROOMS, |world| {
        let (shirt, ..) = shop(world);
        let (day, later) = (START.plus(Duration::from_secs(86_400)), START.plus(Duration::from_secs(172_800)));
        for (rate, from) in [(2300, later), (2200, day), (2250, day)] {
            let place = (TaxRegion::Spain, TaxCategory::Standard);
            world.db().write("rate", move |tx| pricing::set_tax_rate(tx, &SYSTEM, place, rate, from)).wait().expect("set");
        }
        let rate = |at| quote(world, QuoteRequest { at, ..request(&[(&shirt, 0, 1)]) }).expect("a quote").lines[0].tax_basis_points;
        assert_eq!((rate(START), rate(day), rate(later)), (2100, 2250, 2300));
    });
}

#[test]
fn any_cart_adds_up_in_any_order() {
    use proptest::prelude::*;
    on_sqlite(&ROOMS, |world| {
        let kinds = [TaxCategory::Standard, TaxCategory::Reduced, TaxCategory::SuperReduced, TaxCategory::Zero];
        let handles = ["a", "b", "c", "d"];
        let products: Vec<_> =
            handles.iter().zip(kinds).map(|(handle, tax)| product(world, handle, "Camisas", tax, &["S", "M", "L"])).collect();
        let base = list(world, NewPriceList::base("base", Currency::EUR));
        let net = list(world, NewPriceList { is_tax_included: false, priority: 1, ..NewPriceList::base("net", Currency::EUR) });
        let name = Localised::new("p", "p");
        let third = Promotion::new("p", name, Target::Everything, Offer::Percentage { basis_points: 3333 });
        let promotion = Promotion { threshold: Money::eur(50_000), ..third };
        world.db().write("p", move |tx| pricing::create_promotion(tx, &SYSTEM, promotion.clone())).wait().expect("made");
        let carts = proptest::collection::vec((0..4usize, 0..3usize, 1..50i64, 0..100_000i64), 1..12);
        let mut runner =
            proptest::test_runner::TestRunner::new(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() });
        let checked = runner.run(&carts, |cart| {
            for (p, v, _, price) in &cart {
                set(world, if (p + v) % 4 == 0 { net } else { base }, vec![entry(&products[*p], *v, *price, None)]);
            }
            let lines: Vec<_> = cart.iter().map(|(p, v, count, _)| (&products[*p], *v, *count)).collect();
            let quoted = quote(world, request(&lines)).expect("a quote");
            let sum = |part: fn(&pricing::QuoteLine) -> i64| quoted.lines.iter().map(part).sum::<i64>();
            prop_assert_eq!(quoted.total.minor, sum(|line| line.total.minor));
            prop_assert_eq!(quoted.total.minor, quoted.net.minor + quoted.tax.minor);
            prop_assert_eq!(quoted.tax.minor, quoted.taxes.iter().map(|rate| rate.tax.minor).sum::<i64>());
            for line in &quoted.lines {
                prop_assert!(line.tax.minor >= 0 && line.net.minor >= 0);
                prop_assert_eq!(line.total.minor, line.net.minor + line.tax.minor);
                let off: i64 = line.discounts.iter().map(|discount| discount.amount.minor).sum();
                prop_assert!((0..=line.subtotal.minor).contains(&off));
                let paid = if line.is_tax_included { line.total } else { line.net };
                prop_assert_eq!(line.subtotal.minor, paid.minor + off);
            }
            let mut turned = lines.clone();
            turned.reverse();
            let mut backwards = quote(world, request(&turned)).expect("a quote");
            backwards.lines.reverse();
            prop_assert_eq!(backwards, quoted);
            Ok(())
        });
        checked.expect("every cart adds up");
    });
}

#[test]
fn eight_writers_leave_one_range() {
    on_both(&ROOMS, |world| {
        let (shirt, _, base) = shop(world);
        std::thread::scope(|scope| {
            for writer in 0..8i64 {
                let (db, shirt) = (world.db().clone(), &shirt);
                scope.spawn(move || {
                    for n in 0..4 {
                        let entries = [entry(shirt, (writer % 2) as usize, 1000 + writer * 10 + n, None)];
                        while db.write("price", move |tx| pricing::set_prices(tx, &SYSTEM, base, &entries)).wait().is_err() {}
                    }
                });
            }
        });
        let quoted = quote(world, request(&[(&shirt, 0, 1), (&shirt, 1, 1)])).expect("a quote");
        let (a, b) = (quoted.lines[0].unit_price, quoted.lines[1].unit_price);
        let (context, id) = (PriceContext::at(Currency::EUR, START), shirt.id);
        let card = world.db().read(move |tx| pricing::price_cards(tx, &context, &[id])).wait().expect("cards")[&id];
        assert_eq!((card.from.minor, card.to.minor), (a.minor.min(b.minor), a.minor.max(b.minor)));
    });
}
