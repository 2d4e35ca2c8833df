//! What can be written after a `.`: the methods of a rule, of texts and of lists. One table, from which
//! completion, signatures, hovers and colours are made.

use remit_core::rules::Verb;

/// A method.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) name: &'static str,
    /// Its parameters, with what each is for.
    pub(crate) params: &'static [(&'static str, &'static str)],
    /// What it does, in Markdown.
    pub(crate) doc: &'static str,
    /// It may stand in a rule more than once.
    pub(crate) repeats: bool,
}

impl Method {
    /// As it is written.
    pub(crate) fn label(&self) -> String {
        let params: Vec<&str> = self.params.iter().map(|(name, _)| *name).collect();
        format!("{}({})", self.name, params.join(", "))
    }
}

macro_rules! methods {
    ($($name:literal ($($param:literal: $about:literal),*) $repeats:literal $doc:literal)*) => {
        [$(Method { name: $name, params: &[$(($param, $about)),*], doc: $doc, repeats: $repeats }),*]
    };
}

/// The methods of a rule, in the order in which a rule reads best.
pub(crate) static BUILDER: [Method; 14] = methods! {
    "when"("condition": "a closure over the intake: `|intake| intake.change.iam`") false
        "When the rule fires. Every rule has one condition."
    "tier"("number": "0, 1, 2 or 3") false
        "Asks for at least this engagement tier. The highest tier of a rule that fires counts; tier 0 has to be earned."
    "route"("route": "the id of a route") true
        "Sends the intake somewhere. Of the review routes the deepest wins; all others add up."
    "service"("service": "the id of a service line") true
        "Suggests a service line. A suggestion moves no tier."
    "require"("artifact": "the id of an artifact") true
        "Asks for evidence, beyond what the tier expects anyway."
    "escalate"("escalation": "the id of an escalation") true
        "Takes the matter to somebody above."
    "refer"("team": "the id of a team") true
        "Hands the intake to another team, besides the review."
    "decides"("decision": "the id of a decision") true
        "Asks for a decision by those whose right it is."
    "notify"("role": "the id of a role") true
        "Tells somebody. Nobody waits for an answer."
    "oblige"("obligation": "the id of an obligation") true
        "Adds a duty that outlives the review."
    "within"("duration": "`4 hours`, `30 days` or `2 business days`") false
        "Tightens the due date of what this rule asks for."
    "flag"("severity": "`error`, `warning` or `info`", "message": "what to say") true
        "Says something about the intake, at the lines that cause it."
    "because"("reason": "a sentence without a full stop") false
        "Why, in words that whoever gets the decision understands."
    "cites"("row": "a row of the source documents", "…": "further rows") true
        "The rows of the source documents that the rule serves."
};

/// The methods of a text.
pub(crate) static TEXT: [Method; 7] = methods! {
    "contains"("text": "what is looked for") true "Whether the text holds another. Capital letters count."
    "starts_with"("text": "what is looked for") true "Whether the text starts with another."
    "ends_with"("text": "what is looked for") true "Whether the text ends with another."
    "is_empty"() true "Whether the text has no character."
    "len"() true "How many characters the text has."
    "to_lower"() true "The text in lower case."
    "to_upper"() true "The text in upper case."
};

/// The methods of a list.
pub(crate) static LIST: [Method; 6] = methods! {
    "some"("condition": "a closure over an item: `|item| item.kind == \"pr\"`") true
        "Whether the condition holds for at least one item; never in an empty list."
    "all"("condition": "a closure over an item") true
        "Whether the condition holds for every item; always in an empty list."
    "filter"("condition": "a closure over an item") true "The items for which the condition holds."
    "is_empty"() true "Whether the list has no item."
    "len"() true "How many items the list has."
    "contains"("value": "what is looked for") true "Whether an item of a list of plain values is this one."
};

/// A method of a rule.
pub(crate) fn builder(name: &str) -> Option<&'static Method> {
    BUILDER.iter().find(|method| method.name == name)
}

/// A method of texts or lists, whichever has it.
pub(crate) fn member(name: &str, list: bool) -> Option<&'static Method> {
    let (first, second): (&[Method], &[Method]) = if list { (&LIST, &TEXT) } else { (&TEXT, &LIST) };
    first.iter().chain(second).find(|method| method.name == name)
}

/// The verb that a method of a rule stands for.
pub(crate) fn verb(name: &str) -> Option<Verb> {
    Verb::ALL.into_iter().find(|verb| verb.name() == name)
}
