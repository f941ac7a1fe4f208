-- Finds groups of three characters. It keeps no text, only where each group is. `rowid` is the day of the first performance
-- and the concert's number, so that what is found comes in the order of a page.
CREATE VIRTUAL TABLE concert_search USING fts5 (
    title, performers, city,
    content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
);
-- The same order for searches by days alone, which then read nothing else.
CREATE INDEX concerts_by_day ON concerts ((first_day << 40 | id), last_day);
