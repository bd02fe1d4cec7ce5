//! Từ điển phép kiểm tra: what is said about each check of rule files, in both languages, in one place.

use super::catalogue::{Words, words};
use crate::rulebook::diagnostic::RuleCheck;

/// Câu chữ của một phép kiểm tra quy định.
#[expect(clippy::too_many_lines, reason = "one table, one line a check")]
pub const fn check_entry(check: RuleCheck) -> Words {
    match check {
        RuleCheck::TomlSyntax => {
            words("sai cú pháp TOML[[: {detail:reader}]]", "not valid TOML[[: {detail:reader}]]", "", "")
        }
        RuleCheck::UnknownKey => words(
            "khóa không có trong định dạng[[: {detail:reader}]]",
            "a key the format does not have[[: {detail:reader}]]",
            "sửa tên khóa; xem docs/RULES-FORMAT.md",
            "correct the key; see docs/RULES-FORMAT.md",
        ),
        RuleCheck::MissingKey => words(
            "thiếu khóa[[: {detail:reader}]]",
            "a key is missing[[: {detail:reader}]]",
            "thêm khóa; xem docs/RULES-FORMAT.md",
            "add the key; see docs/RULES-FORMAT.md",
        ),
        RuleCheck::UnknownName => words(
            "tên không có trong danh sách[[: {detail:reader}]]",
            "a name that is not in the list[[: {detail:reader}]]",
            "dùng một trong các tên được liệt kê",
            "use one of the names listed",
        ),
        RuleCheck::WrongValue => words(
            "giá trị không dùng được[[: {detail:reader}]]",
            "the value cannot be used[[: {detail:reader}]]",
            "số tiền là số nguyên đồng, tỷ lệ viết trong ngoặc kép \"70%\", ngày viết 2026-07-01",
            "amounts are whole đồng, shares are quoted \"70%\", dates are written 2026-07-01",
        ),
        RuleCheck::BareFloat => words(
            "số có dấu chấm phải đặt trong ngoặc kép",
            "a number with a point must be quoted",
            "viết \"4.5%\" cho tỷ lệ, \"0.15\" cho bội số",
            "write \"4.5%\" for a share, \"0.15\" for a multiple",
        ),
        RuleCheck::UnknownSchema => words(
            "không đọc được định dạng số {read}",
            "format number {read} cannot be read",
            "viết schema = 1",
            "write schema = 1",
        ),
        RuleCheck::IdNotFileName => words(
            "id `{read}` khác tên tệp `{expected}`",
            "id `{read}` is not the file name `{expected}`",
            "đổi id hoặc tên tệp cho trùng nhau",
            "make id and file name the same",
        ),
        RuleCheck::UnknownFamily => words(
            "không có họ quy định `{read}`",
            "there is no rule family `{read}`",
            "xem tên các họ: bhyt rules list",
            "see the families: bhyt rules list",
        ),
        RuleCheck::CitationMissing => words(
            "`{rule}` không có trích dẫn",
            "`{rule}` has no citation",
            "thêm cite = [{ document = \"…\", article = … }]",
            "add cite = [{ document = \"…\", article = … }]",
        ),
        RuleCheck::DocumentUnknown => words(
            "văn bản `{read}` chưa có trong danh mục",
            "document `{read}` is not registered",
            "thêm [[document]] vào documents.toml",
            "add a [[document]] to documents.toml",
        ),
        RuleCheck::DocumentDuplicate => words(
            "văn bản `{read}` được ghi hai lần",
            "document `{read}` is registered twice",
            "giữ lại một mục",
            "keep one entry",
        ),
        RuleCheck::DocumentUncited => words(
            "văn bản `{read}` không được trích dẫn ở đâu",
            "document `{read}` is cited nowhere",
            "trích dẫn hoặc bỏ khỏi danh mục",
            "cite it or remove it",
        ),
        RuleCheck::VersionsMissing => words(
            "`{rule}` không có phiên bản nào",
            "`{rule}` has no version",
            "thêm ít nhất một [[version]]",
            "add at least one [[version]]",
        ),
        RuleCheck::VersionDuplicate => words(
            "`{rule}` có hai phiên bản cùng ngày {date}",
            "`{rule}` has two versions from {date}",
            "mỗi ngày hiệu lực chỉ một phiên bản",
            "one version a day",
        ),
        RuleCheck::VersionsOverlap => words(
            "`{rule}`: phiên bản trước đến {until}, phiên bản này từ {from}",
            "`{rule}`: the version before lasts until {until}, this one starts on {from}",
            "bỏ `effective-until` của phiên bản trước",
            "remove effective-until of the version before",
        ),
        RuleCheck::GapBetweenVersions => words(
            "`{rule}`: không có quy định sau {until} cho đến {from}",
            "`{rule}`: no rule after {until} until {from}",
            "bỏ `effective-until` hoặc thêm phiên bản cho khoảng trống",
            "remove effective-until or add a version for the gap",
        ),
        RuleCheck::UntilBeforeFrom => words(
            "`{rule}` hết hiệu lực trước khi bắt đầu",
            "`{rule}` ends before it starts",
            "sửa `effective-until`",
            "correct effective-until",
        ),
        RuleCheck::UnverifiedWithoutNote => words(
            "`{rule}` chưa kiểm chứng mà không ghi chú điều còn nghi ngờ",
            "`{rule}` is unverified and does not say what is doubtful",
            "thêm `note-vi` và `note-en`",
            "add note-vi and note-en",
        ),
        RuleCheck::NoteUntranslated => words(
            "ghi chú của `{rule}` chỉ có một ngôn ngữ",
            "the note of `{rule}` is in one language only",
            "ghi cả `note-vi` và `note-en`",
            "write both note-vi and note-en",
        ),
        RuleCheck::SharesNotWhole => words(
            "các phần của `{rule}` cộng lại {sum}, không phải 100%",
            "the shares of `{rule}` sum to {sum}, not to 100%",
            "sửa các phần cho đủ 100%",
            "make the shares sum to 100%",
        ),
        RuleCheck::LadderRises => words(
            "bậc giảm trừ phải bắt đầu từ 100% và không tăng",
            "a ladder must start at 100% and never rise",
            "sắp xếp lại các bậc",
            "put the steps in order",
        ),
        RuleCheck::GroupUnknown => words(
            "đối tượng `{read}` chưa được ghi",
            "group `{read}` is not registered",
            "dùng id trong `enrollee_groups.toml`",
            "use an id of enrollee_groups.toml",
        ),
        RuleCheck::GroupDuplicate => words(
            "đối tượng `{read}` được ghi hai lần",
            "group `{read}` is registered twice",
            "gộp lại thành một mục",
            "merge the entries",
        ),
        RuleCheck::CodeDuplicate => words(
            "mã thẻ `{read}` thuộc hai đối tượng",
            "card code `{read}` belongs to two groups",
            "mỗi mã thẻ một đối tượng",
            "one group a code",
        ),
        RuleCheck::SupportMissing => words(
            "`{rule}` được hỗ trợ nhưng không có mức hỗ trợ ngày {date}",
            "`{rule}` is supported, but no share is recorded on {date}",
            "thêm mức hỗ trợ vào `state_subsidy.toml`",
            "add the share to state_subsidy.toml",
        ),
        RuleCheck::SupportMisplaced => words(
            "kiểu hỗ trợ của `{rule}` không thuộc tệp này",
            "the kind of support of `{rule}` does not belong in this file",
            "floor ở tệp chung cả nước; extra, target, unrecorded ở gói địa phương",
            "floor in national files; extra, target, unrecorded in local packs",
        ),
        RuleCheck::PolicyDuplicate => words(
            "chính sách `{read}` được ghi hai lần",
            "policy `{read}` is registered twice",
            "đổi id hoặc gộp lại",
            "rename or merge",
        ),
        RuleCheck::CircumstanceDuplicate => words(
            "hoàn cảnh `{read}` đã có tên này hoặc tên khác trong danh mục",
            "circumstance `{read}` is in the vocabulary already",
            "dùng lại hoàn cảnh đã có",
            "use the one that is there",
        ),
        RuleCheck::CircumstanceUnknown => words(
            "`{rule}` hỏi đến hoàn cảnh `{read}` chưa có trong danh mục",
            "`{rule}` asks for circumstance `{read}`, which the vocabulary does not have",
            "thêm mục `circumstance` (circumstances.toml hoặc chính gói này)",
            "add a `circumstance` (circumstances.toml or the pack itself)",
        ),
        RuleCheck::PlaceUnknown => words(
            "không có tỉnh, thành phố `{read}` trong danh mục",
            "the register has no place `{read}`",
            "dùng id trong places.toml",
            "use an id of places.toml",
        ),
        RuleCheck::TerritoryMissing => words(
            "`{rule}` có từ trước khi sáp nhập nên chỉ áp dụng trong địa bàn cũ",
            "`{rule}` is older than the merger, so it holds in the former territory only",
            "ghi territory = \"former\"",
            "write territory = \"former\"",
        ),
        RuleCheck::ReplacesUnknown => words(
            "`replaces` nêu `{read}`, chưa có trong danh mục",
            "`replaces` names `{read}`, which is not registered",
            "đăng ký văn bản hoặc sửa tên chính sách",
            "register the document or correct the policy",
        ),
        RuleCheck::ConditionsEmpty => words(
            "không ai đáp ứng được điều kiện của `{rule}`",
            "nobody can meet the conditions of `{rule}`",
            "kiểm tra tuổi, thời hạn, danh sách đối tượng",
            "check ages, window and groups",
        ),
        RuleCheck::RemainderIncomplete => words(
            "thứ tự nhận phần lẻ phải nêu đủ mọi nguồn đóng, mỗi nguồn một lần",
            "the order of remainder takers must name every payer once",
            "liệt kê đủ bảy nguồn",
            "list all seven payers",
        ),
        RuleCheck::MonthsOutOfRange => words(
            "{read} tháng nằm ngoài khoảng tính được",
            "{read} months is out of range",
            "dùng số tháng từ 1 đến 24",
            "use 1 to 24 months",
        ),
        RuleCheck::TableOverlap => words(
            "dòng {first} và dòng {second} của bảng cùng trả lời: {cell}",
            "rows {first} and {second} of the table both answer: {cell}",
            "thu hẹp một trong hai dòng",
            "narrow one of the rows",
        ),
        RuleCheck::TableHole => words(
            "không dòng nào của bảng trả lời: {cell}",
            "no row of the table answers: {cell}",
            "thêm một dòng, hoặc pays = \"unrecorded\"",
            "add a row, or pays = \"unrecorded\"",
        ),
        RuleCheck::LevelMissing => words(
            "đối tượng `{read}` chưa có mức hưởng trong phiên bản từ {date}",
            "group `{read}` has no benefit level in the version from {date}",
            "ghi đối tượng vào một mức hưởng",
            "list the group under one level",
        ),
        RuleCheck::LevelExtra => words(
            "đối tượng `{read}` không tồn tại trong phiên bản từ {date}",
            "group `{read}` does not exist in the version from {date}",
            "bỏ đối tượng, hoặc ghi vào `without-terms`",
            "remove the group, or list it under without-terms",
        ),
        RuleCheck::LevelTwice => words(
            "đối tượng `{read}` được ghi ở hai mức hưởng",
            "group `{read}` stands under two levels",
            "giữ một mức",
            "keep one level",
        ),
        RuleCheck::BandsOutOfOrder => words(
            "các khoảng điểm không nối tiếp nhau",
            "the bands of points do not follow each other",
            "`middle-from` phải nhỏ hơn `high-from`",
            "middle-from must be below high-from",
        ),
        RuleCheck::VisitCodeDuplicate => words(
            "mã đối tượng đến khám `{read}` được ghi hai lần",
            "visit code `{read}` is listed twice",
            "bỏ một trong hai",
            "remove one of them",
        ),
        RuleCheck::ReadingMissing => words(
            "cách hiểu `{read}` phải được mô tả đúng một lần",
            "the reading `{read}` must be described exactly once",
            "thêm hoặc bỏ mục trong readings.toml",
            "add or remove its entry in readings.toml",
        ),
        RuleCheck::BaseCircular => words(
            "mức tham chiếu được định nghĩa bằng chính nó",
            "the reference level is defined by itself",
            "dùng equals = \"base-salary\" hoặc `amount`",
            "use equals = \"base-salary\" or an amount",
        ),
        RuleCheck::OrderIncomplete => words(
            "thứ tự đóng ngày {date} phải nêu đối tượng `{read}` đúng một lần",
            "the order of categories on {date} must name group `{read}` exactly once",
            "thêm đối tượng vào đúng chỗ trong `category_priority.toml`",
            "put the group in its place in category_priority.toml",
        ),
    }
}
