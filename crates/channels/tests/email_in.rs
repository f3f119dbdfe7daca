//! Mail that comes in.

use channels::{Channel, ChannelAccount, RawWebhook, email::Email};
use conversations::{Address, Automatic, InboundEvent, InboundMessage, MediaKind, MediaSource, Part, ReceiptState, SenderCheck};
use kernel::Timestamp;
use proptest::prelude::*;

fn received_at() -> Timestamp {
    Timestamp::from_rfc3339("2025-11-03T12:00:00Z").expect("a time")
}

fn parse(mail: &str) -> Vec<InboundEvent> {
    Email.parse(&RawWebhook::of(mail.replace('\n', "\r\n"), received_at()))
}

fn message(mail: &str) -> InboundMessage {
    match parse(mail).into_iter().next() {
        Some(InboundEvent::Message(message)) => *message,
        other => panic!("{other:?}"),
    }
}

const ANSWER: &str = r#"Return-Path: <ana@example.com>
Delivered-To: Hola@hilo.example
From: =?utf-8?q?Ana_Ejempl=C3=B3?= <Ana@Example.com>
Reply-To: casa@example.com
To: Hilo <hola@hilo.example>
Cc: luis@example.com
Subject: =?utf-8?b?UmU6IMK/VGVuw6lpcyBsYSBNPw==?=
Date: Mon, 3 Nov 2025 10:00:00 +0100
Message-ID: <a2@example.com>
In-Reply-To: <01KEY@hilo.example>
References: <a1@example.com> <01KEY@hilo.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

S=ED, en rojo.

El lun, 3 nov 2025, Hilo <hola@hilo.example> escribi=F3:
> =BFEn rojo?
--a
Content-Type: text/html; charset=utf-8

<p>Sí, <b onclick="x()">en rojo</b>.<img src="cid:foto@x"><img src="https://spy.example/1.gif"></p><script>x()</script>
--a--
--m
Content-Type: image/png; name="foto.png"
Content-Disposition: inline; filename="../../foto.png"
Content-ID: <foto@x>
Content-Transfer-Encoding: base64

iVBORw==
--m
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''fact%C3%BAra.pdf
Content-Transfer-Encoding: base64

JVBERg==
--m--
"#;

#[test]
fn an_answer_with_pictures_is_read_whole() {
    let read = message(ANSWER);
    assert_eq!(read.provider_message_id, "a2@example.com");
    assert_eq!(read.from.address, Address::email("ana@example.com"));
    assert_eq!(read.from.display_name.as_deref(), Some("Ana Ejempló"));
    assert_eq!(read.from.reply_to, Some(Address::email("casa@example.com")));
    assert_eq!(read.to, Address::email("hola@hilo.example"));
    assert_eq!(read.at.to_rfc3339(), "2025-11-03T09:00:00Z");
    assert_eq!(read.subject.as_deref(), Some("Re: ¿Tenéis la M?"));
    assert_eq!(read.in_reply_to.as_deref(), Some("01KEY@hilo.example"));
    assert_eq!(read.references, ["a1@example.com", "01KEY@hilo.example"]);
    assert_eq!(read.automatic, None);
    assert_eq!(read.summary(), "Sí, en rojo.");
    let [Part::Text { text, fresh }, Part::Html { html }, Part::Media(picture), Part::Media(bill)] = read.parts.as_slice() else {
        panic!("{:?}", read.parts)
    };
    assert_eq!(text, "Sí, en rojo.\n\nEl lun, 3 nov 2025, Hilo <hola@hilo.example> escribió:\n> ¿En rojo?");
    assert_eq!(fresh.as_deref(), Some("Sí, en rojo."));
    assert_eq!(html, "<p>Sí, <b>en rojo</b>.<img src=\"cid:foto@x\"><img></p>");
    assert_eq!(
        (picture.kind, picture.content_type.as_str(), picture.file_name.as_deref()),
        (MediaKind::Image, "image/png", Some("foto.png"))
    );
    assert_eq!(
        (picture.content_id.as_deref(), &picture.source),
        (Some("foto@x"), &MediaSource::Bytes { bytes: vec![0x89, b'P', b'N', b'G'] })
    );
    assert_eq!((bill.kind, bill.file_name.as_deref()), (MediaKind::Document, Some("factúra.pdf")));
    assert_eq!(read.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Return-Path", "Delivered-To", "Cc"]);
}

#[test]
fn html_alone_is_also_read_as_text() {
    let mail = "From: a@example.com\nSubject: x\nMessage-ID: <1@x>\nContent-Type: text/html; charset=utf-8\n\n<div>Hola,</div><div>no me llega el pedido <b>4711</b>.</div>";
    let read = message(mail);
    assert_eq!(read.summary(), "Hola,\nno me llega el pedido 4711.");
    assert_eq!(read.parts.len(), 2);
}

#[test]
fn a_mail_without_a_name_gets_one_from_its_bytes() {
    let mail = "From: a@example.com\nSubject: x\n\nHola";
    let first = message(mail).provider_message_id;
    assert!(first.starts_with("sha256.") && first == message(mail).provider_message_id, "{first}");
    assert_ne!(first, message(&mail.replace("Hola", "Hola!")).provider_message_id);
}

#[test]
fn a_clock_that_is_ahead_is_not_believed() {
    let at = |date: &str| message(&format!("From: a@example.com\nDate: {date}\n\nx")).at;
    assert_eq!(at("Mon, 3 Nov 2036 10:00:00 +0000"), received_at());
    assert_eq!(at("nonsense"), received_at());
    assert_eq!(at("Mon, 3 Nov 2025 11:59:59 +0000").to_rfc3339(), "2025-11-03T11:59:59Z");
}

#[test]
fn out_of_office_is_marked_and_its_words_are_no_opt_out() {
    let read = parse("From: a@example.com\nSubject: Baja\nAuto-Submitted: auto-replied\nMessage-ID: <1@x>\n\nEstoy de baja.");
    assert_eq!(read.len(), 1);
    let InboundEvent::Message(read) = &read[0] else { panic!("{read:?}") };
    assert_eq!(read.automatic, Some(Automatic::Reply));
    assert_eq!(read.headers, [("Auto-Submitted".to_owned(), "auto-replied".to_owned())]);
}

#[test]
fn a_mail_that_only_says_baja_is_an_opt_out_too() {
    let read =
        parse("From: a@example.com\nSubject: Newsletter\nDate: Mon, 3 Nov 2025 10:00:00 +0000\nMessage-ID: <1@x>\n\nBaja, por favor");
    assert_eq!(read.len(), 1);
    let read = parse(
        "From: a@example.com\nSubject: Re: Newsletter\nDate: Mon, 3 Nov 2025 10:00:00 +0000\nMessage-ID: <1@x>\n\nBAJA\n\nOn Sun, Hilo wrote:\n> Oferta",
    );
    let [InboundEvent::Message(_), InboundEvent::OptOut(stop)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!((&stop.from, stop.evidence.as_str()), (&Address::email("a@example.com"), "BAJA"));
}

const BOUNCE: &str = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: Undelivered\nDate: Mon, 3 Nov 2025 10:00:00 +0000\nMessage-ID: <b1@mx.example.net>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\nContent-Type: text/plain\n\nSorry.\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; Nadie@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such\n user here\n--r\nContent-Type: text/rfc822-headers\n\nFrom: hola@hilo.example\nMessage-ID: <01KEY@hilo.example>\n--r--\n";

#[test]
fn a_delivery_report_is_a_receipt_of_our_mail() {
    let read = parse(BOUNCE);
    let [InboundEvent::Receipt(receipt)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!(receipt.provider_message_id, "01KEY@hilo.example");
    assert_eq!(receipt.state, ReceiptState::Failed { code: "undeliverable".into(), text: "smtp; 550 5.1.1 no such user here".into() });
    assert_eq!(receipt.to, Some(Address::email("nadie@example.net")));
    let late = parse(&BOUNCE.replace("Action: failed", "Action: delayed"));
    let [InboundEvent::Message(late)] = late.as_slice() else { panic!("{late:?}") };
    assert_eq!(late.automatic, Some(Automatic::Bounce));
    let whole = BOUNCE.replace("text/rfc822-headers", "message/rfc822").replace("\n--r--", "\n\nHola\n--r--");
    assert!(matches!(parse(&whole).as_slice(), [InboundEvent::Receipt(receipt)] if receipt.provider_message_id == "01KEY@hilo.example"));
}

#[test]
fn what_no_database_takes_is_left_out_of_a_report() {
    let odd = BOUNCE.replace("550 5.1.1 no such", "550\0 5.1.1 no\u{7} such").replace("<01KEY@", "<01\0KEY@");
    assert_eq!(parse(&odd), parse(BOUNCE));
}

#[test]
fn a_report_about_a_forwarded_mail_names_where_we_sent_it() {
    let forwarded = BOUNCE.replace("Final-Recipient:", "Original-Recipient: rfc822;Ana@cliente.test\nFinal-Recipient:");
    let [InboundEvent::Receipt(receipt)] = &parse(&forwarded)[..] else { panic!("no receipt") };
    assert_eq!(receipt.to, Some(Address::email("ana@cliente.test")));
}

/// The example of RFC 5965, appendix B.1.
const COMPLAINT: &str = r#"From: <abusedesk@example.com>
Date: Thu, 8 Mar 2005 17:40:36 EDT
Subject: FW: Earn money
To: <abuse@example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report;
     boundary="part1_13d.2e68ed54_boundary"

--part1_13d.2e68ed54_boundary
Content-Type: text/plain; charset="US-ASCII"
Content-Transfer-Encoding: 7bit

This is an email abuse report for an email message received from IP
192.0.2.1 on Thu, 8 Mar 2005 14:00:00 EDT.  For more information
about this format please see http://www.mipassoc.org/arf/.

--part1_13d.2e68ed54_boundary
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--part1_13d.2e68ed54_boundary
Content-Type: message/rfc822
Content-Disposition: inline

Received: from mailserver.example.net (mailserver.example.net
        [192.0.2.1]) by example.com with ESMTP id M63d4137594e46;
        Thu, 08 Mar 2005 14:00:00 -0400
From: <somespammer@example.net>
To: <Undisclosed Recipients>
Subject: Earn money
MIME-Version: 1.0
Content-type: text/plain
Message-ID: <8787KJKJ3K4J3K4J3K4J3.mail@example.net>
Date: Thu, 02 Sep 2004 12:31:03 -0500

Spam Spam Spam
Spam Spam Spam
--part1_13d.2e68ed54_boundary--
"#;

#[test]
fn a_complaint_names_the_mail_that_was_unwanted() {
    let [InboundEvent::Complaint(complaint)] = &parse(COMPLAINT)[..] else { panic!("{:?}", parse(COMPLAINT)) };
    assert_eq!((complaint.provider_message_id.as_str(), complaint.kind.as_str()), ("8787KJKJ3K4J3K4J3K4J3.mail@example.net", "abuse"));
    // One that takes a complaint back, or does not say about which mail, is a machine's mail like any other.
    for other in [COMPLAINT.replace("Feedback-Type: abuse", "Feedback-Type: not-spam"), COMPLAINT.replace("Message-ID:", "X-Was:")] {
        assert!(matches!(&parse(&other)[..], [InboundEvent::Message(_)]), "{:?}", parse(&other));
    }
}

#[test]
fn the_account_says_which_address_was_written_to_and_whose_word_is_believed() {
    let mail = "Delivered-To: hola@hilo.example\nAuthentication-Results: mx.hilo.example; spf=pass smtp.mailfrom=example.com;\n dkim=fail (bad signature); dmarc=fail header.from=example.com\n\
                Authentication-Results: mx.hilo.example.evil.example; dmarc=pass\nFrom: ana@example.com\nTo: Tallas <Tallas@hilo.example>\nCc: hola@hilo.example\nMessage-ID: <1@x>\n\nHola";
    let settled = |account: ChannelAccount| {
        let mut events = parse(mail);
        Email.settle(&account, &mut events);
        match events.into_iter().next() {
            Some(InboundEvent::Message(message)) => (message.to.value, message.sender_check),
            other => panic!("{other:?}"),
        }
    };
    let account = ChannelAccount::new("mail", kernel::Channel::Email, "hola@hilo.example");
    assert_eq!(settled(account.clone()), ("hola@hilo.example".into(), None), "no server is named, so none is believed");
    let word = |word: &str| Some(word.to_owned());
    let check = SenderCheck { spf: word("pass"), dkim: word("fail"), dmarc: word("fail") };
    assert!(check.is_doubtful());
    let account = account.with("aliases", "tallas@hilo.example").with("authserv_id", "mx.hilo.example");
    assert_eq!(settled(account), ("tallas@hilo.example".into(), Some(check)));
}

#[test]
fn what_is_no_mail_is_unknown() {
    for mail in ["", "\n\n", "hello", "Subject: nobody\n\nx", "From: not an address\n\nx", "From: @\n\nx"] {
        assert!(matches!(parse(mail).as_slice(), [InboundEvent::Unknown(_)]), "{mail:?}: {:?}", parse(mail));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_bytes_put_into_a_mail_are_survived(place in 0..ANSWER.len(), bytes in prop::collection::vec(any::<u8>(), 0..40), cut in 0..40_usize) {
        let mut mail = ANSWER.as_bytes().to_vec();
        mail.splice(place..(place + cut).min(ANSWER.len()), bytes);
        prop_assert!(!Email.parse(&RawWebhook::of(mail, received_at())).is_empty());
    }
}
