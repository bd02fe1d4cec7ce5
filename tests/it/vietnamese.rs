//! Lời cho người đọc: what people read in Vietnamese holds no key of the program, unless it is marked as what is typed:
//! between backticks or quotation marks, behind an option, or in a command line.

use bhyt::Code;
use bhyt::workshop::{CHECKS, RuleCheck, check_entry, entry};

use crate::program::bhyt;

/// Words that stand alone as keys somewhere and mean something to nobody who reads Vietnamese.
const ENGLISH: &[&str] = &[
    "admission",
    "amount",
    "basic",
    "beds",
    "budget",
    "circumstance",
    "circumstances",
    "commune",
    "cost",
    "date",
    "day",
    "difference",
    "discharge",
    "discharged",
    "district",
    "emergency",
    "employer",
    "field",
    "file",
    "findings",
    "from",
    "gap",
    "group",
    "groups",
    "households",
    "initial",
    "inpatient",
    "insured",
    "invoice",
    "line",
    "local",
    "member",
    "members",
    "missing",
    "month",
    "months",
    "none",
    "outcome",
    "outpatient",
    "package",
    "paid",
    "person",
    "plan",
    "policy",
    "premium",
    "previous",
    "price",
    "province",
    "provinces",
    "provincial",
    "pupil",
    "quantity",
    "rank",
    "rate",
    "reading",
    "readings",
    "referred",
    "registered",
    "row",
    "rule",
    "rules",
    "salary",
    "session",
    "setting",
    "share",
    "specialised",
    "state",
    "stated",
    "student",
    "support",
    "table",
    "the",
    "unit",
    "units",
    "unknown",
    "until",
    "unverified",
    "value",
    "visit",
    "visits",
    "worker",
];

/// The keys that stand bare in a text.
fn keys(text: &str) -> Vec<String> {
    text.lines().flat_map(keys_of_line).collect()
}

fn keys_of_line(line: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut closing = None;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match (closing, letter) {
            (Some(end), _) if letter == end => closing = None,
            // A list cuts off what is too long.
            (Some(end), '…') if letters.peek() != Some(&end) => closing = None,
            (Some(_), _) => {}
            (None, '`' | '"') => closing = Some(letter),
            (None, '“') => closing = Some('”'),
            (None, _) => plain.push(letter),
        }
    }
    let mut found = Vec::new();
    let mut words = plain.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '-');
        if bare.starts_with('-') {
            // What follows an option is typed too.
            if !bare.contains('=') {
                words.next_if(|next| !next.starts_with('-'));
            }
        } else if bare == "bhyt" {
            // A command line goes on to the end of the sentence.
            while words.next_if(|next| !next.ends_with(['.', ';', ',', ')'])).is_some() {}
            words.next();
        } else if is_key(bare) && !word.contains(['/', '@']) {
            found.push(bare.to_owned());
        }
    }
    found
}

/// `near-poor`, `paid_on`, or an English word of the list.
fn is_key(word: &str) -> bool {
    let plain =
        word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte));
    let joined = word.contains(['-', '_']) && word.bytes().any(|byte| byte.is_ascii_lowercase());
    plain && (joined || ENGLISH.contains(&word))
}

#[test]
fn a_key_is_told_from_what_is_typed() {
    assert_eq!(keys("hộ cận nghèo (near-poor), cột paid_on; salary 5"), ["near-poor", "paid_on", "salary"]);
    assert_eq!(
        keys("thêm --tag near-poor hoặc --set paid-on=1; gõ `near-poor`; bhyt rules show near-poor."),
        [""; 0]
    );
    assert_eq!(keys("Điều 12, 01/07/2025, D03-TS, 2026-08-01, “state”, tệp a-b.xml"), [""; 0]);
}

#[test]
fn no_message_shows_a_key() {
    let mut found = Vec::new();
    let mut look = |code: &str, text: &str| {
        // A fact is what a case fills in.
        let text = text.split('{').enumerate().map(|(at, part)| match part.split_once('}') {
            Some((_, rest)) if at > 0 => format!("…{rest}"),
            _ => part.to_owned(),
        });
        let text = text.collect::<String>().replace("[[", "").replace("]]", "");
        found.extend(keys(&text).into_iter().map(|key| format!("{code}: {key} in: {text}")));
    };
    for code in Code::ALL {
        let words = entry(*code);
        [words.says, words.hint].into_iter().chain(words.paper).for_each(|text| look(code.as_str(), text[0]));
    }
    for check in RuleCheck::ALL {
        let words = check_entry(*check);
        [words.says, words.hint].into_iter().for_each(|text| look(check.as_str(), text[0]));
    }
    for check in CHECKS {
        [check.title, check.says, check.explain].into_iter().for_each(|text| look(check.code, text[0]));
    }
    assert!(found.is_empty(), "{} keys:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_error_and_warning_says_what_to_do() {
    let silent = |code: &&Code| !code.as_str().starts_with('N') && entry(**code).hint.contains(&"");
    let found: Vec<&str> = Code::ALL.iter().filter(silent).map(|code| code.as_str()).collect();
    assert!(found.is_empty(), "nothing to do after {found:?}");
}

/// The readers of TOML, workbooks and Parquet speak English; what they say is put into words or left out.
#[test]
fn no_broken_file_is_answered_in_english() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path of letters").to_owned();
    let household = "months = 12\n[[members]]\ngroup = \"GD\"\n";
    let local = include_str!("../../examples/local-policy.toml");
    let visit = include_str!("../../examples/visit.toml");
    let broken: &[(&str, &str, &str)] = &[
        (household, "12", "[1, 2]"),
        (household, "12", "true"),
        (household, "12", "012"),
        (household, "12", "0x1G"),
        (household, "12", "2026-13-01"),
        (household, "12", "2026-02-30"),
        (household, "12", "muoi hai"),
        (household, "months = 12", "months 12"),
        (household, "months = 12", "months = 12 13"),
        (household, "months = 12", "months = 12\nmonths = 6"),
        (household, "months = 12", "months = "),
        (household, "months = 12", "số tháng = 12"),
        (household, "months = 12", "members = \"A\""),
        (household, "[[members]]", "[[members]"),
        (household, "[[members]]", "[members]"),
        (household, "\"GD\"", "\"GD"),
        (household, "\"GD\"", "5"),
        (household, "\"GD\"", "{ a = 1"),
        (household, "\"GD\"", "\"GD\"\ntags = \"x\""),
        (household, "\"GD\"", "\"GD\"\ntags = [\"x\" \"y\"]"),
        (household, "\"GD\"", "\"GD\"\ntags = [\"x\""),
        (household, "\"GD\"", "\"C:\\Users\\GD\""),
        (visit, "\"inpatient\"", "3"),
        (visit, "\"4\"", "[4]"),
        (visit, "[[lines]]", "[lines]"),
        (local, "schema = 1", "schema = \"1\""),
        (local, "schema = 1", "schema = 1\nmàu = 2"),
        (local, "id = \"local-policy\"", ""),
        (local, "kind = \"resolution\"", "kind = \"nghị quyết\""),
        (local, "[[policy]]", "[policy]"),
        (local, "status = \"primary\"", "status = 3"),
    ];
    let (file, mut english) = (path("tệp.toml"), Vec::new());
    for (text, from, to) in broken {
        assert!(text.contains(from), "{from} is not in the file");
        std::fs::write(&file, text.replacen(from, to, 1)).expect("a file");
        let command: &[&str] = match *text {
            text if text == household => &["quote", &file],
            text if text == visit => &["claim", &file],
            _ => &["rules", "check", &file],
        };
        let run = bhyt(&[command, &["--lang", "vi"]].concat(), "");
        assert!(run.code != 0, "{to} is taken");
        let told = run.stdout + &run.stderr;
        let foreign = [
            "invalid",
            "expected",
            "missing",
            "unexpected",
            "unclosed",
            "duplicate",
            " type",
            "sequence",
            "unknown",
        ];
        // The excerpt of a rule file is its own words; so is the name of a check.
        let said = told
            .lines()
            .filter(|line| !line.contains(" | "))
            .map(|line| line.split("]: ").last().unwrap_or(line));
        english.extend(
            said.filter(|line| foreign.iter().any(|word| line.contains(word)))
                .map(|line| format!("{to}: {line}")),
        );
    }
    for (name, bytes) in
        [("a.xlsx", b"PK\x03\x04 no workbook".as_slice()), ("a.parquet", b"PAR1 no table PAR1")]
    {
        std::fs::write(path(name), bytes).expect("a file");
        let told = bhyt(&["batch", "premium", &path(name), "--lang", "vi"], "").stderr;
        assert!(told.contains("E02"), "{told}");
        english.extend(
            ["archive", "footer", "EOF", "end of", "Parquet error"]
                .iter()
                .filter(|word| told.contains(**word))
                .map(|word| format!("{word}: {told}")),
        );
    }
    assert!(english.is_empty(), "{}", english.join("\n"));
}

#[test]
fn no_help_shows_a_key() {
    let mut commands = Vec::new();
    crate::tidy::commands(&[], &mut commands);
    let mut found = Vec::new();
    for path in commands {
        let mut args: Vec<&str> = path.iter().map(String::as_str).collect();
        args.extend(["--help", "--lang", "vi"]);
        let help = bhyt(&args, "").stdout;
        // Names of commands and options stand in front of what they mean; examples are typed.
        let said: String = help.split("Ví dụ:").next().unwrap_or_default().lines().map(meaning).collect();
        found.extend(keys(&unwrapped(&said)).into_iter().map(|key| format!("{key} in {}", args.join(" "))));
    }
    assert!(found.is_empty(), "{} keys:\n{}", found.len(), found.join("\n"));
}

/// A line of a help without the name that it explains.
fn meaning(line: &str) -> String {
    let named = line.starts_with("  ") && !line.starts_with("          ");
    let told = if named { line.trim_start().split_once("  ").map_or("", |(_, told)| told) } else { line };
    // `[muc-dong]` is another name to type.
    let typed = |word: &&str| word.starts_with('[') && word.ends_with(']');
    let words: Vec<&str> = told.split_whitespace().filter(|word| !typed(word)).collect();
    format!("  {}\n", words.join(" "))
}

#[test]
fn no_result_shows_a_key() {
    let mut runs: Vec<Vec<String>> = Vec::new();
    let mut ask = |line: &str| runs.push(line.split('|').map(str::to_owned).collect());
    for line in [
        "rules|list",
        "rules|list|--gaps",
        "rules|list|--provinces",
        "rules|diff|2009-07-01|2015-01-01",
        "rules|diff|2014-12-31|2018-12-01",
        "rules|diff|2018-11-30|2025-07-01",
        "rules|diff|2025-07-01|2026-12-01",
        "explain|circumstances",
        "explain|readings",
        "explain|refund-cases",
        "explain|visit-codes",
        "explain|GB",
        "explain|1.14",
        "explain|low-cost-before-ratios",
        "quote|examples/household.toml|--explain",
        "quote|examples/household.toml|-f|html",
        "quote|--group|CN|--province|Gia Lai|--paid-on|2026-08-01|--explain",
        "quote|--group|charity-resident|--paid-on|2026-08-01",
        "quote|--group|hoc sihn",
        "quote|examples/visit.toml",
        "subsidy|--province|Hải Phòng",
        "subsidy|--province|Đồng Nai",
        "subsidy|--province|Gia Lai|-f|html",
        "subsidy|--group|GB|--rank|4|--months|12|--paid-on|2026-08-01|--explain",
        "claim|examples/visit.toml|--explain",
        "claim|examples/visit.toml|-f|html",
        "claim|examples/household.toml",
        "transport|--group|TE|--date|2026-08-01|--distance-km|56|--fuel-price|20000|--vehicle|own|--explain",
        "late|--amount|100.000.000|--days|45|--date|2026-08-01|--explain",
        "fund|school|--pupils|1000|--months|12|--date|2026-09-01|--explain",
        "batch|premium|tests/data/samples/d03-ts.xlsx|--dry-run",
        "audit|examples/claims.xml",
        "audit|examples/claims.xml|-f|html",
        "coverage|examples/coverage.csv",
        "ledger|examples/ledger.csv",
        "simulate|examples/population.csv|--paid-on|2026-06-30|--shift-to|2026-07-01",
        "simulate|examples/visits.csv|--discharged-on|2026-06-30|--shift-to|2026-07-01|-f|html",
        "doctor",
    ] {
        ask(line);
    }
    let families: std::collections::BTreeSet<String> = bhyt::workshop::BUNDLED
        .iter()
        .filter_map(|file| file.name.rsplit('/').next())
        .map(|name| name.trim_end_matches(".toml").replace('_', "-"))
        .collect();
    families.iter().for_each(|family| ask(&format!("rules|show|{family}")));
    Code::ALL.iter().for_each(|code| ask(&format!("explain|{}", code.as_str())));
    let mut found = Vec::new();
    for args in &runs {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let run = bhyt(&args, "");
        let text = if args.contains(&"html") { visible(&run.stdout) } else { unwrapped(&run.stdout) };
        let said = keys(&text).into_iter().chain(keys(&unwrapped(&run.stderr)));
        found.extend(said.map(|key| format!("{key} in {}", args.join(" "))));
    }
    found.dedup();
    assert!(found.is_empty(), "{} keys:\n{}", found.len(), found.join("\n"));
}

/// Text of a screen with the lines joined that were broken for it.
fn unwrapped(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let goes_on = line.starts_with("  ") && !out.is_empty();
        out.push(if goes_on { ' ' } else { '\n' });
        out.push_str(line.trim_start());
    }
    out
}

/// Words of a page without its marks.
fn visible(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let until = ["style", "svg", "script"].into_iter().find(|name| tag[1..].starts_with(name));
        let end = until.map_or(">".to_owned(), |name| format!("</{name}>"));
        let Some(close) = tag.find(&end) else { return out };
        out.push('\n');
        rest = &tag[close + end.len()..];
    }
    out + rest
}
