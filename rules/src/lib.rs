//! The default policy pack.
