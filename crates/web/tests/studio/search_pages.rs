//! The words of search.

use crate::brand::studio;
use axum::http::StatusCode;

#[test]
fn words_that_mean_the_same_are_made_changed_and_removed() {
    studio(|studio| {
        assert!(studio.get("/studio/search").has("No group yet"));
        let refused = studio.post("/studio/search/synonyms", &[("words", "camisa, CAMISA"), ("direction", "both")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("at least two different words") && refused.has("value=\"camisa, CAMISA\""), "{}", refused.html);
        let saved = studio.done("/studio/search/synonyms", &[("words", "camisa, blusón"), ("direction", "from_first")]);
        assert!(saved.has("camisa, blusón") && saved.has("Only the first finds the others"), "{}", saved.html);
        let id = studio.read(|tx| catalogue::search_words::synonyms(tx).unwrap()[0].id.to_string());
        let open = studio.get(&format!("/studio/search?change={id}"));
        assert!(open.has("value=\"camisa, blusón\"") && open.has(&format!("name=\"id\" value=\"{id}\"")), "{}", open.html);
        let changed = studio.done("/studio/search/synonyms", &[("id", id.as_str()), ("words", "camisa; blusa"), ("direction", "both")]);
        assert!(changed.has("camisa, blusa") && !changed.has("blusón"), "{}", changed.html);
        let removed = studio.done(&format!("/studio/search/synonyms/{id}/removal"), &[]);
        assert!(removed.has("No group yet"), "{}", removed.html);
        assert_eq!(studio.post(&format!("/studio/search/synonyms/{id}/removal"), &[]).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn what_nobody_found_is_shown_with_a_way_to_mend_it() {
    studio(|studio| {
        let searched = catalogue::search::Searched { term: "chubasquero".into(), asked: 7, found: 0 };
        crate::brand::write(studio.world, move |tx| catalogue::search_words::save_searches(tx, std::slice::from_ref(&searched)).unwrap());
        let page = studio.get("/studio/search");
        assert!(page.has("chubasquero") && page.has("/studio/search?words=chubasquero#new"), "{}", page.html);
        assert!(studio.get("/studio/search?words=chubasquero").has("value=\"chubasquero\""));
    });
}
