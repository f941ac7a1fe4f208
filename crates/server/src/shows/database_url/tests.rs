//! Tests of URLs of databases.

use super::DatabaseUrl;

#[test]
fn k36_the_url_of_a_database_is_never_shown_with_its_password() {
    for (url, shown) in [
        ("postgres://me:secret@db.example:5432/shows", "postgres://db.example:5432/shows"),
        ("postgresql://me:se@cr?et@db/shows?password=secret", "postgresql://db/shows"),
        ("postgres://db/shows?user=me&password=secret", "postgres://db/shows"),
        ("postgres://db", "postgres://db"),
    ] {
        let url: DatabaseUrl = url.parse().unwrap();
        assert_eq!(url.to_string(), shown);
        assert_eq!(format!("{url:?}"), shown);
    }
}

#[test]
fn k36_a_text_that_is_no_url_of_postgresql_is_refused_and_not_repeated() {
    for text in ["mysql://me:secret@db/shows", "postgres://", "postgres:///shows", "shows.db", ""] {
        let error = text.parse::<DatabaseUrl>().unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }
}
