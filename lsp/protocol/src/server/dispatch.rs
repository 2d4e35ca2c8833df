//! Which function answers which request.

use super::rpc::{self, Answer, Params};
use crate::failure::Failure;
use crate::state::Moment;
use crate::{custom, requests};
use lsp_types::request::{
    CodeActionRequest, CodeLensRequest, Completion, DocumentLinkRequest, DocumentSymbolRequest,
    FoldingRangeRequest, GotoDeclaration, GotoDefinition, HoverRequest, InlayHintRequest,
    PrepareRenameRequest, References, Rename, Request, SelectionRangeRequest, SemanticTokensFullRequest,
    SemanticTokensRangeRequest, SignatureHelpRequest, WorkspaceSymbolRequest,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Answers a request; `None` for a method that there is not.
pub(super) fn dispatch(moment: &Moment, method: &str, params: Params<'_>) -> Option<Answer> {
    Some(match method {
        Completion::METHOD => plain(moment, params, requests::completion),
        HoverRequest::METHOD => plain(moment, params, requests::hover),
        InlayHintRequest::METHOD => plain(moment, params, requests::inlay_hint),
        CodeLensRequest::METHOD => plain(moment, params, requests::code_lens),
        CodeActionRequest::METHOD => plain(moment, params, requests::code_action),
        GotoDefinition::METHOD => plain(moment, params, requests::definition),
        GotoDeclaration::METHOD => plain(moment, params, requests::declaration),
        References::METHOD => plain(moment, params, requests::references),
        PrepareRenameRequest::METHOD => plain(moment, params, requests::prepare_rename),
        Rename::METHOD => fallible(moment, params, requests::rename),
        DocumentSymbolRequest::METHOD => plain(moment, params, requests::document_symbol),
        WorkspaceSymbolRequest::METHOD => plain(moment, params, requests::symbol),
        FoldingRangeRequest::METHOD => plain(moment, params, requests::folding_range),
        SelectionRangeRequest::METHOD => plain(moment, params, requests::selection_range),
        DocumentLinkRequest::METHOD => plain(moment, params, requests::document_link),
        SemanticTokensFullRequest::METHOD => plain(moment, params, requests::semantic_tokens_full),
        SemanticTokensRangeRequest::METHOD => plain(moment, params, requests::semantic_tokens_range),
        SignatureHelpRequest::METHOD => plain(moment, params, requests::signature_help),
        "remit/decision" => plain(moment, params, custom::decision),
        "remit/content" => plain(moment, params, custom::content),
        "remit/questions" => fallible(moment, params, custom::questions),
        "remit/explain" => fallible(moment, params, custom::explain),
        "remit/instead" => fallible(moment, params, custom::instead),
        "remit/answer" => fallible(moment, params, custom::answer),
        "remit/newIntake" => fallible(moment, params, custom::new_intake),
        "remit/packs" => plain(moment, params, custom::packs),
        "remit/tests" => plain(moment, params, custom::tests),
        "remit/runTests" => fallible(moment, params, custom::run_tests),
        "remit/locate" => plain(moment, params, custom::locate),
        _ => return None,
    })
}

fn plain<P: DeserializeOwned, R: Serialize>(
    moment: &Moment,
    params: Params<'_>,
    ask: fn(&Moment, &P) -> R,
) -> Answer {
    rpc::answer(&ask(moment, &params.read()?))
}

fn fallible<P: DeserializeOwned, R: Serialize>(
    moment: &Moment,
    params: Params<'_>,
    ask: fn(&Moment, &P) -> Result<R, Failure>,
) -> Answer {
    rpc::answer(&ask(moment, &params.read()?)?)
}
