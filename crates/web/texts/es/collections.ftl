# Collections: their page in the shop, and their builder in the studio.

collection-from-the-start = Desde el principio
collection-nothing = Ahora mismo no hay nada aquí
collection-nothing-text = Lo que encaje en esta colección aparecerá en cuanto esté a la venta.

collections = Colecciones
collection = Colección
collections-says = Estanterías que se llenan solas: el producto que cumple la regla entra, el que deja de cumplirla sale.
collections-none = Aún no hay colecciones
collections-none-says = Di qué productos buscas y verás cuáles son antes de guardar.
collection-new = Nueva colección
collection-make = Crear colección
collection-made = { $value }: creada
collection-gone = Colección borrada
collection-delete = Borrar colección
collection-building = Rellenándose
collection-in-the-shop = Ver en la tienda
collection-rule = Regla
collection-name-es = Nombre en español
collection-name-en = Nombre en inglés
collection-name-hint = Basta en un idioma; por ejemplo: Lino de verano
collection-text-es = Texto en español
collection-text-en = Texto en inglés
collection-slug = Dirección
collection-slug-hint = Lo que va detrás de /collections/; vacía, sale del nombre
collection-order = Orden
collection-order-hint = Detrás de los que pongas a mano al principio
collection-order-newest = Lo más nuevo primero
collection-order-title = Por nombre
collection-order-hand = A mano: lo nuevo, al final
collection-who = Quién entra
collection-who-says = Los productos a la venta que cumplen todas las condiciones. Sin condiciones solo están los que pongas a mano.
collection-add = Añadir condición
collection-remove = Quitar: { $value }
collection-kind-tag = Etiqueta
collection-kind-category = Categoría
collection-kind-vendor = Marca
collection-kind-new = Novedad
collection-line-tag = Tiene la etiqueta
collection-line-category = Es de la categoría
collection-line-vendor = Es de la marca
collection-line-new = Se creó en los últimos
collection-line-days = días
collection-line-wrong = Falta el valor, o no se entiende
collection-says-tag = Etiqueta { $value }
collection-says-category = Categoría { $value }
collection-says-vendor = Marca { $value }
collection-says-new = { $n ->
    [one] Nuevo de hoy
   *[other] Nuevo en { $n } días
}
collection-says-hand = Solo a mano
collection-first = Los primeros, a mano
collection-first-says = Van delante cumplan o no la regla. Los que no están a la venta esperan su sitio.
collection-find = Nombre o referencia
collection-find-none = Ningún producto se llama así, o ya está puesto
collection-pin = Poner
collection-pin-this = Poner al principio: { $value }
collection-unpin = Quitar del principio: { $value }
collection-up = Subir
collection-up-this = Subir: { $value }
collection-inside = Ahora entrarían
collection-look = Ver quién entra
collection-not-yet = Falta algo por rellenar
collection-would-have = { $n ->
    [one] 1 producto
   *[other] { $n } productos
}
collection-would-have-at-least = Más de { $n } productos

why-catalogue-collection-no-name = Ponle un nombre en alguno de los dos idiomas.
why-catalogue-collection-too-long = Es demasiado largo: caben { $most } letras.
why-catalogue-collection-bad-slug = La dirección necesita letras o números.
why-catalogue-collection-slug-taken = Otra colección ya tiene la dirección «{ $slug }».
why-catalogue-collection-bad-condition = A una condición le falta el valor.
why-catalogue-collection-too-many-conditions = Una regla tiene como mucho { $most } condiciones.
why-catalogue-collection-bad-pinned = Uno de los productos puestos a mano ya no existe.
why-catalogue-collection-too-many-pinned = A mano caben { $most } productos como mucho.
why-catalogue-collections-full = Ya hay { $most } colecciones; borra una antes.
why-catalogue-collection-changed = Alguien la ha cambiado mientras tanto. Vuelve a abrirla y repite tus cambios.
