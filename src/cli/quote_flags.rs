//! Cờ của `quote` và `subsidy`: people, dates and circumstances, and where the premium is to be transferred.

use clap::{Arg, ArgMatches, Command};

use super::exit::Failure;
use super::help;
use crate::render::transfer::Transfer;
use crate::render::wording::Lang;
use crate::terms::problem::{Code, Problem};

/// Where a premium is to be transferred.
pub fn transfer_flag(lang: Lang) -> Arg {
    help::value(
        "transfer-to",
        ["TK", "TO"],
        lang,
        [
            "Mã VietQR: NGÂN_HÀNG:SỐ_TÀI_KHOẢN:TÊN[:NỘI DUNG] (text, html, chat)",
            "VietQR code: BANK:ACCOUNT:NAME[:MESSAGE] (text, html, chat)",
        ],
    )
}

/// Where the premium is to be transferred, if somewhere.
///
/// # Errors
/// [`Failure`] for a recipient without bank, account or name.
pub fn recipient(matches: &ArgMatches) -> Result<Option<Transfer>, Failure> {
    let refused = |typed: &String| {
        let problem = Problem::new(Code::InvalidValue).with("read", typed);
        Failure::usage(problem.with("accepted", "Vietcombank:0123456789:NGUYEN VAN MAU").at("--transfer-to"))
    };
    let typed = matches.get_one::<String>("transfer-to");
    typed.map(|typed| Transfer::parse(typed).ok_or_else(|| refused(typed))).transpose()
}

/// The flags that name people, dates and circumstances; `subsidy` takes the same.
#[expect(clippy::too_many_lines, reason = "one list of flags")]
pub fn flags(command: Command, lang: Lang) -> Command {
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    command
        .arg(Arg::new("file").value_name(lang.say("TỆP", "FILE")).help(lang.say(
            "Hộ gia đình hoặc người tham gia: TOML, hoặc bảng XLSX, CSV (nhiều hộ); - là đầu vào chuẩn (TOML)",
            "Household or people: TOML, or a table (XLSX, CSV; several households); - is standard input (TOML)",
        )))
        .arg(
            flag(
                "members",
                ["N", "N"],
                [
                    "Số người (nhóm hộ gia đình nếu không ghi --group); --thanh-vien",
                    "Number of people (household group unless --group is given)",
                ],
            )
            .short('n')
            .conflicts_with("file")
            .alias("thanh-vien"),
        )
        .arg(
            flag(
                "group",
                ["MÃ", "CODE"],
                [
                    "Đối tượng: mã trên thẻ (GD, HS, CN …) hoặc tên; lặp lại nếu thuộc nhiều đối tượng; --nhom",
                    "Group: card code (GD, HS, CN …) or name; repeat it for several categories of one person",
                ],
            )
            .short('g')
            .action(clap::ArgAction::Append)
            .conflicts_with("file")
            .alias("nhom")
            .alias("nhóm"),
        )
        .arg(flag(
            "already",
            ["N", "N"],
            [
                "Số người trong hộ đã đóng theo hộ trong năm tài chính này",
                "Members who already paid as household this fiscal year",
            ],
        ))
        .arg(
            flag("months", ["N", "N"], ["Số tháng (mặc định 12); --thang", "Months (default 12)"])
                .short('m')
                .alias("thang")
                .alias("tháng"),
        )
        .arg(
            flag("from", ["NGÀY", "DATE"], ["Ngày thẻ bắt đầu có giá trị; --tu-ngay", "First day of cover"])
                .alias("tu-ngay"),
        )
        .arg(
            flag(
                "until",
                ["NGÀY", "DATE"],
                [
                    "Ngày chung thẻ hết hạn: mỗi người đóng số tháng còn lại; --den-ngay",
                    "Common last day of cover: each pays the months that are left",
                ],
            )
            .alias("den-ngay")
            .conflicts_with("months"),
        )
        .arg(
            flag(
                "paid-on",
                ["NGÀY", "DATE"],
                [
                    "Ngày đóng tiền (quyết định lương cơ sở); --ngay-dong",
                    "Day of payment (decides the base salary)",
                ],
            )
            .alias("ngay-dong"),
        )
        .arg(flag("born", ["NGÀY", "DATE"], ["Ngày sinh", "Birth date"]).conflicts_with("file"))
        .arg(
            flag(
                "salary",
                ["SỐ_TIỀN", "AMOUNT"],
                [
                    "Tiền lương, lương hưu hoặc trợ cấp một tháng; --luong",
                    "Salary, pension or benefit a month",
                ],
            )
            .short('s')
            .conflicts_with("file")
            .alias("luong")
            .alias("lương")
            .allow_negative_numbers(true),
        )
        .arg(
            flag(
                "province",
                ["TỈNH", "ID"],
                ["Tỉnh, để tính hỗ trợ của địa phương; --tinh", "Province, to include local support"],
            )
            .short('p')
            .alias("tinh")
            .alias("tỉnh"),
        )
        .arg(
            flag(
                "school-province",
                ["TỈNH", "ID"],
                [
                    "Tỉnh nơi học, nếu khác nơi ở; --tinh-noi-hoc",
                    "Province of the school, where it is another",
                ],
            )
            .alias("tinh-noi-hoc"),
        )
        .arg(
            flag(
                "tag",
                ["HOÀN_CẢNH", "ID"],
                [
                    "Hoàn cảnh mà chính sách hỏi đến, có thể kèm =NGÀY; dùng nhiều lần được",
                    "Circumstance a policy asks for, with =DATE where it has one; may be repeated",
                ],
            )
            .action(clap::ArgAction::Append)
            .conflicts_with("file"),
        )
        .arg(
            flag(
                "reading",
                ["ID", "ID"],
                [
                    "Cách hiểu khác ở chỗ luật chưa rõ (bhyt explain readings)",
                    "Second reading where the law is silent (bhyt explain readings)",
                ],
            )
            .action(clap::ArgAction::Append),
        )
        .arg(
            flag(
                "special",
                ["THÁNG", "KIND"],
                [
                    "Tháng đặc biệt: `suspended` (đình chỉ công tác, tạm giam), `maternity` (thai sản), `sick` (ốm đau), `unpaid-leave` (nghỉ không lương); có thể kèm =NGÀY:SỐ_THÁNG",
                    "Special months: suspended, maternity, sick, unpaid-leave, with =DATE:MONTHS for some of them",
                ],
            )
            .action(clap::ArgAction::Append)
            .conflicts_with("file"),
        )
}
