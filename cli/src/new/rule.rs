//! `remit new rule`: a rule that loads, at the end of a topic, and a case that shows it firing and not firing.

use super::case::{examples, tests_folder};
use super::{Refusal, flow, folder, inside, is_id, scalar, write};
use crate::args::{Colour, NewRuleArgs};
use crate::exit;
use crate::inputs::MAX_BYTES;
use crate::output::Output;
use crate::packs::{self, Folder, display, read, reason};
use remit_core::document::Format;
use remit_core::engine::Engine;
use remit_core::pack::{self, Files, Pack};
use remit_core::schema::{Field, Kind, TextFormat};
use remit_core::suggest;
use remit_core::wire::{self, v1::Report};
use std::borrow::Cow;
use std::fs;
use std::path::Path;

/// So many conditions are tried until one is found that no example meets.
const MAX_TRIED: usize = 24;

pub(super) fn run(arguments: &NewRuleArgs) -> Result<u8, Refusal> {
    let id = &arguments.id;
    if !is_id(id) {
        let message = format!(
            "`{}` is no id for a rule: lowercase letters, digits and dashes, a letter first",
            id.escape_debug()
        );
        return Err(Refusal::usage(message));
    }
    let (root, choice) = folder(&arguments.pack)?;
    let pack = packs::load_chosen(&choice, Colour::Auto).ok_or_else(|| Refusal::pack(""))?;
    if let Some(known) = pack.rules.rule(id) {
        let place = pack.rules.source(known.topic);
        let line = place.line_column(known.id_span.start as usize).line;
        return Err(Refusal::usage(format!("there is a rule `{id}` already, at {}:{line}", place.id())));
    }
    let topic = topic(&pack, &arguments.topic)?;
    let topic_path = inside(&root, &topic)?;
    let case_path = inside(&root, &format!("{}/{id}.case.yaml", tests_folder(&pack)?))?;
    if case_path.exists() {
        return Err(Refusal::output(format!(
            "`{}` is there already, and is left as it is",
            display(&case_path)
        )));
    }
    let before = read(&topic_path, MAX_BYTES).map_err(|error| {
        Refusal::pack(format!("`{}` cannot be read: {}", display(&topic_path), reason(&error)))
    })?;
    let Chosen { condition, text } = choose(&root, &pack, &topic, &before, id)?;
    if let Some(tests) = case_path.parent() {
        write::folder(tests)?;
    }
    write::create(&case_path, &case(id, &condition))?;
    if let Err(refusal) = write::append(&topic_path, &text) {
        // A case of a rule that is not there would fail.
        let _ = fs::remove_file(&case_path);
        return Err(refusal);
    }
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 3;
    let mut output = Output::new();
    output.print(&format!(
        "added the rule `{id}` at {}:{line}\nmade `{}`: it shows the rule firing and not firing\n\n\
         next: say when it fires, what follows and why; then mend the case to match\n",
        display(&topic_path),
        display(&case_path)
    ));
    Ok(output.finish(exit::OK))
}

/// The path of the topic that is meant: by its path, or by its file's name without `.rhai`.
fn topic(pack: &Pack, wanted: &str) -> Result<String, Refusal> {
    let topics: Vec<&str> = pack.manifest.topics.iter().map(|topic| topic.value.as_str()).collect();
    let stem = |path: &str| path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rhai").to_owned();
    if let Some(found) = topics.iter().find(|path| **path == wanted || stem(path) == stem(wanted)) {
        return Ok((*found).to_owned());
    }
    let names: Vec<String> = topics.iter().map(|path| stem(path)).collect();
    let names = || names.iter().map(String::as_str);
    let help = match suggest::nearest(wanted, names()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "it has {}; for another, make the file and name it in the manifest's `topics`",
            suggest::list_of(names())
        ),
    };
    Err(Refusal::usage(format!("the pack has no topic `{}`; {help}", wanted.escape_debug())))
}

/// A condition on one answer, with an answer that meets it and one that does not.
struct Condition {
    path: String,
    rhai: String,
    meets: String,
    fails: String,
}

struct Chosen {
    condition: Condition,
    /// What is added to the topic.
    text: String,
}

/// The first condition with which the pack loads, if possible one that none of its examples meets: then no
/// decision that the pack's tests hold changes.
fn choose(root: &Path, pack: &Pack, topic: &str, before: &[u8], id: &str) -> Result<Chosen, Refusal> {
    let intakes: Vec<(String, Vec<u8>)> = examples(root, pack)
        .into_iter()
        .filter_map(|name| {
            let folder = pack.manifest.examples.as_deref().unwrap_or_default();
            let bytes = read(&inside(root, folder).ok()?.join(&name), MAX_BYTES).ok()?;
            Some((name, bytes))
        })
        .collect();
    let mut fallback = None;
    let mut tried = 0;
    let mut fields: Vec<&Field> = pack.schema.slots().map(|(_, field)| field).collect();
    // What can be chosen shows more than a text that is compared.
    fields.sort_by_key(|field| matches!(field.kind, Kind::Text(_)));
    for condition in fields.into_iter().flat_map(conditions) {
        if tried == MAX_TRIED {
            break;
        }
        let text = rule(id, &condition, before);
        let bytes = [before, text.as_bytes()].concat();
        let files = Overlay { base: Folder::new(root), path: topic, bytes: &bytes };
        // A word that is a keyword to Rhai is no path that a rule can write.
        let Ok(changed) = pack::load(&files).usable() else { continue };
        tried += 1;
        let engine = Engine::new(changed);
        let mentions = |report: &Report| report.trace.iter().any(|trace| trace.rule == id);
        let meets = intakes.iter().any(|(name, bytes)| {
            let checked = engine.check_bytes(name, bytes, Format::of_name(name), None);
            mentions(&wire::report(&engine, &checked))
        });
        let chosen = Chosen { condition, text };
        if !meets {
            return Ok(chosen);
        }
        fallback.get_or_insert(chosen);
    }
    fallback.ok_or_else(|| Refusal::pack("the pack's schema has no answer that a rule could read"))
}

/// Conditions on one answer that can be read as they stand.
fn conditions(field: &Field) -> Vec<Condition> {
    let word = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    // What only applies sometimes would need a second answer in the case.
    if field.applies.is_some() || field.role.is_some() || !field.path.split('.').all(word) {
        return vec![];
    }
    let path = &field.path;
    let make =
        |rhai: String, meets: String, fails: String| Condition { path: path.clone(), rhai, meets, fails };
    match &field.kind {
        Kind::Bool => vec![
            make(format!("intake.{path}"), "true".to_owned(), "false".to_owned()),
            make(format!("!intake.{path}"), "false".to_owned(), "true".to_owned()),
        ],
        Kind::Choice(choices) => {
            let names: Vec<&str> = choices.names().collect();
            let other = |name: &str| names.iter().find(|other| **other != name).map(|other| scalar(other));
            names
                .iter()
                .filter_map(|name| {
                    let literal = serde_json::Value::from(*name);
                    Some(make(format!("intake.{path} == {literal}"), scalar(name), other(name)?))
                })
                .collect()
        }
        Kind::Int { min, max } => {
            let least = min.unwrap_or(0);
            let above = least.saturating_add(1);
            let fits = max.is_none_or(|max| above <= max);
            if fits {
                vec![make(format!("intake.{path} >= {above}"), above.to_string(), least.to_string())]
            } else {
                vec![]
            }
        }
        Kind::Text(TextFormat::Plain) => {
            vec![make(
                format!("intake.{path} == \"something\""),
                "something".to_owned(),
                "anything else".to_owned(),
            )]
        }
        _ => vec![],
    }
}

fn rule(id: &str, condition: &Condition, before: &[u8]) -> String {
    let gap = if before.is_empty() || before.ends_with(b"\n") { "\n" } else { "\n\n" };
    let text = format!(
        "{gap}/// Say in a sentence why this rule is there.\n\
         rule(\"{id}\")\n\
         \x20   .when(|intake| {})\n\
         \x20   // What follows: .tier(2), .route(\"…\"), .require(\"…\"), .escalate(\"…\"), .refer(\"…\"), .decides(\"…\"),\n\
         \x20   // .notify(\"…\"), .oblige(\"…\"), .service(\"…\"), .within(\"2 business days\"); names are the catalogue's.\n\
         \x20   .flag(\"info\", \"{id}: say what the reader should know\")\n\
         \x20   .because(\"say why, in words that whoever gets the decision understands\");\n",
        condition.rhai
    );
    if before.windows(2).any(|pair| pair == b"\r\n") { text.replace('\n', "\r\n") } else { text }
}

fn case(id: &str, condition: &Condition) -> String {
    let answer = |value: &str| {
        let mut text = String::new();
        let parts: Vec<&str> = condition.path.split('.').collect();
        for (depth, part) in parts.iter().enumerate() {
            let value = if depth + 1 == parts.len() { format!(" {value}") } else { String::new() };
            text.push_str(&format!("      {}{}:{value}\n", "  ".repeat(depth), scalar(part)));
        }
        text
    };
    let names = flow(&[id.to_owned()]);
    format!(
        "# Shows `{id}` firing and not firing. The answers below are all that these intakes hold; an `example:` of the\n\
         # pack with a few `changes:` would do as well.\n\
         cases:\n\
         \x20 - name: it fires\n    intake:\n{}    expect:\n      rules: {{ has: {names} }}\n\
         \x20 - name: it does not fire\n    intake:\n{}    expect:\n      rules: {{ lacks: {names} }}\n      possible_rules: {{ lacks: {names} }}\n",
        answer(&condition.meets),
        answer(&condition.fails)
    )
}

/// A pack's files with another text for one of them.
struct Overlay<'a> {
    base: Folder,
    path: &'a str,
    bytes: &'a [u8],
}

impl Files for Overlay<'_> {
    fn prefix(&self) -> &str {
        self.base.prefix()
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        if path == self.path { Ok(Cow::Borrowed(self.bytes)) } else { self.base.read(path) }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.base.list(folder)
    }
}
