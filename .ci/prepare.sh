# What a machine needs before `./run` and `./test`: read by both, never run by itself.
# Debian 12 and 13 and Ubuntu are known by name; on others it says what is missing and stops.

oldest_rust=94 # the minor version: 1.94

say() { printf '== %s\n' "$*"; }
stop() { printf 'stopped: %s\n' "$*" >&2; exit 1; }

# apt, as root or through sudo, saying what it installs; the list of packages is fetched once.
apt_listed=
apt_install() {
  command -v apt-get >/dev/null || stop "this needs: $*. There is no apt here; please install them and start again."
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || stop "this needs: $*. Please install them as root (apt-get install $*) and start again."
    as=(sudo)
  fi
  if [ -z "$apt_listed" ]; then
    say "Fetching the list of packages"
    "${as[@]}" apt-get update -q || stop "apt-get update failed; is the network there?"
    apt_listed=yes
  fi
  say "Installing $*"
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

# Whether apt has this package in a version of at least $2 (a Rust minor version), or at all.
apt_offers() {
  local version
  version=$(apt-cache policy "$1" 2>/dev/null | awk '/Candidate:/ { print $2 }')
  [ -n "$version" ] && [ "$version" != "(none)" ] || return 1
  [ -z "${2:-}" ] || [ "$(printf '%s' "$version" | sed -E 's/^1\.([0-9]+).*/\1/')" -ge "$2" ] 2>/dev/null
}

rust_is_new_enough() {
  command -v cargo >/dev/null || return 1
  [ "$(rustc --version 2>/dev/null | sed -E 's/^rustc 1\.([0-9]+).*/\1/')" -ge "$oldest_rust" ] 2>/dev/null
}

# Rust by rustup where that is or can be had; else the distribution's own newer one.
need_rust() {
  [ -d "$HOME/.cargo/bin" ] && PATH="$HOME/.cargo/bin:$PATH"
  hash -r
  rust_is_new_enough && return
  say "Rust 1.$oldest_rust or newer is needed and not here"
  if ! command -v rustup >/dev/null && command -v apt-get >/dev/null; then
    apt_install ca-certificates
    if apt_offers rustup; then apt_install rustup; fi
  fi
  if command -v rustup >/dev/null; then
    say "Fetching the current stable Rust with rustup"
    if rustup toolchain install stable --profile minimal --component rustfmt --component clippy; then
      export RUSTUP_TOOLCHAIN=stable
      hash -r
      rust_is_new_enough && return
    fi
    say "rustup could not fetch it"
  fi
  if apt_offers rustc-web "$oldest_rust"; then
    apt_install rustc-web cargo-web
    # A rustup without a toolchain must not stand before it.
    PATH="/usr/bin:$PATH"
    hash -r
    rust_is_new_enough && return
  fi
  stop "no Rust 1.$oldest_rust or newer could be had here. Please install it from https://rustup.rs and start again."
}

# A C compiler, for SQLite and the cryptography of TLS.
need_compiler() {
  if ! printf '#include <stdio.h>\nint main(void) { return 0; }\n' | cc -x c -o /dev/null - 2>/dev/null; then apt_install gcc libc6-dev; fi
}

# What builds the portal.
need_build_tools() {
  command -v curl >/dev/null || apt_install curl ca-certificates
  need_compiler
  need_rust
}

# The compiler's half for the browser, by rustup where that is; without it the portal is complete, without script.
want_browser_target() {
  compgen -G "$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null)/libcore-*" >/dev/null && return
  # Debian's own compiler can build that half from its source, when someone has installed that and the linker.
  [ -e /usr/bin/rust-lld ] && [ -d "$(/usr/bin/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/std" ] && return
  command -v rustup >/dev/null || return 1
  say "Fetching the browser target with rustup"
  timeout 180 rustup target add wasm32-unknown-unknown
}

# The browser bundle where it can be had; never a reason to stop.
build_bundle() {
  if want_browser_target; then
    say "Building the browser bundle"
    cargo run --locked -p bundle && return
  fi
  say "Going on without the browser bundle: the portal is complete without it, only its small helpers stay asleep (cargo run -p bundle says how to have it)"
}
