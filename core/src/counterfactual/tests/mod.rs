//! Counterfactuals against brute force on small packs, and against the engine on the examples.

mod brute;
mod examples;
