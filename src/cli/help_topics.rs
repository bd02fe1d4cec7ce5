//! `bhyt help` (`tro-giup`): the help of a command by name, and the JSON Schemas of every document the program gives.

use std::io::Read;

use clap::{Arg, ArgMatches, Command};
use flate2::read::DeflateDecoder;
use serde_json::{Map, Value as Json};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use crate::render::wording::Lang;
use crate::terms::fold::nearest;
use crate::terms::problem::{Code, Problem};

/// The files of `docs/schemas`, in one object by name, as the build packed them.
static SCHEMAS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/schemas.deflate"));

/// The topic that is no command.
const JSON_SCHEMA: &str = "json-schema";

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Trợ giúp của một lệnh; lược đồ JSON của mọi kết quả",
            "Help of a command; the JSON Schema of every result",
        ],
        usage: ["help [LỆNH | json-schema [TÊN]]", "help [COMMAND | json-schema [NAME]]"],
        examples: [
            "Ví dụ:\n  bhyt help quote\n  bhyt help json-schema\n  bhyt help json-schema bhyt.quote/1",
            "Examples:\n  bhyt help quote\n  bhyt help json-schema\n  bhyt help json-schema bhyt.quote/1",
        ],
    };
    help::command("help", "tro-giup", lang, &texts).arg(
        Arg::new("topic").num_args(0..).value_name(lang.say("ĐIỀU_CẦN_XEM", "TOPIC")).help(
            lang.say("Tên lệnh, hoặc `json-schema` và tên lược đồ", "A command, or json-schema and a name"),
        ),
    )
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let lang = context.lang();
    let words: Vec<&str> =
        matches.get_many::<String>("topic").unwrap_or_default().map(String::as_str).collect();
    match &words[..] {
        [first, rest @ ..] if first.eq_ignore_ascii_case(JSON_SCHEMA) => {
            let schemas = schemas();
            let found = match rest {
                [] => Json::Object(schemas),
                [name, ..] => schemas
                    .get(*name)
                    .cloned()
                    .ok_or_else(|| unknown(name, &schemas.keys().map(String::as_str).collect::<Vec<_>>()))?,
            };
            context.emit(&(serde_json::to_string_pretty(&found).unwrap_or_default() + "\n"))
        }
        path => {
            let mut root = super::whole_command(super::COMMANDS, lang);
            root.build();
            let mut command = &mut root;
            for word in path {
                let names: Vec<String> =
                    command.get_subcommands().map(|known| known.get_name().to_owned()).collect();
                command = command.find_subcommand_mut(word).ok_or_else(|| {
                    unknown(word, &names.iter().map(String::as_str).chain([JSON_SCHEMA]).collect::<Vec<_>>())
                })?;
            }
            let text = command.render_help().to_string();
            context.emit(&format!("{}\n", text.trim_end()))
        }
    }
}

fn unknown(read: &str, known: &[&str]) -> Failure {
    let suggestion = nearest(read, known.iter().copied()).unwrap_or_default();
    Failure::usage(
        Problem::new(Code::InvalidValue)
            .with("read", read)
            .with("accepted", known.join(", "))
            .with("suggestion", suggestion),
    )
}

/// Every schema by its name.
fn schemas() -> Map<String, Json> {
    let mut text = String::new();
    let read = DeflateDecoder::new(SCHEMAS).read_to_string(&mut text);
    debug_assert!(read.is_ok(), "the build packed it");
    serde_json::from_str(&text).unwrap_or_default()
}
