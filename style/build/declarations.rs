//! From a class to its declarations: our tokens first, then the class table of `tailwind-rs-core`. The only place that knows that crate.

use crate::tokens;
use tailwind_rs_core::css_generator::CssGenerator;

/// `name:value;name:value` for a class without variants, or why there is none.
pub(crate) fn declarations(class: &str) -> Result<String, String> {
    if let Some(ours) = tokens::declarations(class) {
        return Ok(ours);
    }
    let found = CssGenerator::new().class_to_properties(class).map_err(|_| format!("unknown class `{class}`"))?;
    if found.is_empty() {
        return Err(format!("class `{class}` declares nothing"));
    }
    let mut lines: Vec<String> = found.iter().map(|p| format!("{}:{}", p.name, p.value)).collect();
    lines.sort();
    lines.dedup();
    Ok(lines.join(";"))
}
