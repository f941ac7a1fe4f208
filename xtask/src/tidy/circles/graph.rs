//! Circles in a graph.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// From one node to another, with the line that makes the edge.
pub(super) type Edges = BTreeMap<(usize, usize), usize>;

/// For every edge that lies on a circle, a shortest one through it. Each circle is told once, from its lowest node on.
pub(super) fn circles(edges: &Edges) -> BTreeSet<Vec<usize>> {
    edges
        .keys()
        .filter_map(|&(from, to)| path(edges, to, from))
        .map(|mut circle| {
            let lowest = circle.iter().enumerate().min_by_key(|(_, node)| **node);
            let begin = lowest.map_or(0, |(at, _)| at);
            circle.rotate_left(begin);
            circle
        })
        .collect()
}

/// The nodes of a shortest way, both ends among them.
fn path(edges: &Edges, from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came_from = BTreeMap::from([(from, from)]);
    let mut waiting = VecDeque::from([from]);
    while let Some(node) = waiting.pop_front() {
        if node == to {
            let back = |node: &usize| Some(came_from[node]).filter(|previous| previous != node);
            let mut nodes: Vec<usize> = std::iter::successors(Some(to), back).collect();
            nodes.reverse();
            return Some(nodes);
        }
        for &(_, next) in edges.range((node, 0)..=(node, usize::MAX)).map(|(edge, _)| edge) {
            came_from.entry(next).or_insert_with(|| {
                waiting.push_back(next);
                node
            });
        }
    }
    None
}
