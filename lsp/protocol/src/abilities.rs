//! What the client can do, read once when it introduces itself, and what the server offers it in turn.

use crate::commands;
use crate::convert;
use lsp_types::*;
use remit_service::Encoding;
use serde::Serialize;
use serde_json::{Value, json};

/// The version of what README.md says.
pub const PROTOCOL: u32 = 1;

/// Who reads files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadBy {
    /// The server does.
    Server,
    /// The client does, and feeds them.
    Client,
}

/// What the client can do.
#[derive(Debug, Clone)]
pub struct Abilities {
    /// How it counts columns.
    pub encoding: Encoding,
    /// It fills in snippets.
    pub snippets: bool,
    /// It inserts text as it is, without indenting it again.
    pub lines_as_they_are: bool,
    /// It shows Markdown.
    pub markdown: bool,
    /// It shows related places of a diagnostic.
    pub related: bool,
    /// It shows an outline as a tree.
    pub outline: bool,
    /// It takes edits of a version of a file.
    pub versioned_edits: bool,
    /// It makes files.
    pub creates_files: bool,
    /// It takes tokens over several lines.
    pub long_tokens: bool,
    /// It can be asked for its settings.
    pub configuration: bool,
    /// It watches files, when it is asked to.
    pub watches: bool,
    /// It shows progress.
    pub progress: bool,
    /// It shows files, when it is asked to.
    pub shows_documents: bool,
    /// What it asks for again when it is told to.
    pub refreshes: Refreshes,
    /// Commands that the client runs itself.
    pub commands: Vec<String>,
    /// It shows `remit:` URIs itself.
    pub virtual_documents: bool,
    /// It is told each decision.
    pub decisions: bool,
}

/// What the client asks for again when it is told to.
#[derive(Debug, Clone, Copy)]
pub struct Refreshes {
    /// Remarks above lines.
    pub lenses: bool,
    /// Remarks in lines.
    pub hints: bool,
    /// Colours.
    pub tokens: bool,
}

impl Abilities {
    /// As the client says when it introduces itself.
    pub fn of(params: &InitializeParams) -> Self {
        // Asked as JSON: a path of optional fields, each of which a client may leave out.
        let client = serde_json::to_value(&params.capabilities).unwrap_or_default();
        let can = |path: &str| client.pointer(path).and_then(Value::as_bool).unwrap_or(false);
        let has = |path: &str, wanted: &Value| {
            client.pointer(path).and_then(Value::as_array).is_some_and(|list| list.contains(wanted))
        };
        let options = params.initialization_options.clone().unwrap_or_default();
        let option = |name: &str| options.get(name).and_then(Value::as_bool);
        let commands = options.get("commands").and_then(Value::as_array).cloned().unwrap_or_default();
        let utf8 = has("/general/positionEncodings", &json!("utf-8"));
        let prefers_utf16 = client.pointer("/general/positionEncodings/0") == Some(&json!("utf-16"));
        Self {
            // The first that both know: it is the one that costs the client least.
            encoding: if utf8 && !prefers_utf16 { Encoding::Utf8 } else { Encoding::Utf16 },
            snippets: can("/textDocument/completion/completionItem/snippetSupport"),
            lines_as_they_are: has(
                "/textDocument/completion/completionItem/insertTextModeSupport/valueSet",
                &json!(InsertTextMode::AS_IS),
            ),
            markdown: client.pointer("/textDocument/hover/contentFormat").is_none()
                || has("/textDocument/hover/contentFormat", &json!("markdown")),
            related: can("/textDocument/publishDiagnostics/relatedInformation"),
            outline: can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            versioned_edits: can("/workspace/workspaceEdit/documentChanges"),
            creates_files: has("/workspace/workspaceEdit/resourceOperations", &json!("create")),
            long_tokens: can("/textDocument/semanticTokens/multilineTokenSupport"),
            configuration: can("/workspace/configuration"),
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            progress: can("/window/workDoneProgress"),
            shows_documents: can("/window/showDocument/support"),
            refreshes: Refreshes {
                lenses: can("/workspace/codeLens/refreshSupport"),
                hints: can("/workspace/inlayHint/refreshSupport"),
                tokens: can("/workspace/semanticTokens/refreshSupport"),
            },
            commands: commands.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            virtual_documents: option("virtualDocuments").unwrap_or(false),
            decisions: option("decisions").unwrap_or(true),
        }
    }

    /// Whether the client runs a command itself.
    pub fn runs(&self, command: &str) -> bool {
        self.commands.iter().any(|known| known == command)
    }

    /// What the server offers, by who reads files.
    pub fn offers(&self, files: ReadBy) -> ServerCapabilities {
        let legend = SemanticTokensLegend {
            token_types: convert::TOKEN_TYPES.to_vec(),
            token_modifiers: vec![SemanticTokenModifier::DECLARATION],
        };
        ServerCapabilities {
            position_encoding: Some(match self.encoding {
                Encoding::Utf8 => PositionEncodingKind::UTF8,
                Encoding::Utf16 => PositionEncodingKind::UTF16,
            }),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(SaveOptions { include_text: Some(false) }.into()),
                ..Default::default()
            })),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some([".", "\"", "'", ":", " ", "-", "(", "/"].map(str::to_owned).into()),
                ..Default::default()
            }),
            hover_provider: Some(true.into()),
            inlay_hint_provider: Some(OneOf::Left(true)),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
            code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QUICKFIX,
                    CodeActionKind::REFACTOR,
                    CodeActionKind::REFACTOR_REWRITE,
                ]),
                ..Default::default()
            })),
            definition_provider: Some(OneOf::Left(true)),
            declaration_provider: Some(DeclarationCapability::Simple(true)),
            references_provider: Some(OneOf::Left(true)),
            rename_provider: Some(OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: Some(false),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            semantic_tokens_provider: Some(
                SemanticTokensOptions {
                    legend,
                    range: Some(true),
                    full: Some(SemanticTokensFullOptions::Bool(true)),
                    ..Default::default()
                }
                .into(),
            ),
            signature_help_provider: Some(SignatureHelpOptions {
                trigger_characters: Some(vec!["(".to_owned(), ",".to_owned()]),
                ..Default::default()
            }),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: commands::offered(self),
                ..Default::default()
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: None,
            }),
            experimental: Some(json!({"remit": {"protocol": PROTOCOL, "files": files}})),
            ..Default::default()
        }
    }
}
