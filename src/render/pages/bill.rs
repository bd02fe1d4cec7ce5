//! Bảng kê chi phí mẫu 01/KBCB: one bill of blocks by card, numbered sections and thirteen columns, for a visit that
//! was computed and for a claim of a file.

use crate::render::page::{Cell, Column, Narrow, On, Role, Row, Table};
use crate::render::wording::Lang;

/// The section of supply packages.
pub const PACKAGES: u32 = 10;

/// The section of whatever has no other.
pub const OTHERS: u32 = 12;

/// Letters of an amount beyond which thirteen columns fit the sheet only in small print.
const WIDE_AMOUNT: usize = 10;

/// Columns before the first amount.
const BEFORE_AMOUNTS: usize = 6;

/// Sáu số tiền của một dòng.
pub trait Money: Copy + Default {
    /// What a screen says above the sum of a section and above the sum of a card: Vietnamese, English.
    const SUMS: [[&'static str; 2]; 2];
    /// The sum.
    #[must_use]
    fn plus(self, more: Self) -> Self;
    /// Hospital, insured, fund, co-payment, other sources, own payment.
    fn cells(self, lang: Lang) -> [Cell; 6];
}

/// Một dòng của bảng kê, or the part of it that one card covers.
pub struct BillItem<M> {
    /// Number of its section.
    pub section: u32,
    /// What a screen says of it: content, quantity, prices, ratios, what was applied.
    pub label: String,
    /// Content, unit, quantity, hospital price, insured price, service ratio, list ratio.
    pub columns: [Cell; 7],
    /// Its money.
    pub money: M,
}

/// Phần của một thẻ: the form has a block of sections for every card of the stay.
pub struct BillCard<M> {
    /// Card and level; nothing when one card covers every line.
    pub heading: Option<String>,
    /// Its lines.
    pub items: Vec<BillItem<M>>,
}

/// The table of the form: heads, column numbers, sections, sums.
pub fn table<M: Money>(cards: &[BillCard<M>], total: M, lang: Lang) -> Table {
    let mut table = Table::new(columns(lang));
    table.numbered = true;
    table.narrow = Narrow::Halves;
    table.fine = total.cells(lang).iter().any(|cell| cell.shown(false).chars().count() > WIDE_AMOUNT);
    for card in cards {
        if let Some(heading) = &card.heading {
            table.section(heading);
        }
        for section in 1..=OTHERS {
            let own: Vec<&BillItem<M>> = card.items.iter().filter(|item| item.section == section).collect();
            if own.is_empty() {
                continue;
            }
            // The number of a section stays when sections before it are empty.
            table.section(format!("{section}. {}", section_name(section, lang)));
            own.iter().for_each(|item| table.rows.push(row(item, lang)));
            if own.len() > 1 {
                let sum = own.iter().fold(M::default(), |sum, item| sum.plus(item.money));
                let names = [lang.pick(M::SUMS[0]), lang.say("Cộng", "Sum")];
                table.rows.push(sum_row(names, sum, lang));
            }
        }
        if card.heading.is_some() {
            let sum = card.items.iter().fold(M::default(), |sum, item| sum.plus(item.money));
            let names = [lang.pick(M::SUMS[1]), lang.say("Cộng thẻ", "Sum of the card")];
            table.rows.push(sum_row(names, sum, lang));
        }
    }
    let names = [lang.say("TỔNG CỘNG", "TOTAL"), lang.say("Tổng cộng", "Total")];
    table.rows.push(sum_row(names, total, lang));
    table
}

/// The columns; a screen has room for the amounts only and shows their numbers with them.
fn columns(lang: Lang) -> Vec<Column> {
    let sources = lang.say("Nguồn thanh toán", "Paid by");
    let words = |vi, en| Column::words(lang.say(vi, en)).on(On::Sheet);
    let number = |vi, en| Column::numbers(lang.say(vi, en)).on(On::Sheet);
    let amount = |head: [&'static str; 2], short: [&'static str; 2]| {
        Column::numbers(lang.pick(head)).short(lang.pick(short))
    };
    let source = |head, short| amount(head, short).over(sources);
    vec![
        words("Nội dung", "Item"),
        words("Đơn vị tính", "Unit"),
        number("Số lượng", "Quantity"),
        number("Đơn giá BV", "Hospital price"),
        number("Đơn giá BH", "Insured price"),
        number("Tỷ lệ thanh toán theo dịch vụ (%)", "Service ratio (%)"),
        amount(["Thành tiền BV", "Hospital amount"], ["(7) BV", "(7) Hospital"]),
        number("Tỷ lệ thanh toán BHYT (%)", "List ratio (%)"),
        amount(["Thành tiền BH", "Insured amount"], ["(9) BH", "(9) Insured"]),
        source(["Quỹ BHYT", "Fund"], ["(10) Quỹ", "(10) Fund"]),
        source(["Người bệnh cùng chi trả", "Co-payment"], ["(11) Cùng trả", "(11) Co-pay"]),
        source(["Khác", "Other"], ["(12) Khác", "(12) Other"]),
        source(["Người bệnh tự trả", "Own payment"], ["(13) Tự trả", "(13) Own"]),
    ]
}

fn row<M: Money>(item: &BillItem<M>, lang: Lang) -> Row {
    let [name, unit, quantity, price, insured, service, list] = item.columns.clone();
    let [hospital, covered, fund, copayment, other, own] = item.money.cells(lang);
    let cells = vec![
        name, unit, quantity, price, insured, service, hospital, list, covered, fund, copayment, other, own,
    ];
    Row { above: Some(format!("  {}", item.label)), role: Role::Plain, cells, span: 1 }
}

fn sum_row<M: Money>([above, name]: [&str; 2], sum: M, lang: Lang) -> Row {
    let [hospital, covered, fund, copayment, other, own] = sum.cells(lang);
    let mut cells = vec![Cell::text(name)];
    cells.resize(BEFORE_AMOUNTS, Cell::blank());
    cells.extend([hospital, Cell::blank(), covered, fund, copayment, other, own]);
    Row { above: Some(above.to_owned()), role: Role::Sum, cells, span: BEFORE_AMOUNTS }
}

/// Tên mục, as the form numbers them.
const fn section_name(number: u32, lang: Lang) -> &'static str {
    match number {
        1 => lang.say("Khám bệnh", "Examination"),
        2 => lang.say("Ngày giường", "Bed days"),
        3 => lang.say("Xét nghiệm", "Laboratory"),
        4 => lang.say("Chẩn đoán hình ảnh", "Imaging"),
        5 => lang.say("Thăm dò chức năng", "Function tests"),
        6 => lang.say("Thủ thuật, phẫu thuật", "Procedures and surgery"),
        7 => lang.say("Máu, chế phẩm máu, vận chuyển máu", "Blood and blood products"),
        8 => lang.say("Thuốc, dịch truyền", "Drugs and infusions"),
        9 => lang.say("Vật tư y tế", "Supplies"),
        PACKAGES => lang.say("Gói vật tư y tế", "Supply packages"),
        11 => lang.say("Vận chuyển người bệnh", "Patient transport"),
        _ => lang.say("Dịch vụ khác", "Other services"),
    }
}
