//! A report as a comment on a pull request: the tier first, a table of what is missing and what happens next,
//! the rest folded. Everything that somebody typed stays text.

use super::Outcome;
use super::findings::{headline, name};
use super::prose::{code, code_in_cell, message, prose, target};
use crate::wire::v1::{
    Due, EvidenceState, Location, Origin, Question, Report, Severity, Standing, Starts, Timing, Trace,
    Verdict, Who,
};

/// The first line of every comment: whoever posts it finds its own comment again by this, and updates it.
pub const MARKER: &str = "<!-- remit:check -->";

/// A comment is never longer than this, in UTF-16 units: forges take 65,536.
pub const MAX_CHARACTERS: usize = 65_000;

/// How much is said of each intake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Everything.
    Full,
    /// Without what is folded.
    Table,
    /// One line.
    Line,
}

/// One comment about all intakes. Links to lines are relative, or begin with `base` if there is one: the address
/// of the repository's files at one commit, without a slash at the end.
pub fn markdown(outcomes: &[Outcome], base: Option<&str>) -> String {
    let page = Page { base };
    for detail in [Detail::Full, Detail::Table, Detail::Line] {
        let blocks: Vec<String> = outcomes.iter().map(|outcome| page.intake(outcome, detail)).collect();
        let note = match detail {
            Detail::Full => None,
            Detail::Table => Some("The reasons are left out: with them this comment would be too long."),
            Detail::Line => Some("Only the tiers are shown: with more this comment would be too long."),
        };
        let text = page.comment(outcomes, &blocks, note);
        if length(&text) <= MAX_CHARACTERS {
            return text;
        }
    }
    page.cut(outcomes)
}

struct Page<'a> {
    base: Option<&'a str>,
}

impl Page<'_> {
    fn comment(&self, outcomes: &[Outcome], blocks: &[String], note: Option<&str>) -> String {
        let mut out = format!("{MARKER}\n");
        if outcomes.len() != 1 {
            out.push_str(&format!("## {}\n\n", summary(outcomes)));
        }
        out.push_str(&blocks.join("\n"));
        if let Some(note) = note {
            out.push_str(&format!("\n> {note} Run `remit check` for all of it.\n"));
        }
        if let Some(Outcome { report, .. }) = outcomes.first() {
            let digest: String = report.pack.digest.chars().take(12).collect();
            let today = report.today.as_ref().map(|today| format!(" · {today}")).unwrap_or_default();
            out.push_str(&format!(
                "\n<sub>remit {} · pack {} ({digest}){today}</sub>\n",
                report.engine.version,
                code(&format!("{} {}", report.pack.name, report.pack.version)),
            ));
        }
        out
    }

    /// As many lines as there is room for: what is wrong or stopped comes first.
    fn cut(&self, outcomes: &[Outcome]) -> String {
        let (bad, good): (Vec<_>, Vec<_>) = outcomes.iter().partition(|outcome| outcome.is_bad());
        let mut shown: Vec<String> = vec![];
        let mut left = MAX_CHARACTERS - 1_000;
        for outcome in bad.into_iter().chain(good) {
            let line = self.intake(outcome, Detail::Line);
            match left.checked_sub(length(&line) + 1) {
                Some(rest) => left = rest,
                None => break,
            }
            shown.push(line);
        }
        let note = format!(
            "{} more intakes are not shown: with them this comment would be too long.",
            outcomes.len() - shown.len()
        );
        self.comment(outcomes, &shown, Some(&note))
    }

    fn intake(&self, outcome: &Outcome, detail: Detail) -> String {
        let report = &outcome.report;
        let name = match name(report) {
            name if name.is_empty() => String::new(),
            name => format!(" — {}", prose(&name)),
        };
        let invalid = if report.valid { "" } else { " · **invalid**" };
        let source = self.file(&report.intake.source);
        if detail == Detail::Line {
            let stops: Vec<String> = outcome.stops.iter().map(|stop| stop.gate.to_string()).collect();
            let stopped =
                if stops.is_empty() { String::new() } else { format!(" · stopped by {}", stops.join(", ")) };
            return format!("- **{}**{name}{invalid}{stopped}, {source}\n", prose(&headline(report)));
        }
        let mut out = format!("### {}{name}{invalid}\n\n{source}", prose(&headline(report)));
        if let Some(description) = &report.tier.description {
            out.push_str(&format!(" · {}", prose(description)));
        }
        out.push_str("\n\n");
        for stop in &outcome.stops {
            out.push_str(&format!("> **Stopped by gate `{}`**: {}\n\n", stop.gate, prose(&stop.reason)));
        }
        out.push_str(&self.table(report));
        if detail == Detail::Full {
            self.folded("Why", "rule", &self.reasons(report), &mut out);
            self.folded("Questions that still matter", "question", &questions(&report.questions), &mut out);
            self.folded("Problems", "remark", &self.problems(report), &mut out);
        }
        out
    }

    fn table(&self, report: &Report) -> String {
        let mut rows: Vec<[String; 3]> = vec![];
        for missing in &report.ready.missing {
            let place = match &missing.location {
                Some(at) => format!("what is written in {} does not count", self.line(at)),
                None => String::new(),
            };
            let what = format!("{} {}", code_in_cell(&missing.path), prose(&missing.question));
            rows.push(["**missing** answer".to_owned(), what, place]);
        }
        for requirement in
            report.requirements.iter().filter(|found| found.point.standing == Standing::Certain)
        {
            let point = &requirement.point;
            if requirement.evidence.state == EvidenceState::Missing {
                let what = format!("{}: {}", prose(&point.title), prose(&point.description));
                let place =
                    requirement.evidence.location.as_ref().map(|at| self.line(at)).unwrap_or_default();
                rows.push(["**missing** evidence".to_owned(), what, place]);
            }
        }
        for route in report.routes.iter().filter(|route| route.starts != Starts::Superseded) {
            if route.point.standing == Standing::Certain {
                let when =
                    if route.starts == Starts::Now { "now" } else { "when the missing answers are there" };
                let what = format!("{}: {when}{}", prose(&route.point.title), due(route.point.due.as_ref()));
                let who = route.owner.as_ref().map(|owner| prose(&owner.title)).unwrap_or_default();
                rows.push(["next".to_owned(), what, who]);
            }
        }
        for escalation in &report.escalations {
            let point = &escalation.point;
            if point.standing == Standing::Certain {
                let what = format!("{}{}", prose(&point.title), due(point.due.as_ref()));
                rows.push(["**escalates**".to_owned(), what, who(&escalation.to)]);
            }
        }
        for referral in &report.referrals {
            if referral.point.standing == Standing::Certain {
                let contact = referral.contact.as_deref().map(prose).unwrap_or_default();
                rows.push(["refer to".to_owned(), prose(&referral.point.title), contact]);
            }
        }
        for decision in &report.decisions {
            if decision.point.standing == Standing::Certain {
                let mut deciders = vec![decision.owner.clone()];
                deciders.extend(decision.co_owners.iter().cloned());
                let outcomes: Vec<String> =
                    decision.outcomes.iter().map(|outcome| prose(&outcome.title)).collect();
                let what = format!("{}: {}", prose(&decision.point.title), outcomes.join(" / "));
                rows.push(["decision".to_owned(), what, who(&deciders)]);
            }
        }
        for (label, people) in
            [("approves", &report.approvals.approve), ("reviews", &report.approvals.review)]
        {
            for person in people.iter().filter(|person| person.standing == Standing::Certain) {
                let alternates = who(&person.alternates);
                let otherwise =
                    if alternates.is_empty() { String::new() } else { format!("else {alternates}") };
                rows.push([label.to_owned(), prose(&person.title), otherwise]);
            }
        }
        for flag in report.flags.iter().filter(|flag| flag.standing == Standing::Certain) {
            let label = match flag.severity {
                Severity::Info => "note".to_owned(),
                Severity::Warning => "**warning**".to_owned(),
                Severity::Error => "**error**".to_owned(),
            };
            rows.push([label, prose(&flag.message), code_in_cell(&flag.rule)]);
        }
        for date in report.dates.iter().filter(|date| date.by.is_some()) {
            let by = date.by.as_deref().unwrap_or_default();
            rows.push([
                "date".to_owned(),
                format!("{}: {by}{}", prose(&date.title), timing(date.timing)),
                String::new(),
            ]);
        }
        if rows.is_empty() {
            return "Nothing is missing, and nothing is to be done.\n\n".to_owned();
        }
        let mut out = "| | what | who, where |\n|---|---|---|\n".to_owned();
        for [label, what, whom] in rows {
            out.push_str(&format!("| {label} | {what} | {whom} |\n"));
        }
        out.push('\n');
        out
    }

    fn folded(&self, title: &str, unit: &str, items: &[String], out: &mut String) {
        if items.is_empty() {
            return;
        }
        let plural = if items.len() == 1 { "" } else { "s" };
        out.push_str(&format!(
            "<details>\n<summary>{title} ({} {unit}{plural})</summary>\n\n{}\n\n</details>\n\n",
            items.len(),
            items.join("\n")
        ));
    }

    fn reasons(&self, report: &Report) -> Vec<String> {
        let mut fired: Vec<&Trace> =
            report.trace.iter().filter(|trace| trace.verdict == Verdict::Fires).collect();
        fired.sort_by_key(|trace| std::cmp::Reverse(trace.tier));
        fired.into_iter().map(|trace| self.reason(trace)).collect()
    }

    fn reason(&self, trace: &Trace) -> String {
        let because =
            if trace.because.is_empty() { trace.condition.as_deref() } else { Some(&*trace.because) };
        let tier = trace.tier.map(|tier| format!("tier {tier}, ")).unwrap_or_default();
        let cites: String = trace.cites.iter().map(|row| format!(", {}", prose(row))).collect();
        let mut out =
            format!("- **{}** ({tier}{}{cites})", prose(because.unwrap_or(&trace.rule)), code(&trace.rule));
        for cause in &trace.causes {
            let place = match (&cause.location, cause.origin) {
                (Some(at), _) => format!(" ({})", self.line(at)),
                (None, Origin::Assumed) => " (assumed)".to_owned(),
                (None, Origin::NotApplicable) => " (does not apply)".to_owned(),
                (None, _) => String::new(),
            };
            out.push_str(&format!("\n  - {}{place}", prose(&cause.words)));
        }
        out
    }

    fn problems(&self, report: &Report) -> Vec<String> {
        let shown =
            report.diagnostics.iter().filter(|found| found.severity != Severity::Info || !report.valid);
        let problem = shown.map(|found| {
            let level = match found.severity {
                Severity::Info => "note",
                Severity::Warning => "warning",
                Severity::Error => "**error**",
            };
            let help = found.help.as_ref().map(|help| format!("; {}", message(help))).unwrap_or_default();
            let place = if found.location.source == report.intake.source {
                self.line(&found.location)
            } else {
                code(&format!("{}:{}", found.location.source, found.location.start.line))
            };
            format!("- {level} in {place}: {}{help} ({})", message(&found.message), code(&found.code))
        });
        problem.collect()
    }

    fn file(&self, path: &str) -> String {
        self.link(code(path), path, "")
    }

    fn line(&self, at: &Location) -> String {
        let line = at.start.line;
        self.link(format!("line {line}"), &at.source, &format!("#L{line}"))
    }

    fn link(&self, text: String, path: &str, anchor: &str) -> String {
        match (target(path), self.base) {
            (Some(target), Some(base)) => format!("[{text}]({base}/{target}{anchor})"),
            (Some(target), None) => format!("[{text}]({target}{anchor})"),
            (None, _) => text,
        }
    }
}

fn summary(outcomes: &[Outcome]) -> String {
    let count = |holds: &dyn Fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| holds(outcome)).count();
    let mut parts = vec![format!("{} intakes", outcomes.len())];
    for (what, number) in [
        ("not settled", count(&|outcome| outcome.report.tier.settled.is_none())),
        ("not ready", count(&|outcome| !outcome.report.ready.complete)),
        ("invalid", count(&|outcome| !outcome.report.valid)),
        ("stopped by a gate", count(&|outcome| !outcome.stops.is_empty())),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    parts.join(", ")
}

fn questions(questions: &[Question]) -> Vec<String> {
    let item = questions.iter().map(|question| {
        let choices: Vec<String> = question.choices.iter().map(|choice| code(&choice.value)).collect();
        let choices = if choices.is_empty() { String::new() } else { format!(": {}", choices.join(", ")) };
        format!("- {} {}{choices}", code(&question.path), prose(&question.question))
    });
    item.collect()
}

fn due(due: Option<&Due>) -> String {
    match due {
        Some(Due { by: Some(by), timing: how, .. }) => format!(", by {by}{}", timing(*how)),
        Some(Due { within, .. }) => format!(", within {}", prose(within)),
        None => String::new(),
    }
}

fn timing(timing: Timing) -> &'static str {
    match timing {
        Timing::Overdue => " (**overdue**)",
        Timing::Today => " (today)",
        Timing::Ahead | Timing::Unknown => "",
    }
}

fn who(people: &[Who]) -> String {
    people.iter().map(|who| prose(&who.title)).collect::<Vec<_>>().join(", ")
}

/// How forges count.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
