//! A flow's refusals are mostly those of the rooms it calls: they keep their kind, code and fields.

/// Implement [`kernel::Problem`] for an error enum: `Variant` hands on to the error inside, `Variant => Kind, "code"` is the
/// flow's own.
macro_rules! problem {
    ($name:ident { $($inner:ident),* $(,)? } $({ $($own:pat => $kind:ident, $code:literal, $fields:expr);* $(;)? })?) => {
        impl kernel::Problem for $name {
            #[allow(unused_variables)]
            fn kind(&self) -> kernel::Kind {
                match self {
                    $($name::$inner(error) => kernel::Problem::kind(error),)*
                    $($($own => kernel::Kind::$kind,)*)?
                }
            }
            #[allow(unused_variables)]
            fn code(&self) -> &'static str {
                match self {
                    $($name::$inner(error) => kernel::Problem::code(error),)*
                    $($($own => $code,)*)?
                }
            }
            fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
                match self {
                    $($name::$inner(error) => kernel::Problem::fields(error),)*
                    $($($own => $fields,)*)?
                }
            }
        }
    };
}
pub(crate) use problem;
