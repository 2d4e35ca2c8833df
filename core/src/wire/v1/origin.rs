//! What a decision comes from: the engine, the policy pack and the intake.

use serde::Serialize;

wire! {
    /// The engine that decided.
    struct Engine {
        /// `remit`.
        pub name: String,
        /// Its version.
        pub version: String,
    }

    /// A policy pack.
    struct Pack {
        /// Its name.
        pub name: String,
        /// Its version.
        pub version: String,
        /// SHA-256 over its files, in hexadecimal; the digest of the pack that it extends is part of it.
        pub digest: String,
        /// The packs that it extends, the nearest first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub extends: Vec<Base>,
        /// Rules of those that do not count.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub switched_off: Vec<SwitchedOff>,
    }

    /// A pack that another extends.
    struct Base {
        /// Its name.
        pub name: String,
        /// Its version.
        pub version: String,
        /// Its digest.
        pub digest: String,
    }

    /// A rule of a pack that is extended, which does not count.
    struct SwitchedOff {
        /// Its id.
        pub rule: String,
        /// Why, in the words of whoever switched it off.
        pub because: String,
    }

    /// The intake.
    struct Intake {
        /// Its own id, if it gives one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub id: Option<String>,
        /// The name of what is reviewed, if it gives one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub title: Option<String>,
        /// What the host calls it.
        pub source: String,
        /// SHA-256 of its text, in hexadecimal.
        pub digest: String,
    }
}
