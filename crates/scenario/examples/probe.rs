use crowd::*;
use sale::*;
use scenario::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let o = Overrides {
        rivals: a.get(2).and_then(|x| x.parse().ok()).filter(|&n: &u32| n > 0),
        style: a.get(4).cloned(),
    };
    let seed = a.get(3).and_then(|x| x.parse().ok()).unwrap_or(1);
    let r = Recipe::load(&Library::with_folder("data".into()), &a[1], &o).unwrap();
    let s = r.stage().unwrap();
    let ends = s.ends_at;
    let open = s.scenario.rules.opens_at;
    let base = rss();
    let t = std::time::Instant::now();
    let mut race = Race::new(s.scenario, seed).unwrap();
    let mut at = Moment::START;
    let marks = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2., 3., 5., 10., 60., 300.];
    let mut placed = [0u32; 15];
    let mut bots = [0u32; 15];
    let mut nb = 0;
    let mut stat = std::collections::BTreeMap::<String, (u32, u32)>::new();
    let mut seen = std::collections::HashSet::new();
    let count = std::env::var("COUNT").is_ok();
    while !race.is_over() && at < ends {
        at = at + Span::from_millis(20);
        race.advance(at);
        while let Some(e) = race.poll_event() {
            if count {
                if let Event::PlaceGivenUp { visitor, .. } = e.event {
                    let _ = visitor;
                }
                if let Event::Placed { visitor, .. } = e.event {
                    if !seen.insert(visitor.0) {
                        continue;
                    }
                    let p = race.persona_of(visitor).unwrap();
                    let x = e.at.since(open).as_secs_f64();
                    for i in 0..15 {
                        if x <= marks[i] {
                            if p.is_bot { bots[i] += 1 } else { placed[i] += 1 }
                        }
                    }
                    if p.is_bot {
                        nb += 1
                    };
                    stat.entry(p.name.clone()).or_default().0 += 1;
                }
                if let Event::Booked { visitor, .. } = e.event {
                    let p = race.persona_of(visitor).unwrap();
                    stat.entry(p.name.clone()).or_default().1 += 1;
                }
            }
        }
    }
    let w = t.elapsed().as_secs_f64();
    let y = race.tally();
    println!(
        "wall {w:.3}s events {} ({:.1} M/s) rss +{} KiB hash {} over at {:?}",
        y.events(),
        y.events() as f64 / w / 1e6,
        rss() - base,
        race.hash(),
        race.sale().now()
    );
    println!(
        "held all {:?} paid50 {:?} 90 {:?} 99 {:?} 100 {:?}",
        y.all_held_after().map(|x| x.as_secs_f64()),
        y.paid_after(50).map(|x| x.as_secs_f64()),
        y.paid_after(90).map(|x| x.as_secs_f64()),
        y.paid_after(99).map(|x| x.as_secs_f64()),
        y.paid_after(100).map(|x| x.as_secs_f64())
    );
    println!(
        "conflict {:.3} {:?} bookings {} sold {} ended {} early {} givenup {}",
        y.conflict_rate(),
        Band::ALL.map(|b| y.conflict_rate_in(b).map(|x| (x * 1000.).round() / 1000.)),
        y.bookings(),
        y.sold(),
        y.holds_ended(),
        y.early_presses(),
        y.places_given_up()
    );
    if count {
        let n = race.rival_count() - nb;
        for i in 0..15 {
            print!("{}s {:.2}% | ", marks[i], placed[i] as f64 * 100. / n as f64);
        }
        println!("\n bots {nb} {stat:?}");
    }
}
fn rss() -> i64 {
    std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .lines()
        .find(|l| l.starts_with("VmHWM"))
        .unwrap()
        .split_whitespace()
        .nth(1)
        .unwrap()
        .parse()
        .unwrap()
}
