# Long because: all words of one face, so that a translator reads them in one go.
# La tienda: inicio, listas, productos, cesta, pago, pedidos, cuenta, ayuda.
store-you = Tu cuenta
store-reduced = Rebajado
store-new = Nuevo
store-no-price = Precio en tienda
store-from = desde { $value }
store-more-colours = { $n ->
    [one] y 1 color más
   *[other] y { $n } colores más
}
store-products = { $n ->
    [one] 1 producto
   *[other] { $n } productos
}
free = Gratis
summary = Resumen

home-see-all = Ver todo
home-collect = Recógelo hoy
home-collect-text = en la tienda que lo tenga, sin coste
home-deliver = Mañana en casa
home-deliver-text = si pides antes de las 16:00 en día laborable
home-return = Devuelve donde quieras
home-return-text = en cualquier tienda, venga de donde venga
home-thread = Un solo hilo
home-thread-text = chat, WhatsApp o correo: seguimos donde lo dejaste
home-categories = Por dónde empezar
home-new = Recién llegado
home-empty = Estamos colocando las estanterías
home-empty-text = Aquí verás nuestros productos en cuanto los pongamos a la venta. Mientras tanto, puedes hablar con nosotros.
home-shops = Nuestras tiendas
home-shops-near = Tiendas cerca de la tuya
home-all-shops = Todas las tiendas

list-all = Todos los productos
list-for = Resultados de «{ $value }»
list-similar = No hay nada que diga exactamente «{ $value }». Esto es lo más parecido.
list-sort = Ordenar
list-apply = Aplicar
list-filter = Filtros
list-chosen = Filtros elegidos
list-take-out = quitar
list-clear = Quitar todo
list-none = No hemos encontrado nada así
list-none-text = Prueba con otra palabra o con menos filtros. Si buscas algo concreto, pregúntanos por el chat.
list-pages = Páginas de la lista
list-previous = Anteriores
list-next = Siguientes
list-span = { $from }–{ $to } de { $total }
facet-category = Sección
facet-colour = Color
facet-size = Talla
facet-material = Material
facet-place = Disponible ahora
facet-anywhere = En cualquier sitio
facet-delivery = A domicilio
sort-ours = Nuestra selección
sort-fitting = Lo más parecido
sort-newest = Novedades
sort-price = Precio: de menos a más
sort-price-down = Precio: de más a menos
suggestions = Sugerencias
suggestions-none = Nada que se parezca a «{ $value }»
suggestions-all = { $n ->
    [one] Ver el único resultado
   *[other] Ver los { $n } resultados
}

product-colour = Color
product-tax-included = impuestos incluidos
product-tax-added = más impuestos
product-reduced = { $value }
product-way = Cómo lo quieres
product-collect-where = Tienda de recogida
product-add = Añadir a la cesta
product-ask = Pregunta a quien sabe
product-share = Compartir
product-about = Sobre esta prenda
product-facts = Material, cuidado y origen
product-sku = Referencia
product-more = También te puede gustar
product-service = Este servicio se hace en tienda. Acércate o escríbenos y te damos cita.
product-choose-size = Elige una opción para ver cuándo puedes tenerla
product-sold-out = Agotado en todas partes
product-gone-text = Mira otro color o talla, o pregúntanos: puede que vuelva.
product-last = { $n ->
    [one] Queda 1 unidad en total
   *[other] Quedan { $n } unidades en total
}
product-in-stock = Disponible
size-gone = agotada
size-left = { $n ->
    [one] queda 1
   *[other] quedan { $n }
}
stock-by-shop = Dónde lo hay ahora
stock-live = Existencias al momento: si cambian, cambia esta página.
stock-none = No queda
stock-yes = Sí hay
stock-left = { $n ->
    [one] Queda 1
   *[other] Quedan { $n }
}
stock-online = Para enviar a casa
stock-online-says = Sale de nuestro almacén
way-deliver = En casa { $value }
way-deliver-none = No se puede enviar
way-deliver-none-why = Solo queda en tienda: recógelo
way-deliver-cost = Envío { $value }
way-deliver-free = Envío gratis
way-collect = { $shop }: { $when }
way-collect-none = No está en ninguna tienda
way-collect-none-why = Te lo enviamos a casa
way-collect-cost = Recogida gratis, te avisamos cuando esté listo
ready-today = hoy desde las { $value }
ready-tomorrow = mañana desde las { $value }
ready-day = el { $day } desde las { $time }

shops-text = Ordena por cercanía con tu código postal. Sin mapas que cargar ni datos que ceder.
shops-postcode = Código postal
shops-sort = Ordenar
shops-near-me = Cerca de mí
shops-by-place = Ordenadas por distancia desde donde estás.
shops-unknown = No reconocemos el código postal «{ $value }». Las mostramos por nombre.
shops-none = Todavía no hay tiendas
shops-none-text = Puedes comprar aquí y recibirlo en casa.
shops-hours = Horario
shops-choose = Elegir esta tienda
shops-way = Cómo llegar
shop-chosen = Tu tienda es { $value }
shop-closed = Cerrada
shop-open-until = Abierta hasta las { $value }
shop-opens-today = Cerrada; abre hoy a las { $value }
shop-opens-tomorrow = Cerrada; abre mañana a las { $value }
shop-opens-day = Cerrada; abre el { $day } a las { $time }

cart-see = Ver la cesta
cart-got = En la cesta: { $value }
cart-taken-out = Lo hemos quitado de la cesta
cart-empty = Tu cesta está vacía
cart-empty-text = Lo que añadas se queda aquí, en este y en tus otros dispositivos si entras en tu cuenta.
cart-checkout = Tramitar pedido
cart-not-held = La cesta no reserva: se aparta al hacer el pedido.
cart-take-to-shop = Seguir en una tienda
cart-shared = Di este código en la caja: { $value }
cart-code = Código para la caja:
cart-added-by = { $value } lo ha puesto por ti
cart-changed-by = { $value } lo ha cambiado por ti
line-less = Uno menos de { $value }
line-more = Uno más de { $value }
line-quantity = Cantidad
line-way = Cómo quieres { $value }
line-change = Cambiar
line-remove = Quitar
line-units = { $n ->
    [one] 1 unidad
   *[other] { $n } unidades
}
line-came-back = { $n ->
    [one] 1 devuelta
   *[other] { $n } devueltas
}
line-deliver = A casa
line-collect = Recoger en { $value }
line-not-for-sale = Ya no está a la venta. Quítalo para seguir.
line-gone = Se ha agotado de esta forma. Elige otra o quítalo.
line-left = { $n ->
    [one] Solo queda 1 de esta forma.
   *[other] Solo quedan { $n } de esta forma.
}
total-goods = Productos
total-discount = Descuento
total-delivery = Envío
total-collect = Recogida
total = Total
total-tax = Incluye { $value } de impuestos

checkout = Tu pedido
checkout-sign-in = ¿Tienes cuenta? Entra y no tendrás que escribir tus datos
checkout-ways = Cómo llega cada cosa
checkout-you = Quién eres
checkout-where = Adónde lo enviamos
checkout-pay = Cómo pagas
checkout-note = Algo que debamos saber
checkout-note-hint = Por ejemplo, si es un regalo
checkout-place = Hacer el pedido y pagar { $value }
checkout-place-plain = Hacer el pedido
checkout-returns = 30 días para devolver, en cualquier tienda
checkout-ask = ¿Dudas? Pregunta sin salir de aquí
checkout-kept = Tus datos siguen en el formulario y no se ha cobrado nada.
checkout-gone = { $value } se acaba de agotar de la forma que elegiste.
checkout-left = { $n ->
    [one] De { $name } solo queda 1 de la forma que elegiste.
   *[other] De { $name } solo quedan { $n } de la forma que elegiste.
}
checkout-not-for-sale = { $value } ya no está a la venta.
checkout-changed = La cesta ha cambiado mientras tanto. Revísala y vuelve a confirmar.
checkout-cannot-deliver = No llegamos al código postal { $value }. Puedes recogerlo en una tienda.
checkout-contact = Necesitamos un correo o un teléfono para avisarte.
checkout-refused = El pedido no ha podido ser. Revisa la cesta y prueba otra vez.
field-full-name = Nombre y apellidos
field-email = Correo electrónico
field-email-hint = Para el seguimiento; nada de publicidad sin tu permiso
field-phone = Teléfono
field-phone-hint = Basta con uno de los dos
field-street = Calle, número y piso
field-street-hint = Por ejemplo, Calle Mayor 1, 2.º B
field-postcode = Código postal
field-city = Localidad
field-region = Provincia (si quieres)
field-country = País
country-es = España
field-too-long = Es demasiado largo
need-name = Falta tu nombre
need-street = Falta la calle y el número
need-city = Falta la localidad
need-contact = Deja un correo o un teléfono: lo necesitamos para avisarte
bad-email = Este correo no parece completo
bad-phone = Este teléfono no parece completo
bad-postcode = Un código postal tiene cinco cifras
pay-online = Con tarjeta, ahora
pay-online-hint = Pasas a la página segura de la pasarela
pay-shop = En la tienda, al recoger
pay-shop-hint = Te lo guardamos 24 horas

pay-title = Pago
pay-test = Pasarela de pruebas
pay-for = Pedido { $value }
pay-test-card = Tarjeta de prueba
pay-test-text = Aquí no se cobra nada de verdad: elige qué contesta el banco.
pay-approve = Pagar { $value }
pay-decline = Que el banco la rechace
pay-declined = El banco ha rechazado el pago
pay-declined-text = No se ha cobrado nada. Puedes probar otra vez: tu pedido te espera media hora.
pay-closed = Este pago ya no está abierto.
pay-way-any = Pagar { $value }
pay-way-card = Pagar { $value } con tarjeta
pay-way-bizum = Pagar { $value } con Bizum
pay-safe = Pagas en la página segura de la pasarela: nosotros no vemos los datos de tu tarjeta.
pay-waits = Esperamos la confirmación del banco
pay-waits-text = Suele tardar unos segundos. Esta página se actualiza sola; puedes cerrarla y te avisaremos.
pay-again = No he llegado a pagar: volver a intentarlo
pay-gateway-down = La pasarela de pago no responde. No se ha cobrado nada: inténtalo otra vez en un momento.
pay-back = Volver al pedido
pay-link-paid = Este enlace ya se pagó
pay-link-expired = Este enlace ha caducado
pay-link-cancelled = Este enlace se ha retirado
pay-link-text = No hay nada más que pagar aquí. Si crees que es un error, escríbenos.

my-order-number = Pedido { $value }
my-order-told = Te avisamos de cada paso en { $value }
my-order-is-placed = Solo falta el pago
my-order-is-paid = Pedido confirmado
my-order-is-fulfilling = Tu pedido está en camino
my-order-is-completed = Ya lo tienes
my-order-is-partly-returned = Devuelto en parte
my-order-is-returned = Devuelto
my-order-is-cancelled = Pedido cancelado
my-order-short-placed = Por pagar
my-order-short-paid = En preparación
my-order-short-fulfilling = En camino
my-order-short-completed = Entregado
my-order-short-partly-returned = Devuelto en parte
my-order-short-returned = Devuelto
my-order-short-cancelled = Cancelado
my-order-and-more = { $n ->
    [one] y 1 más
   *[other] y { $n } más
}
my-order-due = Quedan por pagar { $value }
my-order-due-text = Lo tenemos apartado. Puedes pagar aquí o en la tienda.
my-order-pay = Pagar ahora
my-order-paid = Pago recibido. ¡Gracias!
my-order-paid-sum = Pagado
my-order-refunded = Devuelto
my-order-stages = Etapas
my-order-code = Enseña este código al recoger
my-order-code-text = Vale la pantalla; también puedes decirlo.
my-order-qr = Código de recogida { $value }
my-order-where = Dónde
my-order-to = Adónde
my-order-tracking = Seguimiento
my-order-ask = Pregunta por este pedido
my-order-return = Devolver algo
part-collect = Para recoger en { $value }
part-deliver = Para recibir en casa
part-taken = Llevado de { $value }
part-collect-soon = Estará listo { $value }
part-deliver-soon = Llega { $value }
part-collect-waiting = Lo preparamos en cuanto esté pagado
part-collect-ready = Ya puedes pasar a por él
part-collect-collected = Recogido
part-deliver-waiting = Sale en cuanto esté pagado
part-deliver-delivered = Entregado
stage-waiting = Pedido
stage-pending = Confirmado
stage-picking = Preparándose
stage-ready = Listo
stage-collected = Recogido
stage-packed = Empaquetado
stage-shipped = En camino
stage-delivered = Entregado
stage-cancelled = Cancelado

find-text = Con el número y el correo o teléfono que nos diste, sin cuenta ni contraseña.
find-number = Número de pedido
find-number-hint = Está en tu confirmación, por ejemplo H-1042
find-contact = Correo o teléfono del pedido
find-go = Buscar
find-none = No hay ningún pedido con ese número y ese contacto. Revisa los dos.
find-or = ¿Tienes cuenta?
find-account = Verás ahí todos tus pedidos

return-title = Devolver
return-text = Elige qué vuelve. Después llévalo a cualquier tienda con el número de pedido: te devolvemos el dinero por donde pagaste.
return-none = Ahora no hay nada que devolver
return-none-text = Se puede devolver lo que ya tienes, durante 30 días. Lo que aún no ha llegado se puede cancelar escribiéndonos.
return-what = Qué devuelves
return-how-many = Cuántas unidades de { $value }
return-until = Hasta el { $value }
return-why = Motivo
return-why-size = No es mi talla
return-why-look = No es como esperaba
return-why-fault = Viene mal
return-why-late = Llegó tarde
return-why-other = Otro motivo
return-note = ¿Quieres contarnos algo más?
return-go = Pedir la devolución
return-asked = Devolución anotada. Llévalo a cualquier tienda.
return-empty = Elige al menos una unidad
return-too-many = De { $title } solo se pueden devolver { $n }
return-refused = { $value } ya no se puede devolver
my-return-is-requested = Te devolveremos { $value } cuando lo traigas
my-return-is-received = Lo tenemos; te devolvemos { $value }
my-return-is-refunded = Te hemos devuelto { $value }
my-return-is-rejected = No hemos podido aceptar la devolución de { $value }

account-sign-in = Entra en tu cuenta
account-sign-in-text = Sin contraseña: te mandamos un código de seis cifras. Si es tu primera vez, la cuenta se crea sola.
account-contact = Correo o teléfono
account-contact-hint = Donde quieras recibir el código
account-send-code = Enviarme el código
account-guest = ¿Compraste sin cuenta?
account-code = Escribe el código
account-code-text = Lo hemos enviado a { $value }
account-code-field = Código de seis cifras
account-code-hint = Vale diez minutos
account-code-again = Enviar otro código
sign-in-bad-contact = No parece un correo ni un teléfono completo
sign-in-too-many = Has pedido varios códigos seguidos. Espera una hora o escríbenos.
sign-in-nowhere = Ahora no podemos enviarte un código. Escríbenos por el chat y lo resolvemos.
sign-in-sent = Por { $value }; suele tardar menos de un minuto.
sign-in-in-frame = Es un ensayo: míralo en el marco del teléfono o en el buzón simulado.
sign-in-in-log = Ensayo sin canal conectado: el código está en el registro del servidor.
sign-in-code-text = Tu código para entrar en { $brand }: { $code }. Vale diez minutos; no se lo digas a nadie.
sign-in-code-subject = Tu código para entrar en { $value }
sign-in-wrong-code = { $n ->
    [one] No es ese. Te queda 1 intento.
   *[other] No es ese. Te quedan { $n } intentos.
}
sign-in-void-code = Este código ya no vale. Pide otro.
signed-in = Ya estás dentro
signed-out = Has salido de tu cuenta
account-hello = Hola, { $value }
account-orders = Tus pedidos
account-no-orders = Todavía no hay pedidos
account-no-orders-text = Aquí verás lo que compres, en la web o en la tienda.
account-matters = Tus conversaciones
account-no-matters = Cuando nos escribas, por donde sea, lo verás aquí.
account-write = Escríbenos
matter-is-resolved = Resuelta
matter-is-yours = Te hemos contestado
matter-is-ours = Te contestamos pronto
account-you = Tus datos
known-email = Correo
known-phone = Teléfono
known-card = Tarjeta de cliente
known-handle = Otra cuenta
account-verified = Comprobado
account-channels = Cómo prefieres que te escribamos
account-channels-text = El 1 es el primero que probamos.
account-consents = Qué te podemos contar
consent-marketing = Novedades y ofertas
consent-marketing-text = Quiero recibir novedades y ofertas por los canales que marco.
consent-reviews = Tu opinión
consent-reviews-text = Me podéis preguntar qué me pareció lo que compré.

consent-service = Avisos de tus pedidos y preguntas
consent-service-text = Me podéis escribir sobre mis pedidos y mis preguntas por los canales que marco.
consent-personalisation = Lo que te gusta
consent-personalisation-text = Podéis aprender de lo que compro y visito para enseñarme lo que me va.
consent-yes = Sí, de acuerdo
consent-last = Tu última respuesta: { $value }
consents-text = Cambia lo que quieras, cuando quieras. Guardamos qué dijiste, cuándo y con qué palabras.
consents-save = Guardar mis respuestas
account-settings = Ajustes de tu cuenta
contact-title = Cómo te escribimos
contact-short = Canales, horas de descanso y permisos
contact-text = Tú decides por dónde, a qué horas y sobre qué.
contact-reach = Dónde te encontramos
contact-unverified = Sin comprobar
contact-add = Añadir un correo o un teléfono
contact-add-hint = Te mandamos un código para comprobar que es tuyo
contact-confirm = Comprobar
add-code-text = Tu código para añadir esta dirección a tu cuenta de { $brand }: { $code }. Vale diez minutos.
add-code-subject = Comprueba tu dirección en { $value }
identifier-added = { $value } ya es tuyo
identifier-taken = Es de otra cuenta, comprobada por su dueño. Si también es tuya, entra con ella y escríbenos: las unimos.
quiet-title = Horas de descanso
quiet-text = En esas horas no te escribimos, salvo lo urgente de tus pedidos y los códigos que pides.
quiet-from = Desde las
quiet-until = Hasta las
quiet-zone = Hora de
quiet-zone-own = Donde vivo (por mi teléfono)
quiet-never = No tengo horas de descanso
quiet-bad-hours = Escribe las dos horas, por ejemplo 22:00 y 08:00
quiet-bad-zone = No conocemos esa zona horaria
privacy-title = Privacidad
privacy-short = Quién ha visto tus datos, descargarlos, borrarlos
privacy-text = Tus datos son tuyos: mira quién los abre, llévatelos o pide que los borremos.
accesses-title = Quién ha visto tus datos
accesses-text = Cada vez que alguien del equipo o un programa abre tu ficha queda apuntado, una vez por hora.
accesses-none = Nadie ha abierto tu ficha.
access-colleague = Una persona del equipo
access-program = Un programa de la marca
access-at-desk = En atención al cliente
access-at-till = En una tienda
access-at-studio = En la oficina
access-at-api = Por un programa conectado
answers-title = Lo que has permitido y lo que no
answers-none = Todavía no te hemos preguntado nada.
download = Descargar mis datos
download-title = Llévate tus datos
download-text = Un archivo con todo lo que sabemos de ti: datos, conversaciones, compras y respuestas.
erase-title = Borrar mis datos
erase-short = Borramos quién eres de todas partes. No se puede deshacer.
erase-go = Quiero borrarlos
erase-gone = Borramos tu nombre, tus direcciones y teléfonos, lo que hablamos, tus notas, tus cestas y tu cuenta.
erase-kept = De lo que compraste la ley nos obliga a guardar seis años números, importes e impuestos, sin tu nombre. Y durante tres años, qué nos permitiste.
erase-for-good = No se puede deshacer. Quizá quieras guardar antes una copia:
erase-word = BORRAR
erase-type = Escribe { $value } para confirmarlo
erase-wrong-word = Para borrar, escribe { $value }
erase-unfinished = Aún está en camino { $value }. Cuando lo tengas, o si lo anulas, podrás borrarlo todo.
erase-do = Borrar para siempre
erase-not = Mejor no
erased-title = Hecho: ya no sabemos quién eres
erased-text = Has salido de tu cuenta. Si vuelves, serás alguien nuevo.
erased-gone = Lo que hemos borrado
erased-kept = Lo que la ley nos hace guardar
erased-profiles = { $n ->
    [one] 1 ficha con tus datos
   *[other] { $n } fichas con tus datos
}
erased-identifiers = { $n ->
    [one] 1 correo, teléfono o dispositivo
   *[other] { $n } correos, teléfonos y dispositivos
}
erased-messages = { $n ->
    [one] 1 mensaje o nota
   *[other] { $n } mensajes y notas
}
erased-files = { $n ->
    [one] 1 archivo
   *[other] { $n } archivos
}
erased-matters = { $n ->
    [one] 1 conversación
   *[other] { $n } conversaciones
}
erased-addresses = { $n ->
    [one] 1 dirección por la que te escribíamos
   *[other] { $n } direcciones por las que te escribíamos
}
erased-carts = { $n ->
    [one] 1 cesta
   *[other] { $n } cestas
}
erased-ratings = { $n ->
    [one] Las palabras de 1 valoración; sus estrellas quedan sin nombre
   *[other] Las palabras de { $n } valoraciones; sus estrellas quedan sin nombre
}
erased-log-entries = { $n ->
    [one] Las palabras de 1 apunte del historial
   *[other] Las palabras de { $n } apuntes del historial
}
kept-orders = { $n ->
    [one] 1 compra sin tu nombre, hasta el { $until } (Código de Comercio, art. 30)
   *[other] { $n } compras sin tu nombre, hasta el { $until } (Código de Comercio, art. 30)
}
kept-consents = { $n ->
    [one] 1 respuesta sobre permisos, hasta el { $until } (LO 3/2018, art. 72)
   *[other] { $n } respuestas sobre permisos, hasta el { $until } (LO 3/2018, art. 72)
}
preferences-text = Este enlace es solo tuyo: aquí eliges sobre qué te escribimos, sin entrar en tu cuenta.
preferences-stop = No quiero novedades ni encuestas
preferences-stop-text = De un toque, por ningún canal. Los avisos de tus pedidos siguen.
preferences-stop-do = Dejar de recibirlas
preferences-stopped = Hecho: no te escribiremos más sobre eso
preferences-more = Canales, horas de descanso y tus datos, en tu cuenta

help-title = ¿En qué te ayudamos?
help-text = Elige por dónde. Da igual cuál: la conversación es la misma y nadie te hará repetir.
help-chat = Abrir el chat
help-chat-text = Contestamos en la misma página, y sigue abierto si cambias de página.
help-whatsapp = Escribir por WhatsApp
help-whatsapp-text = Para seguir desde el móvil.
help-email-text = Para lo que no corre prisa o lleva archivos.
help-phone-text = Para hablarlo.
help-sms-text = Sin datos ni aplicaciones.
help-shops-text = { $n ->
    [0] Ahora están todas cerradas; mira cuándo abren.
    [one] Hay 1 abierta ahora mismo.
   *[other] Hay { $n } abiertas ahora mismo.
}
help-often = Lo que más preguntan
faq-order = ¿Dónde está mi pedido?
faq-order-text = En el enlace de tu confirmación, o con el número y tu correo:
faq-return = ¿Cómo devuelvo algo?
faq-return-text = Tienes { $n } días desde que lo recibes, en cualquier tienda.
faq-collect = ¿Cuándo puedo recoger?
faq-collect-text = Dos horas después de pedirlo si la tienda está abierta; si no, dos horas después de que abra. Te avisamos cuando esté listo.
faq-deliver = ¿Cuánto tarda el envío?
faq-deliver-text = Si pides antes de las 16:00 en día laborable, llega el siguiente día laborable.
returns-title = { $n } días para pensarlo
returns-1 = Elige qué devuelves
returns-1-text = Desde el enlace de tu pedido. También puedes presentarte en la tienda sin más.
returns-2 = Llévalo a cualquier tienda
returns-2-text = Da igual dónde lo compraste. Basta el número de pedido, tu correo o tu teléfono.
returns-3 = Recibe el dinero
returns-3-text = Por donde pagaste, en cuanto lo tengamos en la mano y hasta el último céntimo.
help-wait = Espera: { $value }
help-ask = Pregunta aquí y elige por dónde te contestamos
help-ask-text = Lo que elijas, lo respetamos.
help-question = Tu pregunta
help-answer-by = Contestadme
help-answer-here = Aquí, en el chat
help-address = Tu correo o tu móvil
help-address-hint = Solo si no quieres la respuesta en el chat
help-send = Enviar
help-say-something = Escribe tu pregunta.
help-asked = La tenemos. Te contestamos por donde has elegido.
experts = Habla con un experto
experts-text = Gente de la casa que sabe mucho de lo suyo. Escríbele y la conversación sigue en el chat.
experts-none = Ahora no hay expertos
experts-none-text = Pregúntanos como siempre.
experts-there = Ahora: { $value }
experts-nobody = Ahora no hay nadie, pero te contestan
experts-ask = Preguntar
why-flows-not-an-address = No parece un correo ni un móvil.
why-flows-not-by-this-channel = Por ahí no podemos contestarte ahora. Elige otro.
survey = ¿Cómo te hemos atendido?
survey-text = Nos ayuda a hacerlo mejor. Solo es un momento.
survey-is-scored = Gracias por decírnoslo. Si cambias de idea, puedes volver a enviarlo.
survey-5 = Muy bien
survey-4 = Bien
survey-3 = Regular
survey-2 = Mal
survey-1 = Muy mal
survey-comment = ¿Quieres contarnos algo más?
survey-send = Enviar
survey-thanks = Gracias por decírnoslo.
survey-needs-score = Elige una respuesta.
gift-card = Tarjeta regalo
gift-card-code = Tarjeta regalo o abono
gift-card-code-hint = Si tienes una: 16 letras y cifras. Lo que no cubra lo pagas como elijas arriba.
gift-card-missing = Escribe el código de la tarjeta.
gift-card-unknown = No hay ninguna tarjeta con este código. Míralo otra vez.
gift-card-empty = En esta tarjeta ya no queda saldo.
gift-card-left = Quedan { $value }
gift-card-how = Úsala en la web, en el chat o en cualquier tienda: quien tenga el código puede gastarla.
return-onto = ¿Cómo te lo devolvemos?
return-onto-original = Como se pagó
return-onto-original-hint = A la misma tarjeta o cuenta.
return-onto-card = En una tarjeta regalo
return-onto-card-hint = Al recibirlo verás el código en tu pedido. No caduca.
gift-card-have = Tengo una tarjeta regalo
pay-rule-needs-shop = Efectivo y datáfono, solo en tienda: si lo recoges allí, o si compras en la caja.
pay-rule-cash-limit = En efectivo, como mucho { $value }: lo manda la ley.
