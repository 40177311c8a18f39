//! The stylesheet as it was last reviewed. `UPDATE=1 cargo test -p style` writes it anew.

use std::path::Path;

#[test]
#[expect(clippy::disallowed_methods, reason = "whoever reviews the stylesheet asks for a new one by this variable")]
fn the_stylesheet_is_the_reviewed_one() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.css");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, style::CSS).unwrap();
    }
    let reviewed = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(reviewed == style::CSS, "the stylesheet changed: look at it, then run UPDATE=1 cargo test -p style");
}

#[test]
fn no_component_class_is_left_over() {
    let pages = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"));
    let components = include_str!("../src/components.css");
    let mut unused: Vec<&str> = components
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'))
        .filter_map(|word| word.rsplit_once('.').map(|(_, name)| name))
        .filter(|name| name.starts_with("app-") && !pages.contains(name))
        .collect();
    unused.dedup();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn it_asks_nobody_else_for_anything() {
    for foreign in ["http:", "https:", "//", "@import", "@font-face", "url("] {
        assert!(!style::CSS.contains(foreign), "{foreign}");
    }
}

#[test]
fn its_name_is_sixteen_hexadecimal_digits() {
    assert!(style::HASH.len() == 16 && style::HASH.bytes().all(|b| b.is_ascii_hexdigit()));
}

#[expect(clippy::unwrap_used, reason = "a test that cannot read the pages fails")]
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&sources(&path));
        } else {
            all.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    all
}
