//! What JSON becomes, and what is underlined where it is wrong. As in the tests of YAML.

use super::show::check;
use crate::document::Format::Json;

#[test]
fn good_json_is_read() {
    check(
        Json,
        &[
            ("", "-"),
            ("  \n", "-"),
            ("null", "null"),
            ("\u{feff}{\"a\": 1}", "{a: 1}"),
            (
                "{\"a\": [1, -2.5e3, \"x\\u00e9\\n\", true, false, null, {}], \"b\": {\"c\": []}}",
                "{a: [1, #-2.5e3, \"xé\\n\", true, false, null, {}], b: {c: []}}",
            ),
            ("{\"n\": 9223372036854775808, \"m\": -1}", "{n: #9223372036854775808, m: -1}"),
        ],
    );
}

#[test]
fn commas_colons_and_values_may_be_missing() {
    check(
        Json,
        &[
            (
                "{\"a\": 1 \"b\": 2}",
                "{a: 1, b: 2}\n\
             ! missing-comma \"\\\"\" a comma is missing before this",
            ),
            (
                "[1 2]",
                "[1, 2]\n\
             ! missing-comma \"2\" a comma is missing before this",
            ),
            (
                "{\"a\": 1,\n \"b\": 2,}",
                "{a: 1, b: 2}\n\
             ! trailing-comma \",\" json allows no comma after the last item",
            ),
            (
                "[1,]",
                "[1]\n\
             ! trailing-comma \",\" json allows no comma after the last item",
            ),
            (
                "[1,,2]",
                "[1, ?, 2]\n\
             ! missing-value \",\" a value is missing before this comma",
            ),
            (
                "[,]",
                "[?]\n\
             ! missing-value \",\" a value is missing before this comma",
            ),
            (
                "{,}",
                "{}\n\
             ! missing-value \",\" a value is missing before this comma",
            ),
            (
                "{\"a\": }",
                "{a: ?}\n\
             ! missing-value \"\\\"a\\\"\" a value is missing after this key",
            ),
            (
                "{\"a\": , \"b\": 1}",
                "{a: ?, b: 1}\n\
             ! missing-value \"\\\"a\\\"\" a value is missing after this key",
            ),
            (
                "{\"a\":\n \"b\": 1}",
                "{a: ?, b: 1}\n\
             ! missing-value \"\\\"a\\\"\" a value is missing after this key",
            ),
            (
                "{\"a\" 1}",
                "{a: 1}\n\
             ! missing-colon \"\\\"a\\\"\" this key has no `:` after it",
            ),
            (
                "{\"a\"}",
                "{a: ?}\n\
             ! missing-colon \"\\\"a\\\"\" this key has no `:` after it",
            ),
            (
                "{\"a\", \"b\": 1}",
                "{a: ?, b: 1}\n\
             ! missing-colon \"\\\"a\\\"\" this key has no `:` after it",
            ),
            (
                "{\"a\" = 1, \"b\" => 2}",
                "{a: 1, b: 2}\n\
             ! missing-colon \"=\" a key and its value are joined by `:`\n\
             ! missing-colon \"=>\" a key and its value are joined by `:`",
            ),
        ],
    );
}

#[test]
fn quotes_and_brackets_may_be_missing() {
    check(
        Json,
        &[
            (
                "{\"a\": \"open,\n \"b\": 2}",
                "{a: ?, b: 2}\n\
             ! unclosed-quote \"\\\"open\" the quote that opens here is never closed",
            ),
            (
                "{\"a: 1,\n \"b\": 2}",
                "{a: 1, b: 2}\n\
             ! unclosed-quote \"\\\"a\" the quote that opens here is never closed",
            ),
            (
                "[\"open]",
                "[?]\n\
             ! unclosed-quote \"\\\"open\" the quote that opens here is never closed",
            ),
            (
                "{\"a\": [1, 2, \"b\": 3}",
                "{a: [1, 2, ?], b: 3}\n\
             ! unclosed-bracket \"[\" the `[` that opens here is never closed",
            ),
            (
                "{\"a\": [1, 2\n \"b\": 3}",
                "{a: [1, 2, ?], b: 3}\n\
             ! unclosed-bracket \"[\" the `[` that opens here is never closed",
            ),
            (
                "{\"a\": [[1, \n \"b\": 3}",
                "{a: [[1, ?], ?], b: 3}\n\
             ! unclosed-bracket \"[\" the `[` that opens here is never closed\n\
             ! unclosed-bracket \"[\" the `[` that opens here is never closed",
            ),
            (
                "{\"a\": {\"b\": 1",
                "{a: {b: 1}}\n\
             ! unclosed-bracket \"{\" the `{` that opens here is never closed\n\
             ! unclosed-bracket \"{\" the `{` that opens here is never closed",
            ),
            (
                "[1, 2}",
                "[1, 2]\n\
             ! unexpected-bracket \"}\" `}` closes what `[` opened",
            ),
            (
                "{\"a\": [1}, \"b\": 2}",
                "{a: [1], b: 2}\n\
             ! unexpected-bracket \"}\" `}` closes what `[` opened",
            ),
            (
                "{\"a\": 1]}",
                "{a: 1}\n\
             ! unexpected-bracket \"]\" `]` closes what `{` opened",
            ),
            (
                "{\"a\": {\"b\": 1], \"c\": 2}}",
                "{a: {b: 1, c: 2}}\n\
             ! unexpected-bracket \"]\" `]` closes what `{` opened",
            ),
            (
                "[{\"a\": 1]",
                "[{a: 1}]\n\
             ! unclosed-bracket \"{\" the `{` that opens here is never closed",
            ),
            (
                "[1]]",
                "[1]\n\
             ! unexpected-bracket \"]\" `]` closes nothing",
            ),
            (
                "{\"a\": 1} {\"b\": 2}",
                "{a: 1}\n\
             ! several-documents \"{\\\"b\\\": 2}\" a second value starts here; only the first is read",
            ),
            (
                "{\"a\": 1} x",
                "{a: 1}\n\
             ! syntax \"x\" there is text after the end of the value",
            ),
        ],
    );
}

#[test]
fn what_other_languages_allow_is_named() {
    check(
        Json,
        &[
            (
                "{'a': 'it\"s'}",
                "{a: \"it\\\"s\"}\n\
             ! single-quotes \"'a'\" json puts text in double quotes, not single ones\n\
             ! single-quotes \"'it\\\"s'\" json puts text in double quotes, not single ones",
            ),
            (
                "{a: 1, b-c: 2}",
                "{a: 1, b-c: 2}\n\
             ! unquoted-key \"a\" the key `a` is not in double quotes\n\
             ! unquoted-key \"b-c\" the key `b-c` is not in double quotes",
            ),
            (
                "{\"a\": 1 // why\n, /* x */ \"b\": 2 # c\n}",
                "{a: 1, b: 2}\n\
             ! comment \"// why\" json has no comments\n\
             ! comment \"/* x */\" json has no comments\n\
             ! comment \"# c\" json has no comments",
            ),
            (
                "[NaN, Infinity, True, None, undefined]",
                "[?, ?, ?, ?, ?]\n\
             ! literal \"NaN\" `NaN` is not a value of json\n\
             ! literal \"Infinity\" `Infinity` is not a value of json\n\
             ! literal \"True\" `True` is not a value of json\n\
             ! literal \"None\" `None` is not a value of json\n\
             ! literal \"undefined\" `undefined` is not a value of json",
            ),
            (
                "{\"a\": restricted data, \"b\": 1}",
                "{a: ?, b: 1}\n\
             ! literal \"restricted data\" `restricted data` is not a value of json",
            ),
            (
                "[01, +1, .5, 1., 0x1F, 1e, -, 1.2.3]",
                "[?, ?, ?, ?, ?, ?, ?, ?]\n\
             ! number \"01\" `01` is not a number of json\n\
             ! number \"+1\" `+1` is not a number of json\n\
             ! number \".5\" `.5` is not a number of json\n\
             ! number \"1.\" `1.` is not a number of json\n\
             ! number \"0x1F\" `0x1F` is not a number of json\n\
             ! number \"1e\" `1e` is not a number of json\n\
             ! number \"-\" `-` is not a number of json\n\
             ! number \"1.2.3\" `1.2.3` is not a number of json",
            ),
        ],
    );
}

#[test]
fn texts_with_bad_characters_are_not_trusted() {
    check(
        Json,
        &[
            (
                "[\"\\q\", \"\\u12\", \"\\ud800\", \"\\ud83d\\ude00\", \"\\udc00x\", \"\\ud800\\u0041\"]",
                "[?, ?, ?, \"😀\", ?, ?]\n\
             ! escape \"\\\\q\" `\\q` is not an escape that json knows\n\
             ! escape \"\\\\u12\" `\\u12` is not a whole escape\n\
             ! escape \"\\\\ud800\" `\\ud800` is half of a character\n\
             ! escape \"\\\\udc00\" `\\udc00` is half of a character\n\
             ! escape \"\\\\ud800\" `\\ud800` is half of a character",
            ),
            (
                "[\"a\tb\", 1]",
                "[?, 1]\n\
             ! control-character \"\\t\" a tab may not stand in a text as it is",
            ),
            (
                "[\"a\u{0}b\", 1]",
                "[?, 1]\n\
             ! control-character \"\\0\" a NUL character may not stand here",
            ),
        ],
    );
}

#[test]
fn a_key_that_stands_twice_counts_neither_time() {
    check(
        Json,
        &[
            (
                "{\"a\": 1, \"b\": 2, \"\\u0061\": 3}",
                "{a!: 1, b: 2, a!: 3}\n\
             ! duplicate-key \"\\\"\\\\u0061\\\"\" the key `a` stands here again",
            ),
            (
                "{\"a\":1,\"a\":2,\"a\":3}",
                "{a!: 1, a!: 2, a!: 3}\n\
             ! duplicate-key \"\\\"a\\\"\" the key `a` stands here again\n\
             ! duplicate-key \"\\\"a\\\"\" the key `a` stands here again",
            ),
        ],
    );
}

#[test]
fn half_typed_and_garbled_texts() {
    check(
        Json,
        &[
            (
                "{{\"a\": 1}, \"b\": 2}",
                "{b: 2}\n\
             ! syntax \"{\" a key in double quotes belongs here, not `{`",
            ),
            (
                "{[1]: 2, \"b\": 3}",
                "{b: 3}\n\
             ! syntax \"[\" a key in double quotes belongs here, not `[`",
            ),
            (
                "{1: 2}",
                "{1: 2}\n\
             ! unquoted-key \"1\" the key `1` is not in double quotes",
            ),
            (
                ":",
                "?\n\
             ! literal \":\" `:` is not a value of json",
            ),
            (
                "[1:2]",
                "[1, 2]\n\
             ! syntax \":\" `:` does not belong here\n\
             ! missing-comma \"2\" a comma is missing before this",
            ),
            (
                "]",
                "?\n\
             ! literal \"]\" `]` is not a value of json",
            ),
            (
                "\u{a0}[1]",
                "[1]\n\
             ! syntax \"\\u{a0}\" the space character U+00A0 may not stand here",
            ),
            (
                "{\"a\": (1)}",
                "{a: ?}\n\
             ! literal \"(1)\" `(1)` is not a value of json",
            ),
            (
                "[1;2]",
                "[1, 2]\n\
             ! missing-comma \";\" items are separated by `,`, not `;`",
            ),
            (
                "{\"a\": 1;\n \"b\": 2}",
                "{a: 1, b: 2}\n\
             ! missing-comma \";\" items are separated by `,`, not `;`",
            ),
            (
                "/* open",
                "-\n\
             ! comment \"/* open\" json has no comments",
            ),
            (
                "{\"a\": \"x\" \"y\"}",
                "{a: \"x\", y: ?}\n\
             ! missing-comma \"\\\"\" a comma is missing before this\n\
             ! missing-colon \"\\\"y\\\"\" this key has no `:` after it",
            ),
            (
                "{\"a\": 1, \"b\"",
                "{a: 1, b: ?}\n\
             ! unclosed-bracket \"{\" the `{` that opens here is never closed\n\
             ! missing-colon \"\\\"b\\\"\" this key has no `:` after it",
            ),
            (
                "{\"a\": 1, \"b\":",
                "{a: 1, b: ?}\n\
             ! unclosed-bracket \"{\" the `{` that opens here is never closed\n\
             ! missing-value \"\\\"b\\\"\" a value is missing after this key",
            ),
            (
                "{\"a\": 1, \"b",
                "{a: 1, b: ?}\n\
             ! unclosed-bracket \"{\" the `{` that opens here is never closed\n\
             ! unclosed-quote \"\\\"b\" the quote that opens here is never closed",
            ),
            (
                "{\"a\": 1, ",
                "{a: 1}\n\
             ! unclosed-bracket \"{\" the `{` that opens here is never closed",
            ),
            (
                "{",
                "{}\n\
             ! unclosed-bracket \"{\" the `{` that opens here is never closed",
            ),
            (
                "\"a\\",
                "?\n\
             ! unclosed-quote \"\\\"a\\\\\" the quote that opens here is never closed\n\
             ! escape \"\\\\\" `\\` is not an escape that json knows",
            ),
            (
                "tru",
                "?\n\
             ! literal \"tru\" `tru` is not a value of json",
            ),
            (
                "{\"a\": tru, \"b\": 1}",
                "{a: ?, b: 1}\n\
             ! literal \"tru\" `tru` is not a value of json",
            ),
            (
                "{\"a\": \"x\ny\"}",
                "{a: ?, y: ?}\n\
             ! unclosed-quote \"\\\"x\" the quote that opens here is never closed\n\
             ! missing-colon \"y\" this key has no `:` after it\n\
             ! unquoted-key \"y\" the key `y` is not in double quotes\n\
             ! unclosed-quote \"\\\"\" the quote that opens here is never closed",
            ),
        ],
    );
}
