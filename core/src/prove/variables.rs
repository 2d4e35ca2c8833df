//! Which values a thing can take, as far as conditions can tell them apart.
//!
//! A number that is only compared with literals has one value for each literal and one for each stretch
//! between them; texts likewise. So a handful of values stands for all of them, and a proof by trying each is
//! a proof.

use super::formula::{Formula, Thing, Values, is_value};
use crate::calendar;
use crate::fact::Fact;
use crate::rules::condition::Comparison;
use crate::schema::{Field, FieldId, Kind, Schema, TextFormat};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A thing with more values than bits is not proved anything about.
const MAX_VALUES: usize = 64;

/// A thing and its values.
#[derive(Debug)]
pub(super) struct Variable {
    pub thing: Thing,
    pub domain: Domain,
}

/// The values that conditions tell apart.
#[derive(Debug)]
pub(super) enum Domain {
    /// No and yes, or the choices of a field.
    Choices(usize),
    /// One number for each stretch.
    Numbers { literals: BTreeSet<i64>, values: Vec<i64> },
    /// One text for each stretch.
    Texts { literals: BTreeSet<String>, values: Vec<String>, ordered: bool },
    /// Less, equal, greater.
    Order,
    /// No and yes.
    So,
    /// Too many.
    Endless,
}

#[derive(Debug, Default)]
struct Literals {
    numbers: BTreeSet<i64>,
    texts: BTreeSet<String>,
    ordered: bool,
}

/// The variables of a prover, numbered: fields in the schema's order, each after those that say whether it
/// applies, then everything else.
#[derive(Debug)]
pub(super) struct Variables {
    variables: Vec<Variable>,
    numbers: BTreeMap<Thing, u32>,
}

impl Variables {
    /// The variables of formulas, and of what says whether their fields apply.
    pub(super) fn of<'f>(schema: &Schema, formulas: impl IntoIterator<Item = &'f Formula>) -> Self {
        let mut literals: BTreeMap<Thing, Literals> = BTreeMap::new();
        for formula in formulas {
            formula.visit(&mut |thing, values| add(&mut literals, thing, values));
        }
        let mut fields = BTreeSet::new();
        let things: Vec<Thing> = literals.keys().cloned().collect();
        for thing in &things {
            match thing {
                Thing::Field(field) => gates(schema, *field, &mut fields, &mut literals),
                Thing::Count { list, .. } => {
                    gates(schema, *list, &mut fields, &mut literals);
                    add(&mut literals, thing, &Values::Number(Comparison::Equal, 0));
                }
                _ => {}
            }
        }
        let mut this = Self { variables: vec![], numbers: BTreeMap::new() };
        for field in schema.fields() {
            this.field(schema, field.id, &mut literals);
        }
        for (thing, literals) in literals {
            let natural = matches!(thing, Thing::Count { .. } | Thing::Number { natural: true, .. });
            let domain = match &thing {
                Thing::Count { .. } | Thing::Number { .. } => {
                    numbers(literals.numbers, natural.then_some(0), None)
                }
                Thing::Text(_) => texts(literals, false),
                Thing::Order(..) => Domain::Order,
                Thing::Opaque(_) => Domain::So,
                Thing::Field(_) => Domain::Endless,
            };
            this.put(thing, domain);
        }
        this
    }

    fn put(&mut self, thing: Thing, domain: Domain) -> u32 {
        let number = u32::try_from(self.variables.len()).unwrap_or(u32::MAX);
        self.numbers.insert(thing.clone(), number);
        self.variables.push(Variable { thing, domain });
        number
    }

    fn field(&mut self, schema: &Schema, id: FieldId, literals: &mut BTreeMap<Thing, Literals>) {
        let field = schema.field(id);
        let thing = Thing::Field(id);
        let Some(known) = literals.remove(&thing) else { return };
        for given in field.applies.iter().flat_map(|applies| applies.any.iter().flatten()) {
            self.field(schema, schema.slot(given.slot).id, literals);
        }
        let domain = match &field.kind {
            Kind::Bool => Domain::Choices(2),
            Kind::Choice(choices) => Domain::Choices(choices.values.len()),
            Kind::Int { min, max } => numbers(known.numbers, *min, *max),
            Kind::Text(format) => texts(known, *format == TextFormat::Date),
            Kind::Group(_) | Kind::List { .. } => Domain::Endless,
        };
        self.put(thing, domain);
    }

    /// A variable that was made, by its thing.
    pub(super) fn number(&self, thing: &Thing) -> Option<u32> {
        self.numbers.get(thing).copied()
    }

    /// The variable of a thing that nobody knows anything about; made where it is not there yet.
    pub(super) fn free(&mut self, name: &str) -> u32 {
        let thing = Thing::Opaque(name.to_owned());
        self.number(&thing).unwrap_or_else(|| self.put(thing, Domain::So))
    }

    pub(super) fn get(&self, number: u32) -> Option<&Variable> {
        self.variables.get(number as usize)
    }
}

impl Domain {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Choices(count) => *count,
            Self::Numbers { values, .. } => values.len(),
            Self::Texts { values, .. } => values.len(),
            Self::Order => 3,
            Self::So => 2,
            Self::Endless => usize::MAX,
        }
    }

    /// The values that are meant, as bits; `None` where this domain cannot tell.
    pub(super) fn set(&self, meant: &Values) -> Option<u64> {
        if self.len() > MAX_VALUES {
            return None;
        }
        let bits = |so: &mut dyn Iterator<Item = bool>| {
            so.enumerate().filter(|(_, so)| *so).fold(0u64, |set, (place, _)| set | 1 << place)
        };
        match (self, meant) {
            (Self::Choices(count), Values::Set(set)) => {
                Some(bits(&mut (0..*count).map(|place| set >> place & 1 == 1)))
            }
            (Self::Numbers { literals, values }, Values::Number(how, number))
                if literals.contains(number) =>
            {
                Some(bits(&mut values.iter().map(|value| how.holds(value.cmp(number)))))
            }
            (Self::Texts { literals, values, ordered }, Values::Text(how, text))
                if literals.contains(&**text) && (*ordered || !how.needs_order()) =>
            {
                Some(bits(&mut values.iter().map(|value| how.holds(value.as_str().cmp(&**text)))))
            }
            (Self::Order, Values::Order(how)) => {
                let orders = [Ordering::Less, Ordering::Equal, Ordering::Greater];
                Some(bits(&mut orders.into_iter().map(|order| how.holds(order))))
            }
            (Self::So, Values::So) => Some(0b10),
            _ => None,
        }
    }

    /// A value as a fact of a field.
    pub(super) fn fact(&self, field: &Field, place: usize) -> Option<Fact> {
        match self {
            Self::Choices(_) if matches!(field.kind, Kind::Bool) => Some(Fact::Bool(place == 1)),
            Self::Choices(_) => u16::try_from(place).ok().map(Fact::Choice),
            Self::Numbers { values, .. } => values.get(place).map(|value| Fact::Int(*value)),
            Self::Texts { values, .. } => values.get(place).map(|value| Fact::Text(value.as_str().into())),
            Self::Order | Self::So | Self::Endless => None,
        }
    }
}

fn add(literals: &mut BTreeMap<Thing, Literals>, thing: &Thing, values: &Values) {
    let known = literals.entry(thing.clone()).or_default();
    match values {
        Values::Number(_, number) => {
            known.numbers.insert(*number);
        }
        Values::Text(how, text) => {
            known.ordered |= how.needs_order();
            known.texts.insert(text.to_string());
        }
        Values::Set(_) | Values::Order(_) | Values::So => {}
    }
}

/// The fields that say whether a field applies become variables too, and so on.
fn gates(
    schema: &Schema,
    id: FieldId,
    seen: &mut BTreeSet<FieldId>,
    literals: &mut BTreeMap<Thing, Literals>,
) {
    if !seen.insert(id) {
        return;
    }
    let field = schema.field(id);
    let Some(applies) = &field.applies else { return };
    if is_value(&field.kind) {
        literal(&applies.otherwise, Thing::Field(id), literals);
    }
    for given in applies.any.iter().flatten() {
        let other = schema.slot(given.slot);
        if is_value(&other.kind) {
            literals.entry(Thing::Field(other.id)).or_default();
            for fact in &given.one_of {
                literal(fact, Thing::Field(other.id), literals);
            }
            gates(schema, other.id, seen, literals);
        }
    }
}

fn literal(fact: &Fact, thing: Thing, literals: &mut BTreeMap<Thing, Literals>) {
    let known = literals.entry(thing).or_default();
    match fact {
        Fact::Int(number) => {
            known.numbers.insert(*number);
        }
        Fact::Text(text) => {
            known.texts.insert(text.to_string());
        }
        _ => {}
    }
}

/// A number for each literal and for each stretch between them, within bounds.
fn numbers(literals: BTreeSet<i64>, min: Option<i64>, max: Option<i64>) -> Domain {
    let (min, max) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
    let mut values = vec![];
    let mut next = Some(min);
    for literal in &literals {
        let before = literal.checked_sub(1);
        if let (Some(from), Some(to)) = (next, before.map(|before| before.min(max)))
            && from <= to
        {
            // Near the literal reads better in an example than the least number that there is.
            values.push(if from == i64::MIN { to } else { from });
        }
        if (min..=max).contains(literal) {
            values.push(*literal);
        }
        next = literal.checked_add(1).map(|next| next.max(min));
    }
    if let Some(from) = next.filter(|from| *from <= max) {
        values.push(if from == i64::MIN { 0 } else { from });
    }
    if values.len() > MAX_VALUES { Domain::Endless } else { Domain::Numbers { literals, values } }
}

/// A text for each literal, and for each stretch between them where the order matters.
fn texts(known: Literals, date: bool) -> Domain {
    let mut values: BTreeSet<String> = known.texts.clone();
    for literal in &known.texts {
        match calendar::date(literal).filter(|_| date) {
            Some(day) => {
                let around = [day.yesterday(), day.tomorrow()];
                values.extend(around.into_iter().flatten().map(|day| day.to_string()));
            }
            None => values.extend([String::new(), format!("{literal}\0")]),
        }
    }
    if known.texts.is_empty() {
        values.insert(String::new());
    }
    if values.len() > MAX_VALUES {
        return Domain::Endless;
    }
    Domain::Texts { literals: known.texts, values: values.into_iter().collect(), ordered: known.ordered }
}
