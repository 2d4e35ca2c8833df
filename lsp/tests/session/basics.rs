//! What any client does: introduce itself, open, change, ask, end.

use crate::harness::{Client, Folder, Intro, utf8};
use serde_json::{Value, json};

/// Public, on a tier-0 service, with nothing else answered.
pub(crate) const DRAFT: &str = include_str!("../../../rules/examples/half-filled-draft.intake.yaml");

#[tokio::test]
async fn a_session_from_hello_to_goodbye() {
    let folder = Folder::new(&[]);
    let uri = folder.uri("a b.intake.yaml");
    let mut client = Client::with(folder.intro()).await;
    assert_eq!(client.offers["positionEncoding"], "utf-16", "what everybody knows, where nothing is said");
    for offered in ["hoverProvider", "definitionProvider", "codeActionProvider", "inlayHintProvider"] {
        assert!(!client.offers[offered].is_null(), "{offered}");
    }
    client.open(&uri, DRAFT).await;
    client.published(&uri, 1).await;
    let before = client.decision(&uri).await;
    assert_eq!(before["json"], 1);
    client.change(&uri, 2, json!([{"text": "id: nothing yet\n"}])).await;
    client.published(&uri, 2).await;
    assert_eq!(client.text(&uri).await, "id: nothing yet\n");
    assert_ne!(client.decision(&uri).await["intake"]["digest"], before["intake"]["digest"]);
    client.close(&uri).await;
    client.end().await;
}

#[tokio::test]
async fn decisions_follow_each_publication() {
    let intro = Intro { options: json!({"settings": {"today": "2026-11-21"}}), ..Intro::default() };
    let mut client = Client::with(intro).await.ignore("textDocument/publishDiagnostics");
    let uri = "untitled:Untitled-1";
    client.open_as(uri, "remit-intake", 1, DRAFT).await;
    let told = client.next("remit/decision").await;
    assert_eq!((&told["uri"], &told["version"]), (&json!(uri), &json!(1)));
    assert_eq!(told["report"]["today"], "2026-11-21");
    assert_eq!(told["report"], client.decision(uri).await);
    assert_eq!(
        told["report"],
        client
            .request("workspace/executeCommand", json!({"command": "remit.decision", "arguments": [uri]}))
            .await
            .unwrap()
    );
    client.end().await;
}

#[tokio::test]
async fn positions_are_counted_as_agreed() {
    for (capabilities, encoding, end) in [(utf8(), "utf-8", 10), (json!({}), "utf-16", 7)] {
        let mut client = Client::with(Intro { capabilities, ..Intro::default() }).await;
        assert_eq!(client.offers["positionEncoding"], encoding);
        let uri = "file:///x/%C3%A4%20%F0%9F%A6%80.intake.yaml";
        client.open(uri, "id: ä🦀 b\ntitle: x\n").await;
        let range = json!({"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": end}});
        client.change(uri, 2, json!([{"range": range, "text": "ü"}])).await;
        client.published(uri, 2).await;
        assert_eq!(client.text(uri).await, "id: ü b\ntitle: x\n");
        client.end().await;
    }
}

#[tokio::test]
async fn every_request_is_answered_for_every_kind_of_file() {
    let mut client = Client::start().await.ignore("textDocument/publishDiagnostics");
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let position = json!({"line": 1, "character": 2});
    for name in ["a.intake.yaml", "b.intake.json", "c.rhai", "d.case.yaml", "remit.yaml", "e.txt"] {
        let uri = format!("file:///nowhere/at/all/{name}");
        client.open(&uri, "a: 1\nb: [\n").await;
        let file = json!({"uri": uri});
        for (method, params) in [
            ("textDocument/completion", json!({"textDocument": file, "position": position})),
            ("textDocument/hover", json!({"textDocument": file, "position": position})),
            ("textDocument/inlayHint", json!({"textDocument": file, "range": range})),
            ("textDocument/codeLens", json!({"textDocument": file})),
            (
                "textDocument/codeAction",
                json!({"textDocument": file, "range": range, "context": {"diagnostics": []}}),
            ),
            ("textDocument/definition", json!({"textDocument": file, "position": position})),
            ("textDocument/declaration", json!({"textDocument": file, "position": position})),
            (
                "textDocument/references",
                json!({"textDocument": file, "position": position, "context": {"includeDeclaration": true}}),
            ),
            ("textDocument/prepareRename", json!({"textDocument": file, "position": position})),
            ("textDocument/documentSymbol", json!({"textDocument": file})),
            ("workspace/symbol", json!({"query": "a"})),
            ("textDocument/foldingRange", json!({"textDocument": file})),
            ("textDocument/selectionRange", json!({"textDocument": file, "positions": [position, position]})),
            ("textDocument/documentLink", json!({"textDocument": file})),
            ("textDocument/semanticTokens/full", json!({"textDocument": file})),
            ("textDocument/semanticTokens/range", json!({"textDocument": file, "range": range})),
            ("textDocument/signatureHelp", json!({"textDocument": file, "position": position})),
            ("remit/decision", file.clone()),
        ] {
            let answer = client.request(method, params).await;
            assert!(answer.is_ok(), "{method} on {name}: {answer:?}");
            if method.ends_with("selectionRange") {
                assert_eq!(answer.unwrap().as_array().map(Vec::len), Some(2), "one for each position");
            }
        }
        let params = json!({"textDocument": file, "position": position, "newName": "x"});
        let failed = client.request("textDocument/rename", params).await.unwrap_err();
        assert_eq!(failed["code"], -32803, "{failed}");
        client.close(&uri).await;
    }
    client.end().await;
}

#[tokio::test]
async fn a_cancelled_request_says_so_behind_many_others() {
    let mut client = Client::start().await.ignore("textDocument/publishDiagnostics");
    let uri = "file:///x/a.intake.yaml";
    client.open(uri, &long_intake()).await;
    let mut ids = vec![];
    for _ in 0..300 {
        ids.push(client.ask("remit/decision", json!({"uri": uri})).await);
    }
    let last = ids.pop().unwrap();
    client.notify("$/cancelRequest", json!({"id": last})).await;
    // A change behind them all is applied although they wait.
    client.change(uri, 2, json!([{"text": "id: new\n"}])).await;
    assert_eq!(client.text(uri).await, "id: new\n");
    assert_eq!(client.answer(last).await.unwrap_err()["code"], -32800);
    let digest = |report: &Value| report["intake"]["digest"].clone();
    let first = client.answer(ids[0]).await.unwrap();
    for id in &ids[1..] {
        let answer = client.answer(*id).await.unwrap();
        assert_eq!(digest(&answer), digest(&first), "each is about the text as it was when it was asked");
    }
    assert_ne!(digest(&client.decision(uri).await), digest(&first));
    client.end().await;
}

/// About 1,000 lines.
pub(crate) fn long_intake() -> String {
    let mut text = DRAFT.to_owned();
    text.push_str("notes: |\n");
    (0..1000).for_each(|line| text.push_str(&format!("  line {line} of what was said about it\n")));
    text
}

#[tokio::test]
async fn tracing_says_how_long_things_took() {
    let mut client = Client::start().await.ignore("textDocument/publishDiagnostics");
    client.notify("$/setTrace", json!({"value": "messages"})).await;
    client.at("textDocument/hover", "file:///x/a.intake.yaml", 0, 0).await;
    let line = client.next("$/logTrace").await["message"].to_string();
    assert!(line.contains("setTrace") || line.contains("hover"), "{line}");
    client.notify("$/setTrace", json!({"value": "off"})).await;
    client.ignore("$/logTrace").end().await;
}

#[tokio::test]
async fn the_embedded_pack_can_be_opened() {
    let mut client = Client::start().await.ignore("textDocument/publishDiagnostics");
    let uri = "remit:/default/topics/tiers.rhai";
    let text = client.text(uri).await;
    assert!(text.as_str().unwrap().contains("rule(\""));
    client.open_as(uri, "rhai", 1, text.as_str().unwrap()).await;
    client.close(uri).await;
    assert_eq!(client.text("remit:/default/nothing").await, Value::Null);
    client.end().await;
}
