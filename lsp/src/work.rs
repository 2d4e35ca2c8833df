//! Where answers are computed: beside the thread that reads messages, as many at once as there are processors.

use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tower_lsp::jsonrpc::{Error, Result};

/// Threads for answers.
#[derive(Debug, Clone)]
pub(crate) struct Workers {
    free: Arc<Semaphore>,
}

impl Workers {
    pub(crate) fn new() -> Self {
        let count = std::thread::available_parallelism().map_or(2, usize::from).max(2);
        Self { free: Arc::new(Semaphore::new(count)) }
    }

    /// Runs something beside. Whoever stops waiting takes it back, unless it has begun.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        compute: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let permit = Arc::clone(&self.free).acquire_owned().await;
        let task = tokio::task::spawn_blocking(move || {
            // Held by the work, not by who waits: what has begun keeps its processor until it is done.
            let _permit = permit;
            compute()
        });
        let mut waiting = Waiting(task);
        (&mut waiting.0).await.map_err(|_| Error::internal_error())
    }
}

struct Waiting<T>(JoinHandle<T>);

impl<T> Drop for Waiting<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
