//! How the service is dressed: one stylesheet, made at build time from the classes the pages use and from a few components of our own.

/// The stylesheet, whole, one rule a line.
pub const CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));

/// Sixteen hexadecimal digits that change whenever the stylesheet does; part of its address, so that it can be cached for ever.
pub const HASH: &str = include_str!(concat!(env!("OUT_DIR"), "/hash.txt"));
