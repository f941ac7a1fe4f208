//! The parameters behind an address.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use catalogue::limits::CURSOR_CHARS_MAX;
use catalogue::{Day, Days, PageQuery, Search, SearchOrder};
use protocol::{ConcertList, ConcertOrder};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::limits::{CALENDAR_DAYS_MAX, LIST_ROWS, LIST_ROWS_MAX};
use crate::problem::ApiError;

/// The parameters of an address. An unknown one, or one that comes twice, is refused.
#[derive(Clone, Debug)]
pub(crate) struct Params<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(query)| Self(query)).map_err(|rejection| invalid(rejection.body_text()))
    }
}

/// What is asked of the concerts: a list, or a search.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ConcertQuery {
    /// A list. It takes no part of a search beside it.
    list: Option<ConcertList>,
    /// Words, each of which is in the title or in the name of a performer; initial consonants work as well.
    words: Option<String>,
    /// Words that are all in the title.
    title: Option<String>,
    /// Words that are all in names of performers.
    performer: Option<String>,
    /// The city, whole.
    city: Option<String>,
    /// The first day of a range, in which one day of the concert lies; either end may be missing.
    from: Option<String>,
    /// The last day of the range, which ends when this day ends at the venue.
    to: Option<String>,
    /// The order of what a search finds.
    order: Option<ConcertOrder>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many rows at most.
    rows: Option<u32>,
}

/// What is wanted of the concerts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wanted {
    List(ConcertList, PageQuery),
    Search(Box<Search>, PageQuery),
}

impl ConcertQuery {
    /// What is wanted. Without a parameter that is what is on sale.
    pub(crate) fn wanted(self) -> Result<Wanted, ApiError> {
        let is_search = self.order.is_some()
            || [&self.words, &self.title, &self.performer, &self.city, &self.from, &self.to]
                .iter()
                .any(|part| part.is_some());
        let page = page(self.after, self.rows)?;
        if !is_search {
            return Ok(Wanted::List(self.list.unwrap_or(ConcertList::OnSale), page));
        }
        if self.list.is_some() {
            return Err(invalid("a list takes no part of a search: leave `list` out".to_owned()));
        }
        let order = match self.order.unwrap_or_default() {
            ConcertOrder::Earliest => SearchOrder::EarliestFirst,
            ConcertOrder::Latest => SearchOrder::LatestFirst,
        };
        let search = Search {
            words: given(self.words),
            title: given(self.title),
            performer: given(self.performer),
            city: given(self.city),
            days: days(self.from.as_deref(), self.to.as_deref())?,
            order,
        };
        Ok(Wanted::Search(Box::new(search), page))
    }
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// `next` of the page before.
    after: Option<String>,
    /// How many rows at most.
    rows: Option<u32>,
}

impl PageParams {
    pub(crate) fn query(self) -> Result<PageQuery, ApiError> {
        page(self.after, self.rows)
    }
}

/// Which openings a calendar shows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CalendarQuery {
    /// The first day.
    from: String,
    /// The last day. The range has at most 100 days.
    to: String,
    /// Whether only openings of concerts are shown that the viewer likes.
    #[serde(default)]
    #[param(required = false)]
    pub(crate) liked: bool,
}

impl CalendarQuery {
    pub(crate) fn days(&self) -> Result<Days, ApiError> {
        let days = days(Some(&self.from), Some(&self.to))?;
        let days = days.filter(|days| days.to.0 - days.from.0 < CALENDAR_DAYS_MAX);
        days.ok_or_else(|| invalid(format!("a calendar has at most {CALENDAR_DAYS_MAX} days")))
    }
}

/// A text to look for; an empty one looks for nothing.
fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The range between two days, of which each may be missing.
fn days(from: Option<&str>, to: Option<&str>) -> Result<Option<Days>, ApiError> {
    let [from, to] = [from, to].map(|day| day.filter(|day| !day.is_empty()));
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    let read = |text: &str| text.parse::<Day>().map_err(|error| invalid(error.to_string()));
    let days = Days { from: from.map_or(Ok(Day::MIN), read)?, to: to.map_or(Ok(Day::MAX), read)? };
    if days.from > days.to {
        return Err(invalid("`from` is after `to`".to_owned()));
    }
    Ok(Some(days))
}

fn page(after: Option<String>, rows: Option<u32>) -> Result<PageQuery, ApiError> {
    let rows = rows.unwrap_or(LIST_ROWS);
    if !(1..=LIST_ROWS_MAX).contains(&rows) {
        return Err(invalid(format!("`rows` is a number from 1 to {LIST_ROWS_MAX}")));
    }
    if after.as_ref().is_some_and(|after| after.chars().count() > CURSOR_CHARS_MAX) {
        return Err(ApiError::CursorInvalid);
    }
    Ok(PageQuery { after: after.filter(|after| !after.is_empty()), rows })
}

fn invalid(reason: String) -> ApiError {
    ApiError::QueryInvalid { reason }
}

#[cfg(test)]
mod tests;
