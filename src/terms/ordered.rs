//! Tìm trong danh sách có thứ tự: where something belongs in a list that is in order.

/// How many of the first items are before what is looked for, by their positions.
///
/// As `slice::partition_point`, which is called and not inlined where crates are not optimised together (decision 045): half
/// the cost of looking up the law of a day.
#[inline]
pub fn count_before(count: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::count_before;

    #[test]
    fn every_place_of_every_short_list_is_found() {
        for count in 0..40 {
            for wanted in 0..=count {
                assert_eq!(count_before(count, |at| at < wanted), wanted);
            }
        }
    }
}
