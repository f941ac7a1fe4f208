//! The selling of one performance.
#![no_std]
