//! Reading TwiML as Twilio does, as far as we use it.

/// One verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verb {
    Say(String),
    Gather { said: String, action: String },
    Dial { to: String, action: String },
    Record { action: String },
    Pause,
    Redirect(String),
    Hangup,
}

/// The verbs of a document, in order.
pub(super) fn read(document: &str) -> Vec<Verb> {
    let Some((_, mut rest)) = document.split_once("<Response>") else { return Vec::new() };
    let mut verbs = Vec::new();
    while let Some(start) = rest.find('<') {
        let tail = &rest[start + 1..];
        let Some((head, after)) = tail.split_once('>') else { break };
        let name = head.split([' ', '/']).next().unwrap_or_default();
        if name.is_empty() {
            break;
        }
        let (inside, next) = if head.ends_with('/') { ("", after) } else { after.split_once(&format!("</{name}>")).unwrap_or(("", "")) };
        let action = attribute(head, "action");
        verbs.extend(match name {
            "Say" => Some(Verb::Say(plain(inside))),
            "Gather" => Some(Verb::Gather { said: text(inside), action }),
            "Dial" => Some(Verb::Dial { to: text(inside), action }),
            "Record" => Some(Verb::Record { action }),
            "Pause" => Some(Verb::Pause),
            "Redirect" => Some(Verb::Redirect(plain(inside))),
            "Hangup" => Some(Verb::Hangup),
            _ => None,
        });
        rest = next;
    }
    verbs
}

/// What stands within the one element inside.
fn text(inside: &str) -> String {
    inside.split_once('>').and_then(|(_, rest)| rest.split_once("</")).map_or_else(String::new, |(text, _)| plain(text))
}

fn attribute(head: &str, name: &str) -> String {
    head.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"')).map_or_else(String::new, |(value, _)| plain(value))
}

fn plain(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use conversations::LineAct;
    use kernel::Locale;

    #[test]
    fn what_we_render_is_what_twilio_reads() {
        let say = |text: &str| LineAct::Say { text: text.into(), locale: Locale::Es };
        let listen =
            LineAct::Listen {
                text: "¿Sí & no?".into(), locale: Locale::Es, after: "menu".into(), keys: Some(1), speech: true, seconds: 5
            };
        let connect = LineAct::Connect { to: "+34600999888".into(), caller: "+34910000002".into(), seconds: 25, after: "bridge" };
        let acts = [say("Hola"), listen, LineAct::Again { after: "menu".into() }, connect, LineAct::HangUp];
        let at = |after: &str| format!("https://m.test/calls/1?call=2&after={after}");
        let expected = [
            Verb::Say("Hola".into()),
            Verb::Gather { said: "¿Sí & no?".into(), action: at("menu") },
            Verb::Redirect(at("menu")),
            Verb::Dial { to: "+34600999888".into(), action: at("bridge") },
            Verb::Hangup,
        ];
        assert_eq!(read(&crate::twilio::twiml(&acts, "https://m.test/calls/1?call=2")), expected);
    }
}
