//! The language service as a host uses it: through its public interface only.

mod actions;
mod completion;
mod desk;
mod diagnostics;
mod hints;
mod hover;
mod navigate;
mod outline;
mod packs;
mod session;
mod sound;
mod speed;
