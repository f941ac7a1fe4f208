//! Counts, order, geometry, quality and prices of every built-in hall.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

pub(super) fn hall(name: &str) -> Plan {
    let spec = builtin(name).expect("it is built in");
    let spec = Spec::parse(spec).unwrap_or_else(|error| panic!("{name}: {error}"));
    generate(&spec).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn halls() -> impl Iterator<Item = Plan> {
    BUILTIN_NAMES.into_iter().map(hall)
}

fn point(seat: &Seat) -> Point {
    Point { x: seat.x, y: seat.y }
}

#[test]
fn p1_built_in_halls_have_exactly_the_seats_they_promise() {
    let seats: Vec<(String, usize)> = halls().map(|plan| (plan.name, plan.seats.len())).collect();
    let promised = [
        ("theatre", 1_200),
        ("musical", 1_700),
        ("hall", 5_000),
        ("arena-10k", 10_000),
        ("arena", 15_000),
        ("dome", 18_000),
        ("stadium", 50_000),
    ];
    let promised: Vec<(String, usize)> =
        promised.into_iter().map(|(name, seats)| (name.to_owned(), seats)).collect();
    assert_eq!(seats, promised);
    assert_eq!(builtin("nowhere"), None);
}

#[test]
fn p1_an_arena_has_30_to_60_sections_and_three_floors() {
    let arena = hall("arena");
    assert!((30..=60).contains(&arena.sections.len()), "{}", arena.sections.len());
    let floors: BTreeSet<&str> = arena.sections.iter().map(|s| s.floor.as_str()).collect();
    assert_eq!(floors.into_iter().collect::<Vec<_>>(), ["2", "3", "F"]);
    let labels: Vec<&str> = arena.sections.iter().map(|s| s.label.as_str()).collect();
    assert_eq!((labels[0], labels[11], labels[12]), ("A", "L", "201"));
}

#[test]
fn p2_sections_and_rows_are_ranges_that_follow_one_another() {
    for plan in halls() {
        let (mut row, mut seat) = (0, 0);
        for (index, section) in (0..).zip(&plan.sections) {
            assert_eq!((section.rows.start, section.seats.start), (row, seat), "{}", plan.name);
            for row_index in section.rows.clone() {
                let about = &plan.rows[row_index as usize];
                assert_eq!((about.section, about.seats.start), (index, seat), "{}", plan.name);
                assert!(!about.seats.is_empty());
                for seat in about.seats.clone() {
                    assert_eq!(plan.seats[seat as usize].row, row_index);
                }
                seat = about.seats.end;
            }
            row = section.rows.end;
            assert_eq!(section.seats.end, seat);
        }
        assert_eq!((row as usize, seat as usize), (plan.rows.len(), plan.seats.len()));
    }
}

#[test]
fn p2_no_two_seats_have_the_same_floor_section_row_and_number() {
    for plan in halls() {
        let mut addresses = BTreeSet::new();
        for (index, seat) in (0..).zip(&plan.seats) {
            let (section, row) = (plan.section_of(index), plan.row_of(index));
            let address = (&section.floor, &section.label, &row.label, &seat.number);
            assert!(addresses.insert(address), "{}: {address:?} twice", plan.name);
        }
    }
}

#[test]
fn p3_seats_stand_at_least_the_least_pitch_apart() {
    // Positions are rounded to whole centimetres, so each of the two may be off by 0.71.
    let least = limits::PITCH_MIN_CM - 1.5;
    for plan in halls() {
        let mut cells: BTreeMap<(i32, i32), Vec<Point>> = BTreeMap::new();
        #[expect(clippy::cast_possible_truncation, reason = "plans are some hundred metres wide")]
        let cell = |point: Point| ((point.x / 50.0) as i32, (point.y / 50.0) as i32);
        for seat in &plan.seats {
            let at = point(seat);
            let (column, row) = cell(at);
            for near in
                (column - 1..=column + 1).flat_map(|c| (row - 1..=row + 1).map(move |r| (c, r)))
            {
                for other in cells.get(&near).into_iter().flatten() {
                    let distance = f64::from(at.x - other.x).hypot(f64::from(at.y - other.y));
                    assert!(distance >= least, "{}: {at:?} and {other:?}", plan.name);
                }
            }
            cells.entry((column, row)).or_default().push(at);
        }
    }
}

#[test]
fn p3_no_section_reaches_into_another_or_onto_the_stage() {
    for plan in halls() {
        for (index, section) in plan.sections.iter().enumerate() {
            for (other_index, other) in plan.sections.iter().enumerate() {
                if index == other_index {
                    continue;
                }
                let names = format!("{}: {} and {}", plan.name, section.label, other.label);
                let seats = &plan.seats[section.seats.start as usize..section.seats.end as usize];
                let reaches = section.outline.iter().copied().chain(seats.iter().map(point));
                assert!(!reaches.into_iter().any(|at| contains(&other.outline, at)), "{names}");
            }
            for corner in &section.outline {
                assert!(!contains(&plan.stage.outline, *corner), "{}", section.label);
            }
        }
    }
}

#[test]
fn p3_every_seat_is_inside_its_section_and_off_the_stage() {
    for plan in halls() {
        for (index, seat) in (0..).zip(&plan.seats) {
            let section = plan.section_of(index);
            let at = point(seat);
            assert!(contains(&section.outline, at), "{} {} {at:?}", plan.name, section.label);
            assert!(distance_to_outline(&plan.stage.outline, at) >= 160.0, "{} {at:?}", plan.name);
            assert!((0.0..=plan.width).contains(&at.x) && (0.0..=plan.height).contains(&at.y));
        }
    }
}

#[test]
fn p4_neighbours_are_a_chair_apart_and_others_are_not() {
    for plan in halls() {
        for (index, pair) in (0..).zip(plan.seats.windows(2)) {
            let wide = pair.iter().filter(|seat| seat.kind == SeatKind::Wheelchair).count();
            let chairs = 1.0 + 0.5 * f32::from(u8::try_from(wide).unwrap());
            let gap = (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y);
            let section = plan.section_of(index);
            let what = format!("{} {} {index}: {gap} cm", plan.name, section.label);
            if pair[0].next_adjacent {
                assert_eq!(pair[0].row, pair[1].row, "{what}");
                assert!((45.0 * chairs..=54.0 * chairs).contains(&gap), "{what}");
            } else if pair[0].row == pair[1].row {
                assert!(gap > 90.0 * chairs, "{what}");
            }
        }
        assert!(!plan.seats.last().unwrap().next_adjacent);
    }
}

#[test]
fn p5_every_hall_has_wheelchair_places_and_restricted_views() {
    for plan in halls() {
        let summary = summary::PlanSummary::of_plan(&plan);
        assert!(summary.wheelchair_count >= 8, "{}: {}", plan.name, summary.wheelchair_count);
        let restricted_max = summary.seat_count / 8;
        assert!((1..=restricted_max).contains(&summary.restricted_count), "{}", plan.name);
    }
}

#[test]
fn p6_the_best_seat_is_in_front_on_the_ground_floor_and_the_worst_on_the_top_floor() {
    for plan in halls() {
        let levels = plan.levels();
        let level = |seat: &Seat| levels[plan.rows[seat.row as usize].section as usize];
        let by_quality = |a: &&Seat, b: &&Seat| a.quality.total_cmp(&b.quality);
        let best = plan.seats.iter().max_by(by_quality).unwrap();
        let worst = plan.seats.iter().min_by(by_quality).unwrap();
        assert_eq!((best.quality, worst.quality), (1.0, 0.0), "{}", plan.name);
        assert_eq!(level(best), 0, "{}", plan.name);
        assert_eq!(level(worst), *levels.iter().max().unwrap(), "{}", plan.name);
        let off_axis = |seat: &Seat| (seat.x - plan.stage.focus.x).abs() / plan.width;
        assert!(off_axis(best) < 0.1, "{}: {best:?}", plan.name);
        assert!(distance_to_outline(&plan.stage.outline, point(best)) < 500.0, "{}", plan.name);
        assert!(plan.seats.iter().all(|seat| (0.0..=1.0).contains(&seat.quality)));
    }
}

#[test]
fn p7_grades_are_mixed_and_priced_as_in_real_sales() {
    for plan in halls() {
        let summary = summary::PlanSummary::of_plan(&plan);
        let share = |seats: u32| f64::from(seats) / f64::from(summary.seat_count);
        let shares: Vec<f64> = summary.grades.iter().map(|grade| share(grade.seat_count)).collect();
        let rest: f64 = shares[3..].iter().sum();
        let what = format!("{}: {shares:?}", plan.name);
        assert!((0.15..=0.30).contains(&shares[0]), "{what}");
        assert!((0.30..=0.40).contains(&shares[1]), "{what}");
        assert!((0.20..=0.30).contains(&shares[2]), "{what}");
        assert!((0.10..=0.20).contains(&rest), "{what}");
        assert!(plan.grades.is_sorted_by(|a, b| a.price_won > b.price_won), "{what}");
    }
}

#[test]
fn p8_the_same_spec_gives_the_same_plan_for_ever() {
    let fingerprint = |plan: &Plan| {
        // FNV-1a over everything that a race depends on.
        let bytes = plan.seats.iter().flat_map(|seat| {
            let place = [seat.x.to_bits(), seat.y.to_bits(), seat.quality.to_bits()];
            let rest = [seat.grade, seat.kind as u8, u8::from(seat.next_adjacent)];
            place.into_iter().flat_map(u32::to_le_bytes).chain(rest)
        });
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let found: Vec<String> =
        halls().map(|plan| format!("{} {:016x}", plan.name, fingerprint(&plan))).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    theatre 13f3296ace73da15
    musical 0f94ede62e9846ad
    hall 369bcca902cf15ff
    arena-10k 42d12965a9b9b03f
    arena ea5279e0e2a4270f
    dome 3e5867fe95b4ef53
    stadium 9dbb3f188e16d76d
    ");
}
