//! How far long work is: shown on a terminal once it takes more than a second.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Console;

/// A bar that stays hidden for the first second, and always where nobody watches.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    watched: bool,
}

impl Progress {
    /// Work of so many steps, named in one word.
    pub(super) fn start(console: &Console, steps: usize, name: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(u64::try_from(steps).ok(), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(name);
        Self { bar, begun: Instant::now(), watched: console.progress() }
    }

    /// So many steps are done, of so many.
    pub(super) fn reached(&self, done: usize, total: usize) {
        // each look at the bar costs more than what it counts
        if self.watched && done.is_multiple_of(64) {
            self.bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
            self.bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
            self.show();
        }
    }

    /// One step is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        self.show();
    }

    fn show(&self) {
        if self.watched && self.bar.is_hidden() && self.begun.elapsed() > Duration::from_secs(1) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
