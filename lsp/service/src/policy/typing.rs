//! What the parts of a condition are, found backwards from a token: `link.` is an item of `intake.links`,
//! whatever else of the line is still missing.

use super::script::{Item, ItemKind, Script};
use super::tokens::{KEYWORDS, TokenKind};
use remit_core::schema::{Field, FieldId, Kind, Schema};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    /// What a field of the schema holds: a group, a list, a choice…
    Field(FieldId),
    Text,
    Int,
    Bool,
    Unknown,
}

/// What a name in a condition means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variable {
    /// Declared in the same file, by this token.
    Local(usize, Type),
    Constant,
    Unknown,
}

/// How far a chain of helpers, variables and parentheses is followed.
const MAX_DEPTH: usize = 24;

/// The rule files of a pack, read against its schema.
pub(crate) struct Typing<'a> {
    pub(crate) scripts: &'a [Arc<Script>],
    pub(crate) schema: Option<&'a Schema>,
    /// What helpers' parameters were found to be, by helper and place; in the making where there is none.
    params: RefCell<BTreeMap<(String, usize), Type>>,
}

impl<'a> Typing<'a> {
    pub(crate) fn new(scripts: &'a [Arc<Script>], schema: Option<&'a Schema>) -> Self {
        Self { scripts, schema, params: RefCell::default() }
    }

    fn root(&self) -> Type {
        self.schema.map_or(Type::Unknown, |schema| Type::Field(schema.root().id))
    }

    /// The field of a type, where it is one.
    pub(crate) fn field(&self, of: Type) -> Option<&'a Field> {
        match of {
            Type::Field(id) => self.schema.map(|schema| schema.field(id)),
            _ => None,
        }
    }

    /// The field that a word after a `.` names.
    pub(crate) fn property(&self, script: &Script, token: usize) -> Option<&'a Field> {
        if !matches!(script.before(token), "." | "?.") {
            return None;
        }
        let receiver = self.before(script, token.checked_sub(1)?, 0);
        self.child(receiver, script.says(token))
    }

    /// What stands before the `.` at a token.
    pub(crate) fn receiver(&self, script: &Script, dot: usize) -> Type {
        self.before(script, dot, 0)
    }

    fn child(&self, of: Type, key: &str) -> Option<&'a Field> {
        let field = self.field(of)?;
        self.schema?.child(field, key)
    }

    /// The type of the expression that ends before a token.
    fn before(&self, script: &Script, token: usize, depth: usize) -> Type {
        token.checked_sub(1).map_or(Type::Unknown, |last| self.ending_at(script, last, depth))
    }

    /// The type of the expression whose last token this is.
    pub(crate) fn ending_at(&self, script: &Script, last: usize, depth: usize) -> Type {
        if depth > MAX_DEPTH {
            return Type::Unknown;
        }
        match script.kind(last) {
            TokenKind::Text => Type::Text,
            TokenKind::Number => Type::Int,
            TokenKind::Word if matches!(script.says(last), "true" | "false") => Type::Bool,
            TokenKind::Word if matches!(script.before(last), "." | "?.") => {
                let receiver = self.before(script, last - 1, depth + 1);
                match self.child(receiver, script.says(last)) {
                    Some(field) => Type::Field(field.id),
                    None if script.says(last) == "len" => Type::Int,
                    None if script.says(last) == "is_empty" => Type::Bool,
                    None => Type::Unknown,
                }
            }
            TokenKind::Word => match self.variable(script, last, depth + 1) {
                Variable::Local(_, found) => found,
                Variable::Constant => self.constant(script.says(last)),
                Variable::Unknown => Type::Unknown,
            },
            _ => self.bracket(script, last, depth),
        }
    }

    /// The type of an expression that ends in a bracket.
    fn bracket(&self, script: &Script, close: usize, depth: usize) -> Type {
        let Some(open) = script.partner(close).filter(|open| *open < close) else { return Type::Unknown };
        let Some(head) = open.checked_sub(1) else { return Type::Unknown };
        match script.says(close) {
            ")" if script.is_word(head) && matches!(script.before(head), "." | "?.") => {
                match script.says(head) {
                    "filter" => self.before(script, head - 1, depth + 1),
                    "len" => Type::Int,
                    "to_lower" | "to_upper" | "trim" => Type::Text,
                    "some" | "all" | "none" | "contains" | "starts_with" | "ends_with" | "is_empty" => {
                        Type::Bool
                    }
                    _ => Type::Unknown,
                }
            }
            ")" if script.is_word(head) && !KEYWORDS.contains(&script.says(head)) => Type::Unknown,
            ")" => self.before(script, close, depth + 1),
            "]" if script.kind(close - 1) == TokenKind::Text && close - 1 == open + 1 => {
                let receiver = self.ending_at(script, head, depth + 1);
                let child = self.child(receiver, script.value(close - 1));
                child.map_or(Type::Unknown, |field| Type::Field(field.id))
            }
            _ => Type::Unknown,
        }
    }

    /// What a name means at a token.
    pub(crate) fn variable(&self, script: &Script, token: usize, depth: usize) -> Variable {
        let name = script.says(token);
        let Some(item) = script.item_of(token) else { return Variable::Unknown };
        for (declared, found) in self.visible(script, item, token, depth).into_iter().rev() {
            if script.says(declared) == name {
                return Variable::Local(declared, found.resolve(self, script, depth));
            }
        }
        let mut constants = self.scripts.iter().flat_map(|script| script.named(ItemKind::Constant));
        if constants.any(|(.., known)| known == name) {
            return Variable::Constant;
        }
        Variable::Unknown
    }

    fn constant(&self, name: &str) -> Type {
        for script in self.scripts {
            for (item, token, known) in script.named(ItemKind::Constant) {
                if known == name && script.says(token + 1) == "=" && item.tokens.contains(&(token + 2)) {
                    return match script.kind(token + 2) {
                        TokenKind::Text => Type::Text,
                        TokenKind::Number => Type::Int,
                        TokenKind::Word => Type::Bool,
                        _ => Type::Unknown,
                    };
                }
            }
        }
        Type::Unknown
    }

    /// The names that can be seen at a token, from the outermost to the innermost, with what each is.
    pub(crate) fn locals(&self, script: &Script, token: usize) -> Vec<(usize, Type)> {
        let Some(item) = script.item_of(token) else { return vec![] };
        let visible = self.visible(script, item, token, 0);
        visible.into_iter().map(|(declared, found)| (declared, found.resolve(self, script, 0))).collect()
    }

    fn visible(&self, script: &Script, item: &Item, token: usize, depth: usize) -> Vec<(usize, Found)> {
        let mut found = vec![];
        if depth > MAX_DEPTH {
            return found;
        }
        if item.kind == ItemKind::Function {
            found.extend(item.params.iter().enumerate().map(|(place, param)| {
                let name = item.name.map(|name| script.says(name).to_owned()).unwrap_or_default();
                (*param, Found::Param(name, place))
            }));
        }
        let around = script.closures.iter().filter(|closure| {
            closure.body.start <= token && token < closure.body.end.max(closure.body.start + 1)
                || closure.params.contains(&token)
        });
        for closure in around {
            let call = closure.call.and_then(|open| open.checked_sub(1));
            for param in &closure.params {
                found.push((*param, call.map_or(Found::Known(Type::Unknown), Found::Item)));
            }
        }
        let declared = item.tokens.start..token;
        for at in declared.filter(|at| script.says(*at) == "let" && script.is_word(at + 1) && at + 1 < token)
        {
            let open = script.parent(at);
            let mut around = script.parent(token);
            while around != open && around.is_some() {
                around = around.and_then(|bracket| script.parent(bracket));
            }
            if around == open {
                found.push((at + 1, Found::Let(at + 1)));
            }
        }
        // The declaration itself is visible to itself.
        if script.before(token) == "let" {
            found.push((token, Found::Let(token)));
        }
        found
    }

    /// What a helper is called with, where every call that tells says the same.
    fn param(&self, function: &str, place: usize, depth: usize) -> Type {
        let key = (function.to_owned(), place);
        if let Some(known) = self.params.borrow().get(&key) {
            return *known;
        }
        // Helpers that call each other in a circle find this, and go on.
        self.params.borrow_mut().insert(key.clone(), Type::Unknown);
        let mut found = Type::Unknown;
        'scripts: for script in self.scripts {
            for at in 0..script.len() {
                let called = script.is_word(at)
                    && script.says(at) == function
                    && script.says(at + 1) == "("
                    && !matches!(script.before(at), "fn" | "." | "?.");
                if !called {
                    continue;
                }
                let Some(close) = script.partner(at + 1) else { continue };
                if let Some(argument) = script.arguments(at + 1, close).get(place) {
                    found = self.ending_at(script, argument.end.saturating_sub(1), depth + 1);
                    if found != Type::Unknown {
                        break 'scripts;
                    }
                }
            }
        }
        if found == Type::Unknown && place == 0 && depth < MAX_DEPTH {
            // Nobody calls it yet: helpers ask the intake.
            found = self.root();
        }
        self.params.borrow_mut().insert(key, found);
        found
    }

    /// The field with which the text at a token, or what is typed there, is compared: `intake.environment ==
    /// "…"`, `in ["…", "…"]`, `"…" == intake.environment`, `.contains("…")`.
    pub(crate) fn compared(&self, script: &Script, token: usize) -> Option<&'a Field> {
        let before = token.checked_sub(1)?;
        let of = match script.says(before) {
            "==" | "!=" | "<" | "<=" | ">" | ">=" => self.before(script, before, 0),
            "[" | "," => {
                let open = if script.says(before) == "[" { before } else { script.parent(before)? };
                let operator = open.checked_sub(1)?;
                match script.says(operator) {
                    "in" | "!in" => self.before(script, operator, 0),
                    _ => return None,
                }
            }
            "(" => {
                let method = before.checked_sub(1)?;
                let dot = method.checked_sub(1)?;
                if script.says(method) != "contains" || script.says(dot) != "." {
                    return self.reversed(script, token);
                }
                let list = self.before(script, dot, 0);
                match &self.field(list)?.kind {
                    Kind::List { item, .. } => Type::Field(*item),
                    _ => return None,
                }
            }
            _ => return self.reversed(script, token),
        };
        self.field(of).filter(|field| !matches!(field.kind, Kind::Group(_)))
    }

    /// `"…" == intake.environment`
    fn reversed(&self, script: &Script, token: usize) -> Option<&'a Field> {
        if !matches!(script.says(token + 1), "==" | "!=" | "<" | "<=" | ">" | ">=") {
            return None;
        }
        let mut last = token + 2;
        if !script.is_word(last) {
            return None;
        }
        while script.says(last + 1) == "." && script.is_word(last + 2) {
            last += 2;
        }
        self.field(self.ending_at(script, last, 0))
    }
}

/// How what a name stands for is found out.
enum Found {
    Known(Type),
    /// A parameter of a helper.
    Param(String, usize),
    /// A parameter of a closure that is given to this method.
    Item(usize),
    /// A variable that is declared here.
    Let(usize),
}

impl Found {
    fn resolve(self, typing: &Typing<'_>, script: &Script, depth: usize) -> Type {
        if depth > MAX_DEPTH {
            return Type::Unknown;
        }
        match self {
            Self::Known(known) => known,
            Self::Param(function, place) => typing.param(&function, place, depth + 1),
            Self::Item(method) if script.says(method) == "when" => typing.root(),
            Self::Item(method) if script.before(method) == "." => {
                let list = typing.before(script, method - 1, depth + 1);
                match typing.field(list).map(|field| &field.kind) {
                    Some(Kind::List { item, .. }) => Type::Field(*item),
                    _ => Type::Unknown,
                }
            }
            Self::Item(_) => Type::Unknown,
            Self::Let(name) if script.says(name + 1) == "=" => {
                // What is assigned, where it is one chain.
                let mut last = name + 2;
                while matches!(script.says(last + 1), ".") && script.is_word(last + 2) {
                    last += 2;
                }
                match script.says(last + 1) {
                    ";" | "}" => typing.ending_at(script, last, depth + 1),
                    _ => Type::Unknown,
                }
            }
            Self::Let(_) => Type::Unknown,
        }
    }
}
