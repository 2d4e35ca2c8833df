//! Three-valued truth (Kleene): an answer that is missing leaves unsettled only what depends on it.

/// Whether something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Truth {
    /// It is not so, whatever the missing answers are.
    No = 0,
    /// It depends on answers that are not there.
    Unsettled = 1,
    /// It is so, whatever the missing answers are.
    Yes = 2,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether it is settled, one way or the other.
    pub fn is_settled(self) -> bool {
        self != Self::Unsettled
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unsettled => Self::Unsettled,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

impl From<Option<bool>> for Truth {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Self::Unsettled, Self::from)
    }
}
