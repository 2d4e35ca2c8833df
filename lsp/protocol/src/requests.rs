//! The requests of LSP: each is a function of a moment. A file that there is not has empty answers.

use crate::convert;
use crate::failure::Failure;
use crate::state::{Asked, Moment};
use lsp_types::*;
use remit_service::answer::Place;

fn places(
    moment: &Moment,
    at: &TextDocumentPositionParams,
    ask: impl FnOnce(&Asked<'_>, usize) -> Vec<Place>,
) -> Vec<Location> {
    let Some(asked) = Asked::of(moment, &at.text_document.uri) else { return vec![] };
    asked.converter().locations(&ask(&asked, asked.offset(at.position)))
}

fn scalar(mut found: Vec<Location>) -> Option<GotoDefinitionResponse> {
    match found.len() {
        0 => None,
        1 => found.pop().map(GotoDefinitionResponse::Scalar),
        _ => Some(GotoDefinitionResponse::Array(found)),
    }
}

/// An answer that is a list, empty for a file that there is not.
fn list<T>(moment: &Moment, uri: &Url, ask: impl FnOnce(&Asked<'_>) -> Vec<T>) -> Vec<T> {
    Asked::of(moment, uri).map(|asked| ask(&asked)).unwrap_or_default()
}

/// `textDocument/completion`.
pub fn completion(moment: &Moment, params: &CompletionParams) -> Option<CompletionResponse> {
    let at = &params.text_document_position;
    let items = list(moment, &at.text_document.uri, |asked| {
        let found = asked.snapshot().completions(&asked.id, asked.offset(at.position));
        found.into_iter().map(|item| asked.converter().completion(item)).collect()
    });
    Some(CompletionResponse::Array(items))
}

/// `textDocument/hover`.
pub fn hover(moment: &Moment, params: &HoverParams) -> Option<Hover> {
    let at = &params.text_document_position_params;
    let asked = Asked::of(moment, &at.text_document.uri)?;
    let found = asked.snapshot().hover(&asked.id, asked.offset(at.position))?;
    Some(asked.converter().hover(found))
}

/// `textDocument/inlayHint`.
pub fn inlay_hint(moment: &Moment, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    Some(list(moment, &params.text_document.uri, |asked| {
        let converter = asked.converter();
        let found = asked.snapshot().inlay_hints(&asked.id, converter.span(params.range));
        found.into_iter().map(|hint| converter.inlay_hint(hint)).collect()
    }))
}

/// `textDocument/codeLens`.
pub fn code_lens(moment: &Moment, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    Some(list(moment, &params.text_document.uri, |asked| {
        let found = asked.snapshot().code_lenses(&asked.id);
        found.into_iter().map(|lens| asked.converter().code_lens(lens)).collect()
    }))
}

/// `textDocument/codeAction`.
pub fn code_action(moment: &Moment, params: &CodeActionParams) -> Option<CodeActionResponse> {
    Some(list(moment, &params.text_document.uri, |asked| {
        let converter = asked.converter();
        let found = asked.snapshot().code_actions(&asked.id, converter.span(params.range));
        let actions = found.into_iter().filter_map(|action| converter.code_action(action, &params.context));
        actions.map(CodeActionOrCommand::CodeAction).collect()
    }))
}

/// `textDocument/definition`.
pub fn definition(moment: &Moment, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    scalar(places(moment, &params.text_document_position_params, |asked, offset| {
        asked.snapshot().definition(&asked.id, offset)
    }))
}

/// `textDocument/declaration`.
pub fn declaration(moment: &Moment, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    scalar(places(moment, &params.text_document_position_params, |asked, offset| {
        asked.snapshot().declaration(&asked.id, offset)
    }))
}

/// `textDocument/references`.
pub fn references(moment: &Moment, params: &ReferenceParams) -> Option<Vec<Location>> {
    let declared = params.context.include_declaration;
    Some(places(moment, &params.text_document_position, |asked, offset| {
        let snapshot = asked.snapshot();
        let mut found = if declared { snapshot.declaration(&asked.id, offset) } else { vec![] };
        for place in snapshot.references(&asked.id, offset) {
            if !found.contains(&place) {
                found.push(place);
            }
        }
        found
    }))
}

/// `textDocument/prepareRename`.
pub fn prepare_rename(moment: &Moment, at: &TextDocumentPositionParams) -> Option<PrepareRenameResponse> {
    let asked = Asked::of(moment, &at.text_document.uri)?;
    let span = asked.snapshot().prepare_rename(&asked.id, asked.offset(at.position))?;
    let placeholder = asked.snapshot().text(&asked.id)?.get(span.range())?.to_owned();
    let range = asked.converter().range(span);
    Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// `textDocument/rename`.
///
/// # Errors
///
/// When nothing there can have that name.
pub fn rename(moment: &Moment, params: &RenameParams) -> Result<Option<WorkspaceEdit>, Failure> {
    let at = &params.text_document_position;
    let Some(asked) = Asked::of(moment, &at.text_document.uri) else { return Ok(None) };
    let offset = asked.offset(at.position);
    let edits = asked.snapshot().rename(&asked.id, offset, &params.new_name).map_err(Failure::failed)?;
    let edit = asked.converter().workspace_edit(&edits, &[]);
    edit.map(Some).ok_or_else(|| Failure::failed("the editor cannot make these edits"))
}

/// `textDocument/documentSymbol`.
pub fn document_symbol(moment: &Moment, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let uri = &params.text_document.uri;
    let symbols = list(moment, uri, |asked| {
        let found = asked.snapshot().symbols(&asked.id);
        found.into_iter().map(|symbol| asked.converter().symbol(symbol)).collect()
    });
    Some(if moment.abilities.outline {
        DocumentSymbolResponse::Nested(symbols)
    } else {
        DocumentSymbolResponse::Flat(convert::flat(symbols, uri, None))
    })
}

/// `workspace/symbol`.
pub fn symbol(moment: &Moment, params: &WorkspaceSymbolParams) -> Option<Vec<SymbolInformation>> {
    let found = moment.snapshot.workspace_symbols(&params.query).into_iter();
    Some(found.filter_map(|symbol| convert::workspace_symbol(moment, symbol)).collect())
}

/// `textDocument/foldingRange`.
pub fn folding_range(moment: &Moment, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    Some(list(moment, &params.text_document.uri, |asked| {
        let found = asked.snapshot().folding(&asked.id);
        found.iter().map(|fold| asked.converter().fold(fold)).collect()
    }))
}

/// `textDocument/selectionRange`.
pub fn selection_range(moment: &Moment, params: &SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    Some(list(moment, &params.text_document.uri, |asked| {
        let converter = asked.converter();
        let offsets: Vec<usize> = params.positions.iter().map(|at| converter.offset(*at)).collect();
        let found = asked.snapshot().selection_ranges(&asked.id, &offsets);
        // As many as were asked for, whatever the service knows.
        let found = found.into_iter().chain(std::iter::repeat_with(Vec::new));
        params.positions.iter().zip(found).map(|(at, spans)| converter.selection(*at, spans)).collect()
    }))
}

/// `textDocument/documentLink`.
pub fn document_link(moment: &Moment, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    Some(list(moment, &params.text_document.uri, |asked| {
        let found = asked.snapshot().links(&asked.id);
        found.into_iter().filter_map(|link| asked.converter().link(link)).collect()
    }))
}

/// `textDocument/semanticTokens/full`.
pub fn semantic_tokens_full(moment: &Moment, params: &SemanticTokensParams) -> Option<SemanticTokensResult> {
    let data = list(moment, &params.text_document.uri, |asked| {
        asked.converter().tokens(&asked.snapshot().semantic_tokens(&asked.id))
    });
    Some(SemanticTokens { result_id: None, data }.into())
}

/// `textDocument/semanticTokens/range`.
pub fn semantic_tokens_range(
    moment: &Moment,
    params: &SemanticTokensRangeParams,
) -> Option<SemanticTokensRangeResult> {
    let data = list(moment, &params.text_document.uri, |asked| {
        let converter = asked.converter();
        let range = converter.span(params.range);
        let mut tokens = asked.snapshot().semantic_tokens(&asked.id);
        tokens.retain(|token| token.span.meets(range));
        converter.tokens(&tokens)
    });
    Some(SemanticTokens { result_id: None, data }.into())
}

/// `textDocument/signatureHelp`.
pub fn signature_help(moment: &Moment, params: &SignatureHelpParams) -> Option<SignatureHelp> {
    let at = &params.text_document_position_params;
    let asked = Asked::of(moment, &at.text_document.uri)?;
    let found = asked.snapshot().signature_help(&asked.id, asked.offset(at.position))?;
    Some(asked.converter().signature_help(found))
}
