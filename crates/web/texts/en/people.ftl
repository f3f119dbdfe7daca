# Companies, segments, and what is learnt: the words of their pages.
# companies
companies = Companies
company = Company
companies-says = Those who buy for a company share its account, orders and terms; each keeps their own conversation.
companies-search = Name or tax id
companies-none = No companies yet
companies-none-says = Make the first one and say who buys for it.
companies-nothing-fits = Try the beginning of the name, or the whole tax id.
company-new = New company
company-made = { $value } has been created
company-who = Who it is
company-name = Company name
company-tax-id = Tax id (NIF or VAT)
company-tax-id-hint = Its check digits are verified
company-terms = Terms
company-terms-says = Seen by its buyers and your team. For now they change neither prices nor payments.
company-days = Days to pay
company-days-hint = 0: pays at once
company-price-list = Price list
company-limit = Credit limit
company-limit-hint = Empty when none was agreed
company-pays = Payment
company-pays-at-once = Pays at once
company-buyers = Who buys
company-no-buyers = Nobody buys for this company yet.
company-no-orders = It has not ordered anything yet.
company-order = Order
company-ordered-by = Ordered by
company-ordered-on = Date
buyer-add = Add buyer
buyer-added = They buy for the company now
buyer-removed = They no longer buy for the company
buyer-remove = Remove
buyer-contact = Email or phone
buyer-contact-hint = Whoever is not a customer yet becomes one
buyer-name-hint = Only for somebody new
buyer-role = Role
buyer-role-buyer = Buyer
buyer-role-approver = Approver
buyer-role-admin = Administrator
need-whole-number = Write a whole number
need-amount = Write an amount, such as 1,500
why-customers-invalid-tax-id = This is no valid tax id: check its letters and digits
why-customers-taken-tax-id = Another company has this tax id
why-customers-company-without-name = The name is missing
why-customers-too-long = Too long: at most { $most } characters
why-customers-out-of-range = It must be between 0 and { $most }
why-customers-too-many-buyers = This company has too many buyers already
# in the account, the checkout and at the desk
account-companies = Your companies
account-company-orders = Orders of the company
account-company-you = Your role
company-shared-says = Everybody who buys for { $value } sees these orders. Your conversations are yours alone.
company-own-order = You
checkout-for = Who is it for?
checkout-for-me = For me
checkout-for-company = For { $value }
checkout-for-company-hint = Everybody who buys for the company will see it
checkout-not-a-buyer = You no longer buy for that company. Choose again who it is for.
desk-companies = Companies
desk-segments = Segments
event-company-buyer-added = Buys for a company
event-company-buyer-changed = Has another role in a company
event-company-buyer-removed = No longer buys for a company
# segments
segments = Segments
segment = Segment
segments-says = Groups that keep themselves: whoever fits the condition enters, whoever no longer does leaves.
segments-none = No segments yet
segments-none-says = Say in a sentence whom you look for and see how many they are.
segment-new = New segment
segment-made = { $value } has been created
segment-make = Create segment
segment-gone = Segment deleted
segment-delete = Delete segment
segment-change = Change
segment-who = Who is in it
segment-members = Members
segment-building = Working
segment-building-says = Everybody is being looked at for the first time. Whoever is listed fits already.
segment-reach = Contact
segment-since = Since
segment-empty = Nobody for now
segment-empty-says = As soon as somebody fits the condition, they appear here.
segment-name-hint = For example: Lapsing buyers in Seville
segment-people-for-whom = People for whom
segment-all-hold = all of this holds
segment-any-holds = one of these holds
segment-is-not = not
segment-add = Add condition
segment-remove = Remove: { $value }
segment-count = Count
segment-not-yet = Something is still missing
segment-line-wrong = Check this condition: something is missing or not understood
segment-needs-line = Add at least one condition
segment-nested = This condition was made by the API and nests deeper than fits here; you can change its name.
segment-everybody = Everybody
segment-nobody = Nobody
segment-and = and
segment-or = or
segment-not = not: { $value }
segment-any-channel = any channel
segment-any-place = any place
segment-any-company = any company
segment-bound-at-least = at least
segment-bound-at-most = at most
segment-bound-before = before
segment-bound-after = since
segment-consent-granted = allowed it
segment-consent-refused = refused it
segment-kind-happened = Something that happened
segment-kind-spent = What they spent
segment-kind-last = The last time
segment-kind-postcode = Postcode
segment-kind-language = Language
segment-kind-consent = Consent
segment-kind-prefers = Preferred channel
segment-kind-source = Where they came from
segment-kind-identifier = How we can recognise them
segment-kind-company = Buys for a company
segment-field-what = What
segment-field-bound = At least or at most
segment-field-times = Times
segment-field-days = Days (empty: ever)
segment-field-channel = Channel
segment-field-place = Place
segment-field-amount = Amount
segment-field-day = Day
segment-field-prefixes = Beginnings, with commas between
segment-field-locale = Language
segment-field-purpose = For what
segment-field-state = Answer
segment-field-identifier = Identifier
segment-field-company = Company
segment-line-happened-what = With
segment-line-happened-days = times, in the last days:
segment-ever = ever
segment-line-happened-channel = by
segment-line-happened-place = in
segment-line-spent-bound = Spent
segment-line-spent-days = in the last days:
segment-line-last-what = The last time of
segment-line-last-bound = was
segment-line-postcode-prefixes = The postcode begins with
segment-line-language-locale = Their language is
segment-line-consent-purpose = For
segment-line-consent-channel = by
segment-line-prefers-channel = Prefers
segment-line-source-channel = Came by
segment-line-identifier-identifier = We know their
segment-line-company-company = Buys for
segment-says-postcode = postcode { $value }
segment-says-language = language { $value }
segment-says-consent-granted = allows: { $value }
segment-says-consent-refused = refuses: { $value }
segment-says-prefers = prefers { $value }
segment-says-source = came by { $value }
segment-says-identifier = { $value } known
segment-says-company = buys for { $value }
segment-says-any-company = buys for a company
segment-says-channel = by { $value }
segment-says-place = in { $value }
segment-says-spent-least = spent at least { $value }
segment-says-spent-most = spent at most { $value }
segment-says-last-before = { $value } for the last time before { $day }
segment-says-last-after = { $value } since { $day }
fact-order-placed = order placed
fact-order-paid = order paid
fact-order-cancelled = order cancelled
fact-order-changed = order changed
fact-fulfilment-collected = collection in a shop
fact-fulfilment-delivered = delivery
fact-return-received = return
fact-return-refunded = refund
fact-message-received = message of theirs
fact-matter-opened = matter opened
fact-cart-changed = change of the cart
fact-visit-began = visit to the site
fact-customer-signed-in = sign-in
fact-product-rated = product rating
fact-comment-noted = public comment
why-customers-segment-without-name = The name is missing
why-customers-taken-name = There is a segment by this name already
why-customers-too-many-segments = There are too many segments: delete one first
why-customers-invalid-condition = The condition cannot be kept: check its values
may-segments-edit = Make and change segments
# what is learnt, visits and comments
learnt-title = What suits them
learnt-title-yours = What we have learnt about you
learnt-yours-says = Only while you allow it in your permissions. If you withdraw it, it goes at once.
learnt-usual-shop = Usual shop
learnt-size = Size in { $value }
learnt-kind = Often buys
learnt-in-the-account = in the account
learnt-in-your-account = in your account
learnt-in-the-shop = in the shop
learnt-by = by { $value }
learnt-allowed = allowed on { $day } { $place }
learnt-you-allowed = you allowed it on { $day } { $place }
looked-title = Looked at
home-seen = Seen lately
home-seen-why = Because you looked at it in this browser or with your account
home-looked = Because you looked at { $value }
home-looked-why = Others of its kind; you allow personalisation
home-wrote = Because you wrote about { $value }
home-wrote-why = Your public comment as { $value }; you allow personalisation
event-visit-began = Visits the site
event-comment-noted = Comments in public
# ratings
ratings = Ratings
ratings-says = What those who bought think. Nobody sees it until one of the team has read it.
ratings-none = Nothing to read
ratings-none-says = When somebody rates a product, it appears here.
rating-publish = Publish
rating-reject = Reject
rating-published = Published
rating-rejected = Rejected
rating-yours = What do you think of it?
rating-change = Change your rating
rating-waits = It will be published once it has been read.
rating-stars-label = Stars
rating-text = In your own words (if you like)
rating-name = The name that others see
rating-send = Send
rating-thanks = Thank you. It will be published once it has been read.
rating-not-bought = Only those who bought it can rate it
rating-needs-stars = Choose one to five stars
rating-nameless = Somebody who bought it
decimal-mark = .
event-product-rated = Rates a product
company-pays-in = { $n ->
    [one] Pays in 1 day
   *[other] Pays in { $n } days
}
segment-says-days = { $n ->
    [one] in the last day
   *[other] in the last { $n } days
}
segment-n-members = { $n ->
    [0] Nobody for now.
    [one] 1 person.
   *[other] { $n } people.
}
segment-counted = { $n ->
    [one] 1 person of { $all }.
   *[other] { $n } people of { $all }.
}
segment-counted-newest = { $n ->
    [one] 1 of the newest { $all } people.
   *[other] { $n } of the newest { $all } people.
}
segment-says-at-least = { $n ->
    [one] { $value } at least once
   *[other] { $value } at least { $n } times
}
segment-says-at-most = { $n ->
    [0] no { $value }
    [one] { $value } at most once
   *[other] { $value } at most { $n } times
}
learnt-visits = { $n ->
    [one] 1 visit
   *[other] { $n } visits
}
learnt-purchases = { $n ->
    [one] 1 purchase
   *[other] { $n } purchases
}
rating-stars = { $n ->
    [one] 1 star
   *[other] { $n } stars
}
rating-average = { $n ->
    [one] { $value } of 5, 1 rating
   *[other] { $value } of 5, { $n } ratings
}
wait-now = right now
wait-about = about { $value }
wait-closed = closed
wait-closed-until = closed, opens { $value }
wait-unknown = open, as soon as we can
why-conversations-transfer-ended = somebody was faster, or it no longer stands
why-conversations-offered-to-another = it was offered to somebody else
why-conversations-already-offered = It is offered to somebody already: withdraw that first.
why-conversations-already-theirs = They have it already.
why-conversations-transfer-of-resolved = The matter is resolved.
why-conversations-in-the-past = Choose a time that has not passed.
why-conversations-transfer-too-long = { $limit } characters at most.
why-conversations-unknown-team = That team is no longer there.
