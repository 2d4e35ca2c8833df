//! Makes a compiled WebAssembly module loadable from JavaScript, and says what each crate in it costs.
//!
//!     remit-bindgen MODULE.wasm FOLDER NAME
//!
//! writes `FOLDER/NAME.js` and `FOLDER/NAME_bg.wasm`, and prints a table: how many bytes of the module's code
//! each crate takes. `cargo xtask wasm` is what calls it.

mod costs;

use std::path::Path;
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder, name] = arguments.as_slice() else {
        eprintln!("say which module, which folder and which name: remit-bindgen MODULE.wasm FOLDER NAME");
        return ExitCode::FAILURE;
    };
    match run(Path::new(module), Path::new(folder), name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(module: &Path, folder: &Path, name: &str) -> Result<(), Box<dyn std::error::Error>> {
    let bytes = std::fs::read(module).map_err(|error| format!("`{}`: {error}", module.display()))?;
    print!("{}", costs::table(&bytes)?);
    Bindgen::new()
        .input_bytes(name, bytes)
        .web(true)?
        .out_name(name)
        .omit_default_module_path(true)
        .typescript(true)
        // After a crash the instance is thrown away and the module started again.
        .reset_state_function(true)
        .generate(folder)?;
    Ok(())
}
