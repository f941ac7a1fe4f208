//! Viewers behind bad links, and what they see in the end.

use super::*;
use crate::trial;

#[test]
fn g10_viewers_behind_bad_links_see_the_sale_in_the_end() {
    let mut total = Counts::default();
    for seed in 0..40 {
        match trial::run(seed) {
            Ok(passed) => total += passed.counts,
            Err(failed) => panic!("{failed}"),
        }
    }
    let faults = [total.lost_frames, total.late_frames, total.doubled_frames, total.damaged_frames];
    assert!(faults.into_iter().all(|count| count > 100), "every fault happens: {total}");
    let follows = [total.resyncs, total.slow_readers, total.reconnects];
    assert!(follows.into_iter().all(|count| count > 10), "every consequence happens: {total}");
    assert!(total.frames > 1000, "most frames are applied: {total}");
}

#[test]
#[should_panic(expected = "a viewer sees other seats than were published")]
fn a_frame_that_lies_is_noticed() {
    let feed = Feed::new([SeatState::Free; 5]);
    let (mut viewer, truth) = (Viewer::default(), Rc::from(vec![SeatState::Sold; 5]));
    viewer.connect(&feed, &truth, Moment::START);
    viewer.settle(&feed, &truth, Moment::START, &mut Counts::default());
}
