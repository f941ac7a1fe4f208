//! Paths and their parallels.

use super::*;

fn arc() -> Path {
    Path::Arc { centre: Spot::new(0.0, 0.0), radius: 100.0, from: PI, to: PI / 2.0 }
}

fn near(a: Spot, b: Spot) -> bool {
    a.minus(b).length() < 1e-9
}

#[test]
fn a_parallel_lies_farther_from_the_stage() {
    let line = Path::Line { from: Spot::new(0.0, 10.0), to: Spot::new(50.0, 10.0) };
    assert!(near(line.parallel(5.0).at(0.0), Spot::new(0.0, 15.0)));
    assert!(near(arc().parallel(50.0).at(0.0), Spot::new(-150.0, 0.0)));
}

#[test]
fn each_part_of_a_path_begins_where_the_one_before_it_ends() {
    for path in [arc(), Path::Line { from: Spot::new(1.0, 2.0), to: Spot::new(-30.0, 40.0) }] {
        let parts = path.divided(3);
        assert!(near(parts[0].at(0.0), path.at(0.0)));
        assert!(near(parts[0].at(parts[0].length()), parts[1].at(0.0)));
        assert!(near(parts[2].at(parts[2].length()), path.at(path.length())));
        let shortened = path.shortened(5.0).expect("it is longer than that");
        assert!((shortened.length() - (path.length() - 10.0)).abs() < 1e-9);
        assert_eq!(path.shortened(1_000.0), None);
    }
}
