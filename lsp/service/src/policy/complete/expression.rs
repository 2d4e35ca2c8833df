//! Completion in a condition: what a field has, what it can be compared with, what else is there to ask.

use super::rules::At;
use super::{Listing, texts};
use crate::answer::{Completion, CompletionKind};
use crate::policy::methods::{LIST, Method, TEXT};
use crate::policy::script::ItemKind;
use crate::policy::tokens::TokenKind;
use crate::policy::typing::Type;
use crate::policy::{View, entries};
use remit_core::schema::{Field, Kind, Schema};

/// What can follow a `.`.
pub(super) fn members(view: &View<'_>, at: &At<'_>, of: Type) -> Vec<Completion> {
    let mut list = Listing::new(at.span);
    let typing = view.typing();
    match (typing.field(of), view.schema()) {
        (Some(field), Some(schema)) => match &field.kind {
            Kind::Group(children) => {
                children.iter().for_each(|id| add_field(&mut list, schema, schema.field(*id)));
            }
            Kind::List { item, .. } => {
                let name = item_name(&field.key);
                let groups = matches!(schema.field(*item).kind, Kind::Group(_));
                for method in LIST.iter().filter(|method| !(groups && method.name == "contains")) {
                    add_method(&mut list, at, method, &name);
                }
            }
            Kind::Text(_) => TEXT.iter().for_each(|method| add_method(&mut list, at, method, "")),
            _ => {}
        },
        _ if of == Type::Text => TEXT.iter().for_each(|method| add_method(&mut list, at, method, "")),
        _ => {}
    }
    list.finish()
}

fn add_field(list: &mut Listing, schema: &Schema, field: &Field) {
    let kind =
        if matches!(field.kind, Kind::Group(_)) { CompletionKind::Group } else { CompletionKind::Field };
    let entry = list.add(kind, &field.key);
    entry.detail = Some(entries::kind(schema, field));
    entry.documentation = Some(entries::field(schema, field));
}

/// What the item of a list is called: `links` holds a `link`.
fn item_name(list: &str) -> String {
    match list.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => match list.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with('s')) {
            Some(stem) => stem.to_owned(),
            None => "item".to_owned(),
        },
    }
}

fn add_method(list: &mut Listing, at: &At<'_>, method: &Method, item: &str) {
    let entry = list.add(CompletionKind::Method, method.name);
    entry.detail = Some(method.label());
    entry.documentation = Some(method.doc.to_owned());
    if at.is_called() {
        return;
    }
    entry.snippet = true;
    entry.text = match (method.name, method.params.len()) {
        ("some" | "all" | "filter", _) => format!("{}(|{item}| {item}.$1)$0", method.name),
        (name, 0) => format!("{name}()$0"),
        (name, _) => format!("{name}(\"$1\")$0"),
    };
}

/// Where a value is wanted.
pub(super) fn complete(view: &View<'_>, at: &At<'_>) -> Vec<Completion> {
    let script = at.script;
    let typing = view.typing();
    let mut list = Listing::new(at.span);
    if follows_value(at) {
        // Behind a value only an operator can follow.
        let last = at.index.saturating_sub(1);
        let choice = typing.field(typing.ending_at(script, last, 0)).is_some_and(|of| of.choices().is_some());
        if choice {
            let entry = list.add(CompletionKind::Keyword, "in");
            entry.text = "in [\"$1\"]$0".to_owned();
            entry.snippet = true;
            entry.again = true;
        }
        return list.finish();
    }
    let compared = typing.compared(script, at.index);
    if let Some(field) = compared {
        for word in texts::choices(field) {
            let entry = list.add(word.kind, format!("\"{}\"", word.value));
            entry.filter = Some(word.value);
            entry.detail = Some(word.detail);
            entry.documentation = word.documentation;
        }
        match &field.kind {
            Kind::Bool => ["true", "false"].iter().for_each(|word| {
                list.add(CompletionKind::Value, *word);
            }),
            Kind::Int { .. } | Kind::Text(_) => texts::constants(view, &mut list),
            _ => {}
        }
        if field.choices().is_some() {
            return list.finish();
        }
    }
    let mut locals = typing.locals(script, at.index.min(script.len().saturating_sub(1)));
    if !at.has_word && at.index > 0 {
        // Behind the last token of an open closure its names can still be seen.
        locals.extend(typing.locals(script, at.index - 1));
        locals.sort_unstable_by_key(|(token, _)| *token);
        locals.dedup_by_key(|(token, _)| *token);
    }
    let mut seen = vec![];
    for (token, of) in locals.iter().rev().filter(|(token, _)| *token != at.index) {
        let name = script.says(*token);
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let entry = list.add(CompletionKind::Variable, name);
        entry.detail = typing.field(*of).map(|field| match field.path.as_str() {
            "" => "the intake".to_owned(),
            path => path.to_owned(),
        });
    }
    let argument = seen.last().copied().unwrap_or("intake").to_owned();
    helpers(view, at, &argument, &mut list);
    if compared.is_none() {
        texts::constants(view, &mut list);
        for word in ["true", "false"] {
            list.add(CompletionKind::Keyword, word);
        }
    }
    list.finish()
}

/// Whether a value ends right before the cursor.
fn follows_value(at: &At<'_>) -> bool {
    let Some(last) = at.index.checked_sub(1) else { return false };
    let script = at.script;
    match script.kind(last) {
        TokenKind::Text | TokenKind::Number => true,
        TokenKind::Word => !matches!(script.says(last), "in" | "return" | "if" | "else"),
        TokenKind::Mark => matches!(script.says(last), ")" | "]"),
        _ => false,
    }
}

/// The helpers of the pack.
fn helpers(view: &View<'_>, at: &At<'_>, argument: &str, list: &mut Listing) {
    let here = at.script.item_of(at.index).and_then(|item| item.name).map(|name| at.script.span(name));
    for script in &view.scripts {
        for (item, token, name) in script.named(ItemKind::Function) {
            // A helper that calls itself cannot be compiled.
            if here == Some(script.span(token)) && script.says(token) == at.script.slice(script.span(token)) {
                continue;
            }
            let params: Vec<&str> = item.params.iter().map(|param| script.says(*param)).collect();
            let entry = list.add(CompletionKind::Function, name);
            entry.detail = Some(format!("{name}({})", params.join(", ")));
            entry.documentation = Some(match item.doc.as_str() {
                "" => format!("```rhai\n{}\n```", script.slice(script.item_span(item))),
                doc => doc.to_owned(),
            });
            if !at.is_called() {
                entry.text = match params.len() {
                    1 => format!("{name}({argument})"),
                    _ => format!("{name}("),
                };
            }
        }
    }
}
