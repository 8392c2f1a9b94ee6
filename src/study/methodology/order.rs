//! The order in which nodes are computed: children before parents, else as in the file.

use std::collections::BTreeSet;

/// Positions of the nodes in an order in which every child stands before its parents; among those
/// that could be next, the first of the file is. `children[i]` are the positions of the children
/// of node `i`. The error is a circle, as positions, each a child of the one before it, with the
/// first one repeated at the end.
pub(super) fn order(children: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut waiting: Vec<usize> =
        children.iter().map(|list| list.iter().collect::<BTreeSet<_>>().len()).collect();
    let mut parents: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); children.len()];
    for (parent, list) in children.iter().enumerate() {
        for &child in list {
            parents[child].insert(parent);
        }
    }
    let mut ready: BTreeSet<usize> = (0..children.len()).filter(|&n| waiting[n] == 0).collect();
    let mut ordered = Vec::with_capacity(children.len());
    while let Some(node) = ready.pop_first() {
        ordered.push(node);
        for &parent in &parents[node] {
            waiting[parent] -= 1;
            if waiting[parent] == 0 {
                ready.insert(parent);
            }
        }
    }
    if ordered.len() == children.len() { Ok(ordered) } else { Err(circle(children, &ordered)) }
}

/// Follows children that were never ready until one comes back.
fn circle(children: &[Vec<usize>], ordered: &[usize]) -> Vec<usize> {
    let done: BTreeSet<usize> = ordered.iter().copied().collect();
    let start = (0..children.len()).find(|node| !done.contains(node));
    let mut way = vec![start.expect("a circle leaves a node without its place")];
    loop {
        let last = way[way.len() - 1];
        let next = children[last].iter().copied().find(|child| !done.contains(child));
        let next = next.expect("a node without its place waits for such a child");
        if let Some(first) = way.iter().position(|&node| node == next) {
            way.push(next);
            return way.split_off(first);
        }
        way.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_stand_before_parents_and_else_as_in_the_file() {
        let children = vec![vec![2, 3], vec![], vec![1], vec![]];
        assert_eq!(order(&children), Ok(vec![1, 2, 3, 0]));
        assert_eq!(order(&[vec![], vec![], vec![]]), Ok(vec![0, 1, 2]));
        assert_eq!(order(&[vec![1, 1], vec![]]), Ok(vec![1, 0]));
    }

    #[test]
    fn a_circle_is_named_in_full() {
        let children = vec![vec![1], vec![2], vec![3], vec![1]];
        assert_eq!(order(&children), Err(vec![1, 2, 3, 1]));
        assert_eq!(order(&[vec![0]]), Err(vec![0, 0]));
    }
}
