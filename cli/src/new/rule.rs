//! `remit new rule`: a rule that loads, at the end of a topic, and a case that shows it firing and not firing.

use super::case::tests_folder;
use super::{Refusal, flow, folder, inside, is_id, scalar, write};
use crate::args::{Colour, NewRuleArgs};
use crate::exit;
use crate::inputs::max_bytes;
use crate::output::{Output, complain};
use crate::packs::{self, Folder, display, read, reason};
use remit_core::cases::{self, State};
use remit_core::engine::Engine;
use remit_core::pack::{self, Files, Pack};
use remit_core::schema::{Field, Kind, TextFormat};
use remit_core::suggest;
use std::borrow::Cow;
use std::fs;
use std::path::Path;

/// So many conditions are tried until one is found that changes no case.
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
    let Added { topic, line, case } = add(&root, pack, id, &arguments.topic)?;
    let mut output = Output::new();
    output.print(&format!(
        "added the rule `{id}` at {topic}:{line}\nmade `{case}`: it shows the rule firing and not firing\n\n\
         next: say when it fires, what follows and why; then mend the case to match\n",
    ));
    Ok(output.finish(exit::OK))
}

/// Where a rule and its case were put.
pub(super) struct Added {
    pub(super) topic: String,
    pub(super) line: usize,
    pub(super) case: String,
}

/// Adds a rule to a topic of a pack, and a case that shows it.
pub(super) fn add(root: &Path, pack: Pack, id: &str, topic: &str) -> Result<Added, Refusal> {
    if let Some(known) = pack.rules.rule(id) {
        let place = pack.rules.source(known.topic);
        let line = place.line_column(known.id_span.start as usize).line;
        return Err(Refusal::usage(format!("there is a rule `{id}` already, at {}:{line}", place.id())));
    }
    let topic = self::topic(&pack, topic)?;
    let topic_path = inside(root, &topic)?;
    let case_name = format!("{}/{id}.case.yaml", tests_folder(&pack)?);
    let case_path = inside(root, &case_name)?;
    if case_path.exists() {
        return Err(Refusal::output(format!(
            "`{}` is there already, and is left as it is",
            display(&case_path)
        )));
    }
    let before = read(&topic_path, max_bytes()).map_err(|error| {
        Refusal::pack(format!("`{}` cannot be read: {}", display(&topic_path), reason(&error)))
    })?;
    let target = Target { topic: &topic, before: &before, case: &case_name };
    let Chosen { condition, text } = choose(root, pack, &target, id)?;
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
    Ok(Added { topic: display(&topic_path), line, case: display(&case_path) })
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

/// Where the two texts go, inside the pack.
struct Target<'a> {
    topic: &'a str,
    before: &'a [u8],
    case: &'a str,
}

/// The first condition with which the pack loads, its own case passes, and every other case that passed before
/// still does. Where each changes some case, the one that changes the fewest.
fn choose(root: &Path, pack: Pack, target: &Target<'_>, id: &str) -> Result<Chosen, Refusal> {
    let mut fields: Vec<Field> = pack.schema.slots().map(|(_, field)| field.clone()).collect();
    // What can be chosen shows more than a text that is compared.
    fields.sort_by_key(|field| matches!(field.kind, Kind::Text(_)));
    let failing = not_passed(&Engine::new(pack), &Folder::new(root));
    let mut best: Option<(usize, Chosen)> = None;
    let mut tried = 0;
    for condition in fields.iter().flat_map(conditions) {
        if tried == MAX_TRIED {
            break;
        }
        let text = rule(id, &condition, target.before);
        let files = Overlay {
            base: Folder::new(root),
            topic: (target.topic, [target.before, text.as_bytes()].concat()),
            case: (target.case, case(id, &condition).into_bytes()),
        };
        // A word that is a keyword to Rhai is no path that a rule can write.
        let Ok(changed) = pack::load(&files).usable() else { continue };
        tried += 1;
        let changes = not_passed(&Engine::new(changed), &files).saturating_sub(failing);
        if best.as_ref().is_none_or(|(fewest, _)| changes < *fewest) {
            best = Some((changes, Chosen { condition, text }));
        }
        if changes == 0 {
            break;
        }
    }
    let (changes, chosen) =
        best.ok_or_else(|| Refusal::pack("the pack's schema has no answer that a rule could read"))?;
    if changes > 0 {
        let what = if changes == 1 { "1 case".to_owned() } else { format!("{changes} cases") };
        complain(&format!("{what} of the pack will find that `{id}` fires; give it its own condition first"));
    }
    Ok(chosen)
}

/// How many of a pack's cases do not pass.
fn not_passed(engine: &Engine, files: &dyn Files) -> usize {
    let suite = cases::read(files, &engine.pack);
    let run = cases::run(engine, &suite, &|_| true, &mut |_| {});
    run.count(State::Failed) + run.count(State::Wrong)
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

/// A pack's files with another text for a topic, and one case file more.
struct Overlay<'a> {
    base: Folder,
    topic: (&'a str, Vec<u8>),
    case: (&'a str, Vec<u8>),
}

impl Files for Overlay<'_> {
    fn prefix(&self) -> &str {
        self.base.prefix()
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        let own = [&self.topic, &self.case].into_iter().find(|(name, _)| *name == path);
        own.map_or_else(|| self.base.read(path), |(_, bytes)| Ok(Cow::Borrowed(bytes)))
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let mut paths = self.base.list(folder);
        if self.case.0.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/')) {
            paths.push(self.case.0.to_owned());
            paths.sort();
        }
        paths
    }

    fn base(&self, name: &str) -> Result<Box<dyn Files + '_>, String> {
        self.base.base(name)
    }
}
