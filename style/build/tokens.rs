//! What the NHS service manual fixes: colours, type scale, widths, breakpoints. Wherever the class table differs, this one counts.

/// Colours of the service manual, and the mock's warm yellow; `$name` in `components.css` stands for the same.
pub(crate) const COLOURS: &[(&str, &str)] = &[
    ("blue", "#005eb8"),
    ("button", "#007f3b"),
    ("button-dark", "#00401e"),
    ("button-hover", "#00662f"),
    ("dark-blue", "#003087"),
    ("focus", "#ffeb3b"),
    ("grey-1", "#4c6272"),
    ("grey-2", "#768692"),
    ("grey-3", "#aeb7bd"),
    ("grey-4", "#d8dde0"),
    ("grey-5", "#f0f4f5"),
    ("ink", "#212b32"),
    ("link-hover", "#7c2855"),
    ("night", "#001a4d"),
    ("red", "#d5281b"),
    ("visited", "#330072"),
    ("warm", "#ffb81c"),
    ("white", "#fff"),
];

/// Type scale in pixels of the desktop, with size in rem and line height.
const TYPE: &[(&str, &str, &str)] =
    &[("16", "1rem", "1.5"), ("22", "1.375rem", "1.35"), ("24", "1.5rem", "1.4"), ("26", "1.625rem", "1.25")];

/// Widths.
const WIDTHS: &[(&str, &str)] = &[("page", "64rem"), ("prose", "42rem")];

/// Breakpoints of the service manual: tablet, desktop, large desktop.
pub(crate) const BREAKPOINTS: &[(&str, &str)] =
    &[("sm", "(min-width:40.0625em)"), ("md", "(min-width:48.0625em)"), ("lg", "(min-width:61.875em)")];

/// A colour by its token name.
pub(crate) fn colour(name: &str) -> Option<&'static str> {
    COLOURS.iter().find(|(token, _)| *token == name).map(|(_, hex)| *hex)
}

/// The declarations of a class that a token decides; `None` when no token does.
pub(crate) fn declarations(class: &str) -> Option<String> {
    let by_colour =
        |prefix: &str, property: &str| class.strip_prefix(prefix).and_then(colour).map(|hex| format!("{property}:{hex}"));
    let by_type = || {
        let size = class.strip_prefix("text-")?;
        TYPE.iter().find(|(name, ..)| *name == size).map(|(_, rem, line)| format!("font-size:{rem};line-height:{line}"))
    };
    let by_width = || {
        let width = class.strip_prefix("max-w-")?;
        WIDTHS.iter().find(|(name, _)| *name == width).map(|(_, rem)| format!("max-width:{rem}"))
    };
    by_colour("text-", "color")
        .or_else(|| by_colour("bg-", "background-color"))
        .or_else(|| by_colour("border-", "border-color"))
        .or_else(by_type)
        .or_else(by_width)
        .or_else(|| edge(class))
}

/// Borders of one edge: the class table sets a width and no style, and has no reset to rely on.
fn edge(class: &str) -> Option<String> {
    let rest = class.strip_prefix("border-")?;
    let (edge, width) = rest.split_once('-').unwrap_or((rest, "1"));
    let name = match edge {
        "t" => "top",
        "b" => "bottom",
        "l" => "left",
        "r" => "right",
        _ => return None,
    };
    width.parse::<u8>().ok().map(|px| format!("border-{name}-style:solid;border-{name}-width:{px}px"))
}
