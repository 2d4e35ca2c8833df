//! What Remit says over LSP, for every host: the language service's answers as LSP's types.
//!
//! A host keeps a [`State`], takes a [`Moment`] of it and asks: one function a request ([`requests`], [`custom`]).
//! Nothing here knows a disk, a clock, a thread or a stream. The native host adds those; [`Server`] is the host
//! that needs none of them. `convert` alone knows the types of both sides; README.md says what goes over the wire
//! beside LSP.

pub mod abilities;
pub mod commands;
mod convert;
pub mod custom;
mod failure;
mod names;
pub mod publish;
pub mod requests;
mod server;
mod settings;
mod state;
pub mod status;
mod surrogates;

pub use abilities::{Abilities, ReadBy};
pub use convert::change;
pub use failure::Failure;
pub use names::{Names, NoDisk, Places, VIRTUAL, folder, own_id};
pub use server::{FileText, FilesFed, FilesLacking, FilesParams, LackingParams, Server};
pub use settings::{Set, Settings};
pub use state::{Moment, State};
pub use surrogates::without_halves;

/// The crate that LSP's types come from.
pub use lsp_types;
