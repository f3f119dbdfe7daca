//! What passes between the two browsers of a room while they find each other. It is in memory only; a message to nobody is gone.

use conversations::RoomId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc;

/// Messages that wait for a slow reader; a browser sends a few dozen in all.
const WAITING: usize = 256;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Ours.
    Agent,
    /// The customer.
    Guest,
}

/// What somebody in the room hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signal {
    /// Both are here: which meeting it is, and which page the other has open.
    Met { turn: u64, other: String },
    /// The other is gone.
    Alone,
    /// The same person has opened the room in another window.
    Elsewhere,
    /// What the other's browser says.
    Said(String),
}

/// All rooms of this node.
#[derive(Clone, Default)]
pub(super) struct Signals(Arc<Mutex<HashMap<RoomId, Pair>>>);

#[derive(Default)]
struct Pair {
    agent: Option<Place>,
    guest: Option<Place>,
    turn: u64,
}

struct Place {
    turn: u64,
    page: String,
    ear: mpsc::Sender<Signal>,
}

/// A seat in a room; the room hears when it is dropped.
pub(super) struct Seat {
    signals: Signals,
    room: RoomId,
    side: Side,
    turn: u64,
    ear: mpsc::Receiver<Signal>,
}

impl Pair {
    fn place(&mut self, side: Side) -> &mut Option<Place> {
        match side {
            Side::Agent => &mut self.agent,
            Side::Guest => &mut self.guest,
        }
    }
    fn tell(&mut self, side: Side, signal: Signal) -> bool {
        self.place(side).as_ref().is_some_and(|place| place.ear.try_send(signal).is_ok())
    }
}

impl Side {
    fn other(self) -> Side {
        match self {
            Side::Agent => Side::Guest,
            Side::Guest => Side::Agent,
        }
    }
}

impl Signals {
    /// Sit down with the page `page`; whoever sat there before is told, and both hear when they are two.
    pub(super) fn sit(&self, room: RoomId, side: Side, page: String) -> Seat {
        let (voice, ear) = mpsc::channel(WAITING);
        let mut rooms = self.lock();
        let pair = rooms.entry(room).or_default();
        pair.turn += 1;
        let turn = pair.turn;
        pair.tell(side, Signal::Elsewhere);
        *pair.place(side) = Some(Place { turn, page, ear: voice });
        if let (Some(agent), Some(guest)) = (&pair.agent, &pair.guest) {
            let (by_agent, by_guest) = (agent.page.clone(), guest.page.clone());
            pair.tell(Side::Agent, Signal::Met { turn, other: by_guest });
            pair.tell(Side::Guest, Signal::Met { turn, other: by_agent });
        }
        Seat { signals: self.clone(), room, side, turn, ear }
    }

    /// Tell the other; false when nobody is there to hear.
    pub(super) fn pass(&self, room: RoomId, from: Side, text: String) -> bool {
        self.lock().get_mut(&room).is_some_and(|pair| pair.tell(from.other(), Signal::Said(text)))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<RoomId, Pair>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// What is heard next; `None` once the seat was taken over and all was heard.
    pub(super) async fn hear(&mut self) -> Option<Signal> {
        self.ear.recv().await
    }

    /// True while nobody else sits here.
    pub(super) fn is_mine(&self) -> bool {
        self.signals
            .lock()
            .get_mut(&self.room)
            .is_some_and(|pair| pair.place(self.side).as_ref().is_some_and(|place| place.turn == self.turn))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut rooms = self.signals.lock();
        let Some(pair) = rooms.get_mut(&self.room) else { return };
        if pair.place(self.side).as_ref().is_none_or(|place| place.turn != self.turn) {
            return;
        }
        *pair.place(self.side) = None;
        pair.tell(self.side.other(), Signal::Alone);
        if pair.agent.is_none() && pair.guest.is_none() {
            rooms.remove(&self.room);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn two_meet_and_hear_each_other_and_nobody_else() {
        let (signals, room) = (Signals::default(), RoomId::nil());
        let mut agent = signals.sit(room, Side::Agent, "a".into());
        assert!(!signals.pass(room, Side::Agent, "nobody".into()), "what is said to nobody is gone");
        let mut guest = signals.sit(room, Side::Guest, "g".into());
        assert_eq!(agent.hear().await, Some(Signal::Met { turn: 2, other: "g".into() }));
        assert_eq!(guest.hear().await, Some(Signal::Met { turn: 2, other: "a".into() }));
        assert!(signals.pass(room, Side::Agent, "offer".into()));
        assert_eq!(guest.hear().await, Some(Signal::Said("offer".into())));

        // A reload: the new page sits down before the old line is gone.
        let mut again = signals.sit(room, Side::Guest, "g2".into());
        assert_eq!(guest.hear().await, Some(Signal::Elsewhere));
        assert_eq!((guest.is_mine(), again.is_mine()), (false, true));
        drop(guest);
        assert_eq!(agent.hear().await, Some(Signal::Met { turn: 3, other: "g2".into() }));
        assert_eq!(again.hear().await, Some(Signal::Met { turn: 3, other: "a".into() }));
        drop(agent);
        assert_eq!(again.hear().await, Some(Signal::Alone));
        drop(again);
        assert!(signals.lock().is_empty());
    }
}
