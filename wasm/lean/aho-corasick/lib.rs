//! As much of `aho-corasick` as `regex-automata` names, and no search that could be built; `Cargo.toml` says why.
//!
//! The searches have no values, so that the compiler sees that nothing of them is ever run.

#![no_std]
#![forbid(unsafe_code)]

/// Part of a text.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// Whether a match has to begin where the search does.
#[derive(Clone, Copy, Debug)]
pub enum Anchored {
    No,
    Yes,
}

/// What is searched.
#[derive(Clone, Debug)]
pub struct Input<'h>(core::marker::PhantomData<&'h [u8]>);

impl<'h> Input<'h> {
    pub fn new(_text: &'h [u8]) -> Self {
        Self(core::marker::PhantomData)
    }

    pub fn span(self, _span: core::ops::Range<usize>) -> Self {
        self
    }

    pub fn anchored(self, _anchored: Anchored) -> Self {
        self
    }
}

/// What was found; never anything.
#[derive(Clone, Copy, Debug)]
pub enum Match {}

impl Match {
    pub fn start(&self) -> usize {
        match *self {}
    }

    pub fn end(&self) -> usize {
        match *self {}
    }
}

/// Which of several matches counts.
#[derive(Clone, Copy, Debug)]
pub enum MatchKind {
    LeftmostFirst,
}

/// Where searches may begin.
#[derive(Clone, Copy, Debug)]
pub enum StartKind {
    Both,
    Anchored,
}

/// How an automaton is laid out.
#[derive(Clone, Copy, Debug)]
pub enum AhoCorasickKind {
    ContiguousNFA,
    DFA,
}

/// No search is built.
#[derive(Clone, Copy, Debug)]
pub struct BuildError;

impl core::fmt::Display for BuildError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("there is no search for literals in this build")
    }
}

/// A search for many texts at once, of which there is none.
#[derive(Clone, Debug)]
pub enum AhoCorasick {}

impl AhoCorasick {
    pub fn builder() -> AhoCorasickBuilder {
        AhoCorasickBuilder
    }

    pub fn find<'h>(&self, _input: Input<'h>) -> Option<Match> {
        match *self {}
    }

    pub fn memory_usage(&self) -> usize {
        match *self {}
    }
}

/// Builds nothing.
#[derive(Clone, Copy, Debug)]
pub struct AhoCorasickBuilder;

impl AhoCorasickBuilder {
    pub fn kind(&mut self, _kind: Option<AhoCorasickKind>) -> &mut Self {
        self
    }

    pub fn match_kind(&mut self, _kind: MatchKind) -> &mut Self {
        self
    }

    pub fn start_kind(&mut self, _kind: StartKind) -> &mut Self {
        self
    }

    pub fn prefilter(&mut self, _wanted: bool) -> &mut Self {
        self
    }

    pub fn build<P>(&self, _needles: P) -> Result<AhoCorasick, BuildError> {
        Err(BuildError)
    }
}

/// What searches of all kinds can do.
pub mod automaton {
    use crate::{BuildError, Input, Match};

    pub trait Automaton {
        fn try_find(&self, input: &Input<'_>) -> Result<Option<Match>, BuildError>;
        fn memory_usage(&self) -> usize;
    }
}

/// Searches as tables.
pub mod dfa {
    use crate::{BuildError, Input, Match, MatchKind, StartKind, automaton::Automaton};

    #[derive(Clone, Debug)]
    pub enum DFA {}

    impl DFA {
        pub fn builder() -> Builder {
            Builder
        }
    }

    impl Automaton for DFA {
        fn try_find(&self, _input: &Input<'_>) -> Result<Option<Match>, BuildError> {
            match *self {}
        }

        fn memory_usage(&self) -> usize {
            match *self {}
        }
    }

    #[derive(Clone, Copy, Debug)]
    pub struct Builder;

    impl Builder {
        pub fn match_kind(&mut self, _kind: MatchKind) -> &mut Self {
            self
        }

        pub fn start_kind(&mut self, _kind: StartKind) -> &mut Self {
            self
        }

        pub fn prefilter(&mut self, _wanted: bool) -> &mut Self {
            self
        }

        pub fn build<P>(&self, _needles: P) -> Result<DFA, BuildError> {
            Err(BuildError)
        }
    }
}

/// Searches by vectors of bytes.
pub mod packed {
    use crate::{Match, Span};

    #[derive(Clone, Copy, Debug)]
    pub enum MatchKind {
        LeftmostFirst,
    }

    #[derive(Clone, Debug)]
    pub enum Searcher {}

    impl Searcher {
        pub fn find_in(&self, _text: &[u8], _span: Span) -> Option<Match> {
            match *self {}
        }

        pub fn memory_usage(&self) -> usize {
            match *self {}
        }
    }

    #[derive(Clone, Copy, Debug, Default)]
    pub struct Config;

    impl Config {
        pub fn new() -> Self {
            Self
        }

        pub fn match_kind(&mut self, _kind: MatchKind) -> &mut Self {
            self
        }

        pub fn builder(&self) -> Builder {
            Builder
        }
    }

    #[derive(Clone, Copy, Debug)]
    pub struct Builder;

    impl Builder {
        pub fn extend<I>(&mut self, _needles: I) -> &mut Self {
            self
        }

        pub fn build(&self) -> Option<Searcher> {
            None
        }
    }
}
