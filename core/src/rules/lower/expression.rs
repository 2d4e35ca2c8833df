//! Expressions and blocks.

use super::{List, Lowering, MAX_CALLS, MAX_DEPTH, MAX_PARTS, MAX_VARIABLES, Stop, Typed};
use crate::diagnostic::Fix;
use crate::rules::codes;
use crate::rules::condition::{Arithmetic, Comparison, Condition, ConditionKind, Term};
use crate::rules::topic::{Function, closure_name, flatten};
use crate::schema::FieldId;
use crate::source::Span;
use crate::suggest;
use rhai::{Expr, FnCallExpr, Position, Stmt};

const TOO_DEEP: &str = "more parts inside each other than a compiled condition may have";

impl<'a> Lowering<'a, '_, '_> {
    /// The value of a block: its last statement, or the first `return`.
    pub(super) fn block(&mut self, statements: &[Stmt]) -> Result<Typed, Stop> {
        let variables = self.variables.len();
        self.depth += 1;
        let value = if self.depth > MAX_DEPTH {
            let at = statements.first().map_or_else(|| Span::at(0), |first| self.token(first.position()));
            self.interpret(at, TOO_DEEP)
        } else {
            self.statements(statements)
        };
        self.depth -= 1;
        self.variables.truncate(variables);
        value
    }

    fn statements(&mut self, statements: &[Stmt]) -> Result<Typed, Stop> {
        let mut statements = statements.iter().filter(|statement| !statement.is_noop());
        while let Some(statement) = statements.next() {
            let last = statements.clone().next().is_none();
            match statement {
                Stmt::Var(declared, ..) => {
                    let value = self.expr(&declared.1)?;
                    if self.variables.len() >= MAX_VARIABLES {
                        let span = self.token(declared.0.pos);
                        return self.interpret(span, "more variables than a compiled condition may have");
                    }
                    self.variables.push((declared.0.name.to_string(), Some(value)));
                }
                Stmt::Expr(expr) if last => return self.expr(expr),
                Stmt::FnCall(call, position) if last => return self.call(call, *position),
                Stmt::Return(Some(expr), flags, _) if !flags.contains(rhai::ASTFlags::BREAK) => {
                    return self.expr(expr);
                }
                Stmt::Block(block) if last => return self.block(block.statements()),
                Stmt::If(flow, position) => {
                    let span = self.token(*position);
                    let rest: Vec<Stmt>;
                    let otherwise = if last {
                        flow.branch.statements()
                    } else if flow.branch.is_empty() && returns(flow.body.statements()) {
                        rest = statements.cloned().collect();
                        self.parts = self.parts.saturating_add(rest.len());
                        &rest
                    } else {
                        return self.interpret(span, "statements after an `if`");
                    };
                    return self.branches(&flow.expr, flow.body.statements(), otherwise, span);
                }
                other => {
                    let span = self.statement_span(other);
                    return self.interpret(span, statement_name(other));
                }
            }
        }
        self.interpret(Span::at(0), "a block without a value")
    }

    fn branches(
        &mut self,
        test: &Expr,
        body: &[Stmt],
        otherwise: &[Stmt],
        span: Span,
    ) -> Result<Typed, Stop> {
        if otherwise.iter().all(Stmt::is_noop) {
            return Err(self.wrong(
                codes::TYPE_MISMATCH,
                span,
                "without an `else`, this has no value where the condition does not hold",
            ));
        }
        let value = self.expr(test)?;
        let test_span = self.extent(test);
        let test = self.condition(value, test_span)?;
        let (first, second) = (self.block(body)?, self.block(otherwise)?);
        match (self.plain(first), self.plain(second)) {
            (Typed::Bool(first), Typed::Bool(second)) => {
                Ok(Typed::Bool(self.make(ConditionKind::If(Box::new([test, first, second])), span)))
            }
            (Typed::Int(first), Typed::Int(second)) => {
                Ok(Typed::Int(Term::If(Box::new(test), Box::new([first, second]))))
            }
            (Typed::Text(first), Typed::Text(second)) => {
                Ok(Typed::Text(Term::If(Box::new(test), Box::new([first, second]))))
            }
            (first, second) => {
                let (first, second) = (self.describe(&first), self.describe(&second));
                Err(self.wrong(
                    codes::TYPE_MISMATCH,
                    span,
                    format!("one branch gives {first}, the other {second}"),
                ))
            }
        }
    }

    /// A choice as the text that it is, everything else as it is.
    pub(super) fn plain(&self, value: Typed) -> Typed {
        match value {
            Typed::Choice(subject) => Typed::Text(Term::Field(subject)),
            other => other,
        }
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> Result<Typed, Stop> {
        self.depth += 1;
        let value = if self.depth > MAX_DEPTH {
            let at = self.token(expr.start_position());
            self.interpret(at, TOO_DEEP)
        } else {
            self.any_expr(expr)
        };
        self.depth -= 1;
        value
    }

    fn any_expr(&mut self, expr: &Expr) -> Result<Typed, Stop> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            let span = self.extent(expr);
            return self.interpret(
                span,
                "more parts than a compiled condition may have once its helpers are put in",
            );
        }
        match expr {
            Expr::BoolConstant(value, position) => {
                let span = self.token(*position);
                Ok(Typed::Bool(self.make(ConditionKind::Const(*value), span)))
            }
            Expr::IntegerConstant(value, _) => Ok(Typed::Int(Term::Int(*value))),
            Expr::StringConstant(text, _) => Ok(Typed::Text(Term::Text(text.as_str().into()))),
            Expr::Variable(name, _, position) => {
                let span = self.token(*position);
                self.variable(name.1.as_str(), span)
            }
            Expr::And(parts, _) => self.all(parts, expr, ConditionKind::And),
            Expr::Or(parts, _) => self.all(parts, expr, ConditionKind::Or),
            Expr::Dot(..) => self.chain(expr),
            Expr::Index(pair, ..) => match &pair.rhs {
                Expr::StringConstant(key, position) => {
                    let subject = self.expr(&pair.lhs)?;
                    let token = self.token(*position);
                    let span = self.extent(expr);
                    self.property(subject, key, token, span)
                }
                _ => {
                    let span = self.extent(expr);
                    self.interpret(span, "an index")
                }
            },
            Expr::FnCall(call, position) => self.call(call, *position),
            Expr::Array(parts, _) => {
                let mut values = vec![];
                for part in parts.iter() {
                    let span = self.extent(part);
                    values.push((self.expr(part)?, span));
                }
                Ok(Typed::Array(values))
            }
            Expr::Stmt(block) => self.block(block.statements()),
            Expr::ThisPtr(position) => {
                let span = self.token(*position);
                Err(self.wrong(codes::UNKNOWN_VARIABLE, span, "`this` means nothing in a rule"))
            }
            other => {
                let span = self.extent(other);
                self.interpret(span, expression_name(other))
            }
        }
    }

    fn all(
        &mut self,
        parts: &[Expr],
        whole: &Expr,
        kind: fn(Vec<Condition>) -> ConditionKind,
    ) -> Result<Typed, Stop> {
        let mut conditions = vec![];
        for part in parts {
            let value = self.expr(part)?;
            let span = self.extent(part);
            conditions.push(self.condition(value, span)?);
        }
        let span = self.extent(whole);
        Ok(Typed::Bool(self.make(kind(conditions), span)))
    }

    fn variable(&mut self, name: &str, span: Span) -> Result<Typed, Stop> {
        if let Some((_, value)) = self.variables.iter().rev().find(|(known, _)| known == name) {
            let Some(value) = value.clone() else {
                return self.interpret(span, "a variable that changes");
            };
            self.copied(&value, span)?;
            return Ok(match value {
                // A condition that is read by its name is shown where it is read.
                Typed::Bool(condition) if matches!(condition.kind, ConditionKind::Const(_)) => {
                    Typed::Bool(Condition { at: self.at(span), ..condition })
                }
                other => other,
            });
        }
        if let Some((topic, constant)) = self.names.constants.get(name) {
            let here = std::mem::replace(&mut self.topic, *topic);
            let outer = std::mem::take(&mut self.variables);
            let value = self.expr(&constant.value);
            self.variables = outer;
            self.topic = here;
            return value;
        }
        let captured = self.outer.iter().any(|known| known == name);
        let mut diagnostic = if captured {
            self.diagnostic(
                codes::UNKNOWN_VARIABLE,
                span,
                format!("`{name}` belongs to the function further out"),
            )
            .help("a closure reads only its own parameter and the pack's constants")
        } else {
            self.diagnostic(codes::UNKNOWN_VARIABLE, span, format!("there is no variable `{name}`"))
        };
        let known =
            self.variables.iter().map(|(name, _)| name.as_str()).chain(self.names.constants.keys().copied());
        if let Some(meant) = suggest::nearest(name, known).map(str::to_owned).filter(|_| !captured) {
            let fix = Fix::replace(diagnostic.location.clone(), &meant);
            diagnostic = diagnostic.help(format!("did you mean `{meant}`?")).fix(fix);
        }
        Err(self.report(diagnostic))
    }

    /// `a.b.c(d)`
    fn chain(&mut self, expr: &Expr) -> Result<Typed, Stop> {
        let mut links = vec![];
        let head = flatten(expr, &mut links);
        let start = self.extent(head);
        let mut value = self.expr(head)?;
        for link in links {
            let span = start.to(self.extent(link));
            value = match link {
                Expr::Property(name, position) => {
                    let token = self.token(*position);
                    self.property(value, &name.2, token, span)?
                }
                Expr::MethodCall(call, position) => {
                    let token = self.token(*position);
                    self.method(value, call, token, span)?
                }
                Expr::Index(pair, ..) => {
                    let token = self.extent(&pair.lhs);
                    return self.interpret(token, "an index");
                }
                other => {
                    let span = self.extent(other);
                    return self.interpret(span, expression_name(other));
                }
            };
        }
        Ok(value)
    }

    /// `subject.name`
    pub(super) fn property(
        &mut self,
        subject: Typed,
        name: &str,
        token: Span,
        span: Span,
    ) -> Result<Typed, Stop> {
        match subject {
            Typed::Group(group) => {
                let group = self.schema.field(group);
                match self.schema.child(group, name) {
                    Some(field) => Ok(self.read(field.id, span)),
                    None => Err(self.unknown_path(group.id, name, token)),
                }
            }
            Typed::List(list) if name == "len" => Ok(Typed::Int(super::methods::count(list))),
            Typed::List(list) if name == "is_empty" => Ok(Typed::Bool(self.is_empty(list, span))),
            Typed::Text(term) if name == "len" => Ok(Typed::Int(Term::Length(Box::new(term)))),
            other => {
                let what = self.describe(&other);
                Err(self.wrong(codes::UNKNOWN_PATH, token, format!("{what} has no field `{name}`")))
            }
        }
    }

    fn unknown_path(&mut self, group: FieldId, name: &str, token: Span) -> Stop {
        let group = self.schema.field(group);
        let known: Vec<&str> =
            self.schema.children(group).iter().map(|id| self.schema.field(*id).key.as_str()).collect();
        let place = if group.path.is_empty() { "the intake".to_owned() } else { format!("`{}`", group.path) };
        let mut diagnostic =
            self.diagnostic(codes::UNKNOWN_PATH, token, format!("{place} has no field `{name}`"));
        let elsewhere =
            self.schema.fields().iter().find(|field| field.key == name && !field.path.contains("[]"));
        diagnostic = if let Some(meant) = suggest::nearest(name, known.iter().copied()) {
            let fix = Fix::replace(diagnostic.location.clone(), meant);
            diagnostic.help(format!("did you mean `{meant}`?")).fix(fix)
        } else if let Some(field) = elsewhere {
            diagnostic.help(format!("there is `{}`", field.path))
        } else {
            diagnostic.help(format!("{place} has {}", suggest::all_of(known)))
        };
        self.report(diagnostic)
    }

    /// `name(…)` and operators.
    pub(super) fn call(&mut self, call: &FnCallExpr, position: Position) -> Result<Typed, Stop> {
        let token = self.token(position);
        let whole = self.extent(&Expr::FnCall(Box::new(call.clone()), position));
        match (call.name.as_str(), call.args.as_slice()) {
            ("!", [inner]) => {
                let value = self.expr(inner)?;
                let span = self.extent(inner);
                let inner = self.condition(value, span)?;
                return Ok(Typed::Bool(self.make(ConditionKind::Not(Box::new(inner)), whole)));
            }
            ("-", [inner]) => {
                return match self.expr(inner)? {
                    Typed::Int(Term::Int(number)) => Ok(Typed::Int(Term::Int(number.saturating_neg()))),
                    Typed::Int(term) => Ok(Typed::Int(Term::Arithmetic {
                        how: Arithmetic::Subtract,
                        left: Box::new(Term::Int(0)),
                        right: Box::new(term),
                    })),
                    other => {
                        let what = self.describe(&other);
                        Err(self.wrong(codes::TYPE_MISMATCH, whole, format!("{what} has no negative")))
                    }
                };
            }
            (operator @ (".." | "..="), [first, last]) => {
                return match (self.expr(first)?, self.expr(last)?) {
                    (Typed::Int(first), Typed::Int(last)) => Ok(Typed::Range(first, last, operator == "..=")),
                    _ => Err(self.wrong(
                        codes::TYPE_MISMATCH,
                        whole,
                        "a range goes from one number to another",
                    )),
                };
            }
            ("contains", [haystack, needle]) => {
                let (haystack_span, needle_span) = (self.extent(haystack), self.extent(needle));
                let (haystack, needle) = (self.expr(haystack)?, self.expr(needle)?);
                return self.holds((haystack, haystack_span), (needle, needle_span), whole);
            }
            (operator, [left, right]) if call.op_token.is_some() => {
                let (left_span, right_span) = (self.extent(left), self.extent(right));
                let (left, right) = (self.expr(left)?, self.expr(right)?);
                if let Some(how) = Comparison::from_operator(operator) {
                    return self.compare(how, (left, left_span), (right, right_span), whole, token);
                }
                if let Some(how) = Arithmetic::from_operator(operator) {
                    return self.arithmetic(how, left, right, whole);
                }
            }
            _ => {}
        }
        self.helper(call, token, whole)
    }

    fn arithmetic(&mut self, how: Arithmetic, left: Typed, right: Typed, span: Span) -> Result<Typed, Stop> {
        match (left, right) {
            (Typed::Int(left), Typed::Int(right)) => {
                Ok(Typed::Int(Term::Arithmetic { how, left: Box::new(left), right: Box::new(right) }))
            }
            (Typed::Text(_), Typed::Text(_)) if how == Arithmetic::Add => {
                self.interpret(span, "joined texts")
            }
            (left, right) => {
                let (left, right) = (self.describe(&left), self.describe(&right));
                Err(self.wrong(
                    codes::TYPE_MISMATCH,
                    span,
                    format!("{left} and {right} cannot be combined so"),
                ))
            }
        }
    }

    /// A helper function of the pack, put in where it is called.
    fn helper(&mut self, call: &FnCallExpr, token: Span, whole: Span) -> Result<Typed, Stop> {
        let name = call.name.as_str();
        let Some((topic, function)) = self.names.functions.get(name).copied() else {
            if let [subject, ..] = call.args.as_slice()
                && super::methods::is_method(name)
            {
                let subject = self.expr(subject)?;
                let rest = FnCallExpr { args: call.args.iter().skip(1).cloned().collect(), ..call.clone() };
                return self.method(subject, &rest, token, whole);
            }
            if super::methods::is_builtin(name) || call.op_token.is_some() {
                return self.interpret(whole, format!("`{name}`"));
            }
            let mut diagnostic =
                self.diagnostic(codes::UNKNOWN_FUNCTION, token, format!("there is no function `{name}`"));
            if let Some(meant) = suggest::nearest(name, self.names.functions.keys().copied()) {
                let fix = Fix::replace(diagnostic.location.clone(), meant);
                diagnostic = diagnostic.help(format!("did you mean `{meant}`?")).fix(fix);
            }
            return Err(self.report(diagnostic));
        };
        if function.params.len() != call.args.len() {
            let message =
                format!("`{name}` takes {} arguments, not {}", function.params.len(), call.args.len());
            return Err(self.wrong(codes::BAD_ARGUMENT, whole, message));
        }
        if self.calls.iter().any(|known| known == name) {
            return self.interpret(whole, format!("`{name}`, which calls itself"));
        }
        if self.calls.len() >= MAX_CALLS {
            return self.interpret(whole, "helpers that call helpers too deep");
        }
        let mut arguments = vec![];
        for (parameter, argument) in function.params.iter().zip(call.args.iter()) {
            arguments.push((parameter.clone(), Some(self.expr(argument)?)));
        }
        self.calls.push(name.to_owned());
        let value = self.inside(topic, arguments, |lowering| lowering.block(&function.body));
        self.calls.pop();
        value
    }

    /// Works with other variables, in another topic.
    pub(super) fn inside<T>(
        &mut self,
        topic: u16,
        variables: Vec<(String, Option<Typed>)>,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let here = std::mem::replace(&mut self.topic, topic);
        let outside = std::mem::replace(&mut self.variables, variables);
        let outer = self.outer.len();
        self.outer.extend(outside.iter().map(|(name, _)| name.clone()));
        let value = work(self);
        self.outer.truncate(outer);
        self.variables = outside;
        self.topic = here;
        value
    }

    /// What a closure asks of each item of a list.
    pub(super) fn predicate(
        &mut self,
        argument: Option<&Expr>,
        list: &List,
        span: Span,
    ) -> Result<Condition, Stop> {
        let function: Option<Function> = match argument {
            Some(Expr::DynamicConstant(value, _)) => {
                let bodies = self.names.closures.get(self.topic as usize);
                closure_name(value).and_then(|name| bodies?.get(&name)).cloned()
            }
            _ => None,
        };
        let Some(function) = function else {
            return self.interpret(span, "a function that is not written in place");
        };
        let [parameter] = function.params.as_slice() else {
            return self.interpret(span, "a closure with more than one parameter");
        };
        let item = self.read(list.item, span);
        let variables = vec![(parameter.clone(), Some(item))];
        let topic = self.topic;
        let value = self.inside(topic, variables, |lowering| lowering.block(&function.body))?;
        let at = function.body.last().map_or(span, |statement| self.statement_span(statement));
        self.condition(value, at)
    }
}

/// Whether a block always ends in `return`.
fn returns(statements: &[Stmt]) -> bool {
    matches!(statements.last(), Some(Stmt::Return(_, flags, _)) if !flags.contains(rhai::ASTFlags::BREAK))
}

fn statement_name(statement: &Stmt) -> &'static str {
    match statement {
        Stmt::While(..) | Stmt::Do(..) | Stmt::For(..) => "a loop",
        Stmt::Assignment(..) => "an assignment",
        Stmt::Switch(..) => "`switch`",
        Stmt::Return(..) => "`throw`",
        Stmt::BreakLoop(..) => "`break`",
        _ => "a statement without a value",
    }
}

fn expression_name(expr: &Expr) -> &'static str {
    match expr {
        Expr::InterpolatedString(..) => "an interpolated text",
        Expr::CharConstant(..) => "a single character",
        Expr::Map(..) => "an object",
        Expr::Coalesce(..) => "`??`",
        Expr::Unit(..) => "`()`",
        Expr::DynamicConstant(..) => "a closure outside a list's methods",
        Expr::Index(..) => "an index",
        _ => "an expression that conditions do not have",
    }
}
