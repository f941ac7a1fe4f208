//! A search in the words of each database. Whatever people typed goes in as a value, or as a pattern of letters and digits.

use sea_orm::Value;

use crate::catalogue::PageQuery;
use crate::days::Days;
use crate::engine::Engine;
use crate::limits::CONCERT_ID_MAX;
use crate::write::KEY_ID_BITS;

/// The order of what a search finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SearchOrder {
    /// By the day of the first performance, the earliest first.
    #[default]
    EarliestFirst,
    /// By the day of the first performance, the latest first.
    LatestFirst,
}

/// Where a pattern is looked for.
#[derive(Clone, Copy)]
pub(super) enum Column {
    Title,
    Performers,
    Either,
}

/// What is looked for, in the letters that the databases keep.
pub(super) struct LookedFor {
    pub(super) patterns: Vec<(Column, String)>,
    pub(super) city: Option<String>,
    pub(super) days: Option<Days>,
    /// Days from the first to the last performance, at most.
    pub(super) longest_run: i64,
}

/// A query for the keys of a page.
pub(super) struct Question {
    from: String,
    /// What the page is ordered by.
    key: String,
    last_day: &'static str,
    conditions: Vec<String>,
    end: String,
    pub(super) values: Vec<Value>,
}

impl Question {
    pub(super) fn new(
        engine: Engine,
        looked_for: &LookedFor,
        order: SearchOrder,
        place: i64,
        query: &PageQuery,
    ) -> Self {
        let mut question = match engine {
            Engine::Sqlite => Self::in_sqlite(looked_for),
            Engine::Postgres => Self::in_postgres(looked_for),
        };
        let (comparison, direction) = order.comparison();
        question.compare(comparison, place);
        if let Some(days) = looked_for.days {
            let (from, to) = key_range(days, looked_for.longest_run);
            question.compare(">=", from);
            question.compare("<", to);
            let first = question.place(i64::from(days.from.0));
            question.conditions.push(format!("{} >= {first}", question.last_day));
        }
        let limit = question.place(query.limit());
        question.end = format!("ORDER BY {} {direction} LIMIT {limit}", question.key);
        question
    }

    pub(super) fn sql(&self) -> String {
        let conditions = self.conditions.join(" AND ");
        format!("SELECT {} AS key FROM {} WHERE {conditions} {}", self.key, self.from, self.end)
    }

    fn in_sqlite(looked_for: &LookedFor) -> Self {
        let patterns = looked_for.patterns.iter().map(|(column, pattern)| match column {
            Column::Title => format!("title : \"{pattern}\""),
            Column::Performers => format!("performers : \"{pattern}\""),
            Column::Either => format!("{{title performers}} : \"{pattern}\""),
        });
        let city = looked_for.city.iter().map(|city| format!("city : \"{city}\""));
        let parts: Vec<String> = patterns.chain(city).collect();
        // Without words there is nothing to look for in the index of letters.
        if parts.is_empty() {
            let key = format!("(c.first_day << {KEY_ID_BITS} | c.id)");
            return Self::begin("concerts c", key, "c.last_day");
        }
        let from = format!("concert_search s JOIN concerts c ON c.id = s.rowid & {CONCERT_ID_MAX}");
        let mut question = Self::begin(&from, "s.rowid".to_owned(), "c.last_day");
        let place = question.place(parts.join(" AND "));
        question.conditions.push(format!("s.concert_search MATCH {place}"));
        question
    }

    fn in_postgres(looked_for: &LookedFor) -> Self {
        let mut question = Self::begin("concert_search", "key".to_owned(), "last_day");
        for (column, pattern) in &looked_for.patterns {
            let place = question.place(format!("%{pattern}%"));
            question.conditions.push(match column {
                Column::Title => format!("title LIKE {place}"),
                Column::Performers => format!("performers LIKE {place}"),
                Column::Either => format!("(title LIKE {place} OR performers LIKE {place})"),
            });
        }
        if let Some(city) = &looked_for.city {
            let place = question.place(city.clone());
            question.conditions.push(format!("city = {place}"));
        }
        question
    }

    fn begin(from: &str, key: String, last_day: &'static str) -> Self {
        let (conditions, values) = (Vec::new(), Vec::new());
        Self { from: from.to_owned(), key, last_day, conditions, end: String::new(), values }
    }

    fn compare(&mut self, comparison: &str, key: i64) {
        let place = self.place(key);
        self.conditions.push(format!("{} {comparison} {place}", self.key));
    }

    /// The place of a value among the parameters: `$1`.
    fn place(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }
}

impl SearchOrder {
    /// Before all keys, in this order.
    pub(super) fn first(self) -> i64 {
        match self {
            Self::EarliestFirst => -1,
            Self::LatestFirst => i64::MAX,
        }
    }

    /// How the rows of a page compare with its place, and in which direction they go.
    fn comparison(self) -> (&'static str, &'static str) {
        match self {
            Self::EarliestFirst => (">", "ASC"),
            Self::LatestFirst => ("<", "DESC"),
        }
    }
}

/// The keys of concerts whose first performance is early enough for `days`, and not too early for the last one to reach them.
fn key_range(days: Days, longest_run: i64) -> (i64, i64) {
    let earliest = i64::from(days.from.0) - longest_run;
    let key = |day: i64| day.max(0) << KEY_ID_BITS;
    (key(earliest), key(i64::from(days.to.0) + 1))
}
