//! From a decision to its report.

use super::diagnostics::{diagnostic, location, severity};
use super::{VERSION, v1};
use crate::catalogue::{Entry, Head, Section};
use crate::decide::{
    self, ApprovalKind, Due, EvidenceState, Milestone, Point, PointKey, Requirement, Standing, Timing,
};
use crate::engine::{Checked, Engine};
use crate::evaluate::Truth;
use crate::explain::{self, CauseKind, words};
use crate::facts::Origin;
use crate::record::Spanned;
use crate::rules::{Body, EffectKind, Rule, Verb};
use crate::schema::{Field, Kind, Role, TextFormat};
use crate::source::{Source, Span};

/// The report of a checked intake.
pub fn report(engine: &Engine, checked: &Checked) -> v1::Report {
    Reporter { engine, checked }.report()
}

/// Makes the parts of a report.
pub(super) struct Reporter<'a> {
    pub(super) engine: &'a Engine,
    pub(super) checked: &'a Checked,
}

impl Reporter<'_> {
    pub(super) fn report(&self) -> v1::Report {
        let (pack, decision) = (&self.engine.pack, &self.checked.decision);
        let settled = decision.questions.is_empty()
            && decision.tiers.width() == 0
            && !decision.points.iter().any(|point| point.standing == Standing::Possible)
            && !decision.requirements.iter().any(|requirement| requirement.standing == Standing::Possible);
        let text = |role| {
            let (slot, _) = pack.schema.role(role)?;
            self.checked.intake.text(slot).map(str::to_owned)
        };
        v1::Report {
            json: VERSION,
            engine: super::engine(),
            pack: super::pack(pack),
            intake: v1::Intake {
                id: text(Role::Id),
                title: text(Role::Title),
                source: self.source().id().to_string(),
                digest: self.checked.digest.clone(),
            },
            today: self.checked.today.map(|today| today.to_string()),
            valid: self.checked.is_valid(),
            settled,
            exact: decision.exact,
            tier: self.tier(),
            ready: self.ready(),
            routes: self.points(Verb::Route, |point, wire| self.route(point, wire)),
            escalations: self.points(Verb::Escalate, |_, point| {
                let to = pack.catalogue.escalations.get(&point.name).map(|entry| self.whos(&entry.to));
                v1::Escalation { point, to: to.unwrap_or_default() }
            }),
            requirements: decision
                .requirements
                .iter()
                .map(|requirement| self.requirement(requirement))
                .collect(),
            referrals: self.points(Verb::Refer, |_, point| {
                let contact = pack.catalogue.teams.get(&point.name).and_then(|team| team.contact.clone());
                v1::Referral { point, contact }
            }),
            decisions: self.points(Verb::Decides, |_, point| self.decision(point)),
            services: self.points(Verb::Service, |_, point| point),
            obligations: self.points(Verb::Oblige, |_, point| {
                let owner =
                    pack.catalogue.obligations.get(&point.name).and_then(|entry| entry.owner.as_ref());
                v1::Obligation { point, owner: owner.map(|owner| self.who(&owner.value)) }
            }),
            notifications: self.points(Verb::Notify, |_, point| point),
            flags: self.flags(),
            approvals: self.approvals(),
            dates: decision.deadlines.iter().map(milestone).collect(),
            questions: self.questions(),
            assumptions: self.assumptions(),
            ruled_out: self.ruled_out(),
            trace: self.trace(),
            diagnostics: self.diagnostics(),
        }
    }

    pub(super) fn source(&self) -> &Source {
        &self.checked.intake.document.source
    }

    pub(super) fn place(&self, span: Span) -> v1::Location {
        location(&self.source().locate(span), &[self.source()])
    }

    pub(super) fn tier(&self) -> v1::Tier {
        let decision = &self.checked.decision;
        let tiers = decision.tiers;
        let head = |tier| self.engine.pack.catalogue.tier(tier).map(|tier| &tier.head);
        let name = |tier| head(tier).map_or_else(|| format!("Tier {tier}"), |head| head.title.clone());
        let title = match decision.tier() {
            Some(tier) => name(tier),
            None => format!("{} to {}", name(tiers.floor()), name(tiers.ceiling())),
        };
        v1::Tier {
            settled: decision.tier(),
            floor: tiers.floor(),
            ceiling: tiers.ceiling(),
            title,
            description: decision.tier().and_then(head).map(|head| head.description.clone()),
            rules: decision
                .tier_rules
                .iter()
                .filter_map(|rule| self.rule(*rule))
                .map(|rule| rule.id.clone())
                .collect(),
        }
    }

    fn rule(&self, number: usize) -> Option<&Rule> {
        self.engine.pack.rules.rules().get(number)
    }

    pub(super) fn ready(&self) -> v1::Ready {
        let decision = &self.checked.decision;
        let missing = decision.missing.iter().map(|missing| {
            let field = self.engine.pack.schema.slot(missing.slot);
            let void = match self.checked.facts.origin(missing.slot) {
                Origin::Void { value } => Some(self.place(value)),
                _ => None,
            };
            let (path, title, question) = (field.path.clone(), field.title.clone(), field.question.clone());
            v1::MissingAnswer { path, title, question, location: void }
        });
        v1::Ready { complete: decision.is_ready(), missing: missing.collect() }
    }

    /// The points of one kind that are part of the decision, or may be.
    fn points<T>(&self, verb: Verb, make: impl Fn(&Point, v1::Point) -> T) -> Vec<T> {
        let mut made = vec![];
        for point in &self.checked.decision.points {
            let PointKey::Entry(kind, name) = &point.key else { continue };
            if *kind != verb {
                continue;
            }
            let Some(standing) = standing(point.standing) else { continue };
            let head = self.engine.pack.catalogue.head(verb.section(), name);
            let id = decide::id(&self.engine.pack, &point.key);
            let wire = self.point(id, name, head, standing, &point.rules, point.due);
            made.push(make(point, wire));
        }
        made
    }

    fn point(
        &self,
        id: String,
        name: &str,
        head: Option<&Head>,
        standing: v1::Standing,
        rules: &[usize],
        due: Option<(Due, Timing)>,
    ) -> v1::Point {
        v1::Point {
            id,
            name: name.to_owned(),
            title: head.map_or_else(|| name.to_owned(), |head| head.title.clone()),
            description: head.map(|head| head.description.clone()).unwrap_or_default(),
            standing,
            rules: self.rules(rules),
            due: due.map(|(due, timing)| v1::Due {
                by: due.by.map(|by| by.to_string()),
                within: due.within.to_string(),
                timing: self::timing(timing),
            }),
        }
    }

    /// Ids of rules: those that fire first.
    fn rules(&self, rules: &[usize]) -> Vec<String> {
        let of = |truth: Truth| {
            rules
                .iter()
                .filter(move |rule| self.checked.verdicts.get(**rule) == Some(&truth))
                .filter_map(|rule| self.rule(*rule))
        };
        of(Truth::Yes).chain(of(Truth::Unsettled)).map(|rule| rule.id.clone()).collect()
    }

    fn route(&self, point: &Point, wire: v1::Point) -> v1::Route {
        let entry = self.engine.pack.catalogue.routes.get(&wire.name);
        let superseded = point.superseded.as_ref().and_then(|(by, standing)| {
            let by = decide::id(&self.engine.pack, &PointKey::Entry(Verb::Route, by.clone()));
            Some(v1::Superseded { by, standing: self::standing(*standing)? })
        });
        let starts = match &superseded {
            Some(v1::Superseded { standing: v1::Standing::Certain, .. }) => v1::Starts::Superseded,
            _ if self.checked.decision.is_ready() || entry.is_some_and(|route| route.never_waits) => {
                v1::Starts::Now
            }
            _ => v1::Starts::WhenReady,
        };
        let owner = entry.and_then(|route| route.owner.as_ref()).map(|owner| self.who(&owner.value));
        v1::Route { point: wire, owner, starts, superseded }
    }

    fn who(&self, name: &str) -> v1::Who {
        v1::Who { name: name.to_owned(), title: self.engine.pack.catalogue.who(name).to_owned() }
    }

    fn whos(&self, names: &[Spanned<String>]) -> Vec<v1::Who> {
        names.iter().map(|name| self.who(&name.value)).collect()
    }

    fn requirement(&self, requirement: &Requirement) -> v1::Requirement {
        let catalogue = &self.engine.pack.catalogue;
        let head = catalogue.head(Section::Artifacts, &requirement.artifact);
        let id = format!("{}/{}", Verb::Require.point(), requirement.artifact);
        let standing = standing(requirement.standing).unwrap_or(v1::Standing::Possible);
        let evidence = &requirement.evidence;
        let state = match evidence.state {
            EvidenceState::Missing => v1::EvidenceState::Missing,
            EvidenceState::Claimed => v1::EvidenceState::Claimed,
            EvidenceState::Resolved => v1::EvidenceState::Resolved,
            EvidenceState::Waived => v1::EvidenceState::Waived,
        };
        let (by, note) = evidence.by.clone().unzip();
        v1::Requirement {
            point: self.point(id, &requirement.artifact, head, standing, &requirement.rules, None),
            tiers: requirement.tiers.iter().copied().collect(),
            evidence: v1::Evidence {
                state,
                location: evidence.span.map(|span| self.place(span)),
                link: evidence.link.clone(),
                by,
                note,
            },
        }
    }

    fn decision(&self, point: v1::Point) -> v1::DecisionRight {
        let catalogue = &self.engine.pack.catalogue;
        let entry = catalogue.decisions.get(&point.name);
        let outcome = |id: &Spanned<String>| {
            let head = catalogue.outcomes.get(&id.value).map(Entry::head);
            v1::Who {
                name: id.value.clone(),
                title: head.map_or_else(|| id.value.clone(), |head| head.title.clone()),
            }
        };
        v1::DecisionRight {
            owner: self.who(entry.map_or("", |entry| entry.owner.value.as_str())),
            co_owners: entry.map(|entry| self.whos(&entry.co_owners)).unwrap_or_default(),
            outcomes: entry.map(|entry| entry.outcomes.iter().map(outcome).collect()).unwrap_or_default(),
            point,
        }
    }

    fn flags(&self) -> Vec<v1::Flag> {
        let mut flags = vec![];
        for point in &self.checked.decision.points {
            let PointKey::Flag(number, place) = point.key else { continue };
            let (Some(rule), Some(standing)) = (self.rule(number), standing(point.standing)) else {
                continue;
            };
            let Some(EffectKind::Flag(level, message)) = rule.effects.get(place).map(|effect| &effect.kind)
            else {
                continue;
            };
            let id = decide::id(&self.engine.pack, &point.key);
            flags.push(v1::Flag {
                id,
                severity: severity(*level),
                message: message.clone(),
                standing,
                rule: rule.id.clone(),
            });
        }
        flags
    }

    fn approvals(&self) -> v1::Approvals {
        let catalogue = &self.engine.pack.catalogue;
        let of = |kind: ApprovalKind| {
            let approvals = self.checked.decision.approvals.iter().filter(|approval| approval.kind == kind);
            let approver = approvals.filter_map(|approval| {
                let v1::Who { name, title } = self.who(&approval.role);
                let alternates = catalogue.roles.get(&approval.role).map(|role| self.whos(&role.alternates));
                Some(v1::Approver {
                    name,
                    title,
                    standing: standing(approval.standing)?,
                    alternates: alternates.unwrap_or_default(),
                })
            });
            approver.collect()
        };
        v1::Approvals {
            approve: of(ApprovalKind::Approve),
            review: of(ApprovalKind::Review),
            inform: of(ApprovalKind::Inform),
            window: self.checked.decision.window.map(|window| window.to_string()),
        }
    }

    fn questions(&self) -> Vec<v1::Question> {
        let questions = self.checked.decision.questions.iter().map(|question| {
            let field = self.engine.pack.schema.slot(question.slot);
            v1::Question {
                path: field.path.clone(),
                title: field.title.clone(),
                question: field.question.clone(),
                kind: answer_kind(field),
                choices: choices(field),
                narrows: f64::from(question.narrows) / 1_000.0,
                touches: question.touches.clone(),
                required: question.required,
            }
        });
        questions.collect()
    }

    fn assumptions(&self) -> Vec<v1::Assumption> {
        let assumed = self
            .engine
            .pack
            .schema
            .slots()
            .filter(|(slot, _)| self.checked.facts.origin(*slot) == Origin::Assumed);
        let assumption = assumed.map(|(slot, field)| v1::Assumption {
            path: field.path.clone(),
            title: field.title.clone(),
            value: words::value(field, self.checked.facts.value(slot)),
        });
        assumption.collect()
    }

    fn ruled_out(&self) -> Vec<String> {
        let points = self.checked.decision.points.iter().filter(|point| point.standing == Standing::RuledOut);
        points.map(|point| decide::id(&self.engine.pack, &point.key)).collect()
    }

    fn trace(&self) -> Vec<v1::Trace> {
        let rules = self.engine.pack.rules.rules().iter().zip(&self.checked.verdicts);
        let live = rules.filter(|(_, truth)| **truth != Truth::No);
        live.map(|(rule, truth)| self.rule_trace(rule, *truth)).collect()
    }

    fn rule_trace(&self, rule: &Rule, truth: Truth) -> v1::Trace {
        let pack = &self.engine.pack;
        let source = pack.rules.source(rule.topic);
        let condition = match &rule.body {
            Body::Compiled(condition) => Some(words::condition(&pack.schema, condition)),
            Body::Interpreted { .. } => None,
        };
        let causes = explain::causes(&pack.schema, rule, &self.checked.facts, truth);
        let tier = rule.effects.iter().filter_map(|effect| match effect.kind {
            EffectKind::Tier(tier) => Some(tier),
            _ => None,
        });
        v1::Trace {
            rule: rule.id.clone(),
            verdict: if truth == Truth::Yes { v1::Verdict::Fires } else { v1::Verdict::Unsettled },
            because: rule.because.clone(),
            cites: rule.cites.clone(),
            location: location(&source.locate(rule.id_span), &[source]),
            condition,
            tier: tier.max(),
            causes: causes.into_iter().map(|cause| self.cause(cause)).collect(),
        }
    }

    pub(super) fn cause(&self, cause: explain::Cause) -> v1::Cause {
        let field = self.engine.pack.schema.field(cause.field);
        v1::Cause {
            path: field.path.clone(),
            title: field.title.clone(),
            value: cause.value,
            words: cause.words,
            origin: origin(cause.kind),
            location: cause.span.map(|span| self.place(span)),
        }
    }

    fn diagnostics(&self) -> Vec<v1::Diagnostic> {
        let mut sources: Vec<&Source> = vec![self.source()];
        sources.extend(&self.engine.pack.sources);
        self.checked.diagnostics.iter().map(|found| diagnostic(found, &sources)).collect()
    }
}

fn standing(standing: Standing) -> Option<v1::Standing> {
    match standing {
        Standing::Certain => Some(v1::Standing::Certain),
        Standing::Possible => Some(v1::Standing::Possible),
        Standing::RuledOut => None,
    }
}

pub(super) fn origin(kind: CauseKind) -> v1::Origin {
    match kind {
        CauseKind::Answered => v1::Origin::Answered,
        CauseKind::Assumed => v1::Origin::Assumed,
        CauseKind::NotApplicable => v1::Origin::NotApplicable,
        CauseKind::Unanswered => v1::Origin::Unanswered,
    }
}

fn timing(timing: Timing) -> v1::Timing {
    match timing {
        Timing::Ahead => v1::Timing::Ahead,
        Timing::Today => v1::Timing::Today,
        Timing::Overdue => v1::Timing::Overdue,
        Timing::Unknown => v1::Timing::Unknown,
    }
}

fn milestone(milestone: &Milestone) -> v1::Milestone {
    let title = match milestone.id {
        "respond" => "First response",
        "decide" => "Decision",
        _ => "Deadline asked for",
    };
    v1::Milestone {
        id: format!("due/{}", milestone.id),
        title: title.to_owned(),
        standing: standing(milestone.standing).unwrap_or(v1::Standing::Possible),
        by: milestone.by.map(|by| by.to_string()),
        within: milestone.within.map(|within| within.to_string()),
        timing: timing(milestone.timing),
    }
}

pub(super) fn answer_kind(field: &Field) -> v1::AnswerKind {
    match &field.kind {
        Kind::Bool => v1::AnswerKind::YesNo,
        Kind::Int { .. } => v1::AnswerKind::Number,
        Kind::Text(TextFormat::Date) => v1::AnswerKind::Date,
        Kind::Choice(_) => v1::AnswerKind::Choice,
        Kind::List { .. } => v1::AnswerKind::List,
        Kind::Text(_) | Kind::Group(_) => v1::AnswerKind::Text,
    }
}

pub(super) fn choices(field: &Field) -> Vec<v1::Choice> {
    match &field.kind {
        Kind::Bool => [("true", "Yes"), ("false", "No")]
            .map(|(value, title)| v1::Choice { value: value.to_owned(), title: title.to_owned() })
            .to_vec(),
        Kind::Choice(choices) => choices
            .values
            .iter()
            .map(|choice| v1::Choice { value: choice.value.clone(), title: choice.title.clone() })
            .collect(),
        _ => vec![],
    }
}
