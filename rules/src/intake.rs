//! The shape of an intake. These types exist to generate `intake.schema.json` and are compiled for tests only:
//! the engine reads the schema, never the types.
//!
//! A plain field belongs to the minimum intake (OM-intake) and is `required`; an `Option` does not. Silence is
//! *unknown* for every fact that can move the tier. Facts that only suggest a service line, or that nearly always
//! are absent (an incident, an exception), are assumed absent, and the trace says so. A complete golden path
//! answers by itself what an approved template has already settled.

mod change;
mod history;
mod papers;
pub(crate) mod schema;
mod words;

use schemars::JsonSchema;
use serde_json::{Value, json};

use change::{Change, Exposure, Release, Vendor};
use history::{Exception, Incident, Reporting, Vulnerabilities};
use papers::{Deadline, Evidence, Link};
use words::{ask, assume, if_sensitive, only_when, ordered, role, unless_settled};

/// What a team tells Product Security about a change, so that it can be tiered and routed.
#[derive(JsonSchema)]
#[schemars(title = "Security review intake", deny_unknown_fields)]
pub(super) struct Intake {
    /// A name for this intake that stays the same while it is edited; a ticket key will do.
    #[schemars(title = "Intake id", length(min = 1, max = 80),
        extend("x-remit" = role("id", ask("What is this intake called?"))))]
    id: Option<String>,
    /// Who fills this in and answers follow-up questions.
    #[schemars(title = "Requester", length(min = 1, max = 200),
        extend("x-remit" = ask("Who is asking?")))]
    requester: Option<String>,
    /// The day on which the request was handed in. Due dates are counted from it.
    #[schemars(title = "Submitted on", extend("format" = "date"),
        extend("x-remit" = role("submitted_on", ask("On which day is this handed in?"))))]
    submitted_on: String,
    /// How much of a hurry there is. It picks the response window, never the tier.
    #[schemars(title = "Urgency",
        extend("x-remit" = role("urgency", ordered(assume("routine", "How urgent is it?")))))]
    urgency: Option<Urgency>,
    service: Service,
    /// The furthest environment that the change is meant to reach.
    #[schemars(title = "Deployment environment",
        extend("x-remit" = ordered(ask("How far will this be deployed?"))))]
    environment: Environment,
    /// How much the rest of the company relies on this service being honest.
    #[schemars(title = "Trust tier",
        extend("x-remit" = ordered(ask("How much do others rely on this service?"))))]
    trust_tier: TrustTier,
    /// Why Product Security is being engaged, in a sentence or two of plain language.
    #[schemars(title = "Reason for engagement", length(min = 1, max = 4000),
        extend("x-remit" = ask("Why are you coming to us?")))]
    reason: String,
    exposure: Exposure,
    data: Data,
    change: Change,
    /// How far the damage reaches if this goes wrong.
    #[schemars(title = "Blast radius",
        extend("x-remit" = ordered(unless_settled("service", "If this goes wrong, how far does the damage reach?"))))]
    blast_radius: Option<BlastRadius>,
    spread: Option<Spread>,
    risk: Option<Risk>,
    release: Option<Release>,
    vendor: Option<Vendor>,
    vulnerabilities: Option<Vulnerabilities>,
    exception: Option<Exception>,
    incident: Option<Incident>,
    reporting: Option<Reporting>,
    deadline: Deadline,
    /// Pull requests, design documents, infrastructure code, tickets, earlier exceptions: whatever a reviewer opens first.
    #[schemars(title = "Links", length(min = 1, max = 200),
        extend("x-remit" = role("links", ask("Where can a reviewer read more?"))))]
    links: Vec<Link>,
    /// Evidence for the artifacts that the decision asks for, one item each.
    #[schemars(title = "Evidence", length(max = 200),
        extend("x-remit" = role("evidence", assume(json!([]), "What can you show already?"))))]
    evidence: Option<Vec<Evidence>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Urgency {
    /// The normal queue.
    #[schemars(title = "Routine")]
    Routine,
    /// A business event depends on it and is close.
    #[schemars(title = "Urgent")]
    Urgent,
    /// Harm is happening, or will before the normal queue could answer.
    #[schemars(title = "Critical")]
    Critical,
}

/// The service or system that the request is about, and who answers for it.
#[derive(JsonSchema)]
#[schemars(title = "Service", deny_unknown_fields)]
struct Service {
    /// The service or system, by the name that the catalogue knows it by.
    #[schemars(title = "Service or system", length(min = 1, max = 120),
        extend("x-remit" = role("title", ask("Which service or system is this about?"))))]
    name: String,
    /// The person who answers for the service, or a team that has one.
    #[schemars(title = "Owner", length(min = 1, max = 200),
        extend("x-remit" = role("owner", ask("Who owns it?"))))]
    owner: String,
    /// Who decides when the owner is away. Not the owner again.
    #[schemars(title = "Deputy owner", length(min = 1, max = 200),
        extend("x-remit" = ask("Who stands in for the owner?")))]
    deputy: String,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Environment {
    /// Developers' machines and shared sandboxes, without real data.
    #[schemars(title = "Development")]
    Development,
    /// Automated or manual test environments.
    #[schemars(title = "Test")]
    Test,
    /// A rehearsal of production, often with production's credentials nearby.
    #[schemars(title = "Staging")]
    Staging,
    /// Where customers and the business depend on it.
    #[schemars(title = "Production")]
    Production,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum TrustTier {
    /// Nothing else believes what it says.
    #[schemars(title = "Low")]
    Low,
    /// An ordinary service among others.
    #[schemars(title = "Standard")]
    Standard,
    /// Other services act on what it says without checking again.
    #[schemars(title = "High")]
    High,
    /// It holds keys, identities, money, or the means to deploy.
    #[schemars(title = "Critical")]
    Critical,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum BlastRadius {
    /// The service itself can contain the damage.
    #[schemars(title = "One service")]
    Service,
    /// Other services of the same product suffer as well.
    #[schemars(title = "One product")]
    Product,
    /// More than one product suffers.
    #[schemars(title = "Several products")]
    MultiProduct,
}

/// The data that the service handles, and what the change does with it.
#[derive(JsonSchema)]
#[schemars(title = "Data", deny_unknown_fields)]
struct Data {
    /// The most sensitive class of data that the service handles.
    #[schemars(title = "Data sensitivity",
        extend("x-remit" = ordered(ask("What is the most sensitive data it handles?"))))]
    sensitivity: Sensitivity,
    /// Whether the change alters how that data is collected, stored, moved or shared, or who can read it.
    #[schemars(title = "Data handling changes",
        extend("x-remit" = if_sensitive(false, "Does the change alter how this data is collected, stored, shared or read?")))]
    handling_changes: Option<bool>,
    /// Whether any of it is about people who could be identified from it.
    #[schemars(title = "Personal data", extend("x-remit" = if_sensitive(false, "Is any of it about identifiable people?")))]
    personal: Option<bool>,
    /// Whether the data will be stored or processed in a country where it is not today.
    #[schemars(title = "Crosses borders",
        extend("x-remit" = if_sensitive(false, "Will it be stored or processed in a country where it is not today?")))]
    cross_border: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Sensitivity {
    /// Meant for everybody.
    #[schemars(title = "Public")]
    Public,
    /// For everybody in the company; nothing about identifiable customers.
    #[schemars(title = "Internal")]
    Internal,
    /// For some people in the company only. Personal data is at least this.
    #[schemars(title = "Confidential")]
    Confidential,
    /// Credentials, payment, health or similar data whose loss has to be reported.
    #[schemars(title = "Restricted")]
    Restricted,
}

/// Borders other than a product's that a failure could cross.
#[derive(JsonSchema)]
#[schemars(title = "Spread", deny_unknown_fields)]
struct Spread {
    /// Whether a failure in one environment reaches another, for example from staging into production.
    #[schemars(title = "Crosses environments",
        extend("x-remit" = only_when(beyond_one_service(), false, ask("Could a failure in one environment reach another?"))))]
    environments: Option<bool>,
    /// Whether a failure crosses from one trust domain into another, such as another cloud account, tenant group or partner network.
    #[schemars(title = "Crosses trust domains",
        extend("x-remit" = only_when(beyond_one_service(), false, ask("Could a failure cross into another trust domain?"))))]
    trust_domains: Option<bool>,
}

fn beyond_one_service() -> Value {
    json!([{ "blast_radius": ["product", "multi-product"] }])
}

/// What is known about the risk that stays.
#[derive(JsonSchema)]
#[schemars(title = "Risk", deny_unknown_fields)]
struct Risk {
    /// Whether a risk is known that nobody has yet removed, reduced or accepted.
    #[schemars(title = "Unresolved residual risk",
        extend("x-remit" = unless_settled(false, "Is there a known risk that nobody has removed or accepted?")))]
    unresolved: Option<bool>,
    /// Whether teams disagree on who owns the matter, or on how much risk stays.
    #[schemars(title = "Ownership or residual risk disputed",
        extend("x-remit" = unless_settled(false, "Do teams disagree on who owns this or how much risk is left?")))]
    disputed: Option<bool>,
    /// Whether the team can say how it would notice, after release, that the risk has come true.
    #[schemars(title = "Detection after release",
        extend("x-remit" = unless_settled("yes", "Can you say how you would notice if this went wrong after release?")))]
    detection: Option<Detection>,
    /// Whether the same exception or the same kind of finding is seen in other services too.
    #[schemars(title = "Same pattern in other services",
        extend("x-remit" = only_when(
            json!([{ "exception.kind": ["new", "renewal"] }, { "vulnerabilities.recurring": true }]),
            false,
            ask("Do other services have the same exception or the same kind of finding?"))))]
    pattern_across_services: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Detection {
    /// A named alert, log or report would show it.
    #[schemars(title = "Yes")]
    Yes,
    /// Nothing would show it.
    #[schemars(title = "No")]
    No,
    /// Nobody in the team can say.
    #[schemars(title = "We don't know")]
    Unknown,
}
