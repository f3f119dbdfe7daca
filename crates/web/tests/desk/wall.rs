//! The wall of whoever leads.

use crate::scene::*;
use axum::http::StatusCode;
use conversations::{Address, MatterId};
use kernel::Role;

/// What somebody says of how they were served.
fn scores(desk: &Desk<'_>, matter: MatterId, score: u8, comment: &'static str) {
    write(desk.world, move |tx| {
        let matter = conversations::matter(tx, matter).unwrap().unwrap();
        let survey = conversations::open_survey(tx, &matter).unwrap().unwrap();
        conversations::score_survey(tx, &survey.token, score, comment).unwrap();
    });
}

#[test]
fn who_was_not_served_well_stands_on_the_wall_with_their_words_and_who_served_them() {
    at_the_desk(|desk| {
        let (_, ana) = desk.ana_writes();
        let (_, luis) = desk.hears_text(&desk.whatsapp, Address::phone("+34622334455"), "Luis Vega", "Is it open?");
        let lead = session(desk.world, "rosa@ria.test", "Rosa Lledó", Role::Supervisor);
        assert!(!desk.get_as(&lead, "/desk/wall").has("wall-low"), "nobody has said anything");
        desk.post(&format!("/desk/matters/{ana}/assignment"), &[("to", "me")], false);
        scores(desk, ana, 2, "Nobody <called> me.");
        scores(desk, luis, 5, "Lovely.");
        let wall = desk.get_as(&lead, "/desk/wall");
        let (_, low) = wall.html.split_once("id=\"wall-low\"").expect("a section");
        let (low, _) = low.split_once("</section>").unwrap();
        for part in [&format!("/desk/matters/{ana}"), "Ana Prieto", "2 of 5", "Lucía Romero", "Nobody &#60;called&#62; me."] {
            assert!(low.contains(part), "{part} in {low}");
        }
        assert!(!low.contains("Luis Vega") && !low.contains("Lovely."), "{low}");
        assert_eq!(desk.get("/desk/wall").status, StatusCode::FORBIDDEN);
    });
}
