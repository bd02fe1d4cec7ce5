//! Properties that hold for every household, tried on random ones.

use bhyt::{Enrollee, Quote, QuoteCase, Rulebook, Vnd, quote};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2015, 1, 1).expect("a day of the calendar")
}

fn household(members: usize, already: u32, months: u32, offset: u64) -> QuoteCase {
    QuoteCase {
        paid_on: first_day() + Days::new(offset),
        from: None,
        months,
        until: None,
        province: None,
        already,
        members: vec![Enrollee::of_group("household"); members],
    }
}

fn quoted(case: &QuoteCase) -> Quote {
    quote(&Rulebook::bundled(), case).expect("households are recorded since 2015")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn parts_add_up_and_later_members_never_pay_more(members in 1_usize..12, already in 0_u32..6, months in 1_u32..=12, offset in 0_u64..5_000) {
        let outcome = quoted(&household(members, already, months, offset));
        for member in &outcome.members {
            let parts: Vnd = member.shares.iter().map(|share| share.amount).sum();
            prop_assert_eq!(parts, member.premium);
        }
        let premiums: Vec<Vnd> = outcome.members.iter().map(|member| member.premium).collect();
        prop_assert!(premiums.is_sorted_by(|a, b| a >= b));
        prop_assert_eq!(outcome.total, premiums.iter().copied().sum::<Vnd>());
    }

    #[test]
    fn a_further_member_never_lowers_the_total_and_costs_the_same_from_the_fifth_on(members in 1_usize..40, offset in 0_u64..5_000) {
        let total = |count| quoted(&household(count, 0, 12, offset)).total;
        let marginal = total(members + 1) - total(members);
        prop_assert!(marginal > Vnd::ZERO);
        if members >= 5 {
            prop_assert_eq!(marginal, total(members) - total(members - 1));
        }
    }

    #[test]
    fn members_already_enrolled_shift_the_ranks(members in 1_usize..6, already in 1_u32..6, offset in 0_u64..5_000) {
        let together = quoted(&household(members + already as usize, 0, 6, offset));
        let later = quoted(&household(members, already, 6, offset));
        let tail: Vec<_> = together.members[already as usize..].iter().map(|member| (member.rank, member.premium)).collect();
        let own: Vec<_> = later.members.iter().map(|member| (member.rank, member.premium)).collect();
        prop_assert_eq!(own, tail);
    }

    #[test]
    fn the_order_of_equal_members_does_not_matter(swap in 0_usize..4, offset in 0_u64..5_000) {
        let mut case = household(5, 0, 12, offset);
        for (index, member) in case.members.iter_mut().enumerate() {
            member.name = Some(format!("member {index}"));
        }
        let before = quoted(&case);
        case.members.swap(swap, swap + 1);
        let after = quoted(&case);
        prop_assert_eq!(before.total, after.total);
        let premiums = |outcome: &Quote| outcome.members.iter().map(|member| member.premium).collect::<Vec<_>>();
        prop_assert_eq!(premiums(&before), premiums(&after));
    }

    #[test]
    fn wage_premiums_split_to_the_dong(salary in 1_i64..200_000_000, months in 1_u32..=12, offset in 0_u64..5_000) {
        let mut case = household(1, 0, months, offset);
        case.members = vec![Enrollee { salary: Some(Vnd::whole(salary)), ..Enrollee::of_group("worker") }];
        let outcome = quoted(&case);
        let parts: Vnd = outcome.members[0].shares.iter().map(|share| share.amount).sum();
        prop_assert_eq!(parts, outcome.total);
        prop_assert!(outcome.members[0].shares.iter().all(|share| !share.amount.is_negative()));
    }

    #[test]
    fn premiums_of_months_add_up_inside_one_rule_period(a in 1_u32..6, b in 1_u32..6, offset in 0_u64..5_000) {
        let total = |months| quoted(&household(3, 0, months, offset)).total;
        prop_assert_eq!(total(a) + total(b), total(a + b));
    }
}
