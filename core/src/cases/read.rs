//! Reading a pack's case files.

use super::change::{self, Change, Fault, Joined};
use super::expect::{self, Expectation, Known};
use super::{Case, CaseFile, Example, Input, Suite, codes};
use crate::calendar;
use crate::diagnostic::{self, Diagnostic, Fix};
use crate::document::{self, Document, Format, Limits, Node};
use crate::pack::{self, Files, Pack, is_inside};
use crate::record::{self, Record};
use crate::source::{Source, Span};
use crate::suggest;
use std::collections::BTreeMap;

/// How the files of a tests folder are told to be cases.
const ENDING: &str = ".case.yaml";
/// How the files of an examples folder are told to be intakes.
const INTAKES: [&str; 3] = [".intake.yaml", ".intake.yml", ".intake.json"];
/// A file may hold this many cases.
pub const MAX_CASES: usize = 1_000;
/// A case file may be this long, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Reads every case of a pack, and every example: its own, and those of the packs that it extends.
pub fn read(files: &dyn Files, pack: &Pack) -> Suite {
    let mut suite = Suite::default();
    let folder = |folder: &Option<String>| folder.clone().filter(|folder| is_inside(folder));
    pack.each(files, &mut |manifest, files| {
        let Some(folder) = folder(&manifest.examples) else { return };
        for path in files.list(&folder) {
            if INTAKES.iter().any(|ending| path.ends_with(ending)) {
                example(files, &folder, &path, &mut suite);
            }
        }
    });
    let known = Known::new(pack);
    if let Some(folder) = folder(&pack.manifest.tests) {
        for path in files.list(&folder).into_iter().filter(|path| path.ends_with(ENDING)) {
            let stem = path.strip_prefix(folder.trim_end_matches('/')).unwrap_or(&path);
            let stem = stem.trim_start_matches('/').trim_end_matches(ENDING).to_owned();
            let name = format!("{}{path}", files.prefix());
            let bytes = match files.read(&path) {
                Ok(bytes) => bytes,
                Err(reason) => {
                    let message = format!("the case file `{path}` cannot be read: {reason}");
                    let at = Source::new(&name, "").locate(Span::at(0));
                    suite.diagnostics.push(Diagnostic::error(pack::codes::MISSING_FILE, at, message));
                    continue;
                }
            };
            case_file(&mut suite, pack, &known, path, &stem, &name, &bytes);
        }
    }
    super::conflict::report(&mut suite);
    diagnostic::sort(&mut suite.diagnostics);
    // What cases share is tried for each of them.
    suite.diagnostics.dedup();
    suite
}

/// Reads one case file again, as it would be with another text. For what writes case files.
pub(super) fn reread(suite: &Suite, pack: &Pack, number: usize, text: &str) -> Option<Suite> {
    let old = suite.files.get(number)?;
    let mut again = Suite { examples: suite.examples.clone(), ..Suite::default() };
    let (path, stem, name) = (old.path.clone(), old.stem.clone(), old.source.id().to_string());
    case_file(&mut again, pack, &Known::new(pack), path, &stem, &name, text.as_bytes());
    Some(again)
}

fn example(files: &dyn Files, folder: &str, path: &str, suite: &mut Suite) {
    let name = format!("{}{path}", files.prefix());
    let short = path.strip_prefix(folder.trim_end_matches('/')).unwrap_or(path).trim_start_matches('/');
    // Its own example comes before one of that name of a pack that it extends.
    if suite.examples.iter().any(|known| known.name == short) {
        return;
    }
    match files.read(path) {
        Ok(bytes) => {
            let document = document::from_bytes(&name, &bytes, Format::of_name(path), &Limits::default());
            suite.examples.push(Example { name: short.to_owned(), document });
        }
        Err(reason) => {
            let message = format!("the example `{path}` cannot be read: {reason}");
            let at = Source::new(&name, "").locate(Span::at(0));
            suite.diagnostics.push(Diagnostic::error(pack::codes::MISSING_FILE, at, message));
        }
    }
}

fn case_file(
    suite: &mut Suite,
    pack: &Pack,
    known: &Known<'_>,
    path: String,
    stem: &str,
    name: &str,
    bytes: &[u8],
) {
    let limits = Limits { max_bytes: MAX_BYTES, ..Limits::default() };
    let Document { source, root, diagnostics: mut out, .. } =
        document::from_bytes(name, bytes, Format::Yaml, &limits);
    let mut reader = Reader {
        pack,
        known,
        examples: &suite.examples,
        source: &source,
        joined: BTreeMap::new(),
        cases: vec![],
        out: &mut out,
    };
    match &root {
        Some(root) if root.as_map().is_some() => reader.file(stem, root),
        _ if reader.out.iter().any(Diagnostic::is_error) => {}
        other => {
            let span = other.as_ref().map_or(Span::at(0), |node| node.span);
            let at = source.locate(span);
            reader.out.push(
                Diagnostic::error(codes::NO_EXPECTATION, at, "this case file holds no case")
                    .help("a case has an `example:` or an `intake:`, and what it should `expect:`"),
            );
        }
    }
    let (cases, joined) = (reader.cases, reader.joined);
    // A case whose part of the file is in doubt is not run, so that it neither passes nor fails by accident.
    let broken = |case: &Case| {
        out.iter().any(|found| {
            found.is_error()
                && found.location.source == *source.id()
                && (case.shared.iter().chain([&case.span])).any(|span| {
                    span.start <= found.location.span.start && found.location.span.start <= span.end
                })
        })
    };
    let cases = cases.into_iter().map(|case| Case { wrong: broken(&case), ..case }).collect();
    suite.files.push(CaseFile { path, stem: stem.to_owned(), source, cases, joined });
    suite.diagnostics.extend(out);
}

/// What the cases of a file share.
#[derive(Default, Clone)]
struct Shared<'n> {
    input: Option<Input>,
    /// There should be an input, and why there is none has been said.
    lost: bool,
    today: Option<jiff::civil::Date>,
    changes: Vec<Change>,
    /// Where all that stands.
    spans: Vec<Span>,
    expect: Option<&'n Node>,
}

struct Reader<'a, 'd> {
    pack: &'a Pack,
    known: &'d Known<'a>,
    examples: &'d [Example],
    source: &'d Source,
    joined: BTreeMap<usize, Joined>,
    cases: Vec<Case>,
    out: &'d mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn file(&mut self, stem: &str, root: &Node) {
        let Some(list) = root.get("cases").filter(|node| !node.is_silent()) else {
            let (shared, name) = self.part(root, &Shared::default(), false);
            let name = name.map_or_else(|| stem.to_owned(), |name| format!("{stem}: {name}"));
            self.case(name, root.span, root.span, shared);
            return;
        };
        let (mut shared, name) = self.part(root, &Shared::default(), true);
        if let (Some(_), Some(entry)) = (name, root.entry("name")) {
            let at = self.source.locate(entry.key_span);
            let message = "a file with `cases` has no name of its own: each of its cases has one";
            self.out.push(Diagnostic::error(codes::UNKNOWN_KEY, at, message));
        }
        shared.spans = root
            .as_map()
            .unwrap_or_default()
            .iter()
            .filter(|entry| entry.key != "cases")
            .map(|entry| entry.key_span.to(entry.value.span))
            .collect();
        if let (Some(_), Some(entry)) = (shared.expect.take(), root.entry("expect")) {
            let at = self.source.locate(entry.key_span);
            let message = "what is expected belongs to each of the `cases`";
            self.out.push(Diagnostic::error(codes::UNKNOWN_KEY, at, message));
        }
        let Some(items) = list.as_list() else {
            let message = format!("`cases` is {}, but must be a list of cases", list.value.kind());
            self.out.push(Diagnostic::error(codes::WRONG_VALUE, self.source.locate(list.span), message));
            return;
        };
        if let Some(extra) = items.get(MAX_CASES) {
            let message =
                format!("this file has {} cases, and at most {MAX_CASES} of a file are run", items.len());
            let at = self.source.locate(Span::new(extra.span.start as usize, extra.span.start as usize));
            self.out.push(Diagnostic::error(codes::TOO_MANY, at, message).help("split the file"));
        }
        let mut names: BTreeMap<String, Span> = BTreeMap::new();
        for (number, item) in items.iter().take(MAX_CASES).enumerate() {
            if item.as_map().is_none() {
                let message = format!("a case is a mapping, but this is {}", item.value.kind());
                self.out.push(Diagnostic::error(codes::WRONG_VALUE, self.source.locate(item.span), message));
                continue;
            }
            let (own, name) = self.part(item, &shared, false);
            let span = item.entry("name").map_or(item.span, |entry| entry.value.span);
            if name.is_none() && item.entry("name").is_none() {
                let at = self.source.locate(Span::at(item.span.start as usize));
                let message = "this case has no `name`, which reports and filters need";
                self.out.push(
                    Diagnostic::error(codes::MISSING_KEY, at, message)
                        .help("say in a few words what it shows"),
                );
            }
            let name = name.unwrap_or_else(|| format!("#{}", number + 1));
            if let Some(first) = names.get(&name) {
                let first = self.source.locate(*first);
                let message = format!("a second case of this file is called `{name}`");
                self.out.push(
                    Diagnostic::error(codes::DUPLICATE_NAME, self.source.locate(span), message)
                        .label(first, "the first one is here"),
                );
            }
            names.entry(name.clone()).or_insert(span);
            self.case(format!("{stem}: {name}"), item.span, span, own);
        }
    }

    /// The keys that a file and a case have alike, on top of what the file has said.
    fn part<'n>(
        &mut self,
        node: &'n Node,
        shared: &Shared<'n>,
        is_file: bool,
    ) -> (Shared<'n>, Option<String>) {
        let mut faults = vec![];
        let what = if is_file { "a case file" } else { "a case" };
        let mut record = Record::new(self.source, node, what, &mut faults);
        let name = record.text("name").map(|name| name.value);
        let example = record.text("example");
        let intake = record.node("intake");
        let today = record.text("today");
        let changes = record.entries("changes");
        record.node("expect");
        if is_file {
            record.node("cases");
        }
        record.finish();
        self.out.extend(faults.into_iter().map(|fault| Diagnostic { code: code(fault.code), ..fault }));
        let expect = node.get("expect").filter(|expect| !expect.is_silent());
        let mut own = Shared { expect, ..shared.clone() };
        match (example, intake) {
            (Some(example), Some(intake)) => {
                let at = self.source.locate(example.span);
                let message = "this has both an `example` and an `intake`, and can be about one of them only";
                let label = self.source.locate(Span::at(intake.span.start as usize));
                self.out.push(Diagnostic::error(codes::NO_INPUT, at, message).label(label, "the intake"));
                (own.input, own.lost) = (None, true);
            }
            (Some(example), None) => {
                own.input = self.example(&example.value, example.span);
                own.lost = own.input.is_none();
            }
            (None, Some(intake)) => own.input = Some(Input::Inline(intake.clone())),
            (None, None) => {}
        }
        if let Some(today) = today {
            own.today = calendar::date(&today.value);
            if own.today.is_none() {
                let at = self.source.locate(today.span);
                let message = format!("`{}` is no date such as `2026-11-20`", today.value);
                self.out.push(Diagnostic::error(codes::WRONG_VALUE, at, message));
            }
        }
        for entry in changes {
            if let Some(change) = self.change(&entry.key, entry.key_span, &entry.value) {
                own.changes.push(change);
            }
        }
        (own, name)
    }

    fn example(&mut self, name: &str, span: Span) -> Option<Input> {
        let found = self.examples.iter().position(|example| example.name == name);
        if found.is_none() {
            let at = self.source.locate(span);
            let known = self.examples.iter().map(|example| example.name.as_str());
            let mut diagnostic = Diagnostic::error(
                codes::UNKNOWN_EXAMPLE,
                at.clone(),
                format!("the pack has no example `{name}`"),
            );
            diagnostic = match suggest::nearest(name, known.clone()) {
                Some(meant) => {
                    diagnostic.help(format!("did you mean `{meant}`?")).fix(Fix::replace(at, meant))
                }
                None if self.examples.is_empty() => {
                    diagnostic.help("the manifest's `examples` names the folder that they are looked for in")
                }
                None => diagnostic.help(format!("it has {}", suggest::list_of(known))),
            };
            self.out.push(diagnostic);
        }
        found.map(Input::Example)
    }

    fn change(&mut self, path: &str, key: Span, value: &Node) -> Option<Change> {
        let at = self.source.locate(key);
        let Some(steps) = change::steps(path) else {
            let message = format!("`{path}` is no path such as `service.owner` or `links[0].kind`");
            self.out.push(Diagnostic::error(codes::UNKNOWN_PATH, at, message));
            return None;
        };
        let wanted = change::schema_path(&steps);
        let schema = &self.pack.schema;
        if schema.at(&wanted).is_none() {
            let mut diagnostic = Diagnostic::error(
                codes::UNKNOWN_PATH,
                at.clone(),
                format!("the schema has no field `{path}`"),
            );
            diagnostic = match suggest::nearest(&wanted, schema.paths()) {
                Some(meant) => {
                    let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                    if meant.contains("[]") { diagnostic } else { diagnostic.fix(Fix::replace(at, meant)) }
                }
                None => diagnostic
                    .help("where a key that the schema does not have is the point, write the `intake` out"),
            };
            self.out.push(diagnostic);
            return None;
        }
        Some(Change { path: path.to_owned(), steps, key, value: value.clone() })
    }

    fn case(&mut self, name: String, span: Span, name_span: Span, own: Shared<'_>) {
        let start = Span::at(name_span.start as usize);
        let heading = if name_span == span { start } else { name_span };
        let Some(input) = own.input else {
            let message = "this case has no intake to decide";
            if !own.lost {
                self.out.push(
                    Diagnostic::error(codes::NO_INPUT, self.source.locate(heading), message)
                        .help("name an `example:`, or write an `intake:`"),
                );
            }
            return;
        };
        let expectations: Vec<Expectation> = match own.expect {
            Some(node) => expect::read(self.source, node, self.known, self.out),
            None => vec![],
        };
        let is_empty = own.expect.is_none_or(|node| node.as_map().is_some_and(<[_]>::is_empty));
        if is_empty {
            let message = "this case expects nothing, so it cannot fail";
            self.out.push(
                Diagnostic::error(codes::NO_EXPECTATION, self.source.locate(heading), message)
                    .help("say what should come out: `expect: { tier: 2 }`"),
            );
        }
        if let Input::Example(number) = input
            && !own.changes.is_empty()
            && let Some(example) = self.examples.get(number)
        {
            self.joined.entry(number).or_insert_with(|| Joined::new(&example.document.source, self.source));
        }
        let case = Case {
            name,
            span,
            heading,
            shared: own.spans,
            input,
            changes: own.changes,
            today: own.today,
            expectations,
            wrong: false,
        };
        self.try_changes(&case);
        self.cases.push(case);
    }

    /// Makes the changes once, to say which of them cannot be made, and whether they do anything. To set what
    /// is so already makes a case plain; to set nothing else makes it another.
    fn try_changes(&mut self, case: &Case) {
        let mut root = match &case.input {
            Input::Example(number) => {
                self.examples.get(*number).and_then(|example| example.document.root.clone())
            }
            Input::Inline(node) => Some(node.clone()),
        };
        let root = root.get_or_insert_with(|| Node::new(Span::at(0), document::Value::Map(vec![])));
        let mut idle = true;
        for change in &case.changes {
            let at = self.source.locate(change.key);
            let path = &change.path;
            match change.apply(root, 0) {
                Ok(true) => idle = false,
                Ok(false) if change.value.is_silent() => {
                    let message = format!("`{path}` is not there, so it cannot be removed");
                    self.out.push(Diagnostic::warning(codes::NO_EFFECT, at, message));
                    idle = false;
                }
                Ok(false) => {}
                Err(fault) => {
                    self.out.push(misplaced(path, &fault, at));
                    idle = false;
                }
            }
        }
        if let Some(first) = case.changes.first().filter(|_| idle) {
            let message = "this changes nothing: the intake is so already";
            self.out.push(Diagnostic::warning(codes::NO_EFFECT, self.source.locate(first.key), message));
        }
    }
}

fn misplaced(path: &str, fault: &Fault, at: crate::source::Location) -> Diagnostic {
    match fault {
        Fault::PastEnd(length) => {
            let items = if *length == 1 { "1 item".to_owned() } else { format!("{length} items") };
            let message = format!("`{path}` lies past the end of its list, which has {items}");
            Diagnostic::error(codes::NO_PLACE, at, message)
                .help(format!("the place after the last item is `[{length}]`"))
        }
        Fault::NotInside { wants, is } => {
            let message = format!("`{path}` leads through {is}, where {wants} would have to be");
            Diagnostic::error(codes::NO_PLACE, at, message)
        }
    }
}

/// Faults of a record, as faults of a case.
fn code(code: diagnostic::Code) -> diagnostic::Code {
    match code {
        record::UNKNOWN_KEY => codes::UNKNOWN_KEY,
        record::MISSING_KEY => codes::MISSING_KEY,
        record::WRONG_VALUE => codes::WRONG_VALUE,
        other => other,
    }
}
