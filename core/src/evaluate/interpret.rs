//! The reference: a condition run by Rhai itself over the facts.
//!
//! The intake is a value of our own whose fields raise *unanswered* where nobody answered, so that Rhai's
//! silent `()` can never pass for "no". Conditions that cannot be compiled run here and nowhere else.

use super::truth::Truth;
use crate::fact::{Fact, Row};
use crate::facts::Facts;
use crate::rules::{Rule, RuleSet, engine};
use crate::schema::{Field, FieldId, Kind, Place, Schema};
use rhai::packages::{BasicArrayPackage, CorePackage, LogicPackage, MoreStringPackage, Package};
use rhai::{CallFnOptions, Dynamic, Engine, EvalAltResult, ImmutableString, Position, Scope};
use std::sync::Arc;

/// Why a condition came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// It ran into a limit, rather than failed.
    pub limit: bool,
    /// What happened.
    pub message: String,
    /// Where Rhai noticed; the line and column are its own.
    pub position: Position,
}

/// The interpreter for one pack.
pub struct Interpreter {
    engine: Engine,
}

impl std::fmt::Debug for Interpreter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interpreter")
    }
}

/// The intake, or a part of it, as a rule sees it.
#[derive(Clone)]
struct Answers {
    schema: Arc<Schema>,
    facts: Arc<Facts>,
    field: FieldId,
    row: Option<Row>,
}

/// An ordered choice: compares by rank.
#[derive(Clone)]
struct Ranked {
    schema: Arc<Schema>,
    field: FieldId,
    rank: u16,
}

/// What reading an unanswered field raises.
#[derive(Clone)]
struct Unanswered;

impl Interpreter {
    /// An interpreter that knows the pack's constants.
    pub fn new(rules: &RuleSet) -> Self {
        let mut engine = engine::bare();
        CorePackage::new().register_into_engine(&mut engine);
        LogicPackage::new().register_into_engine(&mut engine);
        BasicArrayPackage::new().register_into_engine(&mut engine);
        MoreStringPackage::new().register_into_engine(&mut engine);
        engine.on_print(|_| {});
        engine.on_debug(|_, _, _| {});
        engine.register_type_with_name::<Answers>("the intake").register_indexer_get(get);
        register_ranks(&mut engine);
        let constants = rules.values();
        #[expect(deprecated, reason = "Rhai marks its variable resolver as volatile, not as going away")]
        engine.on_var(move |name, _, context| {
            // A parameter or a `let` of the same name is nearer.
            let local = context.scope().contains(name);
            Ok(constants.get(name).filter(|_| !local).cloned())
        });
        Self { engine }
    }

    /// What Rhai says of a rule's condition, however the rule is evaluated otherwise: the reference that the
    /// compiled form is held to.
    pub fn ask_rule(
        &self,
        rules: &RuleSet,
        rule: &Rule,
        schema: &Arc<Schema>,
        facts: &Arc<Facts>,
    ) -> Result<Truth, Failure> {
        self.ask(rules, &rule.closure, schema, facts)
    }

    /// What a closure of the pack says of these facts.
    pub fn ask(
        &self,
        rules: &RuleSet,
        closure: &str,
        schema: &Arc<Schema>,
        facts: &Arc<Facts>,
    ) -> Result<Truth, Failure> {
        let intake = Answers {
            schema: Arc::clone(schema),
            facts: Arc::clone(facts),
            field: schema.root().id,
            row: None,
        };
        let options = CallFnOptions::new().eval_ast(false).rewind_scope(true);
        let answer: Result<Dynamic, _> =
            self.engine.call_fn_with_options(options, &mut Scope::new(), rules.ast(), closure, (intake,));
        match answer {
            Ok(value) => match value.as_bool() {
                Ok(value) => Ok(Truth::from(value)),
                Err(kind) => Err(Failure {
                    limit: false,
                    message: format!("the condition gave a value of type {kind}, not `true` or `false`"),
                    position: Position::NONE,
                }),
            },
            Err(error) if is_unanswered(&error) => Ok(Truth::Unsettled),
            Err(error) => Err(failure(&error)),
        }
    }
}

fn is_unanswered(error: &EvalAltResult) -> bool {
    match error.unwrap_inner() {
        EvalAltResult::ErrorRuntime(value, _) => value.is::<Unanswered>(),
        _ => false,
    }
}

fn failure(error: &EvalAltResult) -> Failure {
    let inner = error.unwrap_inner();
    let limit = matches!(
        inner,
        EvalAltResult::ErrorTooManyOperations(_)
            | EvalAltResult::ErrorStackOverflow(_)
            | EvalAltResult::ErrorDataTooLarge(..)
            | EvalAltResult::ErrorTooManyVariables(_)
    );
    let position = inner.position();
    let mut bare = inner.to_string();
    // Rhai appends the place, which the diagnostic shows better.
    if let Some(at) = bare.rfind(" (line ") {
        bare.truncate(at);
    }
    let mut letters = bare.chars();
    let message = letters.next().map(|c| c.to_lowercase().chain(letters).collect()).unwrap_or_default();
    Failure { limit, message, position }
}

#[expect(clippy::needless_pass_by_value, reason = "Rhai hands indexers their key by value")]
fn get(answers: &mut Answers, key: ImmutableString) -> Result<Dynamic, Box<EvalAltResult>> {
    let schema = Arc::clone(&answers.schema);
    let group = schema.field(answers.field);
    match schema.child(group, &key) {
        Some(field) => answers.read(field),
        None => Err(format!("the intake has no field `{key}` here").into()),
    }
}

impl Answers {
    fn read(&self, field: &Field) -> Result<Dynamic, Box<EvalAltResult>> {
        let fact = match field.place {
            Place::Group => return Ok(Dynamic::from(Self { field: field.id, ..self.clone() })),
            Place::Slot(slot) => self.facts.value(slot),
            Place::Column(column) => {
                self.row.as_ref().and_then(|row| row.cells.get(column as usize)).unwrap_or(&Fact::Unknown)
            }
        };
        self.dynamic(field, fact)
    }

    fn dynamic(&self, field: &Field, fact: &Fact) -> Result<Dynamic, Box<EvalAltResult>> {
        Ok(match (fact, &field.kind) {
            (Fact::Bool(value), _) => (*value).into(),
            (Fact::Int(number), _) => (*number).into(),
            (Fact::Text(text), _) => text.as_ref().into(),
            (Fact::Choice(rank), Kind::Choice(choices)) if choices.ordered => {
                Dynamic::from(Ranked { schema: Arc::clone(&self.schema), field: field.id, rank: *rank })
            }
            (Fact::Choice(_), _) => field.write(fact).into(),
            (Fact::List(rows), Kind::List { item, .. }) => {
                let item = self.schema.field(*item);
                let mut items = rhai::Array::new();
                for row in rows.iter() {
                    let handle = Self { row: Some(row.clone()), field: item.id, ..self.clone() };
                    items.push(if item.place == Place::Group {
                        Dynamic::from(handle)
                    } else {
                        handle.read(item)?
                    });
                }
                items.into()
            }
            _ => return Err(EvalAltResult::ErrorRuntime(Dynamic::from(Unanswered), Position::NONE).into()),
        })
    }
}

impl Ranked {
    fn text(&self) -> String {
        self.schema.field(self.field).write(&Fact::Choice(self.rank))
    }

    /// The rank of a text among the same choices.
    fn rank_of(&self, text: &str) -> Option<u16> {
        self.schema.field(self.field).choices().and_then(|choices| choices.position(text))
    }
}

/// The operators that take an ordered choice, on either side.
fn register_ranks(engine: &mut Engine) {
    use crate::rules::condition::Comparison;
    engine.register_type_with_name::<Ranked>("an ordered choice");
    engine.register_fn("to_string", |choice: &mut Ranked| choice.text());
    for operator in ["==", "!=", "<", "<=", ">", ">="] {
        let Some(how) = Comparison::from_operator(operator) else { continue };
        let by_text = move |choice: &Ranked, text: &str, how: Comparison| match choice.rank_of(text) {
            Some(rank) => how.holds(choice.rank.cmp(&rank)),
            None => how == Comparison::NotEqual,
        };
        engine.register_fn(operator, move |left: Ranked, right: ImmutableString| by_text(&left, &right, how));
        engine.register_fn(operator, move |left: ImmutableString, right: Ranked| {
            by_text(&right, &left, how.flip())
        });
        engine.register_fn(operator, move |left: Ranked, right: Ranked| {
            if left.field == right.field {
                return how.holds(left.rank.cmp(&right.rank));
            }
            by_text(&left, &right.text(), how)
        });
    }
}
