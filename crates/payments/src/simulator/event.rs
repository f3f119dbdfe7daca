//! What the gateway sends.

/// A webhook ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedEvent {
    /// The raw body.
    pub body: String,
    /// Its signature, for the header.
    pub signature: String,
}
