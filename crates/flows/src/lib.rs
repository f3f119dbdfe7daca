//! What spans rooms, each step a call: receive an event, check out, take payment, hand over, take back.
//!
//! A flow is a command like any other: synchronous, over one transaction, all or nothing. It owns no table.

mod basket;
mod cancel;
mod checkout;
mod collect;
mod compose;
mod delegate;
mod expire_order;
mod import_products;
mod pay_order;
mod receive_event;
mod return_goods;
mod settle;
mod ship;
mod sourcing;
mod stock;
mod take_payment;

pub use basket::{BasketError, BasketLine, BasketQuote, basket_of, quote_basket};
pub use cancel::{CancelFlowError, cancel};
pub use checkout::{Basket, CheckedOut, Checkout, CheckoutError, checkout, checkout_locks};
pub use collect::{MoveError, advance, hand_over};
pub use expire_order::TIMERS;
pub use import_products::{ImportProducts, ImportProductsError, Imported, import_products};
pub use pay_order::{PayBy, PayOrder, PayOrderError, PaymentStep, Tender, pay_order};
pub use receive_event::receive_event;
pub use return_goods::{ReceiveGoods, ReturnGoods, ReturnGoodsError, receive_goods, return_goods};
pub use settle::SettleError;
pub use ship::{Ship, ship};
pub use take_payment::{TakePaymentError, WebhookTaken, receive_payment_webhook};
