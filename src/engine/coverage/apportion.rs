//! Chia số người: whole persons by weight, so that no person is lost and none is made up.

use std::cmp::Reverse;

/// Persons by weight: the largest parts of a person are rounded up, of equal ones the first. Nobody where there is no weight.
pub fn by_weight(persons: u64, weights: &[u64]) -> Vec<u64> {
    let all: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if all == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u64| u128::from(persons) * u128::from(weight);
    let whole = |weight: u64| u64::try_from(exact(weight) / all).unwrap_or(u64::MAX);
    let mut parts: Vec<u64> = weights.iter().map(|weight| whole(*weight)).collect();
    let left = persons.saturating_sub(parts.iter().sum());
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| Reverse(exact(weights[*at]) % all));
    for (at, _) in order.into_iter().zip(0..left) {
        parts[at] += 1;
    }
    parts
}

/// A table with these sums of its rows and of its columns, every row as near to the columns as whole persons allow.
///
/// What one row had too much the next ones have less, so that many small rows together are not all of the largest column.
pub fn table(rows: &[u64], columns: &[u64]) -> Vec<Vec<u64>> {
    let mut left = columns.to_vec();
    let row = |persons: &u64| {
        let parts = by_weight(*persons, &left);
        left.iter_mut().zip(&parts).for_each(|(left, part)| *left = left.saturating_sub(*part));
        parts
    };
    rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_lost() {
        assert_eq!(by_weight(10, &[60, 25, 15]), [6, 3, 1]); // 6, 2.5, 1.5: of equal parts the first
        assert_eq!(by_weight(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(by_weight(0, &[1, 2]), [0, 0]);
        assert_eq!(by_weight(5, &[0, 0]), [0, 0]);
        assert_eq!(by_weight(7, &[0, 3]), [0, 7]);
    }

    #[test]
    fn rows_and_columns_keep_their_sums() {
        // Ten communes of one person each, 60/40: not ten of the larger group.
        let found = table(&[1; 10], &[6, 4]);
        assert_eq!(found.iter().map(|row| row[0]).sum::<u64>(), 6);
        assert!(found.iter().all(|row| row.iter().sum::<u64>() == 1));
        assert_eq!(table(&[3, 4], &[5, 2]), [[2, 1], [3, 1]]);
    }
}
