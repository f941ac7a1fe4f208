//! Benches. Each figure stands beside a probe that ran at the same time. No test depends on a time.

pub mod clock;
pub mod document;
pub mod journal;
pub mod machine;
pub mod race;
pub mod sale;
pub mod what_if;

/// The median of the figures of some runs, with the least and the greatest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The least figure.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The greatest figure.
    pub high: f64,
}

impl Figure {
    /// The figure of some runs.
    ///
    /// # Panics
    ///
    /// If there are no runs.
    pub fn of(runs: impl IntoIterator<Item = f64>) -> Self {
        let mut runs: Vec<f64> = runs.into_iter().collect();
        runs.sort_by(f64::total_cmp);
        let (lower, upper) = (runs[(runs.len() - 1) / 2], runs[runs.len() / 2]);
        let (low, high) = (runs[0], runs[runs.len() - 1]);
        Self { low, median: f64::midpoint(lower, upper), high }
    }

    /// The figure as text, with this many decimal digits.
    pub fn show(&self, digits: usize) -> String {
        let Self { low, median, high } = self;
        format!("{median:.digits$} ({low:.digits$} to {high:.digits$})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_the_middle_of_its_runs() {
        let odd = Figure::of([3.0, 1.0, 2.0]);
        assert_eq!(odd, Figure { low: 1.0, median: 2.0, high: 3.0 });
        assert_eq!(Figure::of([1.0, 2.0, 3.0, 10.0]).show(1), "2.5 (1.0 to 10.0)");
    }
}
