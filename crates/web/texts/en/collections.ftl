# Collections: their page in the shop, and their builder in the studio.

collection-from-the-start = From the start
collection-nothing = Nothing here right now
collection-nothing-text = What fits this collection appears as soon as it is on sale.

collections = Collections
collection = Collection
collections-says = Shelves that fill themselves: a product that fits the rule comes in, one that no longer fits leaves.
collections-none = No collections yet
collections-none-says = Say which products you look for, and see which they are before you save.
collection-new = New collection
collection-make = Create collection
collection-made = { $value }: created
collection-gone = Collection deleted
collection-delete = Delete collection
collection-building = Filling up
collection-in-the-shop = See in the shop
collection-rule = Rule
collection-name-es = Name in Spanish
collection-name-en = Name in English
collection-name-hint = One language is enough; for example: Summer linen
collection-text-es = Text in Spanish
collection-text-en = Text in English
collection-slug = Address
collection-slug-hint = What follows /collections/; empty, it is made of the name
collection-order = Order
collection-order-hint = After those that you put first by hand
collection-order-newest = Newest first
collection-order-title = By name
collection-order-hand = By hand: what is new goes last
collection-who = Who comes in
collection-who-says = Products on sale that fit all conditions. Without conditions there are only those that you put first.
collection-add = Add a condition
collection-remove = Remove: { $value }
collection-kind-tag = Tag
collection-kind-category = Category
collection-kind-vendor = Brand
collection-kind-new = Newness
collection-line-tag = Has the tag
collection-line-category = Is of the category
collection-line-vendor = Is of the brand
collection-line-new = Was made in the last
collection-line-days = days
collection-line-wrong = The value is missing, or makes no sense
collection-says-tag = Tag { $value }
collection-says-category = Category { $value }
collection-says-vendor = Brand { $value }
collection-says-new = { $n ->
    [one] New today
   *[other] New in { $n } days
}
collection-says-hand = By hand only
collection-first = First, by hand
collection-first-says = They go first whether they fit the rule or not. Those not on sale wait for their place.
collection-find = Name or reference
collection-find-none = No product is called that, or it is there already
collection-pin = Put first
collection-pin-this = Put first: { $value }
collection-unpin = Do not put first: { $value }
collection-up = Move up
collection-up-this = Move up: { $value }
collection-inside = Would come in now
collection-look = See who comes in
collection-not-yet = Something is still to be filled in
collection-would-have = { $n ->
    [one] 1 product
   *[other] { $n } products
}
collection-would-have-at-least = More than { $n } products

why-catalogue-collection-no-name = Give it a name in one of the two languages.
why-catalogue-collection-too-long = It is too long: there is room for { $most } letters.
why-catalogue-collection-bad-slug = The address needs letters or digits.
why-catalogue-collection-slug-taken = Another collection has the address “{ $slug }” already.
why-catalogue-collection-bad-condition = A condition lacks its value.
why-catalogue-collection-too-many-conditions = A rule has at most { $most } conditions.
why-catalogue-collection-bad-pinned = One of the products put first no longer exists.
why-catalogue-collection-too-many-pinned = There is room for { $most } products by hand.
why-catalogue-collections-full = There are { $most } collections already; delete one first.
why-catalogue-collection-changed = Somebody changed it meanwhile. Open it again and repeat your changes.
