//! What a plain scalar means: the core schema of YAML 1.2, and the number grammar of JSON.
//!
//! `yes`, `no`, `on` and `off` are text here, as YAML 1.2 says. Whether a text was meant as `true` is for
//! the schema to ask.

use super::Value;

/// The value of a plain scalar by the core schema.
pub(crate) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::Text(text.to_owned())),
    }
}

/// The number that a text is by the core schema, if it is one.
pub(super) fn number(text: &str) -> Option<Value> {
    let value = if is_integer(text) {
        text.parse().map_or_else(|_| Value::Number(text.to_owned()), Value::Int)
    } else if let Some((digits, radix)) = based(text) {
        i64::from_str_radix(digits, radix).map_or_else(|_| Value::Number(text.to_owned()), Value::Int)
    } else if is_float(text) {
        Value::Number(text.to_owned())
    } else {
        return None;
    };
    Some(value)
}

/// Whether a text is a number of JSON (RFC 8259, section 6).
pub(super) fn is_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = unsigned.split(['.', 'e', 'E']).next().unwrap_or_default();
    let starts_right = whole == "0" || (all_digits(whole) && !whole.starts_with('0'));
    starts_right
        && unsigned.split_once('.').is_none_or(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
        && is_float(unsigned)
}

fn is_integer(text: &str) -> bool {
    all_digits(unsigned(text))
}

/// The digits and the base of `0o17` and `0x1F`.
fn based(text: &str) -> Option<(&str, u32)> {
    let (digits, radix) = match text.split_at_checked(2)? {
        ("0o", digits) => (digits, 8),
        ("0x", digits) => (digits, 16),
        _ => return None,
    };
    (!digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix))).then_some((digits, radix))
}

fn is_float(text: &str) -> bool {
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let text = unsigned(text);
    if matches!(text, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_ok = if whole.is_empty() {
        all_digits(fraction)
    } else {
        all_digits(whole) && (fraction.is_empty() || all_digits(fraction))
    };
    mantissa_ok && exponent.is_none_or(|exponent| all_digits(unsigned(exponent)))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number as JSON can say it; `None` for those it cannot (`.inf`, `.nan`).
pub(super) fn to_json_number(written: &str) -> Option<serde_json::Number> {
    if let Some((digits, radix)) = based(written) {
        return u64::from_str_radix(digits, radix).ok().map(Into::into);
    }
    let positive = written.strip_prefix('+').unwrap_or(written);
    if let Ok(number) = positive.parse::<u64>() {
        return Some(number.into());
    }
    serde_json::Number::from_f64(positive.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema_and_nothing_older() {
        let cases = [
            ("12", Value::Int(12)),
            ("+1", Value::Int(1)),
            ("-0", Value::Int(0)),
            ("007", Value::Int(7)),
            ("0o17", Value::Int(15)),
            ("0x1F", Value::Int(31)),
            ("9223372036854775807", Value::Int(i64::MAX)),
            ("9223372036854775808", Value::Number("9223372036854775808".into())),
            ("1.5", Value::Number("1.5".into())),
            (".5", Value::Number(".5".into())),
            ("1.", Value::Number("1.".into())),
            ("1e3", Value::Number("1e3".into())),
            ("-.INF", Value::Number("-.INF".into())),
            (".NaN", Value::Number(".NaN".into())),
            ("TRUE", Value::Bool(true)),
            ("Null", Value::Null),
        ];
        for (text, value) in cases {
            assert_eq!(resolve(text), value, "{text}");
        }
        for text in [
            "yes",
            "no",
            "on",
            "off",
            "y",
            "tRUE",
            "nULL",
            "0b1",
            "1_000",
            "0x",
            "1e",
            ".",
            "-",
            "+.nan",
            "1.2.3",
            "12:30",
            "2026-01-01",
            "é",
        ] {
            assert_eq!(resolve(text), Value::Text(text.into()), "{text}");
        }
    }

    #[test]
    fn json_numbers_are_those_of_the_standard() {
        for text in ["0", "-0", "10", "1.0", "1e5", "1.5E-3", "-12.25e+10"] {
            assert!(is_json_number(text), "{text}");
        }
        for text in
            ["", "-", "+1", "01", ".5", "1.", "1.e3", "0x1", "1e", "Infinity", ".inf", "--1", "-+1", "-.inf"]
        {
            assert!(!is_json_number(text), "{text}");
        }
    }

    #[test]
    fn numbers_reach_json_where_json_has_them() {
        let shown = |text| to_json_number(text).map(|number| number.to_string());
        assert_eq!(shown("18446744073709551615").as_deref(), Some("18446744073709551615"));
        assert_eq!(shown("+1.5").as_deref(), Some("1.5"));
        assert_eq!(shown("0xFFFFFFFFFFFFFFFF").as_deref(), Some("18446744073709551615"));
        assert_eq!(shown(".inf"), None);
        assert_eq!(shown(".nan"), None);
    }
}
