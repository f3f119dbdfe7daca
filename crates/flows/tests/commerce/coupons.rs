//! Coupons: kept in the cart, used up with the order, given back when it is called off unpaid.

use crate::support::*;
use catalogue::Localised;
use flows::*;
use kernel::testing::World;
use kernel::{Actor, Channel, Currency, Problem, ProfileId, Quantity};
use orders::{CancelOrder, Cart, CartChange, CartId, ChangeCart, OpenCart, OrderState, Owner};
use pricing::{CouponOutcome, CouponRefusal, Offer, Promotion, Span, Target};
use std::time::Duration;

/// Ten euros off from 30 on, once per customer, with these codes.
fn ten_off(world: &World, codes: &'static [&'static str], uses: i64, span: Span) {
    let ten = Promotion {
        needs_coupon: true,
        per_customer: Some(1),
        threshold: eur(3000),
        span,
        ..Promotion::new(codes[0], Localised::new("Diez menos", "Ten off"), Target::Everything, Offer::Amount { off: eur(1000) })
    };
    let made = run(world, move |tx| {
        pricing::create_promotion(tx, &Actor::system(), ten.clone())?;
        let codes: Vec<_> = codes.iter().map(|code| (*code).to_owned()).collect();
        pricing::add_coupons(tx, &Actor::system(), &codes[0], &codes, uses)
    });
    made.expect("made");
}

fn cart_of(world: &World, owner: Owner, brand: &Brand, quantity: i64) -> Cart {
    let tee = brand.tee;
    run(world, move |tx| {
        let cart = orders::open_cart(tx, &Actor::system(), &OpenCart { owner: owner.clone() })?;
        let change = CartChange::Add { variant: tee, quantity: Quantity(quantity), way: deliver() };
        orders::change_cart(tx, &Actor::system(), ChangeCart { cart: cart.id, version: None, channel: Channel::Web, change })
    })
    .expect("a cart")
}

fn enter(world: &World, actor: Actor, cart: CartId, code: &str) -> Result<Cart, EnterCouponError> {
    let cmd = EnterCoupon { cart, code: code.to_owned(), currency: Currency::EUR, channel: Channel::Web };
    run(world, move |tx| enter_coupon(tx, &actor, &cmd))
}

fn refusal(answer: Result<Cart, EnterCouponError>) -> CouponRefusal {
    match answer {
        Err(EnterCouponError::Coupon(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn buying_cart(key: &str, cart: CartId) -> Checkout {
    Checkout { basket: Basket::Cart { id: cart, version: None }, ..buying(key, vec![]) }
}

fn somebody(world: &World, n: usize) -> ProfileId {
    run(world, move |tx| {
        let email = customers::Identifier::email(&format!("n{n}@example.org")).map_err(fault)?;
        let who = customers::Recognise { identifiers: vec![email], name: None, locale: None, channel: Channel::Web, verified: true };
        customers::recognise(tx, &Actor::system(), who).map_err(fault)
    })
    .expect("somebody")
    .profile
}

#[test]
fn a_code_follows_the_cart_is_used_once_and_comes_back_when_nobody_pays() {
    brand(|world, brand| {
        ten_off(world, &["HOLA10"], 2, Span::ALWAYS);
        let ana = Actor::customer(brand.ana);
        let cart = cart_of(world, Owner::Profile(brand.ana), brand, 1);
        let kept = enter(world, ana.clone(), cart.id, "  hola 10 ").expect("kept");
        assert_eq!((kept.coupon.as_deref(), kept.version), (Some("HOLA10"), cart.version + 1));
        let quoted = |cart: CartId| {
            let quote = read(world, move |tx| {
                let cart = orders::cart(tx, cart)?.expect("there");
                Ok(quote_cart(tx, &cart, Currency::EUR, None).expect("a quote"))
            });
            (quote.discount.minor, quote.total.minor, quote.coupon.map(|coupon| coupon.outcome))
        };
        // One T-shirt does not reach the sum; two do, whoever looks.
        assert_eq!(quoted(cart.id), (0, 1999 + 395, Some(CouponOutcome::Idle)));
        let cart = cart_of(world, Owner::Profile(brand.ana), brand, 1);
        assert_eq!(quoted(cart.id), (1000, 2998 + 395, Some(CouponOutcome::Applied)));
        let bought = buy(world, ana.clone(), buying_cart("first", cart.id)).expect("bought");
        assert_eq!((bought.order.total, bought.order.lines[0].discount), (eur(2998 + 395), eur(1000)));
        assert!(buy(world, ana.clone(), buying_cart("first", cart.id)).expect("the same").repeated);

        let again = cart_of(world, Owner::Profile(brand.ana), brand, 2);
        assert_eq!(refusal(enter(world, ana.clone(), again.id, "HOLA10")), CouponRefusal::UsedByCustomer);
        let order = bought.order.id;
        let cancel_it = CancelOrder { order, reason: "changed my mind".into(), channel: Channel::Web };
        let by = ana.clone();
        let stopped = run(world, move |tx| cancel(tx, &by, &cancel_it)).expect("cancelled");
        assert_eq!(stopped.state, OrderState::Cancelled);
        enter(world, ana.clone(), again.id, "HOLA10").expect("free again");
        let taken_out = enter(world, ana, again.id, "").expect("taken out");
        assert_eq!(taken_out.coupon, None);
    });
}

#[test]
fn a_code_that_may_not_be_used_says_why_and_changes_nothing() {
    brand(|world, brand| {
        let now = world.db().clock().now();
        let (soon, late) = (now.plus(Duration::from_secs(60)), now.plus(Duration::from_secs(120)));
        ten_off(world, &["PRONTO"], 5, Span { starts_at: soon, ends_at: Some(late) });
        ten_off(world, &["ANTES"], 5, Span { ends_at: Some(now), ..Span::ALWAYS });
        ten_off(world, &["UNO", "UNO-2"], 1, Span::ALWAYS);
        let (ana, cart) = (Actor::customer(brand.ana), cart_of(world, Owner::Profile(brand.ana), brand, 2));
        for (code, why) in [("PRONTO", CouponRefusal::NotYet), ("antes", CouponRefusal::Over), ("NADA", CouponRefusal::Unknown)] {
            assert_eq!(refusal(enter(world, ana.clone(), cart.id, code)), why);
        }
        assert_eq!(CouponRefusal::Unknown.code(), "pricing.coupon_unknown");
        let guest = cart_of(world, Owner::Guest("g".into()), brand, 2);
        assert!(matches!(enter(world, Actor::guest(), cart.id, "UNO"), Err(EnterCouponError::Cart(_))));
        enter(world, Actor::guest(), guest.id, "UNO").expect("kept");
        enter(world, ana.clone(), cart.id, "UNO").expect("kept");
        buy(world, ana, buying_cart("ana", cart.id)).expect("bought");
        // The visitor still has it in the cart: told, and charged nothing they did not see.
        let before = stock(world, brand.tee, brand.warehouse);
        let late = buy(world, Actor::guest(), Checkout { contact: contact("luis@example.org"), ..buying_cart("late", guest.id) });
        assert!(matches!(late, Err(CheckoutError::Coupon(CouponRefusal::UsedUp))), "{late:?}");
        assert_eq!(stock(world, brand.tee, brand.warehouse), before);
        enter(world, Actor::guest(), guest.id, "UNO-2").expect("another code of the same promotion");
        // Ana as a visitor is still Ana.
        let ana_again = buy(world, Actor::guest(), Checkout { contact: contact("ana@example.org"), ..buying_cart("ana-2", guest.id) });
        assert!(matches!(ana_again, Err(CheckoutError::Coupon(CouponRefusal::UsedByCustomer))), "{ana_again:?}");
        assert_eq!(stock(world, brand.tee, brand.warehouse), before);
    });
}

fn contact(email: &str) -> orders::Contact {
    orders::Contact { name: "Alguien".into(), email: email.into(), phone: String::new() }
}

#[test]
fn of_many_who_want_the_last_use_exactly_one_gets_it() {
    brand(|world, brand| {
        ten_off(world, &["ULTIMO"], 1, Span::ALWAYS);
        let buyers: Vec<_> = (0..4)
            .map(|n| {
                let profile = somebody(world, n);
                let cart = cart_of(world, Owner::Profile(profile), brand, 2);
                enter(world, Actor::customer(profile), cart.id, "ultimo").expect("kept");
                (profile, cart.id)
            })
            .collect();
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let buy_one = |(n, (profile, cart)): (usize, &(ProfileId, CartId))| {
                let cmd = buying_cart(&format!("race-{n}"), *cart);
                let actor = Actor::customer(*profile);
                scope.spawn(move || buy(world, actor, cmd))
            };
            let running: Vec<_> = buyers.iter().enumerate().map(buy_one).collect();
            running.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        let won: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).map(|done| done.order.total).collect();
        assert_eq!(won, [eur(2998 + 395)]);
        let lost = outcomes.iter().filter(|outcome| matches!(outcome, Err(CheckoutError::Coupon(CouponRefusal::UsedUp)))).count();
        assert_eq!(lost, 3, "{outcomes:?}");
        assert_eq!(stock(world, brand.tee, brand.warehouse), (10, 2));
    });
}
