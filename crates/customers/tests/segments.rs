//! Segments: membership equals what a condition says, whatever happened and in whatever order.
//!
//! Long because: the naive reading of the log that membership is compared with stands beside the property that uses it.

mod common;

use common::*;
use customers::companies::{BuyerRole, CreateCompany, Terms, create_company, remove_buyer, set_buyer};
use customers::segments::*;
use customers::*;
use kernel::testing::{World, on_both, on_sqlite};
use kernel::{Actor, Channel, Currency, Event, Locale, Logged, Money, Problem, ProfileId, ReadTx, Role, StaffId, Timestamp};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn merchandiser() -> Actor {
    Actor::staff(StaffId::from_parts(1, 2), &[Role::Merchandiser])
}
fn make(world: &World, name: &str, condition: Condition) -> Result<Segment, SegmentError> {
    let cmd = CreateSegment { name: name.into(), condition, key: name.into() };
    world.db().write("make", move |tx| create_segment(tx, &merchandiser(), cmd.clone())).wait()
}
fn settle(world: &World) {
    world.run_reactions(REACTIONS);
    world.run_timers(TIMERS);
    let failed = read(world, |tx| {
        let why = kernel::sql!("SELECT why FROM timer WHERE why IS NOT NULL");
        tx.query(why, kernel::params![], |row| row.get::<String>(0)).expect("read")
    });
    assert_eq!((failed, read(world, |tx| kernel::reactions::parked(tx).expect("read"))), (Vec::new(), 0));
}
fn ordered(world: &World, profile: ProfileId, cents: i64) {
    happened(world, "order.placed", profile, json!({ "total": Money::eur(cents) }));
}
fn happened(world: &World, kind: &'static str, profile: ProfileId, body: serde_json::Value) {
    write(world, move |tx| tx.announce(Event::new(kind, "x").profile(profile).channel(Channel::Web).body(&body)).expect("announced"));
}
fn inside(world: &World, segment: SegmentId) -> BTreeSet<PersonId> {
    read(world, move |tx| {
        let mut found = BTreeSet::new();
        let mut cursor: Option<String> = None;
        loop {
            let page = members(tx, &merchandiser(), segment, cursor.as_deref(), 2).expect("listed");
            found.extend(page.items.into_iter().map(|m| m.person));
            cursor = page.next;
            if cursor.is_none() {
                let size = customers::segments::segment(tx, &merchandiser(), segment).expect("there").size;
                assert_eq!(size, found.len() as i64);
                return found;
            }
        }
    })
}
fn bought(bound: Bound, times: u32, days: Option<u32>) -> Condition {
    Condition::Happened { kind: FactKind::OrderPlaced, bound, times, days, channel: None, place: None }
}
fn lapsed() -> Condition {
    Condition::All { of: vec![bought(Bound::AtLeast, 1, None), bought(Bound::AtMost, 0, Some(90))] }
}
fn people_of(profiles: &[ProfileId]) -> BTreeSet<PersonId> {
    profiles.iter().map(|p| PersonId::from(*p)).collect()
}

#[test]
fn somebody_lapses_by_time_alone_and_comes_back_by_an_order() {
    on_both(&[MIGRATIONS], |world| {
        let (ana, luis) = (somebody(world, &["email:ana@x.es"], "Ana"), somebody(world, &["email:luis@x.es"], "Luis"));
        ordered(world, ana, 1000);
        settle(world);
        let lapsed = make(world, "Se van", lapsed()).expect("made").id;
        settle(world);
        assert_eq!(inside(world, lapsed), people_of(&[]));
        world.clock().advance(DAY * 90 - Duration::from_secs(60));
        settle(world);
        assert_eq!(inside(world, lapsed), people_of(&[]));
        world.clock().advance(Duration::from_secs(60));
        settle(world);
        assert_eq!(inside(world, lapsed), people_of(&[ana]));
        ordered(world, ana, 1000);
        ordered(world, luis, 1000);
        settle(world);
        assert_eq!(inside(world, lapsed), people_of(&[]));
        let crossed: Vec<_> = world.log().into_iter().filter(|e| e.subject == lapsed.to_string() && e.kind != "segment.saved").collect();
        assert_eq!(crossed.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(), ["segment.entered", "segment.left"]);
        let why = |e: &Logged| e.read::<events::Crossed>().expect("a body").why;
        assert_eq!(crossed.iter().map(why).collect::<Vec<_>>(), [segments::Why::Time, segments::Why::Event]);
        assert_eq!(crossed[0].profile, Some(ana));
    });
}

#[test]
fn a_join_moves_membership_and_its_undoing_restores_it() {
    on_both(&[MIGRATIONS], |world| {
        let (web, till) = (somebody(world, &["email:ana@x.es"], "Ana"), somebody(world, &["phone:+34600111222"], "Ana"));
        let often = make(world, "A menudo", bought(Bound::AtLeast, 2, None)).expect("made").id;
        let both = make(
            world,
            "Correo y telefono",
            Condition::All {
                of: vec![
                    Condition::HasIdentifier { kind: IdentifierKind::Email },
                    Condition::HasIdentifier { kind: IdentifierKind::Phone },
                ],
            },
        )
        .expect("made")
        .id;
        ordered(world, web, 1000);
        ordered(world, till, 1000);
        settle(world);
        assert_eq!((inside(world, often), inside(world, both)), (people_of(&[]), people_of(&[])));
        let claim = joining(world, web, till, 90, "j").expect("joined");
        settle(world);
        assert_eq!((inside(world, often), inside(world, both)), (people_of(&[web]), people_of(&[web])));
        ordered(world, till, 1000);
        ordered(world, till, 1000);
        undoing(world, claim).expect("undone");
        settle(world);
        assert_eq!((inside(world, often), inside(world, both)), (people_of(&[till]), people_of(&[])));
    });
}

#[test]
fn a_changed_condition_is_looked_at_for_everybody_and_a_deleted_segment_leaves_nothing() {
    on_both(&[MIGRATIONS], |world| {
        let people: Vec<ProfileId> = (0..450).map(|n| somebody(world, &[&format!("email:p{n}@x.es")], "P")).collect();
        let odd: Vec<ProfileId> = people.iter().copied().step_by(50).collect();
        let chosen = odd.clone();
        write(world, move |tx| {
            for profile in &chosen {
                let change = ProfileChange { postcode: Some("41 001".into()), ..ProfileChange::default() };
                update_profile(tx, &agent(), *profile, change).expect("changed");
            }
        });
        let area = Condition::PostcodeArea { prefixes: vec!["41".into()] };
        let made = make(world, "Sevilla", area.clone()).expect("made");
        assert_eq!(made.state, SegmentState::Building);
        settle(world);
        assert_eq!(inside(world, made.id), people_of(&odd));
        let id = made.id;
        let change = SegmentChange { condition: Some(Condition::Not { of: Box::new(area) }), name: None };
        let changed =
            world.db().write("change", move |tx| update_segment(tx, &merchandiser(), id, change.clone())).wait().expect("changed");
        assert_eq!((changed.version, changed.state), (2, SegmentState::Building));
        settle(world);
        let rest: Vec<ProfileId> = people.iter().copied().filter(|p| !odd.contains(p)).collect();
        assert_eq!(inside(world, id), people_of(&rest));
        let ready = read(world, move |tx| customers::segments::segment(tx, &merchandiser(), id).expect("there").state);
        assert_eq!(ready, SegmentState::Ready);
        assert!(world.db().write("delete", move |tx| delete_segment(tx, &merchandiser(), id)).wait().expect("deleted"));
        settle(world);
        let gone = read(world, move |tx| members(tx, &merchandiser(), id, None, 10).expect("listed").items.len());
        assert_eq!(gone, 0);
        make(world, "Sevilla", bought(Bound::AtLeast, 1, None)).expect("its name is free again");
    });
}

#[test]
fn refusals_change_nothing() {
    on_both(&[MIGRATIONS], |world| {
        make(world, "Sevilla", bought(Bound::AtLeast, 1, None)).expect("made");
        let before = world.log().len();
        assert_eq!(make(world, " SEVILLA ", bought(Bound::AtLeast, 1, None)).expect_err("taken").code(), "customers.taken_name");
        assert_eq!(make(world, " . ", bought(Bound::AtLeast, 1, None)).expect_err("nameless").code(), "customers.segment_without_name");
        assert_eq!(make(world, "X", bought(Bound::AtLeast, 0, None)).expect_err("senseless").code(), "customers.invalid_condition");
        let cmd = CreateSegment { name: "Y".into(), condition: lapsed(), key: "y".into() };
        let denied = world.db().write("make", move |tx| create_segment(tx, &agent(), cmd.clone())).wait();
        assert_eq!(denied.expect_err("an agent").code(), "denied");
        assert_eq!(world.log().len(), before);
        let counted = read(world, |tx| count(tx, &merchandiser(), Condition::All { of: vec![] }, 10).expect("counted"));
        assert_eq!(counted, Counted { inside: 0, looked_at: 0, is_everybody: true });
    });
}

#[test]
fn eight_writers_and_three_followers_lose_no_membership() {
    on_both(&[MIGRATIONS], |world| {
        let people: Vec<ProfileId> = (0..6).map(|n| somebody(world, &[&format!("email:p{n}@x.es")], "P")).collect();
        let often = make(world, "Often", bought(Bound::AtLeast, 10, None)).expect("made").id;
        let spent = Condition::Spent { bound: Bound::AtLeast, amount: 16_000, currency: Currency::EUR, days: Some(30) };
        let big = make(world, "Big", spent).expect("made").id;
        std::thread::scope(|scope| {
            for writer in 0..8usize {
                let people = &people;
                scope.spawn(move || {
                    (0..people.len()).for_each(|n| (0..=n % 3).for_each(|_| ordered(world, people[(n + writer) % 6], 1000)))
                });
            }
            for _ in 0..3 {
                scope.spawn(|| (0..20).for_each(|_| assert!(kernel::settle(world.db(), REACTIONS, TIMERS).is_ok())));
            }
        });
        settle(world);
        let orders = |p: &ProfileId| world.log().iter().filter(|e| e.kind == "order.placed" && e.profile == Some(*p)).count();
        let at_least = |n: usize| people_of(&people.iter().copied().filter(|p| orders(p) >= n).collect::<Vec<_>>());
        assert_eq!(people.iter().map(orders).sum::<usize>(), 8 * 12);
        assert_eq!((inside(world, often), inside(world, big)), (at_least(10), at_least(16)));
    });
}

/// The condition worked out by plain reading of the whole log: what membership must equal.
fn naive(tx: &ReadTx<'_>, log: &[Logged], person: &Person, condition: &Condition) -> bool {
    let theirs = |kind: FactKind| {
        log.iter().filter(move |e| e.kind == kind.as_str() && e.profile.is_some_and(|p| person.profiles.iter().any(|q| q.id == p)))
    };
    let since = |days: &Option<u32>| days.map_or(Timestamp::from_micros(i64::MIN), |d| tx.now().minus(DAY * d));
    match condition {
        Condition::All { of } => of.iter().all(|c| naive(tx, log, person, c)),
        Condition::Any { of } => of.iter().any(|c| naive(tx, log, person, c)),
        Condition::Not { of } => !naive(tx, log, person, of),
        Condition::Language { locale } => person.locale == Some(*locale),
        Condition::PostcodeArea { prefixes } => person.profiles.iter().any(|p| prefixes.iter().any(|x| p.postcode.starts_with(x))),
        Condition::Consent { purpose, channel, state } => {
            person.consents.iter().any(|c| c.purpose == *purpose && c.channel == *channel && c.state == *state)
        }
        Condition::HasIdentifier { kind } => person.of_kind(*kind).next().is_some(),
        Condition::Company { company } => {
            let theirs = customers::companies::companies_of(tx, person.id).expect("read");
            theirs.iter().any(|m| company.is_none_or(|c| c == m.company.id))
        }
        Condition::Happened { kind, bound, times, days, .. } => {
            let n = theirs(*kind).filter(|e| e.at > since(days)).count() as u32;
            if *bound == Bound::AtLeast { n >= *times } else { n <= *times }
        }
        Condition::Spent { bound, amount, days, .. } => {
            let sum_of = |kind: FactKind, field: &str| -> i64 {
                theirs(kind)
                    .filter(|e| e.at > since(days))
                    .map(|e| e.read::<serde_json::Value>().expect("json")[field]["amount_minor"].as_i64().unwrap_or(0))
                    .sum()
            };
            let sum = sum_of(FactKind::OrderPlaced, "total") - sum_of(FactKind::ReturnRefunded, "refund");
            if *bound == Bound::AtLeast { sum >= *amount } else { sum <= *amount }
        }
        Condition::LastBefore { kind, at } => theirs(*kind).map(|e| e.at).max().is_some_and(|last| last < *at),
        Condition::LastAfter { kind, at } => theirs(*kind).map(|e| e.at).max().is_some_and(|last| last >= *at),
        Condition::PrefersChannel { .. } | Condition::Source { .. } => unreachable!("not drawn"),
    }
}

fn leaf() -> impl Strategy<Value = Condition> {
    let bound = prop_oneof![Just(Bound::AtLeast), Just(Bound::AtMost)];
    let days = prop_oneof![Just(None), Just(Some(2)), Just(Some(5))];
    prop_oneof![
        (bound.clone(), 1u32..4, days.clone()).prop_map(|(b, n, d)| bought(b, n, d)),
        (bound, 0i64..3, days).prop_map(|(bound, n, days)| Condition::Spent { bound, amount: n * 1500, currency: Currency::EUR, days }),
        Just(Condition::Language { locale: Locale::Es }),
        Just(Condition::PostcodeArea { prefixes: vec!["41".into(), "28".into()] }),
        Just(Condition::Consent { purpose: Purpose::Marketing, channel: Channel::Email, state: ConsentState::Granted }),
        Just(Condition::HasIdentifier { kind: IdentifierKind::Phone }),
        Just(Condition::Company { company: None }),
        (0u32..8).prop_map(|d| Condition::LastBefore { kind: FactKind::OrderPlaced, at: kernel::testing::START.plus(DAY * d) }),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    leaf().prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(|of| Condition::All { of }),
            proptest::collection::vec(inner.clone(), 0..3).prop_map(|of| Condition::Any { of }),
            inner.prop_map(|of| Condition::Not { of: Box::new(of) }),
        ]
    })
}

#[derive(Debug, Clone)]
enum Step {
    Order(usize, i64),
    Refund(usize, i64),
    Join(usize, usize),
    Separate(usize, usize),
    UndoLast,
    Postcode(usize, bool),
    Speak(usize, bool),
    Consent(usize, bool),
    Phone(usize),
    Employ(usize, bool),
    Wait(u64),
    Settle,
    Change(Condition),
}

fn step() -> impl Strategy<Value = Step> {
    let one = 0usize..5;
    prop_oneof![
        4 => (one.clone(), 1i64..4).prop_map(|(p, n)| Step::Order(p, n * 1000)),
        1 => (one.clone(), 1i64..3).prop_map(|(p, n)| Step::Refund(p, n * 500)),
        2 => (one.clone(), one.clone()).prop_map(|(a, b)| Step::Join(a, b)),
        1 => (one.clone(), one.clone()).prop_map(|(a, b)| Step::Separate(a, b)),
        1 => Just(Step::UndoLast),
        1 => (one.clone(), any::<bool>()).prop_map(|(p, x)| Step::Postcode(p, x)),
        1 => (one.clone(), any::<bool>()).prop_map(|(p, x)| Step::Speak(p, x)),
        1 => (one.clone(), any::<bool>()).prop_map(|(p, x)| Step::Consent(p, x)),
        1 => one.clone().prop_map(Step::Phone),
        1 => (one, any::<bool>()).prop_map(|(p, x)| Step::Employ(p, x)),
        3 => (1u64..60).prop_map(Step::Wait),
        2 => Just(Step::Settle),
        1 => condition().prop_map(Step::Change),
    ]
}

struct Play<'w> {
    world: &'w World,
    people: Vec<ProfileId>,
    segment: SegmentId,
    company: customers::companies::CompanyId,
    claims: Vec<ClaimId>,
    count: usize,
}

impl Play<'_> {
    fn take(&mut self, step: &Step) {
        let (world, at) = (self.world, |n: &usize| self.people[*n]);
        self.count += 1;
        let key = format!("k{}", self.count);
        match step.clone() {
            Step::Order(p, cents) => ordered(world, at(&p), cents),
            Step::Refund(p, cents) => happened(world, "return.refunded", at(&p), json!({ "refund": Money::eur(cents) })),
            Step::Join(a, b) => self.claims.extend(joining(world, at(&a), at(&b), 80, &key)),
            Step::Separate(a, b) => self.claims.extend(separating(world, at(&a), at(&b), &key).map(|s| s.claim)),
            Step::UndoLast => self.claims.pop().into_iter().for_each(|claim| undoing(world, claim).expect("undone")),
            Step::Postcode(p, x) => {
                let postcode = Some(if x { "41001" } else { "08001" }.to_owned());
                self.edit(at(&p), ProfileChange { postcode, ..ProfileChange::default() });
            }
            Step::Speak(p, x) => {
                let locale = Some(if x { Locale::Es } else { Locale::En });
                self.edit(at(&p), ProfileChange { locale, ..ProfileChange::default() });
            }
            Step::Consent(p, x) => {
                let state = if x { ConsentState::Granted } else { ConsentState::Refused };
                let (profile, purpose, channel) = (at(&p), Purpose::Marketing, Channel::Email);
                let cmd = SetConsent { profile, purpose, channel, state, evidence: "asked".into(), source: Channel::Web };
                write(world, move |tx| drop(set_consent(tx, &agent(), cmd.clone()).expect("set")));
            }
            Step::Phone(p) => {
                let (profile, phone) = (at(&p), id(&format!("phone:+3460011122{p}")));
                write(world, move |tx| drop(add_identifier(tx, &agent(), profile, &phone, Channel::Desk)));
            }
            Step::Employ(p, x) => {
                let (profile, company) = (at(&p), self.company);
                write(world, move |tx| match x {
                    true => drop(set_buyer(tx, &agent(), company, profile, BuyerRole::Buyer).expect("added")),
                    false => drop(remove_buyer(tx, &agent(), company, profile).expect("removed")),
                });
            }
            Step::Wait(hours) => world.clock().advance(Duration::from_secs(hours * 3600)),
            Step::Settle => self.check(),
            Step::Change(condition) => {
                let (id, change) = (self.segment, SegmentChange { condition: Some(condition), name: None });
                write(world, move |tx| drop(update_segment(tx, &merchandiser(), id, change.clone()).expect("changed")));
            }
        }
    }

    fn edit(&self, profile: ProfileId, change: ProfileChange) {
        write(self.world, move |tx| drop(update_profile(tx, &agent(), profile, change.clone()).expect("changed")));
    }

    fn check(&self) {
        settle(self.world);
        let (log, people, segment) = (self.world.log(), self.people.clone(), self.segment);
        let (by_log, by_look) = read(self.world, move |tx| {
            let condition = customers::segments::segment(tx, &merchandiser(), segment).expect("there").condition;
            let heads: BTreeSet<PersonId> = people.iter().map(|p| person_of(tx, *p).expect("read").expect("there")).collect();
            let holds = |p: &PersonId| naive(tx, &log, &person(tx, *p).expect("read").expect("there"), &condition);
            let by_log: BTreeSet<PersonId> = heads.iter().copied().filter(holds).collect();
            let looked = |p: &PersonId| matches(tx, &condition, *p).expect("read");
            let everybody: BTreeSet<PersonId> = people.iter().map(|p| PersonId::from(*p)).collect();
            (by_log, everybody.iter().copied().filter(looked).collect::<BTreeSet<_>>())
        });
        let kept = inside(self.world, segment);
        assert_eq!(kept, by_look, "membership is what a fresh look says");
        assert_eq!(kept, by_log, "and what the whole log says");
    }
}

fn play(world: &World, first: &Condition, steps: &[Step]) {
    let people: Vec<ProfileId> = (0..5).map(|n| somebody(world, &[&format!("email:p{n}@x.es")], "P")).collect();
    let segment = make(world, "Drawn", first.clone()).expect("made").id;
    let cmd = CreateCompany { name: "Hotel".into(), tax_id: "B58378431".into(), terms: Terms::default() };
    let company = write(world, move |tx| create_company(tx, &agent(), cmd.clone()).expect("made").id);
    let mut play = Play { world, people, segment, company, claims: Vec::new(), count: 0 };
    steps.iter().for_each(|step| play.take(step));
    play.check();
    world.clock().advance(DAY * 10);
    play.check();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn membership_equals_a_look_from_nothing_after_anything(first in condition(), steps in proptest::collection::vec(step(), 1..24)) {
        on_sqlite(&[MIGRATIONS], |world| play(world, &first, &steps));
    }
}

#[test]
fn the_same_on_both_engines() {
    on_both(&[MIGRATIONS], |world| {
        let steps =
            [Step::Order(0, 3000), Step::Join(0, 1), Step::Wait(50), Step::Settle, Step::Order(1, 1000), Step::UndoLast, Step::Settle];
        play(world, &bought(Bound::AtLeast, 2, Some(2)), &steps);
    });
}
