# Near me, my size, today.
near = Collect today near you
near-where = Postcode or town
near-look = See shops
near-locate = Use my location
near-not-located = We could not tell where you are. Type your postcode.
near-of = Near { $value }
near-here = Near where you are
near-change = Change
near-rough = Distances are from the capital of the province.
near-unknown = We do not know “{ $value }”. Type a postcode of five digits or a town.
near-choose = Choose a size to see which shops have it.
near-none = No shop has it now.
near-send = Have it sent home
near-few = { $n ->
    [one] Last one
   *[other] Last { $n }
}
near-some = { $n ->
    [one] { $n } piece
   *[other] { $n } pieces
}
near-ready = Collect { $value }
near-hold = Keep until tomorrow
near-collect = Collect here
near-says = “Keep” sets it aside for 24 hours and you pay in the shop. “Collect here” puts it in your cart.
near-more = See all shops that have it
near-back = Back to the product
hold-title = We keep it in { $value }
hold-text = For 24 hours nobody else takes it. You pay when you collect it.
hold-done = Kept for 24 hours in { $value }
hold-gone = It has just sold out in { $value }: somebody was faster.
hold-next = The next nearest shop that has it is { $shop }, { $far } away.
hold-nowhere = It is in no shop any more
hold-refused = It could not be kept. Go back to the product and try again.
