//! Templates are written in the studio by whoever may; what no provider takes is refused beside its field.

use crate::brand::{studio, write};
use axum::http::StatusCode;
use conversations::{SaveAccount, Settings};
use kernel::{Actor, Channel};

#[test]
fn a_template_is_written_refused_beside_its_field_and_removed() {
    studio(|studio| {
        assert!(studio.get("/studio/templates").has("There is no WhatsApp number"));
        let account = write(studio.world, |tx| {
            let (name, address, settings) = ("WhatsApp".into(), "+34910000000".into(), Settings::default());
            let cmd = SaveAccount { channel: Channel::Whatsapp, name, address, window_hours: Some(24), settings, active: true };
            conversations::save_account(tx, &Actor::system(), cmd).unwrap()
        });
        let path = format!("/studio/templates/new?account={account}");
        let wrong =
            [("name", "Pedido listo"), ("language", "es"), ("category", "utility"), ("body", "Hola {{1}}, ya está."), ("example1", "Ana")];
        let refused = studio.post(&path, &wrong);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("Only small letters, digits and underscore") && refused.has("Hola {{1}}, ya está."), "{}", refused.html);
        let right = [&[("name", "pedido_listo"), ("url", "http://x.es"), ("link", "Ver")], &wrong[1..]].concat();
        assert!(studio.post(&path, &right).has("A button needs words"));
        let right = [&[("name", "pedido_listo")], &wrong[1..]].concat();
        let page = studio.done(&path, &right);
        assert!(page.has("Hola Ana, ya está.") && page.has("Draft"), "{}", page.html);
        assert!(studio.post(&path, &right).has("There is a template of this name and language"));
        let id = studio.read(move |tx| conversations::message_templates(tx, account).unwrap())[0].id;
        let told = studio.done(&format!("/studio/templates/{id}/handing-in"), &[]);
        assert!(told.has("WhatsApp did not take it: the channel account has no `business_account_id`"), "{}", told.html);
        assert_eq!(studio.agent_gets("/studio/templates").status, StatusCode::FORBIDDEN);
        assert_eq!(studio.agent_posts(&path, &right).status, StatusCode::FORBIDDEN);
        assert!(studio.done(&format!("/studio/templates/{id}/removal"), &[]).has("No templates yet"));
    });
}
