//! Takes comments and needless white space out of a stylesheet, leaving one rule a line for reviewers and for compression alike.

/// Good for our own plain rules; it knows nothing of strings with braces.
pub(crate) fn minify(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        text.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, tail)| tail);
    }
    text.push_str(rest);
    let mut out = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (wide, narrow) in [(" {", "{"), ("{ ", "{"), (" }", "}"), ("} ", "}"), ("; ", ";"), (": ", ":"), (", ", ","), (";}", "}")] {
        out = out.replace(wide, narrow);
    }
    out.replace('}', "}\n").replace("{@", "{\n@").replace("}\n}", "}}")
}
