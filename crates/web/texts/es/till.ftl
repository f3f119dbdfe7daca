# Palabras de la caja.
till-refused = { $value }
till-ok = Cambiar
till-find = Escanea o busca cualquier cosa
till-find-hint = Producto, código, tarjeta, teléfono, pedido…
till-found-for = Resultados de «{ $value }»
till-nothing = No hay nada con ese código ni con ese nombre
till-nothing-text = Puede ser un producto, un código de barras, una tarjeta, un teléfono, un correo, un número de pedido o un código de recogida.
till-similar = Nada coincide del todo; esto es lo más parecido.
till-nameless = Sin nombre
till-and-more = { $value } y { $n } más
till-where = ¿En qué tienda estás?
till-where-text = Las ventas, las recogidas y las devoluciones de este dispositivo serán de esta tienda. Puedes cambiarla cuando quieras.
till-your-shop = Tu tienda
till-change-shop = Cambiar de tienda
till-n-to-pick = { $n ->
    [one] 1 pedido por preparar
   *[other] { $n } pedidos por preparar
}
till-n-ready = { $n ->
    [one] 1 listo para recoger
   *[other] { $n } listos para recoger
}
till-no-products = Aún no hay productos
till-no-products-text = Los productos a la venta aparecerán aquí. Se añaden en el estudio.
till-no-price = Sin precio
till-from = desde { $value }
till-gone = Producto retirado
till-not-for-sale = Ya no está a la venta
till-why = ¿Por qué este precio?
till-variants = Colores y tallas con sus existencias
till-all-variants = Todos los colores y tallas
till-grid-legend = En grande, lo que hay aquí; debajo, lo que hay en las demás tiendas y el almacén.
till-n-here = { $n ->
    [0] ninguna aquí
    [one] 1 aquí
   *[other] { $n } aquí
}
till-n-elsewhere = { $n ->
    [0] ninguna en otros sitios
    [one] 1 en otros sitios
   *[other] { $n } en otros sitios
}
till-stock-of-it = Existencias aquí, cerca y para envío
till-here = Aquí, { $value }
till-online = Para enviar
till-shop-near = { $place }, a { $far } ({ $n } ud.)
till-collect = Recoger allí
till-collect-where = Tienda donde recoger
till-nowhere = Ahora mismo no queda en ningún sitio.
till-stock-find = Producto, SKU o código de barras
till-stock-empty = ¿Qué buscas?
till-stock-empty-text = Escribe o escanea un producto y verás cuánto hay aquí, cerca y para enviar.
till-stock-nothing = Comprueba el código o busca por el nombre del producto.
till-way-take-now = Se lo lleva ahora
till-way-take-at = Se lo lleva en { $value }
till-way-collect-here = Lo recoge aquí
till-way-collect-at = Lo recoge en { $value }
till-way-collect-with = Lo recoge en { $place } ({ $n } ud.)
till-way-deliver = Envío a casa
till-way-deliver-to = Envío a { $value }
till-way-of = Cómo lo recibe: { $value }
till-few-here = { $n ->
    [0] No queda aquí
    [one] Solo queda 1 aquí
   *[other] Solo quedan { $n } aquí
}
till-few-to-send = { $n ->
    [0] No queda para enviar
    [one] Solo queda 1 para enviar
   *[other] Solo quedan { $n } para enviar
}
till-one-less = Una unidad menos de { $value }
till-one-more = Una unidad más de { $value }
till-remove = Quitar { $value }
till-added = Añadido a la cesta
till-empty = La cesta está vacía
till-empty-text = Escanea un producto, o una tarjeta para seguir con la cesta que la persona empezó en casa.
till-cart-empty = La cesta está vacía
till-take-all = Se lo lleva todo ahora
till-discount = Descuento
till-delivery = Envío
till-free = gratis
till-tax = Impuestos incluidos
till-total = Total
till-charge = Cobrar { $value }
till-mend-first = Arregla lo marcado para poder cobrar.
till-next-customer = Siguiente cliente
till-ended = Caja lista para la siguiente persona
till-see-cart = { $n ->
    [one] Cesta, 1 artículo
   *[other] Cesta, { $n } artículos
}
till-who = ¿Para quién?
till-other-cart = Esa cesta ya no está en esta caja. No se ha cobrado nada.
till-address = ¿A dónde lo enviamos?
till-for = Para
till-better-known = Si identificas a la persona podrá seguir su envío.
till-recipient = Quién lo recibe
till-street = Calle, número y piso
till-postcode = Código postal
till-city = Población
till-region = Provincia
till-missing = Falta este dato
till-no-delivery-there = No enviamos a ese código postal
till-go-pay = Seguir y cobrar
till-back-to-cart = Volver a la cesta
till-charging = Cobrar
till-to-charge = A cobrar
till-method-cash = Efectivo
till-method-card-terminal = Tarjeta en el datáfono
till-method-gateway = Pago en línea
till-method-pay-link = Enlace de pago
till-given = Entregado
till-exactly = Justo: { $value }
till-charge-it = Cobrar
till-part = Solo una parte
till-part-hint = El resto se cobra de otra manera en el paso siguiente.
till-amount = Importe
till-reference = Número de recibo del datáfono
till-reference-hint = Está en el papel del datáfono; nunca escribas aquí el número de la tarjeta.
till-card-paid = La tarjeta ha pagado
till-link-text = La persona escanea un código con su móvil y paga allí.
till-link-show = Mostrar el código
till-choose-tender = Elige cómo se paga
till-not-an-amount = Escribe un importe, por ejemplo 50 o 49,90
till-too-little = Faltan { $value }. Marca «Solo una parte» si el resto se paga de otra manera.
till-too-much = Es más de lo que se debe: { $value }
till-reference-missing = Falta el número de recibo
till-paid = Pagado
till-change = Cambio
till-of-given = de { $value } entregados
till-still-due = Queda por cobrar
till-scan-to-pay = Escanear para pagar { $value }
till-scan-to-pay-text = En cuanto pague, esta página lo dirá.
till-qr-pay = Código QR del enlace de pago
till-qr-order = Código QR del pedido
till-receipt = Recibo
till-return = Devolver
till-new-sale = Nueva venta
till-work-on-it = Preparar o entregar
till-back-to-order = Pedido
till-print = Imprimir
till-tax-at = Impuestos al { $value }, incluidos
till-receipt-foot = Cambios y devoluciones: 30 días en cualquier tienda, con este código.
till-served-by = Te ha atendido { $value }
till-given-back = Devuelto · { $value }
till-returned-n = { $n ->
    [one] 1 devuelta
   *[other] { $n } devueltas
}
till-part-carry-out = Entregado en mano · { $value }
till-part-collect = Recogida · { $value }
till-part-deliver = Envío · { $value }
till-state-waiting = Por pagar
till-state-pending = Por preparar
till-state-picking = En preparación
till-state-ready = Listo para recoger
till-state-collected = Entregado
till-state-packed = Empaquetado
till-state-shipped = Enviado
till-state-delivered = Entregado en casa
till-state-cancelled = Cancelado
till-state-placed = Por pagar
till-state-paid = Pagado
till-state-fulfilling = En curso
till-state-completed = Completo
till-state-partly-returned = Devuelto en parte
till-state-returned = Devuelto
till-state-ordered = Ya es un pedido
till-state-merged = Unida a otra cesta
till-state-abandoned = Abandonada
till-state-open = Abierta
till-order-placed = Por pagar
till-order-paid = Pagado
till-order-fulfilling = En curso
till-order-completed = Completo
till-order-partly-returned = Devuelto en parte
till-order-returned = Devuelto
till-order-cancelled = Cancelado
till-customer-find = Tarjeta, teléfono, correo o nombre
till-latest = Los últimos
till-nobody = Nadie con esos datos
till-nobody-text = Comprueba lo escrito o añade a la persona aquí al lado.
till-add-customer = Añadir cliente
till-add-customer-text = Basta un dato. Si ya lo tiene alguien, te llevamos a su ficha.
till-add = Añadir
till-name = Nombre
till-phone = Teléfono
till-email = Correo electrónico
till-card = Tarjeta
till-card-hint = Escanea o escribe el número de la tarjeta de cliente
till-bad-card = Una tarjeta tiene de 4 a 40 letras y cifras
till-bad-phone = Ese teléfono no existe; por ejemplo 612 34 56 78
till-bad-email = Falta algo en el correo; por ejemplo ana@ejemplo.es
till-one-is-needed = Hace falta un teléfono, un correo o una tarjeta
till-customer-added = Cliente añadido
till-customer-known = Ya conocíamos a esta persona
till-serve = Empezar su cesta
till-continue-cart = { $n ->
    [one] Seguir con su cesta (1 artículo)
   *[other] Seguir con su cesta ({ $n } artículos)
}
till-joins = { $n ->
    [one] El artículo que hay en la caja se une a su cesta.
   *[other] Los { $n } artículos que hay en la caja se unen a su cesta.
}
till-known-as = La conocemos por
till-proven = comprobado
till-add-identifier = Otra tarjeta, teléfono o correo
till-bad-identifier = «{ $value }» no es una tarjeta, un teléfono ni un correo
till-identifier-added = Añadido: { $value }
till-identifier-already = Ya lo teníamos: { $value }
till-identifier-elsewhere = { $value } es de otra ficha. Queda apuntado por si son la misma persona.
till-permissions = Lo que permite
till-no-answer = Aún no ha dicho nada. Pregunta antes de escribirle.
till-allows = Sí: { $value }
till-forbids = No: { $value }
till-usual-sizes = Suele llevar
till-no-personalisation = No ha permitido que aprendamos de sus compras, así que no las resumimos.
till-latest-orders = Últimos pedidos
till-no-orders = Aún no ha comprado
till-no-orders-text = Sus pedidos de la web, la tienda y el teléfono aparecerán aquí.
till-no-thread = Aún no hay nada en su hilo.
till-code = Código de recogida
till-hand-over = Entregar
till-handed-over = Entregado a { $value }
till-without-code = No tiene el código
till-document-seen = He visto un documento con su nombre
till-look-at-a-document = Sin código, mira un documento con su nombre y marca la casilla.
till-queue-pick = Por preparar
till-queue-pick-empty = No hay nada por preparar. Lo que se compre para recoger o enviar desde aquí saldrá en esta lista.
till-queue-ready = Listos para recoger
till-queue-ready-empty = No hay nada esperando.
till-queue-send = Por enviar
till-queue-send-empty = No hay paquetes.
till-step-pending = Devolver a la lista
till-step-picking = Empiezo yo
till-step-ready = Está listo
till-step-packed = Está empaquetado
till-now-pending = { $value } vuelve a la lista
till-now-picking = { $value } está en tus manos
till-now-ready = { $value } está listo; avisamos al cliente
till-now-packed = { $value } está empaquetado
till-now-collected = { $value } entregado
till-now-shipped = { $value } enviado
till-send = Dar al transportista
till-carrier = Transportista
till-tracking = Número de seguimiento
till-parcel-missing = Hacen falta el transportista y el número de seguimiento.
till-see-order = Ver el pedido
till-left-on = Ya salió: { $value }.
till-lies-in = Está en { $value }; se entrega allí.
till-returns-text = De cualquier pedido, comprado donde sea. El dinero vuelve por donde vino y lo devuelto se queda en esta tienda.
till-return-find = Nº de pedido, QR, tarjeta, teléfono o correo
till-returns-empty = ¿De qué pedido es?
till-returns-empty-text = Escanea el código del recibo o del correo, o busca por tarjeta, teléfono, correo o número.
till-returns-nothing = No hay pedidos con eso. Prueba con otro dato de la persona.
till-return-of = Devolución de { $value }
till-return-until = Se puede devolver hasta el { $value }
till-refused-not-handed-over = Aún no se ha entregado: se puede cancelar, no devolver
till-refused-cancelled = Se canceló
till-refused-all-returned = Ya se devolvió todo
till-refused-too-late = Se acabó el plazo de devolución
till-how-many = Cuántas
till-condition = Estado
till-as-new = Como nuevo
till-damaged = Dañado
till-reason = Motivo
till-optional = (si lo dice)
till-see-refund = Ver qué se devuelve
till-gives-back = Se devuelve
till-to-way = A { $value }
till-restocked = { $n ->
    [one] 1 unidad vuelve a la venta en { $place }.
   *[other] { $n } unidades vuelven a la venta en { $place }.
}
till-nothing-restocked = Nada vuelve a la venta.
till-take-back = Recibir y devolver { $value }
till-change-choice = Cambiar la elección
till-given-back-total = Devuelto
till-cash-back = Da en efectivo
till-came-in = Recibido en { $value }
till-exchange = Llevarse otra cosa
till-return-requested = Pedida
till-return-received = Recibida
till-return-refunded = Devuelta
till-return-rejected = Rechazada
till-problem-orders-cart-changed = La cesta ha cambiado mientras tanto. Mira el importe otra vez; no se ha cobrado nada.
till-problem-orders-cart-closed = Esa cesta ya está cerrada.
till-problem-orders-cart-not-found = Esa cesta ya no existe.
till-problem-orders-cart-line-not-found = Alguien ha quitado esa línea.
till-problem-orders-cart-full = La cesta está llena: 100 líneas como mucho.
till-problem-orders-bad-quantity = Una línea tiene de 1 a 999 unidades.
till-problem-orders-empty = La cesta está vacía.
till-problem-orders-address-missing = Falta la dirección de envío.
till-problem-orders-key-taken = Otra persona ya ha cobrado esta cesta.
till-problem-inventory-out-of-stock = { $available ->
    [0] Ya no queda { $sku }. No se ha cobrado nada.
   *[other] Solo quedan { $available } de { $sku }. No se ha cobrado nada.
}
till-problem-flows-not-for-sale = { $sku } ya no está a la venta.
till-problem-flows-wrong-location = Ese sitio no puede servirlo.
till-problem-flows-cannot-deliver = No enviamos a esa dirección.
till-problem-flows-nothing-due = No hay nada que cobrar: el pedido está { $state }.
till-problem-flows-tenders-exceed = Es más de lo que se debe.
till-problem-flows-nobody-to-ask = Para mostrar un enlace hay que saber de quién es el pedido.
till-problem-payments-missing-reference = Falta el número de recibo del datáfono.
till-problem-pricing-no-price = Hay algo sin precio; quítalo o pide ayuda.
till-problem-pricing-no-tax-rate = Falta un tipo de impuesto; pide ayuda.
till-problem-orders-unknown-code = Ningún pedido tiene ese código.
till-problem-orders-collect-elsewhere = Está en { $place }; se entrega allí.
till-problem-orders-not-ready = Aún no está listo: está { $state }.
till-problem-orders-already-collected = Ya se entregó: { $collected_at }. No se entrega dos veces.
till-problem-orders-ambiguous-code = Dos pedidos tienen este código: busca por el número de pedido.
till-problem-orders-fulfilment-state = Ya no se puede: otra persona ha dado el paso antes.
till-problem-orders-empty-return = Di cuántas unidades vuelven.
till-problem-orders-return-refused = No se puede devolver. { $why }.
till-problem-orders-return-too-many = { $available ->
    [0] Ya se devolvió todo. No se ha devuelto nada más.
   *[other] Solo se pueden devolver { $available }. No se ha devuelto nada.
}
till-problem-payments-too-much = Es más de lo que se pagó y no se ha devuelto.
till-method-gift-card = Tarjeta regalo
till-gift-card-hint = Escanéala o escribe su código. Si no llega, el resto queda por pagar.
till-gift-card-pay = Cobrar de la tarjeta
till-gift-card-made = Tarjeta regalo de { $value }
till-gift-card-give = Da este código a quien devuelve; también está en su pedido.
till-problem-payments-unknown-gift-card = No hay ninguna tarjeta con este código. Míralo otra vez.
till-problem-payments-empty-gift-card = En esta tarjeta ya no queda saldo.
till-problem-payments-cash-limit = La ley no deja cobrar tanto en efectivo. Cobra el resto de otra forma.
