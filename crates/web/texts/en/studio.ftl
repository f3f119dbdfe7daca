# Long because: all words of one face, so that a translator reads them in one go.
# The studio: products, stock, places, staff, channels and health.
studio-hello = Hello, { $value }
studio-today = Today, in a few sentences
studio-all-calm = All is calm.
studio-rehearse = Rehearse a story
studio-first-steps = First steps
studio-step-place = Open your first shop or warehouse
studio-step-place-says = Address, hours and coordinates: so each customer sees the nearest.
studio-step-products = Bring your products
studio-step-products-says = Upload the Shopify export; you see what changes before anything is saved.
studio-step-channels = Connect a channel
studio-step-channels-says = Web chat, e-mail or WhatsApp, in five steps at most.
studio-step-staff = Invite your team
studio-step-staff-says = A role for each person; the first password is shown once.
studio-orders-today = { $n ->
    [0] No orders yet today.
    [one] 1 order so far today, for { $total }.
   *[other] { $n } orders so far today, for { $total }.
}
studio-as-last-week = The same as a week ago at this hour.
studio-more-than-last-week = { $n ->
    [one] One more than a week ago at this hour.
   *[other] { $n } more than a week ago at this hour.
}
studio-fewer-than-last-week = { $n ->
    [one] One fewer than a week ago at this hour.
   *[other] { $n } fewer than a week ago at this hour.
}
studio-matters = { $n ->
    [0] No open matters.
    [one] 1 open matter, { $unassigned } without an owner.
   *[other] { $n } open matters, { $unassigned } without an owner.
}
studio-unread = { $n ->
    [one] 1 unread message.
   *[other] { $n } unread messages.
}
studio-low = { $n ->
    [0] Nothing is running out.
    [one] One variant is running out in a shop.
   *[other] { $n } variants are running out in some shop.
}
studio-low-many = More than { $n } variants are running out in some shop.
studio-channels-fine = All channels work.
studio-channels-down = { $n ->
    [one] One channel cannot send: { $names }.
   *[other] { $n } channels cannot send: { $names }.
}
studio-sales-by-channel = Today’s sales by channel
studio-n-orders = { $n ->
    [one] 1 order
   *[other] { $n } orders
}
studio-no-sales = No sales yet
studio-no-sales-says = Here you will see what each channel sells today.
studio-keys = API keys
studio-audit = Who did what
# products
studio-all = All
studio-product-pages = Pages of products
studio-from-the-start = From the start
studio-more = More
studio-previous = Previous
studio-older = Older
studio-products-says = What you change here is seen on every channel at once.
studio-import = Import
studio-new-product = New product
studio-search-products = Title, SKU, barcode or brand
studio-status = Status
studio-state = State
studio-category = Category
studio-all-categories = All categories
studio-no-products = No products yet
studio-no-products-says = Upload a Shopify export and see what will be made before anything is saved.
studio-nothing-fits = Nothing fits
studio-nothing-fits-says = Try fewer words or take a filter away.
studio-show-all = Show all
studio-picture = Picture
studio-product = Product
studio-choices = Options
studio-price = Price
studio-version = Version
studio-touched = Changed
status-draft = Draft
status-active = On sale
status-archived = Archived
tax-standard = Standard
tax-reduced = Reduced
tax-super-reduced = Super-reduced
tax-zero = No tax
studio-new-product-says = A title is enough. With options, every combination is made.
studio-texts = Texts
studio-title-es = Title in Spanish
studio-title-en = Title in English
studio-description-es = Description in Spanish
studio-description-en = Description in English
studio-vendor = Brand
studio-tags = Tags
studio-tags-hint = Parted by commas; “material:linen” is an attribute.
studio-picture-hint = A reference such as picture:tee/azul, or the name of an uploaded file.
studio-tax = Tax
studio-choices-says = For example Colour: blue, white and Size: S, M, L. Without options there is a single variant.
studio-option-name = Option { $n }
studio-option-name-hint = Colour, Size…
studio-option-values = Values of option { $n }
studio-option-values-hint = Parted by commas.
studio-price-with-tax = Price with tax
studio-price-hint = The same for all variants; you can change them afterwards.
studio-sku = SKU
studio-sku-hint = Empty: made from title and options.
studio-barcode = Barcode
studio-barcode-hint = 8, 12, 13 or 14 digits; we check the last one.
studio-create = Create
studio-not-an-amount = Write an amount such as 19.90.
studio-not-a-number = Write a number.
studio-too-many-variants = Too many combinations: at most { $n }.
studio-product-made = Made: { $value }
studio-at-version = Version { $n }, the same on every channel
studio-history = History
studio-see-in-shop = See it in the shop
studio-publish = Publish
studio-unpublish = Take off sale
studio-load-newest = Load the newest version
studio-seo = Address and search engines
studio-handle = Name in the address
studio-handle-hint = Letters, digits and hyphens; if you change it, old links end.
studio-seo-title-es = Title for search engines, in Spanish
studio-seo-title-en = Title for search engines, in English
studio-seo-description-es = Description for search engines, in Spanish
studio-seo-description-en = Description for search engines, in English
studio-variants = Variants
studio-variant = Variant
studio-n-variants = { $n ->
    [one] 1 variant
   *[other] { $n } variants
}
studio-only-variant = Single
studio-was = Before
studio-grams = Grams
studio-sold = For sale
studio-save-variants = Save variants
studio-add-variant = Add a variant
studio-variant-added = Added: { $value }
studio-variant-pages = Pages of variants
studio-pictures = Pictures
studio-no-pictures = No pictures
studio-no-pictures-says = The first picture is the one that lists show.
studio-reference = Reference
studio-alt-es = Alternative text in Spanish
studio-alt-en = Alternative text in English
studio-make-first = Make it the first
studio-remove = Remove
studio-add-picture = Add a picture
studio-picture-removed = Picture removed
studio-saved-version = Saved: version { $value }
studio-status-active = On sale: { $value }
studio-status-draft = Off sale: { $value }
studio-status-archived = Archived: { $value }
studio-no-history = Nothing has happened yet.
# import
studio-import-title = Import products
studio-import-says = First you see what changes, line by line. All of it is saved or nothing, and doing it again changes nothing more.
studio-import-products = Products from Shopify
studio-import-products-says = The CSV of Shopify’s “Export products”: texts, variants, prices, pictures and stock.
studio-import-texts = English texts
studio-import-texts-says = A CSV with the columns Handle, Title and Body (HTML). Empty cells leave a text as it is.
studio-texts-hint = Saved at once: all or nothing.
studio-file = CSV file
studio-file-texts = CSV file with the texts
studio-file-hint = Up to 20 MB.
studio-file-language = Language of its texts
studio-see-preview = See what changes
studio-choose-file = Choose a file.
studio-file-gone = That file is no longer here: upload it again.
studio-line = Line
studio-column = Column
studio-problem = Problem
studio-preview = What will change
studio-preview-says = { $value }: nothing has been saved yet.
outcome-created = New
outcome-changed = Changed
outcome-unchanged = Unchanged
studio-prices-found = Prices
studio-stock-found = Units
studio-file-problems = { $n ->
    [one] The file has 1 problem
   *[other] The file has { $n } problems
}
studio-file-problems-says = Correct them in the file and upload it again. Nothing was saved.
studio-other-file = Choose another file
studio-nothing-to-import = Everything in the file is here already. There is nothing to change.
studio-opening-stock = Opening stock of what is new
studio-opening-stock-hint = For new variants only; those that exist keep theirs.
studio-no-opening-stock = Take no stock from the file
studio-apply = Import it all
studio-file-notes = { $n ->
    [one] 1 note
   *[other] { $n } notes
}
studio-what-changes = Field by field
studio-on-line = line { $n }
studio-all-new = Made from scratch.
studio-field = Field
studio-before = Before
studio-after = After
studio-more-hidden = { $n ->
    [one] And 1 more product.
   *[other] And { $n } more products.
}
studio-imported = Imported: { $value } products new or changed
studio-texts-imported = Texts imported into { $value } products
# stock
studio-stock-low-says = What runs out comes first. Press a variant to receive, count or move it.
studio-stock-says = What can be promised in each place.
studio-search-stock = Title, SKU or barcode
studio-place = Place
studio-all-places = All places
studio-low-first = Running out
studio-everything = Everything
studio-stock-pages = Pages of stock
studio-none-left = Sold out
studio-few-left = Few left
studio-nothing-low = Nothing is running out
studio-nothing-low-says = When two or fewer are left of something, it appears here.
studio-no-places = No places yet
studio-no-places-says = Make a shop or a warehouse, and stock can lie there.
studio-on-hand = On hand
studio-reserved = Reserved
studio-available = Available
studio-safety = Retained
studio-total = Total
studio-all-figures = All figures
studio-movements = Movements
studio-movements-in = Movements in { $value }
studio-no-movements = No movements
studio-no-movements-says = Every delivery, sale and count of this place appears here.
studio-when = When
studio-reason = Reason
studio-change = Change
studio-act = What to do
act-receive = Receive
act-adjust = Correct
act-count = Count
act-transfer = Move
act-safety = Retain
studio-change-by = Change by
studio-change-by-hint = -2 takes two away, 3 adds three.
studio-counted-field = How many there are
studio-counted-hint = All that you see, reserved ones too.
studio-from = From
studio-to = To
studio-how-many = How many
studio-receive-hint = What comes from the supplier.
studio-safety-field = Units that are not promised
studio-safety-hint = Empty: what the place says.
reason-damaged = Damaged
reason-lost = Lost
reason-found = Found
reason-stolen = Stolen
reason-sample = Sample or shop window
reason-correction = Correction
move-received = Received
move-damaged = Damaged
move-lost = Lost
move-found = Found
move-stolen = Stolen
move-sample = Sample or shop window
move-correction = Correction
move-counted = Counted
move-sent = Sent to another place
move-arrived = Came from another place
move-sold = Sold
move-taken-back = Taken back
studio-choose-place = Choose a place.
studio-received = Received: { $value }
studio-adjusted = Corrected: { $value }
studio-undone = Undone
studio-counted = Counted; difference { $value }
studio-counted-same = Counted; it was right
studio-sent = On the way: { $value }
studio-arrived = Arrived: { $value }
studio-more-than-sent = No more can arrive than left.
studio-n-under-way = { $n ->
    [one] 1 on the way
   *[other] { $n } on the way
}
studio-from-place = from { $value }
studio-how-many-arrived = How many arrived
studio-it-arrived = It arrived
# places
studio-places-says = Shops and warehouses, with their hours and what they are for.
studio-new-place = New place
studio-place-made = Made: { $value }
studio-kind = Kind
place-shop = Shop
place-warehouse = Warehouse
studio-city = City
studio-today-hours = Today
studio-closed-today = Closed
studio-what-for = What it is for
studio-open-now = Open
studio-closed-now = Closed now
studio-closed-for-good = Out of use
studio-collects = Collect here
studio-collects-hint = Customers may choose it to collect.
studio-ships = Ships from here
studio-ships-hint = Parcels leave from here.
studio-place-active = In use
studio-place-active-hint = If not, nobody sees it or sells its stock; nothing is deleted.
studio-who-where = Name and address
studio-name = Name
studio-code = Code
studio-code-hint = Short: MAD-1. Capitals, digits and hyphens only.
studio-address = Address
studio-postcode = Postcode
studio-province = Province
studio-country = Country
studio-country-hint = Two letters: ES.
studio-latitude = Latitude
studio-latitude-hint = Such as 40.4168: finds the nearest shop.
studio-longitude = Longitude
studio-phone = Phone
studio-email = E-mail
studio-hours = Hours
studio-hours-says = Such as 10:00-14:00, 17:00-20:30. Empty is closed.
studio-hours-like = Write it as 10:00-14:00, 17:00-20:30.
studio-exceptions = Days that differ
studio-exceptions-hint = One a line: 2026-12-25 (closed) or 2026-12-24 10:00-15:00.
studio-exception-like = We do not understand “{ $value }”. Write it as 2026-12-24 10:00-15:00.
studio-time-zone = Time zone
studio-safety-place-hint = Of each variant, unless you say otherwise.
studio-tax-zone = Tax zone
studio-tax-zone-hint = peninsula, canarias…
day-mon = Monday
day-tue = Tuesday
day-wed = Wednesday
day-thu = Thursday
day-fri = Friday
day-sat = Saturday
day-sun = Sunday
# staff
studio-staff-says = Who works here and what they may do.
studio-new-person = New person
studio-new-person-says = They get a first password that you see only once.
studio-roles = Roles
studio-since = Since
studio-deeds = What they did
studio-works-here = Works here
studio-has-left = Has left
studio-no-place = None in particular
studio-add = Add
studio-presence = Coming and going
studio-presence-says = Leaving ends their sessions; what they did stays in the history.
studio-new-password = Give another password
studio-leaves = Leaves the team
studio-comes-back = Comes back to the team
studio-person-left = Can no longer sign in: { $value }
studio-person-back = Is back: { $value }
studio-first-password = First password
studio-password-of = Password of { $value }
studio-password-says = Shown only now. Hand it over in person or by a safe way.
studio-copy = Copy
studio-handed-over = Handed over
role-administrator = Administration
role-administrator-says = Everything.
role-merchandiser = Catalogue
role-merchandiser-says = Products, prices, stock and places.
role-agent = Care
role-agent-says = Conversations, orders, payments and returns.
role-supervisor = Supervision
role-supervisor-says = As care, and who did what.
role-associate = Shop floor
role-associate-says = Sell, hand over and accept returns.
role-shop-manager = Shop manager
role-shop-manager-says = As shop floor, and stock and hours.
# keys
studio-keys-says = For programs that speak to the API. Each may do only what you tick.
studio-no-keys = No keys
studio-no-keys-says = Make one when a program has to read or write here.
studio-begins = Begins with
studio-scopes = What it may do
studio-withdraw = Withdraw
studio-new-key = New key
studio-key-name = What it is for
studio-key-name-hint = For example “Accounting”.
studio-make-key = Make the key
studio-secret-once = Copy it now: it is not shown again.
studio-key-works = Works
studio-key-withdrawn = Withdrawn
studio-key-gone = Key withdrawn; it has ended already.
may-customers-view = See customers
may-customers-edit = Change customers
may-customers-national-id = See national ids
may-customers-birth-date = See dates of birth
may-customers-address = See whole addresses
may-customers-consents = See customers' consents
may-customers-notes = See notes about customers
may-customers-accesses = See who opens records
may-customers-export = Take out a person's data
may-customers-erase = Erase a person
may-customers-join = Join customers
may-customers-import = Import customers
may-conversations-view = Read conversations
may-conversations-reply = Answer
may-conversations-assign = Assign
may-conversations-supervise = Lead service teams
may-catalogue-view = See drafts
may-catalogue-edit = Change products
may-prices-edit = Change prices
may-stock-view = See stock
may-stock-adjust = Change stock
may-locations-edit = Change places
may-orders-view = See orders
may-orders-sell = Sell
may-orders-fulfil = Pick and hand over
may-orders-edit = Change orders
may-returns-accept = Accept returns
may-payments-take = Take payment
may-payments-refund = Refund
may-staff-manage = Manage staff
may-channels-manage = Manage channels
may-api-keys-manage = Manage keys
may-audit-view = See who did what
may-settings-manage = Change settings
may-health-view = See health
# who did what
studio-audit-says = Everything that changes is noted with who did it.
studio-who = Who
studio-audit-full = The last 200 are shown.
actor-system = Hilo
actor-staff = Somebody of the team
actor-customer = The customer
actor-api-key = A program
actor-guest = A visitor
told-product-changed = changed { $name } (version { $n })
told-product-changed-first = made { $name }
told-price-changed = changed the price of { $name }
told-stock-changed-received = received { $n } of { $name } in { $place }
told-stock-changed-adjusted = corrected { $name } in { $place }: { $n }
told-stock-changed-counted = counted { $name } in { $place }: { $n } difference
told-stock-changed-sent = sent { $n } of { $name } from { $place }
told-stock-changed-arrived = took in { $n } of { $name } in { $place }
told-stock-changed-reserved = reserved { $n } of { $name } in { $place }
told-stock-changed-released = released { $n } of { $name } in { $place }
told-stock-changed-expired = let { $n } of { $name } lapse in { $place }
told-stock-changed-sold = handed over { $n } of { $name } in { $place }
told-stock-changed-taken-back = took back { $n } of { $name } in { $place }
told-location-created = made { $name }
told-location-changed = changed { $name }
told-location-changed-safety = changed what is kept back of { $name } in { $place }
told-staff-created = added { $name }
told-staff-changed = changed { $name }
told-staff-changed-left = ended the access of { $name }
told-staff-signed-in = signed in
told-api-key-created = made the key { $name }
told-api-key-revoked = withdrew a key
told-channel-saved = changed the channel { $name }
told-order-placed = placed the order { $name }
told-order-paid = took payment for the order { $name }
told-order-cancelled = cancelled the order { $name }
told-return-received = took in the return of { $name }
told-return-refunded = refunded { $name }
told-message-queued = answered a customer
told-note-added = wrote a note
told-matter-resolved = resolved a matter
told-matter-assigned = assigned a matter
told-room-order = touched the order { $name }
told-room-fulfilment = moved the delivery of { $name } on
told-room-return = touched the return of { $name }
told-room-matter = touched a matter
told-room-message = touched a message
told-room-customer = touched a customer’s record
told-room-contact = changed when somebody is written to
told-room-identifier = changed a customer’s contact
told-room-consent = changed a consent
told-room-cart = changed a cart
told-room-payment = recorded a payment
told-room-price-list = changed the price list { $name }
told-and-more = … and { $n } more like these
told-other = { $kind }
# channels
studio-privacy = Privacy
studio-privacy-says = When people are written to, and who opened whose record.
studio-rule = Rule for writing
studio-rule-says = For all that nobody asked for, over all channels together. Each customer may set hours of their own.
studio-rule-most = At most so many messages
studio-rule-days = in so many days
studio-rule-from = No writing from
studio-rule-until = until
studio-rule-zone = The brand's time
studio-rule-zone-hint = Such as Europe/Madrid
studio-rule-saved = Rule saved
studio-rule-bad = Check the hours, the zone and the days (1 to 365)
studio-accesses = Records opened
studio-accesses-says = The latest 200, one for each person and hour. Every customer sees theirs in their account.
studio-accesses-none = Nobody has opened a record yet.
studio-accesses-who = Who
studio-accesses-whose = Record
studio-accesses-door = Where
studio-accesses-when = When
studio-channels-says = How people write to you. Secrets are kept and never shown again.
studio-no-channels = Nobody can write to you yet
studio-no-channels-says = Choose a channel below: five steps at most, and you can try it before you switch it on.
studio-add-channel = Add a channel
offer-webchat = A chat on your site, with one line of code.
offer-email = A mailbox you already have, by SMTP and IMAP.
offer-whatsapp = A WhatsApp Business number (Cloud API).
offer-messenger = Your Facebook page, by Messenger.
offer-instagram = Instagram’s messages and comments.
offer-telegram = A Telegram bot, with its token.
offer-x = Direct messages and mentions on X.
studio-switched-off = Off
studio-switched-off-says = Nothing comes in or goes out.
studio-in-trouble = Cannot send
studio-in-trouble-says = { $n } in the queue. The other side says: { $why }
studio-sending = Sending
studio-sending-says = { $n ->
    [one] 1 message is leaving.
   *[other] { $n } messages are leaving.
}
studio-works = Works
studio-works-says = Nothing is waiting.
studio-last-failure = Last failure,
studio-new-channel-says = Fill in the steps. You can save and go on later.
studio-switch-on = Switch on
studio-switch-off = Switch off
studio-optional = (if needed)
studio-secret-kept = Kept. Write only to change it.
studio-save-and-on = Save and switch on
studio-save-for-later = Save for later
studio-needed = This is needed.
studio-needed-to-switch-on = This is needed to switch it on.
studio-address-taken = There is a channel with this address already.
studio-channel-on = Channel switched on
studio-channel-off = Channel switched off
studio-channel-saved = Saved; it is still off
problem-studio-channel-incomplete = The channel is not complete. Fill in what is missing on its page and switch it on there; nothing was changed.
field-name = Name for the team
field-name-hint = For example “Customer care mail”.
field-address-email = E-mail address
field-address-email-hint = The one your customers know.
field-address-whatsapp = WhatsApp number
field-address-whatsapp-hint = With its prefix: +34 600 000 000.
field-address-webchat = Name of the site
field-address-webchat-hint = For example myshop.com.
field-smtp-url = Outgoing server
field-smtp-url-hint = smtps://host:465 or smtp://host:587?tls=required
field-smtp-user = User
field-smtp-user-hint = Empty if the server wants no sign-in.
field-smtp-password = Password
field-smtp-password-hint = That user’s.
field-imap-url = Incoming server
field-imap-url-hint = imaps://host:993
field-imap-user = User
field-imap-user-hint = Nearly always the address.
field-imap-password = Password
field-imap-password-hint = That user’s.
field-imap-folder = Folder
field-imap-folder-hint = Empty: INBOX.
field-phone-number-id = Number’s id
field-phone-number-id-hint = At Meta: WhatsApp › API setup. It is not the phone number.
field-access-token = Access token
field-access-token-hint = Of a system user, so that it does not expire.
field-app-secret = App secret
field-app-secret-hint = At Meta: Settings › Basic.
field-verify-token = Verify token
field-verify-token-hint = A word of your own that you repeat at Meta.
step-webchat-who = Give it a name
step-webchat-who-says = To recognise it among your channels.
step-webchat-script = Copy this line into your site
step-webchat-script-says = Before </body>. The chat loads only when somebody opens it.
step-webchat-preview = Look at it
step-webchat-preview-says = This is how it looks. Press the button and write: the message really reaches the desk.
step-email-who = Which mailbox
step-email-who-says = The address your customers write to.
step-email-out = How mail leaves
step-email-out-says = Your mail provider’s SMTP server.
step-email-in = How mail comes in
step-email-in-says = The IMAP server. We only read: nothing is deleted or marked.
step-whatsapp-who = Which number
step-whatsapp-who-says = The number your customers write to.
step-whatsapp-number = Leave to send
step-whatsapp-number-says = Two values from Meta’s WhatsApp page.
step-whatsapp-sign = How we know it is Meta
step-whatsapp-sign-says = With these we check every notice that comes in.
step-whatsapp-webhook = Paste this address at Meta
step-whatsapp-webhook-says = Under WhatsApp › Configuration › Webhook, with your verify token, and subscribe to “messages”.
field-address-messenger = Page
field-address-messenger-hint = The page’s name, as your customers see it.
field-address-instagram = Account
field-address-instagram-hint = For example @yourshop.
field-address-telegram = Bot
field-address-telegram-hint = For example @yourshop_bot.
field-address-x = Account
field-address-x-hint = For example @yourshop.
field-bot-token = The bot’s token
field-bot-token-hint = The one that @BotFather gave you.
field-consumer-key = API key
field-consumer-key-hint = In X’s console: Keys and tokens.
field-consumer-secret = API key secret
field-consumer-secret-hint = X signs every notice with it.
field-access-token-secret = Access token secret
field-access-token-secret-hint = It comes with the access token.
step-messenger-who = Which page
step-messenger-who-says = The page your customers write to.
step-messenger-number = Leave to send
step-messenger-number-says = The page’s token, from Meta › Messenger › Settings.
step-messenger-sign = How we know it is Meta
step-messenger-sign-says = With these we check every notice that comes in.
step-instagram-who = Which account
step-instagram-who-says = The professional account your customers write to.
step-instagram-number = Leave to send
step-instagram-number-says = The account’s token, from Meta › Instagram › Settings.
step-instagram-sign = How we know it is Meta
step-instagram-sign-says = With these we check every notice that comes in.
step-social-webhook-says = Under Meta › Webhooks, with your verify token, and subscribe to messages, postbacks, reads, echoes and, on Instagram, comments.
step-telegram-who = Which bot
step-telegram-who-says = Write /newbot to @BotFather in Telegram and give it a name.
step-telegram-token = Paste its token
step-telegram-token-says = The bot’s password; with it we read and answer.
step-x-who = Which account
step-x-who-says = The account your customers write to and mention.
step-x-app = Your app at X
step-x-app-says = With leave to read, write and use direct messages.
step-x-account = Your account’s leave
step-x-account-says = The token and its secret, made for your account.
step-connect = Connect it
step-connect-says = We tell the other side where to call us. If something fails, you see its exact words.
studio-connect = Connect
studio-connected = Connected. Write to it from your own account: the message is on the desk.
step-trial-other-says = Write to it first from your own account; beside your message, on the desk, is the number to answer to.
step-trial = Try it
step-trial-email-says = Send a mail to your own address. If something fails, you see the server’s exact words.
step-trial-whatsapp-says = Send the template “hello_world” to your phone. If something fails, you see Meta’s exact words.
studio-trial-to = To
studio-send-trial = Send a test
studio-trial-sent = Accepted. Look at the other side.
studio-trial-refused = It could not be sent:
studio-trial-subject = Test from { $value }
studio-trial-text = { $value } sends this message to check that the channel works. No answer is needed.
# health
health-all-well = All is well.
health-look-at = { $n ->
    [one] There is 1 thing to look at.
   *[other] There are { $n } things to look at.
}
health-again = Look again
health-database = Database
health-sqlite = SQLite
health-postgres = PostgreSQL
health-database-fine = { $engine } answers in { $n } ms.
health-database-slow = { $engine } took { $n } ms: see whether the machine is busy or the disk is full.
health-log = Event log
health-log-fine = At event { $value }.
health-parked = Reactions
health-parked-fine = None has stopped.
health-parked-bad = { $n ->
    [one] One event could not be processed: read the server’s log and tell whoever maintains it.
   *[other] { $n } events could not be processed: read the server’s log and tell whoever maintains it.
}
health-timers = Timers
health-timers-fine = All on time.
health-timers-late = They are late: check that the Hilo server has not half stopped, and restart it.
health-timers-bad = { $n ->
    [one] One has failed twelve times and rests: read the server’s log.
   *[other] { $n } have failed twelve times and rest: read the server’s log.
}
health-inbox = What comes in
health-inbox-fine = Everything received was understood.
health-inbox-bad = { $n ->
    [one] One message received could not be understood; it is kept. Read the server’s log.
   *[other] { $n } messages received could not be understood; they are kept. Read the server’s log.
}
health-outbox = What goes out
health-outbox-fine = Nothing waits.
health-outbox-waiting = { $n ->
    [one] 1 message is about to leave.
   *[other] { $n } messages are about to leave.
}
health-outbox-late = { $n ->
    [one] 1 message has waited for more than five minutes: look at its channels.
   *[other] { $n } messages have waited for more than five minutes: look at their channels.
}
health-ledger = Stock ledger
health-ledger-fine = It balances: everything sums to zero.
health-ledger-bad = It does not balance: { $unit } sums to { $n }. Make a backup and run “hilo doctor”.
health-channels = Channels
health-no-channels = None: connect one so that people can write to you.
health-last-failure = Last failure: { $when }, { $why }.
health-backup = Backups
health-backup-sqlite = “hilo backup” copies while running; keep the copy on another disk and see that there is room.
health-backup-postgres = Copy with pg_dump and keep the copy on another machine; see that there is room.
# why not
why-catalogue-changed-meanwhile = Somebody changed it meanwhile: it is at version { $version }. What you typed is still here.
why-catalogue-handle-taken = Another product has “{ $handle }” already.
why-catalogue-sku-taken = The SKU { $sku } belongs to “{ $handle }” already.
why-catalogue-barcode-taken = The code { $barcode } belongs to another product.
why-catalogue-bad-barcode = Not a barcode: check the digits, the last one is a check digit.
why-catalogue-invalid-title = A title of at most 255 characters is needed.
why-catalogue-invalid-handle = Letters, digits and hyphens only.
why-catalogue-invalid-sku = A SKU of at most 255 characters is needed.
why-catalogue-invalid-option-values = Each variant needs a combination of its own, with one value for each option.
why-catalogue-invalid-options = Each option needs a name of its own.
why-catalogue-invalid-media = The picture needs a reference.
why-catalogue-invalid-weight-grams = A weight cannot be negative.
why-catalogue-import-problems = The file has problems; nothing was saved.
why-inventory-invalid-quantity = Write a possible quantity.
why-inventory-too-few = Only { $free } are there and not reserved.
why-inventory-same-place = It is there already: choose another place.
why-inventory-unknown-location = That place does not exist or is out of use.
why-inventory-code-taken = Another place has that code already.
why-inventory-invalid-location-code = 1 to 16 capitals, digits and hyphens.
why-inventory-invalid-location-name = A name of at most 120 characters is needed.
why-inventory-invalid-location-country = Two capital letters, such as ES.
why-inventory-invalid-location-point = Latitude -90 to 90 and longitude -180 to 180.
why-inventory-invalid-location-time-zone = A known zone, such as Europe/Madrid.
why-inventory-invalid-location-safety-stock = Zero or more.
why-inventory-invalid-location-hours = Some hours overlap or run backwards, or a day is there twice.
why-access-email-taken = Somebody has that e-mail already.
why-access-not-an-email = That is not an e-mail address.
why-access-no-name = A name is needed.
why-access-no-role = Tick at least one role.
why-access-last-administrator = Somebody has to stay in administration.
why-access-empty-key = A name and at least one permission are needed.
