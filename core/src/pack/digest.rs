//! Digests, so that a decision can say exactly which texts it was made from.

use sha2::{Digest, Sha256};

/// SHA-256 over parts that each have a name, in hexadecimal. Names and lengths are part of it, so that no
/// two lists of parts run together.
pub fn digest<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hasher = Sha256::new();
    for (name, bytes) in parts {
        for piece in [name.as_bytes(), bytes] {
            hasher.update((piece.len() as u64).to_le_bytes());
            hasher.update(piece);
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
