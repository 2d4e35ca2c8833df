//! From hello to goodbye.

use crate::harness::{Client, DRAFT};
use serde_json::{Value, json};

const URI: &str = "file:///w/a%20b.intake.yaml";

#[test]
fn a_session_from_hello_to_goodbye() {
    let mut client = Client::silent();
    let hello = client.request("initialize", &json!({"capabilities": {}})).unwrap();
    assert_eq!(hello["serverInfo"]["name"], "remit");
    assert_eq!(hello["capabilities"]["experimental"]["remit"], json!({"protocol": 1, "files": "client"}));
    assert_eq!(hello["capabilities"]["positionEncoding"], "utf-16");
    client.notify("initialized", &json!({}));
    client.open(URI, DRAFT);
    let published = client.next("textDocument/publishDiagnostics");
    assert_eq!((&published["uri"], &published["version"]), (&json!(URI), &json!(1)));
    assert!(!published["diagnostics"].as_array().unwrap().is_empty());
    let told = client.next("remit/decision");
    assert_eq!((&told["uri"], &told["version"]), (&json!(URI), &json!(1)));
    assert_eq!(told["report"], client.decision(URI));
    assert_eq!(told["report"]["today"], Value::Null, "nobody has said which day it is");
    client.notify("remit/today", &json!({"date": "2026-11-20"}));
    assert_eq!(client.next("remit/decision")["report"]["today"], "2026-11-20");
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": URI}}));
    let published = client.last("textDocument/publishDiagnostics");
    assert_eq!((&published["diagnostics"], &published["version"]), (&json!([]), &Value::Null));
    client.end();
}

#[test]
fn typing_is_answered_for_the_text_as_it_is_in_both_encodings() {
    for (encodings, end) in [(json!(["utf-16"]), 15), (json!(["utf-8", "utf-16"]), 18)] {
        let capabilities = json!({"general": {"positionEncodings": encodings}});
        let mut client = Client::with(&capabilities, &json!({"decisions": false}), &[]);
        client.open(URI, DRAFT);
        let change = |text: &str| {
            let (start, end) = (json!({"line": 1, "character": 8}), json!({"line": 1, "character": end}));
            json!([{"range": {"start": start, "end": end}, "text": text}])
        };
        client.change(URI, 2, &change("🦀"));
        assert_eq!(client.text(URI), DRAFT.replace("api ä🦀", "🦀"), "{encodings}");
        client.change(URI, 3, &json!([{"text": "environment: prodution\n"}]));
        let published = client.last("textDocument/publishDiagnostics");
        assert_eq!(published["version"], 3);
        let found = published["diagnostics"].as_array().unwrap();
        let fault = found.iter().find(|found| found["code"] == "intake/unknown-choice").unwrap();
        assert_eq!(fault["range"]["start"], json!({"line": 0, "character": 13}));
        client.ignore("textDocument/publishDiagnostics").end();
    }
}

#[test]
fn a_burst_is_published_once() {
    let mut client = Client::start();
    client.open(URI, DRAFT);
    client.rest();
    for version in 2..202 {
        client.change(URI, version, &json!([{"text": format!("id: a{version}\n")}]));
    }
    client.next("textDocument/publishDiagnostics");
    assert_eq!(client.next("textDocument/publishDiagnostics")["version"], 201);
    client.end();
}

#[test]
fn what_the_client_draws_is_asked_for_again_but_not_over_and_over() {
    let mut client = Client::with(
        &json!({"workspace": {"codeLens": {"refreshSupport": true}}}),
        &json!({"decisions": false}),
        &[],
    )
    .ignore("textDocument/publishDiagnostics");
    client.open(URI, DRAFT);
    let request = client.next("workspace/codeLens/refresh");
    client.notify("workspace/didChangeConfiguration", &json!({"settings": {"remit": {"codeLenses": false}}}));
    assert_eq!(client.maybe("workspace/codeLens/refresh"), None, "the first was not answered");
    client.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": null}).to_string());
    client.serve("workspace/codeLens/refresh", &Value::Null);
    assert_eq!(client.maybe("workspace/codeLens/refresh"), None);
    client.end();
}

#[test]
fn settings_are_asked_for_or_told() {
    let root = "file:///w";
    let mut client = Client::with(
        &json!({"workspace": {"configuration": true}}),
        &json!({"decisions": false, "settings": {"today": "2026-01-31"}}),
        &[root],
    );
    client.open(URI, DRAFT);
    assert_eq!(client.decision(URI)["today"], "2026-01-31");
    let asked = client.serve("workspace/configuration", &json!([{"today": "2026-02-01"}, {"pack": "p"}]));
    assert_eq!(asked["items"], json!([{"section": "remit"}, {"scopeUri": root, "section": "remit"}]));
    client.rest();
    assert_eq!(client.pack(URI)["root"], "file:///w/p");
    client.notify("remit/today", &json!({"date": "2026-03-01"}));
    assert_eq!(client.decision(URI), Value::Null, "there is no such pack");
    client.notify("workspace/didChangeConfiguration", &json!({"settings": null}));
    client.serve("workspace/configuration", &json!([{"today": "soon"}, null]));
    let told = client.next("window/showMessage");
    assert!(told["message"].as_str().unwrap().contains("`remit.today`"), "{told}");
    assert_eq!(client.decision(URI)["today"], "2026-01-31", "what was set at first is left");
    client.ignore("textDocument/publishDiagnostics").ignore("window/showMessage").end();
}

#[test]
fn commands_do_what_their_name_says() {
    let mut client = Client::with(
        &json!({"window": {"showDocument": {"support": true}}}),
        &json!({"decisions": false}),
        &[],
    );
    client.open(URI, DRAFT);
    let run = |client: &mut Client, command: &str, argument: Value| {
        client.request("workspace/executeCommand", &json!({"command": command, "arguments": [argument]}))
    };
    assert_eq!(run(&mut client, "remit.decision", json!(URI)).unwrap(), client.decision(URI));
    assert_eq!(run(&mut client, "remit.showDecision", json!(URI)), Ok(Value::Null));
    assert!(client.next("window/showMessage")["message"].as_str().unwrap().contains("questions are open"));
    let place = json!({"uri": URI, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}});
    assert_eq!(run(&mut client, "remit.goTo", place), Ok(Value::Null));
    assert_eq!(client.serve("window/showDocument", &json!({"success": true}))["uri"], URI);
    assert_eq!(run(&mut client, "remit.dance", json!(URI)).unwrap_err()["code"], -32602);
    client.ignore("textDocument/publishDiagnostics").end();
}

#[test]
fn tracing_names_each_message() {
    let mut client = Client::start();
    client.notify("$/setTrace", &json!({"value": "messages"}));
    client.text(URI);
    client.notify("$/setTrace", &json!({"value": "off"}));
    assert_eq!(client.next("$/logTrace")["message"], "$/setTrace");
    assert!(client.next("$/logTrace")["message"].as_str().unwrap().starts_with("remit/content ("));
    client.end();
}
