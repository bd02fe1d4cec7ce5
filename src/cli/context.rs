//! Bối cảnh của một lệnh: the options that mean the same everywhere, the rulebook, and where results go.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde_json::Value as Json;

use super::exit::{Exit, Failure};
use super::io::{self, HAS_FILES, World};
use crate::audit::run::seen::MOST_KEPT;
use crate::engine::trace::Step;
use crate::render::json::{Body, envelope};
use crate::render::page::{Page, footer};
use crate::render::wording::Lang;
use crate::render::{catalogue, csv, diagnostics, html, text, xlsx};
use crate::rulebook::Rulebook;
use crate::rulebook::diagnostic::DiagnosticSeverity;
use crate::rulebook::load::{Loaded, load};
use crate::rulebook::source::{Source, gather, gather_over};
use crate::terms::problem::{Code, Problem};

/// Tùy chọn chung.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Options {
    /// Language.
    pub lang: Lang,
    /// Form of the result, as given.
    pub format: String,
    /// Output file.
    pub output: Option<PathBuf>,
    /// Overwrite it.
    pub force: bool,
    /// Folder of rule files.
    pub rules: Option<PathBuf>,
    /// Overlays, in order.
    pub overlays: Vec<PathBuf>,
    /// Start of the only acceptable rulebook hash.
    pub hash: Option<String>,
    /// Warnings are errors.
    pub strict: bool,
    /// Print the trace in words.
    pub explain: bool,
    /// Never ask.
    pub no_input: bool,
    /// Say less: no notes in text.
    pub quiet: bool,
    /// Say more: which rulebook is used.
    pub verbose: bool,
}

impl Options {
    /// Refuses warnings under `--strict`.
    ///
    /// # Errors
    /// [`Failure`] with the first warning.
    pub fn refuse_warnings(&self, notices: &[Problem]) -> Result<(), Failure> {
        match notices.iter().find(|notice| self.strict && notice.is_warning()) {
            Some(warning) => {
                let message = format!("{} {}", warning.code, catalogue::message(warning, self.lang));
                Err(Failure {
                    problem: Problem::new(Code::StrictWarning).with("message", message),
                    exit: Exit::NoAnswer,
                })
            }
            None => Ok(()),
        }
    }

    /// Reads them from any level of the command line.
    ///
    /// # Errors
    /// [`Failure`] when `--json` and another `--format` contradict each other.
    pub fn read(matches: &ArgMatches, lang: Lang) -> Result<Options, Failure> {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
        let format = match (matches.get_flag("json"), text("format")) {
            (true, Some(other)) if given("format") && other != "json" => {
                return Err(Failure::usage(
                    Problem::new(Code::ConflictingArguments)
                        .with("read", "--json")
                        .with("other", format!("--format {other}")),
                ));
            }
            (true, _) => "json".to_owned(),
            (false, format) => format.unwrap_or_else(|| "text".to_owned()),
        };
        Ok(Options {
            lang,
            format,
            output: text("output").map(PathBuf::from),
            force: matches.get_flag("force"),
            rules: text("rules").map(PathBuf::from),
            overlays: matches.get_many::<String>("overlay").unwrap_or_default().map(PathBuf::from).collect(),
            hash: text("rulebook-hash"),
            strict: matches.get_flag("strict"),
            explain: matches.get_flag("explain"),
            no_input: matches.get_flag("no-input"),
            quiet: matches.get_flag("quiet"),
            verbose: matches.get_count("verbose") > 0,
        })
    }
}

/// Bối cảnh của một lệnh.
pub struct Context<'c, 'w> {
    /// Common options.
    pub options: Options,
    /// The outside world.
    pub world: &'c mut World<'w>,
    /// Whether something that was given was not understood and could change the result.
    pub has_unread: bool,
    /// Rules that were read before, in the place of the bundled ones.
    pub given_rules: Option<Arc<Rulebook>>,
    /// Their sources, where more is laid over them.
    pub given_sources: Option<Vec<Source>>,
    /// Visits that an audit remembers to compare later ones with.
    pub remembered: usize,
}

impl<'c, 'w> Context<'c, 'w> {
    /// A context; the rulebook is read only by commands that need it.
    pub fn new(options: Options, world: &'c mut World<'w>) -> Context<'c, 'w> {
        Context {
            options,
            world,
            has_unread: false,
            given_rules: None,
            given_sources: None,
            remembered: MOST_KEPT,
        }
    }

    /// Language of the user.
    pub fn lang(&self) -> Lang {
        self.options.lang
    }

    /// Reads the sources and runs every check.
    ///
    /// # Errors
    /// [`Failure`] when a file cannot be read.
    pub fn load_rules(&self, folder: Option<PathBuf>) -> Result<Loaded, Failure> {
        let mut overlays = self.options.overlays.clone();
        // One file is not the law of the land: it is laid over it.
        let (file, folder): (Vec<PathBuf>, Vec<PathBuf>) =
            folder.into_iter().partition(|given| given.is_file());
        overlays.extend(file);
        let folder = folder.into_iter().next().or_else(|| self.options.rules.clone());
        self.sources(folder.as_deref(), &overlays)
            .map(|sources| load(&sources))
            .map_err(|problem| Failure { problem, exit: Exit::Rulebook })
    }

    /// The sources of a folder and overlays, over those that are given or bundled.
    fn sources(&self, folder: Option<&Path>, overlays: &[PathBuf]) -> Result<Vec<Source>, Problem> {
        match &self.given_sources {
            Some(given) => gather_over(given.clone(), folder, overlays),
            None => gather(folder, overlays),
        }
    }

    /// The rulebook that the options ask for.
    ///
    /// # Errors
    /// [`Failure`] with exit code 5 when it is refused or has another hash.
    pub fn rulebook(&mut self) -> Result<Arc<Rulebook>, Failure> {
        let own = self.options.rules.is_some() || !self.options.overlays.is_empty();
        let rulebook = if own {
            Arc::new(self.own_rulebook()?)
        } else {
            self.given_rules.clone().unwrap_or_else(Rulebook::bundled)
        };
        match &self.options.hash {
            Some(wanted)
                if !rulebook.identity.sha256.starts_with(&wanted.to_lowercase()) || wanted.is_empty() =>
            {
                let found = &rulebook.identity.sha256[..12];
                let problem = Problem::new(Code::RulebookHash).with("read", wanted).with("found", found);
                Err(Failure { problem, exit: Exit::Rulebook })
            }
            _ => {
                self.name_rulebook(&rulebook)?;
                Ok(rulebook)
            }
        }
    }

    /// Under `-v`, says on standard error which rulebook answers.
    fn name_rulebook(&mut self, rules: &Rulebook) -> Result<(), Failure> {
        if !self.options.verbose {
            return Ok(());
        }
        let line = format!("{} · sha256 {}\n", footer(rules, self.lang()), rules.identity.sha256);
        io::write_stdout(self.world.stderr, line.as_bytes())
    }

    /// A rulebook with the user's own files in it.
    fn own_rulebook(&mut self) -> Result<Rulebook, Failure> {
        let loaded = self.load_rules(None)?;
        self.accepted(loaded)
    }

    /// Bộ quy định thứ hai: the user's, with a folder in place of whole families and overlays on top.
    ///
    /// # Errors
    /// [`Failure`] with exit code 5 when a file cannot be read or the rules are refused.
    pub fn rulebook_against(&mut self, against: &[PathBuf]) -> Result<Arc<Rulebook>, Failure> {
        let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = against.iter().partition(|path| path.is_dir());
        let folder = folders.last().copied().or(self.options.rules.as_ref());
        let overlays: Vec<PathBuf> = self.options.overlays.iter().chain(files).cloned().collect();
        let loaded = self
            .sources(folder.map(PathBuf::as_path), &overlays)
            .map(|sources| load(&sources))
            .map_err(|problem| Failure { problem, exit: Exit::Rulebook })?;
        self.accepted(loaded).map(Arc::new)
    }

    fn accepted(&mut self, loaded: Loaded) -> Result<Rulebook, Failure> {
        if loaded.rulebook.is_none() {
            let text = diagnostics::text(&loaded.diagnostics, self.lang());
            io::write_stdout(self.world.stderr, text.as_bytes())?;
        }
        let count =
            loaded.diagnostics.iter().filter(|found| found.severity == DiagnosticSeverity::Error).count();
        let refused = || Failure {
            problem: Problem::new(Code::RulebookRefused).with("count", count),
            exit: Exit::Rulebook,
        };
        loaded.rulebook.ok_or_else(refused)
    }

    /// The format, if the command has it.
    ///
    /// # Errors
    /// [`Failure`] naming the formats of the command, or for a workbook without a file to take it.
    pub fn format(&self, accepted: &[&'static str]) -> Result<&'static str, Failure> {
        let wanted = self.options.format.to_lowercase();
        let to_file = self.options.output.as_ref().is_some_and(|path| path.as_os_str() != "-");
        if wanted == "xlsx" && accepted.contains(&"xlsx") && !to_file {
            return Err(Failure::usage(Problem::new(Code::WorkbookNeedsFile).at("--format xlsx")));
        }
        accepted.iter().copied().find(|known| *known == wanted).ok_or_else(|| {
            Failure::usage(
                Problem::new(Code::InvalidValue)
                    .with("read", &self.options.format)
                    .with("accepted", accepted.join(", "))
                    .at("--format"),
            )
        })
    }

    /// Refuses warnings under `--strict`; a circumstance that nobody knows is answered without it, and the exit code says so.
    ///
    /// # Errors
    /// [`Failure`] with the first warning.
    pub fn refuse_warnings(&mut self, notices: &[Problem]) -> Result<(), Failure> {
        self.has_unread |= notices.iter().any(|notice| notice.code.leaves_out());
        self.options.refuse_warnings(notices)
    }

    /// Draws a page in the format asked for, with the trace where `--explain` asks for it.
    ///
    /// # Errors
    /// [`Failure`] when writing fails.
    pub fn emit_page(
        &mut self,
        mut page: Page,
        trace: &[Step],
        rules: &Rulebook,
        format: &str,
    ) -> Result<Exit, Failure> {
        if self.options.explain && format != "chat" && !trace.is_empty() {
            page.gap();
            page.steps(trace, rules);
        }
        self.emit_drawn(&page, format)
    }

    /// Writes a page that has no steps.
    ///
    /// # Errors
    /// [`Failure`] when writing fails.
    pub fn emit_drawn(&mut self, page: &Page, format: &str) -> Result<Exit, Failure> {
        match format {
            "html" => self.emit(&html::draw(page)),
            "csv" => self.emit(&csv::draw(page)),
            "xlsx" if HAS_FILES => self.emit_book(page),
            "chat" => self.emit(&text::message(page)),
            _ => self.emit(&text::draw(page)),
        }
    }

    /// Writes a page as a workbook.
    fn emit_book(&mut self, page: &Page) -> Result<Exit, Failure> {
        let path = self.options.output.clone().unwrap_or_default();
        let book = xlsx::draw(page)
            .map_err(|error| Failure::write(&std::io::Error::other(error.to_string()), path.display()))?;
        io::write_file(&path, &book, self.options.force)?;
        Ok(Exit::Done)
    }

    /// Writes a JSON result in its envelope.
    ///
    /// # Errors
    /// [`Failure`] when writing fails.
    pub fn emit_json(&mut self, body: &Body<'_>, rules: &Rulebook) -> Result<Exit, Failure> {
        let json: Json = envelope(body, rules, self.lang());
        let text = serde_json::to_string_pretty(&json).unwrap_or_default() + "\n";
        self.emit(&text)
    }

    /// Writes a result to the output file or to standard output.
    ///
    /// # Errors
    /// [`Failure`] when writing fails.
    pub fn emit(&mut self, text: &str) -> Result<Exit, Failure> {
        match &self.options.output {
            Some(path) if path.as_os_str() != "-" => {
                io::write_file(path, text.as_bytes(), self.options.force)?;
            }
            _ => io::write_stdout(self.world.stdout, text.as_bytes())?,
        }
        Ok(Exit::Done)
    }
}
