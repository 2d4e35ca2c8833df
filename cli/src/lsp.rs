//! `remit lsp`: hands standard input and output to the language server.

use crate::args::LspArgs;
use crate::exit;
use remit_lsp::{Ended, Host};

/// An editor that ends without saying so; LSP asks for this number.
const ABRUPTLY: u8 = 1;

pub(crate) fn run(_: &LspArgs) -> u8 {
    match remit_lsp::stdio(&Host::default()) {
        Ok(Ended::InOrder) => exit::OK,
        Ok(Ended::Abruptly) => ABRUPTLY,
        Err(error) => {
            crate::output::complain(&format!("the language server could not be started: {error}"));
            exit::OUTPUT
        }
    }
}
