//! From `catalogue.yaml` to the [`Catalogue`].

use super::{
    Approvals, Artifact, Assumption, Catalogue, DecisionRight, Escalation, Head, MAX_TIER, Obligation,
    Outcome, RoleEntry, Route, Section, ServiceLine, Team, Tier, Turnaround, codes,
};
use crate::calendar::{self, Calendar, Duration};
use crate::diagnostic::{Diagnostic, Fix};
use crate::document::{Layers, Node, Value};
use crate::record::{Record, Spanned};
use crate::schema::{Kind, Role, Schema};
use crate::source::{Places, Span};
use crate::suggest;

/// Reads a catalogue.
pub fn read(layers: &Layers, out: &mut Vec<Diagnostic>) -> Catalogue {
    let mut catalogue = Catalogue::default();
    let (root, source) = (&layers.root, &layers.source);
    let mut record = Record::new(source, root, "the catalogue", out);
    for entry in record.entries("tiers") {
        if let Some(tier) = tier(source, entry, record.out()) {
            catalogue.tiers.retain(|known| known.number != tier.number);
            catalogue.tiers.push(tier);
        }
    }
    catalogue.tiers.sort_by_key(|tier| tier.number);
    let mut section = |section: Section, read: &mut dyn FnMut(Head, &mut Record<'_, '_>)| {
        for entry in record.entries(section.key()) {
            let what = format!("{} `{}`", section.singular(), entry.key);
            check_id(source, entry, record.out());
            let mut part = Record::new(source, &entry.value, what, record.out());
            let head = head(source, entry, &mut part);
            read(head, &mut part);
            part.finish();
        }
    };
    section(Section::Routes, &mut |head, record| {
        let ladder = record.int("ladder").and_then(|rung| u8::try_from(rung.value).ok());
        let owner = record.text("owner");
        catalogue.routes.put(Route { head, ladder, owner, never_waits: record.flag("never_waits") });
    });
    section(Section::Services, &mut |head, record| {
        let mut words = |key| record.texts(key).into_iter().map(|text| text.value).collect();
        let (customers, triggers, outputs) = (words("customers"), words("triggers"), words("outputs"));
        catalogue.services.put(ServiceLine { head, customers, triggers, outputs });
    });
    section(Section::Artifacts, &mut |head, record| {
        let (mut links, mut fields) = (vec![], vec![]);
        if let Some(node) = record.node("satisfied_by") {
            let mut by = Record::new(source, node, "`satisfied_by`", record.out());
            links = by.texts("links");
            fields = by.texts("fields");
            by.finish();
        }
        catalogue.artifacts.put(Artifact { head, links, fields });
    });
    section(Section::Roles, &mut |head, record| {
        catalogue.roles.put(RoleEntry { head, alternates: record.texts("alternates") });
    });
    section(Section::Teams, &mut |head, record| {
        catalogue.teams.put(Team { head, contact: record.text("contact").map(|text| text.value) });
    });
    section(Section::Outcomes, &mut |head, _| catalogue.outcomes.put(Outcome { head }));
    section(Section::Decisions, &mut |head, record| {
        let (owner, co_owners) = (record.needs_text("owner"), record.texts("co_owners"));
        catalogue.decisions.put(DecisionRight { head, owner, co_owners, outcomes: record.texts("outcomes") });
    });
    section(Section::Escalations, &mut |head, record| {
        let (mut to, mut within) = (vec![], None);
        if let Some(node) = record.node("to") {
            if node.as_map().is_some() {
                let mut part = Record::new(source, node, "`to`", record.out());
                to = part.texts("roles");
                within = duration(&mut part, "within");
                part.flag("assumed");
                part.finish();
            } else {
                to = record.texts("to");
            }
        }
        within = within.or_else(|| duration(record, "within"));
        catalogue.escalations.put(Escalation { head, to, within });
    });
    section(Section::Obligations, &mut |head, record| {
        catalogue.obligations.put(Obligation { head, owner: record.text("owner") });
    });
    thresholds(source, &mut record);
    if let Some(node) = record.node("calendar") {
        catalogue.calendar = calendar(source, node, record.out());
    }
    record.finish();
    assumptions(source, root, "", &mut catalogue.assumptions);
    catalogue
}

fn head(source: &dyn Places, entry: &crate::document::Entry, record: &mut Record<'_, '_>) -> Head {
    record.flag("assumed");
    Head {
        id: entry.key.clone(),
        title: record.needs_text("title").value,
        description: record.text("description").map(|text| text.value).unwrap_or_default(),
        cites: record.texts("cites").into_iter().map(|text| text.value).collect(),
        declared: Some(source.locate(entry.key_span)),
    }
}

fn check_id(source: &dyn Places, entry: &crate::document::Entry, out: &mut Vec<Diagnostic>) {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if entry.key.is_empty() || !entry.key.chars().all(good) {
        let message = format!("`{}` is no id", entry.key);
        out.push(
            Diagnostic::error(codes::BAD_ID, source.locate(entry.key_span), message)
                .help("an id has lowercase letters, digits and dashes"),
        );
    }
}

fn tier(source: &dyn Places, entry: &crate::document::Entry, out: &mut Vec<Diagnostic>) -> Option<Tier> {
    let Some(number) = entry.key.parse().ok().filter(|number| *number <= MAX_TIER) else {
        let message = format!("`{}` is no tier: tiers are 0, 1, 2 and 3", entry.key);
        out.push(Diagnostic::error(codes::BAD_TIER, source.locate(entry.key_span), message));
        return None;
    };
    let mut record = Record::new(source, &entry.value, format!("tier {number}"), out);
    let mut head = head(source, entry, &mut record);
    if let Some(when) = record.text("when") {
        head.description = when.value;
    }
    let mut artifacts = record.texts("artifacts");
    if let Some(node) = record.node("pr_artifacts") {
        let mut more = Record::new(source, node, "`pr_artifacts`", record.out());
        for artifact in more.texts("ids") {
            if !artifacts.iter().any(|known| known.value == artifact.value) {
                artifacts.push(artifact);
            }
        }
        more.flag("assumed");
        more.finish();
    }
    let mut turnaround = vec![];
    for entry in record.entries("turnaround") {
        if entry.key == "assumed" {
            continue;
        }
        let what = format!("turnaround `{}`", entry.key);
        let mut part = Record::new(source, &entry.value, what, record.out());
        let (respond, decide) = (duration(&mut part, "respond"), duration(&mut part, "decide"));
        part.finish();
        turnaround.push(Turnaround { urgency: entry.key.clone(), respond, decide });
    }
    let mut approvals = Approvals::default();
    if let Some(node) = record.node("approvals") {
        let mut part = Record::new(source, node, format!("the approvals of tier {number}"), record.out());
        part.flag("assumed");
        let (approve, review, inform) = (part.texts("approve"), part.texts("review"), part.texts("inform"));
        approvals = Approvals { approve, review, inform, window: duration(&mut part, "window") };
        part.finish();
    }
    let on_top = record.flag("on_top");
    record.finish();
    Some(Tier { head, number, artifacts, on_top, turnaround, approvals })
}

fn duration(record: &mut Record<'_, '_>, key: &'static str) -> Option<Duration> {
    let text = record.text(key)?;
    let duration = Duration::parse(&text.value);
    if duration.is_none() {
        let message = format!("`{}` is no duration", text.value);
        let diagnostic = record.error(codes::BAD_DURATION, text.span, message);
        diagnostic.help = Some("write `4 hours`, `30 days` or `2 business days`".to_owned());
    }
    duration
}

/// Assumptions that are no entry of their own: thresholds of rules, scales of fields, readings of a row. They
/// are written down to be found and decided; the engine reads nothing else from them.
fn thresholds(source: &dyn Places, record: &mut Record<'_, '_>) {
    for entry in record.entries("assumptions") {
        let what = format!("assumption `{}`", entry.key);
        let mut part = Record::new(source, &entry.value, what, record.out());
        head(source, entry, &mut part);
        part.text("constant");
        part.text("field");
        part.node("value");
        part.finish();
    }
}

fn calendar(source: &dyn Places, node: &Node, out: &mut Vec<Diagnostic>) -> Calendar {
    let mut record = Record::new(source, node, "the calendar", out);
    record.flag("assumed");
    record.texts("cites");
    let mut calendar = Calendar::default();
    for name in record.texts("weekend") {
        match Calendar::weekday(&name.value) {
            Some(day) => calendar.weekend.push(day),
            None => {
                record.error(codes::BAD_DATE, name.span, format!("`{}` is no day of the week", name.value));
            }
        }
    }
    for day in record.texts("holidays") {
        match calendar::date(&day.value) {
            Some(day) => calendar.holidays.push(day),
            None => {
                record.error(codes::BAD_DATE, day.span, format!("`{}` is no date", day.value));
            }
        }
    }
    record.finish();
    calendar
}

/// Every mapping that says `assumed: true`, by its path.
fn assumptions(source: &dyn Places, node: &Node, path: &str, found: &mut Vec<Assumption>) {
    let Some(entries) = node.as_map() else { return };
    for entry in entries {
        if entry.key == "assumed" && entry.value.as_bool() == Some(true) {
            found.push(Assumption { path: path.to_owned(), location: source.locate(entry.key_span) });
        }
        let path = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        if matches!(entry.value.value, Value::Map(_)) {
            assumptions(source, &entry.value, &path, found);
        }
    }
}

impl Catalogue {
    /// Checks that every id that the catalogue names is there, in the catalogue or in the schema.
    pub fn check(&self, source: &dyn Places, schema: &Schema, out: &mut Vec<Diagnostic>) {
        let mut check = Check { catalogue: self, source, out };
        for number in 0..=MAX_TIER {
            if self.tier(number).is_none() {
                let message = format!("the catalogue has no tier {number}");
                check.out.push(Diagnostic::error(codes::BAD_TIER, source.locate(Span::at(0)), message));
            }
        }
        let urgency = schema.role(Role::Urgency).and_then(|(_, field)| field.choices());
        for tier in &self.tiers {
            check.ids(&[Section::Artifacts], &tier.artifacts);
            for list in [&tier.approvals.approve, &tier.approvals.review, &tier.approvals.inform] {
                check.ids(&[Section::Roles], list);
            }
            for turnaround in &tier.turnaround {
                if urgency.is_some_and(|choices| choices.position(&turnaround.urgency).is_none()) {
                    let at = tier.head.declared.clone().unwrap_or_else(|| source.locate(Span::at(0)));
                    let message = format!("no intake can have the urgency `{}`", turnaround.urgency);
                    check.out.push(Diagnostic::error(codes::UNKNOWN_FIELD, at, message));
                }
            }
        }
        for route in self.routes.iter() {
            check.ids(&[Section::Roles, Section::Teams], route.owner.as_slice());
        }
        for role in self.roles.iter() {
            check.ids(&[Section::Roles], &role.alternates);
        }
        for decision in self.decisions.iter() {
            check.ids(&[Section::Roles], std::slice::from_ref(&decision.owner));
            check.ids(&[Section::Roles], &decision.co_owners);
            check.ids(&[Section::Outcomes], &decision.outcomes);
        }
        for escalation in self.escalations.iter() {
            check.ids(&[Section::Roles], &escalation.to);
        }
        for obligation in self.obligations.iter() {
            check.ids(&[Section::Roles, Section::Teams], obligation.owner.as_slice());
        }
        let kinds = link_kinds(schema);
        for artifact in self.artifacts.iter() {
            for kind in artifact.links.iter().filter(|kind| !kinds.contains(&kind.value.as_str())) {
                check.unknown(kind, "link kind", codes::UNKNOWN_FIELD, &kinds);
            }
            let paths: Vec<&str> = schema.slots().map(|(_, field)| field.path.as_str()).collect();
            for field in artifact.fields.iter().filter(|field| !paths.contains(&field.value.as_str())) {
                check.unknown(field, "field of the intake", codes::UNKNOWN_FIELD, &paths);
            }
        }
    }
}

/// The kinds that a link of an intake can have.
fn link_kinds(schema: &Schema) -> Vec<&str> {
    let Some((_, links)) = schema.role(Role::Links) else { return vec![] };
    let Kind::List { item, .. } = &links.kind else { return vec![] };
    let kind = schema.child(schema.field(*item), "kind").and_then(|field| field.choices());
    kind.into_iter().flat_map(|choices| choices.names()).collect()
}

struct Check<'a, 'd> {
    catalogue: &'a Catalogue,
    source: &'a dyn Places,
    out: &'d mut Vec<Diagnostic>,
}

impl Check<'_, '_> {
    fn ids(&mut self, sections: &[Section], ids: &[Spanned<String>]) {
        for id in ids.iter().filter(|id| !id.value.is_empty()) {
            if sections.iter().any(|section| self.catalogue.head(*section, &id.value).is_some()) {
                continue;
            }
            let known: Vec<&str> = sections
                .iter()
                .flat_map(|section| self.catalogue.heads(*section))
                .map(|head| head.id.as_str())
                .collect();
            let what = sections.first().map_or("entry", |section| section.singular());
            self.unknown(id, what, codes::UNKNOWN_ID, &known);
        }
    }

    fn unknown(&mut self, id: &Spanned<String>, what: &str, code: crate::diagnostic::Code, known: &[&str]) {
        let at = self.source.locate(id.span);
        let mut diagnostic =
            Diagnostic::error(code, at.clone(), format!("there is no {what} `{}`", id.value));
        diagnostic = match suggest::nearest(&id.value, known.iter().copied()) {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).fix(Fix::replace(at, meant)),
            None => diagnostic.help(format!("there are {}", suggest::all_of(known.iter().copied()))),
        };
        self.out.push(diagnostic);
    }
}
