//! Coverage as an lcov tracefile, which `genhtml` and most coverage services read.
//!
//! A rule is a function (`FN`, `FNDA`: how often it fired). A line with a rule's id has its count of firings
//! (`DA`), a line with an operand the number of its evaluations. Each operand of each rule is a block with
//! two branches (`BRDA`): shown to matter while it holds, and while it does not.

use super::Coverage;
use crate::pack::Pack;
use crate::rules::condition::At;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is known of one topic.
#[derive(Default)]
struct Record {
    functions: Vec<(u32, String, u32)>,
    lines: BTreeMap<u32, u32>,
    branches: Vec<(u32, usize, [Option<u32>; 2])>,
}

/// The tracefile.
pub fn lcov(pack: &Pack, coverage: &Coverage) -> String {
    let mut records: Vec<Record> = pack.rules.topics().iter().map(|_| Record::default()).collect();
    let line = |at: At| pack.rules.source(at.topic).line_column(at.span.start as usize).line;
    let mut block = 0;
    for seen in &coverage.rules {
        let Some(rule) = pack.rules.rules().get(seen.rule) else { continue };
        let at = At { topic: rule.topic, span: rule.id_span };
        if let Some(record) = records.get_mut(rule.topic as usize) {
            record.functions.push((line(at), rule.id.clone(), seen.fires));
            // The rule's own line says whether it fired, whatever else stands there.
            record.lines.insert(line(at), seen.fires);
        }
        for operand in &seen.operands {
            if let Some(record) = records.get_mut(operand.at.topic as usize) {
                let count = record.lines.entry(line(operand.at)).or_default();
                *count = (*count).max(operand.seen);
                let taken = |holds| (operand.seen > 0).then(|| operand.shown(holds));
                record.branches.push((line(operand.at), block, [taken(true), taken(false)]));
            }
            block += 1;
        }
    }
    let mut text = String::new();
    let own = pack.rules.topics().iter().zip(records);
    for (topic, mut record) in own.filter(|(topic, _)| !pack.inherits(topic.source.id())) {
        record.branches.sort();
        // Writing to a string cannot fail.
        let _ = record.write(topic.source.id().as_str(), &mut text);
    }
    text
}

impl Record {
    fn write(&self, name: &str, text: &mut String) -> std::fmt::Result {
        writeln!(text, "TN:remit\nSF:{}", name.replace(['\n', '\r'], " "))?;
        for (line, name, _) in &self.functions {
            writeln!(text, "FN:{line},{name}")?;
        }
        for (_, name, count) in &self.functions {
            writeln!(text, "FNDA:{count},{name}")?;
        }
        let hit = self.functions.iter().filter(|(.., count)| *count > 0).count();
        writeln!(text, "FNF:{}\nFNH:{hit}", self.functions.len())?;
        for (line, block, taken) in &self.branches {
            for (branch, taken) in taken.iter().enumerate() {
                let taken = taken.map_or_else(|| "-".to_owned(), |taken| taken.to_string());
                writeln!(text, "BRDA:{line},{block},{branch},{taken}")?;
            }
        }
        let taken = self.branches.iter().flat_map(|(.., taken)| taken);
        let hit = taken.filter(|taken| taken.is_some_and(|taken| taken > 0)).count();
        writeln!(text, "BRF:{}\nBRH:{hit}", self.branches.len() * 2)?;
        for (line, count) in &self.lines {
            writeln!(text, "DA:{line},{count}")?;
        }
        let hit = self.lines.values().filter(|count| **count > 0).count();
        writeln!(text, "LF:{}\nLH:{hit}\nend_of_record", self.lines.len())
    }
}
