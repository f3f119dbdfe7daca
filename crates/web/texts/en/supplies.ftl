coming = On its way
coming-says = What suppliers will bring, soonest first. What comes goes first to whoever has bought it.
coming-pages = Pages of what is on its way
coming-none = Nothing on its way
coming-none-says = Note an order to a supplier on the page of a variant, or let Hilo propose what to reorder.
coming-day = Arrives on
coming-late = Late
coming-outstanding = To come
coming-promised-to = Promised
coming-on-its-way = On its way
coming-change = Change
coming-in-all = How many in all
coming-call-off = Call off the rest
coming-called-off = Called off; nothing more comes
coming-choose-day = Choose a day.
coming-expected = Noted: { $value } are coming
coming-promised = { $n ->
    [0] All of them are promised to customers. Change the day, or cancel their orders first.
    [one] Only 1 is not promised to customers. Change the day, or cancel their orders first.
   *[other] Only { $n } are not promised to customers. Change the day, or cancel their orders first.
}
coming-n = { $n ->
    [one] 1 to come
   *[other] { $n } to come
}
coming-n-promised = { $n ->
    [0] none promised
    [one] 1 promised to customers
   *[other] { $n } promised to customers
}
coming-supplier = Supplier
coming-reference = Order number
coming-reference-hint = As the supplier calls it, such as PO-1042.
act-expect = Expect
policy = When none is left
policy-deny = It is sold out
policy-backorder = What is on its way is sold
policy-preorder = It is pre-ordered: not out yet
policy-hint = Every customer sees the day, and only what is on its way is promised.
reorder = Reorder
reorder-says = What to order so as not to run short, by what was sold in the last { $value } days. What lasts shortest comes first.
reorder-cover = For how many days
reorder-cover-days = { $n ->
    [one] For 1 day
   *[other] For { $n } days
}
reorder-none = Nothing to order
reorder-none-says = What is there and what is on its way last that long.
reorder-order = Order
reorder-sold = Sold
reorder-lasts-head = Lasts
reorder-lasts = { $n ->
    [0] less than a day
    [one] 1 day
   *[other] { $n } days
}
reorder-choose = Tick what to order.
reorder-place = Note what is ticked
reorder-ordered = Noted: { $value }
move-reserved = Sold
reorder-elsewhere = { $place } has { $n }: bring them
why-inventory-is-bundle = This is a bundle: it has the stock of its parts only. Change theirs.
why-inventory-unknown-supply = Nothing of that is still to come.
why-inventory-too-long = At most 80 characters.
