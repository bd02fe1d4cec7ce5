//! Batch claims over tables: amounts, refusals, control totals, and what hostile tables get told.

use crate::batch::Desk;
use crate::program::{Run, bhyt};

const HEADING: &str = "claim_id,group,visit_code,setting,admitted,discharged,hospital_cost,covered_cost,copaid_this_year,five_years_since,born";
const APPENDED: &str =
    ",benefit_level,network_rate,relief,fund_payment,copayment,own_payment,error_code,error";

fn claims(desk: &Desk, input: &str, more: &[&str]) -> Run {
    let (input, output) =
        (desk.path(input).display().to_string(), desk.path("out.csv").display().to_string());
    bhyt(&[&["batch", "claim", &input, "-o", &output], more].concat(), "")
}

/// Visits with what is added to their rows, by hand.
const PAID: [(&str, &str); 6] = [
    // 15 % of 2,530,000 is 379,500: one đồng less is paid in full.
    ("V1,GD,1.1,outpatient,,2026-07-01,379499,379499,,,", "100%,100%,low-cost-visit,379499,0,0"),
    ("V2,GD,1.1,outpatient,,2026-07-01,379500,379500,,,", "80%,100%,none,303600,75900,0"),
    // 95 % × 50 % = 47.5 % of 1,000,001 is 475,000.475, rounded 475,000.48.
    ("V3,HT,1.14,outpatient,,2026-07-01,1000002.5,1000001,,,", "95%,50%,none,475000.48,525000.52,1.5"),
    // 80 % × 40 % = 32 % of 10,000,000.
    (
        "V4,GD,3.1,inpatient,2026-07-02,2026-07-09,12000000,10000000,,,",
        "80%,40%,none,3200000,6800000,2000000",
    ),
    // 15,180,000 − 15,000,000 = 180,000 are left of a co-payment of 2,000,000.
    (
        "V5,GD,1.1,inpatient,2026-07-02,2026-07-09,10000000,10000000,15000000,2019-01-01,",
        "80%,100%,annual-ceiling,9820000,180000,0",
    ),
    // A social pensioner of 76 in 2026.
    ("V6,LH,1.1,inpatient,,2026-07-09,10000000,10000000,,,1950-05-01", "100%,100%,none,10000000,0,0"),
];

fn paid_rows() -> String {
    PAID.map(|(row, _)| row).join("\n")
}

#[test]
fn every_visit_comes_back_with_its_amounts() {
    let desk = Desk::new();
    desk.put("in.csv", format!("{HEADING}\n{}\n", paid_rows()));
    let run = claims(&desk, "in.csv", &["--lang", "en"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let expected = PAID.map(|(row, paid)| format!("{row},{paid},,")).join("\n");
    assert_eq!(desk.text("out.csv"), format!("{HEADING}{APPENDED}\n{expected}\n"));
    assert!(run.stderr.contains("read 6 = valid 6 + rejected 0 ✔"), "{}", run.stderr);
    // 379,499 + 379,500 + 1,000,002.5 + 12,000,000 + 10,000,000 + 10,000,000, and its three parts.
    let said: String = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    for total in [
        "hospital_cost 33,759,001.5",
        "fund_payment 24,178,099.48",
        "copayment 7,580,900.52",
        "own_payment 2,000,001.5",
    ] {
        assert!(said.contains(total), "{total}: {said}");
    }
}

/// A quotation mark decides how a cell is read, never what is answered, and never anything about other rows.
#[test]
fn quoted_rows_are_answered_as_plain_ones() {
    const ROWS: usize = 12_000;
    let templates: Vec<&str> = PAID.iter().chain(&BAD).map(|(row, _)| *row).collect();
    let desk = Desk::new();
    let (mut plain, mut quoted) = (HEADING.to_owned(), HEADING.to_owned());
    let mut marked = 0;
    for at in 0..ROWS {
        let row = templates[at % templates.len()];
        plain.push_str(&format!("\n{row}"));
        // Every cell, some cells, or an id with a mark, a separator and a line end; long plain stretches between.
        let cells: Vec<&str> = row.split(',').collect();
        let marks = |every: usize| -> String {
            let cell = |(at, cell): (usize, &&str)| {
                if at % every == 0 { format!("\"{cell}\"") } else { (*cell).to_owned() }
            };
            cells.iter().enumerate().map(cell).collect::<Vec<_>>().join(",")
        };
        let shown = match at * at % 97 {
            1 => marks(1),
            4 => marks(3),
            9 => format!("\"x\"\"y,\nz\",{}", cells[1..].join(",")),
            _ => row.to_owned(),
        };
        marked += usize::from(shown != row);
        quoted.push_str(&format!("\n{shown}"));
    }
    assert!(marked > 500, "{marked}");
    let answers = |name: &str, table: String| {
        desk.put(name, table);
        let run = bhyt(&["batch", "claim", &desk.path(name).display().to_string(), "-o", "-", "-q"], "");
        assert_eq!(run.code, 1, "{}", run.stderr);
        // The id may hold a line end; the answers stand at the end of every record.
        let text = run.stdout.replace("\nz\"", "z\"");
        let mut rows: Vec<Vec<String>> =
            text.lines().skip(1).map(|line| line.rsplit(',').take(6).map(str::to_owned).collect()).collect();
        rows.truncate(ROWS);
        rows
    };
    let (plain, quoted) = (answers("plain.csv", plain), answers("quoted.csv", quoted));
    assert_eq!((plain.len(), quoted.len()), (ROWS, ROWS));
    for (number, (plain, quoted)) in plain.iter().zip(&quoted).enumerate() {
        assert_eq!(plain, quoted, "row {}", number + 2);
    }
}

const BAD: [(&str, &str); 24] = [
    ("V2,ZZ,1.1,outpatient,,2026-08-01,320000,320000,,,", "E0304"),
    ("V3,,1.1,outpatient,,2026-08-01,320000,320000,,,", "E0229"),
    ("V4,GD,1.1,outpatient,,2026-02-30,320000,320000,,,", "E0502"),
    ("V5,GD,1.1,outpatient,,,320000,320000,,,", "E0229"),
    ("V6,GD,1.1,outpatient,,01/08/26,320000,320000,,,", "E0503"),
    ("V7,GD,1.1,outpatient,2026-08-02,2026-08-01,320000,320000,,,", "E0505"),
    ("V8,GD,1.1,outpatient,,2026-08-01,320000,320001,,,", "E0707"),
    ("V9,GD,1.1,outpatient,,2026-08-01,-5,-5,,,", "E0303"),
    ("V10,GD,1.1,outpatient,,2026-08-01,12.3456,12.3456,,,", "E0302"),
    ("V12,GD,1.1,outpatient,,2026-08-01,,320000,,,", "E0229"),
    ("V13,GD,abc,outpatient,,2026-08-01,320000,320000,,,", "E0702"),
    ("V14,GD,3.2,outpatient,,2026-08-01,320000,320000,,,", "E0705"),
    ("V15,GD,10,outpatient,,2026-08-01,320000,320000,,,", "E0703"),
    ("V16,GD,,outpatient,,2026-08-01,320000,320000,,,", "E0701"),
    ("V17,GD,1.1,sideways,,2026-08-01,320000,320000,,,", "E0104"),
    ("V18,GD,1.1,outpatient,,2001-08-01,320000,320000,,,", "E0601"),
    ("V19,LH,1.1,outpatient,,2025-06-30,320000,320000,,,", "E0601"),
    ("V20,GD,1.1,outpatient,,2026-08-01,99999999999999999999,320000,,,", "E0303"),
    ("V21,GD,1.1,outpatient,,2026-08-01,320000,320000,x,,", "E0301"),
    ("V22,GD,1.1,outpatient,,2026-08-01,320000,320000,,2019,", "E0501"),
    ("V23,GD,1.1,outpatient,,2026-08-01,320000,320000,,,31/02/1950", "E0502"),
    ("V24,GD,1.1,outpatient,,2026-08-01,320000,320000,,,,x", "E0216"),
    ("V25,GD,1.1", "E0216"),
    ("V26,LH,1.1,outpatient,,2025-03-03,320000,320000,,,", "E0601"),
];

#[test]
fn a_bad_visit_says_why_and_lands_in_the_file_of_rejected_rows() {
    let desk = Desk::new();
    desk.put("in.csv", format!("{HEADING}\n{}\n{}\n", BAD.map(|(row, _)| row).join("\n"), paid_rows()));
    let run = claims(&desk, "in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("read 30 = valid 6 + rejected 24 ✔"), "{}", run.stderr);
    let (out, rejected) = (desk.text("out.csv"), desk.text("out.rejected.csv"));
    assert_eq!(rejected.lines().next(), Some(format!("{HEADING},error_code,error").as_str()));
    assert_eq!(rejected.lines().count(), BAD.len() + 1);
    for ((line, back), (row, code)) in out.lines().skip(1).zip(rejected.lines().skip(1)).zip(BAD) {
        assert!(line.contains(&format!(",,,,,,,{code},")), "{line}");
        assert!(back.starts_with(&format!("{row},{code},")), "{back}");
    }
    // A refusal names the day of its own visit, whichever visit came first.
    let named = |id: &str, day: &str| {
        let line = rejected.lines().find(|line| line.starts_with(id)).expect("a row");
        assert!(
            line.ends_with(&format!("not in force on {day}. The record begins on 2025-07-01.")),
            "{line}"
        );
    };
    named("V19,", "2025-06-30");
    named("V26,", "2025-03-03");
    // Nothing is written where no row may be rejected.
    let strict = claims(&desk, "in.csv", &["--strict", "--force"]);
    assert_eq!(strict.code, 3, "{}", strict.stderr);
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

/// Visits of all kinds, many of them refused, on days around every change.
fn many(rows: usize) -> String {
    let mut dice = Dice(5);
    let mut pick = move |list: &[&'static str]| list[dice.below(list.len())];
    let days = [
        "2014-12-31",
        "2015-01-01",
        "2018-12-01",
        "2024-06-30",
        "2024-07-01",
        "2025-01-01",
        "2025-03-03",
        "2025-06-30",
        "2025-07-01",
        "2025-12-31",
        "2026-01-01",
        "2026-06-30",
        "2026-07-01",
        "2026-11-20",
    ];
    let mut table = format!("{HEADING},route,care_level,former_tier,points\n");
    for row in 0..rows {
        let code = pick(&["", "", "1.1", "1.14", "2", "3.1", "3.2", "1.13", "7.1", "10"]);
        let route = if code.is_empty() {
            pick(&["registered", "referred", "self-referred", "emergency"])
        } else {
            ""
        };
        table.push_str(&format!(
            "V{row},{},{code},{},,{},{},{},{},{},{},{route},{},{},{}\n",
            pick(&["GD", "HT", "CN", "LH", "TE", "QN", "KC", "household-business-owner", "PV"]),
            pick(&["outpatient", "inpatient", "day-treatment"]),
            pick(&days),
            pick(&["9000000", "50000000.5"]),
            pick(&["172499", "350999", "351000", "379500", "8999999.99"]),
            pick(&["", "0", "6899000", "14039999", "15179999"]),
            pick(&["", "2010-01-01"]),
            pick(&["", "1948-02-29"]),
            pick(&["basic", "specialised", "initial"]),
            pick(&["district", "provincial", "central", "commune"]),
            pick(&["", "30", "60", "90"]),
        ));
    }
    table
}

#[test]
fn neither_threads_nor_cuts_change_a_byte() {
    let whole = many(3_000);
    let args = |jobs: &'static str| ["batch", "claim", "-", "-o", "-", "-q", "--jobs", jobs];
    let one = bhyt(&args("1"), &whole).stdout;
    assert_eq!(one.lines().count(), 3_001);
    assert!(one.matches(",E0601,").count() > 50);
    for jobs in ["2", "5"] {
        assert!(bhyt(&args(jobs), &whole).stdout == one, "{jobs} jobs");
    }
    let (heading, body) = whole.split_once('\n').expect("a heading");
    let lines: Vec<&str> = body.lines().collect();
    let mut joined = one.split_once('\n').expect("a heading").0.to_owned() + "\n";
    for part in lines.chunks(701) {
        let part = format!("{heading}\n{}\n", part.join("\n"));
        joined += bhyt(&args("2"), &part).stdout.split_once('\n').expect("a heading").1;
    }
    assert!(joined == one, "parts");
}

#[test]
fn spelling_and_format_never_change_an_amount() {
    let desk = Desk::new();
    let table = many(300);
    desk.put("plain.csv", &table);
    let answers = |input: &str| -> Vec<String> {
        let run = claims(&desk, input, &["--force"]);
        assert_eq!(run.code, 1, "{input}: {}", run.stderr);
        let text = desk.text("out.csv");
        let mut lines = text.lines();
        let heading: Vec<&str> = lines.next().expect("a heading").split([',', ';', '\t']).collect();
        let at = heading.iter().position(|name| *name == "benefit_level").expect("a column");
        lines
            .map(|line| line.split([',', ';', '\t']).skip(at).take(7).collect::<Vec<_>>().join("|"))
            .collect()
    };
    let plain = answers("plain.csv");
    assert_eq!(plain.len(), 300);
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    desk.put("utf16.csv", utf16);
    desk.put("semicolon.csv", table.replace(',', ";").replace('\n', "\r\n"));
    desk.put("title.csv", format!("BẢNG KÊ LƯỢT KHÁM\n\n{table}"));
    let names = [("discharged", "Ngày ra"), ("group", "Đối tượng"), ("hospital_cost", "T_TONGCHI_BV")];
    let hospital = names.iter().fold(table.clone(), |table, (name, other)| table.replacen(name, other, 1));
    desk.put("hospital.csv", hospital);
    for ending in ["xlsx", "parquet"] {
        let made = desk.path(&format!("made.{ending}")).display().to_string();
        let input = desk.path("plain.csv").display().to_string();
        let run = bhyt(&["batch", "claim", &input, "-o", &made, "-q", "--force"], "");
        assert_eq!(run.code, 1, "{ending}: {}", run.stderr);
    }
    for name in ["utf16.csv", "semicolon.csv", "title.csv", "hospital.csv", "made.xlsx", "made.parquet"] {
        assert_eq!(answers(name), plain, "{name}");
    }
}

/// Amounts are cells that a spreadsheet or a database adds up, decimals too; levels stay texts.
#[test]
fn amounts_keep_their_type_in_every_format() {
    let desk = Desk::new();
    desk.put("in.csv", format!("{HEADING}\n{}\n", paid_rows()));
    let input = desk.path("in.csv").display().to_string();
    let write = |name: &str| {
        let output = desk.path(name).display().to_string();
        let run = bhyt(&["batch", "claim", &input, "-o", &output, "-q"], "");
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        output
    };
    let sheet = member(&write("out.xlsx"), "xl/worksheets/sheet1.xml");
    // Row 4 is V3: 475,000.48 in column O, 525,000.52 in P, 1.5 in Q.
    for cell in ["<v>475000.48</v>", "<v>525000.52</v>", "<v>1.5</v>", "<v>1000002.5</v>"] {
        assert!(sheet.contains(cell), "{cell}: {sheet}");
    }
    let lines = {
        write("out.jsonl");
        desk.text("out.jsonl")
    };
    let third: serde_json::Value =
        serde_json::from_str(lines.lines().nth(2).expect("three lines")).expect("JSON");
    assert_eq!((&third["fund_payment"], &third["network_rate"]), (&"475000.48".into(), &"50%".into()));
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["fund_payment"], "379499", "amounts are texts, whole or not");
    let parquet = write("out.parquet");
    let back = bhyt(&["batch", "claim", &parquet, "-o", "-", "-q"], "");
    assert_eq!(back.code, 0, "{}", back.stderr);
    assert_eq!(back.stdout.lines().count(), 7);
    assert!(back.stdout.contains(",475000.48,525000.52,1.5,"), "{}", back.stdout);
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    let file = std::fs::File::open(&parquet).expect("the file");
    let reader = SerializedFileReader::new(file).expect("Parquet");
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let column = schema.columns().iter().find(|column| column.name() == "fund_payment").expect("a column");
    assert_eq!((column.type_scale(), column.type_precision()), (2, 18));
}

/// Text of a member of a workbook.
fn member(path: &str, name: &str) -> String {
    use std::io::Read as _;
    let file = std::fs::File::open(path).expect("the workbook");
    let mut archive = zip::ZipArchive::new(file).expect("a workbook");
    let mut text = String::new();
    archive.by_name(name).expect("a sheet").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn what_cannot_be_read_safely_is_refused_with_its_place() {
    let desk = Desk::new();
    let (row, table) = (PAID[0].0, format!("{HEADING}\n"));
    for (name, bytes, code) in [
        ("empty", String::new(), "E0202"),
        ("no heading", format!("{row}\n").repeat(3), "E0210"),
        ("missing", "group,discharged,hospital_cost\nGD,2026-08-01,5\n".to_owned(), "E0210"),
        ("doubled", format!("{HEADING},Ngày ra,ngay_vao,Admitted\n{row},,,\n"), "E0211"),
        ("open quote", format!("{table}V9,\"GD,1.1\n{}", format!("{row}\n").repeat(500)), "E0212"),
        ("text after quote", format!("{table}\"V9\" x,GD\n"), "E0213"),
        ("huge quoted cell", format!("{table}V9,\"{}", "x".repeat(3_000_000)), "E0212"),
        ("huge row", format!("{table}{}", "x".repeat(3_000_000)), "E0215"),
    ] {
        desk.put("in.csv", &bytes);
        let run = claims(&desk, "in.csv", &[]);
        assert_eq!(run.code, 3, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(code), "{name}: {}", run.stderr);
        assert_eq!(desk.files(), ["in.csv"], "{name} leaves something behind");
        assert_eq!(bhyt(&["batch", "claim", "-"], &bytes).code, 3, "{name} through a pipe");
    }
}

#[test]
fn read_is_valid_plus_rejected_whatever_happens_to_a_table() {
    let whole = many(40).into_bytes();
    let mut dice = Dice(99);
    let mut told = [0; 4];
    for _ in 0..120 {
        let mut bytes = whole.clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes[at] = b"\",;\n\r\0x9-=\xff"[dice.below(11)],
                1 if at > 200 => bytes.truncate(at),
                2 => bytes.insert(at, b"\"\n,;"[dice.below(4)]),
                _ => drop(bytes.remove(at)),
            }
        }
        let desk = Desk::new();
        desk.put("in.csv", &bytes);
        let run = claims(&desk, "in.csv", &["--lang", "en", "--encoding", "utf-8"]);
        told[usize::from(run.code.min(3))] += 1;
        if run.code == 3 {
            assert_eq!(desk.files(), ["in.csv"]);
            continue;
        }
        assert!(run.code < 2, "{}", run.stderr);
        let number = |word: &str| -> usize {
            let text =
                run.stderr.split(word).nth(1).and_then(|rest| rest.split(' ').next()).expect("a count");
            text.replace(',', "").parse().expect("a number")
        };
        assert_eq!(number("read "), number("= valid ") + number("+ rejected "));
        assert_eq!(number("read "), desk.text("out.csv").lines().count() - 1, "a row was lost");
    }
    assert!(told[1] > 30 && told[3] > 3, "{told:?}");
}

const PARTICULAR: &str = "claim_id,group,route,care_level,former_tier,setting,admitted,discharged,hospital_cost,covered_cost,direct_payment,card_shown,hospital_cost_before_card,covered_cost_before_card,employer_arrears,exempt_from";

/// Visits with particulars, and what is added to their rows, by hand from Decree 188 art. 54, 57, 50.6 and Law art. 49.4.
const PARTICULARS: [(&str, &str); 9] = [
    // In-patient of a basic hospital without a contract: 0.5 × 2,530,000 of 16,000,000; the rest is the patient's own.
    (
        "P1,GD,self-referred,basic,district,inpatient,2026-08-01 08:30,2026-08-05 16:00,20000000,20000000,no-contract,,,,,",
        "80%,100%,none,1265000,4000000,14735000,1265000,0",
    ),
    // The forces are not capped for a card shown late (57.5).
    (
        "P2,QN,referred,basic,district,inpatient,2026-08-01,2026-08-05,20000000,20000000,card-not-presented,,,,,",
        "100%,100%,none,20000000,0,0,20000000,0",
    ),
    // Nor is an emergency (57.3, 54.4).
    (
        "P3,GD,emergency,specialised,central,inpatient,2026-08-01,2026-08-05,20000000,20000000,no-contract,,,,,",
        "80%,100%,none,16000000,4000000,0,16000000,0",
    ),
    // 80 % of 10,000,000 is the employer's; the patient has paid everything.
    (
        "P4,GD,registered,basic,district,inpatient,2026-08-01,2026-08-05,10000000,10000000,,,,,yes,",
        "80%,100%,none,0,2000000,8000000,0,8000000",
    ),
    // 5,000,000 before the card: min(4,000,000; 1,265,000); 15,000,000 after it: 12,000,000.
    (
        "P5,GD,registered,basic,district,inpatient,2026-08-01,2026-08-05,20000000,20000000,,2026-08-02 10:15,5000000,5000000,,",
        "80%,100%,none,13265000,4000000,2735000,1265000,0",
    ),
    // An emergency may show its card until the end.
    (
        "P6,GD,emergency,basic,district,inpatient,2026-08-01,2026-08-05,20000000,20000000,,2026-08-02,5000000,,,",
        "80%,100%,none,16000000,4000000,0,0,0",
    ),
    // A certificate of the year.
    (
        "P7,GD,registered,basic,district,inpatient,2026-08-01,2026-08-05,10000000,10000000,,,,,,2026-07-01",
        "100%,100%,exemption-certificate,10000000,0,0,0,0",
    ),
    // One of last year says nothing any more.
    (
        "P8,GD,registered,basic,district,inpatient,2026-08-01,2026-08-05,10000000,10000000,,,,,,2025-07-01",
        "80%,100%,none,8000000,2000000,0,0,0",
    ),
    (
        "P9,GD,registered,basic,district,inpatient,2026-08-01,2026-08-05,10000000,10000000,,,,,no,",
        "80%,100%,none,8000000,2000000,0,0,0",
    ),
];

#[test]
fn particulars_of_a_visit_are_columns() {
    let desk = Desk::new();
    let rows = PARTICULARS.map(|(row, _)| row).join("\n");
    desk.put("in.csv", format!("{PARTICULAR}\n{rows}\n"));
    let run = claims(&desk, "in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = desk.text("out.csv");
    let mut lines = text.lines();
    let heading = lines.next().expect("a heading");
    assert!(heading.contains(",own_payment,paid_directly,employer_refund,error_code,"), "{heading}");
    for (line, (row, paid)) in lines.zip(PARTICULARS) {
        let answer = line.strip_prefix(row).unwrap_or_default();
        assert!(answer.starts_with(&format!(",{paid},")), "{line}\nexpected {paid}");
    }
}

#[test]
fn particulars_say_in_a_table_what_they_say_in_a_visit_file() {
    let desk = Desk::new();
    let rows = PARTICULARS.map(|(row, _)| row).join("\n");
    desk.put("in.csv", format!("{PARTICULAR}\n{rows}\n"));
    claims(&desk, "in.csv", &["--lang", "en"]);
    for (line, (row, _)) in desk.text("out.csv").lines().skip(1).zip(PARTICULARS) {
        let mut file = String::new();
        for (key, value) in
            PARTICULAR.split(',').zip(row.split(',')).skip(1).filter(|(_, value)| !value.is_empty())
        {
            let key = key.replace('_', "-");
            let bare = key.contains("cost") || key == "employer-arrears";
            let value = value.replace("yes", "true").replace("no\u{0}", "");
            let value = if key == "employer-arrears" && value == "no" { "false".to_owned() } else { value };
            let written = if bare { value } else { format!("\"{value}\"") };
            file.push_str(&format!("{key} = {written}\n"));
        }
        let run = bhyt(&["claim", "-", "--json", "--no-input"], &file);
        let answer: serde_json::Value =
            serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{file}{}", run.stderr));
        let text = |key: &str| match &answer["result"][key] {
            serde_json::Value::Null => "0".to_owned(),
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let paid = ["fund_payment", "copayment", "own_payment", "direct_payment", "employer_refund"]
            .map(text)
            .join(",");
        assert!(line.contains(&format!(",{paid},")), "{line}\nthe visit file: {paid}");
    }
}

/// A visit over New Year has its year, whether the column is filled or not; army in an emergency leaves its rest to the
/// state budget.
#[test]
fn the_year_of_booking_and_the_state_budget_are_columns() {
    let desk = Desk::new();
    let rows = [
        ("A,GD,registered,2025-12-30,2026-01-03,10000000,10000000,,no", "0,0,0,0,2025,"),
        ("B,GD,registered,2025-12-30,2026-01-03,10000000,10000000,,yes", "0,0,0,0,2026,"),
        ("C,GD,registered,2025-12-30,2026-01-03,10000000,10000000,,", "0,0,0,0,2026,"),
        ("D,GD,registered,2026-01-01,2026-01-03,10000000,10000000,,no", "0,0,0,0,2026,"),
        ("E,GD,registered,2026-01-01,2026-01-03,10000000,10000000,,", "0,0,0,0,2026,"),
        (
            "F,QN,emergency,2026-01-01,2026-01-03,1200000,1000000,card-not-presented,",
            "1000000,0,200000,0,2026,",
        ),
        ("G,GD,emergency,2026-01-01,2026-01-03,1200000,1000000,card-not-presented,", "800000,0,0,0,2026,"),
    ];
    let heading =
        "claim_id,group,route,admitted,discharged,hospital_cost,covered_cost,direct_payment,contract_renewed";
    let place = ",basic,district,inpatient";
    let text: Vec<String> = rows.iter().map(|(row, _)| format!("{row}{place}")).collect();
    desk.put("in.csv", format!("{heading},care_level,former_tier,setting\n{}\n", text.join("\n")));
    let run = claims(&desk, "in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for (line, (row, beside)) in desk.text("out.csv").lines().skip(1).zip(rows) {
        assert!(line.contains(&format!(",{beside}")), "{line}\nexpected {beside} of {row}");
    }
}

/// Money beside the fund's part as columns: the sick ration of the army (TTLT 85/2016 art. 10.3: 6 × 30,000), the support of
/// a province (50 % × 2,000,000 + 3 % × 1,150,000), and what the columns alone do not say.
#[test]
fn the_ration_and_the_support_of_a_province_are_columns() {
    let desk = Desk::new();
    let good = [
        ("QN,referred,2016-12-01,2016-12-06,10000000,10000000,30000,6,,", "180000,0,2016,"),
        ("QN,referred,2016-12-01,2016-12-06,10000000,10000000,30000,6.0,,", "180000,0,2016,"),
        (
            "GD,referred,2015-07-01,2015-07-01,10000000,10000000,,1,hau-giang-qd-16-2015,higher",
            "0,1034500,2015,",
        ),
        ("GD,referred,2015-07-01,2015-07-01,10000000,10000000,,,,", "0,0,2015,"),
    ];
    let bad = [
        ("GD,referred,2015-07-01,2015-07-01,10000000,10000000,,1,,", "E0229"),
        ("GD,referred,2015-07-01,2015-07-01,10000000,10000000,,,,higher", "E0229"),
        ("GD,referred,2015-07-01,2015-07-01,10000000,10000000,30000,0,,", "E0104"),
        ("GD,referred,2015-07-01,2015-07-01,10000000,10000000,,1,nowhere,higher", "E0704"),
        ("GD,referred,2015-07-01,2015-07-01,10000000,10000000,,1,hau-giang-qd-16-2015,", "E0701"),
    ];
    let heading = "group,route,admitted,discharged,hospital_cost,covered_cost,meal_difference_a_day,meal_days,patient_support,patient_support_rate";
    let rows: Vec<String> =
        good.iter().chain(&bad).map(|(row, _)| format!("{row},provincial,inpatient")).collect();
    desk.put("in.csv", format!("{heading},former_tier,setting\n{}\n", rows.join("\n")));
    let run = claims(&desk, "in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for (line, (row, wanted)) in desk.text("out.csv").lines().skip(1).zip(good.iter().chain(&bad)) {
        assert!(line.contains(&format!(",{wanted}")), "{line}\nexpected {wanted} of {row}");
    }
}

/// Sums before the card beyond those of the visit, forms of days that are none, and a late card without its sums.
#[test]
fn particulars_that_cannot_be_are_refused() {
    let desk = Desk::new();
    let bad = [
        ("basic,district,inpatient,2026-08-01,2026-08-05,20000000,20000000,,2026-08-02,,,,", "E0701"),
        ("basic,district,inpatient,2026-08-01,2026-08-05,20000000,20000000,,2026-08-02,21000000,,,", "E0707"),
        (
            "basic,district,inpatient,2026-08-01,2026-08-05,20000000,10000000,,2026-08-02,15000000,1000000,,",
            "E0707",
        ),
        ("basic,district,inpatient,2026-08-01,2026-08-05,20000000,20000000,sometimes,,,,,", "E0104"),
        ("basic,district,inpatient,2026-08-01,2026-08-05,20000000,20000000,,,,,perhaps,", "E0104"),
        (
            "basic,district,inpatient,2026-08-01,2026-08-05,20000000,20000000,,2026-08-02 25:00,5000000,,,",
            "E0501",
        ),
        ("basic,district,inpatient,2026-08-01,2026-08-05,20000000,20000000,,,,,,2026-02-30", "E0502"),
    ];
    let rows = bad.map(|(row, _)| format!("X,GD,registered,{row}")).join("\n");
    desk.put("in.csv", format!("{PARTICULAR}\n{rows}\n"));
    let run = claims(&desk, "in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for (line, (row, code)) in desk.text("out.csv").lines().skip(1).zip(bad) {
        assert!(line.contains(&format!(",{code},")), "{row}: {line}");
    }
}

/// The warnings that a run tells, with the number of rows.
pub fn told(run: &Run) -> Vec<String> {
    let said: String = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    let warned = said.split("! ").skip(1).filter_map(|part| part.split(':').next());
    warned.map(|part| part.replace(" rows with warning", "").replace(" row with warning", "")).collect()
}

/// Visits and what is said beside their amounts, as Decree 188 art. 13.2, 18.2 and Law art. 22 have it.
const WARNED: [(&str, &[&str]); 9] = [
    // A co-payment without its day, in a year whose base salary changed before the visit.
    ("V1,GD,1.1,outpatient,,2026-08-05,1000000,1000000,5000000,2019-01-01,", &["W0724"]),
    // None was paid; the five years are not said; the base had not changed yet.
    ("V2,GD,1.1,outpatient,,2026-08-05,1000000,1000000,0,2019-01-01,", &[]),
    ("V3,GD,1.1,outpatient,,2026-08-05,1000000,1000000,5000000,,", &[]),
    ("V4,GD,1.1,outpatient,,2026-06-05,1000000,1000000,5000000,2019-01-01,", &[]),
    // A child's card ended on 30 September of the year of its 72 months; another child; no child's card.
    ("V5,TE,1.1,outpatient,,2026-08-05,1000000,1000000,,,2019-01-15", &["W0737"]),
    ("V6,TE,1.1,outpatient,,2026-08-05,1000000,1000000,,,2021-01-15", &[]),
    ("V7,GD,1.1,outpatient,,2026-08-05,1000000,1000000,,,2019-01-15", &[]),
    // A level that rises at 75, without a birth date.
    ("V8,LH,1.1,outpatient,,2026-08-05,1000000,1000000,,,", &["W0714"]),
    // Each year of a stay has its own ceiling, but totals are one sum.
    ("V9,GD,1.1,inpatient,2025-12-30,2026-01-02,1000000,1000000,5000000,2019-01-01,", &["W0725"]),
];

#[test]
fn a_run_tells_the_warnings_of_its_visits_with_their_rows() {
    let desk = Desk::new();
    for (row, warnings) in WARNED {
        desk.put("in.csv", format!("{HEADING}\n{row}\n"));
        let run = claims(&desk, "in.csv", &["--lang", "en", "--force"]);
        let expected: Vec<String> = warnings.iter().map(|code| format!("1 {code}")).collect();
        assert_eq!(told(&run), expected, "{row}: {}", run.stderr);
    }
    // Three times each.
    let rows: Vec<&str> = WARNED.iter().cycle().take(27).map(|(row, _)| *row).collect();
    let numbered: Vec<String> = rows.iter().enumerate().map(|(at, row)| format!("N{at}{row}")).collect();
    desk.put("in.csv", format!("{HEADING}\n{}\n", numbered.join("\n")));
    let run = claims(&desk, "in.csv", &["--lang", "en", "--force"]);
    assert_eq!(told(&run), ["3 W0714", "3 W0724", "3 W0725", "3 W0737"], "{}", run.stderr);
}

/// What is assumed of a visit is told by `claim`; a run tells warnings only.
#[test]
fn a_run_tells_no_notes() {
    let desk = Desk::new();
    let heading = "claim_id,group,route,care_level,setting,discharged,hospital_cost,covered_cost";
    desk.put(
        "in.csv",
        format!("{heading}\nV1,GD,self-referred,basic,outpatient,2026-08-05,1000000,1000000\n"),
    );
    let run = claims(&desk, "in.csv", &["--lang", "en"]);
    assert_eq!((run.code, told(&run)), (0, Vec::new()), "{}", run.stderr);
    // Without tier and points: not ranked and below 50 points, paid 80 %.
    assert!(desk.text("out.csv").contains(",80%,100%,none,800000,200000,0,"), "{}", desk.text("out.csv"));
}
