//! A whole list of the catalogue, page by page.

use catalogue::PageQuery;

/// Rows of a list that are read at once.
const PAGE: u32 = 100;

/// Pages of one list. A person has far fewer; reading ends somewhere whatever happens.
const PAGES_MAX: usize = 200;

/// Asks for the pages of a list one after the other.
pub(super) struct Pages {
    next: Option<PageQuery>,
    left: usize,
}

impl Default for Pages {
    fn default() -> Self {
        Self { next: Some(PageQuery { after: None, rows: PAGE }), left: PAGES_MAX }
    }
}

impl Pages {
    /// What asks for the next page; `None` after the last one.
    pub(super) fn turn(&mut self) -> Option<PageQuery> {
        self.left = self.left.checked_sub(1)?;
        self.next.take()
    }

    pub(super) fn go_on_after(&mut self, after: Option<String>) {
        self.next = after.map(|after| PageQuery { after: Some(after), rows: PAGE });
    }
}
