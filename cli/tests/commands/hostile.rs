//! What somebody typed stays text in every format.

use crate::Folder;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// Texts that try to be something else, each in every place of an intake that is shown.
const TEXTS: [&str; 10] = [
    "<script>alert(1)</script>",
    "</details></td></table><h1>x</h1>",
    "--> <img src=x onerror=alert(1)> <!--",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "<https://evil.example> https://evil.example www.evil.example",
    "`` ` ``` a | b | c \\\\| d",
    "x\\n\\n# heading\\n\\n- list\\n\\n```\\ncode\\n```\\n::error file=x::injected",
    "@everyone #1 ]]></failure><x/> &lt;b&gt; &#60;b&#62; %0A::error::x",
    "\\u0000\\u0001\\u001b[31mred\\u202e\\ufffe \\u2028 x",
    "$x$ ~~y~~ **z** _w_ [^1] \\\\[z](https://evil.example)",
];

fn intakes() -> Folder {
    let folder = Folder::new();
    for (number, text) in TEXTS.iter().enumerate() {
        let intake = format!(
            r#"{{"id": "{text}", "service": {{"name": "{text}", "owner": "{text}"}}, "environment": "{text}",
                "change": {{"{text}": true}}, "{text}": 1, "exposure": {{"internet": true, "changes": true}},
                "deadline": {{"date": "{text}"}},
                "links": [{{"kind": "{text}", "url": "{text}"}}],
                "evidence": [{{"artifact": "{text}", "link": "{text}", "waived_by": "{text}", "waived_because": "{text}"}}]}}"#
        );
        folder.put(&format!("{number} `[x](y)` #1, a%20b.intake.json"), intake);
    }
    folder
}

#[test]
fn markdown_holds_no_element_link_or_mention_that_was_typed() {
    let text = intakes().run(&["check", "--format", "markdown", "--gate", "tier-1"]).ok(2);
    let known =
        ["<!-- remit:check -->", "<details>", "</details>", "<summary>", "</summary>", "<sub>", "</sub>"];
    let mut links = 0;
    let mut code = 0;
    for event in Parser::new_ext(
        &text,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES,
    ) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let mut rest = html.trim().to_owned();
                for known in known {
                    rest = rest.replace(known, "");
                }
                assert!(!rest.contains('<'), "{html:?}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                links += 1;
                assert!(dest_url.contains("a%2520b.intake.json"), "{dest_url}");
            }
            Event::Start(Tag::Heading { level, .. }) => {
                assert!(matches!(level as usize, 2 | 3), "{level}");
            }
            Event::Start(
                tag @ (Tag::Image { .. } | Tag::Strikethrough | Tag::CodeBlock(_) | Tag::BlockQuote(_)),
            ) => {
                // The gates stand in quotes of their own.
                assert!(matches!(tag, Tag::BlockQuote(_)), "{tag:?}");
            }
            Event::Text(text) => {
                for bare in ["://", "@everyone", "www.evil"] {
                    assert!(!text.contains(bare), "{text}");
                }
            }
            Event::Code(_) => code += 1,
            Event::FootnoteReference(name) => panic!("{name}"),
            _ => {}
        }
    }
    assert!(links >= TEXTS.len() && code > TEXTS.len(), "{links} links, {code} codes");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    // A cell that was typed does not become two: every row of a table has three.
    for row in text.lines().filter(|line| line.starts_with("| ")) {
        let bars = row.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 4, "{row}");
    }
}

#[test]
fn github_holds_one_command_a_line() {
    let text = intakes().run(&["check", "--format", "github", "--gate", "tier-1"]).ok(2);
    for line in text.lines() {
        let rest = ["::error ", "::warning ", "::notice "].iter().find_map(|start| line.strip_prefix(start));
        let (properties, message) =
            rest.and_then(|rest| rest.split_once("::")).unwrap_or_else(|| panic!("{line}"));
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').unwrap_or_else(|| panic!("{line}"));
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&key), "{line}");
            assert!(!value.contains(':'), "{line}");
        }
        assert!(!message.is_empty() && !line.chars().any(|c| c.is_control()), "{line:?}");
    }
}

#[test]
fn junit_is_xml_and_sarif_is_json_whatever_was_typed() {
    let folder = intakes();
    let text = folder.run(&["check", "--format", "junit", "--gate", "tier-1"]).ok(2);
    let document = roxmltree::Document::parse(&text).expect("it is XML");
    let names = ["testsuites", "testsuite", "testcase", "failure", "system-out"];
    let strange =
        document.descendants().find(|node| node.is_element() && !names.contains(&node.tag_name().name()));
    assert_eq!(strange.map(|node| node.tag_name()), None);
    let text = folder.run(&["check", "--format", "sarif"]).ok(2);
    let log: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let messages = log["runs"][0]["results"].as_array().expect("there are results");
    for message in messages.iter().filter_map(|result| result["message"]["text"].as_str()) {
        // A link is `[text](target)`; brackets that were typed are escaped.
        assert!(!message.replace("\\]", "").contains("]("), "{message}");
    }
}

#[test]
fn text_for_a_terminal_holds_nothing_that_acts_on_it() {
    for format in ["text", "github", "junit", "markdown", "sarif"] {
        let ran = intakes().run(&["check", "--color", "never", "--format", format]);
        assert!(!ran.out.contains('\u{1b}'), "{format}");
        assert!(!ran.err.contains('\u{1b}'), "{format}");
    }
}
