//! What can be typed of a condition that only the interpreter can run.
//!
//! Whatever in it could be lowered by itself is, and what that finds wrong is reported: a path that the schema does
//! not have is wrong inside a loop too. What has no type here (a variable that changes, the value of a function that
//! only the interpreter has) is left alone, and what stands around it is still looked at.

use super::{Lowering, Stop, Typed};
use crate::rules::topic::{Function, closure_name, flatten};
use rhai::{ASTNode, Expr, FlowControl, Position, Stmt};
use std::collections::BTreeSet;

/// Parts inside each other that are looked at: a browser's stack is small, and each takes several calls.
const MAX_CHECKED: usize = 32;

impl Lowering<'_, '_, '_> {
    /// Reports what is wrong with a closure over the intake.
    pub(in crate::rules) fn check(&mut self, closure: &Function) {
        let [parameter] = closure.params.as_slice() else { return };
        self.variables = vec![(parameter.clone(), Some(Typed::Group(self.schema.root().id)))];
        self.parts = 0;
        let value = self.body(&closure.body);
        if let Some(value) = value {
            let span =
                closure.body.last().map_or(closure.name_span, |statement| self.statement_span(statement));
            let _ = self.condition(value, span);
        }
    }

    /// A function's statements; its value, where that has a type.
    fn body(&mut self, statements: &[Stmt]) -> Option<Typed> {
        let outside = std::mem::replace(&mut self.changing, changing(statements));
        let value = self.check_block(statements);
        self.changing = outside;
        value
    }

    fn check_block(&mut self, statements: &[Stmt]) -> Option<Typed> {
        let variables = self.variables.len();
        let value = self.deeper(|lowering| {
            let mut value = None;
            for statement in statements {
                value = lowering.check_statement(statement);
            }
            value
        });
        self.variables.truncate(variables);
        value
    }

    /// Looks at something that stands inside what is looked at.
    fn deeper(&mut self, check: impl FnOnce(&mut Self) -> Option<Typed>) -> Option<Typed> {
        self.depth += 1;
        let value = if self.depth > MAX_CHECKED { None } else { check(self) };
        self.depth -= 1;
        value
    }

    fn check_statement(&mut self, statement: &Stmt) -> Option<Typed> {
        match statement {
            Stmt::Expr(expr) => return self.check_expr(expr),
            Stmt::FnCall(call, position) => return self.check_call(call, *position),
            Stmt::Block(block) => return self.check_block(block.statements()),
            Stmt::Var(declared, ..) => {
                let name = declared.0.name.to_string();
                // Only what comes from the intake stays what it is; a list of literals is there to be filled.
                let value = self.check_expr(&declared.1).filter(|value| match value {
                    Typed::Group(_) | Typed::Choice(_) | Typed::List(_) => !self.changing.contains(&name),
                    _ => false,
                });
                self.variables.push((name, value));
            }
            Stmt::If(flow, _) => {
                self.check_test(&flow.expr);
                let (first, second) = self.check_flow(flow);
                return first.and(second);
            }
            Stmt::While(flow, _) | Stmt::Do(flow, ..) => {
                if !matches!(flow.expr, Expr::Unit(_)) {
                    self.check_test(&flow.expr);
                }
                self.check_flow(flow);
            }
            Stmt::For(parts, _) => {
                let (item, counter, flow) = &**parts;
                let list = self.check_expr(&flow.expr);
                let span = self.token(item.pos);
                let value = match list {
                    Some(Typed::List(list)) => Some(self.read(list.item, span)),
                    _ => None,
                };
                let variables = self.variables.len();
                self.variables.push((item.name.to_string(), value));
                self.variables.extend(counter.iter().map(|counter| (counter.name.to_string(), None)));
                self.check_flow(flow);
                self.variables.truncate(variables);
            }
            Stmt::Assignment(parts) => {
                self.check_expr(&parts.1.rhs);
            }
            Stmt::Switch(parts, _) => {
                self.check_expr(&parts.0);
                for case in &parts.1.expressions {
                    self.check_expr(&case.rhs);
                }
            }
            Stmt::Return(Some(expr), ..) | Stmt::BreakLoop(Some(expr), ..) => {
                self.check_expr(expr);
            }
            _ => {}
        }
        None
    }

    fn check_flow(&mut self, flow: &FlowControl) -> (Option<Typed>, Option<Typed>) {
        (self.check_block(flow.body.statements()), self.check_block(flow.branch.statements()))
    }

    /// What is asked by an `if`, a loop or an operator.
    fn check_test(&mut self, test: &Expr) {
        if let Some(value) = self.check_expr(test) {
            let span = self.extent(test);
            let _ = self.condition(value, span);
        }
    }

    /// The type of an expression. Where the whole has none, its parts may still be wrong.
    fn check_expr(&mut self, expr: &Expr) -> Option<Typed> {
        if let Expr::Stmt(block) = expr {
            return self.check_block(block.statements());
        }
        match self.expr(expr) {
            Ok(value) => return Some(value),
            Err(Stop::Wrong) => return None,
            Err(Stop::Interpret { .. }) => {}
        }
        self.deeper(|lowering| {
            lowering.check_inside(expr);
            None
        })
    }

    /// The parts of an expression that has no type as a whole.
    fn check_inside(&mut self, expr: &Expr) {
        match expr {
            Expr::And(parts, _) | Expr::Or(parts, _) => parts.iter().for_each(|part| self.check_test(part)),
            Expr::Array(parts, _) | Expr::InterpolatedString(parts, _) => {
                parts.iter().for_each(|part| self.check_part(part));
            }
            Expr::Coalesce(parts, _) => parts.iter().for_each(|part| self.check_part(part)),
            Expr::Map(parts, _) => parts.0.iter().for_each(|(_, part)| self.check_part(part)),
            Expr::Index(pair, ..) => {
                self.check_expr(&pair.lhs);
                self.check_expr(&pair.rhs);
            }
            Expr::FnCall(call, _) => self.check_parts(call.name.as_str(), &call.args),
            Expr::Dot(..) => self.check_chain(expr),
            _ => {}
        }
    }

    /// A part whose type nothing turns on.
    fn check_part(&mut self, part: &Expr) {
        self.check_expr(part);
    }

    fn check_call(&mut self, call: &rhai::FnCallExpr, position: Position) -> Option<Typed> {
        self.check_expr(&Expr::FnCall(Box::new(call.clone()), position))
    }

    /// The arguments of a call, and what the helper makes of them.
    fn check_parts(&mut self, name: &str, arguments: &[Expr]) {
        let values: Vec<Option<Typed>> = arguments.iter().map(|argument| self.check_expr(argument)).collect();
        let Some((topic, function)) = self.names.functions.get(name).copied() else { return };
        if self.seen.insert(name.to_owned()) {
            let variables = function.params.iter().cloned().zip(values).collect();
            self.inside(topic, variables, |lowering| lowering.body(&function.body));
        }
    }

    /// `a.b(c).d`: as far as it has a type, and then what stands between its brackets.
    fn check_chain(&mut self, expr: &Expr) {
        let mut links = vec![];
        let head = flatten(expr, &mut links);
        let start = self.extent(head);
        let mut value = self.check_expr(head);
        for link in links {
            let span = start.to(self.extent(link));
            let before = value.take();
            match link {
                Expr::Property(name, position) => {
                    let token = self.token(*position);
                    value = before.and_then(|before| self.property(before, &name.2, token, span).ok());
                }
                Expr::MethodCall(call, position) => {
                    let token = self.token(*position);
                    let item = match &before {
                        Some(Typed::List(list)) => Some(self.read(list.item, span)),
                        _ => None,
                    };
                    value = before.and_then(|before| self.method(before, call, token, span).ok());
                    for argument in call.args.iter().filter(|_| value.is_none()) {
                        self.check_argument(argument, item.as_ref());
                    }
                }
                Expr::Index(pair, ..) => {
                    self.check_expr(&pair.rhs);
                }
                _ => {}
            }
        }
    }

    /// An argument of a method; a closure is asked of the list's items.
    fn check_argument(&mut self, argument: &Expr, item: Option<&Typed>) {
        let Expr::DynamicConstant(value, _) = argument else {
            self.check_expr(argument);
            return;
        };
        let bodies = self.names.closures.get(self.topic as usize);
        let function = closure_name(value).and_then(|name| bodies?.get(&name)).cloned();
        let Some(function) = function else { return };
        let mut items = std::iter::once(item.cloned()).chain(std::iter::repeat(None));
        let variables = function.params.iter().cloned().map(|name| (name, items.next().flatten())).collect();
        let topic = self.topic;
        self.inside(topic, variables, |lowering| lowering.body(&function.body));
    }
}

/// The variables that a function assigns to, or calls a method of that may change them.
fn changing(statements: &[Stmt]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut note = |expr: &Expr| {
        let mut links = vec![];
        if let Expr::Variable(name, ..) = flatten(expr, &mut links) {
            names.insert(name.1.to_string());
        }
    };
    for statement in statements {
        statement.walk(&mut vec![], &mut |path: &[ASTNode<'_>]| {
            match path.last() {
                Some(ASTNode::Stmt(Stmt::Assignment(parts))) => note(&parts.1.lhs),
                Some(ASTNode::Expr(expr @ Expr::Dot(..))) => {
                    let mut links = vec![];
                    flatten(expr, &mut links);
                    let unknown = |link: &&Expr| {
                        matches!(link, Expr::MethodCall(call, _) if !super::is_built_in(&call.name))
                    };
                    if links.iter().any(unknown) {
                        note(expr);
                    }
                }
                _ => {}
            }
            true
        });
    }
    names
}
