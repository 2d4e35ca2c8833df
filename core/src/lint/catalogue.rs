//! What makes an operating model slow or empty: escalations to nobody, decisions that decide nothing, people
//! who stand in for each other in a circle.

use super::{codes, manifest};
use crate::catalogue::{Assumption, Catalogue, Entry, Head};
use crate::diagnostic::Diagnostic;
use crate::pack::Pack;
use crate::schema::Role;
use crate::source::Location;
use std::collections::{BTreeMap, BTreeSet};

/// Where an entry is declared.
fn at(head: &Head, out: &mut Vec<Diagnostic>, make: impl FnOnce(Location) -> Diagnostic) {
    out.extend(head.declared.clone().map(make));
}

/// Two routes on one rung: which of them wins is a matter of order, not of policy.
pub(super) fn routes(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let mut rungs: BTreeMap<u8, &Head> = BTreeMap::new();
    for route in pack.catalogue.routes.iter() {
        let Some(rung) = route.ladder else { continue };
        let Some(first) = rungs.get(&rung) else {
            rungs.insert(rung, &route.head);
            continue;
        };
        at(&route.head, out, |location| {
            let message = format!("`{}` and `{}` stand on one rung of the ladder", first.id, route.head.id);
            let mut diagnostic = Diagnostic::warning(codes::SHARED_RUNG, location, message)
                .help("give each review route a rung of its own; a route that adds up has no `ladder`");
            diagnostic.note = Some(format!("rung {rung}"));
            match &first.declared {
                Some(first) => diagnostic.label(first.clone(), format!("rung {rung} too")),
                None => diagnostic,
            }
        });
    }
}

/// Escalations, decisions and alternates.
pub(super) fn people(pack: &Pack, out: &mut Vec<Diagnostic>) {
    for escalation in pack.catalogue.escalations.iter().filter(|escalation| escalation.to.is_empty()) {
        at(escalation.head(), out, |location| {
            let message = format!("the escalation `{}` goes to nobody", escalation.head.id);
            Diagnostic::warning(codes::ESCALATION_TO_NOBODY, location, message)
                .help("add `to: { roles: […], within: 1 business day }`")
        });
    }
    for decision in pack.catalogue.decisions.iter().filter(|decision| decision.outcomes.len() < 2) {
        at(decision.head(), out, |location| {
            let message = match decision.outcomes.first() {
                Some(only) => format!("`{}` can only end in `{}`", decision.head.id, only.value),
                None => format!("`{}` says nowhere how it can end", decision.head.id),
            };
            Diagnostic::warning(codes::SINGLE_OUTCOME, location, message)
                .help("a decision that cannot be refused is none: add the other `outcomes`")
        });
    }
    circles(&pack.catalogue, out);
}

/// Roles that only ever lead back to each other: when all of them are away, nobody decides.
fn circles(catalogue: &Catalogue, out: &mut Vec<Diagnostic>) {
    let next: BTreeMap<&str, Vec<&str>> = catalogue
        .roles
        .iter()
        .map(|role| {
            (role.head.id.as_str(), role.alternates.iter().map(|other| other.value.as_str()).collect())
        })
        .collect();
    let reach = |from: &str| {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = next.get(from).cloned().unwrap_or_default();
        while let Some(role) = open.pop() {
            if seen.insert(role) {
                open.extend(next.get(role).into_iter().flatten());
            }
        }
        seen
    };
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    for role in catalogue.roles.iter() {
        let own = role.head.id.as_str();
        if role.alternates.iter().any(|other| other.value == own) {
            at(&role.head, out, |location| {
                let message = format!("`{own}` stands in for itself");
                Diagnostic::warning(codes::CIRCULAR_ALTERNATES, location, message)
                    .help("name somebody else among its `alternates`")
            });
            continue;
        }
        let circle = reach(own);
        // A closed circle: everybody that it leads to leads back, and it has nobody else.
        let closed = circle.contains(own) && circle.iter().all(|other| reach(other) == circle);
        if closed && !circle.iter().any(|other| reported.contains(other)) {
            reported.extend(&circle);
            at(&role.head, out, |location| {
                let others: Vec<String> = circle.iter().map(|other| format!("`{other}`")).collect();
                let message = format!("{} stand in for each other and for nobody else", others.join(", "));
                Diagnostic::warning(codes::CIRCULAR_ALTERNATES, location, message)
                    .help("name somebody outside the circle as the last of the `alternates`")
            });
        }
    }
}

/// Artifacts that nothing, or only an item of evidence, can satisfy.
pub(super) fn artifacts(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let evidence = pack.schema.role(Role::Evidence).is_some();
    let bare = pack
        .catalogue
        .artifacts
        .iter()
        .filter(|artifact| artifact.links.is_empty() && artifact.fields.is_empty());
    for artifact in bare {
        let id = &artifact.head.id;
        at(&artifact.head, out, |location| {
            if evidence {
                let message = format!("only an item of evidence can satisfy `{id}`");
                Diagnostic::warning(codes::EVIDENCE_ONLY, location, message)
                    .help("if a link or an answer could, say so: `satisfied_by: { links: […], fields: […] }`")
            } else {
                let message = format!("nothing in an intake can satisfy `{id}`");
                Diagnostic::warning(codes::UNSATISFIABLE_ARTIFACT, location, message)
                    .help("say what does, `satisfied_by: { links: […], fields: […] }`, or give the schema a list with the role `evidence`")
            }
        });
    }
}

/// Values that somebody still has to decide. Those of a pack that is extended are told in one sentence: its own
/// author lists them.
pub(super) fn assumptions(pack: &Pack, out: &mut Vec<Diagnostic>) {
    let (inherited, own): (Vec<&Assumption>, Vec<&Assumption>) =
        pack.catalogue.assumptions.iter().partition(|assumption| pack.inherits(&assumption.location.source));
    if let (Some(base), false) = (pack.bases.first(), inherited.is_empty()) {
        let paths: Vec<&str> = inherited.iter().map(|assumption| assumption.path.as_str()).collect();
        let values = if paths.len() == 1 { "1 value".to_owned() } else { format!("{} values", paths.len()) };
        let message = format!("`{}` takes {values} for granted that nobody has decided", base.manifest.name);
        out.push(Diagnostic::warning(codes::ASSUMPTION, manifest(pack, "extends"), message).help(format!(
            "put what you decide into this pack's catalogue, with `assumed: false`: {}",
            paths.join(", ")
        )));
    }
    for assumption in own {
        let message = format!("assumed: {}", assumption.path);
        out.push(
            Diagnostic::warning(codes::ASSUMPTION, assumption.location.clone(), message)
                .help("decide it, and take the mark away"),
        );
    }
}
