//! The few components of the NHS design system that we use, in our own markup, one file each.

pub mod button;
pub mod date_input;
pub mod details;
pub mod error_summary;
pub mod inset;
pub mod radios;
pub mod summary_list;
pub mod table;
pub mod text_input;
