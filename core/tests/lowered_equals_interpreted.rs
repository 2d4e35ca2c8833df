//! A condition means one thing: the interpreter's answer. Generated intakes ask every rule both ways.
//!
//! On complete intakes both forms agree. On drafts, whatever the lowered form calls settled is what the
//! interpreter says of every completion that was tried, and whatever the interpreter can settle, the lowered
//! form settles too. `REMIT_SEED` replays a run, `REMIT_PROPERTY_CASES` multiplies its cases.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may")]
#![allow(clippy::print_stderr, reason = "how much was settled is worth seeing")]

mod nasty;
mod random;

use random::Random;
use remit_core::evaluate::{Interpreter, Register, Scope, Truth};
use remit_core::fact::{Fact, Row};
use remit_core::facts::Facts;
use remit_core::pack::{self, FileMap, Pack};
use remit_core::rules::Body;
use remit_core::rules::condition::{Condition, ConditionKind, Term, Test};
use remit_core::schema::{FieldId, Kind, Slot, TextFormat};
use remit_core::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rules whose arithmetic may fail at run time. The interpreter then fails as a whole, while the lowered form
/// may still settle what does not depend on the number that is not there.
const MAY_FAIL: &str = "may-fail";

fn load(files: &FileMap) -> Pack {
    let loaded = pack::load(files);
    let faults: Vec<_> = loaded.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    loaded.pack.unwrap()
}

/// What is worth answering: for each field, the literals that rules compare it with.
#[derive(Default)]
struct Literals {
    numbers: Vec<i64>,
    texts: Vec<Arc<str>>,
}

fn terms(condition: &Condition, visit: &mut dyn FnMut(&Term)) {
    match &condition.kind {
        ConditionKind::Const(_) => {}
        ConditionKind::Not(inner) => terms(inner, visit),
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            parts.iter().for_each(|part| terms(part, visit));
        }
        ConditionKind::If(parts) => parts.iter().for_each(|part| terms(part, visit)),
        ConditionKind::Test(Test::Is { .. }) => {}
        ConditionKind::Test(
            Test::Compare { left, right, .. } | Test::Text { subject: left, argument: right, .. },
        ) => {
            term(left, visit);
            term(right, visit);
        }
        ConditionKind::Test(Test::Quantified { predicate, .. }) => terms(predicate, visit),
    }
}

fn term(value: &Term, visit: &mut dyn FnMut(&Term)) {
    visit(value);
    match value {
        Term::Int(_) | Term::Text(_) | Term::Field(_) | Term::Rank(_) => {}
        Term::Length(inner) | Term::Case { text: inner, .. } => term(inner, visit),
        Term::Count { predicate, .. } => predicate.iter().for_each(|predicate| terms(predicate, visit)),
        Term::Arithmetic { left, right, .. } => {
            term(left, visit);
            term(right, visit);
        }
        Term::If(condition, arms) => {
            terms(condition, visit);
            arms.iter().for_each(|arm| term(arm, visit));
        }
    }
}

struct Generator<'p> {
    pack: &'p Pack,
    literals: Literals,
    /// Slots that some rule reads; the others cannot change a verdict.
    read: Vec<Slot>,
}

impl<'p> Generator<'p> {
    fn new(pack: &'p Pack) -> Self {
        let mut literals = Literals::default();
        for rule in pack.rules.rules() {
            let Body::Compiled(condition) = &rule.body else { continue };
            terms(condition, &mut |term| match term {
                Term::Int(number) => literals.numbers.push(*number),
                Term::Text(text) => literals.texts.push(Arc::clone(text)),
                _ => {}
            });
        }
        literals.numbers.sort_unstable();
        literals.numbers.dedup();
        literals.texts.sort_unstable();
        literals.texts.dedup();
        literals.numbers.extend([0, 1]);
        for text in ["", "ä🦀", "pager 123", "ẞtraße", "prefix", "2026-11-20"] {
            literals.texts.push(text.into());
        }
        let mut read: Vec<Slot> =
            pack.rules.rules().iter().flat_map(|rule| rule.reads.iter().copied()).collect();
        read.sort_unstable();
        read.dedup();
        Self { pack, literals, read }
    }

    fn value(&self, id: FieldId, random: &mut Random) -> Fact {
        match &self.pack.schema.field(id).kind {
            Kind::Bool => Fact::Bool(random.chance(2)),
            Kind::Choice(choices) => Fact::Choice(random.below(choices.values.len()) as u16),
            Kind::Int { min, max } => {
                let near = *random.pick(&self.literals.numbers);
                let number = near.saturating_add(random.below(3) as i64 - 1);
                Fact::Int(number.clamp(min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX)))
            }
            Kind::Text(TextFormat::Date) => {
                Fact::Text(format!("2026-{:02}-{:02}", 10 + random.below(3), 19 + random.below(3)).into())
            }
            Kind::Text(_) => {
                let text = random.pick(&self.literals.texts);
                match random.below(5) {
                    0 => Fact::Text(text.to_uppercase().into()),
                    1 => Fact::Text(format!("{text}{}", random.pick(&self.literals.texts)).into()),
                    _ => Fact::Text(Arc::clone(text)),
                }
            }
            Kind::List { columns, .. } => {
                let rows = (0..random.below(5)).map(|_| Row {
                    span: Span::at(0),
                    cells: columns.iter().map(|column| self.value(*column, random)).collect(),
                });
                Fact::List(rows.collect())
            }
            Kind::Group(_) => panic!("a group holds no fact"),
        }
    }

    /// Everything answered at random, also what does not apply: an answer counts.
    fn complete(&self, random: &mut Random) -> Facts {
        let slots = self.pack.schema.slots();
        Facts::of(&self.pack.schema, slots.map(|(slot, field)| (slot, self.value(field.id, random))))
    }

    /// Some of the answers: slots are left out, and single cells of lists. What silence means is resolved.
    fn draft(&self, facts: &Facts, random: &mut Random) -> Facts {
        let keep = 1 + random.below(6);
        let mut draft = Facts::of(&self.pack.schema, []);
        for slot in &self.read {
            if !random.chance(keep) {
                draft.suppose(*slot, thin(facts.value(*slot), random));
            }
        }
        draft.resolve(&self.pack.schema);
        draft
    }

    /// With every gap filled: what is open is answered one by one, and what then does not apply reads as the
    /// schema says.
    fn fill(&self, draft: &Facts, random: &mut Random) -> Facts {
        let mut facts = draft.clone();
        for (slot, field) in self.pack.schema.slots() {
            if draft.value(slot).rows().is_some() {
                facts.suppose(slot, self.filled(draft.value(slot), field.id, random));
            }
        }
        for (slot, field) in self.pack.schema.slots() {
            facts.resolve(&self.pack.schema);
            if !facts.value(slot).is_known() && field.applies.is_none() {
                facts.suppose(slot, self.value(field.id, random));
            }
        }
        // Gates open other gates, so questions that are gated come last, the first that is open each time.
        loop {
            facts.resolve(&self.pack.schema);
            let Some(slot) = facts.open().next() else { return facts };
            facts.suppose(slot, self.value(self.pack.schema.slot(slot).id, random));
        }
    }

    fn filled(&self, fact: &Fact, id: FieldId, random: &mut Random) -> Fact {
        match (fact, &self.pack.schema.field(id).kind) {
            (Fact::Unknown, _) => self.value(id, random),
            (Fact::List(rows), Kind::List { columns, .. }) => Fact::List(
                rows.iter()
                    .map(|row| Row {
                        span: row.span,
                        cells: row
                            .cells
                            .iter()
                            .zip(columns)
                            .map(|(cell, column)| self.filled(cell, *column, random))
                            .collect(),
                    })
                    .collect(),
            ),
            _ => fact.clone(),
        }
    }
}

fn thin(fact: &Fact, random: &mut Random) -> Fact {
    let Fact::List(rows) = fact else { return fact.clone() };
    let rows = rows.iter().map(|row| Row {
        span: row.span,
        cells: row
            .cells
            .iter()
            .map(|cell| if random.chance(5) { Fact::Unknown } else { thin(cell, random) })
            .collect(),
    });
    Fact::List(rows.collect())
}

/// Everything that is asked both ways.
struct Asked<'p> {
    pack: &'p Pack,
    interpreter: Interpreter,
    register: Register,
    verdicts: Vec<Truth>,
    seed: u64,
    settled: usize,
    open: usize,
}

impl<'p> Asked<'p> {
    fn lowered(&mut self, facts: &Facts) -> Vec<Truth> {
        self.pack.evaluator.compiled(&self.pack.schema, facts, &mut self.register, &mut self.verdicts);
        for (rule, verdict) in self.pack.rules.rules().iter().zip(&self.verdicts) {
            if let Body::Compiled(condition) = &rule.body {
                let tree = Scope::new(&self.pack.schema, facts).holds(condition);
                assert_eq!(tree, *verdict, "seed {}: `{}` as a tree and as a program", self.seed, rule.id);
            }
        }
        self.verdicts.clone()
    }

    /// The interpreter's answer; `None` where it failed.
    fn interpreted(&self, index: usize, facts: &Arc<Facts>) -> Option<Truth> {
        let rule = &self.pack.rules.rules()[index];
        self.interpreter.ask_rule(&self.pack.rules, rule, &self.pack.schema, facts).ok()
    }

    fn check_complete(&mut self, facts: &Facts) {
        let lowered = self.lowered(facts);
        let facts = Arc::new(facts.clone());
        for (index, verdict) in lowered.into_iter().enumerate() {
            let rule = &self.pack.rules.rules()[index];
            if !matches!(rule.body, Body::Compiled(_)) {
                continue;
            }
            match self.interpreted(index, &facts) {
                Some(truth) => {
                    assert_ne!(
                        truth,
                        Truth::Unsettled,
                        "seed {}: `{}` on complete facts",
                        self.seed,
                        rule.id
                    );
                    assert_eq!(
                        verdict,
                        truth,
                        "seed {}: `{}` on {:#?}",
                        self.seed,
                        rule.id,
                        self.told(index, &facts)
                    );
                }
                None => {
                    assert!(rule.id.starts_with(MAY_FAIL), "seed {}: `{}` failed", self.seed, rule.id);
                    let lenient = rule.id.ends_with("lenient");
                    assert!(lenient || verdict == Truth::Unsettled, "seed {}: `{}`", self.seed, rule.id);
                }
            }
        }
    }

    fn check_draft(&mut self, draft: &Facts, completions: &[Arc<Facts>]) {
        let lowered = self.lowered(draft);
        let draft = Arc::new(draft.clone());
        for (index, verdict) in lowered.into_iter().enumerate() {
            let rule = &self.pack.rules.rules()[index];
            if !matches!(rule.body, Body::Compiled(_)) {
                continue;
            }
            let reference = self.interpreted(index, &draft);
            if let Some(truth) = reference.filter(|truth| truth.is_settled()) {
                assert_eq!(
                    verdict,
                    truth,
                    "seed {}: draft of `{}`: {:#?}",
                    self.seed,
                    rule.id,
                    self.told(index, &draft)
                );
            }
            if !verdict.is_settled() {
                self.open += 1;
                continue;
            }
            self.settled += 1;
            for completion in completions {
                if let Some(truth) = self.interpreted(index, completion) {
                    assert_eq!(
                        verdict,
                        truth,
                        "seed {}: `{}` settled too early; draft {:#?}, completion {:#?}",
                        self.seed,
                        rule.id,
                        self.told(index, &draft),
                        self.told(index, completion)
                    );
                }
            }
        }
    }

    fn told(&self, index: usize, facts: &Facts) -> BTreeMap<String, Fact> {
        let reads = &self.pack.rules.rules()[index].reads;
        reads
            .iter()
            .map(|slot| (self.pack.schema.slot(*slot).path.clone(), facts.value(*slot).clone()))
            .collect()
    }
}

/// Asks `cases` complete intakes and as many drafts of them.
fn hold(pack: &Pack, cases: usize, drafts_every: usize) {
    let generator = Generator::new(pack);
    let start = random::seed();
    let mut asked = Asked {
        pack,
        interpreter: Interpreter::new(&pack.rules),
        register: Register::default(),
        verdicts: vec![],
        seed: start,
        settled: 0,
        open: 0,
    };
    let mut seen = vec![[false; 2]; pack.rules.rules().len()];
    for case in 0..cases * random::factor("REMIT_PROPERTY_CASES") {
        asked.seed = start.wrapping_add(case as u64);
        let mut random = Random::new(asked.seed);
        let facts = generator.complete(&mut random);
        asked.check_complete(&facts);
        for (seen, verdict) in seen.iter_mut().zip(&asked.verdicts) {
            seen[0] |= *verdict == Truth::No;
            seen[1] |= *verdict == Truth::Yes;
        }
        if case % drafts_every == 0 {
            let draft = generator.draft(&facts, &mut random);
            let completions: Vec<_> = (0..3).map(|_| Arc::new(generator.fill(&draft, &mut random))).collect();
            completions.iter().for_each(|facts| asked.check_complete(facts));
            asked.check_draft(&draft, &completions);
        }
    }
    // A generator that never lets a rule fire, or never keeps it from firing, has shown nothing about it.
    for (rule, seen) in pack.rules.rules().iter().zip(seen) {
        let constant = rule.id.contains("constant") || !matches!(rule.body, Body::Compiled(_));
        assert!(constant || seen == [true, true], "`{}` was only ever {seen:?} (no, yes)", rule.id);
    }
    let (settled, open) = (asked.settled, asked.open);
    eprintln!("drafts: {settled} verdicts settled, {open} open");
    assert!(settled > open / 10 && open > settled / 10, "{settled} settled, {open} open");
}

#[test]
fn the_default_pack_means_the_same_both_ways() {
    let pack = load(&FileMap::of("", remit_rules::FILES));
    assert!(pack.rules.rules().iter().all(|rule| matches!(rule.body, Body::Compiled(_))));
    hold(&pack, 5_000, 4);
}

#[test]
fn every_construct_means_the_same_both_ways() {
    let pack = load(&nasty::files());
    for rule in pack.rules.rules() {
        let compiled = matches!(rule.body, Body::Compiled(_));
        assert!(compiled, "`{}` is not compiled: {:?}", rule.id, rule.body);
    }
    hold(&pack, 5_000, 4);
}
