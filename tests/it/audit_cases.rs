//! Hand-worked claims: one sentence of the standard or of the law each, amounts worked out on paper.

use bhyt::audit::examine::examine;
use bhyt::audit::legal::Law;
use bhyt::audit::legal::facilities::Register;
use bhyt::audit::record::RawClaim;
use bhyt::audit::xml::part::read_part;
use bhyt::audit::xml::{Limits, PartName};
use bhyt::rulebook::Rulebook;

/// Facts of a claim; lines carry their amounts as texts.
struct Case<'c> {
    cards: &'c str,
    from: &'c str,
    until: &'c str,
    code: &'c str,
    kind: &'c str,
    admitted: &'c str,
    discharged: &'c str,
    exempt: &'c str,
    lines: &'c [Row<'c>],
}

impl Default for Case<'_> {
    fn default() -> Self {
        Case {
            cards: "GD4000000000000",
            from: "20250101",
            until: "20271231",
            code: "1.1",
            kind: "01",
            admitted: "202608030800",
            discharged: "202608031000",
            exempt: "",
            lines: &[],
        }
    }
}

/// A service line: group, quantity, prices, ratios, amounts.
#[derive(Clone, Copy)]
struct Row<'c> {
    group: &'c str,
    quantity: &'c str,
    price: &'c str,
    insured: &'c str,
    service: &'c str,
    list: &'c str,
    hospital: &'c str,
    covered: &'c str,
    share: &'c str,
    fund: &'c str,
    copayment: &'c str,
    own: &'c str,
    other: &'c str,
    ordered: &'c str,
    finished: &'c str,
}

const ROW: Row<'static> = Row {
    group: "2",
    quantity: "1",
    price: "1000000",
    insured: "1000000",
    service: "100",
    list: "100",
    hospital: "1000000",
    covered: "1000000",
    share: "80",
    fund: "800000",
    copayment: "200000",
    own: "0",
    other: "0",
    ordered: "202608030830",
    finished: "202608030900",
};

fn summary(case: &Case<'_>, totals: &[(&str, String)]) -> String {
    let totals: String = totals.iter().map(|(name, sum)| format!("<{name}>{sum}</{name}>")).collect();
    let count = case.cards.split(';').count();
    let places = vec!["00001"; count].join(";");
    format!(
        "<TONG_HOP><MA_LK>X</MA_LK><MA_THE_BHYT>{}</MA_THE_BHYT><MA_DKBD>{places}</MA_DKBD><GT_THE_TU>{}</GT_THE_TU>\
         <GT_THE_DEN>{}</GT_THE_DEN><NGAY_MIEN_CCT>{}</NGAY_MIEN_CCT><MA_DOITUONG_KCB>{}</MA_DOITUONG_KCB>\
         <MA_LOAI_KCB>{}</MA_LOAI_KCB><NGAY_VAO>{}</NGAY_VAO><NGAY_RA>{}</NGAY_RA>{totals}</TONG_HOP>",
        case.cards, case.from, case.until, case.exempt, case.code, case.kind, case.admitted, case.discharged,
    )
}

fn line(row: &Row<'_>) -> String {
    let drug = matches!(row.group, "4" | "6");
    let (item, price) = if drug {
        ("CHI_TIET_THUOC", format!("<DON_GIA>{}</DON_GIA>", row.price))
    } else {
        let ratios = format!("<TYLE_TT_DV>{}</TYLE_TT_DV>", row.service);
        (
            "CHI_TIET_DVKT",
            format!("<DON_GIA_BV>{}</DON_GIA_BV><DON_GIA_BH>{}</DON_GIA_BH>{ratios}", row.price, row.insured),
        )
    };
    let package = if row.group == "10" { "<MA_VAT_TU>V1</MA_VAT_TU><GOI_VTYT>G1</GOI_VTYT>" } else { "" };
    format!(
        "<{item}>{package}<MA_NHOM>{}</MA_NHOM><PHAM_VI>1</PHAM_VI><SO_LUONG>{}</SO_LUONG>{price}<TYLE_TT_BH>{}</TYLE_TT_BH>\
         <THANH_TIEN_BV>{}</THANH_TIEN_BV><THANH_TIEN_BH>{}</THANH_TIEN_BH><MUC_HUONG>{}</MUC_HUONG>\
         <T_NGUONKHAC_CL>{}</T_NGUONKHAC_CL><T_NGUONKHAC>{}</T_NGUONKHAC><T_BNTT>{}</T_BNTT><T_BNCCT>{}</T_BNCCT>\
         <T_BHTT>{}</T_BHTT><NGAY_YL>{}</NGAY_YL><NGAY_TH_YL>{}</NGAY_TH_YL><NGAY_KQ>{}</NGAY_KQ></{item}>",
        row.group,
        row.quantity,
        row.list,
        row.hospital,
        row.covered,
        row.share,
        row.other,
        row.other,
        row.own,
        row.copayment,
        row.fund,
        row.ordered,
        row.ordered,
        row.finished,
    )
}

/// Sum of decimal texts, in hundredths.
fn sum<'r>(rows: &[Row<'r>], of: fn(&Row<'r>) -> &'r str) -> String {
    let hundredths = |text: &str| -> i64 {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let decimals = format!("{decimals:0<2}");
        whole.parse::<i64>().expect("digits") * 100 + decimals.parse::<i64>().expect("two decimals")
    };
    let total: i64 = rows.iter().map(|row| hundredths(of(row))).sum();
    format!("{}.{:02}", total / 100, total % 100)
}

/// Codes, lines and differences of what is found.
fn found(case: &Case<'_>) -> Vec<String> {
    let rows = case.lines;
    let drugs: Vec<Row<'_>> = rows.iter().filter(|row| matches!(row.group, "4" | "6")).copied().collect();
    let supplies: Vec<Row<'_>> = rows.iter().filter(|row| row.group == "10").copied().collect();
    let totals = [
        ("T_THUOC", sum(&drugs, |row| row.hospital)),
        ("T_VTYT", sum(&supplies, |row| row.hospital)),
        ("T_TONGCHI_BV", sum(rows, |row| row.hospital)),
        ("T_TONGCHI_BH", sum(rows, |row| row.covered)),
        ("T_BNTT", sum(rows, |row| row.own)),
        ("T_BNCCT", sum(rows, |row| row.copayment)),
        ("T_BHTT", sum(rows, |row| row.fund)),
        ("T_NGUONKHAC", sum(rows, |row| row.other)),
        ("T_BHTT_GDV", "0".to_owned()),
    ];
    let text = format!("<HS>{}{}</HS>", summary(case, &totals), rows.iter().map(line).collect::<String>());
    let mut raw = RawClaim::default();
    read_part(text.as_bytes(), PartName::default(), &mut raw, &Limits::default()).expect("readable");
    let rules = Rulebook::bundled();
    let register = Register::default();
    let examination = examine(&raw, &mut Law::new(&rules, &register)).expect("a known edition");
    let shown = |finding: &bhyt::audit::finding::Finding| {
        let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
        let difference = finding.difference.map(|figure| format!(" {figure}")).unwrap_or_default();
        format!("{} {}{line}{difference}", finding.check.number(), finding.part)
    };
    examination.findings.iter().map(shown).collect()
}

fn none() -> Vec<String> {
    Vec::new()
}

/// A dear test beside, so that the visit is not a cheap one.
const DEAR: Row<'static> = ROW;

#[test]
fn a_second_examination_counts_30_percent() {
    // QĐ 4750: 37,500 × 30 % = 11,250; 80 % of it is 9,000.
    let second = Row {
        group: "13",
        price: "37500",
        insured: "37500",
        service: "30",
        hospital: "11250",
        covered: "11250",
        fund: "9000",
        copayment: "2250",
        ..ROW
    };
    assert_eq!(found(&Case { lines: &[DEAR, second], ..Case::default() }), none());
    // The hospital's amount without the ratio: 26,250 too much, and the patient pays it.
    let gross = Row { hospital: "37500", own: "26250", ..second };
    assert_eq!(found(&Case { lines: &[DEAR, gross], ..Case::default() }), ["A06 XML3:2 26250"]);
}

#[test]
fn a_shared_bed_counts_half_or_a_third_of_half_a_day() {
    // 245,700 × 0.5 × 50 % = 61,425 → 49,140; × 33 % = 40,540.5 → 32,432.4.
    let two = Row {
        group: "15",
        quantity: "0.5",
        price: "245700",
        insured: "245700",
        service: "50",
        hospital: "61425",
        covered: "61425",
        fund: "49140",
        copayment: "12285",
        ..ROW
    };
    let three = Row {
        service: "33",
        hospital: "40540.5",
        covered: "40540.5",
        fund: "32432.4",
        copayment: "8108.1",
        ..two
    };
    let case = Case { kind: "03", lines: &[DEAR, two, three], ..Case::default() };
    assert_eq!(found(&case), none());
}

#[test]
fn further_operations_count_50_or_80_percent() {
    // 2,818,700 × 50 % = 1,409,350 → 1,127,480; × 80 % = 2,254,960 → 1,803,968.
    let first = Row {
        group: "8",
        price: "2818700",
        insured: "2818700",
        hospital: "2818700",
        covered: "2818700",
        fund: "2254960",
        copayment: "563740",
        ..ROW
    };
    let half = Row {
        service: "50",
        hospital: "1409350",
        covered: "1409350",
        fund: "1127480",
        copayment: "281870",
        ..first
    };
    let most = Row {
        service: "80",
        hospital: "2254960",
        covered: "2254960",
        fund: "1803968",
        copayment: "450992",
        ..first
    };
    let case = Case { kind: "03", lines: &[first, half, most], ..Case::default() };
    assert_eq!(found(&case), none());
    let other = Row {
        service: "70",
        hospital: "1973090",
        covered: "1973090",
        fund: "1578472",
        copayment: "394618",
        ..first
    };
    assert_eq!(found(&Case { kind: "03", lines: &[first, other], ..Case::default() }), ["A20 XML3:2"]);
}

#[test]
fn a_ratio_drug_leaves_the_rest_to_the_patient() {
    // 10 × 90,125 = 901,250; × 70 % = 630,875; × 80 % = 504,700; co-payment 126,175; own 270,375.
    let drug = Row {
        group: "6",
        quantity: "10",
        price: "90125",
        list: "70",
        hospital: "901250",
        covered: "630875",
        fund: "504700",
        copayment: "126175",
        own: "270375",
        ..ROW
    };
    assert_eq!(found(&Case { lines: &[drug], ..Case::default() }), none());
}

#[test]
fn products_are_rounded_once_half_away_from_zero() {
    // 10 × 59.999 = 599.99; 80 % = 479.992 → 479.99; the rest by subtraction, 120.00.
    let drug = Row {
        group: "4",
        quantity: "10",
        price: "59.999",
        hospital: "599.99",
        covered: "599.99",
        fund: "479.99",
        copayment: "120.00",
        ..ROW
    };
    assert_eq!(found(&Case { lines: &[DEAR, drug], ..Case::default() }), none());
    // 0.5 × 0.05 = 0.025 → 0.03, a tie.
    let tie = Row {
        group: "4",
        quantity: "0.5",
        price: "0.05",
        hospital: "0.03",
        covered: "0.03",
        fund: "0.02",
        copayment: "0.01",
        ..ROW
    };
    assert_eq!(found(&Case { lines: &[DEAR, tie], ..Case::default() }), none());
}

#[test]
fn a_bed_across_a_change_of_cards_is_divided_by_days() {
    // GD (80 %) to 6 August, HN (100 %) from the 7th. Bed 3 to 9 August, six nights: four at 80, two at 100.
    // 6 × 200,000 = 1,200,000; 800,000 × 80 % + 400,000 × 100 % = 1,040,000, declared 960,000.
    let bed = Row {
        group: "15",
        quantity: "6",
        price: "200000",
        insured: "200000",
        hospital: "1200000",
        covered: "1200000",
        fund: "960000",
        copayment: "240000",
        ordered: "202608030900",
        finished: "202608091000",
        ..ROW
    };
    let case = Case {
        cards: "GD4000000000000;HN2000000000000",
        from: "20250101;20260807",
        until: "20260806;20271231",
        kind: "03",
        admitted: "202608030800",
        discharged: "202608091100",
        lines: &[bed],
        ..Case::default()
    };
    assert_eq!(found(&case), ["A08 XML3:1 -80000"]);
    // Written as two lines it is right.
    let before = Row {
        quantity: "4",
        hospital: "800000",
        covered: "800000",
        fund: "640000",
        copayment: "160000",
        finished: "202608070000",
        ..bed
    };
    let after = Row {
        quantity: "2",
        hospital: "400000",
        covered: "400000",
        share: "100",
        fund: "400000",
        copayment: "0",
        ordered: "202608070001",
        ..bed
    };
    assert_eq!(found(&Case { lines: &[before, after], ..case }), none());
}

#[test]
fn an_exemption_counts_from_its_minute() {
    // Exempt from 11:20 on 5 August: a test at 11:19 is co-paid, one at 11:20 is not.
    let early = Row { ordered: "202608051119", finished: "202608051130", ..ROW };
    let late = Row {
        share: "100",
        fund: "1000000",
        copayment: "0",
        ordered: "202608051120",
        finished: "202608051130",
        ..ROW
    };
    let case = Case {
        kind: "03",
        discharged: "202608081000",
        exempt: "202608051120",
        lines: &[early, late],
        ..Case::default()
    };
    assert_eq!(found(&case), none());
    let wrong = Row { ordered: "202608051120", finished: "202608051130", ..ROW };
    assert_eq!(found(&Case { lines: &[early, wrong], ..case }), ["A02 XML3:2 -200000"]);
}

#[test]
fn the_limit_of_a_cheap_visit_looks_at_the_whole_episode() {
    // 15 % of 2,530,000 is 379,500. Two lines of 200,000: neither is cheap, although each lies below.
    let half = Row {
        price: "200000",
        insured: "200000",
        hospital: "200000",
        covered: "200000",
        fund: "160000",
        copayment: "40000",
        ..ROW
    };
    assert_eq!(found(&Case { lines: &[half, half], ..Case::default() }), none());
    let free = Row { group: "4", share: "100", fund: "200000", copayment: "0", ..half };
    assert_eq!(found(&Case { lines: &[free, half], ..Case::default() }), ["A02 XML2:1 40000"]);
    // 379,499.99 is below the limit, 379,500 is not.
    let below = Row {
        price: "379499.99",
        insured: "379499.99",
        hospital: "379499.99",
        covered: "379499.99",
        share: "100",
        fund: "379499.99",
        copayment: "0",
        ..ROW
    };
    assert_eq!(found(&Case { lines: &[below], ..Case::default() }), none());
    let at = Row {
        price: "379500",
        insured: "379500",
        hospital: "379500",
        covered: "379500",
        fund: "303600",
        copayment: "75900",
        ..ROW
    };
    assert_eq!(found(&Case { lines: &[at], ..Case::default() }), none());
}

#[test]
fn supplies_of_a_package_reduced_to_the_cap_are_as_the_cap_has_them() {
    // 45 × 2,530,000 = 113,850,000. Two supplies of one package, 60,000,000 and 70,000,000, exceed it by 16,150,000, which the
    // hospital takes off the second: 53,850,000 × 80 % = 43,080,000, 10,770,000 co-paid, 16,150,000 the patient's own.
    let supply = |price, covered, fund, copayment, own| Row {
        group: "10",
        price,
        insured: price,
        hospital: price,
        covered,
        fund,
        copayment,
        own,
        ..ROW
    };
    let first = supply("60000000", "60000000", "48000000", "12000000", "0");
    let reduced = supply("70000000", "53850000", "43080000", "10770000", "16150000");
    assert_eq!(found(&Case { lines: &[first, reduced], ..Case::default() }), none());
    // Nothing taken off: where the excess is booked is said nowhere, so it is a question.
    let whole = supply("70000000", "70000000", "56000000", "14000000", "0");
    assert_eq!(found(&Case { lines: &[first, whole], ..Case::default() }), ["A43 XML3 16150000"]);
    // 40 base salaries are an old cap: 101,200,000 leaves 41,200,000 of the second, where the law counts all of it or up to the cap.
    let old = supply("70000000", "41200000", "32960000", "8240000", "28800000");
    assert_eq!(found(&Case { lines: &[first, old], ..Case::default() }), ["A12 XML3:2 -28800000"]);
}

#[test]
fn a_central_hospital_pays_40_percent_in_patient_and_nothing_out_patient() {
    let in_patient = Row { share: "32", fund: "320000", copayment: "680000", ..ROW };
    let case = Case { code: "3.1", kind: "03", lines: &[in_patient], ..Case::default() };
    assert_eq!(found(&case), none());
    let out_patient = Row { share: "0", fund: "0", copayment: "1000000", ..ROW };
    assert_eq!(found(&Case { code: "3.1", lines: &[out_patient], ..Case::default() }), none());
    assert_eq!(found(&Case { code: "3.1", lines: &[in_patient], ..Case::default() }), ["A02 XML3:1 320000"]);
}

#[test]
fn a_former_provincial_basic_hospital_pays_half_from_july_2026() {
    let half = Row { share: "40", fund: "400000", copayment: "600000", ..ROW };
    assert_eq!(found(&Case { code: "1.14", lines: &[half], ..Case::default() }), none());
    let june = Case { code: "1.14", admitted: "202606300800", discharged: "202606301000", ..Case::default() };
    let early = Row { ordered: "202606300830", finished: "202606300900", ..half };
    assert_eq!(found(&Case { lines: &[early], ..june }), ["A02 XML3:1 400000"]);
    let nothing = Row { share: "0", fund: "0", copayment: "1000000", ..early };
    assert_eq!(found(&Case { lines: &[nothing], ..june }), none());
    // A pensioner: 95 % × 50 % = 47.5 %.
    let pensioner = Row { share: "47.5", fund: "475000", copayment: "525000", ..ROW };
    assert_eq!(
        found(&Case { cards: "HT3000000000000", code: "1.14", lines: &[pensioner], ..Case::default() }),
        none()
    );
    let cut = Row { share: "47", fund: "470000", copayment: "530000", ..ROW };
    assert_eq!(
        found(&Case { cards: "HT3000000000000", code: "1.14", lines: &[cut], ..Case::default() }),
        ["A02 XML3:1 -5000"]
    );
}

#[test]
fn a_near_poor_card_with_the_old_digit_is_paid_in_full_in_2026() {
    let whole = Row { share: "100", fund: "1000000", copayment: "0", ..ROW };
    assert_eq!(found(&Case { cards: "CN3000000000000", lines: &[whole], ..Case::default() }), none());
    let old = Row { share: "95", fund: "950000", copayment: "50000", ..ROW };
    assert_eq!(
        found(&Case { cards: "CN3000000000000", lines: &[old], ..Case::default() }),
        ["A02 XML3:1 -50000"]
    );
}

#[test]
fn other_sources_are_accepted_in_every_band_and_way() {
    // Amount 1,000,000; insured price 600,000: 480,000 + 120,000 + 400,000 before any aid.
    let plain = Row { insured: "600000", covered: "600000", ..ROW };
    let ways = [
        ("300000", "480000", "120000", "100000"), // (a) within the own payment
        ("400000", "480000", "120000", "0"),      // (a) all of it
        ("450000", "480000", "70000", "0"),       // (a) into the co-payment
        ("520000", "480000", "0", "0"),           // (a) all of that too
        ("700000", "300000", "0", "0"),           // (a) into the fund's part
        ("120000", "480000", "0", "400000"),      // (c) the co-payment and nothing else
    ];
    for (other, fund, copayment, own) in ways {
        let row = Row { other, fund, copayment, own, ..plain };
        assert_eq!(found(&Case { lines: &[DEAR, row], ..Case::default() }), none(), "{other}");
    }
    // (b) aid to the facility, the official example of QĐ 130: ratio 50 %, aid 3,000,000 of 10,000,000.
    let facility = Row {
        group: "4",
        price: "10000000",
        list: "50",
        hospital: "10000000",
        covered: "3500000",
        other: "3000000",
        fund: "2800000",
        copayment: "700000",
        own: "3500000",
        ..ROW
    };
    assert_eq!(found(&Case { lines: &[facility], ..Case::default() }), none());
    let none_fits = Row { other: "300000", fund: "400000", copayment: "200000", own: "100000", ..plain };
    assert_eq!(found(&Case { lines: &[DEAR, none_fits], ..Case::default() }), ["A28 XML3:2 -80000"]);
    let unbalanced = Row { other: "300000", fund: "480000", copayment: "120000", own: "200000", ..plain };
    assert_eq!(found(&Case { lines: &[DEAR, unbalanced], ..Case::default() }), ["A10 XML3:2 100000"]);
}

#[test]
fn numbers_in_other_forms_are_read_or_refused_by_name() {
    let with = |hospital: &'static str| Row { hospital, ..ROW };
    let total = Row { ..ROW };
    let read = |row: Row<'static>| {
        // The totals are summed from plain rows; only the form of one field differs.
        let text = line(&row);
        let summary = summary(
            &Case { lines: &[total], ..Case::default() },
            &[
                ("T_THUOC", "0".into()),
                ("T_VTYT", "0".into()),
                ("T_TONGCHI_BV", "1000000".into()),
                ("T_TONGCHI_BH", "1000000".into()),
                ("T_BNTT", "0".into()),
                ("T_BNCCT", "200000".into()),
                ("T_BHTT", "800000".into()),
                ("T_NGUONKHAC", "0".into()),
                ("T_BHTT_GDV", "0".into()),
            ],
        );
        let text = format!("<HS>{summary}{text}</HS>");
        let mut raw = RawClaim::default();
        read_part(text.as_bytes(), PartName::default(), &mut raw, &Limits::default()).expect("readable");
        let rules = Rulebook::bundled();
        let register = Register::default();
        let found = examine(&raw, &mut Law::new(&rules, &register)).expect("a known edition").findings;
        found.iter().map(|finding| finding.check.number()).collect::<Vec<_>>()
    };
    assert_eq!(read(with("1000000,00")), ["A09"]);
    assert_eq!(read(with("1.0E6")), ["A09"]);
    assert_eq!(read(with("1.000.000")), ["A09"]);
    assert_eq!(read(with("10.00.00.0")), ["A17"]);
    assert_eq!(read(with("1,000")), ["A17"]);
    assert_eq!(read(with("")), ["A24"]);
}
