//! The handlers: each takes the moment at which it was called, asks the service beside, and converts.
//!
//! What changes something does so before its first `await`.

use crate::commands;
use crate::convert;
use crate::diagnostics::{self, Event};
use crate::disk;
use crate::host::{Asked, Shared};
use crate::workspace;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::*;
use tower_lsp::{LanguageServer, async_trait};

/// LSP's code for a request that makes sense and cannot be met.
const REQUEST_FAILED: i64 = -32803;

/// The server as tower-lsp sees it.
pub(crate) struct Server {
    pub(crate) shared: Arc<Shared>,
}

/// What `remit/decision` and `remit/content` ask about.
#[derive(Debug, Deserialize)]
pub(crate) struct FileParams {
    uri: Url,
}

impl Server {
    /// `remit/decision`: the report about an intake as `json v1`; `null` for any other file.
    pub(crate) async fn decision(&self, params: FileParams) -> Result<Value> {
        let report = self.shared.ask(&params.uri, |asked| diagnostics::report(&asked.moment, &asked.id));
        Ok(report.await?.flatten().unwrap_or_default())
    }

    /// `remit/content`: the text of a file as the server knows it, such as one that a `remit:` URI names.
    pub(crate) async fn content(&self, params: FileParams) -> Result<Option<String>> {
        let moment = self.shared.moment();
        Ok(moment.snapshot.text(&moment.names.id(&params.uri)).map(str::to_owned))
    }

    /// `$/setTrace`.
    pub(crate) async fn set_trace(&self, params: SetTraceParams) {
        self.shared.trace.set(match params.value {
            TraceValue::Off => "off",
            TraceValue::Messages => "messages",
            TraceValue::Verbose => "verbose",
        });
    }

    /// An answer that is a list, empty for a file that there is not.
    async fn list<T: Send + 'static>(
        &self,
        uri: &Url,
        answer: impl FnOnce(&Asked) -> Vec<T> + Send + 'static,
    ) -> Result<Option<Vec<T>>> {
        Ok(Some(self.shared.ask(uri, answer).await?.unwrap_or_default()))
    }

    async fn maybe<T: Send + 'static>(
        &self,
        uri: &Url,
        answer: impl FnOnce(&Asked) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        Ok(self.shared.ask(uri, answer).await?.flatten())
    }

    async fn places(
        &self,
        at: TextDocumentPositionParams,
        ask: impl FnOnce(&Asked, usize) -> Vec<remit_service::answer::Place> + Send + 'static,
    ) -> Result<Vec<Location>> {
        let found = self.list(&at.text_document.uri, move |asked| {
            asked.converter().locations(&ask(asked, asked.offset(at.position)))
        });
        Ok(found.await?.unwrap_or_default())
    }

    /// Reads a file again, beside, once nothing on the screen covers it.
    fn feed(&self, id: String) {
        workspace::changed_on_disk(&self.shared, vec![(id, FileChangeType::CHANGED)]);
    }
}

fn scalar(mut found: Vec<Location>) -> Option<GotoDefinitionResponse> {
    match found.len() {
        0 => None,
        1 => found.pop().map(GotoDefinitionResponse::Scalar),
        _ => Some(GotoDefinitionResponse::Array(found)),
    }
}

#[async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let abilities = self.shared.meet(&params);
        let mut faults = vec![];
        {
            let roots = workspace::roots(&params);
            let names = self.shared.state().names().clone();
            if abilities.virtual_documents {
                names.stay_virtual();
            }
            let mut set = self.shared.set();
            set.roots = roots.into_iter().map(|uri| (workspace::root_id(&names, &uri), uri)).collect();
            let options = params.initialization_options.unwrap_or_default();
            set.base.lay(options.get("settings").unwrap_or(&options), &mut faults);
            set.now = set.base.clone();
        }
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
            capabilities: abilities.offers(),
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
        let encoding = self.shared.encoding();
        let changes = params.content_changes.into_iter().map(|change| convert::change(change, encoding));
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
                workspace::take_settings(&shared, params.settings).await;
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
        let at = params.text_document_position;
        let items = self.list(&at.text_document.uri, move |asked| {
            let found = asked.moment.snapshot.completions(&asked.id, asked.offset(at.position));
            found.into_iter().map(|item| asked.converter().completion(item)).collect()
        });
        Ok(items.await?.map(CompletionResponse::Array))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        self.maybe(&at.text_document.uri, move |asked| {
            let found = asked.moment.snapshot.hover(&asked.id, asked.offset(at.position));
            found.map(|hover| asked.converter().hover(hover))
        })
        .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.list(&params.text_document.uri, move |asked| {
            let converter = asked.converter();
            let found = asked.moment.snapshot.inlay_hints(&asked.id, converter.span(params.range));
            found.into_iter().map(|hint| converter.inlay_hint(hint)).collect()
        })
        .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.list(&params.text_document.uri, |asked| {
            let found = asked.moment.snapshot.code_lenses(&asked.id);
            found.into_iter().map(|lens| asked.converter().code_lens(lens)).collect()
        })
        .await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.list(&params.text_document.uri, move |asked| {
            let converter = asked.converter();
            let found = asked.moment.snapshot.code_actions(&asked.id, converter.span(params.range));
            let actions =
                found.into_iter().filter_map(|action| converter.code_action(action, &params.context));
            actions.map(CodeActionOrCommand::CodeAction).collect()
        })
        .await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let found = self.places(params.text_document_position_params, |asked, offset| {
            asked.moment.snapshot.definition(&asked.id, offset)
        });
        Ok(scalar(found.await?))
    }

    async fn goto_declaration(
        &self,
        params: request::GotoDeclarationParams,
    ) -> Result<Option<request::GotoDeclarationResponse>> {
        let found = self.places(params.text_document_position_params, |asked, offset| {
            asked.moment.snapshot.declaration(&asked.id, offset)
        });
        Ok(scalar(found.await?))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let declared = params.context.include_declaration;
        let found = self.places(params.text_document_position, move |asked, offset| {
            let snapshot = &asked.moment.snapshot;
            let mut found = if declared { snapshot.declaration(&asked.id, offset) } else { vec![] };
            for place in snapshot.references(&asked.id, offset) {
                if !found.contains(&place) {
                    found.push(place);
                }
            }
            found
        });
        Ok(Some(found.await?))
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.maybe(&at.text_document.uri, move |asked| {
            let snapshot = &asked.moment.snapshot;
            let span = snapshot.prepare_rename(&asked.id, asked.offset(at.position))?;
            let placeholder = snapshot.text(&asked.id)?.get(span.range())?.to_owned();
            let range = asked.converter().range(span);
            Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
        })
        .await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position;
        let edits = self.shared.ask(&at.text_document.uri, move |asked| {
            let offset = asked.offset(at.position);
            let edits = asked.moment.snapshot.rename(&asked.id, offset, &params.new_name)?;
            asked
                .converter()
                .workspace_edit(&edits, &[])
                .ok_or("the editor cannot make these edits".to_owned())
        });
        let failed = |why: String| Error {
            code: ErrorCode::ServerError(REQUEST_FAILED),
            message: why.into(),
            data: None,
        };
        edits.await?.transpose().map_err(failed)
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let uri = params.text_document.uri;
        let symbols = self.list(&uri, |asked| {
            let found = asked.moment.snapshot.symbols(&asked.id);
            found.into_iter().map(|symbol| asked.converter().symbol(symbol)).collect()
        });
        let symbols = symbols.await?.unwrap_or_default();
        Ok(Some(if self.shared.abilities().outline {
            DocumentSymbolResponse::Nested(symbols)
        } else {
            DocumentSymbolResponse::Flat(convert::flat(symbols, &uri, None))
        }))
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        let (moment, encoding) = (self.shared.moment(), self.shared.encoding());
        let found = self.shared.workers.run(move || {
            let found = moment.snapshot.workspace_symbols(&params.query);
            found
                .into_iter()
                .filter_map(|symbol| convert::workspace_symbol(&moment, symbol, encoding))
                .collect()
        });
        found.await.map(Some)
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.list(&params.text_document.uri, |asked| {
            let found = asked.moment.snapshot.folding(&asked.id);
            found.iter().map(|fold| asked.converter().fold(fold)).collect()
        })
        .await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.list(&params.text_document.uri, move |asked| {
            let converter = asked.converter();
            let offsets: Vec<usize> = params.positions.iter().map(|at| converter.offset(*at)).collect();
            let found = asked.moment.snapshot.selection_ranges(&asked.id, &offsets);
            // As many as were asked for, whatever the service knows.
            let found = found.into_iter().chain(std::iter::repeat_with(Vec::new));
            params.positions.iter().zip(found).map(|(at, spans)| converter.selection(*at, spans)).collect()
        })
        .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.list(&params.text_document.uri, |asked| {
            let found = asked.moment.snapshot.links(&asked.id);
            found.into_iter().filter_map(|link| asked.converter().link(link)).collect()
        })
        .await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let tokens = self.list(&params.text_document.uri, |asked| {
            asked.converter().tokens(&asked.moment.snapshot.semantic_tokens(&asked.id))
        });
        Ok(tokens.await?.map(|data| SemanticTokens { result_id: None, data }.into()))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let tokens = self.list(&params.text_document.uri, move |asked| {
            let converter = asked.converter();
            let range = converter.span(params.range);
            let mut tokens = asked.moment.snapshot.semantic_tokens(&asked.id);
            tokens.retain(|token| token.span.meets(range));
            converter.tokens(&tokens)
        });
        Ok(tokens.await?.map(|data| SemanticTokens { result_id: None, data }.into()))
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let at = params.text_document_position_params;
        self.maybe(&at.text_document.uri, move |asked| {
            let found = asked.moment.snapshot.signature_help(&asked.id, asked.offset(at.position));
            found.map(|help| asked.converter().signature_help(help))
        })
        .await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        commands::run(&self.shared, &params.command, &params.arguments).await
    }
}
