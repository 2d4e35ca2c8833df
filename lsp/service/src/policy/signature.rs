//! The signature of the call around a cursor.

use super::script::ItemKind;
use super::{View, methods};
use crate::answer::{Parameter, Signature, SignatureHelp};
use crate::kind::FileKind;

impl View<'_> {
    pub(crate) fn signature_help(&self, offset: usize) -> Option<SignatureHelp> {
        if self.kind != FileKind::Rules {
            return None;
        }
        let script = self.script();
        for open in script.open_at(offset) {
            if script.says(open) == "{" {
                return None;
            }
            let name = open.checked_sub(1).filter(|name| script.is_word(*name));
            let (Some(name), "(") = (name, script.says(open)) else { continue };
            let in_closure = script.closures.iter().any(|closure| {
                closure.call == Some(open) && (script.span(closure.body.start).start as usize) <= offset
            });
            if in_closure {
                // The condition has been started: what it is for is known by now.
                return None;
            }
            let signature = self.signature(&script, name)?;
            let last = u32::try_from(signature.parameters.len().saturating_sub(1)).unwrap_or_default();
            let commas = (open + 1..script.len())
                .take_while(|token| (script.span(*token).start as usize) < offset)
                .filter(|token| script.says(*token) == "," && script.parent(*token) == Some(open))
                .count();
            let parameter = u32::try_from(commas).unwrap_or_default().min(last);
            return Some(SignatureHelp { signatures: vec![signature], signature: 0, parameter });
        }
        None
    }

    fn signature(&self, script: &super::Script, name: usize) -> Option<Signature> {
        let says = script.says(name);
        let of = |method: &methods::Method| Signature {
            label: method.label(),
            documentation: Some(method.doc.to_owned()),
            parameters: method
                .params
                .iter()
                .map(|(label, about)| Parameter {
                    label: (*label).to_owned(),
                    documentation: Some((*about).to_owned()),
                })
                .collect(),
        };
        if matches!(script.before(name), "." | "?.") {
            let dot = name.checked_sub(1)?;
            let chain = script.parent(dot).is_none()
                && script.item_of(dot).is_some_and(|item| item.kind == ItemKind::Rule);
            if chain {
                return methods::builder(says).map(of);
            }
            let typing = self.typing();
            let list = typing
                .field(typing.receiver(script, dot))
                .is_some_and(|field| matches!(field.kind, remit_core::schema::Kind::List { .. }));
            return methods::member(says, list).map(of);
        }
        if says == "rule" {
            return Some(Signature {
                label: "rule(id)".to_owned(),
                documentation: Some("Starts a rule.".to_owned()),
                parameters: vec![Parameter {
                    label: "id".to_owned(),
                    documentation: Some("lowercase letters, digits and dashes".to_owned()),
                }],
            });
        }
        for other in &self.scripts {
            for (item, _, known) in other.named(ItemKind::Function) {
                if known == says && item.name.map(|token| other.span(token)) != Some(script.span(name)) {
                    let params: Vec<&str> = item.params.iter().map(|param| other.says(*param)).collect();
                    return Some(Signature {
                        label: format!("{says}({})", params.join(", ")),
                        documentation: Some(item.doc.clone()).filter(|doc| !doc.is_empty()),
                        parameters: params
                            .iter()
                            .map(|label| Parameter { label: (*label).to_owned(), documentation: None })
                            .collect(),
                    });
                }
            }
        }
        None
    }
}
