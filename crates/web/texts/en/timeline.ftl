# Knots of the thread that are not messages, and the small words around messages.
timeline-you = You
timeline-formatted = As the sender laid it out
timeline-file = File
timeline-file-elsewhere = File: { $value }
timeline-template = Template “{ $value }”
timeline-place = Place: { $value }
timeline-contact = Contact: { $value }
timeline-products = Products: { $value }
delivery-cancelled = Taken back
units = { $n ->
    [one] 1 item
   *[other] { $n } items
}
purpose-marketing = News and offers
purpose-reviews = Asking for reviews
purpose-personalisation = Personalisation
purpose-service = Service messages
event-other = { $value }
event-by = by { $value }
event-order-units = { $n ->
    [one] { $value } and 1 more
   *[other] { $value } and { $n } more
}
event-message-received = Message
event-message-queued = Answer
event-message-reacted = Reacted with { $value }
event-message-moved = Not in the chat any more: the answer goes by { $value }
event-message-unseen = Nobody has seen the answer in the chat, and no other way is open
event-note-added = Note
event-contact-opted-out = Asked not to be written to here
event-matter-opened = New matter
event-matter-reopened = Matter open again
event-matter-resolved = Matter resolved
event-matter-assigned = Assigned to { $value }
event-matter-released = Assigned to nobody
event-matter-snoozed = Put aside until { $value }
event-matter-taken-back = Back in the queue: whoever had it was silent or left
event-matter-overflowed = Gone to the supporting team: nobody of its own could take it
event-transfer-offered = Transfer offered
event-transfer-accepted = Transfer accepted
event-transfer-declined = Transfer declined
event-transfer-expired = Nobody accepted the transfer in time: it is back with whoever offered it
event-transfer-withdrawn = Transfer withdrawn
event-order-placed = Order placed
event-order-paid = Order paid
event-order-cancelled = Order cancelled
event-fulfilment-ready = Ready to collect
event-fulfilment-collected = Collected
event-fulfilment-shipped = Shipped
event-fulfilment-delivered = Delivered
event-return-requested = Return asked for
event-return-received = Return received
event-return-refunded = Return refunded
event-return-rejected = Return refused
event-payment-captured = Payment received
event-payment-authorised = Payment authorised
event-payment-failed = Payment failed
event-payment-refunded = Money given back
event-payment-voided = Payment called off
event-cart-changed = { $n ->
    [0] Cart emptied
    [one] Cart: 1 item
   *[other] Cart: { $n } items
}
event-customer-created = First time here
event-customer-updated = Details changed
event-customer-fields-changed = Record changed
event-customer-erased = Data erased at the person's wish
event-contact-paused = Left in peace: only notices about their orders
event-contact-resumed = No longer left in peace
event-customer-joined = Two records joined into one person
event-customer-separated = Records kept apart
event-customer-claim-undone = Join or separation undone
event-customer-signed-in = Signed in
event-identifier-added = New contact: { $value }
event-identifier-verified = Contact proven: { $value }
event-identifier-moved = Contact proven by its owner: { $value }
event-consent-changed = Consent changed
event-consent-granted = Allowed: { $value }
event-consent-refused = Refused: { $value }
timeline-order = see order
event-pay-link-created = Pay link made
event-pay-link-expired = Pay link expired
event-pay-link-cancelled = Pay link withdrawn
method-cash = cash
method-card-terminal = card at the till
method-gateway = card online
method-pay-link = pay link
event-matter-tagged = Tagged: { $value }
event-matter-untagged = Tag removed: { $value }
event-message-held = A scheduled answer could not leave
failure-conversations-template-not-approved = Not sent: WhatsApp stopped approving the template before it left
failure-template-blocked = Not sent: WhatsApp has the template paused or withdrawn
failure-template-missing = Not sent: WhatsApp does not have this template
failure-template-parameters = Not sent: the template has a value too many or too few
event-promise-made = Promised: “{ $value }”
event-promise-kept = Promise kept: “{ $value }”
event-promise-withdrawn = Promise withdrawn: “{ $value }”
event-promise-broken = Promise not kept in time: “{ $value }”
event-promise-until = until { $value }
event-promise-was-late = late
event-survey-scored = Rated how we served them: { $value } of 5
language-nl = Dutch
language-pt = Portuguese
language-sv = Swedish
language-da = Danish
language-fi = Finnish
language-pl = Polish
language-ro = Romanian
language-ru = Russian
language-uk = Ukrainian
language-tr = Turkish
language-ar = Arabic
language-zh = Chinese
language-ja = Japanese
language-ko = Korean
timeline-pictures = { $n ->
    [one] 1 picture
   *[other] { $n } pictures
}
sender-checked = Sender checked: { $value }
sender-doubtful = Careful: it is not shown that this mail is from { $value }
event-contact-complained = Marked a mail of ours as unwanted
failure-undeliverable = It did not arrive: there is no such address, or it takes no messages
failure-mailbox-full = It did not arrive: their mailbox is full
event-visit-scanned = Opens a code
event-gift-card-issued = Gift card given
