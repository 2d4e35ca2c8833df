//! What there is to say about a field, a choice, or an entry of the catalogue, in Markdown.

use remit_core::catalogue::{Catalogue, Section};
use remit_core::record::Spanned;
use remit_core::schema::{Choice, Field, Kind, Schema, Silence, TextFormat};

/// What kind of answer a field holds, in a few words.
pub(crate) fn kind(schema: &Schema, field: &Field) -> String {
    match &field.kind {
        Kind::Bool => "yes or no".to_owned(),
        Kind::Int { min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("number, {min} to {max}"),
            (Some(min), None) => format!("number, {min} or more"),
            (None, Some(max)) => format!("number, {max} at most"),
            (None, None) => "number".to_owned(),
        },
        Kind::Text(TextFormat::Date) => "date".to_owned(),
        Kind::Text(TextFormat::Uri) => "address".to_owned(),
        Kind::Text(TextFormat::Plain) => "text".to_owned(),
        Kind::Choice(choices) => {
            let names: Vec<&str> = choices.names().take(6).collect();
            let more = if choices.values.len() > names.len() { ", …" } else { "" };
            let joint = if choices.ordered { " < " } else { ", " };
            format!("{}{more}", names.join(joint))
        }
        Kind::Group(children) => format!("{} fields", children.len()),
        Kind::List { item, .. } => match &schema.field(*item).kind {
            Kind::Group(_) => "list of groups".to_owned(),
            _ => format!("list of {}", kind(schema, schema.field(*item))),
        },
    }
}

/// A field, its question, and what silence means.
pub(crate) fn field(schema: &Schema, field: &Field) -> String {
    let mut text = format!("**{}** · `{}` · {}", field.title, field.path, kind(schema, field));
    if !field.question.is_empty() {
        text.push_str(&format!("\n\n*{}*", field.question));
    }
    if !field.description.is_empty() {
        text.push_str(&format!("\n\n{}", field.description));
    }
    if let Some(choices) = field.choices() {
        let order = if choices.ordered { " (in this order)" } else { "" };
        text.push_str(&format!("\n\nChoices{order}:\n"));
        for choice in &choices.values {
            text.push_str(&format!("\n- {}", choice_line(choice)));
        }
    }
    if let Kind::Group(children) = &field.kind {
        text.push('\n');
        for child in children.iter().map(|id| schema.field(*id)) {
            text.push_str(&format!("\n- `{}`: {}", child.key, child.title));
        }
    }
    match (&field.silence, &field.kind) {
        (_, Kind::Group(_)) => {}
        (Silence::Assume(fact), _) => {
            text.push_str(&format!("\n\nUnanswered, `{}` is assumed.", field.write(fact)));
        }
        (Silence::Unknown, _) if field.path.contains("[]") => {}
        (Silence::Unknown, _) => {
            text.push_str("\n\nUnanswered, rules that depend on it are unsettled.");
        }
    }
    if let Some(applies) = &field.applies {
        let cases: Vec<String> = applies
            .any
            .iter()
            .map(|all| {
                let parts: Vec<String> = all
                    .iter()
                    .map(|given| {
                        let other = schema.slot(given.slot);
                        let answers: Vec<String> =
                            given.one_of.iter().map(|fact| format!("`{}`", other.write(fact))).collect();
                        format!("`{}` is {}", other.path, answers.join(" or "))
                    })
                    .collect();
                parts.join(" and ")
            })
            .collect();
        let otherwise = field.write(&applies.otherwise);
        text.push_str(&format!(
            "\n\nIt applies when {}; otherwise rules read `{otherwise}`.",
            cases.join(", or when ")
        ));
    }
    text
}

fn choice_line(choice: &Choice) -> String {
    let mut line = format!("`{}`", choice.value);
    if choice.title != choice.value && !choice.title.is_empty() {
        line.push_str(&format!(": {}", choice.title));
    }
    if !choice.description.is_empty() {
        line.push_str(&format!(". {}", choice.description));
    }
    line
}

/// One of the choices of a field.
pub(crate) fn choice(field: &Field, value: &str) -> Option<String> {
    let choices = field.choices()?;
    let found = choices.values.iter().find(|choice| choice.value == value)?;
    let mut text = format!("**{}** · `{value}` of {}", found.title, field.title);
    if !found.description.is_empty() {
        text.push_str(&format!("\n\n{}", found.description));
    }
    if choices.ordered {
        let names: Vec<String> = choices
            .names()
            .map(|name| if name == value { format!("**{name}**") } else { name.to_owned() })
            .collect();
        text.push_str(&format!("\n\n{}", names.join(" < ")));
    }
    Some(text)
}

/// An entry of the catalogue.
pub(crate) fn entry(catalogue: &Catalogue, section: Section, id: &str) -> Option<String> {
    let head = catalogue.head(section, id)?;
    let mut text = format!("**{}** · {} `{id}`", head.title, section.singular());
    if !head.description.is_empty() {
        text.push_str(&format!("\n\n{}", head.description));
    }
    for (name, value) in facts(catalogue, section, id) {
        text.push_str(&format!("\n\n{name}: {value}"));
    }
    if !head.cites.is_empty() {
        text.push_str(&format!("\n\nCites {}", head.cites.join(", ")));
    }
    Some(text)
}

/// The facts of an entry that people ask for.
fn facts(catalogue: &Catalogue, section: Section, id: &str) -> Vec<(&'static str, String)> {
    let who = |ids: &[Spanned<String>]| {
        ids.iter().map(|id| catalogue.who(&id.value).to_owned()).collect::<Vec<_>>().join(", ")
    };
    let titles = |section: Section, ids: &[Spanned<String>]| {
        let title = |id: &Spanned<String>| {
            catalogue.head(section, &id.value).map_or(id.value.clone(), |head| head.title.clone())
        };
        ids.iter().map(title).collect::<Vec<_>>().join(", ")
    };
    let codes = |ids: &[Spanned<String>]| {
        ids.iter().map(|id| format!("`{}`", id.value)).collect::<Vec<_>>().join(", ")
    };
    let mut facts = vec![];
    match section {
        Section::Tiers => {
            if let Some(tier) = catalogue.tiers.iter().find(|tier| tier.head.id == id) {
                facts.push(("Evidence", titles(Section::Artifacts, &tier.artifacts)));
                facts.push(("Approved by", who(&tier.approvals.approve)));
            }
        }
        Section::Routes => {
            if let Some(route) = catalogue.routes.get(id) {
                facts.push(("Owner", who(route.owner.as_slice())));
                if let Some(rung) = route.ladder {
                    facts.push(("Rung of the review ladder", rung.to_string()));
                }
                if route.never_waits {
                    facts.push(("Start", "at once, whatever the intake lacks".to_owned()));
                }
            }
        }
        Section::Services => {
            if let Some(line) = catalogue.services.get(id) {
                facts.push(("For", line.customers.join(", ")));
                facts.push(("When", line.triggers.join(", ")));
                facts.push(("Gives", line.outputs.join(", ")));
            }
        }
        Section::Artifacts => {
            if let Some(artifact) = catalogue.artifacts.get(id) {
                facts.push(("Satisfied by a link of kind", codes(&artifact.links)));
                facts.push(("Satisfied by answers to", codes(&artifact.fields)));
            }
        }
        Section::Roles => {
            if let Some(role) = catalogue.roles.get(id) {
                facts.push(("Alternates", who(&role.alternates)));
            }
        }
        Section::Teams => {
            if let Some(team) = catalogue.teams.get(id) {
                facts.push(("Contact", team.contact.clone().unwrap_or_default()));
            }
        }
        Section::Outcomes => {}
        Section::Decisions => {
            if let Some(decision) = catalogue.decisions.get(id) {
                facts.push(("Decided by", who(std::slice::from_ref(&decision.owner))));
                facts.push(("Together with", who(&decision.co_owners)));
                facts.push(("May end as", titles(Section::Outcomes, &decision.outcomes)));
            }
        }
        Section::Escalations => {
            if let Some(escalation) = catalogue.escalations.get(id) {
                facts.push(("Goes to", who(&escalation.to)));
                facts
                    .push(("Within", escalation.within.map(|within| within.to_string()).unwrap_or_default()));
            }
        }
        Section::Obligations => {
            if let Some(obligation) = catalogue.obligations.get(id) {
                facts.push(("Carried by", who(obligation.owner.as_slice())));
            }
        }
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}
