//! What YAML becomes, and what is underlined where it is wrong.
//!
//! Expected: the tree, `?` for what is unreadable and `!` after a duplicate key; then a line for each fault.

use super::show::check;
use crate::document::Format::Yaml;

#[test]
fn nothing_is_no_tree_and_line_breaks_are_all_the_same() {
    check(
        Yaml,
        &[
            ("", "-"),
            ("# only a comment\n", "-"),
            ("---\n", "-"),
            ("null", "null"),
            ("~\n", "null"),
            ("\u{feff}a: 1\n", "{a: 1}"),
            ("a: 1\r\nb:\r\n  - x\r\n", "{a: 1, b: [\"x\"]}"),
            ("a: 1\rb: 2\r", "{a: 1, b: 2}"),
        ],
    );
}

#[test]
fn scalars_follow_the_core_schema() {
    check(
        Yaml,
        &[
            (
                "a: ~\nb: null\nc:\nd: \"\"\ne: 'null'\nf: \"~\"\n",
                "{a: null, b: null, c: null, d: \"\", e: \"null\", f: \"~\"}",
            ),
            (
                "a: yes\nb: No\nc: on\nd: true\ne: FALSE\nf: 0x1F\ng: .inf\nh: 99999999999999999999\ni: 1.50\nj: +1\n",
                "{a: \"yes\", b: \"No\", c: \"on\", d: true, e: false, f: 31, g: #.inf, h: #99999999999999999999, i: #1.50, j: 1}",
            ),
            ("a: |\n  one\n  two\nb: >-\n  three\n  four\n", "{a: \"one\\ntwo\\n\", b: \"three four\"}"),
        ],
    );
}

#[test]
fn a_key_that_stands_twice_counts_neither_time() {
    check(
        Yaml,
        &[
            (
                "a: 1\nb: 2\na: 3\n",
                "{a!: 1, b: 2, a!: 3}\n\
             ! duplicate-key \"a\" the key `a` stands here again",
            ),
            (
                "\"a\": 1\n'a': 2\na: 3\n\"\\x61\": 4\n",
                "{a!: 1, a!: 2, a!: 3, a!: 4}\n\
             ! duplicate-key \"'a'\" the key `a` stands here again\n\
             ! duplicate-key \"a\" the key `a` stands here again\n\
             ! duplicate-key \"\\\"\\\\x61\\\"\" the key `a` stands here again",
            ),
            (
                "x: {a: 1, a: 2}\n",
                "{x: {a!: 1, a!: 2}}\n\
             ! duplicate-key \"a\" the key `a` stands here again",
            ),
        ],
    );
}

#[test]
fn tabs_are_named_and_read_as_spaces() {
    check(
        Yaml,
        &[
            (
                "a:\n\tb: 1\n\tc:\n\t\t- d\ne: 2\n",
                "{a: {b: 1, c: [\"d\"]}, e: 2}\n\
             ! tab-indentation \"\\t\" this line is indented with a tab (2 more lines are, too)",
            ),
            (
                "a:\n  b: 1\n\tc: 2\nd: 3\n",
                "{a: {b: 1}, d: 3}\n\
             ! tab-indentation \"\\t\" this line is indented with a tab",
            ),
        ],
    );
}

#[test]
fn aliases_and_merge_keys_become_what_they_stand_for() {
    check(
        Yaml,
        &[
            ("base: &b {x: 1, y: 2}\nuse: *b\n", "{base: {x: 1, y: 2}, use: {x: 1, y: 2}}"),
            (
                "a: *nope\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! unknown-alias \"*nope\" no anchor `&nope` stands before this alias",
            ),
            (
                "a: &x [1, *x]\n",
                "{a: [1, ?]}\n\
             ! recursive-alias \"*x\" this alias stands inside the value that it names",
            ),
            ("base: &b\n  x: 1\n  y: 2\nuse:\n  <<: *b\n  y: 3\n", "{base: {x: 1, y: 2}, use: {y: 3, x: 1}}"),
            (
                "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  <<: [*a, *b]\n",
                "{a: {x: 1}, b: {x: 2, y: 2}, c: {x: 1, y: 2}}",
            ),
            (
                "a:\n  <<: 3\n  b: 1\n",
                "{a: {b: 1}}\n\
             ! merge \"3\" `<<` takes in the keys of a mapping, but this is a number",
            ),
            (
                "a:\n  <<: [{x: 1}, 2]\n",
                "{a: {x: 1}}\n\
             ! merge \"2\" `<<` takes in the keys of a mapping, but this is a number",
            ),
            ("a: {'<<': 3}\n", "{a: {<<: 3}}"),
        ],
    );
}

#[test]
fn only_the_first_document_counts() {
    check(
        Yaml,
        &[
            (
                "a: 1\n---\nb: 2\n",
                "{a: 1}\n\
             ! several-documents \"---\" a second document starts here; only the first is read",
            ),
            (
                "a: 1\n...\nb: 2\n",
                "{a: 1}\n\
             ! several-documents \"b: 2\" a second document starts here; only the first is read",
            ),
            ("---\na: 1\n...\n", "{a: 1}"),
            (
                "a: 1\n---\n",
                "{a: 1}\n\
             ! several-documents \"---\" a second document starts here; only the first is read",
            ),
        ],
    );
}

#[test]
fn directives_tags_and_control_characters() {
    check(
        Yaml,
        &[
            ("%YAML 1.2\n---\na: 1\n", "{a: 1}"),
            (
                "%YAML 1.1\n---\na: yes\n",
                "{a: \"yes\"}\n\
             ? directive \"%YAML 1.1\" the document says yaml 1.1 and is read as yaml 1.2",
            ),
            ("%FOO bar\n---\na: 1\n", "{a: 1}"),
            (
                "%YAML 3.0\n---\na: 1\n",
                "{a: 1}\n\
             ! directive \"%YAML 3.0\" this directive cannot be read",
            ),
            (
                "a: x\u{0}y\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! control-character \"\\0\" a NUL character may not stand here",
            ),
            (
                "a: \"\u{7}\"\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! control-character \"\\u{7}\" the character U+0007 may not stand here",
            ),
            (
                "a: !!str 1\nb: !!int \"2\"\nc: !!bool yes\nd: !!null ''\ne: ! 3\nf: !!float 4\n",
                "{a: \"1\", b: 2, c: ?, d: null, e: \"3\", f: 4}\n\
             ! tag \"yes\" the tag `!!bool` does not fit this value",
            ),
            (
                "a: !vault abc\nb: !point {x: 1}\n",
                "{a: \"abc\", b: {x: 1}}\n\
             ? unknown-tag \"!vault\" the tag `!vault` has no meaning here\n\
             ? unknown-tag \"!point\" the tag `!point` has no meaning here",
            ),
            (
                "a: !!seq {b: 1}\nc: !!map {d: 1}\ne: !!str [1]\n",
                "{a: ?, c: {d: 1}, e: ?}\n\
             ! tag \"!!seq\" the tag `!!seq` does not fit this value\n\
             ! tag \"!!str\" the tag `!!str` does not fit this value",
            ),
            (
                "a: !!int many\n",
                "{a: ?}\n\
             ! tag \"many\" the tag `!!int` does not fit this value",
            ),
            (
                "a: !!int 1.5\n",
                "{a: ?}\n\
             ! tag \"1.5\" the tag `!!int` does not fit this value",
            ),
        ],
    );
}

#[test]
fn keys_are_text() {
    check(
        Yaml,
        &[
            ("1: a\ntrue: b\nnull: c\n", "{1: \"a\", true: \"b\", null: \"c\"}"),
            (
                "? [a, b]\n: 1\nc: 2\n",
                "{c: 2}\n\
             ! complex-key \"[a, b]\" a key must be text, not a list or a mapping",
            ),
            (
                "? {a: 1}\n: 1\nc: 2\n",
                "{c: 2}\n\
             ! complex-key \"{a: 1}\" a key must be text, not a list or a mapping",
            ),
            ("? a\n: 1\n? b\n", "{a: 1, b: null}"),
            (
                "&k a: 1\n*k : 2\n",
                "{a!: 1, a!: 2}\n\
             ! duplicate-key \"*k\" the key `a` stands here again",
            ),
            (": 1\n", "{: 1}"),
        ],
    );
}

#[test]
fn quotes_and_brackets() {
    check(
        Yaml,
        &[
            (
                "a: \"open\nb: 2\nc: 3\n",
                "{a: ?, b: 2, c: 3}\n\
             ! unclosed-quote \"\\\"open\" the quote that opens here is never closed",
            ),
            (
                "a: 'open\nb: \"closed\"\nc: 3\n",
                "{a: ?, b: \"closed\", c: 3}\n\
             ! unclosed-quote \"'open\" the quote that opens here is never closed",
            ),
            (
                "a: \"one\" two\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! text-after-quote \"two\" there is text after the closing quote",
            ),
            (
                "a: 'it's'\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! text-after-quote \"s'\" there is text after the closing quote",
            ),
            (
                "a:\n  - \"open\n  - x\nb: 2\n",
                "{a: [?, \"x\"], b: 2}\n\
             ! unclosed-quote \"\\\"open\" the quote that opens here is never closed",
            ),
            (
                "a: [1, 2\nb: 3\nc: 4\n",
                "{a: ?, b: 3, c: 4}\n\
             ! unclosed-bracket \"[1, 2\" the `[` that opens here is never closed",
            ),
            (
                "a: {x: 1\nb: 3\n",
                "{a: ?, b: 3}\n\
             ! unclosed-bracket \"{x: 1\" the `{` that opens here is never closed",
            ),
            (
                "a: [1, 2}\nb: 3\n",
                "{a: ?, b: 3}\n\
             ! unexpected-bracket \"}\" `}` closes what `[` opened",
            ),
            (
                "a: 1]\nb: ]\nc: 3\n",
                "{a: \"1]\", b: ?, c: 3}\n\
             ! unexpected-bracket \"]\" a closing bracket does not match what was opened",
            ),
            (
                "{\"a\": 1,\n \"b\": 2",
                "{b: 2}\n\
             ! unclosed-bracket \"{\\\"a\\\": 1,\" the `{` that opens here is never closed",
            ),
            (
                "a: [1,\n  2\nb: 3\n",
                "{a: ?, b: 3}\n\
             ! unclosed-bracket \"[1,\" the `[` that opens here is never closed",
            ),
            (
                "a: [x,,y]\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! syntax \"[x,,y]\" what stands in brackets here cannot be read",
            ),
        ],
    );
}

#[test]
fn mistakes_are_named_and_the_rest_survives() {
    check(
        Yaml,
        &[
            (
                "a: b: c\nd: 2\n",
                "{a: ?, d: 2}\n\
             ! nested-mapping \"b: c\" `b: c` holds a second `: ` on one line",
            ),
            (
                "a: x - y: z\n",
                "{a: ?}\n\
             ! nested-mapping \"x - y: z\" `x - y: z` holds a second `: ` on one line",
            ),
            (
                "a: @team\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! reserved-character \"@team\" text may not start with `@`",
            ),
            (
                "a: `x`\nb: %y # why\nc: 3\n",
                "{a: ?, b: ?, c: 3}\n\
             ! reserved-character \"`x`\" text may not start with a backtick\n\
             ! reserved-character \"%y\" text may not start with `%`",
            ),
            (
                "- @a\n- b\n",
                "[?, \"b\"]\n\
             ! reserved-character \"@a\" text may not start with `@`",
            ),
            (
                "a: 1\nword\nb: 2\n",
                "{a: 1, b: 2}\n\
             ! missing-colon \"word\" `word` is not a key with a value",
            ),
            (
                "word\nb: 2\n",
                "{b: 2}\n\
             ! missing-colon \"word\" `word` is not a key with a value",
            ),
            (
                "a: 1\nb:2\nc: 3\n",
                "{a: 1, c: 3}\n\
             ! missing-colon \"b:2\" `b:2` is not a key with a value",
            ),
            (
                "a: 1\n  b: 2\nc: 3\n",
                "{a: {b: 2}, c: 3}\n\
             ! indentation \"b: 2\" this does not fit the lines before it",
            ),
            (
                "a:\n    b: 1\n  c: 2\nd: 3\n",
                "{a: {b: 1}, d: 3}\n\
             ! indentation \"c: 2\" this line is not indented like the lines it belongs to",
            ),
            (
                "a:\n  b: 1\n   c: 2\nd: 3\n",
                "{a: {b: {c: 2}}, d: 3}\n\
             ! indentation \"c: 2\" this does not fit the lines before it",
            ),
            (
                "a: 1\n- x\nb: 2\n",
                "{a: 1, b: 2}\n\
             ! list-item \"- x\" a list item may not stand between the keys of a mapping",
            ),
            (
                "a:\n  - x\n  -y\n  - z\n",
                "{a: [\"x\", \"z\"]}\n\
             ! list-item \"-y\" `-y` needs a space after its dash to be a list item",
            ),
            (
                "a:\n  - x\n  y: 1\nb: 2\n",
                "{a: {y: 1}, b: 2}\n\
             ! list-item \"- x\" a list item may not stand between the keys of a mapping",
            ),
            (
                "- a\nb: 1\n",
                "{b: 1}\n\
             ! list-item \"- a\" a list item may not stand between the keys of a mapping",
            ),
            (
                "a: \"\\q\"\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! escape \"\\\\q\" `\\q` is not an escape that yaml knows",
            ),
            (
                "a: \"x \\u12\"\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! escape \"\\\\u12\" `\\u12` is not an escape that yaml knows",
            ),
            (
                "a: - x\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! list-item \"- x\" a list item may not stand here",
            ),
            (
                "a: & x\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! syntax \"& x\" an anchor or alias has no name",
            ),
            (
                "a: |x\n  text\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! syntax \"|x\" the text below `|` or `>` cannot be read",
            ),
            (
                "a: 'x' # c\nb: \"y\"# d\nc: 1\n",
                "{a: \"x\", b: ?, c: 1}\n\
             ! syntax \"\\\"y\\\"# d\" a comment needs a space before its `#`",
            ),
            (
                "a: *\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! syntax \"*\" an anchor or alias has no name",
            ),
            (
                "a: !<x\nb: 2\n",
                "{a: ?, b: 2}\n\
             ! tag \"!<x\" this tag cannot be read",
            ),
            (
                "a: x\n # c\n y\nb: 2\n",
                "{a: \"x\", b: 2}\n\
             ! missing-colon \"y\" `y` is not a key with a value",
            ),
            (
                "a: 1\nb: c: \"\nd: [\ne: @\nf: 6\n",
                "{a: 1, b: ?, d: ?, e: ?, f: 6}\n\
             ! nested-mapping \"c: \\\"\" `c: \"` holds a second `: ` on one line\n\
             ! unclosed-bracket \"[\" the `[` that opens here is never closed\n\
             ! reserved-character \"@\" text may not start with `@`",
            ),
        ],
    );
}

#[test]
fn less_common_shapes() {
    check(
        Yaml,
        &[
            ("- - - a\n    - b\n", "[[[\"a\", \"b\"]]]"),
            ("a:\n- b\n- c: 1\n  d: 2\n", "{a: [\"b\", {c: 1, d: 2}]}"),
            ("a:   # c\nb: 'x'  # c\n", "{a: null, b: \"x\"}"),
            ("just text", "\"just text\""),
            ("\"text\"", "\"text\""),
            (
                "a: é ü\nb: @ü é\n",
                "{a: \"é ü\", b: ?}\n\
             ! reserved-character \"@ü é\" text may not start with `@`",
            ),
            ("a: x #\tc\nkey with space: v\n", "{a: \"x\", key with space: \"v\"}"),
            (
                "a: 2026-01-01\nb: 12:30\nc: http://x.y/z\n",
                "{a: \"2026-01-01\", b: \"12:30\", c: \"http://x.y/z\"}",
            ),
            ("a: {b, c: , d: e}\n", "{a: {b: null, c: null, d: \"e\"}}"),
            ("a: [b: c, {d: e}]\n", "{a: [{b: \"c\"}, {d: \"e\"}]}"),
            (
                "a: {b: @x, c: 2}\nd: 3\n",
                "{a: ?, d: 3}\n\
             ! reserved-character \"@x\" text may not start with `@`",
            ),
            (
                "}\na: 1\n",
                "{a: 1}\n\
             ! unexpected-bracket \"}\" a closing bracket does not match what was opened",
            ),
            (
                "a: 1\n}\n",
                "{a: 1}\n\
             ! unexpected-bracket \"}\" a closing bracket does not match what was opened",
            ),
            ("\ta: 1\n", "{a: 1}"),
            ("a: 1\u{2028}b\n", "{a: \"1\\u{2028}b\"}"),
            ("\u{a0}a: 1\nb: 2\n", "{\u{a0}a: 1, b: 2}"),
        ],
    );
}
