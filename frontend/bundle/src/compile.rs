//! Compiles `frontend` to WebAssembly with whichever compiler here can.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::Stop;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

/// What to do when neither compiler can; the portal needs no answer to this.
const NO_COMPILER: &str =
    "no compiler here can build for the browser. The portal works without the browser bundle; to have it, do one of these:
  with rustup:          rustup target add wasm32-unknown-unknown
  on Debian, as root:   apt-get install -y --no-install-recommends rustc-web cargo-web rust-web-src rust-web-llvm lld-22";

/// The bytes of the compiled `frontend`, before wasm-bindgen.
pub(crate) fn frontend(root: &Path) -> Result<Vec<u8>, Stop> {
    // Apart from the ordinary build, which would otherwise wait for this one, and from each other, for two compilers
    // sharing a folder wipe each other's work.
    let (mut cargo, folder) = if can_compile_for_browser() {
        println!("browser bundle: compiling with the {TARGET} target of this toolchain");
        (Command::new("cargo"), root.join("target/front"))
    } else if debian_has_sources() {
        println!("browser bundle: compiling with Debian's rustc-web, standard library included");
        (debian_cargo(), root.join("target/front-debian"))
    } else {
        return Err(NO_COMPILER.into());
    };
    let built = cargo
        .current_dir(root)
        .args(["build", "--locked", "-p", "frontend", "--target", TARGET, "--profile", PROFILE, "--target-dir"])
        .arg(&folder)
        .status()
        .map_err(|e| format!("cargo could not be started: {e}"))?;
    if !built.success() {
        return Err("compiling the frontend failed; cargo's words are above".into());
    }
    Ok(std::fs::read(folder.join(TARGET).join(PROFILE).join("frontend.wasm"))?)
}

/// Whether the current toolchain has a compiled standard library for the browser.
fn can_compile_for_browser() -> bool {
    let libraries = printed(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    let files = libraries.and_then(|folder| std::fs::read_dir(folder).ok());
    files.is_some_and(|mut files| {
        files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libcore-")))
    })
}

/// Whether Debian's own compiler is here together with the standard library's source and the linker for WebAssembly.
fn debian_has_sources() -> bool {
    let here = printed(Command::new("/usr/bin/rustc").args(["--print", "sysroot"]));
    here.is_some_and(|sysroot| sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml").exists())
        && ["/usr/bin/cargo", "/usr/bin/rust-lld"].iter().all(|program| Path::new(program).exists())
}

/// Debian's cargo, building the standard library too, free of what rustup's cargo told this process.
fn debian_cargo() -> Command {
    let mut cargo = Command::new("/usr/bin/cargo");
    for set_by_rustup in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTDOC"] {
        cargo.env_remove(set_by_rustup);
    }
    // Building the standard library is a nightly option that this switch opens on a stable compiler.
    cargo.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
    cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features="]);
    cargo
}

/// The one path a command prints, if it succeeds.
fn printed(command: &mut Command) -> Option<PathBuf> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}
