-- `key` is the day of the first performance and the concert's number, so that the primary key has the order of a page.
CREATE TABLE concert_search (
    key BIGINT PRIMARY KEY,
    last_day BIGINT NOT NULL,
    title TEXT NOT NULL,
    performers TEXT NOT NULL,
    city TEXT NOT NULL
);
CREATE INDEX concert_search_by_city ON concert_search (city, key);
CREATE INDEX concert_search_letters ON concert_search USING gin (title gin_trgm_ops, performers gin_trgm_ops);
-- The planner has to know how common the letters of a word are: then it reads either the index of letters, or the rows in
-- the order of the page until it is full.
ALTER TABLE concert_search ALTER COLUMN title SET STATISTICS 1000;
ALTER TABLE concert_search ALTER COLUMN performers SET STATISTICS 1000;
