//! What spans rooms, each step a call: receive an event, check out, take payment, hand over, take back.
//!
//! A flow is a command like any other: synchronous, over one transaction, all or nothing. It owns no table.

mod available;
mod awaited;
mod basket;
mod bulk_edit;
mod bundles;
mod calls;
mod cancel;
mod cards;
mod change_order;
mod checkout;
mod checkout_for;
mod collect;
mod compose;
mod contact;
mod coupon;
mod delegate;
mod delivery;
mod expire_order;
mod for_you;
mod goes_with;
mod import_products;
mod learn;
mod machine;
mod match_price;
mod near;
mod note;
mod notices;
mod order_notices;
mod pay_order;
mod payment_options;
mod privacy;
mod promise;
mod public_comment;
mod question;
mod rate_product;
mod receive_event;
mod reply;
mod return_goods;
mod rooms;
mod saved_words;
mod scheduled;
mod set_aside;
mod settle;
mod ship;
pub mod sourcing;
mod stock;
mod survey;
mod take_payment;
mod templates;
mod unseen;
mod ways;

pub use available::{Ahead, Available, ahead, available, way_to_have};
pub use basket::{BasketError, BasketLine, BasketQuote, basket_of, quote_basket, quote_cart, shop_audience};
pub use bulk_edit::{
    ApplyBulkEdit, BulkChange, BulkPreview, BulkRow, FieldValue, MOST_PRICES, PriceHow, PriceOf, Rounding, bulk_edit, preview_bulk_edit,
    undo_bulk_edit,
};
pub use bundles::{SetPartsError, set_parts};
pub use calls::{CallMe, CallOut, call_me, call_out, hear, phone_account};
pub use cancel::{CancelFlowError, cancel};
pub use cards::{CardError, CardOf, CardStyle, card, cards_for, product_card, reply_with_card};
pub use change_order::{Change, ChangeOrder, ChangeOrderError, ChangedOrder, change_order, preview_change};
pub use checkout::{Basket, CheckedOut, Checkout, CheckoutError, checkout, checkout_locks};
pub use checkout_for::checkout_for;
pub use collect::{MoveError, advance, hand_over};
pub use contact::{Ask, CodeSent, Notice, Outcome, Sent, is_complaint, may_contact, prove_identifier, send, send_code, set_complaint};
pub use coupon::{EnterCoupon, EnterCouponError, enter_coupon};
pub use delivery::{Delivered, DeliveryOption, cart_with_delivery, delivery_options, picked, ready_to_collect};
pub use for_you::{Block, Reason, for_you};
pub use goes_with::{Offered, goes_with};
pub use import_products::{
    BeginProductImport, IMPORT_STEP, ImportProducts, ImportProductsError, Imported, begin_import, import_products, import_step, undo_import,
};
pub use machine::{SelfServe, is_helped, self_serve};
pub use match_price::{LineMatch, MatchPrice, MatchPriceError, line_matches, match_price, unmatch_price};
pub use near::{available_at, nearest_with_stock, stock_by_place};
pub use note::{Nameable, add_note, nameable};
pub use notices::want_notices;
pub use pay_order::{PayBy, PayOrder, PayOrderError, PaymentStep, Tender, pay_order};
pub use payment_options::payment_options;
pub use privacy::{ErasePersonError, ErasureReport, Kept, erase_person, export_person};
pub use promise::make_promise;
pub use public_comment::note_public_comment;
pub use question::{Question, QuestionError, ask_question, can_be_chosen};
pub use rate_product::{has_bought, rate_product};
pub use receive_event::receive_event;
pub use reply::{reply, signed};
pub use return_goods::{ReceiveGoods, ReturnGoods, ReturnGoodsError, receive_goods, reject_goods, return_goods};
pub use rooms::{InviteToRoom, Invited, SayInRoom, hear_in_room, invite_again, invite_to_room, say_in_room};
pub use saved_words::{saved_replies_for, saved_words};
pub use scheduled::{LawfulWay, change_scheduled, lawful_way, schedule_reply, send_scheduled};
pub use settle::SettleError;
pub use ship::{Ship, ship};
pub use take_payment::{TakePaymentError, WebhookTaken, receive_payment_event, receive_payment_webhook};
pub use templates::{FittingTemplate, reply_with_template, templates_for};
pub use ways::{reply_ways, write_to};

/// What the flows do when something has happened.
pub const REACTIONS: &[kernel::Reaction] =
    &[learn::REACTION, unseen::REACTION, survey::REACTION, awaited::ARRIVED, awaited::EXPECTED, order_notices::REACTION];

/// The timers of the flows.
pub const TIMERS: &[kernel::TimerHandler] = &[
    kernel::TimerHandler { kind: expire_order::EXPIRE_ORDER, run: expire_order::expire },
    kernel::TimerHandler { kind: change_order::LAPSE_CHANGE, run: change_order::lapse },
    kernel::TimerHandler { kind: unseen::UNSEEN, run: unseen::unseen },
    kernel::TimerHandler { kind: order_notices::REVIEW, run: order_notices::ask },
    kernel::TimerHandler { kind: survey::SURVEY, run: survey::ask },
    kernel::TimerHandler { kind: conversations::SCHEDULED, run: scheduled::due },
    kernel::TimerHandler { kind: machine::SETTLED, run: machine::settled },
    kernel::TimerHandler { kind: contact::SEND_LATER, run: contact::send_later },
    kernel::TimerHandler { kind: import_products::TIMER, run: import_products::go_on },
    kernel::TimerHandler { kind: privacy::END_RETENTION, run: privacy::end_retention },
];
