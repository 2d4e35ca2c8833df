//! The change itself: what it exposes, what it touches, how it is released and whom it brings in.

use schemars::JsonSchema;
use serde_json::json;

use super::words::{ask, assume, if_true, off_path, only_when, unless_settled};

/// What the internet can reach.
#[derive(JsonSchema)]
#[schemars(title = "Exposure", deny_unknown_fields)]
pub(super) struct Exposure {
    /// Whether the service can be reached from the internet, now or after the change, directly or through a proxy.
    #[schemars(title = "Exposed to the internet", extend("x-remit" = ask("Can the internet reach it, now or after the change?")))]
    internet: bool,
    /// Whether the change alters what the internet can already reach: a new path past the gateway, another port, a filter removed.
    #[schemars(title = "Exposure changes",
        extend("x-remit" = if_true("exposure.internet", false, "Does the change alter what the internet can reach?")))]
    changes: Option<bool>,
}

/// What the change touches. Each question names one thing that a reviewer would look at.
#[derive(JsonSchema)]
#[schemars(title = "Change", deny_unknown_fields)]
pub(super) struct Change {
    /// What is going to be different, in the words of a design note.
    #[schemars(title = "Design note", length(min = 1, max = 8000), extend("x-remit" = ask("What will be different afterwards?")))]
    summary: Option<String>,
    /// Whether the change stays inside an approved template. *Complete* means that no default was changed and nothing was added beside it.
    #[schemars(title = "Golden path", extend("x-remit" = ask("Does it follow an approved template?")))]
    golden_path: GoldenPath,
    /// The approved template, with its version.
    #[schemars(title = "Template", length(min = 1, max = 200),
        extend("x-remit" = only_when(json!([{ "change.golden_path": ["with-deviations", "complete"] }]), "", ask("Which template, which version?"))))]
    template: Option<String>,
    /// Whether the service did not exist before.
    #[schemars(title = "New service", extend("x-remit" = off_path(false, "Is the service new?")))]
    new_service: Option<bool>,
    /// Whether the change touches who or what may do something: sign-in, permissions, service accounts, cloud roles, trust between roles.
    #[schemars(title = "Identity or access changes",
        extend("x-remit" = ask("Does it change how anyone signs in, or what anyone or anything may access?")))]
    identity: bool,
    /// Whether users or services will prove who they are in a different way.
    #[schemars(title = "Authentication changes",
        extend("x-remit" = if_true("change.identity", false, "Does it change how users or services prove who they are?")))]
    authentication: Option<bool>,
    /// Whether the application will decide differently what somebody may do.
    #[schemars(title = "Authorization changes",
        extend("x-remit" = if_true("change.identity", false, "Does it change how the application decides what somebody may do?")))]
    authorization: Option<bool>,
    /// Whether cloud or cluster permissions are added, widened or moved.
    #[schemars(title = "IAM changes", extend("x-remit" = if_true("change.identity", false, "Does it change cloud or cluster permissions?")))]
    iam: Option<bool>,
    /// Whether it changes who or what may assume a role.
    #[schemars(title = "Role trust changes",
        extend("x-remit" = if_true("change.identity", false, "Does it change who or what may assume a role?")))]
    role_trust: Option<bool>,
    /// Whether the internet will reach an address, path or operation that it could not reach before.
    #[schemars(title = "New public endpoint",
        extend("x-remit" = if_true("exposure.internet", false, "Does it open an endpoint that the internet could not reach before?")))]
    public_endpoint: Option<bool>,
    /// Whether the line between tenants moves: shared storage, shared keys, a query without a tenant in it.
    #[schemars(title = "Tenant boundary changes", extend("x-remit" = off_path(false, "Does the line between tenants move?")))]
    tenant_boundary: Option<bool>,
    /// Whether it changes who can reach what on the network: routes, peering, firewall rules, load balancers.
    #[schemars(title = "Network exposure changes",
        extend("x-remit" = off_path(false, "Does it change who can reach what on the network?")))]
    network: Option<bool>,
    /// Whether something that runs without a person gets, or already uses, rights beyond its own service.
    #[schemars(title = "Privileged automation",
        extend("x-remit" = off_path(false, "Does it add or change automation that has rights beyond its own service?")))]
    privileged_automation: Option<bool>,
    /// Whether one cloud account, organisation or identity provider will believe another.
    #[schemars(title = "Cloud trust changes",
        extend("x-remit" = off_path(false, "Will one cloud account or identity provider trust another in a new way?")))]
    cloud_trust: Option<bool>,
    /// Whether cluster-wide policy changes: admission rules, pod security, namespaces' isolation.
    #[schemars(title = "Cluster policy changes", extend("x-remit" = assume(false, "Does it change cluster policy?")))]
    cluster_policy: Option<bool>,
    /// Whether it changes a privileged pipeline, how deployments are approved, or a supply-chain control such as signing.
    #[schemars(title = "Release pipeline changes",
        extend("x-remit" = assume(false, "Does it change a privileged pipeline, deployment approval or a supply-chain control?")))]
    pipeline: Option<bool>,
    /// Whether an interface that others build on changes in a large way.
    #[schemars(title = "Major API change", extend("x-remit" = assume(false, "Does an API that others build on change in a large way?")))]
    major_api: Option<bool>,
    /// Whether it touches a flow where a mistake costs money or accounts: payment, password reset, administration.
    #[schemars(title = "Sensitive workflow",
        extend("x-remit" = assume(false, "Does it touch payment, account recovery, administration or a similar flow?")))]
    sensitive_workflow: Option<bool>,
    /// Whether other teams have already solved the same thing, each in its own way, for want of a template.
    #[schemars(title = "Repeated design",
        extend("x-remit" = assume(false, "Have other teams built the same thing already, each in its own way?")))]
    repeated_design: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum GoldenPath {
    /// There is no template, or it was not used.
    #[schemars(title = "Not used")]
    None,
    /// A template was used, and something in it was changed or added.
    #[schemars(title = "Used, with deviations")]
    WithDeviations,
    /// A template was used as it is.
    #[schemars(title = "Used as it is")]
    Complete,
}

/// What goes out, and with what still open.
#[derive(JsonSchema)]
#[schemars(title = "Release", deny_unknown_fields)]
pub(super) struct Release {
    /// Whether this is the first time that customers can use it.
    #[schemars(title = "Launch", extend("x-remit" = assume(false, "Is this a launch?")))]
    launch: Option<bool>,
    /// Whether a security control that matters for this change is not in place.
    #[schemars(title = "Material control missing", extend("x-remit" = unless_settled(false, "Is a security control missing that matters here?")))]
    missing_material_control: Option<bool>,
    /// Whether the business owner wants to release before that control is there.
    #[schemars(title = "Ship without it",
        extend("x-remit" = if_true("release.missing_material_control", false, "Does the business owner want to ship without it?")))]
    ship_without_it: Option<bool>,
    /// How many security actions will still be open on the day of the release.
    #[schemars(title = "Open actions at release", range(min = 0, max = 1000),
        extend("x-remit" = assume(0, "How many security actions will still be open at release?")))]
    open_actions: Option<u32>,
}

/// Software, integrations or data from outside the company.
#[derive(JsonSchema)]
#[schemars(title = "Vendor", deny_unknown_fields)]
pub(super) struct Vendor {
    /// Whether the change brings in third-party software, a third-party integration or third-party data.
    #[schemars(title = "Third party involved",
        extend("x-remit" = off_path(false, "Does it bring in third-party software, integrations or data?")))]
    involved: Option<bool>,
    /// The vendor's name, as in the contract.
    #[schemars(title = "Vendor name", length(min = 1, max = 200),
        extend("x-remit" = if_true("vendor.involved", "", "Which vendor?")))]
    name: Option<String>,
    /// Whether the vendor will receive data of ours.
    #[schemars(title = "Vendor receives data", extend("x-remit" = if_true("vendor.involved", false, "Will the vendor receive data of ours?")))]
    receives_data: Option<bool>,
}
