//! Rules that the pack's own examples and cases say nothing about.

use super::proofs::{Proofs, Range, id};
use super::{Observation, codes, manifest};
use crate::diagnostic::Diagnostic;
use crate::evaluate::Truth;

/// Fewer intakes than this, and a rule that fires on all of them is no surprise.
const ENOUGH: usize = 3;

/// Rules that no example fires, and rules that every one does.
pub(super) fn fired(proofs: &Proofs<'_>, observations: &[Observation], out: &mut Vec<Diagnostic>) {
    let pack = proofs.pack;
    if observations.is_empty() {
        let at = manifest(pack, "examples");
        let message = "the pack has no examples, so nobody sees what its rules do";
        out.push(
            Diagnostic::warning(codes::NO_EXAMPLES, at, message)
                .help("put intakes (`*.intake.yaml`) into a folder and name it: `examples: examples`"),
        );
        return;
    }
    for (index, (rule, _, range)) in proofs.rules().enumerate() {
        let said = || observations.iter().filter_map(|observation| observation.verdicts.get(index));
        let fires = said().filter(|truth| **truth == Truth::Yes).count();
        // What is proved to be constant has been reported as that.
        if fires == 0 && range != Range::Never {
            let message = format!("`{}` fires on no example and in no case", rule.id);
            out.push(
                Diagnostic::warning(codes::NO_EXAMPLE_FIRES, id(pack, rule), message)
                    .help("add an example that it is for: an untried rule is a guess"),
            );
        }
        if fires >= ENOUGH && said().all(|truth| *truth == Truth::Yes) && range != Range::Always {
            let message = format!("`{}` fires on every example and in every case", rule.id);
            out.push(
                Diagnostic::warning(codes::EVERY_EXAMPLE_FIRES, id(pack, rule), message)
                    .help("add an example that it is not for, so that it is seen to tell them apart"),
            );
        }
    }
}
