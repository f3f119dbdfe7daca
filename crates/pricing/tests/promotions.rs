//! Promotions: what each kind gives, how they meet, and that no cart pays less than nothing or more for one promotion more.

use catalogue::{Localised, NewProduct, NewVariant, Product, Status, TaxCategory};
use kernel::testing::{START, World, on_both, on_sqlite};
use kernel::{Actor, Currency, Locale, Money, Quantity, Timestamp};
use pricing::{NewPriceList, Offer, PriceEntry, PriceError, PriceListId, Promotion, Quote, QuoteRequest, Span, Target, TaxRegion};
use std::time::Duration;

const ROOMS: [kernel::Migrations; 2] = [catalogue::MIGRATIONS, pricing::MIGRATIONS];
const SYSTEM: Actor = Actor::system();

fn product(world: &World, handle: &'static str, category: &'static str, sizes: &'static [&'static str]) -> Product {
    let make = move |tx: &mut kernel::Tx<'_>| {
        let variant = |size: &&str| NewVariant { option_values: vec![(*size).to_owned()], ..NewVariant::default() };
        let new = NewProduct {
            handle: Some(handle.into()),
            status: Status::Active,
            category: category.into(),
            tax_category: TaxCategory::Standard,
            options: vec!["Talla".into()],
            variants: sizes.iter().map(variant).collect(),
            ..NewProduct::titled(Localised::new(handle, ""))
        };
        catalogue::create_product(tx, &SYSTEM, new)
    };
    world.db().write("product", make).wait().expect("the product is made")
}

struct Shop {
    shirt: Product,
    socks: Product,
    bag: Product,
    base: PriceListId,
}

/// Shirts at 30.00 and 20.00, socks at 5.00, a bag at 12.00.
fn shop(world: &World) -> Shop {
    let shirt = product(world, "camisa", "Camisas", &["S", "M"]);
    let socks = product(world, "calcetines", "Calcetines", &["U"]);
    let bag = product(world, "bolsa", "Bolsas", &["U"]);
    let list = |tx: &mut kernel::Tx<'_>| pricing::create_price_list(tx, &SYSTEM, NewPriceList::base("base", Currency::EUR));
    let base = world.db().write("list", list).wait().expect("the list is made").id;
    set(world, base, &[(&shirt, 0, 3000), (&shirt, 1, 2000), (&socks, 0, 500), (&bag, 0, 1200)]);
    Shop { shirt, socks, bag, base }
}

fn set(world: &World, list: PriceListId, prices: &[(&Product, usize, i64)]) {
    let entry = |(product, at, minor): &(&Product, usize, i64)| PriceEntry {
        variant: product.variants[*at].id,
        price: Money::eur(*minor),
        compare_at: None,
    };
    let entries: Vec<_> = prices.iter().map(entry).collect();
    world.db().write("prices", move |tx| pricing::set_prices(tx, &SYSTEM, list, &entries)).wait().expect("prices are set");
}

fn promote(world: &World, new: Promotion) -> Result<Promotion, PriceError> {
    world.db().write("promotion", move |tx| pricing::create_promotion(tx, &SYSTEM, new.clone())).wait()
}

fn promotion(code: &str, target: Target, offer: Offer) -> Promotion {
    Promotion::new(code, Localised::new(code, code), target, offer)
}

fn stackable(code: &str, target: Target, offer: Offer) -> Promotion {
    Promotion { is_exclusive: false, ..promotion(code, target, offer) }
}

fn quote_at(world: &World, at: Timestamp, lines: &[(&Product, usize, i64)]) -> Quote {
    let line = |(product, at, count): &(&Product, usize, i64)| (product.variants[*at].id, Quantity(*count), TaxRegion::Spain);
    let request = QuoteRequest {
        lines: lines.iter().map(line).collect(),
        currency: Currency::EUR,
        at,
        audience: None,
        coupon: None,
        matches: Vec::new(),
    };
    world.db().read(move |tx| pricing::quote(tx, &request)).wait().expect("a quote")
}

fn quote(world: &World, lines: &[(&Product, usize, i64)]) -> Quote {
    quote_at(world, START, lines)
}

/// What is off each line, by code.
fn off(quote: &Quote) -> Vec<Vec<(&str, i64)>> {
    quote.lines.iter().map(|line| line.discounts.iter().map(|d| (d.code.as_str(), d.amount.minor)).collect()).collect()
}

const NONE: Vec<(&str, i64)> = Vec::new();

#[test]
fn an_amount_off_is_divided_to_the_cent() {
    on_both(&ROOMS, |world| {
        let Shop { shirt, socks, bag, .. } = shop(world);
        let ten =
            Promotion { threshold: Money::eur(4000), ..promotion("diez", Target::Everything, Offer::Amount { off: Money::eur(1000) }) };
        promote(world, ten).expect("made");
        // 30 + 12 + 5 = 47: 10 / 47 of each, and not a cent more or less.
        let quoted = quote(world, &[(&shirt, 0, 1), (&bag, 0, 1), (&socks, 0, 1)]);
        let sum: i64 = off(&quoted).iter().flatten().map(|(_, amount)| amount).sum();
        assert_eq!((sum, quoted.discount, quoted.total), (1000, Money::eur(1000), Money::eur(3700)));
        for (line, share) in quoted.lines.iter().zip([638, 255, 106]) {
            assert!((line.discounts[0].amount.minor - share).abs() <= 1, "{line:?}");
        }
        assert_eq!(quoted.lines[0].why[1].sentence(Locale::Es), "diez (10,00\u{a0}€ de descuento).");
        assert_eq!(quote(world, &[(&shirt, 0, 1), (&socks, 0, 1)]).discount, Money::eur(0));
        // More off than there is makes it free, no less.
        let all = promotion("todo", Target::Variants(vec![socks.variants[0].id]), Offer::Amount { off: Money::eur(9999) });
        promote(world, Promotion { priority: 1, ..all }).expect("made");
        let free = quote(world, &[(&socks, 0, 2)]);
        assert_eq!((off(&free), free.total, free.tax), (vec![vec![("todo", 1000)]], Money::eur(0), Money::eur(0)));
    });
}

#[test]
fn three_for_two_gives_the_cheapest_of_each_three() {
    on_both(&ROOMS, |world| {
        let Shop { shirt, socks, bag, .. } = shop(world);
        let target = Target::Products(vec![shirt.id, socks.id]);
        promote(world, promotion("3x2", target, Offer::NForM { take: 3, pay: 2 })).expect("made");
        assert_eq!(off(&quote(world, &[(&shirt, 0, 2), (&bag, 0, 5)])), [NONE, NONE]);
        assert_eq!(off(&quote(world, &[(&shirt, 1, 1), (&shirt, 0, 2)])), [vec![("3x2", 2000)], NONE]);
        // Seven pieces: 30 30 30 | 20 5 5 | 5 - one of 30 and one of 5 are free, and the seventh waits for company.
        let seven = quote(world, &[(&socks, 0, 3), (&shirt, 0, 3), (&shirt, 1, 1)]);
        assert_eq!(off(&seven), [vec![("3x2", 500)], vec![("3x2", 3000)], NONE]);
        assert_eq!(seven.lines[1].why[1].sentence(Locale::En), "3x2 (3 for the price of 2).");
    });
}

#[test]
fn a_gift_is_free_once_the_rest_reaches_the_sum() {
    on_both(&ROOMS, |world| {
        let Shop { shirt, bag, .. } = shop(world);
        let gift = Offer::Gift { variant: bag.variants[0].id, units: 1 };
        let gift = Promotion { threshold: Money::eur(5000), ..promotion("bolsa", Target::Everything, gift) };
        promote(world, gift).expect("made");
        // The bags themselves do not count.
        assert_eq!(quote(world, &[(&shirt, 0, 1), (&bag, 0, 3)]).discount, Money::eur(0));
        assert_eq!(quote(world, &[(&shirt, 0, 2)]).discount, Money::eur(0));
        let given = quote(world, &[(&bag, 0, 3), (&shirt, 0, 2)]);
        assert_eq!((off(&given), given.total), (vec![vec![("bolsa", 1200)], NONE], Money::eur(8400)));
        assert_eq!(given.lines[0].why[1].sentence(Locale::Es), "bolsa (de regalo).");
    });
}

#[test]
fn priority_then_code_says_who_comes_first_and_an_exclusive_one_shares_nothing() {
    on_both(&ROOMS, |world| {
        let Shop { shirt, socks, .. } = shop(world);
        let percent = |basis_points| Offer::Percentage { basis_points };
        promote(world, Promotion { priority: 5, ..promotion("solo", Target::Category("camisas".into()), percent(1000)) }).expect("made");
        promote(world, stackable("b", Target::Everything, percent(2000))).expect("made");
        promote(world, stackable("a", Target::Everything, percent(1000))).expect("made");
        promote(world, promotion("c", Target::Everything, percent(9000))).expect("made");
        let both = quote(world, &[(&shirt, 0, 1), (&socks, 0, 2)]);
        // The exclusive one came first to the shirt; on the socks it came after two that share.
        assert_eq!(off(&both), [vec![("solo", 300)], vec![("a", 100), ("b", 200)]]);
        let open = world.db().read(|tx| pricing::open_promotions(tx, Currency::EUR, START)).wait().expect("read");
        assert_eq!(open.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["solo", "a", "b", "c"]);
    });
}

#[test]
fn a_promotion_is_open_between_two_moments_and_an_unsound_one_is_refused() {
    on_both(&ROOMS, |world| {
        let Shop { shirt, bag, .. } = shop(world);
        let (start, end) = (START.plus(Duration::from_secs(60)), START.plus(Duration::from_secs(120)));
        let ten = promotion("diez", Target::Everything, Offer::Percentage { basis_points: 1000 });
        promote(world, Promotion { span: Span { starts_at: start, ends_at: Some(end) }, ..ten.clone() }).expect("made");
        let at = |micros: i64| quote_at(world, Timestamp::from_micros(micros), &[(&shirt, 0, 1)]).discount.minor;
        let (start, end) = (start.as_micros(), end.as_micros());
        assert_eq!((at(start - 1), at(start), at(end - 1), at(end)), (0, 300, 300, 0));
        let field = |new: Promotion| match promote(world, new) {
            Err(PriceError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        let offer = |offer: Offer| promotion("nuevo", Target::Everything, offer);
        assert_eq!(field(offer(Offer::Percentage { basis_points: 10_001 })), "basis_points");
        assert_eq!(field(offer(Offer::Amount { off: Money::eur(0) })), "off");
        assert_eq!(field(offer(Offer::NForM { take: 2, pay: 2 })), "take");
        assert_eq!(field(offer(Offer::Gift { variant: bag.variants[0].id, units: 0 })), "units");
        assert_eq!(field(promotion("nuevo", Target::Products(vec![]), Offer::Percentage { basis_points: 1 })), "target");
        assert_eq!(field(Promotion { threshold: Money::eur(-1), ..offer(Offer::NForM { take: 3, pay: 2 }) }), "threshold");
        assert!(matches!(promote(world, Promotion { priority: 1, ..ten }), Err(PriceError::CodeTaken(code)) if code == "diez"));
        let denied = promotion("nuevo", Target::Everything, Offer::NForM { take: 3, pay: 2 });
        let denied = world.db().write("p", move |tx| pricing::create_promotion(tx, &Actor::guest(), denied.clone())).wait();
        assert!(matches!(denied, Err(PriceError::Denied(_))));
        let open = world.db().read(move |tx| pricing::open_promotions(tx, Currency::EUR, Timestamp::from_micros(start))).wait();
        assert_eq!(open.expect("read").len(), 1);
    });
}

#[test]
fn one_more_stackable_promotion_never_makes_a_cart_dearer() {
    use proptest::prelude::*;
    on_sqlite(&ROOMS, |world| {
        let Shop { shirt, socks, bag, base } = shop(world);
        let all = [(&shirt, 0), (&shirt, 1), (&socks, 0), (&bag, 0)];
        let carts = proptest::collection::vec((0..4usize, 1..6i64), 1..7);
        // Which lines, which kind, how much, which sum to reach, which priority.
        let promotions = proptest::collection::vec((0..5usize, 0..4usize, 1..4000i64, 0..3000i64, 0..3i64), 1..6);
        let prices = proptest::collection::vec(0..4000i64, 4);
        let config = ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let round = std::cell::Cell::new(0u64);
        let checked = runner.run(&(carts, promotions, prices), |(cart, promotions, prices)| {
            round.set(round.get() + 1);
            let moment = |step: u64| START.plus(Duration::from_secs(round.get() * 100 + step));
            let priced: Vec<_> = all.iter().zip(&prices).map(|((product, at), price)| (*product, *at, *price)).collect();
            set(world, base, &priced);
            for (step, (target, kind, size, threshold, priority)) in promotions.iter().enumerate() {
                let target = match target {
                    0 => Target::Everything,
                    1 => Target::Category("camisas".into()),
                    2 => Target::Products(vec![shirt.id, socks.id]),
                    3 => Target::Variants(vec![shirt.variants[1].id, bag.variants[0].id]),
                    _ => Target::Products(vec![socks.id, bag.id]),
                };
                let offer = match kind {
                    0 => Offer::Percentage { basis_points: *size },
                    1 => Offer::Amount { off: Money::eur(*size) },
                    2 => Offer::NForM { take: 2 + size % 3, pay: 1 },
                    _ => Offer::Gift { variant: bag.variants[0].id, units: 1 + size % 2 },
                };
                // Promotion n of the round opens at its second n, and all close with the round.
                let span = Span { starts_at: moment(step as u64 + 1), ends_at: Some(moment(99)) };
                let code = format!("{}-{}", round.get(), (step * 7) % 5);
                let (threshold, priority) = (Money::eur(*threshold), *priority);
                promote(world, Promotion { span, threshold, priority, ..stackable(&code, target, offer) }).expect("made");
            }
            let mut lines: Vec<_> = cart.iter().map(|(at, count)| (all[*at].0, all[*at].1, *count)).collect();
            let mut before = i64::MAX;
            for step in 0..=promotions.len() as u64 {
                let quoted = quote_at(world, moment(step), &lines);
                prop_assert!(quoted.total.minor <= before, "promotion {step} made it dearer: {before} to {}", quoted.total.minor);
                prop_assert_eq!(quoted.total.minor, quoted.subtotal.minor - quoted.discount.minor);
                prop_assert_eq!(quoted.total.minor, quoted.lines.iter().map(|line| line.total.minor).sum::<i64>());
                for line in &quoted.lines {
                    let off: i64 = line.discounts.iter().map(|discount| discount.amount.minor).sum();
                    prop_assert!((0..=line.subtotal.minor).contains(&off) && line.discounts.iter().all(|d| d.amount.minor > 0));
                    prop_assert_eq!(line.total.minor, line.subtotal.minor - off);
                    prop_assert_eq!(line.why.len(), 2 + line.discounts.len());
                }
                before = quoted.total.minor;
            }
            let (forth, moment) = (quote_at(world, moment(50), &lines), moment(50));
            lines.reverse();
            lines.rotate_left(1);
            let back = quote_at(world, moment, &lines);
            let sorted = |quote: &Quote| {
                let mut lines: Vec<_> = quote.lines.iter().map(|line| format!("{line:?}")).collect();
                lines.sort();
                lines
            };
            prop_assert_eq!(sorted(&forth), sorted(&back));
            Ok(())
        });
        checked.expect("no promotion makes a cart dearer");
    });
}
