# Words of the till.
till-refused = { $value }
till-ok = Change
till-find = Scan or search anything
till-find-hint = Product, code, card, telephone, order…
till-found-for = Found for “{ $value }”
till-nothing = Nothing has that code or that name
till-nothing-text = It may be a product, a barcode, a card, a telephone, an e-mail, an order number or a collect code.
till-similar = Nothing fits exactly; these are the most similar.
till-nameless = No name
till-and-more = { $value } and { $n } more
till-where = Which shop are you in?
till-where-text = Sales, pickups and returns of this device will be of this shop. You can change it at any time.
till-your-shop = Your shop
till-change-shop = Change shop
till-n-to-pick = { $n ->
    [one] 1 order to pick
   *[other] { $n } orders to pick
}
till-n-ready = { $n ->
    [one] 1 ready to collect
   *[other] { $n } ready to collect
}
till-no-products = No products yet
till-no-products-text = Products on sale will be here. They are added in the studio.
till-no-price = No price
till-from = from { $value }
till-gone = Product withdrawn
till-not-for-sale = No longer for sale
till-why = Why this price?
till-variants = Colours and sizes with their stock
till-all-variants = All colours and sizes
till-grid-legend = Large: what is here. Below: what the other shops and the warehouse have.
till-n-here = { $n ->
    [0] none here
    [one] 1 here
   *[other] { $n } here
}
till-n-elsewhere = { $n ->
    [0] none elsewhere
    [one] 1 elsewhere
   *[other] { $n } elsewhere
}
till-stock-of-it = Stock here, nearby and to send
till-here = Here, { $value }
till-online = To send
till-shop-near = { $place }, { $far } away ({ $n } left)
till-collect = Collect there
till-collect-where = Shop to collect in
till-nowhere = There is none left anywhere just now.
till-stock-find = Product, SKU or barcode
till-stock-empty = What are you looking for?
till-stock-empty-text = Type or scan a product to see how much is here, nearby and to send.
till-stock-nothing = Check the code, or search by the product’s name.
till-way-take-now = Takes it now
till-way-take-at = Takes it in { $value }
till-way-collect-here = Collects it here
till-way-collect-at = Collects it in { $value }
till-way-collect-with = Collects it in { $place } ({ $n } left)
till-way-deliver = Deliver home
till-way-deliver-to = Deliver to { $value }
till-way-of = How they get it: { $value }
till-few-here = { $n ->
    [0] None left here
    [one] Only 1 left here
   *[other] Only { $n } left here
}
till-few-to-send = { $n ->
    [0] None left to send
    [one] Only 1 left to send
   *[other] Only { $n } left to send
}
till-one-less = One less of { $value }
till-one-more = One more of { $value }
till-remove = Remove { $value }
till-added = Added to the cart
till-empty = The cart is empty
till-empty-text = Scan a product, or a card to go on with the cart the person began at home.
till-cart-empty = The cart is empty
till-take-all = Takes everything now
till-discount = Discount
till-delivery = Delivery
till-free = free
till-tax = Tax included
till-total = Total
till-charge = Charge { $value }
till-mend-first = Mend what is marked before charging.
till-next-customer = Next customer
till-ended = Ready for the next person
till-see-cart = { $n ->
    [one] Cart, 1 item
   *[other] Cart, { $n } items
}
till-who = Who is it for?
till-other-cart = That cart is no longer at this till. Nothing was charged.
till-address = Where does it go?
till-for = For
till-better-known = If you say who it is for, they can follow the parcel.
till-recipient = Who receives it
till-street = Street, number and floor
till-postcode = Postcode
till-city = Town
till-region = Province
till-missing = This is missing
till-no-delivery-there = We do not deliver to that postcode
till-go-pay = Go on and charge
till-back-to-cart = Back to the cart
till-charging = Charge
till-to-charge = To charge
till-method-cash = Cash
till-method-card-terminal = Card at the terminal
till-method-gateway = Online payment
till-method-pay-link = Payment link
till-given = Given
till-exactly = Exactly { $value }
till-charge-it = Charge
till-part = Only a part
till-part-hint = The rest is charged another way in the next step.
till-amount = Amount
till-reference = Receipt number of the terminal
till-reference-hint = It is on the terminal’s paper; never type the card’s number here.
till-card-paid = The card has paid
till-link-text = The person scans a code with their phone and pays there.
till-link-show = Show the code
till-choose-tender = Choose how it is paid
till-not-an-amount = Type an amount, such as 50 or 49.90
till-too-little = { $value } are missing. Tick “Only a part” if the rest is paid another way.
till-too-much = That is more than is due: { $value }
till-reference-missing = The receipt number is missing
till-paid = Paid
till-change = Change
till-of-given = of { $value } given
till-still-due = Still to be charged
till-scan-to-pay = Scan to pay { $value }
till-scan-to-pay-text = This page says so as soon as it is paid.
till-qr-pay = QR code of the payment link
till-qr-order = QR code of the order
till-receipt = Receipt
till-return = Return
till-new-sale = New sale
till-work-on-it = Pick or hand over
till-back-to-order = Order
till-print = Print
till-tax-at = Tax at { $value }, included
till-receipt-foot = Changes and returns: 30 days in any shop, with this code.
till-served-by = You were served by { $value }
till-given-back = Given back · { $value }
till-returned-n = { $n ->
    [one] 1 returned
   *[other] { $n } returned
}
till-part-carry-out = Taken along · { $value }
till-part-collect = Collect · { $value }
till-part-deliver = Delivery · { $value }
till-state-waiting = To be paid
till-state-pending = To pick
till-state-picking = Being picked
till-state-ready = Ready to collect
till-state-collected = Handed over
till-state-packed = Packed
till-state-shipped = Shipped
till-state-delivered = Delivered
till-state-cancelled = Cancelled
till-state-placed = To be paid
till-state-paid = Paid
till-state-fulfilling = Under way
till-state-completed = Complete
till-state-partly-returned = Partly returned
till-state-returned = Returned
till-state-ordered = An order already
till-state-merged = Part of another cart
till-state-abandoned = Given up
till-state-open = Open
till-order-placed = To be paid
till-order-paid = Paid
till-order-fulfilling = Under way
till-order-completed = Complete
till-order-partly-returned = Partly returned
till-order-returned = Returned
till-order-cancelled = Cancelled
till-customer-find = Card, telephone, e-mail or name
till-latest = Latest
till-nobody = Nobody with that
till-nobody-text = Check what was typed, or add the person here.
till-add-customer = Add a customer
till-add-customer-text = One of these is enough. If somebody has it already, you are led to them.
till-add = Add
till-name = Name
till-phone = Telephone
till-email = E-mail
till-card = Card
till-card-hint = Scan or type the number of the customer card
till-bad-card = A card has 4 to 40 letters and digits
till-bad-phone = There is no such telephone; for example 612 34 56 78
till-bad-email = Something is missing in the e-mail; for example ana@example.com
till-one-is-needed = A telephone, an e-mail or a card is needed
till-customer-added = Customer added
till-customer-known = We knew this person already
till-serve = Begin their cart
till-continue-cart = { $n ->
    [one] Continue their cart (1 item)
   *[other] Continue their cart ({ $n } items)
}
till-joins = { $n ->
    [one] The item at the till joins their cart.
   *[other] The { $n } items at the till join their cart.
}
till-known-as = Known by
till-proven = proven
till-add-identifier = Another card, telephone or e-mail
till-bad-identifier = “{ $value }” is no card, telephone or e-mail
till-identifier-added = Added: { $value }
till-identifier-already = We had it already: { $value }
till-identifier-elsewhere = { $value } belongs to another record. It is noted in case they are one person.
till-permissions = What they allow
till-no-answer = They have not said anything yet. Ask before you write to them.
till-allows = Yes: { $value }
till-forbids = No: { $value }
till-usual-sizes = Usually wears
till-no-personalisation = They have not allowed us to learn from what they buy, so it is not summed up.
till-latest-orders = Latest orders
till-no-orders = Has not bought yet
till-no-orders-text = Their orders from the web, the shop and the telephone will be here.
till-no-thread = Nothing is on their thread yet.
till-code = Collect code
till-hand-over = Hand over
till-handed-over = Handed over to { $value }
till-without-code = They have no code
till-document-seen = I have seen a document with their name
till-look-at-a-document = Without the code, look at a document with their name and tick the box.
till-queue-pick = To pick
till-queue-pick-empty = Nothing to pick. What is bought to collect here or to be sent from here will be on this list.
till-queue-ready = Ready to collect
till-queue-ready-empty = Nothing is waiting.
till-queue-send = To send
till-queue-send-empty = No parcels.
till-step-pending = Back to the list
till-step-picking = I begin
till-step-ready = It is ready
till-step-packed = It is packed
till-now-pending = { $value } is back on the list
till-now-picking = { $value } is in your hands
till-now-ready = { $value } is ready; the customer is told
till-now-packed = { $value } is packed
till-now-collected = { $value } handed over
till-now-shipped = { $value } shipped
till-send = Give to the carrier
till-carrier = Carrier
till-tracking = Tracking number
till-parcel-missing = Carrier and tracking number are needed.
till-see-order = See the order
till-left-on = It left already: { $value }.
till-lies-in = It lies in { $value } and is handed over there.
till-returns-text = Of any order, bought anywhere. The money goes back the way it came, and the goods stay in this shop.
till-return-find = Order number, QR, card, telephone or e-mail
till-returns-empty = Which order is it from?
till-returns-empty-text = Scan the code on the receipt or in the e-mail, or search by card, telephone, e-mail or number.
till-returns-nothing = No order has that. Try something else of the person’s.
till-return-of = Return of { $value }
till-return-until = May come back until { $value }
till-refused-not-handed-over = It was not handed over yet: it can be cancelled, not returned
till-refused-cancelled = It was cancelled
till-refused-all-returned = All of it came back already
till-refused-too-late = The time for returns is over
till-how-many = How many
till-condition = Condition
till-as-new = As new
till-damaged = Damaged
till-reason = Reason
till-optional = (if they say)
till-see-refund = See what goes back
till-gives-back = Goes back
till-to-way = To { $value }
till-restocked = { $n ->
    [one] 1 item is for sale again in { $place }.
   *[other] { $n } items are for sale again in { $place }.
}
till-nothing-restocked = Nothing is for sale again.
till-take-back = Take in and give { $value } back
till-change-choice = Choose again
till-given-back-total = Given back
till-cash-back = Give in cash
till-came-in = Taken in at { $value }
till-exchange = Take something else
till-return-requested = Asked for
till-return-received = Received
till-return-refunded = Given back
till-return-rejected = Rejected
till-problem-orders-cart-changed = The cart has changed meanwhile. Look at the amount again; nothing was charged.
till-problem-orders-cart-closed = That cart is closed.
till-problem-orders-cart-not-found = That cart is no longer there.
till-problem-orders-cart-line-not-found = Somebody has taken that line out.
till-problem-orders-cart-full = The cart is full: 100 lines at most.
till-problem-orders-bad-quantity = A line has 1 to 999 units.
till-problem-orders-empty = The cart is empty.
till-problem-orders-address-missing = The delivery address is missing.
till-problem-orders-key-taken = Somebody else has charged this cart.
till-problem-inventory-out-of-stock = { $available ->
    [0] There is no { $sku } left. Nothing was charged.
   *[other] Only { $available } of { $sku } are left. Nothing was charged.
}
till-problem-flows-not-for-sale = { $sku } is no longer for sale.
till-problem-flows-wrong-location = That place cannot supply it.
till-problem-flows-cannot-deliver = We do not deliver to that address.
till-problem-flows-nothing-due = Nothing is to be charged: the order is { $state }.
till-problem-flows-tenders-exceed = That is more than is due.
till-problem-flows-nobody-to-ask = To show a link we must know whose order it is.
till-problem-payments-missing-reference = The terminal’s receipt number is missing.
till-problem-pricing-no-price = Something has no price; take it out or ask for help.
till-problem-pricing-no-tax-rate = A tax rate is missing; ask for help.
till-problem-orders-unknown-code = No order has that code.
till-problem-orders-collect-elsewhere = It lies in { $place } and is handed over there.
till-problem-orders-not-ready = It is not ready yet: it is { $state }.
till-problem-orders-already-collected = It was handed over already: { $collected_at }. It is not handed over twice.
till-problem-orders-ambiguous-code = Two orders have this code: search by order number.
till-problem-orders-fulfilment-state = Not any more: somebody else took the step first.
till-problem-orders-empty-return = Say how many units come back.
till-problem-orders-return-refused = It cannot come back. { $why }.
till-problem-orders-return-too-many = { $available ->
    [0] All of it came back already. Nothing more was given back.
   *[other] Only { $available } can come back. Nothing was given back.
}
till-problem-payments-too-much = That is more than was paid and not given back.
till-method-gift-card = Gift card
till-gift-card-hint = Scan it or type its code. If it does not cover all, the rest stays to be paid.
till-gift-card-pay = Take from the card
till-gift-card-made = Gift card of { $value }
till-gift-card-give = Write the code down for the customer; it is on their order too.
till-problem-payments-unknown-gift-card = There is no card with this code. Have another look at it.
till-problem-payments-empty-gift-card = Nothing is left on this card.
till-problem-payments-cash-limit = The law does not let so much be paid in cash. Take the rest another way.
