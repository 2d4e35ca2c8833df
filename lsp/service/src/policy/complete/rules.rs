//! Completion in a rule file: which of its places the cursor is in, and what the chain of a rule goes on with.

use super::{Listing, expression, texts};
use crate::answer::{Completion, CompletionKind, Span};
use crate::policy::View;
use crate::policy::methods::{BUILDER, Method};
use crate::policy::script::{Item, ItemKind, Script};
use crate::policy::tokens::TokenKind;

pub(super) fn complete(view: &View<'_>, offset: usize) -> Vec<Completion> {
    let script = view.script();
    let Some(at) = At::new(&script, offset) else { return vec![] };
    if let Some(token) = at.text {
        return texts::complete(view, &script, token, offset);
    }
    if matches!(at.before(), "." | "?.") {
        return after_dot(view, &at);
    }
    let open = script.open_at(at.span.start as usize);
    if at.is_top(&open) {
        return top(&at);
    }
    let Some(open) = open.first().copied() else { return vec![] };
    if at.before() == "|" && matches!(script.says(at.index.saturating_sub(2)), "(" | ",") {
        // The name of a parameter.
        return vec![];
    }
    let call = script
        .item_of(open)
        .and_then(|item| item.calls.iter().find(|call| call.open == Some(open)))
        .map(|call| script.says(call.name).to_owned());
    let in_closure = script.closures.iter().any(|closure| {
        closure.call == Some(open) && closure.body.start <= at.index && at.index > closure.params.len()
    });
    match call {
        Some(method) if !in_closure => texts::argument(view, &at, open, &method),
        _ => expression::complete(view, &at),
    }
}

/// A cursor in a rule file.
pub(super) struct At<'s> {
    pub(super) script: &'s Script,
    /// What a completion replaces: the word around the cursor.
    pub(super) span: Span,
    /// The place of that word among the tokens; of the next one where there is none.
    pub(super) index: usize,
    /// The text that the cursor is in.
    pub(super) text: Option<usize>,
    /// There is a word around the cursor.
    pub(super) has_word: bool,
}

impl<'s> At<'s> {
    /// `None` in a comment.
    fn new(script: &'s Script, offset: usize) -> Option<Self> {
        let in_comment = script.comments.iter().any(|comment| {
            let (start, end) = (comment.span.start as usize, comment.span.end as usize);
            let open = script.slice(comment.span).starts_with("//");
            start < offset && (offset < end || (open && is_same_line(script.text(), end, offset)))
        });
        if in_comment {
            return None;
        }
        // The first token that ends at the cursor or after it.
        let after = script.after(offset.saturating_sub(1));
        let token = script.token(after);
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        let holds = start < offset && offset <= end;
        let empty = Span::new(offset, offset);
        let mut at = Self { script, span: empty, index: script.after(offset), text: None, has_word: false };
        match token.kind {
            TokenKind::Text if holds && (offset < end || !script.is_closed(after)) => {
                (at.text, at.index) = (Some(after), after);
            }
            TokenKind::Word | TokenKind::Number if holds => {
                (at.span, at.index, at.has_word) = (token.span, after, true);
            }
            _ => {}
        }
        Some(at)
    }

    /// What the token before the word says.
    pub(super) fn before(&self) -> &'s str {
        self.script.before(self.index)
    }

    /// Whether a bracket follows the word, so that a call needs none.
    pub(super) fn is_called(&self) -> bool {
        let rest = self.script.text().get(self.span.end as usize..).unwrap_or_default();
        rest.starts_with('(')
    }

    /// Whether a statement can start here.
    fn is_top(&self, open: &[usize]) -> bool {
        let line = self.script.text().get(..self.span.start as usize).unwrap_or_default();
        let at_line_start = line.rsplit('\n').next().unwrap_or_default().trim().is_empty();
        let flush = line.is_empty() || line.ends_with('\n');
        let before = self.before();
        let ended = open.is_empty() && matches!(before, "" | ";" | "}");
        // `.when(|i| i.a` and then a word at the very start of a line: whatever is open was forgotten.
        at_line_start && (ended || (flush && !matches!(before, "&&" | "||" | "," | "=" | "!")))
    }
}

/// Whether nothing but the end of a comment's own line lies between two places.
fn is_same_line(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| !between.contains('\n'))
}

fn top(at: &At<'_>) -> Vec<Completion> {
    let mut list = Listing::new(at.span);
    let mut add = |label: &str, detail: &str, text: &str| {
        let entry = list.add(CompletionKind::Snippet, label);
        entry.detail = Some(detail.to_owned());
        entry.text = text.to_owned();
        entry.snippet = true;
    };
    add(
        "rule",
        "a rule with a condition, an effect and a reason",
        "/// ${1:What it is about.}\nrule(\"${2:id}\")\n    .when(|intake| ${3:intake.})\n    .tier(${4|1,2,3,0|})\n    .because(\"${5:why}\")\n    .cites(\"${6:row}\");$0",
    );
    add("fn", "a helper for several conditions", "fn ${1:name}(intake) { ${2:intake.} \\}$0");
    add("const", "a number or text with a name", "const ${1:NAME} = ${2:1};$0");
    list.finish()
}

fn after_dot(view: &View<'_>, at: &At<'_>) -> Vec<Completion> {
    let script = at.script;
    let Some(dot) = at.index.checked_sub(1) else { return vec![] };
    let item = script.item_of(dot);
    let in_chain = |item: &Item| item.kind == ItemKind::Rule && script.parent(dot).is_none();
    if let Some(item) = item.filter(|item| in_chain(item)) {
        return builder(at, item);
    }
    let typing = view.typing();
    let mut found = expression::members(view, at, typing.receiver(script, dot));
    // A method on a line of its own may be meant for the rule, when a bracket above it was forgotten: it is where
    // it stands below the rule's other methods.
    let Some(column) = script.indent(dot) else { return found };
    if let Some(item) = item.filter(|item| item.kind == ItemKind::Rule) {
        let dots = item.calls.iter().filter_map(|call| script.indent(call.name.checked_sub(1)?));
        let of_rule = dots.min().is_none_or(|other| column <= other);
        let methods = builder(at, item);
        let (first, then) = if of_rule { (methods, found) } else { (found, methods) };
        found = first
            .into_iter()
            .chain(then)
            .zip(0..)
            .map(|(entry, rank)| Completion { rank, ..entry })
            .collect();
    }
    found
}

/// The methods of a rule: those that it does not have yet, in the order in which a rule reads best; then those
/// that it may have again; last those that it has and may have once.
fn builder(at: &At<'_>, item: &Item) -> Vec<Completion> {
    let script = at.script;
    let calls = item.calls.iter().filter(|call| call.name != at.index);
    let used: Vec<&str> = calls.map(|call| script.says(call.name)).collect();
    let group = |method: &&Method| match (used.contains(&method.name), method.repeats) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => 2,
    };
    let mut methods: Vec<&Method> = BUILDER.iter().collect();
    methods.sort_by_key(group);
    let mut list = Listing::new(at.span);
    for method in methods {
        let called = at.is_called();
        let again = group(&method);
        let entry = list.add(CompletionKind::Method, method.name);
        entry.detail = Some(if again == 2 { "already there".to_owned() } else { method.label() });
        entry.documentation = Some(method.doc.to_owned());
        if called {
            continue;
        }
        entry.snippet = true;
        entry.text = match method.name {
            "when" => "when(|intake| $0)".to_owned(),
            "tier" => "tier(${1|1,2,3,0|})$0".to_owned(),
            "flag" => "flag(\"${1|warning,error,info|}\", \"$2\")$0".to_owned(),
            "because" => "because(\"$1\")$0".to_owned(),
            name => {
                entry.again = true;
                format!("{name}(\"$1\")$0")
            }
        };
    }
    list.finish()
}
