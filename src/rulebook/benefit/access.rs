//! Tỷ lệ theo cơ sở và cách đến khám: which share of the level a visit is paid, as a decision table.

use chrono::NaiveDate;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::rulebook::table::{DecisionCell, DecisionRow, decision, telling};
use crate::terms::care::{
    AccessRoute, Among, Border, CareLevel, DirectCase, FormerTier, Ground, HospitalClass, Locality,
    PointsBand, Reading, RegisteredLevel, Relief, Stay,
};
use crate::terms::listed::Listed;
use crate::terms::number::{Multiple, Share};
use crate::terms::period::RuleDate;

/// Tỷ lệ phần trăm của mức hưởng trong một thời kỳ.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NetworkRates {
    /// What the rates are shares of.
    pub of: RateOf,
    /// Bounds of the bands of points.
    pub points: Option<PointsBounds>,
    /// The table.
    #[serde(serialize_with = "by_visit")]
    pub rows: Vec<RateRow>,
    /// What stands for a fact that is not given.
    pub unless_given: Defaults,
    /// Groups to which the ground `forces` belongs.
    #[serde(default)]
    pub forces: Vec<String>,
    /// Routes that count as self-referral.
    #[serde(default)]
    pub self_referral: Vec<CountsAsSelfReferral>,
}

/// Shows each answer under the facts it is for.
fn by_visit<S: Serializer>(rows: &[RateRow], out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(rows.iter().map(|row| (telling(row), row.answer_text())))
}

/// Cách đến được tính như tự đi khám.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CountsAsSelfReferral {
    /// The route as it is called.
    pub route: AccessRoute,
    /// For cards registered at these levels.
    #[serde(default)]
    pub registered_level: Among<RegisteredLevel>,
    /// Only after a self-referral, without a reason that excuses it.
    #[serde(default)]
    pub after_self_referral: bool,
    /// The provision.
    pub by: String,
}

/// Tỷ lệ tính trên gì.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RateOf {
    /// Of the benefit level.
    Level,
    /// Of the cost, whatever the level.
    Cost,
}

/// Mốc điểm xếp cấp.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PointsBounds {
    /// First point of the middle band.
    pub middle_from: u32,
    /// First point of the high band.
    pub high_from: u32,
}

impl PointsBounds {
    /// The band of a number of points.
    pub fn band(self, points: u32) -> PointsBand {
        if points < self.middle_from {
            PointsBand::Low
        } else if points < self.high_from {
            PointsBand::Middle
        } else {
            PointsBand::High
        }
    }
}

decision! {
    /// Dữ kiện để tra bảng: for each column what is known, or everything.
    facts Facts unless Defaults {
        /// Trường hợp thanh toán trực tiếp.
        case: DirectCase = "case" asked "direct-payment",
        /// Cách đến khám.
        route: AccessRoute = "route",
        /// Cấp chuyên môn kỹ thuật.
        care_level: CareLevel = "care-level",
        /// Tuyến trước 2025.
        former_tier: FormerTier = "former-tier",
        /// Khoảng điểm.
        points: PointsBand = "points",
        /// Nội trú, ngoại trú.
        stay: Stay = "stay" asked "setting",
        /// Căn cứ riêng của người bệnh.
        ground: Ground = "ground",
        /// Nơi đăng ký.
        registered_level: RegisteredLevel = "registered-level",
        /// Giáp ranh hai tỉnh.
        border: Border = "border",
        /// Cùng tỉnh, khác tỉnh.
        locality: Locality = "locality" asked "same-province",
        /// Hạng bệnh viện.
        class: HospitalClass = "class",
    }

    /// Một dòng của bảng tỷ lệ.
    row RateRow {
        /// Which rule of the law this is: `in-order`, or a point such as `22.4.e`.
        pub by: String,
        /// The answer.
        pub pays: RateAnswer,
        /// Which cases of 100 % can lift the level of such a visit.
        #[serde(default)]
        pub reliefs: Vec<Relief>,
    }

    /// Một dòng của bảng thanh toán trực tiếp.
    row DirectRow {
        /// The answer.
        pub pays: DirectLimit,
    }
}

/// Giới hạn của thanh toán trực tiếp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DirectLimit {
    /// At most this.
    AtMost(Multiple),
    /// As at a facility with a contract.
    Full,
    /// Nothing.
    Nothing,
    /// The recorded law has no answer.
    Unrecorded,
}

/// `0.15 × base-salary`, `full`.
impl Serialize for DirectLimit {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            DirectLimit::AtMost(limit) => limit.serialize(out),
            DirectLimit::Full => out.serialize_str("full"),
            DirectLimit::Nothing => out.serialize_str("nothing"),
            DirectLimit::Unrecorded => out.serialize_str("unrecorded"),
        }
    }
}

/// Câu trả lời của một dòng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RateAnswer {
    /// This share.
    Rate(Share),
    /// The recorded law has no rate for such a visit.
    Unrecorded,
}

impl RateRow {
    /// The answer in words of the rule file.
    pub fn answer_text(&self) -> String {
        let answer = match self.pays {
            RateAnswer::Rate(rate) => rate.to_string(),
            RateAnswer::Unrecorded => "unrecorded".to_owned(),
        };
        let reliefs: Vec<&str> = self.reliefs.iter().map(|relief| relief.key()).collect();
        if reliefs.is_empty() {
            format!("{answer} ({})", self.by)
        } else {
            format!("{answer} ({}; {})", self.by, reliefs.join(", "))
        }
    }
}

/// Mã đối tượng đến khám bệnh, chữa bệnh: labels of groups of facts.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VisitCodes {
    /// The codes, in the order of the list.
    pub codes: Vec<VisitCode>,
    /// Mã của danh mục mà nghĩa chưa được đọc.
    pub unread: Option<UnreadCodes>,
}

/// Mã chưa đọc nghĩa: codes that may be of the list of the time; other facts decide.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnreadCodes {
    /// The codes.
    pub codes: Vec<String>,
    /// Vietnamese: why they say nothing.
    pub why_vi: String,
    /// English.
    pub why_en: String,
}

impl VisitCodes {
    /// The code as written in claim files, where it was taken on a day; also `1,13`, `01.1` and `2.0`.
    pub fn find(&self, code: &str, day: NaiveDate) -> Option<&VisitCode> {
        let taken = |known: &&VisitCode| known.until.is_none_or(|until| day <= until.0);
        spellings(code)
            .iter()
            .find_map(|plain| self.codes.iter().filter(taken).find(|known| known.code == *plain))
    }

    /// Why a code says nothing that is not among those of the list whose meaning is known.
    pub fn why_unread(&self, code: &str) -> Option<Undecided> {
        let UnreadCodes { codes, why_vi, why_en } = self.unread.as_ref()?;
        let listed = spellings(code).iter().any(|plain| codes.contains(plain));
        listed.then(|| Undecided { why_vi: why_vi.clone(), why_en: why_en.clone() })
    }
}

/// A code as written, and without what spreadsheets make of it.
fn spellings(code: &str) -> [String; 2] {
    let written = code.trim();
    let plain = written.replace(',', ".");
    let plain = plain.trim_start_matches('0');
    [written.to_owned(), plain.strip_suffix(".0").unwrap_or(plain).to_owned()]
}

/// Một mã và các dữ kiện mà nó thay cho.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VisitCode {
    /// The code.
    pub code: String,
    /// What it says about the visit.
    #[serde(serialize_with = "in_short")]
    pub means: CodeMeaning,
    /// Vietnamese wording.
    pub name_vi: String,
    /// English wording.
    pub name_en: String,
    /// Provision of the law behind it.
    pub by: String,
    /// Chỉ lĩnh thuốc, không khám.
    #[serde(default)]
    pub drugs_only: bool,
    /// Thu hồi đề nghị thanh toán, không phải lượt khám.
    #[serde(default)]
    pub withdrawn: bool,
    /// Ngày cuối còn dùng mã.
    pub until: Option<RuleDate>,
    /// Vietnamese: the only circumstances of the code, which the facts do not tell.
    pub only_when_vi: Option<String>,
    /// English.
    pub only_when_en: Option<String>,
}

fn in_short<S: Serializer>(means: &CodeMeaning, out: S) -> Result<S::Ok, S::Error> {
    match means {
        // A text in two languages, under the name of the field.
        CodeMeaning::Undecided(Undecided { why_vi, why_en }) => {
            let mut texts = out.serialize_struct("Undecided", 2)?;
            texts.serialize_field("-vi", why_vi)?;
            texts.serialize_field("-en", why_en)?;
            texts.end()
        }
        CodeMeaning::Visit(facts) => out.serialize_str(&facts.text()),
    }
}

/// Ý nghĩa của một mã.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeMeaning {
    /// A visit with these facts.
    Visit(CodeFacts),
    /// Not a visit, or one that no rule decides.
    Undecided(Undecided),
}

/// Vì sao một mã không cho biết cách thanh toán.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Undecided {
    /// Vietnamese.
    pub why_vi: String,
    /// English.
    pub why_en: String,
}

/// Dữ kiện của một mã.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CodeFacts {
    /// Cách đến khám.
    pub route: AccessRoute,
    /// Cấp chuyên môn kỹ thuật.
    pub care_level: Option<CareLevel>,
    /// Tuyến trước 2025.
    pub former_tier: Option<FormerTier>,
    /// Khoảng điểm.
    pub points: Option<PointsBand>,
    /// The only setting the code is for.
    pub only: Option<Stay>,
    /// The setting the code is meant for when none is given.
    pub usually: Option<Stay>,
    /// Căn cứ riêng của người bệnh.
    pub ground: Option<Ground>,
    /// The facility is one of those listed for the initial level.
    pub listed_initial: Option<bool>,
    /// Cùng tỉnh hay khác tỉnh với nơi đăng ký.
    pub locality: Option<Locality>,
}

impl CodeFacts {
    /// The facts in words of the rule file.
    pub fn text(self) -> String {
        let CodeFacts {
            route,
            care_level,
            former_tier,
            points,
            only,
            usually,
            ground,
            listed_initial,
            locality,
        } = self;
        let mut parts = vec![route.key().to_owned()];
        parts.extend(care_level.map(|level| level.key().to_owned()));
        parts.extend(former_tier.map(|tier| format!("former {tier}")));
        parts.extend(locality.map(|locality| locality.key().to_owned()));
        parts.extend(points.map(|band| format!("points {band}")));
        parts.extend(ground.map(|ground| ground.key().to_owned()));
        parts.extend(only.map(|stay| format!("only {stay}")));
        parts.extend(usually.map(|stay| stay.key().to_owned()));
        parts.extend(listed_initial.map(|listed| if listed { "listed" } else { "not listed" }.to_owned()));
        parts.join(", ")
    }
}

/// Chỗ luật chưa rõ: the reading taken and the other one that may be asked for.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReadingNote {
    /// Name under which the other reading is asked for.
    pub id: Reading,
    /// Vietnamese: the reading taken.
    pub taken_vi: String,
    /// English: the reading taken.
    pub taken_en: String,
    /// Vietnamese: the other reading.
    pub other_vi: String,
    /// English: the other reading.
    pub other_en: String,
}
