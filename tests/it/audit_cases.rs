//! Hand-worked claims in `tests/data/audit-cases`: one sentence of the standard or of the law a file, with its source
//! and the amounts worked out on paper.
//!
//! A case states what differs from a plain out-patient claim of August 2026 and from a plain line (an imaging service
//! of 1,000,000 paid at 80 %), and the findings it gives: code, part, line, difference.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use bhyt::workshop::{PartName, RawClaim, read_part};
use bhyt::{Finding, Law, ReadLimits, Register, Rulebook, examine};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: String,
    working: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    #[serde(flatten)]
    claim: Claim,
    lines: Vec<Row>,
    /// Totals of XML1 where they are not the plain sums.
    #[serde(default)]
    sums: BTreeMap<String, String>,
    pub expect: Vec<String>,
}

#[derive(Deserialize)]
#[serde(default)]
struct Claim {
    cards: String,
    from: String,
    until: String,
    code: String,
    kind: String,
    admitted: String,
    discharged: String,
    exempt: String,
    /// The day of the run; unknown unless given.
    today: String,
    /// Other fields of XML1, as they stand in the file.
    more: String,
}

impl Default for Claim {
    fn default() -> Self {
        let text = str::to_owned;
        Claim {
            cards: text("GD4000000000000"),
            from: text("20250101"),
            until: text("20271231"),
            code: text("1.1"),
            kind: text("01"),
            admitted: text("202608030800"),
            discharged: text("202608031000"),
            exempt: String::new(),
            today: String::new(),
            more: String::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Row {
    group: String,
    supply: String,
    package: String,
    quantity: String,
    price: String,
    insured: String,
    service: String,
    list: String,
    hospital: String,
    covered: String,
    share: String,
    fund: String,
    copayment: String,
    own: String,
    other: String,
    ordered: String,
    finished: String,
    /// Other fields of the line, as they stand in the file.
    more: String,
}

impl Default for Row {
    fn default() -> Self {
        let text = str::to_owned;
        Row {
            group: text("2"),
            supply: String::new(),
            package: String::new(),
            quantity: text("1"),
            price: text("1000000"),
            insured: text("1000000"),
            service: text("100"),
            list: text("100"),
            hospital: text("1000000"),
            covered: text("1000000"),
            share: text("80"),
            fund: text("800000"),
            copayment: text("200000"),
            own: text("0"),
            other: text("0"),
            ordered: text("202608030830"),
            finished: text("202608030900"),
            more: String::new(),
        }
    }
}

impl Row {
    fn is_drug(&self) -> bool {
        matches!(self.group.as_str(), "4" | "6")
    }

    /// The line, with a code of its own unless the case gives one.
    fn xml(&self, place: usize) -> String {
        let (item, price) = if self.is_drug() {
            ("CHI_TIET_THUOC", format!("<DON_GIA>{}</DON_GIA>", self.price))
        } else {
            let prices = format!(
                "<DON_GIA_BV>{}</DON_GIA_BV><DON_GIA_BH>{}</DON_GIA_BH><TYLE_TT_DV>{}</TYLE_TT_DV>",
                self.price, self.insured, self.service
            );
            ("CHI_TIET_DVKT", prices)
        };
        let fields = [
            ("MA_NHOM", &self.group),
            ("MA_VAT_TU", &self.supply),
            ("GOI_VTYT", &self.package),
            ("SO_LUONG", &self.quantity),
            ("TYLE_TT_BH", &self.list),
            ("THANH_TIEN_BV", &self.hospital),
            ("THANH_TIEN_BH", &self.covered),
            ("MUC_HUONG", &self.share),
            ("T_NGUONKHAC_CL", &self.other),
            ("T_NGUONKHAC", &self.other),
            ("T_BNTT", &self.own),
            ("T_BNCCT", &self.copayment),
            ("T_BHTT", &self.fund),
            ("NGAY_YL", &self.ordered),
            ("NGAY_TH_YL", &self.ordered),
            ("NGAY_KQ", &self.finished),
        ];
        // A moment of execution of its own.
        let own_moment = self.more.contains("<NGAY_TH_YL>");
        let fields: Vec<_> =
            fields.into_iter().filter(|(name, _)| !own_moment || *name != "NGAY_TH_YL").collect();
        let scope = if self.more.contains("<PHAM_VI>") { "" } else { "<PHAM_VI>1</PHAM_VI>" };
        let code = match (self.is_drug(), self.supply.is_empty()) {
            _ if self.more.contains("<MA_DICH_VU>") || self.more.contains("<MA_THUOC>") => String::new(),
            (true, _) => format!("<MA_THUOC>40.{place}</MA_THUOC>"),
            (false, true) => format!("<MA_DICH_VU>X.{place}</MA_DICH_VU>"),
            (false, false) => String::new(),
        };
        format!("<{item}>{scope}{code}{price}{}{}</{item}>", elements(&fields), self.more)
    }
}

fn elements(fields: &[(&str, &String)]) -> String {
    fields.iter().map(|(name, text)| format!("<{name}>{text}</{name}>")).collect()
}

impl Case {
    fn xml(&self) -> String {
        let claim = &self.claim;
        let cards = claim.cards.split([';', ',']).filter(|card| !card.is_empty()).count();
        let places = vec!["00001"; cards].join(";");
        let zero = "0".to_owned();
        let facts = [
            ("MA_LK", &zero),
            ("MA_THE_BHYT", &claim.cards),
            ("MA_DKBD", &places),
            ("GT_THE_TU", &claim.from),
            ("GT_THE_DEN", &claim.until),
            ("NGAY_MIEN_CCT", &claim.exempt),
            ("MA_DOITUONG_KCB", &claim.code),
            ("MA_LOAI_KCB", &claim.kind),
            ("NGAY_VAO", &claim.admitted),
            ("NGAY_RA", &claim.discharged),
            ("T_THUOC", &self.sum("drugs", |row| if row.is_drug() { &row.hospital } else { "0" })),
            ("T_VTYT", &self.sum("supplies", |row| if row.supply.is_empty() { "0" } else { &row.hospital })),
            ("T_TONGCHI_BV", &self.sum("hospital", |row| &row.hospital)),
            ("T_TONGCHI_BH", &self.sum("covered", |row| &row.covered)),
            ("T_BNTT", &self.sum("own", |row| &row.own)),
            ("T_BNCCT", &self.sum("copayment", |row| &row.copayment)),
            ("T_BHTT", &self.sum("fund", |row| &row.fund)),
            ("T_NGUONKHAC", &self.sum("other", |row| &row.other)),
            ("T_BHTT_GDV", &zero),
        ];
        let lines: String = self.lines.iter().enumerate().map(|(place, row)| row.xml(place)).collect();
        format!("<HS><TONG_HOP>{}{}</TONG_HOP>{lines}</HS>", elements(&facts), claim.more)
    }

    /// The stated total, or the sum of the lines.
    fn sum(&self, name: &str, of: impl Fn(&Row) -> &str) -> String {
        if let Some(stated) = self.sums.get(name) {
            return stated.clone();
        }
        let total: i64 = self.lines.iter().map(|row| hundredths(of(row))).sum();
        format!("{}{}.{:02}", if total < 0 { "-" } else { "" }, total.abs() / 100, total.abs() % 100)
    }

    pub fn found(&self, rules: &Rulebook) -> Vec<String> {
        let mut raw = RawClaim::default();
        read_part(self.xml().as_bytes(), PartName::default(), &mut raw, &ReadLimits::default())
            .expect("readable");
        let register = Register::default();
        let mut law = Law::new(rules, &register).on(self.claim.today.parse().ok());
        let examination = examine(&raw, &mut law).expect("a known edition");
        examination.findings.iter().map(shown).collect()
    }
}

/// `-1250.5` as `-125050`.
fn hundredths(text: &str) -> i64 {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let number: i64 = format!("{whole}{decimals:0<2}").parse().expect("an amount");
    sign * number
}

fn shown(finding: &Finding) -> String {
    let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
    let difference = finding.difference.map(|figure| format!(" {figure}")).unwrap_or_default();
    format!("{} {}{line}{difference}", finding.check.number(), finding.part)
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/audit-cases");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the cases").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

#[test]
fn hand_worked_claims_give_their_findings() {
    let wrong = claims_that_differ(&Rulebook::bundled());
    assert!(wrong.is_empty(), "{} claims:\n{}", wrong.len(), wrong.join("\n"));
}

/// Claims that these rules judge otherwise than worked out.
pub fn claims_that_differ(rules: &Rulebook) -> Vec<String> {
    let (mut cases, mut wrong) = (0, Vec::new());
    for path in files() {
        let text = std::fs::read_to_string(&path).expect("a case file");
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(!file.source.is_empty() && !file.working.trim().is_empty(), "{name} states no source");
        for case in &file.case {
            let found = case.found(rules);
            if found != case.expect {
                wrong.push(format!("{name}, {}: expected {:?}, found {found:?}", case.name, case.expect));
            }
            cases += 1;
        }
    }
    assert!(cases >= 45, "only {cases} cases");
    wrong
}
