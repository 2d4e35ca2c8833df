//! The default policy pack.

#[cfg(test)]
#[expect(dead_code, reason = "the types are there for their schema, nobody makes a value of them")]
mod intake;
