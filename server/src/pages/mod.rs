//! Door one: the portal's pages, by subject.

pub mod choices;
pub mod find;
pub mod lookup;
pub mod plain;
pub mod session;
pub mod start;
