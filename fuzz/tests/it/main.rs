//! The targets without a fuzzer.

mod corpora;
