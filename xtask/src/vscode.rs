//! The VS Code extension: one package with the server inside, tried in real editors.

use crate::setup::Need;
use crate::{command, playground, wasm};

/// Where the extension is.
const FOLDER: &str = "lsp/vscode";

/// Packages the extension, or says why not. `dev` builds the server quickly.
pub(crate) fn package(dev: bool) -> Result<(), String> {
    if dev {
        wasm::build(&wasm::Wanted { only: Some("full".to_owned()), dev })?;
    } else {
        playground::engine()?;
    }
    Need::Npm { folder: FOLDER }.meet()?;
    command::run(&["node", "lsp/vscode/build.mjs"])?;
    let flags: &[&str] = if dev { &["--dev"] } else { &[] };
    command::run(&[&["node", "lsp/vscode/package.mjs"], flags].concat())
}
