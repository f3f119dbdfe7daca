# Productos: un cambio para muchos, y editar en la tabla.
bulk-edits = Cambios de varios
bulk-edits-says = Lo que se cambió en muchos productos a la vez. Cada cambio se puede deshacer.
bulk-no-edits = Aún no se ha cambiado nada en varios a la vez
bulk-no-edits-says = Marca productos en la lista, di qué cambiar y mira cada fila antes de que ocurra.
bulk-to-products = A los productos
bulk-pages = Páginas de cambios
bulk-pick-all = Elegir todos los productos de esta página
bulk-pick = Elegir { $value }
bulk-chosen = elegidos
bulk-change-chosen = Cambiar los elegidos…
bulk-change-found = Cambiar todos los encontrados…
bulk-keys = Espacio elige, Mayús con una flecha o un clic elige hasta ahí, Intro edita la fila.
bulk-nothing-chosen = Elige antes al menos un producto.
bulk-title = { $n ->
    [one] Cambiar 1 producto
   *[other] Cambiar { $n } productos
}
bulk-cut = La búsqueda encuentra más: estos son los primeros { $value }, los últimos cambiados delante. Cambia los demás después.
bulk-what = Qué debe cambiar
bulk-kind-price = Precio
bulk-kind-category = Categoría
bulk-kind-tags-add = Añadir etiquetas
bulk-kind-tags-remove = Quitar etiquetas
bulk-kind-vendor = Marca
bulk-kind-status = Estado
bulk-kind-publication = Publicación
bulk-list = Tarifa
bulk-how = Cómo
bulk-how-percent = En un porcentaje
bulk-how-amount = En un importe
bulk-how-set = A un importe
bulk-amount = Cuánto
bulk-amount-hint = Con un menos si es para bajar: -12,5
bulk-rounding = Terminación
bulk-rounding-none = Tal como salga
bulk-rounding-to = El más cercano que termine en ,{ $value }
bulk-empty-takes-away = Vacío la quita.
bulk-empty-plan = Los dos vacíos: se retira lo planeado. Hora de { $value }.
bulk-look = Ver qué cambia
bulk-no-list = Elige una tarifa.
bulk-no-amount = Escribe un número como 10, -12,5 o 19,95.
bulk-changing = { $n ->
    [one] Cambia 1 producto
   *[other] Cambian { $n } productos
}
bulk-staying = { $n ->
    [one] 1 producto se queda como está
   *[other] { $n } productos se quedan como están
}
bulk-none-changes = No cambiaría ningún producto.
bulk-now = Ahora
bulk-then = Después
bulk-why = Por qué
bulk-apply = { $n ->
    [one] Cambiar 1 producto
   *[other] Cambiar { $n } productos
}
bulk-none = nada
bulk-no-plan = nada planeado
bulk-from = desde { $value }
bulk-until = hasta { $value }
bulk-instead-of = en vez de { $value }
bulk-does-category = Categoría: { $value }
bulk-does-vendor = Marca: { $value }
bulk-does-tags-add = Etiquetas añadidas: { $value }
bulk-does-tags-remove = Etiquetas quitadas: { $value }
bulk-does-status = Estado: { $value }
bulk-does-publication = Publicación: { $value }
bulk-does-price = Precio { $sum } en «{ $list }»
bulk-does-ending = terminado en ,{ $value }
bulk-stays-same = Ya lo tiene
bulk-stays-no-price = No tiene precio en esta tarifa
bulk-stays-below-zero = Costaría menos que nada
bulk-stays-gone = Ya no está
bulk-stays-changed = Cambiado después
bulk-done = Productos cambiados: { $value }
bulk-undone = Productos como estaban antes: { $value }
bulk-undone-but = Deshecho, salvo { $value } que alguien ha cambiado después: están en la lista de abajo.
bulk-already-undone = Este cambio ya se deshizo
bulk-undone-by = Deshecho por { $who }
bulk-undo = Deshacer este cambio
bulk-undo-says = Devuelve a cada producto su valor anterior. Lo que alguien haya cambiado después se queda, y aparece aquí.
bulk-changed = Cambiado
bulk-stayed = Se quedó
bulk-taken-back = Como antes
bulk-kept = Se mantiene
bulk-products = Productos
why-catalogue-bulk-nothing = Elige al menos un producto.
why-catalogue-bulk-too-many = Como mucho se cambian { $most } productos a la vez: elige menos.
why-catalogue-bulk-too-many-prices = Estos productos tienen más de { $most } precios: elige menos productos.
why-catalogue-bulk-changed = Algo ha cambiado desde que miraste. No se ha hecho nada: así está ahora.
why-catalogue-bulk-invalid-on-sale = El momento ya ha pasado: elige otro posterior.
why-catalogue-bulk-invalid-off-sale = Elige un momento posterior, después de que salga a la venta.
why-catalogue-bulk-invalid-tags = Escribe al menos una etiqueta.
why-catalogue-bulk-invalid-amount = Un precio no baja de cero; un porcentaje está entre -100 y 1000.
row-edit = Editar
row-edit-of = Editar { $value }
row-title = Título
row-price = Precio
row-many-prices = Varios precios
row-saved = Guardado: { $value }
