//! Puts the stylesheet together: our components first, then one rule for each utility class, plain ones before those of wider screens and of paper.

use crate::declarations::declarations;
use crate::minify::minify;
use crate::tokens::{BREAKPOINTS, COLOURS};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Classes made by hand, defined in `components.css`, begin with this.
const OURS: &str = "app-";
/// The session banner appears after this many minutes at most; one rule for each minute.
const MINUTES: u32 = 13;

/// The whole stylesheet.
pub(crate) fn stylesheet(components: &str, classes: &BTreeSet<String>) -> Result<String, String> {
    let mut css = with_colours(components);
    for minute in 0..=MINUTES {
        let _ = write!(css, ".app-after-{minute}{{animation-delay:{}s}}", minute * 60);
    }
    let mut css = minify(&css);
    // Media query (by its place in the order) to rules; "" is none.
    let mut rules: BTreeMap<usize, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for class in classes {
        if class.starts_with(OURS) {
            if !components.contains(&format!(".{class}")) {
                wrong.push(format!("class `{class}` is not in components.css"));
            }
            continue;
        }
        match rule(class) {
            Ok((media, rule)) => rules.entry(media).or_default().push_str(&rule),
            Err(problem) => wrong.push(problem),
        }
    }
    if !wrong.is_empty() {
        return Err(format!("style: {}", wrong.join("; ")));
    }
    for (media, rules) in rules {
        match query(media) {
            None => css.push_str(&rules),
            Some(query) => {
                let _ = writeln!(css, "@media {query}{{\n{rules}}}");
            }
        }
    }
    Ok(css)
}

/// `$name` becomes the colour, longest names first so that `$button-dark` is not taken for `$button`.
fn with_colours(components: &str) -> String {
    let mut names: Vec<_> = COLOURS.iter().collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names.iter().fold(components.to_owned(), |css, (name, hex)| css.replace(&format!("${name}"), hex))
}

/// The media query with this place in the order: none, the breakpoints from narrow to wide, paper.
fn query(place: usize) -> Option<String> {
    match place {
        0 => None,
        n if n <= BREAKPOINTS.len() => Some(BREAKPOINTS[n - 1].1.to_owned()),
        _ => Some("print".to_owned()),
    }
}

/// One class, with its variants, as a rule, and the place of its media query.
fn rule(class: &str) -> Result<(usize, String), String> {
    let (variants, base) = class.rsplit_once(':').map_or(("", class), |(variants, base)| (variants, base));
    let mut place = 0;
    let mut pseudo = String::new();
    for variant in variants.split(':').filter(|variant| !variant.is_empty()) {
        match (BREAKPOINTS.iter().position(|(name, _)| *name == variant), variant) {
            (Some(index), _) => place = index + 1,
            (None, "print") => place = BREAKPOINTS.len() + 1,
            (None, "hover" | "focus" | "focus-visible" | "active") => {
                let _ = write!(pseudo, ":{variant}");
            }
            _ => return Err(format!("unknown variant in `{class}`")),
        }
    }
    Ok((place, format!(".{}{pseudo}{{{}}}\n", escape(class), declarations(base)?)))
}

/// A class name as a selector: everything but letters, digits, dashes and underscores is escaped.
fn escape(class: &str) -> String {
    class
        .chars()
        .flat_map(|c| (!(c.is_ascii_alphanumeric() || c == '-' || c == '_')).then_some('\\').into_iter().chain([c]))
        .collect()
}
