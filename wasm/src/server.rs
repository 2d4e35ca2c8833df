//! The language server without a thread, a clock or a disk: messages in, messages out. `lsp/protocol/README.md`
//! says what they are.

use remit_protocol::Server;
use wasm_bindgen::prelude::wasm_bindgen;

/// A language server that JavaScript drives.
#[wasm_bindgen]
pub struct LanguageServer(Server);

#[wasm_bindgen]
impl LanguageServer {
    /// A server to which nobody has spoken.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript knows constructors only")]
    pub fn new() -> Self {
        Self(Server::new(remit_rules::FILES))
    }

    /// Takes a message of the client's; what to send to it, in order.
    pub fn handle(&mut self, message: &str) -> Vec<String> {
        self.0.handle(message)
    }

    /// Whether `pump` has something to do.
    #[wasm_bindgen(js_name = isDue)]
    pub fn is_due(&self) -> bool {
        self.0.is_due()
    }

    /// Does one piece of what is due; what to send to the client, in order.
    pub fn pump(&mut self) -> Vec<String> {
        self.0.pump()
    }

    /// Whether something waits for the client.
    #[wasm_bindgen(js_name = isUnsettled)]
    pub fn is_unsettled(&self) -> bool {
        self.0.is_unsettled()
    }

    /// Enough time has passed: what was asked for does not come. What to send to the client, in order.
    pub fn settle(&mut self) -> Vec<String> {
        self.0.settle()
    }

    /// The exit code, once the client has said `exit`.
    pub fn ended(&self) -> Option<i32> {
        self.0.ended()
    }
}
