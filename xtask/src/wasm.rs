//! Building the engine for JavaScript: compile, bind, shrink, wrap, weigh.

use crate::command;
use crate::setup::Need;
use std::time::Instant;

const TARGET: &str = "wasm32-unknown-unknown";

/// The npm packages that everything for the browser is built and tried with.
pub(crate) const PACKAGES: Need = Need::Npm { folder: "wasm" };

/// The builds of the crate, each with the features that make it.
const BUILDS: [(&str, &[&str]); 2] = [("engine", &[]), ("full", &["--features", "service"])];

/// What the compiler uses and every browser has. All features would be more than any browser reads.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What makes a module small after gzip, which is what travels. It finds what is alike where that stands close
/// together, so functions go by their names, all `Vec::push` in a row, and none is put into another. Which alignment
/// an instruction hints at is nothing that a browser asks.
const SHRINKING: [&str; 6] = [
    "-O2",
    "--always-inline-max-function-size=2",
    "--flexible-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "--reorder-functions-by-name",
    "--dealign",
];

/// What is asked of a build.
pub(crate) struct Wanted {
    /// One of the builds alone.
    pub(crate) only: Option<String>,
    /// Quick to build, slow to load: no optimisation.
    pub(crate) dev: bool,
}

/// The names of the builds.
pub(crate) fn names() -> Vec<&'static str> {
    BUILDS.iter().map(|(name, _)| *name).collect()
}

/// Makes the npm package in `wasm/engine/dist`, or says why not.
pub(crate) fn build(wanted: &Wanted) -> Result<(), String> {
    prepare()?;
    let builds = BUILDS.iter().filter(|(name, _)| wanted.only.as_ref().is_none_or(|only| only == name));
    let mut names = vec![];
    for (name, features) in builds {
        module(name, features, wanted.dev)?;
        names.push(*name);
    }
    step("package", || {
        command::run(&[&["node", "wasm/engine/build/bundle.mjs"], names.as_slice()].concat())?;
        command::run(&["node", "wasm/node_modules/typescript/bin/tsc", "-p", "wasm/engine"])
    })?;
    if wanted.dev {
        println!("not optimised: do not measure or publish this");
    }
    Ok(())
}

/// Says what a build weighs, and fails where it has grown past its ceiling.
pub(crate) fn weigh(wanted: &Wanted) -> Result<(), String> {
    if wanted.dev {
        return Ok(());
    }
    let names = BUILDS.iter().map(|(name, _)| *name);
    let names: Vec<&str> =
        names.filter(|name| wanted.only.as_ref().is_none_or(|only| only == name)).collect();
    command::run(&[&["node", "wasm/engine/build/sizes.mjs"], names.as_slice()].concat())
}

/// Writes the TypeScript types that the Rust types ask for; with `check`, only says whether they differ.
pub(crate) fn types(check: bool) -> Result<(), String> {
    PACKAGES.meet()?;
    let shapes = "target/wasm/shapes.json";
    // As the tests are built, with all features of the workspace, so that nothing is compiled twice.
    command::run(&["cargo", "build", "--quiet", "--workspace", "--all-features", "--example", "shapes"])?;
    let program = "target/debug/examples/shapes";
    let text = command::output(&[program]).ok_or_else(|| format!("`{program}` fails"))?;
    command::write(shapes, &text)?;
    let mut line = vec!["node", "wasm/engine/build/types.mjs", shapes];
    line.extend(check.then_some("--check"));
    command::run(&line)
}

/// Sees to it that everything is there that a build needs.
fn prepare() -> Result<(), String> {
    Need::Target(TARGET).meet()?;
    PACKAGES.meet()?;
    step("binder", || {
        command::run(&[
            "cargo",
            "build",
            "--quiet",
            "--locked",
            "--manifest-path",
            "xtask/bindgen/Cargo.toml",
            "--target-dir",
            "target/bindgen",
        ])
    })
}

fn module(name: &str, features: &[&str], dev: bool) -> Result<(), String> {
    let (profile, folder) = if dev { ("dev", "debug") } else { ("wasm", "wasm") };
    step(&format!("{name}: compile"), || {
        let line = [
            "cargo",
            "build",
            "--quiet",
            "-p",
            "remit-wasm",
            "--lib",
            "--target",
            TARGET,
            "--profile",
            profile,
        ];
        // Unoptimised, everything is as in any other build for this target, so that it is built once.
        let flags = if dev { vec![] } else { vec!["--config".to_owned(), flags()] };
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        command::run(&[&line, features, flags.as_slice()].concat())
    })?;
    let compiled = format!("target/{TARGET}/{folder}/remit_wasm.wasm");
    let out = format!("target/wasm/{name}");
    step(&format!("{name}: bind"), || {
        command::run(&["target/bindgen/debug/remit-bindgen", &compiled, &out, "remit"])
    })?;
    if dev {
        return Ok(());
    }
    let bound = format!("{out}/remit_bg.wasm");
    step(&format!("{name}: shrink"), || {
        let tool = ["node", "wasm/node_modules/binaryen/bin/wasm-opt"];
        command::run(&[tool.as_slice(), &FEATURES, &SHRINKING, &[&bound, "-o", &bound]].concat())
    })
}

/// What the compiler is told for a module that leaves this machine: names that say for which type a generic
/// function is there, which the table of costs reads, and no path of this machine in what a panic says.
fn flags() -> String {
    let home =
        std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")));
    let mut flags = vec!["\"-Csymbol-mangling-version=v0\"".to_owned()];
    // What is generic in the standard library is compiled here, from its sources where they are installed.
    let library = command::output(&["rustc", "--print", "sysroot"])
        .map(|sysroot| format!("{}/lib/rustlib/src/rust", sysroot.trim()));
    let root = command::root().to_string_lossy().into_owned();
    let from = [home.unwrap_or_default(), root, library.unwrap_or_default()];
    for from in from.iter().filter(|from| !from.is_empty() && !from.contains(['"', '\\'])) {
        flags.push(format!("\"--remap-path-prefix={from}=\""));
    }
    format!("target.{TARGET}.rustflags=[{}]", flags.join(","))
}

/// Runs a part of the work, and says how long it took.
fn step(name: &str, run: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    let began = Instant::now();
    run()?;
    println!("{name}: {:.1} s", began.elapsed().as_secs_f64());
    Ok(())
}
