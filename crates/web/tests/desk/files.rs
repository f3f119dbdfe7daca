//! Files that come and go with messages, and mail as it was written.

use crate::scene::*;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use conversations::{Address, Direction, InboundMessage, Media, MediaKind, MediaSource, Part, Receive, Sender, SenderCheck};
use kernel::Channel;

/// A form with files, as a browser sends it.
fn multipart(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    for (name, bytes) in files {
        body.extend(format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--b--\r\n");
    body
}

#[test]
fn a_file_goes_with_a_plain_form_and_one_that_cannot_go_says_so_and_by_which_way_it_can() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";
    at_the_desk(|desk| {
        let (_, matter) = desk.ana_writes();
        let path = format!("/desk/matters/{matter}");
        let send = |to: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])], partial: bool| {
            let page = desk.get(&path);
            let (csrf, key) = (page.field("csrf"), page.field("key"));
            let always = [("csrf", csrf.as_str()), ("key", key.as_str())];
            let body = multipart(&[&always[..], fields].concat(), files);
            let mut request = Request::post(format!("{path}/{to}"))
                .header("cookie", format!("{VISIT}; {}", desk.agent))
                .header("content-type", "multipart/form-data; boundary=b");
            if partial {
                request = request.header("hx-request", "true").header("hx-request-type", "partial");
            }
            desk.ask(request.body(Body::from(body)).unwrap())
        };
        let by = desk.by_whatsapp();
        let sent = send("messages", &[("kind", "reply"), ("by", &by), ("text", "Here it is")], &[("receipt.png", PNG), ("", b"")], false);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
        let message = desk.said(matter).into_iter().find(|message| message.direction == Direction::Outbound).unwrap();
        let files = desk.world.db().read(move |tx| conversations::attachments_of(tx, message.id)).wait().unwrap();
        let named: Vec<_> = files.iter().map(|file| (file.file_name.as_str(), file.content_type.as_str(), file.size_bytes)).collect();
        assert_eq!((message.text.as_str(), named), ("Here it is", vec![("receipt.png", "image/png", PNG.len() as i64)]));
        assert!(desk.get(&path).has(&format!("<img src=\"/desk/attachments/{}\"", files[0].id)), "it is seen on the thread");

        // Chosen with scripts: kept at once, seen by its owner alone, taken away again.
        let chosen = send("files", &[("kind", "reply"), ("by", &by)], &[("receipt.png", PNG), ("x.exe", b"MZ\x90")], true);
        assert_eq!(chosen.status, StatusCode::OK);
        assert!(chosen.has("receipt.png") && chosen.has("“x.exe” is a program and is not sent."), "{}", chosen.html);
        let id = chosen.field("file_id");
        assert_eq!(desk.get(&format!("/desk/uploads/{id}")).headers["content-type"], "image/png");
        assert_eq!(desk.get_as(&desk.merchandiser, &format!("/desk/uploads/{id}")).status, StatusCode::NOT_FOUND);
        let noted = send("messages", &[("kind", "note"), ("text", "x"), ("file_id", &id)], &[], false);
        assert!(noted.status == StatusCode::UNPROCESSABLE_ENTITY && noted.has("A note carries no files."), "{}", noted.html);
        let gone = send("files", &[("by", &by), ("file_id", &id), ("drop", &id)], &[], true);
        assert!(!gone.has("receipt.png") && desk.get(&format!("/desk/uploads/{id}")).status == StatusCode::NOT_FOUND);
    });
}

#[test]
fn files_come_only_as_what_is_safe_to_show() {
    at_the_desk(|desk| {
        let file = |kind, content_type: &str, name: &str| {
            let source = MediaSource::Bytes { bytes: b"<svg onload=alert(1)>".to_vec() };
            Part::Media(Media {
                kind,
                content_type: content_type.into(),
                file_name: Some(name.into()),
                caption: None,
                content_id: None,
                source,
            })
        };
        let html = Part::Html { html: "<p><b>Hello</b></p>".into() };
        let parts = vec![
            Part::Text { text: "See".into(), fresh: None },
            html,
            file(MediaKind::Image, "image/svg+xml", "x.svg"),
            file(MediaKind::Image, "image/png", "año.png"),
        ];
        let (_, matter) = desk.hears(&desk.email, Address::email("ana@example.es"), "Ana", parts);
        let message = desk.said(matter)[0].id;
        let files = desk.world.db().read(move |tx| conversations::attachments_of(tx, message)).wait().unwrap();
        let head = |answer: &Answered, name: &str| answer.headers[name].to_str().unwrap().to_owned();
        let drawing = desk.get(&format!("/desk/attachments/{}", files[0].id));
        assert_eq!(head(&drawing, "content-type"), "application/octet-stream");
        assert_eq!(head(&drawing, "content-disposition"), "attachment; filename=\"x.svg\"; filename*=UTF-8''x.svg");
        let picture = desk.get(&format!("/desk/attachments/{}", files[1].id));
        assert_eq!(head(&picture, "content-type"), "image/png");
        assert!(
            head(&picture, "content-disposition").starts_with("inline; ") && head(&picture, "content-security-policy").contains("sandbox")
        );
        let framed = desk.get(&format!("/desk/messages/{message}/formatted"));
        assert!(framed.has("<p><b>Hello</b></p>") && head(&framed, "content-security-policy").contains("sandbox"));
        assert_eq!(desk.get_as(&desk.merchandiser, &format!("/desk/attachments/{}", files[1].id)).status, StatusCode::FORBIDDEN);
        assert!(desk.get(&format!("/desk/matters/{matter}")).has("iframe sandbox src=\"/desk/messages/"));
    });
}

#[test]
fn a_mail_shows_its_own_pictures_and_what_is_known_of_its_sender() {
    at_the_desk(|desk| {
        let picture = |name: &str, content_id: &str| {
            let source = MediaSource::Bytes { bytes: b"\x89PNG".to_vec() };
            let (kind, content_type, file_name) = (MediaKind::Image, "image/png".into(), Some(name.into()));
            Part::Media(Media { kind, content_type, file_name, caption: None, content_id: Some(content_id.into()), source })
        };
        let html = Part::Html { html: r#"<p>Torn: <img src="cid:torn@mail"></p>"#.into() };
        let parts = vec![
            Part::Text { text: "Torn:".into(), fresh: None },
            html,
            picture("torn.png", "torn@mail"),
            picture("logo.png", "logo@mail"),
        ];
        let (ana, matter) = desk.hears(&desk.email, Address::email("ana@example.es"), "Ana", parts);
        let message = desk.said(matter)[0].id;
        let framed = desk.get(&format!("/desk/messages/{message}/formatted"));
        assert!(framed.has(r#"<p>Torn: <img src="data:image/png;base64,iVBORw=="></p>"#), "{}", framed.html);
        assert!(framed.headers["content-security-policy"].to_str().unwrap().contains("img-src data:"));
        let page = desk.get(&format!("/desk/matters/{matter}"));
        assert!(page.has("· 1 picture</summary>") && page.has("logo.png") && !page.has("torn.png"), "listed once: {}", page.html);
        assert!(!page.has("sender-warning"), "nobody was asked about the sender");
        let (account, from) = (desk.email.id, Sender { address: Address::email("ana@example.es"), display_name: None, reply_to: None });
        let word = |word: &str| Some(word.to_owned());
        let check = SenderCheck { spf: word("softfail"), dkim: word("none"), dmarc: word("fail") };
        let parts = vec![Part::Text { text: "Change my IBAN".into(), fresh: None }];
        write(desk.world, move |tx| {
            let mail = InboundMessage::new("doubtful", from.clone(), Address::email("hola@ria.test"), tx.now(), parts.clone());
            let message = InboundMessage { sender_check: Some(check.clone()), ..mail };
            conversations::receive(
                tx,
                &Receive { account, channel: Channel::Email, profile: ana, person: vec![ana], message, settles: None },
            )
            .unwrap();
        });
        let page = desk.get(&format!("/desk/matters/{matter}"));
        assert!(page.has("Sender checked: SPF softfail · DKIM none · DMARC fail"), "{}", page.html);
        assert!(page.has("Careful: it is not shown that this mail is from ana@example.es"));
    });
}
