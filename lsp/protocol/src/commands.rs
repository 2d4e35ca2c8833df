//! What a click does, and what the server can be asked to do.
//!
//! A command that the client runs itself (it lists those in `initializationOptions.commands`) goes to it; what
//! the server can do without help, it does; everything else only says something.

use crate::abilities::Abilities;
use crate::convert::Converter;
use crate::failure::Failure;
use crate::publish;
use crate::state::{Asked, Moment};
use lsp_types::{Command, ExecuteCommandParams, Location, MessageType, Position, ShowDocumentParams, Url};
use remit_service::answer;
use remit_service::v1;
use serde_json::{Value, json};

/// VS Code's: offer completions.
pub(crate) const SUGGEST: &str = "editor.action.triggerSuggest";
/// The report about a file, as `json v1`.
pub(crate) const DECISION: &str = "remit.decision";
/// Show the decision about a file.
pub(crate) const SHOW_DECISION: &str = "remit.showDecision";
/// Put the cursor somewhere.
pub(crate) const GO_TO: &str = "remit.goTo";
/// List places.
pub(crate) const SHOW_PLACES: &str = "remit.showPlaces";
/// Run policy tests.
pub(crate) const RUN_TESTS: &str = "remit.runTests";

/// The commands that the server runs for a client.
pub(crate) fn offered(abilities: &Abilities) -> Vec<String> {
    let mut offered = vec![DECISION, SHOW_DECISION];
    if abilities.shows_documents {
        offered.push(GO_TO);
    }
    offered.into_iter().filter(|command| !abilities.runs(command)).map(str::to_owned).collect()
}

/// What a click on a lens does.
pub(crate) fn of_lens(
    converter: &Converter<'_>,
    title: String,
    command: answer::Command,
    at: Position,
) -> Command {
    let abilities = &converter.moment.abilities;
    let own = converter.moment.names.uri(converter.id);
    let (name, arguments) = match command {
        answer::Command::Nothing => ("", vec![]),
        answer::Command::ShowDecision => (SHOW_DECISION, vec![json!(own)]),
        answer::Command::GoTo(place) => match converter.location(&place) {
            Some(location) => (GO_TO, vec![json!(location)]),
            None => ("", vec![]),
        },
        answer::Command::ShowPlaces(places) => {
            (SHOW_PLACES, vec![json!(own), json!(at), json!(converter.locations(&places))])
        }
        answer::Command::RunTests(rule) => (RUN_TESTS, vec![json!(own), json!(rule)]),
    };
    let known = abilities.runs(name) || offered(abilities).iter().any(|offered| offered == name);
    if known {
        Command::new(title, name.to_owned(), Some(arguments))
    } else {
        // A command without a name is how LSP's clients show plain text.
        Command::new(title, String::new(), None)
    }
}

/// A decision in one sentence, for clients that show no more.
pub(crate) fn sentence(report: &v1::Report) -> String {
    let open = match report.questions.len() {
        0 => "no question is open".to_owned(),
        1 => "1 question is open".to_owned(),
        count => format!("{count} questions are open"),
    };
    format!("{}; {open}", report.tier.title)
}

/// The file that a command speaks of: its first argument.
fn file(arguments: &[Value]) -> Option<Url> {
    serde_json::from_value(arguments.first()?.clone()).ok()
}

/// What a command comes to.
#[derive(Debug)]
pub enum Outcome {
    /// This is the answer.
    Answer(Option<Value>),
    /// People are told something; the answer is nothing.
    Say(MessageType, String),
    /// The client is asked to show something; the answer is nothing.
    Show(ShowDocumentParams),
}

/// Runs a command that the server offers.
///
/// # Errors
///
/// When there is no such command, or what it needs is missing.
pub fn run(moment: &Moment, params: &ExecuteCommandParams) -> Result<Outcome, Failure> {
    let ExecuteCommandParams { command, arguments, .. } = params;
    match command.as_str() {
        DECISION | SHOW_DECISION => {
            let uri = file(arguments).ok_or_else(|| Failure::params("the URI of an intake is missing"))?;
            let asked = Asked::of(moment, &uri);
            if command == DECISION {
                return Ok(Outcome::Answer(asked.and_then(|asked| publish::report(moment, &asked.id))));
            }
            let report = asked.and_then(|asked| moment.snapshot.decision(&asked.id));
            let says =
                report.map_or_else(|| "nothing is decided about this file".to_owned(), |r| sentence(&r));
            Ok(Outcome::Say(MessageType::INFO, says))
        }
        GO_TO => {
            let place: Option<Location> =
                arguments.first().and_then(|place| serde_json::from_value(place.clone()).ok());
            let Location { uri, range } =
                place.ok_or_else(|| Failure::params("the place to go to is missing"))?;
            Ok(Outcome::Show(ShowDocumentParams {
                uri,
                external: None,
                take_focus: Some(true),
                selection: Some(range),
            }))
        }
        _ => Err(Failure::params(format!("there is no command `{command}`"))),
    }
}
