//! Many changes at once: few publications, and the last one is about the last text.

use crate::basics::long_intake;
use crate::harness::Client;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn after_a_burst_the_last_publication_is_about_the_last_version() {
    let mut client = Client::start().await;
    let uri = "file:///x/a.intake.yaml";
    client.open(uri, &long_intake()).await;
    client.published(uri, 1).await;
    for version in 2..=201 {
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
        client.change(uri, version, json!([{"range": range, "text": "#"}])).await;
        tokio::time::sleep(Duration::from_micros(500)).await;
    }
    let (mut count, mut last) = (0, 0);
    while last != 201 {
        let version = client.next("textDocument/publishDiagnostics").await["version"].as_i64().unwrap();
        assert!(version > last, "{version} after {last}");
        (count, last) = (count + 1, version);
    }
    assert!(count <= 20, "{count} publications");
    client.end().await;
}

#[tokio::test]
async fn changes_are_applied_in_order_while_requests_are_answered() {
    let mut client = Client::start().await.ignore("textDocument/publishDiagnostics");
    let uri = "file:///x/a.intake.yaml";
    client.open(uri, "").await;
    let mut asked = vec![];
    let mut text = String::new();
    for version in 2..500 {
        let typed = format!("{version} ");
        let end = json!({"line": 0, "character": text.len()});
        client.change(uri, version, json!([{"range": {"start": end, "end": end}, "text": typed}])).await;
        text.push_str(&typed);
        if version % 7 == 0 {
            asked.push((client.ask("remit/content", json!({"uri": uri})).await, text.clone()));
            client.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": end})).await;
        }
    }
    let last_id = 1 + 2 * asked.len() as i64;
    for (id, then) in asked {
        assert_eq!(client.answer(id).await.unwrap(), then, "the text as it was when it was asked for");
        assert!(client.answer(id + 1).await.is_ok());
    }
    assert_eq!(client.text(uri).await, text, "{last_id}");
    client.end().await;
}
