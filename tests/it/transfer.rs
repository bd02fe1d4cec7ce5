//! The code of a transfer, read back as a banking app would read it.

use crate::program::bhyt;

const HOUSEHOLD: &[&str] = &["quote", "--members", "4", "--months", "12", "--paid-on", "2026-08-01"];
const TO: &str = "Vietcombank:0123456789:NGUYEN VAN MAU";

/// What a reader of its own finds in a grid of dark modules.
fn read(grid: &[Vec<bool>]) -> String {
    const SCALE: usize = 4;
    let (height, width) = (grid.len() * SCALE, grid[0].len() * SCALE);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        if grid[y / SCALE][x / SCALE] { 0 } else { 255 }
    });
    let found = picture.detect_grids();
    let [only] = &found[..] else { panic!("{} codes", found.len()) };
    only.decode().expect("a readable code").1
}

/// The modules of a code on a screen: half blocks, light where ink would be none.
fn on_screen(text: &str) -> Vec<Vec<bool>> {
    let is_code =
        |line: &&str| line.chars().count() > 20 && line.chars().all(|letter| " █▀▄".contains(letter));
    let lines: Vec<&str> = text.lines().filter(is_code).collect();
    let width = lines.iter().map(|line| line.chars().count()).max().expect("a code");
    let mut grid = Vec::new();
    for line in lines {
        let mut letters: Vec<char> = line.chars().collect();
        letters.resize(width, ' ');
        grid.push(letters.iter().map(|letter| !"█▀".contains(*letter)).collect());
        grid.push(letters.iter().map(|letter| !"█▄".contains(*letter)).collect());
    }
    grid
}

/// 1,366,200 + 956,340 + 819,720 + 683,100 = 3,825,360.
#[test]
fn the_code_on_the_screen_holds_the_account_and_the_amount() {
    let run = bhyt(&[HOUSEHOLD, &["--transfer-to", TO]].concat(), "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("NGUYEN VAN MAU"), "{}", run.stdout);
    let widest = run.stdout.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}");
    let text = read(&on_screen(&run.stdout));
    for field in ["0006970436", "01100123456789", "5303704", "54073825360", "0821BHYT 4 NGUOI 12 THANG"] {
        assert!(text.contains(field), "{field} is not in {text}");
    }
}

#[test]
fn sheets_and_messages_name_the_recipient() {
    let html = bhyt(&[HOUSEHOLD, &["--transfer-to", TO, "-f", "html"]].concat(), "").stdout;
    assert!(html.contains("<svg") && html.contains("NGUYEN VAN MAU"), "{html}");
    let chat =
        bhyt(&[HOUSEHOLD, &["--transfer-to", &format!("{TO}:hộ số 7"), "-f", "chat"]].concat(), "").stdout;
    let spoken: Vec<&str> = chat.split_whitespace().collect();
    assert!(spoken.join(" ").contains("Vietcombank · 0123456789 · 3.825.360 đ · HO SO 7"), "{chat}");
    assert!(!chat.contains('█'), "{chat}");
    // Nobody asked, nothing is shown; nothing to pay, nothing to transfer.
    assert!(!bhyt(&[HOUSEHOLD, &["-f", "html"]].concat(), "").stdout.contains("<svg"));
    let free = bhyt(&["quote", "--group", "TE", "--transfer-to", TO, "--paid-on", "2026-08-01"], "");
    assert_eq!((free.code, free.stdout.contains('█')), (0, false), "{}", free.stdout);
}

#[test]
fn a_recipient_that_is_none_is_refused_with_an_example() {
    for text in ["Vietcombank:0123456789", "Ngân hàng lạ:0123456789:A", "Vietcombank:12:A", ""] {
        let run = bhyt(&[HOUSEHOLD, &["--transfer-to", text]].concat(), "");
        assert_eq!(run.code, 2, "{text}");
        let said = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("E0104") && said.contains("NGUYEN VAN MAU"), "{said}");
    }
}
