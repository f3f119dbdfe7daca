//! The log, reactions and timers: each event acts exactly once, in order.

mod common;

use common::{COUNTER, add, count};
use kernel::log::{self, TimelineKey};
use kernel::reactions;
use kernel::testing::{START, on_both};
use kernel::{Channel, Event, Fault, ProfileId, Reaction, TimerHandler};
use std::time::Duration;

const P: ProfileId = ProfileId::from_parts(1, 1);
const Q: ProfileId = ProfileId::from_parts(1, 2);

#[test]
fn a_refused_command_announces_nothing() {
    on_both(&[COUNTER], |world| {
        let refused = world.db().write("refuse", |tx| -> Result<(), Fault> {
            tx.announce(Event::new("thing.happened", "x"))?;
            Err(Fault::data("no"))
        });
        assert!(refused.wait().is_err());
        assert_eq!(world.log(), []);
    });
}

#[test]
fn a_reaction_and_its_cursor_move_together() {
    const COUNT: Reaction =
        Reaction { name: "count", kinds: &["thing.happened"], folds: false, react: |tx, event| add(tx, &event.subject, 1) };
    on_both(&[COUNTER], |world| {
        for i in 0..250 {
            let kind = if i % 5 == 0 { "other.thing" } else { "thing.happened" };
            world.db().write("announce", move |tx| tx.announce(Event::new(kind, "x"))).wait().expect("kept");
        }
        world.run_reactions(&[COUNT]);
        world.run_reactions(&[COUNT]);
        assert_eq!(world.db().read(|tx| count(tx, "x")).wait().expect("read"), 200);
    });
}

#[test]
fn a_reaction_that_folds_hears_the_last_of_each_subject_that_waits() {
    const LATEST: Reaction = Reaction {
        name: "latest",
        kinds: &["thing.happened"],
        folds: true,
        react: |tx, event| add(tx, &format!("{} {}", event.subject, event.key.seq), 1),
    };
    on_both(&[COUNTER], |world| {
        for subject in ["x", "y", "x"] {
            world.db().write("announce", move |tx| tx.announce(Event::new("thing.happened", subject))).wait().expect("kept");
        }
        world.db().write("announce", |tx| tx.announce(Event::new("other.thing", "y"))).wait().expect("kept");
        world.run_reactions(&[LATEST]);
        let seen = |name: &'static str| world.db().read(move |tx| count(tx, name)).wait().expect("read");
        assert_eq!([seen("x 1"), seen("y 2"), seen("x 3"), seen("y 4")], [0, 1, 1, 0]);
        world.db().write("announce", |tx| tx.announce(Event::new("thing.happened", "x"))).wait().expect("kept");
        world.run_reactions(&[LATEST]);
        assert_eq!(seen("x 5"), 1, "what comes later is heard");
    });
}

#[test]
fn a_reaction_that_is_far_behind_keeps_no_other_waiting() {
    const OLD: Reaction = Reaction { name: "old", kinds: &["thing.happened"], folds: false, react: |tx, _| add(tx, "old", 1) };
    const NEW: Reaction = Reaction { name: "new", kinds: &["thing.happened"], folds: false, react: |tx, _| add(tx, "new", 1) };
    on_both(&[COUNTER], |world| {
        let happens = |times: usize| {
            let announce = move |tx: &mut kernel::Tx<'_>| (0..times).try_for_each(|_| tx.announce(Event::new("thing.happened", "x")));
            world.db().write("announce", announce).wait().expect("kept");
            world.wait_for_log();
        };
        let seen = |name: &'static str| world.db().read(move |tx| count(tx, name)).wait().expect("read");
        happens(1_000);
        world.run_reactions(&[OLD]);
        happens(1);
        reactions::follow(world.db(), &[NEW, OLD]).expect("followed");
        assert_eq!(seen("old"), 1_001, "what has just happened is heard at once");
        assert!(seen("new") < 1_000, "who is new has not caught up yet");
        world.run_reactions(&[NEW, OLD]);
        assert_eq!((seen("new"), seen("old")), (1_001, 1_001));
    });
}

#[test]
fn a_bad_event_is_parked_and_does_not_stop_the_others() {
    const PICKY: Reaction = Reaction {
        name: "picky",
        kinds: &["thing.happened"],
        folds: false,
        react: |tx, event| if event.subject == "bad" { Err(Fault::data("bad")) } else { add(tx, &event.subject, 1) },
    };
    on_both(&[COUNTER], |world| {
        for subject in ["good", "bad", "good"] {
            world.db().write("announce", move |tx| tx.announce(Event::new("thing.happened", subject))).wait().expect("kept");
        }
        world.run_reactions(&[PICKY]);
        assert_eq!(world.db().read(|tx| Ok::<_, Fault>((count(tx, "good")?, reactions::parked(tx)?))).wait().expect("read"), (2, 1));
    });
}

#[test]
fn a_timeline_is_newest_first_and_pages_without_gaps() {
    on_both(&[COUNTER], |world| {
        for i in 0..25i64 {
            let profile = if i % 2 == 0 { P } else { Q };
            let at = START.plus(Duration::from_secs((i / 3) as u64));
            world
                .db()
                .write("announce", move |tx| tx.announce(Event::new("note.made", i).profile(profile).channel(Channel::Email).at(at)))
                .wait()
                .expect("kept");
        }
        world.db().write("announce", |tx| tx.announce(Event::new("note.hidden", 99).profile(P).hidden())).wait().expect("kept");
        let mut seen = Vec::new();
        let mut before: Option<TimelineKey> = None;
        loop {
            let page = world.db().read(move |tx| log::timeline(tx, &[P, Q], before, 4)).wait().expect("read");
            let Some(last) = page.last() else { break };
            before = Some(TimelineKey { at: last.at, seq: last.key.seq });
            seen.extend(page.into_iter().map(|e| e.subject.parse::<i64>().expect("a number")));
        }
        assert_eq!(seen, (0..25).rev().collect::<Vec<_>>());
    });
}

#[test]
fn a_timer_fires_once_when_due_and_can_be_moved_or_cancelled() {
    const RING: TimerHandler = TimerHandler { kind: "test.ring", run: |tx, timer| add(tx, &timer.key, timer.read()?) };
    on_both(&[COUNTER], |world| {
        let set = |key: &'static str, seconds: u64| {
            world
                .db()
                .write("set", move |tx| tx.at(tx.now().plus(Duration::from_secs(seconds)), "test.ring", key, &1))
                .wait()
                .expect("set");
        };
        set("kept", 10);
        set("moved", 10);
        set("moved", 30);
        set("cancelled", 10);
        assert!(world.db().write("cancel", |tx| tx.cancel_timer("test.ring", "cancelled")).wait().expect("cancelled"));
        let state = || {
            world.db().read(|tx| Ok::<_, Fault>((count(tx, "kept")?, count(tx, "moved")?, count(tx, "cancelled")?))).wait().expect("read")
        };
        world.run_timers(&[RING]);
        assert_eq!(state(), (0, 0, 0));
        world.clock().advance(Duration::from_secs(15));
        world.run_timers(&[RING]);
        assert_eq!(state(), (1, 0, 0));
        world.clock().advance(Duration::from_secs(15));
        world.run_timers(&[RING]);
        world.run_timers(&[RING]);
        assert_eq!(state(), (1, 1, 0));
    });
}

#[test]
fn a_failing_timer_keeps_its_place_and_undoes_its_effect() {
    const FAIL: TimerHandler = TimerHandler {
        kind: "test.fail",
        run: |tx, timer| {
            add(tx, &timer.key, 1)?;
            Err(Fault::data("not yet"))
        },
    };
    on_both(&[COUNTER], |world| {
        world.db().write("set", |tx| tx.at(tx.now(), "test.fail", "x", &())).wait().expect("set");
        world.run_timers(&[FAIL]);
        assert_eq!(
            world.db().read(|tx| Ok::<_, Fault>((count(tx, "x")?, kernel::timers::next_due(tx)?))).wait().expect("read"),
            (0, Some(START.plus(Duration::from_secs(60))))
        );
    });
}

#[test]
fn an_event_is_never_parked_for_a_trouble_that_passes() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    const UNLUCKY: Reaction = Reaction {
        name: "unlucky",
        kinds: &["thing.happened"],
        folds: false,
        react: |tx, event| match CALLS.fetch_add(1, Ordering::SeqCst) {
            0 => Err(Fault::data("a neighbour in the batch was bad")),
            1 => Err(Fault::BatchUndone),
            _ => add(tx, &event.subject, 1),
        },
    };
    on_both(&[COUNTER], |world| {
        CALLS.store(0, Ordering::SeqCst);
        world.db().write("announce", |tx| tx.announce(Event::new("thing.happened", "x"))).wait().expect("kept");
        world.run_reactions(&[UNLUCKY]);
        world.run_reactions(&[UNLUCKY]);
        assert_eq!(world.db().read(|tx| Ok::<_, Fault>((count(tx, "x")?, reactions::parked(tx)?))).wait().expect("read"), (1, 0));
    });
}
