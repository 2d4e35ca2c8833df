//! Rewriting expectations to what was found, by edits of the text: comments, order and layout stay, and what
//! is not an expectation that failed stays byte for byte. A comment on the line of a name that goes, goes
//! with it.
//!
//! Every rewritten file is read and run again before it is handed out. Where a part of it would mean
//! something else than intended (an anchor that several cases share, say), that part is left and reported.

use super::aspect::{Aspect, Domain, Found};
use super::expect::{Expectation, Want};
use super::run::{Outcome, State};
use super::{CaseFile, Run, Suite, codes, compare, read, run};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, Format, Limits, Node, Value};
use crate::engine::Engine;
use crate::source::{Source, Span};

/// A new list that would make its line longer than this is written as a block.
const WIDTH: usize = 118;

/// A case file with what was found written into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blessed {
    /// Its place in the suite.
    pub file: usize,
    /// Its path inside the pack.
    pub path: String,
    /// Its new text.
    pub text: String,
    /// How many of its cases changed.
    pub cases: usize,
}

/// A replacement in one text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Replace {
    span: Span,
    by: String,
}

/// The files that a run's failures would change, and what could not be rewritten.
pub fn bless(engine: &Engine, suite: &Suite, run: &Run) -> (Vec<Blessed>, Vec<Diagnostic>) {
    let (mut blessed, mut out) = (vec![], vec![]);
    for (number, file) in suite.files.iter().enumerate() {
        let failed: Vec<&Outcome> = run
            .outcomes
            .iter()
            .filter(|outcome| outcome.file == number && outcome.state == State::Failed)
            .collect();
        if failed.is_empty() {
            continue;
        }
        let all = edits(file, &failed).and_then(|edits| {
            let text = apply(file.source.text(), edits);
            verified(engine, suite, number, &failed, &text).then_some(text)
        });
        let (text, cases) = match all {
            Some(text) => (text, failed.len()),
            None => one_by_one(engine, suite, number, &failed, &mut out),
        };
        if cases > 0 {
            blessed.push(Blessed { file: number, path: file.path.clone(), text, cases });
        }
    }
    (blessed, out)
}

/// As many of the cases as can be rewritten without changing anything else.
fn one_by_one(
    engine: &Engine,
    suite: &Suite,
    number: usize,
    failed: &[&Outcome],
    out: &mut Vec<Diagnostic>,
) -> (String, usize) {
    let Some(file) = suite.files.get(number) else { return (String::new(), 0) };
    let mut good: Vec<&Outcome> = vec![];
    let mut text = file.source.text().to_owned();
    for outcome in failed {
        let mut trial = good.clone();
        trial.push(outcome);
        let written = edits(file, &trial).map(|edits| apply(file.source.text(), edits));
        let writable = written.is_some();
        match written.filter(|text| verified(engine, suite, number, &trial, text)) {
            Some(written) => (text, good) = (written, trial),
            None => {
                let Some(case) = file.cases.get(outcome.case) else { continue };
                let why = if writable {
                    "other cases would change with it"
                } else {
                    "nothing would be left of a `has` or a `lacks`"
                };
                let message = format!("`{}` cannot be rewritten: {why}", case.name);
                out.push(
                    Diagnostic::error(codes::NOT_BLESSED, file.source.locate(case.heading), message)
                        .help("change it by hand: nothing of it was touched"),
                );
            }
        }
    }
    (text, good.len())
}

fn edits(file: &CaseFile, failed: &[&Outcome]) -> Option<Vec<Replace>> {
    let limits = Limits { max_bytes: read::MAX_BYTES, ..Limits::default() };
    let document = document::parse(file.source.clone(), Format::Yaml, &limits);
    let mut edits = vec![];
    for outcome in failed {
        let case = file.cases.get(outcome.case)?;
        for failure in &outcome.failures {
            let expectation = case.expectations.get(failure.expectation)?;
            let mut writer = Writer { document: &document, expectation, edits: vec![] };
            writer.write(&failure.actual)?;
            edits.append(&mut writer.edits);
        }
    }
    Some(edits)
}

fn apply(text: &str, mut edits: Vec<Replace>) -> String {
    // From the end, so that places before an edit stay; what is inserted where something is cut comes first.
    edits.sort();
    let mut text = text.to_owned();
    for edit in edits.into_iter().rev() {
        if text.get(edit.span.range()).is_some() {
            text.replace_range(edit.span.range(), &edit.by);
        }
    }
    text
}

/// Whether the text reads as before but for the expectations that failed, and those now hold.
fn verified(engine: &Engine, suite: &Suite, number: usize, failed: &[&Outcome], text: &str) -> bool {
    let Some(file) = suite.files.get(number) else { return false };
    let Some(again) = read::reread(suite, &engine.pack, number, text) else { return false };
    let Some(new) = again.files.first() else { return false };
    let before = suite.diagnostics.iter().filter(|found| found.location.source == *file.source.id()).count();
    if new.cases.len() != file.cases.len() || again.diagnostics.len() > before {
        return false;
    }
    for (place, (old, new)) in file.cases.iter().zip(&new.cases).enumerate() {
        let outcome = failed.iter().find(|outcome| outcome.case == place);
        let rewritten = |index: usize| {
            outcome.is_some_and(|outcome| outcome.failures.iter().any(|failure| failure.expectation == index))
        };
        let same = old.name == new.name
            && old.wrong == new.wrong
            && old.today == new.today
            && old.expectations.len() == new.expectations.len()
            && old.expectations.iter().zip(&new.expectations).enumerate().all(|(index, (old, new))| {
                old.aspect == new.aspect
                    && (rewritten(index) || compare::say(&old.want) == compare::say(&new.want))
            })
            && input(suite, file, old) == input(&again, again.files.first().unwrap_or(file), new);
        if !same {
            return false;
        }
    }
    let run = run::run(engine, &again, &|_| true, &mut |_| {});
    failed.iter().all(|failed| {
        run.outcomes.iter().any(|outcome| outcome.case == failed.case && outcome.state == State::Passed)
    })
}

fn input(suite: &Suite, file: &CaseFile, case: &super::Case) -> Option<serde_json::Value> {
    suite.document(file, case).root.map(|root| root.to_json())
}

/// Writes one expectation anew.
struct Writer<'a> {
    document: &'a Document,
    expectation: &'a Expectation,
    edits: Vec<Replace>,
}

impl Writer<'_> {
    fn text(&self) -> &str {
        self.document.source.text()
    }

    fn replace(&mut self, span: Span, by: impl Into<String>) {
        self.edits.push(Replace { span, by: by.into() });
    }

    fn write(&mut self, actual: &Found) -> Option<()> {
        let expectation = self.expectation;
        let place = expectation.value;
        match (&expectation.want, actual) {
            (Want::Tiers { floor, ceiling }, Found::Tiers(low, high)) => {
                let is_mapping = self.node(place)?.as_map().is_some();
                if !is_mapping {
                    let text = if low == high {
                        low.to_string()
                    } else {
                        format!("{{ floor: {low}, ceiling: {high} }}")
                    };
                    self.replace(place, text);
                    return Some(());
                }
                for (wanted, found) in [(floor, low), (ceiling, high)] {
                    if let Some(wanted) = wanted.as_ref().filter(|wanted| wanted.value != *found) {
                        self.replace(wanted.span, found.to_string());
                    }
                }
            }
            (Want::Word(_), Found::Word(found)) => {
                self.replace(place, scalar(found.as_deref().unwrap_or("none")));
            }
            (Want::Flag(_), Found::Flag(found)) => self.replace(place, found.to_string()),
            (Want::Flag(_), Found::Names(found)) if found.is_empty() => self.replace(place, "true"),
            (Want::Flag(_), Found::Names(found)) => {
                self.fresh(place, found);
            }
            (Want::Exactly(_), Found::Names(found)) => {
                let list = self.node(place)?.clone();
                let empty = if expectation.aspect == Aspect::Ready { "true" } else { "[]" };
                let wanted: Vec<&str> = items(&list).iter().filter_map(Node::as_text).collect();
                let added = found.iter().filter(|name| !wanted.contains(&name.as_str()));
                let added: Vec<String> = added.cloned().collect();
                self.list(&list, &|name| found.iter().any(|found| found == name), added, empty)?;
            }
            (Want::Some { has, lacks, first }, Found::Names(found)) => {
                for (names, stays) in [(has, true), (lacks, false)] {
                    let keep = |name: &str| found.iter().any(|found| found == name) == stays;
                    if let Some(name) = names.first()
                        && names.iter().any(|name| !keep(&name.value))
                    {
                        if !names.iter().any(|name| keep(&name.value)) {
                            // Nothing of it would be left, and what else it should say nobody knows.
                            return None;
                        }
                        let list = self.list_around(name.span)?;
                        self.list(&list, &keep, vec![], "[]")?;
                    }
                }
                if let (Some(wanted), Some(found)) = (first, found.first())
                    && wanted.value != *found
                {
                    self.replace(wanted.span, scalar(found));
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// The node that stands exactly at a place.
    fn node(&self, span: Span) -> Option<&Node> {
        self.document.node_at(span.start as usize).into_iter().find(|node| node.span == span)
    }

    /// The innermost list around a place, or the text that is a list of one.
    fn list_around(&self, span: Span) -> Option<Node> {
        let nodes = self.document.node_at(span.start as usize);
        let list =
            nodes.iter().rev().find(|node| node.as_list().is_some() && node.span.touches(span.end as usize));
        let own = nodes.iter().rev().find(|node| node.span == span);
        list.or(own).map(|node| (*node).clone())
    }

    /// Puts a list where none stands yet. Answers keep the decision's order, which says something; other
    /// names are sorted.
    fn fresh(&mut self, place: Span, names: &[String]) {
        let mut names = names.to_vec();
        let ordered = match &self.expectation.aspect {
            Aspect::Ready => true,
            Aspect::Names(names) => names.of == Domain::Answers,
            _ => false,
        };
        if !ordered {
            names.sort();
        }
        let source = self.document.source.clone();
        let flow = format!("[{}]", names.iter().map(|name| scalar(name)).collect::<Vec<_>>().join(", "));
        let key = self.expectation.key.start as usize;
        let line = source.line_span(source.line_of(key)).unwrap_or_default();
        let before = source.slice(Span::new(line.start as usize, key));
        let column = key - line.start as usize;
        let is_block = before.chars().all(|c| c == ' ');
        if column + self.expectation.key.len() + 2 + flow.len() <= WIDTH || !is_block {
            self.replace(place, flow);
            return;
        }
        let indent = " ".repeat(column + 2);
        let items = names.iter().map(|name| format!("{}{indent}- {}", line_break(&source), scalar(name)));
        // Not a blank after the colon, either.
        let colon =
            source.text().get(..place.start as usize).map_or(0, |text| text.trim_end_matches(' ').len());
        self.replace(Span::new(colon, place.end as usize), items.collect::<String>());
    }

    /// Edits a list: names that `keep` says no to go, `added` come.
    fn list(
        &mut self,
        list: &Node,
        keep: &dyn Fn(&str) -> bool,
        added: Vec<String>,
        empty: &str,
    ) -> Option<()> {
        let items = items(list);
        let kept: Vec<bool> = items.iter().map(|item| item.as_text().is_some_and(keep)).collect();
        let is_block = list.as_list().is_some() && !self.document.source.slice(list.span).starts_with('[');
        let none_left = !kept.contains(&true);
        if none_left && (!is_block || items.is_empty()) {
            if added.is_empty() {
                self.replace(list.span, empty);
            } else {
                self.fresh(list.span, &added);
            }
            return Some(());
        }
        if is_block { self.block(items, &kept, added, empty) } else { self.flow(items, &kept, added) }
    }

    /// A list with an item a line.
    fn block(&mut self, items: &[Node], kept: &[bool], added: Vec<String>, empty: &str) -> Option<()> {
        let source = self.document.source.clone();
        let line_of = |node: &Node| {
            let number = source.line_of(node.span.start as usize);
            source.line_span(number).map(|line| {
                let next = source.line_span(number + 1);
                (line, next.map_or(line.end as usize, |next| next.start as usize))
            })
        };
        let none_left = !kept.contains(&true);
        let mut added = added.into_iter();
        let mut renamed = None;
        if none_left {
            match added.next() {
                // The first name's place is the first new one's, so that the list stays where it is.
                Some(name) => {
                    let first = items.first()?;
                    self.replace(first.span, scalar(&name));
                    renamed = Some(name);
                }
                None => {
                    let after = self.text().get(self.expectation.key.end as usize..)?;
                    let colon = self.expectation.key.end as usize + after.find(':')? + 1;
                    self.replace(Span::at(colon), format!(" {empty}"));
                }
            }
        }
        for (index, (item, kept)) in items.iter().zip(kept).enumerate() {
            let keeps_place = index == 0 && renamed.is_some();
            if !(*kept || keeps_place) {
                let (line, next) = line_of(item)?;
                self.replace(Span::new(line.start as usize, next), "");
            }
        }
        let mut anchors: Vec<(&Node, String)> =
            items.iter().zip(kept).filter(|(_, kept)| **kept).map(|(item, _)| (item, name(item))).collect();
        if let Some(renamed) = renamed {
            anchors.push((items.first()?, renamed));
        }
        for (anchor, before, name) in places(&anchors, added.collect()) {
            let (line, next) = line_of(anchor)?;
            let written = source.slice(line);
            let indent: String = written.chars().take_while(|c| *c == ' ').collect();
            let break_ = line_break(&source);
            if before {
                self.replace(Span::at(line.start as usize), format!("{indent}- {}{break_}", scalar(&name)));
            } else if next == line.end as usize {
                self.replace(Span::at(next), format!("{break_}{indent}- {}", scalar(&name)));
            } else {
                self.replace(Span::at(next), format!("{indent}- {}{break_}", scalar(&name)));
            }
        }
        Some(())
    }

    /// A list in brackets; some of its names stay.
    fn flow(&mut self, items: &[Node], kept: &[bool], added: Vec<String>) -> Option<()> {
        let mut index = 0;
        while index < items.len() {
            let run = kept.get(index..)?.iter().take_while(|kept| !**kept).count();
            if run == 0 {
                index += 1;
                continue;
            }
            let (first, last) = (items.get(index)?, items.get(index + run - 1)?);
            let cut =
                match (index.checked_sub(1).and_then(|before| items.get(before)), items.get(index + run)) {
                    (_, Some(next)) => first.span.start as usize..next.span.start as usize,
                    (Some(before), None) => before.span.end as usize..last.span.end as usize,
                    (None, None) => return None,
                };
            // A comment between two names is kept: then the names go, and a comma too many does no harm.
            let cut = if self.text().get(cut.clone())?.contains('#') {
                let comma = self.text().get(last.span.end as usize..)?.starts_with(',');
                first.span.start as usize..last.span.end as usize + usize::from(comma)
            } else {
                cut
            };
            self.replace(Span::new(cut.start, cut.end), "");
            index += run;
        }
        let anchors: Vec<(&Node, String)> =
            items.iter().zip(kept).filter(|(_, kept)| **kept).map(|(item, _)| (item, name(item))).collect();
        for (anchor, before, name) in places(&anchors, added) {
            if before {
                self.replace(Span::at(anchor.span.start as usize), format!("{}, ", scalar(&name)));
            } else {
                self.replace(Span::at(anchor.span.end as usize), format!(", {}", scalar(&name)));
            }
        }
        Some(())
    }
}

fn line_break(source: &Source) -> &'static str {
    if source.text().contains("\r\n") { "\r\n" } else { "\n" }
}

fn items(list: &Node) -> &[Node] {
    match &list.value {
        Value::List(items) => items,
        Value::Text(_) => std::slice::from_ref(list),
        _ => &[],
    }
}

fn name(item: &Node) -> String {
    item.as_text().unwrap_or_default().to_owned()
}

/// Where new names go among those that stay: in order where those are in order, else at the end. For each
/// the item that it stands beside, and whether before it. Names that share a place come last first, since
/// edits at one place are made in the order of their text.
fn places<'n>(anchors: &[(&'n Node, String)], added: Vec<String>) -> Vec<(&'n Node, bool, String)> {
    let sorted = anchors.is_sorted_by(|one, other| one.1 <= other.1);
    let mut places = vec![];
    for name in added {
        let after =
            if sorted { anchors.iter().rev().find(|(_, known)| *known < name) } else { anchors.last() };
        match (after, anchors.first()) {
            (Some((anchor, _)), _) => places.push((*anchor, false, name)),
            (None, Some((first, _))) => places.push((*first, true, name)),
            (None, None) => {}
        }
    }
    places
}

/// A name as YAML, quoted where it would mean something else.
fn scalar(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_./ ".contains(c))
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !name.ends_with(' ')
        && !["true", "false", "null"].contains(&name)
        && name.parse::<f64>().is_err();
    if plain { name.to_owned() } else { serde_json::Value::from(name).to_string() }
}
