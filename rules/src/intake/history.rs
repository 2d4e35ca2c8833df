//! What came before the change: findings, exceptions, incidents, reports that are due. Mostly absent, so silence
//! is assumed to mean that there is nothing to tell.

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::words::{ask, assume, if_true, only_when};

/// The service's backlog of security findings.
#[derive(JsonSchema)]
#[schemars(title = "Vulnerabilities", deny_unknown_fields)]
pub(super) struct Vulnerabilities {
    /// How many findings rated high or critical are open.
    #[schemars(title = "Open high and critical findings", range(min = 0, max = 100_000),
        extend("x-remit" = assume(0, "How many high and critical findings are open?")))]
    open: Option<u32>,
    /// How many open findings are past the date that the vulnerability SLA gives them.
    #[schemars(title = "Overdue findings", range(min = 0, max = 100_000),
        extend("x-remit" = assume(0, "How many findings are past their SLA?")))]
    overdue: Option<u32>,
    /// How many months of the last six ended with findings past their SLA.
    #[schemars(title = "SLA breaches", range(min = 0, max = 6),
        extend("x-remit" = assume(0, "In how many of the last six months was the SLA breached?")))]
    sla_breaches: Option<u32>,
    /// Whether the same kind of finding keeps coming back.
    #[schemars(title = "Recurring findings", extend("x-remit" = assume(false, "Does the same kind of finding keep coming back?")))]
    recurring: Option<bool>,
}

/// A request to leave a requirement unmet for a while.
#[derive(JsonSchema)]
#[schemars(title = "Exception", deny_unknown_fields)]
pub(super) struct Exception {
    /// Whether an exception is asked for, or an existing one is to go on.
    #[schemars(title = "Exception", extend("x-remit" = assume("none", "Are you asking for an exception?")))]
    kind: Option<ExceptionKind>,
    /// Which renewal this would be: 1 for the first, 3 for the third.
    #[schemars(title = "Renewals", range(min = 0, max = 100),
        extend("x-remit" = only_when(json!([{ "exception.kind": "renewal" }]), 0, ask("Which renewal is this?"))))]
    renewals: Option<u32>,
    /// How many other exceptions of the same category the service had in the last twelve months.
    #[schemars(title = "Exceptions of the same category", range(min = 0, max = 1000),
        extend("x-remit" = only_when(asked_for(), 0, ask("How many other exceptions of this category were there in the last twelve months?"))))]
    repeats: Option<u32>,
    /// What the exception is from, by the name of the requirement.
    #[schemars(title = "Category", length(min = 1, max = 200),
        extend("x-remit" = only_when(asked_for(), "", ask("Which requirement is it an exception from?"))))]
    category: Option<String>,
    /// The day on which it ends whatever happens.
    #[schemars(title = "Expires on", extend("format" = "date"),
        extend("x-remit" = only_when(asked_for(), "", ask("On which day does it end?"))))]
    expires_on: Option<String>,
}

fn asked_for() -> Value {
    json!([{ "exception.kind": ["new", "renewal"] }])
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum ExceptionKind {
    /// Every requirement will be met.
    #[schemars(title = "None")]
    None,
    /// A first request.
    #[schemars(title = "New")]
    New,
    /// An exception that exists and should go on.
    #[schemars(title = "Renewal")]
    Renewal,
}

/// Signs that something has already gone wrong.
#[derive(JsonSchema)]
#[schemars(title = "Incident", deny_unknown_fields)]
pub(super) struct Incident {
    /// Whether somebody may be using a weakness right now. A suspicion is enough.
    #[schemars(title = "Suspected exploitation",
        extend("x-remit" = assume(false, "Do you suspect that somebody is exploiting this now?")))]
    suspected_exploitation: Option<bool>,
    /// Whether an incident has been declared.
    #[schemars(title = "Confirmed incident", extend("x-remit" = assume(false, "Has an incident been declared?")))]
    confirmed: Option<bool>,
    /// Whether a control that was relied on did not work, harm or no harm.
    #[schemars(title = "Control failure", extend("x-remit" = assume(false, "Did a control fail that you relied on?")))]
    control_failure: Option<bool>,
    /// The incident's number, so that nobody opens a second one.
    #[schemars(title = "Incident reference", length(min = 1, max = 120),
        extend("x-remit" = if_true("incident.confirmed", "", "Under which reference?")))]
    reference: Option<String>,
}

/// Numbers and a narrative for people who steer.
#[derive(JsonSchema)]
#[schemars(title = "Reporting", deny_unknown_fields)]
pub(super) struct Reporting {
    /// The occasion for which security metrics or a narrative are needed, if any.
    #[schemars(title = "Occasion", extend("x-remit" = assume("none", "Do you need security metrics for an occasion?")))]
    occasion: Option<Occasion>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Occasion {
    /// No report is needed.
    #[schemars(title = "None")]
    None,
    /// A month's look at the service lines.
    #[schemars(title = "Monthly review")]
    MonthlyReview,
    /// A quarter's look at the business.
    #[schemars(title = "Quarterly business review")]
    QuarterlyReview,
    /// Preparation of a board meeting.
    #[schemars(title = "Board meeting")]
    Board,
    /// Auditors are coming.
    #[schemars(title = "Audit")]
    Audit,
}
