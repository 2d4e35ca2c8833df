//! Which helpers and constants the rules of a pack use.

use super::RuleSet;
use super::topic::{ArgumentValue, Function, Topic};
use rhai::{ASTNode, Expr, Stmt};
use std::collections::BTreeSet;

impl RuleSet {
    /// The names of the helpers and constants that some rule uses, itself or through a helper.
    pub fn used_names(&self) -> BTreeSet<String> {
        let mut search = Search { topics: self.topics(), used: BTreeSet::new() };
        for topic in self.topics() {
            let arguments = topic.rules.iter().flat_map(|rule| &rule.calls).flat_map(|call| &call.arguments);
            for argument in arguments {
                match &argument.value {
                    ArgumentValue::Closure(closure) => search.function(topic, closure),
                    ArgumentValue::Name(name) => search.name(name),
                    ArgumentValue::Text(_) | ArgumentValue::Int(_) | ArgumentValue::Other => {}
                }
            }
        }
        search.used
    }
}

struct Search<'a> {
    topics: &'a [Topic],
    used: BTreeSet<String>,
}

impl Search<'_> {
    fn name(&mut self, name: &str) {
        if !self.used.insert(name.to_owned()) {
            return;
        }
        for topic in self.topics {
            for function in topic.functions.iter().filter(|function| function.name == name) {
                self.function(topic, function);
            }
        }
    }

    fn function(&mut self, topic: &Topic, function: &Function) {
        let mut names = vec![];
        for statement in &function.body {
            statement.walk(&mut vec![], &mut |path: &[ASTNode<'_>]| {
                match path.last() {
                    Some(ASTNode::Expr(Expr::FnCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _))) => {
                        names.push(call.name.to_string());
                    }
                    Some(ASTNode::Expr(Expr::Variable(variable, ..))) => names.push(variable.1.to_string()),
                    _ => {}
                }
                true
            });
        }
        for name in names {
            self.name(&name);
        }
        for inner in function.holds().iter().filter_map(|name| topic.closures.get(name)) {
            self.function(topic, inner);
        }
    }
}
