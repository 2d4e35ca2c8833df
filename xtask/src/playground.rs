//! The policy playground: the engine and the page are built where they are stale, then served or left as files.

use crate::command;
use crate::setup::CHROMIUM;
use crate::wasm::{self, Wanted};
use std::path::Path;
use std::time::{Instant, SystemTime};

/// Where the page is built for this machine and for its tests.
pub(crate) const SITE: &str = "target/playground/site";

/// What the engine in the page is made of.
const ENGINE: [&str; 12] = [
    "Cargo.lock",
    "Cargo.toml",
    "xtask/bindgen/Cargo.toml",
    "xtask/src/wasm.rs",
    "core/src",
    "rules",
    "lsp/protocol/src",
    "lsp/service/src",
    "wasm/lean",
    "wasm/src",
    "wasm/engine/src",
    "wasm/engine/build",
];

/// What the page itself is made of, beside the engine.
const PAGE: [&str; 7] = [
    "wasm/package-lock.json",
    "wasm/playground/index.html",
    "wasm/playground/public",
    "wasm/playground/src",
    "wasm/playground/vite.config.ts",
    "wasm/view/src",
    "wasm/engine/dist/full.wasm",
];

/// Builds the page and serves it on this machine until it is stopped.
pub(crate) fn serve(port: Option<u16>) -> Result<(), String> {
    build()?;
    let port = port.unwrap_or(0).to_string();
    command::run(&["node", "wasm/playground/serve.mjs", SITE, "--port", &port])
}

/// Builds the page into a folder, from where any web server can serve it under any path.
pub(crate) fn build_into(folder: &Path) -> Result<(), String> {
    let site = command::root().join(SITE);
    let target = std::env::current_dir().map_err(|error| error.to_string())?.join(folder);
    let ours = target.join("offline.js").is_file() && target.join("index.html").is_file();
    let empty = std::fs::read_dir(&target).map_or(true, |mut entries| entries.next().is_none());
    if !ours && !empty {
        return Err(format!("`{}` holds something else; name a new or an empty folder", folder.display()));
    }
    build()?;
    if target != site {
        let failed = |error: std::io::Error| format!("`{}` cannot be written: {error}", folder.display());
        if ours {
            std::fs::remove_dir_all(&target).map_err(failed)?;
        }
        copy(&site, &target).map_err(failed)?;
    }
    println!("the playground is in {}: any web server can serve it, under any path", folder.display());
    Ok(())
}

/// Draws the README's picture of the page.
pub(crate) fn picture() -> Result<(), String> {
    CHROMIUM.meet()?;
    build()?;
    command::run(&["node", "wasm/playground/picture.mjs"])
}

/// Builds the page into [`SITE`], and the engine before it, unless they are newer than all that they are made of.
pub(crate) fn build() -> Result<(), String> {
    engine()?;
    wasm::PACKAGES.meet()?;
    if is_stale(&format!("{SITE}/index.html"), &PAGE) {
        let began = Instant::now();
        command::run(&["node", "wasm/node_modules/typescript/bin/tsc", "-p", "wasm/view"])?;
        command::run(&["node", "wasm/node_modules/typescript/bin/tsc", "-p", "wasm/playground"])?;
        command::run(&[
            "node",
            "wasm/node_modules/vite/bin/vite.js",
            "build",
            "wasm/playground",
            "--logLevel",
            "warn",
        ])?;
        println!("page: {:.1} s", began.elapsed().as_secs_f64());
    }
    Ok(())
}

/// Builds the engine with all that editors ask of it, unless it is newer than what it is made of.
pub(crate) fn engine() -> Result<(), String> {
    node()?;
    if is_stale("wasm/engine/dist/full.wasm", &ENGINE) || is_stale("wasm/engine/dist/types/full.d.ts", &[]) {
        println!("building the engine for the browser (some minutes for the first time)");
        wasm::build(&Wanted { only: Some("full".to_owned()), dev: false })?;
    }
    Ok(())
}

/// The tools of the page need a Node of this age.
fn node() -> Result<(), String> {
    let version = command::output(&["node", "--version"]).unwrap_or_default();
    let mut numbers = version.trim().trim_start_matches('v').split('.').map(|part| part.parse::<u32>().ok());
    match (numbers.next().flatten(), numbers.next().flatten()) {
        (Some(20), Some(minor)) if minor >= 19 => Ok(()),
        (Some(major), _) if major > 20 => Ok(()),
        (None, _) => Err("`node` is missing; the page is built with Node 20.19 or newer".to_owned()),
        _ => Err(format!("the page is built with Node 20.19 or newer; this is {}", version.trim())),
    }
}

/// Whether something is missing or older than what it is made of.
fn is_stale(made: &str, from: &[&str]) -> bool {
    let root = command::root();
    let Some(made) = modified(&root.join(made)) else { return true };
    from.iter().any(|path| newest(&root.join(path)).is_some_and(|newest| newest > made))
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|file| file.modified()).ok()
}

/// When a file, or anything in a folder, was last changed; nothing where it is not there.
fn newest(path: &Path) -> Option<SystemTime> {
    let inside = std::fs::read_dir(path).into_iter().flatten().flatten();
    // A folder's own time tells of files that are gone.
    inside.filter_map(|entry| newest(&entry.path())).chain(modified(path)).max()
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
