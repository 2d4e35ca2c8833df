//! The Rhai engines: one that only parses, and the settings that every engine of ours shares.

use rhai::Engine;

/// Operations that one condition may take: thousands of times what a rule needs, a blink of the eye.
pub(super) const MAX_OPERATIONS: u64 = 200_000;
/// Calls inside each other. Small, because a browser's stack is.
const MAX_CALL_LEVELS: usize = 24;
/// Expressions inside each other, at the top level and in functions.
const MAX_EXPR_DEPTH: usize = 96;
/// Characters in one string.
const MAX_STRING: usize = 16 * 1024;
/// Items in one array, and in one map.
const MAX_ITEMS: usize = 4_096;

/// An engine without any function, with the limits that hold everywhere, in debug and release builds alike.
pub(crate) fn bare() -> Engine {
    let mut engine = Engine::new_raw();
    engine.set_max_operations(MAX_OPERATIONS);
    engine.set_max_call_levels(MAX_CALL_LEVELS);
    engine.set_max_expr_depths(MAX_EXPR_DEPTH, MAX_EXPR_DEPTH);
    engine.set_max_string_size(MAX_STRING);
    engine.set_max_array_size(MAX_ITEMS);
    engine.set_max_map_size(MAX_ITEMS);
    engine.set_max_variables(256);
    // What Rhai says of a topic's functions takes time that grows with the square of their number.
    engine.set_max_functions(1_024);
    engine.disable_symbol("eval");
    engine
}

/// The engine that parses topics.
pub(super) fn parser() -> Engine {
    bare()
}
