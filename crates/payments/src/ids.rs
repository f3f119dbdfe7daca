//! Names of payments, refunds and links.

kernel::id! {
    /// One tender: one way in which part of a subject is paid.
    pub struct PaymentId;
    /// Money given back on one payment.
    pub struct RefundId;
    /// An address that asks one person for one amount, once.
    pub struct PayLinkId;
    /// A contract with a provider.
    pub struct GatewayId;
    /// A gift card, or what was given instead of money.
    pub struct GiftCardId;
    /// Something that a gateway is to be told.
    pub struct GatewayCallId;
}
