//! JUnit's XML, which every CI system can show: an intake is a test case, and fails where it is invalid or a
//! gate stops it.

use super::Outcome;
use super::findings::{headline, name};
use crate::wire::v1::Severity;

/// All intakes as one test suite. A case has one `failure` that names everything that is against it: some
/// readers show only the first.
pub fn junit(outcomes: &[Outcome]) -> String {
    let failures = outcomes.iter().filter(|outcome| outcome.is_bad()).count();
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\"", outcomes.len());
    let suite = match outcomes.first() {
        Some(Outcome { report, .. }) => format!("{} {}", report.pack.name, report.pack.version),
        None => "remit".to_owned(),
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"remit\" {counts}>\n  <testsuite name={} {counts}>\n",
        attribute(&suite)
    );
    for outcome in outcomes {
        case(outcome, &suite, &mut out);
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn case(outcome: &Outcome, suite: &str, out: &mut String) {
    let report = &outcome.report;
    let source = &report.intake.source;
    let title = match name(report) {
        name if name.is_empty() => source.clone(),
        name => format!("{source}: {name}"),
    };
    out.push_str(&format!(
        "    <testcase name={} classname={} file={}>\n",
        attribute(&title),
        attribute(suite),
        attribute(source)
    ));
    if outcome.is_bad() {
        let errors: Vec<_> =
            report.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
        let mut reasons = vec![];
        if !report.valid {
            let count = errors.len();
            reasons.push(if count == 1 { "1 error".to_owned() } else { format!("{count} errors") });
        }
        reasons.extend(outcome.stops.iter().map(|stop| format!("stopped by gate {}", stop.gate)));
        let kind = if report.valid { "gate" } else { "invalid" };
        out.push_str(&format!("      <failure type=\"{kind}\" message={}>", attribute(&reasons.join(", "))));
        let faults = errors.iter().map(|found| {
            let at = &found.location;
            let place = format!("{}:{}:{}", at.source, at.start.line, at.start.column);
            let help = found.help.as_ref().map(|help| format!("\n    help: {help}")).unwrap_or_default();
            format!("{place}: error[{}]: {}{help}", found.code, found.message)
        });
        let stops =
            outcome.stops.iter().map(|stop| format!("stopped by gate {}: {}", stop.gate, stop.reason));
        out.push_str(&escape(&faults.chain(stops).collect::<Vec<_>>().join("\n")));
        out.push_str("</failure>\n");
    }
    let mut said = vec![headline(report)];
    for missing in &report.ready.missing {
        said.push(format!("missing answer: {}: {}", missing.path, missing.question));
    }
    for trace in &report.trace {
        said.push(format!("{}: {}", trace.rule, trace.because));
    }
    out.push_str(&format!("      <system-out>{}</system-out>\n    </testcase>\n", escape(&said.join("\n"))));
}

fn attribute(text: &str) -> String {
    format!("\"{}\"", escape(&text.replace(['\n', '\r', '\t'], " ")).replace('"', "&quot;"))
}

/// XML has no way to write most control characters, not even escaped.
fn escape(text: &str) -> String {
    let allowed =
        |c: char| matches!(c, '\t' | '\n') || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if allowed(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_ends_an_attribute_or_an_element() {
        assert_eq!(attribute("a\"b\n<c>&\u{1}\u{ffff}"), "\"a&quot;b &lt;c&gt;&amp;\u{fffd}\u{fffd}\"");
        assert_eq!(escape("]]></failure>\0"), "]]&gt;&lt;/failure&gt;\u{fffd}");
    }
}
