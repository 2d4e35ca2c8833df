//! The language service: what an editor asks about intakes, rules and packs, answered from virtual files.
//!
//! A host feeds a [`Service`] with files, takes a [`Snapshot`] and asks it. Everything here is synchronous
//! and plain data: offsets are bytes, ids are the host's own names for files, and no editor protocol, no file
//! system, no clock and no thread is known. So the native server, the browser and the tests ask the same
//! functions.

pub mod answer;
mod change;
mod files;
mod intake;
mod kind;
mod packs;
mod policy;
mod service;
mod snapshot;
mod testing;

pub use change::Change;
pub use files::{File, Origin};
pub use intake::{Explained, Reader};
pub use kind::FileKind;
pub use packs::{DEFAULT_PACK, Notice, PackInfo, PackState};
pub use service::{Config, Level, RootConfig, Service, UnknownFile};
pub use snapshot::Snapshot;
pub use testing::{Picked, TestCase, TestDetails, TestFile, TestRun, TestSuite};

// Part of this crate's interface: an editor's positions, the decision's shape, and what a day is.
pub use jiff::civil::Date;
pub use remit_core::calendar::date;
pub use remit_core::document::Format;
pub use remit_core::source::{EditorPosition, Encoding, Source};
pub use remit_core::wire::{suite, v1};
