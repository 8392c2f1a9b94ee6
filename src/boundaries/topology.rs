//! From polygons that repeat their common lines to lines kept once.
//!
//! A point is a *junction* when the loops that pass through it come from or go to different points:
//! there lines part. Loops are cut at junctions; a piece and its reverse are the same line (after
//! Bostock's TopoJSON, 2012).

use std::collections::BTreeMap;

use super::{Area, Boundaries, Loop, Pass, Point, Ring, Shape};

impl Boundaries {
    /// The areas of some shapes. Shapes of one code become one area. Loops must have at least three
    /// points, none twice in a row; others are left out.
    pub fn new(mut shapes: Vec<Shape>) -> Self {
        shapes.sort_by(|a, b| a.code.cmp(&b.code));
        let loops = || shapes.iter().flat_map(|s| s.polygons.iter().flatten());
        let junctions = junctions(loops().filter(|points| points.len() > 2));
        let mut arcs: BTreeMap<Vec<Point>, usize> = BTreeMap::new();
        let mut areas: Vec<Area> = Vec::new();
        for shape in &shapes {
            let polygons = shape.polygons.iter().map(|polygon| {
                let loops = polygon.iter().filter(|points| points.len() > 2);
                loops.map(|points| ring(points, &junctions, &mut arcs)).collect::<Vec<_>>()
            });
            let polygons: Vec<_> = polygons.filter(|rings| !rings.is_empty()).collect();
            match areas.last_mut().filter(|last| last.code == shape.code) {
                Some(last) => last.polygons.extend(polygons),
                None => areas.push(Area { code: shape.code.clone(), polygons }),
            }
        }
        Self::in_order(arcs, areas)
    }

    /// Numbers the arcs in their own order, so that no order of files can show.
    fn in_order(arcs: BTreeMap<Vec<Point>, usize>, mut areas: Vec<Area>) -> Self {
        let mut place = vec![0; arcs.len()];
        for (now, before) in arcs.values().enumerate() {
            place[*before] = now;
        }
        let passes = areas.iter_mut().flat_map(|area| area.polygons.iter_mut().flatten());
        passes.flatten().for_each(|pass| pass.arc = place[pass.arc]);
        Self { arcs: arcs.into_keys().collect(), areas }
    }
}

/// Points where lines part, ascending.
fn junctions<'a>(loops: impl Iterator<Item = &'a Loop>) -> Vec<Point> {
    let mut passages = Vec::new();
    for points in loops {
        for at in 0..points.len() {
            let before = points[(at + points.len() - 1) % points.len()];
            let after = points[(at + 1) % points.len()];
            passages.push((points[at], before.min(after), before.max(after)));
        }
    }
    passages.sort_unstable();
    passages.dedup();
    let mut junctions: Vec<Point> =
        passages.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0).collect();
    junctions.dedup();
    junctions
}

/// Cuts a loop at junctions.
fn ring(points: &[Point], junctions: &[Point], arcs: &mut BTreeMap<Vec<Point>, usize>) -> Ring {
    let is_junction = |point: &Point| junctions.binary_search(point).is_ok();
    // a loop that meets no other begins at its smallest point
    let start = points.iter().position(is_junction).unwrap_or_else(|| {
        let smallest = (0..points.len()).min_by_key(|at| points[*at]);
        smallest.expect("a loop has points")
    });
    let mut ring = Vec::new();
    let mut line = vec![points[start]];
    for step in 1..=points.len() {
        let point = points[(start + step) % points.len()];
        line.push(point);
        if step == points.len() || is_junction(&point) {
            ring.push(pass(std::mem::replace(&mut line, vec![point]), arcs));
        }
    }
    ring
}

/// The arc of a line: the smaller of the line and its reverse.
fn pass(line: Vec<Point>, arcs: &mut BTreeMap<Vec<Point>, usize>) -> Pass {
    let backwards = line.iter().rev().lt(line.iter());
    let line = if backwards { line.into_iter().rev().collect() } else { line };
    let next = arcs.len();
    Pass { arc: *arcs.entry(line).or_insert(next), backwards }
}
