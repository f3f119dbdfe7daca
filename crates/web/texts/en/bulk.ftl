# Products: one change for many, and editing in the grid.
bulk-edits = Changes of many
bulk-edits-says = What was changed for many products at once. Each can be undone.
bulk-no-edits = Nothing was changed for many at once yet
bulk-no-edits-says = Tick products in the list, say what to change, and look at every row before it happens.
bulk-to-products = To the products
bulk-pages = Pages of changes
bulk-pick-all = Choose all products of this page
bulk-pick = Choose { $value }
bulk-chosen = chosen
bulk-change-chosen = Change the chosen…
bulk-change-found = Change all that are found…
bulk-keys = Space chooses, Shift with an arrow or a click chooses up to there, Enter edits the row.
bulk-nothing-chosen = Choose at least one product first.
bulk-title = { $n ->
    [one] Change 1 product
   *[other] Change { $n } products
}
bulk-cut = The search finds more: these are the first { $value }, last changed first. Change the others afterwards.
bulk-what = What shall change
bulk-kind-price = Price
bulk-kind-category = Category
bulk-kind-tags-add = Add tags
bulk-kind-tags-remove = Take tags away
bulk-kind-vendor = Brand
bulk-kind-status = Status
bulk-kind-publication = Publication
bulk-list = Price list
bulk-how = How
bulk-how-percent = By a percentage
bulk-how-amount = By an amount
bulk-how-set = To an amount
bulk-amount = How much
bulk-amount-hint = With a minus for less: -12.5
bulk-rounding = Ending
bulk-rounding-none = As it comes out
bulk-rounding-to = The nearest that ends in ,{ $value }
bulk-empty-takes-away = Empty takes it away.
bulk-empty-plan = Both empty: what was planned is taken back. Time of { $value }.
bulk-look = See what changes
bulk-no-list = Choose a price list.
bulk-no-amount = Write a number such as 10, -12.5 or 19.95.
bulk-changing = { $n ->
    [one] 1 product changes
   *[other] { $n } products change
}
bulk-staying = { $n ->
    [one] 1 product stays as it is
   *[other] { $n } products stay as they are
}
bulk-none-changes = No product would change.
bulk-now = Now
bulk-then = Then
bulk-why = Why
bulk-apply = { $n ->
    [one] Change 1 product
   *[other] Change { $n } products
}
bulk-none = none
bulk-no-plan = nothing planned
bulk-from = from { $value }
bulk-until = until { $value }
bulk-instead-of = instead of { $value }
bulk-does-category = Category: { $value }
bulk-does-vendor = Brand: { $value }
bulk-does-tags-add = Tags added: { $value }
bulk-does-tags-remove = Tags taken away: { $value }
bulk-does-status = Status: { $value }
bulk-does-publication = Publication: { $value }
bulk-does-price = Price { $sum } on “{ $list }”
bulk-does-ending = ending in ,{ $value }
bulk-stays-same = It has that already
bulk-stays-no-price = It has no price on this list
bulk-stays-below-zero = It would cost less than nothing
bulk-stays-gone = It is no longer there
bulk-stays-changed = Changed since
bulk-done = Products changed: { $value }
bulk-undone = Products as they were before: { $value }
bulk-undone-but = Undone, but for { $value } that somebody has changed since: they are listed below.
bulk-already-undone = This change was undone already
bulk-undone-by = Undone by { $who }
bulk-undo = Undo this change
bulk-undo-says = Gives every product its former value back. What somebody has changed since stays, and is listed here.
bulk-changed = Changed
bulk-stayed = Stayed
bulk-taken-back = As before
bulk-kept = Kept
bulk-products = Products
why-catalogue-bulk-nothing = Choose at least one product.
why-catalogue-bulk-too-many = At most { $most } products are changed at once: choose fewer.
why-catalogue-bulk-too-many-prices = These products have more than { $most } prices: choose fewer products.
why-catalogue-bulk-changed = Something changed since you looked. Nothing was done: this is how it is now.
why-catalogue-bulk-invalid-on-sale = The moment has passed: choose a later one.
why-catalogue-bulk-invalid-off-sale = Choose a later moment, after it goes on sale.
why-catalogue-bulk-invalid-tags = Name at least one tag.
why-catalogue-bulk-invalid-amount = A price is not below zero; a percentage is between -100 and 1000.
row-edit = Edit
row-edit-of = Edit { $value }
row-title = Title
row-price = Price
row-many-prices = Several prices
row-saved = Saved: { $value }
