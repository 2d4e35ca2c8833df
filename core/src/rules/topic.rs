//! From the text of a `.rhai` topic to its declarations, read from the syntax tree and never run.
//!
//! A topic holds rules, helper functions and constants. A statement that cannot be parsed is masked and
//! reported, and the rest is read all the same.

use super::codes;
use super::engine::parser;
use super::items::{Item, items};
use super::positions::Positions;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::record::Spanned;
use crate::source::{Source, Span};
use rhai::{AST, ASTNode, Dynamic, Expr, FnCallExpr, ParseErrorType, Position, Stmt};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A rule file may have this many bytes: Rhai counts lines and columns in 16 bits.
pub(super) const MAX_BYTES: usize = 1 << 20;

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
        let message = format!("a rule file may have {MAX_BYTES} bytes, and this one has {}", text.len());
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
    for ast in compile(source, &positions, &items, out) {
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

/// A statement may have this many bytes: Rhai looks up variables in time that grows with their number.
const MAX_STATEMENT: usize = 32 * 1024;
/// Statements that are parsed together. Rhai hands out a function's body only by copying the table of all
/// functions, so a file that is parsed in one go would take time that grows with its square.
const TOGETHER: usize = 64;
/// How often statements that do not go together are parsed apart, before the file counts as hopeless.
const PATIENCE: usize = 512;

/// Parses some statements at a time; those that are broken are reported and left out.
fn compile(
    source: &Source,
    positions: &Positions<'_>,
    items: &[Item],
    out: &mut Vec<Diagnostic>,
) -> Vec<AST> {
    let engine = parser();
    let mut asts = vec![];
    let mut masked = BTreeSet::new();
    let mut patience = PATIENCE;
    let mut waiting: Vec<Range<usize>> =
        (0..items.len()).step_by(TOGETHER).map(|start| start..items.len().min(start + TOGETHER)).collect();
    waiting.reverse();
    while let Some(range) = waiting.pop() {
        let mut attempt = engine.compile(prepare(source, positions, items, range.clone(), &masked));
        if attempt.is_err() && find_broken(source, items, range.clone(), &mut masked, out) {
            attempt = engine.compile(prepare(source, positions, items, range.clone(), &masked));
        }
        match attempt {
            Ok(ast) => asts.push(ast),
            // Each of them is fine, but two functions have one name, or there are too many of them.
            Err(_) if range.len() > 1 && patience > 0 => {
                patience -= 1;
                let middle = range.start.midpoint(range.end);
                waiting.extend([middle..range.end, range.start..middle]);
            }
            Err(error) => {
                if let Some(item) = items.get(range.start) {
                    out.push(syntax(source, item, &error));
                }
                masked.extend(range);
            }
        }
    }
    unterminated(source, items, &masked, out);
    asts
}

/// Parses each of these statements alone and reports those that are broken; whether any is.
fn find_broken(
    source: &Source,
    items: &[Item],
    range: Range<usize>,
    masked: &mut BTreeSet<usize>,
    out: &mut Vec<Diagnostic>,
) -> bool {
    let engine = parser();
    let before = masked.len();
    for (index, item) in items.iter().enumerate().take(range.end).skip(range.start) {
        if masked.contains(&index) {
            continue;
        }
        if item.span.len() > MAX_STATEMENT {
            masked.insert(index);
            let at = source.locate(first_line(source, item.span));
            let message =
                format!("a statement may have {MAX_STATEMENT} bytes, and this one has {}", item.span.len());
            out.push(
                Diagnostic::error(codes::TOO_LARGE, at, message)
                    .help("this statement is left out; split it into helper functions"),
            );
            continue;
        }
        let mut text = source.slice(item.span).to_owned();
        if !item.terminated {
            text.push(';');
        }
        if let Err(error) = engine.compile(&text) {
            masked.insert(index);
            out.push(syntax(source, item, &error));
        }
    }
    masked.len() > before
}

/// The text that Rhai parses for some statements: lines and columns as in the file, everything else blank.
fn prepare(
    source: &Source,
    positions: &Positions<'_>,
    items: &[Item],
    range: Range<usize>,
    masked: &BTreeSet<usize>,
) -> String {
    let text = source.text();
    let mut prepared = String::new();
    let mut at = None;
    for (index, item) in items.iter().enumerate().take(range.end).skip(range.start) {
        let start = item.span.start as usize;
        if masked.contains(&index) {
            continue;
        }
        if item.span.len() > MAX_STATEMENT {
            // Nothing can be made of it, so that it is looked for and left out.
            return "(".to_owned();
        }
        match at {
            None => {
                let (line, column) = positions.line_and_column(start);
                prepared.extend(std::iter::repeat_n('\n', line).chain(std::iter::repeat_n(' ', column)));
            }
            Some(at) => {
                let gap = text.get(at..start).unwrap_or_default();
                prepared.extend(gap.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            }
        }
        prepared.push_str(source.slice(item.span));
        if !item.terminated {
            prepared.push(';');
        }
        at = Some(item.span.end as usize);
    }
    prepared
}

/// Reports statements that do not end in `;`: they were read as if they did. The last one may go without.
fn unterminated(source: &Source, items: &[Item], masked: &BTreeSet<usize>, out: &mut Vec<Diagnostic>) {
    let last = items.len().saturating_sub(1);
    for (index, item) in items.iter().enumerate() {
        if item.terminated || masked.contains(&index) || index == last {
            continue;
        }
        let end = Span::at(item.span.end as usize);
        let at = source.locate(Span::new(item.span.end.saturating_sub(1) as usize, item.span.end as usize));
        let fix = Fix {
            title: "insert `;`".to_owned(),
            edits: vec![Edit { location: source.locate(end), text: ";".to_owned() }],
        };
        out.push(Diagnostic::error(codes::SYNTAX, at, "this statement does not end in `;`").fix(fix));
    }
}

/// What Rhai says of a statement that it was given alone.
fn syntax(source: &Source, item: &Item, error: &rhai::ParseError) -> Diagnostic {
    let start = item.span.start as usize;
    let token = Positions::new(source.slice(item.span)).token(error.position());
    let mut span = Span::new(start + token.start as usize, start + token.end as usize);
    if span.start < item.span.start || span.start >= item.span.end || span.is_empty() {
        // Noticed past the statement: point at its last token.
        let body = source.slice(item.span).trim_end();
        let end = item.span.start as usize + body.len();
        let last = body.char_indices().next_back().map_or(0, |(offset, _)| offset);
        span = Span::new(item.span.start as usize + last, end);
    }
    let detail = match error.err_type() {
        ParseErrorType::BadInput(fault) => format!("this cannot be read: {fault}"),
        ParseErrorType::UnexpectedEOF => "the rule ends in the middle".to_owned(),
        ParseErrorType::MissingToken(token, purpose) => format!("missing `{token}` {purpose}"),
        fault => fault.to_string(),
    };
    let mut letters = detail.chars();
    let message: String =
        letters.next().map(|c| c.to_lowercase().chain(letters).collect()).unwrap_or_default();
    Diagnostic::error(codes::SYNTAX, source.locate(span), message.trim_end_matches('.'))
        .help("this statement is left out; everything else in the file is read")
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
        let span = item.map_or_else(|| self.positions.token_at(offset), |span| first_line(self.source, span));
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

fn first_line(source: &Source, span: Span) -> Span {
    let len = source.slice(span).lines().next().map_or(0, |line| line.trim_end().len());
    Span::new(span.start as usize, span.start as usize + len)
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
