//! Clients that do what no client should.

use crate::harness::{Client, Folder, Intro, default_pack};
use remit_lsp::Ended;
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_no_message_is_answered_and_the_session_goes_on() {
    let mut client = Client::start().await;
    let frame = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    for (bytes, code) in [
        (frame("{\"jsonrpc\": \"2.0\", \"id\": 7, \"meth"), -32700),
        (frame("[]"), -32600),
        (frame("7"), -32600),
        (frame("{\"jsonrpc\": \"2.0\", \"id\": 7}"), -32600),
        (frame("{\"jsonrpc\": \"1.0\", \"id\": 7, \"method\": \"shutdown\"}"), -32600),
        ("Content-Length: x\r\n\r\n".to_owned(), -32700),
        ("Content-Type: x\r\n\r\n".to_owned(), -32700),
    ] {
        client.send_bytes(bytes.as_bytes()).await;
        let refused = client.next_refusal().await;
        assert_eq!(refused["code"], code, "{bytes:?}: {refused}");
    }
    client.send_bytes(b"Content-Length: 2\r\n\r\n\xFF\xFE").await;
    assert_eq!(client.next_refusal().await["code"], -32700);
    // Answers to questions that nobody asked.
    client.send(json!({"jsonrpc": "2.0", "id": 99, "result": null})).await;
    client.send(json!({"jsonrpc": "2.0", "id": "x", "error": {"code": 1, "message": "no"}})).await;
    let unknown = client.request("remit/nothing", json!({})).await.unwrap_err();
    assert_eq!(unknown["code"], -32601);
    let wrong = client.request("textDocument/hover", json!({"textDocument": 7})).await.unwrap_err();
    assert_eq!(wrong["code"], -32602);
    client.notify("$/nothing", json!({})).await;
    client.notify("nothing/known", json!([1, 2])).await;
    client.notify("textDocument/didOpen", json!({"textDocument": 7})).await;
    client.end().await;
}

#[tokio::test]
async fn nothing_is_answered_before_hello() {
    let mut client = Client::silent();
    let early = client.request("textDocument/hover", json!({})).await.unwrap_err();
    assert_eq!(early["code"], -32002);
    client.open("file:///x/a.intake.yaml", "a: 1").await;
    assert_eq!(client.request("shutdown", Value::Null).await.unwrap_err()["code"], -32002);
    client.notify("exit", Value::Null).await;
    assert_eq!(client.ended().await, Ended::Abruptly);
}

#[tokio::test]
async fn exit_without_shutdown_and_a_client_that_dies_are_abrupt() {
    let mut client = Client::start().await;
    client.notify("exit", Value::Null).await;
    assert_eq!(client.ended().await, Ended::Abruptly);

    let mut client = Client::start().await;
    client.die().await;
    assert_eq!(client.ended().await, Ended::Abruptly);
}

#[cfg(unix)]
#[tokio::test]
async fn a_client_whose_process_is_gone_ends_the_server() {
    let mut gone = std::process::Command::new("true").spawn().unwrap();
    gone.wait().unwrap();
    let mut client = Client::silent();
    let hello = json!({"processId": gone.id(), "capabilities": {}, "rootUri": null});
    client.request("initialize", hello).await.unwrap();
    assert_eq!(client.ended().await, Ended::Abruptly);
}

#[tokio::test]
async fn changes_that_cannot_be_are_harmless() {
    let mut client = Client::start().await.ignore("textDocument/publishDiagnostics");
    let uri = "file:///x/a.intake.yaml";
    client.change(uri, 2, json!([{"text": "x"}])).await;
    let said = client.next("window/logMessage").await;
    assert!(said["message"].as_str().unwrap().contains("is not open"), "{said}");
    client.close(uri).await;
    client.open(uri, "id: ä\n").await;
    let range = |start: (u32, u32), end: (u32, u32)| json!({"start": {"line": start.0, "character": start.1}, "end": {"line": end.0, "character": end.1}});
    let far = u32::MAX >> 1;
    client.change(uri, 9, json!([{"range": range((0, far), (0, far)), "text": "b"}])).await;
    assert_eq!(client.text(uri).await, "id: äb\n");
    client.change(uri, 3, json!([{"range": range((far, 0), (far, far)), "text": "c"}])).await;
    assert_eq!(client.text(uri).await, "id: äb\nc", "whatever the version says");
    client.change(uri, 3, json!([{"range": range((1, 1), (0, 4)), "text": "!"}])).await;
    assert_eq!(client.text(uri).await, "id: äb\nc!", "an end before its start is its start");
    let position = json!({"line": far, "character": far});
    for method in ["textDocument/hover", "textDocument/completion", "textDocument/definition"] {
        client.request(method, json!({"textDocument": {"uri": uri}, "position": position})).await.unwrap();
    }
    // Opened twice: the second one counts.
    client.open(uri, "id: again").await;
    assert_eq!(client.text(uri).await, "id: again");
    client.end().await;
}

#[tokio::test]
async fn a_huge_file_is_refused_and_holds_up_nobody() {
    let mut client = Client::start().await;
    let line = "key: value that goes on and on and on\n";
    let text = line.repeat(10_000_000 / line.len());
    for (name, language) in [
        ("a.intake.yaml", "yaml"),
        ("b.intake.json", "json"),
        // What no name says, the language does: a script outside of a pack is nobody's.
        ("c", "remit-rules"),
        ("d.case.yaml", "yaml"),
    ] {
        let uri = format!("file:///x/{name}");
        client.open_as(&uri, language, 1, &text).await;
        let found = client.published(&uri, 1).await;
        let [only] = found.as_array().unwrap().as_slice() else { panic!("{name}: {found}") };
        assert!(only["code"].as_str().unwrap().ends_with("/too-large"), "{name}: {only}");
        client.at("textDocument/completion", &uri, 3, 2).await;
        client.at("textDocument/hover", &uri, 3, 2).await;
        let range = json!({"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 0}});
        client.change(&uri, 2, json!([{"range": range, "text": "x"}])).await;
        client.published(&uri, 2).await;
        client.close(&uri).await;
    }
    client.ignore("textDocument/publishDiagnostics").end().await;
}

#[tokio::test]
async fn files_on_the_disk_may_be_anything() {
    let mut files = default_pack("p");
    files.push(("p/bytes.intake.yaml".to_owned(), b"id: \xFF\xFE\n".to_vec()));
    files.push(("p/empty.intake.json".to_owned(), vec![]));
    files.push(("p/folder.intake.yaml/x".to_owned(), vec![]));
    files.push(("q/remit.yaml".to_owned(), b"\xFF\xFE".to_vec()));
    files.push((
        "r/remit.yaml".to_owned(),
        b"format: 1\nname: r\nversion: 1\nschema: ../../../etc/passwd\n".to_vec(),
    ));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let folder = Folder::new(&files);
    let mut client =
        Client::with(folder.intro()).await.ignore("textDocument/publishDiagnostics").look_at("remit/status");
    let uri = folder.uri("p/bytes.intake.yaml");
    client.open(&uri, "id: fine\n").await;
    loop {
        let status = client.next("remit/status").await;
        let notices = status["notices"].as_array().unwrap();
        if notices.len() == 2 && status["files"][0]["pack"]["state"] == "good" {
            assert!(notices.iter().all(|notice| notice["location"]["uri"].is_string()), "{notices:?}");
            break;
        }
    }
    assert_eq!(client.decision(&uri).await["pack"]["name"], "default");
    for _ in 0..2 {
        let told = client.next("window/showMessage").await;
        assert!(told["message"].as_str().unwrap().contains("does not load"), "{told}");
    }
    client.close(&uri).await;
    assert_eq!(client.text(&folder.uri("p/nothing")).await, Value::Null);
    client.ignore("remit/status").end().await;
}

#[tokio::test]
async fn a_rule_that_never_ends_is_cut_off() {
    let mut files = default_pack("p");
    for (path, bytes) in &mut files {
        if path.ends_with("tiers.rhai") {
            bytes.extend_from_slice(
                b"\nrule(\"endless\")\n    .when(|intake| { let n = 0; while n >= 0 { n += 1; if n > 5 { n = 0; } } true })\n    .tier(1)\n    .because(\"it never ends\")\n    .cites(\"OM-routing-1\");\n",
            );
        }
    }
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let folder = Folder::new(&files);
    let mut client = Client::with(folder.intro()).await.ignore("window/showMessage");
    let uri = folder.uri("p/a.intake.yaml");
    client.open(&uri, crate::basics::DRAFT).await;
    client.published(&uri, 1).await;
    client.at("textDocument/hover", &uri, 1, 1).await;
    client.decision(&uri).await;
    client.ignore("textDocument/publishDiagnostics").end().await;
}

#[tokio::test]
async fn a_client_without_any_ability_gets_plain_answers() {
    let intro = Intro {
        options: json!({"settings": {"inlayHints": "loud", "lint": {"evidence": 7}}}),
        ..Intro::default()
    };
    let mut client = Client::with(intro).await;
    for _ in 0..2 {
        let told = client.next("window/showMessage").await;
        assert!(told["message"].as_str().unwrap().contains("the setting `remit."), "{told}");
    }
    client.ignore("textDocument/publishDiagnostics").ignore("remit/decision").end().await;
}
