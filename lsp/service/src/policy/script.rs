//! What a rule file looks like, read from its tokens alone: statements, the calls of a rule, brackets and
//! closures. A broken statement has all of it too, as far as it goes, and spoils none of the others.

use super::methods;
use super::tokens::{Token, TokenKind, tokens};
use crate::answer::Span;
use std::ops::Range;

/// A rule file.
#[derive(Debug, Default)]
pub(crate) struct Script {
    text: String,
    /// All tokens but comments.
    tokens: Vec<Token>,
    pub(crate) comments: Vec<Token>,
    /// For each bracket, the one that belongs to it.
    partner: Vec<Option<usize>>,
    /// For each token, the bracket that is open around it.
    parent: Vec<Option<usize>>,
    pub(crate) items: Vec<Item>,
    pub(crate) closures: Vec<Closure>,
}

/// A statement.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// The token that names it: the text of a rule's id, the word of a function or constant.
    pub(crate) name: Option<usize>,
    /// The `///` comment above it.
    pub(crate) doc: String,
    /// Where the comment above it starts; where it starts itself without one.
    pub(crate) start: u32,
    /// What is called: `rule(…)` first, then each method.
    pub(crate) calls: Vec<Call>,
    /// The parameters of a function.
    pub(crate) params: Vec<usize>,
}

/// What a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Rule,
    Function,
    Constant,
    /// Something that has no place in a topic.
    Stray,
}

/// A call in the chain of a rule.
#[derive(Debug)]
pub(crate) struct Call {
    /// The method's name.
    pub(crate) name: usize,
    /// Its bracket, where it has one.
    pub(crate) open: Option<usize>,
    /// The tokens of each argument.
    pub(crate) arguments: Vec<Range<usize>>,
    /// The last token of the call.
    pub(crate) last: usize,
}

/// A closure.
#[derive(Debug)]
pub(crate) struct Closure {
    pub(crate) params: Vec<usize>,
    pub(crate) body: Range<usize>,
    /// The bracket of the call that it is an argument of.
    pub(crate) call: Option<usize>,
}

impl Script {
    pub(crate) fn new(text: &str) -> Self {
        let (comments, tokens): (Vec<Token>, Vec<Token>) = tokens(text)
            .into_iter()
            .partition(|token| matches!(token.kind, TokenKind::Comment | TokenKind::Doc));
        let count = tokens.len();
        let mut script = Self {
            text: text.to_owned(),
            tokens,
            comments,
            partner: vec![None; count],
            parent: vec![None; count],
            items: vec![],
            closures: vec![],
        };
        for range in script.statements() {
            script.brackets(&range);
            script.find_closures(&range);
            let item = script.item(range);
            script.items.push(item);
        }
        script
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// A token; one that is nothing, at the end of the text, where there is none.
    pub(crate) fn token(&self, index: usize) -> Token {
        let end = Token { kind: TokenKind::None, span: Span::new(self.text.len(), self.text.len()) };
        self.tokens.get(index).copied().unwrap_or(end)
    }

    pub(crate) fn kind(&self, index: usize) -> TokenKind {
        self.token(index).kind
    }

    pub(crate) fn span(&self, index: usize) -> Span {
        self.token(index).span
    }

    /// What a token says.
    pub(crate) fn says(&self, index: usize) -> &str {
        self.slice(self.span(index))
    }

    /// What the token before another says.
    pub(crate) fn before(&self, index: usize) -> &str {
        index.checked_sub(1).map_or("", |index| self.says(index))
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    pub(crate) fn is_word(&self, index: usize) -> bool {
        self.kind(index) == TokenKind::Word
    }

    /// The bracket that belongs to a bracket.
    pub(crate) fn partner(&self, index: usize) -> Option<usize> {
        self.partner.get(index).copied().flatten()
    }

    /// The bracket that is open around a token.
    pub(crate) fn parent(&self, index: usize) -> Option<usize> {
        self.parent.get(index).copied().flatten()
    }

    /// The first token that ends after an offset.
    pub(crate) fn after(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| (token.span.end as usize) <= offset)
    }

    /// The token at a cursor: the one that holds it, else the one that ends there, else the one that starts
    /// there. A name wins over the mark beside it.
    pub(crate) fn at(&self, offset: usize) -> Option<usize> {
        let next = self.after(offset);
        let touches = |index: usize| {
            let span = self.span(index);
            span.start as usize <= offset && offset <= span.end as usize && index < self.len()
        };
        let here = Some(next).filter(|index| touches(*index));
        let left = next.checked_sub(1).filter(|index| touches(*index));
        match (left, here) {
            (Some(left), Some(here)) => Some(if self.kind(here) == TokenKind::Mark { left } else { here }),
            (left, here) => left.or(here),
        }
    }

    /// The statement that holds a token.
    pub(crate) fn item_of(&self, token: usize) -> Option<&Item> {
        let after = self.items.partition_point(|item| item.tokens.start <= token);
        self.items.get(after.checked_sub(1)?).filter(|item| item.tokens.contains(&token))
    }

    /// The statement that a cursor is in: from its comment to its last token.
    pub(crate) fn item_at(&self, offset: usize) -> Option<&Item> {
        self.items
            .iter()
            .find(|item| item.start as usize <= offset && offset <= self.item_span(item).end as usize)
    }

    /// A statement without its comment.
    pub(crate) fn item_span(&self, item: &Item) -> Span {
        self.range_span(&item.tokens)
    }

    /// From the first token of a range to the last one.
    pub(crate) fn range_span(&self, range: &Range<usize>) -> Span {
        let (first, last) = (self.span(range.start), self.span(range.end.saturating_sub(1).max(range.start)));
        Span { start: first.start, end: last.end.max(first.start) }
    }

    /// What stands between the quotes of a text.
    pub(crate) fn inside(&self, index: usize) -> Span {
        let span = self.span(index);
        let text = self.slice(span);
        let closed = self.is_closed(index);
        let start = span.start as usize + usize::from(!text.is_empty());
        Span::new(start, (span.end as usize - usize::from(closed)).max(start))
    }

    /// Whether a text has its last quote.
    pub(crate) fn is_closed(&self, index: usize) -> bool {
        let text = self.says(index);
        let mut quote = text.chars();
        match quote.next() {
            Some(first) if text.len() > 1 && text.ends_with(first) => {
                // `"\"` ends in a quote that does not close it.
                let inner = text.get(1..text.len() - 1).unwrap_or_default();
                let slashes = inner.chars().rev().take_while(|c| *c == '\\').count();
                first == '`' || slashes % 2 == 0
            }
            _ => false,
        }
    }

    /// The value of a text that holds no escape.
    pub(crate) fn value(&self, index: usize) -> &str {
        self.slice(self.inside(index))
    }

    /// Whether a token is the first of its line.
    fn starts_line(&self, index: usize) -> bool {
        self.indent(index).is_some()
    }

    /// How far a token is from the start of its line, where it is the first on it.
    pub(crate) fn indent(&self, index: usize) -> Option<usize> {
        let start = self.span(index).start as usize;
        let line = self.text.get(..start).unwrap_or_default();
        let before = line.rsplit('\n').next().unwrap_or_default();
        before.trim().is_empty().then_some(before.len())
    }

    fn column(&self, index: usize) -> usize {
        let start = self.span(index).start as usize;
        start - self.text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    /// The token ranges of the statements.
    fn statements(&self) -> Vec<Range<usize>> {
        let mut found = vec![];
        let (mut start, mut depth, mut function) = (None, 0usize, false);
        for index in 0..self.len() {
            let says = self.says(index);
            if let Some(from) = start.filter(|_| self.begins(index)) {
                found.push(from..index);
                start = None;
            }
            if start.is_none() {
                (start, depth, function) = (Some(index), 0, matches!(says, "fn" | "private"));
            }
            match says {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            let ends = depth == 0 && (says == ";" || (function && says == "}"));
            if let Some(from) = start.filter(|_| ends) {
                // A lone `;` is nothing.
                if from < index {
                    found.push(from..index + 1);
                }
                start = None;
            }
        }
        found.extend(start.map(|from| from..self.len()));
        found
    }

    /// `rule(`, `fn` and `const` at the start of a line begin a statement, whatever is open above.
    fn begins(&self, index: usize) -> bool {
        self.column(index) == 0
            && match self.says(index) {
                "rule" => self.says(index + 1) == "(",
                "fn" | "const" | "private" => self.kind(index + 1) == TokenKind::Word,
                _ => false,
            }
    }

    /// Finds which brackets belong together. In a rule, a method at the start of a line closes whatever was
    /// left open.
    fn brackets(&mut self, range: &Range<usize>) {
        let is_rule = self.says(range.start) == "rule";
        let mut open: Vec<usize> = vec![];
        for index in range.clone() {
            let says = self.says(index).to_owned();
            if is_rule
                && !open.is_empty()
                && says == "."
                && self.starts_line(index)
                && methods::builder(self.says(index + 1)).is_some()
                && self.says(index + 2) == "("
            {
                open.clear();
            }
            let opens = match says.as_str() {
                ")" => "(",
                "]" => "[",
                "}" => "{",
                _ => "",
            };
            if !opens.is_empty()
                && let Some(place) = open.iter().rposition(|bracket| self.says(*bracket) == opens)
            {
                let bracket = open.get(place).copied();
                open.truncate(place);
                if let Some(bracket) = bracket {
                    self.partner.get_mut(index).into_iter().for_each(|partner| *partner = Some(bracket));
                    self.partner.get_mut(bracket).into_iter().for_each(|partner| *partner = Some(index));
                }
            }
            let around = open.last().copied();
            self.parent.get_mut(index).into_iter().for_each(|parent| *parent = around);
            if matches!(says.as_str(), "(" | "[" | "{") {
                open.push(index);
            }
        }
    }

    fn find_closures(&mut self, range: &Range<usize>) {
        let mut index = range.start;
        while index < range.end {
            let begins = match self.says(index) {
                "|" | "||" => !self.ends_value(index),
                _ => false,
            };
            if !begins {
                index += 1;
                continue;
            }
            let mut params = vec![];
            let mut at = index + 1;
            if self.says(index) == "|" {
                while at < range.end && (self.is_word(at) || self.says(at) == ",") {
                    if self.is_word(at) {
                        params.push(at);
                    }
                    at += 1;
                }
                if self.says(at) != "|" || at >= range.end {
                    index += 1;
                    continue;
                }
                at += 1;
            }
            let around = self.parent(index);
            let mut end = at;
            // The body goes on to what closes the bracket around it, or to the next argument.
            let ends = |at: usize| {
                let closes = Some(at) == around.and_then(|open| self.partner(open));
                let separates = self.parent(at) == around && matches!(self.says(at), "," | ";");
                closes || separates || (around.is_some() && !self.is_inside(at, around))
            };
            while end < range.end && !ends(end) {
                end += 1;
            }
            let call = around.filter(|open| self.says(*open) == "(");
            self.closures.push(Closure { params, body: at..end, call });
            index = at;
        }
    }

    /// Whether a token stands in a bracket, at any depth.
    fn is_inside(&self, index: usize, bracket: Option<usize>) -> bool {
        let mut around = self.parent(index);
        while around.is_some() {
            if around == bracket {
                return true;
            }
            around = around.and_then(|open| self.parent(open));
        }
        false
    }

    /// Whether a value ends before a token, so that a `|` there is no start of a closure.
    fn ends_value(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else { return false };
        match self.kind(before) {
            TokenKind::Text | TokenKind::Number => true,
            TokenKind::Word => !matches!(self.says(before), "return" | "in" | "else"),
            _ => matches!(self.says(before), ")" | "]" | "}"),
        }
    }

    fn item(&self, range: Range<usize>) -> Item {
        let first = if self.says(range.start) == "private" { range.start + 1 } else { range.start };
        let start = self.span(range.start).start;
        let previous_end = range.start.checked_sub(1).map_or(0, |before| self.span(before).end);
        let (doc, doc_start) = self.doc(previous_end, start);
        let kind = match self.says(first) {
            "rule" => ItemKind::Rule,
            "fn" => ItemKind::Function,
            "const" => ItemKind::Constant,
            _ => ItemKind::Stray,
        };
        let mut item = Item {
            kind,
            tokens: range.clone(),
            name: None,
            doc,
            start: doc_start.unwrap_or(start),
            calls: vec![],
            params: vec![],
        };
        match kind {
            ItemKind::Rule => {
                item.calls = self.calls(range.start, range.end);
                let id = item.calls.first().and_then(|head| head.arguments.first()).map(|range| range.start);
                item.name = id.filter(|id| self.kind(*id) == TokenKind::Text);
            }
            ItemKind::Function => {
                item.name = Some(first + 1).filter(|name| *name < range.end && self.is_word(*name));
                let open = first + 2;
                if self.says(open) == "(" {
                    let end = self.partner(open).unwrap_or(range.end);
                    item.params = (open + 1..end).filter(|index| self.is_word(*index)).collect();
                }
            }
            ItemKind::Constant => {
                item.name = Some(first + 1).filter(|name| *name < range.end && self.is_word(*name));
            }
            ItemKind::Stray => {}
        }
        item
    }

    /// The chain of calls that starts at a token.
    fn calls(&self, start: usize, end: usize) -> Vec<Call> {
        let mut calls = vec![];
        let mut name = start;
        loop {
            let open = Some(name + 1).filter(|open| *open < end && self.says(*open) == "(");
            let mut last = name;
            let mut arguments = vec![];
            if let Some(open) = open {
                let close = self.partner(open);
                // An open bracket reaches to the next method that stands at the start of a line.
                let stop = close.unwrap_or_else(|| {
                    (open + 1..end).find(|index| self.parent(*index) == self.parent(open)).unwrap_or(end)
                });
                arguments = self.arguments(open, stop);
                last = close.unwrap_or(stop.saturating_sub(1)).max(open);
            }
            calls.push(Call { name, open, arguments, last });
            let next = last + 1;
            if next + 1 < end && self.says(next) == "." && self.is_word(next + 1) {
                name = next + 1;
            } else {
                return calls;
            }
        }
    }

    /// The arguments between a bracket and where it ends.
    pub(crate) fn arguments(&self, open: usize, stop: usize) -> Vec<Range<usize>> {
        let mut found = vec![];
        let mut start = open + 1;
        for index in open + 1..stop {
            if self.says(index) == "," && self.parent(index) == Some(open) {
                found.push(start..index);
                start = index + 1;
            }
        }
        if start < stop {
            found.push(start..stop);
        }
        found
    }

    /// The `///` lines that end right above an offset, and where they start.
    fn doc(&self, from: u32, to: u32) -> (String, Option<u32>) {
        let above = self.comments.iter().filter(|token| token.span.start >= from && token.span.end <= to);
        let mut lines: Vec<&Token> = vec![];
        for token in above {
            // A comment at the end of the last statement's line is not about this one.
            if token.kind == TokenKind::Doc && self.is_alone(token.span) {
                lines.push(token);
            } else {
                lines.clear();
            }
        }
        let text = lines.iter().map(|token| self.slice(token.span).trim_start_matches('/').trim());
        (text.collect::<Vec<_>>().join("\n"), lines.first().map(|token| token.span.start))
    }

    fn is_alone(&self, span: Span) -> bool {
        let before = self.text.get(..span.start as usize).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default().trim().is_empty()
    }

    /// The statements of a kind, with the name of each that has one.
    pub(crate) fn named(&self, kind: ItemKind) -> impl Iterator<Item = (&Item, usize, &str)> {
        self.items.iter().filter(move |item| item.kind == kind).filter_map(move |item| {
            let name = item.name?;
            let says = if kind == ItemKind::Rule { self.value(name) } else { self.says(name) };
            Some((item, name, says))
        })
    }

    /// The brackets that are open at a cursor, innermost first.
    pub(crate) fn open_at(&self, offset: usize) -> Vec<usize> {
        let next = self.tokens.partition_point(|token| (token.span.start as usize) < offset);
        let Some(left) = next.checked_sub(1) else { return vec![] };
        let opens = |index: usize| matches!(self.says(index), "(" | "[" | "{");
        // Another statement starts behind the cursor; what was left open ends with its own.
        let mut around = if opens(left) { Some(left) } else { self.parent(left) };
        let mut found = vec![];
        while let Some(open) = around {
            found.push(open);
            around = self.parent(open);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_rule_keeps_its_calls_and_spoils_no_other() {
        let script = Script::new(
            "/// About a.\nrule(\"a\")\n    .when(|intake| (intake.x.some(|y| y.z == \"\n    .tier(1)\n    .rou\n\nrule(\"b\").when(|i| i.c);\nfn f(x) { x.y }\nconst N = 3",
        );
        let calls: Vec<Vec<&str>> = script
            .items
            .iter()
            .map(|item| item.calls.iter().map(|call| script.says(call.name)).collect())
            .collect();
        assert_eq!(calls, [vec!["rule", "when", "tier", "rou"], vec!["rule", "when"], vec![], vec![]]);
        assert_eq!(script.items[0].doc, "About a.");
        assert_eq!(script.named(ItemKind::Rule).map(|(.., id)| id).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(script.named(ItemKind::Function).map(|(.., id)| id).collect::<Vec<_>>(), ["f"]);
        let params: Vec<&str> = script
            .closures
            .iter()
            .flat_map(|closure| closure.params.iter().map(|param| script.says(*param)))
            .collect();
        assert_eq!(params, ["intake", "y", "i"]);
    }
}
