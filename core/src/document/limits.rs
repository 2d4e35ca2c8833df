//! How much work a document may cause. Every bound is a count, never a time: the same text is refused on
//! every host or on none.

/// What a document may cost to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest text, in bytes. A larger one is not read at all. 2 MiB: a hundred times a long intake.
    pub max_bytes: usize,
    /// How deep lists and mappings may stand inside each other; what is deeper is broken. At most 256 is
    /// honoured, so that walking a tree never exhausts a stack.
    pub max_depth: usize,
    /// How many values a document may hold, aliases replaced by what they stand for.
    pub max_nodes: usize,
    /// How many syntax errors of one YAML text are passed over before the rest is given up.
    pub max_recoveries: usize,
    /// How many bytes may be parsed again, all in all, to get past the syntax errors of one YAML text.
    pub max_recovery_bytes: usize,
    /// How many things wrong are listed; the rest of them are left out.
    pub max_diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 2 << 20,
            max_depth: 128,
            max_nodes: 250_000,
            max_recoveries: 8,
            max_recovery_bytes: 8 << 20,
            max_diagnostics: 100,
        }
    }
}

impl Limits {
    /// The depth that is enforced.
    pub(super) fn depth(&self) -> usize {
        self.max_depth.min(256)
    }
}
