//! YAML 1.2: text in, tree out. Scalars follow the core schema, aliases and merge keys are replaced by what
//! they stand for, and of several documents the first counts.

use super::characters::clean;
use super::events::Tree;
use super::expand::expand;
use super::faults::Faults;
use super::limits::Limits;
use super::{Node, codes, recover};
use crate::source::Span;

/// Reads YAML: the tree, and what was passed over. With `lossy`, the text was decoded with replacement
/// characters, and values that hold one are not trusted.
pub(super) fn read(
    text: &str,
    lossy: bool,
    limits: &Limits,
    faults: &mut Faults<'_>,
) -> (Option<Node>, Vec<Span>) {
    let cleaned = clean(text, lossy, faults);
    let mut reading = recover::read(&cleaned.text, limits, faults);
    let root = expand(&reading.tree, &cleaned.untrusted, limits, faults);
    report_version(&reading.tree, text, faults);
    if let Some(start) = reading.tree.second_document {
        report_second_document(start, text, faults);
        let end = text.trim_end().len();
        reading.skipped.push(Span::new(start.start as usize, end));
    }
    reading.skipped.sort_unstable();
    (root, reading.skipped)
}

fn report_second_document(start: Span, text: &str, faults: &mut Faults<'_>) {
    let start = if start.is_empty() {
        // A document without `---` starts at its first line.
        let rest = text.get(start.start as usize..).unwrap_or_default();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default().trim_end();
        Span::new(start.start as usize, start.start as usize + line.len())
    } else {
        start
    };
    let fault = faults
        .error(codes::SEVERAL_DOCUMENTS, start, "a second document starts here; only the first is read")
        .help("put it in a file of its own");
    faults.report(fault);
}

fn report_version(tree: &Tree, text: &str, faults: &mut Faults<'_>) {
    let Some((major, minor)) = tree.version.filter(|version| *version != (1, 2)) else { return };
    let Some(start) = text.find("%YAML") else { return };
    let line = text.get(start..).unwrap_or_default().split(['\n', '\r']).next().unwrap_or_default();
    let fault = faults
        .warning(
            codes::DIRECTIVE,
            Span::new(start, start + line.trim_end().len()),
            format!("the document says yaml {major}.{minor} and is read as yaml 1.2"),
        )
        .help(
            "in yaml 1.2, `yes`, `no`, `on` and `off` are text; remove the line once that is what you mean",
        );
    faults.report(fault);
}
