//! Xưởng: what the program, its page, its tests, benches and fuzz targets reach inside the library. No part of the front
//! door: every line here may change at any time, and what stands neither here nor there is dead when nothing uses it.

pub use crate::audit::checks::{CHECKS, find as find_check};
pub use crate::audit::figure::Figure;
pub use crate::audit::number_text;
pub use crate::audit::record::RawClaim;
pub use crate::audit::run::AuditedClaim;
pub use crate::audit::source::gather as gather_claim_files;
pub use crate::audit::source::wrapper::{unwrap_part, unwrapped};
pub use crate::audit::tag::{FieldKind, FilePart, Tag};
pub use crate::audit::xml::encoding::{Transcoder, mark};
pub use crate::audit::xml::part::{read_part, readers_agree};
pub use crate::audit::xml::{Bundle, Envelope, PartName};
pub use crate::case::claim::Copaid;
pub use crate::case::quote::tag;
pub use crate::cli::claim_input::read as read_visit;
pub use crate::cli::io::{World, env, is_interactive, today};
pub use crate::cli::program::Program;
pub use crate::cli::quote_input::read as read_household;
pub use crate::cli::{OtherLaw, PAGE_COMMANDS, run, run_among, run_remembering, run_with, stopped};
pub use crate::engine::claim::visit_answer::{VisitFigures, VisitQuestion};
pub use crate::engine::claim::visit_plan::VisitPlans;
pub use crate::engine::premium::dates::Dates;
pub use crate::engine::premium::plans::{PlanQuestion, Plans};
pub use crate::engine::premium::subsidy::national;
pub use crate::engine::premium::within_reach::reach;
pub use crate::engine::premium::{Payment, plan};
pub use crate::render::audit_words::message as finding_message;
pub use crate::render::catalogue::{Words, entry};
pub use crate::render::check_catalogue::check_entry;
pub use crate::render::fact_words::words as fact_words;
pub use crate::render::questions::{self, Inquiry};
pub use crate::render::wording::{Lang, share};
pub use crate::render::{names, rule_words};
pub use crate::rulebook::benefit::BenefitRules;
pub use crate::rulebook::claim_files::Standard;
pub use crate::rulebook::diagnostic::RuleCheck;
pub use crate::rulebook::diff::{ChangeKind, compare, version_changes};
pub use crate::rulebook::entries::{Entry, EntryVersion};
pub use crate::rulebook::facts::{Fact, FactValue};
pub use crate::rulebook::family::{EnrolleeGroup, Family, LocalPack, Payers, Policy, Support};
pub use crate::rulebook::load::read;
pub use crate::rulebook::places::{Coverage, ProvinceUnit, Whereabouts};
pub use crate::rulebook::predicate::{Predicate, WindowStart};
pub use crate::rulebook::source::{BUNDLED, BundledFile, Origin, Source};
pub use crate::table::answers::{self, AnswerReader};
pub use crate::table::batch::{RunOptions, run as run_batch};
pub use crate::table::claim::{self as claim_table, ClaimKernel, VisitReader};
pub use crate::table::csv::Splitter;
pub use crate::table::heading::Schema;
pub use crate::table::known_days::KnownDays;
pub use crate::table::output::{Format, Outputs, Target};
pub use crate::table::part_file::PartFile;
pub use crate::table::premium::{APPENDED, People, PremiumKernel, SCHEMA};
pub use crate::table::price_list::{self, PriceList};
pub use crate::table::table_sums::{self, TableSums};
pub use crate::table::{Input, OpenTable, ReadOptions, TableLimits};
pub use crate::terms::care::{
    AccessRoute, CareLevel, DirectCase, DiseaseList, FormerTier, HospitalClass, LineKind, Reading,
    RegisteredLevel, Relief, Residence, Scope, Setting,
};
pub use crate::terms::citation::Citation;
pub use crate::terms::group::PremiumBasis;
pub use crate::terms::number::NamedBase;
pub use crate::terms::period::{age_on, days_after, month_of_cover, parse_date};
pub use crate::workbook::is_write_failure;

/// Ô của bảng, as the readers of rows read them.
pub mod cells {
    pub use crate::table::cells::{amount, claim_amount, date, digits, whole};
}

/// Họ quy định mà phép thử và trang xem tới: a rulebook keeps its families to itself, and these are shown here.
macro_rules! looked_into {
    ($($name:ident: $shape:ty = $($field:ident).+;)*) => {
        $(
            /// The family of that name.
            pub fn $name(rules: &$crate::Rulebook) -> &$shape {
                &rules.$($field).+
            }
        )*
    };
}

looked_into! {
    benefit: BenefitRules = benefit;
    legal_cliffs: Family<crate::rulebook::benefit::fund::LegalCliffs> = benefit.legal_cliffs;
    levels: Family<crate::rulebook::benefit::level::BenefitLevels> = benefit.levels;
    local: Vec<LocalPack> = local;
    network_rates: Family<crate::rulebook::benefit::access::NetworkRates> = benefit.network_rates;
    places: crate::rulebook::named::NamedFamily<ProvinceUnit> = places;
    ratio_exemptions: Family<crate::rulebook::benefit::level::RatioExemptions> = benefit.ratio_exemptions;
    state_subsidy: crate::rulebook::family::PolicyFamily = state_subsidy;
    transport_rights: Family<crate::rulebook::benefit::transport::TransportRules> = benefit.transport;
    visit_codes: Family<crate::rulebook::benefit::access::VisitCodes> = benefit.visit_codes;
}
