//! Names of carts, orders and their parts.

kernel::id! {
    /// A changeable wish.
    pub struct CartId;
    /// One line of a cart.
    pub struct CartLineId;
    /// An accepted contract.
    pub struct OrderId;
    /// One line of an order.
    pub struct OrderLineId;
    /// The part of an order one location shall supply.
    pub struct FulfilmentId;
    /// A change of an order after it was placed.
    pub struct ChangeId;
    /// Goods coming back.
    pub struct ReturnId;
}
