//! The search.

use catalogue::{Catalogue, CatalogueError, Days, Search, SearchOrder, Unfit};

use crate::given::*;

async fn found(catalogue: &Catalogue, search: &Search) -> String {
    let page = catalogue.search(search, &all()).await.unwrap();
    titles(&page).join(", ")
}

fn words(words: &str) -> Search {
    Search { words: Some(words.to_owned()), ..Search::default() }
}

fn days(from: &str, to: &str) -> Days {
    Days { from: day(from), to: day(to) }
}

pub(crate) async fn k10_words_title_performer_city_and_days_mix(given: Given) {
    let catalogue = given.open().await;
    let seoul = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    let busan = venue(&catalogue, "은물결 콘서트홀", "부산", "Asia/Seoul").await;
    let moon = performer(&catalogue, "달무리 밴드").await;
    let sea = performer(&catalogue, "바다유리 합창단").await;
    for (title, venue, performer, on) in [
        ("겨울 바다", seoul, moon, "2026-12-10"),
        ("여름 바다", busan, moon, "2026-12-20"),
        ("달무리의 밤", seoul, sea, "2026-12-15"),
        ("Winter Lights", busan, sea, "2026-12-25"),
    ] {
        let mut new = concert_on(title, venue, "Asia/Seoul", on);
        new.performers = vec![performer];
        add(&catalogue, new).await;
    }
    let text = |text: &str| Some(text.to_owned());
    for (search, expected) in [
        (Search::default(), "겨울 바다, 달무리의 밤, 여름 바다, Winter Lights"),
        (words("바다"), "겨울 바다, 달무리의 밤, 여름 바다, Winter Lights"),
        (words("바다 달무리"), "겨울 바다, 달무리의 밤, 여름 바다"),
        (words("winter"), "Winter Lights"),
        (Search { title: text("바다"), ..Search::default() }, "겨울 바다, 여름 바다"),
        (Search { performer: text("바다"), ..Search::default() }, "달무리의 밤, Winter Lights"),
        (Search { city: text("부산"), ..Search::default() }, "여름 바다, Winter Lights"),
        (Search { city: text("부"), ..Search::default() }, ""),
        (Search { city: text("부산"), ..words("바다") }, "여름 바다, Winter Lights"),
        (Search { city: text("부산"), title: text("바다"), ..words("달무리") }, "여름 바다"),
        (
            Search { days: Some(days("2026-12-12", "2026-12-20")), ..Search::default() },
            "달무리의 밤, 여름 바다",
        ),
        (
            Search { days: Some(days("2026-12-12", "2026-12-20")), ..words("ㅂㄷ") },
            "달무리의 밤, 여름 바다",
        ),
        (
            Search {
                city: text("서울"),
                performer: text("ㄷㅁㄹ"),
                title: text("겨울"),
                days: Some(days("2026-12-10", "2026-12-10")),
                ..words("바다")
            },
            "겨울 바다",
        ),
        (Search { days: Some(days("2026-12-20", "2026-12-12")), ..Search::default() }, ""),
        (words("없는 공연"), ""),
    ] {
        assert_eq!(found(&catalogue, &search).await, expected, "{search:?}");
    }
}

pub(crate) async fn k11_a_range_of_days_ends_when_its_last_day_ends_at_the_venue(given: Given) {
    let catalogue = given.open().await;
    for (name, zone, hour) in [
        ("seoul", "Asia/Seoul", 23),
        ("honolulu", "Pacific/Honolulu", 23),
        ("kiritimati", "Pacific/Kiritimati", 0),
    ] {
        let venue = venue(&catalogue, name, name, zone).await;
        let mut new = concert(name, venue, NOW);
        let zone = catalogue::Zone::named(zone).unwrap();
        let starts_at = zone.moment(day("2026-12-24"), hour, 59).unwrap();
        new.performances = vec![performance(starts_at.after(-2 * DAY), starts_at)];
        add(&catalogue, new).await;
    }
    // A run of three days: all days between the first and the last count.
    let venue = venue(&catalogue, "run", "run", "Asia/Seoul").await;
    let mut run = concert_on("run", venue, "Asia/Seoul", "2026-12-26");
    run.performances.extend(concert_on("run", venue, "Asia/Seoul", "2026-12-28").performances);
    add(&catalogue, run).await;
    let on = async |from: &str, to: &str| {
        found(&catalogue, &Search { days: Some(days(from, to)), ..Search::default() }).await
    };
    assert_eq!(on("2026-12-24", "2026-12-24").await, "seoul, honolulu, kiritimati");
    assert_eq!(on("2026-12-01", "2026-12-24").await, "seoul, honolulu, kiritimati");
    assert_eq!(on("2026-12-01", "2026-12-23").await, "");
    assert_eq!(on("2026-12-25", "2026-12-25").await, "");
    assert_eq!(on("2026-12-27", "2026-12-27").await, "run");
    assert_eq!(on("2026-12-25", "2026-12-26").await, "run");
    assert_eq!(on("2026-12-29", "2027-12-29").await, "");
}

pub(crate) async fn k12_both_databases_find_korean_by_parts_and_initials(given: Given) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    for title in ["별빛 아래 겨울바다", "값진 과일 축제", "冬のライブ", "Café Del Sol"]
    {
        add(&catalogue, concert(title, venue, NOW)).await;
    }
    for (search, expected) in [
        ("겨울", "별빛 아래 겨울바다"),
        ("울바", "별빛 아래 겨울바다"),
        ("별빛아래", "별빛 아래 겨울바다"),
        ("겨ㅇ", "별빛 아래 겨울바다"),
        ("ㄱㅇㅂㄷ", "별빛 아래 겨울바다"),
        ("ㅂㅂ", "별빛 아래 겨울바다"),
        ("별", "별빛 아래 겨울바다"),
        ("겨", "별빛 아래 겨울바다"),
        ("갑", "값진 과일 축제"),
        ("고", "값진 과일 축제"),
        ("ㄳ", ""),
        ("ㄱㅈㄱㅇ", "값진 과일 축제"),
        ("らいぶ", "冬のライブ"),
        ("冬", "冬のライブ"),
        ("cafe", "Café Del Sol"),
        ("ＳＯＬ", "Café Del Sol"),
        ("여름", ""),
        ("ㅋㅋ", ""),
    ] {
        assert_eq!(found(&catalogue, &words(search)).await, expected, "{search}");
    }
}

pub(crate) async fn k13_a_search_is_ordered_by_day_and_paged_both_ways(given: Given) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    // Three on each day, added in no order of days.
    let new: Vec<_> = (0..30)
        .map(|number| {
            let on = format!("2026-12-{:02}", 10 + number * 7 % 10);
            concert_on(&format!("겨울 {number}"), venue, "Asia/Seoul", &on)
        })
        .collect();
    catalogue.add_concerts(&new).await.unwrap();
    for search in [
        words("겨울"),
        Search::default(),
        Search { days: Some(days("2026-12-01", "2026-12-31")), ..words("겨") },
    ] {
        let mut walks = Vec::new();
        for order in [SearchOrder::EarliestFirst, SearchOrder::LatestFirst] {
            let search = Search { order, ..search.clone() };
            let (mut seen, mut after) = (Vec::new(), None);
            for _ in 0..9 {
                let page = catalogue.search(&search, &rows(4, after)).await.unwrap();
                seen.extend(page.rows.iter().map(|card| (card.first_day, card.id)));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen.len(), 30, "{search:?}");
            walks.push(seen);
        }
        assert!(walks[0].is_sorted());
        walks[1].reverse();
        assert_eq!(walks[0], walks[1]);
    }
    // The cursor of one order or one search is none of another.
    let first = catalogue.search(&words("겨울"), &rows(4, None)).await.unwrap().next;
    for other in [words("겨"), Search { order: SearchOrder::LatestFirst, ..words("겨울") }] {
        let refused = catalogue.search(&other, &rows(4, first.clone())).await;
        assert!(matches!(refused, Err(CatalogueError::Cursor(_))));
    }
}

pub(crate) async fn k14_any_text_is_answered_or_refused(given: Given) {
    let catalogue = given.open().await;
    simple(&catalogue).await;
    for text in [
        "\" OR title : \"",
        "%",
        "_",
        "100%",
        "겨울\" OR \"1\"=\"1",
        "NEAR(겨울 바다)",
        "겨울*",
        "^겨울",
        "겨울 AND 바다",
        "{title} : 겨울",
        "\u{0}겨울",
        "'; DROP TABLE concerts; --",
        "(",
        ")",
        "-겨울",
        "겨울:바다",
        "\\",
        "$1",
        "ㆍㆍ겨",
    ] {
        for search in [
            words(text),
            Search { title: Some(text.to_owned()), ..Search::default() },
            Search { performer: Some(text.to_owned()), ..Search::default() },
            Search { city: Some(text.to_owned()), ..Search::default() },
        ] {
            match catalogue.search(&search, &all()).await {
                Ok(page) => assert!(page.rows.len() <= 1, "{search:?}"),
                Err(error) => assert!(
                    matches!(error, CatalogueError::Unfit(Unfit::Search)),
                    "{search:?}: {error:?}"
                ),
            }
        }
    }
    for text in ["", "  ", "!", "a b c d e f g h i", &"가".repeat(101)] {
        let refused = catalogue.search(&words(text), &all()).await;
        assert!(matches!(refused, Err(CatalogueError::Unfit(Unfit::Search))), "{text}");
    }
    let long = Search { city: Some("가".repeat(101)), ..Search::default() };
    assert!(catalogue.search(&long, &all()).await.is_err());
    assert_eq!(found(&catalogue, &words("겨울")).await, "겨울 바다");
    for cursor in ["", "nonsense", "AAAA"] {
        let refused = catalogue.search(&words("겨울"), &rows(4, Some(cursor.to_owned()))).await;
        assert!(matches!(refused, Err(CatalogueError::Cursor(_))), "{cursor}");
    }
}
