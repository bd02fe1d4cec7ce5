//! Từ điển thông báo: every sentence the program says about a code, in both languages, in one place.
//!
//! `{name}` is replaced by a fact; a part in `[[…]]` is left out when one of its facts is missing or empty.

use super::wording::{Lang, fill};
use crate::terms::problem::{Code, MEMBERS, Problem};

/// Câu chữ của một mã.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// What is the matter: Vietnamese, English.
    pub says: [&'static str; 2],
    /// What to do about it: Vietnamese, English.
    pub hint: [&'static str; 2],
    /// The same for who reads a printed sheet and types no command; none where `hint` names no command anyway.
    pub paper: Option<[&'static str; 2]>,
}

impl Words {
    /// What to do about it in words for a printed sheet.
    const fn on_paper(self, vi: &'static str, en: &'static str) -> Words {
        Words { paper: Some([vi, en]), ..self }
    }
}

pub(super) const fn words(
    vi: &'static str,
    en: &'static str,
    hint_vi: &'static str,
    hint_en: &'static str,
) -> Words {
    Words { says: [vi, en], hint: [hint_vi, hint_en], paper: None }
}

/// The sentence of a problem with its facts filled in, and whose it is where that is not everybody's.
pub fn message(problem: &Problem, lang: Lang) -> String {
    let said = fill(lang.pick(entry(problem.code).says), &problem.facts, lang);
    match problem.facts.iter().find(|(name, _)| *name == MEMBERS) {
        Some((_, members)) => format!("{} {members}: {said}", lang.say("Người", "Member")),
        None => said,
    }
}

/// What to do about a problem; empty when there is nothing to do.
pub fn hint(problem: &Problem, lang: Lang) -> String {
    fill(lang.pick(entry(problem.code).hint), &problem.facts, lang)
}

/// The same on a printed sheet.
pub fn paper_hint(problem: &Problem, lang: Lang) -> String {
    let words = entry(problem.code);
    fill(lang.pick(words.paper.unwrap_or(words.hint)), &problem.facts, lang)
}

/// Câu chữ của mã lỗi, cảnh báo, ghi chú.
#[expect(clippy::too_many_lines, reason = "one table, one line a code")]
pub const fn entry(code: Code) -> Words {
    match code {
        Code::UnknownArgument => words(
            "Không hiểu `{read}`.[[ Ý bạn là `{suggestion}`?]]",
            "`{read}` is not understood.[[ Did you mean `{suggestion}`?]]",
            "Xem các lệnh và tùy chọn: bhyt[[ {command}]] --help",
            "See commands and options: bhyt[[ {command}]] --help",
        ),
        Code::MissingArgument => words(
            "Thiếu {read}.",
            "{read} is missing.",
            "Xem ví dụ: bhyt {command} --help",
            "See examples: bhyt {command} --help",
        ),
        Code::ConflictingArguments => words(
            "Không dùng cùng lúc {read} và {other}.",
            "{read} and {other} cannot be used together.",
            "Bỏ một trong hai.",
            "Leave one of them out.",
        ),
        Code::InvalidValue => words(
            "Giá trị `{read}` không dùng được.[[ Chấp nhận: {accepted:typed}.]][[ Ý bạn là `{suggestion}`?]]",
            "The value `{read}` cannot be used.[[ Accepted: {accepted:typed}.]][[ Did you mean `{suggestion}`?]]",
            "Sửa giá trị rồi chạy lại.",
            "Correct the value and run again.",
        ),
        Code::NothingToDo => words(
            "Chưa có lệnh nào.",
            "No command was given.",
            "Ví dụ: bhyt quote --members 4 --months 12",
            "For example: bhyt quote --members 4 --months 12",
        ),
        Code::WorkbookNeedsFile => words(
            "Sổ Excel chỉ ghi được vào tệp.",
            "A workbook can only be written to a file.",
            "Thêm -o TÊN_TỆP.xlsx",
            "Add -o NAME.xlsx",
        ),
        Code::CommandMissing => words(
            "Thiếu lệnh trước tên tệp.",
            "The command before the file is missing.",
            "Tệp này đọc bằng lệnh: {command}",
            "This file is read by: {command}",
        ),
        Code::DroppedSeveral => words(
            "Các tệp này không đọc chung được.",
            "These files are not read together.",
            "Thả từng tệp một; chỉ hồ sơ XML giám định được nhiều tệp một lần.",
            "Drop one at a time; only claim files are audited several at once.",
        ),
        Code::FileUnrecognised => words(
            "Không nhận ra tệp này dùng cho lệnh nào.",
            "No command reads this file.",
            "Tệp của hộ có mục `members`, của lượt khám có mục `admitted`; xem bhyt template.",
            "A household has `members`, a visit has `admitted`; see bhyt template.",
        ),
        Code::UnreadableInput => words(
            "Không đọc được tệp: {cause}.",
            "The file cannot be read: {cause}.",
            "Kiểm tra đường dẫn và quyền đọc.",
            "Check the path and the permission to read.",
        ),
        Code::EmptyInput => words(
            "Tệp rỗng.",
            "The file is empty.",
            "Tạo tệp mẫu: bhyt template quote -o mau.toml",
            "Write an example file: bhyt template quote -o example.toml",
        ),
        Code::NotUtf8 => words(
            "Tệp không phải văn bản UTF-8[[ ({read})]].",
            "The file is not UTF-8 text[[ ({read})]].",
            "Mở tệp bằng Notepad rồi lưu lại, chọn mã hóa UTF-8.",
            "Open the file and save it again as UTF-8.",
        ),
        Code::TomlSyntax => words(
            "Tệp sai cú pháp TOML[[: {detail:reader}]].",
            "The file is not valid TOML[[: {detail:reader}]].",
            "So với tệp mẫu: bhyt template quote, bhyt template claim",
            "Compare with an example: bhyt template quote, bhyt template claim",
        ),
        Code::UnknownKey => words(
            "Tệp không có mục tên `{read}`.[[ Ý bạn là `{suggestion}`?]]",
            "There is no key `{read}`.[[ Did you mean `{suggestion}`?]]",
            "Các mục dùng được: {accepted:typed}.",
            "Accepted keys: {accepted:typed}.",
        ),
        Code::MissingKey => words(
            "Tệp thiếu mục `{read}`.",
            "The key `{read}` is missing.",
            "So với tệp mẫu: bhyt template quote",
            "Compare with an example: bhyt template quote",
        ),
        Code::WrongKind => words(
            "Giá trị viết sai kiểu[[: {detail:reader}]].",
            "The value has the wrong kind[[: {detail:reader}]].",
            "Ngày: 2026-08-01; số tiền: 12000000; chữ đặt trong ngoặc kép.",
            "Dates: 2026-08-01; amounts: 12000000; texts in double quotes.",
        ),
        Code::MissingColumns => words(
            "Không tìm thấy dòng tiêu đề có đủ các cột cần thiết: thiếu {missing:column}.",
            "No heading with the columns needed was found: {missing:column} missing.",
            "Ghép cột: --map \"tên cột=trường\"[[; ghi cho cả bảng: --set {set}=giá trị]][[; tệp không có tiêu đề: --no-header --columns {columns},…]][[; tệp mẫu: bhyt template {template}]]",
            "Name columns: --map \"column=field\"[[; say it for the whole table: --set {set}=VALUE]][[; a table without heading: --no-header --columns {columns},…]][[; an example: bhyt template {template}]]",
        ),
        Code::DuplicateColumn => words(
            "Hai cột cùng được hiểu là {field:column}: {columns}.",
            "Two columns are both understood as {field:column}: {columns}.",
            "Chọn một cột theo vị trí: --map \"#{first}={field}\"",
            "Choose one by its place: --map \"#{first}={field}\"",
        ),
        Code::UnclosedQuote => words(
            "Dấu ngoặc kép mở ở dòng {row} không được đóng.",
            "The quotation mark opened in line {row} is never closed.",
            "Sửa dòng đó: đóng dấu ngoặc kép, hoặc viết đôi (\"\") nếu là một phần của nội dung. Chưa dòng nào được ghi.",
            "Correct that line: close the quotation mark, or double it (\"\") where it belongs to the text. Nothing was written.",
        ),
        Code::TextAfterQuote => words(
            "Dòng {row}: có chữ nằm sau dấu ngoặc kép đóng.",
            "Line {row}: there is text after a closing quotation mark.",
            "Viết đôi dấu ngoặc kép (\"\") khi nó là một phần của nội dung. Chưa dòng nào được ghi.",
            "Double the quotation mark (\"\") where it belongs to the text. Nothing was written.",
        ),
        Code::CellTooLong => words(
            "Ô dài hơn {limit} byte, dài hơn mọi ô thật.",
            "A cell is longer than {limit} bytes.",
            "Rút ngắn ô đó; có thể thiếu một dấu ngoặc kép hoặc dấu xuống dòng.",
            "Shorten it; a quotation mark or a line end may be missing.",
        ),
        Code::RowTooLong => words(
            "Dòng {row} dài hơn {limit} byte.",
            "Line {row} is longer than {limit} bytes.",
            "Tệp có thể không phải bảng CSV, hoặc thiếu dấu xuống dòng.",
            "The file may not be a CSV table, or line ends are missing.",
        ),
        Code::CellCount => words(
            "Dòng có {read} ô, tiêu đề có {accepted} cột.",
            "The row has {read} cells, the heading {accepted} columns.",
            "Kiểm tra dấu phân cách và dấu ngoặc kép trong dòng.",
            "Check separators and quotation marks of the row.",
        ),
        Code::CellEncoding => words(
            "Dòng có ký tự không đọc được theo bảng mã {encoding}.",
            "The row holds bytes that are not {encoding} text.",
            "Lưu tệp lại với mã hóa UTF-8, hoặc ghi rõ bảng mã: --encoding `windows-1258`, `utf-16` …",
            "Name the encoding: --encoding windows-1258, utf-16 …",
        ),
        Code::ColumnMap => words(
            "--map `{read}` không dùng được[[: không có cột `{column}`]][[: không có trường `{field}`]].[[ Ý bạn là `{suggestion}`?]]",
            "--map `{read}` cannot be used[[: there is no column `{column}`]][[: there is no field `{field}`]].[[ Did you mean `{suggestion}`?]]",
            "Viết --map \"tên cột=trường\".[[ Các trường: {accepted:typed}.]]",
            "Write --map \"column=field\".[[ Fields: {accepted:typed}.]]",
        ),
        Code::UnknownEncoding => words(
            "Không có bảng mã `{read}`.",
            "There is no encoding `{read}`.",
            "Dùng được: `utf-8`, `utf-16le`, `utf-16be`, `windows-1258`, `windows-1252`.",
            "Accepted: `utf-8`, `utf-16le`, `utf-16be`, `windows-1258`, `windows-1252`.",
        ),
        Code::WorkbookDamaged => words(
            "Tệp hỏng, có mật khẩu hoặc không phải Excel (.xlsx)[[: {detail:reader}]].",
            "The file is damaged, protected or no Excel workbook (.xlsx)[[: {detail:reader}]].",
            "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx, hoặc lưu thành CSV.",
            "Open it in Excel or LibreOffice and save it again as .xlsx, or as CSV.",
        ),
        Code::WorkbookTooLarge => words(
            "Phần `{part}` của tệp Excel bung ra quá lớn ({detail}).",
            "Part `{part}` of the workbook unfolds to too much ({detail}).",
            "Lưu thành CSV (UTF-8) rồi chạy lại.",
            "Save it as CSV (UTF-8) and run again.",
        ),
        Code::FormulaWithoutValue => words(
            "Ô {cell} có công thức nhưng chưa có kết quả được lưu.",
            "Cell {cell} holds a formula without a stored result.",
            "Mở tệp bằng Excel hoặc LibreOffice, lưu lại, rồi chạy lại.",
            "Open the file in Excel or LibreOffice, save it, and run again.",
        ),
        Code::MergedCells => words(
            "Ô gộp {cells} nằm trong vùng dữ liệu: chỉ dòng đầu có giá trị.",
            "Merged cells {cells} lie inside the data: only the first row has a value.",
            "Bỏ gộp ô và điền đủ từng dòng.",
            "Unmerge them and fill in every row.",
        ),
        Code::UnknownSheet => words(
            "Không có trang tính `{read}`.",
            "There is no sheet `{read}`.",
            "Các trang tính: {accepted}.",
            "Sheets: {accepted}.",
        ),
        Code::ParquetDamaged => words(
            "Tệp hỏng hoặc không phải Parquet[[: {detail:reader}]].",
            "The file is damaged or no Parquet file[[: {detail:reader}]].",
            "Xuất lại tệp từ chương trình gốc.",
            "Export the file again.",
        ),
        Code::ColumnKind => words(
            "Cột `{column}` có kiểu không đọc được ({detail}).",
            "Column `{column}` has a kind that cannot be read ({detail}).",
            "Đổi cột sang chữ, số nguyên hoặc ngày.",
            "Convert it to text, whole numbers or dates.",
        ),
        Code::NeedsFile => words(
            "Tệp {format} không đọc hoặc ghi được bằng dấu | hoặc >.",
            "{format} cannot be read or written through a pipe.",
            "Ghi tên tệp; chỉ CSV đọc ghi được bằng dấu | hoặc >.",
            "Name a file, or pipe CSV.",
        ),
        Code::FormatLeftOut => words(
            "Bản chương trình này không có phần đọc ghi {format}.",
            "This build of the program leaves out {format}.",
            "Dùng CSV, hoặc bản đầy đủ của chương trình.",
            "Use CSV, or the full build.",
        ),
        Code::CellMissing => {
            words(
                "Ô {field:column} để trống.",
                "The cell {field:column} is empty.",
                "Điền ô đó.",
                "Fill it in.",
            )
        }
        Code::SeparatorFound => words("Dấu phân cách: {read}", "Separator: {read}", "", ""),
        Code::EncodingFound => words(
            "Mã hóa: {read}; kết quả ghi bằng UTF-8.",
            "Encoding: {read}; the result is written in UTF-8.",
            "",
            "",
        ),
        Code::ColumnsUnderstood => words(
            "Hiểu là: {read_vi}.[[ Giữ nguyên, không dùng: {unused}.]]",
            "Understood as: {read_en}.[[ Carried through, not used: {unused}.]]",
            "",
            "",
        ),
        Code::TitleLinesSkipped => words(
            "Bỏ qua {count} dòng phía trên dòng tiêu đề.",
            "{count} lines above the heading are skipped.",
            "",
            "",
        ),
        Code::OtherSheets => words(
            "Chỉ đọc trang tính `{read}`; không đọc: {others}.",
            "Only sheet `{read}` is read; not read: {others}.",
            "Chọn trang khác: --sheet TÊN.",
            "Choose another with --sheet NAME.",
        )
        .on_paper("", ""),
        Code::ProfileUnknown => words(
            "Không có mẫu bảng `{read}`.[[ Ý bạn là `{suggestion}`?]]",
            "There is no layout `{read}`.[[ Did you mean `{suggestion}`?]]",
            "Các mẫu: {accepted:typed}. Mẫu riêng: --profile TỆP.toml",
            "Layouts: {accepted:typed}. Your own: --profile FILE.toml",
        ),
        Code::SetForm => words(
            "--set `{read}` không dùng được.[[ Ý bạn là `{suggestion}`?]]",
            "--set `{read}` cannot be used.[[ Did you mean `{suggestion}`?]]",
            "Viết --set trường=giá trị, ví dụ --set group=GD. Các trường: {accepted:typed}.",
            "Write --set field=value, for example --set group=GD. Fields: {accepted:typed}.",
        ),
        Code::HouseholdOption => words(
            "--household `{read}` không dùng được.",
            "--household `{read}` cannot be used.",
            "Dùng một trong ba: `whole-file` (cả tệp là một hộ), `each-row` (mỗi dòng một hộ), \"by TÊN CỘT\" (các dòng liền nhau cùng giá trị ở cột đó là một hộ).",
            "Use `whole-file` (the table is one household), `each-row` (every row is one), or \"by COLUMN\" (neighbouring rows with the same value there are one).",
        ),
        Code::ProfileBroken => words(
            "Tệp mẫu bảng không dùng được[[: {detail:reader}]].",
            "The file of layouts cannot be used[[: {detail:reader}]].",
            "Xem mẫu: bhyt explain profiles",
            "See the layouts: bhyt explain profiles",
        ),
        Code::TwinColumns => words(
            "Hai cột cùng tên ({columns}) có giá trị khác nhau.",
            "Two columns of the same heading ({columns}) hold different values.",
            "Chọn một cột theo vị trí: --map \"#{first}=trường\"",
            "Choose one by its place: --map \"#{first}=field\"",
        ),
        Code::SectionsNeedOrder => words(
            "Dòng {row} là dòng mục (Tăng, Giảm …) trong một bảng lớn.",
            "Row {row} is a section (joining, leaving …) inside a large table.",
            "Mục chỉ đọc được ở danh sách in dưới 4 MiB: tách bảng, hoặc bỏ dòng mục và ghi cột PA (phương án).",
            "Sections are read in printed lists below 4 MiB: divide the table, or leave them out and add a column PA (plan).",
        ),
        Code::ListNotCompared => words(
            "Danh sách dài hơn {file} MiB (qua ống dẫn: {stream} KiB): không tìm người ghi hai lần, không so dòng cộng và số người với các dòng.",
            "The list is longer than {file} MiB (as a stream: {stream} KiB): people who stand there twice are not looked for, totals and numbers of people are not compared.",
            "Tách danh sách thành các tệp dưới {file} MiB, người cùng số ở cùng một tệp.",
            "Divide the list into files below {file} MiB, the same numbers in the same file.",
        ),
        Code::SectionRow => {
            words("Dòng mục, không phải người tham gia.", "A section of the list, no person.", "", "")
        }
        Code::TotalRow => {
            words("Dòng tổng, không phải người tham gia.", "A total of the list, no person.", "", "")
        }
        Code::FormText => words(
            "Ghi chú, chữ ký hoặc số cột của mẫu, không phải người tham gia.",
            "A note, signature or column number of the form, no person.",
            "",
            "",
        ),
        Code::NoPremium => words(
            "Người giảm hoặc được hoàn trả: không phải mức đóng.",
            "Somebody who leaves or is paid back: no premium.",
            "",
            "",
        ),
        Code::ProfileFound => {
            words("Nhận ra mẫu bảng `{read}`: {vi}.", "The layout is `{read}`: {en}.", "", "")
        }
        Code::FactsForAll => words(
            "Cho mọi dòng không tự ghi: {read:given}.",
            "For every row that does not say it itself: {read:given}.",
            "",
            "",
        ),
        Code::TableBeyondQuote => words(
            "Bảng ghi nhiều hơn điều `quote` tính: hỗ trợ, số tiền đã ghi, nhiều tỉnh trong một hộ, hoặc quá nhiều hộ.[[ Cột \"{column}\" không được hiểu mà có giá trị.]]",
            "The table says more than `quote` takes in: support, stated amounts, several provinces in a household, or too many households.[[ Column \"{column}\" is not understood and has values.]]",
            "Dùng: bhyt batch premium BẢNG -o ket-qua.xlsx; phiếu cho từng hộ: --sheets THƯ_MỤC",
            "Use: bhyt batch premium TABLE -o result.xlsx; a page for each household: --sheets FOLDER",
        ),
        Code::SheetsAlike => words(
            "Các trang tính {others} có cùng tiêu đề nhưng không được đọc: tổng chưa gồm các trang này.",
            "Sheets {others} have the same heading and are not read: the totals leave them out.",
            "Đọc mọi trang có cùng tiêu đề: --sheet \"*\"; hoặc riêng từng trang: --sheet TÊN",
            "Read every sheet with the same heading: --sheet \"*\"; or each by itself: --sheet NAME",
        ),
        Code::RowsHidden => words(
            "Trang tính ẩn {count} dòng có dữ liệu dưới tiêu đề (do lọc hoặc ẩn tay), từ dòng {first}: các dòng này vẫn được đọc và tính.",
            "The sheet hides {count} rows with data below the heading (by a filter or by hand), from row {first}: they are read and counted all the same.",
            "Hiện lại các dòng nếu phải tính; xóa hoặc chép phần đang thấy sang trang mới nếu không.",
            "Show the rows where they count; delete them, or copy what is visible to a new sheet, where they do not.",
        ),
        Code::SheetFits => words(
            "Trang đầu không có tiêu đề phù hợp; đọc trang `{read}`.",
            "The first sheet has no heading that fits; sheet `{read}` is read.",
            "",
            "",
        ),
        Code::MoneyColumnLeftOut => words(
            "Cột \"{column}\" nói về tiền, tỷ lệ hoặc phương án và có giá trị ở {count} dòng, nhưng không được hiểu: kết quả chưa tính đến.",
            "Column \"{column}\" speaks of money, shares or plans and has values in {count} rows, but is not understood: the results leave it out.",
            "Ghép cột: --map \"{column}=trường\" (`rank` thứ tự hay bậc % trong hộ, `stated` số tiền phải thu, `local_support` địa phương hỗ trợ, `other_support` nguồn khác hỗ trợ, `from` từ ngày, `plan` phương án); bỏ cột nếu không liên quan.",
            "Map it: --map \"{column}=field\" (`rank` place or step % in the household, `stated` amount to collect, `local_support` support of the province, `other_support` of others, `from` first day, `plan` plan), or take it out where it does not matter.",
        ),
        Code::OddColumn => words(
            "Cột \"{column}\" không được hiểu nhưng trông như {like_vi}, và khác kết quả ở {count} dòng: kết quả chưa tính đến.",
            "Column \"{column}\" is not understood but looks like {like_en}, and says something else than the result in {count} rows: the results leave it out.",
            "Ghép cột: --map \"{column}={field}\" nếu đúng như vậy; bỏ cột nếu không liên quan.",
            "Map it if that is what it is: --map \"{column}={field}\"; take it out where it does not matter.",
        ),
        Code::PercentForm => words(
            "`{read}` không phải tỷ lệ phần trăm.",
            "`{read}` is not a percent.",
            "Viết 30, 30% hoặc 95,5; không viết 1, vì có thể là 1 % hoặc 100 %.",
            "Write 30, 30% or 95.5; not 1, which may be 1 % or 100 %.",
        ),
        Code::SupportBeyondPart => words(
            "Hỗ trợ ghi trong bảng lớn hơn phần người tham gia phải đóng.",
            "The support in the table is more than the person's part.",
            "Kiểm tra cột hỗ trợ: đến 100 là phần trăm, trên 100 là đồng.",
            "Check the support: up to 100 it is a percent, above that đồng.",
        ),
        Code::StatedDiffers => words(
            "{count} dòng có số tiền ghi trong bảng khác số tính được: thừa {more} đ, thiếu {less} đ[[, cộng lại thừa {net_more} đ]][[, cộng lại thiếu {net_less} đ]].",
            "In {count} rows the stated amount is not the computed one: {more} đ too much, {less} đ too little[[, together {net_more} đ too much]][[, together {net_less} đ too little]].",
            "Xem cột `stated_difference` của kết quả: số ghi trừ số tính.",
            "See column `stated_difference`: stated less computed.",
        ),
        Code::BudgetDiffers => words(
            "{count} dòng ghi tỷ lệ ngân sách hỗ trợ khác với quy định; đã tính theo quy định.",
            "In {count} rows the share of the budgets is not the one of the law; the law was followed.",
            "Kiểm tra đối tượng và tỷ lệ NSNN hỗ trợ.",
            "Check the group and the share of the state.",
        ),
        Code::OtherBaseSalary => words(
            "{count} dòng ghi mức lương cơ sở khác với mức của ngày đóng; đã tính theo ngày đóng.",
            "In {count} rows the stated base salary is not the one of the day of payment, which was followed.",
            "Kiểm tra ngày đóng và mức lương cơ sở ghi trên bảng.",
            "Check the day of payment and the base salary in the table.",
        ),
        Code::TotalDisagrees => words(
            "Dòng tổng {row} ghi {read} đ; các dòng phía trên ghi cộng lại {rows} đ, tính được {computed} đ.",
            "Total row {row} says {read} đ; the rows above state {rows} đ together, {computed} đ were computed.",
            "Kiểm tra dòng tổng và các dòng của mục đó.",
            "Check the total and the rows of its section.",
        ),
        Code::CountDisagrees => words(
            "Bảng ghi {read} người hoặc thẻ, đọc được {found}.",
            "The table names {read} people or cards, {found} were read.",
            "Kiểm tra dòng bị thiếu hoặc thừa.",
            "Check for rows that are missing or too many.",
        ),
        Code::OtherKindOfFile => words(
            "Đây không phải bảng CSV, XLSX hay Parquet mà là {vi}.",
            "This is no CSV, XLSX or Parquet table but {en}.",
            "{hint_vi}",
            "{hint_en}",
        ),
        Code::TitleMatters => words(
            "Dòng \"{read}\" phía trên tiêu đề nói về hỗ trợ hoặc giảm, không tính theo.",
            "The line \"{read}\" above the heading speaks of support or a reduction, which is not followed.",
            "Ghi cho cả bảng: --set local_support=20% (ngân sách địa phương), --set other_support=… (nguồn khác), --set budget_percent=… (NSNN cùng địa phương)",
            "Say it for the whole table: --set local_support=20% (local budgets), --set other_support=… (others), --set budget_percent=… (state and local together)",
        ),
        Code::HouseholdOnSheets => words(
            "Cùng một mã hộ có ở hai trang tính {read}: một hộ viết tiếp, hay hai hộ đánh số trùng?",
            "The same household stands on two sheets, {read}: one that goes on, or two that are numbered alike?",
            "Đặt mã hộ khác nhau, dồn các dòng của hộ vào một trang, hoặc chạy riêng từng trang: --sheet TÊN",
            "Number them apart, put the rows of a household on one sheet, or run each sheet by itself: --sheet NAME",
        ),
        Code::SheetsRead => {
            words("Đọc các trang tính như một bảng: {read}.", "Sheets read as one table: {read}.", "", "")
        }
        Code::PageRead => words(
            "Tệp là trang web (HTML), dù tên có thể là .xls: đọc các bảng của trang.",
            "The file is a web page (HTML), whatever its name says: the tables on it are read.",
            "",
            "",
        ),
        Code::FormNotWritten => words(
            "Không lập `{read}`: {why_vi}.",
            "Form `{read}` is not written: {why_en}.",
            "{hint_vi}",
            "{hint_en}",
        ),
        Code::FormIncomplete => words(
            "Không lập mẫu: {count} dòng chưa tính được.",
            "The form is not filled: {count} rows could not be answered.",
            "Sửa các dòng lỗi (xem: bhyt batch premium BẢNG -o ket-qua.csv) rồi lập lại.",
            "Correct the rejected rows (see: bhyt batch premium TABLE -o result.csv), then fill it again.",
        ),
        Code::SlipsWritten => words(
            "Đã viết phiếu của {count} hộ vào {read}.",
            "Pages of {count} households were written to {read}.",
            "",
            "",
        ),
        Code::FormNotInForce => words(
            "Mẫu `{read}` không áp dụng cho ngày đóng {date} (áp dụng từ {first} đến {last}).",
            "Form `{read}` is not in force on the day of payment {date} (from {first} until {last}).",
            "Kiểm tra ngày đóng, hoặc chọn mẫu của thời gian đó.",
            "Check the day of payment, or choose the form of that time.",
        ),
        Code::TableOfOtherKind => words(
            "Đây là {vi}: {why_vi}.",
            "This is {en}: {why_en}.",
            "Mẫu khác: --profile TÊN; các mẫu: bhyt explain profiles",
            "Another layout: --profile NAME; layouts: bhyt explain profiles",
        ),
        Code::DeclaredDiffers => words(
            "{count} dòng đề nghị khác số tính được; phần quỹ thừa {more} đ, thiếu {less} đ[[, cộng lại thừa {net_more} đ]][[, cộng lại thiếu {net_less} đ]].",
            "In {count} rows the declared amounts are not the computed ones; for the fund {more} đ too much, {less} đ too little[[, together {net_more} đ too much]][[, together {net_less} đ too little]].",
            "Xem các cột `*_difference` của kết quả: số đề nghị trừ số tính.",
            "See the columns `*_difference`: declared less computed.",
        ),
        Code::RowsFound => words(
            "{count} dòng có phát hiện {check}: {vi}.",
            "In {count} rows {check} is found: {en}.",
            "Xem cột `findings` của kết quả (-o TỆP); giải thích: bhyt explain MÃ.",
            "See the column `findings` of the result (-o FILE); explained by: bhyt explain CODE.",
        ),
        Code::TableChecks => words(
            "Bảng không có từng dòng chi phí: ngoài mức hưởng và số tiền, chỉ kiểm được {checks} (trong {all} phép kiểm tra). Các phép này đọc mọi cột mang tên trường của XML1, cả cột mà việc tính tiền không dùng.",
            "The table holds no lines of costs: besides level and amounts only {checks} can be checked (of {all} checks). They read every column with the name of a field of XML1, those too that the amounts do not use.",
            "Các phép còn lại cần tệp XML của cùng tháng: bhyt audit TỆP",
            "The others need the XML files of the month: bhyt audit FILE",
        )
        .on_paper("Các phép còn lại cần tệp XML của cùng tháng.", "The others need the XML files of the month."),
        Code::VisitsForgotten => words(
            "Chương trình chỉ nhớ {limit} lượt khám: giữa {count} lượt còn lại, từ {from} trở đi, lượt trùng, đợt điều trị chồng nhau và lượt khám thứ hai trong ngày không được tìm đủ.",
            "Only {limit} visits are remembered: among the other {count}, from {from} on, copies, overlapping stays and second visits of a day were not all looked for.",
            "Chia ra giám định từng phần: bảng thì theo số thẻ, tệp XML thì theo cơ sở; phần nào dưới {limit} lượt thì tìm đủ trong phần ấy.",
            "Audit it in parts: a table by card number, XML files by facility; in a part below {limit} visits all of them are found.",
        ),
        Code::SupportNotSimulated => words(
            "Hỗ trợ ghi trong bảng chưa tính vào mô phỏng: so sánh theo quy định.",
            "Support stated in the table is not simulated: the law alone is compared.",
            "Số tiền có cả hỗ trợ ghi trong bảng: bhyt batch premium BẢNG cho từng ngày.",
            "Amounts with the support of the table: bhyt batch premium TABLE for each day.",
        )
        .on_paper(
            "So sánh số tiền phải thu cần tính cả hỗ trợ này.",
            "What is collected needs this support counted as well.",
        ),
        Code::SupportAsListed => words(
            "Hỗ trợ địa phương lấy theo bảng, thay cho chính sách của tỉnh đã ghi nhận.",
            "Local support is taken from the table, in place of the recorded policy of the province.",
            "Bỏ cột hỗ trợ nếu muốn tính theo chính sách của tỉnh.",
            "Leave the column of support out to compute by the policy of the province.",
        ),
        Code::HouseholdUnknown => words(
            "Bảng có nhiều người diện hộ gia đình mà không có mã hộ cũng không có thứ tự trong hộ: chưa biết ai là người thứ nhất, thứ hai ….[[ Cột \"{column}\" có giá trị lặp lại theo từng cụm dòng, có thể là mã hộ.]]",
            "Several members of the household group have neither a household nor a place in one: who is first, second … is not known.[[ Column \"{column}\" comes in runs of equal cells and may be the household.]]",
            "Các dòng có phải một hộ? Chọn: --household whole-file (cả bảng là một hộ), --household each-row (mỗi người một hộ), --household \"by TÊN CỘT\" (cùng giá trị là một hộ); hoặc thêm cột mã hộ hay thứ tự. Chưa ghi gì.",
            "Are they one household? Choose --household whole-file (the table is one), --household each-row (everybody alone), --household \"by COLUMN\" (the same value is one), or add a column household_id or rank. Nothing was written.",
        ),
        Code::NoLadderStep => words(
            "Không phải bậc giảm trừ của hộ gia đình tại ngày đóng.",
            "Not a step of the household ladder on the day of payment.",
            "Các bậc: bhyt rules show household-ladder",
            "Steps: bhyt rules show household-ladder",
        ),
        Code::AmountFitsNoPlace => words(
            "Không có mã hộ, thứ tự; số tiền ghi không ứng với thứ tự tiếp theo hay người thứ nhất.",
            "Neither household nor place; the stated amount is that of neither the next place nor the first.",
            "Chọn --household, hoặc thêm cột mã hộ hay thứ tự.",
            "Choose --household, or add a column household_id or rank.",
        ),
        Code::PlaceFromAmount => words(
            "Thứ tự trong hộ suy ra từ số tiền ghi trong bảng.",
            "The place in the household was read from the stated amount.",
            "Kiểm tra thứ tự; ghi thêm cột thứ tự trong hộ nếu khác.",
            "Check the places; add a column of places if they differ.",
        ),
        Code::PlanUnknown => words(
            "Phương án hoặc mục này không tính được từ một dòng.",
            "This plan or section cannot be answered from a row.",
            "Dùng được: TM, GH, ON, TT (đóng); GT, GK, GG, GM, TU (không phải mức đóng).",
            "Known: TM, GH, ON, TT (pay); GT, GK, GG, GM, TU (no premium).",
        ),
        Code::BornYearDecides => words(
            "Chỉ có năm sinh, mà ngày sinh làm thay đổi kết quả; lấy ngày 01/01.",
            "Only the year of birth is known and the day matters; 1 January was taken.",
            "Ghi đủ ngày, tháng, năm sinh.",
            "Give day, month and year of birth.",
        ),
        Code::CardsDecide => words(
            "Lượt khám có nhiều thẻ của các đối tượng khác nhau, mức hưởng không bằng nhau; tính cả lượt theo thẻ có mức cao nhất.",
            "The visit has cards of several groups with other levels; all of it is computed by the card with the highest.",
            "Chi phí phải chia theo ngày của từng thẻ: dùng tệp XML (bhyt audit TỆP), hoặc tách lượt khám thành một dòng cho mỗi thẻ.",
            "The costs are to be divided by the days of each card: use the XML file (bhyt audit FILE), or a row for each card.",
        )
        .on_paper(
            "Chi phí phải chia theo ngày của từng thẻ: dùng tệp XML, hoặc tách lượt khám thành một dòng cho mỗi thẻ.",
            "The costs are to be divided by the days of each card: use the XML file, or a row for each card.",
        ),
        Code::ShareAsFraction => words(
            "Tỷ lệ nhỏ hơn 1 (0,3) được đọc là phần của 1: 30 %.",
            "A share below 1 (0.3) is read as a fraction: 30 %.",
            "Viết 30% nếu đúng; viết 0,3% nếu là ba phần nghìn.",
            "Write 30% where that is right, 0.3% where three in a thousand is meant.",
        ),
        Code::NumberAgain => words(
            "Mã số này đã có ở dòng trên với tên khác.",
            "This number stands beside another name further up.",
            "Kiểm tra mã số và họ tên ở hai dòng.",
            "Check number and name in both rows.",
        ),
        Code::PersonAgain => words(
            "{count} dòng ghi lại người đã có ở dòng trên (cùng mã số, họ tên, ngày bắt đầu); vẫn được tính.",
            "{count} rows are about somebody who stands further up (same number, name and first day); they are counted all the same.",
            "Bỏ dòng thừa, hoặc ghi ngày bắt đầu của từng lần.",
            "Take the rows out, or write the first day of each term.",
        ),
        Code::LastDayDiffers => words(
            "{count} dòng có ngày cuối không khớp số tháng kể từ ngày đầu; kết quả tính theo số tháng.",
            "In {count} rows the last day is not that of the months from the first day; the results follow the months.",
            "Sửa số tháng hoặc ngày cuối; bỏ cột ngày cuối nếu là hạn thẻ cũ.",
            "Correct the months or the last day; take the column out where it is that of an earlier card.",
        ),
        Code::NoteMatters => words(
            "{count} dòng có ghi chú về hỗ trợ, giảm hoặc ngừng đóng; kết quả chưa tính đến ghi chú.",
            "{count} rows have a note about support, a reduction or somebody who leaves; the results leave notes out.",
            "Ghi vào cột riêng (`local_support`, `other_support`, `plan`), hoặc bỏ khỏi ghi chú nếu không liên quan.",
            "Give it a column (`local_support`, `other_support`, plan), or take it out of the notes where it does not matter.",
        ),
        Code::ColumnsReplaced => words(
            "Cột {columns} của tệp được thay bằng kết quả mới.",
            "Columns {columns} of the input are replaced by new results.",
            "Cần giữ số cũ thì đổi tên cột đó trong tệp rồi chạy lại.",
            "To keep the old figures, rename the column in the file and run again.",
        ),
        Code::AmountForm => words(
            "`{read}` không phải số tiền.",
            "`{read}` is not an amount.",
            "Viết 1263600, 1.263.600, 1 263 600 hoặc 1,263,600, có thể kèm đ; hoặc 5 triệu, 950 nghìn.",
            "Write 1263600, 1.263.600, 1 263 600 or 1,263,600, with or without đ; or 5 triệu, 950 nghìn.",
        ),
        Code::AmountAmbiguous => words(
            "`{read}` có thể hiểu là {first} hoặc {second}.",
            "`{read}` can be read as {first} or as {second}.",
            "Viết liền các chữ số: {first}.",
            "Write the digits without separators: {first}.",
        ),
        Code::AmountRange => words(
            "Số tiền[[ `{read}`]] nằm ngoài khoảng tính được (0 đến 1.000.000.000.000.000 đ).",
            "The amount[[ `{read}`]] lies outside what can be computed (0 to 1,000,000,000,000,000 đ).",
            "Kiểm tra số chữ số và dấu trừ.",
            "Check the number of digits and the minus sign.",
        ),
        Code::UnknownGroup => words(
            "Không có đối tượng `{read}`.[[ Ý bạn là {suggestion}?]]",
            "There is no group `{read}`.[[ Did you mean {suggestion}?]]",
            "Người làm theo hợp đồng lao động là DN; ai không thuộc đối tượng nào khác đóng theo hộ gia đình, GD. Xem tất cả đối tượng: bhyt rules list --family enrollee-groups",
            "Who works under a labour contract is DN; who belongs to no other group pays by household, GD. See all groups: bhyt rules list --family enrollee-groups",
        ),
        Code::AmbiguousGroup => words(
            "`{read}` ứng với nhiều đối tượng: {candidates}.",
            "`{read}` matches several groups: {candidates}.",
            "Gõ mã hoặc tên của một đối tượng nêu trên, ví dụ GD.",
            "Type the code or name of one of them, for example GD.",
        ),
        Code::SalaryMissing => words(
            "Đối tượng “{group:name}” đóng theo tiền lương, lương hưu hoặc trợ cấp, nhưng chưa có số tiền đó.",
            "The premium of group “{group:name}” rests on a salary, pension or benefit, which was not given.",
            "Thêm --salary SỐ_TIỀN (trong tệp: `salary = …`).",
            "Add --salary AMOUNT (in a file: `salary = …`).",
        ),
        Code::SalaryUnused => words(
            "Mức đóng của đối tượng “{group:name}” không dựa vào tiền lương; bỏ qua số tiền đã ghi.",
            "The premium of group “{group:name}” does not rest on a salary; the amount given is ignored.",
            "Kiểm tra đối tượng; đúng thì bỏ số tiền lương đã ghi.",
            "Check the group; if it is right, leave the salary out.",
        ),
        Code::UnknownTag => words(
            "Không chính sách nào hỏi đến `{read}`.[[ Ý bạn là `{suggestion}`?]]",
            "No policy asks for `{read}`.[[ Did you mean `{suggestion}`?]]",
            "Sửa lại tên, hoặc bỏ; danh sách hoàn cảnh: bhyt explain circumstances",
            "Correct the name or leave it out; all circumstances: bhyt explain circumstances",
        )
        .on_paper(
            "Kiểm tra tên hoàn cảnh.",
            "Check the name of the circumstance.",
        ),
        Code::SalaryBelowLeast => words(
            "Tiền lương {amount} đ thấp hơn mức thấp nhất làm căn cứ đóng bảo hiểm xã hội bắt buộc ({least} đ).",
            "The salary {amount} đ is below the lowest that compulsory social insurance rests on ({least} đ).",
            "Kiểm tra số tiền[[; làm việc không trọn thời gian dưới mức này thì không thuộc đối tượng “{part_time:name}”]].",
            "Check the amount[[; part-time work below it is not in group “{part_time:name}”]].",
        ),
        Code::MemberCount => words(
            "Số người `{read}` không dùng được; chấp nhận {accepted}.",
            "`{read}` people cannot be quoted; accepted: {accepted}.",
            "Sửa số người.",
            "Correct the number of people.",
        ),
        Code::NoRank => words(
            "Người tham gia theo nhóm khác không được tính thứ tự giảm trừ hộ gia đình.",
            "Members insured in another group take no place on the household ladder.",
            "",
            "",
        ),
        Code::RankForm => words(
            "`{read}` không phải thứ tự thành viên.",
            "`{read}` is not a place in the household.",
            "Viết 1, 2, 3 …, hoặc để trống để tính theo thứ tự dòng.",
            "Write 1, 2, 3 …, or leave it empty to count rows.",
        ),
        Code::HouseholdSplit => words(
            "Các dòng của hộ này không đứng liền nhau: phần đầu ở phía trên.",
            "The rows of this household do not stand together: it began further up.",
            "Sắp xếp bảng theo hộ, hoặc ghi thứ tự thành viên vào cột thứ tự (`rank`).",
            "Sort the table by household, or give every row its rank.",
        ),
        Code::HouseholdTooLarge => words(
            "Hộ có hơn {limit} dòng.",
            "The household has more than {limit} rows.",
            "Kiểm tra cột mã hộ; để trống nếu không biết hộ.",
            "Check the household column; leave it empty where the household is not known.",
        ),
        Code::DateForm => words(
            "`{read}` không phải ngày.",
            "`{read}` is not a date.",
            "Viết 2026-08-01 hoặc 01/08/2026 (ngày trước, tháng sau).",
            "Write 2026-08-01 or 01/08/2026 (day first, then month).",
        ),
        Code::DateImpossible => words(
            "Ngày `{read}` không có thật.[[ Tháng đó có {days} ngày.]]",
            "The day `{read}` does not exist.[[ That month has {days} days.]]",
            "Viết 2026-08-01 hoặc 01/08/2026 (ngày trước, tháng sau).",
            "Write 2026-08-01 or 01/08/2026 (day first, then month).",
        ),
        Code::DateShortYear => words(
            "Ngày `{read}` chỉ có hai chữ số năm.",
            "The date `{read}` has a two-digit year.",
            "Viết đủ bốn chữ số năm: 01/08/2026.",
            "Write all four digits of the year: 01/08/2026.",
        ),
        Code::MonthsRange => words(
            "Số tháng `{read}` không dùng được; chấp nhận {accepted}.",
            "`{read}` months cannot be quoted; accepted: {accepted}.",
            "Kỳ đóng thường dùng: 3, 6 hoặc 12 tháng.",
            "Usual cycles: 3, 6 or 12 months.",
        ),
        Code::DateOrder => words(
            "{first} phải trước {second}.",
            "{first} must come before {second}.",
            "Kiểm tra lại các ngày.",
            "Check the dates.",
        ),
        Code::MonthsUnusual => words(
            "{read} tháng không phải kỳ đóng của đối tượng này ({accepted} tháng).",
            "{read} months is not a payment cycle of this group ({accepted} months).",
            "Kiểm tra số tháng trước khi thu tiền.",
            "Check the months before taking the money.",
        ),
        Code::MonthEnd => words(
            "Tháng cuối không có ngày trùng ngày bắt đầu; thẻ tính đến {date}.",
            "The last month lacks the starting day; cover is counted until {date}.",
            "Kiểm tra ngày hết hạn in trên thẻ.",
            "Check the last day printed on the card.",
        ),
        Code::DateAssumed => words(
            "Chưa ghi ngày đóng; lấy ngày hôm nay {date}.",
            "No day of payment was given; today, {date}, is used.",
            "",
            "",
        ),
        Code::FirstCardAssumed => words(
            "Tính như tham gia lần đầu: thẻ có giá trị sau {days} ngày kể từ ngày đóng.",
            "Taken as a first card: valid {days} days after payment.",
            "Thẻ cũ còn hạn thì nối tiếp: thêm --tag previous-card=NGÀY_HẾT_HẠN.",
            "If an old card still runs, cover follows it: add --tag previous-card=LAST_DAY.",
        )
        .on_paper("Thẻ cũ còn hạn thì nối tiếp: báo ngày hết hạn của thẻ đó cho nơi thu.", "If an old card still runs, cover follows it: tell the collector its last day."),
        Code::PaidBeyondCard => words(
            "Tính tiền {months} tháng nhưng thẻ chỉ có giá trị đến {date}: chỉ {fit} tháng bắt đầu trước khi thẻ hết hạn.",
            "{months} months are charged, but the card is valid until {date} only: {fit} of them begin before it ends.",
            "Chọn số tháng bằng thời hạn thẻ: --months {fit}",
            "Choose the months of the card: --months {fit}",
        )
        .on_paper("Chọn số tháng bằng thời hạn thẻ: {fit}.", "Choose the months of the card: {fit}."),
        Code::ChildPaidUntil => words(
            "Ngân sách đóng cho trẻ đến ngày đủ {age} tháng tuổi ({date}); trong {months} tháng đã tính chỉ {fit} tháng bắt đầu trước ngày đó.[[ Thẻ có giá trị đến {until}.]]",
            "The state pays for a child until it is {age} months old ({date}); only {fit} of the {months} months counted begin before that day.[[ The card is valid until {until}.]]",
            "Kiểm tra ngày sinh, đối tượng và số tháng.",
            "Check the birth date, the group and the months.",
        ),
        Code::CardByDecision => words(
            "Thẻ của đối tượng này có giá trị từ ngày ghi trong quyết định, chưa rõ ngày đó; tạm tính từ {date}.",
            "The card of this group starts on the day named in a decision, which was not given; {date} stands in.",
            "Ghi ngày trong quyết định: --from NGÀY",
            "Give the day of the decision: --from DATE",
        )
        .on_paper("Báo ngày ghi trong quyết định cho nơi thu.", "Tell the collector the day of the decision."),
        Code::FirstDayAsGiven => words(
            "Ngày đầu {date} lấy theo yêu cầu; theo luật thẻ có giá trị từ {lawful}.",
            "The first day {date} is taken as given; by the law the card is valid from {lawful}.",
            "Thẻ cũ còn hạn thì thêm --tag previous-card=NGÀY_HẾT_HẠN.",
            "If an old card still runs, add --tag previous-card=LAST_DAY.",
        )
        .on_paper("Thẻ cũ còn hạn thì báo ngày hết hạn của thẻ đó cho nơi thu.", "If an old card still runs, tell the collector its last day."),
        Code::MonthsCut => words(
            "Thẻ hết hạn cùng năm học ngày {date}: chỉ đóng được {fit} trong {months} tháng đã hỏi, tính theo {fit} tháng.",
            "The card ends with school on {date}: only {fit} of the {months} months asked for can be paid for, and {fit} are charged.",
            "Kiểm tra ngày kết thúc khóa học, hoặc ghi số tháng: --months {fit}",
            "Check the day the course ends, or give the months: --months {fit}",
        )
        .on_paper("Kiểm tra lại ngày kết thúc khóa học.", "Check the day the course ends."),
        Code::SchoolYearAssumed => words(
            "Chưa biết năm học lớp 1: lấy năm học sắp tới, thẻ từ {date}.",
            "The school year of grade 1 is not known: the coming one is taken, the card starts on {date}.",
            "Ghi ngày sinh (--born NGÀY) hoặc ngày nhập học: --tag grade-1=NGÀY",
            "Give the birth date (--born DATE) or the day of enrolment: --tag grade-1=DATE",
        )
        .on_paper("Báo ngày sinh hoặc ngày nhập học cho nơi thu.", "Tell the collector the birth date or the day of enrolment."),
        Code::HighTechnologyWait => words(
            "Quyền lợi về dịch vụ kỹ thuật cao chỉ có từ {date}, sau {days} ngày kể từ ngày đóng.",
            "High-technology services are covered from {date} only, {days} days after payment.",
            "",
            "",
        ),
        Code::DebtsRefused => words(
            "{count} dòng của bảng không tính được: dòng {lines}. Tổng không gồm các dòng này.",
            "{count} lines of the table cannot be computed: {lines}. The totals leave them out.",
            "Xem nghĩa của một mã: bhyt explain MÃ",
            "What a code means: bhyt explain CODE",
        )
        .on_paper("", ""),
        Code::MonthWithoutCover => words(
            "Có tháng không đóng và thẻ không có giá trị sử dụng, từ {date}.",
            "There are months without payment and without cover, from {date}.",
            "Muốn có thẻ trong các tháng đó thì tham gia theo đối tượng khác (hộ gia đình).",
            "For cover in these months join under another category (household).",
        ),
        Code::OrderByLetter => words(
            "Tính theo “{group:name}”; theo câu chữ của Luật, người hoạt động không chuyên trách cấp xã có thứ tự đóng riêng nên có thể đóng theo đối tượng đó dù có hợp đồng lao động; chưa thấy cơ quan bảo hiểm xã hội trả lời trường hợp này.",
            "Computed under “{group:name}”; by the letter of the Law part-time officials of communes have an order of their own and might join under it even beside a labour contract. No answer of the agency on this is known.",
            "Hỏi cơ quan bảo hiểm xã hội; để tính theo đối tượng kia thì chỉ ghi --group XK.",
            "Ask the agency; to compute the other way give --group XK alone.",
        )
        .on_paper("Hỏi cơ quan bảo hiểm xã hội.", "Ask the agency."),
        Code::CheaperForm => words(
            "Đối tượng “{group:name}” được chọn đóng theo hộ gia đình: từ người thứ {rank} của hộ chỉ đóng {amount} đ thay vì {own} đ.",
            "Group “{group:name}” may choose the household form: from member {rank} on it costs {amount} đ instead of {own} đ.",
            "So sánh: bhyt subsidy --rank {rank}",
            "Compare: bhyt subsidy --rank {rank}",
        )
        .on_paper("Chọn cách đóng nào thì báo cho nơi thu.", "Tell the collector which form you choose."),
        Code::CommonEndMissed => words(
            "Thẻ hết hạn {until} chứ không đúng ngày chung {date}: chỉ đóng được tròn tháng từ {from}.",
            "The card ends on {until}, not on the common day {date}: only whole months from {from} can be paid for.",
            "",
            "",
        ),
        Code::RaisedToWhole => words(
            "Chưa biết mức hỗ trợ cũ và mới: tính như ngân sách nay đóng 100%. Nếu chỉ tăng một phần thì số hoàn trả ít hơn.",
            "The support before and after is not known: taken as raised to 100 %. A smaller raise gives a smaller refund.",
            "Ghi mức hỗ trợ: --old-share 50% --new-share 70%",
            "Give the shares: --old-share 50% --new-share 70%",
        )
        .on_paper("Báo mức hỗ trợ cũ và mới cho nơi thu.", "Tell the collector the shares before and after."),
        Code::LateAcrossLaws => words(
            "Khoản nợ có từ trước 01/07/2025: {months} tháng tính lãi theo tháng, từ 01/07/2025 tính theo ngày. Luật không nói rõ ngày chuyển tiếp.",
            "The debt is older than 2025-07-01: {months} months bear interest by the month, from 2025-07-01 on days count. The Law does not say where the change lies.",
            "Xem: bhyt rules list --gaps",
            "See: bhyt rules list --gaps",
        )
        .on_paper("", ""),
        Code::LateByConvention => words(
            "Trước năm 2015, Luật chỉ nêu lãi suất cơ bản: số tháng tính lãi đếm theo quy ước, như từ năm 2015.",
            "Before 2015 the Law names the basic rate only: months are counted by a convention, as from 2015 on.",
            "Xem khoảng trống `late-interest-before-2015`: bhyt rules list --gaps",
            "See the gap `late-interest-before-2015`: bhyt rules list --gaps",
        )
        .on_paper("", ""),
        Code::LateRateMissing => words(
            "Chưa ghi nhận lãi suất dùng để tính tiền chậm đóng năm {rate_year} (cần cho ngày {date}).",
            "The interest rate of late payment used in {rate_year} is not recorded (needed on {date}).",
            "Chương trình không đoán. Thêm --rate {rate_year}=X% theo thông báo của cơ quan bảo hiểm xã hội năm đó.",
            "The program does not guess. Add --rate {rate_year}=X% from the agency's notice of that year.",
        ),
        Code::RefundCarriedOn => words(
            "Không có văn bản đang có hiệu lực nêu trường hợp hoàn trả này: tính như Quyết định 595/QĐ-BHXH, đã hết hiệu lực ngày 30/04/2026.",
            "No text in force names this refund: it is computed as QĐ 595/QĐ-BHXH had it, which ended on 2026-04-30.",
            "Hỏi cơ quan bảo hiểm xã hội trước khi hứa với người tham gia.",
            "Ask the agency before promising it.",
        ),
        Code::NotInForce => words(
            "Quy định đã ghi không có câu trả lời: “{rule:name}” chưa có hiệu lực hoặc đã hết hiệu lực ngày {date}.[[ Bắt đầu ghi nhận từ {first}.]][[ Kết thúc {last}.]]",
            "The law as recorded has no answer: “{rule:name}” is not in force on {date}.[[ The record begins on {first}.]][[ It ends on {last}.]]",
            "Chương trình không đoán. Xem quy định này có từ ngày nào: bhyt rules show {rule}",
            "The program does not guess. See the versions: bhyt rules show {rule}",
        ),
        Code::PolicyUnrecorded => words(
            "{name_vi} có thể hỗ trợ người này (“{policy:name}”) nhưng chưa tìm được tỷ lệ: không tính thay bằng số không.",
            "{name_en} may support this person (“{policy:name}”), but its percentage was not found; zero is not put in its place.",
            "Hỏi cơ quan bảo hiểm xã hội địa phương rồi tự ghi gói chính sách (bhyt template local-policy), hoặc bỏ --province để xem mức chung cả nước.",
            "Ask the local agency and record the policy yourself (bhyt template local-policy), or leave --province out to see the national share.",
        ),
        Code::UnknownProvince => words(
            "Không có tỉnh, thành phố nào tên là `{read}`.[[ Ý bạn là {suggestion}?]]",
            "There is no province or city called `{read}`.[[ Did you mean {suggestion}?]]",
            "Ghi tên mới, tên cũ trước ngày 01/07/2025, tên tắt hoặc mã. Danh sách: bhyt rules list --provinces",
            "Give the name of today, the one before 2025-07-01, a short form or the code. List: bhyt rules list --provinces",
        ),
        Code::SpecialMonthUnrecorded => words(
            "Quy định đã ghi không nói tháng “{kind:name}” của đối tượng “{group:name}” đóng thế nào từ {date}.",
            "The law as recorded does not say how a “{kind:name}” month of group “{group:name}” is paid for on {date}.",
            "Chương trình không đoán. Xem các loại tháng và đối tượng: bhyt rules show special-months",
            "The program does not guess. See kinds and groups: bhyt rules show special-months",
        ),
        Code::ContractUndecided => words(
            "Chưa rõ hợp đồng nào là căn cứ đóng bảo hiểm xã hội bắt buộc.",
            "It is not clear which contract is the base of compulsory social insurance.",
            "Đánh dấu hợp đồng đó (`compulsory-insurance = true`), hoặc ghi ngày ký (`signed`) của mọi hợp đồng.",
            "Write `compulsory-insurance = true` in that contract, or the day of signature (signed) of every contract.",
        ),
        Code::ContractTooShort => words(
            "Không hợp đồng nào có thời hạn từ {months} tháng trở lên.",
            "No contract has a term of {months} months or more.",
            "Kiểm tra thời hạn (`months`) của các hợp đồng, hoặc tính theo đối tượng khác.",
            "Check the terms (months) of the contracts, or use another group.",
        ),
        Code::CategoryChosen => words(
            "Thuộc nhiều đối tượng: đóng theo “{group:name}”[[ (theo “{rule:name}”)]].",
            "Several categories: joins under “{group:name}”[[ (rule “{rule:name}”)]].",
            "",
            "",
        ),
        Code::SupportChanges => words(
            "Mức hỗ trợ thay đổi trong thời gian đã đóng: từ {date} là {after} thay cho {before}.",
            "The support changes inside the paid months: from {date} it is {after} instead of {before}.",
            "",
            "",
        ),
        Code::FactPresumed => words(
            "“{rule:name}” đòi hỏi: {tags:name}; chương trình coi là đúng.",
            "“{rule:name}” asks for {tags:name}, which is taken as given.",
            "Xác nhận: --tag {first}",
            "Confirm: --tag {first}",
        )
        .on_paper("Nếu không đúng, báo cho nơi thu.", "If it does not hold, tell the collector."),
        Code::HouseholdFormPossible => words(
            "Đối tượng “{group:name}” được chọn tham gia theo hộ gia đình.",
            "Group “{group:name}” may choose the household form instead.",
            "So sánh: bhyt subsidy --rank N",
            "Compare: bhyt subsidy --rank N",
        )
        .on_paper("Chọn cách đóng nào thì báo cho nơi thu.", "Tell the collector which form you choose."),
        Code::ContractChosen => words(
            "Nhiều hợp đồng: đóng theo hợp đồng thứ {number}, tiền lương {amount} đ (“{rule:name}”).",
            "Several contracts: contract {number} counts, salary {amount} đ (“{rule:name}”).",
            "",
            "",
        ),
        Code::ContractBySignature => words(
            "Nhiều hợp đồng: coi hợp đồng ký trước (thứ {number}, {amount} đ) là căn cứ đóng bảo hiểm xã hội bắt buộc (“{rule:name}”).",
            "Several contracts: the one signed first ({number}, {amount} đ) is taken as the base of compulsory social insurance (“{rule:name}”).",
            "Nếu không phải thì đánh dấu đúng hợp đồng: `compulsory-insurance = true`.",
            "If it is another, mark that contract: `compulsory-insurance = true`.",
        )
        .on_paper(
            "Kiểm tra hợp đồng nào là căn cứ đóng bảo hiểm xã hội.",
            "Check which contract is the base of social insurance.",
        ),
        Code::ShiftNeedsOneDay => words(
            "--shift-to cần một ngày chung cho cả bảng.",
            "--shift-to needs one day for the whole table.",
            "Thêm --paid-on NGÀY (ngày đóng) hoặc --discharged-on NGÀY (ngày ra viện): ngày trước khi thay đổi.",
            "Add --paid-on DATE (payment) or --discharged-on DATE (discharge): the day before the change.",
        ),
        Code::DayOfOtherRows => words(
            "{read} không dùng cho bảng {kind_vi}; dùng {other}.",
            "{read} does not go with a table of {kind_en}; use {other}.",
            "Loại bảng nhận theo tiêu đề: --paid-on cho người tham gia, --discharged-on cho lượt khám.",
            "The heading tells the kind: --paid-on for insured people, --discharged-on for visits.",
        ),
        Code::RowsUnderstood => words(
            "Theo tiêu đề, đây là bảng {kind_vi}.",
            "By its heading this is a table of {kind_en}.",
            "",
            "",
        ),
        Code::RowsWarned => words(
            "Có dòng kèm cảnh báo (mã cảnh báo: số dòng): {reasons}.",
            "Rows have warnings (code: rows): {reasons}.",
            "Xem nghĩa của một mã: bhyt explain MÃ",
            "What a code means: bhyt explain CODE",
        )
        .on_paper("", ""),
        Code::NothingChanges => words(
            "Hai bộ quy định không khác nhau ở điểm nào có thể đổi số tiền của bảng này.",
            "The two rulebooks do not differ in anything that could move the money of this table.",
            "Kiểm tra hai ngày hoặc hai bộ quy định đã chọn.",
            "Check the two days or rulebooks that were chosen.",
        ),
        Code::RowsLeftOut => words(
            "{count} dòng không tính được ở một bên nên không nằm trong kết quả: {reasons}.",
            "{count} rows cannot be computed on one side and are not in the result: {reasons}.",
            "Sửa các dòng đó rồi chạy lại.",
            "Correct those rows and run again.",
        ),
        Code::ScenarioVersion => words(
            "Kịch bản, không phải quy định: “{rule:name}” từ {from} chưa có văn bản.[[ {note_vi}]]",
            "A scenario, not law: “{rule:name}” from {from} has no text.[[ {note_en}]]",
            "Chỉ dùng để so sánh, không dùng để thu tiền.",
            "For comparison only, not for taking money.",
        ),
        Code::RulebookHash => words(
            "Bộ quy định có mã {found}, không khớp `{read}`.",
            "The rulebook has hash {found}, which does not start with `{read}`.",
            "Dùng đúng phiên bản chương trình và bộ quy định, hoặc bỏ --rulebook-hash.",
            "Use the matching program and rules, or leave --rulebook-hash out.",
        ),
        Code::RulebookRefused => words(
            "Bộ quy định bị từ chối: {count} lỗi.",
            "The rulebook was refused: {count} errors.",
            "Xem từng lỗi: bhyt rules check THƯ_MỤC",
            "See every error: bhyt rules check DIR",
        ),
        Code::StrictWarning => words(
            "Dừng vì --strict: {message}",
            "Stopped because of --strict: {message}",
            "Bỏ --strict để nhận kết quả kèm cảnh báo.",
            "Leave --strict out to get the result with its warning.",
        ),
        Code::Unverified => words(
            "Quy định “{rule:name}” từ {from} chưa được đối chiếu với văn bản gốc[[: {note_vi}]].",
            "The rule “{rule:name}” from {from} was not checked against its text[[: {note_en}]].",
            "Đối chiếu với văn bản trước khi dùng số này.",
            "Compare with the text before using the figure.",
        ),
        Code::BeyondVerified => words(
            "Quy định “{rule:name}” chỉ được đối chiếu cho đến {date}; sau ngày đó có thể đã thay đổi.",
            "The rule “{rule:name}” was verified until {date} only; it may have changed since.",
            "Xem từ ngày đó có văn bản mới không.",
            "See whether a newer text has come since.",
        ),
        Code::ByAnalogy => words(
            "Văn bản không nói rõ trường hợp này; “{rule:name}” được áp dụng tương tự.",
            "The text is silent on this case; “{rule:name}” is applied by analogy.",
            "Xem quy định và ghi chú: bhyt explain {rule}",
            "See the rule and its note: bhyt explain {rule}",
        )
        .on_paper("", ""),
        Code::TagWithoutDate => words(
            "“{tag:name}” không có ngày nên chưa tính được điều gì phụ thuộc ngày đó (thời hạn hỗ trợ, ngày của thẻ).",
            "“{tag:name}” has no date, so what depends on the date (window of support, days of the card) could not be checked.",
            "Ghi ngày: --tag {tag}=NGÀY.",
            "Give the date: --tag {tag}=DATE.",
        )
        .on_paper("Báo ngày đó cho nơi thu.", "Tell the collector the day."),
        Code::NoLocalSupportFound => words(
            "{name_vi}: đã tìm ngày {searched}, không thấy chính sách hỗ trợ thêm nào có hiệu lực; tính theo mức chung cả nước.",
            "{name_en}: searched on {searched}, no local support in force was found; the national share counts.",
            "",
            "",
        ),
        Code::PlaceNotSearched => words(
            "{name_vi}: chưa ghi nhận và chưa tìm chính sách hỗ trợ thêm cho ngày {date}; tính theo mức chung cả nước, có thể còn thiếu phần của địa phương.",
            "{name_en}: no local support is recorded for {date} and nobody has looked; the national share counts, a local part may be missing.",
            "Hỏi cơ quan bảo hiểm xã hội địa phương; tự ghi nghị quyết: bhyt template local-policy",
            "Ask the local agency; record a resolution yourself: bhyt template local-policy",
        )
        .on_paper("Hỏi cơ quan bảo hiểm xã hội địa phương.", "Ask the local agency."),
        Code::LocalPolicyStale => words(
            "{policy}: không rõ ngày hết hiệu lực, lần cuối thấy còn áp dụng là năm {year} ({date}).",
            "{policy}: no end date is known; it was last seen in force in {year} ({date}).",
            "Hỏi cơ quan bảo hiểm xã hội địa phương xem còn áp dụng không.",
            "Ask the local agency whether it still applies.",
        ),
        Code::FormerTerritoryPresumed => words(
            "“{rule:name}” chỉ áp dụng trong địa bàn {name} trước khi sáp nhập, ở đây coi là đúng. Người ở địa bàn cũ của {others}: ghi tên tỉnh cũ đó.",
            "“{rule:name}” holds in the territory of {name} before the merger only, which is taken as given. For people in the former {others}, give that name as the province.",
            "Xác nhận: --tag {tag}; nơi khác: --province TÊN_TỈNH_CŨ",
            "Confirm: --tag {tag}; elsewhere: --province FORMER_NAME",
        )
        .on_paper("Nếu không đúng, báo cho nơi thu.", "If it does not hold, tell the collector."),
        Code::LocalReadingTaken => words(
            "“{rule:name}”: các nguồn mâu thuẫn. Cách hiểu đã dùng: {taken_vi}. Cách khác: {other_vi}.",
            "“{rule:name}”: the sources contradict each other. Taken: {taken_en}. The other reading: {other_en}.",
            "Tính theo cách khác: --reading {reading}",
            "To compute with the other: --reading {reading}",
        )
        .on_paper("Hỏi cơ quan bảo hiểm xã hội địa phương.", "Ask the local agency."),
        Code::PlaceCodeTooEarly => words(
            "Mã `{read}` chỉ dùng từ {since}; ngày {date} mã này có thể là tỉnh khác.",
            "Code `{read}` is in use from {since} only; on {date} it may have meant another province.",
            "Ghi tên tỉnh thay cho mã.",
            "Give the name of the province instead of the code.",
        ),
        Code::SupportWithinReach => words(
            "{name_vi} còn hỗ trợ {who_vi}: {share} mức đóng.",
            "{name_en} also supports {who_en}: {share} of the premium.",
            "[[Nếu đúng, thêm {add}.]]",
            "[[If that is so, add {add}.]]",
        )
        .on_paper("Nếu đúng, báo cho nơi thu.", "If that is so, tell the collector."),
        Code::MoreSupportWithinReach => words(
            "Còn {count} khoản hỗ trợ khác tùy hoàn cảnh.",
            "{count} more kinds of support depend on circumstances.",
            "Xem: bhyt subsidy --province {place}",
            "See: bhyt subsidy --province {place}",
        )
        .on_paper("Hỏi nơi thu các khoản đó.", "Ask the collector about them."),
        Code::PlaceMerged => words(
            "{name_vi} nay thuộc {unit_vi} (từ {from}).",
            "{name_en} is part of {unit_en} (from {from}).",
            "",
            "",
        ),
        Code::LocalPolicyApplied => {
            words("Đã tính hỗ trợ của địa phương: {policy}.", "Local support applied: {policy}.", "", "")
        }
        Code::BaseFrozen => words(
            "Mức đóng chốt theo lương cơ sở {amount} đ tại ngày đóng {date}: lương cơ sở thay đổi sau đó thì không phải đóng bổ sung, không được hoàn lại.[[ Lương cơ sở đã có quyết định thay đổi từ {change}.]]",
            "The premium is fixed by the base salary {amount} đ on the day of payment {date}: if the base salary changes later, nothing is topped up or refunded.[[ A change is already decided from {change}.]]",
            "",
            "",
        ),
        Code::BaseChanges => words(
            "Lương cơ sở thay đổi trong thời gian thẻ; từ {date} số tiền tính theo mức mới.",
            "The base salary changes during the cover; from {date} the new amount counts.",
            "",
            "",
        ),
        Code::LocalUnrecorded => words(
            "{policy} có hiệu lực nhưng chưa tìm được tỷ lệ hỗ trợ; kết quả chưa gồm phần địa phương này.",
            "{policy} is in force, but its percentages were not found; its local share is not included.",
            "Hỏi cơ quan bảo hiểm xã hội địa phương về tỷ lệ.",
            "Ask the local social insurance office for the share.",
        ),
        Code::SupportNotMet => words(
            "Không điều kiện hỗ trợ nào của đối tượng “{group:name}” được đáp ứng (hết thời hạn hoặc thiếu hoàn cảnh); người tham gia đóng toàn bộ.",
            "No condition for supporting group “{group:name}” is met (window over or circumstance missing); the person pays all of it.",
            "Kiểm tra hoàn cảnh và các ngày của người này; danh sách: bhyt explain circumstances",
            "Check the circumstances of this person and their days; all of them: bhyt explain circumstances",
        )
        .on_paper(
            "Kiểm tra hoàn cảnh và các ngày của người này.",
            "Check the circumstances of this person and their days.",
        ),
        Code::SchoolCalendar => words(
            "Theo lịch năm học, thẻ có giá trị đến {date}.",
            "By the school calendar the card is valid until {date}.",
            "",
            "",
        ),
        Code::LocalPolicyPossible => words(
            "Địa phương có thể hỗ trợ thêm; kết quả chưa gồm phần này.",
            "The province may add support, which is not included.",
            "Tính cả phần đó: --province TÊN_TỈNH",
            "To include it: --province NAME",
        )
        .on_paper("Báo nơi cư trú cho nơi thu để tính.", "Tell the collector the place of residence to include it."),
        Code::VisitFactsMissing => words(
            "Chưa đủ dữ kiện để chọn tỷ lệ: thiếu {facts:name}.",
            "The rate cannot be picked: {facts:name} missing.",
            "Ghi thêm vào tệp: cách đến khám (`route`), hình thức điều trị (`setting`), cấp, tuyến, điểm của cơ sở (trong `[facility]`: `care-level`, `former-tier`, `points`).",
            "Add to the input: route, setting, [facility] `care-level`, `former-tier`, points.",
        ),
        Code::UnknownVisitCode => words(
            "Không có mã đối tượng đến khám `{read}`.",
            "There is no visit code `{read}`.",
            "Xem các mã: bhyt explain visit-codes",
            "See the codes: bhyt explain visit-codes",
        ),
        Code::VisitCodeUndecided => words(
            "Mã `{read}` không cho biết cách thanh toán: {why_vi}.",
            "Code `{read}` does not say how the visit is paid: {why_en}.",
            "Ghi cách đến khám (`route`) và cơ sở (`[facility]`) thay cho mã.",
            "Give the route and the facility instead of the code.",
        ),
        Code::RateUnrecorded => words(
            "Quy định đã ghi không có câu trả lời cho lượt khám này ngày {date} ({rule:name}[[, {by}]]).",
            "The recorded law has no answer for such a visit on {date} ({rule:name}[[, {by}]]).",
            "Chương trình không đoán. Xem bhyt rules show {rule}",
            "The program does not guess. See bhyt rules show {rule}",
        ),
        Code::VisitCodeSetting => words(
            "Mã `{read}` chỉ dùng cho {only:name}.",
            "Code `{read}` is for {only:name} visits only.",
            "Sửa mã hoặc hình thức điều trị (`setting`).",
            "Correct the code or the setting.",
        ),
        Code::NoCard => words(
            "Không có thẻ nào còn giá trị ngày {date}.",
            "No card is valid on {date}.",
            "Kiểm tra thời hạn thẻ (`valid-from`, `valid-until`).",
            "Check `valid-from`, `valid-until`.",
        ),
        Code::CostOrder => words(
            "{part:name} lớn hơn {whole:name}[[ (dòng {line})]].",
            "{part:name} is larger than {whole:name}[[ (line {line})]].",
            "Kiểm tra số tiền.",
            "Check the amounts.",
        ),
        Code::UnknownReading => words(
            "Không có cách hiểu `{read}`.[[ Ý bạn là `{suggestion}`?]]",
            "There is no reading `{read}`.[[ Did you mean `{suggestion}`?]]",
            "Xem các cách hiểu: bhyt explain readings",
            "See the readings: bhyt explain readings",
        ),
        Code::ReadingUnused => words(
            "Cách hiểu `{reading}` không làm thay đổi kết quả này.",
            "The reading `{reading}` changes nothing here.",
            "",
            "",
        ),
        Code::CodeContradictsFacts => words(
            "Mã {code} ứng với tỷ lệ {label}, dữ kiện cho tỷ lệ {rate} ({by}); tính theo dữ kiện.",
            "Code {code} stands for a rate of {label}, the facts give {rate} ({by}); the facts count.",
            "Kiểm tra mã hoặc dữ kiện.",
            "Check the code or the facts.",
        ),
        Code::CardDigitContradicts => words(
            "Ký tự {digit} trên thẻ[[ (mức {label})]] khác mức hưởng {level} của đối tượng {group:name}; tính theo đối tượng.",
            "Digit {digit} on the card[[ (level {label})]] is not the level {level} of group {group:name}; the group counts.",
            "Thẻ in có thể chưa cập nhật; kiểm tra đối tượng.",
            "Printed cards may lag behind; check the group.",
        ),
        Code::ReadingTaken => words(
            "Luật chưa nói rõ: {what_vi}.",
            "The law is silent: {what_en}.",
            "Tính theo cách hiểu kia: --reading {reading}",
            "For the other reading: --reading {reading}",
        )
        .on_paper("", ""),
        Code::MoreFavourableRule => words(
            "Lượt khám qua ngày {date}: theo quy định cũ quỹ trả[[ {old} đ]], theo quy định mới[[ {new} đ]]; áp dụng quy định có lợi hơn cho người bệnh (ngày {applied}).",
            "The stay spans {date}: the old rules pay[[ {old} đ]], the new ones[[ {new} đ]]; the more favourable apply (of {applied}).",
            "",
            "",
        ),
        Code::LevelAgeUnknown => words(
            "Đối tượng {group:name} có mức hưởng cao hơn từ {age} tuổi; chưa biết ngày sinh nên lấy mức thấp.",
            "The level of group {group:name} is higher from age {age}; without a birth date the lower one counts.",
            "Ghi thêm ngày sinh (`born`).",
            "Add born.",
        )
        .on_paper("Ghi thêm ngày sinh.", "Give the birth date."),
        Code::CardExpired => words(
            "Dòng {line} ngày {date}: không có thẻ còn giá trị, người bệnh tự trả.",
            "Line {line} on {date}: no card is valid, the patient pays.",
            "Kiểm tra thời hạn thẻ.",
            "Check the dates of the cards.",
        ),
        Code::FactAssumed => words(
            "Chưa biết {fact:name}; coi là {value:name}.",
            "{fact:name} was not given; {value:name} is assumed.",
            "",
            "",
        ),
        Code::ServiceRatioUnusual => words(
            "Dòng {line}: tỷ lệ dịch vụ {read} không có trong quy định.",
            "Line {line}: the rules know no service ratio of {read}.",
            "Xem bhyt rules show service-ratios",
            "See bhyt rules show service-ratios",
        )
        .on_paper("", ""),
        Code::ExamRatioApplied => words(
            "Dòng {line}: lần khám tiếp theo trong ngày, tính {ratio}.",
            "Line {line}: a further examination of the day, counted at {ratio}.",
            "",
            "",
        ),
        Code::SupplyCapApplied => words(
            "Gói {package}: vật tư vượt trần {cap} đ, phần vượt {cut} đ người bệnh tự trả.",
            "Package {package}: supplies above the cap of {cap} đ; {cut} đ is the patient's own.",
            "",
            "",
        ),
        Code::CeilingReached => words(
            "Đã đạt ngưỡng cùng chi trả {limit} đ của năm {year}; quỹ trả 100% đến {until}.",
            "The annual ceiling of {limit} đ for {year} is reached; the fund pays 100 % until {until}.",
            "",
            "",
        ),
        Code::DirectPaymentLimited => words(
            "Thanh toán trực tiếp tối đa {limit} đ; theo mức hưởng là {fund} đ.",
            "Direct payment is limited to {limit} đ; the level would give {fund} đ.",
            "",
            "",
        ),
        Code::PriceCapApplied => words(
            "Dòng {line}: đơn giá tính theo giá cơ sở nhà nước {cap} đ.",
            "Line {line}: priced at the public price of {cap} đ.",
            "",
            "",
        ),
        Code::PriceCapUndecided => words(
            "Dòng {line}: cơ sở tư nhân, chưa có giá cơ sở nhà nước làm trần[[ ({cap})]].",
            "Line {line}: private facility, the public price that caps it was not given[[ ({cap})]].",
            "Ghi giá của cơ sở nhà nước (`public-price`) cho dòng.",
            "Add `public-price` to the line.",
        )
        .on_paper("Ghi giá của cơ sở nhà nước cho dòng.", "Give the price of a public facility for the line."),
        Code::CopaidUndated => words(
            "Lương cơ sở đổi ngày {date} trong năm; số đã cùng chi trả không có ngày nên coi như trả sau ngày đổi.",
            "The base salary changed on {date} within the year; co-payment without dates counts as paid after it.",
            "Ghi mỗi khoản đã cùng chi trả thành một mục `copayments` có ngày (`date`) và số tiền (`amount`).",
            "Give `copayments`, each with its `date` and `amount`.",
        )
        .on_paper("Ghi từng khoản đã cùng chi trả có ngày và số tiền.", "Give each co-payment with its date and amount."),
        Code::TotalsUndivided => words(
            "Có thay đổi ngày {date} trong lượt điều trị nhưng chỉ có tổng chi phí; tính theo ngày ra viện.",
            "Something changes on {date} inside the stay, but only totals were given; the day of discharge counts.",
            "Ghi chi phí từng dòng.",
            "Give the cost line by line.",
        ),
        Code::NoListRatios => words(
            "Đối tượng không áp dụng tỷ lệ thanh toán của danh mục; tỷ lệ tính 100%.",
            "List ratios do not apply to this person; they count as 100 %.",
            "",
            "",
        ),
        Code::CodeNotRecorded => words(
            "Danh mục mã đến khám chưa có ngày {date}; mã {code} không dùng, tính theo dữ kiện.",
            "No list of visit codes is recorded on {date}; code {code} is not used, the facts decide.",
            "Kiểm tra ngày khám và mã.",
            "Check the day of the visit and the code.",
        ),
        Code::AidBeyondPart => words(
            "Nguồn khác vượt phần cùng chi trả {amount} đ[[ (dòng {line})]]; phần vượt trừ vào phần tự trả rồi phần quỹ.",
            "Other sources exceed the co-payment by {amount} đ[[ (line {line})]]; the rest goes to own payment, then to the fund's part.",
            "Kiểm tra loại nguồn khác (`aid-kind`).",
            "Check `aid-kind`.",
        )
        .on_paper("Kiểm tra loại nguồn khác.", "Check the kind of the other source."),
        Code::LineOutsideStay => words(
            "Dòng {line} ngày {date} nằm ngoài lượt điều trị.",
            "Line {line} on {date} lies outside the stay.",
            "Kiểm tra ngày vào, ngày ra và ngày của dòng.",
            "Check the days of admission, of discharge and of the line.",
        ),
        Code::ExamRatioTooHigh => words(
            "Dòng {line}: lần khám ghi {read}, theo thứ tự lần khám trong lượt chỉ tính {accepted}; đã tính {applied} để tổng nằm trong mức tối đa của một lượt.",
            "Line {line}: an examination written at {read}; its rank in the visit gives {accepted}. Counted at {applied}, so that all stay within what a visit allows.",
            "Bỏ trống tỷ lệ dịch vụ (`service-ratio`) để chương trình xếp thứ tự.",
            "Leave `service-ratio` out and the program ranks the examinations.",
        )
        .on_paper("Bỏ trống tỷ lệ dịch vụ để chương trình xếp thứ tự.", "Leave the service ratio out to have them ranked."),
        Code::OperationRatioDiffers => words(
            "Dòng {line}: tỷ lệ {read}, theo lần phẫu thuật là {accepted}; số tiền tính theo tỷ lệ đã ghi.",
            "Line {line}: the ratio is {read}, its operation gives {accepted}; the amounts follow the ratio as written.",
            "Can thiệp giá cao nhất tính đủ, các can thiệp khác tính theo tỷ lệ; xem bhyt rules show service-ratios.",
            "The dearest intervention counts in full, the others in part; see bhyt rules show service-ratios.",
        )
        .on_paper("Can thiệp giá cao nhất tính đủ, các can thiệp khác tính theo tỷ lệ.", "The dearest intervention counts in full, the others in part."),
        Code::OperationsAtFullPrice => words(
            "Các dòng {lines}: nhiều phẫu thuật trong một ngày đều tính 100%.",
            "Lines {lines}: several operations of one day all count in full.",
            "Nếu là một lần phẫu thuật, ghi cùng một mã lần mổ (`session`) cho các dòng.",
            "If they are one operation, give the lines the same `session`.",
        )
        .on_paper("Nếu là một lần phẫu thuật, ghi cùng một mã lần mổ cho các dòng.", "If it was one operation, give the lines one name of the operation."),
        Code::BedDaysAbove => words(
            "Ngày giường ghi {read}, đợt điều trị chỉ có {accepted}; số tiền tính theo số đã ghi.",
            "{read} bed days are given, the stay has {accepted}; the amounts follow what is written.",
            "Sửa số ngày (`quantity`), hoặc ghi `beds = \"count\"` và kết quả điều trị (`outcome`) để chương trình tính.",
            "Correct `quantity`, or write `beds = \"count\"` and `outcome` and the program counts.",
        )
        .on_paper("Sửa số ngày, hoặc để chương trình tính ngày giường.", "Correct the number of days, or have the bed days counted."),
        Code::BedDaysUncovered => words(
            "Không khoa nào ghi cho ngày {dates} của đợt điều trị: không tính tiền giường ngày đó.",
            "No ward is given for {dates} of the stay: no bed is counted on those days.",
            "Sửa ngày, giờ (`date`, `until`) của các dòng giường cho liền nhau.",
            "Make the days and hours (date, until) of the bed lines follow one another.",
        )
        .on_paper("Sửa ngày, giờ của các dòng giường cho liền nhau.", "Make the days and hours of the bed lines follow one another."),
        Code::ExtraNotDue => words(
            "Đối tượng trên thẻ không có khoản {what}: không tính.",
            "The group of the card has no right to {what}: not counted.",
            "Xem bhyt rules show {rule}",
            "See bhyt rules show {rule}",
        )
        .on_paper("", ""),
        Code::BedHoursUnknown => words(
            "Vào và ra cùng ngày mà không có giờ: tính 01 ngày giường; từ {hours} giờ trở xuống thì không tính.",
            "Admission and discharge on one day without hours: one bed day is counted; up to {hours} hours there is none.",
            "Ghi giờ vào và giờ ra.",
            "Give the hours of admission and discharge.",
        ),
        Code::DifferenceBorneByFacility => words(
            "Dòng {line}: người bệnh không trả phần chênh lệch giữa giá {price} đ và giá thanh toán {insured} đ (TT 35/2016, điểm b khoản 3 Điều 4).",
            "Line {line}: the patient does not pay the difference between {price} đ and the price paid by, {insured} đ (TT 35/2016 art. 4.3.b).",
            "Nếu là dịch vụ theo yêu cầu, ghi `difference-borne-by = \"patient\"`: người bệnh trả phần chênh lệch.",
            "If it is a service on request, write `difference-borne-by = \"patient\"`: the patient pays the difference.",
        )
        .on_paper("Nếu là dịch vụ theo yêu cầu thì người bệnh trả phần chênh lệch.", "If the service was asked for, the patient bears the difference."),
        Code::SuppliesWithoutPackage => words(
            "Vật tư ngày {date} không ghi gói, cộng lại {amount} đ, trên trần một lần dùng dịch vụ ({cap} đ): tính như nhiều lần dùng.",
            "Supplies of {date} have no package and come to {amount} đ, above the cap of one use of a service ({cap} đ): counted as several uses.",
            "Nếu là một lần dùng, ghi cùng một gói (`package`) cho các dòng.",
            "If they are of one use, give the lines the same `package`.",
        )
        .on_paper("Nếu là một lần dùng, ghi cùng một gói cho các dòng.", "If it was one use, give the lines one package."),
        Code::CodeOnlyWhen => words(
            "Mã {code} {when_vi}; tính như trường hợp đó.",
            "Code {code} counts {when_en}; computed as that case.",
            "Kiểm tra mã có đúng với lượt khám này không.",
            "Check whether the code fits this visit.",
        ),
        Code::LineHourUnknown => words(
            "Dòng {line} ngày {date}, ngày xuất trình thẻ, không có giờ: tính như trước khi xuất trình thẻ.",
            "Line {line} on {date}, the day on which the card was shown, has no hour: it counts as before the card.",
            "Ghi giờ thực hiện của dòng.",
            "Give the hour of the line.",
        ),
        Code::TransportNoRight => words(
            "Đối tượng {group:name} không được thanh toán vận chuyển.",
            "Group {group:name} has no right to transport.",
            "",
            "",
        ),
        Code::TransportWrongWay => words(
            "Chuyển[[ từ {from:name}]][[ đến {to:name}]] không thuộc trường hợp được thanh toán ({allowed:name}).",
            "A transfer[[ from {from:name}]][[ to {to:name}]] is not paid for ({allowed:name}).",
            "",
            "",
        ),
        Code::ChildCardEnded => words(
            "Theo ngày sinh, thẻ của đối tượng {group:name} đã hết giá trị ngày {date}, trước lượt khám; mức hưởng vẫn tính theo đối tượng đã ghi.",
            "By the birth date the card of group {group:name} ended on {date}, before the visit; the level is still that of the group given.",
            "Kiểm tra đối tượng và ngày sinh.",
            "Check the group and the birth date.",
        ),
        Code::InvoiceMissing => words(
            "Người bệnh tự túc phương tiện được thanh toán theo hóa đơn; chưa có hóa đơn.",
            "Own transport is paid by its invoice, which is missing.",
            "Ghi --invoice SỐ_TIỀN",
            "Give --invoice AMOUNT",
        ),
        Code::ApprovedPriceUnused => words(
            "Ngày {date} chưa áp dụng giá dịch vụ vận chuyển; tính theo định mức xăng.",
            "On {date} approved transport prices do not count yet; the fuel norm applies.",
            "",
            "",
        ),
        Code::PatientsAsOne => words(
            "{read} người bệnh cùng xe: thanh toán như một người.",
            "{read} patients in one vehicle are paid as one.",
            "",
            "",
        ),
        Code::FundFigures => words(
            "Số liệu không hợp lý: {what:name}.",
            "Figures that cannot be: {what:name}.",
            "Kiểm tra các số đã ghi.",
            "Check the figures.",
        ),
        Code::NotXml => words(
            "Tệp không phải XML, bên trong cũng không có hồ sơ nào.",
            "The file is not XML, and no claim file is inside it.",
            "Chọn tệp XML gửi lên cổng giám định, hoặc tệp .zip chứa chúng.",
            "Choose the XML files sent to the claims portal, or a .zip of them.",
        ),
        Code::XmlSyntax => words(
            "Cấu trúc XML hỏng[[ trong {part}]][[, gần byte {byte}]].",
            "The XML is broken[[ in {part}]][[, near byte {byte}]].",
            "Xuất lại hồ sơ từ phần mềm bệnh viện.",
            "Export the file again from the hospital software.",
        ),
        Code::XmlTruncated => words(
            "Tệp bị cắt giữa chừng.",
            "The file ends in the middle.",
            "Sao chép hoặc xuất lại tệp.",
            "Copy or export the file again.",
        ),
        Code::XmlDepth => words(
            "Tệp XML có quá nhiều lớp lồng nhau (hơn {limit}).",
            "The XML is nested deeper than {limit} levels.",
            "Hồ sơ thật không sâu như vậy; kiểm tra nguồn của tệp.",
            "Real files are never that deep; check where the file comes from.",
        ),
        Code::XmlDoctype => words(
            "Tệp XML có phần khai báo DOCTYPE ở đầu; hồ sơ gửi cổng giám định không có phần này.",
            "The XML has a DOCTYPE, which is not accepted.",
            "Xuất lại hồ sơ từ phần mềm bệnh viện, không kèm DOCTYPE.",
            "Export the file without a DOCTYPE.",
        ),
        Code::XmlEntity => words(
            "Tệp XML có ký hiệu &…; không đọc được.",
            "The XML uses an entity that XML does not define.",
            "Chỉ dùng &lt; &gt; &amp; &quot; &apos; và mã số ký tự.",
            "Use only &lt; &gt; &amp; &quot; &apos; and character numbers.",
        ),
        Code::XmlNul => words(
            "Tệp có ký tự rỗng (NUL), không phải văn bản.",
            "The file has a NUL byte.",
            "Xuất lại tệp từ phần mềm bệnh viện.",
            "The file is damaged or no text; export it again.",
        ),
        Code::XmlEncoding => words(
            "Bảng mã của tệp không phải UTF-8.",
            "The file is not UTF-8.",
            "Xuất lại với mã hóa UTF-8.",
            "Export it as UTF-8.",
        ),
        Code::XmlTooLong => words(
            "Một thẻ hoặc đoạn chữ dài hơn {limit} byte.",
            "One tag or text is longer than {limit} bytes.",
            "Hồ sơ thật không có đoạn dài như vậy; kiểm tra nguồn của tệp.",
            "Real files have none that long; check where the file comes from.",
        ),
        Code::XmlTwoRoots => words(
            "Tệp gồm nhiều tệp XML nối vào nhau.",
            "The file has more than one root element.",
            "Tách riêng từng tệp.",
            "Split it into files of their own.",
        ),
        Code::PartBase64 => words(
            "Nội dung mã hóa (base64) của {part} bị hỏng.",
            "The base64 of {part} cannot be decoded.",
            "Xuất lại hồ sơ này từ phần mềm bệnh viện.",
            "Export this claim again.",
        ),
        Code::PartTooLarge => words(
            "{part} lớn hơn {limit} byte.",
            "{part} is larger than {limit} bytes.",
            "Hồ sơ thật không lớn như vậy; kiểm tra nguồn của tệp.",
            "Real claims are never that large; check where the file comes from.",
        ),
        Code::PartInsidePart => words(
            "{part} lại chứa một phần khác bên trong.",
            "{part} holds another part inside.",
            "Xuất lại hồ sơ này từ phần mềm bệnh viện.",
            "Export this claim again.",
        ),
        Code::PartNotXml => words(
            "{part} không phải XML, cả sau khi giải mã.",
            "{part} is not XML, nor is it once decoded.",
            "Xuất lại hồ sơ này từ phần mềm bệnh viện.",
            "Export this claim again.",
        ),
        Code::SummaryMissing => words(
            "Hồ sơ không có XML1 (TONG_HOP).",
            "The claim has no XML1 (TONG_HOP).",
            "Xuất lại hồ sơ từ phần mềm bệnh viện, đủ các bảng.",
            "Export the claim with all its parts.",
        ),
        Code::SummaryTwice => words(
            "Hồ sơ có hai XML1 (TONG_HOP).",
            "The claim has two XML1 (TONG_HOP).",
            "Mỗi HOSO chỉ có một TONG_HOP.",
            "Each HOSO has one TONG_HOP.",
        ),
        Code::ItemNested => words(
            "Một dòng chi tiết nằm trong dòng chi tiết khác.",
            "One line stands inside another.",
            "Xuất lại hồ sơ này từ phần mềm bệnh viện.",
            "Export this claim again.",
        ),
        Code::LinesTooMany => words(
            "Hồ sơ có hơn {limit} dòng.",
            "The claim has more than {limit} lines.",
            "Hồ sơ thật không dài như vậy; kiểm tra nguồn của tệp.",
            "Real claims are never that long; check where the file comes from.",
        ),
        Code::NoClaims => words(
            "Tệp XML không có hồ sơ nào.",
            "The XML holds no claim.",
            "Chọn tệp hồ sơ gửi cổng giám định; tệp đó có HOSO hoặc TONG_HOP.",
            "An element HOSO or TONG_HOP is needed.",
        ),
        Code::FoldersTooDeep => words(
            "Thư mục lồng nhau quá {limit} tầng.",
            "Folders lie more than {limit} deep in one another.",
            "Chỉ thẳng thư mục chứa hồ sơ, hoặc bỏ bớt tầng.",
            "Name the folder of the claims itself, or take some layers away.",
        ),
        Code::FileTooLarge => words(
            "Tệp lớn hơn {limit} byte.",
            "The file is larger than {limit} bytes.",
            "Chia nhỏ tệp.",
            "Split the file.",
        ),
        Code::ZipBroken => words(
            "Tệp .zip hỏng.",
            "The .zip is broken.",
            "Nén lại hoặc giải nén trước.",
            "Pack it again, or unpack it first.",
        ),
        Code::ZipTooLarge => words(
            "Tệp .zip giải nén ra quá lớn (hơn {limit} byte hoặc hơn {ratio} lần).",
            "The .zip unpacks to too much (over {limit} bytes or {ratio} times).",
            "Giải nén trước rồi chỉ đến thư mục.",
            "Unpack it first and name the folder.",
        ),
        Code::ZipEncrypted => words(
            "Tệp trong .zip có mật khẩu.",
            "The member of the .zip is encrypted.",
            "Giải nén trước rồi chỉ đến thư mục.",
            "Unpack it first and name the folder.",
        ),
        Code::ZipName => words(
            "Tên tệp trong .zip trỏ ra ngoài.",
            "The name of the member points outside the .zip.",
            "Nén lại với tên bình thường.",
            "Pack it again with plain names.",
        ),
        Code::ZipNested => words(
            "Trong .zip lại có .zip.",
            "There is a .zip inside the .zip.",
            "Giải nén một lớp trước.",
            "Unpack one layer first.",
        ),
        Code::ZipMembers => words(
            "Tệp .zip có hơn {limit} tệp bên trong.",
            "The .zip has more than {limit} members.",
            "Chia nhỏ tệp .zip.",
            "Split the .zip.",
        ),
        Code::ZipOnStream => words(
            "Tệp .zip không đọc được bằng dấu |.",
            "Standard input is a .zip.",
            "Ghi tên tệp .zip trong câu lệnh.",
            "Give the path of the .zip instead of piping it.",
        ),
        Code::StandardUnknown => words(
            "Không nhận ra chuẩn dữ liệu của hồ sơ (thiếu T_TONGCHI_BV, T_TONGCHI và ngày ra).",
            "The standard of the claim cannot be told (no T_TONGCHI_BV, T_TONGCHI or discharge).",
            "Kiểm tra bảng tổng hợp (XML1) của hồ sơ.",
            "Check XML1 of the claim.",
        ),
        Code::FileCut => words(
            "Tệp khai SOLUONGHOSO = {declared} nhưng chỉ có {read} hồ sơ: có thể đã bị cắt.",
            "The file declares SOLUONGHOSO = {declared} but holds {read} claims: it may have been cut.",
            "Xuất lại tệp; các hồ sơ đọc được vẫn được giám định.",
            "Export the file again; the claims that were read are audited all the same.",
        ),
        Code::SumsContradict => words(
            "Tổng chi phí của hồ sơ mâu thuẫn: chưa xét được ngưỡng 15 % lương cơ sở.",
            "The sums of the claim contradict each other: the 15 % limit cannot be judged.",
            "Sửa các thành tiền được nêu, rồi giám định lại.",
            "Mend the amounts named, then audit again.",
        ),
        Code::ClaimNotWhole => words(
            "Hồ sơ thiếu dòng, hoặc số tiền không tin được: chưa xét theo luật.",
            "Lines of the claim are missing, or its amounts cannot be trusted: not judged by law.",
            "Xuất lại hồ sơ đủ các bảng.",
            "Export the claim again with all its tables.",
        ),
        Code::CheckInFile => words(
            "Đây là tệp trạng thái khám bệnh (`check-in`), không có chi phí để giám định.",
            "This is a check-in file (state of the visit); it holds no costs to audit.",
            "Chọn tệp hồ sơ XML1–XML15 của lượt khám.",
            "Choose the claim file with XML1 to XML15 of the visit.",
        ),
        Code::TooManyWrappers => words(
            "Tệp bị bọc quá bốn lớp (gzip, base64, JSON hoặc SOAP của cổng).",
            "The file is wrapped in more than four layers (gzip, base64, JSON or SOAP of the portal).",
            "Gỡ bớt các lớp, hoặc xuất lại tệp XML.",
            "Take some of them off, or export the XML file again.",
        ),
        Code::ArchiveInWrapper => words(
            "Bên trong lớp vỏ là một tệp nén .zip.",
            "Inside the wrapper there is a .zip archive.",
            "Gỡ lớp vỏ, lưu thành tệp .zip rồi giám định tệp đó.",
            "Take the wrapper off, save the .zip and audit that.",
        ),
        Code::WriteFailed => words(
            "Không ghi được kết quả: {cause}.",
            "The result could not be written: {cause}.",
            "Kiểm tra dung lượng đĩa, đóng tệp nếu đang mở ở chương trình khác (thường là Excel), hoặc chọn tên khác với -o.",
            "Check the free space, close the file if another program (often Excel) has it open, or choose another name with -o.",
        ),
        Code::OutputExists => words(
            "Tệp kết quả đã có.",
            "The output file exists already.",
            "Thêm --force để ghi đè, hoặc chọn tên khác với -o.",
            "Add --force to overwrite it, or choose another name with -o.",
        ),
        Code::ResumeMismatch => words(
            "Không chạy tiếp được: {what:name} khác với lần trước.",
            "The run cannot be resumed: {what:name} differs from the earlier one.",
            "Chạy lại từ đầu với --force, không có --resume.",
            "Start over with --force and without --resume.",
        ),
        Code::Resumed => words("Chạy tiếp sau {count} dòng đã tính.", "Resumed after {count} rows.", "", ""),
        Code::NothingToResume => words(
            "Không có kết quả dở dang để chạy tiếp; tính từ đầu.",
            "There is no unfinished result to resume; starting over.",
            "",
            "",
        ),
        Code::StrictRows => words(
            "Dừng vì --strict: {count} dòng bị loại; không ghi gì.",
            "Stopped because of --strict: {count} rows rejected; nothing was written.",
            "Sửa các dòng đó, hoặc bỏ --strict để chúng được ghi riêng.",
            "Correct those rows, or leave --strict out to have them written apart.",
        ),
        Code::OutputIsInput => words(
            "Tệp kết quả trùng với tệp đầu vào.",
            "The output file is the input file.",
            "Chọn tên khác với -o.",
            "Choose another name with -o.",
        ),
        Code::OutputBusy => words(
            "Một lần chạy khác đang ghi tệp kết quả này.",
            "Another run is writing this output file.",
            "Chờ lần chạy đó xong, hoặc chọn tên khác với -o.",
            "Wait until it has ended, or choose another name with -o.",
        ),
        Code::OutputNotAFile => words(
            "Nơi ghi kết quả không phải là tệp thường (thư mục, thiết bị, hoặc liên kết hỏng).",
            "The output is not a plain file (a folder, a device or a broken link).",
            "Chọn tên tệp khác với -o, hoặc bỏ -o để ghi ra màn hình.",
            "Choose another file name with -o, or leave -o out to write to standard output.",
        ),
        Code::LedgerPeriodTwice => words(
            "Đơn vị {unit} có hai dòng cho cùng một kỳ[[ ({period})]].",
            "Unit {unit} has two rows for one period[[ ({period})]].",
            "Giữ một dòng, hoặc ghi kỳ của mỗi dòng.",
            "Keep one row, or name the period of each row.",
        ),
        Code::LedgerPeriodMissing => words(
            "Có dòng ghi kỳ, có dòng không (đơn vị {unit}).",
            "Some rows name their period, others do not (unit {unit}).",
            "Ghi kỳ ở mọi dòng, hoặc thêm --period THÁNG/NĂM cho dòng không ghi.",
            "Name the period in every row, or add --period MONTH/YEAR for rows without one.",
        ),
        Code::LedgerPeriodForm => words(
            "`{read}` không phải tháng, quý hay năm.",
            "`{read}` is no month, quarter or year.",
            "Viết 07/2026, 2026-07, Q3/2026 hoặc 2026.",
            "Write 2026-07, 07/2026, Q3/2026 or 2026.",
        ),
        Code::LedgerTwoThings => words(
            "Một dòng vừa là tiền nộp theo ngày vừa là số phải đóng.",
            "One row is a payment of a day and a row of dues at once.",
            "Tách thành hai dòng: số phải đóng theo kỳ, tiền nộp theo ngày.",
            "Make two rows of it: dues by period, payments by day.",
        ),
        Code::CountForm => words(
            "`{read}` không phải số người.",
            "`{read}` is no number of persons.",
            "Viết số nguyên không âm: 33050 hoặc 33.050.",
            "Write a whole number, not below zero: 33050 or 33,050.",
        ),
        Code::TargetRateForm => words(
            "`{read}` không phải tỷ lệ bao phủ.",
            "`{read}` is no rate of coverage.",
            "Viết 95, 95,5 hoặc 95,5%, không quá 100.",
            "Write 95, 95.5 or 95.5%, at most 100.",
        ),
        Code::CommuneTwice => words(
            "Xã, phường `{read}` có hai dòng hoặc hai số khác nhau.",
            "Commune `{read}` has two rows or two different numbers.",
            "Giữ một số, hoặc ghi huyện (quận) để phân biệt hai xã cùng tên.",
            "Keep one number, or name the district where two communes share a name.",
        ),
        Code::ReportTooLong => words(
            "Bảng dài hơn {count} dòng hoặc nơi.",
            "The table has more than {count} rows or places.",
            "Chia bảng theo tỉnh.",
            "Divide the table by province.",
        ),
        Code::ListTwice => words(
            "Chỉ đọc được một danh sách người tham gia trong một lần.",
            "One list of participants can be read at a time.",
            "Nối các danh sách thành một tệp, để mỗi người chỉ đếm một lần.",
            "Put the lists into one file, so that each person counts once.",
        ),
        Code::CountMismatch => words(
            "{vi}: ghi {stated}, tính ra {computed}.",
            "{en}: {stated} stated, {computed} computed.",
            "Kết quả dùng số của từng xã; sửa bảng nếu sai.",
            "The result uses the numbers of the communes; correct the table if it is wrong.",
        ),
        Code::PersonsCounted => words(
            "{rows} dòng là {persons} người: {repeated} người có nhiều dòng, {overlapping} người có nhiều thẻ cùng giá trị trong ngày, {several} người ở nhiều xã. Mỗi người đếm một lần, ở dòng đầu có thẻ giá trị.",
            "{rows} rows are {persons} persons: {repeated} with several rows, {overlapping} with several cards valid on the day, {several} in several communes. Each counts once, where the first valid card is.",
            "",
            "",
        ),
        Code::PersonsUnknown => words(
            "Danh sách không có mã số người tham gia: mỗi dòng tính là một người.",
            "The list has no numbers of persons: every row counts as one person.",
            "Thêm cột `person_id` (mã số BHXH) để người có nhiều thẻ chỉ đếm một lần.",
            "Add a column `person_id`, so that a person with several cards counts once.",
        ),
        Code::GapValued => words(
            "Người còn thiếu được tính như {vi}, đóng {months} tháng ngày {date}: ước tính, vì chưa biết họ là ai.",
            "The missing persons are valued as {en}, paying {months} months on {date}: an estimate, since nobody knows yet who they are.",
            "",
            "",
        ),
        Code::GapSharesSum => words(
            "Tỷ lệ các nhóm cộng lại {sum}%, không phải 100%.",
            "The shares of the groups add up to {sum}%, not 100%.",
            "Sửa cho đủ 100%, hoặc bỏ dấu % nếu là phần tương đối, ví dụ GD=3,HS=1.",
            "Make them 100%, or leave the signs out where they are parts, for example GD=3,HS=1.",
        ),
        Code::GapNothingSeen => words(
            "Không có người nào thuộc các nhóm đó trong bảng: không biết tỷ lệ.",
            "The tables have nobody of these groups: the proportions are not known.",
            "Cho biết tỷ lệ, ví dụ --gap-group GD=60%,HS=40%.",
            "State them, for example --gap-group GD=60%,HS=40%.",
        ),
        Code::GapGroupUnclear => words(
            "`{read}` gồm nhiều nhóm, mỗi nhóm có mức đóng riêng: không tính được tiền.",
            "`{read}` are several groups, each with a premium of its own: they cannot be valued.",
            "Chọn nhóm, ví dụ --gap-group GD,HS,CN, hoặc cho biết tỷ lệ: GD=60%,HS=40%.",
            "Choose groups, for example --gap-group GD,HS,CN, or state shares: GD=60%,HS=40%.",
        ),
        Code::GapObserved => words(
            "Tỷ lệ các nhóm lấy theo {vi}, từng xã; xã không có ai thì theo chung cả bảng.",
            "The proportions of the groups are those of {en}, commune by commune; where there is nobody, those of all.",
            "",
            "",
        ),
        Code::GapProvinceUnknown => words(
            "Không biết tỉnh `{read}`: chi phí của các xã ở đó tính không có hỗ trợ của tỉnh.",
            "The province `{read}` is not known: the costs of its communes are without support of a province.",
            "Sửa tên tỉnh trong bảng.",
            "Correct the name of the province in the table.",
        ),
        Code::FundPeriodOpen => words(
            "Kỳ {period} chưa kết thúc: kết dư hay bội chi là của số liệu đã cho, không phải của cả kỳ.",
            "The period {period} is not over: its surplus or deficit is that of the amounts given, not of the whole period.",
            "Thêm cột `months` (số tháng đã chi) để ước cả kỳ.",
            "Add a column months (months spent) to estimate the whole period.",
        ),
        Code::TargetsUnsaid => words(
            "{count} xã, phường không có chỉ tiêu: {names}. Tổng chỉ tiêu và số còn thiếu của nơi có xã đó không tính được.",
            "{count} communes have no target: {names}. The target and the persons needed of places with them cannot be added up.",
            "Thêm chỉ tiêu cho các xã đó.",
            "Give these communes a target.",
        ),
        Code::RowsRepeated => words(
            "{count} dòng giống hệt một dòng trước (dòng {rows}): số tiền của cả hai đều được cộng.",
            "{count} rows say the same as an earlier one (rows {rows}): the amounts of both were added.",
            "Bỏ dòng ghi trùng, hoặc ghi rõ (ví dụ số chứng từ) nếu là hai khoản.",
            "Take the repeated row out, or tell them apart (by the number of the document) if they are two.",
        ),
        Code::MoneyUnitsDiffer => words(
            "Cột \"{column}\" ghi đơn vị {first} đồng, nhưng --in là {second} đồng.",
            "Column \"{column}\" is in units of {first} đồng, but --in says {second} đồng.",
            "Bỏ --in, hoặc sửa tiêu đề cột.",
            "Leave --in out, or correct the heading.",
        ),
        Code::MoneyUnitRead => words(
            "Số tiền được hiểu theo đơn vị ghi trong bảng: {unit} đồng.",
            "Amounts are read in the unit that the table names: {unit} đồng.",
            "",
            "",
        ),
        Code::CountsInThousands => words(
            "Cột \"{column}\" tính theo nghìn hoặc triệu người.",
            "Column \"{column}\" counts people in thousands or millions.",
            "Ghi số người.",
            "Give the number of persons.",
        ),
        Code::FundShareChanges => words(
            "Phần dành cho khám chữa bệnh thay đổi từ {date}, giữa kỳ {period}: không chia được số thu của cả kỳ.",
            "The share for care changes on {date}, inside the period {period}: its contributions cannot be divided.",
            "Cho số thu theo quý hoặc tháng trước và sau ngày đó.",
            "Give the contributions by quarter or month before and after that day.",
        ),
        Code::FundPeriodTwice => words(
            "Kỳ {period}[[ ({facility})]] có hai dòng.",
            "The period {period}[[ ({facility})]] has two rows.",
            "Giữ một dòng, hoặc ghi cơ sở (`facility`) của mỗi dòng.",
            "Keep one row, or name the facility of each.",
        ),
        Code::FundCareDiffers => words(
            "Kỳ {period}: quỹ khám chữa bệnh ghi {stated}, theo tỷ lệ của thời gian đó là {computed}.",
            "Period {period}: the care fund is stated as {stated}, the share of the time gives {computed}.",
            "Kết quả dùng số trong bảng.",
            "The result uses the number of the table.",
        ),
        Code::FundEstimate => words(
            "Kỳ {period}: số cả kỳ là ước tính từ {months}/{of} tháng, chia đều theo tháng.",
            "Period {period}: the whole period is estimated from {months} of {of} months, evenly.",
            "",
            "",
        ),
        Code::DoctorCases => words(
            "{count} trong {of} ca mẫu tính ra khác: không dùng kết quả của bản này.",
            "{count} of {of} sample cases come out otherwise: do not use results of this copy.",
            "Tải lại bản phát hành, đối chiếu mã SHA-256; nếu vẫn vậy thì báo lỗi kèm kết quả này.",
            "Download the release again and compare its SHA-256; if it stays so, report it with this output.",
        ),
        Code::DoctorOwnRules => words(
            "{count} trong {of} ca mẫu tính ra khác vì quy định của bạn khác bộ đi kèm.",
            "{count} of {of} sample cases come out otherwise, because your rules are not the bundled ones.",
            "Dự thảo thì đúng như vậy; nếu không phải dự thảo: bỏ --rules, --overlay, hoặc xem bhyt rules diff --against.",
            "That is right for a draft; else leave out --rules and --overlay, or see bhyt rules diff --against.",
        )
        .on_paper("Dự thảo thì đúng như vậy; nếu không phải dự thảo, dùng lại bộ quy định đi kèm.", "That is right for a draft; else go back to the bundled rules."),
        Code::DoctorDamaged => words(
            "Tệp chương trình không còn nguyên vẹn: dữ liệu đi kèm khác lúc dựng.",
            "The program file is damaged: the data inside is not what was built.",
            "Tải lại bản phát hành, đối chiếu mã SHA-256.",
            "Download the release again and compare its SHA-256.",
        ),
        Code::DoctorFolder => words(
            "Không ghi được kết quả vào {read}: {cause}.",
            "No result can be written to {read}: {cause}.",
            "Chọn thư mục khác bằng -o, hoặc xin quyền ghi vào thư mục này.",
            "Choose another folder with -o, or ask for the right to write here.",
        )
        .on_paper("Chọn thư mục khác, hoặc xin quyền ghi vào thư mục này.", "Choose another folder, or ask for the right to write here."),
        Code::DoctorLocks => words(
            "Thư mục {read} không khóa được tệp (thường là ổ mạng): hai lần chạy cùng lúc không nhận ra nhau.",
            "Files in {read} cannot be locked (often a network drive): two runs at once do not notice each other.",
            "Chạy từng lần một, hoặc ghi vào ổ của máy.",
            "Run one at a time, or write to a disk of this machine.",
        ),
        Code::DoctorSpace => words(
            "Ổ đĩa của {read} chỉ còn {found}.",
            "Only {found} are left on the disk of {read}.",
            "Dọn chỗ trống, hoặc ghi sang ổ khác bằng -o.",
            "Free some space, or write to another disk with -o.",
        )
        .on_paper("Dọn chỗ trống, hoặc ghi sang ổ khác.", "Free some space, or write to another disk."),
        Code::DoctorLetters => words(
            "Màn hình đặt mã chữ {read}, không phải UTF-8: chữ Việt có thể hiện sai; tệp kết quả không bị ảnh hưởng.",
            "The screen is set to {read}, not to UTF-8: letters may look wrong; result files are not affected.",
            "Đặt LANG=C.UTF-8 (hoặc vi_VN.UTF-8) rồi mở lại cửa sổ.",
            "Set LANG=C.UTF-8 and open the window again.",
        ),
        Code::DoctorClock => words(
            "Đồng hồ của máy ghi {date}, trước cả văn bản mới nhất trong bộ quy định ({after}).",
            "The clock of the machine says {date}, before the newest document of the rulebook ({after}).",
            "Chỉnh lại ngày của máy; ngày bạn không ghi được lấy theo đồng hồ.",
            "Set the date of the machine; days that you leave out are taken from it.",
        ),
        Code::PackBroken => words(
            "Bộ đối chứng hỏng ở dòng {line}: {detail}.",
            "The conformance pack is broken in line {line}: {detail}.",
            "Dùng tệp conformance/cases.jsonl nguyên vẹn.",
            "Use conformance/cases.jsonl as it was published.",
        ),
        Code::ConformProgram => words(
            "Chương trình được đối chứng không chạy được hoặc dừng giữa chừng: {detail}.",
            "The program under test cannot be run or ended too early: {detail}.",
            "Chương trình đọc mỗi dòng một JSON và trả lời mỗi dòng một JSON; xem conformance/README.md.",
            "It reads one JSON a line and answers one JSON a line; see conformance/README.md.",
        ),
        Code::ConformDiffers => words(
            "{count} ca cho kết quả khác bộ đối chứng.",
            "{count} cases give something else than the pack.",
            "Đối chiếu từng ca với điều luật được nêu.",
            "Compare each case with the article that is named.",
        ),
        Code::ConformLeftOut => words(
            "{count} ca chương trình không trả lời.",
            "{count} cases are not answered by the program.",
            "",
            "",
        ),
        Code::ReportColumnLeftOut => words(
            "Cột \"{column}\" có số ở {count} dòng nhưng không được hiểu: kết quả chưa tính đến.",
            "Column \"{column}\" has numbers in {count} rows but is not understood: the result leaves it out.",
            "Ghép cột: --map \"{column}=trường\"; bỏ cột nếu không liên quan.",
            "Map it: --map \"{column}=field\", or take it out where it does not matter.",
        )
        .on_paper("", ""),
        Code::PeriodsOverlap => words(
            "Kỳ {first} và kỳ {second} trùng ngày[[ (đơn vị {unit})]]: số tiền bị tính hai lần.",
            "The periods {first} and {second} overlap[[ (unit {unit})]]: money would count twice.",
            "Giữ một loại kỳ: bỏ dòng cả năm hoặc các dòng tháng, quý.",
            "Keep one kind of period: take out the row of the year, or those of its months or quarters.",
        ),
        Code::PaymentsWithoutDues => words(
            "{count} đơn vị có tiền nộp mà không có số phải đóng: {units}.",
            "{count} units have payments and nothing due: {units}.",
            "Kiểm tra mã đơn vị giữa hai bảng.",
            "Compare the codes of units in the two tables.",
        ),
        Code::CommunesUnmatched => words(
            "{count} xã, phường không có dân số trong các bảng: {names}.",
            "{count} communes have no population in any table: {names}.",
            "Viết tên xã giống nhau trong các bảng, hoặc thêm dân số của xã.",
            "Write names of communes alike in all tables, or add their population.",
        ),
        Code::ParticipantsUnsaid => words(
            "{count} xã, phường không có số người tham gia, tính là 0: {names}.",
            "{count} communes have no number of participants and count as 0: {names}.",
            "Thêm số người tham gia, hoặc ghi 0 nếu đúng là không có ai.",
            "Add the number of participants, or write 0 where there is really none.",
        ),
        Code::TargetUnclear => words(
            "Cột \"{column}\" có số lớn hơn 100 và số không quá 100: số người hay phần trăm?",
            "Column \"{column}\" has numbers above and up to 100: persons or percent?",
            "Đặt tên cột là \"Chỉ tiêu (%)\" hoặc \"Chỉ tiêu (số người)\".",
            "Call the column target_rate or target_persons.",
        ),
        Code::CommuneAmbiguous => words(
            "Có nhiều xã, phường tên `{read}`.",
            "Several communes are called `{read}`.",
            "Ghi huyện (quận) ở mỗi dòng.",
            "Name the district in each row.",
        ),
        Code::ReformTogether => words(
            "Người tham gia và lượt khám được cộng như trong hai bảng: chỉ có nghĩa khi hai bảng cùng những người ấy, cùng một năm.",
            "People and visits are added up as the two tables have them: it means something where both are of the same people and year.",
            "",
            "",
        ),
        Code::LedgerMismatch => words(
            "{vi}: ghi {stated}, tính ra {computed}[[, ghi thừa {more} đ]][[, ghi thiếu {less} đ]].",
            "{en}: {stated} stated, {computed} computed[[, {more} đ too much]][[, {less} đ too little]].",
            "Đối chiếu với chứng từ của đơn vị.",
            "Compare with the papers of the unit.",
        ),
        Code::LedgerUndecided => words(
            "Với {amount} đ, không tính được tiền chậm đóng: thiếu tháng phải đóng hoặc ngày nộp, hoặc quy định của thời gian đó chưa ghi nhận lãi suất.",
            "For {amount} đ the charge for paying late cannot be computed: the month due or the day of payment is missing, or no rate is recorded for the time.",
            "Cho bảng phải đóng theo tháng và bảng tiền nộp theo ngày.",
            "Give a table of dues by month and one of payments by day.",
        ),
        Code::ReportRowsRejected => words(
            "{count} dòng không đọc được và không có trong kết quả.",
            "{count} rows could not be read and are not in the result.",
            "Sửa các dòng được nêu rồi chạy lại.",
            "Correct the rows that are named and run again.",
        ),
        Code::ReportRowsAside => words(
            "{count} dòng là dòng cộng, tiêu đề hoặc chữ ký, không tính.",
            "{count} rows are sums, titles or signatures and do not count.",
            "",
            "",
        ),
        Code::Internal => words(
            "Kiểm tra nội bộ không đạt ({what}); kết quả bị giữ lại.",
            "An internal check failed ({what}); the result is withheld.",
            "Đây là lỗi của chương trình. Hãy báo lại kèm câu lệnh (không kèm dữ liệu cá nhân).",
            "This is a mistake in the program. Please report it with the command line (without personal data).",
        ),
        Code::Stopped => words(
            "Đã dừng theo lệnh Ctrl-C. Tệp kết quả chưa được ghi; tệp cũ còn nguyên.",
            "Stopped by Ctrl-C. The output file was not written; an older one is untouched.",
            "Chạy lại lệnh; với `batch … -o`, thêm --resume để làm tiếp phần đã tính.",
            "Run the command again; with `batch … -o`, add --resume to go on from where it was.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::entry;
    use crate::terms::problem::Code;

    /// Whether words speak to somebody who types commands or files.
    fn names_a_command(words: &str) -> bool {
        let option = |word: &str| word.trim_matches(['(', '"', '`']).starts_with("--");
        let key = |word: &str| {
            let bare = word.strip_prefix('(').and_then(|word| word.trim_end_matches('.').strip_suffix(')'));
            bare.is_some_and(|bare| bare.contains(['-', '_']))
        };
        let typed = ["bhyt ", "{add}", " = ", "`copayments`"].iter().any(|part| words.contains(part));
        words.split_whitespace().any(|word| option(word) || key(word)) || typed
    }

    #[test]
    fn what_a_sheet_says_names_no_command() {
        let told = |code: &&Code| !code.as_str().starts_with('E');
        let mut found = Vec::new();
        for code in Code::ALL.iter().filter(told) {
            let words = entry(*code);
            let sheet = words.says.iter().chain(words.paper.as_ref().unwrap_or(&words.hint));
            found.extend(sheet.filter(|words| names_a_command(words)).map(|words| (code.as_str(), *words)));
        }
        assert!(found.is_empty(), "{found:#?}");
    }
}
