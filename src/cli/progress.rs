//! Tiến độ: how far a run over a table came.

use std::time::{Duration, Instant};

use crate::render::batch_text;
use crate::render::wording::Lang;
use crate::table::batch::Progress;

/// Before this much time progress is not worth a line.
const FIRST_PROGRESS: Duration = Duration::from_millis(500);
const ON_TERMINAL: Duration = Duration::from_millis(100);
const IN_LOGS: Duration = Duration::from_secs(10);

/// Tiến độ đang hiện: a line that replaces itself on a terminal; with `-v` a line every ten seconds elsewhere.
pub(super) struct Shown<'a> {
    stderr: &'a mut (dyn std::io::Write + Send),
    lang: Lang,
    terminal: bool,
    verbose: bool,
    started: Instant,
    last: Option<Instant>,
}

impl<'a> Shown<'a> {
    /// Nothing shown yet.
    pub(super) fn new(
        stderr: &'a mut (dyn std::io::Write + Send),
        lang: Lang,
        terminal: bool,
        verbose: bool,
    ) -> Shown<'a> {
        Shown { stderr, lang, terminal, verbose, started: Instant::now(), last: None }
    }

    pub(super) fn show(&mut self, progress: &Progress) {
        if !self.terminal && !self.verbose {
            return;
        }
        let since = self.last.unwrap_or(self.started).elapsed();
        let pause = match (self.terminal, self.last) {
            (true, None) => FIRST_PROGRESS,
            (true, Some(_)) => ON_TERMINAL,
            (false, _) => IN_LOGS,
        };
        if since < pause {
            return;
        }
        self.last = Some(Instant::now());
        let millis = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let share =
            progress.size.filter(|size| *size > 0).map(|size| (progress.position * 100 / size).min(100));
        let left = progress.size.filter(|_| progress.position > 0).map(|size| {
            let rest = u128::from(size.saturating_sub(progress.position)) * u128::from(millis);
            u64::try_from(rest / u128::from(progress.position) / 1000).unwrap_or(u64::MAX)
        });
        let rows_a_second = progress.rows * 1000 / millis;
        let line =
            batch_text::progress(progress.rows, progress.rejected, rows_a_second, share, left, self.lang);
        let text = if self.terminal { format!("\r\u{1b}[K{line}") } else { format!("{line}\n") };
        let _ = self.stderr.write_all(text.as_bytes()).and_then(|()| self.stderr.flush());
    }

    /// Takes the line away from a terminal.
    pub(super) fn clear(&mut self) {
        if self.terminal && self.last.is_some() {
            let _ = self.stderr.write_all(b"\r\x1b[K").and_then(|()| self.stderr.flush());
        }
    }
}
