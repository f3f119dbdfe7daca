# Bundles: variants made of others
parts = Parts of the bundle
parts-of = Parts of { $value }
parts-says = A bundle is sold under its own title and price, out of the stock of its parts. Without parts it is an item with stock of its own.
parts-code = SKU or barcode
parts-count = Units
parts-link = Parts
parts-enough-for = { $n ->
    [0] none left
    [one] left for { $n } bundle
   *[other] left for { $n } bundles
  }
parts-can-be-made = { $n ->
    [0] None can be sold now
    [one] { $n } can be sold now
   *[other] { $n } can be sold now
  }
product-inside = Inside
version-field-parts = Parts of the bundle
why-flows-bundle-has-stock = { $sku } has stock of its own in { $place }. A bundle has that of its parts only: count it down to nothing first.
why-catalogue-part-itself = A bundle is not made of itself: choose another item.
why-catalogue-part-unknown = There is no such item: look it up again.
why-catalogue-part-twice = It stands there twice: leave it once, with the units of both.
why-catalogue-part-quantity = 1 to { $most } units.
why-catalogue-part-is-bundle = { $sku } is a bundle itself: name its parts.
why-catalogue-part-is-service = { $sku } is a service, and a bundle is made of things.
why-catalogue-part-of-bundle = { $sku } is part of another bundle: take it out there first.
why-catalogue-part-too-many = At most { $most } parts: take one out first.
