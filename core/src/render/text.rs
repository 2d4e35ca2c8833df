//! A report as an engineer wants to read it: the tier first, then what is missing, what happens next and who
//! decides, then why.

use super::Paint;
use super::fold::fold;
use crate::wire::v1::{
    Approver, Cause, Due, EvidenceState, Location, Milestone, Origin, Point, Report, Route, Severity,
    Standing, Starts, Timing, Trace, Verdict, Who,
};

/// More evidence than this that may be asked for is counted, not shown.
const MAX_PERHAPS: usize = 5;
/// Where the text of an entry begins.
const TEXT: usize = 14;
/// More questions than this are counted, not shown.
const MAX_QUESTIONS: usize = 6;

/// A report as text, without its diagnostics.
pub fn text(report: &Report, paint: Paint) -> String {
    let mut page = Page { report, paint, out: String::new() };
    page.heading();
    page.missing();
    page.next();
    page.people();
    page.questions();
    page.why();
    page.out
}

struct Page<'a> {
    report: &'a Report,
    paint: Paint,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn section(&mut self, title: &str) {
        let title = self.paint.strong(title);
        self.out.push('\n');
        self.line(&title);
    }

    /// A line of a section: a short label, then text.
    fn entry(&mut self, label: &str, text: &str) {
        self.columns(label, text, 0);
    }

    /// An entry whose text has a first column of this width. Where the text is too long for a line, it goes on
    /// under itself.
    fn columns(&mut self, label: &str, text: &str, first: usize) {
        let label = self.paint.quiet(&format!("{label:<10}"));
        let line = format!("  {label}  {text}");
        let width = self.paint.width();
        let indent = TEXT + if first == 0 || TEXT + first > width / 2 { 2 } else { first + 2 };
        let line = fold(line.trim_end(), width, indent);
        self.line(&line);
    }

    fn heading(&mut self) {
        let report = self.report;
        let tier = &report.tier;
        let number = match tier.settled {
            Some(tier) => format!("Tier {tier}"),
            None => format!("Tier {}–{}", tier.floor, tier.ceiling),
        };
        let title = match (tier.settled, report.questions.len()) {
            (Some(_), _) => tier.title.clone(),
            (None, 0) => format!("{}, not settled", tier.title),
            (None, 1) => format!("{}: 1 question still decides", tier.title),
            (None, open) => format!("{}: {open} questions could still change it", tier.title),
        };
        let number = match tier.ceiling {
            0 => self.paint.good(&number),
            1 => self.paint.strong(&number),
            2 => self.paint.wary(&number),
            _ => self.paint.bad(&number),
        };
        let name = match (&report.intake.title, &report.intake.id) {
            (Some(title), Some(id)) => format!("{title} ({id})"),
            (Some(name), None) | (None, Some(name)) => name.clone(),
            (None, None) => "no name yet".to_owned(),
        };
        let mut line = format!("{number} · {title} — {}", self.paint.strong(&clean(&name)));
        if !report.valid {
            line.push_str(&self.paint.bad("  [invalid: what is wrong counts as not answered]"));
        }
        self.line(&line);
        let source = self.paint.quiet(&report.intake.source);
        self.line(&source);
    }

    fn missing(&mut self) {
        let report = self.report;
        let lacking = |standing: Standing| {
            report.requirements.iter().filter(move |requirement| {
                requirement.point.standing == standing && requirement.evidence.state == EvidenceState::Missing
            })
        };
        let certain: Vec<_> = lacking(Standing::Certain).collect();
        let possible: Vec<&str> =
            lacking(Standing::Possible).map(|requirement| requirement.point.title.as_str()).collect();
        if report.ready.complete && certain.is_empty() && possible.is_empty() {
            return;
        }
        self.section("Missing");
        let answers = report.ready.missing.iter().map(|missing| missing.path.len());
        let width =
            answers.chain(certain.iter().map(|requirement| requirement.point.name.len())).max().unwrap_or(0);
        for missing in &report.ready.missing {
            let path = self.paint.name(&format!("{:<width$}", missing.path));
            let remark = if missing.location.is_some() {
                self.paint.bad(" (what is written there does not count)")
            } else {
                String::new()
            };
            self.columns("answer", &format!("{path}  {}{remark}", missing.question), width);
        }
        for requirement in certain {
            let description = match requirement.point.description.as_str() {
                "" => String::new(),
                text => format!(": {}", self.paint.quiet(text)),
            };
            let name = self.paint.name(&format!("{:<width$}", requirement.point.name));
            self.columns("evidence", &format!("{name}  {}{description}", requirement.point.title), width);
        }
        if !possible.is_empty() {
            let shown = possible.iter().take(MAX_PERHAPS).copied().collect::<Vec<_>>().join(", ");
            let more = possible.len().saturating_sub(MAX_PERHAPS);
            let more =
                if more > 0 { format!(" and {more} more, depending on the tier") } else { String::new() };
            self.entry("perhaps", &format!("{shown}{more}"));
        }
    }

    fn next(&mut self) {
        let report = self.report;
        self.section("Next");
        let (certain, possible): (Vec<&Route>, Vec<&Route>) = report
            .routes
            .iter()
            .filter(|route| route.starts != Starts::Superseded)
            .partition(|route| route.point.standing == Standing::Certain);
        for route in certain {
            let when = match route.starts {
                Starts::Now => "now",
                _ => "when the missing answers are there",
            };
            let owner =
                route.owner.as_ref().map(|owner| format!(" with {}", owner.title)).unwrap_or_default();
            let unless = match &route.superseded {
                Some(_) => ", unless a higher review wins",
                None => "",
            };
            let due = self.due(route.point.due.as_ref());
            let title = self.paint.strong(&route.point.title);
            self.entry("route", &format!("{title}{owner}: {when}{unless}{due}"));
        }
        self.list("perhaps", possible.iter().map(|route| &route.point));
        for escalation in &report.escalations {
            if escalation.point.standing == Standing::Certain {
                let due = self.due(escalation.point.due.as_ref());
                let title = self.paint.bad(&escalation.point.title);
                self.entry("escalate", &format!("{title} to {}{due}", names(&escalation.to)));
            }
        }
        for referral in
            report.referrals.iter().filter(|referral| referral.point.standing == Standing::Certain)
        {
            let contact =
                referral.contact.as_ref().map(|contact| format!(" ({contact})")).unwrap_or_default();
            self.entry("refer", &format!("{}{contact}", referral.point.title));
        }
        let certain = |point: &&Point| point.standing == Standing::Certain;
        self.list("engage", report.services.iter().filter(certain));
        for duty in report.obligations.iter().filter(|duty| duty.point.standing == Standing::Certain) {
            let owner = duty.owner.as_ref().map(|owner| format!(" ({})", owner.title)).unwrap_or_default();
            self.entry("duty", &format!("{}{owner}", duty.point.title));
        }
        self.list("notify", report.notifications.iter().filter(certain));
        for flag in report.flags.iter().filter(|flag| flag.standing == Standing::Certain) {
            let message = match flag.severity {
                Severity::Error => self.paint.bad(&flag.message),
                Severity::Warning => self.paint.wary(&flag.message),
                Severity::Info => flag.message.clone(),
            };
            self.entry("note", &message);
        }
        for date in &report.dates {
            let text = self.milestone(date);
            self.entry("date", &text);
        }
    }

    fn list<'p>(&mut self, label: &str, points: impl Iterator<Item = &'p Point>) {
        let titles: Vec<&str> = points.map(|point| point.title.as_str()).collect();
        if !titles.is_empty() {
            self.entry(label, &titles.join(", "));
        }
    }

    fn due(&self, due: Option<&Due>) -> String {
        let Some(due) = due else { return String::new() };
        match &due.by {
            Some(by) => format!(", by {by}{}", self.timing(due.timing)),
            None => format!(", within {}", due.within),
        }
    }

    fn timing(&self, timing: Timing) -> String {
        match timing {
            Timing::Overdue => self.paint.bad(" (overdue)"),
            Timing::Today => self.paint.wary(" (today)"),
            Timing::Ahead | Timing::Unknown => String::new(),
        }
    }

    fn milestone(&self, date: &Milestone) -> String {
        let when = match (&date.by, &date.within) {
            (Some(by), Some(within)) => format!("by {by}{}, within {within}", self.timing(date.timing)),
            (Some(by), None) => format!("{by}{}", self.timing(date.timing)),
            (None, within) => format!("within {} of submission", within.as_deref().unwrap_or("?")),
        };
        let earliest =
            if date.standing == Standing::Possible { ", or later, depending on the tier" } else { "" };
        format!("{}: {when}{earliest}", date.title)
    }

    fn people(&mut self) {
        let report = self.report;
        let approvals = &report.approvals;
        self.section("Who decides");
        for (label, people) in [
            ("approves", &approvals.approve),
            ("reviews", &approvals.review),
            ("informed", &approvals.inform),
        ] {
            let certain: Vec<String> =
                people.iter().filter(|who| who.standing == Standing::Certain).map(approver).collect();
            let possible: Vec<&str> = people
                .iter()
                .filter(|who| who.standing == Standing::Possible)
                .map(|who| who.title.as_str())
                .collect();
            let mut said = certain.join("; ");
            if !possible.is_empty() {
                if !said.is_empty() {
                    said.push_str("; ");
                }
                said.push_str(&format!("perhaps {}", possible.join(", ")));
            }
            if !said.is_empty() {
                self.entry(label, &said);
            }
        }
        for decision in
            report.decisions.iter().filter(|decision| decision.point.standing == Standing::Certain)
        {
            let with = if decision.co_owners.is_empty() {
                String::new()
            } else {
                format!(" with {}", names(&decision.co_owners))
            };
            let outcomes = self.paint.quiet(&format!(": {}", names(&decision.outcomes).replace(", ", " | ")));
            let title = self.paint.strong(&decision.point.title);
            self.entry("decision", &format!("{title} by {}{with}{outcomes}", decision.owner.title));
        }
    }

    fn questions(&mut self) {
        let questions = &self.report.questions;
        if questions.is_empty() {
            return;
        }
        self.section("Questions that still matter");
        let width =
            questions.iter().take(MAX_QUESTIONS).map(|question| question.path.len()).max().unwrap_or(0);
        for question in questions.iter().take(MAX_QUESTIONS) {
            let path = self.paint.name(&format!("{:<width$}", question.path));
            let line = format!("  {path}  {}", question.question);
            let line =
                fold(&line, self.paint.width(), if width > self.paint.width() / 2 { 4 } else { width + 4 });
            self.line(&line);
        }
        if questions.len() > MAX_QUESTIONS {
            let rest = self.paint.quiet(&format!("  and {} more", questions.len() - MAX_QUESTIONS));
            self.line(&rest);
        }
    }

    fn why(&mut self) {
        let mut fired: Vec<&Trace> =
            self.report.trace.iter().filter(|trace| trace.verdict == Verdict::Fires).collect();
        if fired.is_empty() {
            return;
        }
        fired.sort_by_key(|trace| std::cmp::Reverse(trace.tier));
        self.section("Why");
        let mut above: &[Cause] = &[];
        for trace in fired {
            let label = trace.tier.map_or_else(String::new, |tier| format!("tier {tier}"));
            let because = if trace.because.is_empty() {
                trace.condition.clone().unwrap_or_default()
            } else {
                trace.because.clone()
            };
            self.entry(&label, &self.paint.strong(&because));
            // Rules often share a condition; saying it again would hide what differs.
            let is_known = trace.causes.len() > 1 && trace.causes == above;
            if is_known {
                let above = self.paint.quiet("as above");
                self.entry("", &format!("  {above}"));
            }
            above = &trace.causes;
            for cause in trace.causes.iter().filter(|_| !is_known) {
                let place = match (&cause.location, cause.origin) {
                    (Some(at), _) => format!("line {}", at.start.line),
                    (None, Origin::Assumed) => "assumed".to_owned(),
                    (None, Origin::NotApplicable) => "does not apply".to_owned(),
                    (None, _) => String::new(),
                };
                let place = self.paint.quiet(&place);
                self.entry("", &format!("  {}  {place}", clean(&cause.words)));
            }
            let cites =
                if trace.cites.is_empty() { String::new() } else { format!(" ({})", trace.cites.join(", ")) };
            let rule = self.paint.name(&trace.rule);
            let at = self.paint.quiet(&format!("{cites} {}", place(&trace.location)));
            self.entry("", &format!("  rule {rule}{at}"));
        }
    }
}

/// What somebody wrote may hold anything; a terminal must not act on it.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn place(at: &Location) -> String {
    format!("{}:{}", at.source, at.start.line)
}

fn names(people: &[Who]) -> String {
    people.iter().map(|who| who.title.as_str()).collect::<Vec<_>>().join(", ")
}

fn approver(who: &Approver) -> String {
    let alternates = names(&who.alternates);
    if alternates.is_empty() { who.title.clone() } else { format!("{} (else {alternates})", who.title) }
}
