//! Batch against the engine and against itself: the same people, any number of threads, any cut of the table.

use std::collections::BTreeMap;

use bhyt::workshop::{EnrolleeGroup, Payment, PremiumBasis, days_after, month_of_cover, places, plan};
use bhyt::{Circumstance, Enrollee, Payer, Rulebook, Vnd};
use chrono::{Datelike, Days, NaiveDate};

use crate::batch::Desk;
use crate::program::bhyt;

/// A small generator with a published sequence (Steele, Lea, Flood 2014).
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("small")
    }

    fn pick<'t, T>(&mut self, things: &'t [T]) -> &'t T {
        &things[self.below(things.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Days on which something changes, and their neighbours.
fn change_days(rules: &Rulebook) -> Vec<NaiveDate> {
    let entries = rules.entries();
    let versions = entries.iter().flat_map(|entry| &entry.versions);
    let mut days: Vec<NaiveDate> = versions
        .flat_map(|version| {
            [Some(version.rule.effective_from), version.rule.effective_until, version.rule.verified_until]
        })
        .flatten()
        .flat_map(|day| [day.pred_opt(), Some(day), day.succ_opt()])
        .flatten()
        .filter(|day| (2014..=2028).contains(&day.year()))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// A row of a table of people.
pub struct Row {
    /// Number of the household.
    pub household: usize,
    person: Enrollee,
    paid_on: NaiveDate,
    from: Option<NaiveDate>,
    months: u32,
    province: Option<String>,
    already: u32,
}

/// Random people of all groups, places and circumstances, around the days on which something changes.
pub struct Crowd<'r> {
    days: Vec<NaiveDate>,
    /// Groups, and whether some version of their terms asks for a salary.
    groups: Vec<(&'r str, bool)>,
    provinces: Vec<&'r str>,
    tags: Vec<String>,
    /// Everyday people: in recent years, on the days themselves, seldom with a circumstance.
    calm: bool,
}

impl<'r> Crowd<'r> {
    /// People to whom rules of this rulebook apply.
    pub fn new(rules: &'r Rulebook) -> Crowd<'r> {
        let needs_salary = |group: &EnrolleeGroup| {
            group.terms.versions().iter().any(|terms| PremiumBasis::needs_amount(terms.value.basis))
        };
        let more = ["grade-1", "grade-12", "final-year", "previous-card", "nonsense"];
        Crowd {
            days: change_days(rules),
            groups: rules.groups().iter().map(|group| (group.id.as_str(), needs_salary(group))).collect(),
            provinces: places(rules).entries.iter().map(|place| place.id.as_str()).collect(),
            tags: rules.known_tags().into_iter().chain(more.map(str::to_owned)).collect(),
            calm: false,
        }
    }

    /// The same without the extremes, so that far more of them can be asked in the same time.
    pub fn calm(rules: &'r Rulebook) -> Crowd<'r> {
        let mut crowd = Crowd::new(rules);
        crowd.days.retain(|day| day.year() >= 2019);
        Crowd { calm: true, ..crowd }
    }

    /// The rows of so many households, numbered from `first` on.
    pub fn rows(&self, dice: &mut Dice, first: usize, households: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        for household in first..first + households {
            let paid_on = self.day(dice);
            let province = dice.chance(50).then(|| (*dice.pick(&self.provinces)).to_owned());
            let already = if dice.chance(10) { u32::try_from(dice.below(4)).expect("small") } else { 0 };
            for _ in 0..=dice.below(6) {
                let paid_on = if dice.chance(5) { self.day(dice) } else { paid_on };
                let mut person = self.person(dice, paid_on);
                person.school = dice.chance(15).then(|| (*dice.pick(&self.provinces)).to_owned());
                rows.push(Row {
                    household,
                    person,
                    paid_on,
                    from: dice.chance(30).then(|| paid_on + Days::new(dice.below(60) as u64)),
                    months: *dice.pick(&[1, 2, 3, 5, 6, 9, 11, 12, 12, 12, 15]),
                    province: province.clone(),
                    already,
                });
            }
        }
        rows
    }

    fn day(&self, dice: &mut Dice) -> NaiveDate {
        let day = *dice.pick(&self.days);
        match dice.below(4) {
            _ if self.calm => day,
            0 => days_after(day, u32::try_from(dice.below(400)).expect("small")).expect("a day"),
            1 => {
                month_of_cover(day, u32::try_from(dice.below(11)).expect("small")).expect("a day")
                    - Days::new(300)
            }
            _ => day,
        }
    }

    fn person(&self, dice: &mut Dice, paid_on: NaiveDate) -> Enrollee {
        let (group, needs_salary) =
            if dice.chance(30) { ("household", false) } else { *dice.pick(&self.groups) };
        let mut person = Enrollee::of_group(group);
        if dice.chance(60) {
            let years = *dice.pick(&[3, 6, 12, 18, 59, 60, 64, 65, 66, 70, 74, 75, 79, 80]);
            let shift = Days::new(dice.below(40) as u64);
            let birthday = month_of_cover(paid_on - Days::new(years * 365 + years / 4), 0).expect("a day");
            person.born = Some(if dice.chance(50) { birthday + shift } else { birthday - shift });
        }
        if needs_salary && dice.chance(97) {
            let salary =
                [1_000_000 + dice.below(60_000_000), 46_799_999 + dice.below(4), 50_599_999 + dice.below(4)];
            person.salary = Some(Vnd::whole(i64::try_from(*dice.pick(&salary)).expect("small")));
        }
        let circumstances = if self.calm && dice.chance(90) { 0 } else { dice.below(4) };
        for _ in 0..circumstances {
            let tag = dice.pick(&self.tags).clone();
            if person.circumstance(&tag).is_some() {
                continue;
            }
            let ago =
                *dice.pick(&[0_u64, 1, 29, 30, 31, 88, 90, 91, 365, 366, 700, 1_095, 1_096, 1_825, 1_826]);
            let date = dice
                .chance(70)
                .then(|| if dice.chance(10) { paid_on + Days::new(ago) } else { paid_on - Days::new(ago) });
            person.circumstances.push(Circumstance { tag, date });
        }
        person
    }
}

/// Heading of the tables of random people.
pub const HEADING: &str =
    "household_id,group,months,paid_on,from,born,salary,province,tags,already,school_province\n";

/// The lines of a table, without a heading.
pub fn csv(rows: &[Row]) -> String {
    let mut out = String::new();
    for row in rows {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let tags: Vec<String> = row
            .person
            .circumstances
            .iter()
            .map(|known| known.date.map_or(known.tag.clone(), |date| format!("{}={date}", known.tag)))
            .collect();
        out += &format!(
            "H{},{},{},{},{},{},{},{},{},{},{}\n",
            row.household,
            row.person.group,
            row.months,
            row.paid_on,
            day(row.from),
            day(row.person.born),
            row.person.salary.map(|salary| salary.to_string()).unwrap_or_default(),
            row.province.as_deref().unwrap_or_default(),
            tags.join(";"),
            row.already,
            row.person.school.as_deref().unwrap_or_default()
        );
    }
    out
}

/// What the engine says about each row, asked anew every time; `None` where it refuses.
fn expected(rules: &Rulebook, rows: &[Row]) -> Vec<Option<String>> {
    // Places are counted by household and, since the discount is one of the fiscal year, by year.
    let mut places: BTreeMap<(usize, i32), u32> = BTreeMap::new();
    let mut current = (usize::MAX, 0);
    let by_year: NaiveDate = "2018-12-01".parse().expect("a day");
    rows.iter()
        .map(|row| {
            if row.household != current.0 || row.paid_on >= by_year {
                current = (row.household, row.paid_on.year());
            }
            let place = places.entry(current).or_default();
            *place += u32::from(row.person.group == "household");
            let place = *place;
            let payment = Payment {
                paid_on: row.paid_on,
                from: row.from,
                months: row.months,
                province: row.province.as_deref(),
            };
            let plan = plan(rules, &row.person, payment).ok()?;
            let on_ladder = plan.segments.iter().any(|segment| segment.ladder.is_some());
            let rank = on_ladder.then_some(place + row.already);
            let amounts = plan.amounts(rank, row.person.salary).ok()?;
            let fund = amounts.of(Payer::SocialInsuranceFund) + amounts.of(Payer::UnemploymentFund);
            Some(format!(
                "{},{},{},{fund},{},{},{},{}",
                amounts.premium,
                amounts.of(Payer::Person),
                amounts.of(Payer::Employer),
                amounts.of(Payer::State),
                amounts.of(Payer::Local),
                amounts.of(Payer::Other),
                rank.map(|rank| rank.to_string()).unwrap_or_default()
            ))
        })
        .collect()
}

/// Some 14,000 rows; `BHYT_HOUSEHOLDS=30000` asks more than 100,000.
#[test]
fn kept_plans_say_what_the_engine_says() {
    let rules = Rulebook::bundled();
    let mut dice = Dice(2026);
    let households = std::env::var("BHYT_HOUSEHOLDS").map_or(4_000, |count| count.parse().expect("a number"));
    let rows = Crowd::new(&rules).rows(&mut dice, 0, households);
    let desk = Desk::new();
    desk.put("in.csv", HEADING.to_owned() + &csv(&rows));
    for jobs in ["1", "3"] {
        let run = desk.premium("in.csv", &["--force", "--jobs", jobs]);
        assert!(run.code <= 1, "{}", run.stderr);
        let out = desk.text("out.csv");
        let (mut answered, mut refused) = (0, 0);
        for ((line, expected), row) in out.lines().skip(1).zip(expected(&rules, &rows)).zip(&rows) {
            let cells: Vec<&str> = line.splitn(22, ',').collect();
            let told = cells[11..19].join(",");
            if let Some(expected) = expected {
                answered += 1;
                assert_eq!(told, expected, "{line} {:?}", row.person);
                assert_eq!(cells[19], "", "{line}");
            } else {
                refused += 1;
                assert_eq!(told, ",,,,,,,", "{line}");
                assert!(cells[19].starts_with('E'), "{line}");
            }
        }
        assert_eq!(answered + refused, rows.len());
        assert!(answered > 7 * households / 4 && refused > households / 14, "{answered} {refused}");
    }
}

#[test]
fn neither_threads_nor_cuts_change_a_byte() {
    let rules = Rulebook::bundled();
    let rows = Crowd::new(&rules).rows(&mut Dice(7), 0, 6_000);
    let whole = HEADING.to_owned() + &csv(&rows);
    let args = |jobs: &'static str| ["batch", "premium", "-", "-o", "-", "-q", "--jobs", jobs];
    let one = bhyt(&args("1"), &whole).stdout;
    assert_eq!(one.lines().count(), rows.len() + 1);
    for jobs in ["2", "5"] {
        assert!(bhyt(&args(jobs), &whole).stdout == one, "{jobs} jobs");
    }
    let (heading, body) = whole.split_once('\n').expect("a heading");
    let mut dice = Dice(11);
    for parts in [2, 7, 40] {
        let lines: Vec<&str> = body.lines().collect();
        let household = |line: &str| line.split(',').next().expect("a cell").to_owned();
        let mut cuts: Vec<usize> = (0..parts).map(|_| 1 + dice.below(lines.len() - 2)).collect();
        for cut in &mut cuts {
            while household(lines[*cut]) == household(lines[*cut - 1]) {
                *cut -= 1;
            }
        }
        cuts.extend([0, lines.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut joined = one.split_once('\n').expect("a heading").0.to_owned() + "\n";
        for pair in cuts.windows(2) {
            let part = format!("{heading}\n{}\n", lines[pair[0]..pair[1]].join("\n"));
            joined += bhyt(&args("2"), &part).stdout.split_once('\n').expect("a heading").1;
        }
        assert!(joined == one, "{parts} parts");
    }
}

#[test]
fn read_is_valid_plus_rejected_whatever_happens_to_a_table() {
    let rules = Rulebook::bundled();
    let whole = (HEADING.to_owned() + &csv(&Crowd::new(&rules).rows(&mut Dice(3), 0, 40))).into_bytes();
    let mut dice = Dice(99);
    let mut told = [0; 4];
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(bytes.len());
            match dice.below(5) {
                0 => bytes[at] = *dice.pick(b"\",;\n\r\0x9-=\xff"),
                1 => bytes.truncate(at),
                2 => drop(bytes.remove(at.min(bytes.len() - 1))),
                3 => bytes.insert(at, *dice.pick(b"\"\"\n,;")),
                _ => {
                    let piece: Vec<u8> = bytes[at..(at + 40).min(bytes.len())].to_vec();
                    let to = dice.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        let desk = Desk::new();
        desk.put("in.csv", &bytes);
        let run = desk.premium("in.csv", &["--lang", "en", "--encoding", "utf-8"]);
        told[usize::from(run.code.min(3))] += 1;
        match run.code {
            0 | 1 => {
                let counts = run.stderr.split("read ").nth(1).expect("totals");
                let number = |word: &str| -> usize {
                    let text =
                        counts.split(word).nth(1).expect("a count").split(' ').next().expect("a count");
                    text.replace(',', "").trim().parse().expect("a number")
                };
                let read: usize =
                    counts.split(' ').next().expect("a count").replace(',', "").parse().expect("a number");
                assert_eq!(read, number("valid ") + number("rejected "));
            }
            code => {
                assert_eq!(code, 3, "{}", run.stderr);
                assert_eq!(desk.files(), ["in.csv"]);
            }
        }
    }
    assert!(told[1] > 50 && told[3] > 5, "{told:?}");
}
