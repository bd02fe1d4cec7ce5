//! Dựng hồ sơ: a scenario filled with the exams, tests, beds, drugs and supplies of a plausible visit.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::draft::{Aid, DraftCard, DraftClaim, DraftLine, DraftTotals, Minute};
use super::random::Random;
use super::scenario::{Scenario, Size};
use bhyt::workshop::{FilePart, Standard};

// Prices are made up for synthetic claims: what a line costs, never what the law says of it.

/// Exam, laboratory, imaging, function test, procedure, surgery, bed: name, group, code, price in đồng.
const EXAMS: [(&str, &str, i64); 3] =
    [("Khám Nội", "02.1896", 37_500), ("Khám Ngoại", "10.1896", 42_100), ("Khám Nhi", "03.1896", 50_600)];
const TESTS: [(&str, u32, &str, i64); 6] = [
    ("Tổng phân tích tế bào máu", 1, "22.0120.1370", 43_500),
    ("Định lượng Glucose", 1, "23.0075.1494", 22_400),
    ("Siêu âm ổ bụng", 2, "18.0015.0001", 58_600),
    ("Chụp X-quang ngực thẳng", 2, "18.0119.0028", 73_300),
    ("Chụp cộng hưởng từ sọ não", 2, "18.0296.0066", 1_341_500),
    ("Điện tim thường", 3, "02.0085.1778", 39_900),
];
const OPERATIONS: [(&str, u32, &str, i64); 3] = [
    ("Phẫu thuật nội soi cắt ruột thừa", 8, "27.0187.2039", 2_818_700),
    ("Khâu vết thương phần mềm", 18, "10.9005.0216", 194_700),
    ("Phẫu thuật kết hợp xương", 8, "10.0716.0556", 4_102_500),
];
const BEDS: [(&str, &str, i64); 3] = [
    ("Giường Nội loại 1", "K02.1907", 245_700),
    ("Giường Ngoại loại 2", "K19.1932", 276_500),
    ("Giường Nhi loại 3", "K03.1914", 197_050),
];
const DRUGS: [(&str, &str, i64); 7] = [
    ("Paracetamol 500mg", "40.48", 480_000),
    ("Amoxicilin 500mg", "40.154", 1_197_000),
    ("Omeprazol 20mg", "40.677", 59_999),
    ("Natri clorid 0,9% 500ml", "40.1021", 8_925_000),
    ("Insulin người", "40.805", 152_000_000),
    ("Ceftriaxon 1g", "40.175", 6_799_500),
    ("Vitamin B1", "40.1050", 238_333),
];
const RATIO_DRUGS: [(&str, &str, i64, i64); 2] =
    [("Thuốc đích điều trị", "40.402", 215_333_333, 50), ("Interferon", "40.350", 90_125_000, 70)];
const SUPPLIES: [(&str, &str, i64); 4] = [
    ("Bơm tiêm 5ml", "N03.01.020", 720),
    ("Dây truyền dịch", "N03.05.010", 5_450),
    ("Stent động mạch vành", "N07.01.060", 31_500_000),
    ("Khớp háng nhân tạo", "N07.06.030", 44_850_000),
];

/// Objects whose cards know no list ratio.
const WITHOUT_RATIO: [&str; 4] = ["TE", "CC", "QN", "CA"];

/// A claim of a scenario, without any defect.
pub fn claim(scenario: &Scenario, serial: u64, random: &mut Random) -> DraftClaim {
    let mut claim = frame(scenario, serial, random);
    let mut builder = Builder { scenario, random, change: change_of(scenario, &claim) };
    builder.fill(&mut claim);
    once_a_moment(&mut claim);
    claim.lines.sort_by_key(|line| line.part);
    claim.form();
    builder.fit(&mut claim);
    builder.aid(&mut claim);
    claim.form();
    if let Some(rate) = scenario.rate {
        out_of_network(&mut claim, rate);
    }
    claim
}

/// Leaves no item twice at one moment: nobody could tell the second from a copy. Operations are written so on purpose.
fn once_a_moment(claim: &mut DraftClaim) {
    let mut seen = std::collections::BTreeSet::new();
    claim.lines.retain(|line| {
        matches!(line.group, 8 | 13 | 15)
            || seen.insert((line.code.clone(), line.supply.clone(), line.ordered))
    });
}

fn is_in_patient(kind: &str) -> bool {
    matches!(kind, "3" | "03" | "04" | "09")
}

fn days_between(from: NaiveDate, until: NaiveDate, random: &mut Random) -> NaiveDate {
    from + TimeDelta::days(random.between(0, (until - from).num_days()))
}

/// Everything but the lines.
fn frame(scenario: &Scenario, serial: u64, random: &mut Random) -> DraftClaim {
    let (from, until) = scenario.days();
    let nights = if is_in_patient(&scenario.kind) { random.between(2, 9) } else { 0 };
    let nights = nights.min((until - from).num_days());
    let mut last = days_between(from + TimeDelta::days(nights), until, random);
    // An exemption ends with its year.
    let exempt = scenario.then.as_deref().is_some_and(|then| then.starts_with("exempt"));
    if exempt && (last - TimeDelta::days(nights)).year() != last.year() {
        last += TimeDelta::days(nights);
    }
    let admitted =
        Minute::new(last - TimeDelta::days(nights), u16::try_from(random.between(420, 600)).unwrap_or(420));
    let discharged =
        if nights > 0 { Minute::new(last, 16 * 60) } else { admitted.plus(random.between(60, 200)) };
    let person = format!("{:012}", 790_000_000_000 + serial * 7 + random.below(7));
    let card = |object: &str, from: NaiveDate, until: NaiveDate| DraftCard {
        object: object.to_owned(),
        number: person.clone(),
        registered: "00001".to_owned(),
        from,
        until,
    };
    let year = TimeDelta::days(200);
    let cards = match scenario.then.as_deref() {
        Some(object) if !object.starts_with("exempt") => {
            let change = middle(admitted.day, last);
            vec![
                card(&scenario.card, admitted.day - year, change - TimeDelta::days(1)),
                card(object, change, last + year),
            ]
        }
        _ => vec![card(&scenario.card, admitted.day - year, last + year)],
    };
    let old = scenario.standard.has_single_amount();
    let exempt_from = match scenario.then.as_deref() {
        Some("exempt-day") => middle(admitted.day, last).format("%Y%m%d").to_string(),
        Some("exempt-minute") => Minute::new(middle(admitted.day, last), 11 * 60 + 20).text(),
        _ => String::new(),
    };
    let young = scenario.card.starts_with("TE");
    DraftClaim {
        standard: scenario.standard,
        id: format!("LK{serial:09}"),
        name: format!("NGƯỜI BỆNH GIẢ LẬP {serial}"),
        born: last - TimeDelta::days(if young { 900 } else { random.between(7_000, 25_000) }),
        cards,
        visit_code: scenario.code.clone(),
        visit_kind: scenario.kind.clone(),
        facility: "00001".to_owned(),
        residence: scenario.residence.clone(),
        admitted,
        discharged,
        five_years_since: (!old && !exempt_from.is_empty()).then(|| admitted.day - TimeDelta::days(6 * 366)),
        exempt_from,
        lines: Vec::new(),
        totals: DraftTotals::default(),
        overrides: Vec::new(),
        left_out: None,
        twice: None,
        grouped: false,
        habit: super::draft::Habit::Plain,
    }
}

/// A day inside a stay: neither its first nor, where it can be helped, its last.
fn middle(first: NaiveDate, last: NaiveDate) -> NaiveDate {
    first + TimeDelta::days(((last - first).num_days() / 2).max(1))
}

/// The moment from which the second share counts.
fn change_of(scenario: &Scenario, claim: &DraftClaim) -> Option<Minute> {
    let then = scenario.then.as_deref()?;
    let day = middle(claim.admitted.day, claim.discharged.day);
    Some(Minute::new(day, if then == "exempt-minute" { 11 * 60 + 20 } else { 0 }))
}

/// Fills a claim with lines.
struct Builder<'b> {
    scenario: &'b Scenario,
    random: &'b mut Random,
    change: Option<Minute>,
}

impl Builder<'_> {
    fn fill(&mut self, claim: &mut DraftClaim) {
        let small = self.scenario.size == Size::Small;
        let in_patient = is_in_patient(&self.scenario.kind);
        self.exams(claim);
        if in_patient {
            self.beds(claim);
        }
        let days = (claim.discharged.day - claim.admitted.day).num_days() + 1;
        let rounds = if small { 0 } else { days.min(5) * self.random.between(2, 5) };
        for _ in 0..rounds {
            match self.random.below(10) {
                0..=2 => self.test(claim),
                3..=7 => self.drug(claim),
                _ => self.supply(claim),
            }
        }
        if in_patient && !small && self.random.percent(40) {
            self.operations(claim);
        }
        self.drug(claim);
    }

    /// A moment of the visit.
    fn moment(&mut self, claim: &DraftClaim) -> Minute {
        let span = (claim.discharged.day - claim.admitted.day).num_days() * 24 * 60
            + i64::from(claim.discharged.minute)
            - i64::from(claim.admitted.minute);
        claim.admitted.plus(self.random.between(5, (span - 30).max(6)))
    }

    fn line(&mut self, claim: &DraftClaim, part: FilePart, group: u32, name: &str, code: &str) -> DraftLine {
        let done = self.moment(claim);
        let ordered = done.plus(-self.random.between(0, 30)).max(claim.admitted);
        DraftLine {
            part,
            code: code.to_owned(),
            supply: String::new(),
            package: String::new(),
            name: name.to_owned(),
            department: self.random.pick(&["K01", "K02", "K19"]),
            group,
            scope: 1,
            quantity: 1_000,
            hospital_price: 0,
            insured_price: 0,
            service_ratio: 100,
            list_ratio: 100,
            share: self.share_at(done),
            cap: None,
            aid: None,
            ordered,
            done,
            finished: done.plus(15),
            method: 1,
            payer: "1",
            wound: "",
            reused: "",
            amounts: super::draft::Amounts::default(),
        }
    }

    /// The share on a moment.
    fn share_at(&self, moment: Minute) -> i64 {
        match self.change {
            Some(change) if moment >= change => self.scenario.then_share(),
            _ => self.scenario.share(),
        }
    }

    fn exams(&mut self, claim: &mut DraftClaim) {
        let exams = if self.random.percent(25) { 2 } else { 1 };
        for index in 0..exams {
            let (name, code, price) = self.random.pick(&EXAMS);
            let mut line = self.line(claim, FilePart::Services, 13, name, code);
            line.done = claim.admitted.plus(3 + index * 20);
            line.ordered = line.done;
            line.finished = line.done.plus(10);
            line.share = self.share_at(line.done);
            line.insured_price = price * 1_000;
            line.hospital_price = line.insured_price;
            line.service_ratio = if index == 0 { 100 } else { 30 };
            claim.lines.push(line);
        }
    }

    /// Beds, split where the share changes; now and then one that is shared by two or three.
    fn beds(&mut self, claim: &mut DraftClaim) {
        let (name, code, price) = self.random.pick(&BEDS);
        let mut starts = vec![claim.admitted];
        let change = self.change.filter(|change| change.minute == 0 && change.day < claim.discharged.day);
        starts.extend(change);
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(claim.discharged);
            let days = (end.day - start.day).num_days();
            if days == 0 {
                continue;
            }
            // An exemption at a minute inside a day: the bed of the stay is written day by day.
            let single = self.change.is_some_and(|change| change.minute != 0);
            let pieces = if single { days } else { 1 };
            for piece in 0..pieces {
                let mut line = self.line(claim, FilePart::Services, 15, name, code);
                line.ordered = start.plus(if piece == 0 { 1 } else { piece * 24 * 60 });
                line.done = line.ordered;
                line.finished = line.ordered.plus(if single { 30 } else { (days - 1).max(0) * 24 * 60 + 30 });
                line.share = self.share_at(line.done);
                line.quantity = if single { 1_000 } else { days * 1_000 };
                line.insured_price = price * 1_000;
                line.hospital_price = line.insured_price;
                match self.random.below(8) {
                    0 => (line.quantity, line.service_ratio) = (line.quantity / 2, 50),
                    1 => (line.quantity, line.service_ratio) = (line.quantity / 2, 33),
                    _ => {}
                }
                claim.lines.push(line);
            }
        }
    }

    fn test(&mut self, claim: &mut DraftClaim) {
        let cheap = self.scenario.size == Size::Small;
        let (name, group, code, price) = if cheap { TESTS[1] } else { self.random.pick(&TESTS) };
        let mut line = self.line(claim, FilePart::Services, group, name, code);
        line.insured_price = price * 1_000;
        // On demand or at a private hospital the price may be above the insured one.
        let extra = if self.random.percent(15) { self.random.between(1, 9) * 10_000 } else { 0 };
        let single = self.scenario.standard.has_single_amount();
        line.hospital_price = line.insured_price + if single { 0 } else { extra * 1_000 };
        claim.lines.push(line);
    }

    fn operations(&mut self, claim: &mut DraftClaim) {
        let (name, group, code, price) = self.random.pick(&OPERATIONS);
        let mut first = self.line(claim, FilePart::Services, group, name, code);
        first.insured_price = price * 1_000;
        first.hospital_price = first.insured_price;
        let mut second = first.clone();
        claim.lines.push(first);
        if group == 8 && self.random.percent(50) {
            second.service_ratio = self.random.pick(&[50, 80]);
            claim.lines.push(second);
        }
    }

    fn drug(&mut self, claim: &mut DraftClaim) {
        let small = self.scenario.size == Size::Small;
        let with_ratio = !small && self.random.percent(12);
        let mut line = if with_ratio {
            let (name, code, price, ratio) = self.random.pick(&RATIO_DRUGS);
            let mut line = self.line(claim, FilePart::Drugs, 6, name, code);
            line.insured_price = price;
            let exempt = WITHOUT_RATIO.iter().any(|object| self.scenario.card.starts_with(object));
            line.list_ratio = if exempt { 100 } else { ratio };
            line
        } else {
            let (name, code, price) = if small { DRUGS[0] } else { self.random.pick(&DRUGS) };
            let mut line = self.line(claim, FilePart::Drugs, 4, name, code);
            line.insured_price = price;
            line
        };
        line.hospital_price = line.insured_price;
        line.quantity = match self.random.below(6) {
            0 => 500,
            1 => self.random.between(1, 40) * 250,
            _ => self.random.between(1, if small { 10 } else { 30 }) * 1_000,
        };
        if !small && !with_ratio && self.random.percent(4) {
            line.scope = 2;
            line.list_ratio = 0;
        }
        claim.lines.push(line);
    }

    fn supply(&mut self, claim: &mut DraftClaim) {
        let (name, code, price) = match self.random.below(12) {
            0 => SUPPLIES[2],
            1 => SUPPLIES[3],
            other => SUPPLIES[usize::from(other % 2 == 0)],
        };
        let mut line = self.line(claim, FilePart::Services, 10, name, "");
        line.supply = code.to_owned();
        line.insured_price = price * 1_000;
        line.hospital_price = line.insured_price;
        if price > 1_000_000 {
            // One use of a service a day has them: two packages of a day would be asked about.
            if claim
                .lines
                .iter()
                .any(|other| !other.package.is_empty() && other.ordered.day == line.ordered.day)
            {
                return;
            }
            // Each use of a service has a package of its own, and none of these is above the cap alone.
            let packages = claim.lines.iter().filter(|line| !line.package.is_empty()).count();
            line.package = format!("G{}", packages + 1);
        } else {
            line.quantity = self.random.between(1, 6) * 1_000;
        }
        claim.lines.push(line);
    }

    /// Brings the covered cost to the side of the limit where the scenario wants it.
    fn fit(&mut self, claim: &mut DraftClaim) {
        let limit = self.scenario.limit * 100;
        match self.scenario.size {
            Size::Any => {}
            Size::Small => {
                while claim.covered() >= limit && claim.lines.len() > 1 {
                    claim.lines.pop();
                }
                // A bed alone may pass the limit; a short stay has a cheaper one.
                for line in &mut claim.lines {
                    if line.amounts.covered * 3 > limit {
                        line.insured_price = 40_000_000;
                        line.hospital_price = 40_000_000;
                        line.quantity = 1_000;
                    }
                }
            }
            Size::Large => self.add_up_to(claim, limit, 1_550_000),
            Size::Exact => {
                claim.lines.retain(|line| line.group == 13);
                claim.lines.truncate(1);
                claim.form();
                let left = limit - claim.covered();
                self.add_exactly(claim, left);
            }
        }
        claim.form();
    }

    fn add_up_to(&mut self, claim: &mut DraftClaim, limit: i64, price: i64) {
        if claim.covered() < limit {
            self.add_exactly(claim, price * 100);
        }
    }

    /// One more test of this price in hundredths of đồng.
    fn add_exactly(&mut self, claim: &mut DraftClaim, hundredths: i64) {
        let mut line = self.line(claim, FilePart::Services, 2, "Chụp cắt lớp vi tính", "18.0149.0041");
        line.insured_price = hundredths * 10;
        line.hospital_price = line.insured_price;
        claim.lines.push(line);
        claim.lines.sort_by_key(|line| line.part);
    }

    /// Lets other sources meet some lines, in every way and band of the standard.
    fn aid(&mut self, claim: &mut DraftClaim) {
        if claim.standard.has_single_amount() || self.scenario.size != Size::Large {
            return;
        }
        claim.form();
        for index in 0..claim.lines.len() {
            if !self.random.percent(5) {
                continue;
            }
            let line = &mut claim.lines[index];
            let amounts = line.amounts;
            if amounts.hospital < 10_000 || line.scope != 1 {
                continue;
            }
            let source = usize::try_from(self.random.below(4)).unwrap_or(0);
            let (own, copayment, fund) = (amounts.own, amounts.copayment, amounts.fund);
            line.aid = match self.random.below(6) {
                0 if own > 1 => Some((Aid::Patient, own / 2, source)),
                1 if own > 0 => Some((Aid::Patient, own, source)),
                2 if copayment > 1 => Some((Aid::Patient, own + copayment / 2, source)),
                3 if copayment > 0 => Some((Aid::Patient, own + copayment, source)),
                4 if fund > 1 => Some((Aid::Patient, own + copayment + fund / 2, source)),
                5 if copayment > 0 => Some((Aid::Copayment, copayment, source)),
                _ => None,
            };
        }
        // Aid to the facility changes the covered amount, and so must not move the visit across the limit.
        let room = claim.covered() - self.scenario.limit * 100;
        let standard = claim.standard;
        let wanted = claim.lines.iter_mut().find(|line| {
            line.aid.is_none()
                && line.scope == 1
                && line.amounts.covered > 100_000
                && line.amounts.covered < room
        });
        if let Some(line) = wanted.filter(|_| self.random.percent(10)) {
            line.aid = Some((Aid::Facility, line.amounts.covered / 4, 2));
            line.form(standard);
        }
    }
}

/// QĐ 4210, out of network: the co-payment counts within the rate only, the rest is the patient's own.
fn out_of_network(claim: &mut DraftClaim, rate: i64) {
    for line in &mut claim.lines {
        let within = super::draft::share_of(line.amounts.covered, rate * 10);
        line.amounts.copayment = within - line.amounts.fund;
        line.amounts.own = line.amounts.hospital - line.amounts.copayment - line.amounts.fund;
    }
    claim.total();
}

/// The scenarios of one edition.
pub fn of_standard(standard: Standard) -> Vec<&'static Scenario> {
    super::scenario::all().iter().filter(|scenario| scenario.standard == standard).collect()
}
