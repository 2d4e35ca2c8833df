//! A case that holds what a pack decides today, to start a real one from.

use crate::wire::v1::{EvidenceState, Point, Report, Standing, Starts, Verdict};

/// What a case starts from.
#[derive(Debug, Clone, Copy)]
pub enum Start<'t> {
    /// An example of the pack, by its name.
    Example(&'t str),
    /// The text of an intake, which is written into the case.
    Intake(&'t str),
}

/// The text of a case that expects what a report says.
pub fn draft(start: Start<'_>, report: &Report) -> String {
    let mut lines = vec![
        "# Say here what this case shows. It holds what the pack decided when it was made; what is not mentioned is"
            .to_owned(),
        "# not checked, so strike what does not matter.".to_owned(),
    ];
    match start {
        Start::Example(name) => lines.push(format!("example: {}", scalar(name))),
        Start::Intake(text) => {
            lines.push("intake:".to_owned());
            let inside = |line: &str| if line.is_empty() { String::new() } else { format!("  {line}") };
            lines.extend(text.trim_end().lines().map(inside));
        }
    }
    if let Some(today) = &report.today {
        lines.push(format!("today: {today}"));
    }
    lines.push("expect:".to_owned());
    lines.push(match report.tier.settled {
        Some(tier) => format!("  tier: {tier}"),
        None => format!("  tier: {{ floor: {}, ceiling: {} }}", report.tier.floor, report.tier.ceiling),
    });
    let missing: Vec<String> = report.ready.missing.iter().map(|missing| missing.path.clone()).collect();
    lines.push(if missing.is_empty() {
        "  ready: true".to_owned()
    } else {
        format!("  ready: {}", flow(&missing))
    });
    if !report.valid {
        lines.push("  valid: false".to_owned());
    }
    let certain = |points: Vec<&Point>| -> Vec<String> {
        let certain = points.into_iter().filter(|point| point.standing == Standing::Certain);
        certain.map(|point| point.name.clone()).collect()
    };
    let routes =
        report.routes.iter().filter(|route| route.starts != Starts::Superseded && route.superseded.is_none());
    let lacking = report.requirements.iter().filter(|found| found.evidence.state == EvidenceState::Missing);
    let rules = report.trace.iter().filter(|trace| trace.verdict == Verdict::Fires);
    for (key, names) in [
        ("routes", certain(routes.map(|route| &route.point).collect())),
        ("escalations", certain(report.escalations.iter().map(|found| &found.point).collect())),
        ("referrals", certain(report.referrals.iter().map(|found| &found.point).collect())),
        ("missing", certain(lacking.map(|found| &found.point).collect())),
        ("decisions", certain(report.decisions.iter().map(|found| &found.point).collect())),
        ("rules", rules.map(|trace| trace.rule.clone()).collect()),
    ] {
        lines.push(format!("  {key}: {}", flow(&names)));
    }
    lines.join("\n") + "\n"
}

/// A word as YAML reads it back as text.
pub fn scalar(word: &str) -> String {
    let plain = word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
        && !matches!(
            word.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if plain { word.to_owned() } else { serde_json::Value::from(word).to_string() }
}

/// A list as YAML writes it in one line.
pub fn flow(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| scalar(word)).collect();
    format!("[{}]", words.join(", "))
}
