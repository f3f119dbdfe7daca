//! The thread that makes time pass: fires due timers and lets reactions follow the log.

use crate::{Db, Fault, Reaction, TimerHandler, reactions, timers};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long the worker waits without a signal: the bound on hearing other processes' events.
const LOOK: Duration = Duration::from_millis(250);

/// One background thread over a database; stops when dropped.
pub struct Worker {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Start following.
    pub fn start(db: Db, reactions: Vec<Reaction>, handlers: Vec<TimerHandler>) -> Result<Self, Fault> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopping = stop.clone();
        let (wake, woken) = std::sync::mpsc::sync_channel::<()>(1);
        spawn_bell(&db, wake)?;
        let body = move || {
            while !stopping.load(Ordering::SeqCst) {
                match settle(&db, &reactions, &handlers) {
                    Ok(0) => drop(woken.recv_timeout(LOOK)),
                    Ok(_) => {}
                    Err(fault) => {
                        tracing::error!(fault = fault.chain(), "background work stumbled");
                        std::thread::sleep(LOOK);
                    }
                }
            }
        };
        let thread =
            std::thread::Builder::new().name("hilo-worker".into()).spawn(body).map_err(|e| Fault::outside("starting the worker", e))?;
        Ok(Worker { stop, thread: Some(thread) })
    }
}

/// Rings when the log grew. Ends when the database is gone or nobody listens.
fn spawn_bell(db: &Db, wake: std::sync::mpsc::SyncSender<()>) -> Result<(), Fault> {
    let mut signal = db.log_signal();
    let body = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let Ok(runtime) = runtime else { return };
        while runtime.block_on(signal.changed()).is_ok() {
            if matches!(wake.try_send(()), Err(std::sync::mpsc::TrySendError::Disconnected(()))) {
                break;
            }
        }
    };
    std::thread::Builder::new().name("hilo-bell".into()).spawn(body).map(drop).map_err(|e| Fault::outside("starting the bell", e))
}

/// One round of timers and reactions; answers how much was done. Also what virtual time calls between its steps.
pub fn settle(db: &Db, reactions: &[Reaction], handlers: &[TimerHandler]) -> Result<usize, Fault> {
    Ok(timers::fire_due(db, handlers, 100)? + reactions::follow(db, reactions)?)
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
