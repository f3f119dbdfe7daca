# Studio: whether every channel shows the same

parity = Same facts on every channel
parity-says = Hilo asks itself, product by product, what the web shop, its search, the API, the chat and the adverts show, and compares it with catalogue, prices and stock.
parity-begins = The first check begins in a few seconds.
parity-last = { $n ->
    [one] One product checked
   *[other] { $n } products checked
 } since the start. The last, { $name }, { $when }.
parity-none = All channels say the same
parity-none-says = If one shows another price, another name or stock that is not there, it appears here with its cause.
parity-product = Product
parity-where = Where
parity-shown = Shows
parity-right = Right
parity-cause = Cause
parity-since = Since
parity-nothing = nothing
parity-door-page = Product page
parity-door-search = Search
parity-door-api = API
parity-door-card = Chat card
parity-door-feed = Adverts
parity-aspect-presence = there or not
parity-aspect-name = name
parity-aspect-price = price
parity-aspect-stock = stock
parity-value-in-stock = in stock
parity-value-out-of-stock = sold out
parity-value-true = shown
parity-value-false = missing
parity-cause-failing = The channel answers with an error
parity-cause-behind = It shows what was right before: it has not followed yet
parity-cause-withdrawn = It shows something that is no longer sold
parity-cause-left-out = Something that is sold is missing
parity-cause-unknown = It reckons or reads something else; tell support
health-parity-fine = All channels show the same.
health-parity-bad = { $n ->
    [one] One fact is shown differently on a channel.
   *[other] { $n } facts are shown differently on a channel.
 }
told-parity-differs = saw a fact that differs on a channel: { $name }
told-parity-agrees = saw a channel agree again: { $name }
