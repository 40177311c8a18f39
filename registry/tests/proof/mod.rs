//! The registry's promises, each as sentences that are tested from the outside, with a second connection that plays the vandal.

mod bench;

mod cases;
mod damage;
mod numbers;
mod reading;
mod refusing;
