# Long because: all words of one face, so that a translator reads them in one go.
# The shop: home, lists, products, cart, checkout, orders, account, help.
store-you = Your account
store-reduced = Reduced
store-new = New
store-no-price = Price in the shop
store-from = from { $value }
store-more-colours = { $n ->
    [one] and 1 more colour
   *[other] and { $n } more colours
}
store-products = { $n ->
    [one] 1 product
   *[other] { $n } products
}
free = Free
summary = Summary

home-see-all = See all
home-collect = Collect today
home-collect-text = in the shop that has it, at no cost
home-deliver = At home tomorrow
home-deliver-text = when you order by 16:00 on a working day
home-return = Return anywhere
home-return-text = to any shop, wherever it came from
home-thread = One thread
home-thread-text = chat, WhatsApp or email: we go on where you left off
home-categories = Where to begin
home-new = Just in
home-empty = We are filling the shelves
home-empty-text = Our products will be here as soon as they are on sale. Until then, you can talk to us.
home-shops = Our shops
home-shops-near = Shops near yours
home-all-shops = All shops

list-all = All products
list-for = Results for “{ $value }”
list-similar = Nothing says exactly “{ $value }”. This comes closest.
list-sort = Sort
list-apply = Apply
list-filter = Filters
list-chosen = Chosen filters
list-take-out = take out
list-clear = Clear all
list-none = We found nothing like that
list-none-text = Try another word or fewer filters. If you have something in mind, ask us in the chat.
list-pages = Pages of the list
list-previous = Previous
list-next = Next
list-span = { $from }–{ $to } of { $total }
facet-category = Section
facet-colour = Colour
facet-size = Size
facet-material = Material
facet-place = Available now
facet-anywhere = Anywhere
facet-delivery = Sent to your home
sort-ours = Our selection
sort-fitting = Best match
sort-newest = Newest
sort-price = Price: low to high
sort-price-down = Price: high to low
suggestions = Suggestions
suggestions-none = Nothing like “{ $value }”
suggestions-all = { $n ->
    [one] See the one result
   *[other] See all { $n } results
}

product-colour = Colour
product-tax-included = tax included
product-tax-added = plus tax
product-reduced = { $value }
product-way = How you want it
product-collect-where = Shop to collect from
product-add = Add to cart
product-ask = Ask an expert
product-share = Share
product-about = About this piece
product-facts = Material, care and origin
product-sku = Reference
product-more = You may like these too
product-service = This service is done in our shops. Come by or write to us, and we find you a time.
product-choose-size = Choose an option to see when you can have it
product-sold-out = Sold out everywhere
product-gone-text = Look at another colour or size, or ask us: it may come back.
product-last = { $n ->
    [one] 1 piece left in all
   *[other] { $n } pieces left in all
}
product-in-stock = In stock
size-gone = sold out
size-left = { $n ->
    [one] 1 left
   *[other] { $n } left
}
stock-by-shop = Where it is right now
stock-live = Live stock: when it changes, so does this page.
stock-none = None left
stock-yes = In stock
stock-left = { $n ->
    [one] 1 left
   *[other] { $n } left
}
stock-online = For home delivery
stock-online-says = Leaves from our warehouse
way-deliver = At home { $value }
way-deliver-none = Cannot be sent
way-deliver-none-why = Only shops have it: collect it
way-deliver-cost = Delivery { $value }
way-deliver-free = Free delivery
way-collect = { $shop }: { $when }
way-collect-none = No shop has it
way-collect-none-why = We send it to your home
way-collect-cost = Free to collect, we tell you when it is ready
ready-today = today from { $value }
ready-tomorrow = tomorrow from { $value }
ready-day = { $day } from { $time }

shops-text = Sort by distance with your postcode. No map to load, no data to give away.
shops-postcode = Postcode
shops-sort = Sort
shops-near-me = Near me
shops-by-place = By distance from where you are.
shops-unknown = We do not recognise the postcode “{ $value }”. Shown by name.
shops-none = There are no shops yet
shops-none-text = You can buy here and have it sent home.
shops-hours = Opening hours
shops-choose = Choose this shop
shops-way = Directions
shop-chosen = Your shop is { $value }
shop-closed = Closed
shop-open-until = Open until { $value }
shop-opens-today = Closed; opens today at { $value }
shop-opens-tomorrow = Closed; opens tomorrow at { $value }
shop-opens-day = Closed; opens { $day } at { $time }

cart-see = See cart
cart-got = In your cart: { $value }
cart-taken-out = Taken out of your cart
cart-empty = Your cart is empty
cart-empty-text = What you add stays here, and on your other devices once you sign in.
cart-checkout = Check out
cart-not-held = A cart holds nothing back: it is set aside when you order.
cart-take-to-shop = Go on in a shop
cart-shared = Say this code at the till: { $value }
cart-code = Code for the till:
cart-added-by = { $value } put this in for you
cart-changed-by = { $value } changed this for you
line-less = One less of { $value }
line-more = One more of { $value }
line-quantity = Quantity
line-way = How you want { $value }
line-change = Change
line-remove = Remove
line-units = { $n ->
    [one] 1 unit
   *[other] { $n } units
}
line-came-back = { $n ->
    [one] 1 returned
   *[other] { $n } returned
}
line-deliver = To my home
line-collect = Collect in { $value }
line-not-for-sale = No longer for sale. Take it out to go on.
line-gone = Sold out this way. Choose another or take it out.
line-left = { $n ->
    [one] Only 1 left this way.
   *[other] Only { $n } left this way.
}
total-goods = Goods
total-discount = Discount
total-delivery = Delivery
total-collect = Collection
total = Total
total-tax = Includes { $value } tax

checkout = Your order
checkout-sign-in = Have an account? Sign in and skip the typing
checkout-ways = How each thing reaches you
checkout-you = Who you are
checkout-where = Where we send it
checkout-pay = How you pay
checkout-note = Anything we should know
checkout-note-hint = For example, if it is a gift
checkout-place = Place order and pay { $value }
checkout-place-plain = Place order
checkout-returns = 30 days to return, to any shop
checkout-ask = Questions? Ask without leaving
checkout-kept = What you typed is still here, and nothing was charged.
checkout-gone = { $value } has just sold out the way you chose.
checkout-left = { $n ->
    [one] Only 1 of { $name } is left the way you chose.
   *[other] Only { $n } of { $name } are left the way you chose.
}
checkout-not-for-sale = { $value } is no longer for sale.
checkout-changed = The cart has changed meanwhile. Look it over and confirm again.
checkout-cannot-deliver = We do not deliver to { $value }. You can collect it in a shop.
checkout-contact = We need an email or a phone number to reach you.
checkout-refused = The order could not be placed. Look over the cart and try again.
field-full-name = Full name
field-email = Email
field-email-hint = To follow the order; no adverts unless you allow them
field-phone = Phone
field-phone-hint = One of the two is enough
field-street = Street, number and floor
field-street-hint = For example, Calle Mayor 1, 2.º B
field-postcode = Postcode
field-city = Town
field-region = Province (optional)
field-country = Country
country-es = Spain
field-too-long = This is too long
need-name = Your name is missing
need-street = Street and number are missing
need-city = The town is missing
need-contact = Leave an email or a phone number: we need it to reach you
bad-email = This email does not look complete
bad-phone = This phone number does not look complete
bad-postcode = A Spanish postcode has five digits
pay-online = By card, now
pay-online-hint = You go on to the gateway’s secure page
pay-shop = In the shop, when you collect
pay-shop-hint = We keep it for 24 hours

pay-title = Payment
pay-test = Test gateway
pay-for = Order { $value }
pay-test-card = Test card
pay-test-text = Nothing is charged here: choose what the bank answers.
pay-approve = Pay { $value }
pay-decline = Let the bank decline
pay-declined = The bank declined the payment
pay-declined-text = Nothing was charged. You can try again: your order waits for half an hour.
pay-closed = This payment is no longer open.
pay-way-any = Pay { $value }
pay-way-card = Pay { $value } by card
pay-way-bizum = Pay { $value } by Bizum
pay-safe = You pay on the gateway’s secure page: we never see the details of your card.
pay-waits = We are waiting for the bank’s confirmation
pay-waits-text = It usually takes a few seconds. This page updates by itself; you can close it and we will tell you.
pay-again = I did not get to pay: try again
pay-gateway-down = The payment gateway does not answer. Nothing was charged: try again in a moment.
pay-back = Back to the order
pay-link-paid = This link has been paid
pay-link-expired = This link has expired
pay-link-cancelled = This link was withdrawn
pay-link-text = There is nothing more to pay here. If you think that is wrong, write to us.

my-order-number = Order { $value }
my-order-told = We tell you of every step at { $value }
my-order-is-placed = Only the payment is missing
my-order-is-paid = Order confirmed
my-order-is-fulfilling = Your order is on its way
my-order-is-completed = It is yours
my-order-is-partly-returned = Partly returned
my-order-is-returned = Returned
my-order-is-cancelled = Order cancelled
my-order-short-placed = To be paid
my-order-short-paid = Being prepared
my-order-short-fulfilling = On its way
my-order-short-completed = Delivered
my-order-short-partly-returned = Partly returned
my-order-short-returned = Returned
my-order-short-cancelled = Cancelled
my-order-and-more = { $n ->
    [one] and 1 more
   *[other] and { $n } more
}
my-order-due = { $value } still to pay
my-order-due-text = We have set it aside. Pay here or in the shop.
my-order-pay = Pay now
my-order-paid = Payment received. Thank you!
my-order-paid-sum = Paid
my-order-refunded = Refunded
my-order-stages = Stages
my-order-code = Show this code when you collect
my-order-code-text = Your screen will do; you can also say it.
my-order-qr = Collection code { $value }
my-order-where = Where
my-order-to = Going to
my-order-tracking = Tracking
my-order-ask = Ask about this order
my-order-return = Return something
part-collect = To collect in { $value }
part-deliver = To your home
part-taken = Taken from { $value }
part-collect-soon = Ready { $value }
part-deliver-soon = Arrives { $value }
part-collect-waiting = We prepare it as soon as it is paid
part-collect-ready = You can come for it now
part-collect-collected = Collected
part-deliver-waiting = Leaves as soon as it is paid
part-deliver-delivered = Delivered
stage-waiting = Ordered
stage-pending = Confirmed
stage-picking = Being picked
stage-ready = Ready
stage-collected = Collected
stage-packed = Packed
stage-shipped = On its way
stage-delivered = Delivered
stage-cancelled = Cancelled

find-text = With its number and the email or phone you gave us. No account, no password.
find-number = Order number
find-number-hint = It is in your confirmation, such as H-1042
find-contact = Email or phone of the order
find-go = Find
find-none = There is no order with that number and that contact. Check both.
find-or = Have an account?
find-account = All your orders are there

return-title = Return
return-text = Choose what comes back. Then bring it to any shop with the order number: the money goes back the way it came.
return-none = There is nothing to return now
return-none-text = What you already have can come back within 30 days. What has not arrived can be cancelled: write to us.
return-what = What you return
return-how-many = How many of { $value }
return-until = Until { $value }
return-why = Reason
return-why-size = Not my size
return-why-look = Not what I expected
return-why-fault = It is faulty
return-why-late = It came too late
return-why-other = Another reason
return-note = Anything else to tell us?
return-go = Ask for the return
return-asked = Return noted. Bring it to any shop.
return-empty = Choose at least one unit
return-too-many = Only { $n } of { $title } can come back
return-refused = { $value } can no longer be returned
my-return-is-requested = We give back { $value } when you bring it
my-return-is-received = We have it and give back { $value }
my-return-is-refunded = We gave back { $value }
my-return-is-rejected = We could not accept the return of { $value }

account-sign-in = Sign in to your account
account-sign-in-text = No password: we send you a code of six digits. If it is your first time, the account makes itself.
account-contact = Email or phone
account-contact-hint = Where you want the code
account-send-code = Send me the code
account-guest = Bought without an account?
account-code = Type the code
account-code-text = We sent it to { $value }
account-code-field = Code of six digits
account-code-hint = Good for ten minutes
account-code-again = Send another code
sign-in-bad-contact = This looks like neither a complete email nor a phone number
sign-in-too-many = You asked for several codes in a row. Wait an hour or write to us.
sign-in-nowhere = We cannot send you a code now. Write to us in the chat and we will sort it out.
sign-in-sent = By { $value }; it usually takes less than a minute.
sign-in-in-frame = This is a rehearsal: look in the phone frame or the simulated mailbox.
sign-in-in-log = Rehearsal without a connected channel: the code is in the server’s log.
sign-in-code-text = Your code to sign in to { $brand }: { $code }. Good for ten minutes; tell nobody.
sign-in-code-subject = Your code to sign in to { $value }
sign-in-wrong-code = { $n ->
    [one] That is not it. 1 try left.
   *[other] That is not it. { $n } tries left.
}
sign-in-void-code = This code is no longer good. Ask for another.
signed-in = You are in
signed-out = You are signed out
account-hello = Hello, { $value }
account-orders = Your orders
account-no-orders = No orders yet
account-no-orders-text = What you buy, on the web or in a shop, will be here.
account-matters = Your conversations
account-no-matters = When you write to us, wherever it is, you will see it here.
account-write = Write to us
matter-is-resolved = Resolved
matter-is-yours = We have answered
matter-is-ours = We answer soon
account-you = Your details
known-email = Email
known-phone = Phone
known-card = Customer card
known-handle = Another account
account-verified = Verified
account-channels = How you like us to write
account-channels-text = Number 1 is what we try first.
account-consents = What we may tell you
consent-marketing = News and offers
consent-marketing-text = I want news and offers on the channels I tick.
consent-reviews = Your opinion
consent-reviews-text = You may ask me how I like what I bought.

consent-service = Your orders and questions
consent-service-text = You may write to me about my orders and questions on the channels I tick.
consent-personalisation = What you like
consent-personalisation-text = You may learn from what I buy and visit, to show me what suits me.
consent-yes = Yes, I agree
consent-last = Your last answer: { $value }
consents-text = Change what you like, when you like. We keep what you said, when, and under which words.
consents-save = Save my answers
account-settings = Your account's settings
contact-title = How we write to you
contact-short = Channels, quiet hours and permissions
contact-text = You decide where, at what hours, and about what.
contact-reach = Where we find you
contact-unverified = Not verified
contact-add = Add an email or a phone
contact-add-hint = We send a code there, to see that it is yours
contact-confirm = Verify
add-code-text = Your code to add this address to your { $brand } account: { $code }. It is good for ten minutes.
add-code-subject = Verify your address at { $value }
identifier-added = { $value } is yours now
identifier-taken = It belongs to another account, verified by its owner. If that is yours too, sign in with it and write to us: we join them.
quiet-title = Quiet hours
quiet-text = In these hours we do not write, but for what is urgent about your orders and codes you ask for.
quiet-from = From
quiet-until = Until
quiet-zone = Time of
quiet-zone-own = Where I live (by my phone)
quiet-never = I have no quiet hours
quiet-bad-hours = Write both hours, such as 22:00 and 08:00
quiet-bad-zone = We do not know that time zone
privacy-title = Privacy
privacy-short = Who saw your data, download it, erase it
privacy-text = Your data is yours: see who opens it, take it along, or have it erased.
accesses-title = Who saw your data
accesses-text = Whenever one of the team or a program opens your record it is noted, once an hour.
accesses-none = Nobody has opened your record.
access-colleague = One of the team
access-program = A program of the brand
access-at-desk = At customer service
access-at-till = In a shop
access-at-studio = At the office
access-at-api = Through a connected program
answers-title = What you allowed and what you did not
answers-none = We have not asked you anything yet.
download = Download my data
download-title = Take your data along
download-text = One file with all we know of you: data, conversations, purchases and answers.
erase-title = Erase my data
erase-short = We erase who you are, everywhere. It cannot be undone.
erase-go = I want it erased
erase-gone = We erase your name, your addresses and phones, what we talked about, notes, carts and your account.
erase-kept = Of what you bought the law makes us keep numbers, amounts and taxes for six years, without your name. And for three years, what you allowed us.
erase-for-good = It cannot be undone. You may want to keep a copy first:
erase-word = ERASE
erase-type = Type { $value } to confirm
erase-wrong-word = To erase, type { $value }
erase-unfinished = { $value } is still on its way. Once you have it, or cancel it, everything can be erased.
erase-do = Erase for ever
erase-not = Rather not
erased-title = Done: we no longer know who you are
erased-text = You are signed out. If you come back, you will be somebody new.
erased-gone = What we erased
erased-kept = What the law makes us keep
erased-profiles = { $n ->
    [one] 1 record with your data
   *[other] { $n } records with your data
}
erased-identifiers = { $n ->
    [one] 1 email, phone or device
   *[other] { $n } emails, phones and devices
}
erased-messages = { $n ->
    [one] 1 message or note
   *[other] { $n } messages and notes
}
erased-files = { $n ->
    [one] 1 file
   *[other] { $n } files
}
erased-matters = { $n ->
    [one] 1 conversation
   *[other] { $n } conversations
}
erased-addresses = { $n ->
    [one] 1 address we wrote to
   *[other] { $n } addresses we wrote to
}
erased-carts = { $n ->
    [one] 1 cart
   *[other] { $n } carts
}
erased-ratings = { $n ->
    [one] The words of 1 rating; its stars stay, without a name
   *[other] The words of { $n } ratings; their stars stay, without a name
}
erased-log-entries = { $n ->
    [one] The words of 1 line of the history
   *[other] The words of { $n } lines of the history
}
kept-orders = { $n ->
    [one] 1 purchase without your name, until { $until } (Spanish Commercial Code, art. 30)
   *[other] { $n } purchases without your name, until { $until } (Spanish Commercial Code, art. 30)
}
kept-consents = { $n ->
    [one] 1 answer about permissions, until { $until } (Spanish LO 3/2018, art. 72)
   *[other] { $n } answers about permissions, until { $until } (Spanish LO 3/2018, art. 72)
}
preferences-text = This link is yours alone: choose here what we write to you about, without signing in.
preferences-stop = No news and no surveys
preferences-stop-text = With one touch, on no channel. Notices about your orders go on.
preferences-stop-do = Stop them
preferences-stopped = Done: we will not write to you about that any more
preferences-more = Channels, quiet hours and your data, in your account

help-title = How can we help?
help-text = Choose any way. It does not matter which: the conversation is the same, and nobody will make you repeat.
help-chat = Open the chat
help-chat-text = We answer on the page, and it stays open when you go on.
help-whatsapp = Write on WhatsApp
help-whatsapp-text = To go on from your phone.
help-email-text = For what can wait or has files.
help-phone-text = To talk it over.
help-sms-text = Without data or apps.
help-shops-text = { $n ->
    [0] All are closed now; see when they open.
    [one] 1 is open right now.
   *[other] { $n } are open right now.
}
help-often = Asked most
faq-order = Where is my order?
faq-order-text = At the link of your confirmation, or with its number and your email:
faq-return = How do I return something?
faq-return-text = You have { $n } days from when you get it, at any shop.
faq-collect = When can I collect?
faq-collect-text = Two hours after you order if the shop is open; else two hours after it opens. We tell you when it is ready.
faq-deliver = How long is delivery?
faq-deliver-text = Order by 16:00 on a working day, and it arrives the next working day.
returns-title = { $n } days to think it over
returns-1 = Choose what comes back
returns-1-text = At your order’s link. You can also just come to the shop.
returns-2 = Bring it to any shop
returns-2-text = No matter where you bought it. The order number, your email or your phone is enough.
returns-3 = Get your money
returns-3-text = The way you paid, as soon as we have it in hand, to the last cent.
help-wait = Wait: { $value }
help-ask = Ask here and choose how we answer
help-ask-text = We keep to what you choose.
help-question = Your question
help-answer-by = Answer me
help-answer-here = Here, in the chat
help-address = Your e-mail or mobile number
help-address-hint = Only if you do not want the answer in the chat
help-send = Send
help-say-something = Write your question.
help-asked = We have it. We answer by the way you chose.
experts = Talk to an expert
experts-text = People of ours who know a lot about one thing. Write to them, and the talk goes on in the chat.
experts-none = No experts at the moment
experts-none-text = Ask us as ever.
experts-there = Now: { $value }
experts-nobody = Nobody is there now, but they will answer
experts-ask = Ask
why-flows-not-an-address = That looks like neither an e-mail address nor a mobile number.
why-flows-not-by-this-channel = We cannot answer by that way now. Choose another.
survey = How did we do?
survey-text = It helps us to do better, and takes a moment.
survey-is-scored = Thank you for telling us. If you change your mind, send it again.
survey-5 = Very well
survey-4 = Well
survey-3 = So so
survey-2 = Badly
survey-1 = Very badly
survey-comment = Is there anything else you want to tell us?
survey-send = Send
survey-thanks = Thank you for telling us.
survey-needs-score = Choose an answer.
gift-card = Gift card
gift-card-code = Gift card
gift-card-code-hint = If you have one: 16 letters and digits. You pay the rest as you choose above.
gift-card-missing = Type the card's code.
gift-card-unknown = There is no card with this code. Have another look at it.
gift-card-empty = Nothing is left on this card.
gift-card-left = { $value } left
gift-card-how = Use it on the web, in the chat or in any shop: whoever has the code may spend it.
return-onto = How shall we give it back?
return-onto-original = The way it was paid
return-onto-original-hint = To the same card or account.
return-onto-card = On a gift card
return-onto-card-hint = You will see its code on your order once we have the goods. It does not expire.
gift-card-have = I have a gift card
pay-rule-needs-shop = Cash and the card terminal are in the shops: if you collect there, or buy at the till.
pay-rule-cash-limit = In cash at most { $value }: the law says so.
