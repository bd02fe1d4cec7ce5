//! Lời của bộ đọc tệp: what the reader of TOML says in English, in Vietnamese; what it does not know stays unsaid.

use super::lang::Lang;

/// What a reader found: as it says it, with `{}` for what was read, and in Vietnamese.
const FOUND: &[(&str, &str)] = &[
    ("`{}`", "`{}`"),
    ("`{}`: `{}`", "`{}`: `{}`"),
    ("`{}` is listed twice", "`{}` được ghi hai lần"),
    ("`{}` is not a day of the year; write `{}`", "`{}` không phải ngày trong năm; viết `{}`"),
    ("`{}` is not a plain date; write 2026-07-01", "`{}` không phải ngày; viết 2026-07-01"),
    ("`{}` must be written [[{}]]", "`{}` phải viết thành bảng, trong hai dấu ngoặc vuông"),
    ("`_` may only go between digits", "dấu gạch dưới chỉ đứng giữa các chữ số"),
    ("cannot recurse further; max recursion depth met", "lồng nhau quá sâu"),
    ("carriage return must be followed by newline", "dấu xuống dòng hỏng"),
    ("duplicate field `{}`", "`{}` được ghi hai lần"),
    ("duplicate key", "mục này đã được ghi ở trên"),
    ("extra assignment between key-value pairs", "thừa dấu bằng"),
    ("extra comma in array", "thừa dấu phẩy trong danh sách"),
    ("extra comma in inline table", "thừa dấu phẩy"),
    ("extra `{}`", "thừa `{}`"),
    ("invalid comment character", "ký tự lạ trong ghi chú"),
    ("invalid date", "ngày không có thật"),
    ("invalid datetime", "ngày giờ viết sai"),
    ("invalid key-value pair", "mục viết sai"),
    ("invalid length {}", "số phần tử không đúng"),
    ("invalid time", "giờ không có thật"),
    ("invalid type: boolean `{}`", "đọc được `{}`"),
    ("invalid type: date", "đọc được ngày"),
    ("invalid type: datetime", "đọc được ngày"),
    ("invalid type: floating point `{}`", "đọc được số `{}`"),
    ("invalid type: floating point number", "đọc được số có dấu chấm"),
    ("invalid type: integer `{}`", "đọc được số `{}`"),
    ("invalid type: map", "đọc được một bảng"),
    ("invalid type: sequence", "đọc được danh sách"),
    ("invalid type: string `{}`", "đọc được chữ `{}`"),
    ("invalid unquoted key", "tên mục có ký tự lạ"),
    ("invalid value", "giá trị viết sai"),
    ("invalid value: integer `{}`", "đọc được số `{}`"),
    ("invalid value: string `{}`", "đọc được chữ `{}`"),
    ("key with no value", "mục không có giá trị"),
    ("missing assignment between key-value pairs", "thiếu dấu bằng"),
    ("missing comma between array elements", "thiếu dấu phẩy trong danh sách"),
    ("missing comma between key-value pairs", "thiếu dấu phẩy"),
    (
        "missing escaped value",
        "sau dấu gạch chéo ngược là ký tự lạ; đường dẫn của Windows đặt trong ngoặc đơn",
    ),
    ("missing field `{}`", "`{}`"),
    ("missing opening quote", "thiếu dấu ngoặc kép mở"),
    ("missing value for key", "mục không có giá trị"),
    ("missing value", "mục không có giá trị"),
    ("nested", "lồng nhau"),
    ("string values must be quoted", "chữ phải đặt trong ngoặc kép"),
    ("too few unicode value digits", "thiếu chữ số"),
    ("unclosed array", "danh sách không có dấu đóng"),
    ("unclosed array table", "tên bảng không có dấu đóng"),
    ("unclosed inline table", "bảng không có dấu đóng"),
    ("unclosed table", "tên bảng không có dấu đóng"),
    ("unexpected content", "chỗ này có chữ thừa"),
    ("unexpected key or value", "chỗ này có chữ thừa"),
    ("unexpected leading zero", "số không viết với chữ số 0 ở đầu"),
    ("unexpected sign", "dấu cộng, trừ đặt sai chỗ"),
    ("unknown field `{}`", "`{}`"),
    ("unknown variant `{}`", "`{}`"),
];

/// What a reader wants in its place.
const WANTED: &[(&str, &str)] = &[
    ("a boolean", "`true` hoặc `false`"),
    ("a map", "một bảng"),
    ("a name alone", "tên, không có giá trị"),
    ("a number (6) or a number with a letter (`{}`)", "một số, hoặc số kèm chữ trong ngoặc kép"),
    (
        "a number from 0 with at most three decimals, such as `{}` or 3",
        "số từ 0, nhiều nhất ba chữ số thập phân",
    ),
    ("a plain date", "ngày, ví dụ 2026-07-01"),
    ("a plain date without quotes", "ngày không có ngoặc kép, ví dụ 2026-07-01"),
    ("a sequence", "danh sách trong ngoặc vuông"),
    ("a string", "chữ trong ngoặc kép"),
    ("an integer such as 20 or a decimal text such as `{}`", "số nguyên, hoặc số thập phân trong ngoặc kép"),
    ("day between 01 and 31", "ngày từ 01 đến 31"),
    ("i128", "số nguyên"),
    ("i64", "số nguyên"),
    ("key", "tên mục"),
    ("month between 01 and 12", "tháng từ 01 đến 12"),
    ("newline", "xuống dòng"),
    ("u16", "số nguyên"),
    ("u32", "số nguyên"),
    ("u64", "số nguyên"),
    ("u8", "số nguyên"),
    ("usize", "số nguyên"),
    ("value", "giá trị"),
];

/// The words of a reader; none in Vietnamese where they are not known.
pub fn of(said: &str, lang: Lang) -> Option<String> {
    if lang == Lang::En {
        return Some(said.to_owned());
    }
    let (found, wanted) = said.split_once(", expected ").unwrap_or((said, ""));
    let found = in_vietnamese(found.trim(), FOUND)?;
    // What may be typed is named as it is; of other things only those that have words.
    let typed: Vec<&str> = wanted.split('`').skip(1).step_by(2).collect();
    let wanted = match in_vietnamese(wanted, WANTED) {
        Some(wanted) => format!("; cần {wanted}"),
        None if !typed.is_empty() => format!("; dùng được: `{}`", typed.join("`, `")),
        None => String::new(),
    };
    Some(found + &wanted)
}

fn in_vietnamese(said: &str, words: &[(&str, &str)]) -> Option<String> {
    let (pattern, read) = apart(said);
    let (_, known) = words.iter().find(|(pattern_known, _)| *pattern_known == pattern)?;
    let mut out = String::new();
    let mut read = read.into_iter();
    for (at, part) in known.split("{}").enumerate() {
        out.push_str(if at == 0 { "" } else { read.next()? });
        out.push_str(part);
    }
    Some(out)
}

/// A sentence with `{}` for everything quoted, and what was.
fn apart(said: &str) -> (String, Vec<&str>) {
    let (mut pattern, mut read) = (String::new(), Vec::new());
    for (at, part) in said.split(['`', '"']).enumerate() {
        if at % 2 == 0 {
            pattern.push_str(part);
        } else {
            pattern.push_str("`{}`");
            read.push(part);
        }
    }
    (pattern, read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_says_is_put_into_words() {
        let said = |text| of(text, Lang::Vi);
        let words = |text: &str| Some(text.to_owned());
        assert_eq!(said("missing field `id`"), words("`id`"));
        assert_eq!(
            said("invalid type: string \"x\", expected a sequence"),
            words("đọc được chữ `x`; cần danh sách trong ngoặc vuông")
        );
        assert_eq!(
            said("unknown variant `day`, expected one of `month`, `year`"),
            words("`day`; dùng được: `month`, `year`")
        );
        assert_eq!(
            said("unclosed array, expected `]`"),
            words("danh sách không có dấu đóng; dùng được: `]`")
        );
        assert_eq!(said("invalid Zip archive"), None);
        assert_eq!(of("invalid Zip archive", Lang::En), words("invalid Zip archive"));
    }
}
