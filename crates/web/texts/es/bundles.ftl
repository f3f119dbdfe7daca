# Lotes: variantes hechas de otras
parts = Partes del lote
parts-of = Partes de { $value }
parts-says = Un lote se vende con su título y su precio, y de las existencias de sus partes. Sin partes es un artículo con existencias propias.
parts-code = SKU o código de barras
parts-count = Unidades
parts-link = Partes
parts-enough-for = { $n ->
    [0] no quedan
    [one] quedan para { $n } lote
   *[other] quedan para { $n } lotes
  }
parts-can-be-made = { $n ->
    [0] Ahora no se puede vender ninguno
    [one] Ahora se puede vender { $n }
   *[other] Ahora se pueden vender { $n }
  }
product-inside = Incluye
version-field-parts = Partes del lote
why-flows-bundle-has-stock = { $sku } tiene existencias propias en { $place }. Un lote solo tiene las de sus partes: ajústalas antes a cero.
why-catalogue-part-itself = Un lote no puede ser parte de sí mismo: elige otro artículo.
why-catalogue-part-unknown = Ese artículo no existe: búscalo otra vez.
why-catalogue-part-twice = Está dos veces: déjalo una, con las unidades de las dos.
why-catalogue-part-quantity = De 1 a { $most } unidades.
why-catalogue-part-is-bundle = { $sku } ya es un lote: pon sus partes.
why-catalogue-part-is-service = { $sku } es un servicio, y un lote está hecho de artículos.
why-catalogue-part-of-bundle = { $sku } es parte de otro lote: quítalo antes de allí.
why-catalogue-part-too-many = Como mucho { $most } partes: quita una antes.
