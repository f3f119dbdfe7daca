//! Parameters and columns: the five kinds of value both engines share.

use crate::Fault;

/// A value on its way into a statement.
#[derive(Debug)]
pub enum Param<'a> {
    /// NULL.
    Null,
    /// INTEGER.
    Int(i64),
    /// REAL.
    Real(f64),
    /// TEXT, borrowed.
    Text(&'a str),
    /// TEXT of an id; no allocation.
    Id([u8; 26]),
    /// TEXT made for the call.
    Owned(String),
    /// BLOB.
    Blob(&'a [u8]),
}

impl Param<'_> {
    pub(crate) fn into_value(self) -> rusqlite::types::Value {
        use rusqlite::types::Value;
        match self {
            Param::Null => Value::Null,
            Param::Int(n) => Value::Integer(n),
            Param::Real(x) => Value::Real(x),
            Param::Text(text) => Value::Text(text.to_owned()),
            Param::Id(text) => Value::Text(String::from_utf8_lossy(&text).into_owned()),
            Param::Owned(text) => Value::Text(text),
            Param::Blob(bytes) => Value::Blob(bytes.to_vec()),
        }
    }
}

/// A type that can be a parameter.
pub trait Bind {
    /// The value to send.
    fn bind(&self) -> Param<'_>;
}

/// A value on its way out of a row.
#[derive(Debug, Clone, Copy)]
pub enum Column<'a> {
    /// NULL.
    Null,
    /// INTEGER.
    Int(i64),
    /// REAL.
    Real(f64),
    /// TEXT.
    Text(&'a str),
    /// BLOB.
    Blob(&'a [u8]),
}

impl<'a> Column<'a> {
    /// The text, or a sentence.
    pub fn text(self) -> Result<&'a str, String> {
        match self {
            Column::Text(text) => Ok(text),
            other => Err(format!("TEXT expected, found {other:?}")),
        }
    }
    /// The integer, or a sentence.
    pub fn int(self) -> Result<i64, String> {
        match self {
            Column::Int(n) => Ok(n),
            other => Err(format!("INTEGER expected, found {other:?}")),
        }
    }
}

/// A type that can be read from a column.
pub trait FromColumn: Sized {
    /// The value, or a sentence on what is wrong with the column.
    fn from_column(column: Column<'_>) -> Result<Self, String>;
}

/// One row of an answer.
pub enum Row<'a> {
    #[doc(hidden)]
    Sqlite(&'a rusqlite::Row<'a>),
    #[doc(hidden)]
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// Column `index`, counted from 0.
    pub fn get<T: FromColumn>(&self, index: usize) -> Result<T, Fault> {
        let wrong = |why: String| Fault::data(format!("column {index}: {why}"));
        match self {
            Row::Sqlite(row) => {
                use rusqlite::types::ValueRef;
                let column = match row.get_ref(index).map_err(|e| wrong(e.to_string()))? {
                    ValueRef::Null => Column::Null,
                    ValueRef::Integer(n) => Column::Int(n),
                    ValueRef::Real(x) => Column::Real(x),
                    ValueRef::Text(bytes) => Column::Text(std::str::from_utf8(bytes).map_err(|e| wrong(e.to_string()))?),
                    ValueRef::Blob(bytes) => Column::Blob(bytes),
                };
                T::from_column(column).map_err(wrong)
            }
            Row::Postgres(row) => T::from_column(row.try_get::<_, Column<'_>>(index).map_err(|e| wrong(e.to_string()))?).map_err(wrong),
        }
    }
}

/// Parameters of a statement: `params![id, amount]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$(&$value as &dyn $crate::Bind),*] as &[&dyn $crate::Bind] };
}

impl rusqlite::ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput::Borrowed, ValueRef};
        Ok(Borrowed(match self {
            Param::Null => ValueRef::Null,
            Param::Int(n) => ValueRef::Integer(*n),
            Param::Real(x) => ValueRef::Real(*x),
            Param::Text(text) => ValueRef::Text(text.as_bytes()),
            Param::Id(text) => ValueRef::Text(text),
            Param::Owned(text) => ValueRef::Text(text.as_bytes()),
            Param::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

type ToSqlResult = Result<postgres::types::IsNull, Box<dyn std::error::Error + Sync + Send>>;

impl postgres::types::ToSql for Param<'_> {
    fn to_sql(&self, ty: &postgres::types::Type, out: &mut postgres::types::private::BytesMut) -> ToSqlResult {
        use postgres::types::Type;
        match self {
            Param::Null => Ok(postgres::types::IsNull::Yes),
            Param::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Param::Int(n) if *ty == Type::FLOAT8 => (*n as f64).to_sql(ty, out),
            Param::Int(n) if *ty == Type::INT8 => n.to_sql(ty, out),
            Param::Real(x) if *ty == Type::FLOAT8 => x.to_sql(ty, out),
            Param::Text(text) => text.to_sql(ty, out),
            Param::Id(text) => std::str::from_utf8(text)?.to_sql(ty, out),
            Param::Owned(text) => text.to_sql(ty, out),
            Param::Blob(bytes) if *ty == Type::BYTEA => bytes.to_sql(ty, out),
            other => Err(format!("{other:?} cannot be sent as {ty}").into()),
        }
    }
    fn accepts(_: &postgres::types::Type) -> bool {
        true
    }
    postgres::types::to_sql_checked!();
}

impl<'a> postgres::types::FromSql<'a> for Column<'a> {
    fn from_sql(ty: &postgres::types::Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        use postgres::types::Type;
        match *ty {
            Type::INT8 => i64::from_sql(ty, raw).map(Column::Int),
            Type::INT4 => i32::from_sql(ty, raw).map(|n| Column::Int(n.into())),
            Type::BOOL => bool::from_sql(ty, raw).map(|b| Column::Int(b.into())),
            Type::FLOAT8 => f64::from_sql(ty, raw).map(Column::Real),
            Type::BYTEA => <&[u8]>::from_sql(ty, raw).map(Column::Blob),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => <&str>::from_sql(ty, raw).map(Column::Text),
            ref other => Err(format!("a column of type {other} is outside the shared subset (cast it)").into()),
        }
    }
    fn from_sql_null(_: &postgres::types::Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Column::Null)
    }
    fn accepts(_: &postgres::types::Type) -> bool {
        true
    }
}

macro_rules! integers {
    ($($ty:ty),*) => {$(
        impl Bind for $ty { fn bind(&self) -> Param<'_> { Param::Int(i64::from(*self)) } }
        impl FromColumn for $ty {
            fn from_column(column: Column<'_>) -> Result<Self, String> { <$ty>::try_from(column.int()?).map_err(|e| e.to_string()) }
        }
    )*};
}
integers!(i64, i32, u32, u16, u8);

impl Bind for bool {
    fn bind(&self) -> Param<'_> {
        Param::Int(i64::from(*self))
    }
}
impl FromColumn for bool {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        column.int().map(|n| n != 0)
    }
}
impl Bind for f64 {
    fn bind(&self) -> Param<'_> {
        Param::Real(*self)
    }
}
impl FromColumn for f64 {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        match column {
            Column::Real(x) => Ok(x),
            Column::Int(n) => Ok(n as f64),
            other => Err(format!("REAL expected, found {other:?}")),
        }
    }
}
impl Bind for str {
    /// PostgreSQL holds no NUL in a text; so that both engines keep the same, it becomes the sign for "unreadable".
    fn bind(&self) -> Param<'_> {
        if self.as_bytes().contains(&0) { Param::Owned(self.replace('\0', "\u{fffd}")) } else { Param::Text(self) }
    }
}
impl Bind for String {
    fn bind(&self) -> Param<'_> {
        self.as_str().bind()
    }
}
impl FromColumn for String {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        column.text().map(str::to_owned)
    }
}
impl Bind for [u8] {
    fn bind(&self) -> Param<'_> {
        Param::Blob(self)
    }
}
impl Bind for Vec<u8> {
    fn bind(&self) -> Param<'_> {
        Param::Blob(self)
    }
}
impl<const N: usize> Bind for [u8; N] {
    fn bind(&self) -> Param<'_> {
        Param::Blob(self)
    }
}
impl FromColumn for Vec<u8> {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        match column {
            Column::Blob(bytes) => Ok(bytes.to_vec()),
            other => Err(format!("BLOB expected, found {other:?}")),
        }
    }
}
impl<T: Bind + ?Sized> Bind for &T {
    fn bind(&self) -> Param<'_> {
        (**self).bind()
    }
}
impl<T: Bind> Bind for Option<T> {
    fn bind(&self) -> Param<'_> {
        self.as_ref().map_or(Param::Null, Bind::bind)
    }
}
impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        match column {
            Column::Null => Ok(None),
            other => T::from_column(other).map(Some),
        }
    }
}
