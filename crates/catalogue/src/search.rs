//! The search for concerts: by words, title, performer, city and days in any mix. Rules K10 to K14.
//!
//! Both databases have a table `concert_search` whose key is the day of the first performance and the concert's number.
//! So what is found comes in the order of the page, and a page ends as soon as it is full.

mod question;

use sea_orm::FromQueryResult;

use crate::card::Card;
use crate::catalogue::{Catalogue, Page, PageQuery};
use crate::cursor::{ListTag, Place};
use crate::days::Days;
use crate::error::{CatalogueError, Unfit};
use crate::limits::{CONCERT_ID_MAX, SEARCH_CHARS_MAX};
use crate::names::ConcertId;
use crate::rows::{number, statement};
use crate::text;
pub use question::SearchOrder;
use question::{Column, LookedFor, Question};

/// What is looked for. What is `None` does not matter; a search for nothing finds all concerts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words of which each is in the title or in the name of a performer.
    pub words: Option<String>,
    /// Words that are all in the title.
    pub title: Option<String>,
    /// Words that are all in names of performers.
    pub performer: Option<String>,
    /// The city, whole.
    pub city: Option<String>,
    /// Days of which one lies between the first and the last performance, as people at the venue count days.
    pub days: Option<Days>,
    /// The order.
    pub order: SearchOrder,
}

/// Days from the first to the last performance of the concert where they are most.
const LONGEST_RUN: &str = "SELECT COALESCE(MAX(last_day - first_day), 0) AS number FROM concerts";

#[derive(FromQueryResult)]
struct Row {
    key: i64,
}

impl Catalogue {
    /// The concerts that a search finds.
    ///
    /// # Errors
    /// If a text holds nothing to look for or too many words, the cursor is not one of this search, or the database
    /// fails.
    pub async fn search(
        &self,
        search: &Search,
        query: &PageQuery,
    ) -> Result<Page<Card>, CatalogueError> {
        let list = search.tag();
        let place = self.begin(list, query, Place::of(search.order.first(), 0))?;
        if search.city.as_ref().is_some_and(|city| city.chars().count() > SEARCH_CHARS_MAX) {
            return Err(Unfit::Search.into());
        }
        let looked_for = LookedFor {
            patterns: search.patterns()?,
            city: search.city.as_deref().map(text::whole),
            days: search.days,
            longest_run: match search.days {
                Some(_) => number(self.read(), LONGEST_RUN, []).await?,
                None => 0,
            },
        };
        let question = Question::new(self.engine(), &looked_for, search.order, place.first, query);
        let rows = Row::find_by_statement(statement(self.read(), &question.sql(), question.values));
        let rows = rows.all(self.read()).await?;
        let page = self.page(list, query, rows, |row| Place::of(row.key, 0));
        let id = |row: &Row| ConcertId(row.key & CONCERT_ID_MAX);
        let ids: Vec<ConcertId> = page.rows.iter().map(id).collect();
        let mut cards = self.cards(&ids).await?;
        Ok(page.with(|rows| rows.iter().filter_map(|row| cards.remove(&id(row))).collect()))
    }
}

impl Search {
    fn tag(&self) -> ListTag {
        let days = self.days.map(|days| format!("{} {}", days.from.0, days.to.0));
        let order = match self.order {
            SearchOrder::EarliestFirst => "earliest",
            SearchOrder::LatestFirst => "latest",
        };
        ListTag::new(
            "search",
            &[
                self.words.as_deref(),
                self.title.as_deref(),
                self.performer.as_deref(),
                self.city.as_deref(),
                days.as_deref(),
                Some(order),
            ],
        )
    }

    /// The patterns to look for, and where. A pattern holds letters and digits only.
    fn patterns(&self) -> Result<Vec<(Column, String)>, Unfit> {
        let mut found = Vec::new();
        for (column, text) in [
            (Column::Either, &self.words),
            (Column::Title, &self.title),
            (Column::Performers, &self.performer),
        ] {
            let Some(text) = text else { continue };
            if text.chars().count() > SEARCH_CHARS_MAX {
                return Err(Unfit::Search);
            }
            let patterns = text::patterns(text).ok_or(Unfit::Search)?;
            found.extend(patterns.into_iter().map(|pattern| (column, pattern)));
        }
        Ok(found)
    }
}
