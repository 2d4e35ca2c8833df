//! Rule, pack and case files: what the service answers about them.

use crate::answer::Diagnostic;
use crate::files::File;
use crate::packs::Chosen;

/// What loading the pack found in this file.
pub(crate) fn diagnostics(pack: &Chosen, file: &File) -> Vec<Diagnostic> {
    let own = pack.version.diagnostics.iter().filter(|found| found.location.source.as_str() == file.id());
    own.map(Diagnostic::from).collect()
}
