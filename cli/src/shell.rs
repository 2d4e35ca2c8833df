//! `remit completions` and `remit man`: what shells and `man` want to know of the command line.

use crate::args::{Colour, CompletionsArgs, ManArgs, Remit};
use crate::exit;
use crate::output::{Output, complain};
use crate::packs::{self, display, reason};
use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};
use remit_core::pack::Pack;
use std::fs;
use std::path::Path;

pub(crate) fn completions(arguments: &CompletionsArgs) -> u8 {
    let Some(choice) = packs::choose(arguments.pack.pack.as_deref(), Colour::Auto) else { return exit::PACK };
    let Some(pack) = packs::load_chosen(&choice, Colour::Auto) else { return exit::PACK };
    let mut command = with_names(Remit::command(), &pack);
    let mut text = vec![];
    clap_complete::generate(arguments.shell, &mut command, "remit", &mut text);
    let mut output = Output::new();
    output.print(&String::from_utf8_lossy(&text));
    output.finish(exit::OK)
}

/// The command line, with the pack's topics where one is to be named.
fn with_names(command: Command, pack: &Pack) -> Command {
    let topics: Vec<String> = pack
        .manifest
        .topics
        .iter()
        .filter_map(|topic| topic.value.rsplit('/').next()?.strip_suffix(".rhai").map(str::to_owned))
        .filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
        .collect();
    if topics.is_empty() {
        return command;
    }
    command.mut_subcommand("new", |new| {
        new.mut_subcommand("rule", |rule| {
            rule.mut_arg("topic", |topic| topic.value_parser(PossibleValuesParser::new(topics)))
        })
    })
}

pub(crate) fn man(arguments: &ManArgs) -> u8 {
    let command = Remit::command();
    let Some(folder) = &arguments.folder else {
        return match page(command) {
            Ok(text) => {
                let mut output = Output::new();
                output.print(&text);
                output.finish(exit::OK)
            }
            Err(error) => {
                complain(&format!("the manual cannot be written: {}", reason(&error)));
                exit::OUTPUT
            }
        };
    };
    match pages(command, folder) {
        Ok(count) => {
            let mut output = Output::new();
            output.print(&format!("wrote {count} pages to `{}`\n", display(folder)));
            output.finish(exit::OK)
        }
        Err(error) => {
            complain(&format!("the manual cannot be written to `{}`: {}", display(folder), reason(&error)));
            exit::OUTPUT
        }
    }
}

fn page(command: Command) -> std::io::Result<String> {
    let mut text = vec![];
    clap_mangen::Man::new(command).render(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// A page for the program and one for each of its commands, as `git-log(1)` is one.
fn pages(command: Command, folder: &Path) -> std::io::Result<usize> {
    fs::create_dir_all(folder)?;
    let mut command = command.disable_help_subcommand(true);
    command.build();
    write(&command, "remit", folder)
}

fn write(command: &Command, name: &str, folder: &Path) -> std::io::Result<usize> {
    let mut count = 1;
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        count += write(inner, &format!("{name}-{}", inner.get_name()), folder)?;
    }
    fs::write(folder.join(format!("{name}.1")), page(command.clone().name(name.to_owned()))?)?;
    Ok(count)
}
