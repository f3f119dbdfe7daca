//! Carts, orders, fulfilment, returns: the promise between the brand and a customer, from wish to goods back.
//!
//! This room quotes no price, moves no stock and takes no money: amounts, places and payments come in as arguments, from
//! `flows`. An `Err` from a command may leave half of it in the transaction; the caller lets the error undo the transaction.

mod cart;
mod change;
mod code;
mod events;
mod fulfilment;
mod ids;
mod order;
mod page;
mod privacy;
mod returns;
mod way;

pub use cart::{
    AbandonCart, Cart, CartChange, CartError, CartLine, CartState, ChangeCart, MAX_LINES, MAX_QUANTITY, Matched, MergeCart, OpenCart,
    Owner, abandon_cart, cart, cart_by_code, change_cart, merge_cart, open_cart, open_cart_of, open_cart_of_guest, share_cart,
};
pub use change::{
    AskChange, ChangeError, ChangeNote, ChangeState, OrderChange, Proposal, ProposedLine, RewriteOrder, ask_change, change_by_key,
    changes_of, may_change, rewrite_order, settle_change, waiting_change,
};
pub use events::{CartFacts, FulfilmentFacts, OrderFacts, ReturnFacts};
pub use fulfilment::{
    AdvanceError, AdvanceFulfilment, Fulfilment, FulfilmentState, FulfilmentWay, HandOver, HandOverError, Moved, Promised, QueueEntry,
    Sourced, SourcedBy, SourcedTerms, Stages, Tracking, advance_fulfilment, fulfilment, fulfilments_by_code, goods_arrived, goods_expected,
    hand_over, promise_delayed, promise_part, queue,
};
pub use ids::{CartId, CartLineId, ChangeId, FulfilmentId, OrderId, OrderLineId, ReturnId};
pub use order::{
    CancelError, CancelOrder, ChannelSales, Contact, LinePart, NewLine, NewPart, Order, OrderHead, OrderLine, OrderNumber, OrderState,
    PaymentRecorded, PaymentState, PlaceError, PlaceOrder, Placed, RecordPayment, RecordPaymentError, RecordRefundError, cancel_order,
    company_of_order, order, order_by_number, order_by_token, order_of, order_of_company, orders_in_state, orders_of, orders_of_company,
    place_for_company, place_order, placed_before, record_overpaid, record_payment, record_refund, sales_by_channel, search_orders,
    sold_between,
};
pub use page::{Cursor, Page, ReadError};
pub use privacy::{ErasedOrders, erase_orders, export_orders, forget_owner, unfinished_orders};
pub use returns::{
    Condition, NewReturnLine, RETURN_DAYS, ReceiveReturn, Refused, RequestReturn, RequestReturnError, Return, ReturnLine, ReturnPolicy,
    ReturnState, ReturnStepError, SettleReturn, credit_return, mark_return_refunded, receive_return, reject_return, request_return,
    return_by_id, return_policy, returns_in_state, returns_of, share_of_line, split_amount,
};
pub use way::{Address, Way};

/// This room's tables.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!(
    "orders",
    [
        "0001_orders",
        "0002_company",
        "0003_privacy",
        "0004_coupon",
        "0005_matched",
        "0006_delivery",
        "0007_bundles",
        "0008_awaited",
        "0009_changes",
        "0010_onto_card"
    ]
);
