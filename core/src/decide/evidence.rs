//! Evidence: which artifacts are required, and what there is of each.

use super::tiers::Tiers;
use super::{Index, Standing};
use crate::catalogue::{Artifact, TierNumber};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::evaluate::Truth;
use crate::fact::{Fact, Row};
use crate::facts::{Facts, Origin};
use crate::intake::Intake;
use crate::pack::Pack;
use crate::placeholder;
use crate::schema::{self, Field, Kind, Role, Schema, Slot};
use crate::source::Span;
use crate::suggest;
use std::collections::{BTreeMap, BTreeSet};

/// An evidence item names an artifact that the catalogue does not have.
pub const UNKNOWN_ARTIFACT: Code = Code("intake/unknown-artifact");
/// An artifact is waived without a reason or without a decider; it is not waived.
pub const WAIVER_INCOMPLETE: Code = Code("intake/waiver-incomplete");

/// What there is of a required artifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceState {
    /// Nothing, or a placeholder.
    Missing,
    /// Something is linked, and nobody has looked at it.
    Claimed,
    /// It has been looked at.
    Resolved,
    /// Somebody who may has said that it is not needed, and why.
    Waived,
}

/// A required artifact and what there is of it.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What there is.
    pub state: EvidenceState,
    /// Where the intake says so.
    pub span: Option<Span>,
    /// What is linked.
    pub link: Option<String>,
    /// Who looked at it, and when; or who waived it, and why.
    pub by: Option<(String, String)>,
}

/// Columns of a list's items by key.
struct Columns<'a> {
    schema: &'a Schema,
    item: &'a Field,
}

impl<'a> Columns<'a> {
    fn of(schema: &'a Schema, field: &'a Field) -> Option<Self> {
        match &field.kind {
            Kind::List { item, .. } => Some(Self { schema, item: schema.field(*item) }),
            _ => None,
        }
    }

    fn text(&self, row: &Row, key: &str) -> Option<String> {
        let field = self.schema.child(self.item, key)?;
        let crate::schema::Place::Column(column) = field.place else { return None };
        match row.cells.get(column as usize)? {
            Fact::Unknown => None,
            fact => Some(field.write(fact)).filter(|text| !placeholder::is_text(text)),
        }
    }

    /// Whether a cell says one of these words: asked of many rows for each artifact, so nothing is copied.
    fn says<'w>(&self, row: &Row, key: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
        let Some(field) = self.schema.child(self.item, key) else { return false };
        let crate::schema::Place::Column(column) = field.place else { return false };
        let said = match (row.cells.get(column as usize), field.choices()) {
            (Some(Fact::Text(text)), _) => &**text,
            (Some(Fact::Choice(place)), Some(choices)) => {
                choices.values.get(usize::from(*place)).map_or("", |choice| &choice.value)
            }
            _ => return false,
        };
        words.any(|word| word == said) && !placeholder::is_text(said)
    }

    fn address(&self, row: &Row, key: &str) -> Option<String> {
        self.text(row, key).filter(|address| !placeholder::is_address(address))
    }
}

/// The list of the field with a role, and how to read its items.
fn rows<'a>(schema: &'a Schema, facts: &'a Facts, role: Role) -> Option<(Columns<'a>, &'a [Row])> {
    let (slot, field) = schema.role(role)?;
    Some((Columns::of(schema, field)?, facts.value(slot).rows()?))
}

/// Whether a list has an item that counts: a link that leads somewhere, or any item of another list.
pub(super) fn has_items(schema: &Schema, facts: &Facts, slot: Slot) -> bool {
    let field = schema.slot(slot);
    let Some(rows) = facts.value(slot).rows() else { return false };
    match Columns::of(schema, field).filter(|_| field.role == Some(Role::Links)) {
        Some(columns) => rows.iter().any(|row| columns.address(row, "url").is_some()),
        None => !rows.is_empty(),
    }
}

/// What there is of an artifact: the best that an evidence item, a link or the answers give.
pub(super) fn find(pack: &Pack, facts: &Facts, artifact: &Artifact) -> Evidence {
    let schema = &pack.schema;
    let mut best = Evidence { state: EvidenceState::Missing, span: None, link: None, by: None };
    let mut offer = |evidence: Evidence| {
        if evidence.state > best.state || best.span.is_none() {
            best = evidence;
        }
    };
    if let Some((columns, rows)) = rows(schema, facts, Role::Evidence) {
        let id = || std::iter::once(artifact.head.id.as_str());
        for row in rows.iter().filter(|row| columns.says(row, "artifact", id())) {
            offer(item(&columns, row));
        }
    }
    if let Some((columns, rows)) = rows(schema, facts, Role::Links) {
        let kinds = || artifact.links.iter().map(|link| link.value.as_str());
        let counts = rows.iter().filter(|row| columns.says(row, "kind", kinds()));
        // All links claim as much: the first one that leads somewhere is offered.
        let mut leads = counts.filter_map(|row| Some((row.span, columns.address(row, "url")?)));
        if let Some((span, link)) = leads.next() {
            offer(Evidence { state: EvidenceState::Claimed, span: Some(span), link: Some(link), by: None });
        }
    }
    let answered = artifact.fields.iter().map(|path| {
        let (slot, _) = schema.slots().find(|(_, field)| field.path == path.value)?;
        match facts.origin(slot) {
            Origin::Answered { value, .. } if facts.value(slot).is_known() => Some(value),
            _ => None,
        }
    });
    let answered: Option<Vec<Span>> = answered.collect();
    if let Some(first) = answered.and_then(|spans| spans.first().copied()) {
        offer(Evidence { state: EvidenceState::Claimed, span: Some(first), link: None, by: None });
    }
    best
}

fn item(columns: &Columns<'_>, row: &Row) -> Evidence {
    let pair = |who, what| columns.text(row, who).zip(columns.text(row, what));
    let link = columns.address(row, "link");
    let (state, by) = if let Some(by) = pair("waived_by", "waived_because") {
        (EvidenceState::Waived, Some(by))
    } else if let Some(by) = pair("reviewed_by", "reviewed_on").filter(|_| link.is_some()) {
        (EvidenceState::Resolved, Some(by))
    } else if link.is_some() {
        (EvidenceState::Claimed, None)
    } else {
        (EvidenceState::Missing, None)
    };
    Evidence { state, span: Some(row.span), link, by }
}

/// Evidence items that cannot count as they were meant.
pub(super) fn remarks(pack: &Pack, intake: &Intake, facts: &Facts, out: &mut Vec<Diagnostic>) {
    let source = &intake.document.source;
    for (role, key) in [(Role::Links, "url"), (Role::Evidence, "link")] {
        let Some((columns, rows)) = rows(&pack.schema, facts, role) else { continue };
        let astray =
            |row: &&Row| columns.text(row, key).is_some_and(|address| placeholder::is_address(&address));
        for row in rows.iter().filter(astray) {
            let span = cell(intake, row.span, key).unwrap_or(row.span);
            let address = columns.text(row, key).unwrap_or_default();
            let message = format!("`{address}` is a placeholder, so it counts as no link");
            out.push(Diagnostic::warning(schema::codes::PLACEHOLDER, source.locate(span), message));
        }
    }
    let Some((columns, rows)) = rows(&pack.schema, facts, Role::Evidence) else { return };
    for row in rows {
        if let Some(name) = columns.text(row, "artifact")
            && pack.catalogue.artifacts.get(&name).is_none()
        {
            let span = cell(intake, row.span, "artifact").unwrap_or(row.span);
            let mut diagnostic = Diagnostic::warning(
                UNKNOWN_ARTIFACT,
                source.locate(span),
                format!("there is no artifact `{name}`, so this is evidence for nothing"),
            );
            diagnostic = match suggest::nearest(&name, pack.catalogue.artifacts.ids()) {
                Some(meant) => diagnostic
                    .help(format!("did you mean `{meant}`?"))
                    .fix(Fix::replace(source.locate(span), meant)),
                None => {
                    diagnostic.help(format!("there are {}", suggest::all_of(pack.catalogue.artifacts.ids())))
                }
            };
            out.push(diagnostic);
        }
        let (by, because) = (columns.text(row, "waived_by"), columns.text(row, "waived_because"));
        if by.is_some() != because.is_some() {
            let lacks = if by.is_some() { "a reason (`waived_because`)" } else { "a decider (`waived_by`)" };
            out.push(
                Diagnostic::warning(
                    WAIVER_INCOMPLETE,
                    source.locate(row.span),
                    format!("this waiver lacks {lacks}, so it does not count"),
                )
                .help("waiving evidence needs both: who decided, and why"),
            );
        }
    }
}

/// Where the value of an item's key stands.
fn cell(intake: &Intake, item: Span, key: &str) -> Option<Span> {
    let root = intake.document.root.as_ref()?;
    let path = root.node_at(item.start as usize);
    let node = path.into_iter().find(|node| node.span == item)?;
    node.get(key).map(|node| node.span)
}

/// The artifacts that the tier asks for, certain or possible.
pub(crate) fn of_tiers(
    pack: &Pack,
    index: &Index,
    tiers: Tiers,
    verdicts: &[Truth],
) -> BTreeMap<String, (Standing, BTreeSet<TierNumber>)> {
    let mut sets: Vec<BTreeSet<(String, TierNumber)>> = vec![];
    for tier in tiers.iter() {
        for asked in bases(pack, index, tier, verdicts) {
            let entries = asked.into_iter().filter_map(|tier| pack.catalogue.tier(tier));
            sets.push(
                entries
                    .flat_map(|tier| {
                        tier.artifacts.iter().map(|artifact| (artifact.value.clone(), tier.number))
                    })
                    .collect(),
            );
        }
    }
    let mut required: BTreeMap<String, (Standing, BTreeSet<TierNumber>)> = BTreeMap::new();
    for (artifact, tier) in sets.iter().flatten() {
        let everywhere = sets.iter().all(|set| set.iter().any(|(other, _)| other == artifact));
        let standing = if everywhere { Standing::Certain } else { Standing::Possible };
        required.entry(artifact.clone()).or_insert((standing, BTreeSet::new())).1.insert(*tier);
    }
    required
}

/// The tiers whose artifacts a tier asks for: its own, and where they come on top, those of the highest lower
/// tier for which a rule fires. Unsettled rules leave several answers.
fn bases(pack: &Pack, index: &Index, tier: TierNumber, verdicts: &[Truth]) -> Vec<Vec<TierNumber>> {
    if !pack.catalogue.tier(tier).is_some_and(|tier| tier.on_top) {
        return vec![vec![tier]];
    }
    let lower = |truth: Truth| {
        let rules = verdicts.iter().enumerate().filter(move |(_, verdict)| **verdict == truth);
        rules
            .filter_map(|(rule, _)| index.tier_of(rule))
            .filter(|lower| *lower < tier)
            .collect::<BTreeSet<_>>()
    };
    let certain = lower(Truth::Yes).last().copied();
    let mut cases = vec![certain.map_or_else(|| vec![tier], |lower| vec![lower, tier])];
    let higher =
        lower(Truth::Unsettled).into_iter().filter(|lower| certain.is_none_or(|certain| *lower > certain));
    cases.extend(higher.map(|lower| vec![lower, tier]));
    cases
}
