//! `.remit.toml`: what a repository wants of Remit, found from the working directory upwards.
//!
//! It is looked for in each folder up to the first that holds `.git`, or to the root of the file system.

use crate::args::{self, Colour, Format};
use crate::output::complain;
use crate::packs::{self, display, plain, read, reason};
use clap::ValueEnum;
use remit_core::diagnostic::{Code, Diagnostic, Fix};
use remit_core::gate::Gate;
use remit_core::pack::MANIFEST;
use remit_core::source::{Source, Span};
use remit_core::suggest;
use std::io;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file's name.
pub(crate) const NAME: &str = ".remit.toml";

/// Nobody writes more than this into it.
const MAX_BYTES: u64 = 64 << 10;

/// The file is not TOML.
const SYNTAX: Code = Code("config/syntax");
/// A key that means nothing: `gates = […]`.
const UNKNOWN_KEY: Code = Code("config/unknown-key");
/// A value of the wrong kind, or one that is not known: `format = "xml"`.
const WRONG_VALUE: Code = Code("config/wrong-value");

const KEYS: [&str; 3] = ["pack", "gate", "format"];

/// What was found, from the nearest folder outwards.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The pack's folder, and why it is that one.
    pub(crate) pack: Option<(PathBuf, String)>,
    /// Gates of `remit check`.
    pub(crate) gate: Vec<Gate>,
    /// Format of `remit check`.
    pub(crate) format: Option<Format>,
}

impl Config {
    /// Looks for it. `None` where the file is wrong; what is wrong with it has been printed.
    pub(crate) fn find(colour: Colour) -> Option<Self> {
        let Ok(start) = std::env::current_dir() else { return Some(Self::default()) };
        Self::from(&start, colour)
    }

    fn from(start: &Path, colour: Colour) -> Option<Self> {
        let mut config = Self::default();
        for folder in start.ancestors() {
            let file = folder.join(NAME);
            match read(&file, MAX_BYTES) {
                Ok(bytes) => {
                    let shown = display(&near(&file, start));
                    config = parse(&shown, &bytes, folder, start, colour)?;
                    if config.pack.is_none() && folder.join(MANIFEST).is_file() {
                        config.pack = Some(own(folder, start));
                    }
                    // The gates are this file's; a pack that it does not name may still lie further up.
                    if config.pack.is_some() {
                        return Some(config);
                    }
                    config.pack = outwards(folder, start);
                    return Some(config);
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                // A folder of that name, or one that may not be looked into, is worth knowing.
                Err(error) => {
                    complain(&format!(
                        "`{}` cannot be read: {}",
                        display(&near(&file, start)),
                        reason(&error)
                    ));
                    return None;
                }
            }
            if folder.join(MANIFEST).is_file() {
                config.pack = Some(own(folder, start));
                return Some(config);
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        Some(config)
    }
}

/// The pack that one of the folders above is.
fn outwards(folder: &Path, start: &Path) -> Option<(PathBuf, String)> {
    if folder.join(".git").exists() {
        return None;
    }
    for folder in folder.ancestors().skip(1) {
        if folder.join(MANIFEST).is_file() {
            return Some(own(folder, start));
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}

fn own(folder: &Path, start: &Path) -> (PathBuf, String) {
    (near(folder, start), format!("the nearest folder upwards with a `{MANIFEST}`"))
}

/// A path as one would type it: relative where it lies inside the working directory or above it.
fn near(path: &Path, start: &Path) -> PathBuf {
    match path.strip_prefix(start) {
        Ok(inside) if inside.as_os_str().is_empty() => return PathBuf::from("."),
        Ok(inside) => return inside.to_owned(),
        Err(_) => {}
    }
    for (up, folder) in start.ancestors().enumerate().skip(1) {
        if let Ok(below) = path.strip_prefix(folder).map(Path::to_owned) {
            return std::iter::repeat_n("..", up).collect::<PathBuf>().join(below);
        }
    }
    path.to_owned()
}

fn parse(shown: &str, bytes: &[u8], folder: &Path, start: &Path, colour: Colour) -> Option<Config> {
    let (source, broken) = Source::from_bytes(shown, bytes);
    let mut reader = Reader { source: &source, found: vec![] };
    if let Some(broken) = broken {
        reader.error(SYNTAX, Span::new(broken.offset, broken.offset + 3), "this file is not UTF-8");
    } else if bytes.len() as u64 > MAX_BYTES {
        reader.error(SYNTAX, Span::at(0), format!("this file is longer than {} KiB", MAX_BYTES >> 10));
    }
    let mut config = Config::default();
    if reader.found.is_empty() {
        let (table, errors) = DeTable::parse_recoverable(source.text());
        // Where the file is no TOML, what it seems to say is guesswork.
        let sound = errors.is_empty();
        for error in errors {
            let span = error.span().map_or(Span::at(0), |span| Span::new(span.start, span.end));
            reader.error(SYNTAX, span, format!("this is not TOML: {}", error.message()));
        }
        for (key, value) in table.get_ref().iter().filter(|_| sound) {
            match key.get_ref().as_ref() {
                "pack" => {
                    let why = format!("named in `{shown}`");
                    config.pack = reader
                        .text(value, "a folder, such as `\"policy\"`")
                        .map(|pack| (near(&plain(&folder.join(pack)), start), why));
                }
                "gate" => config.gate = reader.gates(value),
                "format" => config.format = reader.format(value),
                _ => reader.unknown(key),
            }
        }
    }
    if reader.found.is_empty() {
        return Some(config);
    }
    remit_core::diagnostic::sort(&mut reader.found);
    packs::print(reader.found.iter(), &[&source], colour);
    complain(&format!("`{shown}` is wrong; nothing was done"));
    None
}

struct Reader<'a> {
    source: &'a Source,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::error(code, self.source.locate(span), message));
        self.found.last_mut().expect("a diagnostic was pushed in the line above")
    }

    fn text<'v>(&mut self, value: &'v Spanned<DeValue<'_>>, wants: &str) -> Option<&'v str> {
        match value.get_ref() {
            DeValue::String(text) if !text.is_empty() => Some(text),
            _ => {
                self.error(WRONG_VALUE, span(value), format!("this must be {wants}"));
                None
            }
        }
    }

    fn gates(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Gate> {
        let values: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(values) => values.iter().collect(),
            _ => vec![value],
        };
        let mut gates = vec![];
        for value in values {
            let Some(name) = self.text(value, "a list of gate classes, such as `[\"tier-3\"]`") else {
                continue;
            };
            match args::gate(name) {
                Ok(gate) => gates.push(gate),
                Err(_) => {
                    let known = remit_core::gate::GATES.map(|(name, ..)| name);
                    self.not_one_of(value, "gate class", name, &known);
                }
            }
        }
        gates
    }

    fn format(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Format> {
        let name = self.text(value, "a format, such as `\"text\"`")?;
        let format = Format::from_str(name, false).ok();
        if format.is_none() {
            let known: Vec<String> = Format::value_variants()
                .iter()
                .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
                .collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.not_one_of(value, "format", name, &known);
        }
        format
    }

    fn not_one_of(&mut self, value: &Spanned<DeValue<'_>>, what: &str, name: &str, known: &[&str]) {
        let at = self.source.locate(span(value));
        let meant = suggest::nearest(name, known.iter().copied());
        let diagnostic = self.error(WRONG_VALUE, span(value), format!("there is no {what} `{name}`"));
        match meant {
            Some(meant) => {
                diagnostic.help = Some(format!("did you mean `{meant}`?"));
                diagnostic.fixes.push(Fix::replace(at, &format!("\"{meant}\"")));
            }
            None => diagnostic.help = Some(format!("there are {}", suggest::list_of(known.iter().copied()))),
        }
    }

    fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>) {
        let range = key.span();
        let span = Span::new(range.start, range.end);
        let at = self.source.locate(span);
        let name = key.get_ref();
        let meant = suggest::nearest(name, KEYS);
        let diagnostic = self.error(UNKNOWN_KEY, span, format!("`{NAME}` has no key `{name}`"));
        match meant {
            Some(meant) => {
                diagnostic.help = Some(format!("did you mean `{meant}`?"));
                diagnostic.fixes.push(Fix::replace(at, meant));
            }
            None => diagnostic.help = Some(format!("it may have {}", suggest::list_of(KEYS))),
        }
    }
}

fn span(value: &Spanned<DeValue<'_>>) -> Span {
    let range = value.span();
    Span::new(range.start, range.end)
}
