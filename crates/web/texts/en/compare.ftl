compare = Compare
compare-text = The same lines of each, side by side. What differs is marked.
compare-this = Compare with another
compare-none = Nothing to compare
compare-none-text = Open a product and choose “Compare with another”.
compare-with = Add to the comparison
compare-full = Four fit. Remove one to add another.
compare-without = Remove
compare-differs = differs
compare-nothing = not said
compare-price = Price from
compare-rating = Ratings
compare-shops = In shops
compare-in-shops = { $n ->
    [0] in none
    [one] in one shop
   *[other] in { $n } shops
 }
compare-sends = Delivered
compare-yes = yes
compare-no = no
