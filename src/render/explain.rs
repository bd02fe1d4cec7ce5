//! Giải thích: the trace of a result as sentences: formula, numbers, result, article.

use super::page::{Page, TextLine, Tone};
use super::rule_words::in_names;
use super::wording::{self, Lang};
use crate::engine::step::{StepId, StepPath};
use crate::engine::trace::{Formula, Step, StepValue, Term, rules_of};
use crate::rulebook::Rulebook;
use crate::terms::citation::{Evidence, RuleRef};
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;

/// Digits that numbers of steps have room for, and blanks before what belongs to a step.
const NUMBER_WIDTH: usize = 3;
const STEP_MARGIN: usize = 5;

impl Page {
    /// Adds how the result came about, step by step.
    pub fn steps(&mut self, trace: &[Step], rules: &Rulebook) {
        if !trace.is_empty() {
            steps(trace, rules, self.lang).into_iter().for_each(|line| self.add(line));
        }
    }
}

/// Công thức với các con số, as scripts read it: `2530000 × 4,5% × 12`.
pub fn formula(formula: &Formula, lang: Lang) -> String {
    written(formula, lang, |amount, lang| amount.to_string().replace('.', lang.say(",", ".")))
}

/// How an amount stands in a formula.
type Amount = fn(Vnd, Lang) -> String;

fn written(formula: &Formula, lang: Lang, amount: Amount) -> String {
    let term = |part: Term, lang: Lang| term(part, lang, amount);
    let product = |terms: &[Term]| terms.iter().map(|part| term(*part, lang)).collect::<Vec<_>>().join(" × ");
    match formula {
        Formula::Recorded => lang.say("theo quy định", "as recorded").to_owned(),
        Formula::Product(terms) => product(terms),
        Formula::Sum(products) => products.iter().map(|terms| product(terms)).collect::<Vec<_>>().join(" + "),
        Formula::Difference(whole, others) => {
            others.iter().fold(term(*whole, lang), |text, other| format!("{text} − {}", term(*other, lang)))
        }
        Formula::Least(a, b) => format!("min({}; {})", term(*a, lang), term(*b, lang)),
    }
}

fn term(term: Term, lang: Lang, amount: Amount) -> String {
    match term {
        Term::Money(money) => amount(money, lang),
        Term::Share(share) => wording::share(share, lang),
        Term::Months(months) => months.to_string(),
        Term::Times(times) => times.to_string().replace('.', lang.say(",", ".")),
        Term::Count(count) => count.to_string(),
        Term::Measure(measure) => measure.to_string().replace('.', lang.say(",", ".")),
    }
}

/// The value of a step as a plain machine text: amounts with a dot, shares as `70%`, ISO dates.
pub fn value(value: &StepValue) -> String {
    match value {
        StepValue::Money(amount) => amount.to_string(),
        StepValue::Share(share) => share.to_string(),
        StepValue::Date(day) => day.to_string(),
        StepValue::Name(name) => (*name).to_owned(),
        StepValue::Id(id) => id.clone(),
    }
}

/// Văn bản làm căn cứ của một quy định.
pub fn cites(rule: &RuleRef, rules: &Rulebook, lang: Lang) -> String {
    rule.cites.iter().map(|cite| wording::citation(cite, rules, lang)).collect::<Vec<_>>().join("; ")
}

/// Căn cứ: every article behind a trace once, document by document.
pub fn legal_basis(steps: &[Step], rules: &Rulebook, lang: Lang) -> String {
    let mut documents: Vec<(String, Vec<String>)> = Vec::new();
    for cite in rules_of(steps).into_iter().flat_map(|(rule, _)| rule.cites.iter()) {
        let (document, place) = wording::cited(cite, rules, lang);
        let known = documents.iter().position(|(name, _)| *name == document).unwrap_or_else(|| {
            documents.push((document, Vec::new()));
            documents.len() - 1
        });
        let places = &mut documents[known].1;
        if !place.is_empty() && !places.contains(&place) {
            places.push(place);
        }
    }
    let named = documents.into_iter().map(|(document, places)| {
        if places.is_empty() { document } else { format!("{document} ({})", places.join(", ")) }
    });
    format!("{}: {}", lang.say("Căn cứ", "Legal basis"), named.collect::<Vec<_>>().join("; "))
}

/// Từng bước tính: a title, and two lines a step.
pub fn steps(steps: &[Step], rules: &Rulebook, lang: Lang) -> Vec<TextLine> {
    let mut lines = vec![TextLine::heading(lang.say("Cách tính từng bước", "Step by step"))];
    for (index, step) in steps.iter().enumerate() {
        let shown = match &step.value {
            StepValue::Money(amount) => wording::money(*amount, lang),
            StepValue::Share(share) => wording::share(*share, lang),
            StepValue::Date(day) => wording::date(*day, lang),
            StepValue::Name(name) => detail(name, rules, lang),
            StepValue::Id(id) => in_names(id, rules, lang),
        };
        let how = match &step.formula {
            Formula::Recorded => shown,
            other => format!("{} = {shown}", written(other, lang, wording::number)),
        };
        let source = lang.say("Căn cứ", "Basis");
        let governed = lang.say("theo ngày", "governed by");
        let since = lang.say("hiệu lực từ", "in force from");
        let doubt = match step.rule.evidence {
            Evidence::Unverified => lang.say(" [chưa kiểm chứng]", " [unverified]"),
            Evidence::Primary | Evidence::Secondary => "",
        };
        let number = (index + 1).to_string();
        let margin = NUMBER_WIDTH.saturating_sub(number.len());
        let name = step_name(&step.id, rules, lang);
        lines.push(TextLine::new(format!("{number}. {name}: {how}")).inset(margin, STEP_MARGIN));
        let line = format!(
            "{source}: {}{doubt}; {since} {}; {governed} {}",
            cites(&step.rule, rules, lang),
            wording::date(step.rule.effective_from, lang),
            wording::date(step.governing_date, lang),
        );
        lines.push(TextLine::new(line).inset(STEP_MARGIN, STEP_MARGIN).tone(Tone::Small));
    }
    lines
}

/// Tên của một bước: `premium.member-2` as people say it.
pub fn step_name(step: &StepPath, rules: &Rulebook, lang: Lang) -> String {
    let head = match step.id {
        StepId::BaseSalary => lang.say("Lương cơ sở", "Base salary"),
        StepId::PremiumRate => lang.say("Tỷ lệ đóng", "Premium rate"),
        StepId::PremiumBasis => lang.say("Căn cứ đóng", "Premium basis"),
        StepId::Category => lang.say("Đóng theo đối tượng", "Joins under group"),
        StepId::Contract => {
            lang.say("Tiền lương của hợp đồng được tính", "Salary of the contract that counts")
        }
        StepId::SpecialMonth => lang.say("Tháng đặc biệt", "Special month"),
        StepId::SalaryCap => lang.say("Trần tiền lương đóng", "Salary cap"),
        StepId::HouseholdLadder => lang.say("Tỷ lệ theo thứ tự thành viên", "Household ladder step"),
        StepId::Premium => lang.say("Mức đóng", "Premium"),
        StepId::Share => lang.say("Phần đóng", "Share"),
        StepId::CardFrom => lang.say("Thẻ có giá trị từ", "Card valid from"),
        StepId::CardUntil => lang.say("Thẻ có giá trị đến", "Card valid until"),
        StepId::Remainder => lang.say("Phần lẻ thuộc về", "The odd đồng goes to"),
        StepId::BenefitLevel => lang.say("Mức hưởng của đối tượng", "Benefit level of the group"),
        StepId::NetworkRate => lang.say("Tỷ lệ theo cơ sở và cách đến khám", "Network rate"),
        StepId::LowCostLimit => lang.say("Mức chi phí một lần khám thấp", "Limit of a low-cost visit"),
        StepId::NoListRatios => lang.say("Không áp dụng tỷ lệ danh mục", "List ratios do not apply"),
        StepId::SupplyCap => lang.say("Trần vật tư y tế của gói", "Cap on supplies of the package"),
        StepId::AnnualCeiling => lang.say("Ngưỡng cùng chi trả trong năm", "Annual co-payment ceiling"),
        StepId::AnnualCeilingLeft => {
            lang.say("Còn phải cùng chi trả trước lượt này", "Still to co-pay before this visit")
        }
        StepId::Relief => lang.say("Trường hợp hưởng 100%", "Case of 100 %"),
        StepId::StayTransition => lang.say("Áp dụng quy định của ngày", "Rules applied of"),
        StepId::DirectPaymentLimit => lang.say("Mức thanh toán trực tiếp tối đa", "Limit of direct payment"),
        StepId::BedDays => lang.say("Ngày giường được đếm", "Bed days as counted"),
        StepId::ServiceRatios => {
            lang.say("Khám, phẫu thuật theo thứ tự trong lượt", "Examinations and operations as ranked")
        }
        StepId::CoveredCost => lang.say("Chi phí trong phạm vi", "Covered cost"),
        StepId::FundPayment => lang.say("Quỹ thanh toán", "Fund payment"),
        StepId::Copayment => lang.say("Người bệnh cùng chi trả", "Co-payment"),
        StepId::OwnPayment => lang.say("Người bệnh tự trả", "Own payment"),
        StepId::EmployerRefund => {
            lang.say("Người sử dụng lao động hoàn trả người bệnh", "The employer pays back to the patient")
        }
        StepId::BookingYear => lang.say("Năm tính chi phí", "Year of booking"),
        StepId::StateBudget => lang.say("Ngân sách nhà nước trả", "Paid by the state budget"),
        StepId::LocalSupport => lang.say("Địa phương hỗ trợ", "Local support"),
        StepId::ForcesFund => {
            lang.say("Quỹ của quân đội, công an, cơ yếu", "Fund of army, police and cipher")
        }
        StepId::FuelNorm => lang.say("Định mức nhiên liệu một chiều", "Fuel norm, one way"),
        StepId::TransportPayment => lang.say("Chi phí vận chuyển được thanh toán", "Transport payment"),
        StepId::FundCare => lang.say("Dành cho khám bệnh, chữa bệnh", "Care"),
        StepId::FundAdministration => lang.say("Chi tổ chức và hoạt động, tối đa", "Administration at most"),
        StepId::FundReserve => lang.say("Quỹ dự phòng, tối thiểu", "Reserve at least"),
        StepId::Retention => lang.say("Số tiền trích lại", "Retention"),
        StepId::FundAdvance => lang.say("Tạm ứng hằng quý", "Quarterly advance"),
        StepId::FacilityFund => lang.say("Quỹ tại cơ sở", "Fund of the facility"),
        StepId::LateCharge => lang.say("Tiền chậm đóng", "Late-payment charge"),
        StepId::Refund => lang.say("Số tiền hoàn trả", "Refund"),
    };
    let details: Vec<String> = step.of.iter().map(|part| detail(part, rules, lang)).collect();
    if details.is_empty() { head.to_owned() } else { format!("{head} ({})", details.join(", ")) }
}

fn detail(part: &str, rules: &Rulebook, lang: Lang) -> String {
    if part == "first-member" {
        return lang.say("người thứ nhất", "first member").to_owned();
    }
    if let Some(number) = part.strip_prefix("line-") {
        return format!("{} {number}", lang.say("dòng", "line"));
    }
    if let Some(number) = part.strip_prefix("part-") {
        return format!("{} {number}", lang.say("phần", "part"));
    }
    if let Some(number) = part.strip_prefix("member-") {
        return format!("{} {number}", lang.say("người", "person"));
    }
    if let Some(group) = rules.group(part) {
        return lang.pick([&group.name_vi, &group.name_en]).to_owned();
    }
    match part {
        "pupils" => lang.say("học sinh, sinh viên", "pupils and students").to_owned(),
        "children" => lang.say("trẻ em dưới 6 tuổi", "children under six").to_owned(),
        "staff" => lang.say("người lao động của trường", "staff").to_owned(),
        _ => crate::terms::group::Payer::parse(part).map_or_else(
            || wording::named(part, lang).to_owned(),
            |payer| wording::payer(payer, lang).to_owned(),
        ),
    }
}
