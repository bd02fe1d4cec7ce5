//! Đọc tệp XML của cơ sở khám chữa bệnh: bytes into raw records, within published limits, streaming.

mod bare;
pub(in crate::audit) mod buffered;
mod bulk;
mod bundle;
pub mod encoding;
pub mod envelope;
pub mod error;
pub(super) mod field_order;
mod items;
pub mod limits;
pub(super) mod metered;
pub mod part;
mod plain;
mod walk;

pub use self::bundle::Bundle;
pub use self::envelope::{Envelope, EnvelopeFacts};
pub use self::error::{PartName, ReadError};
pub use self::limits::ReadLimits;
