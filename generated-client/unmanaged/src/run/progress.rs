//! Progress, on standard error, where a person looks.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar, or nothing.
#[derive(Clone, Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Of a list, whose length is not known.
    pub fn list(shown: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, target(shown));
        if let Ok(style) = ProgressStyle::with_template("{spinner} listing: {pos} accounts") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Of a run over so many people.
    pub fn run(shown: bool, people: i64) -> Self {
        let length = u64::try_from(people).unwrap_or(0);
        let bar = ProgressBar::with_draw_target(Some(length), target(shown));
        let template = "{bar:30} {pos}/{len}  {per_sec}  {eta} left  {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            let rate = |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
                let _ = write!(out, "{:.0}/min", state.per_sec() * 60.0);
            };
            bar.set_style(style.with_key("per_sec", rate));
        }
        if shown {
            bar.enable_steady_tick(Duration::from_millis(500));
        }
        Self(bar)
    }

    /// So many accounts were listed.
    pub fn listed(&self, count: i64) {
        self.0.set_position(u64::try_from(count).unwrap_or(0));
    }

    /// One more person is done.
    pub fn one_more(&self) {
        self.0.inc(1);
    }

    /// What the run waits for; empty while it does not.
    pub fn waits(&self, text: String) {
        self.0.set_message(text);
    }

    /// Removes it.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

fn target(shown: bool) -> ProgressDrawTarget {
    match shown {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    }
}
