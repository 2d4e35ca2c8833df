//! Parts of a file that can be folded: statements and blocks of comments, mappings and lists.

use super::View;
use crate::answer::{Fold, Span};
use crate::kind::FileKind;
use remit_core::document::{Node, Value};

impl View<'_> {
    pub(crate) fn folding(&self) -> Vec<Fold> {
        let mut folds = vec![];
        if self.kind == FileKind::Rules {
            let script = self.script();
            folds.extend(
                script.items.iter().map(|item| Fold { span: script.item_span(item), comment: false }),
            );
            folds.extend(self.comment_blocks());
        } else if let Some(root) = &self.file.document().root {
            data(root, &mut folds);
        }
        let source = self.file.source();
        folds
            .retain(|fold| source.line_of(fold.span.start as usize) < source.line_of(fold.span.end as usize));
        folds.sort_by_key(|fold| fold.span);
        folds.dedup();
        folds
    }

    /// Comments on lines right below each other.
    fn comment_blocks(&self) -> Vec<Fold> {
        let script = self.script();
        let mut blocks: Vec<Span> = vec![];
        for comment in &script.comments {
            let before = blocks.last().map(|block| block.end as usize);
            let between = before.and_then(|before| script.text().get(before..comment.span.start as usize));
            match (between, blocks.last_mut()) {
                (Some(between), Some(block))
                    if between.trim().is_empty() && between.matches('\n').count() == 1 =>
                {
                    block.end = comment.span.end;
                }
                _ => blocks.push(comment.span),
            }
        }
        blocks.into_iter().map(|span| Fold { span, comment: true }).collect()
    }
}

fn data(node: &Node, folds: &mut Vec<Fold>) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let (start, end) = (entry.key_span.start, entry.value.span.end);
                // The value of an alias or a merged key stands elsewhere.
                if start < end {
                    folds.push(Fold { span: Span { start, end }, comment: false });
                }
                data(&entry.value, folds);
            }
        }
        Value::List(items) => {
            for item in items {
                folds.push(Fold { span: item.span.into(), comment: false });
                data(item, folds);
            }
        }
        _ => {}
    }
}
