//! Folders, packs, settings, and files that change on the disk.

use crate::basics::DRAFT;
use crate::harness::{Client, Folder, Intro, default_pack};
use serde_json::{Value, json};

fn folder(packs: &[&str], more: &[(&str, &[u8])]) -> Folder {
    let mut files: Vec<(String, Vec<u8>)> = packs.iter().flat_map(|folder| default_pack(folder)).collect();
    for (path, bytes) in &mut files {
        if path.ends_with("/remit.yaml") {
            let name = path.split('/').next().unwrap().to_owned();
            let text = String::from_utf8(bytes.clone()).unwrap();
            *bytes = text.replace("name: default", &format!("name: {name}")).into_bytes();
        }
    }
    files.extend(more.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    Folder::new(&files)
}

/// The pack of a file, once `wanted` holds for it.
async fn pack(client: &mut Client, uri: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    loop {
        let status = client.next("remit/status").await;
        let files = status["files"].as_array().unwrap();
        if let Some(file) = files.iter().find(|file| file["uri"] == uri)
            && wanted(&file["pack"])
        {
            return file["pack"].clone();
        }
    }
}

async fn quiet(intro: Intro) -> Client {
    Client::with(intro).await.ignore("textDocument/publishDiagnostics").look_at("remit/status")
}

#[tokio::test]
async fn the_nearest_pack_decides_then_the_one_that_is_set_then_the_embedded_one() {
    let folder = folder(&["near", "set"], &[]);
    let mut intro = folder.intro();
    let mut client = quiet(folder.intro()).await;
    let (inside, outside) = (folder.uri("near/deep/a.intake.yaml"), folder.uri("b.intake.yaml"));
    client.open(&inside, DRAFT).await;
    let found = pack(&mut client, &inside, |_| true).await;
    assert_eq!(
        (&found["name"], &found["state"]),
        (&json!("near"), &json!("good")),
        "at once, not after a while"
    );
    client.open(&outside, DRAFT).await;
    let found = pack(&mut client, &outside, |_| true).await;
    assert_eq!((&found["state"], &found["root"]), (&json!("default"), &Value::Null));
    let settings = json!({"settings": {"remit": {"pack": "./set/", "lint": {"readiness": "off"}}}});
    client.notify("workspace/didChangeConfiguration", settings).await;
    let found = pack(&mut client, &outside, |pack| pack["name"] == "set").await;
    assert_eq!(found["root"], folder.uri("set"));
    assert_eq!(client.decision(&outside).await["pack"]["name"], "set");
    assert_eq!(client.decision(&inside).await["pack"]["name"], "near");
    client.ignore("remit/status").end().await;

    intro.options = json!({"decisions": false, "settings": {"pack": "set"}});
    let mut client = quiet(intro).await;
    client.open(&outside, DRAFT).await;
    pack(&mut client, &outside, |pack| pack["name"] == "set").await;
    client.ignore("remit/status").end().await;
}

#[tokio::test]
async fn a_pack_outside_the_workspace_is_found_up_the_folders() {
    let (inside, elsewhere) = (Folder::new(&[]), folder(&["far"], &[]));
    let mut client = quiet(inside.intro()).await;
    let uri = elsewhere.uri("far/some/where/a.intake.yaml");
    client.open(&uri, DRAFT).await;
    let found = pack(&mut client, &uri, |_| true).await;
    assert_eq!((&found["name"], &found["state"]), (&json!("far"), &json!("good")));
    // Nobody watches it for us.
    let manifest = std::fs::read_to_string(elsewhere.path().join("far/remit.yaml")).unwrap();
    elsewhere.write("far/remit.yaml", manifest.replace("name: far", "name: farther").as_bytes());
    pack(&mut client, &uri, |pack| pack["name"] == "farther").await;
    client.ignore("remit/status").end().await;
}

#[tokio::test]
async fn a_pack_that_breaks_leaves_its_last_good_version_and_people_are_told() {
    let folder = folder(&["p"], &[]);
    let mut intro = folder.intro();
    intro.capabilities = json!({
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}, "codeLens": {"refreshSupport": true}},
    });
    let mut client = quiet(intro).await;
    let asked = client.serve("client/registerCapability", Value::Null).await;
    assert_eq!(asked["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    let (uri, rules) = (folder.uri("p/a.intake.yaml"), folder.uri("p/topics/tiers.rhai"));
    client.open(&uri, DRAFT).await;
    pack(&mut client, &uri, |pack| pack["state"] == "good").await;
    let before = client.decision(&uri).await;
    let good = std::fs::read(folder.path().join("p/topics/tiers.rhai")).unwrap();

    folder.write("p/topics/tiers.rhai", b"rule(");
    let changed = json!({"changes": [{"uri": rules, "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changed.clone()).await;
    pack(&mut client, &uri, |pack| pack["state"] == "last_good").await;
    assert_eq!(client.decision(&uri).await["tier"], before["tier"]);
    let told = client.next("window/showMessage").await;
    assert!(told["message"].as_str().unwrap().contains("last version"), "{told}");

    folder.write("p/topics/tiers.rhai", &good);
    client.notify("workspace/didChangeWatchedFiles", changed.clone()).await;
    pack(&mut client, &uri, |pack| pack["state"] == "good").await;

    folder.remove("p/remit.yaml");
    let gone = json!({"changes": [{"uri": folder.uri("p/remit.yaml"), "type": 3}]});
    client.notify("workspace/didChangeWatchedFiles", gone).await;
    pack(&mut client, &uri, |pack| pack["state"] == "default").await;
    client.ignore("remit/status").ignore("workspace/codeLens/refresh").end().await;
}

#[tokio::test]
async fn typing_a_rule_changes_the_intakes_it_decides() {
    let folder = folder(&["p"], &[]);
    let mut intro = folder.intro();
    intro.options = json!({});
    let mut client = Client::with(intro).await.ignore("textDocument/publishDiagnostics");
    let (uri, rules) = (folder.uri("p/a.intake.yaml"), folder.uri("p/topics/tiers.rhai"));
    client.open(&uri, DRAFT).await;
    let before = client.next("remit/decision").await["report"].take();
    let text = std::fs::read_to_string(folder.path().join("p/topics/tiers.rhai")).unwrap();
    client.open_as(&rules, "rhai", 1, &text).await;
    let rule = "rule(\"always\").when(|intake| true).tier(3).because(\"so\").cites(\"OM-routing-1\");\n";
    let start = json!({"line": 0, "character": 0});
    client.change(&rules, 2, json!([{"range": {"start": start, "end": start}, "text": rule}])).await;
    loop {
        let told = client.next("remit/decision").await;
        if told["report"]["tier"] != before["tier"] {
            assert_eq!(told["report"]["tier"]["settled"], 3, "{}", told["report"]["tier"]);
            break;
        }
    }
    // What stands on the disk counts again.
    client.close(&rules).await;
    loop {
        let told = client.next("remit/decision").await;
        if told["report"]["tier"] == before["tier"] {
            break;
        }
    }
    client.ignore("remit/decision").ignore("window/showMessage").end().await;
}

#[tokio::test]
async fn folders_come_and_go() {
    let (one, two) = (folder(&["one"], &[]), folder(&["two"], &[("x.intake.yaml", b"id: x\n")]));
    let mut client = quiet(one.intro()).await;
    let names = |found: Value| -> Vec<String> {
        let found = found.as_array().cloned().unwrap_or_default();
        found.iter().map(|symbol| symbol["location"]["uri"].as_str().unwrap().to_owned()).collect()
    };
    let added = json!({"event": {"added": [{"uri": two.root(), "name": "two"}], "removed": []}});
    client.notify("workspace/didChangeWorkspaceFolders", added).await;
    loop {
        if names(client.request("workspace/symbol", json!({"query": "x"})).await.unwrap())
            .contains(&two.uri("x.intake.yaml"))
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let removed = json!({"event": {"added": [], "removed": [{"uri": two.root(), "name": "two"}]}});
    client.notify("workspace/didChangeWorkspaceFolders", removed).await;
    loop {
        let left = names(client.request("workspace/symbol", json!({"query": ""})).await.unwrap());
        if !left.iter().any(|uri| uri.starts_with(&two.root())) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    client.ignore("remit/status").end().await;
}

#[tokio::test]
async fn settings_are_asked_for_each_folder() {
    let folder = folder(&["set"], &[]);
    let mut intro = folder.intro();
    intro.capabilities = json!({"workspace": {"configuration": true}});
    let mut client = quiet(intro).await;
    let asked =
        client.serve("workspace/configuration", json!([{"today": "2026-01-31"}, {"pack": "set"}])).await;
    assert_eq!(asked["items"][1], json!({"scopeUri": folder.root(), "section": "remit"}));
    let uri = folder.uri("a.intake.yaml");
    client.open(&uri, DRAFT).await;
    pack(&mut client, &uri, |pack| pack["name"] == "set").await;
    assert_eq!(client.decision(&uri).await["today"], "2026-01-31");
    client.notify("workspace/didChangeConfiguration", json!({"settings": null})).await;
    client.serve("workspace/configuration", json!([null, {"pack": 7, "today": "someday"}])).await;
    pack(&mut client, &uri, |pack| pack["state"] == "default").await;
    assert_ne!(client.decision(&uri).await["today"], "2026-01-31");
    client.ignore("remit/status").ignore("window/showMessage").end().await;
}
