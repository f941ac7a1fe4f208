//! The agenda gives beats in the order of a sorted set.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// A plain model: beats in a set ordered by time and beat.
fn take_first(model: &mut BTreeSet<(Moment, Beat)>) -> Option<(Moment, Beat)> {
    model.pop_first()
}

proptest! {
    /// Each step plans a beat some nanoseconds after the last one taken, or takes one.
    #[test]
    fn c2_beats_come_in_order_of_time_whatever_their_distance(
        steps in prop::collection::vec((0_u64..4, 0_u32..36, any::<u32>()), 1..400)
    ) {
        let (mut agenda, mut model) = (Agenda::default(), BTreeSet::new());
        let mut now = Moment::START;
        for (kind, bits, number) in steps {
            if kind == 0 {
                let taken = agenda.take();
                prop_assert_eq!(taken, take_first(&mut model));
                now = taken.map_or(now, |taken| taken.0);
            } else {
                let ahead = u64::from(number) & ((1 << bits) - 1);
                let at = Moment::from_nanos(now.as_nanos() + (ahead << (bits % 5)));
                let beat = Beat::Act { slot: number % 7 };
                if model.insert((at, beat)) {
                    agenda.plan(at, beat);
                }
            }
            prop_assert_eq!(agenda.next_at(), model.first().map(|first| first.0));
        }
        let restored: Agenda = borsh::from_slice(&borsh::to_vec(&agenda).unwrap()).unwrap();
        for mut agenda in [agenda, restored] {
            let mut model = model.clone();
            while let Some(first) = take_first(&mut model) {
                prop_assert_eq!(agenda.take(), Some(first));
            }
            prop_assert_eq!(agenda.take(), None);
        }
    }
}
