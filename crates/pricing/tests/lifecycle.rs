//! A promotion is tried, started, changed, stopped; its uses are counted with what is bought.

use catalogue::{Localised, NewProduct, NewVariant, Product, Status};
use kernel::testing::{START, World, on_both};
use kernel::{Actor, Currency, Money, Permission, Quantity, Role, StaffId};
use pricing::{Effect, NewPriceList, Offer, PriceEntry, PriceError, Promotion, PromotionState, QuoteRequest, Span, Target, TaxRegion};
use std::time::Duration;

const ROOMS: [kernel::Migrations; 2] = [catalogue::MIGRATIONS, pricing::MIGRATIONS];
const SYSTEM: Actor = Actor::system();

/// A shirt in S at 30.00 and M at 20.00.
fn shirt(world: &World) -> Product {
    let make = |tx: &mut kernel::Tx<'_>| {
        let variant = |size: &str| NewVariant { option_values: vec![size.into()], ..NewVariant::default() };
        let new = NewProduct {
            status: Status::Active,
            options: vec!["Talla".into()],
            variants: vec![variant("S"), variant("M")],
            ..NewProduct::titled(Localised::new("Camisa", ""))
        };
        let product = catalogue::create_product(tx, &SYSTEM, new).expect("a product");
        let list = pricing::create_price_list(tx, &SYSTEM, NewPriceList::base("base", Currency::EUR))?;
        let entry = |at: usize, minor| PriceEntry { variant: product.variants[at].id, price: Money::eur(minor), compare_at: None };
        pricing::set_prices(tx, &SYSTEM, list.id, &[entry(0, 3000), entry(1, 2000)])?;
        Ok::<_, PriceError>(product)
    };
    world.db().write("shirt", make).wait().expect("a shirt")
}

fn request(shirt: &Product, units: [i64; 2]) -> QuoteRequest {
    let line = |(at, units): (usize, i64)| (shirt.variants[at].id, Quantity(units), TaxRegion::Spain);
    let lines = units.into_iter().enumerate().filter(|(_, units)| *units > 0).map(line).collect();
    QuoteRequest { lines, currency: Currency::EUR, at: START, audience: None, coupon: None }
}

fn total(world: &World, shirt: &Product, units: [i64; 2]) -> i64 {
    let request = request(shirt, units);
    world.db().read(move |tx| pricing::quote(tx, &request)).wait().expect("a quote").total.minor
}

fn act<T: Send + 'static>(
    world: &World,
    f: impl Fn(&mut kernel::Tx<'_>) -> Result<T, PriceError> + Send + 'static,
) -> Result<T, PriceError> {
    world.db().write("act", f).wait()
}

fn fifth(code: &str) -> Promotion {
    Promotion::new(code, Localised::new("Verano", "Summer"), Target::Everything, Offer::Percentage { basis_points: 2000 })
}

#[test]
fn a_stopped_promotion_takes_nothing_off_until_it_is_started() {
    on_both(&ROOMS, |world| {
        let shirt = shirt(world);
        let made =
            act(world, |tx| pricing::create_promotion(tx, &SYSTEM, Promotion { is_stopped: true, ..fifth("verano") })).expect("made");
        assert_eq!((made.state(START), total(world, &shirt, [1, 0])), (PromotionState::Stopped, 3000));
        let id = made.id;
        let started = act(world, move |tx| pricing::start_promotion(tx, &SYSTEM, id)).expect("started");
        assert_eq!((started.state(START), total(world, &shirt, [1, 0])), (PromotionState::Running, 2400));
        let tomorrow = START.plus(Duration::from_secs(86_400));
        let later =
            Promotion { span: Span { starts_at: tomorrow, ends_at: None }, is_stopped: true, code: "otro".into(), ..started.clone() };
        let changed = act(world, move |tx| pricing::update_promotion(tx, &SYSTEM, later.clone())).expect("changed");
        // Neither code nor whether it is stopped is changed by this.
        assert_eq!((changed.code.as_str(), changed.is_stopped, changed.state(START)), ("verano", false, PromotionState::Planned));
        assert_eq!((changed.state(tomorrow), total(world, &shirt, [1, 0])), (PromotionState::Running, 3000));
        let log = world.log();
        let kinds: Vec<_> = log.iter().filter(|event| event.kind.starts_with("promotion.")).map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["promotion.created", "promotion.started", "promotion.changed"]);
        // The same again says nothing again.
        act(world, move |tx| pricing::update_promotion(tx, &SYSTEM, changed.clone())).expect("unchanged");
        act(world, move |tx| pricing::start_promotion(tx, &SYSTEM, id)).expect("started already");
        assert_eq!(world.log().len(), log.len());
    });
}

#[test]
fn refusals_change_nothing() {
    on_both(&ROOMS, |world| {
        let made =
            act(world, |tx| pricing::create_promotion(tx, &SYSTEM, Promotion { needs_coupon: true, ..fifth("hola") })).expect("made");
        act(world, |tx| pricing::add_coupons(tx, &SYSTEM, "hola", &["HOLA".to_owned()], 5)).expect("a coupon");
        let clerk = Actor::staff(StaffId::nil(), &[Role::Associate]);
        assert!(!clerk.may(Permission::EditPrices));
        let (before, id) = (world.log().len(), made.id);
        let open = Promotion { needs_coupon: false, ..made.clone() };
        let refused = act(world, move |tx| pricing::update_promotion(tx, &SYSTEM, open.clone()));
        assert!(matches!(refused, Err(PriceError::Invalid { field: "needs_coupon", .. })), "{refused:?}");
        let by_clerk = clerk.clone();
        assert!(matches!(act(world, move |tx| pricing::stop_promotion(tx, &by_clerk, id)), Err(PriceError::Denied(_))));
        let nobody = pricing::PromotionId::nil();
        assert!(matches!(act(world, move |tx| pricing::stop_promotion(tx, &SYSTEM, nobody)), Err(PriceError::UnknownPromotion)));
        let kept = world.db().read(move |tx| pricing::promotion(tx, id)).wait().expect("it is read").expect("it is there");
        assert_eq!((kept.promotion, world.log().len()), (made, before));
    });
}

#[test]
fn a_trial_says_what_each_line_would_cost_and_why() {
    on_both(&ROOMS, |world| {
        let shirt = shirt(world);
        let tried = |promotion: Promotion, units: [i64; 2]| {
            let request = request(&shirt, units);
            world.db().read(move |tx| pricing::preview(tx, &promotion, &request)).wait().expect("a trial")
        };
        let small = Target::Variants(vec![shirt.variants[0].id]);
        let about_small = tried(Promotion { target: small.clone(), ..fifth("x") }, [1, 1]);
        assert_eq!(about_small.effects, [Effect::Takes(Money::eur(600)), Effect::NotAbout]);
        assert_eq!((about_small.without.total, about_small.with.total), (Money::eur(5000), Money::eur(4400)));
        let from_a_hundred = tried(Promotion { threshold: Money::eur(10_000), ..fifth("x") }, [1, 1]);
        assert_eq!(from_a_hundred.effects, [Effect::Missing(Money::eur(5000)); 2]);
        let three = |pieces| tried(Promotion { offer: Offer::NForM { take: 3, pay: 2 }, ..fifth("x") }, pieces).effects;
        assert_eq!((three([1, 1]), three([2, 1])), (vec![Effect::TooFew(1); 2], vec![Effect::Nothing, Effect::Takes(Money::eur(2000))]));
        let gift = Offer::Gift { variant: shirt.variants[1].id, units: 1 };
        let gift = tried(Promotion { target: small, offer: gift, ..fifth("x") }, [1, 1]);
        assert_eq!(gift.effects, [Effect::EarnsGift, Effect::Takes(Money::eur(2000))]);
        // Of one that is there the trial shows the new content, not both.
        act(world, |tx| pricing::create_promotion(tx, &SYSTEM, fifth("verano"))).expect("made");
        let half = tried(Promotion { offer: Offer::Percentage { basis_points: 5000 }, ..fifth("verano") }, [1, 0]);
        assert_eq!((half.without.total, half.with.total, total(world, &shirt, [1, 0])), (Money::eur(3000), Money::eur(1500), 2400));
    });
}

#[test]
fn uses_are_counted_once_and_taken_back() {
    on_both(&ROOMS, |world| {
        let shirt = shirt(world);
        let id = act(world, |tx| pricing::create_promotion(tx, &SYSTEM, fifth("verano"))).expect("made").id;
        let sums = || {
            world.run_reactions(pricing::REACTIONS);
            let found = world.db().read(move |tx| pricing::promotion(tx, id)).wait().expect("it is read").expect("it is there");
            (found.uses, found.off)
        };
        let request = request(&shirt, [1, 1]);
        let quote = world.db().read(move |tx| pricing::quote(tx, &request)).wait().expect("a quote");
        for subject in ["order/1", "order/1", "order/2"] {
            let lines = quote.lines.clone();
            act(world, move |tx| Ok(pricing::record_discounts(tx, subject, &lines)?)).expect("noted");
        }
        assert_eq!(sums(), (2, Money::eur(2000)));
        for _ in 0..2 {
            act(world, |tx| Ok(pricing::take_discounts_back(tx, "order/1")?)).expect("taken back");
        }
        assert_eq!(sums(), (1, Money::eur(1000)));
        let states = |state| world.db().read(move |tx| pricing::promotions(tx, Some(state), None, 10)).wait().expect("a list").len();
        assert_eq!(PromotionState::ALL.iter().map(|state| states(*state)).collect::<Vec<_>>(), [1, 0, 0, 0]);
    });
}
