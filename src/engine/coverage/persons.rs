//! Đếm từng người: each person of a list once, whatever cards, rows and communes the list has for him.

use super::ListCounts;

/// Số ngày còn lại của thẻ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Ending {
    /// Within 30 days.
    Within30,
    /// Within 60 days.
    Within60,
    /// Within 90 days.
    Within90,
    /// Later.
    Later,
}

impl Ending {
    /// Of a card that is valid for so many more days.
    pub const fn of(days: i64) -> Ending {
        match days {
            ..=30 => Ending::Within30,
            31..=60 => Ending::Within60,
            61..=90 => Ending::Within90,
            _ => Ending::Later,
        }
    }
}

/// Thẻ trong ngày tính.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Valid on the day.
    Valid(Ending),
    /// Not yet valid on the day, but within 90 days.
    Coming,
    /// No card on the day.
    None,
}

/// Một dòng của danh sách, in sixteen bytes so that a country fits into memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CardRow {
    /// Fingerprint of the number of the person.
    pub person: u64,
    /// Line of the table, which decides between several rows of one person.
    pub line: u32,
    /// Commune, by its place in the list of communes.
    pub commune: u16,
    /// Group, by its place in the rulebook.
    pub group: u8,
    state: u8,
}

const COMING: u8 = 4;
const NONE: u8 = 5;

impl CardRow {
    /// A row.
    pub const fn new(person: u64, line: u32, commune: u16, group: u8, state: State) -> CardRow {
        let state = match state {
            State::Valid(ending) => ending as u8,
            State::Coming => COMING,
            State::None => NONE,
        };
        CardRow { person, line, commune, group, state }
    }

    /// The same row in a commune with another place.
    #[must_use]
    pub const fn moved_to(self, commune: u16) -> CardRow {
        CardRow { commune, ..self }
    }

    /// Whether the row is of a card that is valid on the day.
    pub const fn is_covered(self) -> bool {
        self.state < COMING
    }
}

/// Kết quả đếm.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Counted {
    /// Covered persons by commune and group.
    #[serde(skip)]
    pub covered: Vec<Vec<u64>>,
    /// Persons without a card by commune and group.
    pub lapsed: Vec<Vec<u64>>,
    /// What the list says of each commune.
    #[serde(skip)]
    pub listed: Vec<ListCounts>,
    /// Rows.
    pub rows: u64,
    /// Persons.
    pub persons: u64,
    /// Persons with more than one row.
    pub repeated: u64,
    /// Persons with several cards valid on the day.
    pub overlapping: u64,
    /// Persons with rows in several communes.
    pub in_several_communes: u64,
}

impl Counted {
    /// Nothing counted yet, for so many communes and groups.
    pub fn new(communes: usize, groups: usize) -> Counted {
        Counted {
            covered: vec![vec![0; groups]; communes],
            lapsed: vec![vec![0; groups]; communes],
            listed: vec![ListCounts::default(); communes],
            ..Counted::default()
        }
    }

    /// Counts every person of some rows once: in the commune and group of the first row with a card valid on the day, else
    /// of the first row. All rows of a person come together.
    pub fn add(&mut self, records: &mut [CardRow], is_pupil: impl Fn(u8) -> bool) {
        records.sort_unstable();
        self.rows += records.len() as u64;
        for rows in records.chunk_by(|a, b| a.person == b.person) {
            self.person(rows, &is_pupil);
        }
    }

    /// Every person is covered or not.
    ///
    /// # Errors
    /// What does not add up.
    pub fn check(&self) -> Result<(), String> {
        let covered: u64 = self.covered.iter().flatten().sum();
        let without: u64 = self.listed.iter().map(|listed| listed.without).sum();
        let lapsed: u64 = self.lapsed.iter().flatten().sum();
        if covered + without == self.persons && lapsed == without {
            Ok(())
        } else {
            Err(format!("covered {covered} + without {without}, persons {}", self.persons))
        }
    }

    fn person(&mut self, rows: &[CardRow], is_pupil: &impl Fn(u8) -> bool) {
        self.persons += 1;
        let valid = rows.iter().filter(|row| row.is_covered());
        let Some(first) = valid.clone().next().or(rows.first()) else { return };
        if rows.len() > 1 {
            self.repeated += 1;
            self.overlapping += u64::from(valid.clone().count() > 1);
            self.in_several_communes += u64::from(rows.iter().any(|row| row.commune != first.commune));
        }
        let listed = &mut self.listed[usize::from(first.commune)];
        let pupil = u64::from(is_pupil(first.group));
        listed.pupils += pupil;
        if !first.is_covered() {
            listed.without += 1;
            self.lapsed[usize::from(first.commune)][usize::from(first.group)] += 1;
            return;
        }
        listed.pupils_covered += pupil;
        self.covered[usize::from(first.commune)][usize::from(first.group)] += 1;
        let latest = valid.map(|row| row.state).max().unwrap_or(NONE);
        if rows.iter().any(|row| row.state == COMING) {
            return;
        }
        listed.within_30 += u64::from(latest == Ending::Within30 as u8);
        listed.within_60 += u64::from(latest <= Ending::Within60 as u8);
        listed.within_90 += u64::from(latest <= Ending::Within90 as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_counts_once_where_the_first_valid_card_is() {
        let mut records = [
            CardRow::new(1, 9, 1, 0, State::Valid(Ending::Later)),
            CardRow::new(1, 2, 0, 1, State::None),
            CardRow::new(1, 5, 0, 1, State::Valid(Ending::Within30)),
            CardRow::new(2, 3, 0, 0, State::None),
            CardRow::new(3, 4, 1, 0, State::Valid(Ending::Within30)),
            CardRow::new(3, 6, 1, 0, State::Coming),
        ];
        let mut counted = Counted::new(2, 2);
        counted.add(&mut records, |_| false);
        assert_eq!(counted.check(), Ok(()));
        assert_eq!((counted.persons, counted.repeated, counted.overlapping), (3, 2, 1));
        assert_eq!(counted.in_several_communes, 1);
        assert_eq!(counted.covered, [vec![0, 1], vec![1, 0]]);
        assert_eq!(counted.listed[0].without, 1);
        assert_eq!((counted.listed[0].within_90, counted.listed[1].within_90), (0, 0));
        assert_eq!(std::mem::size_of::<CardRow>(), 16);
    }

    #[test]
    fn a_person_who_is_lost_is_a_failed_check() {
        let mut counted = Counted::new(1, 1);
        counted.add(&mut [CardRow::new(1, 2, 0, 0, State::Valid(Ending::Later))], |_| false);
        counted.persons += 1;
        assert!(counted.check().is_err());
    }

    #[test]
    fn persons_covered_and_without_are_all_of_them() {
        let sound = || {
            let mut counted = Counted::new(2, 2);
            let rows = &mut [
                CardRow::new(1, 2, 0, 0, State::Valid(Ending::Later)),
                CardRow::new(2, 2, 1, 1, State::None),
                CardRow::new(3, 2, 1, 0, State::None),
            ];
            counted.add(rows, |_| false);
            counted
        };
        assert_eq!((sound().check(), sound().persons), (Ok(()), 3));
        let wrong = |spoil: fn(&mut Counted)| {
            let mut counted = sound();
            spoil(&mut counted);
            counted.check().is_err()
        };
        assert!(wrong(|counted| counted.persons -= 1));
        assert!(wrong(|counted| counted.covered[0][0] += 1));
        assert!(wrong(|counted| counted.lapsed[1][0] += 1));
        // One without a card more, whose group nobody knows.
        assert!(wrong(|counted| {
            counted.listed[1].without += 1;
            counted.persons += 1;
        }));
    }
}
