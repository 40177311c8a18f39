//! Writes the bundle where the server finds it: files named after their content, compressed copies beside them, one manifest.

use std::{fs, io::Write, path::Path};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use super::Stop;

/// The three files of a bundle, not yet named.
pub(crate) struct Files<'a> {
    /// wasm-bindgen's JavaScript.
    pub(crate) code: &'a [u8],
    /// The WebAssembly it drives.
    pub(crate) machine: &'a [u8],
    /// The loader, with the placeholder names of the other two.
    pub(crate) wake: &'a str,
}

/// A short name for exactly these bytes: 16 hexadecimal digits of their SHA-256.
pub(crate) fn name_of(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    let hash: [u8; 32] = hash.finalize().into();
    format!("{:016x}", hash.iter().take(8).fold(0u64, |name, byte| (name << 8) | u64::from(*byte)))
}

/// Whether the manifest in `site` was made from `source`.
pub(crate) fn is_current(site: &Path, source: &str) -> bool {
    fs::read_to_string(site.join("manifest.json")).is_ok_and(|manifest| manifest.contains(&format!("\"source\":\"{source}\"")))
}

/// Empties `site` and writes the bundle, the manifest last: a server that starts meanwhile sees no bundle rather than half of one.
///
/// Gives a sentence with the sizes in bytes.
pub(crate) fn write(site: &Path, files: &Files, source: &str) -> Result<String, Stop> {
    if site.exists() {
        fs::remove_dir_all(site)?;
    }
    fs::create_dir_all(site)?;
    let code = format!("portal-{}.js", name_of(&[files.code]));
    let machine = format!("portal_bg-{}.wasm", name_of(&[files.machine]));
    let wake = named(&named(files.wake, "./portal.js", &code)?, "./portal_bg.wasm", &machine)?;
    let wake_name = format!("wake-{}.js", name_of(&[wake.as_bytes()]));
    let mut said = vec!["browser bundle: written to target/site".to_owned()];
    for (name, bytes) in [(&code, files.code), (&machine, files.machine), (&wake_name, wake.as_bytes())] {
        let smaller = compressed(site, name, bytes)?;
        said.push(format!("  {name}  {} bytes, {smaller} with brotli", bytes.len()));
    }
    let manifest =
        format!("{{\"wake\":\"{wake_name}\",\"files\":[\"{code}\",\"{machine}\",\"{wake_name}\"],\"source\":\"{source}\"}}\n");
    fs::write(site.join("manifest.json"), manifest)?;
    Ok(said.join("\n"))
}

/// `script` with the one placeholder replaced by the real name.
fn named(script: &str, placeholder: &str, name: &str) -> Result<String, Stop> {
    match script.matches(placeholder).count() {
        1 => Ok(script.replace(placeholder, &format!("./{name}"))),
        n => Err(format!("wake.js names {placeholder} {n} times instead of once").into()),
    }
}

/// Writes `name` as it is, with brotli and with gzip; gives the size with brotli.
fn compressed(site: &Path, name: &str, bytes: &[u8]) -> Result<usize, Stop> {
    fs::write(site.join(name), bytes)?;
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut small, &brotli::enc::BrotliEncoderParams::default())?;
    fs::write(site.join(format!("{name}.br")), &small)?;
    let mut gzip = GzEncoder::new(fs::File::create(site.join(format!("{name}.gz")))?, Compression::best());
    gzip.write_all(bytes)?;
    gzip.finish()?;
    Ok(small.len())
}

#[cfg(test)]
mod tests {
    use super::{Files, is_current, name_of, write};

    #[test]
    fn the_loader_names_the_very_files_that_are_served() {
        let site = std::env::temp_dir().join(format!("bundle-{}", std::process::id()));
        let wake = include_str!("../../wake.js");
        write(&site, &Files { code: b"code", machine: b"machine", wake }, "abc").unwrap();
        let code = format!("portal-{}.js", name_of(&[b"code"]));
        let manifest = std::fs::read_to_string(site.join("manifest.json")).unwrap();
        let wake_name = manifest.split('"').nth(3).unwrap();
        let loader = std::fs::read_to_string(site.join(wake_name)).unwrap();
        assert!(loader.contains(&format!("\"./{code}\"")) && manifest.contains(&code));
        assert!(site.join(format!("{code}.br")).exists() && site.join(format!("{code}.gz")).exists());
        assert!(is_current(&site, "abc") && !is_current(&site, "abd"));
        std::fs::remove_dir_all(site).unwrap();
    }
}
