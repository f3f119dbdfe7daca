//! Whoever guesses codes of coupons is made to wait.

use super::{in_the_shop, write};
use kernel::{Actor, Money};
use std::time::Duration;

#[test]
fn strangers_who_guess_codes_wait_a_minute_and_then_the_right_one_counts() {
    in_the_shop(|shop| {
        write(shop.world, |tx| {
            let (name, off) = (catalogue::Localised::new("Diez menos", "Ten off"), pricing::Offer::Amount { off: Money::eur(1000) });
            let ten = pricing::Promotion::new("hola", name, pricing::Target::Everything, off);
            pricing::create_promotion(tx, &Actor::system(), pricing::Promotion { needs_coupon: true, ..ten }).unwrap();
            pricing::add_coupons(tx, &Actor::system(), "hola", &["HOLA10".to_owned()], 1).unwrap();
        });
        shop.put_in("CAM-BLA-L", "1");
        for guess in 0..300 {
            shop.post("/cart/coupon", &[("coupon", &format!("GUESS{guess}"))]);
        }
        shop.post("/cart/coupon", &[("coupon", "HOLA10")]);
        assert!(!shop.get("/cart").has("HOLA10"), "not even looked at");
        shop.world.clock().advance(Duration::from_secs(61));
        shop.post("/cart/coupon", &[("coupon", "HOLA10")]);
        assert!(shop.get("/cart").has("HOLA10"));
    });
}
