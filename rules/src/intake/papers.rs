//! What comes with a request: when it is needed, where to read more, what can be shown.

use schemars::JsonSchema;

use super::words::{ask, role};

/// When an answer is needed, and why then.
#[derive(JsonSchema)]
#[schemars(title = "Deadline", deny_unknown_fields)]
pub(super) struct Deadline {
    /// The day by which the team needs a decision.
    #[schemars(title = "Needed by", extend("format" = "date"),
        extend("x-remit" = role("deadline", ask("By which day do you need a decision?"))))]
    date: String,
    /// The business event that sets the day: a launch, a contract, a freeze.
    #[schemars(title = "Business event", length(min = 1, max = 400),
        extend("x-remit" = ask("Which business event sets that day?")))]
    event: String,
}

/// One place where a reviewer can read more.
#[derive(JsonSchema)]
#[schemars(title = "Link", deny_unknown_fields)]
pub(super) struct Link {
    /// What will be found there. It decides which artifact the link is evidence for.
    #[schemars(title = "Kind", extend("x-remit" = ask("What is it?")))]
    kind: LinkKind,
    /// The address.
    #[schemars(title = "Address", length(min = 1, max = 2000), extend("x-remit" = ask("Where is it?")))]
    url: String,
    /// A few words for people.
    #[schemars(title = "Title", length(min = 1, max = 200), extend("x-remit" = ask("What should a reader call it?")))]
    title: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum LinkKind {
    /// A pull or merge request.
    #[schemars(title = "Pull request")]
    Pr,
    /// A design note or design document.
    #[schemars(title = "Design document")]
    Design,
    /// Infrastructure as code, or its plan.
    #[schemars(title = "Infrastructure code")]
    Iac,
    /// A ticket.
    #[schemars(title = "Ticket")]
    Ticket,
    /// An exception granted earlier.
    #[schemars(title = "Earlier exception")]
    Exception,
    /// An architecture diagram.
    #[schemars(title = "Architecture diagram")]
    Diagram,
    /// A diagram of which data goes where.
    #[schemars(title = "Data flow diagram")]
    DataFlow,
    /// A threat model, or the assumptions it starts from.
    #[schemars(title = "Threat model")]
    ThreatModel,
    /// The approved template that was used.
    #[schemars(title = "Template")]
    Template,
    /// Rollout and rollback steps.
    #[schemars(title = "Runbook")]
    Runbook,
    /// A test plan or its results.
    #[schemars(title = "Tests")]
    Test,
    /// Anything else.
    #[schemars(title = "Other")]
    Other,
}

/// Evidence for one artifact: something to read, who has read it, or why it is not needed.
#[derive(JsonSchema)]
#[schemars(title = "Evidence item", deny_unknown_fields)]
pub(super) struct Evidence {
    /// The artifact, by its id in the catalogue.
    #[schemars(title = "Artifact", length(min = 1, max = 80), extend("x-remit" = ask("Which artifact is this evidence for?")))]
    artifact: String,
    /// Where the evidence is.
    #[schemars(title = "Link", length(min = 1, max = 2000), extend("x-remit" = ask("Where is it?")))]
    link: Option<String>,
    /// Who has looked at it. Not the one who wrote it.
    #[schemars(title = "Reviewed by", length(min = 1, max = 200), extend("x-remit" = ask("Who has reviewed it?")))]
    reviewed_by: Option<String>,
    /// The day on which it was looked at.
    #[schemars(title = "Reviewed on", extend("format" = "date"), extend("x-remit" = ask("When was it reviewed?")))]
    reviewed_on: Option<String>,
    /// Who decided that it is not needed.
    #[schemars(title = "Waived by", length(min = 1, max = 200), extend("x-remit" = ask("Who waived it?")))]
    waived_by: Option<String>,
    /// Why it is not needed. A waiver without a reason does not count.
    #[schemars(title = "Waived because", length(min = 1, max = 2000), extend("x-remit" = ask("Why is it not needed?")))]
    waived_because: Option<String>,
}
