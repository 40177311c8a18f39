//! The parts our own pages are made of, one file each.

pub mod answer_heading;
pub mod answer_panel;
pub mod context_bar;
pub mod coverage_notice;
pub mod footer;
pub mod header;
pub mod hide;
pub mod history_table;
pub mod patient_banner;
pub mod phones;
pub mod receipt;
pub mod session_banner;
pub mod status_card;
pub mod told_line;
pub mod what_to_do;
