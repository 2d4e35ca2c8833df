//! Files that the client feeds, and packs made of them.

use crate::harness::{Client, DRAFT, pack};
use serde_json::{Value, json};

fn client(roots: &[&str], files: Vec<(String, String)>) -> Client {
    let mut client = Client::with(&json!({}), &json!({"decisions": false, "today": "2026-11-20"}), roots)
        .ignore("textDocument/publishDiagnostics")
        .look_at("remit/status");
    client.disk = files.into_iter().collect();
    client
}

/// What a client finds by itself.
fn search(client: &mut Client) {
    let ours = [".intake.yaml", ".intake.json", ".case.yaml", ".rhai", "/remit.yaml"];
    let found: Vec<String> =
        client.disk.keys().filter(|uri| ours.iter().any(|end| uri.ends_with(end))).cloned().collect();
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    client.feed(&found);
}

#[test]
fn a_pack_is_found_around_a_file_wherever_it_lies() {
    for root in ["file:///w%20%C3%A4", "vscode-vfs://github/o/r%20%C3%A4", "memfs:/w"] {
        let folder = format!("{root}/pack");
        let mut client = client(&[root], pack(&folder, "near"));
        let inside = format!("{folder}/deep/er/a.intake.yaml");
        client.open(&inside, DRAFT);
        let found = client.pack(&inside);
        assert_eq!((&found["name"], &found["state"]), (&json!("near"), &json!("good")), "{root}");
        let of = found["root"].as_str().unwrap();
        assert!(of.ends_with("/pack") && of.starts_with(root.split('%').next().unwrap()), "{of}");
        assert_eq!(client.decision(&inside)["pack"]["name"], "near");

        let outside = format!("{root}/b.intake.yaml");
        client.open(&outside, DRAFT);
        assert_eq!(client.pack(&outside)["state"], "default");
        let settings = json!({"settings": {"remit": {"pack": "./pack/"}}});
        client.notify("workspace/didChangeConfiguration", &settings);
        assert_eq!(client.pack(&outside)["name"], "near");
        assert_eq!(client.decision(&outside)["pack"]["name"], "near");
        client.end();
    }
}

#[test]
fn nobody_sees_half_a_pack() {
    let mut client = client(&["file:///w"], pack("file:///w/p", "whole"));
    client.reads = false;
    search(&mut client);
    client.open("file:///w/p/a.intake.yaml", DRAFT);
    client.open("file:///elsewhere/b.intake.yaml", DRAFT);
    let asked = client.next("remit/lacking");
    let uris: Vec<&str> = asked["uris"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for uri in
        ["file:///w/p/catalogue.yaml", "file:///w/p/intake.schema.json", "file:///elsewhere/remit.yaml"]
    {
        assert!(uris.contains(&uri), "{uris:?}");
    }
    assert_eq!(client.maybe("remit/status"), None);
    assert_eq!(client.maybe("textDocument/publishDiagnostics"), None);
    assert!(!client.server.is_due() && client.server.is_unsettled());
    // One of the two is known now, and is spoken of.
    client.feed(&["file:///elsewhere/remit.yaml", "file:///remit.yaml"]);
    assert_eq!(client.next("textDocument/publishDiagnostics")["uri"], "file:///elsewhere/b.intake.yaml");
    assert_eq!(client.maybe("remit/status"), None);
    client.feed(&uris);
    assert_eq!(client.pack("file:///w/p/a.intake.yaml")["state"], "good");
    assert_eq!(client.maybe("remit/lacking"), None, "each is asked for once");
    client.end();
}

#[test]
fn a_client_that_does_not_answer_holds_nothing_up_for_ever() {
    let mut client = client(&["file:///w"], pack("file:///w/p", "p"));
    client.reads = false;
    search(&mut client);
    client.open("file:///w/p/a.intake.yaml", DRAFT);
    client.next("remit/lacking");
    client.wait();
    assert_eq!(client.pack("file:///w/p/a.intake.yaml")["state"], "broken");
    let told = client.next("window/showMessage");
    assert!(told["message"].as_str().unwrap().contains("nothing is decided"), "{told}");
    // It answers after all.
    client.reads = true;
    client.feed(&["file:///w/p/catalogue.yaml", "file:///w/p/intake.schema.json"]);
    assert_eq!(client.pack("file:///w/p/a.intake.yaml")["state"], "good");
    client.wait();
    client.end();
}

#[test]
fn a_pack_that_breaks_while_it_is_typed_leaves_its_last_good_version() {
    let mut client = client(&["file:///w"], pack("file:///w", "p"));
    search(&mut client);
    let (intake, rules) = ("file:///w/a.intake.yaml", "file:///w/topics/tiers.rhai");
    client.open(intake, DRAFT);
    assert_eq!(client.pack(intake)["state"], "good");
    let before = client.decision(intake);
    let text = client.disk[rules].clone();
    client.open_as(rules, "remit-rules", &text);
    let start = json!({"line": 0, "character": 0});
    client.change(rules, 2, &json!([{"range": {"start": start, "end": start}, "text": "rule("}]));
    assert_eq!(client.pack(intake)["state"], "last_good");
    assert_eq!(client.decision(intake)["tier"], before["tier"]);
    assert!(client.server.is_unsettled(), "people are not told while somebody types");
    client.wait();
    let told = client.next("window/showMessage");
    assert!(told["message"].as_str().unwrap().contains("last version"), "{told}");
    client.wait();
    assert_eq!(client.maybe("window/showMessage"), None, "once is enough");
    client.change(rules, 3, &json!([{"text": text}]));
    assert_eq!(client.pack(intake)["state"], "good");
    client.change(rules, 4, &json!([{"text": "rule("}]));
    client.change(rules, 5, &json!([{"text": text}]));
    client.wait();
    assert_eq!(client.maybe("window/showMessage"), None);
    client.end();
}

#[test]
fn files_that_change_are_asked_for_again() {
    let mut capable = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    capable["workspace"]["workspaceFolders"] = json!(true);
    let mut client = Client::with(&capable, &json!({"decisions": false}), &["file:///w"])
        .ignore("textDocument/publishDiagnostics")
        .look_at("remit/status");
    let asked = client.serve("client/registerCapability", &Value::Null);
    assert_eq!(asked["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.disk = pack("file:///w/p", "one").into_iter().collect();
    search(&mut client);
    let intake = "file:///w/p/a.intake.yaml";
    client.open(intake, DRAFT);
    assert_eq!(client.pack(intake)["name"], "one");

    let changed = |uri: &str, how: u32| json!({"changes": [{"uri": uri, "type": how}]});
    client.disk.extend(pack("file:///w/p", "two"));
    client.notify("workspace/didChangeWatchedFiles", &changed("file:///w/p/remit.yaml", 2));
    assert_eq!(client.pack(intake)["name"], "two");
    // Files that nobody named are not read.
    client.reads = false;
    client.notify("workspace/didChangeWatchedFiles", &changed("file:///w/notes.yaml", 1));
    assert_eq!(client.maybe("remit/lacking"), None);
    client.reads = true;
    // A whole folder.
    client.notify("workspace/didChangeWatchedFiles", &changed("file:///w/p", 3));
    assert_eq!(client.pack(intake)["state"], "default");
    let left = client.request("workspace/symbol", &json!({"query": ""})).unwrap().to_string();
    assert!(left.contains(intake) && !left.contains("file:///w/p/topics"), "{left}");
    client.notify("workspace/didChangeWatchedFiles", &changed("file:///w/p/remit.yaml", 1));
    assert_eq!(client.pack(intake)["name"], "two", "its files are asked for once more");
    client.end();
}

#[test]
fn what_was_open_counts_as_it_was_saved() {
    let mut client = client(&["file:///w"], pack("file:///w", "p"));
    search(&mut client);
    let (intake, rules) = ("file:///w/a.intake.yaml", "file:///w/topics/tiers.rhai");
    client.open(intake, DRAFT);
    client.rest();
    let before = client.decision(intake)["tier"].clone();
    let rule = "rule(\"always\").when(|intake| true).tier(3).because(\"so\").cites(\"OM-routing-1\");\n";
    client.open_as(rules, "remit-rules", &format!("{rule}{}", client.disk[rules].clone()));
    assert_ne!(client.decision(intake)["tier"], before);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": rules}}));
    client.rest();
    assert_eq!(client.decision(intake)["tier"], before, "it was not saved");
    client.ignore("remit/status").end();
}

#[test]
fn saving_holds_nothing_up() {
    let mut client = Client::with(&json!({}), &json!({"decisions": false}), &["file:///w"]);
    let intake = "file:///w/a.intake.yaml";
    client.open(intake, DRAFT);
    client.next("textDocument/publishDiagnostics");
    client.reads = false;
    client.notify("textDocument/didSave", &json!({"textDocument": {"uri": intake}}));
    client.change(intake, 2, &json!([{"text": "id: x\n"}]));
    assert_eq!(client.next("textDocument/publishDiagnostics")["version"], 2);
    assert_eq!(client.next("remit/lacking")["uris"], json!([intake]));
    client.end();
}

#[test]
fn folders_come_and_go() {
    let mut client = client(&["file:///one"], vec![]);
    client.disk = pack("file:///two", "two").into_iter().collect();
    client.disk.insert("file:///one/x.intake.yaml".to_owned(), "id: x\n".to_owned());
    search(&mut client);
    client.open("file:///two/a.intake.yaml", DRAFT);
    assert_eq!(client.pack("file:///two/a.intake.yaml")["name"], "two");
    let names = |client: &mut Client| -> Vec<String> {
        let found = client.request("workspace/symbol", &json!({"query": ""})).unwrap();
        let uris = found
            .as_array()
            .unwrap()
            .iter()
            .map(|found| found["location"]["uri"].as_str().unwrap().to_owned());
        uris.collect()
    };
    let event = |added: Value, removed: Value| json!({"event": {"added": added, "removed": removed}});
    let folder = |uri: &str| json!([{"uri": uri, "name": "f"}]);
    client.notify("workspace/didChangeWorkspaceFolders", &event(folder("file:///two"), json!([])));
    client.rest();
    assert!(names(&mut client).iter().any(|uri| uri.starts_with("file:///two/examples/")));
    client.notify("workspace/didChangeWorkspaceFolders", &event(json!([]), folder("file:///two")));
    client.rest();
    let left = names(&mut client);
    assert!(left.contains(&"file:///one/x.intake.yaml".to_owned()), "{left:?}");
    assert!(!left.iter().any(|uri| uri.starts_with("file:///two/examples/")), "{left:?}");
    client.ignore("remit/status").end();
}

#[test]
fn a_file_without_a_folder_is_an_intake_if_the_editor_says_so() {
    let mut client = client(&[], vec![]);
    client.open_as("untitled:Untitled-1", "remit-intake", DRAFT);
    assert_eq!(client.pack("untitled:Untitled-1")["state"], "default");
    assert!(client.decision("untitled:Untitled-1")["tier"].is_object());
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": "untitled:Untitled-1"}}));
    client.reads = false;
    assert_eq!(client.maybe("remit/lacking"), None);
    client.ignore("remit/status").end();
}

#[test]
fn the_embedded_pack_is_shown_and_cannot_be_replaced() {
    let mut client = client(&[], vec![]);
    let uri = "remit:/default/topics/tiers.rhai";
    let text = client.text(uri);
    assert!(text.as_str().unwrap().contains("rule("));
    client.notify("remit/files", &json!({"files": [{"uri": uri, "text": "rule("}]}));
    assert_eq!(client.text(uri), text);
    client.open("file:///a.intake.yaml", DRAFT);
    client.rest();
    let at =
        json!({"textDocument": {"uri": "file:///a.intake.yaml"}, "position": {"line": 2, "character": 4}});
    let found = client.request("textDocument/definition", &at).unwrap();
    let place = found.get(0).unwrap_or(&found);
    assert!(place["uri"].as_str().unwrap().starts_with("remit:/default/topics/"), "{found}");
    client.ignore("remit/status").end();
}
