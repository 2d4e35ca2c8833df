//! What can be asked about: a rule, a point, the tier, a field.

use crate::decide::{self, Index};
use crate::pack::Pack;
use crate::rules::Verb;
use crate::schema::FieldId;
use crate::suggest;

/// Something that can be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A rule, by its place in the pack.
    Rule(usize),
    /// A point of the decision.
    Point {
        /// Its stable id: `route/deep-review`.
        id: String,
        /// Its number among the points that rules make, if any does.
        number: Option<usize>,
        /// The artifact, for a requirement: tiers may ask for it too.
        artifact: Option<String>,
    },
    /// The tier.
    Tier,
    /// A field, or a group of them.
    Field(FieldId),
}

impl Target {
    /// Finds what a person names: `internet-exposure`, `route/deep-review`, `tier`, `data.sensitivity`. A bare
    /// name means the point that alone ends in it. Says what may have been meant by any other text.
    pub fn parse(text: &str, pack: &Pack, index: &Index) -> Result<Self, String> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("tier") {
            return Ok(Self::Tier);
        }
        if let Some(rule) = pack.rules.rules().iter().position(|rule| rule.id == text) {
            return Ok(Self::Rule(rule));
        }
        if let Some(off) = pack.switched_off.iter().find(|off| off.rule.value == text) {
            return Err(format!("the pack switches the rule `{text}` off: {}", off.because));
        }
        let points = points(pack, index);
        let named: Vec<&Self> = points
            .iter()
            .filter(|(id, _)| id == text || id.rsplit('/').next() == Some(text))
            .map(|(_, point)| point)
            .collect();
        if let Some((_, point)) = points.iter().find(|(id, _)| id == text) {
            return Ok(point.clone());
        }
        if let Some(field) = pack.schema.at(text).filter(|field| field.parent.is_some()) {
            return Ok(Self::Field(field.id));
        }
        if let [only] = named.as_slice() {
            return Ok((*only).clone());
        }
        Err(unknown(text, pack, &points))
    }
}

/// Every point that the pack can make, with its id.
fn points(pack: &Pack, index: &Index) -> Vec<(String, Target)> {
    let prefix = format!("{}/", Verb::Require.point());
    let artifact = |id: &str| id.strip_prefix(&prefix).map(str::to_owned);
    let mut points: Vec<(String, Target)> = vec![];
    for (number, key) in index.points.iter().enumerate() {
        let id = decide::id(pack, key);
        let artifact = artifact(&id);
        points.push((id.clone(), Target::Point { id, number: Some(number), artifact }));
    }
    for name in pack.catalogue.artifacts.ids() {
        let id = format!("{prefix}{name}");
        if !points.iter().any(|(known, _)| *known == id) {
            points.push((id.clone(), Target::Point { id, number: None, artifact: Some(name.to_owned()) }));
        }
    }
    points
}

fn unknown(text: &str, pack: &Pack, points: &[(String, Target)]) -> String {
    let bare = points.iter().map(|(id, _)| id.as_str());
    let same: Vec<&str> = bare.clone().filter(|id| id.rsplit('/').next() == Some(text)).collect();
    if same.len() > 1 {
        return format!("`{text}` could be {}", suggest::list_of(same));
    }
    let rules = pack.rules.rules().iter().map(|rule| rule.id.as_str());
    // A path whose group is wrong, or a point whose kind is: what counts is its last part.
    let last = text.rsplit(['.', '/']).next().unwrap_or(text);
    let ends = |known: &&str| known.rsplit(['.', '/']).next() == Some(last);
    let all: Vec<&str> = rules.chain(bare).chain(pack.schema.paths()).chain(["tier"]).collect();
    let meant = suggest::nearest(text, all.iter().copied()).or_else(|| all.iter().copied().find(ends));
    match meant {
        Some(meant) => format!("there is nothing called `{text}`; did you mean `{meant}`?"),
        None => format!(
            "there is nothing called `{text}`; ask about a rule, a point such as `route/deep-review`, a field such as \
             `data.sensitivity`, or `tier`"
        ),
    }
}
