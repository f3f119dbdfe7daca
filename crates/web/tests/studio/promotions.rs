//! Promotions in the studio: tried on real products before they run, started, stopped, with their coupons.

use crate::brand::{Studio, studio, write};
use axum::http::StatusCode;
use kernel::{Actor, Currency, Money};
use pricing::{NewPriceList, PriceEntry, PromotionState};

/// The shirt costs 30.00 in S and 20.00 in M.
fn priced(studio: &Studio<'_>) -> [String; 2] {
    let variants = studio.shirt.variants.clone();
    let skus = [variants[0].sku.clone(), variants[1].sku.clone()];
    write(studio.world, move |tx| {
        let list = pricing::create_price_list(tx, &Actor::system(), NewPriceList::base("base", Currency::EUR)).unwrap();
        let entry = |at: usize, minor| PriceEntry { variant: variants[at].id, price: Money::eur(minor), compare_at: None };
        pricing::set_prices(tx, &Actor::system(), list.id, &[entry(0, 3000), entry(1, 2000)]).unwrap();
    });
    skus
}

const FIFTH: [(&str, &str); 6] = [
    ("name_es", "Verano"),
    ("name_en", "Summer"),
    ("offer", "percentage"),
    ("percent", "20"),
    ("target", "everything"),
    ("meets", "alone"),
];

fn all(studio: &Studio<'_>) -> Vec<pricing::UsedPromotion> {
    studio.read(|tx| pricing::promotions(tx, None, None, 50).unwrap())
}

#[test]
fn a_promotion_is_tried_made_started_and_stopped() {
    studio(|studio| {
        let [small, medium] = priced(studio);
        assert!(studio.get("/studio/promotions").has("No promotions yet"));
        // The trial needs no more than what is typed so far, and keeps nothing.
        let tried = studio.post("/studio/promotions/trial", &FIFTH[2..]);
        assert!(tried.has("Takes €6.00 off.") && tried.has("€24.00") && tried.has("20% off"), "{}", tried.html);
        let own = [&FIFTH[..], &[("sku-1", medium.as_str()), ("units-1", "3"), ("sku-2", small.as_str()), ("threshold", "100")]].concat();
        let tried = studio.post("/studio/promotions/trial", &own);
        assert!(tried.has("€10.00 missing to the minimum.") && tried.has("€90.00"), "{}", tried.html);
        let unknown = [&FIFTH[..], &[("sku-1", "NOPE"), ("do", "try")]].concat();
        let answer = studio.post("/studio/promotions/new", &unknown);
        assert!(answer.has("id=\"sku-1-says\"") && answer.has("Nothing with a price has that SKU"), "{}", answer.html);
        assert_eq!(all(studio), []);

        let page = studio.done("/studio/promotions/new", &FIFTH);
        assert!(page.has("Kept: Summer.") && page.has("Stopped") && page.has("Takes €6.00 off."), "{}", page.html);
        let made = all(studio).remove(0).promotion;
        assert_eq!((made.code.as_str(), made.state(kernel::testing::START)), ("verano", PromotionState::Stopped));
        let path = format!("/studio/promotions/{}", made.id);
        let page = studio.done(&format!("{path}/start"), &[]);
        assert!(page.has("Running: Summer.") && page.has(&format!("{path}/stop")), "{}", page.html);
        assert!(
            studio.get("/studio/promotions?state=running").has("Summer") && !studio.get("/studio/promotions?state=stopped").has("Summer")
        );
        let page = studio.done(&path, &[&FIFTH[..3], &[("percent", "12,5"), ("meets", "shares"), ("priority", "3")]].concat());
        assert!(page.has("Takes €3.75 off.") && page.has("changed the promotion Summer"), "{}", page.html);
        let kept = all(studio).remove(0).promotion;
        assert_eq!((kept.state(kernel::testing::START), kept.priority, kept.is_exclusive), (PromotionState::Running, 3, false));
        let page = studio.done(&format!("{path}/stop"), &[]);
        assert!(page.has("It takes nothing off any more") && page.has("stopped the promotion"), "{}", page.html);
        assert!(all(studio)[0].promotion.is_stopped);
    });
}

#[test]
fn what_is_wrong_stands_beside_its_field_and_changes_nothing() {
    studio(|studio| {
        priced(studio);
        let refused = |change: &[(&str, &str)], field: &str, words: &str| {
            let kept = FIFTH.iter().filter(|(name, _)| !change.iter().any(|(changed, _)| changed == name)).copied();
            let fields: Vec<_> = kept.chain(change.iter().copied()).collect();
            let answer = studio.post("/studio/promotions/new", &fields);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{change:?}");
            assert!(answer.has(words), "{change:?}: {}", answer.html);
            assert!(answer.has(&format!("id=\"{field}\"")) && answer.has("error-summary"), "{change:?}");
        };
        refused(&[("percent", "mucho")], "percent", "Write a percentage");
        refused(&[("percent", "101")], "percent", "From 0.01 to 100 per cent");
        refused(&[("name_es", ""), ("name_en", ""), ("code", "x")], "name_es", "The name is missing");
        refused(&[("target", "products")], "q", "Choose the category, the tag, or 1 to 100 products");
        refused(&[("starts", "2026-07-02T00:00"), ("ends", "2026-07-01T00:00")], "ends", "It must end after it begins");
        refused(&[("offer", "gift"), ("gift", "NOPE"), ("units", "1")], "gift", "Nothing has that SKU");
        refused(&[("offer", "n_for_m"), ("take", "2"), ("pay", "2")], "take", "at least one is paid and one is free");
        refused(&[("per_customer", "1")], "per_customer", "Only uses of coupons are counted");
        assert_eq!(all(studio), []);
        studio.done("/studio/promotions/new", &FIFTH);
        refused(&[("percent", "30")], "code", "The code verano belongs to something else");
        // Products are found by a word and ticked.
        let found =
            studio.post("/studio/promotions/new", &[&FIFTH[..4], &[("target", "products"), ("q", "faena"), ("do", "find")]].concat());
        assert!(found.has(&format!("name=\"product\" value=\"{}\"", studio.shirt.id)), "{}", found.html);
        // Who does not edit prices sees them and starts none.
        let id = all(studio)[0].promotion.id;
        assert_eq!(studio.agent_gets("/studio/promotions").status, StatusCode::OK);
        assert_eq!(studio.agent_posts(&format!("/studio/promotions/{id}/start"), &[]).status, StatusCode::FORBIDDEN);
        assert_eq!(studio.agent_posts("/studio/promotions/new", &FIFTH).status, StatusCode::FORBIDDEN);
        assert!(all(studio)[0].promotion.is_stopped);
    });
}

#[test]
fn coupons_are_made_counted_and_downloaded() {
    studio(|studio| {
        priced(studio);
        let page = studio.done("/studio/promotions/new", &[&FIFTH[..], &[("needs_coupon", "yes"), ("per_customer", "1")]].concat());
        assert!(page.has("No codes yet: without them nobody can use it."));
        let path = format!("/studio/promotions/{}", all(studio)[0].promotion.id);
        let coupons = format!("{path}/coupons");
        let page = studio.done(&coupons, &[("coupon", "hola 20"), ("uses", "500")]);
        assert!(page.has("One code made.") && page.has("HOLA20") && page.has("0 of 500"), "{}", page.html);
        let refused = studio.post(&coupons, &[("coupon", "a;b"), ("uses", "5")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("A code has 1 to 40 letters") && refused.has("value=\"a;b\""), "{}", refused.html);
        // Sent twice, a batch is made once.
        let batch = [("kind", "batch"), ("key", "intent"), ("many", "60"), ("prefix", "VERANO")];
        assert!(studio.done(&coupons, &batch).has("60 codes made."));
        studio.done(&coupons, &batch);
        let file = studio.get(&format!("{path}/coupons.csv"));
        let lines: Vec<_> = file.html.lines().collect();
        assert_eq!((lines.len(), lines[0], lines[1]), (62, "code,uses,used", "HOLA20,500,0"));
        assert!(lines[2..].iter().all(|line| line.starts_with("VERANO-") && line.ends_with(",1,0")), "{lines:?}");
        assert!(file.headers["content-disposition"].to_str().unwrap().contains("coupons-verano.csv"));
        assert!(studio.post(&coupons, &[("kind", "batch"), ("key", "k"), ("many", "1001")]).has("1 to 1000 codes at a time"));
        // A promotion with codes stays one for codes.
        assert!(studio.post(&path, &FIFTH).has("It has codes: stop it"));
    });
}
