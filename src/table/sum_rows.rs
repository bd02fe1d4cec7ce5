//! Dòng cộng: what the sum rows of a table state, held against the rows that they add up.

/// Dòng cộng của một bảng có `N` cột số.
#[derive(Debug, Clone)]
pub(super) struct SumRows<const N: usize> {
    running: [i128; N],
    stated: Vec<SumStated<N>>,
}

/// Một dòng cộng.
#[derive(Debug, Clone)]
struct SumStated<const N: usize> {
    name: String,
    stated: [Option<i128>; N],
    /// Sum of all rows above it.
    above: [i128; N],
}

/// Số của dòng cộng không khớp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrongSum {
    /// What the row is called.
    pub(super) name: String,
    /// Which column.
    pub(super) column: usize,
    /// What it states.
    pub(super) stated: i128,
    /// What the rows add up to.
    pub(super) computed: i128,
}

impl<const N: usize> Default for SumRows<N> {
    fn default() -> SumRows<N> {
        SumRows { running: [0; N], stated: Vec::new() }
    }
}

impl<const N: usize> SumRows<N> {
    /// One more row.
    pub(super) fn add(&mut self, amounts: [Option<i128>; N]) {
        for (sum, amount) in self.running.iter_mut().zip(amounts) {
            *sum += amount.unwrap_or(0);
        }
    }

    /// A sum row, above, between or below the rows.
    pub(super) fn state(&mut self, name: &str, stated: [Option<i128>; N]) {
        self.stated.push(SumStated { name: name.to_owned(), stated, above: self.running });
    }

    /// Sums that are neither those of all rows, nor of the rows since the sum before, nor of those up to the next.
    pub(super) fn wrong(&self) -> Vec<WrongSum> {
        let mut wrong = Vec::new();
        for (at, row) in self.stated.iter().enumerate() {
            let before = at.checked_sub(1).map_or([0; N], |before| self.stated[before].above);
            let next = self.stated.get(at + 1).map_or(self.running, |next| next.above);
            let of = |from: [i128; N], to: [i128; N]| std::array::from_fn(|column| to[column] - from[column]);
            let candidates: [[i128; N]; 4] =
                [self.running, of(before, row.above), of(row.above, next), row.above];
            let holds = |sums: &[i128; N]| {
                row.stated.iter().zip(sums).all(|(stated, sum)| stated.is_none_or(|stated| stated == *sum))
            };
            if candidates.iter().any(holds) {
                continue;
            }
            // Named by the sum that comes nearest: the one that agrees in most columns.
            let agreeing = |sums: &[i128; N]| {
                row.stated.iter().zip(sums).filter(|(stated, sum)| **stated == Some(**sum)).count()
            };
            let nearest = candidates.iter().rev().max_by_key(|sums| agreeing(sums)).unwrap_or(&self.running);
            for (column, (stated, computed)) in row.stated.iter().zip(nearest).enumerate() {
                if let Some(stated) = stated.filter(|stated| stated != computed) {
                    wrong.push(WrongSum { name: row.name.clone(), column, stated, computed: *computed });
                }
            }
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_all_of_sections_and_of_nothing_that_stands_there() {
        let mut sums = SumRows::<1>::default();
        sums.state("all", [Some(6)]);
        sums.add([Some(1)]);
        sums.add([Some(2)]);
        sums.state("first section", [Some(3)]);
        sums.add([Some(3)]);
        sums.state("second section", [Some(3)]);
        assert_eq!(sums.wrong(), []);
        sums.state("wrong", [Some(7)]);
        let wrong = WrongSum { name: "wrong".to_owned(), column: 0, stated: 7, computed: 6 };
        assert_eq!(sums.wrong(), [wrong]);
    }
}
