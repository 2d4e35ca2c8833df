//! Verdicts of all the default pack's rules over ready facts, against the same conditions as plain Rhai
//! closures called on a shared map. Both must give the same answers before anything is timed.
//!
//! The two forms live in two processes, because features unify within one build: the workspace's Rhai has
//! `no_closure`, which takes shared values away, and a baseline that clones the map for each call would be
//! an unfair one. See `tests/peers/rhai`. Rounds of the two alternate, so that a busy moment meets both.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod peer;
mod script;

use peer::Peer;
use remit_core::evaluate::{Register, Truth};
use remit_core::facts::Facts;
use remit_core::pack::Pack;
use remit_core::rules::Body;
use remit_tests::measure::{Series, nanoseconds, table, time};
use remit_tests::{default_pack, sample};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

const INTAKES: u64 = 256;
const ROUNDS: usize = 41;
/// How often each form goes over all intakes in a round: enough for some ten milliseconds.
const PASSES: u32 = 100;
const PEER_PASSES: u32 = 2;
/// What we want of compiling conditions.
const TARGET: f64 = 50.0;

fn main() -> ExitCode {
    match compare() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("verdicts: {why}");
            ExitCode::FAILURE
        }
    }
}

fn compare() -> Result<(), String> {
    let pack = default_pack();
    let interpreted = pack.rules.rules().iter().find(|rule| matches!(rule.body, Body::Interpreted { .. }));
    if let Some(rule) = interpreted {
        return Err(format!("rule `{}` is not compiled, so there is nothing to compare", rule.id));
    }
    let facts: Vec<Facts> =
        sample::complete(&pack.schema, INTAKES).into_iter().map(|sample| sample.facts).collect();
    let script = script::closures(&pack)?;
    let intakes: Vec<String> = facts.iter().map(|facts| script::intake(&pack.schema, facts)).collect();
    let mut peer = Peer::start(&script, &intakes)?;
    let fired = agree(&pack, &facts, peer.answers())?;

    let (mut ratios, mut ours, mut theirs) = (Series::default(), Series::default(), Series::default());
    for round in 0..=ROUNDS {
        let mine = run(&pack, &facts, PASSES) / f64::from(PASSES) / facts.len() as f64;
        let other = peer.run(PEER_PASSES)? / f64::from(PEER_PASSES) / facts.len() as f64;
        if round > 0 {
            ours.push(mine);
            theirs.push(other);
            ratios.push(other / mine);
        }
    }
    report(&pack, &facts, fired, [&ratios, &ours, &theirs]);
    Ok(())
}

/// How many verdicts fire, if both forms agree on each.
fn agree(pack: &Pack, facts: &[Facts], answers: &[String]) -> Result<usize, String> {
    if answers.len() != facts.len() {
        return Err(format!("{} intakes went to Rhai, and {} came back", facts.len(), answers.len()));
    }
    let (mut register, mut verdicts) = (Register::default(), vec![]);
    let mut fired = 0;
    for (index, (facts, answers)) in facts.iter().zip(answers).enumerate() {
        pack.evaluator.compiled(&pack.schema, facts, &mut register, &mut verdicts);
        for ((rule, verdict), answer) in pack.rules.rules().iter().zip(&verdicts).zip(answers.chars()) {
            let same = match verdict {
                Truth::Yes => answer == '1',
                Truth::No => answer == '0',
                Truth::Unsettled => false,
            };
            if !same {
                let id = &rule.id;
                return Err(format!("rule `{id}`, intake {index}: {verdict:?} compiled, {answer} in Rhai"));
            }
            fired += usize::from(answer == '1');
        }
        if answers.len() != verdicts.len() {
            return Err(format!("{} rules, and {} answers from Rhai", verdicts.len(), answers.len()));
        }
    }
    Ok(fired)
}

fn run(pack: &Pack, facts: &[Facts], passes: u32) -> f64 {
    let (mut register, mut verdicts) = (Register::default(), vec![]);
    let start = Instant::now();
    for _ in 0..passes {
        for facts in facts {
            pack.evaluator.compiled(&pack.schema, black_box(facts), &mut register, &mut verdicts);
            black_box(&verdicts);
        }
    }
    nanoseconds(start.elapsed())
}

fn report(pack: &Pack, facts: &[Facts], fired: usize, [ratios, ours, theirs]: [&Series; 3]) {
    let rules = pack.rules.rules().len();
    println!(
        "verdicts: {rules} rules over {} complete intakes, {ROUNDS} alternating rounds; {fired} of {} verdicts \
         fire, the same in both forms",
        facts.len(),
        rules * facts.len()
    );
    let median = ratios.median();
    let row = |name: &str, series: &Series| {
        let each = time(series.median() / rules as f64);
        vec![name.to_owned(), time(series.median()), each, series.spread(time)]
    };
    let head = ["form", "an intake", "a rule", "p10 … p90 (an intake)"].map(str::to_owned).to_vec();
    let verdict = if median >= TARGET { "PASS" } else { "below" };
    println!(
        "  compiled is {median:.1} times as fast (p10 … p90: {}); target {TARGET}: {verdict}",
        ratios.spread(|ratio| format!("{ratio:.1}"))
    );
    print!("{}", table(&[head, row("compiled", ours), row("Rhai closures", theirs)]));
}
