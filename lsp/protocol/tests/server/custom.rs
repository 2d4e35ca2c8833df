//! Requests of Remit's own.

use crate::harness::{Client, DRAFT, pack};
use serde_json::{Value, json};

const INTAKE: &str = "file:///w/p/a%20b.intake.yaml";
const RULES: &str = "file:///w/p/topics/tiers.rhai";

/// A pack in the workspace, and an intake in it that is open.
fn client() -> Client {
    client_with(&json!({"workspace": {"workspaceEdit": {"documentChanges": true}}}))
}

fn client_with(capabilities: &Value) -> Client {
    let options = json!({"decisions": false, "today": "2026-11-20"});
    let mut client =
        Client::with(capabilities, &options, &["file:///w"]).ignore("textDocument/publishDiagnostics");
    client.disk = pack("file:///w/p", "mine").into_iter().collect();
    let files: Vec<String> = client.disk.keys().cloned().collect();
    client.feed(&files.iter().map(String::as_str).collect::<Vec<_>>());
    client.open(INTAKE, DRAFT);
    client.rest();
    client
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

/// The part of a text that a range means, counted in UTF-16.
fn slice(text: &str, range: &Value) -> String {
    let at = |place: &Value| {
        let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
        let column = usize::try_from(place["character"].as_u64().unwrap()).unwrap();
        let before: usize =
            text.split_inclusive('\n').take(line).map(|line| line.encode_utf16().count()).sum();
        before + column
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[at(&range["start"])..at(&range["end"])]).unwrap()
}

/// Makes an edit as an editor would; the text after it.
fn make(client: &mut Client, edit: &Value, version: i64) -> String {
    let edits = match edit.get("documentChanges") {
        Some(changes) => list(changes)[0]["edits"].clone(),
        None => edit["changes"][INTAKE].clone(),
    };
    let mut edits = list(&edits).clone();
    edits.reverse();
    let changes: Vec<Value> =
        edits.iter().map(|edit| json!({"range": edit["range"], "text": edit["newText"]})).collect();
    client.change(INTAKE, version, &json!(changes));
    client.rest();
    client.text(INTAKE).as_str().unwrap().to_owned()
}

#[test]
fn tests_are_listed_where_they_stand() {
    let mut client = client();
    let suites = client.request("remit/tests", &json!({})).unwrap();
    assert_eq!(list(&suites).len(), 1);
    let suite = suites[0].clone();
    assert_eq!((&suite["pack"]["name"], &suite["pack"]["root"]), (&json!("mine"), &json!("file:///w/p")));
    let files = list(&suite["files"]);
    assert_eq!(
        files.len(),
        remit_rules::FILES.iter().filter(|(path, _)| path.ends_with(".case.yaml")).count()
    );
    for file in files {
        let text = client.disk[file["uri"].as_str().unwrap()].clone();
        for case in list(&file["cases"]) {
            let (name, label) = (case["name"].as_str().unwrap(), case["label"].as_str().unwrap());
            assert_eq!(case["wrong"], false);
            if name != label {
                assert_eq!(slice(&text, &case["range"]).trim_matches(['"', '\'']), label);
                assert!(name.starts_with(file["name"].as_str().unwrap()), "{name}");
            }
        }
    }
    // The same by any file of the pack; the embedded one by one of its own.
    for uri in [INTAKE, RULES, "file:///w/p", "file:///w/p/", "file:///w/p/not/there.yaml"] {
        assert_eq!(client.request("remit/tests", &json!({"uri": uri})).unwrap(), suites, "{uri}");
    }
    let built_in = client.request("remit/tests", &json!({"uri": "remit:/default/remit.yaml"})).unwrap();
    assert_eq!(built_in[0]["pack"]["state"], "default");
    assert!(built_in[0]["files"][0]["uri"].as_str().unwrap().starts_with("remit:/default/tests/"));
    client.end();
}

#[test]
fn tests_are_run_on_what_is_typed() {
    let mut client = client();
    let everything = client.request("remit/runTests", &json!({"uri": INTAKE, "coverage": true})).unwrap();
    assert_eq!(
        (&everything["failed"], &everything["wrong"]),
        (&json!(0), &json!(0)),
        "{}",
        everything["faults"]
    );
    let count = list(&everything["cases"]).len();
    assert_eq!((&everything["passed"], &everything["leftOut"]), (&json!(count), &json!(0)));
    assert!(
        list(&everything["cases"]).iter().all(|case| case["text"] == "" && case["failures"] == json!([]))
    );
    let coverage = &everything["coverage"];
    assert!(coverage["inputs"].as_u64().unwrap() as usize > count, "the examples count too");
    assert_eq!(coverage["complete"], true, "{}", coverage["gaps"]);
    let file = list(&coverage["files"]).iter().find(|file| file["uri"] == RULES).unwrap();
    let text = client.disk[RULES].clone();
    for rule in list(&file["rules"]) {
        assert_eq!(slice(&text, &rule["range"]), rule["rule"]);
        assert!(slice(&text, &rule["body"]).starts_with("rule("));
        assert!(rule["fires"].as_u64().unwrap() > 0 && rule["silent"].as_u64().unwrap() > 0);
    }
    let shown = |operand: &Value| {
        operand["shownTrue"].as_u64().unwrap() > 0 && operand["shownFalse"].as_u64().unwrap() > 0
    };
    assert!(list(&file["operands"]).iter().all(|operand| operand["covered"] == shown(operand)));
    let one = list(&file["operands"]).iter().find(|operand| operand["rule"] == "internet-exposure").unwrap();
    assert_eq!(slice(&text, &one["range"]).split_whitespace().collect::<Vec<_>>().join(" "), one["text"]);

    // A rule that says something else.
    client.open_as(
        RULES,
        "remit-rules",
        &text
            .replacen("\"internet-exposure\")", "\"internet-exposure\").require(\"architecture-diagram\")", 1)
            .replacen(".tier(2)", ".tier(3)", 1),
    );
    client.rest();
    let ran = client.request("remit/runTests", &json!({"uri": INTAKE})).unwrap();
    assert!(ran["failed"].as_u64().unwrap() > 0 && ran.get("coverage").is_none());
    let failed = list(&ran["cases"]).iter().find(|case| case["state"] == "failed").unwrap().clone();
    let failure = &failed["failures"][0];
    let case_file = client.disk[failed["uri"].as_str().unwrap()].clone();
    assert_eq!(failure["location"]["uri"], failed["uri"]);
    assert!(!slice(&case_file, &failure["location"]["range"]).is_empty());
    assert!(failure["wanted"].is_string() && failure["found"].is_string() && failure["aspect"].is_string());
    assert!(failed["text"].as_str().unwrap().contains(failure["message"].as_str().unwrap()));
    assert!(
        failure["related"][0]["location"]["uri"].as_str().unwrap().starts_with("file:///w/p/topics/"),
        "{failure}"
    );

    // Fewer of them.
    let name = failed["name"].clone();
    let again = client.request("remit/runTests", &json!({"uri": RULES, "cases": [name]})).unwrap();
    assert_eq!((&again["cases"], &again["leftOut"]), (&json!([failed]), &json!(count - 1)));
    let some = client
        .request("remit/runTests", &json!({"uri": RULES, "filter": "GOLDEN", "coverage": true}))
        .unwrap();
    assert!(list(&some["cases"]).iter().all(|case| case["name"].as_str().unwrap().contains("golden")));
    assert_eq!(some["coverage"]["inputs"], list(&some["cases"]).len(), "only they count");
    let of_rule =
        client.request("remit/runTests", &json!({"uri": RULES, "rule": "internet-exposure"})).unwrap();
    let ran = list(&of_rule["cases"]).len();
    assert!(ran > 0 && ran < count);
    let none = client.request("remit/runTests", &json!({"uri": RULES, "cases": []})).unwrap();
    assert_eq!((&none["cases"], &none["leftOut"]), (&json!([]), &json!(count)));

    client.change(RULES, 2, &json!([{"text": "rule("}]));
    client.rest();
    let refused = client.request("remit/runTests", &json!({"uri": INTAKE})).unwrap_err();
    assert_eq!(refused["code"], -32803);
    assert!(refused["message"].as_str().unwrap().contains("does not load"), "{refused}");
    let suites = client.request("remit/tests", &json!({"uri": RULES})).unwrap();
    assert!(!list(&suites[0]["files"]).is_empty(), "the last good version reads them");
    client.end();
}

#[test]
fn a_case_that_is_wrong_says_why() {
    let mut client = client();
    let uri = "file:///w/p/tests/new.case.yaml";
    client.open_as(uri, "yaml", "example: golden-path-bootstrap.intake.yaml\ncases:\n  - name: ä\n    expect: { teir: 2 }\n  - name: good\n    expect: { valid: true }\n");
    client.rest();
    let run = client.request("remit/runTests", &json!({"uri": uri, "filter": "new:"})).unwrap();
    let states: Vec<&Value> = list(&run["cases"]).iter().map(|case| &case["state"]).collect();
    assert_eq!(states, ["wrong", "passed"]);
    let failure = &run["cases"][0]["failures"][0];
    assert!(
        failure["message"].as_str().unwrap().contains("`teir`") && failure.get("wanted").is_none(),
        "{failure}"
    );
    assert_eq!(failure["location"]["range"]["start"], json!({"line": 3, "character": 14}));
    assert!(list(&run["faults"]).iter().any(|fault| fault["message"] == failure["message"]));
    let suites = client.request("remit/tests", &json!({"uri": uri})).unwrap();
    let file = list(&suites[0]["files"]).iter().find(|file| file["uri"] == uri).unwrap();
    assert_eq!((&file["cases"][0]["wrong"], &file["cases"][1]["wrong"]), (&json!(true), &json!(false)));
    client.end();
}

#[test]
fn decisions_are_explained() {
    let mut client = client();
    let ask = |client: &mut Client, more: Value| {
        let mut params = json!({"uri": INTAKE});
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        client.request("remit/explain", &params)
    };
    let whole = ask(&mut client, json!({})).unwrap();
    assert_eq!((&whole["target"], &whole["range"]), (&Value::Null, &Value::Null));
    assert_eq!(whole["explanation"]["report"], client.decision(INTAKE));
    assert!(whole["text"].as_str().unwrap().lines().count() > 5);
    let reviewer = ask(&mut client, json!({"reader": "reviewer"})).unwrap();
    assert_ne!(reviewer["text"], whole["text"]);

    let field = ask(&mut client, json!({"position": {"line": 2, "character": 15}})).unwrap();
    assert_eq!(
        (&field["target"], slice(DRAFT, &field["range"])),
        (&json!("environment"), "production".to_owned())
    );
    assert_eq!(field["explanation"]["subject"]["kind"], "field");
    let nowhere = ask(&mut client, json!({"position": {"line": 99, "character": 0}})).unwrap();
    assert_eq!((&nowhere["target"], &nowhere["text"]), (&Value::Null, &whole["text"]));
    for (target, kind) in [
        ("tier", "tier"),
        ("internet-exposure", "rule"),
        ("route/deep-review", "point"),
        ("exposure", "field"),
    ] {
        let part =
            ask(&mut client, json!({"target": target, "position": {"line": 0, "character": 0}})).unwrap();
        assert_eq!(
            (&part["target"], &part["explanation"]["subject"]["kind"]),
            (&json!(target), &json!(kind))
        );
    }
    let refused = ask(&mut client, json!({"target": "internet-exposur"})).unwrap_err();
    assert!(refused["message"].as_str().unwrap().contains("did you mean `internet-exposure`"), "{refused}");
    assert_eq!(ask(&mut client, json!({"reader": "nobody"})).unwrap_err()["code"], -32602);

    let instead = client.request("remit/instead", &json!({"uri": INTAKE, "goals": ["tier=3"]})).unwrap();
    assert_eq!(instead["found"]["goals"], json!(["tier=3"]));
    assert!(!list(&instead["found"]["ways"]).is_empty() && !instead["text"].as_str().unwrap().is_empty());
    for goals in [json!([]), json!(["tier=9"]), json!(["nonsense"])] {
        let refused = client.request("remit/instead", &json!({"uri": INTAKE, "goals": goals})).unwrap_err();
        assert_eq!(refused["code"], -32803, "{goals}");
    }
    for method in ["remit/explain", "remit/questions", "remit/decision"] {
        for uri in [RULES, "file:///nowhere.intake.yaml"] {
            assert_eq!(client.request(method, &json!({"uri": uri})), Ok(Value::Null), "{method} {uri}");
        }
    }
    client.end();
}

#[test]
fn places_of_a_report_are_found() {
    let mut client = client();
    let report = client.decision(INTAKE);
    let mut places = vec![];
    for trace in list(&report["trace"]) {
        places.push((trace["location"].clone(), trace["rule"].as_str().unwrap().to_owned()));
    }
    assert!(!places.is_empty());
    let ask: Vec<Value> = places
        .iter()
        .map(|(at, _)| at.clone())
        .chain([json!({"source": "no where", "start": {"offset": 1}, "end": {"offset": 2}})])
        .collect();
    let found = client.request("remit/locate", &json!({"locations": ask})).unwrap();
    for (at, (_, rule)) in list(&found).iter().zip(&places) {
        assert_eq!(slice(&client.disk[at["uri"].as_str().unwrap()], &at["range"]), *rule);
    }
    assert_eq!(list(&found).last(), Some(&Value::Null));
    client.end();
}

#[test]
fn questions_are_answered_as_a_person_would() {
    for versioned in [true, false] {
        let mut client =
            client_with(&json!({"workspace": {"workspaceEdit": {"documentChanges": versioned}}}));
        let questions = client.request("remit/questions", &json!({"uri": INTAKE})).unwrap();
        let open = list(&client.decision(INTAKE)["questions"]).clone();
        let first: Vec<&Value> =
            list(&questions["questions"]).iter().map(|question| &question["path"]).collect();
        assert!(open.iter().zip(first).all(|(one, other)| one["path"] == *other));
        let more = client.request("remit/questions", &json!({"uri": INTAKE, "all": true})).unwrap();
        assert!(list(&more["questions"]).len() > list(&questions["questions"]).len());

        let mut version = 1;
        for (path, value, written) in [
            ("data.sensitivity", json!("Restricted"), "sensitivity: restricted"),
            ("exposure.changes", json!(true), "changes: true"),
            ("exposure.changes", json!("no"), "changes: false"),
            ("service.owner", json!("Dana ä🦀"), "owner: Dana ä🦀"),
            ("submitted_on", json!("2026-11-20"), "submitted_on: 2026-11-20"),
        ] {
            let edit = client
                .request("remit/answer", &json!({"uri": INTAKE, "path": path, "value": value}))
                .unwrap();
            if versioned {
                assert_eq!(
                    edit["documentChanges"][0]["textDocument"],
                    json!({"uri": INTAKE, "version": version})
                );
            }
            version += 1;
            let text = make(&mut client, &edit, version);
            assert!(text.contains(written) && text.contains("name: api ä🦀"), "{path}: {text}");
            let left = client.request("remit/questions", &json!({"uri": INTAKE})).unwrap();
            assert!(list(&left["questions"]).iter().all(|question| question["path"] != path), "{path}");
        }
        let edit = client
            .request("remit/answer", &json!({"uri": INTAKE, "path": "exposure.changes", "value": null}));
        let text = make(&mut client, &edit.unwrap(), version + 1);
        assert!(!text.contains("changes: false"), "{text}");

        for (path, value, why) in [
            ("exposure.changed", json!(true), "did you mean `exposure.changes`"),
            ("exposure", json!(true), "there is no question"),
            ("environment", json!("moon"), "none of the choices"),
            ("exposure.changes", json!(3), "neither yes nor no"),
            ("submitted_on", json!("soon"), "is no date"),
            ("service.owner", json!("TBD"), "placeholder"),
            ("links", json!("https://example.com"), "a list"),
        ] {
            let refused =
                client.request("remit/answer", &json!({"uri": INTAKE, "path": path, "value": value}));
            let refused = refused.unwrap_err();
            assert_eq!(refused["code"], -32803, "{path}");
            assert!(refused["message"].as_str().unwrap().contains(why), "{path}: {refused}");
        }
        let odd = json!({"uri": INTAKE, "path": "links", "value": []});
        assert_eq!(client.request("remit/answer", &odd).unwrap_err()["code"], -32602);
        let rules = json!({"uri": RULES, "path": "environment", "value": "production"});
        assert_eq!(client.request("remit/answer", &rules).unwrap_err()["code"], -32803);
        client.end();
    }
}

#[test]
fn a_new_intake_asks_everything_of_its_pack() {
    let mut client = client();
    let blank = client.request("remit/newIntake", &json!({"uri": "file:///w/p/x.intake.yaml"})).unwrap();
    assert_eq!(blank["pack"]["name"], "mine");
    let uri = "untitled:Untitled-1";
    client.open_as(uri, "remit-intake", blank["text"].as_str().unwrap());
    assert_eq!(client.decision(uri)["valid"], true);
    let built_in = client.request("remit/newIntake", &json!({"format": "json"})).unwrap();
    assert_eq!(built_in["pack"]["root"], Value::Null);
    let json: Value = serde_json::from_str(built_in["text"].as_str().unwrap()).unwrap();
    assert!(json.is_object());
    let packs = client.request("remit/packs", &json!({})).unwrap();
    let names: Vec<&Value> = list(&packs).iter().map(|pack| &pack["name"]).collect();
    assert_eq!(names, ["mine", "default"]);
    assert_eq!(client.request("remit/packs", &Value::Null).unwrap(), packs);
    let settings = json!({"settings": {"remit": {"pack": "nowhere"}}});
    client.notify("workspace/didChangeConfiguration", &settings);
    client.rest();
    let refused = client.request("remit/newIntake", &json!({"uri": "file:///w/"})).unwrap_err();
    assert!(refused["message"].as_str().unwrap().contains("does not load"), "{refused}");
    client.end();
}

#[test]
fn nothing_is_explained_by_a_pack_that_never_loaded() {
    let options = json!({"decisions": false});
    let mut client =
        Client::with(&json!({}), &options, &["file:///w"]).ignore("textDocument/publishDiagnostics");
    client.disk.insert("file:///w/remit.yaml".to_owned(), "format: 1\nname: broken\n".to_owned());
    client.open("file:///w/a.intake.yaml", DRAFT);
    client.rest();
    for (method, more) in [
        ("remit/explain", json!({})),
        ("remit/questions", json!({})),
        ("remit/instead", json!({"goals": ["tier=1"]})),
        ("remit/answer", json!({"path": "environment", "value": "production"})),
    ] {
        let mut params = json!({"uri": "file:///w/a.intake.yaml"});
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let refused = client.request(method, &params).unwrap_err();
        assert!(refused["message"].as_str().unwrap().contains("nothing is decided"), "{method}: {refused}");
    }
    assert_eq!(client.decision("file:///w/a.intake.yaml"), Value::Null);
    assert_eq!(client.request("remit/tests", &json!({})).unwrap()[0]["files"], json!([]));
    client.ignore("window/showMessage").end();
}

#[test]
fn a_pack_that_extends_another_comes_as_a_whole_and_covers_its_own() {
    let options = json!({"decisions": false, "today": "2026-11-20"});
    let mut client =
        Client::with(&json!({}), &options, &["file:///w"]).ignore("textDocument/publishDiagnostics");
    client.disk = pack("file:///base", "base").into_iter().collect();
    let own = [
        (
            "remit.yaml",
            "format: 1\nname: own\nversion: 1.0.0\nextends: ../../base\ntopics: [t.rhai]\ntests: tests\n",
        ),
        (
            "t.rhai",
            "/// ä🦀\nrule(\"first\").when(|i| i.exposure.changes).tier(1).because(\"x\");\nrule(\"own\").when(|i| i.exposure.changes).tier(3).because(\"x\");\n",
        ),
        (
            "tests/t.case.yaml",
            "example: golden-path-bootstrap.intake.yaml\nchanges: { exposure.changes: true }\nexpect: { rules: { has: [own] } }\n",
        ),
    ];
    client.disk.extend(own.map(|(path, text)| (format!("file:///w/own/{path}"), text.to_owned())));
    let mut ours: Vec<String> =
        client.disk.keys().filter(|uri| uri.starts_with("file:///w/own/")).cloned().collect();
    // Its base lies outside of the workspace: only its examples are not asked for.
    ours.extend(client.disk.keys().filter(|uri| uri.starts_with("file:///base/examples/")).cloned());
    client.feed(&ours.iter().map(String::as_str).collect::<Vec<_>>());
    let intake = "file:///w/own/a.intake.yaml";
    client.open(intake, DRAFT);
    let mut client = client.look_at("remit/status");
    let status = client.next("remit/status");
    assert_eq!(status["files"][0]["pack"]["state"], "good", "not broken at first: {}", status["notices"]);
    let run = client.request("remit/runTests", &json!({"uri": intake, "coverage": true})).unwrap();
    assert_eq!((&run["passed"], &run["faults"]), (&json!(1), &json!([])));
    let files = list(&run["coverage"]["files"]);
    assert_eq!(files.len(), 1, "what lies below is not its own to cover");
    assert_eq!(files[0]["uri"], "file:///w/own/t.rhai");
    let text = client.disk["file:///w/own/t.rhai"].clone();
    for rule in list(&files[0]["rules"]) {
        assert_eq!(slice(&text, &rule["range"]), rule["rule"]);
        assert!(
            slice(&text, &rule["body"]).starts_with(&format!("rule(\"{}\")", rule["rule"].as_str().unwrap()))
        );
    }
    client.end();
}
