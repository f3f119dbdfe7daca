//! Companies, their terms and their buyers.

mod common;

use common::*;
use customers::companies::*;
use customers::{MIGRATIONS, QueryError};
use kernel::testing::{World, on_both};
use kernel::{Actor, Money, Problem, ProfileId};

fn terms() -> Terms {
    Terms { payment_days: 30, price_list: "mayoristas".into(), credit_limit: Some(Money::eur(500_000)) }
}
fn make(world: &World, name: &str, tax_id: &str) -> Result<Company, CompanyError> {
    let cmd = CreateCompany { name: name.into(), tax_id: tax_id.into(), terms: terms() };
    world.db().write("make", move |tx| create_company(tx, &agent(), cmd.clone())).wait()
}
fn let_buy(world: &World, company: CompanyId, profile: ProfileId, role: BuyerRole) -> Result<Buyer, CompanyError> {
    world.db().write("buyer", move |tx| set_buyer(tx, &agent(), company, profile, role)).wait()
}
fn see(world: &World, actor: Actor, company: CompanyId) -> Result<Company, CompanyError> {
    world.db().read(move |tx| company_for(tx, &actor, company)).wait()
}
fn kinds(world: &World) -> Vec<String> {
    world.log().into_iter().map(|event| event.kind).collect()
}

#[test]
fn two_buyers_share_the_account_and_nobody_else_sees_it() {
    on_both(&[MIGRATIONS], |world| {
        let (ana, luis, eva) = (
            somebody(world, &["email:ana@x.es"], "Ana"),
            somebody(world, &["email:luis@x.es"], "Luis"),
            somebody(world, &["email:eva@y.es"], "Eva"),
        );
        let company = make(world, " Hotel  Alfonso ", "b-58378431").expect("made");
        assert_eq!((company.name.as_str(), company.tax_id.as_str()), ("Hotel Alfonso", "ESB58378431"));
        assert_eq!(company.terms, terms());
        let_buy(world, company.id, ana, BuyerRole::Admin).expect("added");
        let_buy(world, company.id, luis, BuyerRole::Buyer).expect("added");
        let_buy(world, company.id, luis, BuyerRole::Approver).expect("changed");
        let before = kinds(world);
        let_buy(world, company.id, luis, BuyerRole::Approver).expect("the same");
        assert_eq!(kinds(world), before, "a repeat says nothing new");
        for buyer in [ana, luis] {
            assert_eq!(see(world, Actor::customer(buyer), company.id).expect("hers"), company);
        }
        assert_eq!(see(world, Actor::customer(eva), company.id).expect_err("not hers").code(), "customers.unknown_company");
        let buyers = read(world, move |tx| buyers_of(tx, &Actor::customer(ana), company.id).expect("hers"));
        assert_eq!(buyers.iter().map(|b| (b.profile, b.role)).collect::<Vec<_>>(), [(ana, BuyerRole::Admin), (luis, BuyerRole::Approver)]);
        let of_luis = read(world, move |tx| companies_of(tx, luis.into()).expect("read"));
        assert_eq!(of_luis.len(), 1);
        assert_eq!((of_luis[0].company.name.as_str(), of_luis[0].role), ("Hotel Alfonso", BuyerRole::Approver));
        let gone = world.db().write("remove", move |tx| remove_buyer(tx, &agent(), company.id, luis)).wait();
        assert!(gone.expect("removed"));
        assert!(see(world, Actor::customer(luis), company.id).is_err());
    });
}

#[test]
fn a_buyer_known_by_two_profiles_buys_with_either_until_they_are_separated() {
    on_both(&[MIGRATIONS], |world| {
        let (work, home) = (somebody(world, &["email:ana@work.es"], "Ana"), somebody(world, &["email:ana@home.es"], "Ana"));
        let company = make(world, "Hotel", "B58378431").expect("made");
        let_buy(world, company.id, work, BuyerRole::Buyer).expect("added");
        assert!(see(world, Actor::customer(home), company.id).is_err());
        let claim = joining(world, work, home, 90, "j").expect("joined");
        assert!(see(world, Actor::customer(home), company.id).is_ok());
        undoing(world, claim).expect("undone");
        assert!(see(world, Actor::customer(home), company.id).is_err());
        assert!(see(world, Actor::customer(work), company.id).is_ok());
    });
}

#[test]
fn a_tax_id_belongs_to_one_company_and_refusals_change_nothing() {
    on_both(&[MIGRATIONS], |world| {
        let first = make(world, "Hotel", "B58378431").expect("made");
        let before = kinds(world);
        match make(world, "Other", "ES B58378431").expect_err("taken") {
            CompanyError::TakenTaxId { company, .. } => assert_eq!(company, first.id),
            other => panic!("{other}"),
        }
        assert_eq!(make(world, "", "A58818501").expect_err("no name").code(), "customers.company_without_name");
        assert_eq!(make(world, "X", "A58818502").expect_err("a slip").code(), "customers.invalid_tax_id");
        assert_eq!(let_buy(world, first.id, ProfileId::nil(), BuyerRole::Buyer).expect_err("nobody").code(), "customers.unknown_profile");
        let denied = world.db().write("x", move |tx| update_company(tx, &Actor::guest(), first.id, CompanyChange::default())).wait();
        assert_eq!(denied.expect_err("a guest").code(), "denied");
        assert_eq!(kinds(world), before);
    });
}

#[test]
fn companies_are_found_by_name_and_number_and_listed_by_pages() {
    on_both(&[MIGRATIONS], |world| {
        let hotel = make(world, "Hotel Águila", "B58378431").expect("made");
        let bar = make(world, "Bar Sol", "A58818501").expect("made");
        let find = |text: &'static str| {
            read(world, move |tx| {
                companies(tx, &agent(), text, None, 10).expect("found").items.into_iter().map(|c| c.id).collect::<Vec<_>>()
            })
        };
        assert_eq!(find(""), [bar.id, hotel.id]);
        assert_eq!(find("hotel ag"), [hotel.id]);
        assert_eq!(find("a-58818501"), [bar.id]);
        assert_eq!(find("none"), []);
        let page = read(world, |tx| companies(tx, &agent(), "", None, 1).expect("found"));
        let next = page.next.expect("more");
        let rest = read(world, move |tx| companies(tx, &agent(), "", Some(&next), 1).expect("found"));
        assert_eq!((page.items[0].id, rest.items[0].id, rest.next), (bar.id, hotel.id, None));
        let bad = world.db().read(|tx| companies(tx, &agent(), "", Some("x"), 1)).wait();
        assert!(matches!(bad, Err(QueryError::BadCursor(_))));
    });
}
