//! The handlers: each takes the moment at which it was called, and has it answered beside.
//!
//! What changes something does so before its first `await`.

use crate::diagnostics::Event;
use crate::disk;
use crate::host::{Shared, error};
use crate::workspace;
use remit_protocol::commands::{self, Outcome};
use remit_protocol::custom::{self, FileParams};
use remit_protocol::lsp_types::*;
use remit_protocol::status::PackStatus;
use remit_protocol::{ReadBy, change, requests};
use remit_service::v1::explanation::Questions;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tower_lsp::jsonrpc::Result;
use tower_lsp::{LanguageServer, async_trait};

/// The server as tower-lsp sees it.
pub(crate) struct Server {
    pub(crate) shared: Arc<Shared>,
}

/// Handlers of requests that are Remit's own.
macro_rules! own {
    ($($kind:ident $name:ident($params:ty) -> $answer:ty;)*) => {
        impl Server {
            $(pub(crate) async fn $name(&self, params: $params) -> Result<$answer> {
                self.shared.$kind(params, custom::$name).await
            })*
        }
    };
}

own! {
    answer decision(custom::FileParams) -> Option<Value>;
    attempt questions(custom::QuestionsParams) -> Option<Questions>;
    attempt explain(custom::ExplainParams) -> Option<custom::Explained>;
    attempt instead(custom::InsteadParams) -> Option<custom::Instead>;
    attempt answer(custom::AnswerParams) -> WorkspaceEdit;
    attempt new_intake(custom::NewIntakeParams) -> custom::Blank;
    answer packs(custom::NoParams) -> Vec<PackStatus>;
    answer tests(custom::TestsParams) -> Vec<custom::Suite>;
    attempt run_tests(custom::RunParams) -> custom::Run;
    answer locate(custom::LocateParams) -> Vec<Option<Location>>;
}

impl Server {
    pub(crate) async fn content(&self, params: FileParams) -> Result<Option<String>> {
        // At once: it is only a look.
        Ok(custom::content(&self.shared.moment(), &params))
    }

    /// `$/setTrace`.
    pub(crate) async fn set_trace(&self, params: SetTraceParams) {
        self.shared.trace.set(match params.value {
            TraceValue::Off => "off",
            TraceValue::Messages => "messages",
            TraceValue::Verbose => "verbose",
        });
    }

    /// Reads a file again, beside, once nothing on the screen covers it.
    fn feed(&self, id: String) {
        workspace::changed_on_disk(&self.shared, vec![(id, FileChangeType::CHANGED)]);
    }
}

#[async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let mut faults = vec![];
        let (abilities, names) = {
            let mut state = self.shared.state();
            state.meet(&params);
            (state.abilities(), state.names().clone())
        };
        self.shared.set().begin(&params, &names, &mut faults);
        if let Some(trace) = params.trace {
            self.set_trace(SetTraceParams { value: trace }).await;
        }
        self.shared.process.store(params.process_id.unwrap_or_default(), Ordering::Relaxed);
        self.shared.configure();
        let shared = Arc::clone(&self.shared);
        self.shared.spawn(async move {
            for fault in faults {
                shared.client.show_message(MessageType::WARNING, fault).await;
            }
        });
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        Ok(InitializeResult {
            capabilities: abilities.offers(ReadBy::Server),
            server_info: Some(ServerInfo { name: "remit".to_owned(), version }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        workspace::begin(&self.shared);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let file = params.text_document;
        let id = self.shared.state().open(&file.uri, &file.language_id, file.version, &file.text);
        let shared = Arc::clone(&self.shared);
        // The pack around it first, so that nothing is said by the wrong one.
        tokio::task::spawn_blocking(move || {
            disk::look_around(&shared, &id, |manifest| workspace::is_searched(&shared, manifest));
            shared.tell(Event::Touched(id));
        });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let encoding = self.shared.abilities().encoding;
        let changes = params.content_changes.into_iter().map(|one| change(one, encoding));
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        let changed = self.shared.state().change(&uri, changes.collect(), version);
        match changed {
            Ok(id) => self.shared.tell(Event::Touched(id)),
            Err(unknown) => {
                let message = format!("{unknown}, so its change is left out");
                self.shared.client.log_message(MessageType::WARNING, message).await;
            }
        }
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        let id = self.shared.state().names().id(&params.text_document.uri);
        self.feed(id);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        let closed = self.shared.state().close(&uri);
        if let Some(id) = closed {
            self.shared.tell(Event::Closed(id.clone(), uri));
            self.feed(id);
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let shared = Arc::clone(&self.shared);
        self.shared.spawn(async move {
            if shared.abilities().configuration {
                workspace::pull_settings(&shared).await;
            } else {
                workspace::take_settings(&shared, &params.settings).await;
            }
        });
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        workspace::change_roots(&self.shared, params.event);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let names = self.shared.state().names().clone();
        let changes = params.changes.into_iter().map(|change| (names.id(&change.uri), change.typ));
        workspace::changed_on_disk(&self.shared, changes.collect());
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.shared.answer(params, requests::completion).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.shared.answer(params, requests::hover).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.shared.answer(params, requests::inlay_hint).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.shared.answer(params, requests::code_lens).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.shared.answer(params, requests::code_action).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        self.shared.answer(params, requests::definition).await
    }

    async fn goto_declaration(
        &self,
        params: request::GotoDeclarationParams,
    ) -> Result<Option<request::GotoDeclarationResponse>> {
        self.shared.answer(params, requests::declaration).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.shared.answer(params, requests::references).await
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.shared.answer(at, requests::prepare_rename).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.shared.attempt(params, requests::rename).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.shared.answer(params, requests::document_symbol).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        self.shared.answer(params, requests::symbol).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.shared.answer(params, requests::folding_range).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.shared.answer(params, requests::selection_range).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.shared.answer(params, requests::document_link).await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        self.shared.answer(params, requests::semantic_tokens_full).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        self.shared.answer(params, requests::semantic_tokens_range).await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        self.shared.answer(params, requests::signature_help).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let client = self.shared.client.clone();
        // What is asked of the client is asked beside: an answer never waits for it.
        match self.shared.answer(params, commands::run).await?.map_err(error)? {
            Outcome::Answer(answer) => return Ok(answer),
            Outcome::Say(how, message) => {
                self.shared.spawn(async move { client.show_message(how, message).await });
            }
            Outcome::Show(show) => {
                self.shared.spawn(async move { drop(client.show_document(show).await) });
            }
        }
        Ok(None)
    }
}
