//! At the counter: one payment for what is taken now, collected elsewhere and delivered.

use crate::support::*;
use flows::*;
use kernel::{Actor, Channel, Quantity};
use orders::*;
use payments::Method;

fn tender(method: Method, minor: i64) -> Tender {
    let reference = if method == Method::CardTerminal { "R-1" } else { "" };
    Tender { method, amount: eur(minor), reference: reference.into() }
}

#[test]
fn three_ways_and_two_tenders_in_one_sale() {
    brand(|world, brand| {
        let mut cmd = buying(
            "k",
            vec![
                line(brand.tee, 1, Way::TakeNow { location: brand.madrid }),
                line(brand.tee, 1, Way::Collect { location: brand.madrid }),
                line(brand.scarf, 1, deliver()),
            ],
        );
        (cmd.channel, cmd.sold_at, cmd.profile) = (Channel::Till, Some(brand.madrid), Some(brand.ana));
        // 19.99 + 19.99 + 45.00 + 3.95
        cmd.payment = PayBy::Counter(vec![tender(Method::Cash, 3893), tender(Method::CardTerminal, 5001)]);
        let too_much = buy(world, associate(), cmd.clone());
        assert!(matches!(too_much, Err(CheckoutError::Pay(PayOrderError::TooMuch { due })) if due == eur(5000)));
        assert_eq!((stock(world, brand.tee, brand.madrid), thread(world, brand.ana)), ((3, 0), vec![]), "nothing of it is kept");

        cmd.payment = PayBy::Counter(vec![tender(Method::Cash, 3893), tender(Method::CardTerminal, 5000)]);
        let sold = buy(world, associate(), cmd.clone()).expect("sold").order;
        assert_eq!((sold.state, sold.paid, sold.sold_at), (OrderState::Fulfilling, eur(8893), Some(brand.madrid)));
        assert_eq!((stock(world, brand.tee, brand.madrid), stock(world, brand.scarf, brand.warehouse)), ((2, 1), (3, 1)));
        let again = buy(world, associate(), cmd).expect("repeated");
        assert_eq!((again.repeated, again.order), (true, sold.clone()));

        // The scarf was never sent: it cannot come back, the shirt can; the card gets its money first.
        let bring = |key: &str, at: usize| {
            let lines = vec![NewReturnLine { line: sold.lines[at].id, quantity: Quantity(1), condition: Condition::Resale }];
            let cmd = ReturnGoods {
                key: key.into(),
                order: sold.id,
                lines,
                reason: String::new(),
                location: brand.valencia,
                channel: Channel::Till,
                onto_card: false,
            };
            run(world, move |tx| return_goods(tx, &associate(), &cmd))
        };
        assert!(matches!(bring("r1", 2), Err(ReturnGoodsError::Request(RequestReturnError::Refused { why: Refused::NotHandedOver, .. }))));
        assert_eq!(bring("r2", 0).expect("returned").refund, eur(1999));
        let refunds = read(world, move |tx| payments::refunds_of(tx, &format!("order:{}", sold.id)));
        assert_eq!(refunds.iter().map(|r| r.method).collect::<Vec<_>>(), [Method::CardTerminal]);
        assert_eq!(stock(world, brand.tee, brand.valencia), (1, 0));
    });
}

#[test]
fn somebody_unknown_buys_and_leaves_no_thread() {
    brand(|world, brand| {
        let mut cmd = buying("k", vec![line(brand.tee, 1, Way::TakeNow { location: brand.madrid })]);
        (cmd.channel, cmd.contact) = (Channel::Till, Contact::default());
        cmd.payment = PayBy::Counter(vec![tender(Method::Cash, 1999)]);
        let sold = buy(world, associate(), cmd).expect("sold").order;
        assert_eq!((sold.profile, sold.state), (None, OrderState::Completed));
        assert_eq!(stock(world, brand.tee, brand.madrid), (2, 0));
    });
}

#[test]
fn a_cart_begun_in_the_app_is_finished_at_the_till() {
    brand(|world, brand| {
        let (ana, tee, madrid) = (brand.ana, brand.tee, brand.madrid);
        let cart = run(world, move |tx| {
            let actor = Actor::customer(ana);
            let cart = open_cart(tx, &actor, &OpenCart { owner: Owner::Profile(ana) })?;
            let change = CartChange::Add { variant: tee, quantity: Quantity(2), way: Way::Collect { location: madrid } };
            change_cart(tx, &actor, ChangeCart { cart: cart.id, version: None, channel: Channel::App, change })
        })
        .expect("a cart");
        let change = CartChange::SetEveryWay { way: Way::TakeNow { location: madrid } };
        let edit = ChangeCart { cart: cart.id, version: None, channel: Channel::Till, change };
        let edited = run(world, move |tx| change_cart(tx, &associate(), edit.clone())).expect("at the till");
        let mut cmd = buying("k", vec![]);
        cmd.channel = Channel::Till;
        cmd.payment = PayBy::Counter(vec![tender(Method::CardTerminal, 3998)]);
        cmd.basket = Basket::Cart { id: cart.id, version: Some(cart.version) };
        let stale = buy(world, associate(), cmd.clone());
        assert!(matches!(stale, Err(CheckoutError::Place(PlaceError::CartChanged))));
        cmd.basket = Basket::Cart { id: cart.id, version: Some(edited.version) };
        let sold = buy(world, associate(), cmd).expect("sold").order;
        assert_eq!((sold.profile, sold.cart, sold.state), (Some(ana), Some(cart.id), OrderState::Completed));
    });
}
