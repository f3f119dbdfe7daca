# Llamadas: la barra de la mesa, la página de llamadas, «llámame» en la tienda.
calls = Llamadas
call-bar = Llamada
calls-expected = { $n ->
    [one] Quien llame ahora espera 1 minuto más o menos.
   *[other] Quien llame ahora espera unos { $n } minutos.
}
calls-not-connected = Todavía no hay ningún teléfono conectado.
calls-connect = Conectar un teléfono
calls-waiting = Esperan
calls-nobody = No espera nadie. Las llamadas aparecen aquí y en la barra de arriba.
calls-latest = Últimas
calls-none = Todavía no ha habido llamadas.
call-state-requested = Quiere que le llamemos
call-state-menu = Con la máquina
call-state-ringing = Espera al teléfono
call-state-dialling = Llamando
call-state-answered = Hablando
call-state-held = En espera
call-state-voicemail = Dejó un mensaje
call-state-ended = Terminada
call-state-missed = Perdida
call-answer = Contestar
call-answer-name = Contestar a { $value }
call-ring = Llamar
call-ring-name = Llamar a { $value }
call-hold = Poner en espera
call-resume = Volver
call-transfer = Pasar
call-transfer-to = Pasar a
call-transferred = Llamada pasada
call-end = Colgar
call-over = Llamada terminada
call-gone = Esa llamada ya la ha cogido otra persona, o han colgado.
call-busy = Tienes otra llamada abierta. Termínala o pásala antes.
call-more-waiting = { $n ->
    [one] Espera 1 persona más
   *[other] Esperan { $n } personas más
}
call-own-phone = Tu teléfono
call-own-phone-label = Dónde te llamamos
call-own-phone-hint = Con prefijo, como +34 600 11 22 33, o una dirección sip:
call-needs-phone = Dinos en qué teléfono te ponemos con los clientes.
call-phone-saved = Teléfono guardado
call-phone-like = Escribe un número con prefijo, como +34 600 11 22 33, o una dirección sip:nombre@servidor.
softphone = Teléfono
softphone-open = Abrir el teléfono
softphone-offer = Puedes contestar las llamadas en este ordenador, sin otro teléfono. Deja abierta su ventana mientras trabajas.
softphone-mute = Silenciar
softphone-keys = Teclado
softphone-needs-scripts = El teléfono necesita JavaScript.
softphone-no-server = La marca no tiene todavía un servidor SIP. Quien administra lo pone en Estudio, Canales, Teléfono.
softphone-no-address = Escribe tu dirección sip: y su contraseña en tu teléfono:
softphone-says-connecting = Conectando…
softphone-says-ready = Listo. Lo que contestes en el escritorio se oye aquí.
softphone-says-ringing = Llaman a tu dirección
softphone-says-answering = Abriendo el micrófono…
softphone-says-talking = Hablando
softphone-says-lost = Sin conexión con el servidor SIP. Lo intentamos de nuevo; las llamadas no se pierden, vuelven a la cola.
softphone-says-refused-line = El servidor SIP no acepta tu dirección o tu contraseña. Escríbelas de nuevo en Llamadas, tu teléfono.
softphone-says-elsewhere = El teléfono ya está abierto en otra ventana. Puedes cerrar esta.
softphone-says-gone = No hay línea para ti. Vuelve a abrir esta ventana desde Llamadas.
softphone-says-refused = El navegador no deja usar el micrófono. Pulsa el icono a la izquierda de la dirección y permítelo.
softphone-says-no-device = No encontramos ningún micrófono. Conecta uno y contesta otra vez.
softphone-says-in-use = Otro programa está usando el micrófono. Ciérralo y contesta otra vez.
softphone-says-insecure = El navegador solo deja hablar en direcciones seguras (https).
softphone-says-default-device = El del sistema
call-password-label = Contraseña SIP
call-password-hint = Para contestar en el navegador. Vacía, no cambia.
call-phone-for-password = La contraseña es de una dirección sip:; un número no tiene.
call-password-like = Hasta 200 caracteres, sin saltos de línea.
call-customer = Llamar a este número
keys-call = Contestar o llamar
keys-hold = Poner en espera o volver
call-me = Llamadme
call-me-title = Te llamamos nosotros
call-me-text = Dinos a qué número y sigue con lo tuyo.
call-me-expected = { $n ->
    [one] Ahora mismo te llamaríamos en 1 minuto más o menos.
   *[other] Ahora mismo te llamaríamos en unos { $n } minutos.
}
call-me-next = { $n ->
    [one] Eres la siguiente llamada: en 1 minuto más o menos.
   *[other] Eres la siguiente llamada: en unos { $n } minutos.
}
call-me-waiting = { $n ->
    [one] Te llamamos en 1 minuto más o menos ({ $ahead } por delante).
   *[other] Te llamamos en unos { $n } minutos ({ $ahead } por delante).
}
call-me-ringing = Tu teléfono está sonando.
call-me-talking = Estás hablando con nosotros.
call-me-cancel = Ya no hace falta
call-me-cancelled = De acuerdo, no te llamamos.
call-me-closed = Ahora no atendemos por teléfono.
call-me-sign-in = Entra primero: así sabemos quién eres y no te lo preguntamos otra vez.
call-me-number = Tu número
call-me-number-hint = Te llamamos solo por esto.
call-me-number-like = Escribe un teléfono, como 600 123 456.
call-me-about = Sobre: { $value }
call-me-back = Volver a donde estaba
problem-calls-not-now = La llamada ha cambiado entretanto. No se ha hecho nada.
problem-calls-busy = Tienes otra llamada abierta. Termínala o pásala antes.
problem-calls-no-phone = Dinos antes en qué teléfono te ponemos con los clientes.
problem-calls-no-account = No hay ningún teléfono conectado.
problem-calls-unknown = No existe esa llamada.
event-call-began = Llamada
event-call-requested = Quiere que le llamemos
event-call-dialling = Le llamamos
event-call-answered = Llamada contestada
event-call-transferred = Llamada pasada a { $value }
event-call-ended = Llamada terminada
event-call-missed = Llamada perdida
event-call-cancelled = Ya no quiere que le llamemos
event-contact-opted-in = Quiere que le escribamos otra vez por aquí
call-lasted = { $value } de conversación
call-missed-busy = comunicaba
call-missed-no-answer = no contestó
call-missed-failed = no se pudo llamar
call-missed-completed = colgó antes

# canales por Twilio
offer-sms = Un número de SMS, por Twilio.
offer-phone = Un número de teléfono, por Twilio.
field-address-sms = Número de SMS
field-address-sms-hint = Como en Twilio: +34910000000, sin espacios.
field-address-phone = Número de teléfono
field-address-phone-hint = Como en Twilio: +34910000000, sin espacios.
field-account-sid = Account SID
field-account-sid-hint = En la portada de la consola de Twilio; empieza por AC.
field-auth-token = Auth token
field-auth-token-hint = Al lado del Account SID. Firma los avisos y nos deja enviar.
field-messaging-service-sid = Messaging Service
field-messaging-service-sid-hint = Si envías por un servicio en vez de por el número; empieza por MG.
step-sms-who = Qué número es
step-sms-who-says = El número al que escriben tus clientes.
step-sms-key = Permiso para enviar
step-sms-key-says = Dos datos de la portada de Twilio.
step-phone-who = Qué número es
step-phone-who-says = El nombre se oye al llamar: pon el de la marca.
step-phone-key = Permiso para llamar
step-phone-key-says = Dos datos de la portada de Twilio.
step-phone-softphone = Llamadas en el navegador
step-phone-softphone-says = Si tienes un servidor SIP con WebSocket, tus agentes contestan sin otro teléfono.
field-softphone-url = Servidor SIP
field-softphone-url-hint = Como wss://sip.tumarca.es:8443/ws. Vacío si tus agentes usan su teléfono.
step-twilio-webhook = Pega esta dirección en Twilio
step-sms-webhook-says = En el número, en «A message comes in»: Webhook, HTTP POST.
step-phone-webhook-says = En el número, en «A call comes in» y también en «Call status changes»: Webhook, HTTP POST.
step-trial-sms-says = Envía un SMS a tu móvil. Si algo falla, verás las palabras exactas de Twilio.
step-trial-phone-says = Llama al número desde tu móvil: la llamada aparece en la mesa, arriba, con tu nombre si te conocemos.
sms-segments = { $n ->
    [one] 1 SMS
   *[other] { $n } SMS
}
