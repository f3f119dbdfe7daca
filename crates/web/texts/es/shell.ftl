# Palabras de todas las caras: cabeceras, avisos, canales, problemas.
skip-to-content = Saltar al contenido
close = Cerrar
undo = Deshacer
retry = Reintentar
save = Guardar
cancel = Cancelar
saved = Guardado
search = Buscar
search-products = Buscar productos
search-desk = Buscar personas y pedidos
scan-or-search = Escanea o busca
your-things = Tus cosas
your-shop = Tu tienda
choose-shop = Elige tienda
hello = Hola
sign-in = Entrar
sign-out = Salir
account = Tu cuenta
points = { $n ->
    [one] 1 punto
   *[other] { $n } puntos
}
help = Ayuda
cart = Cesta
cart-with = { $n ->
    [0] Cesta vacía
    [one] Cesta, 1 artículo
   *[other] Cesta, { $n } artículos
}
aisles = Secciones
all-products = Todo
home = Inicio
products = Productos
main-places = Lugares principales
foot-promise = Una sola marca: en la web, en la tienda, por teléfono o por mensaje.
help-contact = Habla con nosotros
find-order = Busca tu pedido
returns = Devoluciones
shops = Tiendas
shops-and-hours = Tiendas y horarios
language = Idioma
other-language = English
theme = Aspecto
theme-auto = Según el dispositivo
theme-light = Claro
theme-dark = Oscuro
your-menu = Tu menú
face-desk = Mesa de atención
face-till = Caja
face-studio = Estudio
threads = Hilos
customers = Clientes
customer = Cliente
orders = Pedidos
sell = Vender
pickups = Recogidas
stock = Existencias
studio-sell = Vender
studio-run = Dirigir
locations = Tiendas y almacenes
channels = Canales
staff = Personal
health = Estado
price-was = Antes
unreachable = No llegamos al servidor. Lo que has escrito sigue aquí; prueba de nuevo en un momento.
live-lost = Sin conexión en directo. Reconectando…
form-refused = { $n ->
    [one] Hay un dato por corregir. Lo demás está guardado en el formulario.
   *[other] Hay { $n } datos por corregir. Lo demás está guardado en el formulario.
}
sla-late = { $value } tarde
sla-soon = quedan { $value }
sla-left = quedan { $value }
timeline-note = nota interna
timeline = Hilo
delivery-queued = En cola
delivery-sent = Enviado
delivery-delivered = Entregado
delivery-read = Leído
delivery-failed = No entregado
channel-web = Web
channel-app = App
channel-email = Correo
channel-whatsapp = WhatsApp
channel-webchat = Chat web
channel-sms = SMS
channel-phone = Teléfono
channel-till = Tienda
channel-desk = Mesa
channel-studio = Estudio
channel-api = API
channel-messenger = Messenger
channel-instagram = Instagram
channel-telegram = Telegram
channel-x = X
channel-voice = Voz
channel-push = Aviso
channel-assistant = Asistente
channel-system = Sistema
problem-home = Volver al inicio
problem-number = Código { $value }
problem-not-found-title = Este hilo no lleva a ninguna parte
problem-not-found-text = La página no existe o ya no está aquí. No se ha perdido nada tuyo.
problem-forbidden-title = Aquí no puedes pasar
problem-forbidden-text = Tu cuenta no tiene permiso para esto. Pídeselo a quien administra el equipo.
problem-refused-title = No ha podido ser
problem-refused-text = La petición no encaja con lo que hay ahora. Vuelve atrás, recarga y prueba otra vez; no se ha cambiado nada.
problem-too-large-title = Es demasiado grande
problem-too-large-text = Lo que has enviado supera el tamaño permitido. No se ha guardado nada; prueba con un archivo menor.
problem-too-many-title = Un momento
problem-too-many-text = Han llegado demasiadas peticiones seguidas. Espera un minuto y prueba de nuevo.
problem-fault-title = Se nos ha enredado algo
problem-fault-text = El fallo es nuestro y ya está anotado. No se ha guardado nada a medias; puedes reintentar.
problem-unavailable-title = Volvemos enseguida
problem-unavailable-text = Ahora no podemos atenderte. No se ha guardado nada a medias; prueba de nuevo en un momento.
problem-form-expired = Este formulario es de otra sesión o ha caducado. Vuelve atrás, recarga la página y envíalo de nuevo; no se ha cambiado nada.
problem-other-site = La petición venía de otro sitio web y no la hemos aceptado. No se ha cambiado nada.
