//! Rendering: a report as text for people. Every host prints the same.

mod page;
mod paint;
mod snippet;
mod text;

pub use page::page;
pub use paint::Paint;
pub use snippet::{diagnostic, summary};
pub use text::text;
