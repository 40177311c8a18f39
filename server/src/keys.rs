//! The secret keys on disk: the audit key and the keys that sign our client assertions.

use crate::log_in::new_key_pem;
use registry::AuditKey;
use std::fs;
use std::io::Write as _;
use std::path::Path;

const AUDIT: &str = "audit.key";
const LOG_IN: &str = "log-in.pem";

/// Makes the keys that are missing; returns the names of those it made.
pub fn make_missing(folder: &Path) -> Result<Vec<&'static str>, String> {
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut made = Vec::new();
    if !folder.join(AUDIT).exists() {
        write_secret(&folder.join(AUDIT), &AuditKey::random_hex())?;
        made.push(AUDIT);
    }
    if log_in_keys(folder)?.is_empty() {
        let pem = new_key_pem().map_err(|e| format!("a log-in key could not be made: {e}"))?;
        write_secret(&folder.join(LOG_IN), &pem)?;
        made.push(LOG_IN);
    }
    Ok(made)
}

/// The audit key: 64 hexadecimal digits.
pub fn audit_key(folder: &Path) -> Result<AuditKey, String> {
    let path = folder.join(AUDIT);
    let text =
        fs::read_to_string(&path).map_err(|e| format!("{}: {e}; `server keys` makes the keys that are missing", path.display()))?;
    let text = text.trim();
    let mut key = [0u8; 32];
    if text.len() != 64 || !text.is_ascii() {
        return Err(format!("{}: not 64 hexadecimal digits", path.display()));
    }
    for (byte, pair) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(pair).map_err(|e| e.to_string())?;
        *byte = u8::from_str_radix(digits, 16).map_err(|_| format!("{}: not 64 hexadecimal digits", path.display()))?;
    }
    Ok(AuditKey::new(key))
}

/// The PEM texts of `log-in*.pem`, in the order of their names.
pub fn log_in_keys(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| {
        path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with("log-in"))
            && path.extension().is_some_and(|e| e == "pem")
    });
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))).collect()
}

fn write_secret(path: &Path, text: &str) -> Result<(), String> {
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    writeln!(file, "{}", text.trim_end()).and_then(|()| file.sync_all()).map_err(|e| format!("{}: {e}", path.display()))
}
