//! The one place that knows both sides: the service's plain data, and LSP's types.
//!
//! Offsets become positions in the encoding that was agreed with the client; nothing else in this crate counts
//! columns.

use crate::commands;
use crate::state::Moment;
use lsp_types::*;
use remit_service::answer::{self, ActionKind, CompletionKind, HintKind, Severity, SymbolKind as Of};
use remit_service::{Change, EditorPosition, Encoding, Source};
use std::collections::BTreeMap;

/// The kinds of tokens, in the order of [`answer::TokenKind`].
pub(crate) const TOKEN_TYPES: [SemanticTokenType; 13] = [
    SemanticTokenType::CLASS,
    SemanticTokenType::METHOD,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::ENUM,
    SemanticTokenType::KEYWORD,
    SemanticTokenType::NUMBER,
    SemanticTokenType::STRING,
    SemanticTokenType::COMMENT,
    SemanticTokenType::OPERATOR,
];

/// A change, as the client sent it.
pub fn change(change: TextDocumentContentChangeEvent, encoding: Encoding) -> Change {
    match change.range {
        None => Change::Full(change.text),
        Some(range) => {
            Change::Typed { start: editor(range.start), end: editor(range.end), encoding, text: change.text }
        }
    }
}

fn editor(position: Position) -> EditorPosition {
    EditorPosition { line: position.line, character: position.character }
}

/// Converts what is said about one file at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Converter<'a> {
    pub(crate) moment: &'a Moment,
    /// The file that is spoken of, and its text.
    pub(crate) id: &'a str,
    pub(crate) source: &'a Source,
}

impl Converter<'_> {
    fn encoding(&self) -> Encoding {
        self.moment.abilities.encoding
    }

    pub(crate) fn offset(&self, position: Position) -> usize {
        self.source.editor_offset(editor(position), self.encoding())
    }

    pub(crate) fn span(&self, range: Range) -> answer::Span {
        let start = self.offset(range.start);
        answer::Span::new(start, self.offset(range.end).max(start))
    }

    pub(crate) fn position(&self, offset: u32) -> Position {
        position(self.source, offset, self.encoding())
    }

    pub(crate) fn range(&self, span: answer::Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// A place in any file; `None` where the client could not open it.
    pub(crate) fn location(&self, place: &answer::Place) -> Option<Location> {
        location(self.moment, place)
    }

    pub(crate) fn locations(&self, places: &[answer::Place]) -> Vec<Location> {
        places.iter().filter_map(|place| self.location(place)).collect()
    }

    fn markup(&self, value: String) -> MarkupContent {
        let kind = if self.moment.abilities.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        MarkupContent { kind, value }
    }

    pub(crate) fn diagnostic(&self, found: answer::Diagnostic) -> Diagnostic {
        let related = found.related.iter().filter_map(|related| {
            let location = self.location(&related.place)?;
            Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
        });
        let message = match &found.help {
            Some(help) => format!("{}\n{help}", found.message),
            None => found.message,
        };
        Diagnostic {
            range: self.range(found.span),
            severity: Some(severity(found.severity)),
            code: Some(NumberOrString::String(found.code)),
            source: Some("remit".to_owned()),
            message,
            related_information: self.moment.abilities.related.then(|| related.collect()),
            ..Default::default()
        }
    }

    pub(crate) fn completion(&self, item: answer::Completion) -> CompletionItem {
        let snippet = item.snippet && self.moment.abilities.snippets;
        let new_text = if item.snippet && !snippet { plain(&item.text) } else { item.text };
        let more: Vec<TextEdit> = item.more.iter().map(|edit| self.own_edit(edit)).collect();
        let again = item.again && self.moment.abilities.runs(commands::SUGGEST);
        CompletionItem {
            label: item.label,
            kind: Some(completion_kind(item.kind)),
            detail: item.detail,
            documentation: item.documentation.map(|text| Documentation::MarkupContent(self.markup(text))),
            sort_text: Some(format!("{:05}", item.rank)),
            filter_text: item.filter,
            insert_text_format: Some(if snippet {
                InsertTextFormat::SNIPPET
            } else {
                InsertTextFormat::PLAIN_TEXT
            }),
            insert_text_mode: self.moment.abilities.lines_as_they_are.then_some(InsertTextMode::AS_IS),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: self.range(item.span), new_text })),
            additional_text_edits: (!more.is_empty()).then_some(more),
            command: again
                .then(|| Command::new("suggest the value".to_owned(), commands::SUGGEST.to_owned(), None)),
            ..Default::default()
        }
    }

    fn own_edit(&self, edit: &answer::Edit) -> TextEdit {
        TextEdit { range: self.range(edit.place.span), new_text: edit.text.clone() }
    }

    pub(crate) fn hover(&self, hover: answer::Hover) -> Hover {
        let contents = HoverContents::Markup(self.markup(hover.markdown));
        Hover { contents, range: Some(self.range(hover.span)) }
    }

    pub(crate) fn inlay_hint(&self, hint: answer::InlayHint) -> InlayHint {
        let location = hint.target.as_ref().and_then(|place| self.location(place));
        let tooltip = hint.tooltip.map(|text| self.markup(text));
        let (label, tooltip) = match location {
            Some(location) => {
                let tooltip = tooltip.map(InlayHintLabelPartTooltip::MarkupContent);
                let part = InlayHintLabelPart {
                    value: hint.label,
                    tooltip,
                    location: Some(location),
                    command: None,
                };
                (InlayHintLabel::LabelParts(vec![part]), None)
            }
            None => (InlayHintLabel::String(hint.label), tooltip.map(InlayHintTooltip::MarkupContent)),
        };
        InlayHint {
            position: self.position(hint.offset),
            label,
            kind: (hint.kind == HintKind::Type).then_some(InlayHintKind::TYPE),
            text_edits: None,
            tooltip,
            padding_left: None,
            padding_right: None,
            data: None,
        }
    }

    pub(crate) fn code_lens(&self, lens: answer::CodeLens) -> CodeLens {
        let range = self.range(lens.span);
        let command = commands::of_lens(self, lens.title, lens.command, range.start);
        CodeLens { range, command: Some(command), data: None }
    }

    /// An action; `None` where the client could not do it, or did not ask for its kind.
    pub(crate) fn code_action(
        &self,
        action: answer::CodeAction,
        context: &CodeActionContext,
    ) -> Option<CodeAction> {
        let kind = match action.kind {
            ActionKind::QuickFix => CodeActionKind::QUICKFIX,
            ActionKind::Fill if !action.mends.is_empty() => CodeActionKind::QUICKFIX,
            ActionKind::Fill => CodeActionKind::REFACTOR,
            ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        };
        if let Some(only) = &context.only
            && !only.iter().any(|wanted| is_kind(kind.as_str(), wanted.as_str()))
        {
            return None;
        }
        let mends: Vec<(String, Range)> =
            action.mends.into_iter().map(|(code, span)| (code, self.range(span))).collect();
        let mended = context.diagnostics.iter().filter(|shown| {
            mends.iter().any(|(code, range)| {
                shown.range == *range && shown.code.as_ref() == Some(&NumberOrString::String(code.clone()))
            })
        });
        let mended: Vec<Diagnostic> = mended.cloned().collect();
        Some(CodeAction {
            title: action.title,
            kind: Some(kind),
            diagnostics: (!mended.is_empty()).then_some(mended),
            edit: Some(self.workspace_edit(&action.edits, &action.creates)?),
            is_preferred: Some(action.preferred),
            ..Default::default()
        })
    }

    /// Edits, perhaps of several files; `None` where the client cannot do them, or cannot open one of the files.
    pub(crate) fn workspace_edit(
        &self,
        edits: &[answer::Edit],
        creates: &[answer::NewFile],
    ) -> Option<WorkspaceEdit> {
        let mut files: BTreeMap<&str, Vec<TextEdit>> = BTreeMap::new();
        for edit in edits {
            let range = self.location(&edit.place)?.range;
            let new_text = edit.text.clone();
            files.entry(&edit.place.file).or_default().push(TextEdit { range, new_text });
        }
        if !self.moment.abilities.versioned_edits {
            if !creates.is_empty() {
                return None;
            }
            let changes = files.into_iter().map(|(id, edits)| Some((self.moment.names.uri(id)?, edits)));
            return Some(WorkspaceEdit::new(changes.collect::<Option<_>>()?));
        }
        let mut operations = vec![];
        for file in creates {
            if !self.moment.abilities.creates_files {
                return None;
            }
            let uri = self.moment.names.uri(&file.file)?;
            let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
            operations.push(DocumentChangeOperation::Op(ResourceOp::Create(create)));
            let text = TextEdit { range: Range::default(), new_text: file.text.clone() };
            operations.push(document_edit(uri, None, vec![text]));
        }
        for (id, edits) in files {
            let version = self.moment.snapshot.version(id);
            operations.push(document_edit(self.moment.names.uri(id)?, version, edits));
        }
        let document_changes = Some(DocumentChanges::Operations(operations));
        Some(WorkspaceEdit { document_changes, ..Default::default() })
    }

    #[allow(deprecated, reason = "LSP's own type has a field that is no longer used")]
    pub(crate) fn symbol(&self, symbol: answer::Symbol) -> DocumentSymbol {
        let children: Vec<_> = symbol.children.into_iter().map(|child| self.symbol(child)).collect();
        DocumentSymbol {
            name: if symbol.name.is_empty() { "(no name)".to_owned() } else { symbol.name },
            detail: symbol.detail,
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: self.range(symbol.span),
            selection_range: self.range(symbol.name_span),
            children: (!children.is_empty()).then_some(children),
        }
    }

    pub(crate) fn fold(&self, fold: &answer::Fold) -> FoldingRange {
        FoldingRange {
            start_line: self.position(fold.span.start).line,
            end_line: self.position(fold.span.end).line,
            kind: fold.comment.then_some(FoldingRangeKind::Comment),
            ..Default::default()
        }
    }

    /// The parts around a position, the innermost first; the position itself where there are none.
    pub(crate) fn selection(&self, at: Position, spans: Vec<answer::Span>) -> SelectionRange {
        let outward = spans.into_iter().rev().fold(None, |parent, span| {
            Some(SelectionRange { range: self.range(span), parent: parent.map(Box::new) })
        });
        outward.unwrap_or(SelectionRange { range: Range::new(at, at), parent: None })
    }

    pub(crate) fn link(&self, link: answer::Link) -> Option<DocumentLink> {
        let target = match link.target {
            answer::LinkTarget::Address(address) => Url::parse(&address).ok()?,
            answer::LinkTarget::File(id) => self.moment.names.uri(&id)?,
        };
        Some(DocumentLink { range: self.range(link.span), target: Some(target), tooltip: None, data: None })
    }

    /// Tokens as LSP packs them: each relative to the one before it, and none over a line's end.
    pub(crate) fn tokens(&self, tokens: &[answer::SemanticToken]) -> Vec<SemanticToken> {
        let mut packed = vec![];
        let mut last = Position::default();
        for token in tokens {
            let kind = token.kind as u32;
            let modifiers = u32::from(token.declaration);
            for span in self.pieces(token.span) {
                let start = self.position(span.start);
                let delta_line = start.line.saturating_sub(last.line);
                let before = if delta_line == 0 { last.character } else { 0 };
                packed.push(SemanticToken {
                    delta_line,
                    delta_start: start.character.saturating_sub(before),
                    length: self.units(span),
                    token_type: kind,
                    token_modifiers_bitset: modifiers,
                });
                last = start;
            }
        }
        packed
    }

    fn units(&self, span: answer::Span) -> u32 {
        let text = self.source.text().get(span.range()).unwrap_or_default();
        let units = match self.encoding() {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.encode_utf16().count(),
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }

    fn pieces(&self, span: answer::Span) -> Vec<answer::Span> {
        let (first, last) =
            (self.source.line_of(span.start as usize), self.source.line_of(span.end as usize));
        if self.moment.abilities.long_tokens || first == last {
            return vec![span];
        }
        let lines = (first..=last).filter_map(|line| self.source.line_span(line));
        let cut =
            lines.map(|line| answer::Span { start: line.start.max(span.start), end: line.end.min(span.end) });
        cut.filter(|piece| piece.start < piece.end).collect()
    }

    pub(crate) fn signature_help(&self, help: answer::SignatureHelp) -> SignatureHelp {
        let signatures = help.signatures.into_iter().map(|signature| SignatureInformation {
            label: signature.label,
            documentation: signature
                .documentation
                .map(|text| Documentation::MarkupContent(self.markup(text))),
            parameters: Some(
                signature.parameters.into_iter().map(|parameter| self.parameter(parameter)).collect(),
            ),
            active_parameter: None,
        });
        SignatureHelp {
            signatures: signatures.collect(),
            active_signature: Some(help.signature),
            active_parameter: Some(help.parameter),
        }
    }

    fn parameter(&self, parameter: answer::Parameter) -> ParameterInformation {
        ParameterInformation {
            label: ParameterLabel::Simple(parameter.label),
            documentation: parameter
                .documentation
                .map(|text| Documentation::MarkupContent(self.markup(text))),
        }
    }
}

fn position(source: &Source, offset: u32, encoding: Encoding) -> Position {
    let EditorPosition { line, character } = source.editor_position(offset as usize, encoding);
    Position { line, character }
}

/// A place in any file; `None` where the client could not open it.
pub(crate) fn location(moment: &Moment, place: &answer::Place) -> Option<Location> {
    let (uri, encoding) = (moment.names.uri(&place.file)?, moment.abilities.encoding);
    let range = match moment.snapshot.file(&place.file) {
        Some(file) => Range::new(
            position(file.source(), place.span.start, encoding),
            position(file.source(), place.span.end, encoding),
        ),
        None => Range::default(),
    };
    Some(Location { uri, range })
}

/// An outline as a flat list, for clients that know no other.
pub(crate) fn flat(symbols: Vec<DocumentSymbol>, uri: &Url, inside: Option<&str>) -> Vec<SymbolInformation> {
    let mut list = vec![];
    for symbol in symbols {
        let location = Location::new(uri.clone(), symbol.range);
        #[allow(deprecated, reason = "LSP's own type has a field that is no longer used")]
        list.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol.kind,
            tags: None,
            deprecated: None,
            location,
            container_name: inside.map(str::to_owned),
        });
        list.extend(flat(symbol.children.unwrap_or_default(), uri, Some(&symbol.name)));
    }
    list
}

/// A symbol of the workspace; `None` where the client could not open its file.
#[allow(deprecated, reason = "LSP's own type has a field that is no longer used")]
pub(crate) fn workspace_symbol(
    moment: &Moment,
    symbol: answer::WorkspaceSymbol,
) -> Option<SymbolInformation> {
    Some(SymbolInformation {
        name: symbol.name,
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        location: location(moment, &symbol.place)?,
        container_name: symbol.container,
    })
}

fn document_edit(uri: Url, version: Option<i32>, edits: Vec<TextEdit>) -> DocumentChangeOperation {
    DocumentChangeOperation::Edit(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    })
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Hint => DiagnosticSeverity::HINT,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Error => DiagnosticSeverity::ERROR,
    }
}

/// How a message to people is marked.
pub(crate) fn message_type(severity: Severity) -> MessageType {
    match severity {
        Severity::Hint | Severity::Info => MessageType::INFO,
        Severity::Warning => MessageType::WARNING,
        Severity::Error => MessageType::ERROR,
    }
}

/// Whether a kind is another one or below it: `refactor.rewrite` is a `refactor`.
fn is_kind(kind: &str, wanted: &str) -> bool {
    kind.strip_prefix(wanted)
        .is_some_and(|rest| rest.is_empty() || wanted.is_empty() || rest.starts_with('.'))
}

fn completion_kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Field => CompletionItemKind::FIELD,
        CompletionKind::Group => CompletionItemKind::MODULE,
        CompletionKind::Choice => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Value => CompletionItemKind::VALUE,
        CompletionKind::Entry => CompletionItemKind::REFERENCE,
        CompletionKind::Method => CompletionItemKind::METHOD,
        CompletionKind::Function => CompletionItemKind::FUNCTION,
        CompletionKind::Variable => CompletionItemKind::VARIABLE,
        CompletionKind::Keyword => CompletionItemKind::KEYWORD,
        CompletionKind::Snippet => CompletionItemKind::SNIPPET,
    }
}

fn symbol_kind(kind: Of) -> SymbolKind {
    match kind {
        Of::Intake => SymbolKind::FILE,
        Of::Group => SymbolKind::MODULE,
        Of::Bool => SymbolKind::BOOLEAN,
        Of::Number => SymbolKind::NUMBER,
        Of::Text => SymbolKind::STRING,
        Of::Choice => SymbolKind::ENUM_MEMBER,
        Of::List => SymbolKind::ARRAY,
        Of::Item => SymbolKind::OBJECT,
        Of::Rule => SymbolKind::CLASS,
        Of::Function => SymbolKind::FUNCTION,
        Of::Constant => SymbolKind::CONSTANT,
        Of::Entry => SymbolKind::KEY,
        Of::Case => SymbolKind::EVENT,
    }
}

/// A snippet as plain text: what is to be filled in is left out, so that no hint is mistaken for an answer.
fn plain(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => text.extend(rest.next()),
            '$' if rest.peek() == Some(&'{') => {
                let mut depth = 0_usize;
                while let Some(inner) = rest.next() {
                    match inner {
                        '\\' => drop(rest.next()),
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            '$' => while rest.next_if(char::is_ascii_digit).is_some() {},
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_without_its_stops_is_plain_text() {
        assert_eq!(plain("owner: ${1:team}\n  by: $2\n$0"), "owner: \n  by: \n");
        assert_eq!(plain(r"a: ${1|x,y|} \$5 \} \\"), r"a:  $5 } \");
        assert_eq!(plain("${1:outer ${2:inner}}!"), "!");
        assert_eq!(plain("${1"), "");
    }

    #[test]
    fn kinds_of_actions_have_kinds_below_them() {
        assert!(is_kind("refactor.rewrite", "refactor") && is_kind("quickfix", "quickfix"));
        assert!(
            is_kind("quickfix", "")
                && !is_kind("refactoring", "refactor")
                && !is_kind("refactor", "quickfix")
        );
    }
}
