//! Intakes: what an editor asks about one, answered from its one analysis.
//!
//! The text is parsed and decided once a version ([`Analysis`]); every query reads that. Completion alone
//! also reads the text around the cursor, because half-written lines are no tree yet.

mod actions;
mod analysis;
mod ask;
mod brackets;
mod completion;
mod cursor;
mod diagnostics;
mod fill;
mod hints;
mod hover;
mod navigate;
mod outline;
mod readers;
mod skeleton;
mod snippet;
mod spot;
mod words;

pub(crate) use analysis::Analysis;
pub use ask::{Explained, Reader};
pub(crate) use readers::Readers;

use crate::service::Config;
use std::sync::Arc;

/// An analysed intake under a configuration: what queries are asked of.
pub(crate) struct View {
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) config: Arc<Config>,
}
