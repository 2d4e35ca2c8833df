//! The VS Code extension: one package with the server inside, tried in real editors.

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
    npm()?;
    command::run(&["node", "lsp/vscode/build.mjs"])?;
    let flags: &[&str] = if dev { &["--dev"] } else { &[] };
    command::run(&[&["node", "lsp/vscode/package.mjs"], flags].concat())
}

/// The npm packages of the extension, where they are not those of the lock file.
fn npm() -> Result<(), String> {
    let changed =
        |path: &str| command::root().join(FOLDER).join(path).metadata().and_then(|file| file.modified()).ok();
    let made = changed("node_modules/.package-lock.json");
    if made.is_some_and(|made| changed("package-lock.json").is_some_and(|lock| lock <= made)) {
        return Ok(());
    }
    println!("installing: the npm packages of {FOLDER}, into {FOLDER}/node_modules");
    let quiet = ["--ignore-scripts", "--no-progress", "--loglevel", "error"];
    command::run(&[&["npm", "ci", "--prefix", FOLDER], quiet.as_slice()].concat())
}
