use crate::support::*;
use kernel::testing::World;
use kernel::{Actor, Channel, ProfileId, Quantity};
use orders::*;

const HOME: Way = Way::Deliver { address: None };

fn open(world: &World, actor: Actor, owner: Owner) -> Cart {
    run(world, move |tx| open_cart(tx, &actor, &OpenCart { owner: owner.clone() })).expect("opened")
}
fn guest(world: &World, token: &str) -> Cart {
    open(world, Actor::guest(), Owner::Guest(token.into()))
}
fn own(world: &World, profile: ProfileId) -> Cart {
    open(world, Actor::customer(profile), Owner::Profile(profile))
}
fn change(world: &World, actor: &Actor, cart: &Cart, version: Option<i64>, change: CartChange) -> Result<Cart, CartError> {
    let (actor, cmd) = (actor.clone(), ChangeCart { cart: cart.id, version, channel: Channel::Web, change });
    run(world, move |tx| change_cart(tx, &actor, cmd.clone()))
}
fn add(n: u128, quantity: i64, way: Way) -> CartChange {
    CartChange::Add { variant: variant(n), quantity: Quantity(quantity), way }
}
fn shown(cart: &Cart) -> Vec<(orders::Way, i64)> {
    cart.lines.iter().map(|line| (line.way.clone(), line.quantity.0)).collect()
}

#[test]
fn there_is_one_open_cart_per_owner() {
    world(|world| {
        let first = own(world, profile(1));
        assert_eq!(own(world, profile(1)), first);
        assert_ne!(own(world, profile(2)).id, first.id);
        assert_eq!(guest(world, "t").id, guest(world, "t").id);
        let denied = run(world, |tx| open_cart(tx, &Actor::guest(), &OpenCart { owner: Owner::Profile(profile(1)) }));
        assert!(matches!(denied, Err(CartError::Denied(_))));
    });
}

#[test]
fn lines_add_up_change_and_go() {
    world(|world| {
        let (ana, cart) = (Actor::customer(profile(1)), own(world, profile(1)));
        change(world, &ana, &cart, Some(1), add(1, 2, HOME)).expect("added");
        change(world, &agent(), &cart, None, add(1, 1, HOME)).expect("added by an agent");
        let now = change(world, &ana, &cart, Some(3), add(1, 1, Way::Collect { location: shop(1) })).expect("another way");
        assert_eq!((now.version, shown(&now)), (4, vec![(HOME, 3), (Way::Collect { location: shop(1) }, 1)]));
        assert_eq!((now.lines[0].added_by.as_str(), now.lines[0].changed_by.clone()), (ana.to_string().as_str(), agent().to_string()));
        let one = now.lines[0].id;
        let now =
            change(world, &ana, &cart, None, CartChange::SetWay { line: one, way: Way::Collect { location: shop(1) } }).expect("moved");
        assert_eq!(shown(&now), vec![(Way::Collect { location: shop(1) }, 4)]);
        let read = world.db().read(move |tx| open_cart_of(tx, &[profile(2), profile(1)])).wait().expect("read");
        assert_eq!(read, Some(now.clone()));
        let gone =
            change(world, &ana, &cart, None, CartChange::SetQuantity { line: now.lines[0].id, quantity: Quantity(0) }).expect("gone");
        assert_eq!(gone.lines, vec![]);
        assert_eq!(thread(world, profile(1)), vec!["cart.changed"; 5]);
    });
}

#[test]
fn an_edit_of_an_old_version_changes_nothing() {
    world(|world| {
        let (ana, cart) = (Actor::customer(profile(1)), own(world, profile(1)));
        let now = change(world, &ana, &cart, Some(1), add(1, 2, HOME)).expect("added");
        let late = change(world, &ana, &cart, Some(1), CartChange::Clear);
        assert!(matches!(late, Err(CartError::Changed { version: 2 })));
        let unknown = change(world, &ana, &cart, None, CartChange::Remove { line: CartLineId::nil() });
        assert!(matches!(unknown, Err(CartError::UnknownLine)));
        assert_eq!(own(world, profile(1)), now);
    });
}

#[test]
fn strangers_do_not_see_a_cart() {
    world(|world| {
        let cart = own(world, profile(1));
        for stranger in [Actor::guest(), Actor::customer(profile(2))] {
            assert!(matches!(change(world, &stranger, &cart, None, add(1, 1, HOME)), Err(CartError::NotFound)));
        }
    });
}

#[test]
fn a_visitors_cart_comes_home_on_sign_in() {
    world(|world| {
        let ana = Actor::customer(profile(1));
        let merge = |from: &Cart| {
            let cmd = MergeCart { from: from.id, into: profile(1), channel: Channel::Web };
            run(world, move |tx| merge_cart(tx, &Actor::customer(profile(1)), &cmd)).expect("merged")
        };
        let visitor = guest(world, "laptop");
        change(world, &Actor::guest(), &visitor, None, add(1, 2, HOME)).expect("added");
        let home = merge(&visitor);
        assert_eq!((home.id, home.profile, shown(&home)), (visitor.id, Some(profile(1)), vec![(HOME, 2)]));

        let phone = guest(world, "phone");
        change(world, &Actor::guest(), &phone, None, add(1, 998, HOME)).expect("added");
        world.clock().advance(std::time::Duration::from_secs(1));
        change(world, &Actor::guest(), &phone, None, add(2, 1, HOME)).expect("added");
        let both = merge(&phone);
        assert_eq!((both.id, shown(&both)), (home.id, vec![(HOME, 999), (HOME, 1)]));
        assert!(matches!(change(world, &ana, &phone, None, add(1, 1, HOME)), Err(CartError::Closed { state: CartState::Merged })));
        let stolen = run(world, {
            let cmd = MergeCart { from: guest(world, "x").id, into: profile(1), channel: Channel::Web };
            move |tx| merge_cart(tx, &Actor::guest(), &cmd)
        });
        assert!(matches!(stolen, Err(CartError::Denied(_))));
    });
}

#[test]
fn a_till_opens_a_shared_cart_by_its_code() {
    world(|world| {
        let (ana, cart) = (Actor::customer(profile(1)), own(world, profile(1)));
        let share = {
            let (ana, id) = (ana.clone(), cart.id);
            move |tx: &mut kernel::Tx<'_>| share_cart(tx, &ana, id, Channel::Web)
        };
        let code = run(world, share.clone()).expect("shared");
        assert_eq!((code.len(), run(world, share).expect("again")), (6, code.clone()));
        let find = |typed: String| world.db().read(move |tx| cart_by_code(tx, &associate(), &typed)).wait().expect("read");
        assert_eq!(find(format!("{}-{}", &code[..3].to_lowercase(), &code[3..])).map(|c| c.id), Some(cart.id));
        let id = cart.id;
        run(world, move |tx| abandon_cart(tx, &ana, &AbandonCart { cart: id, channel: Channel::Web })).expect("given up");
        assert_eq!(find(code), None);
        assert_ne!(own(world, profile(1)).id, cart.id);
    });
}
