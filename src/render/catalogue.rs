//! Từ điển thông báo: every sentence the program says about a code, in both languages, in one place.
//!
//! `{name}` is replaced by a fact; a part in `[[…]]` is left out when one of its facts is missing or empty.

use super::wording::{Lang, fill};
use crate::terms::problem::{Code, Problem};

/// Câu chữ của một mã.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// What is the matter: Vietnamese, English.
    pub says: [&'static str; 2],
    /// What to do about it: Vietnamese, English.
    pub hint: [&'static str; 2],
}

pub(super) const fn words(
    vi: &'static str,
    en: &'static str,
    hint_vi: &'static str,
    hint_en: &'static str,
) -> Words {
    Words { says: [vi, en], hint: [hint_vi, hint_en] }
}

/// The sentence of a problem with its facts filled in.
pub fn message(problem: &Problem, lang: Lang) -> String {
    fill(lang.pick(entry(problem.code).says), &problem.facts, lang)
}

/// What to do about a problem; empty when there is nothing to do.
pub fn hint(problem: &Problem, lang: Lang) -> String {
    fill(lang.pick(entry(problem.code).hint), &problem.facts, lang)
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
            "Giá trị `{read}` không dùng được.[[ Chấp nhận: {accepted}.]][[ Ý bạn là `{suggestion}`?]]",
            "The value `{read}` cannot be used.[[ Accepted: {accepted}.]][[ Did you mean `{suggestion}`?]]",
            "Sửa giá trị rồi chạy lại.",
            "Correct the value and run again.",
        ),
        Code::NothingToDo => words(
            "Chưa có lệnh nào.",
            "No command was given.",
            "Ví dụ: bhyt quote --members 4 --months 12",
            "For example: bhyt quote --members 4 --months 12",
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
            "Mở tệp rồi lưu lại với mã hóa UTF-8.",
            "Open the file and save it again as UTF-8.",
        ),
        Code::TomlSyntax => words(
            "Tệp sai cú pháp TOML: {detail}.",
            "The file is not valid TOML: {detail}.",
            "So với tệp mẫu: bhyt template quote",
            "Compare with an example: bhyt template quote",
        ),
        Code::UnknownKey => words(
            "Không có khóa `{read}`.[[ Ý bạn là `{suggestion}`?]]",
            "There is no key `{read}`.[[ Did you mean `{suggestion}`?]]",
            "Các khóa dùng được: {accepted}.",
            "Accepted keys: {accepted}.",
        ),
        Code::MissingKey => words(
            "Thiếu khóa `{read}`.",
            "The key `{read}` is missing.",
            "So với tệp mẫu: bhyt template quote",
            "Compare with an example: bhyt template quote",
        ),
        Code::WrongKind => words(
            "Giá trị sai kiểu: {detail}.",
            "The value has the wrong kind: {detail}.",
            "Ngày: 2026-08-01; số tiền: 12000000; chữ đặt trong ngoặc kép.",
            "Dates: 2026-08-01; amounts: 12000000; texts in double quotes.",
        ),
        Code::MissingColumns => words(
            "Không tìm thấy dòng tiêu đề có đủ các cột cần thiết: thiếu {missing}.",
            "No heading with the columns needed was found: {missing} missing.",
            "Ghép cột: --map \"tên cột=trường\"; tệp không có tiêu đề: --no-header --columns group,months,paid_on,…; tệp mẫu: bhyt template batch-premium",
            "Name columns: --map \"column=field\"; a table without heading: --no-header --columns group,months,paid_on,…; an example: bhyt template batch-premium",
        ),
        Code::DuplicateColumn => words(
            "Hai cột cùng được hiểu là `{field}`: {columns}.",
            "Two columns are both understood as `{field}`: {columns}.",
            "Chọn một cột: --map \"tên cột={field}\"",
            "Choose one: --map \"column={field}\"",
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
            "Ô dài hơn {limit} byte.",
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
            "Dòng có byte không phải văn bản {encoding}.",
            "The row holds bytes that are not {encoding} text.",
            "Ghi rõ mã hóa: --encoding windows-1258, utf-16 …",
            "Name the encoding: --encoding windows-1258, utf-16 …",
        ),
        Code::ColumnMap => words(
            "--map `{read}` không dùng được[[: không có cột `{column}`]][[: không có trường `{field}`]].[[ Ý bạn là `{suggestion}`?]]",
            "--map `{read}` cannot be used[[: there is no column `{column}`]][[: there is no field `{field}`]].[[ Did you mean `{suggestion}`?]]",
            "Viết --map \"tên cột=trường\".[[ Các trường: {accepted}.]]",
            "Write --map \"column=field\".[[ Fields: {accepted}.]]",
        ),
        Code::UnknownEncoding => words(
            "Không có mã hóa `{read}`.",
            "There is no encoding `{read}`.",
            "Dùng được: utf-8, utf-16le, utf-16be, windows-1258, windows-1252.",
            "Accepted: utf-8, utf-16le, utf-16be, windows-1258, windows-1252.",
        ),
        Code::WorkbookDamaged => words(
            "Tệp hỏng, có mật khẩu hoặc không phải Excel (.xlsx)[[: {detail}]].",
            "The file is damaged, protected or no Excel workbook (.xlsx)[[: {detail}]].",
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
            "Tệp hỏng hoặc không phải Parquet: {detail}.",
            "The file is damaged or no Parquet file: {detail}.",
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
            "Tệp {format} không đọc hoặc ghi được qua ống dẫn.",
            "{format} cannot be read or written through a pipe.",
            "Ghi tên tệp, hoặc dùng CSV qua ống dẫn.",
            "Name a file, or pipe CSV.",
        ),
        Code::FormatLeftOut => words(
            "Bản chương trình này không có phần đọc ghi {format}.",
            "This build of the program leaves out {format}.",
            "Dùng CSV, hoặc bản đầy đủ của chương trình.",
            "Use CSV, or the full build.",
        ),
        Code::CellMissing => {
            words("Ô `{field}` để trống.", "The cell `{field}` is empty.", "Điền ô đó.", "Fill it in.")
        }
        Code::SeparatorFound => words("Dấu phân cách: {read}", "Separator: {read}", "", ""),
        Code::EncodingFound => words(
            "Mã hóa: {read}; kết quả ghi bằng UTF-8.",
            "Encoding: {read}; the result is written in UTF-8.",
            "",
            "",
        ),
        Code::ColumnsUnderstood => words(
            "Hiểu là: {read}.[[ Giữ nguyên, không dùng: {unused}.]]",
            "Understood as: {read}.[[ Carried through, not used: {unused}.]]",
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
            "Chỉ đọc trang tính `{read}`; không đọc: {others}. Chọn trang khác: --sheet TÊN.",
            "Only sheet `{read}` is read; not read: {others}. Choose another with --sheet NAME.",
            "",
            "",
        ),
        Code::ColumnsReplaced => words(
            "Cột {columns} của tệp được thay bằng kết quả mới.",
            "Columns {columns} of the input are replaced by new results.",
            "",
            "",
        ),
        Code::AmountForm => words(
            "`{read}` không phải số tiền.",
            "`{read}` is not an amount.",
            "Viết 1263600, 1.263.600, 1 263 600 hoặc 1,263,600, có thể kèm đ.",
            "Write 1263600, 1.263.600, 1 263 600 or 1,263,600, with or without đ.",
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
            "Không có đối tượng `{read}`.[[ Ý bạn là `{suggestion}`?]]",
            "There is no group `{read}`.[[ Did you mean `{suggestion}`?]]",
            "Xem tất cả đối tượng: bhyt rules list --family enrollee-groups",
            "See all groups: bhyt rules list --family enrollee-groups",
        ),
        Code::AmbiguousGroup => words(
            "`{read}` ứng với nhiều đối tượng: {candidates}.",
            "`{read}` matches several groups: {candidates}.",
            "Dùng mã đối tượng hai chữ, ví dụ GD.",
            "Use the two-letter code, for example GD.",
        ),
        Code::SalaryMissing => words(
            "Đối tượng `{group}` đóng theo tiền lương, lương hưu hoặc trợ cấp, nhưng chưa có số tiền đó.",
            "The premium of group `{group}` rests on a salary, pension or benefit, which was not given.",
            "Thêm --salary SỐ_TIỀN (trong tệp: salary = …).",
            "Add --salary AMOUNT (in a file: salary = …).",
        ),
        Code::SalaryUnused => words(
            "Mức đóng của đối tượng `{group}` không dựa vào tiền lương; bỏ qua số tiền đã ghi.",
            "The premium of group `{group}` does not rest on a salary; the amount given is ignored.",
            "",
            "",
        ),
        Code::UnknownTag => words(
            "Không chính sách nào hỏi đến `{read}`.[[ Ý bạn là `{suggestion}`?]]",
            "No policy asks for `{read}`.[[ Did you mean `{suggestion}`?]]",
            "",
            "",
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
            "Sắp xếp bảng theo hộ, hoặc ghi thứ tự thành viên vào cột rank.",
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
            "",
            "",
        ),
        Code::MonthEnd => words(
            "Tháng cuối không có ngày trùng ngày bắt đầu; thẻ tính đến {date}.",
            "The last month lacks the starting day; cover is counted until {date}.",
            "",
            "",
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
        ),
        Code::NotInForce => words(
            "Quy định đã ghi nhận không có câu trả lời: `{rule}` chưa có hiệu lực hoặc đã hết hiệu lực ngày {date}.[[ Bắt đầu ghi nhận từ {first}.]][[ Kết thúc {last}.]]",
            "The law as recorded has no answer: `{rule}` is not in force on {date}.[[ The record begins on {first}.]][[ It ends on {last}.]]",
            "Công cụ không đoán. Xem các phiên bản: bhyt rules show {rule}",
            "The program does not guess. See the versions: bhyt rules show {rule}",
        ),
        Code::PolicyUnrecorded => words(
            "{name_vi} có thể hỗ trợ người này (`{policy}`) nhưng chưa tìm được tỷ lệ: không tính thay bằng số không.",
            "{name_en} may support this person (`{policy}`), but its percentage was not found; zero is not put in its place.",
            "Hỏi cơ quan bảo hiểm xã hội địa phương rồi tự ghi gói chính sách (bhyt template local-policy), hoặc bỏ --province để xem mức chung cả nước.",
            "Ask the local agency and record the policy yourself (bhyt template local-policy), or leave --province out to see the national share.",
        ),
        Code::UnknownProvince => words(
            "Chưa ghi nhận chính sách nào của `{read}`.[[ Ý bạn là `{suggestion}`?]]",
            "No policy of `{read}` is recorded.[[ Did you mean `{suggestion}`?]]",
            "Bỏ --province để tính theo mức chung cả nước, hoặc thêm gói chính sách: --overlay TỆP",
            "Leave --province out to use the national shares, or add a policy pack: --overlay FILE",
        ),
        Code::SpecialMonthUnrecorded => words(
            "Quy định đã ghi nhận không nói tháng `{kind}` của đối tượng `{group}` đóng thế nào từ {date}.",
            "The law as recorded does not say how a `{kind}` month of group `{group}` is paid for on {date}.",
            "Công cụ không đoán. Xem các loại tháng và đối tượng: bhyt rules show special-months",
            "The program does not guess. See kinds and groups: bhyt rules show special-months",
        ),
        Code::ContractUndecided => words(
            "Chưa rõ hợp đồng nào là căn cứ đóng bảo hiểm xã hội bắt buộc.",
            "It is not clear which contract is the base of compulsory social insurance.",
            "Ghi compulsory-insurance = true ở hợp đồng đó, hoặc ghi ngày ký (signed) của mọi hợp đồng.",
            "Write compulsory-insurance = true in that contract, or the day of signature (signed) of every contract.",
        ),
        Code::ContractTooShort => words(
            "Không hợp đồng nào có thời hạn từ {months} tháng trở lên.",
            "No contract has a term of {months} months or more.",
            "Kiểm tra thời hạn (months) của các hợp đồng, hoặc tính theo đối tượng khác.",
            "Check the terms (months) of the contracts, or use another group.",
        ),
        Code::CategoryChosen => words(
            "Thuộc nhiều đối tượng: đóng theo `{group}`[[ (quy tắc `{rule}`)]].",
            "Several categories: joins under `{group}`[[ (rule `{rule}`)]].",
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
            "`{rule}` đòi hỏi {tags}; chương trình coi là đúng. Xác nhận bằng --tag {first}.",
            "`{rule}` asks for {tags}, which is taken as given. Confirm with --tag {first}.",
            "",
            "",
        ),
        Code::HouseholdFormPossible => words(
            "Người thuộc `{group}` được chọn tham gia theo hộ gia đình. So sánh: bhyt subsidy --rank N",
            "People of `{group}` may choose the household form instead. Compare: bhyt subsidy --rank N",
            "",
            "",
        ),
        Code::ContractChosen => words(
            "Nhiều hợp đồng: đóng theo hợp đồng thứ {number}, tiền lương {amount} đ (`{rule}`).",
            "Several contracts: contract {number} counts, salary {amount} đ (`{rule}`).",
            "",
            "",
        ),
        Code::ContractBySignature => words(
            "Nhiều hợp đồng: coi hợp đồng ký trước (thứ {number}, {amount} đ) là căn cứ đóng bảo hiểm xã hội bắt buộc (`{rule}`).",
            "Several contracts: the one signed first ({number}, {amount} đ) is taken as the base of compulsory social insurance (`{rule}`).",
            "",
            "",
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
            "Có dòng kèm cảnh báo (mã: số dòng): {reasons}.",
            "Rows have warnings (code: rows): {reasons}.",
            "Xem nghĩa của một mã: bhyt explain MÃ",
            "What a code means: bhyt explain CODE",
        ),
        Code::NothingChanges => words(
            "Hai bộ quy định không khác nhau ở điểm nào có thể đổi số tiền của bảng này.",
            "The two rulebooks do not differ in anything that could move the money of this table.",
            "",
            "",
        ),
        Code::RowsLeftOut => words(
            "{count} dòng không tính được ở một bên nên không nằm trong kết quả: {reasons}.",
            "{count} rows cannot be computed on one side and are not in the result: {reasons}.",
            "",
            "",
        ),
        Code::ScenarioVersion => words(
            "Kịch bản, không phải quy định: `{rule}` từ {from} chưa có văn bản.[[ {note_vi}]]",
            "A scenario, not law: `{rule}` from {from} has no text.[[ {note_en}]]",
            "",
            "",
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
            "Quy định `{rule}` từ {from} chưa được đối chiếu với văn bản gốc[[: {note_vi}]].",
            "The rule `{rule}` from {from} was not checked against its text[[: {note_en}]].",
            "",
            "",
        ),
        Code::BeyondVerified => words(
            "Quy định `{rule}` chỉ được đối chiếu cho đến {date}; sau ngày đó có thể đã thay đổi.",
            "The rule `{rule}` was verified until {date} only; it may have changed since.",
            "",
            "",
        ),
        Code::ByAnalogy => words(
            "Văn bản không nói rõ trường hợp này; `{rule}` được áp dụng tương tự.",
            "The text is silent on this case; `{rule}` is applied by analogy.",
            "",
            "",
        ),
        Code::TagWithoutDate => words(
            "`{tag}` không có ngày nên chưa kiểm tra được thời hạn hỗ trợ.",
            "`{tag}` has no date, so its window could not be checked.",
            "Ghi ngày: --tag {tag}=NGÀY.",
            "Give the date: --tag {tag}=DATE.",
        ),
        Code::LocalPolicyApplied => words(
            "Đã tính hỗ trợ của địa phương: {policy}.[[ Địa phương nay thuộc {merged}.]]",
            "Local support applied: {policy}.[[ The province is now part of {merged}.]]",
            "",
            "",
        ),
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
            "",
            "",
        ),
        Code::SupportNotMet => words(
            "Không điều kiện hỗ trợ nào của đối tượng `{group}` được đáp ứng (hết thời hạn hoặc thiếu hoàn cảnh); người tham gia đóng toàn bộ.",
            "No condition for supporting group `{group}` is met (window over or circumstance missing); the person pays all of it.",
            "",
            "",
        ),
        Code::SchoolCalendar => words(
            "Theo lịch năm học, thẻ có giá trị đến {date}.",
            "By the school calendar the card is valid until {date}.",
            "",
            "",
        ),
        Code::LocalPolicyPossible => words(
            "Địa phương có thể hỗ trợ thêm: thêm --province TÊN_TỈNH để tính.",
            "The province may add support: add --province NAME to include it.",
            "",
            "",
        ),
        Code::VisitFactsMissing => words(
            "Chưa đủ dữ kiện để chọn tỷ lệ: thiếu {facts}.",
            "The rate cannot be picked: {facts} missing.",
            "Ghi thêm vào tệp: route, setting, [facility] care-level, former-tier, points.",
            "Add to the input: route, setting, [facility] care-level, former-tier, points.",
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
            "Ghi route và cơ sở thay cho mã.",
            "Give the route and the facility instead of the code.",
        ),
        Code::RateUnrecorded => words(
            "Quy định đã ghi không có câu trả lời cho lượt khám này ngày {date} ({rule}[[, {by}]]).",
            "The recorded law has no answer for such a visit on {date} ({rule}[[, {by}]]).",
            "Chương trình không đoán. Xem bhyt rules show {rule}",
            "The program does not guess. See bhyt rules show {rule}",
        ),
        Code::VisitCodeSetting => words(
            "Mã `{read}` chỉ dùng cho {only}.",
            "Code `{read}` is for {only} visits only.",
            "Sửa mã hoặc setting.",
            "Correct the code or the setting.",
        ),
        Code::NoCard => words(
            "Không có thẻ nào còn giá trị ngày {date}.",
            "No card is valid on {date}.",
            "Kiểm tra valid-from, valid-until.",
            "Check valid-from, valid-until.",
        ),
        Code::CostOrder => words(
            "{part} lớn hơn {whole}[[ (dòng {line})]].",
            "{part} is larger than {whole}[[ (line {line})]].",
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
            "Ký tự {digit} trên thẻ[[ (mức {label})]] khác mức hưởng {level} của đối tượng {group}; tính theo đối tượng.",
            "Digit {digit} on the card[[ (level {label})]] is not the level {level} of group {group}; the group counts.",
            "Thẻ in có thể chưa cập nhật; kiểm tra đối tượng.",
            "Printed cards may lag behind; check the group.",
        ),
        Code::ReadingTaken => words(
            "Luật chưa nói rõ: {what_vi}.",
            "The law is silent: {what_en}.",
            "Tính theo cách hiểu kia: --reading {reading}",
            "For the other reading: --reading {reading}",
        ),
        Code::MoreFavourableRule => words(
            "Lượt khám qua ngày {date}: theo quy định cũ quỹ trả[[ {old} đ]], theo quy định mới[[ {new} đ]]; áp dụng quy định có lợi hơn cho người bệnh (ngày {applied}).",
            "The stay spans {date}: the old rules pay[[ {old} đ]], the new ones[[ {new} đ]]; the more favourable apply (of {applied}).",
            "",
            "",
        ),
        Code::LevelAgeUnknown => words(
            "Đối tượng {group} có mức hưởng cao hơn từ {age} tuổi; chưa biết ngày sinh nên lấy mức thấp.",
            "The level of group {group} is higher from age {age}; without a birth date the lower one counts.",
            "Ghi thêm born.",
            "Add born.",
        ),
        Code::CardExpired => words(
            "Dòng {line} ngày {date}: không có thẻ còn giá trị, người bệnh tự trả.",
            "Line {line} on {date}: no card is valid, the patient pays.",
            "Kiểm tra thời hạn thẻ.",
            "Check the dates of the cards.",
        ),
        Code::FactAssumed => {
            words("Chưa biết {fact}; coi là {value}.", "{fact} was not given; {value} is assumed.", "", "")
        }
        Code::ServiceRatioUnusual => words(
            "Dòng {line}: tỷ lệ dịch vụ {read} không có trong quy định.",
            "Line {line}: the rules know no service ratio of {read}.",
            "Xem bhyt rules show service-ratios",
            "See bhyt rules show service-ratios",
        ),
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
            "Ghi public-price cho dòng.",
            "Add public-price to the line.",
        ),
        Code::CopaidUndated => words(
            "Lương cơ sở đổi ngày {date} trong năm; số đã cùng chi trả không có ngày nên coi như trả sau ngày đổi.",
            "The base salary changed on {date} within the year; co-payment without dates counts as paid after it.",
            "Ghi từng khoản bằng [[copayments]] có date và amount.",
            "Give [[copayments]] with date and amount.",
        ),
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
            "",
            "",
        ),
        Code::AidBeyondPart => words(
            "Nguồn khác vượt phần cùng chi trả {amount} đ[[ (dòng {line})]]; phần vượt trừ vào phần tự trả rồi phần quỹ.",
            "Other sources exceed the co-payment by {amount} đ[[ (line {line})]]; the rest goes to own payment, then to the fund's part.",
            "Kiểm tra aid-kind.",
            "Check aid-kind.",
        ),
        Code::TransportNoRight => words(
            "Đối tượng {group} không được thanh toán vận chuyển.",
            "Group {group} has no right to transport.",
            "",
            "",
        ),
        Code::TransportWrongWay => words(
            "Chuyển[[ từ {from}]][[ đến {to}]] không thuộc trường hợp được thanh toán ({allowed}).",
            "A transfer[[ from {from}]][[ to {to}]] is not paid for ({allowed}).",
            "",
            "",
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
            "Số liệu không hợp lý: {what}.",
            "Figures that cannot be: {what}.",
            "Kiểm tra các số đã ghi.",
            "Check the figures.",
        ),
        Code::NotXml => words(
            "Tệp không phải XML.",
            "The file is not XML.",
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
            "XML lồng quá {limit} tầng.",
            "The XML is nested deeper than {limit} levels.",
            "Hồ sơ thật không sâu như vậy; kiểm tra nguồn của tệp.",
            "Real files are never that deep; check where the file comes from.",
        ),
        Code::XmlDoctype => words(
            "XML có khai báo DOCTYPE, không được chấp nhận.",
            "The XML has a DOCTYPE, which is not accepted.",
            "Xuất lại hồ sơ không có DOCTYPE.",
            "Export the file without a DOCTYPE.",
        ),
        Code::XmlEntity => words(
            "XML dùng một thực thể không có trong chuẩn XML.",
            "The XML uses an entity that XML does not define.",
            "Chỉ dùng &lt; &gt; &amp; &quot; &apos; và mã số ký tự.",
            "Use only &lt; &gt; &amp; &quot; &apos; and character numbers.",
        ),
        Code::XmlNul => words(
            "Tệp có byte NUL.",
            "The file has a NUL byte.",
            "Tệp hỏng hoặc không phải văn bản; xuất lại.",
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
            "Tệp có hơn một phần tử gốc.",
            "The file has more than one root element.",
            "Tách thành từng tệp.",
            "Split it into files of their own.",
        ),
        Code::PartBase64 => words(
            "Không giải mã được base64 của {part}.",
            "The base64 of {part} cannot be decoded.",
            "Xuất lại hồ sơ này.",
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
            "Xuất lại hồ sơ này.",
            "Export this claim again.",
        ),
        Code::PartNotXml => words(
            "{part} sau khi giải mã không phải XML.",
            "{part} is not XML once decoded.",
            "Xuất lại hồ sơ này.",
            "Export this claim again.",
        ),
        Code::SummaryMissing => words(
            "Hồ sơ không có XML1 (TONG_HOP).",
            "The claim has no XML1 (TONG_HOP).",
            "Xuất lại hồ sơ với đủ các phần.",
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
            "Xuất lại hồ sơ này.",
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
            "Cần phần tử HOSO hoặc TONG_HOP.",
            "An element HOSO or TONG_HOP is needed.",
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
            "Đầu vào chuẩn là tệp .zip.",
            "Standard input is a .zip.",
            "Cho đường dẫn của tệp .zip thay vì đưa qua ống.",
            "Give the path of the .zip instead of piping it.",
        ),
        Code::StandardUnknown => words(
            "Không nhận ra chuẩn dữ liệu của hồ sơ (thiếu T_TONGCHI_BV, T_TONGCHI và ngày ra).",
            "The standard of the claim cannot be told (no T_TONGCHI_BV, T_TONGCHI or discharge).",
            "Kiểm tra XML1 của hồ sơ.",
            "Check XML1 of the claim.",
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
            "Không chạy tiếp được: {what} khác với lần trước.",
            "The run cannot be resumed: {what} differs from the earlier one.",
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
