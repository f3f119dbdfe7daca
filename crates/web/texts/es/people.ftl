# Companies, segments, and what is learnt: the words of their pages.
# companies
companies = Empresas
company = Empresa
companies-says = Quienes compran para una empresa comparten su cuenta, sus pedidos y sus condiciones; cada persona sigue con su propia conversación.
companies-search = Nombre o NIF
companies-none = Aún no hay empresas
companies-none-says = Crea la primera y di quién compra para ella.
companies-nothing-fits = Prueba con el principio del nombre o con el NIF entero.
company-new = Nueva empresa
company-made = { $value }: creada
company-who = Quién es
company-name = Razón social
company-tax-id = NIF o IVA intracomunitario
company-tax-id-hint = Comprobamos sus cifras de control
company-terms = Condiciones
company-terms-says = Las ven quienes compran para ella y tu equipo. De momento no cambian precios ni cobros.
company-days = Días para pagar
company-days-hint = 0: paga al momento
company-price-list = Tarifa
company-limit = Límite de crédito
company-limit-hint = Vacío si no se ha pactado
company-pays = Pago
company-pays-at-once = Paga al momento
company-buyers = Quién compra
company-no-buyers = Nadie compra aún para esta empresa.
company-no-orders = Todavía no ha pedido nada.
company-order = Pedido
company-ordered-by = Quién lo pidió
company-ordered-on = Fecha
buyer-add = Añadir comprador
buyer-added = Ya compra para la empresa
buyer-removed = Ya no compra para la empresa
buyer-remove = Quitar
buyer-contact = Correo o teléfono
buyer-contact-hint = Si aún no es cliente, se crea su ficha
buyer-name-hint = Solo si es nuevo
buyer-role = Función
buyer-role-buyer = Compra
buyer-role-approver = Aprueba
buyer-role-admin = Administra
need-whole-number = Escribe un número entero
need-amount = Escribe un importe, por ejemplo 1.500
why-customers-invalid-tax-id = No es un NIF ni un IVA válido: revisa letras y cifras
why-customers-taken-tax-id = Otra empresa ya tiene ese NIF
why-customers-company-without-name = Falta el nombre
why-customers-too-long = Es demasiado largo: como mucho { $most } letras
why-customers-out-of-range = Tiene que estar entre 0 y { $most }
why-customers-too-many-buyers = Esta empresa ya tiene demasiados compradores
# in the account, the checkout and at the desk
account-companies = Tus empresas
account-company-orders = Pedidos de la empresa
account-company-you = Tu función
company-shared-says = Todos los que compran para { $value } ven estos pedidos. Tus conversaciones son solo tuyas.
company-own-order = Tú
checkout-for = ¿Para quién compras?
checkout-for-me = Para mí
checkout-for-company = Para { $value }
checkout-for-company-hint = Lo verán todos los que compran para la empresa
checkout-not-a-buyer = Ya no compras para esa empresa. Elige de nuevo para quién es.
desk-companies = Empresas
desk-segments = Segmentos
event-company-buyer-added = Compra para una empresa
event-company-buyer-changed = Cambia de función en una empresa
event-company-buyer-removed = Ya no compra para una empresa
# segments
segments = Segmentos
segment = Segmento
segments-says = Grupos de personas que se mantienen solos: quien cumple la condición entra, quien deja de cumplirla sale.
segments-none = Aún no hay segmentos
segments-none-says = Di en una frase a quién buscas y verás cuántas personas son.
segment-new = Nuevo segmento
segment-made = { $value }: creado
segment-make = Crear segmento
segment-gone = Segmento borrado
segment-delete = Borrar segmento
segment-change = Cambiar
segment-who = Quién está
segment-members = Miembros
segment-building = Calculando
segment-building-says = Estamos mirando a todo el mundo por primera vez. Quien ya aparece, cumple la condición.
segment-reach = Contacto
segment-since = Desde
segment-empty = Nadie por ahora
segment-empty-says = En cuanto alguien cumpla la condición, aparecerá aquí.
segment-name-hint = Por ejemplo: Compradores de Sevilla que se van
segment-people-for-whom = Personas que cumplen
segment-all-hold = todo esto
segment-any-holds = alguna de estas cosas
segment-is-not = no
segment-add = Añadir condición
segment-remove = Quitar: { $value }
segment-count = Contar
segment-not-yet = Falta algo por rellenar
segment-line-wrong = Revisa esta condición: falta algo o no se entiende
segment-needs-line = Añade al menos una condición
segment-nested = Esta condición se hizo por la API y tiene más niveles de los que caben aquí; puedes cambiar el nombre.
segment-everybody = Todo el mundo
segment-nobody = Nadie
segment-and = y
segment-or = o
segment-not = no: { $value }
segment-any-channel = cualquier canal
segment-any-place = cualquier lugar
segment-any-company = cualquier empresa
segment-bound-at-least = al menos
segment-bound-at-most = como mucho
segment-bound-before = antes del
segment-bound-after = desde el
segment-consent-granted = lo ha permitido
segment-consent-refused = lo ha rechazado
segment-kind-happened = Algo que ha pasado
segment-kind-spent = Lo que ha gastado
segment-kind-last = La última vez
segment-kind-postcode = Código postal
segment-kind-language = Idioma
segment-kind-consent = Permiso
segment-kind-prefers = Canal preferido
segment-kind-source = De dónde viene
segment-kind-identifier = Cómo podemos reconocerle
segment-kind-company = Compra para una empresa
segment-field-what = Qué
segment-field-bound = Al menos o como mucho
segment-field-times = Veces
segment-field-days = Días (vacío: siempre)
segment-field-channel = Canal
segment-field-place = Lugar
segment-field-amount = Importe
segment-field-day = Día
segment-field-prefixes = Comienzos, separados por comas
segment-field-locale = Idioma
segment-field-purpose = Para qué
segment-field-state = Respuesta
segment-field-identifier = Identificador
segment-field-company = Empresa
segment-line-happened-what = Con
segment-line-happened-days = veces, en los últimos días:
segment-ever = siempre
segment-line-happened-channel = por
segment-line-happened-place = en
segment-line-spent-bound = Ha gastado
segment-line-spent-days = en los últimos días:
segment-line-last-what = La última vez de
segment-line-last-bound = fue
segment-line-postcode-prefixes = Su código postal empieza por
segment-line-language-locale = Su idioma es
segment-line-consent-purpose = Para
segment-line-consent-channel = por
segment-line-prefers-channel = Prefiere
segment-line-source-channel = Llegó por
segment-line-identifier-identifier = Conocemos su
segment-line-company-company = Compra para
segment-says-postcode = código postal { $value }
segment-says-language = idioma { $value }
segment-says-consent-granted = permite: { $value }
segment-says-consent-refused = rechaza: { $value }
segment-says-prefers = prefiere { $value }
segment-says-source = llegó por { $value }
segment-says-identifier = conocemos su { $value }
segment-says-company = compra para { $value }
segment-says-any-company = compra para una empresa
segment-says-channel = por { $value }
segment-says-place = en { $value }
segment-says-spent-least = gastó al menos { $value }
segment-says-spent-most = gastó como mucho { $value }
segment-says-last-before = { $value } por última vez antes del { $day }
segment-says-last-after = { $value } después del { $day }
fact-order-placed = pedido hecho
fact-order-paid = pedido pagado
fact-order-cancelled = pedido cancelado
fact-order-changed = pedido cambiado
fact-fulfilment-collected = recogida en tienda
fact-fulfilment-delivered = entrega a domicilio
fact-return-received = devolución
fact-return-refunded = reembolso
fact-message-received = mensaje suyo
fact-matter-opened = consulta abierta
fact-cart-changed = cambio en la cesta
fact-visit-began = visita a la web
fact-customer-signed-in = inicio de sesión
fact-product-rated = valoración de un producto
fact-comment-noted = comentario público
why-customers-segment-without-name = Falta el nombre
why-customers-taken-name = Ya hay un segmento con ese nombre
why-customers-too-many-segments = Hay demasiados segmentos: borra alguno antes
why-customers-invalid-condition = La condición no se puede guardar: revisa sus valores
may-segments-edit = Crear y cambiar segmentos
# what is learnt, visits and comments
learnt-title = Lo que le va
learnt-title-yours = Lo que hemos aprendido de ti
learnt-yours-says = Solo mientras lo permitas en tus permisos. Si lo retiras, desaparece al momento.
learnt-usual-shop = Tienda habitual
learnt-size = Talla en { $value }
learnt-kind = Compra a menudo
learnt-in-the-account = en su cuenta
learnt-in-your-account = en tu cuenta
learnt-in-the-shop = en la tienda
learnt-by = por { $value }
learnt-allowed = lo permitió el { $day } { $place }
learnt-you-allowed = lo permitiste el { $day } { $place }
looked-title = Ha mirado
home-seen = Has mirado hace poco
home-seen-why = Porque lo miraste en este navegador o con tu cuenta
home-looked = Porque miraste { $value }
home-looked-why = Otras cosas parecidas; has permitido personalizar
home-wrote = Porque escribiste sobre { $value }
home-wrote-why = Tu comentario público como { $value }; has permitido personalizar
event-visit-began = Visita la web
event-comment-noted = Comenta en público
# ratings
ratings = Valoraciones
ratings-says = Lo que opinan quienes han comprado. Nadie lo ve hasta que alguien del equipo lo lee.
ratings-none = Nada por leer
ratings-none-says = Cuando alguien valore un producto, aparecerá aquí.
rating-publish = Publicar
rating-reject = Rechazar
rating-published = Publicada
rating-rejected = Rechazada
rating-yours = ¿Qué te parece?
rating-change = Cambia tu valoración
rating-waits = La publicaremos en cuanto la hayamos leído.
rating-stars-label = Estrellas
rating-text = Cuéntalo con tus palabras (si quieres)
rating-name = Nombre que verán los demás
rating-send = Enviar
rating-thanks = Gracias. La publicaremos en cuanto la hayamos leído.
rating-not-bought = Solo puede valorarlo quien lo ha comprado
rating-needs-stars = Elige de una a cinco estrellas
rating-nameless = Alguien que lo compró
decimal-mark = ,
event-product-rated = Valora un producto
company-pays-in = { $n ->
    [one] Paga a 1 día
   *[other] Paga a { $n } días
}
segment-says-days = { $n ->
    [one] en el último día
   *[other] en los últimos { $n } días
}
segment-n-members = { $n ->
    [0] Nadie por ahora.
    [one] 1 persona.
   *[other] { $n } personas.
}
segment-counted = { $n ->
    [one] 1 persona de { $all }.
   *[other] { $n } personas de { $all }.
}
segment-counted-newest = { $n ->
    [one] 1 de las { $all } personas más recientes.
   *[other] { $n } de las { $all } personas más recientes.
}
segment-says-at-least = { $n ->
    [one] { $value } al menos una vez
   *[other] { $value } al menos { $n } veces
}
segment-says-at-most = { $n ->
    [0] { $value }: ninguna vez
    [one] { $value } como mucho una vez
   *[other] { $value } como mucho { $n } veces
}
learnt-visits = { $n ->
    [one] 1 visita
   *[other] { $n } visitas
}
learnt-purchases = { $n ->
    [one] 1 compra
   *[other] { $n } compras
}
rating-stars = { $n ->
    [one] 1 estrella
   *[other] { $n } estrellas
}
rating-average = { $n ->
    [one] { $value } de 5, 1 valoración
   *[other] { $value } de 5, { $n } valoraciones
}
wait-now = ahora mismo
wait-about = unos { $value }
wait-closed = cerrado
wait-closed-until = cerrado, abre { $value }
wait-unknown = abierto, en cuanto podamos
why-conversations-transfer-ended = alguien se ha adelantado o ya no está en pie
why-conversations-offered-to-another = se ha ofrecido a otra persona
why-conversations-already-offered = Ya está ofrecido a alguien: retira antes esa oferta.
why-conversations-already-theirs = Ya lo lleva esa persona.
why-conversations-transfer-of-resolved = El asunto está resuelto.
why-conversations-in-the-past = Elige una hora que no haya pasado.
why-conversations-transfer-too-long = Como mucho { $limit } caracteres.
why-conversations-unknown-team = Ese equipo ya no existe.
