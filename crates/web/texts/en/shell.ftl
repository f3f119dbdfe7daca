# Words of every face: headers, notices, channels, problems.
skip-to-content = Skip to content
close = Close
undo = Undo
retry = Try again
save = Save
cancel = Cancel
saved = Saved
search = Search
search-products = Search products
search-desk = Search people and orders
scan-or-search = Scan or search
your-things = Your things
your-shop = Your shop
choose-shop = Choose a shop
hello = Hello
sign-in = Sign in
sign-out = Sign out
account = Account
points = { $n ->
    [one] 1 point
   *[other] { $n } points
}
help = Help
cart = Cart
cart-with = { $n ->
    [0] Empty cart
    [one] Cart, 1 item
   *[other] Cart, { $n } items
}
aisles = Departments
all-products = All
home = Home
products = Products
main-places = Main places
foot-promise = One brand: on the web, in the shop, by phone or by message.
help-contact = Talk to us
find-order = Find your order
returns = Returns
shops = Shops
shops-and-hours = Shops and hours
language = Language
other-language = Español
theme = Appearance
theme-auto = As the device
theme-light = Light
theme-dark = Dark
your-menu = Your menu
face-desk = Desk
face-till = Till
face-studio = Studio
threads = Threads
customers = Customers
customer = Customer
orders = Orders
sell = Sell
pickups = Pickups
stock = Stock
studio-sell = Sell
studio-run = Run
locations = Shops and stores
channels = Channels
staff = Staff
health = Health
price-was = Was
unreachable = We cannot reach the server. What you typed is still here; try again in a moment.
live-lost = The live line is down. Reconnecting…
form-refused = { $n ->
    [one] One answer needs a correction. The rest is kept in the form.
   *[other] { $n } answers need a correction. The rest is kept in the form.
}
sla-late = { $value } late
sla-soon = { $value } left
sla-left = { $value } left
timeline-note = internal note
timeline = Thread
delivery-queued = Queued
delivery-sent = Sent
delivery-delivered = Delivered
delivery-read = Read
delivery-failed = Not delivered
channel-web = Web
channel-app = App
channel-email = Email
channel-whatsapp = WhatsApp
channel-webchat = Web chat
channel-sms = SMS
channel-phone = Phone
channel-till = Shop
channel-desk = Desk
channel-studio = Studio
channel-api = API
channel-messenger = Messenger
channel-instagram = Instagram
channel-telegram = Telegram
channel-x = X
channel-voice = Voice
channel-push = Push
channel-assistant = Assistant
channel-system = System
problem-home = Back to the start
problem-number = Code { $value }
problem-not-found-title = This thread leads nowhere
problem-not-found-text = The page does not exist, or is no longer here. Nothing of yours is lost.
problem-forbidden-title = You cannot go in here
problem-forbidden-text = Your account has no permission for this. Ask whoever runs the team.
problem-refused-title = That did not work
problem-refused-text = The request does not fit how things stand now. Go back, reload and try again; nothing was changed.
problem-too-large-title = That is too large
problem-too-large-text = What you sent is over the size allowed. Nothing was kept; try a smaller file.
problem-too-many-title = One moment
problem-too-many-text = Too many requests came at once. Wait a minute and try again.
problem-fault-title = Something got tangled
problem-fault-text = The fault is ours and has been noted. Nothing was half saved; you can try again.
problem-unavailable-title = Back in a moment
problem-unavailable-text = We cannot serve you just now. Nothing was half saved; try again in a moment.
problem-form-expired = This form is from another session or has expired. Go back, reload the page and send it again; nothing was changed.
problem-other-site = The request came from another website, so it was not accepted. Nothing was changed.
