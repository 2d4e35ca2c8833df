//! What the tokens of a rule file mean, for colour.

use super::View;
use super::names::{Occurrence, Target};
use super::script::{ItemKind, Script};
use super::tokens::{KEYWORDS, Token, TokenKind as Lexed};
use crate::answer::{SemanticToken, Span, TokenKind};
use crate::kind::FileKind;
use std::collections::BTreeMap;

impl View<'_> {
    pub(crate) fn semantic_tokens(&self) -> Vec<SemanticToken> {
        if self.kind != FileKind::Rules {
            return vec![];
        }
        let script = self.script();
        let known: BTreeMap<Span, Occurrence> =
            self.occurrences(&self.file).into_iter().map(|found| (found.span, found)).collect();
        let mut colours = Colours { script: &script, known, found: vec![] };
        for index in 0..script.len() {
            colours.token(index);
        }
        for comment in &script.comments {
            colours.push(comment.span, TokenKind::Comment, false);
        }
        colours.found.sort_by_key(|token| token.span);
        colours.found
    }
}

struct Colours<'s> {
    script: &'s Script,
    known: BTreeMap<Span, Occurrence>,
    found: Vec<SemanticToken>,
}

impl Colours<'_> {
    /// Adds a token, line by line: editors cannot colour over the end of a line.
    fn push(&mut self, span: Span, kind: TokenKind, declaration: bool) {
        let mut start = span.start as usize;
        for line in self.script.slice(span).split_inclusive('\n') {
            let end = start + line.trim_end().len();
            let lead = line.len() - line.trim_start().len();
            if start + lead < end {
                self.found.push(SemanticToken { span: Span::new(start + lead, end), kind, declaration });
            }
            start += line.len();
        }
    }

    fn token(&mut self, index: usize) {
        let Token { kind, span } = self.script.token(index);
        match kind {
            Lexed::Text => self.text(index, span),
            Lexed::Number => self.push(span, TokenKind::Number, false),
            Lexed::Word => {
                let (kind, declaration) = self.word(index, span);
                self.push(span, kind, declaration);
            }
            Lexed::Mark
                if !matches!(
                    self.script.says(index),
                    "(" | ")" | "[" | "]" | "{" | "}" | "," | ";" | "." | "?."
                ) =>
            {
                self.push(span, TokenKind::Operator, false);
            }
            _ => {}
        }
    }

    /// A text: what it names has a colour of its own, between quotes that are text.
    fn text(&mut self, index: usize, span: Span) {
        let inside = self.script.inside(index);
        let meaning =
            self.known.get(&inside).and_then(|found| Some((meaning(&found.target)?, found.declares)));
        let Some((kind, declares)) = meaning.filter(|_| inside.start < inside.end) else {
            return self.push(span, TokenKind::Text, false);
        };
        self.push(Span { start: span.start, end: inside.start }, TokenKind::Text, false);
        self.push(inside, kind, declares);
        self.push(Span { start: inside.end, end: span.end }, TokenKind::Text, false);
    }

    fn word(&self, index: usize, span: Span) -> (TokenKind, bool) {
        let script = self.script;
        if let Some(found) = self.known.get(&span) {
            if matches!(found.target, Target::Local(declared) if self.is_param(declared)) {
                return (TokenKind::Parameter, found.declares);
            }
            if let Some(kind) = meaning(&found.target) {
                return (kind, found.declares);
            }
        }
        let says = script.says(index);
        let is_head = says == "rule"
            && script
                .item_of(index)
                .is_some_and(|item| item.kind == ItemKind::Rule && item.tokens.start == index);
        if is_head || (KEYWORDS.contains(&says) && script.before(index) != ".") {
            return (TokenKind::Keyword, false);
        }
        let called = script.says(index + 1) == "(";
        match (script.before(index), called) {
            (".", true) => (TokenKind::Method, false),
            (".", false) => (TokenKind::Field, false),
            (_, true) => (TokenKind::Function, false),
            _ => (TokenKind::Variable, false),
        }
    }

    /// Whether a name is declared as a parameter, not by `let`.
    fn is_param(&self, declared: Span) -> bool {
        let at = self.script.after(declared.start as usize);
        self.script.before(at) != "let"
    }
}

fn meaning(target: &Target) -> Option<TokenKind> {
    Some(match target {
        Target::Rule(_) => TokenKind::Rule,
        Target::Function(_) => TokenKind::Function,
        Target::Constant(_) | Target::Local(_) => TokenKind::Variable,
        Target::Entry(remit_core::catalogue::Section::Tiers, _) => TokenKind::Number,
        Target::Entry(..) => TokenKind::Entry,
        Target::Field(_) => TokenKind::Field,
        Target::Choice(..) => TokenKind::Choice,
        Target::Builder(_) | Target::Member(..) => TokenKind::Method,
        Target::Citation(_) | Target::File(_) | Target::Key(..) => return None,
    })
}
