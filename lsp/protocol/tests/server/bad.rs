//! What no client should say.

use crate::harness::{Client, DRAFT};
use serde_json::{Value, json};

const URI: &str = "file:///w/a.intake.yaml";

#[test]
fn nothing_is_answered_before_hello_and_nothing_after_goodbye() {
    let mut client = Client::silent();
    for method in ["textDocument/hover", "shutdown", "remit/decision", "no/such"] {
        assert_eq!(client.request(method, &json!({})).unwrap_err()["code"], -32002, "{method}");
    }
    client.open(URI, DRAFT);
    client.notify("remit/files", &json!({"files": []}));
    assert_eq!(client.request("initialize", &json!({"capabilities": 7})).unwrap_err()["code"], -32602);
    client.request("initialize", &json!({"capabilities": {}})).unwrap();
    assert_eq!(client.text(URI), Value::Null, "it was not open yet");
    assert_eq!(client.request("initialize", &json!({"capabilities": {}})).unwrap_err()["code"], -32600);
    assert_eq!(client.request("shutdown", &Value::Null), Ok(Value::Null));
    assert_eq!(client.request("remit/content", &json!({"uri": URI})).unwrap_err()["code"], -32600);
    client.open(URI, DRAFT);
    client.rest();
    client.notify("exit", &Value::Null);
    assert_eq!(client.server.ended(), Some(0));
    assert!(client.server.handle("{").is_empty() && client.server.pump().is_empty());
    assert!(!client.server.is_due() && !client.server.is_unsettled());

    let mut client = Client::start();
    client.notify("exit", &Value::Null);
    assert_eq!(client.server.ended(), Some(1), "nobody shut it down");
}

#[test]
fn what_is_no_message_is_answered_and_the_session_goes_on() {
    let mut client = Client::start();
    for (text, code) in [
        ("", -32700),
        ("{", -32700),
        ("hello", -32700),
        ("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"x\"} y", -32700),
        ("7", -32600),
        ("[]", -32600),
        ("{}", -32600),
        (r#"{"jsonrpc": "1.0", "id": 1, "method": "x"}"#, -32600),
        (r#"{"jsonrpc": "2.0", "id": {}, "method": "x"}"#, -32600),
        (r#"{"jsonrpc": "2.0", "id": 1, "method": 2}"#, -32600),
        (r#"{"jsonrpc": "2.0", "id": 1}"#, -32600),
    ] {
        client.send(text);
        assert_eq!(client.refusal()["error"]["code"], code, "{text}");
    }
    client.send(&format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)));
    assert_eq!(client.refusal()["error"]["code"], -32700);
    // Answers to what nobody asked, and to nothing at all.
    client.send(r#"{"jsonrpc": "2.0", "id": "remit/99", "result": null}"#);
    client.send(r#"{"id": null, "error": {"code": 1, "message": "?"}}"#);
    client.send(r#"{"jsonrpc": "2.0", "method": "no/such/notification", "params": [1]}"#);
    client.send(r#"{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 3}}"#);
    assert_eq!(client.request("no/such", &json!({})).unwrap_err()["code"], -32601);
    assert_eq!(client.request("$/odd", &json!({})).unwrap_err()["code"], -32601);
    client.end();
}

/// What an editor in JavaScript can send while a character comes in two halves.
#[test]
fn half_a_character_is_a_character() {
    let mut client = Client::start();
    client.open(URI, "id: ab\n");
    let change = |version: i64, start: u32, end: u32, text: &str| {
        format!(
            r#"{{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {{"textDocument":
            {{"uri": "{URI}", "version": {version}}}, "contentChanges": [{{"range": {{"start": {{"line": 0,
            "character": {start}}}, "end": {{"line": 0, "character": {end}}}}}, "text": "{text}"}}]}}}}"#
        )
    };
    client.send(&change(2, 5, 5, r"\ud83e"));
    assert_eq!(client.text(URI), "id: a\u{fffd}b\n");
    client.send(&change(3, 5, 6, r"\ud83e\udd80"));
    client.send(&change(4, 7, 7, "c"));
    assert_eq!(client.text(URI), "id: a🦀cb\n");
    client.ignore("textDocument/publishDiagnostics").end();
}

#[test]
fn ids_come_back_as_they_were() {
    let mut client = Client::silent();
    for id in ["7", "-1", "\"a \\\" b\"", "null", "1.5"] {
        client.send(&format!(r#"{{"jsonrpc": "2.0", "id": {id}, "method": "x"}}"#));
        assert_eq!(client.refusal()["id"], serde_json::from_str::<Value>(id).unwrap());
    }
}

#[test]
fn params_that_do_not_fit_are_refused_and_notifications_left_out() {
    let mut client = Client::start();
    for params in [json!(null), json!([]), json!({}), json!({"textDocument": {"uri": "no uri"}}), json!("x")]
    {
        let refused = client.request("textDocument/hover", &params).unwrap_err();
        assert_eq!(refused["code"], -32602, "{params}");
        assert!(refused["message"].as_str().unwrap().len() > 10);
    }
    for method in ["textDocument/didOpen", "textDocument/didChange", "remit/files", "remit/today"] {
        client.notify(method, &json!({"textDocument": 7, "files": "none", "date": "someday"}));
        let logged = client.next("window/logMessage");
        assert!(
            logged["message"].as_str().unwrap().starts_with(&format!("`{method}` is left out")),
            "{logged}"
        );
    }
    client.end();
}

#[test]
fn changes_that_cannot_be_are_harmless() {
    let mut client = Client::start();
    client.change(URI, 2, &json!([{"text": "x"}]));
    let logged = client.next("window/logMessage");
    assert!(logged["message"].as_str().unwrap().contains("is not open"), "{logged}");
    client.open(URI, DRAFT);
    let place = |line: u32, character: u32| json!({"line": line, "character": character});
    client.change(
        URI,
        2,
        &json!([{"range": {"start": place(99, 99), "end": place(4_000_000_000, 7)}, "text": "id: x\n"}]),
    );
    assert_eq!(client.text(URI), format!("{DRAFT}id: x\n"));
    client.change(URI, 3, &json!([{"range": {"start": place(3, 0), "end": place(1, 0)}, "text": "!"}]));
    client.change(URI, 3, &json!([]));
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": "file:///w/other.yaml"}}));
    client.open(URI, "id: again\n");
    assert_eq!(client.text(URI), "id: again\n", "a second opening counts");
    client.ignore("textDocument/publishDiagnostics").end();
}

#[test]
fn a_huge_file_is_answered() {
    let mut client = Client::start();
    let huge = format!("{DRAFT}notes: |\n{}", "  line of text with ä and 🦀 in it\n".repeat(280_000));
    assert!(huge.len() > 10 << 20);
    client.open(URI, &huge);
    let published = client.next("textDocument/publishDiagnostics");
    assert_eq!(published["diagnostics"][0]["code"], "document/too-large");
    let start = json!({"line": 0, "character": 0});
    client.change(URI, 2, &json!([{"range": {"start": start, "end": start}, "text": "a"}]));
    let at = json!({"textDocument": {"uri": URI}, "position": {"line": 2, "character": 3}});
    for method in ["textDocument/hover", "textDocument/completion", "textDocument/definition"] {
        client.request(method, &at).unwrap();
    }
    client.change(URI, 3, &json!([{"text": DRAFT}]));
    let published = client.last("textDocument/publishDiagnostics");
    assert!(published["diagnostics"][0]["code"] != "document/too-large");
    client.end();
}
