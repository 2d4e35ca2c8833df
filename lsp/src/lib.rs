//! `remit lsp`: the language service behind the Language Server Protocol, over stdio.
//!
//! This crate reads messages and files, and knows what day it is. What to answer is decided in `remit-service`, and
//! said in LSP's types by `remit-protocol`.

mod builtin;
mod diagnostics;
mod disk;
mod frames;
mod host;
mod names;
mod server;
mod status;
mod trace;
mod transport;
mod work;
mod workspace;

pub use host::Host;
pub use transport::Ended;

use host::Shared;
use server::Server;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tower_lsp::LspService;

/// How often it is asked whether the client still lives.
const PULSE: Duration = Duration::from_secs(2);

/// Serves over standard input and output until the client ends it or goes away.
///
/// # Errors
///
/// When the threads cannot be started.
pub fn stdio(host: &Host) -> std::io::Result<Ended> {
    // One thread reads, one publishes and writes; what takes time has threads of its own.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let ended = runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout(), host));
    // A thread still waits for standard input, and would for ever.
    runtime.shutdown_background();
    Ok(ended)
}

/// Serves one client over any pair of streams until it ends the session or goes away.
pub async fn serve(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    host: &Host,
) -> Ended {
    let (trace, mut lines) = trace::Trace::new();
    let (tell, events) = mpsc::unbounded_channel();
    let (service, socket) = LspService::build(|client| Server {
        shared: Arc::new(Shared::new(client, host, trace.clone(), tell)),
    })
    .custom_method("remit/decision", Server::decision)
    .custom_method("remit/content", Server::content)
    .custom_method("remit/questions", Server::questions)
    .custom_method("remit/explain", Server::explain)
    .custom_method("remit/instead", Server::instead)
    .custom_method("remit/answer", Server::answer)
    .custom_method("remit/newIntake", Server::new_intake)
    .custom_method("remit/packs", Server::packs)
    .custom_method("remit/tests", Server::tests)
    .custom_method("remit/runTests", Server::run_tests)
    .custom_method("remit/locate", Server::locate)
    .custom_method("$/setTrace", Server::set_trace)
    .finish();
    let shared = Arc::clone(&service.inner().shared);
    let tasks = [
        tokio::spawn(diagnostics::run(Arc::clone(&shared), events)),
        tokio::spawn({
            let client = shared.client.clone();
            async move {
                while let Some(line) = lines.recv().await {
                    client.send_notification::<trace::LogTrace>(trace::Trace::params(&line)).await;
                }
            }
        }),
    ];
    let ended = transport::run(input, output, service, socket, trace, client_gone(&shared.process)).await;
    shared.stop();
    tasks.iter().for_each(tokio::task::JoinHandle::abort);
    ended
}

/// Resolves when the process that is the client, as far as it said so, is gone.
async fn client_gone(process: &AtomicU32) {
    loop {
        tokio::time::sleep(PULSE).await;
        let id = process.load(Ordering::Relaxed);
        if id != 0 && !lives(id) {
            return;
        }
    }
}

#[cfg(unix)]
fn lives(id: u32) -> bool {
    let Some(id) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) else { return true };
    rustix::process::test_kill_process(id) != Err(rustix::io::Errno::SRCH)
}

/// Elsewhere standard input ends with the client, and that is enough.
#[cfg(not(unix))]
fn lives(_: u32) -> bool {
    true
}
