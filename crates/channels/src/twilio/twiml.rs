//! What a caller hears, in Twilio's words (TwiML for voice, read 2026-04). Pure.

use conversations::LineAct;
use kernel::Locale;
use std::fmt::Write;

/// Acts as one TwiML document. `here` is the address of our voice door for this call; what follows an act is asked there.
pub(crate) fn render(acts: &[LineAct], here: &str) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>");
    for act in acts {
        verb(&mut out, act, here);
    }
    out.push_str("</Response>");
    out
}

fn verb(out: &mut String, act: &LineAct, here: &str) {
    // Writing into a text cannot fail.
    let _ = match act {
        LineAct::Say { text, locale } => write!(out, "{}", say(text, *locale)),
        LineAct::Listen { text, locale, after, keys, speech, seconds } => {
            let input = if *speech { "dtmf speech" } else { "dtmf" };
            let keys = keys.map_or_else(String::new, |keys| format!(" numDigits=\"{keys}\""));
            let speech = if *speech { " speechTimeout=\"auto\"" } else { "" };
            let (language, action, said) = (language(*locale), action(here, after), say(text, *locale));
            write!(
                out,
                "<Gather input=\"{input}\" language=\"{language}\" timeout=\"{seconds}\"{keys}{speech} method=\"POST\" action=\"{action}\">{said}</Gather>"
            )
        }
        LineAct::Connect { to, caller, seconds, after } => {
            let kind = if to.starts_with("sip:") { "Sip" } else { "Number" };
            let (caller, to, action) = (escaped(caller), escaped(to), action(here, after));
            write!(
                out,
                "<Dial callerId=\"{caller}\" timeout=\"{seconds}\" answerOnBridge=\"true\" method=\"POST\" action=\"{action}\"><{kind}>{to}</{kind}></Dial>"
            )
        }
        LineAct::Record { seconds, after } => {
            let action = action(here, after);
            write!(
                out,
                "<Record maxLength=\"{seconds}\" playBeep=\"true\" finishOnKey=\"#\" method=\"POST\" action=\"{action}\" recordingStatusCallback=\"{action}\" recordingStatusCallbackMethod=\"POST\"/>"
            )
        }
        LineAct::Pause { seconds } => write!(out, "<Pause length=\"{seconds}\"/>"),
        LineAct::Again { after } => write!(out, "<Redirect method=\"POST\">{}</Redirect>", action(here, after)),
        LineAct::HangUp => write!(out, "<Hangup/>"),
    };
}

fn say(text: &str, locale: Locale) -> String {
    if text.is_empty() { String::new() } else { format!("<Say language=\"{}\">{}</Say>", language(locale), escaped(text)) }
}

fn language(locale: Locale) -> &'static str {
    match locale {
        Locale::Es => "es-ES",
        Locale::En => "en-GB",
    }
}

/// Our door, with what we are asked after.
fn action(here: &str, after: &str) -> String {
    let joint = if here.contains('?') { '&' } else { '?' };
    escaped(&format!("{here}{joint}after={after}"))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // No XML document may hold these.
            control if control.is_control() && !matches!(control, '\n' | '\t') => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://marca.test/calls/01A?call=01C";

    fn inside(acts: &[LineAct]) -> String {
        let whole = render(acts, HERE);
        let inside =
            whole.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>").and_then(|rest| rest.strip_suffix("</Response>"));
        inside.expect("a document").to_owned()
    }

    #[test]
    fn words_are_said_in_their_language_and_cannot_become_verbs() {
        let say = LineAct::Say { text: "Hola, <Dial>&\u{0}\"Ana\"".into(), locale: Locale::Es };
        let expected = "<Say language=\"es-ES\">Hola, &lt;Dial&gt;&amp;&quot;Ana&quot;</Say><Hangup/>";
        assert_eq!(inside(&[say, LineAct::HangUp]), expected);
    }

    #[test]
    fn a_menu_listens_for_keys_and_words_and_asks_us_again_in_silence() {
        let listen =
            LineAct::Listen { text: "Press 1".into(), locale: Locale::En, after: "menu".into(), keys: Some(1), speech: true, seconds: 5 };
        let expected = "<Gather input=\"dtmf speech\" language=\"en-GB\" timeout=\"5\" numDigits=\"1\" speechTimeout=\"auto\" method=\"POST\" \
                        action=\"https://marca.test/calls/01A?call=01C&amp;after=menu\"><Say language=\"en-GB\">Press 1</Say></Gather>\
                        <Redirect method=\"POST\">https://marca.test/calls/01A?call=01C&amp;after=menu</Redirect>";
        assert_eq!(inside(&[listen, LineAct::Again { after: "menu".into() }]), expected);
    }

    #[test]
    fn an_agent_is_rung_by_number_or_by_sip() {
        let connect = |to: &str| LineAct::Connect { to: to.into(), caller: "+34910000002".into(), seconds: 25, after: "bridge" };
        let expected = "<Dial callerId=\"+34910000002\" timeout=\"25\" answerOnBridge=\"true\" method=\"POST\" \
                        action=\"https://marca.test/calls/01A?call=01C&amp;after=bridge\"><Number>+34600999888</Number></Dial>";
        assert_eq!(inside(&[connect("+34600999888")]), expected);
        assert!(inside(&[connect("sip:iker@marca.test")]).ends_with("<Sip>sip:iker@marca.test</Sip></Dial>"));
    }

    #[test]
    fn a_message_is_recorded_after_a_tone() {
        let seen = inside(&[LineAct::Record { seconds: 180, after: "voicemail" }, LineAct::Pause { seconds: 3 }]);
        assert!(seen.starts_with("<Record maxLength=\"180\" playBeep=\"true\""), "{seen}");
        assert!(seen.ends_with("<Pause length=\"3\"/>"), "{seen}");
    }
}
