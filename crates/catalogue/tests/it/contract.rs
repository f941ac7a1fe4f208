//! The contract: each case runs on SQLite as a test of its own, and all of them on one PostgreSQL in one test.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use catalogue::{Catalogue, Home};

use crate::given::Given;
use crate::postgres::Postgres;

/// Longer than any case takes on a busy machine.
const CASE_MAX: Duration = Duration::from_mins(2);

type Case = fn(Given) -> Pin<Box<dyn Future<Output = ()>>>;

macro_rules! contract {
    ($($module:ident { $($case:ident)* })*) => {
        const CASES: &[(&str, Case)] =
            &[$($((stringify!($case), |given| Box::pin(crate::$module::$case(given))),)*)*];

        mod on_sqlite {
            $($(
                #[tokio::test]
                async fn $case() {
                    let folder = tempfile::tempdir().unwrap();
                    let given = crate::given::Given::file(folder.path());
                    let case = crate::$module::$case(given);
                    tokio::time::timeout(super::CASE_MAX, case).await.unwrap();
                }
            )*)*
        }
    };
}

contract! {
    rules {
        k2_the_database_keeps_a_seat_out_of_a_second_live_booking
        k3_the_database_refuses_what_no_code_may_write
        k3_unfit_concerts_are_refused_by_name_and_leave_nothing
        k4_o46_tables_are_made_once_and_those_of_a_later_version_are_left_alone
    }
    lists {
        k6_on_sale_lists_what_is_open_the_latest_opening_first
        k7_opening_soon_lists_what_opens_the_nearest_first
        k9_pages_show_each_concert_once_while_others_are_added
        k15_the_calendar_shows_the_openings_of_days_at_the_venue
        k18_the_page_of_a_concert_has_everything
    }
    search {
        k10_words_title_performer_city_and_days_mix
        k11_a_range_of_days_ends_when_its_last_day_ends_at_the_venue
        k12_both_databases_find_korean_by_parts_and_initials
        k13_a_search_is_ordered_by_day_and_paged_both_ways
        k14_any_text_is_answered_or_refused
    }
    accounts {
        l1_the_first_log_in_makes_the_guest_an_account
        l2_a_guest_of_another_browser_becomes_one_of_the_account
        l3_a_login_belongs_to_one_account_however_many_come_at_once
        l4_sessions_are_kept_by_hash_and_end_alone_or_together
        l5_a_deleted_person_leaves_bookings_that_name_nobody
    }
    people {
        k1_likes_sent_twice_and_at_once_stand_once
        k1_a_concert_that_does_not_exist_cannot_be_liked
        k16_favourites_are_listed_the_newest_first_and_end_at_a_limit
        k17_a_guest_becomes_one_person_however_many_requests_come_at_once
    }
    openings {
        k19_openings_are_asked_for_before_they_open_until_each_has_a_sale
        k20_an_opening_has_one_sale
        k34_a_page_shows_the_seats_left_that_were_seen_last
    }
    entries {
        t6_a_ticket_is_taken_once_and_only_while_its_booking_holds
        t9_what_was_taken_outlives_a_new_projection
    }
    projection {
        k65_a_cancel_that_the_clock_puts_before_its_booking_is_taken
        k22_a_batch_that_is_told_twice_is_applied_once
        k24_a_rebuilt_projection_is_the_same_and_keeps_its_numbers
        k25_cancelled_seats_can_be_booked_again_and_stay_on_record
        k29_a_booking_has_seats_and_each_once
    }
    points {
        m1_a_person_is_welcomed_with_points_once
        m2_the_database_keeps_the_ledger_as_it_is
        m2_the_database_takes_no_entry_that_does_not_follow
        m3_a_payment_is_debited_once_and_only_if_the_balance_covers_it
        m4_a_payment_ends_booked_or_returned_and_never_both
        m5_a_cancel_credits_its_refund_once_however_often_it_is_told
        m6_many_at_once_neither_make_nor_lose_money
        m6_random_histories_agree_with_a_simple_model
        m7_the_ledger_is_paged_the_newest_entry_first
        m8_entries_that_do_not_follow_or_are_of_somebody_else_are_found
        m8_payments_whose_entries_do_not_fit_are_found
        m8_bookings_and_payments_that_do_not_fit_are_found
    }
    crashes {
        k23_a_crash_between_any_two_writes_is_caught_up
        m3_m4_m5_a_crash_leaves_an_entry_with_its_payment_or_neither
    }
    faults {
        k30_o12_nothing_is_on_sale_after_its_performance_began
        k32_bookings_of_a_performance_count_together_for_a_person
        k33_o2_two_programs_on_one_database_book_a_seat_once
        k64_two_programs_that_write_at_once_wait_for_each_other
    }
    generated {
        k26_equal_seeds_give_equal_concerts
        k27_the_demo_renews_itself_and_forgets_within_a_bound
        k28_the_original_in_small_has_its_proportions_and_goes_on_after_a_stop
        k60_a_run_that_is_broken_off_leaves_no_index_out
    }
}

#[test]
fn k5_the_whole_contract_holds_on_postgres() {
    let server = Postgres::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let failed: Vec<&str> = tokio::task::LocalSet::new().block_on(&runtime, async {
        let mut failed = Vec::new();
        // A URL that demands TLS is not answered without it.
        let mut options = Given::database(&server, "without_tls").await.options();
        if let Home::Postgres(url) = &mut options.home {
            url.push_str("&sslmode=require");
        }
        assert!(Catalogue::open(options).await.is_err());
        for (name, case) in CASES {
            let given = Given::database(&server, name).await;
            let run = tokio::task::spawn_local(tokio::time::timeout(CASE_MAX, case(given)));
            if !matches!(run.await, Ok(Ok(()))) {
                failed.push(*name);
            }
        }
        failed
    });
    assert!(failed.is_empty(), "these cases failed, see their panics above: {failed:#?}");
}
