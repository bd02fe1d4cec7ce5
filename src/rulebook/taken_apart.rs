//! Giá trị tách thành phần: a serialised value as a small tree, with amounts and shares kept as what they are.

use std::fmt;

use serde::ser::{self, Serialize, Serializer};

use crate::terms::number::{Share, Vnd};

/// Giá trị của một dữ kiện: a value of law in a form that can be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// An amount of đồng.
    Money(Vnd),
    /// A share.
    Share(Share),
    /// A count (months, days, years).
    Count(u32),
    /// A name from a closed list, an id, or several of them.
    Name(String),
    /// A text in Vietnamese and in English.
    Words([String; 2]),
}

/// Một phần của giá trị.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Left out.
    Nothing,
    /// A single value.
    Value(FactValue),
    /// A member of a closed list.
    Unit {
        /// Name of the list.
        of: &'static str,
        /// The member.
        is: &'static str,
    },
    /// A variant with something in it.
    Variant(&'static str, Box<Node>),
    /// Several values in order.
    List(Vec<Node>),
    /// Named fields.
    Fields(Vec<(String, Node)>),
    /// Entries of a map.
    Entries(Vec<(String, Node)>),
}

impl Node {
    /// The node as a short text, where it is a single value.
    pub fn text(&self) -> Option<String> {
        match self {
            Node::Value(FactValue::Money(amount)) => Some(amount.to_string()),
            Node::Value(FactValue::Share(share)) => Some(share.to_string()),
            Node::Value(FactValue::Count(count)) => Some(count.to_string()),
            Node::Value(FactValue::Name(name) | FactValue::Words([name, _])) => Some(name.clone()),
            Node::Unit { is, .. } => Some((*is).to_owned()),
            Node::List(items) => {
                items.iter().map(Node::text).collect::<Option<Vec<String>>>().map(|texts| texts.join(", "))
            }
            Node::Nothing | Node::Variant(..) | Node::Fields(_) | Node::Entries(_) => None,
        }
    }
}

/// The parts of a value. A rule type that cannot be taken apart is a mistake in its type, found by the first test.
pub(super) fn take_apart(value: &impl Serialize) -> Node {
    value.serialize(Taker).unwrap_or_else(|refused| panic!("a rule type serialises {refused}"))
}

/// A kind of value that no rule type may hold.
#[derive(Debug)]
pub(super) struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Refused {
        Refused(message.to_string())
    }
}

/// Takes one value apart.
struct Taker;

/// Kinds of values that rule types do not hold.
macro_rules! refuse {
    ($($method:ident($($kind:ty)?),)*) => {
        $(fn $method(self $(, _: $kind)?) -> Result<Node, Refused> { Err(Refused(stringify!($method).to_owned())) })*
    };
}

/// Counts.
macro_rules! count {
    ($($method:ident($kind:ty),)*) => {
        $(fn $method(self, value: $kind) -> Result<Node, Refused> {
            let count = u32::try_from(value).map_err(|error| Refused(error.to_string()))?;
            Ok(Node::Value(FactValue::Count(count)))
        })*
    };
}

impl Serializer for Taker {
    type Ok = Node;
    type Error = Refused;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = ser::Impossible<Node, Refused>;
    type SerializeTupleVariant = ser::Impossible<Node, Refused>;
    type SerializeMap = Parts;
    type SerializeStruct = Parts;
    type SerializeStructVariant = Parts;

    refuse! {
        serialize_f32(f32), serialize_f64(f64), serialize_bytes(&[u8]), serialize_char(char), serialize_unit(),
        serialize_unit_struct(&'static str), serialize_i8(i8), serialize_i16(i16), serialize_i32(i32),
    }

    count! { serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), }

    fn serialize_bool(self, value: bool) -> Result<Node, Refused> {
        self.serialize_str(if value { "true" } else { "false" })
    }

    /// Signed numbers occur in amounts only.
    fn serialize_i64(self, value: i64) -> Result<Node, Refused> {
        Ok(Node::Value(FactValue::Money(Vnd::whole(value))))
    }

    fn serialize_str(self, value: &str) -> Result<Node, Refused> {
        Ok(Node::Value(FactValue::Name(value.to_owned())))
    }

    fn serialize_none(self) -> Result<Node, Refused> {
        Ok(Node::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Refused> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, of: &'static str, _: u32, is: &'static str) -> Result<Node, Refused> {
        Ok(Node::Unit { of, is })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        of: &'static str,
        value: &T,
    ) -> Result<Node, Refused> {
        let node = value.serialize(self)?;
        let Node::Value(FactValue::Name(text)) = &node else { return Ok(node) };
        let value = match of {
            Share::TYPE_NAME => Share::parse(text).ok().map(FactValue::Share),
            Vnd::TYPE_NAME => Vnd::parse_plain(text).map(FactValue::Money),
            _ => None,
        };
        Ok(value.map_or(node, Node::Value))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Node, Refused> {
        Ok(Node::Variant(variant, Box::new(value.serialize(self)?)))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, Refused> {
        Ok(Items(Vec::with_capacity(length.unwrap_or_default())))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, Refused> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Refused> {
        Err(Refused(name.to_owned()))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        Err(Refused(name.to_owned()))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts, Refused> {
        Ok(Parts { variant: None, is_map: true, members: Vec::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts, Refused> {
        Ok(Parts { variant: None, is_map: false, members: Vec::new() })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts, Refused> {
        Ok(Parts { variant: Some(variant), is_map: false, members: Vec::new() })
    }
}

/// A list being taken apart.
struct Items(Vec<Node>);

impl ser::SerializeSeq for Items {
    type Ok = Node;
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.0.push(value.serialize(Taker)?);
        Ok(())
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(Node::List(self.0))
    }
}

impl ser::SerializeTuple for Items {
    type Ok = Node;
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Node, Refused> {
        ser::SerializeSeq::end(self)
    }
}

/// A map or a struct being taken apart.
struct Parts {
    variant: Option<&'static str>,
    is_map: bool,
    members: Vec<(String, Node)>,
}

impl Parts {
    fn add<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Refused> {
        self.members.push((name.to_owned(), value.serialize(Taker)?));
        Ok(())
    }

    fn node(self) -> Node {
        let node = if self.is_map { Node::Entries(self.members) } else { Node::Fields(self.members) };
        match self.variant {
            Some(variant) => Node::Variant(variant, Box::new(node)),
            None => node,
        }
    }
}

impl ser::SerializeMap for Parts {
    type Ok = Node;
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        let key = key.serialize(Taker)?.text().unwrap_or_default();
        self.members.push((key, Node::Nothing));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let node = value.serialize(Taker)?;
        if let Some((_, waiting)) = self.members.last_mut() {
            *waiting = node;
        }
        Ok(())
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.node())
    }
}

impl ser::SerializeStruct for Parts {
    type Ok = Node;
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.add(name, value)
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.node())
    }
}

impl ser::SerializeStructVariant for Parts {
    type Ok = Node;
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.add(name, value)
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.node())
    }
}
