//! Typed ids: a ULID (128 bits, time first) whose text is the same in the database, in JSON and in an address.

/// The text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id: 26 letters and digits are expected")]
pub struct IdError(pub String);

/// Declare typed ids. Each is `Copy`, ordered by age, and written as 26 characters.
#[macro_export]
macro_rules! id {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name($crate::reexport::ulid::Ulid);

        impl $name {
            /// From milliseconds since 1970 and 80 bits of chance.
            pub const fn from_parts(millis: u64, chance: u128) -> Self {
                Self($crate::reexport::ulid::Ulid::from_parts(millis, chance))
            }
            /// The id that nothing has; for tests and placeholders.
            pub const fn nil() -> Self {
                Self($crate::reexport::ulid::Ulid::nil())
            }
        }
        impl From<(u64, u128)> for $name {
            fn from((millis, chance): (u64, u128)) -> Self { Self::from_parts(millis, chance) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { std::fmt::Display::fmt(&self.0, f) }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{}({})", stringify!($name), self.0) }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::IdError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::reexport::ulid::Ulid::from_string(text).map(Self).map_err(|_| $crate::IdError(text.to_owned()))
            }
        }
        impl $crate::reexport::serde::Serialize for $name {
            fn serialize<S: $crate::reexport::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }
        impl<'de> $crate::reexport::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as $crate::reexport::serde::Deserialize>::deserialize(d)?;
                text.parse().map_err($crate::reexport::serde::de::Error::custom)
            }
        }
        impl $crate::Bind for $name {
            fn bind(&self) -> $crate::Param<'_> {
                let mut text = [0u8; 26];
                self.0.array_to_str(&mut text);
                $crate::Param::Id(text)
            }
        }
        impl $crate::FromColumn for $name {
            fn from_column(column: $crate::Column<'_>) -> Result<Self, String> {
                column.text()?.parse().map_err(|e: $crate::IdError| e.to_string())
            }
        }
    )+};
}

id! {
    /// What one source knows of somebody. The person is what the claims about profiles add up to.
    pub struct ProfileId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trips_and_sorts_by_time() {
        let early = ProfileId::from_parts(1, 5);
        let late = ProfileId::from_parts(2, 1);
        assert!(early < late && early.to_string() < late.to_string());
        assert_eq!(early.to_string().parse::<ProfileId>().expect("own text"), early);
        assert_eq!("not an id".parse::<ProfileId>(), Err(IdError("not an id".into())));
        assert_eq!(serde_json::to_string(&early).expect("json"), format!("\"{early}\""));
    }
}
