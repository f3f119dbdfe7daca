use super::super::{Cap, Context, QuietHours, Shut, zone};
use super::*;
use kernel::Locale;
use proptest::prelude::*;
use std::time::Duration;

const DAY: u64 = 24 * 3600;

fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).expect("a moment")
}
fn way(channel: Channel, shut: Option<Shut>) -> Way {
    Way { channel, address: format!("ana@{channel}"), shut }
}

/// Ana at noon in Madrid: prefers WhatsApp, then e-mail; allowed both for marketing.
fn ana(purpose: Purpose) -> Facts {
    Facts {
        now: at("2026-06-01T10:00:00Z"),
        purpose,
        urgency: Urgency::Normal,
        preferred: vec![Channel::Whatsapp, Channel::Email],
        connected: vec![Channel::Email, Channel::Whatsapp],
        ways: vec![way(Channel::Email, None), way(Channel::Whatsapp, None)],
        answers: vec![(Channel::Email, ConsentState::Granted), (Channel::Whatsapp, ConsentState::Granted)],
        quiet: QuietHours::default(),
        zone: zone("Europe/Madrid"),
        sent: Vec::new(),
        cap: Cap::default(),
        pauses: Vec::new(),
    }
}
fn send(channel: Channel) -> Contact {
    Contact::Send { channel, address: format!("ana@{channel}") }
}
fn codes(facts: &Facts) -> Vec<String> {
    decide(facts).codes()
}

#[test]
fn the_first_preferred_open_channel_is_taken_and_the_others_say_why_not() {
    let mut facts = ana(Purpose::Marketing);
    assert_eq!(decide(&facts).contact, send(Channel::Whatsapp));
    assert_eq!(codes(&facts), ["whatsapp:preferred", "email:less_preferred"]);
    facts.ways[1].shut = Some(Shut::Window);
    assert_eq!(decide(&facts).contact, send(Channel::Email));
    assert_eq!(codes(&facts), ["whatsapp:window_closed", "email:preferred"]);
    facts.preferred = vec![Channel::Phone, Channel::Sms];
    assert_eq!(codes(&facts), ["phone:by_voice", "sms:not_connected", "email:reachable", "whatsapp:window_closed"]);
    facts.ways.clear();
    facts.connected.push(Channel::Sms);
    assert_eq!((decide(&facts).contact, codes(&facts)), (Contact::Hold, vec!["phone:by_voice".into(), "sms:no_address".to_owned()]));
}

#[test]
fn marketing_needs_a_yes_and_service_only_the_absence_of_a_no() {
    let mut facts = ana(Purpose::Marketing);
    facts.answers = vec![(Channel::Whatsapp, ConsentState::Refused)];
    assert_eq!((decide(&facts).contact, codes(&facts)), (Contact::Hold, vec!["whatsapp:refused".into(), "email:never_asked".to_owned()]));
    facts.purpose = Purpose::Service;
    assert_eq!(
        (decide(&facts).contact, codes(&facts)),
        (send(Channel::Email), vec!["whatsapp:refused".into(), "email:preferred".to_owned()])
    );
}

#[test]
fn at_night_everything_waits_but_what_is_urgent_about_ones_own_order() {
    let mut facts = ana(Purpose::Service);
    facts.now = at("2026-06-01T21:30:00Z");
    let decision = decide(&facts);
    assert_eq!(decision.contact, Contact::Wait { until: at("2026-06-02T06:00:00Z") });
    let says = decision.reasons[0].why.text(Locale::Es, &decision.zone);
    assert_eq!(says, "son sus horas de descanso, hasta las 08:00");
    assert_eq!(decision.reasons[0].why.text(Locale::En, &decision.zone), "these are their quiet hours, until 08:00");
    facts.urgency = Urgency::Urgent;
    assert_eq!(decide(&facts).contact, send(Channel::Whatsapp));
    facts.purpose = Purpose::Marketing;
    assert_eq!(decide(&facts).contact, Contact::Wait { until: at("2026-06-02T06:00:00Z") }, "nobody's offer is urgent");
}

#[test]
fn one_cap_over_all_channels_and_then_the_night() {
    let mut facts = ana(Purpose::Marketing);
    facts.sent = [6, 3, 1].map(|days| facts.now.minus(Duration::from_secs(days * DAY))).into();
    let decision = decide(&facts);
    assert_eq!(decision.contact, Contact::Wait { until: facts.now.plus(Duration::from_secs(DAY)) });
    assert_eq!(decision.codes(), ["whatsapp:frequency_cap", "email:frequency_cap"]);
    assert_eq!(decision.reasons[0].why.text(Locale::Es, "UTC"), "ya ha recibido 3 mensajes en 7 días");
    facts.sent[0] = at("2026-05-26T20:00:00Z");
    assert_eq!(decide(&facts).contact, Contact::Wait { until: at("2026-06-03T06:00:00Z") }, "free at 22:00 of the 2nd, so on the 3rd");
    facts.purpose = Purpose::Service;
    assert_eq!(decide(&facts).contact, send(Channel::Whatsapp), "service does not count");
    facts.purpose = Purpose::Reviews;
    facts.cap.most = 0;
    assert_eq!(decide(&facts).contact, Contact::Hold);
}

#[test]
fn a_complaint_silences_offers_and_not_the_parcel() {
    let mut facts = ana(Purpose::Marketing);
    facts.pauses = vec![Context::Complaint, Context::Debt];
    assert_eq!(decide(&facts).contact, Contact::Hold);
    assert_eq!(codes(&facts), ["whatsapp:open_complaint", "whatsapp:debt_case", "email:open_complaint", "email:debt_case"]);
    facts.purpose = Purpose::Service;
    assert_eq!(decide(&facts).contact, send(Channel::Whatsapp));
}

const CHANNELS: [Channel; 5] = [Channel::Email, Channel::Whatsapp, Channel::Sms, Channel::Phone, Channel::Webchat];

prop_compose! {
    fn anybody()(
        seconds in 1_770_000_000i64..1_790_000_000,
        purpose in 0usize..4, urgent in any::<bool>(),
        preferred in proptest::collection::vec(0usize..5, 0..5),
        connected in proptest::collection::vec(0usize..5, 0..5),
        ways in proptest::collection::vec((0usize..5, 0usize..5), 0..6),
        answers in proptest::collection::vec((0usize..5, any::<bool>()), 0..5),
        hours in (0u16..1440, 0u16..1440), place in 0usize..3,
        sent in proptest::collection::vec(0u64..(9 * DAY), 0..6), most in 0u32..4, days in 1u32..8, pauses in 0usize..4,
    ) -> Facts {
        let now = Timestamp::from_seconds(seconds);
        let shuts = [None, Some(Shut::Window), None, Some(Shut::OptedOut), Some(Shut::Unproven)];
        Facts {
            now,
            purpose: Purpose::ALL[purpose],
            urgency: if urgent { Urgency::Urgent } else { Urgency::Normal },
            preferred: preferred.into_iter().map(|n| CHANNELS[n]).collect(),
            connected: connected.into_iter().map(|n| CHANNELS[n]).collect(),
            ways: ways.into_iter().map(|(channel, shut)| way(CHANNELS[channel], shuts[shut])).collect(),
            answers: answers.into_iter().map(|(n, yes)| (CHANNELS[n], if yes { ConsentState::Granted } else { ConsentState::Refused })).collect(),
            quiet: QuietHours::new(hours.0, hours.1).expect("hours"),
            zone: zone(["Europe/Madrid", "America/Santiago", "Atlantic/Canary"][place]),
            sent: sent.into_iter().map(|ago| now.minus(Duration::from_secs(ago))).collect(),
            cap: Cap { most, days },
            pauses: [Context::Complaint, Context::Dispute, Context::Debt].into_iter().take(pauses.saturating_sub(1)).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn nothing_is_sent_that_may_not_be_and_every_channel_says_why(facts in anybody()) {
        let decision = decide(&facts);
        let unasked = facts.purpose != Purpose::Service;
        match &decision.contact {
            Contact::Send { channel, address } => {
                prop_assert!(facts.ways.iter().any(|way| way.channel == *channel && way.address == *address && way.shut.is_none()));
                let answer = facts.answers.iter().find(|(answered, _)| answered == channel).map(|(_, state)| *state);
                prop_assert_ne!(answer, Some(ConsentState::Refused));
                if unasked {
                    prop_assert_eq!(answer, Some(ConsentState::Granted));
                    prop_assert!(facts.pauses.is_empty());
                    let lately = facts.sent.iter().filter(|at| **at > facts.now.minus(facts.cap.span())).count();
                    prop_assert!(lately < facts.cap.most as usize);
                }
                if unasked || facts.urgency == Urgency::Normal {
                    prop_assert_eq!(facts.quiet.quiet_until(facts.now, &facts.zone), None);
                }
                prop_assert_eq!(decision.reasons.iter().filter(|reason| reason.verdict == Verdict::Chosen).count(), 1);
            }
            Contact::Wait { until } => {
                prop_assert!(*until > facts.now);
                let then = decide(&Facts { now: *until, ..facts.clone() });
                let sends = matches!(then.contact, Contact::Send { .. });
                prop_assert!(sends, "{:?}", then);
            }
            Contact::Hold => prop_assert!(decision.reasons.iter().all(|reason| reason.verdict == Verdict::Closed)),
        }
        for channel in facts.preferred.iter().chain(facts.ways.iter().map(|way| &way.channel)) {
            prop_assert!(decision.of(*channel).next().is_some());
        }
        for reason in &decision.reasons {
            prop_assert!([Locale::Es, Locale::En].iter().all(|locale| !reason.why.text(*locale, &decision.zone).is_empty()));
        }
    }
}
