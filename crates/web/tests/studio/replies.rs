//! Saved replies are kept in the studio: a gap that nothing fills is refused beside the field.

use crate::brand::studio;
use axum::http::StatusCode;

#[test]
fn a_saved_reply_is_made_changed_and_removed() {
    studio(|studio| {
        let wrong = [("name", "envio"), ("team", ""), ("text_es", "Hola {nombre}"), ("text_en", "")];
        let refused = studio.post("/studio/service/replies/new", &wrong);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("{first_name}, {name}, {order}") && refused.has(">Hola {nombre}</textarea>"), "{}", refused.html);
        let right = [("name", "Envio"), ("team", ""), ("text_es", "Hola {first_name}"), ("text_en", "Hello {first_name}")];
        let list = studio.done("/studio/service/replies/new", &right);
        assert!(list.has(">/envio</a>") && list.has("Hello {first_name}"), "{}", list.html);
        let taken = studio.post("/studio/service/replies/new", &right);
        assert!(taken.status == StatusCode::UNPROCESSABLE_ENTITY && taken.has("Another reply has this name"));
        let id = studio.read(|tx| conversations::saved_replies(tx).unwrap())[0].id;
        let page = format!("/studio/service/replies/{id}");
        assert!(studio.get(&format!("{page}?lang=es")).has("nombre del cliente"));
        assert!(studio.done(&page, &[("name", "envio-hoy"), ("team", ""), ("text_es", "Sale hoy"), ("text_en", "")]).has("/envio-hoy"));
        assert!(studio.done(&format!("{page}/removal"), &[]).has("There are none yet"));
        assert_eq!(studio.agent_gets("/studio/service/replies").status, StatusCode::FORBIDDEN);
        assert_eq!(studio.agent_posts("/studio/service/replies/new", &right).status, StatusCode::FORBIDDEN);
        assert_eq!(studio.read(|tx| conversations::saved_replies(tx).unwrap().len()), 0);
    });
}
