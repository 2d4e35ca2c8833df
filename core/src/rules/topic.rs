//! From the text of a `.rhai` topic to its declarations, read from the syntax tree and never run.
//!
//! A topic holds rules, helper functions and constants. A statement that cannot be parsed is masked and
//! reported, and the rest is read all the same.

use super::codes;
use super::items::{Item, items};
use super::parse;
use super::positions::Positions;
use crate::diagnostic::Diagnostic;
use crate::document::{Node, Value};
use crate::record::Spanned;
use crate::source::{Source, Span};
use rhai::{AST, ASTNode, Dynamic, Expr, FnCallExpr, Position, Stmt};
use std::collections::BTreeMap;

/// A rule file may have this many bytes: Rhai counts lines and columns in 16 bits.
pub const MAX_BYTES: usize = 1 << 20;

/// What a topic declares.
#[derive(Debug)]
pub struct Topic {
    /// Its text.
    pub source: Source,
    /// Its rules, in order.
    pub rules: Vec<RuleDeclaration>,
    /// Its helper functions, in order.
    pub functions: Vec<Function>,
    /// Its constants, in order.
    pub constants: Vec<Constant>,
    /// Its closures, by Rhai's name for them.
    pub(super) closures: BTreeMap<String, Function>,
    /// Functions and closures for the interpreter.
    pub(super) ast: AST,
}

/// A rule as it is written.
#[derive(Debug)]
pub struct RuleDeclaration {
    /// Its id, without the quotes; empty where there is none.
    pub id: Spanned<String>,
    /// The `///` comment above it.
    pub doc: String,
    /// The whole statement.
    pub span: Span,
    /// The methods that are called on it, in order.
    pub(super) calls: Vec<Call>,
}

/// A method called on a rule: `.tier(2)`.
#[derive(Debug)]
pub(super) struct Call {
    pub name: Spanned<String>,
    pub arguments: Vec<Argument>,
    /// From the name to the closing parenthesis.
    pub span: Span,
}

/// What stands between the parentheses.
#[derive(Debug)]
pub(super) struct Argument {
    pub value: ArgumentValue,
    pub span: Span,
}

#[derive(Debug)]
pub(super) enum ArgumentValue {
    Text(String),
    Int(i64),
    Closure(Function),
    Name(String),
    Other,
}

/// A helper function or a closure.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its name; a closure's is Rhai's own.
    pub name: String,
    /// Where the name stands; for a closure, its first `|`.
    pub name_span: Span,
    /// Its parameters.
    pub params: Vec<String>,
    /// The `///` comment above it.
    pub doc: String,
    pub(super) body: Vec<Stmt>,
}

/// A constant.
#[derive(Debug, Clone)]
pub struct Constant {
    /// Its name.
    pub name: Spanned<String>,
    pub(super) value: Expr,
}

impl Constant {
    /// Its value, as JSON and YAML write it; `None` where it is no literal.
    pub fn text(&self) -> Option<String> {
        fn json(value: &Expr) -> Option<serde_json::Value> {
            Some(match value {
                Expr::IntegerConstant(number, _) => (*number).into(),
                Expr::BoolConstant(value, _) => (*value).into(),
                Expr::StringConstant(text, _) => text.as_str().into(),
                Expr::Array(items, _) => items.iter().map(json).collect::<Option<Vec<_>>>()?.into(),
                _ => return None,
            })
        }
        json(&self.value).map(|value| value.to_string())
    }

    /// Gives it another value; or says what kind of value it has, where the new one is of another.
    pub fn set(&mut self, value: &Node) -> Result<(), &'static str> {
        match literal(value, self.value.position()) {
            Some(new) if std::mem::discriminant(&new) == std::mem::discriminant(&self.value) => {
                self.value = new;
                Ok(())
            }
            _ => Err(match self.value {
                Expr::IntegerConstant(..) => "a whole number",
                Expr::BoolConstant(..) => "`true` or `false`",
                Expr::StringConstant(..) => "a text",
                _ => "a list",
            }),
        }
    }
}

/// A value of a pack file as Rhai would read it.
fn literal(value: &Node, position: Position) -> Option<Expr> {
    Some(match &value.value {
        Value::Int(number) => Expr::IntegerConstant(*number, position),
        Value::Bool(value) => Expr::BoolConstant(*value, position),
        Value::Text(text) => Expr::StringConstant(text.as_str().into(), position),
        Value::List(items) => {
            let items = items.iter().map(|item| literal(item, position)).collect::<Option<Vec<_>>>()?;
            Expr::Array(items.into_iter().collect(), position)
        }
        _ => return None,
    })
}

/// Reads a topic.
pub fn read(source: &Source, out: &mut Vec<Diagnostic>) -> Topic {
    let text = source.text();
    let mut topic = Topic {
        source: source.clone(),
        rules: vec![],
        functions: vec![],
        constants: vec![],
        closures: BTreeMap::new(),
        ast: AST::empty(),
    };
    if text.len() > MAX_BYTES {
        let message = format!(
            "a rule file may have {MAX_BYTES} bytes, and this one has {}, so none of it is read",
            text.len()
        );
        out.push(
            Diagnostic::error(codes::TOO_LARGE, source.locate(Span::at(0)), message)
                .help("split it into topics"),
        );
        return topic;
    }
    let positions = Positions::new(text);
    if let Some(line) = positions.too_long() {
        let message = "Rhai counts no further than 65535 lines, and 65535 characters in a line";
        out.push(
            Diagnostic::error(codes::TOO_LARGE, source.locate(line), message).help("split it into topics"),
        );
        return topic;
    }
    let items = items(text);
    for ast in parse::parse(source, &positions, &items, out) {
        let mut reader = Reader { source, positions: &positions, items: &items, ast: &ast, out };
        let bodies = reader.functions();
        for statement in ast.statements() {
            reader.statement(statement, &bodies, &mut topic);
        }
        let (closures, functions): (Vec<_>, Vec<_>) =
            bodies.into_iter().partition(|function| function.name.starts_with("anon$"));
        topic.closures.extend(closures.into_iter().map(|closure| (closure.name.clone(), closure)));
        topic.functions.extend(functions);
        topic.ast.combine(ast.clone_functions_only());
    }
    topic
}

struct Reader<'a, 'd> {
    source: &'a Source,
    positions: &'a Positions<'a>,
    items: &'a [Item],
    ast: &'a AST,
    out: &'d mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    /// All functions and closures, by place. Rhai does not hand out bodies, so each is isolated and walked.
    fn functions(&mut self) -> Vec<Function> {
        let all = self.ast.clone_functions_only();
        let mut functions = vec![];
        for definition in all.iter_fn_def() {
            let (name, arity) = (definition.name.as_str(), definition.params.len());
            let mut one = all.clone();
            one.retain_functions(|_, _, other, params| other == name && params == arity);
            let mut body = vec![];
            one.walk(&mut |path: &[ASTNode<'_>]| {
                if let [ASTNode::Stmt(statement)] = path {
                    body.push((*statement).clone());
                }
                true
            });
            let start = self.positions.offset(definition.body.start_position());
            functions.push((
                start,
                Function {
                    name: name.to_owned(),
                    name_span: Span::at(start),
                    params: definition.params.iter().map(ToString::to_string).collect(),
                    doc: String::new(),
                    body,
                },
            ));
        }
        functions.sort_by_key(|(start, _)| *start);
        let mut functions: Vec<_> = functions.into_iter().map(|(_, function)| function).collect();
        for function in functions.iter_mut().filter(|function| !function.name.starts_with("anon$")) {
            let body = function.name_span.start as usize;
            let item = item_at(self.items, body);
            if let Some(item) = item {
                function.doc.clone_from(&item.doc);
                let text = self.source.slice(item.span);
                if let Some(offset) = text.find(function.name.as_str()) {
                    function.name_span = self.positions.token_at(item.span.start as usize + offset);
                }
            }
        }
        functions
    }

    fn statement(&mut self, statement: &Stmt, bodies: &[Function], topic: &mut Topic) {
        match statement {
            Stmt::Noop(_) => {}
            Stmt::Var(declared, flags, _) if flags.contains(rhai::ASTFlags::CONSTANT) => {
                let (name, value) = (&declared.0, &declared.1);
                let span = self.positions.token(name.pos);
                let name = Spanned { value: name.name.to_string(), span };
                topic.constants.push(Constant { name, value: value.clone() });
            }
            Stmt::Expr(expr) => self.rule(expr, bodies, topic),
            Stmt::FnCall(call, position) => self.rule(&Expr::FnCall(call.clone(), *position), bodies, topic),
            other => self.stray(other.position()),
        }
    }

    fn stray(&mut self, position: Position) {
        let offset = self.positions.offset(position);
        let item = item_at(self.items, offset).map(|item| item.span);
        let span = item.map_or_else(|| self.positions.token_at(offset), |span| self.source.first_line(span));
        self.out.push(
            Diagnostic::error(codes::TOP_LEVEL, self.source.locate(span), "this is neither a rule, a `fn` nor a `const`")
                .help("a topic holds only `rule(\"…\").when(|intake| …)…;`, `fn name(intake) { … }` and `const NAME = …;`"),
        );
    }

    fn rule(&mut self, expr: &Expr, bodies: &[Function], topic: &mut Topic) {
        let mut chain = vec![];
        let head = flatten(expr, &mut chain);
        let Expr::FnCall(head, position) = head else { return self.stray(expr.start_position()) };
        if head.name != "rule" || head.op_token.is_some() {
            return self.stray(expr.start_position());
        }
        let start = self.positions.offset(*position);
        let item = item_at(self.items, start);
        let head = self.call(head, *position, bodies);
        let id = match head.arguments.as_slice() {
            [Argument { value: ArgumentValue::Text(id), span }] => Spanned {
                value: id.clone(),
                span: Span::new(span.start as usize + 1, (span.end as usize).saturating_sub(1)),
            },
            _ => {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_ID,
                        self.source.locate(head.span),
                        "a rule starts with its id",
                    )
                    .help("write `rule(\"what-it-is-about\")`"),
                );
                Spanned { value: String::new(), span: head.span }
            }
        };
        let mut calls = vec![];
        for link in chain {
            match link {
                Expr::MethodCall(call, position) => calls.push(self.call(call, *position, bodies)),
                other => return self.stray(other.start_position()),
            }
        }
        let span = item.map_or(head.span, |item| item.span);
        let doc = item.map(|item| item.doc.clone()).unwrap_or_default();
        topic.rules.push(RuleDeclaration { id, doc, span, calls });
    }

    fn call(&mut self, call: &FnCallExpr, position: Position, bodies: &[Function]) -> Call {
        let name_span = self.positions.token(position);
        let end = self.positions.bracket_end(name_span.end as usize);
        let name = Spanned { value: call.name.to_string(), span: name_span };
        let arguments = call.args.iter().map(|argument| self.argument(argument, end, bodies)).collect();
        Call { name, arguments, span: Span::new(name_span.start as usize, end) }
    }

    fn argument(&mut self, expr: &Expr, call_end: usize, bodies: &[Function]) -> Argument {
        let span = self.positions.literal(expr.start_position());
        let value = match expr {
            Expr::StringConstant(text, _) => ArgumentValue::Text(text.to_string()),
            Expr::IntegerConstant(number, _) => ArgumentValue::Int(*number),
            Expr::Variable(name, ..) => ArgumentValue::Name(name.1.to_string()),
            Expr::DynamicConstant(value, _) => match closure(value, bodies) {
                Some(function) => {
                    let name_span = span;
                    let span = Span::new(span.start as usize, call_end.saturating_sub(1));
                    return Argument {
                        value: ArgumentValue::Closure(Function { name_span, ..function }),
                        span,
                    };
                }
                None => ArgumentValue::Other,
            },
            _ => ArgumentValue::Other,
        };
        Argument { value, span }
    }
}

/// The closure that a constant holds.
fn closure(value: &Dynamic, bodies: &[Function]) -> Option<Function> {
    let name = closure_name(value)?;
    bodies.iter().find(|function| function.name == name).cloned()
}

/// Rhai's name for the closure that a constant holds.
pub(super) fn closure_name(value: &Dynamic) -> Option<String> {
    Some(value.clone().try_cast::<rhai::FnPtr>()?.fn_name().to_owned())
}

/// Turns `a.b().c()`, which nests to the right, into `a` and the list of what follows it.
pub(super) fn flatten<'e>(expr: &'e Expr, chain: &mut Vec<&'e Expr>) -> &'e Expr {
    let Expr::Dot(pair, ..) = expr else { return expr };
    let mut rest = &pair.rhs;
    while let Expr::Dot(pair, ..) = rest {
        chain.push(&pair.lhs);
        rest = &pair.rhs;
    }
    chain.push(rest);
    &pair.lhs
}

/// The statement that holds an offset. Statements may follow each other without a space.
fn item_at(items: &[Item], offset: usize) -> Option<&Item> {
    let after = items.partition_point(|item| item.span.start as usize <= offset);
    items.get(after.checked_sub(1)?).filter(|item| item.span.touches(offset))
}

impl Function {
    /// Rhai's names for the closures that are written in this one.
    pub(super) fn holds(&self) -> Vec<String> {
        let mut names = vec![];
        for statement in &self.body {
            statement.walk(&mut vec![], &mut |path: &[ASTNode<'_>]| {
                if let Some(ASTNode::Expr(Expr::DynamicConstant(value, _))) = path.last() {
                    names.extend(closure_name(value));
                }
                true
            });
        }
        names
    }
}
