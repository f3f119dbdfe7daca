# Studio: whether every channel shows the same

parity = Mismo dato en cada canal
parity-says = Hilo se pregunta a sí mismo, producto a producto, qué enseñan la tienda web, el buscador, la API, el chat y los anuncios, y lo compara con el catálogo, los precios y las existencias.
parity-begins = La primera comprobación empieza en unos segundos.
parity-last = { $n ->
    [one] Un producto comprobado
   *[other] { $n } productos comprobados
 } desde el arranque. El último, { $name }, { $when }.
parity-none = Todos los canales dicen lo mismo
parity-none-says = Si alguno enseña otro precio, otro nombre o existencias que no hay, aparecerá aquí con su causa.
parity-product = Producto
parity-where = Dónde
parity-shown = Enseña
parity-right = Lo correcto
parity-cause = Causa
parity-since = Desde
parity-nothing = nada
parity-door-page = Página del producto
parity-door-search = Buscador
parity-door-api = API
parity-door-card = Tarjeta del chat
parity-door-feed = Anuncios
parity-aspect-presence = está o no está
parity-aspect-name = nombre
parity-aspect-price = precio
parity-aspect-stock = existencias
parity-value-in-stock = disponible
parity-value-out-of-stock = agotado
parity-value-true = a la vista
parity-value-false = no aparece
parity-cause-failing = El canal da un error
parity-cause-behind = Enseña lo de antes: todavía no se ha puesto al día
parity-cause-withdrawn = Enseña algo que ya no se vende
parity-cause-left-out = Falta algo que se vende
parity-cause-unknown = Calcula o lee otra cosa; conviene avisar a soporte
health-parity-fine = Todos los canales enseñan lo mismo.
health-parity-bad = { $n ->
    [one] Un dato se enseña distinto en algún canal.
   *[other] { $n } datos se enseñan distintos en algún canal.
 }
told-parity-differs = vio un dato distinto en un canal: { $name }
told-parity-agrees = vio que un canal vuelve a decir lo mismo: { $name }
