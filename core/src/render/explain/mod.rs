//! Explanations as text: for whoever asked, for whoever reviews, for whoever audits.

mod auditor;
mod instead;
mod page;
mod questions;
mod requester;
mod reviewer;
mod subject;

pub use instead::instead;
pub use questions::{question, questions, tier_line};

use super::Paint;
use crate::wire::v1::explanation::Explanation;
use page::Page;

/// Who reads an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The team that asks: what it means for them, and what they do next.
    Requester,
    /// Whoever looks at it: evidence, a checklist, open questions, what would change the tier.
    Reviewer,
    /// Whoever wants to know later: every rule, with citations, digests and assumed values.
    Auditor,
}

/// An explanation as text.
pub fn explanation(explanation: &Explanation, audience: Audience, paint: Paint) -> String {
    let mut page = Page::new(paint);
    match (&explanation.subject, audience) {
        (Some(subject), audience) => subject::write(&mut page, explanation, subject, audience),
        (None, Audience::Requester) => requester::write(&mut page, explanation),
        (None, Audience::Reviewer) => reviewer::write(&mut page, explanation),
        (None, Audience::Auditor) => auditor::write(&mut page, explanation),
    }
    page.finish()
}
