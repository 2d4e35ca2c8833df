//! Questions about the pack itself: whether its tests pass, and what is suspicious about it.

use crate::engine::Engine;
use crate::fault::json;
use remit_core::cases;
use remit_core::coverage::{self, Coverage};
use remit_core::diagnostic::Diagnostic;
use remit_core::lint::{self, Observation};
use remit_core::source::Source;
use remit_core::wire;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
impl Engine {
    /// Runs the pack's policy tests whose name holds `filter`, and says what they cover if asked; as JSON.
    pub fn test(&self, filter: &str, covers: bool) -> Result<String, JsValue> {
        let (engine, pack) = (&self.engine, &self.engine.pack);
        let suite = cases::read(&self.files, pack);
        let filter = filter.to_lowercase();
        let wanted = |name: &str| name.to_lowercase().contains(&filter);
        let mut seen = Coverage::new(pack);
        let run = cases::run(engine, &suite, &wanted, &mut |checked| seen.add(engine, checked));
        let mut excuses = None;
        let mut faults = vec![];
        let gaps = covers.then(|| {
            if filter.is_empty() {
                for example in &suite.examples {
                    seen.add(engine, &engine.check(example.document.clone(), None));
                }
            }
            let (excused, source) = coverage::read_excuses(&self.files, pack, &mut faults);
            excuses = source;
            let mut gaps = seen.gaps(pack, &excused);
            if !filter.is_empty() {
                // What a few cases do not cover says nothing about an excuse.
                gaps.diagnostics.clear();
            }
            gaps
        });
        let mut found: Vec<&Diagnostic> = suite.diagnostics.iter().chain(&run.diagnostics).collect();
        found.extend(gaps.iter().flat_map(|gaps| &gaps.diagnostics));
        found.extend(&faults);
        let more: Vec<&Source> = excuses.iter().collect();
        let covered = gaps.as_ref().map(|gaps| coverage::report(pack, &seen, gaps));
        Ok(json(&cases::report(pack, &suite, &run, &found, &more, covered))?)
    }

    /// What is suspicious about the pack, as JSON: a list of diagnostics.
    pub fn lint(&self) -> Result<String, JsValue> {
        let pack = &self.engine.pack;
        let mut observations = lint::examples(pack, &self.files);
        let suite = cases::read(&self.files, pack);
        cases::run(&self.engine, &suite, &|_| true, &mut |checked| {
            let name = checked.intake.document.source.id().to_string();
            observations.push(Observation { name, verdicts: checked.verdicts.clone() });
        });
        let found = lint::lint(pack, &self.files, &observations, self.found.clone(), &[]);
        let mut sources: Vec<&Source> = pack.sources.iter().collect();
        sources.extend(suite.sources());
        let found: Vec<_> = found.iter().map(|found| wire::diagnostic(found, &sources)).collect();
        Ok(json(&found)?)
    }
}
