//! `remit questions --ask`: one question after the other, the most telling first.
//!
//! Each answer is in the file before the next question is asked, so that nothing is lost however this ends: by
//! Ctrl-D, by a terminal that closes, by a signal. Where an answer cannot be written, all of them are printed.

use super::save::Target;
use crate::inputs::max_bytes;
use crate::output::complain;
use crate::{exit, packs};
use remit_core::document::{self, Format, Limits};
use remit_core::edit::{self, Literal};
use remit_core::engine::{Checked, Engine};
use remit_core::facts::Origin;
use remit_core::render::{self, Paint};
use remit_core::source::Source;
use remit_core::wire;
use remit_core::wire::v1::AnswerKind;
use remit_core::wire::v1::explanation::{OpenQuestion, Questions, Weight};
use std::io::{self, BufRead, Read, Write};
use std::path::Path;

/// Nobody types a longer answer.
const LONGEST_ANSWER: u64 = 64 << 10;

const HINT: &str = "Enter skips, ? explains, back undoes, quit ends; each answer is saved at once.";

pub(super) fn run(engine: &Engine, path: &Path, all: bool, paint: Paint) -> u8 {
    let name = packs::display(path);
    let file = match Target::open(path, max_bytes()) {
        Ok(file) => file,
        Err(reason) => {
            complain(&format!("`{name}` cannot be filled in: {reason}; nothing was asked"));
            return exit::INVALID;
        }
    };
    let Ok(text) = String::from_utf8(file.bytes().to_vec()) else {
        complain(&format!("`{name}` cannot be filled in: it is not UTF-8; nothing was asked"));
        return exit::INVALID;
    };
    let format = Format::of_name(&name);
    let session = Session { engine, name, file, format, text, all, paint, given: vec![], skipped: vec![] };
    session.run(&mut io::stdin().lock(), &mut io::stdout().lock())
}

/// An answer of this session.
struct Given {
    path: String,
    value: Literal,
    /// The text before it.
    before: String,
}

struct Session<'a> {
    engine: &'a Engine,
    name: String,
    file: Target,
    format: Format,
    /// What the file holds.
    text: String,
    all: bool,
    paint: Paint,
    given: Vec<Given>,
    skipped: Vec<String>,
}

/// What somebody typed.
enum Typed {
    Answer(String),
    Skip,
    Explain,
    Back,
    Quit,
    /// Nothing more will come.
    End,
}

/// What becomes of a question.
enum Turn {
    Next,
    Again,
    End,
    /// Answers could not be written.
    Lost,
}

impl Session<'_> {
    fn run(mut self, input: &mut dyn BufRead, output: &mut dyn Write) -> u8 {
        let line = render::tier_line(&self.questions().0, self.paint);
        let mut open = say(output, &format!("{line}\n{HINT}\n"));
        let mut help = false;
        while open {
            let (questions, checked) = self.questions();
            let Some(question) = self.next(&questions).cloned() else { break };
            open = say(output, &format!("\n{}> ", render::question(&question, help, self.paint)));
            if !open {
                break;
            }
            let typed = read(input);
            help = matches!(typed, Typed::Explain);
            match self.turn(&question, &checked, typed, output) {
                Turn::Next | Turn::Again => {}
                Turn::End => break,
                Turn::Lost => return exit::OUTPUT,
            }
        }
        self.end(output);
        exit::OK
    }

    fn check(&self, text: &str) -> Checked {
        let document = document::parse(Source::new(&self.name, text), self.format, &Limits::default());
        self.engine.check(document, None)
    }

    fn questions(&self) -> (Questions, Checked) {
        let checked = self.check(&self.text);
        (wire::questions(self.engine, &checked, self.all), checked)
    }

    /// The most telling question that was not skipped and that an answer on one line can settle.
    fn next<'q>(&self, questions: &'q Questions) -> Option<&'q OpenQuestion> {
        let open = questions.questions.iter();
        let mut open = open.filter(|question| question.kind != AnswerKind::List);
        open.find(|question| !self.skipped.contains(&question.path))
    }

    fn turn(
        &mut self,
        question: &OpenQuestion,
        checked: &Checked,
        typed: Typed,
        output: &mut dyn Write,
    ) -> Turn {
        match typed {
            Typed::End | Typed::Quit => Turn::End,
            Typed::Explain => Turn::Again,
            Typed::Skip => {
                self.skipped.push(question.path.clone());
                Turn::Next
            }
            Typed::Back => self.back(output),
            Typed::Answer(answer) => match self.answer(question, checked, &answer) {
                Ok(text) => self.keep(question, text, output),
                Err(reason) => {
                    say(output, &format!("  {reason}\n"));
                    Turn::Again
                }
            },
        }
    }

    /// The text with an answer, and the answer; or what is wrong with it.
    fn answer(
        &self,
        question: &OpenQuestion,
        checked: &Checked,
        typed: &str,
    ) -> Result<(String, Literal), String> {
        let schema = &self.engine.pack.schema;
        let found = schema.slots().find(|(_, field)| field.path == question.path);
        let Some((slot, field)) = found else {
            return Err("this question has no place in the schema".to_owned());
        };
        let quoted = typed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let typed = quoted.filter(|_| question.kind == AnswerKind::Text).unwrap_or(typed);
        let value = edit::read(field, typed)?;
        let document = &checked.intake.document;
        let edits = edit::set(document, schema, &field.path, &value).map_err(|refusal| refusal.message)?;
        let text = edit::apply(document.source.text(), &edits);
        let after = self.check(&text);
        if matches!(after.facts.origin(slot), Origin::Answered { .. }) {
            return Ok((text, value));
        }
        // The schema says more about an answer than its kind: how long it may be, what it must look like.
        let known: Vec<&str> = checked.diagnostics.iter().map(|found| found.message.as_str()).collect();
        let fault = after.diagnostics.iter().find(|found| !known.contains(&found.message.as_str()));
        Err(fault.map_or_else(|| "this answer would not count".to_owned(), |found| found.message.clone()))
    }

    /// Writes an answer into the file, and shows where the tier stands.
    fn keep(&mut self, question: &OpenQuestion, answer: (String, Literal), output: &mut dyn Write) -> Turn {
        let (text, value) = answer;
        let before = std::mem::replace(&mut self.text, text);
        self.given.push(Given { path: question.path.clone(), value, before });
        if let Err(reason) = self.file.write(&self.text) {
            return self.lost(&reason, output);
        }
        let line = render::tier_line(&self.questions().0, self.paint);
        if say(output, &format!("{line}\n")) { Turn::Next } else { Turn::End }
    }

    /// Takes the last answer back; or asks what was skipped again, where nothing was answered since.
    fn back(&mut self, output: &mut dyn Write) -> Turn {
        let Some(last) = self.given.pop() else {
            let said = match self.skipped.pop() {
                Some(path) => format!("  back to {path}\n"),
                None => "  there is nothing to go back to\n".to_owned(),
            };
            say(output, &said);
            return Turn::Again;
        };
        if let Err(reason) = self.file.write(&last.before) {
            self.given.push(last);
            return self.lost(&reason, output);
        }
        self.text = last.before;
        say(output, &format!("  took back the answer to {}\n", last.path));
        Turn::Again
    }

    /// The file cannot be written: whatever was answered is printed, to be put in by hand.
    fn lost(&self, reason: &str, output: &mut dyn Write) -> Turn {
        complain(&format!("`{}` cannot be written: {reason}", self.name));
        let empty = document::parse(Source::new(&self.name, ""), Format::Yaml, &Limits::default());
        let answers = self.given.iter().map(|given| (given.path.as_str(), &given.value));
        let written = edit::set_all(&empty, &self.engine.pack.schema, answers).unwrap_or_else(|_| {
            self.given.iter().map(|given| format!("{}: {:?}\n", given.path, given.value)).collect()
        });
        say(output, &format!("\nAll answers of this session, to be put in by hand:\n\n{written}"));
        Turn::Lost
    }

    fn end(&self, output: &mut dyn Write) {
        let (questions, _) = self.questions();
        let count = match self.given.len() {
            0 => "No answer was".to_owned(),
            1 => "1 answer is".to_owned(),
            count => format!("{count} answers are"),
        };
        let mut text =
            format!("\n{count} saved in {}.\n{}\n", self.name, render::tier_line(&questions, self.paint));
        let lists = questions
            .questions
            .iter()
            .filter(|question| question.kind == AnswerKind::List && question.weight != Weight::Optional);
        for list in lists {
            text.push_str(&format!(
                "Left for an editor, because it is a list: {} ({})\n",
                list.path, list.question
            ));
        }
        say(output, &text);
    }
}

/// Prints; false where nobody reads any more.
fn say(output: &mut dyn Write, text: &str) -> bool {
    output.write_all(text.as_bytes()).and_then(|()| output.flush()).is_ok()
}

fn read(input: &mut dyn BufRead) -> Typed {
    let mut line = vec![];
    // A terminal that has gone is the end of the input, whatever the system calls it.
    match input.take(LONGEST_ANSWER).read_until(b'\n', &mut line) {
        Ok(0) | Err(_) => return Typed::End,
        Ok(_) => {}
    }
    let line = String::from_utf8_lossy(&line);
    match line.trim() {
        "" => Typed::Skip,
        "?" => Typed::Explain,
        "back" => Typed::Back,
        "quit" => Typed::Quit,
        answer => Typed::Answer(answer.to_owned()),
    }
}
