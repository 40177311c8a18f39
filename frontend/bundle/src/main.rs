//! Builds the browser bundle into `target/site`: `cargo run -p bundle`.
//!
//! Three steps: compile `frontend` to WebAssembly, let wasm-bindgen write its JavaScript, name each file after its content and
//! compress it. The portal works without any of it; then it simply sends no script.

mod compile;
mod site;

use std::{error::Error, path::Path, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

/// What stops a bundle, in words for the person at the terminal.
type Stop = Box<dyn Error>;

fn main() -> ExitCode {
    // The workspace this tool was built in: `frontend/bundle` is two levels down.
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    match bundle(root) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(stop) => {
            eprintln!("bundle: {stop}");
            ExitCode::FAILURE
        }
    }
}

fn bundle(root: &Path) -> Result<String, Stop> {
    let wasm = compile::frontend(root)?;
    let wake = std::fs::read(root.join("frontend/wake.js"))?;
    let site = root.join("target/site");
    let source = site::name_of(&[&wasm, &wake]);
    if site::is_current(&site, &source) {
        return Ok("browser bundle: up to date".to_owned());
    }
    let mut output = Bindgen::new()
        .input_bytes("portal", wasm)
        .web(true)
        .and_then(|bindgen| bindgen.typescript(false).remove_name_section(true).remove_producers_section(true).generate_output())
        .map_err(|e| format!("wasm-bindgen could not read the compiled frontend: {e}"))?;
    if output.snippets().values().any(|scripts| !scripts.is_empty()) || !output.local_modules().is_empty() {
        return Err("a dependency brings JavaScript of its own, which this tool does not serve".into());
    }
    let machine = output.wasm_mut().emit_wasm();
    let files = site::Files { code: output.js().as_bytes(), machine: &machine, wake: &String::from_utf8(wake)? };
    site::write(&site, &files, &source)
}
