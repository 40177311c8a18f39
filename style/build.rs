//! Makes the stylesheet from the classes the pages use: an unknown class fails the build, and the result is always in the same order.

#[path = "build/declarations.rs"]
mod declarations;
#[path = "build/minify.rs"]
mod minify;
#[path = "build/scan.rs"]
mod scan;
#[path = "build/sheet.rs"]
mod sheet;
#[path = "build/tokens.rs"]
mod tokens;

use std::path::{Path, PathBuf};

#[expect(clippy::disallowed_methods, reason = "a build script is told by its environment where things are")]
fn main() -> Result<(), String> {
    let here = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let out = PathBuf::from(std::env::var("OUT_DIR").map_err(|e| e.to_string())?);
    let pages = here.join("../app/src");
    for watched in ["build.rs", "build", "src/components.css", "../app/src"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let classes = scan::classes(&pages)?;
    let components = read(&here.join("src/components.css"))?;
    let css = sheet::stylesheet(&components, &classes)?;
    write(&out.join("style.css"), &css)?;
    write(&out.join("hash.txt"), &format!("{:016x}", fingerprint(css.as_bytes())))
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

/// FNV-1a, 64 bits: it only has to differ when the stylesheet does.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
