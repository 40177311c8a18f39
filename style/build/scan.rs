//! Finds the classes that pages use: what stands in `class="…"`, and every string that begins with `app-`.

use std::collections::BTreeSet;
use std::path::Path;

/// Every class under `root`, each once, sorted. Files named `tests.rs` dress nothing.
pub(crate) fn classes(root: &Path) -> Result<BTreeSet<String>, String> {
    let mut found = BTreeSet::new();
    let entries = std::fs::read_dir(root).map_err(|e| format!("{}: {e}", root.display()))?;
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.is_dir() {
            found.extend(classes(&path)?);
        } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            found.extend(in_source(&text));
        }
    }
    Ok(found)
}

fn in_source(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for opening in ["class=\"", "\"app-"] {
        let quote = opening.find('"').unwrap_or_default();
        for (at, _) in text.match_indices(opening) {
            let list = text[at + quote + 1..].split('"').next().unwrap_or_default();
            found.extend(list.split_whitespace().filter(|class| !class.contains('{')).map(str::to_owned));
        }
    }
    found
}
