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

/// The dark modules of a picture on a page: rectangles `M x y h w v h` of one path.
fn on_paper(html: &str) -> Vec<Vec<bool>> {
    let picture = html.split("<svg").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a picture");
    let path = picture.split(" d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
    let width: usize = picture
        .split("width=\"")
        .nth(1)
        .expect("a width")
        .split('"')
        .next()
        .expect("a number")
        .parse()
        .expect("a number");
    let mut grid = vec![vec![false; width]; width];
    for piece in path.split('M').filter(|piece| !piece.trim().is_empty()) {
        let numbers: Vec<usize> = piece
            .split(|sign: char| !sign.is_ascii_digit())
            .filter(|number| !number.is_empty())
            .map(|number| number.parse().expect("a number"))
            .collect();
        let [x, y, wide, high, ..] = numbers[..] else { panic!("{piece}") };
        grid[y..y + high].iter_mut().for_each(|row| row[x..x + wide].fill(true));
    }
    grid
}

/// Every household's page of a table: the code says the sum of its members, and which household pays.
#[test]
fn the_codes_of_a_table_s_pages_hold_what_each_household_pays() {
    let desk = crate::batch::Desk::new();
    let input = desk.put(
        "in.csv",
        "Mã hộ,Họ tên,Đối tượng,Ngày biên lai,Số tháng,Tỷ lệ NSĐP\nH1,An,GD,05/08/2026,12,\nH1,Ba,GD,05/08/2026,12,20\n\
         HGD0000002,Cư,GD,05/08/2026,12,\nHGD0000002,Dần,GD,05/08/2026,6,\nH3,Em,TE,05/08/2026,12,\n",
    );
    let folder = desk.path("sheets").display().to_string();
    let run = bhyt(&["batch", "premium", &input, "--sheets", &folder, "--transfer-to", TO], "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = |name: &str| std::fs::read_to_string(desk.path("sheets").join(name)).expect("a page");
    // 1,366,200 + 80 % of 956,340 = 2,131,272; 1,366,200 + 478,170 = 1,844,370.
    for (name, amount, message) in [
        ("0001-H1.html", "54072131272", "0824BHYT H1 2 NGUOI 12 THANG"),
        ("0002-HGD0000002.html", "54071844370", "0823BHYT HGD0000002 2 NGUOI"),
    ] {
        let html = page(name);
        let text = read(&on_paper(&html));
        for field in ["0006970436", "01100123456789", amount, message] {
            assert!(text.contains(field), "{name}: {field} is not in {text}");
        }
        assert!(html.contains(&message[4..]) && html.contains("NGUYEN VAN MAU"), "{name}");
    }
    // A child under six pays nothing: there is nothing to transfer.
    let free = page("0003-H3.html");
    assert!(!free.contains("<svg"), "{free}");
}
