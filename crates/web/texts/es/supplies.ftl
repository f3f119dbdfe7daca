coming = Por llegar
coming-says = Lo que traerán los proveedores, lo primero antes. Lo que llega va primero a quien ya lo compró.
coming-pages = Páginas de lo que llega
coming-none = Nada por llegar
coming-none-says = Apunta un pedido a un proveedor desde la página de una variante, o deja que Hilo proponga qué reponer.
coming-day = Llega el
coming-late = Con retraso
coming-outstanding = Faltan
coming-promised-to = Prometidas
coming-on-its-way = En camino
coming-change = Cambiar
coming-in-all = Cuántas en total
coming-call-off = Anular el resto
coming-called-off = Anulado; no llega nada más
coming-choose-day = Elige un día.
coming-expected = Apuntado: llegan { $value }
coming-promised = { $n ->
    [0] Todas están prometidas a clientes. Cambia el día, o cancela antes sus pedidos.
    [one] Solo 1 no está prometida a clientes. Cambia el día, o cancela antes sus pedidos.
   *[other] Solo { $n } no están prometidas a clientes. Cambia el día, o cancela antes sus pedidos.
}
coming-n = { $n ->
    [one] falta 1
   *[other] faltan { $n }
}
coming-n-promised = { $n ->
    [0] ninguna prometida
    [one] 1 prometida a clientes
   *[other] { $n } prometidas a clientes
}
coming-supplier = Proveedor
coming-reference = Número de pedido
coming-reference-hint = Como lo llama el proveedor, p. ej. PO-1042.
act-expect = Esperar
policy = Si no queda
policy-deny = Está agotado
policy-backorder = Se vende lo que está por llegar
policy-preorder = Se reserva: todavía no ha salido
policy-hint = Cada cliente ve el día y solo se promete lo que viene de camino.
reorder = Reponer
reorder-says = Lo que pedir para no quedarse corto, según lo vendido en los últimos { $value } días. Lo que menos dura, primero.
reorder-cover = Para cuántos días
reorder-cover-days = { $n ->
    [one] Para 1 día
   *[other] Para { $n } días
}
reorder-none = No hace falta pedir nada
reorder-none-says = Lo que hay y lo que llega bastan para esos días.
reorder-order = Pedir
reorder-sold = Vendidas
reorder-lasts-head = Duran
reorder-lasts = { $n ->
    [0] menos de un día
    [one] 1 día
   *[other] { $n } días
}
reorder-choose = Marca qué pedir.
reorder-place = Apuntar lo marcado
reorder-ordered = Apuntados: { $value }
move-reserved = Vendido
reorder-elsewhere = { $place } tiene { $n }: tráelas
why-inventory-is-bundle = Es un lote: solo tiene las existencias de sus partes. Cambia las de ellas.
why-inventory-unknown-supply = De eso ya no falta nada por llegar.
why-inventory-too-long = Como mucho 80 caracteres.
