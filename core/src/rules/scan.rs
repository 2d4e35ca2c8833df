//! What an interpreted condition reads, found by its text alone, and what no rule may contain.

use super::codes;
use super::lower::Names;
use super::topic::{Function, flatten};
use crate::diagnostic::Diagnostic;
use crate::schema::{Kind, Place, Schema, Slot};
use rhai::{ASTNode, Expr, Stmt};
use std::collections::BTreeSet;

/// The slots that a closure can read, itself or through helpers: every path that begins like one of the
/// intake's, whatever variable it is written on. `None` where it, or a helper, holds what no rule may contain;
/// [`forbidden`] reports that.
pub(super) fn reads(schema: &Schema, names: &Names<'_>, topic: u16, closure: &Function) -> Option<Vec<Slot>> {
    let mut scan = Scan { schema, names, seen: BTreeSet::new(), slots: BTreeSet::new(), hides: false };
    scan.function(topic, closure);
    (!scan.hides).then(|| scan.slots.into_iter().collect())
}

struct Scan<'a, 'n> {
    schema: &'a Schema,
    names: &'n Names<'a>,
    seen: BTreeSet<String>,
    slots: BTreeSet<Slot>,
    hides: bool,
}

impl Scan<'_, '_> {
    fn function(&mut self, topic: u16, function: &Function) {
        if !self.seen.insert(function.name.clone()) {
            return;
        }
        let mut called = vec![];
        let mut paths = vec![];
        let mut indexed = false;
        for statement in &function.body {
            statement.walk(&mut vec![], &mut |path: &[ASTNode<'_>]| {
                match path.last() {
                    Some(ASTNode::Expr(expr @ Expr::Dot(..))) => {
                        // A chain nests to the right: only its outermost pair is the whole path.
                        let nested = matches!(path, [.., ASTNode::Expr(Expr::Dot(parent, ..)), _] if std::ptr::eq(&parent.rhs, *expr));
                        if !nested {
                            paths.push((*expr).clone());
                        }
                    }
                    Some(ASTNode::Stmt(Stmt::TryCatch(..))) => self.hides = true,
                    Some(ASTNode::Expr(Expr::Index(..))) => indexed = true,
                    Some(ASTNode::Expr(Expr::FnCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _))) => {
                        called.push(call.name.to_string());
                    }
                    _ => {}
                }
                true
            });
        }
        // What stands between square brackets may be any path.
        if indexed {
            self.slots.extend(self.schema.slots().map(|(slot, _)| slot));
        }
        for path in &paths {
            self.path(path);
        }
        for function in inner(self.names, topic, function) {
            self.function(topic, function);
        }
        for name in called {
            if let Some((topic, function)) = self.names.functions.get(name.as_str()).copied() {
                self.function(topic, function);
            }
        }
    }

    fn path(&mut self, expr: &Expr) {
        let mut links = vec![];
        let Expr::Variable(..) = flatten(expr, &mut links) else { return };
        let mut field = self.schema.root();
        for link in links {
            let Expr::Property(key, _) = link else { break };
            if !matches!(field.kind, Kind::Group(_)) {
                break;
            }
            let Some(child) = self.schema.child(field, &key.2) else { return };
            field = child;
        }
        self.below(field.id);
    }

    fn below(&mut self, id: crate::schema::FieldId) {
        let field = self.schema.field(id);
        match field.place {
            Place::Slot(slot) => {
                self.slots.insert(slot);
            }
            Place::Group if !field.path.is_empty() => {
                for child in self.schema.children(field).to_vec() {
                    self.below(child);
                }
            }
            _ => {}
        }
    }
}

/// The closures that are written in a function.
fn inner<'a>(names: &Names<'a>, topic: u16, function: &Function) -> Vec<&'a Function> {
    let Some(closures) = names.closures.get(topic as usize) else { return vec![] };
    function.holds().iter().filter_map(|name| closures.get(name)).collect()
}

/// Reports what would let a rule hide that an answer is missing, here or in a closure that is written here.
pub(super) fn forbidden(names: &Names<'_>, topic: u16, function: &Function, out: &mut Vec<Diagnostic>) {
    let (Some(positions), Some(source)) =
        (names.positions.get(topic as usize), names.topics.get(topic as usize).map(|topic| &topic.source))
    else {
        return;
    };
    for statement in &function.body {
        statement.walk(&mut vec![], &mut |path: &[ASTNode<'_>]| {
            if let Some(ASTNode::Stmt(statement @ Stmt::TryCatch(..))) = path.last() {
                let at = source.locate(positions.token(statement.position()));
                out.push(
                    Diagnostic::error(codes::FORBIDDEN, at, "`try` is not for rules")
                        .help("it could hide that an answer is missing; a rule that fails is reported and counts as unsettled"),
                );
            }
            true
        });
    }
    for function in inner(names, topic, function) {
        forbidden(names, topic, function, out);
    }
}
