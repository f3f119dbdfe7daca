//! What each provider's webhooks say: the recorded payloads beside its adapter, with exactly the events they give.

use channels::{Channel, KINDS, RawWebhook, adapter};
use conversations::InboundEvent;
use kernel::Timestamp;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(Deserialize)]
struct Case {
    about: String,
    payload: Value,
    events: Vec<InboundEvent>,
}

fn parse(channel: &dyn Channel, body: impl Into<bytes::Bytes>) -> Vec<InboundEvent> {
    channel.parse(&RawWebhook::of(body, Timestamp::from_rfc3339("2025-11-03T10:00:00Z").expect("a time")))
}

/// Where the recorded payloads of a kind are.
fn folder(kind: kernel::Channel) -> PathBuf {
    use kernel::Channel::{Instagram, Messenger};
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    if matches!(kind, Instagram | Messenger) {
        sources.join("meta/fixtures").join(kind.as_str())
    } else {
        sources.join(kind.as_str()).join("fixtures")
    }
}

/// How many cases the folder of a kind holds, each of which gave its events.
fn replayed(kind: kernel::Channel) -> usize {
    let mut cases = 0;
    for entry in fs::read_dir(folder(kind)).expect("the fixtures") {
        let name = entry.expect("an entry").path();
        let text = fs::read(&name).expect("a fixture");
        let all: Vec<Case> = serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        for case in all {
            let events = parse(adapter(kind).expect("an adapter"), case.payload.to_string());
            let as_json = |events: &[InboundEvent]| serde_json::to_value(events).expect("events are data");
            assert_eq!(as_json(&events), as_json(&case.events), "{name:?}: {}", case.about);
            cases += 1;
        }
    }
    cases
}

#[test]
fn every_fixture_gives_exactly_its_events() {
    use kernel::Channel::{Instagram, Messenger, Telegram, X};
    assert_eq!([Telegram, Messenger, Instagram, X].map(replayed), [22, 15, 7, 9]);
}

proptest! {
    #[test]
    fn any_bytes_at_all_are_answered_with_an_event(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for (kind, channel) in KINDS {
            prop_assert!(!parse(*channel, bytes.clone()).is_empty(), "{kind}");
        }
    }

    #[test]
    fn a_fixture_with_a_hole_is_answered_with_an_event(kind in 0..4usize, file in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>()) {
        let kind = [kernel::Channel::Telegram, kernel::Channel::Messenger, kernel::Channel::Instagram, kernel::Channel::X][kind];
        let names: Vec<_> = fs::read_dir(folder(kind)).expect("the fixtures").map(|entry| entry.expect("an entry").path()).collect();
        let all: Vec<Case> = serde_json::from_slice(&fs::read(&names[file.index(names.len())]).expect("a fixture")).expect("cases");
        for case in &all {
            // One field of it is something else.
            let text = case.payload.to_string();
            let colons: Vec<usize> = text.match_indices("\":").map(|(at, _)| at + 2).collect();
            let at = colons[cut.index(colons.len())];
            let holed = format!("{}null,\"_\":{}", &text[..at], &text[at..]);
            prop_assert!(!parse(adapter(kind).expect("an adapter"), holed).is_empty());
        }
    }
}
