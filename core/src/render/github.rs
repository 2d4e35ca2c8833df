//! GitHub's workflow commands: annotations that a pull request shows beside the lines that they are about.

use super::Outcome;
use super::findings::{findings, headline, name};
use crate::wire::v1::Severity;

/// The annotations of one intake, one a line: what is wrong, missing, remarked or stopped, and last what was
/// decided.
pub fn github(outcome: &Outcome) -> String {
    let mut out = String::new();
    for finding in findings(outcome) {
        let at = &finding.place;
        let command = match finding.level {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut properties = vec![
            ("file", file(&at.source)),
            ("line", at.start.line.to_string()),
            ("endLine", at.end.line.to_string()),
        ];
        // GitHub takes columns only within one line, and then wants both.
        if at.start.line == at.end.line {
            properties.push(("col", at.start.column.to_string()));
            properties.push(("endColumn", at.end.column.to_string()));
        }
        properties.push(("title", format!("remit: {}", finding.id)));
        out.push_str(&line(command, &properties, &finding.message));
    }
    let report = &outcome.report;
    let name = match name(report) {
        name if name.is_empty() => String::new(),
        name => format!(" — {name}"),
    };
    let open = match report.questions.len() {
        _ if report.settled => String::new(),
        1 => "; 1 question is open".to_owned(),
        open => format!("; {open} questions are open"),
    };
    let message = format!("{}{name}{open}", headline(report));
    let file =
        [("file", file(&report.intake.source)), ("line", "1".to_owned()), ("title", "remit".to_owned())];
    out.push_str(&line("notice", &file, &message));
    out
}

/// GitHub finds a file by its path in the repository, and `./` is no part of that.
fn file(source: &str) -> String {
    source.strip_prefix("./").unwrap_or(source).to_owned()
}

fn line(command: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
    format!("::{command} {}::{}\n", properties.join(","), data(message))
}

/// Text after the second `::`: a line break would end the command, and what follows could be another one.
fn data(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() && !matches!(c, '\n' | '\r' | '\t') { '\u{fffd}' } else { c })
        .collect();
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value, which also ends at `:` and `,`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_starts_no_command_of_its_own() {
        let text = line("error", &[("file", "a:b,c\n::x".to_owned())], "50% done\r\n::set-output name=x::y");
        assert_eq!(text, "::error file=a%3Ab%2Cc%0A%3A%3Ax::50%25 done%0D%0A::set-output name=x::y\n");
    }
}
