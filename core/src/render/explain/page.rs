//! A page of prose: sections, paragraphs that wrap, entries with a label.

use crate::render::Paint;
use crate::wire::v1::explanation::{RuleStory, RuleVerdict};
use crate::wire::v1::{Cause, Location, Origin, Report};

pub(super) struct Page {
    pub(super) paint: Paint,
    out: String,
}

impl Page {
    pub(super) fn new(paint: Paint) -> Self {
        Self { paint, out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// A line as it is, painted or not.
    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    pub(super) fn section(&mut self, title: &str) {
        self.gap();
        let title = self.paint.strong(title);
        self.line(&title);
    }

    /// Plain text, broken between words; `indent` stands before each line, `first` before the first instead.
    pub(super) fn text(&mut self, first: &str, indent: &str, text: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in clean(text).split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > self.paint.width() {
                self.line(&line);
                indent.clone_into(&mut line);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.line(&line);
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.text("  ", "  ", text);
    }

    /// A paragraph with a dash, or what else marks it.
    pub(super) fn item(&mut self, mark: &str, text: &str) {
        let first = format!("  {mark} ");
        let indent = " ".repeat(first.chars().count());
        self.text(&first, &indent, text);
    }

    /// What is decided about what, and where it was read.
    pub(super) fn heading(&mut self, report: &Report) {
        let name = match (&report.intake.title, &report.intake.id) {
            (Some(title), Some(id)) => format!("{title} ({id})"),
            (Some(name), None) | (None, Some(name)) => name.clone(),
            (None, None) => report.intake.source.clone(),
        };
        let tier = match report.tier.settled {
            Some(tier) => format!("Tier {tier}"),
            None => format!("Tier {}–{}", report.tier.floor, report.tier.ceiling),
        };
        let tier = match report.tier.ceiling {
            0 => self.paint.good(&tier),
            1 => self.paint.strong(&tier),
            2 => self.paint.wary(&tier),
            _ => self.paint.bad(&tier),
        };
        let line = format!("{} — {tier}, {}", self.paint.strong(&clean(&name)), report.tier.title);
        self.line(&line);
        let source = self.paint.quiet(&report.intake.source);
        self.line(&source);
        if !report.valid {
            let warning = self
                .paint
                .bad("What is wrong in this intake counts as not answered; `remit check` shows it.");
            self.line(&warning);
        }
    }

    /// An answer, and where it stands.
    pub(super) fn cause(&mut self, indent: &str, cause: &Cause) {
        let place = match (&cause.location, cause.origin) {
            (Some(at), _) => format!("line {}", at.start.line),
            (None, Origin::Assumed) => "assumed, because nobody answered".to_owned(),
            (None, Origin::NotApplicable) => "not asked, because of other answers".to_owned(),
            (None, _) => String::new(),
        };
        let place = self.paint.quiet(&place);
        self.line(&format!("{indent}{}  {place}", clean(&cause.words)));
    }

    /// A rule's name, what it serves, and where it stands.
    pub(super) fn rule_line(&mut self, indent: &str, story: &RuleStory) {
        let cites =
            if story.cites.is_empty() { String::new() } else { format!(" ({})", story.cites.join(", ")) };
        let rule = self.paint.name(&story.rule);
        let at = self.paint.quiet(&format!("{cites} {}", place(&story.location)));
        self.line(&format!("{indent}rule {rule}{at}"));
    }
}

/// What somebody wrote may hold anything; a terminal must not act on it.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

pub(super) fn place(at: &Location) -> String {
    format!("{}:{}", at.source, at.start.line)
}

/// "Tier 2" or "Tier 1–3".
pub(super) fn tier_range(floor: u8, ceiling: u8) -> String {
    if floor == ceiling { format!("tier {floor}") } else { format!("tier {floor}–{ceiling}") }
}

/// Rules with a verdict, those of the highest tier first.
pub(super) fn with(rules: &[RuleStory], verdict: RuleVerdict) -> Vec<&RuleStory> {
    let mut found: Vec<&RuleStory> = rules.iter().filter(|rule| rule.verdict == verdict).collect();
    found.sort_by_key(|rule| std::cmp::Reverse(rule.tier));
    found
}

/// "a, b and c".
pub(super) fn and<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", init.join(", "), last.as_ref())
        }
    }
}
