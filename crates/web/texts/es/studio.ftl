# Long because: all words of one face, so that a translator reads them in one go.
# El estudio: productos, existencias, lugares, personal, canales y estado.
studio-hello = Hola, { $value }
studio-today = Hoy, en pocas frases
studio-all-calm = Todo en calma.
studio-rehearse = Ensayar una historia
studio-first-steps = Primeros pasos
studio-step-place = Abre tu primera tienda o almacén
studio-step-place-says = Dirección, horario y coordenadas: así cada cliente ve la más cercana.
studio-step-products = Trae tus productos
studio-step-products-says = Sube la exportación de Shopify; antes de guardar verás qué cambia.
studio-step-channels = Conecta un canal
studio-step-channels-says = Chat web, correo o WhatsApp, en cinco pasos como mucho.
studio-step-staff = Invita a tu equipo
studio-step-staff-says = Cada persona con su papel; la primera contraseña se enseña una vez.
studio-orders-today = { $n ->
    [0] Hoy todavía no hay pedidos.
    [one] Hoy va 1 pedido por { $total }.
   *[other] Hoy van { $n } pedidos por { $total }.
}
studio-as-last-week = Como hace una semana a esta hora.
studio-more-than-last-week = { $n ->
    [one] Uno más que hace una semana a esta hora.
   *[other] { $n } más que hace una semana a esta hora.
}
studio-fewer-than-last-week = { $n ->
    [one] Uno menos que hace una semana a esta hora.
   *[other] { $n } menos que hace una semana a esta hora.
}
studio-matters = { $n ->
    [0] No hay asuntos abiertos.
    [one] Hay 1 asunto abierto, { $unassigned } sin responsable.
   *[other] Hay { $n } asuntos abiertos, { $unassigned } sin responsable.
}
studio-unread = { $n ->
    [one] 1 mensaje sin leer.
   *[other] { $n } mensajes sin leer.
}
studio-low = { $n ->
    [0] Ninguna talla se está agotando.
    [one] Una variante se está agotando en una tienda.
   *[other] { $n } variantes se están agotando en alguna tienda.
}
studio-low-many = Más de { $n } variantes se están agotando en alguna tienda.
studio-channels-fine = Todos los canales funcionan.
studio-channels-down = { $n ->
    [one] Un canal no puede enviar: { $names }.
   *[other] { $n } canales no pueden enviar: { $names }.
}
studio-sales-by-channel = Ventas de hoy por canal
studio-n-orders = { $n ->
    [one] 1 pedido
   *[other] { $n } pedidos
}
studio-no-sales = Aún no hay ventas
studio-no-sales-says = Aquí verás cuánto vende hoy cada canal.
studio-keys = Claves de API
studio-audit = Quién hizo qué
# productos
studio-all = Todos
studio-product-pages = Páginas de productos
studio-from-the-start = Desde el principio
studio-more = Más
studio-previous = Anteriores
studio-older = Más antiguos
studio-products-says = Lo que cambias aquí se ve en todos los canales al momento.
studio-import = Importar
studio-new-product = Nuevo producto
studio-search-products = Título, SKU, código de barras o marca
studio-status = Estado
studio-state = Estado
studio-category = Categoría
studio-all-categories = Todas las categorías
studio-no-products = Todavía no hay productos
studio-no-products-says = Sube una exportación de Shopify y verás qué se va a crear antes de guardar nada.
studio-nothing-fits = Nada coincide
studio-nothing-fits-says = Prueba con menos palabras o quita algún filtro.
studio-show-all = Ver todo
studio-picture = Imagen
studio-product = Producto
studio-choices = Opciones
studio-price = Precio
studio-version = Versión
studio-touched = Cambiado
status-draft = Borrador
status-active = A la venta
status-archived = Archivado
tax-standard = General
tax-reduced = Reducido
tax-super-reduced = Superreducido
tax-zero = Sin impuesto
studio-new-product-says = Basta un título. Con opciones, se crean todas las combinaciones.
studio-texts = Textos
studio-title-es = Título en español
studio-title-en = Título en inglés
studio-description-es = Descripción en español
studio-description-en = Descripción en inglés
studio-vendor = Marca
studio-tags = Etiquetas
studio-tags-hint = Separadas por comas; «material:lino» es un atributo.
studio-picture-hint = Una referencia como picture:tee/azul o el nombre de un archivo subido.
studio-tax = Impuesto
studio-choices-says = Por ejemplo Color: azul, blanco y Talla: S, M, L. Sin opciones hay una sola variante.
studio-option-name = Opción { $n }
studio-option-name-hint = Color, Talla…
studio-option-values = Valores de la opción { $n }
studio-option-values-hint = Separados por comas.
studio-price-with-tax = Precio con impuestos
studio-price-hint = El mismo para todas las variantes; luego puedes cambiarlos.
studio-sku = SKU
studio-sku-hint = Vacío: lo hacemos con el título y las opciones.
studio-barcode = Código de barras
studio-barcode-hint = 8, 12, 13 o 14 cifras; comprobamos la última.
studio-create = Crear
studio-not-an-amount = Escribe un importe como 19,90.
studio-not-a-number = Escribe un número.
studio-too-many-variants = Son demasiadas combinaciones: como mucho { $n }.
studio-product-made = Creado: { $value }
studio-at-version = Versión { $n }, la misma en todos los canales
studio-history = Historia
studio-see-in-shop = Verlo en la tienda
studio-publish = Publicar
studio-unpublish = Retirar
studio-load-newest = Cargar la versión más reciente
studio-seo = Dirección y buscadores
studio-handle = Nombre en la dirección
studio-handle-hint = Letras, cifras y guiones; si lo cambias, los enlaces antiguos dejan de valer.
studio-seo-title-es = Título para buscadores, en español
studio-seo-title-en = Título para buscadores, en inglés
studio-seo-description-es = Descripción para buscadores, en español
studio-seo-description-en = Descripción para buscadores, en inglés
studio-variants = Variantes
studio-variant = Variante
studio-n-variants = { $n ->
    [one] 1 variante
   *[other] { $n } variantes
}
studio-only-variant = Única
studio-was = Antes
studio-grams = Gramos
studio-sold = Se vende
studio-save-variants = Guardar variantes
studio-add-variant = Añadir variante
studio-variant-added = Añadida: { $value }
studio-variant-pages = Páginas de variantes
studio-pictures = Imágenes
studio-no-pictures = Sin imágenes
studio-no-pictures-says = La primera imagen es la que se ve en las listas.
studio-reference = Referencia
studio-alt-es = Texto alternativo en español
studio-alt-en = Texto alternativo en inglés
studio-make-first = Poner la primera
studio-remove = Quitar
studio-add-picture = Añadir imagen
studio-picture-removed = Imagen quitada
studio-saved-version = Guardado: versión { $value }
studio-status-active = A la venta: { $value }
studio-status-draft = Retirado: { $value }
studio-status-archived = Archivado: { $value }
studio-no-history = Todavía no ha pasado nada.
# importar
studio-import-title = Importar productos
studio-import-says = Primero ves qué cambia, línea a línea. Se guarda todo o nada, y repetirlo no cambia nada más.
studio-import-products = Productos desde Shopify
studio-import-products-says = El CSV que da Shopify en «Exportar productos»: textos, variantes, precios, imágenes y existencias.
studio-import-texts = Textos en inglés
studio-import-texts-says = Un CSV con las columnas Handle, Title y Body (HTML). Las celdas vacías dejan el texto como está.
studio-texts-hint = Se guarda al momento: todo o nada.
studio-file = Archivo CSV
studio-file-texts = Archivo CSV con los textos
studio-file-hint = Hasta 20 MB.
studio-file-language = Idioma de sus textos
studio-see-preview = Ver qué cambia
studio-choose-file = Elige un archivo.
studio-file-gone = Ese archivo ya no está aquí: súbelo otra vez.
studio-line = Línea
studio-column = Columna
studio-problem = Qué pasa
studio-preview = Qué va a cambiar
studio-preview-says = { $value }: todavía no se ha guardado nada.
outcome-created = Nuevos
outcome-changed = Cambian
outcome-unchanged = Siguen igual
studio-prices-found = Precios
studio-stock-found = Unidades
studio-file-problems = { $n ->
    [one] El archivo tiene 1 problema
   *[other] El archivo tiene { $n } problemas
}
studio-file-problems-says = Corrígelos en el archivo y súbelo otra vez. No se ha guardado nada.
studio-other-file = Elegir otro archivo
studio-nothing-to-import = Todo lo del archivo ya está aquí. No hay nada que cambiar.
studio-opening-stock = Existencias iniciales de lo nuevo
studio-opening-stock-hint = Solo para variantes nuevas; las que ya existen conservan las suyas.
studio-no-opening-stock = No tomar existencias del archivo
studio-apply = Importar todo
studio-file-notes = { $n ->
    [one] 1 observación
   *[other] { $n } observaciones
}
studio-what-changes = Campo a campo
studio-on-line = línea { $n }
studio-all-new = Se crea entero.
studio-field = Campo
studio-before = Antes
studio-after = Después
studio-more-hidden = { $n ->
    [one] Y 1 producto más.
   *[other] Y { $n } productos más.
}
studio-imported = Importado: { $value } productos nuevos o cambiados
studio-texts-imported = Textos importados en { $value } productos
# existencias
studio-stock-low-says = Lo que se agota, primero. Pulsa una variante para recibir, contar o mover.
studio-stock-says = Lo que se puede prometer en cada lugar.
studio-search-stock = Título, SKU o código de barras
studio-place = Lugar
studio-all-places = Todos los lugares
studio-low-first = Lo que se agota
studio-everything = Todo
studio-stock-pages = Páginas de existencias
studio-none-left = Agotado
studio-few-left = Quedan pocas
studio-nothing-low = No se agota nada
studio-nothing-low-says = Cuando de algo queden dos o menos, aparecerá aquí.
studio-no-places = Todavía no hay lugares
studio-no-places-says = Crea una tienda o un almacén y podrás guardar existencias allí.
studio-on-hand = Hay
studio-reserved = Reservado
studio-available = Disponible
studio-safety = Retenido
studio-total = Total
studio-all-figures = Todas las cifras
studio-movements = Movimientos
studio-movements-in = Movimientos en { $value }
studio-no-movements = Sin movimientos
studio-no-movements-says = Cada entrada, venta y recuento de este lugar aparecerá aquí.
studio-when = Cuándo
studio-reason = Motivo
studio-change = Cambio
studio-act = Qué hacer
act-receive = Recibir
act-adjust = Corregir
act-count = Contar
act-transfer = Mover
act-safety = Retener
studio-change-by = Cuánto cambia
studio-change-by-hint = -2 quita dos, 3 añade tres.
studio-counted-field = Cuántas hay
studio-counted-hint = Todas las que ves, también las reservadas.
studio-from = Desde
studio-to = Hasta
studio-how-many = Cuántas
studio-receive-hint = Lo que llega del proveedor.
studio-safety-field = Unidades que no se prometen
studio-safety-hint = Vacío: las que dice el lugar.
reason-damaged = Dañado
reason-lost = Perdido
reason-found = Encontrado
reason-stolen = Robado
reason-sample = Muestra o escaparate
reason-correction = Corrección
move-received = Recibido
move-damaged = Dañado
move-lost = Perdido
move-found = Encontrado
move-stolen = Robado
move-sample = Muestra o escaparate
move-correction = Corrección
move-counted = Recuento
move-sent = Enviado a otro lugar
move-arrived = Llegado de otro lugar
move-sold = Vendido
move-taken-back = Devuelto
studio-choose-place = Elige un lugar.
studio-received = Recibidas: { $value }
studio-adjusted = Corregido: { $value }
studio-undone = Deshecho
studio-counted = Contado; diferencia { $value }
studio-counted-same = Contado; estaba bien
studio-sent = En camino: { $value }
studio-arrived = Han llegado: { $value }
studio-more-than-sent = No pueden llegar más de las que salieron.
studio-n-under-way = { $n ->
    [one] 1 en camino
   *[other] { $n } en camino
}
studio-from-place = desde { $value }
studio-how-many-arrived = Cuántas han llegado
studio-it-arrived = Ha llegado
# lugares
studio-places-says = Tiendas y almacenes, con su horario y para qué sirven.
studio-new-place = Nuevo lugar
studio-place-made = Creado: { $value }
studio-kind = Tipo
place-shop = Tienda
place-warehouse = Almacén
studio-city = Ciudad
studio-today-hours = Hoy
studio-closed-today = Cerrado
studio-what-for = Para qué sirve
studio-open-now = Abierto
studio-closed-now = Cerrado ahora
studio-closed-for-good = Fuera de uso
studio-collects = Se recoge aquí
studio-collects-hint = Los clientes pueden elegirlo para recoger.
studio-ships = Se envía desde aquí
studio-ships-hint = De aquí salen paquetes a domicilio.
studio-place-active = En uso
studio-place-active-hint = Si lo quitas, nadie lo ve ni vende sus existencias; no se borra nada.
studio-who-where = Nombre y dirección
studio-name = Nombre
studio-code = Código
studio-code-hint = Corto: MAD-1. Solo mayúsculas, cifras y guiones.
studio-address = Dirección
studio-postcode = Código postal
studio-province = Provincia
studio-country = País
studio-country-hint = Dos letras: ES.
studio-latitude = Latitud
studio-latitude-hint = Como 40,4168: sirve para encontrar la tienda más cercana.
studio-longitude = Longitud
studio-phone = Teléfono
studio-email = Correo
studio-hours = Horario
studio-hours-says = Como 10:00-14:00, 17:00-20:30. Vacío es cerrado.
studio-hours-like = Escríbelo como 10:00-14:00, 17:00-20:30.
studio-exceptions = Días distintos
studio-exceptions-hint = Uno por línea: 2026-12-25 (cerrado) o 2026-12-24 10:00-15:00.
studio-exception-like = No entendemos «{ $value }». Escríbelo como 2026-12-24 10:00-15:00.
studio-time-zone = Zona horaria
studio-safety-place-hint = De cada variante, salvo que digas otra cosa.
studio-tax-zone = Zona fiscal
studio-tax-zone-hint = peninsula, canarias…
day-mon = Lunes
day-tue = Martes
day-wed = Miércoles
day-thu = Jueves
day-fri = Viernes
day-sat = Sábado
day-sun = Domingo
# personal
studio-staff-says = Quién trabaja aquí y qué puede hacer.
studio-new-person = Nueva persona
studio-new-person-says = Le damos una primera contraseña que verás una sola vez.
studio-roles = Papeles
studio-since = Desde
studio-deeds = Qué ha hecho
studio-works-here = Trabaja aquí
studio-has-left = Ya no está
studio-no-place = Ninguno en particular
studio-add = Añadir
studio-presence = Entrada y salida
studio-presence-says = Al irse se cierran sus sesiones; lo que hizo queda en la historia.
studio-new-password = Dar otra contraseña
studio-leaves = Deja el equipo
studio-comes-back = Vuelve al equipo
studio-person-left = Ya no puede entrar: { $value }
studio-person-back = Ha vuelto: { $value }
studio-first-password = Primera contraseña
studio-password-of = Contraseña de { $value }
studio-password-says = Solo se enseña ahora. Dásela en mano o por un canal seguro.
studio-copy = Copiar
studio-handed-over = Ya la tiene
role-administrator = Administración
role-administrator-says = Todo.
role-merchandiser = Catálogo
role-merchandiser-says = Productos, precios, existencias y lugares.
role-agent = Atención
role-agent-says = Conversaciones, pedidos, pagos y devoluciones.
role-supervisor = Supervisión
role-supervisor-says = Como atención, y además quién hizo qué.
role-associate = Tienda
role-associate-says = Vender, entregar y aceptar devoluciones.
role-shop-manager = Encargo de tienda
role-shop-manager-says = Como tienda, y además existencias y horarios.
# claves
studio-keys-says = Para programas que hablan con la API. Cada una puede solo lo que marques.
studio-no-keys = Ninguna clave
studio-no-keys-says = Crea una cuando un programa tenga que leer o escribir aquí.
studio-begins = Empieza por
studio-scopes = Qué puede
studio-withdraw = Retirar
studio-new-key = Nueva clave
studio-key-name = Para qué es
studio-key-name-hint = Por ejemplo «Contabilidad».
studio-make-key = Crear clave
studio-secret-once = Cópiala ahora: no se vuelve a enseñar.
studio-key-works = Vale
studio-key-withdrawn = Retirada
studio-key-gone = Clave retirada; deja de valer ya.
may-customers-view = Ver clientes
may-customers-edit = Cambiar clientes
may-customers-national-id = Ver documentos de identidad
may-customers-birth-date = Ver fechas de nacimiento
may-customers-address = Ver direcciones completas
may-customers-consents = Ver permisos de los clientes
may-customers-notes = Ver notas sobre clientes
may-customers-accesses = Ver quién abre fichas
may-customers-export = Sacar los datos de una persona
may-customers-erase = Borrar a una persona
may-customers-join = Unir clientes
may-customers-import = Importar clientes
may-conversations-view = Leer conversaciones
may-conversations-reply = Contestar
may-conversations-assign = Asignar
may-conversations-supervise = Dirigir equipos de atención
may-catalogue-view = Ver borradores
may-catalogue-edit = Cambiar productos
may-prices-edit = Cambiar precios
may-stock-view = Ver existencias
may-stock-adjust = Cambiar existencias
may-locations-edit = Cambiar lugares
may-orders-view = Ver pedidos
may-orders-sell = Vender
may-orders-fulfil = Preparar y entregar
may-orders-edit = Cambiar pedidos
may-returns-accept = Aceptar devoluciones
may-payments-take = Cobrar
may-payments-refund = Devolver dinero
may-staff-manage = Gestionar personal
may-channels-manage = Gestionar canales
may-api-keys-manage = Gestionar claves
may-audit-view = Ver quién hizo qué
may-settings-manage = Cambiar ajustes
may-health-view = Ver el estado
# quién hizo qué
studio-audit-says = Todo lo que cambia queda apuntado con quien lo hizo.
studio-who = Quién
studio-audit-full = Se ven los últimos 200.
actor-system = Hilo
actor-staff = Alguien del equipo
actor-customer = El cliente
actor-api-key = Un programa
actor-guest = Un visitante
told-product-changed = cambió { $name } (versión { $n })
told-product-changed-first = creó { $name }
told-price-changed = cambió el precio de { $name }
told-stock-changed-received = recibió { $n } de { $name } en { $place }
told-stock-changed-adjusted = corrigió { $name } en { $place }: { $n }
told-stock-changed-counted = contó { $name } en { $place }: { $n } de diferencia
told-stock-changed-sent = envió { $n } de { $name } desde { $place }
told-stock-changed-arrived = recogió { $n } de { $name } en { $place }
told-stock-changed-reserved = reservó { $n } de { $name } en { $place }
told-stock-changed-released = liberó { $n } de { $name } en { $place }
told-stock-changed-expired = dejó caducar { $n } de { $name } en { $place }
told-stock-changed-sold = entregó { $n } de { $name } en { $place }
told-stock-changed-taken-back = aceptó de vuelta { $n } de { $name } en { $place }
told-location-created = creó { $name }
told-location-changed = cambió { $name }
told-location-changed-safety = cambió lo que se retiene de { $name } en { $place }
told-staff-created = añadió a { $name }
told-staff-changed = cambió a { $name }
told-staff-changed-left = dio de baja a { $name }
told-staff-signed-in = entró
told-api-key-created = creó la clave { $name }
told-api-key-revoked = retiró una clave
told-channel-saved = cambió el canal { $name }
told-order-placed = hizo el pedido { $name }
told-order-paid = cobró el pedido { $name }
told-order-cancelled = anuló el pedido { $name }
told-return-received = recibió la devolución de { $name }
told-return-refunded = devolvió el dinero de { $name }
told-message-queued = contestó a un cliente
told-note-added = escribió una nota
told-matter-resolved = resolvió un asunto
told-matter-assigned = asignó un asunto
told-room-order = tocó el pedido { $name }
told-room-fulfilment = avanzó la entrega de { $name }
told-room-return = tocó la devolución de { $name }
told-room-matter = tocó un asunto
told-room-message = tocó un mensaje
told-room-customer = tocó la ficha de un cliente
told-room-contact = cambió cuándo se escribe a alguien
told-room-identifier = cambió un contacto de un cliente
told-room-consent = cambió un consentimiento
told-room-cart = cambió una cesta
told-room-payment = registró un pago
told-room-price-list = cambió la lista de precios { $name }
told-and-more = … y { $n } más como esas
told-other = { $kind }
# privacidad
studio-privacy = Privacidad
studio-privacy-says = Cuándo se escribe a la gente, y quién ha abierto qué ficha.
studio-rule = Regla para escribir
studio-rule-says = Vale para todo lo que nadie ha pedido, sumando todos los canales. Cada cliente puede poner sus propias horas.
studio-rule-most = Como mucho tantos mensajes
studio-rule-days = en tantos días
studio-rule-from = Sin escribir desde las
studio-rule-until = hasta las
studio-rule-zone = Hora de la marca
studio-rule-zone-hint = Como Europe/Madrid
studio-rule-saved = Regla guardada
studio-rule-bad = Revisa las horas, la zona y los días (de 1 a 365)
studio-accesses = Fichas abiertas
studio-accesses-says = Las últimas 200, una por persona y hora. Cada cliente ve las suyas en su cuenta.
studio-accesses-none = Nadie ha abierto ninguna ficha todavía.
studio-accesses-who = Quién
studio-accesses-whose = Ficha
studio-accesses-door = Dónde
studio-accesses-when = Cuándo
# canales
studio-channels-says = Por dónde te escriben. Los secretos se guardan y no se vuelven a enseñar.
studio-no-channels = Todavía no te pueden escribir
studio-no-channels-says = Elige abajo un canal: son cinco pasos como mucho, y puedes probarlo antes de encenderlo.
studio-add-channel = Añadir un canal
offer-webchat = Un chat en tu web, con una línea de código.
offer-email = Un buzón que ya tienes, por SMTP e IMAP.
offer-whatsapp = Un número de WhatsApp Business (Cloud API).
offer-messenger = La página de Facebook, por Messenger.
offer-instagram = Los mensajes y comentarios de Instagram.
offer-telegram = Un bot de Telegram, con su token.
offer-x = Los mensajes directos y las menciones de X.
studio-switched-off = Apagado
studio-switched-off-says = No entra ni sale nada.
studio-in-trouble = No puede enviar
studio-in-trouble-says = { $n } en cola. El otro lado dice: { $why }
studio-sending = Enviando
studio-sending-says = { $n ->
    [one] Sale 1 mensaje.
   *[other] Salen { $n } mensajes.
}
studio-works = Funciona
studio-works-says = Sin nada pendiente.
studio-last-failure = Último fallo,
studio-new-channel-says = Rellena los pasos. Puedes guardar y seguir luego.
studio-switch-on = Encender
studio-switch-off = Apagar
studio-optional = (si hace falta)
studio-secret-kept = Guardado. Escribe solo para cambiarlo.
studio-save-and-on = Guardar y encender
studio-save-for-later = Guardar para luego
studio-needed = Hace falta.
studio-needed-to-switch-on = Hace falta para encenderlo.
studio-address-taken = Ya hay un canal con esta dirección.
studio-channel-on = Canal encendido
studio-channel-off = Canal apagado
studio-channel-saved = Guardado; sigue apagado
problem-studio-channel-incomplete = Al canal le faltan datos. Complétalos y enciéndelo desde su página; no se ha cambiado nada.
field-name = Nombre para el equipo
field-name-hint = Por ejemplo «Correo de atención».
field-address-email = Dirección de correo
field-address-email-hint = La que conocen tus clientes.
field-address-whatsapp = Número de WhatsApp
field-address-whatsapp-hint = Con prefijo: +34 600 000 000.
field-address-webchat = Nombre del sitio
field-address-webchat-hint = Por ejemplo mitienda.es.
field-smtp-url = Servidor de salida
field-smtp-url-hint = smtps://host:465 o smtp://host:587?tls=required
field-smtp-user = Usuario
field-smtp-user-hint = Vacío si el servidor no pide entrar.
field-smtp-password = Contraseña
field-smtp-password-hint = La de ese usuario.
field-imap-url = Servidor de entrada
field-imap-url-hint = imaps://host:993
field-imap-user = Usuario
field-imap-user-hint = Casi siempre, la dirección.
field-imap-password = Contraseña
field-imap-password-hint = La de ese usuario.
field-imap-folder = Carpeta
field-imap-folder-hint = Vacío: INBOX.
field-phone-number-id = Identificador del número
field-phone-number-id-hint = En Meta: WhatsApp › Configuración de la API. No es el teléfono.
field-access-token = Token de acceso
field-access-token-hint = De un usuario del sistema, para que no caduque.
field-app-secret = Secreto de la aplicación
field-app-secret-hint = En Meta: Configuración › Básica.
field-verify-token = Palabra de verificación
field-verify-token-hint = La inventas tú y la repites en Meta.
step-webchat-who = Ponle nombre
step-webchat-who-says = Para reconocerlo entre tus canales.
step-webchat-script = Copia esta línea en tu web
step-webchat-script-says = Antes de </body>. El chat se carga solo cuando alguien lo abre.
step-webchat-preview = Míralo
step-webchat-preview-says = Así se verá. Pulsa el botón y escribe: el mensaje llega a la mesa de verdad.
step-email-who = Qué buzón es
step-email-who-says = La dirección a la que escriben tus clientes.
step-email-out = Por dónde sale
step-email-out-says = El servidor SMTP de tu proveedor de correo.
step-email-in = Por dónde entra
step-email-in-says = El servidor IMAP. Solo leemos: nada se borra ni se marca.
step-whatsapp-who = Qué número es
step-whatsapp-who-says = El número con el que escriben tus clientes.
step-whatsapp-number = Permiso para enviar
step-whatsapp-number-says = Dos datos de la página de WhatsApp en Meta.
step-whatsapp-sign = Cómo sabemos que es Meta
step-whatsapp-sign-says = Con esto comprobamos cada aviso que llega.
step-whatsapp-webhook = Pega esta dirección en Meta
step-whatsapp-webhook-says = En WhatsApp › Configuración › Webhook, con tu palabra de verificación, y suscríbete a «messages».
field-address-messenger = Página
field-address-messenger-hint = El nombre de la página, como la ven tus clientes.
field-address-instagram = Cuenta
field-address-instagram-hint = Por ejemplo @tutienda.
field-address-telegram = Bot
field-address-telegram-hint = Por ejemplo @tutienda_bot.
field-address-x = Cuenta
field-address-x-hint = Por ejemplo @tutienda.
field-bot-token = Token del bot
field-bot-token-hint = El que te dio @BotFather.
field-consumer-key = API key
field-consumer-key-hint = En la consola de X: Keys and tokens.
field-consumer-secret = API key secret
field-consumer-secret-hint = Con él X firma cada aviso.
field-access-token-secret = Access token secret
field-access-token-secret-hint = Va junto al token de acceso.
step-messenger-who = Qué página es
step-messenger-who-says = La página a la que escriben tus clientes.
step-messenger-number = Permiso para enviar
step-messenger-number-says = El token de la página, en Meta › Messenger › Configuración.
step-messenger-sign = Cómo sabemos que es Meta
step-messenger-sign-says = Con esto comprobamos cada aviso que llega.
step-instagram-who = Qué cuenta es
step-instagram-who-says = La cuenta profesional a la que escriben tus clientes.
step-instagram-number = Permiso para enviar
step-instagram-number-says = El token de la cuenta, en Meta › Instagram › Configuración.
step-instagram-sign = Cómo sabemos que es Meta
step-instagram-sign-says = Con esto comprobamos cada aviso que llega.
step-social-webhook-says = En Meta › Webhooks, con tu palabra de verificación, y suscríbete a mensajes, respuestas, lecturas, ecos y, en Instagram, comentarios.
step-telegram-who = Qué bot es
step-telegram-who-says = Escribe /newbot a @BotFather en Telegram y ponle nombre.
step-telegram-token = Pega su token
step-telegram-token-says = La contraseña del bot; con ella leemos y contestamos.
step-x-who = Qué cuenta es
step-x-who-says = La cuenta a la que escriben y que mencionan tus clientes.
step-x-app = Tu aplicación en X
step-x-app-says = Con permiso para leer, escribir y mensajes directos.
step-x-account = Permiso de tu cuenta
step-x-account-says = El token y su secreto, hechos para tu cuenta.
step-connect = Conéctalo
step-connect-says = Le decimos al otro lado dónde avisarnos. Si algo falla, verás sus palabras exactas.
studio-connect = Conectar
studio-connected = Conectado. Escríbele desde tu propia cuenta: el mensaje llega a la mesa.
step-trial-other-says = Escríbele antes desde tu cuenta; en su mensaje, en la mesa, está el número al que contestar.
step-trial = Prueba
step-trial-email-says = Envía un correo a tu dirección. Si algo falla, verás las palabras exactas del servidor.
step-trial-whatsapp-says = Envía la plantilla «hello_world» a tu móvil. Si algo falla, verás las palabras exactas de Meta.
studio-trial-to = Para
studio-send-trial = Enviar prueba
studio-trial-sent = Aceptado. Míralo en el otro lado.
studio-trial-refused = No se ha podido enviar:
studio-trial-subject = Prueba de { $value }
studio-trial-text = Este mensaje lo envía { $value } para comprobar que el canal funciona. No hace falta contestar.
# estado
health-all-well = Todo está bien.
health-look-at = { $n ->
    [one] Hay 1 cosa que mirar.
   *[other] Hay { $n } cosas que mirar.
}
health-again = Mirar otra vez
health-database = Base de datos
health-sqlite = SQLite
health-postgres = PostgreSQL
health-database-fine = { $engine } responde en { $n } ms.
health-database-slow = { $engine } ha tardado { $n } ms: mira si la máquina está ocupada o el disco lleno.
health-log = Registro de hechos
health-log-fine = Va por el hecho { $value }.
health-parked = Reacciones
health-parked-fine = Ninguna se ha quedado parada.
health-parked-bad = { $n ->
    [one] Un hecho no se pudo procesar: mira el registro del servidor y avisa a quien lo mantiene.
   *[other] { $n } hechos no se pudieron procesar: mira el registro del servidor y avisa a quien lo mantiene.
}
health-timers = Temporizadores
health-timers-fine = Todos a su hora.
health-timers-late = Van con retraso: comprueba que el servidor de Hilo no se ha detenido a medias y reinícialo.
health-timers-bad = { $n ->
    [one] Uno ha fallado doce veces y descansa: mira el registro del servidor.
   *[other] { $n } han fallado doce veces y descansan: mira el registro del servidor.
}
health-inbox = Lo que llega
health-inbox-fine = Todo lo recibido se ha entendido.
health-inbox-bad = { $n ->
    [one] Un mensaje recibido no se pudo entender; está guardado. Mira el registro del servidor.
   *[other] { $n } mensajes recibidos no se pudieron entender; están guardados. Mira el registro del servidor.
}
health-outbox = Lo que sale
health-outbox-fine = Nada espera.
health-outbox-waiting = { $n ->
    [one] 1 mensaje a punto de salir.
   *[other] { $n } mensajes a punto de salir.
}
health-outbox-late = { $n ->
    [one] 1 mensaje lleva más de cinco minutos esperando: mira sus canales.
   *[other] { $n } mensajes llevan más de cinco minutos esperando: mira sus canales.
}
health-ledger = Libro de existencias
health-ledger-fine = Cuadra: todo suma cero.
health-ledger-bad = No cuadra: { $unit } suma { $n }. Haz una copia y ejecuta «hilo doctor».
health-channels = Canales
health-no-channels = Ninguno: conecta uno para que te puedan escribir.
health-last-failure = Último fallo: { $when }, { $why }.
health-backup = Copias
health-backup-sqlite = «hilo backup» copia en marcha; guarda la copia en otro disco y mira que queda sitio.
health-backup-postgres = Copia con pg_dump y guarda la copia en otra máquina; mira que queda sitio.
# por qué no
why-catalogue-changed-meanwhile = Otra persona lo ha cambiado mientras tanto: va por la versión { $version }. Lo que has escrito sigue aquí.
why-catalogue-handle-taken = Otro producto ya tiene «{ $handle }».
why-catalogue-sku-taken = El SKU { $sku } ya es de «{ $handle }».
why-catalogue-barcode-taken = El código { $barcode } ya es de otro producto.
why-catalogue-bad-barcode = No es un código de barras: revisa las cifras, la última es de control.
why-catalogue-invalid-title = Hace falta un título de hasta 255 caracteres.
why-catalogue-invalid-handle = Solo letras, cifras y guiones.
why-catalogue-invalid-sku = Hace falta un SKU de hasta 255 caracteres.
why-catalogue-invalid-option-values = Cada variante necesita una combinación propia, con un valor por opción.
why-catalogue-invalid-options = Cada opción necesita un nombre propio.
why-catalogue-invalid-media = La imagen necesita una referencia.
why-catalogue-invalid-weight-grams = El peso no puede ser negativo.
why-catalogue-import-problems = El archivo tiene problemas; no se ha guardado nada.
why-inventory-invalid-quantity = Escribe una cantidad posible.
why-inventory-too-few = Solo hay { $free } sin reservar.
why-inventory-same-place = Ya está ahí: elige otro lugar.
why-inventory-unknown-location = Ese lugar no existe o está fuera de uso.
why-inventory-code-taken = Otro lugar ya tiene ese código.
why-inventory-invalid-location-code = De 1 a 16 mayúsculas, cifras y guiones.
why-inventory-invalid-location-name = Hace falta un nombre de hasta 120 caracteres.
why-inventory-invalid-location-country = Dos letras mayúsculas, como ES.
why-inventory-invalid-location-point = Latitud de -90 a 90 y longitud de -180 a 180.
why-inventory-invalid-location-time-zone = Una zona conocida, como Europe/Madrid.
why-inventory-invalid-location-safety-stock = Cero o más.
why-inventory-invalid-location-hours = Hay horas que se pisan, van al revés o un día repetido.
why-access-email-taken = Ya hay alguien con ese correo.
why-access-not-an-email = Eso no es un correo.
why-access-no-name = Hace falta un nombre.
why-access-no-role = Marca al menos un papel.
why-access-last-administrator = Alguien tiene que quedarse en administración.
why-access-empty-key = Hace falta un nombre y al menos un permiso.
service = Atención
service-says = Quién atiende, de qué sabe y cuánto puede esperar un cliente.
service-rules = Horario y plazos
service-members = Personas
service-wait = Espera ahora
service-expert = Expertos
service-new-team = Nuevo equipo
service-people = Quién atiende
service-load = Carga
service-skills = Sabe de
service-languages = Idiomas
service-no-team = Ninguno: quien esté libre
service-targets = Cuánto puede esperar un cliente
service-targets-says = En minutos de horario abierto; 0 es sin plazo.
service-first = Primera respuesta
service-next = Siguientes respuestas
service-resolution = Resolución
service-warn = Avisar antes, en minutos
service-nobody-waits = Que nadie se quede esperando
service-default-team = Equipo de los asuntos nuevos
service-silent = Minutos de silencio
service-silent-email = Minutos de silencio, por correo
service-silent-hint = Después se le quita el asunto y lo coge otro. 0 es nunca
service-away = Minutos sin la mesa abierta
service-away-hint = Después cuenta como desconectado
service-transfer = Minutos para aceptar un traspaso
service-reopen = Días para reabrir
service-reopen-hint = Si el cliente vuelve a escribir en este tiempo, es el mismo asunto
service-always = Atendemos a cualquier hora
service-as-the-brand = El mismo horario que la marca
service-nobody-steps-in = Nadie
service-steps-in = Cuando no puede
service-fallback = Lo coge
service-overflow = Tras cuántos minutos
service-overflow-hint = Si el equipo está cerrado, enseguida
service-expert-says = Los clientes pueden pedir hablar con este equipo desde la página de ayuda.
service-expert-on = Los clientes pueden pedirlo
service-expert-needs-a-title = Ponle un nombre para los clientes, en los dos idiomas.
service-title-es = Nombre para clientes, en español
service-title-en = Nombre para clientes, en inglés
service-skill = Deben saber de
service-person-says = Lo que puede atender a la vez, de qué sabe y en qué idiomas.
service-skills-hint = Separado por comas: running, facturas
service-languages-hint = es, en… Vacío es cualquiera
service-capacity = Capacidad
service-capacity-hint = Un chat ocupa 2, una llamada 6, lo demás 1
service-limits = Como mucho a la vez
service-team-needs-a-name = El equipo necesita un nombre.
why-conversations-hours = Este horario no puede ser.
