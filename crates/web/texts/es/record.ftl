# The record of a customer, and lists of customers.
studio-people = Personas
studio-customers-says = Todas las personas, y de dónde sale cada dato.
studio-customer-pages = Lista de clientes
studio-nameless = Sin nombre
studio-profiles = Fichas
studio-n-profiles = { $n ->
    [one] 1 ficha
   *[other] { $n } fichas
}
studio-no-customers = Aún no hay clientes
studio-no-customers-says = Llegan solos cuando escriben o compran. También puedes traer una lista.
studio-open-at-desk = Abrir en la mesa
studio-consents = Consentimientos

record = Datos
record-says = De cada dato se muestra el mejor. Ábrelo para ver quién lo dijo y por qué se cree.
record-where-from = De dónde sale cada dato
record-empty = Todavía no se sabe nada.
record-differing = { $n ->
    [one] 1 distinto
   *[other] { $n } distintos
}
record-why = Por qué este valor:
record-agrees = coincide
record-list = Lista { $value }
record-why-only = Ninguna otra fuente dice nada.
record-why-agreed = { $n ->
   *[other] Las { $n } fuentes dicen lo mismo.
}
record-why-basis = Vale más { $best } que { $other }.
record-why-newest = Entre fuentes iguales, se cree la más reciente.
record-why-first = Es el primero de los que dio la fuente a la vez.
basis-code = Comprobado
basis-staff = Equipo
basis-customer = Cliente
basis-import = Lista o sistema
basis-channel = Nombre del canal
basis-code-words = lo comprobado con un código
basis-staff-words = lo que dijo el equipo
basis-customer-words = lo que dijo el cliente
basis-import-words = lo que trae una lista u otro sistema
basis-channel-words = el nombre que muestra un canal
record-identifiers = Contactos
record-identifiers-says = Con ellos se reconoce a la persona en cada canal.
record-no-identifiers = No hay ninguno.
identifier-is-verified = Comprobado
identifier-is-vouched = De confianza
identifier-is-typed = Sin comprobar
identifier-is-shared = Lo usan varios
consent-is-granted = Sí
consent-is-refused = No
record-joins = Fichas y uniones
record-joins-says = { $n ->
   *[other] { $n } fichas forman esta persona. Nada se pierde al unirlas ni al separarlas.
}
record-one-profile = Una sola ficha; nada está unido.
record-oldest = La más antigua
record-not-same = No es la misma persona
record-claims = Lo que se ha dicho de ellas
record-sure = Seguridad: { $n } %
record-withdrawn = Deshecho por { $value }
record-undo = Deshacer
record-claim-same = Misma persona
record-claim-not-same = Personas distintas
not-same-by-staff = Lo dice el equipo

record-field-given-name = Nombre
record-field-middle-name = Segundo nombre
record-field-family-name = Apellidos
record-field-full-name = Nombre completo
record-field-birth-date = Fecha de nacimiento
record-field-age = Edad
record-field-sex = Sexo
record-field-occupation = Profesión
record-field-birth-place = Lugar de nacimiento
record-field-street-number = Número de la calle
record-field-street = Calle
record-field-unit = Piso y puerta
record-field-place = Población
record-field-region = Provincia
record-field-postcode = Código postal
record-field-country = País
record-field-phone = Teléfono
record-field-email = Correo
record-field-national-id = Documento de identidad
record-field-source = Origen
record-field-other = Otro dato
target-skip = No se importa
target-external-id = Identificador en el otro sistema
target-consent = Consentimiento: { $value }
target-evidence = Prueba del consentimiento
target-consent-date = Fecha del consentimiento

studio-imports = Importaciones
studio-imports-says = Las listas que has traído. Cada una se puede deshacer.
studio-import-pages = Importaciones
studio-no-imports = Ninguna lista todavía
studio-no-imports-says = Trae un CSV: verás qué hará antes de que haga nada.
studio-import-list = Importar una lista
studio-import-list-says = De un CSV. Primero eliges qué es cada columna y ves el resultado; no cambia nada hasta que lo digas.
studio-list-hint = CSV con coma, punto y coma o tabulador, de hasta 20 MB. La primera línea da nombre a las columnas.
studio-list-name = Nombre de la lista
studio-list-name-hint = Saldrá como origen de cada dato. Con el mismo nombre, la lista reconoce sus líneas la próxima vez. Si lo dejas vacío, será el del archivo.
studio-list-unnamed = Lista
studio-list-next-columns = Elegir columnas
studio-list-columns = Columnas
studio-list-columns-says = Di qué es cada columna. Varias columnas de lo mismo se juntan; sin identificador, una línea cambiada cuenta como nueva.
studio-n-lines = { $n ->
    [one] 1 línea
   *[other] { $n } líneas
}
studio-lines = Líneas
studio-read-as = { $letters }, celdas separadas por { $separator }
studio-separator-tab = tabuladores
studio-column-n = Columna { $n }
studio-samples = Ejemplos
studio-means = Qué es
studio-list-first = { $n ->
    [one] La primera línea, como se leerá
   *[other] Las { $n } primeras líneas, como se leerán
}
studio-list-earlier = Este mismo archivo ya se importó con el nombre «{ $value }». Con otro nombre, sus líneas cuentan como nuevas.
studio-list-nothing-new = Todo lo que dice esta lista ya se sabe. No hay nada que importar.
studio-list-source-is = Cada dato dirá que viene de la lista «{ $value }».
studio-list-apply = { $n ->
    [0] Importar
    [one] Importar 1 línea
   *[other] Importar { $n } líneas
}
studio-list-back = Cambiar las columnas
studio-list-progress = { $done } de { $of } líneas
studio-list-progress-label = Avance
studio-list-people = Personas de esta lista
studio-list-kept = Se quedan
studio-list-kept-says = Les ha pasado algo más desde la importación, así que no se quitan.
studio-why-kept = Por qué
studio-list-undo = Deshacer la importación
studio-list-undo-says = Quita las fichas que hizo y devuelve los datos que cambió. Se quedan, y salen aquí, las de personas con pedidos, mensajes o cambios posteriores.
studio-list-undo-do = Deshacer
studio-already-undone = Esta importación ya se deshizo
import-is-running = En marcha
import-is-done = Hecha
import-is-undoing = Deshaciéndose
import-is-undone = Deshecha
line-is-created = Nueva
line-is-changed = Con cambios
line-is-unchanged = Ya conocida
studio-list-gone = De esta lista no queda nada.
studio-does = Qué hará
line-created = Nuevas
line-changed = Con cambios
line-unchanged = Ya conocidas
line-taken_back = Deshechas
line-kept = Se quedan
import-why-order = Tiene pedidos
import-why-message = Tiene mensajes
import-why-cart = Tiene una cesta
import-why-payment = Tiene pagos
import-why-return = Tiene devoluciones
import-why-identifier = Ha comprobado o añadido un contacto
import-why-customer = Su ficha ha cambiado o ha entrado en su cuenta
import-why-consent = Ha cambiado un consentimiento
import-why-import = Una lista posterior del mismo nombre la cambió; deshaz antes esa
import-why-other = Le ha pasado algo más ({ $value })
list-file-too-large = El archivo pasa de { $value } MB; pártelo
list-not-text = Esto no es un texto; guarda la lista como CSV
list-no-header = No hay cabecera; la primera línea da nombre a las columnas
list-many-columns = Hay demasiadas columnas ({ $value })
list-too-many-lines = Hay más de { $value } líneas; parte el archivo
list-many-cells = La línea tiene { $value } celdas, más que la cabecera; ¿falta una comilla?
list-open-quote = Una comilla no se cierra
list-no-meaning = Ninguna columna dice nada de un cliente; di qué son las columnas
list-nothing-said = La línea no dice nada; se pasa por alto
list-twice = Es igual que la línea { $value }; se pasa por alto
list-twice-differs = «{ $value }» ya está en otra línea con otros datos
list-bad-email = «{ $value }» no es un correo; se guarda como otro dato
list-bad-phone = «{ $value }» no es un teléfono; se guarda como otro dato
list-bad-card = «{ $value }» no es una tarjeta; se guarda como otro dato
list-bad-date = «{ $value }» no es una fecha; se guarda como otro dato
list-bad-age = «{ $value }» no es una edad; se guarda como otro dato
list-too-long = «{ $value }» es demasiado largo; se guarda como otro dato
list-bad-answer = «{ $value }» no es sí ni no; no cuenta como consentimiento
list-bad-consent-date = «{ $value }» no es una fecha; cuenta la de hoy
told-customers-imported = importó una lista de clientes
told-customers-import-undone = deshizo una importación de clientes
told-customer-withdrawn = quitó una ficha al deshacer una importación
