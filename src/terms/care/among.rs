//! Một số giá trị của một danh sách: which members of a closed list a cell allows.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::terms::listed::Listed;

/// Một số giá trị của một danh sách: which members a table cell or a fact allows; never empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Among<T> {
    mask: u32,
    of: PhantomData<T>,
}

impl<T: Listed> Among<T> {
    /// Every member.
    pub fn every() -> Among<T> {
        Among { mask: (1 << T::ALL.len()) - 1, of: PhantomData }
    }

    /// One member.
    #[inline]
    pub fn only(member: T) -> Among<T> {
        Among { mask: 0, of: PhantomData }.with(member)
    }

    /// These members.
    pub fn of(members: &[T]) -> Among<T> {
        members.iter().fold(Among { mask: 0, of: PhantomData }, |all, member| all.with(*member))
    }

    /// The members of both.
    #[must_use]
    pub const fn or(self, other: Among<T>) -> Among<T> {
        Among { mask: self.mask | other.mask, of: PhantomData }
    }

    /// One member where it is known, else every one.
    #[inline]
    pub fn known(member: Option<T>) -> Among<T> {
        member.map_or_else(Among::every, Among::only)
    }

    #[must_use]
    #[inline]
    fn with(self, member: T) -> Among<T> {
        let index = T::ALL.iter().position(|known| *known == member).unwrap_or_default();
        Among { mask: self.mask | 1 << index, of: PhantomData }
    }

    /// True when the member is allowed.
    pub fn contains(self, member: T) -> bool {
        self.meets(Among::only(member))
    }

    /// True when some member is allowed by both.
    pub const fn meets(self, other: Among<T>) -> bool {
        self.mask & other.mask != 0
    }

    /// One bit for each allowed member, in the order of the list.
    pub const fn mask(self) -> u32 {
        self.mask
    }

    /// The allowed members.
    pub fn members(self) -> impl Iterator<Item = T> {
        T::ALL.iter().copied().filter(move |member| self.contains(*member))
    }

    /// The only allowed member, if there is just one.
    #[inline]
    pub fn single(self) -> Option<T> {
        let is_one = self.mask.is_power_of_two();
        T::ALL.get(self.mask.trailing_zeros() as usize).copied().filter(|_| is_one)
    }
}

impl<T: Listed> Default for Among<T> {
    fn default() -> Among<T> {
        Among::every()
    }
}

/// `basic, specialised`, or `*` for every member.
impl<T: Listed> fmt::Display for Among<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Among::every() {
            return out.write_str("*");
        }
        let keys: Vec<&str> = self.members().map(Listed::key).collect();
        out.write_str(&keys.join(", "))
    }
}

impl<T: Listed> fmt::Debug for Among<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Written as a list of members without repetition; a missing column means every member.
impl<'de, T: Listed + Deserialize<'de>> Deserialize<'de> for Among<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Among<T>, D::Error> {
        let members = Vec::<T>::deserialize(input)?;
        let mut among = Among { mask: 0, of: PhantomData };
        for member in &members {
            let next = among.with(*member);
            if next.mask == among.mask {
                return Err(de::Error::custom(format!("`{}` is listed twice", member.key())));
            }
            among = next;
        }
        if members.is_empty() {
            return Err(de::Error::custom(
                "an empty list allows nothing; leave the column out for every value",
            ));
        }
        Ok(among)
    }
}

impl<T: Listed> Serialize for Among<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::care::{AccessRoute, CareLevel};

    #[test]
    fn keys_lead_back_to_their_members() {
        for route in AccessRoute::ALL {
            assert_eq!(AccessRoute::parse(route.key()), Some(*route));
        }
        assert_eq!(CareLevel::parse("middle"), None);
    }

    #[test]
    fn a_cell_knows_what_it_allows() {
        let higher: Among<CareLevel> = Among::only(CareLevel::Basic).with(CareLevel::Specialised);
        assert!(higher.contains(CareLevel::Basic) && !higher.contains(CareLevel::Initial));
        assert!(higher.meets(Among::every()) && !higher.meets(Among::only(CareLevel::Initial)));
        assert_eq!(higher.to_string(), "basic, specialised");
        assert_eq!(Among::<CareLevel>::every().to_string(), "*");
        assert_eq!(Among::only(CareLevel::Initial).single(), Some(CareLevel::Initial));
    }
}
