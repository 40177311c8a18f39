//! The registry's promises, each as sentences that are tested from the outside, with a second connection that plays the vandal.

mod bench;

mod all_or_nothing;
mod cases;
mod damage;
mod log;
mod numbers;
mod opening;
mod reading;
mod refusing;
mod sealed;
mod sending;
mod sessions;
