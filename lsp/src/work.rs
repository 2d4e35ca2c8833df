//! Where answers are computed: beside the thread that reads messages, on a few threads that stay.
//!
//! They stay because each thread keeps memory of its own at hand. Threads that come and go as it happens would each
//! gather some, and the server would grow for as long as somebody types.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};

/// Fewer would let one long test run hold up what is typed; more only wait.
const THREADS: std::ops::RangeInclusive<usize> = 2..=4;

type Job = Box<dyn FnOnce() + Send>;

/// Threads for answers. They end with the last clone.
#[derive(Debug, Clone)]
pub(crate) struct Workers {
    jobs: Sender<Job>,
}

impl Workers {
    /// Starts the threads, as many as there are processors within reason.
    pub(crate) fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self::with(processors.clamp(*THREADS.start(), *THREADS.end()))
    }

    fn with(threads: usize) -> Self {
        let (jobs, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..threads {
            let waiting = Arc::clone(&waiting);
            // Where a thread cannot be had, the others do its work; without any, each answer is an error.
            let _ = std::thread::Builder::new().name("answers".to_owned()).spawn(move || work(&waiting));
        }
        Self { jobs }
    }

    /// Runs something beside. Whoever stops waiting takes it back, unless it has begun.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        compute: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let job = move || {
            if !answer.is_closed()
                && let Ok(found) = catch_unwind(AssertUnwindSafe(compute))
            {
                let _ = answer.send(found);
            }
        };
        self.jobs.send(Box::new(job)).map_err(|_| Error::internal_error())?;
        answered.await.map_err(|_| Error::internal_error())
    }
}

/// Takes one job after the other, until nobody is left to give any.
fn work(waiting: &Mutex<Receiver<Job>>) {
    loop {
        // The lock is let go before the job begins.
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Workers;
    use futures_util::FutureExt as _;
    use std::panic::resume_unwind;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::channel;

    #[tokio::test]
    async fn a_job_that_panics_is_an_error_and_its_thread_stays() {
        let workers = Workers::with(1);
        let failed = workers.run(|| -> u8 { resume_unwind(Box::new("on purpose")) }).await;
        assert!(failed.is_err());
        assert_eq!(workers.run(|| 7).await, Ok(7));
    }

    #[tokio::test]
    async fn what_nobody_waits_for_any_more_never_begins() {
        let workers = Workers::with(1);
        let (let_go, held) = channel::<()>();
        let first = workers.run(move || held.recv());
        let began = Arc::new(AtomicBool::new(false));
        let begins = Arc::clone(&began);
        let second = workers.run(move || begins.store(true, Ordering::Relaxed));
        let (mut first, mut second) = (Box::pin(first), Box::pin(second));
        assert!((&mut first).now_or_never().is_none());
        assert!((&mut second).now_or_never().is_none());
        drop(second);
        let_go.send(()).unwrap();
        assert!(first.await.is_ok());
        assert_eq!(workers.run(|| 7).await, Ok(7));
        assert!(!began.load(Ordering::Relaxed));
    }
}
