//! What comes in is written by others, and some of them mean harm: every recorded and published payload, spoilt in many ways, is answered
//! with events, quickly, and never ends the program. What was tried is a function of a number, which a failure tells.

use channels::{KINDS, RawWebhook};
use kernel::{Channel, Timestamp};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

/// Spoilt payloads of each kind of channel in an ordinary run.
const TRIES: u64 = 400;
/// Time for each kind when everything is tried that time allows.
const BOX: Duration = Duration::from_secs(6);
/// What one payload may take, on a slow machine as well.
const PATIENCE: Duration = Duration::from_secs(2);

/// Chance that can be repeated (xorshift64*).
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Values that no schema expects.
fn nonsense(chance: &mut Chance) -> Value {
    match chance.below(14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(i64::MAX),
        4 => json!(u64::MAX),
        5 => json!(1e308),
        6 => json!(i64::MIN),
        7 => json!(""),
        8 => json!("\u{0}\u{202e}\u{feff}💥"),
        9 => json!("9".repeat(400)),
        10 => json!("x".repeat(100_000)),
        11 => json!([]),
        12 => json!({}),
        _ => (0..100).fold(json!("deep"), |inner, _| json!([{ "a": inner }])),
    }
}

/// One place within a value is something else.
fn replace(value: &mut Value, chance: &mut Chance) {
    let here = chance.below(4) == 0;
    match value {
        Value::Array(items) if !here && !items.is_empty() => {
            let at = chance.below(items.len());
            match chance.below(5) {
                0 => {
                    items.remove(at);
                }
                1 => {
                    let again = items[at].clone();
                    items.extend(std::iter::repeat_n(again, 50));
                }
                _ => replace(&mut items[at], chance),
            }
        }
        Value::Object(fields) if !here && !fields.is_empty() => {
            let name = fields.keys().nth(chance.below(fields.len())).cloned().unwrap_or_default();
            match chance.below(6) {
                0 => {
                    fields.remove(&name);
                }
                _ => replace(fields.entry(name).or_insert(Value::Null), chance),
            }
        }
        other => *other = nonsense(chance),
    }
}

/// The payload, spoilt in its structure where it has one, or in its bytes.
fn spoilt(seed: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    if chance.below(2) == 0
        && let Ok(mut json) = serde_json::from_slice::<Value>(seed)
    {
        for _ in 0..=chance.below(4) {
            replace(&mut json, chance);
        }
        bytes = json.to_string().into_bytes();
    }
    for _ in 0..chance.below(4) {
        let at = chance.below(bytes.len());
        match chance.below(6) {
            0 => bytes.truncate(at),
            1 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
            2 => {
                let piece = bytes[at..(at + chance.below(200)).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece.repeat(20));
            }
            3 => drop(bytes.splice(at..at, (0..chance.below(40)).map(|_| chance_byte(at)).collect::<Vec<_>>())),
            4 => drop(bytes.splice(at..at, b"[".repeat(20_000))),
            _ => drop(bytes.splice(at..at, *b"\r\n\r\n--=_%%25%00&&;\"\\")),
        }
    }
    bytes
}

fn chance_byte(at: usize) -> u8 {
    (at.wrapping_mul(31) % 256) as u8
}

/// The recorded payloads in a folder of an adapter: each is told under `payload`.
fn recorded(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
    let files = fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("an entry").path());
    files
        .flat_map(|file| {
            let cases: Value = serde_json::from_slice(&fs::read(file).expect("a fixture")).expect("cases");
            let cases = if let Value::Array(cases) = cases { cases } else { vec![cases] };
            cases.into_iter().map(|case| case["payload"].to_string().into_bytes())
        })
        .collect()
}

const FORM: &[u8] = b"ToCountry=ES&NumMedia=1&SmsSid=SM1&SmsStatus=received&Body=Hola+%F0%9F%91%8B&To=%2B34910000001&MessageSid=SM1&AccountSid=AC1&From=%2B34612345678&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fa&MediaContentType0=image%2Fpng&MessageStatus=delivered&ErrorCode=30005";
const MAIL: &[u8] = b"From: =?utf-8?Q?Ana_Ruiz?= <ana@cliente.test>\r\nTo: hola@tienda.test\r\nSubject: =?utf-8?B?wr9Ew7NuZGU/?=\r\nMessage-ID: <1@cliente.test>\r\nReferences: <0@tienda.test>\r\nDate: Mon, 3 Nov 2025 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=BFD=F3nde?\r\n> antes\r\n--c\r\nContent-Type: text/html\r\n\r\n<p onclick=x>Hola <img src=cid:1><blockquote>antes\r\n--c--\r\n--b\r\nContent-Type: image/png; name*=utf-8''a%C3%B1o.png\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
const BOUNCE: &[u8] = b"From: MAILER-DAEMON@mx.test\r\nTo: hola@tienda.test\r\nSubject: Undelivered\r\nMessage-ID: <2@mx.test>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; ana@cliente.test\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <m1@tienda.test>\r\nSubject: x\r\n\r\nHola\r\n--b--\r\n";

/// What each kind begins from.
fn seeds(kind: Channel) -> Vec<Vec<u8>> {
    match kind {
        Channel::Email => vec![MAIL.to_vec(), BOUNCE.to_vec()],
        Channel::Sms => vec![FORM.to_vec()],
        // Push services call nobody.
        Channel::Push => vec![b"{}".to_vec()],
        Channel::Webchat => [
            json!({ "type": "message", "visitor": "v1", "id": "1", "text": "Hola", "reply_to": "m1" }),
            json!({ "type": "choice", "visitor": "v1", "id": "2", "choice": "a", "title": "A" }),
            json!({ "type": "read", "visitor": "v1", "message": "m1" }),
        ]
        .map(|event| event.to_string().into_bytes())
        .to_vec(),
        Channel::Messenger | Channel::Instagram => recorded(&format!("meta/fixtures/{kind}")),
        kind => recorded(&format!("{kind}/fixtures")),
    }
}

/// One payload: how many events it gives. Panics, with what would repeat it, when there are none or it takes too long.
fn answered((kind, channel): (Channel, &dyn channels::Channel), seeds: &[Vec<u8>], seed: u64) -> usize {
    let mut chance = Chance::new(seed);
    let body = spoilt(&seeds[chance.below(seeds.len())], &mut chance);
    let size = body.len();
    let raw = RawWebhook::of(body, Timestamp::from_rfc3339("2025-11-03T10:00:00Z").expect("a time"));
    let begun = Instant::now();
    let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (channel.parse(&raw), channel.delivery_key(&raw))));
    let Ok((events, key)) = told else { panic!("{kind}: payload {seed} ended the parser") };
    assert!(begun.elapsed() < PATIENCE, "{kind}: payload {seed} of {size} bytes took {:?}", begun.elapsed());
    assert!(!events.is_empty() && !key.is_empty(), "{kind}: payload {seed} was answered with nothing");
    // Every event can be kept and told again.
    let kept = serde_json::to_vec(&events).unwrap_or_else(|error| panic!("{kind}: payload {seed}: {error}"));
    assert!(kept.len() < 4 * size + 100_000, "{kind}: payload {seed} of {size} bytes grew to {}", kept.len());
    events.len()
}

#[test]
fn spoilt_payloads_are_answered_and_end_nothing() {
    for (kind, channel) in KINDS {
        let seeds = seeds(*kind);
        assert!((0..TRIES).map(|seed| answered((*kind, *channel), &seeds, seed)).sum::<usize>() >= TRIES as usize, "{kind}");
    }
}

/// Files below a folder with one of these endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .flat_map(|path| match path.is_dir() {
            true => files(&path, endings),
            false => Some(path).filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending))).into_iter().collect(),
        })
        .collect();
    found.sort();
    found.truncate(2_000);
    found
}

#[test]
#[ignore = "needs HILO_SHARED"]
fn conformance_spoilt_payloads_of_others_end_nothing_within_the_time_that_there_is() {
    let shared = PathBuf::from(env::var("HILO_SHARED").expect("HILO_SHARED names the folder with the published contracts"));
    let begun = Timestamp::from_rfc3339("2025-11-03T10:00:00Z").expect("a time");
    let first = env::var("HILO_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(begun.as_millis());
    for (kind, channel) in KINDS {
        let mut seeds = seeds(*kind);
        let published = match kind {
            Channel::Email => files(&shared.join("data/email"), &[".eml", ".txt", ".mbox"]),
            Channel::Messenger | Channel::Instagram => files(&shared.join("contracts/meta-social"), &["-events.json"]),
            _ => Vec::new(),
        };
        seeds.extend(published.iter().filter_map(|file| fs::read(file).ok()).filter(|body| body.len() < 400_000));
        let (end, mut tried) = (Instant::now() + BOX, 0);
        while Instant::now() < end {
            answered((*kind, *channel), &seeds, first + tried);
            tried += 1;
        }
        println!("{kind}: {tried} spoilt payloads from {} whole ones, from number {first}", seeds.len());
        assert!(tried > 100, "{kind}: {tried}");
    }
}
