//! The accepted contract.

mod cancel;
mod company;
mod line_part;
mod model;
mod number;
mod payment;
mod place;
mod queries;
mod sales;
mod states;
pub(crate) mod store;

pub use cancel::{CancelError, CancelOrder, cancel_order};
pub use company::{company_of_order, order_of_company, orders_of_company, place_for_company};
pub use line_part::LinePart;
pub use model::{Contact, Order, OrderHead, OrderLine};
pub use number::OrderNumber;
pub use payment::{PaymentRecorded, RecordPayment, RecordPaymentError, RecordRefundError, record_overpaid, record_payment, record_refund};
pub use place::{NewLine, NewPart, PlaceError, PlaceOrder, Placed, place_order, placed_before};
pub(crate) use place::{check_parts, compose_parts};
pub use queries::{order, order_by_number, order_by_token, order_of, orders_in_state, orders_of, search_orders, sold_between};
pub use sales::{ChannelSales, sales_by_channel};
pub(crate) use states::refresh;
pub use states::{OrderState, PaymentState};
