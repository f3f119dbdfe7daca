# Nudos del hilo que no son mensajes, y las palabras pequeñas alrededor de los mensajes.
timeline-you = Tú
timeline-formatted = Con el formato del remitente
timeline-file = Archivo
timeline-file-elsewhere = Archivo: { $value }
timeline-template = Plantilla «{ $value }»
timeline-place = Lugar: { $value }
timeline-contact = Contacto: { $value }
timeline-products = Productos: { $value }
delivery-cancelled = Retirado
units = { $n ->
    [one] 1 artículo
   *[other] { $n } artículos
}
purpose-marketing = Novedades y ofertas
purpose-reviews = Pedir opiniones
purpose-personalisation = Personalización
purpose-service = Mensajes de servicio
event-other = { $value }
event-by = por { $value }
event-order-units = { $n ->
    [one] { $value } y 1 más
   *[other] { $value } y { $n } más
}
event-message-received = Mensaje
event-message-queued = Respuesta
event-message-reacted = Ha reaccionado con { $value }
event-message-moved = No estaba en el chat: la respuesta sale por { $value }
event-message-unseen = Nadie ha visto la respuesta en el chat, y no hay otra vía abierta
event-note-added = Nota
event-contact-opted-out = Pide que no le escribamos por aquí
event-matter-opened = Asunto nuevo
event-matter-reopened = Asunto abierto de nuevo
event-matter-resolved = Asunto resuelto
event-matter-assigned = Asignado a { $value }
event-matter-released = Sin asignar
event-matter-snoozed = Pospuesto hasta { $value }
event-matter-taken-back = Devuelto a la cola: quien lo llevaba no contestó o se fue
event-matter-overflowed = Pasado al equipo de apoyo: nadie del suyo podía atenderlo
event-transfer-offered = Traspaso ofrecido
event-transfer-accepted = Traspaso aceptado
event-transfer-declined = Traspaso rechazado
event-transfer-expired = Nadie aceptó el traspaso a tiempo: vuelve a quien lo ofreció
event-transfer-withdrawn = Traspaso retirado
event-order-placed = Pedido hecho
event-order-paid = Pedido pagado
event-order-cancelled = Pedido cancelado
event-fulfilment-ready = Listo para recoger
event-fulfilment-collected = Recogido
event-fulfilment-shipped = Enviado
event-fulfilment-delivered = Entregado
event-return-requested = Devolución pedida
event-return-received = Devolución recibida
event-return-refunded = Devolución reembolsada
event-return-rejected = Devolución rechazada
event-payment-captured = Pago recibido
event-payment-authorised = Pago autorizado
event-payment-failed = Pago fallido
event-payment-refunded = Dinero devuelto
event-payment-voided = Pago anulado
event-cart-changed = { $n ->
    [0] Cesta vaciada
    [one] Cesta: 1 artículo
   *[other] Cesta: { $n } artículos
}
event-customer-created = Primera vez aquí
event-customer-updated = Datos cambiados
event-customer-fields-changed = Datos de la ficha cambiados
event-customer-erased = Datos borrados a petición de la persona
event-contact-paused = En paz: solo avisos de sus pedidos
event-contact-resumed = Ya no está en paz
event-customer-joined = Dos fichas unidas en una persona
event-customer-separated = Fichas separadas
event-customer-claim-undone = Unión o separación deshecha
event-customer-signed-in = Ha entrado en su cuenta
event-identifier-added = Contacto nuevo: { $value }
event-identifier-verified = Contacto comprobado: { $value }
event-identifier-moved = Contacto comprobado por su dueño: { $value }
event-consent-changed = Consentimiento cambiado
event-consent-granted = Permite: { $value }
event-consent-refused = No permite: { $value }
timeline-order = ver pedido
event-pay-link-created = Enlace de pago creado
event-pay-link-expired = Enlace de pago caducado
event-pay-link-cancelled = Enlace de pago anulado
method-cash = efectivo
method-card-terminal = tarjeta en caja
method-gateway = tarjeta en línea
method-pay-link = enlace de pago
event-matter-tagged = Etiqueta: { $value }
event-matter-untagged = Etiqueta quitada: { $value }
event-message-held = Una respuesta programada no pudo salir
failure-conversations-template-not-approved = No salió: WhatsApp dejó de aprobar la plantilla antes del envío
failure-template-blocked = No salió: WhatsApp tiene la plantilla en pausa o retirada
failure-template-missing = No salió: WhatsApp no tiene esta plantilla
failure-template-parameters = No salió: a la plantilla le falta o le sobra un dato
event-promise-made = Prometido: «{ $value }»
event-promise-kept = Promesa cumplida: «{ $value }»
event-promise-withdrawn = Promesa retirada: «{ $value }»
event-promise-broken = Promesa sin cumplir: «{ $value }»
event-promise-until = hasta { $value }
event-promise-was-late = tarde
event-survey-scored = Valoró la atención: { $value } de 5
language-nl = Neerlandés
language-pt = Portugués
language-sv = Sueco
language-da = Danés
language-fi = Finés
language-pl = Polaco
language-ro = Rumano
language-ru = Ruso
language-uk = Ucraniano
language-tr = Turco
language-ar = Árabe
language-zh = Chino
language-ja = Japonés
language-ko = Coreano
timeline-pictures = { $n ->
    [one] 1 imagen
   *[other] { $n } imágenes
}
sender-checked = Comprobación del remitente: { $value }
sender-doubtful = Cuidado: no está demostrado que este correo sea de { $value }
event-contact-complained = Ha marcado un correo nuestro como no deseado
failure-undeliverable = No llegó: esa dirección no existe o no recibe mensajes
failure-mailbox-full = No llegó: su buzón está lleno
event-visit-scanned = Abre un código
event-gift-card-issued = Tarjeta regalo emitida
