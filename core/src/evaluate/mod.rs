//! Evaluation: from facts to a verdict for each rule.

mod conditions;
mod interpret;
mod program;
mod truth;

pub use conditions::Scope;
pub use interpret::{Failure, Interpreter};
pub use program::{Compiled, Program, Register};
pub use truth::Truth;

use crate::diagnostic::Diagnostic;
use crate::facts::Facts;
use crate::rules::{Body, Rule, RuleSet, codes};
use crate::schema::Schema;
use std::sync::Arc;

/// A pack's rules, ready to be asked.
#[derive(Debug)]
pub struct Evaluator {
    program: Program,
    plans: Vec<Plan>,
    /// Made only where some rule needs it.
    interpreter: Option<Interpreter>,
}

#[derive(Debug, Clone, Copy)]
enum Plan {
    Compiled(Compiled),
    Interpreted,
}

impl Evaluator {
    /// Compiles the conditions of all rules together.
    pub fn new(rules: &RuleSet) -> Self {
        let mut program = Program::default();
        let plans: Vec<Plan> = rules
            .rules()
            .iter()
            .map(|rule| match &rule.body {
                Body::Compiled(condition) => Plan::Compiled(program.add(condition)),
                Body::Interpreted { .. } => Plan::Interpreted,
            })
            .collect();
        let needed = plans.iter().any(|plan| matches!(plan, Plan::Interpreted));
        Self { program, plans, interpreter: needed.then(|| Interpreter::new(rules)) }
    }

    /// The compiled conditions.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The verdict of every rule, in the rules' order, into `verdicts`. Rules that only the interpreter can
    /// run keep what `verdicts` holds for them, or are unsettled.
    pub fn compiled(
        &self,
        schema: &Schema,
        facts: &Facts,
        register: &mut Register,
        verdicts: &mut Vec<Truth>,
    ) {
        self.program.run(schema, facts, register);
        verdicts.resize(self.plans.len(), Truth::Unsettled);
        for (verdict, plan) in verdicts.iter_mut().zip(&self.plans) {
            if let Plan::Compiled(compiled) = plan {
                *verdict = register.truth(*compiled);
            }
        }
    }

    /// The verdict of every rule, in the rules' order. A rule that fails or runs out counts as unsettled and
    /// is reported.
    pub fn verdicts(
        &self,
        rules: &RuleSet,
        schema: &Arc<Schema>,
        facts: &Facts,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<Truth> {
        let mut verdicts = vec![];
        self.compiled(schema, facts, &mut Register::default(), &mut verdicts);
        let Some(interpreter) = &self.interpreter else { return verdicts };
        let facts = Arc::new(facts.clone());
        for ((verdict, plan), rule) in verdicts.iter_mut().zip(&self.plans).zip(rules.rules()) {
            if matches!(plan, Plan::Interpreted) {
                *verdict = interpreter.ask(rules, &rule.closure, schema, &facts).unwrap_or_else(|failure| {
                    out.push(report(rules, rule, &failure));
                    Truth::Unsettled
                });
            }
        }
        verdicts
    }
}

fn report(rules: &RuleSet, rule: &Rule, failure: &Failure) -> Diagnostic {
    let (code, what) =
        if failure.limit { (codes::LIMIT, "ran into a limit") } else { (codes::FAILED, "failed") };
    let at = rules.place(rule, failure.position);
    Diagnostic::error(code, at, format!("rule `{}` {what}: {}", rule.id, failure.message))
        .help("it counts as unsettled, never as \"does not fire\"")
}
