//! Batch premiums over tables: what comes in, what goes out, and what hostile tables get told.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::program::{Run, bhyt};

/// A folder with an input, and runs over it.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An empty folder.
    pub fn new() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a folder") }
    }

    /// Path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), bytes).expect("a writable folder");
        self.path(name).display().to_string()
    }

    /// Text of a file.
    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("UTF-8")
    }

    /// Bytes of a file.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Names of all files, in order.
    pub fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// `bhyt batch premium INPUT -o out.csv …`
    pub fn premium(&self, input: &str, more: &[&str]) -> Run {
        let (input, output) =
            (self.path(input).display().to_string(), self.path("out.csv").display().to_string());
        let mut args = vec!["batch", "premium", &input, "-o", &output];
        args.extend(more);
        bhyt(&args, "")
    }
}

const HEADING: &str = "household_id,person_id,group,born,salary,paid_on,from,months\n";
const APPENDED: &str =
    ",premium,person,employer,social_insurance_fund,state,local,other,member_rank,error_code,error";

fn heading() -> &'static str {
    HEADING.trim_end()
}

#[test]
fn every_row_comes_back_with_its_amounts() {
    let desk = Desk::new();
    desk.put(
        "in.csv",
        format!(
            "{HEADING}H1,1,GD,,,2026-08-01,,12\nH1,2,GD,,,2026-08-01,,12\nH1,3,HS,,,2026-08-01,,12\n\
             H2,4,GD,,,2026-06-30,,12\n,5,DN,,60000000,2026-08-01,2026-08-01,1\n"
        ),
    );
    let run = desk.premium("in.csv", &[]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert_eq!(
        desk.text("out.csv"),
        format!(
            "{}{APPENDED}\nH1,1,GD,,,2026-08-01,,12,1366200,1366200,0,0,0,0,0,1,,\n\
             H1,2,GD,,,2026-08-01,,12,956340,956340,0,0,0,0,0,2,,\nH1,3,HS,,,2026-08-01,,12,1366200,683100,0,0,683100,0,0,,,\n\
             H2,4,GD,,,2026-06-30,,12,1263600,1263600,0,0,0,0,0,1,,\n\
             ,5,DN,,60000000,2026-08-01,2026-08-01,1,2277000,759000,1518000,0,0,0,0,,,\n",
            heading()
        )
    );
    assert_eq!(desk.files(), ["in.csv", "out.csv"]);
    assert!(run.stderr.contains("đọc 5 = hợp lệ 5 + lỗi 0 ✔"), "{}", run.stderr);
}

#[test]
fn a_bad_row_says_why_and_lands_in_the_file_of_rejected_rows() {
    let desk = Desk::new();
    let rows = [
        ("H1,1,ZZ,,,2026-08-01,,12", "E0304"),
        ("H1,2,,,,2026-08-01,,12", "E0229"),
        ("H1,3,GD,,,2026-02-30,,12", "E0502"),
        ("H1,4,GD,,,01/08/26,,12", "E0503"),
        ("H1,5,GD,,,soon,,12", "E0501"),
        ("H1,6,GD,,,2026-08-01,,13", "E0504"),
        ("H1,7,GD,,,2026-08-01,,x", "E0504"),
        ("H1,8,DN,,,2026-08-01,,1", "E0306"),
        ("H1,9,DN,,1.23,2026-08-01,,1", "E0302"),
        ("H1,10,GD,,,2001-01-01,,12", "E0601"),
        ("H1,11,GD,1990,,2026-08-01,,12", "E0501"),
        ("H1,12,GD,,,2026-08-01,,12,extra", "E0216"),
        ("H1,13,GD", "E0216"),
    ];
    let good = "H2,1,GD,,,2026-08-01,,12";
    let table = rows.map(|(row, _)| row).join("\n") + "\n";
    desk.put("in.csv", format!("{HEADING}{table}{good}\n"));
    let run = desk.premium("in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let (out, rejected) = (desk.text("out.csv"), desk.text("out.rejected.csv"));
    assert_eq!(rejected.lines().next(), Some(format!("{},error_code,error", heading()).as_str()));
    assert_eq!(rejected.lines().count(), rows.len() + 1);
    assert_eq!(out.lines().count(), rows.len() + 2);
    let width = heading().split(',').count() + 10;
    for ((line, back), (row, code)) in out.lines().skip(1).zip(rejected.lines().skip(1)).zip(rows) {
        assert!(line.contains(&format!(",,,,,,,,,{code},")), "{line}");
        assert!(back.starts_with(&format!("{row},{code},")), "{back}");
        if !line.contains('"') {
            assert_eq!(line.split(',').count(), width, "{line}");
        }
    }
    assert!(run.stderr.contains("read 14 = valid 1 + rejected 13 ✔"), "{}", run.stderr);
    // Fixing and feeding the file again is a one-file job: its error columns are replaced.
    desk.put("again.csv", format!("{},error_code,error\nH1,1,GD,,,2026-08-01,,12,E0304,x\n", heading()));
    let again = desk.premium("again.csv", &["--force"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_eq!(desk.text("out.csv").lines().next(), Some(format!("{}{APPENDED}", heading()).as_str()));
    assert!(!desk.files().contains(&"out.rejected.csv".to_owned()), "rejected rows of an earlier run stay");
}

#[test]
fn no_error_repeats_what_may_be_personal() {
    let desk = Desk::new();
    let canary = "CANARYNGUYENVANA";
    let rows = [
        format!("{canary},1,{canary},,,2026-08-01,,12"),
        format!("H,2,GD,{canary},,2026-08-01,,12"),
        format!("H,3,DN,,{canary},2026-08-01,,12"),
        format!("H,4,GD,,,{canary},,12"),
        format!("H,5,GD,,,2026-08-01,{canary},12"),
        format!("H,6,GD,,,2026-08-01,,{canary}"),
    ];
    desk.put("in.csv", format!("{HEADING}{}\n", rows.join("\n")));
    for lang in ["vi", "en"] {
        let run = desk.premium("in.csv", &["--force", "--lang", lang]);
        assert_eq!(run.code, 1);
        assert!(!run.stderr.contains("CANARY") && !run.stdout.contains("CANARY"), "{}", run.stderr);
        for line in desk.text("out.csv").lines().skip(1) {
            let error = line.split(",E0").nth(1).expect("an error code");
            assert!(!error.contains("CANARY"), "{line}");
        }
    }
}

#[test]
fn spelling_of_a_table_never_changes_its_amounts() {
    use unicode_normalization::UnicodeNormalization as _;
    let desk = Desk::new();
    let rows = [
        [
            "Mã hộ",
            "Họ và tên",
            "Đối tượng",
            "Ngày sinh (dd/mm/yyyy)",
            "Tiền lương",
            "Ngày đóng",
            "Số tháng",
            "Tỉnh",
        ],
        ["H1", "Nguyễn Thị Ánh", "GD", "01/05/1980", "", "01/08/2026", "12", ""],
        ["H1", "Trần Văn Út", "hộ gia đình", "", "", "2026-08-01", "12", ""],
        ["H2", "Lê Đức", "cận nghèo", "", "", "01/08/2026", "12", "Gia Lai"],
        ["", "Ngô", "DN", "", "12.000.001", "01/08/2026", "3", ""],
    ];
    let text = |separator: &str, end: &str| -> String {
        rows.iter()
            .map(|row| {
                let cells =
                    row.map(
                        |cell| if cell.contains(separator) { format!("\"{cell}\"") } else { cell.to_owned() },
                    );
                cells.join(separator) + end
            })
            .collect()
    };
    let amounts = |name: &str, bytes: &[u8], more: &[&str]| -> Vec<String> {
        desk.put(name, bytes);
        let mut args = vec!["--force"];
        args.extend(more);
        let run = desk.premium(name, &args);
        assert_eq!(run.code, 0, "{name}: {}{}", run.stderr, desk.text("out.csv"));
        let out = desk.text("out.csv").replace([';', '\t', '|'], ",");
        out.lines().skip(1).map(|line| line.rsplit(',').take(10).collect::<Vec<_>>().join(",")).collect()
    };
    let expected = amounts("plain.csv", text(",", "\n").as_bytes(), &[]);
    assert_eq!(expected.len(), 4);
    let utf16 = |text: &str, big: bool, mark: bool| -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        format!("{mark}{text}")
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    let comma = text(",", "\n");
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("semicolon", text(";", "\r\n").into_bytes()),
        ("tab", text("\t", "\n").into_bytes()),
        ("bar", text("|", "\n").into_bytes()),
        ("crlf", text(",", "\r\n").into_bytes()),
        ("cr", text(",", "\r").into_bytes()),
        ("no last line end", comma.trim_end().as_bytes().to_vec()),
        ("bom", format!("\u{feff}{comma}").into_bytes()),
        ("decomposed", comma.nfd().collect::<String>().into_bytes()),
        ("utf-16le with mark", utf16(&comma, false, true)),
        ("utf-16be with mark", utf16(&comma, true, true)),
        ("utf-16le without mark", utf16(&comma, false, false)),
        ("windows-1258", windows_1258(&comma)),
        ("title above", format!("DANH SÁCH THAM GIA BHYT\n\nThôn 1, xã A\n{comma}").into_bytes()),
        ("blank rows", comma.replace("\nH2", "\n\n,,,,,,,\n\nH2").into_bytes()),
        ("all quoted", comma.lines().map(|line| quoted(line) + "\n").collect::<String>().into_bytes()),
    ];
    for (name, bytes) in cases {
        assert_eq!(amounts(&format!("{name}.csv"), &bytes, &[]), expected, "{name}");
    }
    assert_eq!(amounts("forced.csv", &windows_1258(&comma), &["--encoding", "windows-1258"]), expected);
}

fn quoted(line: &str) -> String {
    let cells: Vec<&str> = line.split(',').collect();
    cells.iter().map(|cell| format!("\"{}\"", cell.trim_matches('"'))).collect::<Vec<_>>().join(",")
}

/// Text in Windows-1258: vowels with their quality as one byte, tone marks as bytes of their own.
fn windows_1258(text: &str) -> Vec<u8> {
    use unicode_normalization::UnicodeNormalization as _;
    let mut bytes = Vec::new();
    for letter in text.chars() {
        let parts: Vec<char> = std::iter::once(letter).nfd().collect();
        let (tones, shape): (Vec<char>, Vec<char>) = parts
            .into_iter()
            .partition(|part| matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
        let base: String = shape.into_iter().nfc().collect();
        for part in base.chars().chain(tones) {
            bytes.push(match part {
                '\u{300}' => 0xcc,
                '\u{301}' => 0xec,
                '\u{303}' => 0xde,
                '\u{309}' => 0xd2,
                '\u{323}' => 0xf2,
                'Đ' => 0xd0,
                'đ' => 0xf0,
                'ơ' => 0xf5,
                'ư' => 0xfd,
                'Ơ' => 0xd5,
                'Ư' => 0xdd,
                'ă' => 0xe3,
                'Ă' => 0xc3,
                other => u8::try_from(u32::from(other)).unwrap_or_else(|_| panic!("{other:?} in 1258")),
            });
        }
    }
    bytes
}

#[test]
fn what_cannot_be_read_safely_is_refused_with_its_place() {
    let desk = Desk::new();
    let row = "H1,1,GD,,,2026-08-01,,12\n";
    let open = format!("{HEADING}{}H9,\"1,GD,,,2026-08-01,,12\n{}", row.repeat(499), row.repeat(500));
    let huge = format!("{HEADING}H1,\"{}", "x".repeat(3_000_000));
    let long = format!("{HEADING}{}", "x".repeat(3_000_000));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "E0202"),
        ("blank", b" \n\n".to_vec(), "E0202"),
        ("no heading", row.repeat(3).into_bytes(), "E0210"),
        ("missing", b"household_id,group,months\nH1,GD,12\n".to_vec(), "E0210"),
        ("doubled", b"group,months,paid_on,Group\nGD,12,2026-08-01,GD\n".to_vec(), "E0211"),
        ("open quote", open.into_bytes(), "E0212"),
        ("open quote at the end", format!("{HEADING}{row}H2,\"1,GD").into_bytes(), "E0212"),
        ("text after quote", format!("{HEADING}H1,\"a\" b,GD,,,2026-08-01,,12\n").into_bytes(), "E0213"),
        ("huge quoted cell", huge.into_bytes(), "E0212"),
        ("huge row", long.into_bytes(), "E0215"),
        (
            "old workbook",
            [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 512]].concat(),
            "E0220",
        ),
        ("cut workbook", [b"PK\x03\x04".as_slice(), &[7; 300]].concat(), "E0220"),
        ("cut parquet", [b"PAR1".as_slice(), &[7; 300]].concat(), "E0225"),
    ];
    for (name, bytes, code) in cases {
        let input = desk.put("in.csv", &bytes);
        let run = desk.premium("in.csv", &[]);
        assert_eq!(run.code, 3, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(code), "{name}: {}", run.stderr);
        assert_eq!(desk.files(), ["in.csv"], "{name} leaves something behind");
        // The same through a pipe, where it is text.
        if !matches!(code, "E0220" | "E0225") {
            let text = String::from_utf8(bytes).expect("text");
            let piped = bhyt(&["batch", "premium", "-", "-o", "-"], &text);
            assert_eq!(piped.code, 3, "{name}: {}", piped.stderr);
        }
        drop(input);
    }
    desk.put("in.csv", "group,months,paid_on\nGD,12,2026-08-01\n");
    for (args, code) in [
        (&["--map", "x=group"][..], "E0218"),
        (&["--map", "group=grup"], "E0218"),
        (&["--encoding", "ebcdic"], "E0219"),
        (&["--delimiter", "abc"], "E0104"),
        (&["--jobs", "0"], "E0104"),
        (&["--no-header"], "E0102"),
        (&["--columns", "group"], "E0102"),
        (&["--format", "html"], "E0104"),
    ] {
        let run = desk.premium("in.csv", args);
        assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(code), "{args:?}: {}", run.stderr);
    }
    assert_eq!(desk.files(), ["in.csv"]);
    let missing = desk.premium("nowhere.csv", &[]);
    assert_eq!(missing.code, 3);
    let own = desk.path("in.csv").display().to_string();
    assert_eq!(bhyt(&["batch", "premium", &own, "-o", &own, "--force"], "").code, 2);
}

#[test]
fn rows_with_foreign_bytes_or_too_long_cells_are_counted_rejects() {
    let desk = Desk::new();
    let long = "x".repeat(9_000);
    let mut bytes =
        format!("{HEADING}H1,ok,GD,,,2026-08-01,,12\nH2,{long},GD,,,2026-08-01,,12\n").into_bytes();
    bytes.extend(std::iter::repeat_n(b"H3,ok,GD,,,2026-08-01,,12\n".as_slice(), 20_000).flatten());
    bytes.extend(b"H4,\xff\xfe\x80,GD,,,2026-08-01,,12\n");
    desk.put("in.csv", &bytes);
    let run = desk.premium("in.csv", &["--encoding", "utf-8", "--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("E0214") && run.stderr.contains("E0217"), "{}", run.stderr);
    assert!(run.stderr.contains("✖ 19,800 rows E0405"), "{}", run.stderr);
    assert!(desk.text("out.csv").contains("\u{fffd}"));
    // Both files are UTF-8, or a program that reads them again would take every row for another encoding.
    assert!(
        desk.text("out.rejected.csv").contains("H4,\u{fffd}"),
        "the row is there, its foreign bytes marked"
    );
}

#[test]
fn a_household_in_two_places_is_an_error_and_not_a_wrong_rank() {
    let desk = Desk::new();
    for ids in [["H1", "H2"], ["abc", "abd"], ["0007", "0008"]] {
        let row = |id: &str, person: u32| format!("{id},{person},GD,,,2026-08-01,,12\n");
        let mut table = String::from(HEADING);
        table += &(row(ids[0], 1)
            + &row(ids[0], 2)
            + &row(ids[1], 3)
            + &row(ids[0], 4)
            + &row(ids[0], 5)
            + &row("H7", 6));
        // A second time far away, in another block.
        for filler in 0..60_000 {
            table += &format!("F{filler:06},x,GD,,,2026-08-01,,12\n");
        }
        table += &(row(ids[1], 7) + &row("H8", 8) + &row("H7", 9));
        desk.put("in.csv", &table);
        for jobs in ["1", "2"] {
            let run = desk.premium("in.csv", &["--force", "--jobs", jobs]);
            assert_eq!(run.code, 1, "{}", run.stderr);
            let rejected = desk.text("out.rejected.csv");
            let people: Vec<&str> =
                rejected.lines().skip(1).map(|line| line.split(',').nth(1).expect("a person")).collect();
            assert_eq!(people, ["4", "5", "7", "9"], "{ids:?}");
            assert!(rejected.lines().skip(1).all(|line| line.contains(",E0404,")), "{rejected}");
        }
    }
}

#[test]
fn ranks_follow_rows_already_and_the_rank_column() {
    let desk = Desk::new();
    let ranks = |table: &str| -> Vec<String> {
        desk.put("in.csv", table);
        desk.premium("in.csv", &["--force"]);
        let out = desk.text("out.csv");
        out.lines().skip(1).map(|line| line.split(',').nth(14).expect("a rank").to_owned()).collect()
    };
    let heading = "household_id,group,months,paid_on,salary,already,rank\n";
    assert_eq!(
        ranks(&format!(
            "{heading}h,GD,3,2026-08-01,,,\nh,DN,3,2026-08-01,9000000,,\nh,GD,0,2026-08-01,,,\nh,GD,3,2026-08-01,,,\n\
             h,ZZ,3,2026-08-01,,,\nh,GD,3,2026-08-01,,2,\nh,GD,3,2026-08-01,,,9\nh,GD,3,2026-08-01,,,\n"
        )),
        ["1", "", "", "3", "", "6", "9", "8"],
        "`already` holds for the rows after it that leave the cell empty"
    );
    assert_eq!(ranks(&format!("{heading},GD,3,2026-08-01,,,\n,GD,3,2026-08-01,,,\n")), ["1", "1"]);
    // Law 51/2024 art. 13.6: the discount is for members who join within the same fiscal year.
    assert_eq!(
        ranks(&format!(
            "{heading}h,GD,12,2025-12-20,,2,\nh,GD,12,2026-01-05,,,\nh,GD,12,2025-12-21,,,\nh,GD,12,2026-01-06,,,\n"
        )),
        ["3", "1", "4", "2"]
    );
    // Before Decree 146 all members of a household join; no text counts by year.
    assert_eq!(ranks(&format!("{heading}h,GD,12,2017-12-20,,,\nh,GD,12,2018-01-05,,,\n")), ["1", "2"]);
    // The first row of a household does not fit; the next one still begins it.
    assert_eq!(
        ranks(&format!("{heading}a,GD,3,2026-08-01,,,\nb,GD\nb,GD,3,2026-08-01,,,\n")),
        ["1", "", "1"]
    );
}

#[test]
fn as_a_filter_it_reads_and_writes_lines_without_a_heading() {
    let columns = "household_id,group,months,paid_on";
    let args = ["batch", "premium", "-", "-o", "-", "--no-header", "--columns", columns, "-q"];
    let run = bhyt(&args, "h,GD,12,2026-08-01\nh,GD,12,2026-08-01\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "h,GD,12,2026-08-01,1366200,1366200,0,0,0,0,0,1,,\nh,GD,12,2026-08-01,956340,956340,0,0,0,0,0,2,,\n"
    );
    let empty = bhyt(&args, "");
    assert_eq!((empty.code, empty.stdout.as_str(), empty.stderr.as_str()), (0, "", ""));
    let rejected = bhyt(&args, "h,ZZ,12,2026-08-01\n");
    assert_eq!(rejected.code, 1);
    assert!(rejected.stdout.starts_with("h,ZZ,12,2026-08-01,,,,,,,,,E0304,"), "{}", rejected.stdout);
}

#[test]
fn strict_writes_nothing_when_a_row_is_rejected() {
    let desk = Desk::new();
    desk.put("in.csv", format!("{HEADING}H1,1,GD,,,2026-08-01,,12\nH1,2,ZZ,,,2026-08-01,,12\n"));
    let run = desk.premium("in.csv", &["--strict"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("E0806") && run.stderr.contains("E0304"), "{}", run.stderr);
    assert_eq!(desk.files(), ["in.csv"]);
    // A warning rejects a row under --strict: cover that nobody verified.
    desk.put("in.csv", format!("{HEADING}H1,1,GD,,,2010-08-01,,12\n"));
    assert_eq!(desk.premium("in.csv", &[]).code, 0);
    assert_eq!(desk.premium("in.csv", &["--strict", "--force"]).code, 3);
    assert_eq!(bhyt(&["batch", "premium", "-", "-o", "-", "--strict"], "group,months,paid_on\n").code, 2);
}

#[test]
fn a_dry_run_counts_and_writes_nothing() {
    let desk = Desk::new();
    desk.put("in.csv", format!("{HEADING}H1,1,GD,,,2026-08-01,,12\nH1,2,ZZ,,,2026-08-01,,12\n"));
    let run = desk.premium("in.csv", &["--dry-run"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("đọc 2 = hợp lệ 1 + lỗi 1"), "{}", run.stderr);
    assert_eq!(desk.files(), ["in.csv"]);
}

#[test]
fn an_output_is_not_replaced_without_being_told() {
    let desk = Desk::new();
    desk.put("in.csv", format!("{HEADING}H1,1,GD,,,2026-08-01,,12\n"));
    desk.put("out.csv", "mine");
    let run = desk.premium("in.csv", &[]);
    assert_eq!((run.code, desk.text("out.csv").as_str()), (2, "mine"));
    assert_eq!(desk.premium("in.csv", &["--force"]).code, 0);
}

#[test]
fn unused_columns_are_carried_through_untouched() {
    let desk = Desk::new();
    let row = "  x ,\"a \"\"b\"\",\nc\",GD,12, 2026-08-01 ,=1+1,'0012\u{a0}";
    desk.put("in.csv", format!("note 1,note 2,group,months,paid_on,premium x,id\n{row}\n"));
    let run = desk.premium("in.csv", &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(desk.text("out.csv").contains(&format!("\n{row},1366200,")), "{}", desk.text("out.csv"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Workbooks and Parquet

/// A workbook of raw parts.
pub fn workbook(sheet: &str, shared: Option<&str>, properties: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut part = |name: &str, text: &str| {
        archive.start_file(name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("a part");
    };
    part(
        "[Content_Types].xml",
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
    );
    part(
        "_rels/.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    );
    part(
        "xl/workbook.xml",
        &format!(
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{properties}<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
        ),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    );
    part(
        "xl/styles.xml",
        r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#,
    );
    if let Some(shared) = shared {
        part("xl/sharedStrings.xml", shared);
    }
    part("xl/worksheets/sheet1.xml", sheet);
    archive.finish().expect("an archive").into_inner()
}

/// A sheet of rows of cells; a cell is XML behind `<c r="…"`.
fn sheet(rows: &[(u32, Vec<String>)], after: &str) -> String {
    let rows: Vec<String> =
        rows.iter().map(|(number, cells)| format!("<row r=\"{number}\">{}</row>", cells.concat())).collect();
    let rows = rows.concat();
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{after}</worksheet>"#
    )
}

fn texts(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
    let cells = cells.iter().zip('A'..).filter(|(text, _)| !text.is_empty());
    (
        number,
        cells
            .map(|(text, column)| {
                format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
            })
            .collect(),
    )
}

#[test]
fn workbooks_with_real_life_in_them_are_understood() {
    let desk = Desk::new();
    let heading = texts(3, &["Mã hộ", "Đối tượng", "Ngày đóng", "Số tháng", "Lương"]);
    let title = texts(1, &["DANH SÁCH"]);
    let days = |serial: u32| {
        [
            // A number with the format of a day, one without, a formula with its result, a number as text.
            (
                4,
                vec![
                    text_cell("A4", "H1"),
                    text_cell("B4", "GD"),
                    format!("<c r=\"C4\" s=\"1\"><v>{serial}</v></c>"),
                    number_cell("D4", "12"),
                ],
            ),
            (
                5,
                vec![
                    text_cell("A5", "H1"),
                    text_cell("B5", "GD"),
                    number_cell("C5", &serial.to_string()),
                    number_cell("D5", "12"),
                ],
            ),
            (
                7,
                vec![
                    text_cell("B7", "DN"),
                    format!("<c r=\"C7\" s=\"1\"><f>TODAY()</f><v>{serial}</v></c>"),
                    text_cell("D7", "1"),
                    number_cell("E7", "1.2E7"),
                ],
            ),
        ]
    };
    let expected = [
        ",1366200,1366200,0,0,0,0,0,1,,",
        ",956340,956340,0,0,0,0,0,2,,",
        ",540000,180000,360000,0,0,0,0,,,",
    ];
    for (serial, properties) in [(46_235, ""), (44_773, "<workbookPr date1904=\"1\"/>")] {
        let rows: Vec<_> = [title.clone(), heading.clone()].into_iter().chain(days(serial)).collect();
        desk.put("in.xlsx", workbook(&sheet(&rows, ""), None, properties));
        let run = desk.premium("in.xlsx", &["--force", "--lang", "en"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let out = desk.text("out.csv");
        for (line, amounts) in out.lines().skip(1).zip(expected) {
            assert!(line.ends_with(amounts), "{line}");
        }
        assert_eq!(out.lines().count(), 4);
        assert!(out.contains("2026-08-01") && run.stderr.contains("2 lines above"), "{}", run.stderr);
        assert!(run.stderr.contains("1 blank"), "{}", run.stderr);
    }
}

fn text_cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn number_cell(place: &str, number: &str) -> String {
    format!("<c r=\"{place}\"><v>{number}</v></c>")
}

#[test]
fn hostile_workbooks_are_refused_or_counted_in_little_memory() {
    let desk = Desk::new();
    let heading = || texts(1, &["household_id", "group", "months", "paid_on"]);
    let good = || texts(2, &["H1", "GD", "12", "2026-08-01"]);
    let corner = (1_048_576, vec![text_cell("XFD1048576", "x")]);
    let blanks = format!("{}{}", sheet(&[heading(), good()], ""), " ".repeat(80 * 1024 * 1024));
    let giant = sheet(&[heading(), texts(2, &[&"x".repeat(70 * 1024 * 1024)])], "");
    let shared = format!("<sst xmlns=\"x\"><si><t>{}</t></si></sst>", "y".repeat(80 * 1024 * 1024));
    let formula = (
        2,
        vec![
            text_cell("A2", "H1"),
            text_cell("B2", "GD"),
            number_cell("C2", "12"),
            "<c r=\"D2\"><f>A1</f></c>".to_owned(),
        ],
    );
    let openpyxl = (
        2,
        vec![text_cell("B2", "GD"), number_cell("C2", "12"), "<c r=\"D2\"><f>A1</f><v></v></c>".to_owned()],
    );
    // The same damage to a sheet of three rows, once.
    let three = sheet(&[heading(), good(), texts(3, &["H2", "GD", "12", "2026-08-01"])], "");
    let damaged = |sound: &str, broken: &str| three.replacen(sound, broken, 1);
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A2:B3\"/></mergeCells>";
    let error = (
        2,
        vec![
            text_cell("A2", "H1"),
            "<c r=\"B2\" t=\"e\"><v>#REF!</v></c>".to_owned(),
            number_cell("C2", "12"),
            text_cell("D2", "2026-08-01"),
        ],
    );
    let cases: Vec<(&str, Vec<u8>, u8, &str)> = vec![
        ("corner cells", workbook(&sheet(&[heading(), good(), corner], ""), None, ""), 1, "E0216"),
        ("blank bomb", workbook(&blanks, None, ""), 3, "E0221"),
        ("cell bomb", workbook(&giant, None, ""), 3, "E0221"),
        ("shared text bomb", workbook(&sheet(&[heading(), good()], ""), Some(&shared), ""), 3, "E0221"),
        ("formula without result", workbook(&sheet(&[heading(), formula], ""), None, ""), 3, "E0222"),
        ("formula with an empty result", workbook(&sheet(&[heading(), openpyxl], ""), None, ""), 3, "E0222"),
        (
            "merged cells",
            workbook(
                &sheet(&[heading(), good(), texts(3, &["", "GD", "12", "2026-08-01"])], merged),
                None,
                "",
            ),
            3,
            "E0223",
        ),
        ("error cell", workbook(&sheet(&[heading(), error], ""), None, ""), 1, "E0304"),
        (
            "rows backwards",
            workbook(&sheet(&[heading(), texts(9, &["H", "GD", "12", "2026-08-01"]), good()], ""), None, ""),
            3,
            "E0220",
        ),
        ("a text without its end", workbook(&damaged("H1</t>", "H1<t>"), None, ""), 3, "E0220"),
        ("a text without its beginning", workbook(&damaged("<t>H1", "H1"), None, ""), 3, "E0220"),
        (
            "a text and its cell without an end",
            workbook(&damaged("12</t></is></c>", "12"), None, ""),
            3,
            "E0220",
        ),
        (
            "rows behind an early end",
            workbook(&damaged("</row>", "</row></sheetData>"), None, ""),
            3,
            "E0220",
        ),
        ("rows in a comment", workbook(&damaged("<row r=\"2\"", "<!-- <row r=\"2\""), None, ""), 3, "E0220"),
        ("rows in an attribute", workbook(&damaged("<row r=\"2\"", "<row r=\"2"), None, ""), 3, "E0220"),
        ("a row twice", workbook(&sheet(&[heading(), good(), good()], ""), None, ""), 3, "E0220"),
        ("no sheet data", workbook("<worksheet/>", None, ""), 3, "E0220"),
        ("empty sheet", workbook(&sheet(&[], ""), None, ""), 3, "E02"),
    ];
    for (name, bytes, code, message) in cases {
        desk.put("in.xlsx", &bytes);
        let run = desk.premium("in.xlsx", &["--force"]);
        assert_eq!(run.code, code, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{name}: {}", run.stderr);
        if code == 3 {
            assert!(!desk.path("out.csv.part").exists(), "{name}");
        }
    }
    let whole = workbook(&sheet(&[heading(), good()], ""), None, "");
    for cut in (0..whole.len()).step_by(97) {
        desk.put("in.xlsx", &whole[..cut]);
        let run = desk.premium("in.xlsx", &["--force"]);
        assert_eq!(run.code, 3, "cut at {cut}: {}", run.stderr);
    }
    desk.put("in.xlsx", &whole);
    let other = desk.premium("in.xlsx", &["--force", "--sheet", "nowhere"]);
    assert!(other.code == 3 && other.stderr.contains("Sheet1"), "{}", other.stderr);
    assert_eq!(desk.premium("in.xlsx", &["--force", "--sheet", "sheet1"]).code, 0);
}

#[test]
fn every_format_gives_the_same_amounts_back() {
    let desk = Desk::new();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/people.csv").display().to_string();
    let run = |input: &str, output: &str| {
        let output = desk.path(output).display().to_string();
        let run = bhyt(&["batch", "premium", input, "-o", &output, "--force"], "");
        assert_eq!(run.code, 0, "{input} → {output}: {}", run.stderr);
    };
    run(&example, "plain.csv");
    let plain = desk.text("plain.csv").replace("\"12.000.000\"", "12.000.000");
    for format in ["xlsx", "parquet"] {
        let first = format!("first.{format}");
        run(&example, &first);
        run(&desk.path(&first).display().to_string(), "back.csv");
        assert_eq!(desk.text("back.csv"), plain, "{format}");
        run(&desk.path(&first).display().to_string(), &format!("second.{format}"));
        run(&desk.path(&format!("second.{format}")).display().to_string(), "back.csv");
        assert_eq!(desk.text("back.csv"), plain, "{format} twice");
    }
    run(&example, "rows.jsonl");
    for (line, csv) in desk.text("rows.jsonl").lines().zip(plain.lines().skip(1)) {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let premium = csv.rsplit(',').nth(9).expect("a premium");
        assert_eq!(row["premium"].as_i64().map(|premium| premium.to_string()).as_deref(), Some(premium));
    }
    assert_eq!(bhyt(&["batch", "premium", &example, "-o", "-", "--format", "xlsx"], "").code, 2);
}

#[test]
fn a_full_sheet_goes_on_in_the_next_one() {
    let desk = Desk::new();
    let mut table = String::from("group,months,paid_on\n");
    let rows = 1_048_576 + 10;
    table.extend(std::iter::repeat_n("TE,1,2026-08-01\n", rows));
    desk.put("in.csv", table);
    let output = desk.path("out.xlsx").display().to_string();
    let run = bhyt(&["batch", "premium", &desk.path("in.csv").display().to_string(), "-o", &output], "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let count = |sheet: &str| {
        let back = bhyt(&["batch", "premium", &output, "--sheet", sheet, "--dry-run", "--lang", "en"], "");
        assert_eq!(back.code, 0, "{}", back.stderr);
        back.stderr
            .split("read ")
            .nth(1)
            .expect("a count")
            .split(' ')
            .next()
            .expect("a count")
            .replace(',', "")
    };
    assert_eq!(
        count("bhyt 1").parse::<usize>().expect("a number")
            + count("bhyt 2").parse::<usize>().expect("a number"),
        rows
    );
    assert_eq!(desk.files(), ["in.csv", "out.xlsx"], "spooled rows stay behind");
}

/// Four months to 31 December are usual for a pupil, four months across New Year are not, whichever row comes first
/// (Decree 188/2025 art. 13.7: school cards end with the calendar year).
#[test]
fn unusual_months_are_told_by_the_card_of_each_row() {
    let desk = Desk::new();
    // Cards from 05/09 and 21/09/2025 end on 31/12/2025; those from 01/10 and, as first cards, 05/10 on 31/01 and 04/02/2026.
    let rows = ["previous-card=2025-08-31", "previous-card=2025-09-30", "previous-card=2025-09-20", ""];
    for order in [[0, 1, 2, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 3, 0, 1]] {
        let lines: String = order.iter().map(|row| format!("HS,4,2025-09-05,{}\n", rows[*row])).collect();
        desk.put("in.csv", format!("group,months,paid_on,tags\n{lines}"));
        let run = desk.premium("in.csv", &["--force"]);
        assert!(run.stderr.contains("2 dòng có cảnh báo W0506"), "{order:?}: {}", run.stderr);
    }
}

/// Columns are named as the people who fill them in call them.
#[test]
fn columns_are_named_by_their_headings() {
    let desk = Desk::new();
    desk.put("in.csv", "Họ tên,Mã ĐT,Tháng,Ngày BL,TyleNSDP\nA,GB,12,05/09/2025,20\n");
    let run = desk.premium("in.csv", &[]);
    let said = run.stderr.replace("\n  ", " ");
    for part in ["\"Mã ĐT\" → đối tượng", "\"Ngày BL\" → ngày đóng", "→ ngân sách địa phương hỗ trợ"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("paid_on") && said.contains("\"Họ tên\","), "{said}");
}

/// What is said beside a premium holds for all to whom the same law applies, or is the person's own and is not told here.
#[test]
fn a_run_tells_the_warnings_of_its_people_with_their_rows() {
    let desk = Desk::new();
    for (row, warnings) in [
        // The last month lacks the day on which the others begin: a matter of this card's days.
        ("H1,1,GD,,,2024-06-01,2025-01-31,3", &[][..]),
        ("H2,1,CN,,,2025-08-01,,12", &["1 W0603"]),
        ("H3,1,GD,,,2025-08-01,,5", &["1 W0506"]),
        ("H5,1,HS,,,2025-08-01,,12", &[]),
        ("H6,1,DN,,10000000,2025-08-01,,1", &[]),
        ("H7,1,GD,,,2025-08-01,,12", &[]),
    ] {
        desk.put("in.csv", format!("{HEADING}{row}\n"));
        let run = desk.premium("in.csv", &["--lang", "en", "--force"]);
        assert_eq!(crate::batch_claim::told(&run), warnings, "{row}: {}", run.stderr);
    }
}

/// Months that end with the calendar year are usual in schools: 4 from 1 September, and 2 or 3 are not.
#[test]
fn months_that_the_card_makes_usual_are_usual_in_a_table_too() {
    let desk = Desk::new();
    let run = |months: &str| {
        desk.put("in.csv", format!("{HEADING}H1,1,HS,,,2025-08-02,2025-09-01,{months}\n"));
        let run = desk.premium("in.csv", &["--lang", "en", "--force"]);
        crate::batch_claim::told(&run)
    };
    assert_eq!(run("4"), Vec::<String>::new());
    assert_eq!([run("2"), run("5")], [["1 W0506"], ["1 W0506"]]);
}
