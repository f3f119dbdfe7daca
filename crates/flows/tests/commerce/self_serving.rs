//! The machine on our own page: who is told what, and when it gives up.

use crate::support::*;
use flows::{SelfServe, self_serve};
use kernel::testing::World;
use kernel::{Actor, Channel, Locale, ProfileId};
use self_service::{Answer, Step, Told};
use std::time::Duration;

fn says(world: &World, browser: &str, signed_in: Option<ProfileId>, heard: &str) -> Told {
    let cmd = SelfServe { browser: browser.into(), signed_in, channel: Channel::Web, heard: heard.into(), locale: Locale::Es };
    run(world, move |tx| self_serve(tx, &cmd)).expect("answered")
}

/// Ana's order: a T-shirt to her home, not paid yet.
fn order(world: &World, brand: &Brand) -> String {
    let bought = buy(world, Actor::customer(brand.ana), buying("k", vec![line(brand.tee, 1, deliver())])).expect("bought");
    bought.order.number.to_string()
}

#[test]
fn who_is_signed_in_hears_of_her_order_and_a_stranger_has_to_say_whose_it_is() {
    brand(|world, brand| {
        let number = order(world, brand);
        let told = format!("Tu pedido {number} está pendiente de pago.");
        assert_eq!(says(world, "b1", Some(brand.ana), "¿Dónde está mi pedido?").text(), told);
        assert_eq!(says(world, "b2", None, "¿Dónde está mi pedido?").answer, Answer::AskOrder);
        assert_eq!(says(world, "b2", None, &number).answer, Answer::AskProof);
        assert_eq!(says(world, "b2", None, "46004").text(), told, "the postcode that it goes to");
        assert_eq!(says(world, "b2", None, "¿Y puedo devolverlo?").text(), format!("Del pedido {number} no se puede devolver nada ahora."));
        assert_eq!(says(world, "b3", None, &format!("Mi pedido es el {number}, ana@example.org")).text(), told, "all at once");
        let thread = thread(world, brand.ana);
        assert_eq!(thread.iter().filter(|kind| *kind == "self_service.answered").count(), 1, "hers are on her thread: {thread:?}");
    });
}

#[test]
fn wrong_facts_are_answered_as_if_there_were_no_such_order_and_guessing_ends() {
    brand(|world, brand| {
        let number = order(world, brand);
        let wrong = |browser: &str, number: &str, proof: &str| {
            says(world, browser, None, "pedido");
            assert_eq!(says(world, browser, None, number).answer, Answer::AskProof);
            says(world, browser, None, proof).answer
        };
        assert_eq!(wrong("b1", &number, "28001"), Answer::NotFound);
        assert_eq!(wrong("b2", "H-999999", "46004"), Answer::NotFound, "the same words where there is none");
        assert_eq!(wrong("b1", &number, "28002"), Answer::NotFound);
        assert_eq!(wrong("b1", &number, "28003"), Answer::HandOver, "three in one dialogue");
        for (browser, proof) in [("b3", "28004"), ("b4", "28005")] {
            assert_eq!(wrong(browser, &number, proof), Answer::NotFound);
        }
        assert_eq!(wrong("b5", &number, "46004"), Answer::NotFound, "five wrong ones, and even the right one is not told for an hour");
        world.clock().advance(Duration::from_secs(3601));
        assert_eq!(wrong("b6", &number, "46004"), says(world, "b7", Some(brand.ana), "1").answer);
    });
}

#[test]
fn two_turns_that_lead_nowhere_lead_to_a_person_who_knows_the_step() {
    brand(|world, brand| {
        let number = order(world, brand);
        says(world, "b", None, "mi pedido");
        says(world, "b", None, &number);
        assert_eq!(says(world, "b", None, "no me acuerdo").answer, Answer::NotUnderstood { step: Step::AskProof });
        let told = says(world, "b", None, "ni idea, la verdad");
        assert_eq!(told.answer, Answer::HandOver);
        let stands = told.session.where_it_stands(Locale::Es);
        assert_eq!(stands, format!("dónde está su pedido {number} · se le pedía el correo o el código postal"));
        assert_eq!(says(world, "b", None, "1").answer, Answer::HandOver, "from now on the machine is silent");
    });
}

#[test]
fn hours_and_stock_are_told_for_the_shop_and_the_size_that_were_named() {
    brand(|world, _| {
        let hours = |heard: &str| says(world, "b", None, heard).text();
        assert_eq!(hours("¿A qué hora abrís en Valencia?"), "Hoy. Valencia: cerrado.");
        assert_eq!(hours("horarios"), "Hoy. Madrid: cerrado; Valencia: cerrado.");
        assert_eq!(hours("¿Os queda la camiseta?"), "Camiseta: queda en Madrid.");
        assert_eq!(hours("¿Queda la camiseta en la M en Valencia?"), "Camiseta (M): no queda en Valencia, pero sí en Madrid.");
        assert_eq!(hours("¿Queda la camiseta M en Madrid?"), "Camiseta (M): sí queda en Madrid.");
        assert_eq!(hours("¿Os quedan bufandas?"), "Bufanda: ahora no queda en ninguna tienda.");
        assert_eq!(says(world, "b", None, "¿Queda algo?").answer, Answer::AskProduct);
        assert_eq!(hours("una camiseta"), "Camiseta: queda en Madrid.");
    });
}

#[test]
fn hostile_words_break_nothing_and_no_card_number_is_kept() {
    brand(|world, brand| {
        for heard in [
            "4111 1111 1111 1111",
            "4111111111111111",
            "12345678901234567890#",
            "💳💳💳",
            "'; DROP TABLE customer_order; --",
            "H-",
            "\u{0}\u{7f}",
        ] {
            says(world, heard, Some(brand.ana), heard);
        }
        assert_eq!(says(world, "long", Some(brand.ana), &"ñ".repeat(5000)).answer, Answer::HandOver, "a letter");
        let kept = read(world, |tx| {
            let entries = kernel::log::after(tx, kernel::LogKey::default(), 1000)?;
            Ok(entries.into_iter().map(|entry| entry.body).collect::<String>())
        });
        assert!(kept.contains("•••") && !kept.contains("41111111") && !kept.contains("12345678"), "{kept}");
        let export = {
            let ana = brand.ana;
            read(world, move |tx| self_service::export_self_service(tx, &[ana]))
        };
        let said = serde_json::to_string(&export).expect("json");
        assert!(!said.contains("4111111111111111") && !said.contains("4111 1111") && said.contains("•••"), "{said}");
    });
}

#[test]
fn another_language_is_spoken_when_it_is_asked_for_or_written() {
    brand(|world, brand| {
        let number = order(world, brand);
        assert_eq!(says(world, "b", Some(brand.ana), "English").text(), "Hello. What can I help you with?");
        assert_eq!(says(world, "b", Some(brand.ana), "where is my order").text(), format!("Your order {number} waits for payment."));
    });
}
