//! SARIF 2.1.0, which code scanning reads: one run, a rule for everything that is remarked, a result for every
//! remark. Fingerprints do not change when lines move.

use super::Outcome;
use super::findings::{Finding, Subject, findings};
use super::prose::percent;
use crate::pack::digest;
use crate::wire::v1::{Fix, Location, Report, Severity};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// All intakes as one SARIF log, written out.
pub fn sarif(outcomes: &[Outcome]) -> String {
    let mut log = Log::default();
    for outcome in outcomes {
        log.artifact(&outcome.report.intake.source);
        for finding in findings(outcome) {
            log.result(&outcome.report, &finding);
        }
    }
    let driver = match outcomes.first() {
        Some(Outcome { report, .. }) => json!({
            "name": report.engine.name,
            "version": report.engine.version,
            "semanticVersion": report.engine.version,
            "rules": log.rules,
            "properties": { "pack": report.pack },
        }),
        None => json!({ "name": "remit", "rules": [] }),
    };
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "invocations": [{ "executionSuccessful": true }],
            "columnKind": "unicodeCodePoints",
            "artifacts": log.artifacts,
            "results": log.results,
        }],
    });
    format!("{log:#}\n")
}

#[derive(Default)]
struct Log {
    rules: Vec<Value>,
    rule_index: BTreeMap<String, usize>,
    artifacts: Vec<Value>,
    artifact_index: BTreeMap<String, usize>,
    results: Vec<Value>,
    /// How often each fingerprint was given.
    seen: BTreeMap<String, usize>,
}

impl Log {
    fn artifact(&mut self, source: &str) -> Value {
        let index = match self.artifact_index.get(source) {
            Some(index) => *index,
            None => {
                let index = self.artifacts.len();
                self.artifacts.push(json!({ "location": location(source, None) }));
                self.artifact_index.insert(source.to_owned(), index);
                index
            }
        };
        location(source, Some(index))
    }

    fn physical(&mut self, at: &Location) -> Value {
        json!({ "artifactLocation": self.artifact(&at.source), "region": region(at) })
    }

    fn result(&mut self, report: &Report, finding: &Finding<'_>) {
        let rule_index = match self.rule_index.get(&finding.id) {
            Some(index) => *index,
            None => {
                self.rules.push(rule(finding));
                self.rule_index.insert(finding.id.clone(), self.rules.len() - 1);
                self.rules.len() - 1
            }
        };
        let fingerprint = self.fingerprint(finding);
        let mut result = json!({
            "ruleId": finding.id,
            "ruleIndex": rule_index,
            "level": level(finding.level),
            "message": { "text": message(&finding.message) },
            "locations": [{ "physicalLocation": self.physical(&finding.place) }],
        });
        let Some(fields) = result.as_object_mut() else { return };
        if !finding.related.is_empty() {
            let related = finding.related.iter().enumerate().map(|(number, (at, words))| {
                let physical = self.physical(at);
                json!({ "id": number, "physicalLocation": physical, "message": { "text": message(words) } })
            });
            fields.insert("relatedLocations".to_owned(), related.collect());
        }
        fields.insert("fingerprints".to_owned(), json!({ "remit/v1": fingerprint }));
        fields.insert("partialFingerprints".to_owned(), json!({ "primaryLocationLineHash": fingerprint }));
        if let Subject::Diagnostic(found) = finding.subject
            && !found.fixes.is_empty()
        {
            let fixes: Vec<Value> = found.fixes.iter().map(|fix| self.fix(fix)).collect();
            fields.insert("fixes".to_owned(), fixes.into());
        }
        let mut properties = Map::new();
        if let Some(id) = &report.intake.id {
            properties.insert("intake".to_owned(), json!(id));
        }
        properties.insert("tier".to_owned(), json!([report.tier.floor, report.tier.ceiling]));
        fields.insert("properties".to_owned(), Value::Object(properties));
        self.results.push(result);
    }

    /// The same for the same remark about the same file wherever its lines have gone; a second one of a kind
    /// gets a number.
    fn fingerprint(&mut self, finding: &Finding<'_>) -> String {
        let key = without_lines(finding.key);
        let parts = [
            ("id", finding.id.as_bytes()),
            ("source", finding.place.source.as_bytes()),
            ("key", key.as_bytes()),
        ];
        let hash: String = digest(parts).chars().take(32).collect();
        let count = self.seen.entry(hash.clone()).or_default();
        *count += 1;
        format!("{hash}:{count}")
    }

    fn fix(&mut self, fix: &Fix) -> Value {
        let mut changes: Vec<(&str, Vec<Value>)> = vec![];
        for edit in &fix.edits {
            let source = edit.location.source.as_str();
            let replacement =
                json!({ "deletedRegion": region(&edit.location), "insertedContent": { "text": edit.text } });
            match changes.iter_mut().find(|(known, _)| *known == source) {
                Some((_, replacements)) => replacements.push(replacement),
                None => changes.push((source, vec![replacement])),
            }
        }
        let changes: Vec<Value> = changes
            .into_iter()
            .map(|(source, replacements)| {
                json!({ "artifactLocation": self.artifact(source), "replacements": replacements })
            })
            .collect();
        json!({ "description": { "text": message(&fix.title) }, "artifactChanges": changes })
    }
}

fn rule(finding: &Finding<'_>) -> Value {
    let (title, more, tags) = match finding.subject {
        Subject::Diagnostic(_) => {
            (finding.id.replace(['/', '-'], " "), String::new(), vec!["intake".to_owned()])
        }
        Subject::Answer => (
            "an answer of the minimum intake is missing".to_owned(),
            "Nothing starts before the minimum intake is there, except what never waits.".to_owned(),
            vec!["readiness".to_owned()],
        ),
        Subject::Evidence(requirement) => (
            format!("evidence: {}", requirement.point.title),
            requirement.point.description.clone(),
            vec!["evidence".to_owned()],
        ),
        Subject::Flag(flag, trace) => (
            flag.message.clone(),
            trace.and_then(|trace| trace.condition.clone()).unwrap_or_default(),
            [vec!["policy".to_owned()], trace.map(|trace| trace.cites.clone()).unwrap_or_default()].concat(),
        ),
        Subject::Rule(trace) => (
            if trace.because.is_empty() { trace.rule.clone() } else { trace.because.clone() },
            trace.condition.clone().unwrap_or_default(),
            [vec!["policy".to_owned()], trace.cites.clone()].concat(),
        ),
        Subject::Gate => ("a gate stops the pipeline".to_owned(), String::new(), vec!["gate".to_owned()]),
    };
    let mut rule = json!({
        "id": finding.id,
        "name": pascal(&finding.id),
        "shortDescription": { "text": message(&title) },
        "defaultConfiguration": { "level": level(finding.level) },
        "properties": { "tags": tags },
    });
    if let Some(fields) = rule.as_object_mut()
        && !more.is_empty()
    {
        fields.insert("fullDescription".to_owned(), json!({ "text": message(&more) }));
        fields.insert("help".to_owned(), json!({ "text": message(&more) }));
    }
    if let (Subject::Rule(trace) | Subject::Flag(_, Some(trace)), Some(properties)) =
        (finding.subject, rule.get_mut("properties").and_then(Value::as_object_mut))
    {
        let at = &trace.location;
        properties.insert("declared".to_owned(), json!(format!("{}:{}", at.source, at.start.line)));
        if let Some(tier) = trace.tier {
            properties.insert("tier".to_owned(), json!(tier));
        }
    }
    rule
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// `intake/unknown-choice` as `IntakeUnknownChoice`, as SARIF wants names.
fn pascal(id: &str) -> String {
    let words = id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase())
                .into_iter()
                .chain(letters)
                .collect::<String>()
        })
        .collect()
}

fn region(at: &Location) -> Value {
    json!({
        "startLine": at.start.line,
        "startColumn": at.start.column,
        "endLine": at.end.line,
        "endColumn": at.end.column,
    })
}

fn location(source: &str, index: Option<usize>) -> Value {
    let path = source.strip_prefix("./").unwrap_or(source);
    let drive = path.chars().nth(1) == Some(':');
    let mut location = if path.starts_with('/') {
        json!({ "uri": format!("file://{}", percent(path)) })
    } else if drive {
        json!({ "uri": format!("file:///{}", percent(path).replacen("%3A", ":", 1)) })
    } else {
        json!({ "uri": percent(path), "uriBaseId": "%SRCROOT%" })
    };
    if let (Some(index), Some(fields)) = (index, location.as_object_mut()) {
        fields.insert("index".to_owned(), json!(index));
    }
    location
}

/// `[text](target)` is a link in a SARIF message, so what somebody typed must not look like one.
fn message(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect();
    if text.contains("](") {
        text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        text
    }
}

/// Numbers of lines change when lines move.
fn without_lines(text: &str) -> String {
    let mut out = String::new();
    for (number, part) in text.split("line ").enumerate() {
        if number > 0 {
            out.push_str("line ");
            out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
        } else {
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_no_link_and_no_line_number() {
        assert_eq!(message("see [x](http://y)"), "see \\[x\\](http://y)");
        assert_eq!(message("a[0] b"), "a[0] b");
        assert_eq!(without_lines("first on line 12, then line 3"), "first on line , then line ");
        assert_eq!(pascal("intake/unknown-choice"), "IntakeUnknownChoice");
        assert_eq!(location("a b.yaml", None)["uri"], "a%20b.yaml");
        assert_eq!(location("/a", None)["uri"], "file:///a");
        assert_eq!(location("C:/a b", None)["uri"], "file:///C:/a%20b");
    }
}
