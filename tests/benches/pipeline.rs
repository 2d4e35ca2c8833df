//! How long a pack takes to load, and each stage from an intake's text on.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use remit_core::calendar;
use remit_core::decide::{self, Index};
use remit_core::diagnostic::Diagnostic;
use remit_core::document::{self, Document, Format, Limits};
use remit_core::engine::{Checked, Engine};
use remit_core::evaluate::Truth;
use remit_core::facts::{self, Facts};
use remit_core::intake::{self, Intake};
use remit_core::pack::Pack;
use remit_core::source::Source;
use remit_core::wire::{self, v1::Report};
use remit_tests::measure::{Series, nanoseconds, table, time};
use remit_tests::{default_pack, sample};
use std::hint::black_box;
use std::time::Instant;

const INTAKES: u64 = 200;
const ROUNDS: usize = 31;
const LOADS: usize = 21;

/// An intake on its way through the stages: what each leaves for the next.
struct Way<'a> {
    engine: &'a Engine,
    index: &'a Index,
    pack: &'a Pack,
    text: &'a str,
    document: Option<Document>,
    intake: Option<Intake>,
    facts: Option<Facts>,
    verdicts: Vec<Truth>,
    checked: Option<Checked>,
    report: Option<Report>,
    json: String,
    diagnostics: Vec<Diagnostic>,
}

/// A stage: its verb, and how it takes an intake on. A new stage is a new row in [`STAGES`].
type Stage = (&'static str, fn(&mut Way<'_>));

const STAGES: &[Stage] = &[
    ("parse", parse),
    ("admit", admit),
    ("derive", derive),
    ("evaluate", evaluate),
    ("decide", decide),
    ("report", report_of),
    ("write", write),
];

fn parse(way: &mut Way<'_>) {
    let source = Source::new("intake.json", way.text);
    way.document = Some(document::parse(source, Format::Json, &Limits::default()));
}

fn admit(way: &mut Way<'_>) {
    way.intake = way.document.take().map(|document| intake::admit(document, &way.pack.schema));
}

fn derive(way: &mut Way<'_>) {
    let intake = way.intake.as_ref();
    way.facts = intake.map(|intake| facts::derive(intake, &way.pack.schema, &mut way.diagnostics));
}

fn evaluate(way: &mut Way<'_>) {
    let Some(facts) = &way.facts else { return };
    let Pack { rules, schema, evaluator, .. } = way.pack;
    way.verdicts = evaluator.verdicts(rules, schema, facts, &mut way.diagnostics);
}

fn decide(way: &mut Way<'_>) {
    let (Some(intake), Some(facts)) = (way.intake.take(), way.facts.take()) else { return };
    let (verdicts, today) = (std::mem::take(&mut way.verdicts), calendar::date("2026-11-20"));
    let mut diagnostics = std::mem::take(&mut way.diagnostics);
    let decision = decide::decide(way.pack, way.index, &intake, &facts, &verdicts, today, &mut diagnostics);
    let digest = String::new();
    way.checked = Some(Checked { intake, facts, verdicts, decision, diagnostics, today, digest });
}

fn report_of(way: &mut Way<'_>) {
    way.report = way.checked.as_ref().map(|checked| wire::report(way.engine, checked));
}

fn write(way: &mut Way<'_>) {
    way.json = way.report.as_ref().and_then(|report| serde_json::to_string(report).ok()).unwrap_or_default();
}

fn main() {
    let load = loading();
    let engine = Engine::new(default_pack());
    let pack = &engine.pack;
    let texts: Vec<String> =
        sample::complete(&pack.schema, INTAKES).into_iter().map(|sample| sample.text).collect();
    let stages = measure(&engine, &texts);
    report(pack, &texts, &stages, &load);
}

fn loading() -> Series {
    (0..LOADS)
        .map(|_| {
            let start = Instant::now();
            black_box(default_pack());
            nanoseconds(start.elapsed())
        })
        .collect()
}

/// Nanoseconds an intake, for each stage; the first round only warms up.
fn measure(engine: &Engine, texts: &[String]) -> Vec<Series> {
    let index = Index::new(&engine.pack);
    let mut stages = vec![Series::default(); STAGES.len()];
    for round in 0..=ROUNDS {
        let mut spent = vec![0.0; STAGES.len()];
        for text in texts {
            travel(engine, &index, text, &mut spent);
        }
        if round > 0 {
            for (series, spent) in stages.iter_mut().zip(spent) {
                series.push(spent / texts.len() as f64);
            }
        }
    }
    stages
}

fn travel(engine: &Engine, index: &Index, text: &str, spent: &mut [f64]) {
    let mut way = Way {
        engine,
        index,
        pack: &engine.pack,
        text,
        document: None,
        intake: None,
        facts: None,
        verdicts: vec![],
        checked: None,
        report: None,
        json: String::new(),
        diagnostics: vec![],
    };
    for ((_, stage), spent) in STAGES.iter().zip(spent) {
        let start = Instant::now();
        stage(&mut way);
        *spent += nanoseconds(start.elapsed());
    }
    assert!(black_box(&way.json).starts_with("{\"json\":1"), "an intake was lost on the way");
}

fn report(pack: &Pack, texts: &[String], stages: &[Series], load: &Series) {
    let total: f64 = stages.iter().map(Series::median).sum();
    let bytes = texts.iter().map(String::len).sum::<usize>() / texts.len().max(1);
    let mut rows = vec![["stage", "share", "an intake", "p10 … p90"].map(str::to_owned).to_vec()];
    for ((name, _), series) in STAGES.iter().zip(stages) {
        let share = 100.0 * series.median() / total;
        rows.push(vec![
            (*name).to_owned(),
            format!("{share:.1} %"),
            time(series.median()),
            series.spread(time),
        ]);
    }
    rows.push(vec!["all".to_owned(), "100.0 %".to_owned(), time(total)]);
    println!(
        "pipeline: {} complete intakes of {bytes} bytes of JSON on average, {} rules, {ROUNDS} rounds",
        texts.len(),
        pack.rules.rules().len()
    );
    print!("{}", table(&rows));
    println!(
        "  loading the pack takes as long as {:.0} intakes: {} (p10 … p90: {})",
        load.median() / total,
        time(load.median()),
        load.spread(time)
    );
}
