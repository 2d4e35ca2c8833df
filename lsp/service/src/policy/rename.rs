//! Renaming: every place in the pack that speaks of a name, or the reason why not.

use super::View;
use super::methods::{LIST, TEXT};
use super::names::{Occurrence, Target};
use super::script::{ItemKind, Script};
use super::tokens::{KEYWORDS, TokenKind};
use crate::answer::{Edit, Place, Span};
use crate::kind::FileKind;
use remit_core::catalogue::Section;
use remit_core::document::{Node, Value};

impl View<'_> {
    /// The name at an offset, or why it cannot be renamed.
    pub(crate) fn prepare_rename(&self, offset: usize) -> Result<Span, String> {
        let here = self.renamable(offset)?;
        Ok(here.span)
    }

    pub(crate) fn rename(&self, offset: usize, name: &str) -> Result<Vec<Edit>, String> {
        let here = self.renamable(offset)?;
        let old = self.text().get(here.span.range()).unwrap_or_default().to_owned();
        if name == old {
            return Ok(vec![]);
        }
        self.check_name(&here, name)?;
        let mut edits = vec![];
        for (file, found) in self.places_of(&here.target) {
            let written = file.text().get(found.span.range()).unwrap_or_default();
            if written != old {
                let at = file.source().line_of(found.span.start as usize) + 1;
                return Err(format!(
                    "`{old}` is written another way in line {at} of `{}`, which has to be changed by hand first",
                    file.id()
                ));
            }
            let place = Place { file: file.id().to_owned(), span: found.span };
            edits.push(Edit { place, text: name.to_owned() });
        }
        edits.sort();
        edits.dedup();
        Ok(edits)
    }

    fn renamable(&self, offset: usize) -> Result<Occurrence, String> {
        let here = self.occurrence_at(offset).ok_or("there is no name here")?;
        match &here.target {
            Target::Local(_) => return Ok(here),
            Target::Entry(Section::Tiers, _) => {
                return Err("a tier is called by its number; change its `title` instead".to_owned());
            }
            Target::Rule(_)
            | Target::Function(_)
            | Target::Constant(_)
            | Target::Entry(..)
            | Target::Field(_) => {}
            Target::Choice(..) => {
                return Err("a choice stands in intakes everywhere, and is not renamed from here".to_owned());
            }
            Target::Citation(row) => {
                return Err(format!("`{row}` is a row of the source documents, which have it by that name"));
            }
            Target::Builder(_) | Target::Member(..) | Target::Key(..) => {
                return Err("this name belongs to the language".to_owned());
            }
            Target::File(_) => return Err("files are renamed in the file system".to_owned()),
        }
        if self.pack.root.is_none() {
            return Err(match self.path_of(self.file.id()) {
                Some(_) => "this is the default pack, which comes with Remit and cannot be changed; copy it into a folder of your own first",
                None => "this file belongs to no pack of yours: there is no `remit.yaml` around it",
            }
            .to_owned());
        }
        let places = self.places_of(&here.target);
        if !places.iter().any(|(_, found)| found.declares) {
            let name = self.text().get(here.span.range()).unwrap_or_default();
            return Err(format!("`{name}` is not declared in this pack"));
        }
        self.check_files()?;
        if let Target::Field(path) = &here.target {
            self.check_schema(path)?;
        }
        Ok(here)
    }

    /// A file that cannot be read as a whole may hold the name where nobody sees it.
    fn check_files(&self) -> Result<(), String> {
        for file in self.files() {
            let is_data = self.snapshot.kind(file.id()) != FileKind::Rules;
            if is_data && !file.document().is_clean() {
                return Err(format!(
                    "`{}` has errors in its syntax, so the name could be missed there; mend them first",
                    file.id()
                ));
            }
        }
        Ok(())
    }

    /// A field can be renamed where the schema is written by hand and declares it once.
    fn check_schema(&self, path: &str) -> Result<(), String> {
        let (Some(pack), Some(schema)) = (self.pack(), self.schema()) else {
            return Err("the schema cannot be read".to_owned());
        };
        let named = pack.manifest.schema.as_ref();
        let file = named.and_then(|named| self.file_at(&named.value)).ok_or("the schema is not there")?;
        if !schema.source.sources().any(|source| source.text() == file.text()) {
            return Err("the schema has errors; mend them first".to_owned());
        }
        let document = file.document();
        let root = document.root.as_ref().ok_or("the schema is empty")?;
        let comment = root.get("$comment").and_then(Node::as_text).unwrap_or_default();
        if comment.to_lowercase().contains("generated") {
            return Err(format!(
                "the schema says that it is generated (`{comment}`); change where it comes from"
            ));
        }
        if shares(root) {
            return Err(
                "the schema shares declarations by `$ref`, so a name can stand for several fields; rename it by hand"
                    .to_owned(),
            );
        }
        let field = schema.at(path).ok_or("the schema has no such field")?;
        if field.role.is_some() && field.path.contains("[]") {
            return Err("the engine itself reads this field by its name".to_owned());
        }
        let read_by_name =
            ["artifact", "link", "reviewed_by", "reviewed_on", "waived_by", "waiver_reason", "kind", "url"];
        let in_role = field.parent.is_some_and(|item| {
            let list = schema.field(item).parent.map(|list| schema.field(list));
            list.is_some_and(|list| list.role.is_some())
        });
        if in_role && (read_by_name.contains(&field.key.as_str()) || field.key.starts_with("waiv")) {
            return Err(format!("the engine itself reads `{}` by its name", field.path));
        }
        Ok(())
    }

    fn check_name(&self, here: &Occurrence, name: &str) -> Result<(), String> {
        match &here.target {
            Target::Rule(_) => {
                check_id(name)?;
                let mut rules = self.scripts.iter().flat_map(|script| script.named(ItemKind::Rule));
                if rules.any(|(.., id)| id == name) {
                    return Err(format!("another rule is called `{name}`"));
                }
                Ok(())
            }
            Target::Entry(section, _) => {
                check_id(name)?;
                let taken = |section: Section| {
                    self.catalogue().is_some_and(|catalogue| catalogue.head(section, name).is_some())
                };
                // An owner may be a role or a team, so neither may be called as the other is.
                let both = matches!(section, Section::Roles | Section::Teams);
                if taken(*section) || (both && (taken(Section::Roles) || taken(Section::Teams))) {
                    return Err(format!("the catalogue has a {} `{name}` already", section.singular()));
                }
                Ok(())
            }
            Target::Field(path) => {
                check_word(name)?;
                let schema = self.schema().ok_or("the schema cannot be read")?;
                let field = schema.at(path).ok_or("the schema has no such field")?;
                let group = field.parent.map(|parent| schema.field(parent));
                if group.is_some_and(|group| schema.child(group, name).is_some()) {
                    return Err(format!("there is a field `{name}` beside it already"));
                }
                Ok(())
            }
            Target::Function(_) | Target::Constant(_) => {
                check_word(name)?;
                if TEXT.iter().chain(&LIST).any(|method| method.name == name) || name == "rule" {
                    return Err(format!("`{name}` belongs to the language"));
                }
                if self.scripts.iter().any(|script| is_used(script, 0..script.len(), name)) {
                    return Err(format!("`{name}` is used for something else already"));
                }
                Ok(())
            }
            Target::Local(declared) => {
                check_word(name)?;
                let script = self.script();
                let item = script.item_at(declared.start as usize).map(|item| item.tokens.clone());
                let mut named = self.scripts.iter().flat_map(|script| {
                    script.named(ItemKind::Constant).chain(script.named(ItemKind::Function))
                });
                if named.any(|(.., known)| known == name)
                    || item.is_some_and(|range| is_used(&script, range, name))
                {
                    return Err(format!("`{name}` is used for something else already"));
                }
                Ok(())
            }
            _ => Err("this name belongs to the language".to_owned()),
        }
    }
}

/// Whether a word stands in a file other than as a field.
fn is_used(script: &Script, mut range: std::ops::Range<usize>, name: &str) -> bool {
    range.any(|token| {
        script.kind(token) == TokenKind::Word
            && script.says(token) == name
            && !matches!(script.before(token), "." | "?.")
    })
}

/// Ids have to stay text in YAML too, without quotes.
fn check_id(name: &str) -> Result<(), String> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_text = name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-')
        && !matches!(name, "true" | "false" | "null");
    if name.chars().all(good) && is_text {
        return Ok(());
    }
    Err(format!("`{name}` is no id: it has lowercase letters, digits and dashes, and starts with a letter"))
}

fn check_word(name: &str) -> Result<(), String> {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !starts || !name.chars().all(good) {
        return Err(format!("`{name}` is no name: it has letters, digits and `_`, and starts with a letter"));
    }
    if KEYWORDS.contains(&name) || matches!(name, "null" | "Fn" | "eval" | "type_of" | "print" | "debug") {
        return Err(format!("`{name}` is a word of the language"));
    }
    if name.chars().all(|c| c == '_') {
        return Err(format!("`{name}` says nothing"));
    }
    Ok(())
}

/// Whether a schema uses one declaration in several places.
fn shares(node: &Node) -> bool {
    match &node.value {
        Value::Map(entries) => entries
            .iter()
            .any(|entry| matches!(entry.key.as_str(), "$ref" | "allOf" | "anyOf") || shares(&entry.value)),
        Value::List(items) => items.iter().any(shares),
        _ => false,
    }
}
