//! How manifests, catalogues and cases are built: one table for each, from which completion, hovers, names
//! and outlines are made. The engine's own readers decide what is right; this says what is usual.

use crate::kind::FileKind;
use remit_core::catalogue::Section;

/// What may stand at a place.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A mapping with known keys.
    Record(&'static [Key]),
    /// A mapping from the ids of a section to records.
    Entries(Section, &'static [Key]),
    /// A mapping from names to something; what the names are.
    Open(Value, &'static Shape),
    /// A list; one item may stand without its list.
    List(&'static Shape),
    /// A mapping with known keys, or something else.
    Either(&'static [Key], &'static Shape),
    /// A single value.
    Value(Value),
    /// A whole intake.
    Intake,
}

/// A key of a mapping.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    /// What it is for.
    pub(crate) doc: &'static str,
    /// Nothing works without it.
    pub(crate) needed: bool,
}

/// What a single value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    Text,
    Flag,
    Int,
    Tier,
    Duration,
    Date,
    Weekday,
    Urgency,
    /// An id of one of these sections.
    Id(&'static [Section]),
    /// The kind of a link.
    LinkKind,
    /// The path of a field.
    Field,
    /// A constant of the rules.
    Constant,
    /// The id of a rule.
    Rule,
    /// The id of a point: `route/incident`.
    Point,
    /// The name of an example.
    Example,
    Citation,
    /// A file of the pack, with this ending.
    File(&'static str),
    /// A folder of the pack.
    Folder,
    /// One of these words.
    Word(&'static [&'static str]),
    Anything,
}

macro_rules! key {
    ($name:expr, $shape:expr, $doc:expr $(,)?) => {
        Key { name: $name, shape: $shape, doc: $doc, needed: false }
    };
}

macro_rules! needed {
    ($name:expr, $shape:expr, $doc:expr $(,)?) => {
        Key { name: $name, shape: $shape, doc: $doc, needed: true }
    };
}

const TEXT: Shape = Shape::Value(Value::Text);
const FLAG: Shape = Shape::Value(Value::Flag);
const DURATION: Shape = Shape::Value(Value::Duration);
static TEXT_ITEM: Shape = TEXT;
static CITATION: Shape = Shape::Value(Value::Citation);
static ROLE: Shape = Shape::Value(Value::Id(&[Section::Roles]));
static ARTIFACT: Shape = Shape::Value(Value::Id(&[Section::Artifacts]));
static OUTCOME: Shape = Shape::Value(Value::Id(&[Section::Outcomes]));
static LINK_KIND: Shape = Shape::Value(Value::LinkKind);
static FIELD: Shape = Shape::Value(Value::Field);
static RULE: Shape = Shape::Value(Value::Rule);
static POINT: Shape = Shape::Value(Value::Point);
static ANYTHING: Shape = Shape::Value(Value::Anything);
const WHO: Shape = Shape::Value(Value::Id(&[Section::Roles, Section::Teams]));

/// The shape of a file; `None` where its format is somebody else's.
pub(crate) fn of(kind: FileKind) -> Option<&'static Shape> {
    match kind {
        FileKind::Manifest => Some(&MANIFEST),
        FileKind::Catalogue => Some(&CATALOGUE),
        FileKind::Case => Some(&CASE),
        _ => None,
    }
}

static MANIFEST: Shape = Shape::Record(&[
    needed!("format", Shape::Value(Value::Int), "The format of the pack itself: `1`."),
    needed!("name", TEXT, "The pack's name, as reports say it."),
    needed!("version", TEXT, "The pack's version."),
    key!("title", TEXT, "Its name for people."),
    key!("description", TEXT, "What it is for."),
    key!(
        "extends",
        TEXT,
        "The pack that this one adds to: `default`, or the path of its folder, such as `../base`."
    ),
    key!(
        "switch_off",
        Shape::Open(Value::Rule, &REASON),
        "Rules of that pack which do not count here, each with the reason."
    ),
    key!(
        "constants",
        Shape::Open(Value::Constant, &ANYTHING),
        "Constants of that pack which have another value here."
    ),
    key!(
        "default_tier",
        Shape::Value(Value::Tier),
        "The tier where no rule of any tier fires; 1 unless given.",
    ),
    needed!("schema", Shape::Value(Value::File(".json")), "The JSON Schema of its intakes."),
    needed!("catalogue", Shape::Value(Value::File(".yaml")), "What its rules can name."),
    needed!("topics", Shape::List(&TOPIC), "Its rule files, in the order in which people read them."),
    key!("examples", Shape::Value(Value::Folder), "The folder of example intakes."),
    key!("tests", Shape::Value(Value::Folder), "The folder of policy tests."),
]);
static TOPIC: Shape = Shape::Value(Value::File(".rhai"));
static REASON: Shape = Shape::Value(Value::Text);

const TITLE: Key = needed!("title", TEXT, "Its name for people.");
const DESCRIPTION: Key = key!("description", TEXT, "What it is, in a sentence.");
const CITES: Key = key!("cites", Shape::List(&CITATION), "The rows of the source documents that it serves.");
const ASSUMED: Key =
    key!("assumed", FLAG, "`true` where no document gives these values, and somebody should decide them.");

static CATALOGUE: Shape = Shape::Record(&[
    needed!("tiers", Shape::Entries(Section::Tiers, TIER), "How deep an intake is looked at: 0, 1, 2 and 3."),
    key!("routes", Shape::Entries(Section::Routes, ROUTE), "Where an intake can be sent."),
    key!("services", Shape::Entries(Section::Services, SERVICE), "Service lines that can be engaged."),
    key!("artifacts", Shape::Entries(Section::Artifacts, ARTIFACT_KEYS), "Evidence that can be asked for."),
    key!("roles", Shape::Entries(Section::Roles, ROLE_KEYS), "Who acts."),
    key!("teams", Shape::Entries(Section::Teams, TEAM), "Whom an intake can be referred to."),
    key!("outcomes", Shape::Entries(Section::Outcomes, PLAIN), "How a decision can end."),
    key!("decisions", Shape::Entries(Section::Decisions, DECISION), "Decisions that can be asked for."),
    key!(
        "escalations",
        Shape::Entries(Section::Escalations, ESCALATION),
        "When an intake escalates, and to whom.",
    ),
    key!("obligations", Shape::Entries(Section::Obligations, OBLIGATION), "Duties that an intake can carry."),
    key!(
        "assumptions",
        Shape::Open(Value::Anything, &ASSUMPTION),
        "Values that no document gives, where they are no entry of their own.",
    ),
    key!("calendar", Shape::Record(CALENDAR), "On which days nobody works."),
]);
const PLAIN: &[Key] = &[TITLE, DESCRIPTION, CITES, ASSUMED];
const TIER: &[Key] = &[
    TITLE,
    key!("when", TEXT, "When it is used."),
    DESCRIPTION,
    key!("artifacts", Shape::List(&ARTIFACT), "The evidence that it expects."),
    key!("pr_artifacts", Shape::Record(PR_ARTIFACTS), "Evidence that it expects by another table."),
    key!(
        "on_top",
        FLAG,
        "Its evidence comes on top of that of the highest lower tier for which a rule fires.",
    ),
    key!(
        "turnaround",
        Shape::Open(Value::Urgency, &TURNAROUND),
        "How fast it is answered and decided, by urgency.",
    ),
    key!("approvals", Shape::Record(APPROVALS), "Who signs, who looks, who is told."),
    CITES,
    ASSUMED,
];
const PR_ARTIFACTS: &[Key] = &[key!("ids", Shape::List(&ARTIFACT), "The artifacts."), ASSUMED];
static TURNAROUND: Shape = Shape::Record(&[
    key!("respond", DURATION, "Until somebody answers."),
    key!("decide", DURATION, "Until it is decided."),
]);
const APPROVALS: &[Key] = &[
    key!("approve", Shape::List(&ROLE), "Roles that sign."),
    key!("review", Shape::List(&ROLE), "Roles that look."),
    key!("inform", Shape::List(&ROLE), "Roles that are told."),
    key!("window", DURATION, "How long each has before the next alternate is asked."),
    ASSUMED,
];
const ROUTE: &[Key] = &[
    TITLE,
    DESCRIPTION,
    key!("ladder", Shape::Value(Value::Int), "Its rung among the review routes, of which the highest wins."),
    key!("owner", WHO, "The role or team that runs it."),
    key!("never_waits", FLAG, "It starts at once, whatever the intake lacks."),
    CITES,
    ASSUMED,
];
const SERVICE: &[Key] = &[
    TITLE,
    DESCRIPTION,
    key!("customers", Shape::List(&TEXT_ITEM), "Whom it serves."),
    key!("triggers", Shape::List(&TEXT_ITEM), "What usually calls for it."),
    key!("outputs", Shape::List(&TEXT_ITEM), "What it gives."),
    CITES,
    ASSUMED,
];
const ARTIFACT_KEYS: &[Key] = &[
    TITLE,
    DESCRIPTION,
    key!("satisfied_by", Shape::Record(SATISFIED), "What in an intake counts as having it."),
    CITES,
    ASSUMED,
];
const SATISFIED: &[Key] = &[
    key!("links", Shape::List(&LINK_KIND), "Kinds of link, of which any will do."),
    key!("fields", Shape::List(&FIELD), "Fields, all of which have to be answered."),
];
const ROLE_KEYS: &[Key] = &[
    TITLE,
    DESCRIPTION,
    key!("alternates", Shape::List(&ROLE), "Who acts instead, in order."),
    CITES,
    ASSUMED,
];
const TEAM: &[Key] = &[TITLE, DESCRIPTION, key!("contact", TEXT, "How to reach them."), CITES, ASSUMED];
const DECISION: &[Key] = &[
    TITLE,
    DESCRIPTION,
    needed!("owner", Shape::Value(Value::Id(&[Section::Roles])), "The role that decides."),
    key!("co_owners", Shape::List(&ROLE), "Roles that decide with it."),
    key!("outcomes", Shape::List(&OUTCOME), "How it may end."),
    CITES,
    ASSUMED,
];
const ESCALATION: &[Key] = &[
    TITLE,
    DESCRIPTION,
    key!("to", Shape::Either(ESCALATION_TO, &ROLES), "The roles that it goes to."),
    key!("within", DURATION, "How soon they answer."),
    CITES,
    ASSUMED,
];
static ROLES: Shape = Shape::List(&ROLE);
const ESCALATION_TO: &[Key] = &[
    key!("roles", Shape::List(&ROLE), "The roles that it goes to."),
    key!("within", DURATION, "How soon they answer."),
    ASSUMED,
];
const OBLIGATION: &[Key] = &[TITLE, DESCRIPTION, key!("owner", WHO, "Who carries it."), CITES, ASSUMED];
static ASSUMPTION: Shape = Shape::Record(&[
    TITLE,
    DESCRIPTION,
    key!("constant", Shape::Value(Value::Constant), "The constant of the rules that holds it."),
    key!("field", Shape::Value(Value::Field), "The field that it is about."),
    key!("value", Shape::Value(Value::Anything), "The value."),
    CITES,
    ASSUMED,
]);
const CALENDAR: &[Key] = &[
    key!("weekend", Shape::List(&WEEKDAY), "Days of the week that are free."),
    key!("holidays", Shape::List(&DATE), "Single days that are free."),
    CITES,
    ASSUMED,
];
static WEEKDAY: Shape = Shape::Value(Value::Weekday);
static DATE: Shape = Shape::Value(Value::Date);

macro_rules! case {
    ($($more:expr),*) => {
        &[
            key!("name", TEXT, "What the case shows."),
            key!("example", Shape::Value(Value::Example), "The example intake that is decided."),
            key!("intake", Shape::Intake, "The intake that is decided, written here."),
            key!("today", Shape::Value(Value::Date), "The day with which due dates are compared."),
            key!("changes", Shape::Open(Value::Field, &ANYTHING), "Answers that differ from the example: path and value; `null` removes."),
            key!("expect", Shape::Record(EXPECT), "What the decision must be; what is not mentioned is not checked."),
            $($more),*
        ]
    };
}
static CASE: Shape =
    Shape::Record(case!(key!("cases", Shape::List(&INNER), "Several cases that share what stands above.")));
static INNER: Shape = Shape::Record(case!());

macro_rules! some {
    ($list:expr) => {
        &[
            key!("has", Shape::List($list), "These are among them."),
            key!("lacks", Shape::List($list), "These are not."),
            key!("first", Shape::Value(Value::Anything), "This one comes first."),
        ]
    };
}
macro_rules! ids {
    ($item:ident, $list:ident, $sections:expr) => {
        static $item: Shape = Shape::Value($sections);
        static $list: Shape = Shape::List(&$item);
    };
}
ids!(ROUTE_ID, ROUTE_IDS, Value::Id(&[Section::Routes]));
ids!(ESCALATION_ID, ESCALATION_IDS, Value::Id(&[Section::Escalations]));
ids!(TEAM_ID, TEAM_IDS, Value::Id(&[Section::Teams]));
ids!(DECISION_ID, DECISION_IDS, Value::Id(&[Section::Decisions]));
ids!(SERVICE_ID, SERVICE_IDS, Value::Id(&[Section::Services]));
ids!(OBLIGATION_ID, OBLIGATION_IDS, Value::Id(&[Section::Obligations]));
static ARTIFACTS: Shape = Shape::List(&ARTIFACT);
static RULES: Shape = Shape::List(&RULE);
static FIELDS: Shape = Shape::List(&FIELD);
static POINTS: Shape = Shape::List(&POINT);

macro_rules! names {
    ($name:literal, $item:ident, $list:ident, $doc:literal) => {
        key!($name, Shape::Either(some!(&$item), &$list), $doc)
    };
}

const TIERS: &[Key] = &[
    key!("floor", Shape::Value(Value::Tier), "The lowest tier that is still possible."),
    key!("ceiling", Shape::Value(Value::Tier), "The highest tier that is still possible."),
];
static TIER_NUMBER: Shape = Shape::Value(Value::Tier);
const POSSIBLE: &str = "Those that open answers can still bring about.";

macro_rules! pair {
    ($name:literal, $possible:literal, $item:ident, $list:ident, $doc:literal) => {
        [names!($name, $item, $list, $doc), key!($possible, Shape::Either(some!(&$item), &$list), POSSIBLE)]
    };
}

const ROUTES: [Key; 2] = pair!("routes", "possible_routes", ROUTE_ID, ROUTE_IDS, "Where it is sent.");
const ESCALATIONS: [Key; 2] = pair!(
    "escalations",
    "possible_escalations",
    ESCALATION_ID,
    ESCALATION_IDS,
    "What goes to somebody above."
);
const REQUIREMENTS: [Key; 2] =
    pair!("requirements", "possible_requirements", ARTIFACT, ARTIFACTS, "Artifacts that are asked for.");
const MISSING: [Key; 2] =
    pair!("missing", "possible_missing", ARTIFACT, ARTIFACTS, "Artifacts that are asked for and not there.");
const REFERRALS: [Key; 2] =
    pair!("referrals", "possible_referrals", TEAM_ID, TEAM_IDS, "Teams that it is handed to.");
const DECISIONS: [Key; 2] =
    pair!("decisions", "possible_decisions", DECISION_ID, DECISION_IDS, "Decisions that are to be taken.");
const SERVICES: [Key; 2] =
    pair!("services", "possible_services", SERVICE_ID, SERVICE_IDS, "Service lines that are suggested.");
const OBLIGATIONS: [Key; 2] =
    pair!("obligations", "possible_obligations", OBLIGATION_ID, OBLIGATION_IDS, "Duties that it carries.");
const NOTIFICATIONS: [Key; 2] =
    pair!("notifications", "possible_notifications", ROLE, ROLES, "Roles that are told.");
const FLAGS: [Key; 2] = pair!("flags", "possible_flags", RULE, RULES, "Rules that remark something.");
const RULE_LISTS: [Key; 2] = pair!("rules", "possible_rules", RULE, RULES, "Rules that fire.");

macro_rules! flat {
    ($($list:ident),*; $($more:expr),* $(,)?) => {
        &[$({ let [first, _] = $list; first }, { let [_, second] = $list; second },)* $($more),*]
    };
}

const EVIDENCE: Value = Value::Word(&["missing", "claimed", "resolved", "waived"]);
static EVIDENCE_STATE: Shape = Shape::Value(EVIDENCE);
static DATE_OR_NONE: Shape = Shape::Value(Value::Date);

const EXPECT: &[Key] = flat!(
    ROUTES, ESCALATIONS, REQUIREMENTS, MISSING, REFERRALS, DECISIONS, SERVICES, OBLIGATIONS, NOTIFICATIONS,
    FLAGS, RULE_LISTS;
    key!("tier", Shape::Either(TIERS, &TIER_NUMBER), "The tier; for a draft its floor and ceiling."),
    key!("ready", Shape::List(&FIELD), "`true`, or the fields that the minimum intake lacks."),
    key!("valid", FLAG, "Whether nothing in the intake is an error."),
    key!("settled", FLAG, "Whether no open question can change the decision."),
    names!("superseded_routes", ROUTE_ID, ROUTE_IDS, "Review routes that give way to a higher one."),
    names!("questions", FIELD, FIELDS, "Open questions that still matter, the most telling first."),
    names!("assumptions", FIELD, FIELDS, "Answers that the schema assumed."),
    names!("ruled_out", POINT, POINTS, "Points that no answer can bring about."),
    names!("overdue", POINT, POINTS, "What `today` finds late."),
    key!("diagnostics", Shape::List(&TEXT_ITEM), "Codes of what is wrong with the intake."),
    key!("evidence", Shape::Open(Value::Id(&[Section::Artifacts]), &EVIDENCE_STATE), "How far the evidence for an artifact is."),
    key!("dates", Shape::Open(Value::Point, &DATE_OR_NONE), "By when something is due."),
    key!("approvals", Shape::Record(CASE_APPROVALS), "Who signs, who looks, who is told."),
);
const CASE_APPROVALS: &[Key] = &[
    key!("approve", Shape::Either(some!(&ROLE), &ROLES), "Roles that sign."),
    key!("review", Shape::Either(some!(&ROLE), &ROLES), "Roles that look."),
    key!("inform", Shape::Either(some!(&ROLE), &ROLES), "Roles that are told."),
    key!("window", DURATION, "How long each approver has."),
];

impl Shape {
    /// The keys that a mapping at this place may have.
    pub(crate) fn keys(&self) -> &'static [Key] {
        match self {
            Self::Record(keys) | Self::Either(keys, _) => keys,
            _ => &[],
        }
    }

    /// What stands under a key of a mapping.
    pub(crate) fn under(&self, name: &str) -> Option<Step> {
        match self {
            Self::Record(keys) | Self::Either(keys, _) => {
                keys.iter().find(|key| key.name == name).map(|key| Step::Shape(&key.shape))
            }
            Self::Entries(_, keys) => Some(Step::Entry(keys)),
            Self::Open(_, inner) => Some(Step::Shape(inner)),
            Self::List(item) => item.under(name),
            Self::Value(_) | Self::Intake => None,
        }
    }

    /// What an item of a list is, or a value without its list.
    pub(crate) fn item(&self) -> Option<&'static Shape> {
        match self {
            Self::List(item) => Some(item),
            Self::Either(_, other) => other.item().or(Some(other)),
            _ => None,
        }
    }

    /// What a single value at this place is.
    pub(crate) fn value(&self) -> Option<Value> {
        match self {
            Self::Value(value) => Some(*value),
            Self::List(item) => item.value(),
            Self::Either(_, other) => other.value(),
            _ => None,
        }
    }
}

/// What stands under a key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    Shape(&'static Shape),
    /// An entry of a section, with its keys.
    Entry(&'static [Key]),
}

impl Step {
    /// What stands under a key of it.
    pub(crate) fn under(self, name: &str) -> Option<Self> {
        match self {
            Self::Shape(shape) => shape.under(name),
            Self::Entry(keys) => keys.iter().find(|key| key.name == name).map(|key| Self::Shape(&key.shape)),
        }
    }

    /// What an item of it is.
    pub(crate) fn item(self) -> Option<Self> {
        match self {
            Self::Shape(shape) => shape.item().map(Self::Shape),
            Self::Entry(..) => None,
        }
    }

    /// The keys that it may have.
    pub(crate) fn keys(self) -> &'static [Key] {
        match self {
            Self::Shape(Shape::List(item)) => item.keys(),
            Self::Shape(shape) => shape.keys(),
            Self::Entry(keys) => keys,
        }
    }
}
